"""Replays a story through the real jobs, doors and stand-ins, and writes down what everybody got and did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from heapq import heappop, heappush
from html import unescape
from pathlib import Path
from re import sub

from sqlmodel import Session, col, select

from alliance.desk import Desk
from alliance.house import House
from alliance.intents import RegisterPerson
from alliance.rounds import turnout
from app import simulated
from app.example import tie_chat
from app.settings import Settings
from app.simulated import World
from app.story import Act, Figure, Habit, Story
from demo import replies
from demo.telegram_chats import ChatMessage
from store.tables import Meeting


@dataclass(frozen=True)
class Happening:
    """One thing in somebody's inbox or chat: what they got, or what they said (``own``)."""

    at: datetime
    who: str
    channel: str
    title: str
    text: str
    own: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Got:
    """A letter's bytes or a bubble, as something to answer."""

    title: str
    letter: bytes = b""
    bubble: ChatMessage | None = None


@dataclass(frozen=True)
class Round:
    """How many of those who lead a measure had answered when a meeting's round was closed at ``at``."""

    title: str
    at: datetime
    answered: int
    asked: int


@dataclass
class Replay:
    """The story so far."""

    story: Story
    world: World
    happenings: list[Happening] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    _counted: set[int] = field(default_factory=set)
    _got: dict[str, list[_Got]] = field(default_factory=lambda: defaultdict(list))
    _read: Counter[str] = field(default_factory=Counter)
    _used: Counter[Habit] = field(default_factory=Counter)
    _waiting: list[tuple[datetime, int, Act, _Got]] = field(default_factory=list)

    async def run(self, progress: Callable[[datetime], None] = lambda at: None) -> None:
        """Live through the whole story."""
        for act in self.story.acts:
            await self._go_on(act.at)
            progress(act.at)
            await self._do(act)
        await self._go_on(self.story.ends)

    async def _go_on(self, until: datetime) -> None:
        await self.world.pass_time(until, self._look)
        await self._look()

    async def _look(self) -> datetime | None:
        """Read what has come, answer what is due by habit, and say when the next such answer is."""
        self._read_all()
        await self._count_answers()
        while self._waiting and self._waiting[0][0] <= self.world.clock.at:
            _, _, act, got = heappop(self._waiting)
            await self._answer(self.story.figure(act.who), act, got)
            self._read_all()
        return self._waiting[0][0] if self._waiting else None

    async def _count_answers(self) -> None:
        """Look at every round at the moment it is closed; later answers belong to the next."""
        parts = self.world.parts

        def count(session: Session) -> list[tuple[int, Round]]:
            closed = session.exec(select(Meeting).where(col(Meeting.frozen_at).is_not(None))).all()
            return [
                (meeting.id or 0, _closed(session, parts.house, meeting))
                for meeting in closed
                if meeting.id not in self._counted
            ]

        for number, one in await parts.database.read(count):
            self._counted.add(number)
            self.rounds.append(one)

    # --- reading

    def _read_all(self) -> None:
        for figure in self.story.figures:
            for got, happening in [*self._new_letters(figure), *self._new_bubbles(figure)]:
                self.happenings.append(happening)
                self._got[figure.key].append(got)
                self._think_of_answer(figure, got)

    def _new_letters(self, figure: Figure) -> Iterator[tuple[_Got, Happening]]:
        letters = self.world.post.letters(figure.email)
        known = self._read[figure.email]
        self._read[figure.email] = len(letters)
        for letter in letters[known:]:
            title = _subject(letter.raw)
            text, files = replies.text_of(letter.raw), _files(letter.raw)
            yield _Got(title, letter.raw), Happening(letter.arrived_at, figure.key, "mail", title, text, files=files)

    def _new_bubbles(self, figure: Figure) -> Iterator[tuple[_Got, Happening]]:
        if not figure.in_chat:
            return
        shown = [message for message in self.world.telegram.chat(figure.chat) if message.from_bot]
        known = self._read[figure.key]
        self._read[figure.key] = len(shown)
        for message in shown[known:]:
            text = _plain(message)
            files = (message.document_name,) if message.document_name else ()
            title = text.partition("\n")[0] or ", ".join(files)
            yield _Got(title, bubble=message), Happening(message.date, figure.key, "chat", title, text, files=files)

    def _think_of_answer(self, figure: Figure, got: _Got) -> None:
        for habit in self.story.habits:
            if habit.who == figure.key and got.title.startswith(habit.on):
                turn = self._used[habit]
                self._used[habit] += 1
                text = habit.texts[min(turn, len(habit.texts) - 1)] if habit.texts else ""
                if text or habit.tap:
                    act = Act(self.world.clock.at + habit.after, figure.key, text, tap=habit.tap)
                    heappush(self._waiting, (act.at, len(self.happenings) + len(self._waiting), act, got))
                return

    # --- acting

    async def _do(self, act: Act) -> None:
        figure = self.story.figure(act.who)
        if act.to:
            await self._answer(figure, act, self._latest(figure, act.to))
        elif figure.in_chat and not act.file:
            self._note(figure, "chat", act.text)
            await self.world.says(figure.chat, act.text)
        else:
            file = (act.file, (self.story.folder / act.file).read_bytes()) if act.file else None
            self._note(figure, "mail", act.text, act.subject, (act.file,) if act.file else ())
            await self.world.writes((figure.name, figure.email), act.text, act.subject or act.text[:60], file)
        self._read_all()

    async def _answer(self, figure: Figure, act: Act, got: _Got) -> None:
        channel = "chat" if got.bubble else "mail"
        self._note(figure, channel, act.text or f"[{act.tap}]", f"{_brief(act)} → {got.title}")
        if got.bubble is None:
            await self.world.answers((figure.name, figure.email), got.letter, act.text)
        elif act.tap:
            await self.world.taps(figure.chat, got.bubble.message_id, _button(self._fresh(figure, got), act.tap))
        else:
            await self.world.says(figure.chat, act.text)

    def _fresh(self, figure: Figure, got: _Got) -> ChatMessage:
        """The bubble as it looks now: it may have been edited since it was read."""
        assert got.bubble is not None
        number = got.bubble.message_id
        return next(message for message in self.world.telegram.chat(figure.chat) if message.message_id == number)

    def _latest(self, figure: Figure, title: str) -> _Got:
        for got in reversed(self._got[figure.key]):
            if got.title.startswith(title):
                return got
        raise NoSuchThing(f"{figure.key} has got nothing that begins with {title!r} by {self.world.clock.at}")

    def _note(self, figure: Figure, channel: str, text: str, title: str = "", files: tuple[str, ...] = ()) -> None:
        now = self.world.clock.at
        self.happenings.append(Happening(now, figure.key, channel, title or text[:60], text, own=True, files=files))


