"""What waits and what was set aside, on the way out and on the way in: for the operator's commands and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, text
from sqlmodel import Session, col, select

from store import inbox
from store.outbox import OPEN
from store.tables import Backup, Channel, InboxRow, OutboxRow, Received, Sending

# Literal words on purpose: with bound parameters SQLite would not use the partial indexes
ASIDE = text("outbox.state in ('held', 'failed')")
_TOKEN_KEPT = text("substr(outbox.token, 1, 1) <> '-'")
_RAW_KEPT = text("length(inbox.raw) > 0")
UNREAD = text("inbox.state in ('new', 'acted')")
QUARANTINED = text("inbox.state = 'quarantined'")

_NEW = col(InboxRow.state) == Received.NEW

Counts = dict[tuple[str, str], int]  # by channel and state


class NotSo(Exception):
    """This cannot be done with this row; ``why`` is a word for it, and nothing was changed."""

    def __init__(self, row: int, why: str) -> None:
        super().__init__(row, why)
        self.row = row
        self.why = why


@dataclass(frozen=True)
class Outgoing:
    """A row of the outbox that has not gone out. ``kind`` is the first word of what makes it unique."""

    id: int
    channel: str
    kind: str
    state: str
    due_at: datetime
    tries: int
    error: str
    to: str


@dataclass(frozen=True)
class SetAside:
    """A row of the inbox that was given up; ``outcome`` says by a code why."""

    id: int
    channel: str
    received_at: datetime
    outcome: str


@dataclass(frozen=True)
class Backlog:
    """How things stand: since when the oldest waits, how much was set aside, and what is known of backups.

    ``unsent`` should have gone out by now, ``unread`` was not acted on yet; ``saved`` is the last backup that is worth
    something, ``spoilt`` the newest one if it is not.
    """

    unsent: datetime | None
    unread: datetime | None
    held: int
    quarantined: int
    saved: datetime | None
    spoilt: datetime | None


# On the way out -------------------------------------------------------------------------------------------------------


def outgoing(session: Session) -> list[Outgoing]:
    """All that waits, is held or has failed, what is due first at the top."""
    shown = (
        OutboxRow.id,
        OutboxRow.channel,
        OutboxRow.dedupe_key,
        OutboxRow.state,
        OutboxRow.due_at,
        OutboxRow.tries,
        OutboxRow.error,
        OutboxRow.to,
    )
    columns: Any = select(*shown)  # type: ignore[call-overload]
    rows = [row for which in (OPEN, ASIDE) for row in session.exec(columns.where(which))]
    found = (Outgoing(row[0], row[1], kind_of(row[2]), *row[3:]) for row in rows)
    return sorted(found, key=lambda row: (row.due_at, row.id))


def kind_of(key: str) -> str:
    """What sort of note it is, without a person or a matter: the first word of its dedupe key."""
    return key.lstrip("-").partition(":")[0]


def stuck(session: Session, now: datetime) -> list[int]:
    """What is held back, and what waits for another try; without what has expired meanwhile or was emptied."""
    fresh = col(OutboxRow.expires_at).is_(None) | (col(OutboxRow.expires_at) >= now)
    held = select(OutboxRow.id).where(ASIDE, OutboxRow.state == Sending.HELD, fresh, _TOKEN_KEPT)
    waiting = select(OutboxRow.id).where(OPEN, OutboxRow.state == Sending.QUEUED, OutboxRow.tries > 0, fresh)
    return sorted(row for which in (held, waiting) for row in session.exec(which) if row is not None)


def retry(session: Session, ids: Sequence[int], now: datetime) -> int:
    """Let rows go out now; how many. Raises NotSo for the first that may not, and then none goes."""
    rows = [_movable(session, row_id) for row_id in ids]
    for row in rows:
        if row.expires_at and row.expires_at < now:
            raise NotSo(row.id or 0, "expired")
        if not row.to or row.token.startswith("-"):
            raise NotSo(row.id or 0, "emptied")
    for row in rows:
        row.state, row.due_at, row.lease_until, row.crashes = Sending.QUEUED, now, None, 0
    session.info["enqueued"] = True
    return len(rows)


def hold(session: Session, ids: Sequence[int]) -> int:
    """Keep rows back until :func:`retry`; how many. Raises NotSo for the first that may not, and then none is held."""
    rows = [_movable(session, row_id) for row_id in ids]
    for row in rows:
        if row.state == Sending.FAILED:
            raise NotSo(row.id or 0, "failed")
    for row in rows:
        row.state = Sending.HELD
    return len(rows)


def _movable(session: Session, row_id: int) -> OutboxRow:
    row = session.get(OutboxRow, row_id, with_for_update=True)
    if row is None:
        raise NotSo(row_id, "unknown")
    if row.state not in {Sending.QUEUED, Sending.HELD, Sending.FAILED}:
        raise NotSo(row_id, str(row.state))
    return row


# On the way in --------------------------------------------------------------------------------------------------------


def set_aside(session: Session) -> list[SetAside]:
    """What was given up after it had crashed us, the oldest first."""
    statement = select(InboxRow.id, InboxRow.channel, InboxRow.received_at, InboxRow.outcome).where(QUARANTINED)
    return [SetAside(row[0] or 0, *row[1:]) for row in session.exec(statement.order_by(col(InboxRow.id)))]


def revivable(session: Session) -> list[int]:
    """What was given up and is still there to be worked on."""
    found = select(InboxRow.id).where(QUARANTINED, _RAW_KEPT)
    return [row for row in session.exec(found.order_by(col(InboxRow.id))) if row is not None]


def take_back(session: Session, ids: Sequence[int]) -> int:
    """Let rows be worked on again as if they had just come; how many. Raises NotSo, and then none is."""
    for row_id in ids:
        row = session.get(InboxRow, row_id, with_for_update=True)
        if row is None:
            raise NotSo(row_id, "unknown")
        if row.state != Received.QUARANTINED:
            raise NotSo(row_id, "not-quarantined")
        if not row.raw:
            raise NotSo(row_id, "emptied")
        row.state, row.tries, row.outcome, row.holder = Received.NEW, 0, "", inbox.RELEASED
    return len(ids)


# Figures --------------------------------------------------------------------------------------------------------------


def backlog(session: Session, now: datetime) -> Backlog:
    """How things stand; a few reads by index."""
    good, bad = (session.execute(_newest_backup(spoilt=spoilt)).scalar() for spoilt in (False, True))
    return Backlog(
        unsent=min((since for _, since in unsent(session, now)), default=None),
        unread=session.execute(select(func.min(InboxRow.received_at)).where(UNREAD, _NEW)).scalar(),
        held=session.exec(select(func.count()).where(ASIDE, OutboxRow.state == Sending.HELD)).one(),
        quarantined=session.exec(select(func.count()).select_from(InboxRow).where(QUARANTINED, _RAW_KEPT)).one(),
        saved=good,
        spoilt=bad if bad and (good is None or bad > good) else None,
    )


def unsent(session: Session, now: datetime) -> list[tuple[str, datetime]]:
    """The channels in which something should have gone out by now, each with since when."""
    tried = case((col(OutboxRow.tries) > 0, col(OutboxRow.made_at)), else_=col(OutboxRow.due_at))
    late = select(OutboxRow.channel, func.min(tried)).where(OPEN, (OutboxRow.tries > 0) | (OutboxRow.due_at <= now))
    return [(str(channel), since) for channel, since in session.execute(late.group_by(col(OutboxRow.channel)))]


def waiting(session: Session, channel: Channel) -> int:
    """How many notes wait to go out by this channel."""
    return session.exec(select(func.count()).select_from(OutboxRow).where(OPEN, OutboxRow.channel == channel)).one()


def sent_since(session: Session, channel: Channel, since: datetime, lifetime: timedelta) -> int:
    """How many notes went out by this channel since then that had waited for at most ``lifetime`` before."""
    made = (_TOKEN_KEPT, OutboxRow.made_at >= since - lifetime)
    out = select(func.count()).select_from(OutboxRow).where(*made, OutboxRow.channel == channel)
    return session.exec(out.where(OutboxRow.state == Sending.SENT, col(OutboxRow.sent_at) >= since)).one()


def outgoing_counts(session: Session) -> Counts:
    """How many rows of the outbox wait, are held or have failed."""
    counts: Counts = {}
    for which in (OPEN, ASIDE):
        by = select(OutboxRow.channel, OutboxRow.state, func.count()).where(which)
        for channel, state, count in session.execute(by.group_by(col(OutboxRow.channel), col(OutboxRow.state))):
            counts[str(channel), str(state)] = count
    return counts


def incoming_counts(session: Session) -> Counts:
    """How many rows of the inbox are not finished or were set aside."""
    counts: Counts = {}
    # Not the bare column: SQLite would read all of the unique index that begins with it, to have its groups in order
    way = func.coalesce(InboxRow.channel, "").label("way")
    for which in (UNREAD, QUARANTINED):
        by = select(way, InboxRow.state, func.count()).where(which)
        for channel, state, count in session.execute(by.group_by(text("way"), col(InboxRow.state))):
            counts[str(channel), str(state)] = count
    return counts


def _newest_backup(*, spoilt: bool) -> Any:
    error = Backup.error != "" if spoilt else Backup.error == ""
    return select(func.max(Backup.at)).where(error)
