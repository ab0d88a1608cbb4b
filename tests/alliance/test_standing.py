"""The traffic light: of one measure by its facts, and rolled up over any number of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.intents import Status
from alliance.standing import SIGNS, Facts, Light, light, roll_up, standing

TODAY = date(2026, 11, 23)
RUNNING = Facts(Status.RUNNING, 40, reported=TODAY)
BADNESS = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
WORSE = [Status.DONE, Status.RUNNING, Status.DELAYED, Status.BLOCKED]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "meant"),
    [
        (RUNNING, Light.GREEN),
        (replace(RUNNING, due=TODAY), Light.GREEN),
        (replace(RUNNING, due=ago(1)), Light.YELLOW),
        (replace(RUNNING, due=ago(90)), Light.YELLOW),
        (replace(RUNNING, due=ago(91)), Light.RED),
        (replace(RUNNING, due=TODAY, expected=ago(-1)), Light.YELLOW),
        (replace(RUNNING, due=TODAY, expected=ago(-91)), Light.RED),
        (replace(RUNNING, due=ago(-200), expected=ago(-91)), Light.GREEN),
        (replace(RUNNING, reported=ago(90)), Light.GREEN),
        (replace(RUNNING, reported=ago(91)), Light.YELLOW),
        (replace(RUNNING, reported=None), Light.YELLOW),
        (replace(RUNNING, status=Status.DELAYED), Light.YELLOW),
        (replace(RUNNING, status=Status.BLOCKED), Light.RED),
        (Facts(Status.DONE, 100, due=ago(400), reported=ago(400)), Light.GREEN),
        (Facts(Status.OPEN), Light.GREY),
        (Facts(Status.OPEN, due=ago(1)), Light.YELLOW),
        (Facts(Status.OPEN, begins=ago(90)), Light.GREY),
        (Facts(Status.OPEN, begins=ago(91)), Light.YELLOW),
        (Facts(Status.OPEN, begins=ago(200), reported=ago(5)), Light.GREY),
        (Facts(Status.OPEN, begins=ago(-30)), Light.GREY),
        (Facts(Status.OPEN, begins=ago(-30), reported=ago(300)), Light.GREY),
        (Facts("a-later-word", reported=TODAY), Light.GREEN),
    ],
)
def test_a_measure_shows_its_light(facts: Facts, meant: Light) -> None:
    assert light(facts, TODAY) == meant


@pytest.mark.parametrize(
    ("lights", "meant"),
    [
        ("", Light.GREY),
        ("oo", Light.GREY),
        ("ooogg", Light.GREEN),
        ("gggy", Light.GREEN),
        ("ggy", Light.YELLOW),
        ("gggr", Light.YELLOW),
        ("ggr", Light.RED),
        ("ooor", Light.RED),
        ("oooy", Light.YELLOW),
        ("yyyyr", Light.YELLOW),
        ("yyr", Light.RED),
    ],
)
def test_a_third_colours_what_is_above_and_one_red_is_never_hidden(lights: str, meant: Light) -> None:
    signs = {"g": Light.GREEN, "y": Light.YELLOW, "r": Light.RED, "o": Light.GREY}
    assert roll_up(signs[sign] for sign in lights) == meant


def test_every_light_has_a_sign_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(Light) == len(SIGNS)


LIGHTS = st.lists(st.sampled_from(Light), max_size=12)


@given(LIGHTS.flatmap(lambda lights: st.tuples(st.just(lights), st.permutations(lights))))
def test_the_order_does_not_matter(both: tuple[list[Light], list[Light]]) -> None:
    lights, shuffled = both
    assert roll_up(shuffled) == roll_up(lights)


@given(LIGHTS.filter(bool), st.data())
def test_a_worse_measure_never_makes_it_better(lights: list[Light], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lights) - 1))
    worse = data.draw(st.sampled_from(Light))
    was = lights[at]
    if was != Light.GREY and worse != Light.GREY and BADNESS[worse] >= BADNESS[was]:
        after = roll_up([*lights[:at], worse, *lights[at + 1 :]])
        assert BADNESS[after] >= BADNESS[roll_up(lights)]


@given(st.lists(LIGHTS, max_size=6))
def test_a_parent_is_never_better_than_all_of_its_children_and_never_worse(children: list[list[Light]]) -> None:
    parent = roll_up(light for lights in children for light in lights)
    begun = [BADNESS[roll] for roll in map(roll_up, children) if roll != Light.GREY]
    if begun:
        assert min(begun) <= BADNESS[parent] <= max(begun)
    else:
        assert parent == Light.GREY


DAYS = st.none() | st.integers(-400, 400).map(ago)
FACTS = st.builds(
    Facts,
    status=st.sampled_from(Status),
    percent=st.integers(0, 100),
    due=DAYS,
    expected=DAYS,
    begins=DAYS,
    reported=st.none() | st.integers(0, 400).map(ago),
    asked=st.booleans(),
    answered=st.booleans(),
)


@given(FACTS.filter(lambda facts: facts.status != Status.OPEN), st.integers(0, 400))
def test_time_alone_never_makes_a_begun_measure_better(facts: Facts, days: int) -> None:
    later = light(facts, TODAY + timedelta(days=days))
    assert BADNESS[later] >= BADNESS[light(facts, TODAY)]


@given(FACTS, st.integers(0, 3), st.integers(0, 3))
def test_a_worse_status_never_makes_it_better(facts: Facts, one: int, other: int) -> None:
    better, worse = (replace(facts, status=WORSE[at]) for at in sorted((one, other)))
    assert BADNESS[light(worse, TODAY)] >= BADNESS[light(better, TODAY)]


@given(FACTS, st.integers(0, 400))
def test_an_earlier_date_never_makes_it_better(facts: Facts, days: int) -> None:
    if facts.due and facts.status != Status.OPEN:
        sooner = replace(facts, due=facts.due - timedelta(days=days))
        assert BADNESS[light(sooner, TODAY)] >= BADNESS[light(facts, TODAY)]


@given(st.lists(FACTS, max_size=10))
def test_the_numbers_of_several_measures_add_up(measures: list[Facts]) -> None:
    together = standing(measures, TODAY)
    assert sum(together.counts.values()) == together.measures == len(measures)
    assert 0 <= together.answered <= together.asked <= together.measures
    assert (together.freshest is None) == (together.oldest is None) == (not any(facts.reported for facts in measures))
    if measures:
        percents = [facts.percent for facts in measures]
        assert min(percents) <= together.percent <= max(percents)
        assert (together.percent == 100) == all(percent == 100 for percent in percents)


def test_freshness_and_response_rate_roll_up() -> None:
    measures = [
        replace(RUNNING, percent=99, reported=ago(3), asked=True, answered=True),
        replace(RUNNING, percent=100, reported=ago(60), asked=True),
        replace(RUNNING, percent=100, reported=None, answered=True),
    ]
    together = standing(measures, TODAY)
    assert (together.freshest, together.oldest) == (ago(3), ago(60))
    assert (together.answered, together.asked) == (1, 2)
    assert together.percent == 99
