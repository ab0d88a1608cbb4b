"""Working off letters: screen, identify, cut quotes, hear at the desk; deed and answer in one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from alliance.bounces import Failure
from alliance.hearing import Voice
from alliance.intents import Intent, Unclear
from alliance.notes import Note
from mail import addresses, bounces, reading
from mail.contents import ANSWERED, Contents, Identity, contents, outside
from mail.fence import Fence, is_unusual
from mail.screening import Kind
from store import inbox
from store.crashpoints import crash_point
from store.database import Database
from store.inbox import Channel, InboxRow, Received
from texts import say

log = structlog.get_logger()

RETRY = 2.0  # seconds until what failed is tried again
HANDED_ON = "case-asked"  # the matter of a note that says: the office has it now


class Desk(Protocol):
    """The alliance's desk, as far as this door needs it."""

    def listen(self, session: Session, voice: Voice, text: str) -> Note:
        """Hear words."""

    def hear(self, session: Session, voice: Voice, intent: Intent) -> Note:
        """Hear what is known to be meant."""

    def receive_file(self, session: Session, voice: Voice, name: str, content: bytes, words: str = "") -> Note:
        """A spreadsheet, and the words beside it."""

    def failed(self, session: Session, voice: Voice) -> Note:
        """We crashed on this letter."""

    def cannot_read(self, session: Session, voice: Voice, kind: str) -> Note:
        """This letter holds no words for us."""

    def read_calendar(self, raw: bytes) -> Intent | None:
        """What a calendar says about a meeting of ours; without the database."""

    def away(self, session: Session, voice: Voice, until: date) -> None:
        """An out-of-office letter names the last day of absence."""

    def returned(self, session: Session, token: str, failures: Sequence[Failure], at: datetime) -> bool:
        """A letter of ours came back; False when that cannot be believed."""

    def remark(self, session: Session, voice: Voice, text: str) -> None:
        """Words beside a calendar's answer."""

    def marked(self, session: Session, voice: Voice, text: str) -> None:
        """The mail server took this reply to a letter of ours for spam."""

    def overrun(self, session: Session, voice: Voice) -> bool:
        """Whether somebody writes more than we hear."""

    def answer_by_mail(self, session: Session, voice: Voice, note: Note, in_reply_to: str) -> bool:
        """Put the answer into the outbox; False when none may be given."""


@dataclass(frozen=True)
class ReadLetter:
    """A kept letter with what is in it. ``attend`` is what a calendar says about one of our meetings."""

    row_id: int
    voice: Voice
    contents: Contents
    attend: Intent | None = None


