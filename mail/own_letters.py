"""Our own letters as they come back in replies: where they end, and where an answer stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mail.letterhead import LEAVING, UNSUBSCRIBE
from texts import LANGUAGES, say

_ITEM = re.compile(r"M ?(\d{1,4})\b(?![.,]?\d|\s*%)")
_OFFERED = re.compile(r"(?: ·|(?: ·|:) M ?\d{1,4}(?: \d{1,3})?)$")  # more answers to choose from stand below
_ISOLATES = "\u2068\u2069 "


def measure_of(line: str) -> str:
    """The number of the measure that a quoted line begins with, or ""."""
    found = _ITEM.match(line.lstrip("*#•- "))
    return found[1] if found else ""


def measures_in(lines: Sequence[str]) -> list[str]:
    """The numbers of the items in quoted lines; none if the lines go on to how to answer, below all items."""
    found: list[str] = []
    for line in lines:
        if number := measure_of(line):
            found.append(number)
        elif line.startswith(_beginnings("mail-how-example", "example")):
            found = []
    return found


def answers_in(lines: Sequence[str]) -> set[int]:
    """The lines that stand below an item's own last line and above the next item, or above how to answer."""
    found: set[int] = set()
    since: list[int] | None = None
    for index, line in enumerate(lines):
        if line.startswith(_beginnings("mail-item-answers", "words")):
            since = []
        elif since is not None and not since and (line.startswith("·") or _OFFERED.search(lines[index - 1])):
            continue  # the offered answers were wrapped on the way
        elif since is not None and (measure_of(line) or line.startswith(_below_items())):
            found.update(since)
            since = None
        elif since is not None and line:
            since.append(index)
    return found


def end_of(lines: Sequence[str]) -> int | None:
    """The first line below our last footer; None if there is none."""
    last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].endswith(_footers())), None)
    if last is None:
        return None
    ends = (at for at in range(last + 1, len(lines)) if lines[at] and lines[at] not in _farewells())
    return next(ends, len(lines))


@lru_cache
def _beginnings(key: str, argument: str) -> tuple[str, ...]:
    """What a text of ours begins with up to its first colon, in each language."""
    return tuple(say(language, key, **{argument: ""}).partition(":")[0] + ":" for language in LANGUAGES)


@lru_cache
def _below_items() -> tuple[str, ...]:
    """What our letters go on with below their items: how to answer, or the news of a digest."""
    news = [say(language, "member-digest-field", field="|").partition("|")[0] for language in LANGUAGES]
    lists = [say(language, f"member-digest-{what}") for language in LANGUAGES for what in ("ideas", "offers")]
    return (*_beginnings("mail-how-example", "example"), *(line.rstrip(_ISOLATES) for line in news), *lists)


@lru_cache
def _footers() -> tuple[str, ...]:
    """What stands behind the name of the house."""
    return tuple(say(language, "mail-footer", house="").strip(_ISOLATES) for language in LANGUAGES)


@lru_cache
def _farewells() -> frozenset[str]:
    return frozenset(_said())


def _said() -> Iterator[str]:
    for language in LANGUAGES:
        yield say(language, "mail-unsubscribe", word=UNSUBSCRIBE)
        yield from (say(language, "mail-unsubscribe-digest", word=word) for word in LEAVING.values())
