"""One update at the desk: its deed is done once, its answer always comes, and what keeps failing is set aside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain, count, repeat
from typing import Any, Protocol, TypeVar

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from telegram.error import TelegramError

from alliance.discretion import Origin
from alliance.hearing import Voice
from alliance.intents import Intent
from alliance.notes import Note
from alliance.packing import pack, unpack
from bot import buttons, views
from bot.answers import Answer, Answers
from bot.api import Api
from bot.showing import Showing
from store import inbox
from store.crashpoints import crash_point
from store.database import Database
from store.inbox import Received
from texts import say

log = structlog.get_logger()

PAUSES = (0.5, 2.0)  # seconds before the second and the third try of what failed
DATABASE_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)  # while the database is full or away; the last one again and again

Result = TypeVar("Result")


class Desk(Protocol):
    """The alliance's desk, as far as this door needs it."""

    def listen(self, session: Session, voice: Voice, text: str) -> Note: ...
    def hear(self, session: Session, voice: Voice, intent: Intent) -> Note: ...
    def stale(self, session: Session, voice: Voice) -> Note: ...
    def receive_file(self, session: Session, voice: Voice, name: str, content: bytes, words: str = "") -> Note: ...
    def failed(self, session: Session, voice: Voice) -> Note: ...
    def cannot_read(self, session: Session, voice: Voice, kind: str) -> Note: ...
    def menu(self, language: str, *, office: bool) -> list[tuple[str, str]]: ...
    def for_chat(self, session: Session, chat_id: int, note: Note, at: datetime, origin: Origin) -> Note: ...


@dataclass(frozen=True)
class Kept:
    """The inbox row of the update that is being worked on, and which try this is."""

    row_id: int
    tries: int = 1


KEPT: ContextVar[Kept] = ContextVar("KEPT")


@dataclass(frozen=True)
class Press:
    """A pressed button: the query to answer, the message it sits under, its data and that message's title."""

    query_id: str
    message_id: int
    data: str
    title: str


Question = Callable[[Session, Voice], Note]


@dataclass(frozen=True)
class Heard:
    """An update, translated. ``ask`` puts it to the desk; ``press`` is the button, if it is one.

    ``fetch`` gets a file that was sent from Telegram, and makes the question of it that is to be asked instead.
    """

    voice: Voice
    ask: Question
    press: Press | None = None
    fetch: Callable[[], Awaitable[Question]] | None = None


