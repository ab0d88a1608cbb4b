"""What the clock does: plain functions of a session and a moment, each safe to run again."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from alliance import digests, joining, meetings, nudges
from alliance.house import House
from store import keyboards, outbox


def anything_due(session: Session, house: House, now: datetime) -> bool:
    """Whether :func:`beat` would find work; reads only."""
    if nudges.due(now, meetings.rounds(session, house, now), house.zone):
        return True
    week = nudges.digest_week(now, house.zone)
    return week is not None and not digests.is_done(session, week)


def beat(session: Session, house: House, now: datetime) -> None:
    """Enqueue everything that is due now; what was enqueued before stays as it is."""
    for nudge in nudges.due(now, meetings.rounds(session, house, now), house.zone):
        meetings.carry_out(session, house, nudge, now)
    week = nudges.digest_week(now, house.zone)
    if week is not None and not digests.is_done(session, week):
        digests.send(session, house, week, now)


def tidy(session: Session, now: datetime) -> None:
    """Forget what has outlived its purpose."""
    joining.forget_unproved(session, now)
    keyboards.forget(session, now)


def next_thing(session: Session, house: House, now: datetime) -> tuple[datetime, str]:
    """When something happens next by itself, and the step's name."""
    coming = [(nudges.next_digest_at(now, house.zone), "digest")]
    step = nudges.next_at(now, meetings.rounds(session, house, now), house.zone)
    waiting = outbox.next_due(session)
    if step:
        coming.append(step)
    if waiting and waiting > now:
        coming.append((waiting, "send"))
    return min(coming)
