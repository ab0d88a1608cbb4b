"""The simulated world: the whole assistant between stand-ins, with a clock that only moves when it is told to."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from alliance.desk import Desk
from app import service
from app.settings import Settings
from app.world import ADDRESS, BOT, PASSWORD, TOKEN, pointed_at
from demo import replies
from demo.postoffice import PostOffice
from demo.replies import Client
from demo.telegram import BotApi
from scheduler import jobs
from store.tables import InboxRow, Mailbox, Received

PATIENCE = 60.0  # seconds of real time until an answer must have come
GLANCE = 0.005  # seconds between two looks
PACE = 1000.0  # times what the real Telegram allows

_FINISHED = col(InboxRow.state).not_in([Received.NEW, Received.ACTED])

Sender = tuple[str, str]  # name, address


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The simulated moment, aware UTC."""
        return self.at


class World:
    """What people can do, each returning once the assistant has answered; and the passing of time."""

    def __init__(self, parts: service.Service, clock: Clock, telegram: BotApi, post: PostOffice) -> None:
        self.parts = parts
        self.clock = clock
        self.telegram = telegram
        self.post = post

    async def says(self, chat: int, text: str) -> None:
        """Somebody writes in their chat."""
        await self._heard(lambda: self.telegram.say(chat, text))

    async def taps(self, chat: int, message: int, data: str) -> None:
        """Somebody presses a button."""
        await self._heard(lambda: self.telegram.press(chat, message, data))

    async def writes(self, sender: Sender, text: str, subject: str, file: tuple[str, bytes] | None = None) -> None:
        """Somebody writes a fresh letter, with a spreadsheet or without."""
        if file is None:
            raw = replies.letter(text, subject, sender=sender, recipient=ADDRESS, at=self.clock.at)
        else:
            raw = self._letter_with(sender, text, subject, file)
        await self._sends(sender, ADDRESS, raw)

    async def answers(self, sender: Sender, letter: bytes, text: str, client: Client = Client.OUTLOOK) -> None:
        """Somebody answers a letter of the assistant."""
        raw = replies.reply(letter, text, client=client, sender=sender, language="de", at=self.clock.at)
        await self._sends(sender, parseaddr(message_from_bytes(raw)["To"])[1], raw)

    async def pass_time(self, until: datetime, look: Callable[[], Awaitable[datetime | None]]) -> None:
        """Go on to a moment, with a stop at everything that happens by itself or that ``look`` names on the way."""
        while True:
            stops = [moment for moment in (await self._next_thing(), await look()) if moment and moment <= until]
            if not stops:
                break
            await self.jump(max(min(stops), self.clock.at))
        await self.jump(until)

    async def jump(self, to: datetime) -> None:
        """Go there at once; what is due then has been sent when this returns."""
        self.clock.at = to
        await self.parts.heartbeat.beat()
        await self.parts.sender.drain()

    async def _next_thing(self) -> datetime:
        house, now = self.parts.house, self.clock.at
        when, _step = await self.parts.database.read(lambda session: jobs.next_thing(session, house, now))
        return when

    async def _sends(self, sender: Sender, recipient: str, raw: bytes) -> None:
        await self._heard(lambda: asyncio.to_thread(self._hand_in, sender[1], recipient, raw))

    def _hand_in(self, sender: str, recipient: str, raw: bytes) -> None:
        with smtplib.SMTP(self.post.host, self.post.smtp_port, local_hostname="localhost") as client:
            client.sendmail(sender, [recipient], raw)

    def _letter_with(self, sender: Sender, text: str, subject: str, file: tuple[str, bytes]) -> bytes:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = formataddr(sender), ADDRESS, subject
        letter["Date"] = format_datetime(self.clock.at)
        letter["Message-ID"] = f"<{self.clock.at:%Y%m%d%H%M%S}.{file[0]}@example.org>"
        letter.set_content(text)
        kind = ("text", "csv") if file[0].endswith(".csv") else ("application", "octet-stream")
        letter.add_attachment(file[1], maintype=kind[0], subtype=kind[1], filename=file[0])
        return letter.as_bytes(policy=SMTP)

    async def _heard(self, act: Callable[[], object]) -> None:
        before = await self.parts.database.read(_finished)
        done = act()
        if asyncio.iscoroutine(done):
            await done
        async with asyncio.timeout(PATIENCE):
            while await self.parts.database.read(_finished) <= before:
                await asyncio.sleep(GLANCE)
        await self.parts.sender.drain()


def _finished(session: Session) -> int:
    return session.exec(select(func.count()).select_from(InboxRow).where(_FINISHED)).one()


@asynccontextmanager
async def world(
    settings: Settings, folder: Path, begins: datetime, people: dict[int, str], prepare: Callable[[Session, Desk], None]
) -> AsyncIterator[World]:
    """The assistant, started at ``begins`` on a new database in ``folder``; ``people`` are chats with their names."""
    clock = Clock(begins)
    telegram = BotApi(TOKEN, BOT, clock.now)
    for chat, name in people.items():
        first, _, last = name.partition(" ")
        telegram.enter(chat, first, last)
        telegram.know(chat)
    await telegram.start()
    try:
        with PostOffice({ADDRESS: PASSWORD}, clock=clock.now) as post:
            pointed = pointed_at(settings, telegram, post).model_copy(
                update={"data_folder": folder, "database_url": f"sqlite:///{folder / 'year.db'}", "http_port": 0}
            )
            async with service.running(pointed, clock.now, prepare=prepare, pace=PACE) as parts:
                await _ready(parts)
                yield World(parts, clock, telegram, post)
    finally:
        await telegram.stop()


async def _ready(parts: service.Service) -> None:
    """Wait until the mailbox is watched."""
    async with asyncio.timeout(PATIENCE):
        while not await parts.database.read(lambda session: session.exec(select(Mailbox)).first() is not None):
            await asyncio.sleep(GLANCE)
    await parts.heartbeat.beat()
    await parts.sender.drain()
