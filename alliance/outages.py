"""Ways in and out that fail: the office hears of it once, what still works, and when it is over; and of deadly notes.

Whoever looks after the doors says every minute what it sees; the rest stands in the table of outages, so that neither
a restart nor another instance says it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session, col, select

import texts
from alliance import notices, phrases
from alliance.house import House
from alliance.notes import Note
from store import outbox, queues
from store.tables import Backup, Channel, Outage, OutboxRow, Person
from texts import say

SMTP, IMAP, TELEGRAM, BACKUP = "smtp", "imap", "telegram", "backup"
OUTGOING: Mapping[str, Channel] = {SMTP: Channel.MAIL, TELEGRAM: Channel.TELEGRAM}

AT_ONCE = timedelta(minutes=2)  # longer than two programs meet while one takes over from the other
PATIENCE = timedelta(hours=4)  # what may well pass by itself
BACKUP_AGE = timedelta(days=3)
STUCK = "stuck"  # all that was tried has to be tried again
PASSING = frozenset({"unreachable", "throttled", STUCK, "error"})
NEVER, OVERDUE, FAILED = "never", "overdue", "failed"

# What is seen of each way that is in use: why it is dead, "" when it works, None when that is not known
Seen = Mapping[str, str | None]


def is_due(outage: Outage, now: datetime) -> bool:
    """Whether the office is to hear of it."""
    wait = {NEVER: BACKUP_AGE, OVERDUE: timedelta(0)}.get(outage.reason)
    return now - outage.since >= (wait if wait is not None else PATIENCE if outage.reason in PASSING else AT_ONCE)


def current(session: Session) -> list[Outage]:
    """What is dead now."""
    return list(session.exec(select(Outage).order_by(col(Outage.channel))))


def backup(session: Session, now: datetime) -> tuple[str, datetime]:
    """What is wrong with the backups ("" if nothing) and since when; for an assistant that is to make some."""
    newest = session.exec(_NEWEST).first()
    if newest is None:
        return NEVER, now
    at, error = newest
    if error:
        return f"{FAILED}-{error}", at
    return (OVERDUE, at) if now - at >= BACKUP_AGE else ("", now)


_NEWEST = select(Backup.at, Backup.error).order_by(col(Backup.at).desc()).limit(1)


# Every minute ---------------------------------------------------------------------------------------------------------


def anything_due(session: Session, seen: Seen, now: datetime) -> bool:
    """Whether :func:`note` or :func:`set_aside` would find work; reads only."""
    return outbox.is_deadly(session) or any(_steps(session, _known(session, seen, now), now))


def note(session: Session, house: House, seen: Seen, now: datetime) -> None:
    """Write down what is dead and what works again, and tell the office what it should know."""
    seen = _known(session, seen, now)
    for outage in current(session):
        if seen.get(outage.channel, "") == "":
            session.delete(outage)
            session.flush()
            if outage.channel in seen and (outage.told_at or is_due(outage, now)):
                _tell_over(session, house, outage, now)
    for way, reason in seen.items():
        if reason:
            _begin(session, way, reason, now)
    session.flush()
    for outage in current(session):
        if outage.told_at is None and is_due(outage, now):
            _tell(session, house, outage, seen, now)


def set_aside(session: Session, now: datetime) -> list[int]:
    """Put notes aside with which senders have died again and again; the office hears of each. Returns their rows."""
    rows = outbox.set_aside(session, now)
    for row, key in rows:
        if not key.startswith(_CRASHED):  # or each word about it might be one more
            notices.to_office(session, partial(_crashed_note, row=row), f"{_CRASHED}{row}", now)
    return [row for row, _ in rows]


_CRASHED = "crashed:"


def _known(session: Session, seen: Seen, now: datetime) -> Seen:
    """What is seen, with what only the database tells: of backups, and that what did not move waits no more."""
    moved = {way: "" for way, reason in seen.items() if reason == STUCK and not _is_trying(session, way)}
    return {**seen, **moved, **({BACKUP: backup(session, now)[0]} if BACKUP in seen else {})}


def _is_trying(session: Session, way: str) -> bool:
    tried = select(OutboxRow.id).where(outbox.OPEN, OutboxRow.channel == OUTGOING[way], OutboxRow.tries > 0)
    return session.exec(tried.limit(1)).first() is not None


def _steps(session: Session, seen: Seen, now: datetime) -> Iterator[str]:
    """The ways about which there is something to write down or to say."""
    known = {outage.channel: outage for outage in current(session)}
    yield from (way for way, reason in seen.items() if reason and (way not in known or known[way].reason != reason))
    for way, outage in known.items():
        if seen.get(way, "") == "" or (outage.told_at is None and is_due(outage, now) and any(_readers(session))):
            yield way


def _begin(session: Session, way: str, reason: str, now: datetime) -> None:
    since = backup(session, now)[1] if way == BACKUP else now
    outage = session.get(Outage, way)
    if outage is None:
        session.add(Outage(channel=way, reason=reason, since=since))
    else:
        outage.reason = reason


# What the office reads ------------------------------------------------------------------------------------------------


def _tell(session: Session, house: House, outage: Outage, seen: Seen, now: datetime) -> None:
    """By whatever still works; if nothing does, later."""
    for person, way in _readers(session):
        said = _outage_note(session, house, outage, seen, person)
        row = notices.outgoing(way, person, said, f"{_key(outage)}:{person.id}", now)
        outbox.enqueue(session, [row], now)
        outage.told_at = now


def _tell_over(session: Session, house: House, outage: Outage, now: datetime) -> None:
    words = partial(_over_note, session, house, outage, now)
    notices.to_office(session, words, f"{_key(outage)}:over", now)


def _key(outage: Outage) -> str:
    return f"outage:{outage.channel}:{outage.since:%Y%m%d%H%M%S}"


def _readers(session: Session) -> Iterator[tuple[Person, tuple[Channel, str]]]:
    """The office's people whom a way that is not dead reaches, each with that way."""
    dead = {OUTGOING[outage.channel] for outage in current(session) if outage.channel in OUTGOING}
    for person in notices.office_people(session):
        if way := notices.way_around(session, person, dead):
            yield person, way


