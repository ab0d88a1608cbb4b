"""A message as words with their places, and the marks between them."""

from __future__ import annotations

from typing import NamedTuple

from alliance.words.cleaning import fold
from alliance.words.wordlists import WORD


class Word(NamedTuple):
    """A word as a key to compare by, and where it stands in the text."""

    key: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in their order."""
    return [Word(fold(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]
