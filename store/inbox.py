"""What came in: kept raw first, acted on exactly once, counted when it crashes us."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from store.tables import Channel, InboxRow, Mailbox, Received

__all__ = ["Channel", "Cursor", "InboxRow", "Incoming", "Received"]

MAX_TRIES = 3  # crashes on one row before it is set aside
FORGET = "forget"  # outcome of an update whose sender is forgotten: it is emptied once its answer has been shown
BATCH = 50  # rows
BATCH_BYTES = 20_000_000


_TABLE: Table = InboxRow.__table__  # type: ignore[attr-defined]
_ACT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"), _TABLE.c.state == Received.NEW)
    .values(state=Received.ACTED, answer=bindparam("said", type_=_TABLE.c.answer.type))
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


def keep(session: Session, channel: Channel, things: Sequence[Incoming], now: datetime) -> list[int]:
    """Store what came in; return the ids of those not seen before, in order. Commit before confirming to the sender."""
    if not things:
        return []
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    fresh = {"channel": channel, "received_at": now, "state": Received.NEW, "tries": 0, "outcome": ""}
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
    done = session.connection().execute(_ACT, {"row": row_id, "said": answer})
    if done.rowcount != 1:
        raise Taken


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
    statement = select(InboxRow.id).where(InboxRow.fingerprint == fingerprint, col(InboxRow.id) < other_than).limit(1)
    return session.exec(statement).first() is not None


def cursor(session: Session, mailbox: str) -> Cursor | None:
    """How far this mailbox has been read, None if never."""
    row = session.get(Mailbox, mailbox)
    return Cursor(row.uidvalidity, row.last_uid) if row else None


def advance(session: Session, mailbox: str, cursor: Cursor) -> None:
    """Remember how far this mailbox has been read."""
    session.merge(Mailbox(name=mailbox, uidvalidity=cursor.uidvalidity, last_uid=cursor.last_uid))