def _outage_note(session: Session, house: House, outage: Outage, seen: Seen, reader: Person) -> Note:
    language, way = reader.language, outage.channel
    since = texts.moment(language, outage.since, house.zone)
    reason = reason_text(language, outage.reason)
    lines = [
        say(language, f"office-outage-line-{way}", since=since, reason=reason),
        say(language, f"office-outage-waits-{way}", count=_waiting(session, way)),
        *_others(session, language, outage, seen),
        say(language, "office-outage-ask"),
    ]
    return Note(say(language, f"office-outage-title-{way}"), tuple(lines), always=True)


def reason_text(language: str, reason: str) -> str:
    """Why a way is dead, in words; a reason that this code does not know is shown as stored."""
    return texts.known(language, f"all-trouble-{reason}", reason)


def way_text(language: str, way: str) -> str:
    """What a way is called."""
    return texts.known(language, f"all-way-{way}", way)


def _others(session: Session, language: str, outage: Outage, seen: Seen) -> list[str]:
    """What works all the same."""
    if outage.channel == BACKUP:
        return []
    dead = {one.channel for one in current(session)}
    alive = [way_text(language, way) for way in seen if way != BACKUP and way not in dead]
    if not alive:
        return [say(language, "office-outage-others-none")]
    return [say(language, "office-outage-others", ways=phrases.listing(language, alive), count=len(alive))]


def _over_note(session: Session, house: House, outage: Outage, now: datetime, reader: Person) -> Note:
    language, way = reader.language, outage.channel
    since, until = (texts.moment(language, at, house.zone) for at in (outage.since, now))
    channel = OUTGOING.get(way)
    sent = queues.sent_since(session, channel, outage.since, outbox.LIFETIME) if channel else 0
    waiting = _waiting(session, way)
    idle = channel is not None and not sent and not waiting
    lines = [
        say(language, f"office-back-line-{way}", now=until, since=since),
        say(language, "office-back-none" if idle else f"office-back-count-{way}", sent=sent, waiting=waiting),
    ]
    if way == TELEGRAM:
        lines.append(say(language, "office-back-gap-telegram"))
    return Note(say(language, f"office-back-title-{way}"), tuple(lines), always=True)


def _waiting(session: Session, way: str) -> int:
    return queues.waiting(session, OUTGOING[way]) if way in OUTGOING else 0


def _crashed_note(reader: Person, row: int) -> Note:
    language = reader.language
    lines = (say(language, "office-crashed-line", row=str(row)), say(language, "office-crashed-ask", row=str(row)))
    return Note(say(language, "office-crashed-title"), lines, always=True)
