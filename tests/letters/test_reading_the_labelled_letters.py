"""The labelled replies, written by people who had not read the code: whose words are found, and none are lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.reading import SETS, Reading, explain, read, replies

EXACT = 0.985  # of the letters
NO_QUOTE_LEFT = 0.985
NOTHING_LOST = 0.998


@pytest.fixture(scope="module", params=SETS)
def readings(request: pytest.FixtureRequest) -> list[Reading]:
    return read(replies(request.param))


def share_of(readings: list[Reading], wrong: Callable[[Reading], bool]) -> tuple[float, str]:
    """How many are right, and the wrong ones to look at."""
    found = [reading for reading in readings if wrong(reading)]
    return 1 - len(found) / len(readings), "\n".join(map(explain, found))


def test_the_words_are_found_exactly(readings: list[Reading]) -> None:
    right, wrong = share_of(readings, lambda reading: not reading.exact)
    assert right >= EXACT, wrong


def test_nothing_quoted_or_signed_is_left_in(readings: list[Reading]) -> None:
    right, wrong = share_of(readings, lambda reading: reading.left)
    assert right >= NO_QUOTE_LEFT, wrong


def test_nothing_a_person_wrote_is_lost(readings: list[Reading]) -> None:
    right, wrong = share_of(readings, lambda reading: reading.lost)
    assert right >= NOTHING_LOST, wrong


def test_there_are_letters_enough_to_tell(readings: list[Reading]) -> None:
    assert len(readings) >= 150
    assert len({reading.reply.client for reading in readings}) >= 20
