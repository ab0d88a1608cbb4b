"""Many things, a portion at a time: as many as one statement and one short transaction should deal with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")

PORTION = 250  # people; their letters are enqueued in a few hundredths of a second


def cut(things: Iterable[Thing], size: int = PORTION) -> Iterator[list[Thing]]:
    """The same things in the same order, in lists of at most ``size``."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some
