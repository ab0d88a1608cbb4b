"""Letters that come back: a wrong address is left alone, and what did not arrive takes the other channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session, col, func, select

from alliance import members
from store import outbox
from store.tables import Bounce

log = structlog.get_logger()

SOFT_LIMIT = 3  # returns "for now" until an address is left alone …
SOFT_WINDOW = timedelta(days=30)  # … within this time
SOFT_PAUSE = timedelta(days=1)  # several returns of one day count once: servers repeat their warnings


@dataclass(frozen=True)
class Failure:
    """One recipient that a letter did not reach.

    ``permanent``: it will not be tried again. ``blames_address``: the address itself is wrong, not the letter; a full
    mailbox, a policy or a size says nothing about it. ``status`` is the enhanced status code (RFC 3463) or "".
    """

    email: str
    permanent: bool
    blames_address: bool
    status: str = ""


def returned(session: Session, token: str, failures: Iterable[Failure], now: datetime) -> bool:
    """Note that the letter with this token came back; False if that is not to be believed: no such letter was sent.

    An address is left alone once it is known to be wrong; what did not arrive takes the person's other channel.
    """
    row = outbox.by_token(session, token) if token else None
    failure = next((found for found in failures if row is not None and found.email == row.to.lower()), None)
    if row is None or failure is None:
        return False
    _remember(session, failure, now)
    log.info("letter came back", action="bounced", row=row.id, permanent=failure.permanent, status=failure.status)
    dead = failure.blames_address or _is_worn_out(session, failure.email, now)
    if dead or failure.permanent:
        members.did_not_arrive(session, outbox.letter_of(row), now, dead=dead)
    return True


def _remember(session: Session, failure: Failure, now: datetime) -> None:
    recent = select(Bounce.id).where(
        Bounce.email == failure.email, Bounce.at > now - SOFT_PAUSE, col(Bounce.permanent).is_(False)
    )
    if failure.permanent or session.exec(recent).first() is None:
        session.add(Bounce(email=failure.email, permanent=failure.permanent, status=failure.status, at=now))
        session.flush()


def _is_worn_out(session: Session, email: str, now: datetime) -> bool:
    count = select(func.count(col(Bounce.id))).where(Bounce.email == email, Bounce.at > now - SOFT_WINDOW)
    return session.exec(count).one() >= SOFT_LIMIT
