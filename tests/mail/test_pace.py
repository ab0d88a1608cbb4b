"""How fast letters may leave: what is known of mail servers, and all instances together keep to it."""

from __future__ import annotations

import pytest

from mail.pace import LONGEST_TURN, Allowance, Pace, allowance


@pytest.mark.parametrize("host", ["smtp.office365.com", "SMTP.Office365.com", "smtp-mail.outlook.com"])
def test_of_microsoft_we_know_what_it_takes(host: str) -> None:
    assert allowance(host) == Allowance(30, 3)


@pytest.mark.parametrize("host", ["mail.example.org", "notoffice365.com", "office365.com.example.org"])
def test_of_others_we_know_nothing(host: str) -> None:
    assert allowance(host).per_minute == 0
    assert [Pace(allowance(host), now=lambda: 5.0).turn() for _ in range(100)] == [0.0] * 100


def test_the_operator_knows_better() -> None:
    assert allowance("smtp.office365.com", 10) == Allowance(10, 3)
    assert allowance("smtp.office365.com", 0).per_minute == 0
    assert allowance("mail.example.org", 12).per_minute == 12


def test_the_first_letter_goes_at_once_and_the_next_ones_evenly() -> None:
    now = 1000.0
    pace = Pace(Allowance(30, 3), now=lambda: now)
    assert [pace.turn() for _ in range(4)] == [0, 2, 4, 6]
    now += 60
    assert pace.turn() == 0


@pytest.mark.parametrize("instances", [1, 2, 3, 5])
def test_all_instances_together_keep_to_thirty_a_minute(instances: int) -> None:
    paces = [Pace(Allowance(30, 3), lambda: 1 / instances, lambda: 1000.0) for _ in range(instances)]
    turns = [turn for pace in paces for _ in range(40) if (turn := pace.turn()) <= LONGEST_TURN]
    assert max(turns) > 50
    for first in turns:
        assert sum(first <= turn < first + 60 for turn in turns) <= 30


def test_a_turn_that_is_far_away_is_not_taken() -> None:
    pace = Pace(Allowance(0.5, 1), now=lambda: 1000.0)
    assert pace.turn() == 0
    assert pace.turn() == 120 > LONGEST_TURN
    assert pace.turn() == 120


@pytest.mark.parametrize(("instances", "connections"), [(1, 3), (2, 1), (3, 1), (4, 1)])
def test_connections_are_shared_and_everybody_has_one(instances: int, connections: int) -> None:
    assert Pace(Allowance(30, 3), lambda: 1 / instances).connections == connections
