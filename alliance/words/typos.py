"""Slips of the finger in the words that matter: one letter off, where no other word can be meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from alliance.words import wordlists
from alliance.words.deadlines import TIME_WORDS
from alliance.words.wordlists import STATES, word_set

SHORTEST = 6  # letters of a word that may be misspelt

_STATE_WORDS = word_set(" ".join(STATES.values()).replace(",", " "))
_KNOWN: frozenset[str] = frozenset().union(
    *(value for value in vars(wordlists).values() if isinstance(value, frozenset)),
    _STATE_WORDS,
    TIME_WORDS,
    word_set("beende beenden starte starten fertige gestattet verändert öffnen hoffen begonnene offene"),
)
_TARGETS = frozenset(word for word in _STATE_WORDS if len(word) >= SHORTEST)


@lru_cache(4096)
def corrected(key: str) -> str:
    """The word that a misspelt one must be, or the word as it is."""
    if key in _KNOWN or len(key) < SHORTEST - 1 or not key.isalpha():
        return key
    return only_near(key, _TARGETS) or key


def only_near(key: str, targets: Iterable[str]) -> str:
    """The one word that is a slip away, "" if there is none or more than one."""
    found = [target for target in targets if is_slip(key, target)]
    return found[0] if len(found) == 1 else ""


def is_slip(key: str, target: str) -> bool:
    """One letter missing, doubled, wrong or two of them swapped; never an ending that makes another form of a word."""
    if key[:1] != target[:1] or abs(len(key) - len(target)) > 1 or key == target:
        return False
    same = 0
    while same < min(len(key), len(target)) and key[same] == target[same]:
        same += 1
    rest, wanted = key[same:], target[same:]
    if len(key) == len(target):
        swapped = len(rest) > 1 and rest[0] == wanted[1] and rest[1] == wanted[0] and rest[2:] == wanted[2:]
        return swapped or (rest[1:] == wanted[1:] and len(rest) > 1)
    if len(key) < len(target):
        return rest == wanted[1:]
    return rest[1:] == wanted and len(rest) > 1


def is_known(key: str) -> bool:
    """Whether a word, rightly or wrongly spelt, is one of those that reports are made of."""
    return corrected(key) in _KNOWN
