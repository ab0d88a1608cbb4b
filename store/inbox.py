"""What came in: kept raw first, acted on exactly once, counted when it crashes us."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, text, update
from sqlalchemy import select as sql_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from store.prepared import Prepared
from store.tables import Channel, InboxRow, Mailbox, Received

__all__ = ["Channel", "Cursor", "InboxRow", "Incoming", "Received"]

MAX_TRIES = 3  # crashes on one row before it is set aside
# Literal words on purpose, as in the outbox
OPEN = text("inbox.state in ('new', 'acted')")
RELEASED = "released"  # stands for the holder of what was set aside and is to be worked on again
FORGET = "forget"  # outcome of an update whose sender is forgotten: it is emptied once its answer has been shown
BATCH = 50  # rows
BATCH_BYTES = 20_000_000


_TABLE: Table = InboxRow.__table__  # type: ignore[attr-defined]
_MINE = update(_TABLE).where(_TABLE.c.id == bindparam("row"), _TABLE.c.state == Received.NEW)
_ACT = Prepared(_MINE.values(state=Received.ACTED, answer=bindparam("said", type_=_TABLE.c.answer.type)))
_TAKE_LETTER = Prepared(_MINE.returning(_TABLE.c.fingerprint), ("sender",), [_TABLE.c.fingerprint])
_CLOSE = Prepared(update(_TABLE).where(_TABLE.c.id == bindparam("row")), ("state", "outcome"))
_SEEN = Prepared(
    sql_select(_TABLE.c.id)
    .where(_TABLE.c.fingerprint == bindparam("fingerprint"), _TABLE.c.id < bindparam("row"))
    .limit(1)
)


@dataclass(frozen=True)
class Incoming:
    """Something a door received; ``external_id`` is unique within its channel, ``fingerprint`` beyond."""

    external_id: str
    raw: bytes
    fingerprint: str = ""


@dataclass(frozen=True)
class Cursor:
    """How far a mailbox has been read."""

    uidvalidity: int
    last_uid: int


def keep(session: Session, channel: Channel, things: Sequence[Incoming], now: datetime, holder: str = "") -> list[int]:
    """Store what came in; return the ids of those not seen before, in order. Commit before confirming to the sender.

    ``holder`` is the instance that works on them.
    """
    if not things:
        return []
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    fresh = {"channel": channel, "received_at": now, "state": Received.NEW, "tries": 0, "outcome": "", "holder": holder}
    rows = [{**fresh, **vars(thing)} for thing in things]
    insert = dialect.insert(InboxRow).on_conflict_do_nothing().returning(col(InboxRow.id))
    return sorted(session.execute(insert, rows).scalars())


def take(session: Session, row_id: int) -> InboxRow | None:
    """The row if it still waits to be acted on, else None (somebody was faster, or it was done before a crash)."""
    row = session.get(InboxRow, row_id, with_for_update=True)
    return row if row and row.state == Received.NEW else None


class Taken(Exception):
    """Somebody else has acted on this row meanwhile; the deed of whoever meets this must be undone."""


def act(session: Session, row_id: int, answer: dict[str, Any]) -> None:
    """The deed is done; ``answer`` waits to be shown. Raises Taken, so that a deed that comes second is rolled back."""
    if _ACT.run(session, row=row_id, said=answer) != 1:
        raise Taken


def take_letter(session: Session, row_id: int, sender: str) -> str | None:
    """The fingerprint of a letter that still waits to be acted on, else None; who sent it is noted."""
    row = _TAKE_LETTER.first(session, row=row_id, sender=sender)
    return row[0] if row else None


def close_letter(session: Session, row_id: int, state: Received, outcome: str) -> None:
    """Nothing is left to do with a letter that was taken."""
    _CLOSE.run(session, row=row_id, state=state, outcome=outcome)


def close(row: InboxRow, state: Received, outcome: str = "") -> None:
    """Nothing is left to do with this row."""
    row.state = state
    row.outcome = outcome


def shown(session: Session, row_ids: Iterable[int]) -> None:
    """The answers to these rows have been shown."""
    ids = list(row_ids)
    statement = update(InboxRow).where(col(InboxRow.id).in_(ids), col(InboxRow.state) == Received.ACTED)
    session.execute(statement.values(state=Received.DONE, answer=None))
    last = update(InboxRow).where(col(InboxRow.id).in_(ids), col(InboxRow.outcome) == FORGET)
    gone: Any = session.execute(last.values(raw=b"", outcome=""))
    if gone.rowcount:
        session.info["scrub"] = True


def waiting(session: Session, channel: Channel, limit: int = 50) -> list[InboxRow]:
    """Rows not finished yet, oldest first (also those whose answer was not shown)."""
    statement = (
        select(InboxRow)
        .where(col(InboxRow.state).in_([Received.NEW, Received.ACTED]), InboxRow.channel == channel)
        .order_by(col(InboxRow.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def adopt(
    session: Session, channel: Channel, dead: Collection[str], holder: str, taken: set[int | None] | None = None
) -> list[InboxRow]:
    """Take up what these instances have left unfinished; the rows, oldest first. Each row has but one taker.

    ``taken`` remembers them for when this runs again: the commit may have worked, and only the word of it got lost.
    """
    theirs = update(InboxRow).where(OPEN, col(InboxRow.channel) == channel, col(InboxRow.holder).in_(dead))
    taken = taken if taken is not None else set()
    taken |= {*session.execute(theirs.values(holder=holder).returning(col(InboxRow.id))).scalars()}
    ours = (col(InboxRow.id).in_(taken), col(InboxRow.holder) == holder)
    return list(session.exec(select(InboxRow).where(*ours).order_by(col(InboxRow.id))))


def has_released(session: Session) -> bool:
    """Whether somebody wants what was set aside to be worked on again, and nobody has taken it up."""
    released = select(InboxRow.id).where(OPEN, InboxRow.holder == RELEASED, InboxRow.state == Received.NEW)
    return session.exec(released.limit(1)).first() is not None


def batch(session: Session, channel: Channel, without: Collection[int] = ()) -> list[InboxRow]:
    """The first rows not acted on yet but for some, as many as fit into memory well, and at least one."""
    statement = (
        select(col(InboxRow.id), func.length(InboxRow.raw))
        .where(InboxRow.state == Received.NEW, InboxRow.channel == channel, col(InboxRow.id).not_in(without))
        .order_by(col(InboxRow.id))
        .limit(BATCH)
    )
    ids: list[int | None] = []
    total = 0
    for row_id, size in session.exec(statement):
        total += size
        if ids and total > BATCH_BYTES:
            break
        ids.append(row_id)
    return list(session.exec(select(InboxRow).where(col(InboxRow.id).in_(ids)).order_by(col(InboxRow.id))))


def begin(session: Session, row_ids: Sequence[int]) -> None:
    """Count a try for each row, in a commit of its own, before anything that might crash us."""
    session.execute(update(InboxRow).where(col(InboxRow.id).in_(row_ids)).values(tries=InboxRow.tries + 1))


def seen_before(session: Session, fingerprint: str, other_than: int) -> bool:
    """Whether another row carries the same fingerprint."""
    return _SEEN.first(session, fingerprint=fingerprint, row=other_than) is not None


def cursor(session: Session, mailbox: str) -> Cursor | None:
    """How far this mailbox has been read, None if never."""
    row = session.get(Mailbox, mailbox)
    return Cursor(row.uidvalidity, row.last_uid) if row else None


def advance(session: Session, mailbox: str, cursor: Cursor) -> None:
    """Remember how far this mailbox has been read."""
    session.merge(Mailbox(name=mailbox, uidvalidity=cursor.uidvalidity, last_uid=cursor.last_uid))
