"""What happens by itself around a meeting besides its round: invitations, the close of registration, the reminder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alliance import workdays

STEP_TIME = time(9)
SHORT_NOTICE = timedelta(days=1)  # less than that before the meeting, invitations do not wait for a second thought

# workdays before the meeting, per kind of meeting
BEFORE: Mapping[str, Mapping[str, int]] = {
    "alliance": {"close": 3, "eve": 1},
    "working-group": {"close": 3, "eve": 1},
}


@dataclass(frozen=True)
class Dates:
    """The facts about one meeting to come; times are aware UTC.

    ``planned_at`` is None for a meeting that is not invited to by itself. ``newcomers``: when those joined who came
    after the invitations went out and have none yet. ``done`` are the names of the steps that were done.
    """

    meeting: int
    kind: str
    starts_at: datetime
    planned_at: datetime | None
    invited_at: datetime | None = None
    newcomers: tuple[datetime, ...] = ()
    done: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Happening:
    """A step of one meeting: "invite", "close" or "eve"."""

    step: str
    meeting: int


def invite_at(since: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """9:00 on the first workday after the local day of ``since``, so that a slip of the pen can be put right.

    When that leaves less than a day until the meeting, at once, that is at the next office hour. Aware UTC.
    """
    morning = workdays.at(workdays.shifted(since.astimezone(zone).date(), 1), STEP_TIME, zone)
    return morning if starts_at - morning >= SHORT_NOTICE else workdays.next_office_hour(since, zone)


def step_at(step: str, kind: str, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """9:00 local time so many workdays before the meeting's local day; aware UTC. Raises KeyError for no such step."""
    day = workdays.shifted(starts_at.astimezone(zone).date(), -BEFORE[kind][step])
    return workdays.at(day, STEP_TIME, zone)


def due(now: datetime, meetings: Iterable[Dates], zone: ZoneInfo) -> list[Happening]:
    """What may happen now and has not yet; nothing outside office hours and nothing once the meeting has begun."""
    if not workdays.in_office_hours(now, zone):
        return []
    return [
        Happening(step, dates.meeting)
        for dates in meetings
        if now < dates.starts_at
        for moment, step in _moments(dates, zone)
        if moment <= now
    ]


def next_at(now: datetime, meetings: Iterable[Dates], zone: ZoneInfo) -> tuple[datetime, str] | None:
    """The next moment after now at which :func:`due` has something new, with the step's name; None: nothing to come."""
    coming = (
        (workdays.next_office_hour(max(moment, now), zone), step, dates.starts_at)
        for dates in meetings
        for moment, step in _moments(dates, zone)
    )
    return min(((moment, step) for moment, step, end in coming if now < moment < end), default=None)


def _moments(dates: Dates, zone: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    """When each step that is still to be done falls due.

    Only what comes after the invitation is worth a letter of its own: an invitation that is sent later than that says
    it all.
    """
    if dates.invited_at is None:
        if dates.planned_at is not None:
            yield invite_at(dates.planned_at, dates.starts_at, zone), "invite"
        return
    for joined_at in dates.newcomers:
        yield invite_at(joined_at, dates.starts_at, zone), "invite"
    for step in BEFORE[dates.kind]:
        moment = step_at(step, dates.kind, dates.starts_at, zone)
        if step not in dates.done and dates.invited_at < moment:
            yield moment, step
