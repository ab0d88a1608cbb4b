"""Workdays and office hours: when the alliance may write to people (NRW public holidays, local wall-clock time)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

CLOSED = {(12, 24), (12, 31)}  # no holidays by law, but no city office is open
OPENS = time(8)
CLOSES = time(17)
DAY = timedelta(days=1)
SATURDAY = 6
_LANGUAGES = {"en": "en_US"}  # what the library calls them


def is_workday(day: date) -> bool:
    """Monday to Friday, no public holiday in North Rhine-Westphalia (Feiertagsgesetz NW § 2), no closed office."""
    if day.isoweekday() >= SATURDAY or (day.month, day.day) in CLOSED:
        return False
    return day not in _holidays(day.year)


def holiday(day: date, language: str = "de") -> str:
    """The name of the public holiday that the day is, "" if it is none."""
    return _holidays(day.year, _LANGUAGES.get(language, language)).get(day, "")


@cache
def _holidays(year: int, language: str = "de") -> Mapping[date, str]:
    from holidays import country_holidays  # costs 0.2 s and 24 MB, which a start without a due date need not pay

    return dict(country_holidays("DE", subdiv="NW", years=year, language=language))


def workday_on_or_before(day: date) -> date:
    """The day itself if it is a workday, else the last one before it."""
    while not is_workday(day):
        day -= DAY
    return day


def workday_on_or_after(day: date) -> date:
    """The day itself if it is a workday, else the first one after it."""
    while not is_workday(day):
        day += DAY
    return day


def shifted(day: date, count: int) -> date:
    """The workday that comes so many workdays after the day, or before it if the count is negative."""
    for _ in range(abs(count)):
        day = workday_on_or_after(day + DAY) if count > 0 else workday_on_or_before(day - DAY)
    return day


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A local wall-clock time as aware UTC.

    A time that the clock change skips counts from the offset before the change, one that occurs twice means the
    first (RFC 5545, section 3.3.5).
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def in_office_hours(moment: datetime, zone: ZoneInfo) -> bool:
    """On a workday from 8:00 until just before 17:00 local time."""
    local = moment.astimezone(zone)
    return OPENS <= local.time() < CLOSES and is_workday(local.date())


def next_office_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself within office hours, else the next opening; aware UTC."""
    if in_office_hours(moment, zone):
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    day = local.date() if local.time() < OPENS else local.date() + DAY
    return at(workday_on_or_after(day), OPENS, zone)
