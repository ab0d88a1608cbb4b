"""The assistant with all its parts between a stand-in Telegram and a mail server: people act, tests watch."""

from __future__ import annotations

import asyncio
import smtplib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from html import unescape
from pathlib import Path
from re import sub
from typing import Any, Protocol

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.service import Service, running
from app.settings import Settings
from demo import replies
from demo.postoffice import PostOffice
from demo.replies import Client
from demo.telegram import BotApi, Button, ChatMessage
from scheduler import jobs
from store.database import Database
from store.tables import Channel, InboxRow, Mailbox, Measure, Person, Received
from tests.town import BERLIN, CHATS, ERIKA, HOUSE, NAMES, OFFICE, START, Town

TOKEN = "4711:stage"
PASSWORD = "secret"
PATIENCE = 15.0  # seconds
GLANCE = 0.01  # seconds between two looks at a condition

_WAITING = col(InboxRow.state).in_([Received.NEW, Received.ACTED])
_FINISHED = ~_WAITING


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


class Post(Protocol):
    """A mail server as people use it: they hand letters in, and look into their mailboxes."""

    host: str
    imap_port: int
    smtp_port: int

    def inbox(self, address: str) -> list[bytes]:
        """The letters that came to an address, oldest first."""


class StandIn(PostOffice):
    """The demo's post office."""

    def inbox(self, address: str) -> list[bytes]:
        return [letter.raw for letter in self.letters(address)]


@dataclass(frozen=True)
class Letter:
    """One letter as its reader sees it."""

    raw: bytes

    @property
    def message(self) -> Message:
        return message_from_bytes(self.raw)

    @property
    def subject(self) -> str:
        return " ".join(str(make_header(decode_header(self.message["Subject"]))).split())

    @property
    def text(self) -> str:
        """The plain text, soft line ends joined (RFC 3676)."""
        return sub(r"(?<!\n--) \n", " ", replies.text_of(self.raw))

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """Name and content of what is enclosed; pictures that are shown in the letter are not."""
        parts = [part for part in self.message.walk() if part.get_content_disposition() == "attachment"]
        return [(part.get_filename() or "", _content(part)) for part in parts]


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


