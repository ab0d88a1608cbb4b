"""What is due after a meeting (asking for the minutes, sending them) and after a measure was offered to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alliance import workdays

STEP_TIME = time(9)
ASK_AFTER = 3  # workdays after the meeting; the minutes go out from then on
REMIND_AFTER = 7  # workdays after the meeting
GRACE = timedelta(hours=1)  # for a second thought, or the decisions that follow in a letter of their own
OFFER_REMIND_AFTER = timedelta(days=7)
OFFER_OVER_AFTER = timedelta(days=14)
LATEST = timedelta(days=30)  # after that nobody is asked or reminded any more


@dataclass(frozen=True)
class Reader:
    """Somebody who can be asked; ``silent_until`` is a local date, itself included."""

    person: int
    silent_until: date | None = None

    def is_silent(self, today: date) -> bool:
        """Whether they are paused or away today."""
        return self.silent_until is not None and today <= self.silent_until


@dataclass(frozen=True)
class Held:
    """A meeting that has begun and whose minutes have not been sent.

    ``changed_at`` is when minutes or decisions were last recorded, None while there are none. ``sent`` are the keys of
    what was asked already. Without a minute taker, or while that person is silent, the office is asked.
    """

    meeting: int
    starts_at: datetime
    changed_at: datetime | None = None
    taker: Reader | None = None
    office: tuple[Reader, ...] = ()
    sent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offered:
    """A measure offered to somebody who has not answered; ``is_gone``: who has left since.

    ``done`` are the kinds of step that were done already.
    """

    offer: int
    reader: Reader
    made_at: datetime
    is_gone: bool = False
    done: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """Something to do now about a meeting or an offer (``about`` is its id), for one person or for all (None).

    ``kind``: "minutes", "minutes-ask", "minutes-remind", "lead-remind" or "lead-over". ``first``: nothing was asked of
    this person before, so the text is the question itself.
    """

    key: str
    kind: str
    about: int
    person: int | None = None
    first: bool = False


def workdays_after(starts_at: datetime, count: int, zone: ZoneInfo) -> datetime:
    """9:00 local time on the workday that comes so many workdays after the local day of ``starts_at``; aware UTC."""
    day = workdays.shifted(starts_at.astimezone(zone).date(), count)
    return workdays.at(day, STEP_TIME, zone)


def days_after(moment: datetime, span: timedelta, zone: ZoneInfo) -> datetime:
    """9:00 local time on the first workday on or after the local day that is ``span`` later; aware UTC."""
    day = moment.astimezone(zone).date() + span
    return workdays.at(workdays.workday_on_or_after(day), STEP_TIME, zone)


def goes_out_at(starts_at: datetime, changed_at: datetime, zone: ZoneInfo) -> datetime:
    """When minutes go out: three workdays after the meeting, or an hour after the last change, in office hours."""
    ready = max(workdays_after(starts_at, ASK_AFTER, zone), changed_at + GRACE)
    return workdays.next_office_hour(ready, zone)


def due(now: datetime, held: Iterable[Held], offered: Iterable[Offered], zone: ZoneInfo) -> list[Step]:
    """What may be done now and has not been; nothing outside office hours.

    Of asking for minutes and reminding only the later one counts once its time has come, so a downtime is caught up
    with one letter.
    """
    if not workdays.in_office_hours(now, zone):
        return []
    steps = [step for meeting in held for step in _of_meeting(now, meeting, zone)]
    return steps + [step for offer in offered for step in _of_offer(now, offer, zone)]


def _of_meeting(now: datetime, held: Held, zone: ZoneInfo) -> Iterator[Step]:
    if held.changed_at is not None:
        if now >= goes_out_at(held.starts_at, held.changed_at, zone):
            yield Step(f"minutes:{held.meeting}", "minutes", held.meeting)
        return
    kind = _current(now, held, zone)
    today = now.astimezone(zone).date()
    for reader in _asked(held, today) if kind else ():
        key = _key(held, kind, reader)
        if key not in held.sent:
            yield Step(key, kind, held.meeting, reader.person, _key(held, "minutes-ask", reader) not in held.sent)


def _current(now: datetime, held: Held, zone: ZoneInfo) -> str:
    """The step whose time has come, "" before the first and long after the last."""
    if now >= held.starts_at + LATEST or now < workdays_after(held.starts_at, ASK_AFTER, zone):
        return ""
    return "minutes-remind" if now >= workdays_after(held.starts_at, REMIND_AFTER, zone) else "minutes-ask"


def _asked(held: Held, today: date) -> tuple[Reader, ...]:
    if held.taker is not None and not held.taker.is_silent(today):
        return (held.taker,)
    return tuple(reader for reader in held.office if not reader.is_silent(today))


def _key(held: Held, kind: str, reader: Reader) -> str:
    return f"{kind}:{held.meeting}:{reader.person}"


def _of_offer(now: datetime, offered: Offered, zone: ZoneInfo) -> Iterator[Step]:
    over = offered.is_gone or now >= days_after(offered.made_at, OFFER_OVER_AFTER, zone)
    if over and "lead-over" not in offered.done:
        yield Step(f"lead-over:{offered.offer}", "lead-over", offered.offer)
    late = days_after(offered.made_at, OFFER_REMIND_AFTER, zone) <= now < offered.made_at + LATEST
    quiet = offered.is_gone or offered.reader.is_silent(now.astimezone(zone).date())
    if late and not quiet and "lead-remind" not in offered.done:
        yield Step(f"lead-remind:{offered.offer}", "lead-remind", offered.offer, offered.reader.person)


def next_at(
    now: datetime, held: Iterable[Held], offered: Iterable[Offered], zone: ZoneInfo
) -> tuple[datetime, str] | None:
    """The next moment after now at which :func:`due` has something new, with the step's kind; None: nothing to come."""
    meetings = ((moment, due(moment, [one], (), zone)) for one in held for moment in _meeting_moments(now, one, zone))
    offers = ((moment, due(moment, (), [one], zone)) for one in offered for moment in _offer_moments(now, one, zone))
    coming = [
        (moment, steps[0].kind) for found in (meetings, offers) for moment, steps in found if moment > now and steps
    ]
    return min(coming, default=None)


def _meeting_moments(now: datetime, held: Held, zone: ZoneInfo) -> Iterator[datetime]:
    yield workdays.next_office_hour(now, zone)
    if held.changed_at is not None:
        yield goes_out_at(held.starts_at, held.changed_at, zone)
    for count in (ASK_AFTER, REMIND_AFTER):
        yield workdays_after(held.starts_at, count, zone)
    for reader in (held.taker, *held.office):
        yield from _resumption(reader, zone)


def _offer_moments(now: datetime, offered: Offered, zone: ZoneInfo) -> Iterator[datetime]:
    yield workdays.next_office_hour(now, zone)
    for span in (OFFER_REMIND_AFTER, OFFER_OVER_AFTER):
        yield days_after(offered.made_at, span, zone)
    yield from _resumption(offered.reader, zone)


def _resumption(reader: Reader | None, zone: ZoneInfo) -> Iterator[datetime]:
    """When somebody who is silent can be asked again."""
    if reader and reader.silent_until:
        day = workdays.workday_on_or_after(reader.silent_until + workdays.DAY)
        yield workdays.at(day, workdays.OPENS, zone)
