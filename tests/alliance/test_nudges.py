"""The ladder of nudges before a meeting and the weekly digest, by example and by replaying a clock with downtimes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import nudges, workdays
from alliance.nudges import Lead, Nudge, Round, Step

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LADDER = nudges.LADDERS["alliance"]
LEAD_STEPS = tuple(step for step in LADDER if step.audience == "leads")
FREEZE = LADDER[-1]
NOBODY = Round(1, "alliance", datetime(2027, 6, 16, 16, tzinfo=UTC), (), (), frozenset())


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def summer_round(*leads: Lead, office: tuple[int, ...] = (), sent: Sequence[str] = ()) -> Round:
    """Wednesday 16 June 2027, 18:00: asked 26 May, reminded 2 and 8 June, interim 4 June, frozen 9 June."""
    return replace(NOBODY, leads=leads, office=office, sent=frozenset(sent))


def keys_at(now: datetime, *rounds: Round) -> list[str]:
    return [nudge.key for nudge in nudges.due(now, rounds, BERLIN)]


# The ladder, by example


@pytest.mark.parametrize("kind", ["alliance", "working-group"])
def test_each_kind_of_meeting_has_the_ladder_down_to_the_freeze(kind: str) -> None:
    steps = [(step.name, step.days, step.audience) for step in nudges.LADDERS[kind]]
    assert steps == [
        ("ask", 21, "leads"),
        ("remind", 14, "leads"),
        ("interim", 10, "office"),
        ("remind-again", 8, "leads"),
        ("freeze", 7, "all"),
    ]


@pytest.mark.parametrize(
    ("starts_at", "expected"),
    [
        pytest.param(
            local(2027, 4, 14, 18),
            [(2027, 3, 24, 8), (2027, 3, 31, 7), (2027, 4, 2, 7), (2027, 4, 6, 7), (2027, 4, 7, 7)],
            id="clocks go forward, interim on a Sunday",
        ),
        pytest.param(
            local(2027, 11, 10, 18),
            [(2027, 10, 20, 7), (2027, 10, 27, 7), (2027, 10, 29, 7), (2027, 11, 2, 8), (2027, 11, 3, 8)],
            id="clocks go back",
        ),
        pytest.param(
            local(2027, 1, 15, 18),
            [(2026, 12, 23, 8), (2026, 12, 30, 8), (2027, 1, 5, 8), (2027, 1, 7, 8), (2027, 1, 8, 8)],
            id="Christmas, New Year, ISO week 53",
        ),
        pytest.param(
            local(2028, 3, 7, 0, 30),
            [(2028, 2, 15, 8), (2028, 2, 22, 8), (2028, 2, 25, 8), (2028, 2, 28, 8), (2028, 2, 29, 8)],
            id="leap day, meeting just after local midnight",
        ),
    ],
)
@pytest.mark.fault(13)
def test_steps_fall_at_nine_on_the_workday_on_or_before(
    starts_at: datetime, expected: list[tuple[int, int, int, int]]
) -> None:
    found = [nudges.step_at(step, starts_at, BERLIN) for step in LADDER]
    assert found == [datetime(*each, tzinfo=UTC) for each in expected]


def test_a_lead_is_asked_once_for_all_their_measures() -> None:
    found = nudges.due(local(2027, 5, 26, 9), [summer_round(Lead(7, (3, 12)))], BERLIN)
    assert found == [Nudge("nudge:1:ask:7", 1, "ask", 7, (3, 12), first=True)]


def test_nothing_is_due_a_minute_before_the_question() -> None:
    assert keys_at(local(2027, 5, 26, 8, 59), summer_round(Lead(7, (3,)))) == []


def test_who_has_answered_is_not_reminded() -> None:
    found = keys_at(local(2027, 6, 2, 9), summer_round(Lead(7, ()), Lead(8, (4,)), sent=["nudge:1:ask:8"]))
    assert found == ["nudge:1:remind:8"]


def test_a_reminder_is_marked_as_such_and_a_late_first_letter_is_the_question() -> None:
    round_ = summer_round(Lead(7, (3,)), Lead(8, (4,)), sent=["nudge:1:ask:7"])
    found = nudges.due(local(2027, 6, 2, 9), [round_], BERLIN)
    assert [(nudge.person, nudge.step, nudge.first) for nudge in found] == [(7, "remind", False), (8, "remind", True)]


def test_the_interim_list_does_not_turn_an_office_persons_first_question_into_a_reminder() -> None:
    round_ = summer_round(Lead(7, (3,)), office=(7,), sent=["nudge:1:interim:7"])
    found = nudges.due(local(2027, 6, 8, 9), [round_], BERLIN)
    assert [(nudge.step, nudge.first) for nudge in found] == [("remind-again", True)]


def test_the_interim_list_goes_to_the_office_alone_and_even_if_all_have_answered() -> None:
    round_ = summer_round(Lead(7, ()), office=(1, 2))
    assert keys_at(local(2027, 6, 4, 8, 59), round_) == []
    assert keys_at(local(2027, 6, 4, 9), round_) == ["nudge:1:interim:1", "nudge:1:interim:2"]


@pytest.mark.fault(14)
def test_after_a_downtime_only_the_latest_step_goes_out() -> None:
    round_ = summer_round(Lead(7, (3,)), office=(1,))
    assert keys_at(local(2027, 6, 8, 14), round_) == ["nudge:1:remind-again:7", "nudge:1:interim:1"]


def test_what_comes_up_in_quiet_hours_goes_out_on_the_morning_after_the_holiday() -> None:
    round_ = summer_round(Lead(7, (3,)))
    assert keys_at(local(2027, 5, 26, 17), round_) == []
    assert keys_at(local(2027, 5, 27, 9), round_) == []  # Corpus Christi
    assert keys_at(local(2027, 5, 28, 8), round_) == ["nudge:1:ask:7"]


def test_a_pause_includes_its_last_day_and_then_the_current_step_follows() -> None:
    round_ = summer_round(Lead(7, (3,), paused_until=date(2027, 6, 2)))
    assert keys_at(local(2027, 6, 2, 16, 59), round_) == []
    assert keys_at(local(2027, 6, 3, 8), round_) == ["nudge:1:remind:7"]


def test_the_freeze_is_for_all_and_ends_the_nudges() -> None:
    found = nudges.due(local(2027, 6, 9, 9), [summer_round(Lead(7, (3,)), office=(1,))], BERLIN)
    assert found == [Nudge("freeze:1", 1, "freeze", None)]


def test_a_missed_freeze_is_made_up_for_until_the_meeting_starts() -> None:
    assert keys_at(local(2027, 6, 16, 16), summer_round()) == ["freeze:1"]
    early = replace(summer_round(), starts_at=local(2027, 6, 16, 12))
    assert keys_at(local(2027, 6, 16, 11, 59), early) == ["freeze:1"]
    assert keys_at(local(2027, 6, 16, 12), early) == []


@pytest.mark.parametrize("now", [local(2027, 5, 26, 9), local(2027, 6, 7, 9), local(2027, 6, 9, 9)])
def test_a_frozen_round_is_silent(now: datetime) -> None:
    round_ = summer_round(Lead(7, (3,)), office=(1,))
    assert keys_at(now, round_) != []
    assert keys_at(now, replace(round_, frozen=True)) == []


def test_a_freeze_that_was_sent_does_not_come_again() -> None:
    assert keys_at(local(2027, 6, 9, 9), summer_round(sent=["freeze:1"])) == []


def test_where_holidays_push_the_last_reminder_onto_the_freeze_the_freeze_wins() -> None:
    week_after_easter_monday = replace(summer_round(Lead(7, (3,))), starts_at=local(2027, 4, 5, 18))
    assert keys_at(local(2027, 3, 25, 8, 59), week_after_easter_monday) == ["nudge:1:remind:7"]
    assert keys_at(local(2027, 3, 25, 9), week_after_easter_monday) == ["freeze:1"]


def test_four_nudges_are_the_most_a_person_gets_before_one_meeting() -> None:
    four = [f"nudge:1:{name}:7" for name in ("a", "b", "c", "d")]
    round_ = summer_round(Lead(7, (3,)))
    assert keys_at(local(2027, 6, 2, 9), replace(round_, sent=frozenset(four[:3]))) == ["nudge:1:remind:7"]
    assert keys_at(local(2027, 6, 2, 9), replace(round_, sent=frozenset(four))) == []


def test_the_cap_holds_within_one_heartbeat_for_someone_who_leads_and_is_in_the_office() -> None:
    three = [f"nudge:1:{name}:7" for name in ("a", "b", "c")]
    assert keys_at(local(2027, 6, 7, 9), summer_round(Lead(7, (3,)), office=(7,), sent=three)) == ["nudge:1:remind:7"]


def test_nudges_for_another_person_or_meeting_do_not_count_against_the_cap() -> None:
    others = [f"nudge:{meeting}:{step}:{person}" for meeting, person in ((1, 77), (11, 7)) for step in "abcd"]
    assert keys_at(local(2027, 6, 2, 9), summer_round(Lead(7, (3,)), sent=others)) == ["nudge:1:remind:7"]


def test_a_person_named_twice_gets_one_letter() -> None:
    assert keys_at(local(2027, 6, 7, 9), summer_round(office=(1, 1))) == ["nudge:1:interim:1"]


def test_each_meeting_has_its_own_round() -> None:
    first = summer_round(Lead(7, (3,)))
    second = replace(first, meeting=2, kind="working-group", starts_at=first.starts_at + 7 * DAY)
    assert keys_at(local(2027, 6, 2, 9), first, second) == ["nudge:1:remind:7", "nudge:2:ask:7"]


def test_a_kind_of_meeting_without_a_ladder_is_an_error() -> None:
    with pytest.raises(KeyError):
        nudges.due(local(2027, 6, 2, 9), [replace(NOBODY, kind="unheard-of")], BERLIN)


# What comes next, by example


def test_the_next_step_is_named_with_its_time() -> None:
    assert nudges.next_at(local(2027, 5, 26, 9), [summer_round()], BERLIN) == (local(2027, 6, 2, 9), "remind")


def test_the_earliest_of_all_rounds_comes_next() -> None:
    second = replace(NOBODY, meeting=2, starts_at=local(2027, 6, 18, 18))
    found = nudges.next_at(local(2027, 5, 26, 9), [second, summer_round()], BERLIN)
    assert found == (local(2027, 5, 28, 9), "ask")


def test_what_waits_for_the_morning_comes_next() -> None:
    found = nudges.next_at(local(2027, 5, 28, 20), [summer_round(Lead(7, (3,)))], BERLIN)
    assert found == (local(2027, 5, 31, 8), "ask")


def test_the_end_of_a_pause_comes_next_for_who_has_not_answered() -> None:
    paused, answered = Lead(7, (3,), date(2027, 5, 28)), Lead(8, (), date(2027, 5, 26))
    found = nudges.next_at(local(2027, 5, 26, 9), [summer_round(paused, answered)], BERLIN)
    assert found == (local(2027, 5, 31, 8), "ask")


def test_a_pause_that_ends_just_before_a_step_comes_before_it() -> None:
    round_ = summer_round(Lead(7, (3,), date(2027, 6, 3)))
    assert nudges.next_at(local(2027, 6, 2, 9), [round_], BERLIN) == (local(2027, 6, 4, 8), "remind")


def test_a_pause_that_ends_after_the_freeze_brings_nothing_new() -> None:
    round_ = summer_round(Lead(7, (3,), date(2027, 6, 10)))
    assert nudges.next_at(local(2027, 6, 9, 10), [round_], BERLIN) is None


def test_a_step_later_than_the_meeting_never_comes() -> None:
    ladders = {"alliance": (Step("on-the-day", 0, "leads"),)}
    early, later = replace(NOBODY, starts_at=local(2027, 6, 16, 8, 30)), NOBODY
    assert nudges.next_at(local(2027, 6, 15, 9), [early], BERLIN, ladders) is None
    assert nudges.next_at(local(2027, 6, 15, 9), [later], BERLIN, ladders) == (local(2027, 6, 16, 9), "on-the-day")


def test_a_pause_without_end_is_no_step() -> None:
    round_ = summer_round(Lead(7, (3,), date.max))
    assert nudges.next_at(local(2027, 5, 26, 9), [round_], BERLIN) == (local(2027, 6, 2, 9), "remind")


def test_where_the_last_reminder_meets_the_freeze_the_freeze_is_named() -> None:
    round_ = replace(NOBODY, starts_at=local(2027, 4, 5, 18))
    assert nudges.next_at(local(2027, 3, 24, 9), [round_], BERLIN) == (local(2027, 3, 25, 9), "freeze")


def test_nothing_comes_next_without_an_open_round() -> None:
    assert nudges.next_at(local(2027, 5, 26, 9), [], BERLIN) is None
    assert nudges.next_at(local(2027, 5, 26, 9), [replace(NOBODY, frozen=True)], BERLIN) is None
    assert nudges.next_at(local(2027, 6, 16, 18), [NOBODY], BERLIN) is None


# A clock that is replayed: one heartbeat an hour, with downtimes, answers and pauses


@dataclass(frozen=True)
class Member:
    """What a lead will do: answer at some moment (or never), and be away from one day to another (both included)."""

    person: int
    answers_at: datetime | None
    away_from: date
    away_until: date

    def seen_at(self, now: datetime) -> Lead:
        away = self.away_from <= now.astimezone(BERLIN).date()
        unanswered = () if self.answers_at and self.answers_at <= now else (self.person,)
        return Lead(self.person, unanswered, self.away_until if away else None)

    def may_be_nudged(self, now: datetime) -> bool:
        today = now.astimezone(BERLIN).date()
        away = self.away_from <= today <= self.away_until
        return not away and (self.answers_at is None or now < self.answers_at)


@dataclass
class World:
    """A meeting, its people and a machine that is down from time to time."""

    starts_at: datetime
    members: list[Member]
    office: list[int]
    down: list[tuple[datetime, datetime]]
    ladder: tuple[Step, ...] = LADDER
    outbox: list[tuple[datetime, Nudge]] = field(default_factory=list)

    def heartbeats(self) -> Iterator[datetime]:
        """Every full hour from a month before the meeting to two days after it, while the machine is up."""
        first = self.starts_at.replace(minute=0) - 32 * DAY
        for moment in (first + n * HOUR for n in range(34 * 24)):
            if not any(start <= moment < end for start, end in self.down):
                yield moment

    def round_at(self, now: datetime) -> Round:
        keys = frozenset(nudge.key for _, nudge in self.outbox)
        leads = tuple(member.seen_at(now) for member in self.members)
        sent = frozenset(key for key in keys if key.startswith("nudge:"))
        return Round(1, "drawn", self.starts_at, leads, tuple(self.office), sent, frozen="freeze:1" in keys)

    def run(self, until: datetime | None = None) -> "World":
        for now in takewhile(lambda now: until is None or now < until, self.heartbeats()):
            due = nudges.due(now, [self.round_at(now)], BERLIN, {"drawn": self.ladder})
            self.outbox += [(now, nudge) for nudge in due]
        return self

    def step_at(self, step: Step) -> datetime:
        return nudges.step_at(step, self.starts_at, BERLIN)


OURS = st.just(LADDER)
ANCHORS = [date(2026, 12, 28), date(2027, 1, 4), date(2027, 3, 28), date(2027, 5, 17), date(2027, 10, 31)]
ANCHORS += [date(2028, 2, 29)]


@st.composite
def worlds(draw: st.DrawFn, ladders: st.SearchStrategy[tuple[Step, ...]] = OURS) -> World:
    day = draw(st.sampled_from(ANCHORS)) + draw(st.integers(0, 24)) * DAY
    starts_at = workdays.at(day, draw(st.sampled_from([time(8, 30), time(12), time(18)])), BERLIN)
    hours = st.integers(-32 * 24, 24).map(lambda n: starts_at.replace(minute=0) + n * HOUR)
    members = [draw(_members(person, hours)) for person in range(1, draw(st.integers(0, 4)) + 1)]
    lengths = st.integers(1, 12 * 24).map(lambda n: n * HOUR)
    down = [(start, start + draw(lengths)) for start in draw(st.lists(hours, max_size=3))]
    office = draw(st.lists(st.integers(1, 6), max_size=2, unique=True))
    return World(starts_at, members, office, down, draw(ladders))


@st.composite
def _members(draw: st.DrawFn, person: int, hours: st.SearchStrategy[datetime]) -> Member:
    away_from = draw(hours).date()
    return Member(person, draw(st.none() | hours), away_from, away_from + draw(st.integers(-1, 14)) * DAY)


@st.composite
def long_ladders(draw: st.DrawFn) -> tuple[Step, ...]:
    days = draw(st.lists(st.integers(8, 30), min_size=5, max_size=15, unique=True).map(sorted))
    audiences = st.sampled_from(["leads", "leads", "office"])
    steps = [Step(f"step-{n}", n, draw(audiences)) for n in reversed(days)]
    return (*steps, FREEZE)


replayed = settings(deadline=None, max_examples=60)


@replayed
@given(worlds() | worlds(long_ladders()))
@pytest.mark.fault(13)
def test_every_key_goes_out_at_most_once(world: World) -> None:
    keys = Counter(nudge.key for _, nudge in world.run().outbox)
    assert not [key for key, count in keys.items() if count > 1]


@replayed
@given(worlds(long_ladders()))
@pytest.mark.fault(14)
def test_nobody_ever_gets_more_than_the_cap(world: World) -> None:
    received = Counter(nudge.person for _, nudge in world.run().outbox if nudge.person)
    assert all(count <= 4 for count in received.values())


@replayed
@given(worlds() | worlds(long_ladders()))
def test_no_nudge_reaches_who_answered_or_is_away_nor_comes_in_quiet_hours_or_after_the_freeze(world: World) -> None:
    people = {member.person: member for member in world.members}
    names = {step.name for step in world.ladder if step.audience == "leads"}
    for at, nudge in world.run().outbox:
        clock = at.astimezone(BERLIN)
        assert workdays.is_workday(clock.date())
        assert 8 <= clock.hour < 17
        if nudge.step in names and nudge.person:
            assert people[nudge.person].may_be_nudged(at)
            assert at < world.step_at(FREEZE)


def _quiet(moment: datetime) -> bool:
    return not workdays.in_office_hours(moment, BERLIN)


def _expected_for_leads(world: World) -> set[tuple[datetime, str]]:
    """The first chance within each step's own time, for every lead: from its hour until the next step's."""
    bounds = [*(world.step_at(step) for step in LEAD_STEPS), world.step_at(FREEZE)]
    expected = set()
    for step, (begin, end) in zip(LEAD_STEPS, pairwise(bounds), strict=True):
        chances = [now for now in world.heartbeats() if begin <= now < end and not _quiet(now)]
        for member in world.members:
            for now in [now for now in chances if member.may_be_nudged(now)][:1]:
                expected.add((now, f"nudge:1:{step.name}:{member.person}"))
    return expected


def _expected_once(world: World, step: Step, end: datetime, keys: list[str]) -> set[tuple[datetime, str]]:
    chances = [now for now in world.heartbeats() if world.step_at(step) <= now < end and not _quiet(now)]
    return {(now, key) for now in chances[:1] for key in keys}


@replayed
@given(worlds())
def test_each_step_goes_out_at_its_first_chance_and_only_then(world: World) -> None:
    interim = next(step for step in LADDER if step.name == "interim")
    expected = _expected_for_leads(world)
    expected |= _expected_once(world, FREEZE, world.starts_at, ["freeze:1"])
    office = [f"nudge:1:interim:{person}" for person in world.office]
    expected |= _expected_once(world, interim, world.step_at(FREEZE), office)
    assert {(at, nudge.key) for at, nudge in world.run().outbox} == expected


@replayed
@given(worlds())
@pytest.mark.fault(13)
def test_without_downtime_every_step_keeps_its_hour_on_the_wall_clock(world: World) -> None:
    silent = Member(1, None, away_from=date.max, away_until=date.max)
    world = World(world.starts_at.replace(minute=0), [silent], [2], [])
    before_the_freeze = [step for step in LADDER if world.step_at(step) < world.step_at(FREEZE)]
    sent = sorted((at, nudge.step) for at, nudge in world.run().outbox)
    assert sent == sorted((world.step_at(step), step.name) for step in (*before_the_freeze, FREEZE))
    assert all(at.astimezone(BERLIN).time() == time(9) for at, _ in sent)


@replayed
@given(worlds() | worlds(long_ladders()), st.integers(0, 33 * 24))
def test_nothing_new_falls_due_before_the_moment_that_comes_next(world: World, hours: int) -> None:
    now = world.starts_at.replace(minute=0) - 32 * DAY + hours * HOUR
    round_, ladders = world.run(now).round_at(now), {"drawn": world.ladder}
    coming = nudges.next_at(now, [round_], BERLIN, ladders)
    known = {nudge.key for nudge in nudges.due(now, [round_], BERLIN, ladders)}
    until = coming[0] if coming else max(now, world.starts_at) + DAY
    assert until > now
    for moment in takewhile(lambda moment: moment < until, (now + n * HOUR for n in range(1, 33 * 24))):
        assert {nudge.key for nudge in nudges.due(moment, [round_], BERLIN, ladders)} <= known


# The weekly digest


@pytest.mark.parametrize(
    ("now", "week"),
    [
        pytest.param(local(2026, 11, 23, 7, 59), None, id="Monday before eight"),
        pytest.param(local(2026, 11, 23, 8), "2026-W48", id="Monday at eight"),
        pytest.param(local(2026, 11, 23, 20), None, id="Monday evening"),
        pytest.param(local(2026, 11, 25, 16, 59), "2026-W48", id="Wednesday before five"),
        pytest.param(local(2026, 11, 25, 17), None, id="Wednesday at five"),
        pytest.param(local(2026, 11, 26, 9), None, id="Thursday"),
        pytest.param(local(2026, 12, 28, 8), "2026-W53", id="the year's 53rd week"),
        pytest.param(local(2027, 1, 4, 8), "2027-W01", id="the new year's first week"),
        pytest.param(local(2024, 12, 30, 8), "2025-W01", id="a December day in the new ISO year"),
        pytest.param(local(2027, 3, 29, 8), None, id="Easter Monday"),
        pytest.param(local(2027, 3, 30, 8), "2027-W13", id="the Tuesday after"),
    ],
)
def test_the_digest_of_an_iso_week_goes_out_from_monday_at_eight_to_wednesday_at_five(
    now: datetime, week: str | None
) -> None:
    assert nudges.digest_week(now, BERLIN) == week


def _digests(first: datetime, weeks: int, down: Sequence[tuple[datetime, datetime]]) -> dict[str, datetime]:
    """When each week's digest went out first, with a heartbeat every hour."""
    sent: dict[str, datetime] = {}
    for now in (first + n * HOUR for n in range(weeks * 7 * 24)):
        if not any(start <= now < end for start, end in down) and (week := nudges.digest_week(now, BERLIN)):
            sent.setdefault(week, now)
    return sent


