"""A message cut into what is said about each measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from alliance.words.wordlists import BEFORE_NUMBER, NUMBER, NUMBERED, keys_of

REST = -1  # the number of »die anderen«

_REST = (
    r"(?:die |der |the |alle |all |bei den |bei der |bei dem |beim |leave )*"
    r"(?:anderen|andere|übrigen|uebrigen|restlichen|rest|others?|remaining)(?: (?:maßnahmen|measures|ones))?(?!\w)"
)
_BULLET = re.compile(r"^ ?(?:[-*•·–—]+ )?(?:[0-9]{1,2}[.)] (?=m))?\*{0,2}", re.IGNORECASE)
_LEAD = re.compile(
    rf"(?:(?:zu|zur|bei|für|von|mit|an|stand|status|update|betrifft|betr\.|re|aw|on|for|at)\b:? )?{NUMBER}"
    r"\*{0,2}(?: ?\([^()\n]{1,120}\)(?= ?[:–-]))?(?: ?(?:[:=,.]|->|=>|→) ?| [-–—]+ |[-–—]+ ?| |$)?",
    re.IGNORECASE,
)
_REST_LEAD = re.compile(rf"(?:und |and )?{_REST}(?: ?[:=,] ?| )?", re.IGNORECASE)
_BARE_LEAD = re.compile(
    r"(?P<number>[0-9]{1,4})(?: ?:(?:\s|(?=[^\W\d]))| [-–—] (?![0-9]+\b(?! ?(?:%|prozent|percent))))", re.IGNORECASE
)
_TO_IT = re.compile(r"\b(?:für|bei|zu|for|on|at) ?$", re.IGNORECASE)
_JOINT = re.compile(
    r"(?P<joint>(?<!\bnr)(?<!\bno) ?(?:[,;.!/+&]|\b(?:und|and|sowie|u\.)(?!\w)) ?| (?=#[0-9])"
    r"|(?:(?<=bis auf)|(?<=außer)|(?<=ausser)|(?<=except)|(?<=except for)) )"
    rf"(?=(?:(?:zu|bei|für|for|on|und|and) )?(?:{NUMBER.replace('?P<number>', '')})|{_REST}"
    r"|[0-9]{1,4} ?:(?:\s|[^\W\d]))",
    re.IGNORECASE,
)


class Section(NamedTuple):
    """What is said about one measure; ``joined`` to another one in the same sentence.

    ``body`` is without the number, ``whole`` the words to keep if they are a mere remark.
    """

    number: int | None
    body: str
    whole: str
    joined: bool


def sections_of(words: str) -> Iterator[Section]:
    """Split a message by measure: per line, and in a line wherever a new number follows a mark or "und".

    Of »M12 und M13 unverändert« both numbers get the words.
    """
    for line in words.split("\n"):
        parts = _parts(_BULLET.sub("", line))
        joined = any(joint not in {"", ".", "!", ";"} for joint, _ in parts)
        numbers: list[int | None] = []
        for position, (_, part) in enumerate(parts, 1):
            number, body, whole = _split_number(part)
            numbers.append(number)
            if body or number is None or position == len(parts):
                yield from (Section(each, body, whole, joined) for each in numbers)
                numbers = []


def _parts(line: str) -> list[tuple[str, str]]:
    """The parts of a line, each with the joint before it."""
    joints = [("", 0, 0), *((found["joint"].strip(), found.start(), found.end()) for found in _JOINT.finditer(line))]
    ends = [*(start for _, start, _ in joints[1:]), len(line)]
    return [(joint, line[begin:end]) for (joint, _, begin), end in zip(joints, ends, strict=True)]


def _split_number(part: str) -> tuple[int | None, str, str]:
    """The measure's number, what is said about it, and the words to keep when that is a mere remark."""
    rest = _REST_LEAD.match(part)
    if rest:
        return REST, part[rest.end() :].strip(), part
    lead = _LEAD.match(part) or _BARE_LEAD.match(part)
    if lead:
        body = part[lead.end() :].strip()
        return int(lead["number"]), body, body
    inner = list(NUMBERED.finditer(part))
    if len(inner) != 1 or not _introduces(part[: inner[0].start()]):
        return None, part, part
    before = _TO_IT.sub("", part[: inner[0].start()])
    body = f"{before} {part[inner[0].end() :]}".strip()
    return int(inner[0]["number"]), body, part


def _introduces(before: str) -> bool:
    """Whether words before a number say that the sentence is about it."""
    keys = keys_of(before)
    asks = keys in (["ist"], ["sind"], ["is"])
    return before.rstrip().endswith(":") or (not asks and not BEFORE_NUMBER.isdisjoint(keys[-1:]))
