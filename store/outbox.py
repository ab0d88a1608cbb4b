"""What goes out: a row under a unique key first, claimed in batches, sent at least once."""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Executable, Table, and_, bindparam, case, func, or_, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from store.prepared import Loaded, Prepared, every
from store.tables import Channel, OutboxRow, Paper, Sending, Switch

__all__ = ["Channel", "Letter", "Outcome", "Outgoing", "Result", "Sending"]

log = structlog.get_logger()

LEASE = timedelta(minutes=15)  # longer than any sending may take, with the wait for its turn
BACKOFF = [timedelta(minutes=m) for m in (5, 10, 20, 40, 67)]
LIFETIME = timedelta(days=5)
STOPPED = "sending-stopped"
CRASHED = "crashed"  # error of a row that was set aside because senders died with it
MAX_CRASHES = 3  # senders that may die with a row in hand before it is set aside
RESTING = (Sending.QUEUED, Sending.HELD)  # not sent yet, and in nobody's hand
TOKEN_BYTES = 10  # 80 bits, 16 letters of base32: unguessable, and the sender must match as well

# Literal words on purpose: with bound parameters SQLite would not use the partial index
OPEN = text("outbox.state in ('queued', 'in-flight')")


_TABLE: Table = OutboxRow.__table__  # type: ignore[attr-defined]
_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"), _TABLE.c.state == Sending.IN_FLIGHT, _TABLE.c.tries == bindparam("claimed"))
    .values(state=Sending.SENT, sent_at=bindparam("now"), error="", lease_until=None)
)
_UNTRIED = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"), _TABLE.c.state == Sending.IN_FLIGHT, _TABLE.c.tries == bindparam("claimed"))
    .values(state=Sending.QUEUED, tries=_TABLE.c.tries - 1, lease_until=None)
)
# One statement for all rows, compiled once; who wants the ids back would have to ask for each row
_INSERT: dict[str, Executable] = {
    name: dialect.insert(_TABLE).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


@dataclass(frozen=True)
class Outgoing:
    """A note on its way to one address; ``key`` makes it happen once, ``to`` is a mail address or a chat id.

    ``always`` lets it out even while all sending is stopped.
    """

    key: str
    channel: Channel
    to: str
    note: dict[str, Any]
    due_at: datetime
    person_id: int | None = None
    in_reply_to: str = ""
    secret: bool = False
    always: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Letter:
    """A claimed row, with all a door needs to deliver it. ``tries`` is the fence against a sender that overslept."""

    id: int
    key: str
    channel: Channel
    to: str
    note: dict[str, Any]
    token: str
    in_reply_to: str
    person_id: int | None
    made_at: datetime
    tries: int
    secret: bool = False


# In the order of Letter's fields
_TO_DELIVER = [_TABLE.c["dedupe_key" if name == "key" else name] for name in (field.name for field in fields(Letter))]


class Result(StrEnum):
    """How a delivery ended."""

    SENT = "sent"
    LATER = "later"
    NO_WAY = "no-way"  # this address cannot be reached: try the person's other channel
    REFUSED = "refused"  # this very note cannot be sent anywhere


@dataclass(frozen=True)
class Outcome:
    """How a delivery ended, and when to try again. ``error`` holds codes, never names or addresses."""

    result: Result
    error: str = ""
    after: timedelta | None = None
    maybe_sent: bool = field(default=False)


def new_token() -> str:
    """What a reply carries back: lower-case base32, because mail programs change the case."""
    return b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()


_FRESH = {"state": Sending.QUEUED, "tries": 0, "moves": 0, "error": ""}


def enqueue(session: Session, notes: Sequence[Outgoing], now: datetime) -> int:
    """Put notes into the outbox; a key that was there before enqueues nothing. Returns how many were new."""
    if not notes:
        return 0
    session.flush()
    connection = session.connection()
    new = connection.execute(_INSERT[connection.dialect.name], [_row(note, now) for note in notes])
    session.info["enqueued"] = True
    return new.rowcount


def unsendable(session: Session, notes: Sequence[Outgoing], now: datetime, error: str) -> None:
    """Write down that notes have no way to their readers, so that nobody tries again and again to enqueue them."""
    session.flush()
    connection = session.connection()
    failed = [{**_row(note, now), "state": Sending.FAILED, "error": error} for note in notes]
    connection.execute(_INSERT[connection.dialect.name], failed)


def _row(note: Outgoing, now: datetime) -> dict[str, Any]:
    said = dict(vars(note), token=new_token(), made_at=now, **_FRESH)
    said["dedupe_key"] = said.pop("key")
    return said


def claim(session: Session, now: datetime, limit: int = 20, holder: str = "") -> list[Letter]:
    """Take up to ``limit`` due rows for :data:`LEASE`. Each must be given back with :func:`finish`.

    A row with which a sender has died goes alone and after the others, so that no other is blamed for its next crash.
    ``holder`` is the instance that takes them.
    """
    unsuspected = col(OutboxRow.crashes) == 0
    suspected = and_(col(OutboxRow.crashes) > 0, col(OutboxRow.crashes) < MAX_CRASHES)
    return _take(session, now, unsuspected, limit, holder) or _take(session, now, suspected, 1, holder)


def _take(session: Session, now: datetime, which: ColumnElement[bool], limit: int, holder: str) -> list[Letter]:
    free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) < now)
    pick = select(OutboxRow.id).where(OPEN, OutboxRow.due_at <= now, free, which)
    if stopped_at(session):
        pick = pick.where(col(OutboxRow.always))
    pick = pick.order_by(col(OutboxRow.due_at), col(OutboxRow.id)).limit(limit).with_for_update(skip_locked=True)
    change = update(_TABLE).where(_TABLE.c.id.in_(pick.scalar_subquery()))
    lost = case((_TABLE.c.state == Sending.IN_FLIGHT, 1), else_=0)  # its lease has ended in a dead sender's hand
    change = change.values(
        state=Sending.IN_FLIGHT,
        lease_until=now + LEASE,
        tries=_TABLE.c.tries + 1,
        crashes=_TABLE.c.crashes + lost,
        holder=holder,
    )
    session.flush()
    rows = session.connection().execute(change.returning(*_TO_DELIVER))
    return sorted((Letter(*row) for row in rows), key=lambda letter: letter.id)


