"""What the clock does: plain functions of a session and a moment, each safe to run again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from alliance import deputising, digests, history, minutes, nudges, poll_steps, sealing, steps
from alliance.house import House
from alliance.privacy import requests
from store import outbox


class Source(Protocol):
    """A module whose steps come about by themselves. The steps are its own affair; each happens once."""

    def due(self, session: Session, house: House, now: datetime) -> Sequence[Any]:
        """What may be done now and has not been; reads only."""

    def carry_out(self, session: Session, house: House, step: Any, now: datetime) -> None:
        """Do one of these steps."""

    def next_at(self, session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
        """When there will be something new, and the step's name, of which texts say more under »step-…«."""


SOURCES: tuple[Source, ...] = (steps, minutes, poll_steps, deputising, requests)


def anything_due(session: Session, house: House, now: datetime) -> bool:
    """Whether :func:`beat` would find work; reads only."""
    if any(source.due(session, house, now) for source in SOURCES):
        return True
    week = nudges.digest_week(now, house.zone)
    return week is not None and digests.due(session, week)


def beat(session: Session, house: House, now: datetime) -> None:
    """Enqueue everything that is due now; what was enqueued before stays as it is."""
    for source in SOURCES:
        for step in source.due(session, house, now):
            history.by_itself(session, now, history.CLOCK, "step")
            source.carry_out(session, house, step, now)
    week = nudges.digest_week(now, house.zone)
    if week is not None and digests.due(session, week):
        history.by_itself(session, now, history.CLOCK, "digest")
        digests.carry_out(session, house, week, now)


def unsealed(session: Session) -> bool:
    """Whether :func:`seal` would find work; reads only."""
    return sealing.is_due(session)


def seal(session: Session, now: datetime) -> int:
    """Add the next deeds to the chain over the history; returns how many."""
    return sealing.seal(session, now)


def next_thing(session: Session, house: House, now: datetime) -> tuple[datetime, str]:
    """When something happens next by itself, and the step's name."""
    coming = [(nudges.next_digest_at(now, house.zone), "digest")]
    coming += [step for source in SOURCES if (step := source.next_at(session, house, now))]
    waiting = outbox.next_due(session)
    if waiting and waiting > now:
        coming.append((waiting, "send"))
    return min(coming)
