"""Updates translated: who speaks, and what is asked of the desk."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session
from telegram import ChatMember, Document, Message, Update, User
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from alliance import members, spreadsheets
from alliance.hearing import Voice
from alliance.intents import MailMe
from alliance.notes import Note
from bot import buttons, views
from bot.deeds import KEPT, Deeds, Desk, Heard, Press, Question, log_failure
from store.inbox import Channel, Received

_ADDRESSED = re.compile(r"(/\w+)@\w+")

Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """One handler per kind of update; whatever is not for us is filed without an answer."""

    def __init__(self, desk: Desk, deeds: Deeds, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._deeds = deeds
        self._clock = clock

    def all(self) -> list[BaseHandler[Any, Any, Any]]:
        """The handlers for the Application; the first that fits is used."""
        private = filters.ChatType.PRIVATE
        return [
            CallbackQueryHandler(self.press),
            MessageHandler(private & filters.TEXT, self.message),
            MessageHandler(private & ~filters.StatusUpdate.ALL, self.message),
            ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER),
            TypeHandler(Update, self.ignore),
        ]

    async def message(self, update: Update, _context: Context) -> None:
        """A person writes, or edits, or sends what is no text."""
        heard = self.heard(update)
        await (self._deeds.serve(heard) if heard else self.ignore(update, _context))

    async def press(self, update: Update, _context: Context) -> None:
        """A person presses a button."""
        heard = self.heard(update)
        chat = update.effective_chat
        elsewhere = chat and heard and chat.id != heard.voice.chat_id
        await (self._deeds.serve(heard) if heard and not elsewhere else self.ignore(update, _context))

    async def membership(self, update: Update, _context: Context) -> None:
        """A person blocks the bot or lets it in again."""
        change = update.my_chat_member
        if change is None or change.chat.id != change.from_user.id:
            return await self.ignore(update, _context)
        gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
        effect = members.blocked if gone else members.reachable_again
        note_down = partial(effect, chat_id=change.chat.id, now=self._clock())
        return await self._deeds.close(Received.DONE, "blocked" if gone else "reachable", note_down)

    async def ignore(self, _update: Update, _context: Context) -> None:
        """A group, a service message, a kind nobody asked for."""
        await self._deeds.close(Received.IGNORED, "not for us")

    async def error(self, _update: object, context: Context) -> None:
        """What no handler should let through; the row is taken up again at the next start."""
        kept = KEPT.get(None)
        if isinstance(context.error, Exception):
            log_failure(context.error, kept.row_id if kept else 0, kept.tries if kept else 0)

    def heard(self, update: Update) -> Heard | None:
        """The update as a voice and a question to the desk; None if no person speaks."""
        user = update.effective_user
        if user is None:
            return None
        if update.callback_query:
            press = _press(update)
            return Heard(self._voice(user), partial(self._tap, press=press), press)
        return Heard(self._voice(user), self._question(update), fetch=self._fetching(update.message))

    def _fetching(self, message: Message | None) -> Callable[[], Awaitable[Question]] | None:
        """How to get the spreadsheet that was sent, if one was; what is too big is not even fetched."""
        document = message.document if message else None
        if message is None or document is None or not _name(document) or _is_too_big(document):
            return None
        return partial(self._fetch, document, message.caption or "")

    async def _fetch(self, document: Document, caption: str) -> Question:
        """Download a spreadsheet; the question to the desk then."""
        file = await document.get_file()
        content = bytes(await file.download_as_bytearray())
        if len(content) > spreadsheets.LIMIT:  # Telegram need not say how big a file is
            return partial(self._desk.cannot_read, kind="too-big")
        return partial(self._desk.receive_file, name=_name(document), content=content, words=_clean(caption))

    def _question(self, update: Update) -> Question:
        message = update.message
        if message and message.text:
            return partial(self._desk.listen, text=_words(message.text))
        return partial(self._desk.cannot_read, kind=_kind(message) if message else "edited")

    def _tap(self, session: Session, voice: Voice, press: Press) -> Note:
        intent = buttons.find(session, press.data, voice.chat_id, voice.at)
        if intent is None:
            return views.only_toast(self._desk.stale(session, voice))
        note = self._desk.hear(session, voice, intent)
        return views.only_toast(note) if isinstance(intent, MailMe) else note

    def _voice(self, user: User) -> Voice:
        kept = KEPT.get(None)
        return Voice(
            channel=Channel.TELEGRAM,
            at=self._clock(),
            chat_id=user.id,  # a private chat has the id of its person
            name=" ".join(_clean(user.full_name).split()),
            language="de" if (user.language_code or "de").startswith("de") else "en",
            inbox_id=kept.row_id if kept else None,
        )


def _press(update: Update) -> Press:
    query = update.callback_query
    assert query is not None
    message = query.message
    text = message.text if isinstance(message, Message) and message.text else ""
    return Press(query.id, message.message_id if message else 0, query.data or "", text.partition("\n")[0])


def _words(text: str) -> str:
    """What was written; a command without the name of the bot it is addressed to."""
    return _ADDRESSED.sub(r"\1", _clean(text), count=1) if text.startswith("/") else _clean(text)


def _clean(text: str) -> str:
    """Text that every database can hold: no NUL, no half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _name(document: Document) -> str:
    """The name of a spreadsheet, "" for every other file."""
    return spreadsheets.name_of(" ".join(_clean(document.file_name or "").split()), document.mime_type or "")


def _is_too_big(document: Document) -> bool:
    return (document.file_size or 0) > spreadsheets.LIMIT


def _kind(message: Message) -> str:
    """What somebody sent instead of text, as the desk names it."""
    document = message.document
    if document and _is_too_big(document):
        return "too-big"
    if message.photo:
        return "photo"
    return "voice" if message.voice else "other"