def letter_of(row: OutboxRow) -> Letter:
    """What a door needs of this row."""
    assert row.id is not None
    return Letter(
        id=row.id,
        key=row.dedupe_key,
        channel=row.channel,
        to=row.to,
        note=row.note,
        token=row.token,
        in_reply_to=row.in_reply_to,
        person_id=row.person_id,
        made_at=row.made_at,
        tries=row.tries,
        secret=row.secret,
    )


def set_aside(session: Session, now: datetime) -> list[tuple[int, str]]:
    """Hold back what :data:`MAX_CRASHES` senders have died with; returns the rows' ids and keys."""
    free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) < now)
    deadly = update(OutboxRow).where(OPEN, col(OutboxRow.crashes) >= MAX_CRASHES, free)
    held = deadly.values(state=Sending.HELD, error=CRASHED, lease_until=None)
    back = session.execute(held.returning(col(OutboxRow.id), col(OutboxRow.dedupe_key)))
    return sorted((row or 0, key) for row, key in back)


def is_deadly(session: Session) -> bool:
    """Whether :func:`set_aside` may find something; reads only."""
    return session.exec(select(OutboxRow.id).where(OPEN, OutboxRow.crashes >= MAX_CRASHES).limit(1)).first() is not None


def stop(session: Session, now: datetime, by: int | None) -> None:
    """Claim nothing from now on but what goes out always."""
    session.merge(Switch(name=STOPPED, at=now, by_id=by))


def start(session: Session) -> None:
    """Claim again."""
    if switch := session.get(Switch, STOPPED):
        session.delete(switch)
    session.info["enqueued"] = True


def stopped_at(session: Session) -> datetime | None:
    """Since when all sending is stopped, None if it is not."""
    switch = session.get(Switch, STOPPED)
    return switch.at if switch else None


def release(session: Session, holders: Collection[str] = ("",), *, crashed: bool = True) -> int:
    """Give back what these instances have left in flight; unless they ended in good order, each row counts a crash."""
    theirs = (OPEN, col(OutboxRow.state) == Sending.IN_FLIGHT, col(OutboxRow.holder).in_(holders))
    values: dict[str, Any] = {"state": Sending.QUEUED, "lease_until": None}
    if crashed:
        values["crashes"] = OutboxRow.crashes + 1
    given = update(OutboxRow).where(*theirs).values(values).returning(col(OutboxRow.id))
    rows = session.execute(given).scalars().all()
    for row in rows if crashed else ():  # the last word from there may have been lost with whoever died
        log.warning("maybe twice", action="maybe-twice", row=row)
    session.info["enqueued"] = True
    return len(rows)


