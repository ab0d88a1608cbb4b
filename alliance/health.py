"""How the assistant itself is doing: the line about it in the office's weekly mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

import texts
from alliance import outages
from alliance.house import House
from store import queues
from store.queues import Backlog
from store.tables import Bounce, Outage
from texts import say

WEEK = timedelta(days=7)
UNSENT = timedelta(hours=4)  # as long as the office waits to hear of a dead channel
UNREAD = timedelta(hours=1)


@dataclass(frozen=True)
class Health:
    """What waits since when, what is dead, how many letters came back in the last week; ``at`` is when we looked."""

    at: datetime
    backlog: Backlog
    outages: tuple[Outage, ...]
    bounces: int

    @property
    def unsent(self) -> datetime | None:
        """Since when something waits to be sent, if that is too long."""
        return _over(self.backlog.unsent, self.at - UNSENT)

    @property
    def unread(self) -> datetime | None:
        """Since when something that came in waits, if that is too long."""
        return _over(self.backlog.unread, self.at - UNREAD)

    @property
    def is_good(self) -> bool:
        """Whether nobody needs to do anything."""
        wrong = (self.unsent, self.unread, self.outages, self.backlog.held, self.backlog.quarantined)
        return not any(wrong)


def look(session: Session, now: datetime) -> Health:
    """How things stand now."""
    came_back = session.exec(select(func.count(col(Bounce.id))).where(Bounce.at >= now - WEEK)).one()
    dead = tuple(outage for outage in outages.current(session) if outages.is_due(outage, now))
    return Health(now, queues.backlog(session, now), dead, came_back)


def line(found: Health, house: House, language: str) -> str:
    """One sentence for the office: all is well, or what is wrong."""
    saved = found.backlog.saved
    when = texts.moment(language, saved, house.zone) if saved else ""
    values = {
        "bounces": say(language, "office-health-bounces", count=found.bounces),
        "backup": say(language, "office-health-backup", when=when)
        if saved
        else say(language, "office-health-backup-none"),
    }
    if found.is_good:
        return say(language, "office-health-good", **values)
    return say(language, "office-health-bad", wrong="; ".join(_wrong(found, house, language)), **values)


def _wrong(found: Health, house: House, language: str) -> Iterator[str]:
    for outage in found.outages:
        since, way = texts.moment(language, outage.since, house.zone), outages.way_text(language, outage.channel)
        yield say(language, "office-health-outage", way=way, since=since)
    for kind, late in (("unsent", found.unsent), ("unread", found.unread)):
        if late:
            yield say(language, f"office-health-{kind}", since=texts.moment(language, late, house.zone))
    for kind, count in (("held", found.backlog.held), ("quarantined", found.backlog.quarantined)):
        if count:
            yield say(language, f"office-health-{kind}", count=count)


def _over(since: datetime | None, limit: datetime) -> datetime | None:
    return since if since and since < limit else None
