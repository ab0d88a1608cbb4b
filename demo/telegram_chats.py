"""The chats of the stand-in Bot API server: who wrote what, what the bot shows to whom, and Telegram's HTML."""

import html
import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import PurePosixPath
from typing import Any

Json = dict[str, Any]
Rows = list[list[Json]]

# Limits of https://core.telegram.org/bots/api (characters after entity parsing; callback data in bytes).
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
CALLBACK_DATA_BYTES = 64
BUTTONS_LIMIT = 100
DOWNLOAD_BYTES = 20 * 2**20

ENTITY_OF_TAG = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    **{"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji"},
}
SHOWN_AS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"} | {
    tag: tag for tag in ("code", "pre", "blockquote")
}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
EDITABLE_PARTS = ("text", "entities", "caption", "caption_entities", "reply_markup")
ONE_PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")

_TOKEN = re.compile(
    r"""<(?P<slash>/?)(?P<name>[^\s>]*+)(?P<attributes>(?:[^>"']|"[^"]*"|'[^']*')*+)>"""
    r"""|<(?P<bare>[^\s>]*)|(?P<words>[^<]++)"""
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))""")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#x([0-9a-fA-F]{1,6})|#([0-9]{1,7}));?")
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")
_LINK = re.compile(r"(?:https?|tg)://\S+", re.IGNORECASE)


class ApiError(Exception):
    """What the server answers instead of a result: a status, a description, parameters such as retry_after."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, object] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


@dataclass(frozen=True)
class Upload:
    """One file inside a multipart request."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Call:
    """One request of the bot: the method's name, its parameters as text, its files by part name."""

    method: str
    fields: dict[str, str]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.fields.get(name, default))
        except ValueError:
            raise bad_request(f"{name} must be an integer") from None

    def flag(self, name: str) -> bool:
        return self.fields.get(name, "").lower() in {"true", "1", "yes"}

    def value(self, name: str) -> Any:
        """A parameter that is JSON text; None when it was left out."""
        try:
            return json.loads(self.fields[name]) if self.fields.get(name) else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file given for a parameter, as its own part or as `attach://<part>`."""
        return self.uploads.get(self.fields.get(name, "").removeprefix("attach://")) or self.uploads.get(name)


@dataclass(frozen=True)
class Button:
    """One inline button: what is written on it and what it does."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class ChatMessage:
    """One message as a person sees it; `text` is as it was sent, `html` is safe to put into a page."""

    message_id: int
    from_bot: bool
    text: str
    parse_mode: str
    html: str
    buttons: list[list[Button]]
    date: datetime
    edited: bool = False
    document_name: str | None = None
    file_id: str | None = None