class NoSuchThing(LookupError):
    """The story answers something that nobody got."""


@asynccontextmanager
async def replay(settings: Settings, story: Story, folder: Path) -> AsyncIterator[Replay]:
    """The story, ready to run, on a new database in ``folder``."""
    chats = {figure.chat: figure.name for figure in story.figures if figure.in_chat}

    def prepare(session: Session, desk: Desk) -> None:
        for figure in story.figures:
            if figure.member:
                _register(session, desk, figure, story.begins)

    async with simulated.world(settings, folder, story.begins, chats, prepare) as world:
        yield Replay(story, world)


def _closed(session: Session, house: House, meeting: Meeting) -> Round:
    assert meeting.frozen_at is not None
    count = turnout(session, house, meeting, meeting.frozen_at)
    return Round(meeting.title, meeting.frozen_at, count.answered, count.asked)


def _register(session: Session, desk: Desk, figure: Figure, at: datetime) -> None:
    intent = RegisterPerson(figure.name, figure.email, figure.company, figure.phone, office=figure.office)
    desk.command(session, intent, at)
    if figure.in_chat:
        tie_chat(session, desk, figure.email, figure.chat, at)


def _subject(raw: bytes) -> str:
    """The subject without the token behind it."""
    whole = " ".join(str(make_header(decode_header(message_from_bytes(raw)["Subject"] or ""))).split())
    return whole.partition(" [ZP-")[0]


def _files(raw: bytes) -> tuple[str, ...]:
    parts = message_from_bytes(raw).walk()
    return tuple(part.get_filename() or "" for part in parts if part.get_content_disposition() == "attachment")


def _brief(act: Act) -> str:
    return f"[{act.tap}]" if act.tap else act.text.partition("\n")[0][:60]


def _plain(message: ChatMessage) -> str:
    return unescape(sub("<[^>]*>", "", message.html))


def _button(message: ChatMessage, label: str) -> str:
    for row in message.buttons:
        for button in row:
            if button.text == label and button.data:
                return button.data
    raise NoSuchThing(f"no button {label!r}")