@pytest.mark.fault(13)
def test_over_two_years_every_iso_week_has_its_digest_at_eight_on_its_first_workday() -> None:
    sent = _digests(local(2026, 6, 1, 0), 104, [])
    mondays = [date(2026, 6, 1) + n * 7 * DAY for n in range(104)]
    assert list(sent) == [f"{monday:%G-W%V}" for monday in mondays]
    expected = [datetime.combine(workdays.workday_on_or_after(day), time(8), BERLIN) for day in mondays]
    assert list(sent.values()) == expected


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 12 * 168), st.integers(1, 10 * 24)), max_size=6))
def test_a_digest_missed_is_made_up_for_by_wednesday_or_dropped(spans: list[tuple[int, int]]) -> None:
    first = local(2026, 11, 30, 0)
    down = [(first + start * HOUR, first + (start + length) * HOUR) for start, length in spans]
    whole, sent = _digests(first, 12, []), _digests(first, 12, down)
    for week, planned in whole.items():
        wednesday = datetime.strptime(f"{week}-3-17", "%G-W%V-%u-%H").replace(tzinfo=BERLIN).astimezone(UTC)
        hours = [planned + n * HOUR for n in range(int((wednesday - planned) / HOUR))]
        up = [now for now in hours if not _quiet(now) and not any(start <= now < end for start, end in down)]
        assert sent.get(week) == (up[0] if up else None)


def test_the_next_digest_is_strictly_later_and_waits_for_the_workday() -> None:
    assert nudges.next_digest_at(local(2027, 3, 22, 7, 59), BERLIN) == local(2027, 3, 22, 8)
    assert nudges.next_digest_at(local(2027, 3, 22, 8), BERLIN) == local(2027, 3, 30, 8)
    assert nudges.next_digest_at(local(2027, 3, 29, 12), BERLIN) == local(2027, 3, 30, 8)
    assert nudges.next_digest_at(local(2026, 12, 29, 12), BERLIN) == local(2027, 1, 4, 8)


@settings(deadline=None)
@given(st.timedeltas(timedelta(0), timedelta(4 * 365)))
def test_a_week_begins_its_digest_exactly_at_the_next_digest_moment(passed: timedelta) -> None:
    now = local(2026, 6, 1, 0) + passed
    coming = nudges.next_digest_at(now, BERLIN)
    week = nudges.digest_week(coming, BERLIN)
    assert coming > now
    assert week is not None
    assert nudges.digest_week(coming - timedelta(microseconds=1), BERLIN) is None
    assert nudges.next_digest_at(coming - timedelta(microseconds=1), BERLIN) == coming