class IncomingLetters:
    """Works off the inbox's letters, each exactly once. ``own`` tells which letters are the assistant's.

    Unusual letters take a detour through the fence while the others go on; the same sender's follow behind them.
    """

    def __init__(self, database: Database, desk: Desk, own: Identity, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._desk = desk
        self._own = own
        self._clock = clock
        self._arrived = asyncio.Event()
        self._stopping = False
        self._fence = Fence()
        self._detour: dict[str, list[int]] = {}  # whose letters wait for the fence or behind such a letter, by sender
        self._on_detour: asyncio.Task[None] | None = None

    def nudge(self) -> None:
        """Something was kept. Call from the event loop."""
        self._arrived.set()

    def stop(self) -> None:
        """End :meth:`run` after the batch in hand. Call from the event loop."""
        self._stopping = True
        self._arrived.set()

    async def run(self) -> None:
        """Work off whatever comes, until stopped."""
        try:
            await self._work()
            if self._on_detour:
                await self._on_detour
        finally:
            if self._on_detour:
                self._on_detour.cancel()
            await self._fence.close()

    async def _work(self) -> None:
        while not self._stopping:
            self._arrived.clear()
            try:
                failed = await self.work_off()
            except Exception as error:  # the database is away or full: nothing is confirmed, nothing is lost
                log.error("letters wait", action="mail-waits", error=type(error).__name__)  # noqa: TRY400 - see below
                failed = 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), RETRY if failed else None)

    async def work_off(self) -> int:
        """Act on what waits, each letter once; returns how many failed and will be tried again.

        What takes the detour is left to a task of its own.
        """
        while not self._stopping:
            rows = await self._database.read(self._next)
            usual = [row for row in rows if not self._takes_detour(row)]
            fresh = [row for row in usual if row.tries == 0]
            if fresh:
                await self._try(fresh)
            elif len(usual) == len(rows):
                return sum([await self._again(row) for row in usual])
        return 0

    def _next(self, session: Session) -> list[InboxRow]:
        return inbox.batch(session, Channel.MAIL, [row_id for ids in self._detour.values() for row_id in ids])

    async def _again(self, row: InboxRow) -> int:
        """What has failed before is tried alone, so that it takes no others with it."""
        return await (self._try([row]) if row.tries < inbox.MAX_TRIES else self._set_aside(row))

    async def _try(self, rows: Sequence[InboxRow]) -> int:
        """Count a try in a commit of its own, then act in the order of arrival; returns how many failed."""
        await self._database.write(lambda session: inbox.begin(session, [_id(row) for row in rows]))
        letters = await self._read_all(rows)
        results = await asyncio.gather(*map(self._handle, letters), return_exceptions=True)
        failures = [(row, error) for row, error in zip(rows, results, strict=True) if isinstance(error, Exception)]
        for row, error in failures:
            # the kind of error only: a traceback of the database holds what people wrote
            log.error("letter failed", action="mail-failed", inbox=row.id, error=type(error).__name__)
            if isinstance(error, OperationalError):
                await self._forgive(rows)
                raise error
        return len(failures)

    async def _handle(self, letter: ReadLetter | Exception) -> None:
        if isinstance(letter, Exception):
            raise letter
        await self._database.write(lambda session: self._act(session, letter))

    # --- the detour

    def _takes_detour(self, row: InboxRow) -> bool:
        unusual = is_unusual(row.raw)
        if not (unusual or self._detour):
            return False
        sender = addresses.sender_of(reading.head(row.raw))[0]
        if not (unusual or (sender and sender in self._detour)):
            return False
        self._detour.setdefault(sender, []).append(_id(row))
        if self._on_detour is None or self._on_detour.done():
            self._on_detour = asyncio.create_task(self._work_off_detour())
        return True

    async def _work_off_detour(self) -> None:
        """One letter of every sender by turns, so that one who sends many holds up nobody else."""
        while self._detour and not self._stopping:
            sender, ids = next(iter(self._detour.items()))
            if await self._failed_on_detour(ids[0]):
                asyncio.get_running_loop().call_later(RETRY, self.nudge)
            del self._detour[sender]
            if ids[1:]:
                self._detour[sender] = ids[1:]

    async def _failed_on_detour(self, row_id: int) -> bool:
        try:
            row = await self._database.read(lambda session: session.get(InboxRow, row_id))
            return row is not None and row.state == Received.NEW and await self._again(row) > 0
        except Exception as error:  # as in :meth:`_work`
            log.error("a letter waits", action="mail-waits", inbox=row_id, error=type(error).__name__)  # noqa: TRY400
            return True

    # --- reading, without the database

    async def _read_all(self, rows: Sequence[InboxRow]) -> list[ReadLetter | Exception]:
        if len(rows) == 1 and is_unusual(rows[0].raw):
            return [await self._read_fenced(rows[0])]
        return await asyncio.to_thread(lambda: [self._read_guarded(row) for row in rows])

    async def _read_fenced(self, row: InboxRow) -> ReadLetter | Exception:
        try:
            found = await self._fence.contents(row.raw, self._own, row.received_at.date())
            return await asyncio.to_thread(self._letter, row, found)
        except Exception as error:  # as in :meth:`_read_guarded`
            return error

    def _read_guarded(self, row: InboxRow) -> ReadLetter | Exception:
        try:
            return self._letter(row, contents(row.raw, self._own, row.received_at.date()))
        except Exception as error:  # one letter's fault must not hold up the batch
            return error

    def _letter(self, row: InboxRow, found: Contents) -> ReadLetter:
        attend = self._desk.read_calendar(row.raw) if found.kind == Kind.CALENDAR_REPLY else None
        return ReadLetter(_id(row), self._voice(_id(row), found), found, attend)

    def _voice(self, row_id: int, found: Contents) -> Voice:
        return Voice(
            Channel.MAIL,
            self._clock(),
            email=found.email,
            name=found.name,
            language=found.language,
            token=found.token,
            forged=found.forged,
            inbox_id=row_id,
        )

    # --- acting, in one transaction

    def _act(self, session: Session, letter: ReadLetter) -> None:
        fingerprint = inbox.take_letter(session, letter.row_id, letter.voice.email)
        if fingerprint is None:
            return
        crash_point("mail-before-deed")
        state, outcome = self._deal_with(session, fingerprint, letter)
        inbox.close_letter(session, letter.row_id, state, outcome)
        crash_point("mail-before-commit")

    def _deal_with(self, session: Session, fingerprint: str, letter: ReadLetter) -> tuple[Received, str]:
        if fingerprint and inbox.seen_before(session, fingerprint, letter.row_id):
            return Received.IGNORED, "duplicate"
        if letter.contents.kind not in ANSWERED:
            return Received.IGNORED, self._note(session, letter)
        if letter.voice.email and self._desk.overrun(session, letter.voice):
            return Received.OFFICE, "too-many"
        return self._answer(session, letter)

    def _note(self, session: Session, letter: ReadLetter) -> str:
        """What robots tell us is noted, and never answered; returns the outcome."""
        found, voice = letter.contents, letter.voice
        if found.until:
            self._desk.away(session, voice, found.until)
        if found.text:
            self._desk.marked(session, voice, found.text)
        if found.kind == Kind.BOUNCE:
            failures = [
                Failure(failure.address, failure.kind == bounces.PERMANENT, failure.blames_address, failure.status)
                for failure in found.failures
            ]
            known = self._desk.returned(session, found.token, failures, voice.at)
            return "bounce" if known else "bounce-unknown"
        return found.kind.value

    def _answer(self, session: Session, letter: ReadLetter) -> tuple[Received, str]:
        state, note = self._hear(session, letter)
        voice = letter.voice
        if not voice.email:
            return state, letter.contents.unreadable
        if not self._desk.answer_by_mail(session, voice, note, in_reply_to=letter.contents.message_id):
            return Received.OFFICE, "unanswered"
        return state, letter.contents.unreadable

    def _hear(self, session: Session, letter: ReadLetter) -> tuple[Received, Note]:
        desk, voice, found = self._desk, letter.voice, letter.contents
        if found.unreadable in {"too-complex", "broken"}:
            return Received.QUARANTINED, desk.failed(session, voice)
        if found.kind == Kind.CALENDAR_REPLY and letter.attend is None and not found.text:
            return Received.DONE, desk.cannot_read(session, voice, "other")
        if found.unreadable:
            return Received.DONE, desk.cannot_read(session, voice, found.unreadable)
        if not voice.email:  # nobody to answer: a person decides what to do with it
            return Received.OFFICE, desk.hear(session, voice, Unclear(found.text))
        note = self._ask(session, letter)
        return (Received.OFFICE if note.matter.kind == HANDED_ON else Received.DONE), note

    def _ask(self, session: Session, letter: ReadLetter) -> Note:
        """What the letter wants: a calendar's answer, a spreadsheet, or words."""
        desk, voice, found = self._desk, letter.voice, letter.contents
        if letter.attend:
            if found.text:
                desk.remark(session, voice, found.text)
            return desk.hear(session, voice, letter.attend)
        if found.kind == Kind.CALENDAR_REPLY:  # about no meeting of ours, but somebody has written something to it
            return desk.hear(session, voice, Unclear(found.text))
        if not found.files:
            return desk.listen(session, voice, found.text)
        name, content = found.files[0]
        note = desk.receive_file(session, voice, name, content, found.text)
        if len(found.files) > 1:
            line = say(note.language or voice.language, "mail-one-file", name=name)
            note = replace(note, closing=(*note.closing, line))
        return note

    # --- what goes wrong

    async def _set_aside(self, row: InboxRow) -> int:
        """Three crashes: the office hears of it, the queue moves on."""
        try:
            await self._database.write(lambda session: self._quarantine(session, row))
        except OperationalError:
            raise
        except Exception as error:
            log.error("office not told", action="mail-quarantine", inbox=row.id, error=type(error).__name__)  # noqa: TRY400
            await self._database.write(lambda session: _close_quietly(session, row))
        log.warning("letter quarantined", action="mail-quarantined", inbox=row.id)
        return 0

    def _quarantine(self, session: Session, row: InboxRow) -> None:
        taken = inbox.take(session, _id(row))
        if taken is None:
            return
        found = outside(row.raw, self._own)  # what crashed us may lie in the rest
        voice = self._voice(_id(row), found)
        taken.sender = voice.email
        note = self._desk.failed(session, voice)
        if voice.email and found.kind in ANSWERED:
            self._desk.answer_by_mail(session, voice, note, in_reply_to=found.message_id)
        inbox.close(taken, Received.QUARANTINED, "failed")

    async def _forgive(self, rows: Sequence[InboxRow]) -> None:
        """A database that is full or away is not the letters' fault."""
        with suppress(OperationalError):
            await self._database.write(lambda session: _uncount(session, rows))


def _close_quietly(session: Session, row: InboxRow) -> None:
    taken = inbox.take(session, _id(row))
    if taken:
        inbox.close(taken, Received.QUARANTINED, "failed")


def _uncount(session: Session, rows: Sequence[InboxRow]) -> None:
    for row in rows:
        waiting = inbox.take(session, _id(row))
        if waiting:
            waiting.tries = max(waiting.tries - 1, 0)


def _id(row: InboxRow) -> int:
    assert row.id is not None
    return row.id
