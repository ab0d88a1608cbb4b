"""The web page on which a newcomer plays the persons of the demo: their chats, their mailboxes and the clock."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import logging
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import aiosmtplib
from aiohttp import web
from yarl import URL

from demo import replies
from demo.postoffice import Letter, PostOffice, base_address
from demo.telegram import BotApi, ChatMessage

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOG = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
LOCAL = {"localhost", "127.0.0.1", "::1"}
LANGUAGES = ("de", "en")
EVERYBODY = "*"
BREATH = 20.0  # seconds between two signs of life on /events
LONGEST_MESSAGE = 4096  # characters, as in Telegram
LONGEST_CAPTION = 1024
LONGEST_LETTER = 20_000
LONGEST_SUBJECT = 200
LARGEST_FILE = 7 * 2**20  # bytes: what fits into a letter
LARGEST_REQUEST = LARGEST_FILE * 4 // 3 + 128 * 1024  # bytes
SHOWN_IN_THE_BROWSER = {"application/pdf", "image/png", "image/jpeg"}
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,190}")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # https://core.telegram.org/api/links#bot-links
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # a letter brings its own inline styles, and the frame that shows it inherits this policy
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True)
class Persona:
    """One person a newcomer can play; the role is given per language ("de", "en")."""

    key: str
    name: str
    role: Mapping[str, str]
    telegram_id: int | None
    email: str


class Clock(Protocol):
    """The demo's time: it stands still or runs, and jumps when asked."""

    def now(self) -> datetime:
        """The demo's present moment, aware."""

    async def next_thing(self, language: str) -> tuple[datetime, str] | None:
        """When something happens next by itself, and in a few words what; None if nothing is planned."""

    async def jump(self, to: datetime) -> None:
        """Go there; returns when everything that was due by then has been sent."""


class Watch:
    """What one browser has not been told yet; a burst of news about one person counts once."""

    def __init__(self) -> None:
        self.news: set[str] = set()
        self.woken = asyncio.Event()

    def tell(self, key: str) -> None:
        self.news.add(key)
        self.woken.set()

    async def take(self, patience: float) -> list[str]:
        """Wait up to `patience` seconds for news and hand them over; an empty list if there were none."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self.woken.wait()
        self.woken.clear()
        news, self.news = sorted(self.news), set()
        return news


@dataclass
class World:
    """Everything the page shows, and who is looking."""

    cast: Mapping[str, Persona]
    bot: BotApi
    post: PostOffice
    clock: Clock
    assistant: tuple[str, str]
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    sent: dict[str, list[Letter]] = field(default_factory=dict)
    watches: set[Watch] = field(default_factory=set)
    jumping: asyncio.Lock = field(default_factory=asyncio.Lock)
    closing: bool = False

    def tell(self, key: str) -> None:
        for watch in self.watches:
            watch.tell(key)

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        watch = Watch()
        self.watches.add(watch)
        try:
            yield watch
        finally:
            self.watches.discard(watch)

    def chat(self, person: Persona) -> list[ChatMessage]:
        return [] if person.telegram_id is None else self.bot.chat(person.telegram_id)

    def glance(self, person: Persona) -> object:
        """What a look at a person's phone shows; equal as long as nothing changed there."""
        return None if person.telegram_id is None else (self.chat(person), self.bot.toasts(person.telegram_id))

    def letters(self, person: Persona, box: str) -> list[Letter]:
        return self.post.letters(person.email) if box == "inbox" else self.sent.get(person.key, [])

    async def mail(self, person: Persona, raw: bytes) -> None:
        """Send a person's letter over real SMTP. Raises HTTPBadGateway when the post office refuses it."""
        recipients = [address for _, address in getaddresses([str(_headers(raw)["To"] or "")]) if address]
        server: Json = {"hostname": self.post.host, "port": self.post.smtp_port, "start_tls": False}
        try:
            await aiosmtplib.send(raw, sender=person.email, recipients=recipients, **server)
        except (aiosmtplib.SMTPException, ValueError) as fault:
            raise _refusal(web.HTTPBadGateway, f"the post office refused the letter: {fault}") from fault
        self.sent.setdefault(person.key, []).append(Letter(0, raw, self.clock.now(), person.email))
        self.tell(person.key)


WORLD = web.AppKey("WORLD", World)


