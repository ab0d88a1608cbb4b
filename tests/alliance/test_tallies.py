"""Counting polls: sums, order and ties."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.tallies import ABSTAIN, CONSENSUS, NO, POINTS, YES, YES_NO, count, mean, ranked, share, winners

OPTIONS = (3, 7, 12)
points = st.lists(st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 5)), max_size=20)
resistance = st.lists(st.fixed_dictionaries({option: st.integers(0, 10) for option in OPTIONS}), max_size=20)
votes = st.lists(st.builds(lambda vote: {0: vote}, st.sampled_from((YES, NO, ABSTAIN))), max_size=20)
polls = st.one_of(
    st.tuples(st.just(POINTS), points), st.tuples(st.just(CONSENSUS), resistance), st.tuples(st.just(YES_NO), votes)
)


@given(polls, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_does_not_matter(
    poll: tuple[str, list[dict[int, int]]], chance: random.Random
) -> None:
    kind, ballots = poll
    shuffled = list(ballots)
    chance.shuffle(shuffled)
    assert count(kind, OPTIONS, shuffled) == count(kind, OPTIONS, ballots)


@given(points)
def test_every_point_is_counted_once(ballots: list[dict[int, int]]) -> None:
    tally = count(POINTS, OPTIONS, ballots)
    assert sum(tally.totals.values()) == sum(value for ballot in ballots for value in ballot.values())
    assert tally.voted == len(ballots)


@given(votes)
def test_every_vote_is_a_yes_a_no_or_an_abstention(ballots: list[dict[int, int]]) -> None:
    assert sum(count(YES_NO, (), ballots).totals.values()) == len(ballots)


@given(polls)
def test_the_winners_are_equal_and_nothing_is_better(poll: tuple[str, list[dict[int, int]]]) -> None:
    kind, ballots = poll
    tally = count(kind, OPTIONS, ballots)
    best = winners(tally)
    totals = {option: total for option, total in tally.totals.items() if kind != YES_NO or option != ABSTAIN}
    assert len({totals[option] for option in best}) <= 1
    for option in set(totals) - set(best):
        for winner in best:
            assert totals[option] > totals[winner] if kind == CONSENSUS else totals[option] < totals[winner]


@given(polls)
def test_the_winners_stand_first_in_the_ranking(poll: tuple[str, list[dict[int, int]]]) -> None:
    kind, ballots = poll
    tally = count(kind, OPTIONS, ballots)
    assert sorted(ranked(tally)) == sorted(tally.totals)
    if kind != YES_NO:
        assert ranked(tally)[: len(winners(tally))] == list(winners(tally))


@given(polls)
def test_shares_lie_between_nothing_and_all(poll: tuple[str, list[dict[int, int]]]) -> None:
    kind, ballots = poll
    tally = count(kind, OPTIONS, ballots)
    shares = [share(tally, option) for option in tally.totals if kind != YES_NO or option != ABSTAIN]
    assert all(0 <= part <= 1 for part in shares)
    if kind != CONSENSUS:
        assert sum(shares) == pytest.approx(1 if winners(tally) else 0)


def test_equal_points_are_a_tie() -> None:
    assert winners(count(POINTS, OPTIONS, [{3: 2, 7: 2}, {12: 1}])) == (3, 7)


def test_nobody_wins_where_nobody_voted() -> None:
    for kind in (POINTS, YES_NO, CONSENSUS):
        assert winners(count(kind, OPTIONS, [])) == ()


def test_abstentions_decide_nothing() -> None:
    assert winners(count(YES_NO, (), [{0: ABSTAIN}] * 5)) == ()
    assert winners(count(YES_NO, (), [{0: ABSTAIN}] * 5 + [{0: NO}])) == (NO,)
    assert winners(count(YES_NO, (), [{0: YES}, {0: NO}])) == (YES, NO)


def test_the_least_resistance_wins_and_strong_objections_begin_at_eight() -> None:
    tally = count(CONSENSUS, OPTIONS, [{3: 8, 7: 0, 12: 5}, {3: 7, 7: 10, 12: 4}])
    assert winners(tally) == (12,)
    assert tally.strong == {3: 1, 7: 1, 12: 0}
    assert (mean(tally, 3), share(tally, 3)) == (7.5, 0.75)


def test_no_resistance_at_all_wins() -> None:
    assert winners(count(CONSENSUS, OPTIONS, [{3: 0, 7: 1, 12: 1}])) == (3,)
