"""A stand-in Bot API, a database file and the door between them, for the tests of the Telegram door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select
from telegram.ext import ApplicationBuilder

from alliance.discretion import Origin
from alliance.hearing import Voice
from alliance.intents import Intent, Report, ReportProgress, Undo
from alliance.notes import Action, Item, Note
from bot.application import App, build
from bot.door import TelegramDoor
from bot.webhook import Webhook
from demo.telegram import BotApi, Button, ChatMessage
from store.database import Database
from store.tables import Deed, InboxRow

TOKEN = "4711:demo"
ERIKA, MAX, NOBODY = 1001, 1002, 4000
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def noon() -> datetime:
    return NOON


def card(percent: int, title: str = "M12 Radweg") -> Item:
    """A measure's card with two buttons that mean something."""
    more = ReportProgress((Report(12, percent=min(percent + 20, 100)),))
    return Item(title, ("läuft",), percent, (Action("+ 20", more), Action("Rückgängig", Undo())))


class Counter:
    """Listens in place of the alliance's desk: notes down every deed and answers as the test has laid out.

    ``failures`` says how often some words make it fail, after the deed.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Note] = {}
        self.voices: list[Voice] = []
        self.failures: dict[str, int] = {}

    def listen(self, session: Session, voice: Voice, text: str) -> Note:
        self._deed(session, voice, text)
        return self.answers.get(text, Note(f"gehört: {text}"))

    def hear(self, session: Session, voice: Voice, intent: Intent) -> Note:
        self._deed(session, voice, type(intent).__name__)
        if isinstance(intent, ReportProgress):
            return Note("Danke", items=(card(intent.reports[0].percent or 0),), toast="gespeichert")
        return self.answers.get(type(intent).__name__, Note("Zurückgenommen"))

    def stale(self, session: Session, voice: Voice) -> Note:
        return Note("Hinweis", ("Diese Schaltfläche gilt nicht mehr.",), toast="nicht mehr gültig")

    def receive_file(self, session: Session, voice: Voice, name: str, content: bytes, words: str = "") -> Note:
        self._deed(session, voice, f"{name}: {content!r} {words}".rstrip())
        return Note(f"gelesen: {name}")

    def failed(self, session: Session, voice: Voice) -> Note:
        return Note("Das hat nicht geklappt")

    def cannot_read(self, session: Session, voice: Voice, kind: str) -> Note:
        return Note(f"nur Text, nicht {kind}")

    def for_chat(self, session: Session, chat_id: int, note: Note, at: datetime, origin: Origin) -> Note:
        return note

    def menu(self, language: str, *, office: bool) -> list[tuple[str, str]]:
        return [("hilfe" if language == "de" else "help", "?"), *([("offen", "!")] if office else [])]

    def _deed(self, session: Session, voice: Voice, what: str) -> None:
        self.voices.append(voice)
        session.add(Deed(at=voice.at, door="telegram", what=what, inbox_id=voice.inbox_id))
        session.flush()
        self.failures[what] = self.failures.get(what, 0) - 1
        if self.failures[what] >= 0:
            raise RuntimeError(what)


class World:
    """The people are in ``api``, what they did is in ``database``."""

    def __init__(self, api: BotApi, url: str) -> None:
        self.api = api
        self.url = url
        self.database = Database(url)
        self.desk = Counter()
        self.door = self.new_door()

    def new_door(self, token: str = TOKEN, *, take_over: bool = False, webhook: Webhook | None = None) -> TelegramDoor:
        return TelegramDoor(
            self.database, self.desk, self.application(token), noon, take_over=take_over, webhook=webhook
        )

    def application(self, token: str = TOKEN) -> App:
        builder: Any = ApplicationBuilder()
        return build(builder.token(token).base_url(self.api.base_url).base_file_url(self.api.base_file_url))

    async def restart(self) -> None:
        await self.door.stop()
        self.door = self.new_door()
        await self.door.start()

    async def wait(self, condition: Callable[[], bool]) -> None:
        await self.api.wait_for(condition)

    async def said(self, person: int, text: str) -> ChatMessage:
        """A person writes and gets an answer: the last message of it."""
        before = len(self.shown(person))
        self.api.say(person, text)
        await self.wait(lambda: len(self.shown(person)) > before)
        return self.shown(person)[-1]

    async def pressed(self, person: int, message: ChatMessage, label: str) -> str:
        """A person presses a button and sees the toast."""
        before = len(self.api.toasts(person))
        data = button(message, label).data
        assert data is not None
        self.api.press(person, message.message_id, data)
        await self.wait(lambda: len(self.api.toasts(person)) > before)
        return self.api.toasts(person)[-1]

    async def until(self, *, healthy: bool) -> None:
        """Wait for a change of health; each request gives the loop a turn."""
        async with self.application().bot as bot:
            while self.door.healthy != healthy:
                await bot.get_me()

    def shown(self, person: int) -> list[ChatMessage]:
        return [message for message in self.api.chat(person) if message.from_bot]

    def texts(self, person: int) -> list[str]:
        return [message.html for message in self.shown(person)]

    def deeds(self) -> list[str]:
        return self.database.read_now(lambda session: list(session.exec(select(Deed.what).order_by(col(Deed.id)))))

    def rows(self) -> list[InboxRow]:
        return self.database.read_now(lambda session: list(session.exec(select(InboxRow).order_by(col(InboxRow.id)))))

    def states(self) -> list[str]:
        return [str(row.state) for row in self.rows()]


def limit_pages(world: World, extra: int) -> None:
    """Let an SQLite file grow by so many pages only."""

    def job(session: Session) -> None:
        used = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {used + extra}")

    world.database.write_now(job)


def button(message: ChatMessage, label: str) -> Button:
    return next(each for row in message.buttons for each in row if each.text == label)


@asynccontextmanager
async def open_world(url: str) -> AsyncIterator[World]:
    """A world in which the door is not started yet; closed at the end in any case."""
    api = BotApi(TOKEN, "allianz_demo_bot", clock=noon)
    api.enter(ERIKA, "Erika", "Beispiel")
    api.enter(MAX, "Max", language_code="en")
    await api.start()
    world = World(api, url)
    try:
        yield world
    finally:
        await world.door.stop()
        await api.stop()
        world.database.close()