def put_back(session: Session, letters: Sequence[Letter]) -> None:
    """Give back what was claimed and then not tried."""
    if letters:
        session.connection().execute(_UNTRIED, [{"row": letter.id, "claimed": letter.tries} for letter in letters])


def is_plainly_sent(letter: Letter, outcome: Outcome) -> bool:
    """Whether nothing follows from it but the mark that :func:`mark_sent` makes."""
    return outcome == Outcome(Result.SENT) and not letter.secret


def mark_sent(session: Session, letters: Sequence[Letter], now: datetime) -> None:
    """Write down that these were sent; where a sender overslept its lease, nothing changes."""
    marks = [{"row": letter.id, "claimed": letter.tries, "now": now} for letter in letters]
    session.connection().execute(_SENT, marks)


def finish(session: Session, letter: Letter, outcome: Outcome, now: datetime) -> None:
    """Write down how a delivery ended; a sender that overslept its lease changes nothing."""
    if is_plainly_sent(letter, outcome):
        mark_sent(session, [letter], now)
        return
    row = session.get(OutboxRow, letter.id, with_for_update=True)
    if row is None or row.state != Sending.IN_FLIGHT or row.tries != letter.tries:
        return
    row.lease_until = None
    row.error = outcome.error
    match outcome.result:
        case Result.SENT:
            row.state, row.sent_at = Sending.SENT, now
            row.note = _without_secrets(row.note)
            _forget_reader(session, row)
        case Result.LATER if now - row.made_at < LIFETIME:
            row.state, row.due_at = Sending.QUEUED, now + (outcome.after or backoff(row.tries))
            row.crashes = 0
        case _:
            row.state = Sending.FAILED
            _forget_reader(session, row)


LAST_WORD = "erased"  # the kind of matter of the last letter to somebody who is forgotten


def _forget_reader(session: Session, row: OutboxRow) -> None:
    """The last letter to somebody who is forgotten takes their address with it."""
    if row.note.get("matter", {}).get("kind") == LAST_WORD:
        empty(row)
        session.info["scrub"] = True


def empty(row: OutboxRow) -> None:
    """Take away the words, the address and the token of a row whose reader is forgotten."""
    row.note, row.to, row.in_reply_to, row.error = {"is": "Note", "title": ""}, "", "", ""
    row.token, row.dedupe_key = f"-{new_token()}", f"-erased:{row.id}"


def _without_secrets(note: dict[str, Any]) -> dict[str, Any]:
    """What a reply needs to be placed: no words, no links."""
    actions = [action for action in note.get("actions", []) if not action.get("link")]
    return {**note, "lines": [], "items": [], "closing": [], "actions": actions}


def backoff(tries: int) -> timedelta:
    """How long to wait after the given number of tries (as Postfix does: doubling up to 67 minutes)."""
    return BACKOFF[min(tries, len(BACKOFF)) - 1]


def reroute(session: Session, letter_id: int, channel: Channel, to: str, now: datetime) -> None:
    """Send a failed row once more by the person's other channel."""
    row = session.get(OutboxRow, letter_id)
    if row is None or row.moves:
        return
    row.channel, row.to, row.moves = channel, to, row.moves + 1
    row.state, row.due_at, row.tries, row.lease_until = Sending.QUEUED, now, 0, None
    session.info["enqueued"] = True


def drop_expired(session: Session, now: datetime) -> int:
    """Drop what is no longer worth sending, and list it in the log; returns how much."""
    change = update(OutboxRow).where(OPEN, col(OutboxRow.state) == Sending.QUEUED, col(OutboxRow.expires_at) < now)
    rows = session.execute(change.values(state=Sending.DROPPED).returning(col(OutboxRow.id))).scalars().all()
    if rows:
        log.info("too late to be sent", action="outbox-expired", rows=sorted(rows))
    return len(rows)


def drop_for(session: Session, person_id: int) -> None:
    """Drop what waits for a person who is gone."""
    change = update(OutboxRow).where(col(OutboxRow.state).in_(RESTING), col(OutboxRow.person_id) == person_id)
    session.execute(change.values(state=Sending.DROPPED))


def move(session: Session, person_id: int, channel: Channel, to: str) -> None:
    """Send what still waits for a person by another way."""
    waiting = (OPEN, col(OutboxRow.state) == Sending.QUEUED, col(OutboxRow.person_id) == person_id)
    change = update(OutboxRow).where(*waiting, col(OutboxRow.channel) != channel)
    session.execute(change.values(channel=channel, to=to))


