"""What the clock does: plain functions of a session and a moment, each safe to run again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from alliance import deputising, digest_steps, history, minutes, poll_steps, sealing, steps
from alliance.house import House
from alliance.privacy import requests
from store import outbox


class Source(Protocol):
    """A module whose steps come about by themselves. The steps are its own affair; each happens once.

    What concerns many people is cut into several steps where that can be, so that each takes the database only for a
    moment; whoever looks again later finds what is left.
    """

    def due(self, session: Session, house: House, now: datetime) -> Sequence[Any]:
        """What may be done now and has not been; reads only."""

    def carry_out(self, session: Session, house: House, step: Any, now: datetime) -> None:
        """Do one of these steps."""

    def next_at(self, session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
        """When there will be something new, and the step's name, of which texts say more under »step-…«."""


SOURCES: tuple[Source, ...] = (steps, minutes, poll_steps, deputising, requests, digest_steps)


def anything_due(session: Session, house: House, now: datetime) -> bool:
    """Whether :func:`beat` would find work; reads only."""
    return any(source.due(session, house, now) for source in SOURCES)


def beat(session: Session, house: House, now: datetime) -> None:
    """Enqueue everything that is due now, all in one go; what was enqueued before stays as it is."""
    for source in SOURCES:
        for step in source.due(session, house, now):
            carry_out(session, source, house, step, now)


def carry_out(session: Session, source: Source, house: House, step: Any, now: datetime) -> None:
    """Do one step, which looks again at what has happened since it was found due."""
    history.by_itself(session, now, history.CLOCK, "step")
    source.carry_out(session, house, step, now)


def unsealed(session: Session) -> bool:
    """Whether :func:`seal` would find work; reads only."""
    return sealing.is_due(session)


def seal(session: Session, now: datetime) -> int:
    """Add the next deeds to the chain over the history; returns how many."""
    return sealing.seal(session, now)


def next_thing(session: Session, house: House, now: datetime) -> tuple[datetime, str]:
    """When something happens next by itself, and the step's name."""
    coming = [step for source in SOURCES if (step := source.next_at(session, house, now))]
    waiting = outbox.next_due(session)
    if waiting and waiting > now:
        coming.append((waiting, "send"))
    return min(coming)
