"""What the clock does about digests: this week's goes out a portion of its readers at a time, or the office sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from alliance import digests, nudges
from alliance.digests import Edition
from alliance.house import House
from alliance.portions import cut
from store.tables import Occasion


@dataclass(frozen=True)
class Step:
    """Some readers (by their ids) of a week's digest; without an ``edition`` the office is shown it first.

    ``is_last``: nobody is left after them.
    """

    week: str
    edition: Edition | None = None
    readers: tuple[int, ...] = ()
    is_last: bool = True


def due(session: Session, house: House, now: datetime) -> list[Step]:
    """This week's steps, if there are any to take now; reads only."""
    week = nudges.digest_week(now, house.zone)
    if week is None or not digests.due(session, week):
        return []
    if digests.is_shown_first(session):
        return [Step(week)]
    edition = digests.edition(session, house, week, now)
    portions = [*cut(digests.readers(session, edition))] or [[]]
    return [Step(week, edition, tuple(some), some is portions[-1]) for some in portions]


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Enqueue some readers' digests, unless they were sent meanwhile; or show it to the office."""
    if not digests.due(session, step.week):
        return
    if step.edition is None:
        digests.carry_out(session, house, step.week, now)
        return
    begun = f"{digests.BEGUN}:{step.week}"
    session.merge(Occasion(key=begun, at=step.edition.now))
    digests.send_to(session, house, step.edition, step.readers)
    if step.is_last and not digests.anyone_left(session, step.edition):
        digests.finish(session, step.edition)


def next_at(_session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
    """When the next digest falls due."""
    return nudges.next_digest_at(now, house.zone), "digest"