class Stage:
    """People are named by their mail addresses in :mod:`tests.town`. Every deed returns when it is fully answered."""

    def __init__(self, service: Service, clock: Clock, telegram: BotApi, post: Post) -> None:
        self.service = service
        self.clock = clock
        self.telegram = telegram
        self.post = post
        self.town = Town(service.database)
        self._read: Counter[str] = Counter()

    # --- Telegram

    async def says(self, who: str, text: str) -> str:
        """Somebody writes in the chat; the last bubble they see then."""
        await self.chat_answered(self.telegram.say(CHATS[who], text))
        return self.bubble(who)

    async def taps(self, who: str, label: str, on: str = "") -> str:
        """Somebody presses the latest button with this label, on a bubble with these words; the toast."""
        message, button = self.button(who, label, on)
        assert button.data is not None
        return await self.presses(who, message.message_id, button.data)

    async def presses(self, who: str, message_id: int, data: str) -> str:
        """A press as the wire carries it, whoever may have made it up; the toast."""
        before = len(self.telegram.toasts(CHATS[who]))
        self.telegram.press(CHATS[who], message_id, data)
        await self.telegram.wait_for(lambda: len(self.telegram.toasts(CHATS[who])) > before)
        await self._until(self._nothing_waits)
        await self.service.sender.drain()
        return self.telegram.toasts(CHATS[who])[-1]

    def button(self, who: str, label: str, on: str = "") -> tuple[ChatMessage, Button]:
        """The latest button with this label and the bubble it sits under."""
        for message in reversed(self.messages(who)):
            for button in (button for row in message.buttons for button in row):
                if button.text == label and on in plain(message):
                    return message, button
        raise AssertionError(f"no button {label!r}")

    def messages(self, who: str) -> list[ChatMessage]:
        """What the bot has shown somebody."""
        return [message for message in self.telegram.chat(CHATS[who]) if message.from_bot]

    def bubble(self, who: str) -> str:
        """The last bubble of the bot, as it is read."""
        return plain(self.messages(who)[-1])

    def bubbles(self, who: str) -> list[str]:
        """All bubbles of the bot, as they are read."""
        return [plain(message) for message in self.messages(who)]

    async def blocks(self, who: str) -> None:
        """Somebody blocks the bot."""
        from_chats = InboxRow.channel == Channel.TELEGRAM
        before = await self._count(from_chats, _FINISHED)
        self.telegram.block(CHATS[who])

        async def noticed() -> bool:
            return await self._count(from_chats, _FINISHED) > before

        await self._until(noticed)

    # --- mail

    async def writes(self, who: str, text: str, subject: str = "Nachricht") -> None:
        """Somebody writes a fresh letter to the assistant."""
        raw = replies.letter(text, subject, sender=_sender(who), recipient=HOUSE.email, at=self.clock.at)
        await self.sends(who, raw)

    async def replies(self, who: str, text: str, client: Client = Client.THUNDERBIRD, to: Letter | None = None) -> None:
        """Somebody answers the last letter they got, or the one named."""
        await self.sends(who, self.reply(who, text, client, to))

    def reply(self, who: str, text: str, client: Client = Client.THUNDERBIRD, to: Letter | None = None) -> bytes:
        """An answer, not yet sent."""
        answered = (to or self.last_letter(who)).raw
        return replies.reply(answered, text, client=client, sender=_sender(who), language="de", at=self.clock.at)

    async def office_says(self, text: str) -> str:
        """The office writes a letter and confirms it; what it reads then."""
        await self.writes(OFFICE, text)
        await self.replies(OFFICE, "JA", to=await self.letter(OFFICE, "Bitte bestätigen Sie kurz"))
        return (await self.letter(OFFICE)).text

    async def sends(self, who: str, raw: bytes) -> None:
        """Hand a finished letter in at the mail server, with its own To as the recipient."""
        before = await self._letters_heard()
        await asyncio.to_thread(self._hand_in, who, raw)

        async def heard() -> bool:
            return await self._letters_heard() > before

        await self._until(heard)
        await self.service.sender.drain()

    async def letter(self, who: str, subject: str = "") -> Letter:
        """Somebody reads their unread letters until one whose subject begins so; waits for letters that are to come."""
        before = self._read[who]
        try:
            async with asyncio.timeout(PATIENCE):
                while not (letter := await self._next_letter(who)).subject.startswith(subject):
                    pass
        except TimeoutError:
            came = [letter.subject for letter in self.letters(who)[before:]]
            raise AssertionError(f"no letter {subject!r} among {came}") from None
        return letter

    async def _next_letter(self, who: str) -> Letter:
        while not self.unread(who):
            await asyncio.sleep(GLANCE)
        self._read[who] += 1
        return self.letters(who)[self._read[who] - 1]

    def last_letter(self, who: str) -> Letter:
        """The last letter somebody got, read or not."""
        return Letter(self.post.inbox(who)[-1])

    def letters(self, who: str) -> list[Letter]:
        """All letters of somebody."""
        return [Letter(raw) for raw in self.post.inbox(who)]

    def unread(self, who: str) -> int:
        """How many letters somebody has not read."""
        return len(self.post.inbox(who)) - self._read[who]

    def read_all(self, *people: str) -> None:
        """Somebody has read everything."""
        for who in people:
            self._read[who] = len(self.post.inbox(who))

    def refuses(self, who: str, answer: str | None) -> None:
        """The mail server answers so to whoever has a letter for this address; None ends that."""
        assert isinstance(self.post, PostOffice)
        self.post.refuse.pop(who, None)
        if answer:
            self.post.refuse[who] = answer

    def _hand_in(self, who: str, raw: bytes) -> None:
        to = parseaddr(message_from_bytes(raw)["To"])[1]
        with smtplib.SMTP(self.post.host, self.post.smtp_port, local_hostname="localhost") as client:
            client.sendmail(who, [to], raw)

    # --- time and what is remembered

    async def jump(self, to: datetime) -> None:
        """Go there at once; what was due meanwhile is caught up and sent."""
        await self.service.sender.drain()
        self.clock.at = to
        await self.service.heartbeat.beat()
        await self.service.sender.drain()

    async def wait(self, **length: float) -> None:
        """Go so much further: ``minutes=6``, ``days=2``."""
        await self.jump(self.clock.at + timedelta(**length))

    async def go_to(self, day: int, month: int, hour: int = 9) -> None:
        """Go to a day of 2026, with a stop at everything that happens on the way by itself."""
        until = datetime(2026, month, day, hour, tzinfo=BERLIN).astimezone(UTC)
        while (coming := await self._next_thing()) <= until:
            await self.jump(coming)
        await self.jump(until)

    async def _next_thing(self) -> datetime:
        house, now = self.service.house, self.clock.at
        when, _step = await self.service.database.read(lambda session: jobs.next_thing(session, house, now))
        return when

    def link(self, *people: str) -> None:
        """These people have used the bot for long."""
        for who in people:
            self.town.link(who)
            self.telegram.know(CHATS[who])

    async def prefers_mail(self, who: str) -> None:
        """Whose chat is linked wants letters all the same."""
        number = self.person(who).id

        def job(session: Session) -> None:
            session.get_one(Person, number).channel = Channel.MAIL

        await self.service.database.write(job)

    def measure(self, number: int) -> Measure:
        """A measure as it stands."""
        return self.town.measure(number)

    def person(self, who: str) -> Person:
        """A person as they stand."""
        return self.town.person(who)

    async def chat_answered(self, update_id: int) -> None:
        """Wait until an update has been worked on and its answer shown."""
        this = InboxRow.external_id == str(update_id)
        await self._until(lambda: self._count(this, _FINISHED))
        await self.service.sender.drain()

    async def _nothing_waits(self) -> bool:
        return await self._count(_WAITING) == 0

    def _letters_heard(self) -> Awaitable[int]:
        return self._count(InboxRow.channel == Channel.MAIL, _FINISHED)

    def _count(self, *which: Any) -> Awaitable[int]:
        statement = select(func.count()).select_from(InboxRow).where(*which)
        return self.service.database.read(lambda session: session.exec(statement).one())

    async def _until(self, condition: Callable[[], Awaitable[object]]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await condition():
                await asyncio.sleep(GLANCE)

    async def ready(self) -> None:
        """Wait until the mailbox is watched and this week's work is done; nobody has unread letters."""

        async def is_watched() -> bool:
            return await self.service.database.read(lambda session: session.exec(select(Mailbox)).first() is not None)

        await self._until(is_watched)
        await self.service.heartbeat.beat()
        await self.service.sender.drain()
        self.read_all(*NAMES)


def plain(message: ChatMessage) -> str:
    """A bubble as it is read."""
    return unescape(sub("<[^>]*>", "", message.html))


def _sender(who: str) -> tuple[str, str]:
    return NAMES[who], who


def pointed_at(url: str, folder: Path, telegram: BotApi, post: Post, **wishes: Any) -> Settings:
    """Settings as for the real world, with the stand-ins' addresses."""
    values: dict[str, Any] = {
        "alliance_name": HOUSE.name,
        "data_folder": folder,
        "database_url": url,
        "backup_keep_days": 0,
        "http_port": 0,
        "telegram_token": TOKEN,
        "telegram_base_url": telegram.base_url,
        "telegram_file_url": telegram.base_file_url,
        "mail_address": HOUSE.email,
        "mail_password": PASSWORD,
        "mail_plus_addresses": True,
        "imap_host": post.host,
        "imap_port": post.imap_port,
        "imap_tls": "none",
        "smtp_host": post.host,
        "smtp_port": post.smtp_port,
        "smtp_tls": "none",
    }
    return Settings(_env_file=None, **(values | wishes))


@asynccontextmanager
async def open_stage(url: str, folder: Path, post: Post, clock: Clock, **wishes: Any) -> AsyncIterator[Stage]:
    """The small alliance of :mod:`tests.town`, running. Erika uses Telegram, Max and the office use mail.

    ``url`` is a database in which it is settled already.
    """
    _link_erika(url)
    telegram = BotApi(TOKEN, HOUSE.bot, clock.now)
    for who, name in NAMES.items():
        first, _, last = name.partition(" ")
        telegram.enter(CHATS[who], first, last)
    telegram.know(CHATS[ERIKA])
    await telegram.start()
    try:
        async with running(pointed_at(url, folder, telegram, post, **wishes), clock.now) as service:
            stage = Stage(service, clock, telegram, post)
            await stage.ready()
            yield stage
    finally:
        await telegram.stop()


def _link_erika(url: str) -> None:
    database = Database(url)
    try:
        Town(database).link(ERIKA)
    finally:
        database.close()
