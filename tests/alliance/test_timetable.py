"""When invitations, the close of registration and the reminder fall due, as plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alliance import workdays
from alliance.timetable import Dates, Happening, due, invite_at, next_at, step_at
from tests.town import BERLIN

HOUR = timedelta(hours=1)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


MEETING = Dates(7, "alliance", berlin("2027-01-20 17:00"), berlin("2026-11-23 10:00"))
INVITED = replace(MEETING, invited_at=berlin("2026-11-24 09:00"))


def test_invitations_wait_for_the_next_workday() -> None:
    assert invite_at(berlin("2026-12-23 16:00"), MEETING.starts_at, BERLIN) == berlin("2026-12-28 09:00")


def test_invitations_at_short_notice_wait_for_office_hours_only() -> None:
    assert invite_at(berlin("2027-01-19 18:00"), MEETING.starts_at, BERLIN) == berlin("2027-01-20 08:00")
    assert invite_at(berlin("2027-01-19 16:00"), MEETING.starts_at, BERLIN) == berlin("2027-01-19 16:00")


def test_steps_count_workdays() -> None:
    easter_tuesday = berlin("2027-03-30 17:00")
    assert step_at("eve", "alliance", easter_tuesday, BERLIN) == berlin("2027-03-25 09:00")
    assert step_at("close", "working-group", easter_tuesday, BERLIN) == berlin("2027-03-23 09:00")


def test_nothing_is_due_twice_or_after_the_meeting_has_begun() -> None:
    at_nine = berlin("2027-01-19 09:00")
    assert due(at_nine, [replace(INVITED, done=frozenset({"close"}))], BERLIN) == [Happening("eve", 7)]
    assert due(at_nine, [replace(INVITED, done=frozenset({"close", "eve"}))], BERLIN) == []
    assert due(MEETING.starts_at, [INVITED], BERLIN) == []


def test_a_meeting_that_was_not_planned_here_is_not_invited_to_by_itself() -> None:
    unplanned = replace(MEETING, planned_at=None)
    assert due(berlin("2026-11-25 10:00"), [unplanned], BERLIN) == []
    assert next_at(berlin("2026-11-25 10:00"), [unplanned], BERLIN) is None


def test_who_was_invited_late_is_not_reminded_on_top() -> None:
    late = replace(MEETING, invited_at=berlin("2027-01-19 09:00"))
    assert due(berlin("2027-01-19 10:00"), [late], BERLIN) == []


def simulate(planned: datetime, starts: datetime, down: set[int]) -> list[tuple[datetime, str]]:
    """Hourly heartbeats from planning to meeting, but for some hours; what happened when."""
    dates, happened = Dates(1, "alliance", starts, planned), []
    for hour in range(int((starts - planned) / HOUR) + 2):
        now = planned + hour * HOUR
        if hour in down:
            continue
        for step in due(now, [dates], BERLIN):
            happened.append((now, step.step))
            dates = (
                replace(dates, invited_at=now)
                if step.step == "invite"
                else replace(dates, done=dates.done | {step.step})
            )
    return happened


@given(
    day=st.dates(date(2027, 3, 8), date(2027, 4, 15)).filter(workdays.is_workday),
    ahead=st.integers(0, 30),
    clock=st.times(time(7), time(22)),
    planned=st.times(),
    outage=st.tuples(st.integers(0, 700), st.integers(0, 400)),
)
def test_each_step_happens_at_most_once_in_office_hours_and_in_order(
    day: date, ahead: int, clock: time, planned: time, outage: tuple[int, int]
) -> None:
    starts = workdays.at(day, clock.replace(second=0, microsecond=0), BERLIN)
    since = workdays.at(day - timedelta(days=ahead), planned.replace(minute=0, second=0, microsecond=0), BERLIN)
    down = set(range(outage[0], sum(outage)))
    happened = simulate(since, starts, down)
    names = [name for _, name in happened]
    assert names == [name for name in ("invite", "close", "eve") if name in names]
    for moment, _ in happened:
        assert workdays.in_office_hours(moment, BERLIN)
        assert since <= moment < starts


@given(st.integers(0, 20 * 24 * 60), st.sampled_from([MEETING, INVITED]))
def test_the_next_moment_is_the_first_at_which_something_new_is_due(minutes: int, dates: Dates) -> None:
    now = berlin("2027-01-01 00:00") + timedelta(minutes=minutes)
    before = due(now, [dates], BERLIN)
    coming = next_at(now, [dates], BERLIN)
    if coming is None:
        assert all(due(now + hours * HOUR, [dates], BERLIN) in (before, []) for hours in range(500))
        return
    moment, step = coming
    assert now < moment
    assert Happening(step, 7) in due(moment, [dates], BERLIN)
    assert due(moment - timedelta(minutes=1), [dates], BERLIN) in (before, [])
