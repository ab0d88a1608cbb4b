"""What goes out: a row under a unique key first, claimed in batches, sent at least once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, bindparam, func, or_, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from store.tables import Channel, OutboxRow, Paper, Sending, Switch

__all__ = ["Channel", "Letter", "Outcome", "Outgoing", "Result", "Sending"]

LEASE = timedelta(minutes=5)  # longer than any sending may take
BACKOFF = [timedelta(minutes=m) for m in (5, 10, 20, 40, 67)]
LIFETIME = timedelta(days=5)
STOPPED = "sending-stopped"
TOKEN_BYTES = 10  # 80 bits, 16 letters of base32: unguessable, and the sender must match as well

# Literal words on purpose: with bound parameters SQLite would not use the partial index
OPEN = text("outbox.state in ('queued', 'in-flight')")


_TABLE: Table = OutboxRow.__table__  # type: ignore[attr-defined]
_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"), _TABLE.c.state == Sending.IN_FLIGHT, _TABLE.c.tries == bindparam("claimed"))
    .values(state=Sending.SENT, sent_at=bindparam("now"), error=bindparam("said"), lease_until=None)
)


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
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(alphabet[byte & 31] for byte in secrets.token_bytes(TOKEN_BYTES * 8 // 5))


def enqueue(session: Session, notes: Sequence[Outgoing], now: datetime) -> int:
    """Put notes into the outbox; a key that was there before enqueues nothing. Returns how many were new."""
    if not notes:
        return 0
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(OutboxRow).on_conflict_do_nothing().returning(col(OutboxRow.id))
    new = session.execute(insert, [_row(note, now) for note in notes]).all()
    session.info["enqueued"] = True
    return len(new)


def _row(note: Outgoing, now: datetime) -> dict[str, Any]:
    said = {("dedupe_key" if name == "key" else name): value for name, value in vars(note).items()}
    return {**said, "token": new_token(), "made_at": now, "state": Sending.QUEUED, "tries": 0, "moves": 0, "error": ""}


def claim(session: Session, now: datetime, limit: int = 20) -> list[Letter]:
    """Take up to ``limit`` due rows for :data:`LEASE`. Each must be given back with :func:`finish`."""
    free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) < now)
    pick = select(OutboxRow.id).where(OPEN, OutboxRow.due_at <= now, free)
    if stopped_at(session):
        pick = pick.where(col(OutboxRow.always))
    pick = pick.order_by(col(OutboxRow.due_at), col(OutboxRow.id)).limit(limit).with_for_update(skip_locked=True)
    change = update(OutboxRow).where(col(OutboxRow.id).in_(pick.scalar_subquery()))
    change = change.values(state=Sending.IN_FLIGHT, lease_until=now + LEASE, tries=OutboxRow.tries + 1)
    rows = session.execute(change.returning(OutboxRow)).scalars().all()
    return sorted((letter_of(row) for row in rows), key=lambda letter: letter.id)


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


def release(session: Session) -> int:
    """Give back what a dead process left in flight. Only where no other sender can be alive."""
    change = update(OutboxRow).where(col(OutboxRow.state) == Sending.IN_FLIGHT)
    result: Any = session.execute(change.values(state=Sending.QUEUED, lease_until=None))
    return int(result.rowcount)


def finish(session: Session, letter: Letter, outcome: Outcome, now: datetime) -> None:
    """Write down how a delivery ended; a sender that overslept its lease changes nothing."""
    if outcome.result == Result.SENT and not letter.secret:
        session.connection().execute(
            _SENT, {"row": letter.id, "claimed": letter.tries, "now": now, "said": outcome.error}
        )
        return
    row = session.get(OutboxRow, letter.id)
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
    """Drop what is no longer worth sending."""
    change = update(OutboxRow).where(OPEN, col(OutboxRow.state) == Sending.QUEUED, col(OutboxRow.expires_at) < now)
    result: Any = session.execute(change.values(state=Sending.DROPPED))
    return int(result.rowcount)


def drop_for(session: Session, person_id: int) -> None:
    """Drop what waits for a person who is gone."""
    change = update(OutboxRow).where(col(OutboxRow.state) == Sending.QUEUED, col(OutboxRow.person_id) == person_id)
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
    return session.exec(select(OutboxRow).where(OutboxRow.token == token)).first()


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


def count_to(session: Session, address: str, prefix: str, since: datetime) -> int:
    """How many rows to this address since then have a dedupe key that begins so."""
    count = select(func.count(col(OutboxRow.id)))
    return session.exec(count.where(OutboxRow.to == address, OutboxRow.made_at >= since, *_begins(prefix))).one()


def rows(session: Session, prefix: str) -> list[OutboxRow]:
    """All rows whose dedupe key begins so, the oldest first."""
    return list(session.exec(select(OutboxRow).where(*_begins(prefix)).order_by(col(OutboxRow.id))))


def first_at(session: Session, prefix: str, since: datetime) -> datetime | None:
    """When the first row since then was made whose dedupe key begins so."""
    first = select(func.min(OutboxRow.made_at)).where(OutboxRow.made_at >= since, *_begins(prefix))
    return session.execute(first).scalar()


def drop(session: Session, prefix: str) -> None:
    """Drop what waits under a dedupe key that begins so."""
    change = update(OutboxRow).where(OPEN, col(OutboxRow.state) == Sending.QUEUED, *_begins(prefix))
    session.execute(change.values(state=Sending.DROPPED))


def _begins(prefix: str) -> tuple[Any, Any]:
    below = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return col(OutboxRow.dedupe_key) >= prefix, col(OutboxRow.dedupe_key) < below


def next_due(session: Session) -> datetime | None:
    """When the next row waits to be sent."""
    return session.execute(select(func.min(OutboxRow.due_at)).where(OPEN)).scalar()


def papers(session: Session, ids: Sequence[int]) -> list[tuple[str, str, bytes]]:
    """Name, media type and content of stored papers."""
    rows = session.exec(select(Paper).where(col(Paper.id).in_(ids)).order_by(col(Paper.id)))
    return [(row.name, row.media_type, row.content) for row in rows]