def page(
    cast: Sequence[Persona], telegram: BotApi, post: PostOffice, clock: Clock, assistant: tuple[str, str]
) -> web.Application:
    """The demo page as an application; `assistant` is the name and e-mail address the persons write to."""
    app = web.Application(middlewares=[_guard], client_max_size=LARGEST_REQUEST)
    app[WORLD] = World({person.key: person for person in cast}, telegram, post, clock, assistant)
    app.add_routes(ROUTES)
    app.router.add_static("/static", STATIC)
    app.on_response_prepare.append(_protect)
    app.on_shutdown.append(_say_goodbye)
    app.cleanup_ctx.append(_listen)
    return app


# ---- the life of the application


async def _listen(app: web.Application) -> AsyncIterator[None]:
    world = app[WORLD]
    _enter(world)
    leave_chat = world.bot.subscribe(_chat_listener(world))
    leave_post = world.post.subscribe(_post_listener(world))
    yield
    leave_chat()
    leave_post()


def _enter(world: World) -> None:
    """Open the chat for everybody who has a telephone, so that they can press Start."""
    for person in world.cast.values():
        if person.telegram_id is not None:
            first_name, _, last_name = person.name.partition(" ")
            world.bot.enter(person.telegram_id, first_name, last_name)


def _chat_listener(world: World) -> Callable[[], None]:
    """The Bot API says only that something changed: look once per turn of the loop whose chat it was."""
    loop = asyncio.get_running_loop()
    known = {person.key: world.glance(person) for person in world.cast.values()}
    waiting: list[asyncio.Handle] = []

    def look() -> None:
        waiting.clear()
        for person in world.cast.values():
            glance = world.glance(person)
            if glance != known[person.key]:
                known[person.key] = glance
                world.tell(person.key)

    def changed() -> None:
        if not waiting:
            waiting.append(loop.call_soon(look))

    return changed


def _post_listener(world: World) -> Callable[[str], None]:
    """Letters are announced on the thread of the post office, perhaps while this loop is ending."""
    loop = asyncio.get_running_loop()
    keys = {base_address(person.email): person.key for person in world.cast.values()}

    def delivered(address: str) -> None:
        if address in keys:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(world.tell, keys[address])

    return delivered


async def _say_goodbye(app: web.Application) -> None:
    app[WORLD].closing = True
    app[WORLD].tell(EVERYBODY)