def by_token(session: Session, token: str) -> OutboxRow | None:
    """The row that a reply belongs to.

    Looked up by an index, not compared in constant time: how long that takes tells an attacker across the mail system
    nothing about 80 random bits, and the sender must match as well.
    """
    return _BY_TOKEN.first(session, token=token)


_BY_TOKEN = Loaded(OutboxRow, every(OutboxRow).where(col(OutboxRow.token) == bindparam("token")))


def first_about(session: Session, letter: Letter, uid: str) -> str:
    """The token of the first letter to the same reader that carried this calendar entry; "" if there was none.

    Whoever invites to a meeting stays its organizer (RFC 5546, 3.2.2.6), or calendars take a change for a forgery.
    """
    reader = OutboxRow.person_id == letter.person_id if letter.person_id else OutboxRow.to == letter.to
    entry = col(OutboxRow.note)["calendar"]["uid"].as_string()
    statement = select(OutboxRow.token).where(reader, entry == uid).order_by(col(OutboxRow.id)).limit(1)
    return session.exec(statement).first() or ""


def keys(session: Session, prefix: str) -> frozenset[str]:
    """All dedupe keys that begin so."""
    return frozenset(session.exec(select(OutboxRow.dedupe_key).where(*_begins(prefix))))


def known(session: Session, keys: Sequence[str]) -> frozenset[str]:
    """Those of these dedupe keys that are there; for no more than a few thousand."""
    return frozenset(session.exec(select(OutboxRow.dedupe_key).where(col(OutboxRow.dedupe_key).in_(keys))))


def has_any(session: Session, prefix: str) -> bool:
    """Whether any dedupe key begins so."""
    return session.exec(select(OutboxRow.id).where(*_begins(prefix)).limit(1)).first() is not None


def count_to(session: Session, address: str, prefix: str, since: datetime) -> int:
    """How many rows to this address since then have a dedupe key that begins so."""
    count = select(func.count(col(OutboxRow.id)))
    return session.exec(count.where(OutboxRow.to == address, OutboxRow.made_at >= since, *_begins(prefix))).one()


def rows(session: Session, prefix: str) -> list[OutboxRow]:
    """All rows whose dedupe key begins so, the oldest first."""
    return list(session.exec(select(OutboxRow).where(*_begins(prefix)).order_by(col(OutboxRow.id))))


def waiting(session: Session, prefix: str) -> list[tuple[int, list[int]]]:
    """What waits in nobody's hand under dedupe keys that begin so: each row's id, and the measures it is about."""
    return [(row, measures or []) for row, measures in _WAITING.all(session, begin=prefix, end=_below(prefix))]


# Literal words on purpose, see OPEN; only the measures, because unpacking all notes takes thirty times as long
_WAITING = Prepared(
    select(OutboxRow.id, col(OutboxRow.note)["matter"]["measures"])
    .where(text("outbox.state = 'queued'"))
    .where(col(OutboxRow.dedupe_key) >= bindparam("begin"), col(OutboxRow.dedupe_key) < bindparam("end"))
    .order_by(col(OutboxRow.id)),
)


def first_at(session: Session, prefix: str, since: datetime) -> datetime | None:
    """When the first row since then was made whose dedupe key begins so."""
    first = select(func.min(OutboxRow.made_at)).where(OutboxRow.made_at >= since, *_begins(prefix))
    return session.execute(first).scalar()


def drop(session: Session, prefix: str) -> None:
    """Drop what waits under a dedupe key that begins so."""
    change = update(OutboxRow).where(col(OutboxRow.state).in_(RESTING), *_begins(prefix))
    session.execute(change.values(state=Sending.DROPPED))


def _begins(prefix: str) -> tuple[Any, Any]:
    return col(OutboxRow.dedupe_key) >= prefix, col(OutboxRow.dedupe_key) < _below(prefix)


def _below(prefix: str) -> str:
    """What all that begins so stands below."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def next_due(session: Session) -> datetime | None:
    """When the next row waits to be sent."""
    return session.execute(select(func.min(OutboxRow.due_at)).where(OPEN)).scalar()


def papers(session: Session, ids: Sequence[int]) -> list[tuple[str, str, bytes]]:
    """Name, media type and content of stored papers."""
    rows = session.exec(select(Paper).where(col(Paper.id).in_(ids)).order_by(col(Paper.id)))
    return [(row.name, row.media_type, row.content) for row in rows]
