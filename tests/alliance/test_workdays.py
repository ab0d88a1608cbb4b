"""Workdays, office hours and local time: holidays of North Rhine-Westphalia, both clock changes."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import workdays

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
moments = st.timedeltas(timedelta(0), timedelta(517)).map(lambda passed: datetime(2026, 11, 1, tzinfo=UTC) + passed)
days = st.dates(date(2026, 1, 1), date(2032, 12, 31))


def local(year: int, month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=BERLIN).astimezone(UTC)


def test_the_holidays_of_north_rhine_westphalia_and_two_closed_days_are_no_workdays() -> None:
    holidays = {
        *(date(2024, 1, 1), date(2024, 3, 29), date(2024, 4, 1), date(2024, 5, 1), date(2024, 5, 9)),
        *(date(2024, 5, 20), date(2024, 5, 30), date(2024, 10, 3), date(2024, 11, 1), date(2024, 12, 25)),
        date(2024, 12, 26),
        *(date(2024, 12, 24), date(2024, 12, 31)),
    }
    weekdays = [day for n in range(366) if (day := date(2024, 1, 1) + timedelta(n)).isoweekday() <= 5]
    assert {day for day in weekdays if not workdays.is_workday(day)} == holidays


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2027, 2, 8), id="carnival Monday"),
        pytest.param(date(2027, 1, 6), id="Epiphany, a holiday elsewhere"),
        pytest.param(date(2028, 10, 31), id="Reformation Day, a holiday elsewhere"),
        pytest.param(date(2028, 2, 29), id="leap day"),
    ],
)
def test_a_day_that_is_a_holiday_only_by_custom_or_elsewhere_is_a_workday(day: date) -> None:
    assert workdays.is_workday(day)


def test_saturday_and_sunday_are_no_workdays() -> None:
    assert not workdays.is_workday(date(2027, 2, 6))
    assert not workdays.is_workday(date(2027, 2, 7))


def test_easter_moves_back_to_the_thursday_before_and_on_to_the_tuesday_after() -> None:
    easter_sunday = date(2027, 3, 28)
    assert workdays.workday_on_or_before(easter_sunday) == date(2027, 3, 25)
    assert workdays.workday_on_or_after(easter_sunday) == date(2027, 3, 30)


@pytest.mark.fault(13)
def test_new_year_moves_into_the_other_year() -> None:
    assert workdays.workday_on_or_before(date(2027, 1, 1)) == date(2026, 12, 30)
    assert workdays.workday_on_or_after(date(2026, 12, 25)) == date(2026, 12, 28)


@given(days)
def test_the_next_workday_either_way_is_the_nearest_one(day: date) -> None:
    before, after = workdays.workday_on_or_before(day), workdays.workday_on_or_after(day)
    between = [before + timedelta(n) for n in range((after - before).days + 1)]
    expected = {day} if workdays.is_workday(day) else {before, after}
    assert {each for each in between if workdays.is_workday(each)} == expected


@pytest.mark.fault(13)
def test_nine_o_clock_stays_nine_o_clock_across_both_clock_changes() -> None:
    nine = time(9)
    assert workdays.at(date(2027, 3, 27), nine, BERLIN) == datetime(2027, 3, 27, 8, tzinfo=UTC)
    assert workdays.at(date(2027, 3, 28), nine, BERLIN) == datetime(2027, 3, 28, 7, tzinfo=UTC)
    assert workdays.at(date(2027, 10, 30), nine, BERLIN) == datetime(2027, 10, 30, 7, tzinfo=UTC)
    assert workdays.at(date(2027, 10, 31), nine, BERLIN) == datetime(2027, 10, 31, 8, tzinfo=UTC)


@pytest.mark.fault(13)
def test_a_time_the_clock_change_skips_is_the_moment_an_hour_later_on_the_clock() -> None:
    moment = workdays.at(date(2027, 3, 28), time(2, 30), BERLIN)
    assert moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment.astimezone(BERLIN).time() == time(3, 30)


@pytest.mark.fault(13)
def test_a_time_that_occurs_twice_is_the_first_one() -> None:
    assert workdays.at(date(2027, 10, 31), time(2, 30), BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@given(days, st.times())
def test_a_local_time_is_given_back_in_utc(day: date, clock: time) -> None:
    assert workdays.at(day, clock, BERLIN).tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(local(2027, 2, 8, 7, 59), False, id="before eight"),
        pytest.param(local(2027, 2, 8, 8), True, id="at eight"),
        pytest.param(local(2027, 2, 8, 16, 59), True, id="just before five"),
        pytest.param(local(2027, 2, 8, 17), False, id="at five"),
        pytest.param(local(2027, 2, 7, 12), False, id="Sunday noon"),
        pytest.param(local(2027, 3, 29, 12), False, id="Easter Monday noon"),
        pytest.param(local(2027, 3, 30, 8), True, id="at eight in summer time"),
        pytest.param(datetime(2027, 6, 30, 6, tzinfo=UTC), True, id="six UTC is eight in summer"),
        pytest.param(datetime(2027, 1, 29, 6, tzinfo=UTC), False, id="six UTC is seven in winter"),
    ],
)
def test_office_hours_are_eight_to_five_on_workdays(moment: datetime, expected: bool) -> None:
    assert workdays.in_office_hours(moment, BERLIN) is expected


def test_the_place_decides_when_it_is_eight_o_clock() -> None:
    moment = datetime(2027, 2, 8, 7, 30, tzinfo=UTC)
    assert workdays.in_office_hours(moment, BERLIN)
    assert not workdays.in_office_hours(moment, ZoneInfo("Europe/London"))


def test_the_next_office_hour_after_friday_evening_before_easter_monday_is_tuesday_at_eight() -> None:
    assert workdays.next_office_hour(local(2027, 3, 25, 17), BERLIN) == local(2027, 3, 30, 8)


def test_the_next_office_hour_of_an_early_morning_is_the_same_day() -> None:
    assert workdays.next_office_hour(local(2027, 2, 8, 0, 1), BERLIN) == local(2027, 2, 8, 8)


@settings(deadline=None)
@given(moments)
def test_the_next_office_hour_is_the_earliest_one(moment: datetime) -> None:
    opening = workdays.next_office_hour(moment, BERLIN)
    assert workdays.in_office_hours(opening, BERLIN)
    assert workdays.next_office_hour(opening, BERLIN) == opening
    earlier = (moment + n * HOUR for n in range(int((opening - moment) / HOUR) + 1))
    assert not any(workdays.in_office_hours(each, BERLIN) for each in earlier if each < opening)


def test_the_calendar_of_holidays_is_loaded_only_when_a_day_is_asked_about() -> None:
    code = "import sys; from alliance import nudges, workdays; print('holidays' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