async def _protect(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Referrer-Policy"] = "no-referrer"


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let only this machine's own page in (DNS rebinding, cross-site POSTs), and answer every fault as JSON."""
    try:
        _must_be_ours(request)
        return await handler(request)
    except web.HTTPException as refused:
        if refused.status < HTTPStatus.BAD_REQUEST or refused.content_type == "application/json":
            raise
        return web.json_response({"error": refused.reason}, status=refused.status)
    except Exception as fault:  # the page says so in a sentence; what people wrote stays out of the log
        LOG.warning("%s %s failed: %s", request.method, request.path, type(fault).__name__)
        return web.json_response({"error": "the demo failed on this"}, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _must_be_ours(request: web.Request) -> None:
    try:
        host = URL(f"http://{request.host}").host
    except ValueError:
        host = None
    if host not in LOCAL:
        raise _refusal(web.HTTPForbidden, "the demo answers only to localhost and 127.0.0.1")
    origin = request.headers.get("Origin", f"http://{request.host}")
    if request.method != "GET" and origin != f"http://{request.host}":
        raise _refusal(web.HTTPForbidden, "the demo takes orders only from its own page")


# ---- what comes in


def _refusal(kind: type[web.HTTPException], reason: str) -> web.HTTPException:
    return kind(text=json.dumps({"error": reason}), content_type="application/json")


def _bad(reason: str) -> web.HTTPException:
    return _refusal(web.HTTPBadRequest, reason)


async def _body(request: web.Request) -> Json:
    if request.content_type != "application/json":
        raise _bad("the body must be application/json")
    try:
        body = await request.json()
    except (ValueError, RecursionError) as fault:
        raise _bad("the body is no valid JSON") from fault
    if not isinstance(body, dict):
        raise _bad("the body must be a JSON object")
    return body


def _text(body: Json, name: str, longest: int, shortest: int = 1) -> str:
    text = body.get(name)
    if not isinstance(text, str) or not shortest <= len(text.strip()) <= len(text) <= longest:
        raise _bad(f"{name}: a text of {shortest} to {longest} characters is needed")
    if re.search("[\0\ud800-\udfff]", text):
        raise _bad(f"{name}: contains characters that cannot be sent")
    return text


def _line(body: Json, name: str, longest: int, shortest: int = 1) -> str:
    text = _text(body, name, longest, shortest).strip()
    if len(text.splitlines()) > 1:
        raise _bad(f"{name}: must be one line")
    return text


@dataclass(frozen=True)
class _Enclosed:
    """A file that a person sends along."""

    name: str
    content: bytes

    @property
    def kind(self) -> str:
        return _media_type(self.name)


def _file_in(body: Json) -> _Enclosed | None:
    """The file of an order, None if it has none."""
    given = body.get("file")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise _bad("file: its name and its data are needed")
    try:
        content = base64.b64decode(str(given.get("data", "")), validate=True)
    except ValueError as fault:
        raise _bad("file: the data must be base64") from fault
    if not 0 < len(content) <= LARGEST_FILE:
        raise _bad(f"file: 1 to {LARGEST_FILE} bytes are needed")
    return _Enclosed(_line(given, "name", 120), content)


def _number(body: Json, name: str) -> int:
    number = body.get(name)
    if not isinstance(number, int) or isinstance(number, bool):
        raise _bad(f"{name}: a whole number is needed")
    return number


def _choice(value: object, name: str, choices: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise _bad(f"{name}: one of {', '.join(choices)} is needed")
    return value


def _language(request: web.Request) -> str:
    return _choice(request.query.get("language", "de"), "language", LANGUAGES)


def _moment(body: Json, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(body.get(name)))
    except ValueError as fault:
        raise _bad(f"{name}: a moment in ISO 8601 is needed") from fault
    if moment.tzinfo is None:
        raise _bad(f"{name}: a moment with its offset from UTC is needed")
    return moment


def _person(request: web.Request) -> Persona:
    person = request.app[WORLD].cast.get(request.match_info["person"])
    if person is None:
        raise _refusal(web.HTTPNotFound, "no such person")
    return person


def _chatter(request: web.Request) -> int:
    telegram_id = _person(request).telegram_id
    if telegram_id is None:
        raise _bad("this person does not use Telegram")
    return telegram_id


def _letter(request: web.Request) -> Letter:
    letters = request.app[WORLD].letters(_person(request), request.match_info["box"])
    number = int(request.match_info["letter"])
    if number >= len(letters):
        raise _refusal(web.HTTPNotFound, "no such letter")
    return letters[number]


# ---- what goes out


def _json(value: Json) -> web.Response:
    return web.json_response(value, headers={"Cache-Control": "no-store"})


async def _shown_world(world: World, language: str) -> Json:
    upcoming = await world.clock.next_thing(language)
    return {
        "world": world.name,
        "now": world.clock.now().isoformat(),
        "next": upcoming and {"at": upcoming[0].isoformat(), "text": upcoming[1]},
        "assistant": {"name": world.assistant[0], "email": world.assistant[1]},
        "cast": [_shown_persona(world, person, language) for person in world.cast.values()],
    }


def _shown_persona(world: World, person: Persona, language: str) -> Json:
    return {
        "key": person.key,
        "name": person.name,
        "role": person.role[language],
        "email": person.email,
        "telegram": person.telegram_id is not None,
        "messages": [message.message_id for message in world.chat(person) if message.from_bot],
        "letters": len(world.letters(person, "inbox")),
    }


def _shown_chat(world: World, telegram_id: int, language: str) -> Json:
    return {
        "messages": [_shown_message(message) for message in world.bot.chat(telegram_id)],
        "toasts": list(world.bot.toasts(telegram_id)),
        "menu": [list(entry) for entry in world.bot.menu(telegram_id, language)],
    }


def _shown_message(message: ChatMessage) -> Json:
    return {
        "id": message.message_id,
        "bot": message.from_bot,
        "html": message.html,
        "at": message.date.isoformat(),
        "edited": bool(message.edited),
        "document": message.document_name,
        "picture": _media_type(message.document_name or "").startswith("image/"),
        "buttons": [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in message.buttons],
    }


def _headers(raw: bytes) -> Message:
    return BytesHeaderParser().parsebytes(raw)


def _words(value: object) -> str:
    """A header as a person reads it, on one line (RFC 2047); as it stands if it cannot be decoded."""
    try:
        words = str(make_header(decode_header(str(value or ""))))
    except (LookupError, ValueError, HeaderParseError, binascii.Error):
        words = str(value)
    return " ".join(words.split())


def _people(value: object) -> list[Json]:
    return [{"name": _words(name), "email": address} for name, address in getaddresses([str(value or "")]) if address]


def _shown_letter(letter: Letter) -> Json:
    headers = _headers(letter.raw)
    return {
        "from": _people(headers["From"])[:1],
        "to": _people(headers["To"]),
        "subject": _words(headers["Subject"]),
        "at": letter.arrived_at.isoformat(),
        "enclosed": headers.get_content_type() == "multipart/mixed",
    }


def _enclosures(raw: bytes) -> list[tuple[str, str, bytes]]:
    """Name, media type and content of every part that is kept as a file; an invitation comes twice and counts once."""
    parts = [part for part in message_from_bytes(raw).walk() if not part.is_multipart() and _is_file(part)]
    if any(part.get_content_type() == "application/ics" for part in parts):
        parts = [part for part in parts if part.get_content_type() != "text/calendar"]
    return [(_file_name(part), part.get_content_type(), _content(part)) for part in parts]


def _is_file(part: Message) -> bool:
    return part.get_content_type() == "text/calendar" or (part.get_filename() is not None and not part["Content-ID"])


def _file_name(part: Message) -> str:
    return _words(part.get_filename() or "termin.ics").replace("/", "_").replace("\\", "_")[:120]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def with_pictures(html: str, raw: bytes) -> str:
    """Put the pictures a letter carries with it (RFC 2392, cid:) into its HTML."""
    for part in message_from_bytes(raw).walk():
        if part["Content-ID"] and part.get_content_type() in SHOWN_IN_THE_BROWSER:
            name = str(part["Content-ID"]).strip().strip("<>")
            data = base64.b64encode(_content(part)).decode("ascii")
            html = html.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{data}")
    return html


# ---- the pages and their data

ROUTES = web.RouteTableDef()
LETTER = r"/api/people/{person}/{box:inbox|sent}/{letter:\d{1,9}}"


@ROUTES.get("/")
async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")


@ROUTES.get("/api/world")
async def _world(request: web.Request) -> web.Response:
    return _json(await _shown_world(request.app[WORLD], _language(request)))


@ROUTES.get("/api/people/{person}")
async def _state(request: web.Request) -> web.Response:
    world, person, language = request.app[WORLD], _person(request), _language(request)
    chat = None if person.telegram_id is None else _shown_chat(world, person.telegram_id, language)
    boxes = {box: [_shown_letter(letter) for letter in world.letters(person, box)] for box in ("inbox", "sent")}
    return _json({"chat": chat, **boxes})


@ROUTES.get(LETTER)
async def _open_letter(request: web.Request) -> web.Response:
    letter = _letter(request)
    html = replies.html_of(letter.raw)
    files = [{"name": name, "type": kind, "size": len(data)} for name, kind, data in _enclosures(letter.raw)]
    text = replies.text_of(letter.raw)
    return _json(
        {**_shown_letter(letter), "text": text, "html": html and with_pictures(html, letter.raw), "files": files}
    )


@ROUTES.get(LETTER + r"/files/{number:\d{1,3}}")
async def _open_file(request: web.Request) -> web.Response:
    files, number = _enclosures(_letter(request).raw), int(request.match_info["number"])
    if number >= len(files):
        raise _refusal(web.HTTPNotFound, "no such file")
    return _file(*files[number])


def _file(name: str, kind: str, data: bytes) -> web.Response:
    """A file to look at if it is a PDF or a picture, to save if it could be anything else (RFC 6266)."""
    shown = kind in SHOWN_IN_THE_BROWSER
    disposition = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": "frame-ancestors 'none'"}
    return web.Response(body=data, content_type=kind if shown else "application/octet-stream", headers=headers)


def _media_type(name: str) -> str:
    return guess_type(name)[0] or "application/octet-stream"


@ROUTES.get(r"/api/people/{person}/documents/{message:\d{1,9}}")
async def _open_document(request: web.Request) -> web.Response:
    bot, number = request.app[WORLD].bot, int(request.match_info["message"])
    for message in bot.chat(_chatter(request)):
        if message.message_id == number and message.file_id is not None:
            name, data = bot.document(message.file_id)
            return _file(name, _media_type(name), data)
    raise _refusal(web.HTTPNotFound, "no such document")


@ROUTES.get("/events")
async def _events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: who has news ("*": the clock moved), and now and then only the time."""
    world = request.app[WORLD]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    with world.watching() as watch, suppress(ConnectionError):
        await response.prepare(request)
        await response.write(b": hello\n\n")
        while not world.closing:
            news = {"people": await watch.take(BREATH), "now": world.clock.now().isoformat()}
            await response.write(f"data: {json.dumps(news)}\n\n".encode())
    return response


# ---- what a person does


@ROUTES.post("/api/people/{person}/say")
async def _say(request: web.Request) -> web.Response:
    telegram_id, body, bot = _chatter(request), await _body(request), request.app[WORLD].bot
    if file := _file_in(body):
        bot.send_document(telegram_id, file.name, file.kind, file.content, _text(body, "text", LONGEST_CAPTION, 0))
    else:
        bot.say(telegram_id, _text(body, "text", LONGEST_MESSAGE))
    return _json({})


@ROUTES.post("/api/people/{person}/press")
async def _press(request: web.Request) -> web.Response:
    telegram_id, body = _chatter(request), await _body(request)
    message_id, data = _number(body, "message"), _text(body, "data", 64)
    # a button that is gone by now is the bot's to answer, as in the real Telegram
    return _json({"callback": request.app[WORLD].bot.press(telegram_id, message_id, data)})


@ROUTES.post("/api/people/{person}/start")
async def _start(request: web.Request) -> web.Response:
    """Press Start, or follow a link https://t.me/<bot>?start=<payload>."""
    telegram_id, body = _chatter(request), await _body(request)
    payload = body.get("payload", "")
    if not isinstance(payload, str) or (payload and not PAYLOAD.fullmatch(payload)):
        raise _bad("payload: 1 to 64 letters, digits, _ and - are allowed")
    request.app[WORLD].bot.say(telegram_id, f"/start {payload}".strip())
    return _json({})


@ROUTES.post(LETTER + "/reply")
async def _reply(request: web.Request) -> web.Response:
    world, person, letter, language = request.app[WORLD], _person(request), _letter(request), _language(request)
    body = await _body(request)
    file = _file_in(body)
    text = _text(body, "text", LONGEST_LETTER, 0 if file else 1)
    client = replies.Client[_choice(body.get("client"), "client", [c.name.lower() for c in replies.Client]).upper()]
    sender = (person.name, person.email)
    raw = replies.reply(letter.raw, text, client=client, sender=sender, language=language, at=world.clock.now())
    await world.mail(person, replies.with_file(raw, file.name, file.kind, file.content) if file else raw)
    return _json({})


@ROUTES.post("/api/people/{person}/letter")
async def _write(request: web.Request) -> web.Response:
    world, person, body = request.app[WORLD], _person(request), await _body(request)
    text, subject = _text(body, "text", LONGEST_LETTER, 0), _line(body, "subject", LONGEST_SUBJECT, 0)
    file = _file_in(body)
    if not (text.strip() or subject or file):
        raise _bad("text: a letter needs a text or a subject")
    recipient = _line(body, "recipient", 254)
    if not ADDRESS.fullmatch(recipient):
        raise _bad("recipient: an e-mail address is needed")
    sender = (person.name, person.email)
    name = world.assistant[0] if recipient == world.assistant[1] else ""
    raw = replies.letter(text, subject, sender=sender, recipient=(name, recipient), at=world.clock.now())
    await world.mail(person, replies.with_file(raw, file.name, file.kind, file.content) if file else raw)
    return _json({})


@ROUTES.post("/api/jump")
async def _jump(request: web.Request) -> web.Response:
    """Go to the next thing, `to` being the moment the page showed for it; tells how much each person got."""
    world, to = request.app[WORLD], _moment(await _body(request), "to")
    if world.jumping.locked():
        raise _refusal(web.HTTPConflict, "the clock is already moving")
    async with world.jumping:
        upcoming = {language: await world.clock.next_thing(language) for language in LANGUAGES}
        what = {language: thing[1] for language, thing in upcoming.items() if thing and thing[0] == to}
        if what.keys() != upcoming.keys():
            raise _refusal(web.HTTPConflict, "the next thing is another one by now")
        before = _counts(world)
        await world.clock.jump(to)
        world.tell(EVERYBODY)
    arrived = {key: _difference(before[key], now) for key, now in _counts(world).items()}
    return _json({"what": what, "arrived": arrived})


def _counts(world: World) -> dict[str, tuple[int, int]]:
    return {
        person.key: (sum(m.from_bot for m in world.chat(person)), len(world.letters(person, "inbox")))
        for person in world.cast.values()
    }


def _difference(before: tuple[int, int], now: tuple[int, int]) -> Json:
    return {"messages": max(0, now[0] - before[0]), "letters": max(0, now[1] - before[1])}