class Deeds:
    """Works on the update whose row :data:`KEPT` names. Nothing here raises: what cannot be done is set aside."""

    def __init__(self, database: Database, desk: Desk, answers: Answers, api: Api) -> None:
        self._database = database
        self._desk = desk
        self._answers = answers
        self._api = api

    async def serve(self, heard: Heard) -> None:
        """Do what was asked and show the answer; try again what fails, set it aside after the last try."""
        kept = KEPT.get()
        done: list[Answer] = []
        for tries in count(kept.tries):
            try:
                heard = await _with_file(heard)
                answer = await self._write(partial(self._act, heard=heard, row_id=kept.row_id, done=done), heard)
                break
            except inbox.Taken:
                if not done:
                    return None
                answer = done[-1]  # ours had worked: only the database's word of it got lost
                break
            except Exception as error:
                log_failure(error, kept.row_id, tries)
            if tries >= inbox.MAX_TRIES:
                return await self.set_aside(heard)
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES)) - 1])
            await self._write(partial(inbox.begin, row_ids=[kept.row_id]))
        return await self._show(answer)

    async def set_aside(self, heard: Heard) -> None:
        """Quarantine the update; the person and the office hear of it."""
        kept = KEPT.get()
        heard = Heard(heard.voice, self._desk.failed, heard.press)
        try:
            answer = await self._write(partial(self._quarantine, heard=heard, row_id=kept.row_id), heard)
        except Exception as error:
            log_failure(error, kept.row_id, inbox.MAX_TRIES)
            return await self.close(Received.QUARANTINED, "failed")
        return await self._show(answer)

    async def show_again(self, heard: Heard, packed: dict[str, Any]) -> None:
        """Show the stored answer of a deed that was done before a crash."""
        answer = partial(_answer, heard=heard, note=unpack(packed, Note), row_id=KEPT.get().row_id)
        await self._answers.show(await self._write(answer))

    async def close(
        self, state: Received, outcome: str, change: Callable[[Session], None] = lambda session: None
    ) -> None:
        """Finish the update without an answer, together with a ``change`` it makes."""
        row_id = KEPT.get().row_id

        def job(session: Session) -> None:
            if row := inbox.take(session, row_id):
                change(session)
                inbox.close(row, state, outcome)

        await self._write(job)

    async def say_later(self, heard: Heard) -> None:
        """Tell a person that what they sent cannot be stored now."""
        text = say(heard.voice.language, "telegram-later")
        try:
            if heard.press:
                await self._api.answer(heard.press.query_id, text)
            else:
                await self._api.send(heard.voice.chat_id, views.escaped(text), [])
        except TelegramError as error:
            log.warning("nobody told to wait", action="telegram-later", error=type(error).__name__)

    def _act(self, session: Session, heard: Heard, row_id: int, done: list[Answer]) -> Answer:
        """The deed, its answer and its buttons: one job. Raises inbox.Taken, which undoes it, if it was done before.

        ``done`` remembers the answer for when this runs again.
        """
        crash_point("telegram-before-deed")
        note = self._heard(session, heard, row_id)
        answer = _answer(session, heard, note, row_id)
        inbox.act(session, row_id, pack(note))
        # what the desk wrote reaches the database now, so that an error is this row's and shows up here
        session.flush()
        done.append(answer)
        crash_point("telegram-before-commit")
        return answer

    def _quarantine(self, session: Session, heard: Heard, row_id: int) -> Answer | None:
        row = inbox.take(session, row_id)
        if row is None:
            return None
        inbox.close(row, Received.QUARANTINED, "failed")
        return _answer(session, heard, self._heard(session, heard, row_id), row_id)

    def _heard(self, session: Session, heard: Heard, row_id: int) -> Note:
        """The desk's answer, as the chat may show it."""
        note = heard.ask(session, heard.voice)
        voice = heard.voice
        return self._desk.for_chat(session, voice.chat_id, note, voice.at, Origin(f"answer:{row_id}"))

    async def _show(self, answer: Answer | None) -> None:
        if answer:
            crash_point("telegram-committed")
            await self._answers.show(answer)

    async def _write(self, job: Callable[[Session], Result], heard: Heard | None = None) -> Result:
        """Like Database.write, but a full or absent database is waited for, and the person is told so once."""
        for tries, pause in enumerate(chain(DATABASE_PAUSES, repeat(DATABASE_PAUSES[-1]))):
            try:
                return await self._database.write(job)
            except OperationalError as error:
                log.error("cannot write", action="telegram-no-database", error=type(error.orig).__name__)  # noqa: TRY400
            if heard and not tries:
                await self.say_later(heard)
            await asyncio.sleep(pause)
        raise AssertionError("the pauses never end")


async def _with_file(heard: Heard) -> Heard:
    """The update with its file at hand, so that the deed need not wait for the network."""
    return replace(heard, ask=await heard.fetch(), fetch=None) if heard.fetch else heard


def _answer(session: Session, heard: Heard, note: Note, row_id: int) -> Answer:
    """The note on its way into the chat; a pressed bubble gives its place to one of the note's."""
    shown = views.bubbles(note)
    chat_id = heard.voice.chat_id
    showing = Showing(chat_id, shown, buttons.keep(session, chat_id, shown, heard.voice.at))
    if heard.press is None:
        return Answer(row_id, showing)
    showing.edits, showing.place = heard.press.message_id, views.place(shown, heard.press.title)
    return Answer(row_id, showing, views.toast(note), heard.press.query_id)


def log_failure(error: Exception, row_id: int, tries: int) -> None:
    """Say where it failed; the text of an exception may hold what people wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    kind = type(error).__name__
    log.error("update failed", action="telegram-failed", inbox_id=row_id, tries=tries, error=kind, where=where)
