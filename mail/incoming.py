"""Working off letters: screen, identify, cut quotes, hear at the desk; deed and answer in one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Protocol

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from alliance.hearing import Voice
from alliance.intents import Intent, Unclear
from alliance.notes import Note
from mail import addresses, quoting, reading
from mail.fetching import TOO_BIG
from mail.screening import Kind, classify
from store import inbox
from store.crashpoints import crash_point
from store.database import Database
from store.inbox import Channel, InboxRow, Received

log = structlog.get_logger()

RETRY = 2.0  # seconds until what failed is tried again
NEVER_ANSWERED = {Kind.AUTO_REPLY, Kind.BOUNCE, Kind.OTHER}


class Desk(Protocol):
    """The alliance's desk, as far as this door needs it."""

    def listen(self, session: Session, voice: Voice, text: str) -> Note:
        """Hear words."""

    def hear(self, session: Session, voice: Voice, intent: Intent) -> Note:
        """Hear what is known to be meant."""

    def failed(self, session: Session, voice: Voice) -> Note:
        """We crashed on this letter."""

    def cannot_read(self, session: Session, voice: Voice, kind: str) -> Note:
        """This letter holds no words for us."""

    def answer_by_mail(self, session: Session, voice: Voice, note: Note, in_reply_to: str) -> None:
        """Put the answer into the outbox."""


@dataclass(frozen=True)
class ReadLetter:
    """What a letter says, as far as it can be told without the database. ``unreadable`` says why there is no text."""

    row_id: int
    kind: Kind
    voice: Voice
    message_id: str
    text: str = ""
    unreadable: str = ""


class IncomingLetters:
    """Works off the inbox's letters, each exactly once. ``own`` is the assistant's address."""

    def __init__(self, database: Database, desk: Desk, own: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._desk = desk
        self._own = own
        self._clock = clock
        self._arrived = asyncio.Event()
        self._stopping = False

    def nudge(self) -> None:
        """Something was kept. Call from the event loop."""
        self._arrived.set()

    def stop(self) -> None:
        """End :meth:`run` after the batch in hand. Call from the event loop."""
        self._stopping = True
        self._arrived.set()

    async def run(self) -> None:
        """Work off whatever comes, until stopped."""
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
        """Act on what waits, each letter once; returns how many failed and will be tried again."""
        while not self._stopping:
            rows = await self._database.read(lambda session: inbox.waiting(session, Channel.MAIL))
            fresh = [row for row in rows if row.tries == 0]
            if fresh:
                await self._try(fresh)
            else:
                return sum([await self._again(row) for row in rows])
        return 0

    async def _again(self, row: InboxRow) -> int:
        """What has failed before is tried alone, so that it takes no others with it."""
        return await (self._try([row]) if row.tries < inbox.MAX_TRIES else self._set_aside(row))

    async def _try(self, rows: Sequence[InboxRow]) -> int:
        """Count a try in a commit of its own, then act in the order of arrival; returns how many failed."""
        await self._database.write(lambda session: inbox.begin(session, [_id(row) for row in rows]))
        letters = await asyncio.to_thread(lambda: [self._read_guarded(row) for row in rows])
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

    # --- reading, without the database

    def _read_guarded(self, row: InboxRow) -> ReadLetter | Exception:
        try:
            return self._read(row)
        except Exception as error:  # one letter's fault must not hold up the batch
            return error

    def _read(self, row: InboxRow) -> ReadLetter:
        head = reading.head(row.raw)
        kind = classify(row.raw, self._own)
        known = ReadLetter(_id(row), kind, self._voice(_id(row), head), _message_id(head))
        if kind in NEVER_ANSWERED:
            return known
        return _with_text(known, row.raw, head)

    def _voice(self, row_id: int, head: Message) -> Voice:
        email, name = addresses.sender_of(head)
        language = "en" if reading.header(head, "Content-Language").lower().startswith("en") else "de"
        token = addresses.find_token(head, self._own)
        return Voice(Channel.MAIL, self._clock(), email, name=name, language=language, token=token, inbox_id=row_id)

    # --- acting, in one transaction

    def _act(self, session: Session, letter: ReadLetter) -> None:
        row = inbox.take(session, letter.row_id)
        if row is None:
            return
        crash_point("mail-before-deed")
        state, outcome = self._deal_with(session, row, letter)
        inbox.close(row, state, outcome)
        crash_point("mail-before-commit")

    def _deal_with(self, session: Session, row: InboxRow, letter: ReadLetter) -> tuple[Received, str]:
        if row.fingerprint and inbox.seen_before(session, row.fingerprint, letter.row_id):
            return Received.IGNORED, "duplicate"
        if letter.kind in NEVER_ANSWERED:
            return Received.IGNORED, letter.kind.value
        state, note = self._hear(session, letter)
        if letter.voice.email:
            self._desk.answer_by_mail(session, letter.voice, note, in_reply_to=letter.message_id)
        return state, letter.unreadable

    def _hear(self, session: Session, letter: ReadLetter) -> tuple[Received, Note]:
        desk, voice = self._desk, letter.voice
        if letter.unreadable == "too-complex":
            return Received.QUARANTINED, desk.failed(session, voice)
        if letter.unreadable:
            return Received.DONE, desk.cannot_read(session, voice, letter.unreadable)
        if not voice.email:  # nobody to answer: a person decides what to do with it
            return Received.OFFICE, desk.hear(session, voice, Unclear(letter.text))
        return Received.DONE, desk.listen(session, voice, letter.text)

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
        head = reading.head(row.raw)
        voice = self._voice(_id(row), head)
        note = self._desk.failed(session, voice)
        if voice.email and classify(head, self._own) not in NEVER_ANSWERED:
            self._desk.answer_by_mail(session, voice, note, in_reply_to=_message_id(head))
        inbox.close(taken, Received.QUARANTINED, "failed")

    async def _forgive(self, rows: Sequence[InboxRow]) -> None:
        """A database that is full or away is not the letters' fault."""
        with suppress(OperationalError):
            await self._database.write(lambda session: _uncount(session, rows))


def _with_text(letter: ReadLetter, raw: bytes, head: Message) -> ReadLetter:
    if reading.header(head, TOO_BIG):
        return _unreadable(letter, "too-big")
    if letter.kind == Kind.CALENDAR_REPLY:
        return _unreadable(letter, "other")
    try:
        words = quoting.own_words(reading.read(raw))
    except reading.TooComplex:
        return _unreadable(letter, "too-complex")
    return ReadLetter(letter.row_id, letter.kind, letter.voice, letter.message_id, words or _subject_words(head))


def _unreadable(letter: ReadLetter, why: str) -> ReadLetter:
    return ReadLetter(letter.row_id, letter.kind, letter.voice, letter.message_id, unreadable=why)


def _subject_words(head: Message) -> str:
    """An empty letter may say all in its subject (»ABMELDEN«); the subject of a reply is not the person's own."""
    subject = addresses.without_tag(reading.header(head, "Subject"))
    is_reply = subject.lower().startswith(("re:", "aw:", "antw:", "fwd:", "fw:", "wg:"))
    return "" if is_reply else subject


def _message_id(head: Message) -> str:
    return addresses.checked_id(next(map(reading.one_line, reading.raw_headers(head, "Message-ID")), ""))


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