@dataclass(frozen=True)
class StoredFile:
    """A file the server keeps, at `path` below the file address."""

    file_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def wire(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": len(self.content)}


@dataclass(frozen=True)
class Content:
    """What a message says: as sent, and what Telegram makes of it (plain text, entities, HTML to show)."""

    source: str
    parse_mode: str
    text: str
    entities: list[Json]
    html: str


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every entity offset."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_content(source: str, parse_mode: str = "") -> Content:
    """Read a text the bot sends; ApiError 400 when its markup does not parse or its parse mode is not HTML."""
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    if parse_mode:
        return _HtmlReader(source, parse_mode).read()
    return Content(source, "", source.strip(), [], html.escape(source, quote=False))


def typed_content(text: str) -> Content:
    """What a person typed: plain text, in which the server marks the bot commands."""
    commands = [
        {"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": utf16_length(found[0])}
        for found in _COMMAND.finditer(text)
    ]
    return Content(text, "", text, commands, html.escape(text, quote=False))


@dataclass
class _OpenTag:
    name: str
    argument: str
    offset: int
    closing: str


class _HtmlReader:
    """Reads Telegram's HTML as strictly as the server does (https://core.telegram.org/bots/api#html-style)."""

    def __init__(self, source: str, parse_mode: str) -> None:
        self._source = source
        self._parse_mode = parse_mode
        self._text = ""
        self._length = 0
        self._html = ""
        self._entities: list[Json] = []
        self._open: list[_OpenTag] = []

    def read(self) -> Content:
        for token in _TOKEN.finditer(self._source):
            self._take(token)
        if self._open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self._open[-1].name}\""
            )
        text, entities = _trimmed(self._text, self._entities)
        return Content(self._source, self._parse_mode, text, entities, self._html)

    def _take(self, token: re.Match[str]) -> None:
        if token["words"] is not None:
            self._add(_CHARACTER.sub(_character, token["words"]))
        elif token["bare"] is not None:
            known = token["bare"].lower() in ENTITY_OF_TAG
            raise self._refused("Unclosed start tag" if known else f'Unsupported start tag "{token["bare"]}"', token)
        elif token["slash"]:
            self._end(token)
        else:
            self._begin(token)

    def _add(self, words: str) -> None:
        self._text += words
        self._length += utf16_length(words)
        self._html += html.escape(words, quote=False)

    def _begin(self, token: re.Match[str]) -> None:
        name = token["name"].lower()
        if name not in ENTITY_OF_TAG:
            raise self._refused(f'Unsupported start tag "{name}"', token)
        attributes = _attributes(token["attributes"])
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refused('Tag "span" must have class "tg-spoiler"', token)
        argument = _argument(name, attributes, "expandable" in token["attributes"])
        opening, closing = _shown_tags(ENTITY_OF_TAG[name], argument)
        self._open.append(_OpenTag(name, argument, self._length, closing))
        self._html += opening

    def _end(self, token: re.Match[str]) -> None:
        if not self._open:
            raise self._refused("Unexpected end tag", token)
        tag, found = self._open.pop(), token["name"].lower()
        if found != tag.name:
            where = self._refused("Unmatched end tag", token).description
            raise ApiError(400, f'{where}, expected "</{tag.name}>", found "</{found}>"')
        self._html += tag.closing
        self._remember(tag)

    def _remember(self, tag: _OpenTag) -> None:
        if tag.name == "code" and self._open and self._open[-1].name == "pre":
            self._open[-1].argument = tag.argument
            return
        entity = _entity(ENTITY_OF_TAG[tag.name], tag.argument)
        if entity is not None:
            self._entities.append(entity | {"offset": tag.offset, "length": self._length - tag.offset})

    def _refused(self, reason: str, token: re.Match[str]) -> ApiError:
        offset = len(self._source[: token.start()].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {reason} at byte offset {offset}")


def _character(found: re.Match[str]) -> str:
    """One character reference; Telegram knows four names and leaves every other as it is written."""
    if found[1]:
        return {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[found[1]]
    code = int(found[2], 16) if found[2] else int(found[3])
    readable = 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF
    return chr(code) if readable else found[0]


def _attributes(source: str) -> dict[str, str]:
    found = ((name.lower(), quoted or single or word) for name, quoted, single, word in _ATTRIBUTE.findall(source))
    return {name: _CHARACTER.sub(_character, value) for name, value in found}


def _argument(name: str, attributes: Mapping[str, str], expandable: bool) -> str:
    """The one attribute that matters for a tag: a link, a language, an emoji, whether a quote folds."""
    if name == "a":
        link = attributes.get("href", "")
        return link if _LINK.fullmatch(link) else ""
    if name == "code":
        language = attributes.get("class", "")
        return language.removeprefix("language-") if language.startswith("language-") else ""
    if name == "tg-emoji":
        return attributes.get("emoji-id", "")
    return "expandable" if name == "blockquote" and expandable else ""


def _shown_tags(entity: str, argument: str) -> tuple[str, str]:
    if entity == "text_link" and argument:
        return f'<a href="{html.escape(argument)}">', "</a>"
    if entity == "spoiler":
        return '<span class="tg-spoiler">', "</span>"
    tag = SHOWN_AS.get(entity)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")


def _entity(kind: str, argument: str) -> Json | None:
    """The entity of a closed tag; None for a link that leads nowhere, which Telegram shows as plain text."""
    if kind == "text_link":
        return {"type": kind, "url": argument} if argument else None
    if kind == "custom_emoji":
        return {"type": kind, "custom_emoji_id": argument}
    if kind == "blockquote" and argument:
        return {"type": "expandable_blockquote"}
    return {"type": kind, "language": argument} if kind == "pre" and argument else {"type": kind}


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Text without the white space around it, as the server keeps it, and the entities moved along."""
    lead, body = utf16_length(text) - utf16_length(text.lstrip()), text.strip()
    kept = []
    for entity in sorted(entities, key=lambda each: (each["offset"], -each["length"])):
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, utf16_length(body))
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return body, kept


def read_text(call: Call) -> Content:
    """The text of sendMessage and editMessageText; ApiError 400 when empty, too long or not well formed."""
    content = read_content(call.fields.get("text", ""), call.fields.get("parse_mode", ""))
    if not content.text:
        raise bad_request("message text is empty")
    if len(content.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return content


def read_caption(call: Call) -> Content:
    content = read_content(call.fields.get("caption", ""), call.fields.get("parse_mode", ""))
    if len(content.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return content


def read_keyboard(call: Call) -> Rows:
    """The rows of an inline keyboard; no rows for other keyboards, which are never part of a message."""
    markup = call.value("reply_markup") or {}
    try:
        rows = [[dict(button) for button in row] for row in markup.get("inline_keyboard", [])]
    except (AttributeError, TypeError, ValueError):
        raise bad_request("can't parse inline keyboard markup JSON object") from None
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return [row for row in rows if row]


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    if not button.keys() - {"text"}:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _LINK.fullmatch(str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def shown_buttons(rows: Rows) -> list[list[Button]]:
    return [[Button(each["text"], each.get("callback_data"), each.get("url")) for each in row] for row in rows]


def _spoken(content: Content, captioned: bool) -> Json:
    """The part of a Message that carries its words, left out where there are none."""
    text, entities = ("caption", "caption_entities") if captioned else ("text", "entities")
    said: Json = {text: content.text} if content.text else {}
    return said | ({entities: content.entities} if content.entities else {})


def _markup(rows: Rows) -> Json:
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


@dataclass(frozen=True)
class Attachment:
    """A file shown in a message, as a picture or as a document."""

    kind: str
    file: StoredFile

    def wire(self) -> Json:
        if self.kind == "photo":
            return {"photo": [self.file.wire() | {"width": 1280, "height": 960}]}
        return {"document": self.file.wire() | {"file_name": self.file.name, "mime_type": self.file.mime_type}}


@dataclass(frozen=True)
class Draft:
    """A message about to enter a chat, from the bot or from the person."""

    content: Content
    sender: Json
    rows: Rows
    attachment: Attachment | None

    def wire(self) -> Json:
        attached = self.attachment.wire() if self.attachment else {}
        return attached | _spoken(self.content, captioned=bool(attached)) | _markup(self.rows)

    def shown(self, message_id: int, date: datetime) -> ChatMessage:
        file, content = self.attachment.file if self.attachment else None, self.content
        return ChatMessage(
            message_id=message_id,
            from_bot=self.sender["is_bot"],
            text=content.source,
            parse_mode=content.parse_mode,
            html=content.html,
            buttons=shown_buttons(self.rows),
            date=date,
            document_name=file.name if file else None,
            file_id=file.file_id if file else None,
        )


@dataclass(frozen=True)
class Entry:
    """One message of a chat twice: as a person sees it and as the API returns it."""

    shown: ChatMessage
    wire: Json


@dataclass
class Chat:
    """One person's private chat with the bot."""

    person: Json
    started: bool = False
    blocked: bool = False
    entries: dict[int, Entry] = field(default_factory=dict)
    message_ids: "count[int]" = field(default_factory=lambda: count(1))
    toasts: list[str] = field(default_factory=list)

    def wire(self) -> Json:
        names = {key: self.person[key] for key in ("first_name", "last_name") if key in self.person}
        return {"id": self.person["id"], "type": "private"} | names


class Chats:
    """All private chats with one bot: what people do in them, and the methods with which the bot acts on them."""

    def __init__(self, bot: Json, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._clock = clock
        self._chats: dict[int, Chat] = {}
        # From the clock, so that a query of an earlier run is never mistaken for one of this run.
        self._query_ids = count(int(clock().timestamp()) << 20)
        self._queries: dict[str, Chat | None] = {}
        self.files: dict[str, StoredFile] = {}

    def __getitem__(self, user_id: int) -> Chat:
        return self._chats[user_id]

    # --- the people's side

    def enter(self, person: Json) -> None:
        if person["id"] in self._chats:
            self._chats[person["id"]].person = person
        else:
            self._chats[person["id"]] = Chat(person)

    def write(self, user_id: int, text: str) -> Json:
        return self._post_by_person(user_id, typed_content(text))

    def send_picture(self, user_id: int) -> Json:
        picture = Attachment("photo", self._store("photos", Upload("photo.png", "image/png", ONE_PIXEL)))
        return self._post_by_person(user_id, typed_content(""), picture)

    def attach(self, user_id: int, upload: Upload, caption: str) -> Json:
        document = Attachment("document", self._store("documents", upload))
        return self._post_by_person(user_id, typed_content(caption), document)

    def rewrite(self, user_id: int, message_id: int, text: str) -> Json:
        chat = self[user_id]
        entry = chat.entries[message_id]
        if entry.shown.from_bot:
            raise ValueError("people edit only their own messages")
        return self._replace(chat, entry, typed_content(text), [])

    def press(self, user_id: int, message_id: int, data: str) -> Json:
        """A callback query; a message that is gone is named without its content, as the API does."""
        chat, query_id = self[user_id], str(next(self._query_ids))
        chat.started = True
        self._queries[query_id] = chat
        entry = chat.entries.get(message_id)
        gone = {"message_id": message_id, "date": 0, "chat": chat.wire()}
        message = entry.wire if entry else gone
        return {"id": query_id, "from": chat.person, "message": message, "chat_instance": str(user_id), "data": data}

    def set_blocked(self, user_id: int, blocked: bool) -> Json:
        """Block or unblock the bot; the result is what changed, a ChatMemberUpdated."""
        chat = self[user_id]
        chat.blocked = blocked
        member: Json = {"user": self._bot, "status": "member"}
        kicked: Json = {"user": self._bot, "status": "kicked", "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        head = {"chat": chat.wire(), "from": chat.person, "date": self._seconds()}
        return head | {"old_chat_member": old, "new_chat_member": new}

    # --- the bot's side: one method of the Bot API each

    def send_message(self, call: Call) -> Json:
        content, rows = read_text(call), read_keyboard(call)
        return self._post_by_bot(self._writable(call), content, rows)

    def send_document(self, call: Call) -> Json:
        return self._send_file(call, "document", "documents")

    def send_photo(self, call: Call) -> Json:
        upload = call.upload("photo")
        if upload is not None and not upload.content.startswith(PICTURE_STARTS):
            raise bad_request("IMAGE_PROCESS_FAILED")
        return self._send_file(call, "photo", "photos")

    def edit_text(self, call: Call) -> Json:
        chat, entry = self._editable(call)
        if "text" not in entry.wire:
            raise bad_request("there is no text in the message to edit")
        return self._edit(chat, entry, read_text(call), read_keyboard(call))

    def edit_markup(self, call: Call) -> Json:
        chat, entry = self._editable(call)
        content = read_content(entry.shown.text, entry.shown.parse_mode)
        return self._edit(chat, entry, content, read_keyboard(call))

    def delete(self, call: Call) -> bool:
        if self._started(call).entries.pop(call.number("message_id"), None) is None:
            raise bad_request("message to delete not found")
        return True

    def answer_query(self, call: Call) -> bool:
        """Ends the wait of a pressed button; only the first answer reaches the person."""
        query_id, text = call.fields.get("callback_query_id", ""), call.fields.get("text", "")
        if query_id not in self._queries:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if len(text) > TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        chat, self._queries[query_id] = self._queries[query_id], None
        if chat is not None:
            chat.toasts.append(text)
        return True

    def send_action(self, call: Call) -> bool:
        self._writable(call)
        return True

    def get_chat(self, call: Call) -> Json:
        gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), True)
        full: Json = {"accent_color_id": 0, "max_reaction_count": 11}
        full["accepted_gift_types"] = gifts | {"gifts_from_channels": True}
        return self._started(call).wire() | full

    def get_file(self, call: Call) -> Json:
        stored = self.files.get(call.fields.get("file_id", ""))
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.content) > DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return stored.wire() | {"file_path": stored.path}

    def find(self, chat_id: str) -> Chat | None:
        """The chat with a person who has written to the bot; a bot cannot reach anybody else."""
        chat = self._chats.get(int(chat_id)) if chat_id.isdecimal() else None
        return chat if chat is not None and chat.started else None

    # --- inside

    def _seconds(self) -> int:
        return int(self._clock().timestamp())

    def _started(self, call: Call) -> Chat:
        chat_id = call.fields.get("chat_id", "")
        if not chat_id:
            raise bad_request("chat_id is empty")
        chat = self.find(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _writable(self, call: Call) -> Chat:
        chat = self._started(call)
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _editable(self, call: Call) -> tuple[Chat, Entry]:
        chat = self._started(call)
        entry = chat.entries.get(call.number("message_id"))
        if entry is None:
            raise bad_request("message to edit not found")
        if not entry.shown.from_bot:
            raise bad_request("message can't be edited")
        return chat, entry

    def _edit(self, chat: Chat, entry: Entry, content: Content, rows: Rows) -> Json:
        said = _spoken(content, captioned="text" not in entry.wire) | _markup(rows)
        if said == {part: entry.wire[part] for part in EDITABLE_PARTS if part in entry.wire}:
            raise bad_request(NOT_MODIFIED)
        return self._replace(chat, entry, content, rows)

    def _replace(self, chat: Chat, old: Entry, content: Content, rows: Rows) -> Json:
        kept = {part: value for part, value in old.wire.items() if part not in EDITABLE_PARTS}
        said = _spoken(content, captioned="text" not in old.wire) | _markup(rows)
        wire = kept | {"edit_date": self._seconds()} | said
        shown = replace(old.shown, text=content.source, parse_mode=content.parse_mode, html=content.html)
        shown = replace(shown, buttons=shown_buttons(rows), edited=True)
        chat.entries[shown.message_id] = Entry(shown, wire)
        return wire

    def _send_file(self, call: Call, kind: str, folder: str) -> Json:
        content, rows, chat = read_caption(call), read_keyboard(call), self._writable(call)
        upload, stored = call.upload(kind), self.files.get(call.fields.get(kind, ""))
        if upload is not None and not upload.content:
            raise bad_request("file must be non-empty")
        if upload is not None:
            stored = self._store(folder, upload)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._post_by_bot(chat, content, rows, Attachment(kind, stored))

    def _store(self, folder: str, upload: Upload) -> StoredFile:
        number = len(self.files)
        path = f"{folder}/file_{number}{PurePosixPath(upload.name).suffix}"
        stored = StoredFile(f"file{number}", path, upload.name, upload.mime_type, upload.content)
        self.files[stored.file_id] = stored
        return stored

    def _post_by_person(self, user_id: int, content: Content, attachment: Attachment | None = None) -> Json:
        chat = self[user_id]
        chat.started = True
        return self._post(chat, Draft(content, chat.person, [], attachment))

    def _post_by_bot(self, chat: Chat, content: Content, rows: Rows, attachment: Attachment | None = None) -> Json:
        return self._post(chat, Draft(content, self._bot, rows, attachment))

    def _post(self, chat: Chat, draft: Draft) -> Json:
        message_id = next(chat.message_ids)
        head = {"message_id": message_id, "date": self._seconds(), "chat": chat.wire(), "from": draft.sender}
        entry = Entry(draft.shown(message_id, self._clock()), head | draft.wire())
        chat.entries[message_id] = entry
        return entry.wire
