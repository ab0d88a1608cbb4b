"""What is due after a meeting and after an offer: decided from plain values, downtime included."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alliance import afterwards
from alliance.afterwards import Held, Offered, Reader, Step
from tests.town import BERLIN

MEETING = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)  # a Thursday, 17:00 in Berlin
T3 = datetime(2026, 12, 8, 8, 0, tzinfo=UTC)  # Tuesday, 9:00
T7 = datetime(2026, 12, 14, 8, 0, tzinfo=UTC)  # Monday, 9:00
TAKER, OFFICE = Reader(5), (Reader(1), Reader(2))
HELD = Held(12, MEETING, taker=TAKER, office=OFFICE)
OFFER = Offered(7, Reader(5), datetime(2026, 12, 3, 17, 0, tzinfo=UTC))


def due(now: datetime, held: Held) -> list[Step]:
    return afterwards.due(now, [held], [], BERLIN)


def kinds(now: datetime, held: Held) -> list[tuple[str, int | None]]:
    return [(step.kind, step.person) for step in due(now, held)]


def test_steps_come_three_and_seven_workdays_after_the_meeting() -> None:
    assert afterwards.workdays_after(MEETING, 3, BERLIN) == T3
    assert afterwards.workdays_after(MEETING, 7, BERLIN) == T7


def test_holidays_are_no_workdays() -> None:
    before_christmas = datetime(2026, 12, 22, 16, 0, tzinfo=UTC)
    assert afterwards.workdays_after(before_christmas, 3, BERLIN) == datetime(2026, 12, 29, 8, 0, tzinfo=UTC)


def test_nothing_is_asked_before_the_third_workday_nor_outside_office_hours() -> None:
    assert due(T3 - timedelta(seconds=1), HELD) == []
    assert due(T3 + timedelta(hours=10), HELD) == []


def test_the_minute_taker_is_asked_and_nobody_else() -> None:
    assert due(T3, HELD) == [Step("minutes-ask:12:5", "minutes-ask", 12, 5, first=True)]


def test_without_a_minute_taker_the_office_is_asked() -> None:
    assert kinds(T3, replace(HELD, taker=None)) == [("minutes-ask", 1), ("minutes-ask", 2)]


def test_while_the_minute_taker_is_away_the_office_is_asked_unless_it_pauses_too() -> None:
    away = Reader(5, date(2026, 12, 8))
    assert kinds(T3, replace(HELD, taker=away)) == [("minutes-ask", 1), ("minutes-ask", 2)]
    paused = (Reader(1, date(2026, 12, 8)), Reader(2, date(2026, 12, 7)))
    assert kinds(T3, replace(HELD, taker=away, office=paused)) == [("minutes-ask", 2)]


def test_who_was_asked_is_reminded_once_after_seven_workdays() -> None:
    asked = replace(HELD, sent=frozenset({"minutes-ask:12:5"}))
    assert due(T3 + timedelta(days=1), asked) == []
    assert due(T7, asked) == [Step("minutes-remind:12:5", "minutes-remind", 12, 5)]
    assert due(T7, replace(asked, sent=asked.sent | {"minutes-remind:12:5"})) == []


def test_a_downtime_from_the_second_to_the_ninth_day_costs_one_letter_which_is_the_question() -> None:
    back = T7 + timedelta(days=2)
    steps = due(back, HELD)
    assert steps == [Step("minutes-remind:12:5", "minutes-remind", 12, 5, first=True)]
    done = replace(HELD, sent=frozenset(step.key for step in steps))
    assert due(back + timedelta(days=1), done) == []


def test_an_old_meeting_is_not_asked_about() -> None:
    assert due(MEETING + timedelta(days=27, hours=-5), HELD) != []
    assert due(MEETING + timedelta(days=32, hours=-5), HELD) == []


def test_minutes_that_are_there_go_out_on_the_third_workday_and_nobody_is_asked() -> None:
    ready = replace(HELD, changed_at=MEETING + timedelta(hours=3))
    assert due(T3 - timedelta(seconds=1), ready) == []
    assert due(T3, ready) == [Step("minutes:12", "minutes", 12)]
    assert kinds(T7 + timedelta(days=60), ready) == [("minutes", None)]


def test_late_minutes_go_out_an_hour_after_the_last_change_in_office_hours() -> None:
    late = replace(HELD, changed_at=T7 + timedelta(hours=2))
    assert due(T7 + timedelta(hours=2, minutes=59), late) == []
    assert kinds(T7 + timedelta(hours=3), late) == [("minutes", None)]
    evening = datetime(2026, 12, 11, 15, 30, tzinfo=UTC)  # Friday, 16:30
    assert afterwards.goes_out_at(MEETING, evening, BERLIN) == datetime(2026, 12, 14, 7, 0, tzinfo=UTC)


def offer_kinds(now: datetime, offer: Offered) -> list[str]:
    return [step.kind for step in afterwards.due(now, [], [offer], BERLIN)]


def test_an_offer_is_reminded_of_after_a_week_and_the_office_hears_after_two() -> None:
    week, two = datetime(2026, 12, 10, 8, 0, tzinfo=UTC), datetime(2026, 12, 17, 8, 0, tzinfo=UTC)
    assert offer_kinds(week - timedelta(seconds=1), OFFER) == []
    assert offer_kinds(week, OFFER) == ["lead-remind"]
    reminded = replace(OFFER, done=frozenset({"lead-remind"}))
    assert offer_kinds(two - timedelta(seconds=1), reminded) == []
    assert offer_kinds(two, reminded) == ["lead-over"]
    assert offer_kinds(two, replace(OFFER, done=frozenset({"lead-remind", "lead-over"}))) == []


def test_who_is_away_is_not_reminded_of_an_offer_but_the_office_hears_all_the_same() -> None:
    away = replace(OFFER, reader=Reader(5, date(2026, 12, 20)))
    assert offer_kinds(datetime(2026, 12, 10, 8, 0, tzinfo=UTC), away) == []
    assert offer_kinds(datetime(2026, 12, 17, 8, 0, tzinfo=UTC), away) == ["lead-over"]


def test_the_office_hears_at_once_that_somebody_left_before_they_answered() -> None:
    gone = replace(OFFER, is_gone=True)
    assert offer_kinds(datetime(2026, 12, 4, 9, 0, tzinfo=UTC), gone) == ["lead-over"]
    assert offer_kinds(datetime(2026, 12, 17, 9, 0, tzinfo=UTC), replace(gone, done=frozenset({"lead-over"}))) == []


def test_a_month_later_nobody_is_reminded_of_an_offer() -> None:
    assert offer_kinds(OFFER.made_at + timedelta(days=32, hours=-6), OFFER) == ["lead-over"]


moments = st.integers(0, 48 * 24 * 60).map(lambda minutes: MEETING + timedelta(minutes=minutes))
days = st.none() | st.dates(date(2026, 12, 1), date(2027, 1, 10))


@given(st.lists(moments, min_size=1, max_size=30), days, days, st.none() | moments)
def test_whenever_the_clock_looks_everybody_is_asked_at_most_twice_and_all_get_the_minutes_once(
    beats: list[datetime], away: date | None, office_away: date | None, written: datetime | None
) -> None:
    held = replace(HELD, taker=Reader(5, away), office=(Reader(1, office_away),))
    letters: list[str] = []
    for now in sorted(beats):
        known = replace(held, changed_at=written if written and written <= now else None, sent=frozenset(letters))
        if "minutes:12" not in letters:  # then its minutes were sent, and it is not looked at any more
            letters += [step.key for step in due(now, known)]
    assert len(letters) == len(set(letters))
    for person in (1, 5):
        assert sum(key.endswith(f":{person}") for key in letters) <= 2


@given(moments, days, st.none() | moments, st.booleans())
def test_the_next_moment_is_the_first_at_which_something_is_due(
    now: datetime, away: date | None, written: datetime | None, offered: bool
) -> None:
    held = replace(HELD, taker=Reader(5, away), office=(), changed_at=written if written and written <= now else None)
    held = replace(held, sent=frozenset(step.key for step in due(now, held)))
    offers = [OFFER] if offered else []
    if due(now, held) or afterwards.due(now, [], offers, BERLIN):
        return  # something is due already
    coming = afterwards.next_at(now, [held], offers, BERLIN)
    end = coming[0] if coming else now + timedelta(days=60)
    probe = now
    while probe < end:
        assert afterwards.due(probe, [held], offers, BERLIN) == []
        probe += timedelta(minutes=30)
    if coming:
        assert coming[1] in {step.kind for step in afterwards.due(end, [held], offers, BERLIN)}
