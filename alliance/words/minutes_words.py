"""What people say about minutes and decisions of a meeting, and to hand a measure over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alliance.intents import (
    AmendMeasure,
    AnswerLead,
    HandOver,
    Intent,
    NameMinuteTaker,
    RecordDecisions,
    RecordMinutes,
    Resolution,
)
from alliance.words.cleaning import fold
from alliance.words.dates import understand_deadline
from alliance.words.plan_words import amendment_of, reason_of
from alliance.words.wordlists import POLITE, keys_of, word_set

MINUTES_IN_REPLY = 200  # characters: a shorter answer to "please send the minutes" is a remark
REASON_LENGTH = 500  # characters of a reason why somebody declines

_ADDRESS = re.compile(r"[^\s@<>;,()]{1,64}@[^\s@<>;,()]{1,63}(?:\.[^\s@.<>;,()]{1,63}){1,8}")
_COLON = r"\s*:(?!\d)\s*"  # »PROTOKOLL 17:30 Uhr« names a time, not meeting 17
_TEXT = re.compile(rf"(?P<meeting>\d{{1,6}})?{_COLON}(?P<text>.*)", re.DOTALL)
_HEAD = re.compile(
    r"(?:beschl(?:uss|uß|üsse|uesse|usse)|decisions?)"
    rf"(?:\s+(?P<meeting>\d{{1,6}}))?(?:{_COLON}|\s+(?=m\s?\d{{1,6}}\s*;))(?P<body>.*)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
_MEASURE = re.compile(r"m\s?(\d{1,6})", re.IGNORECASE)
_WRAPPED = 60  # letters; a mail program wraps longer lines
_ENDS = frozenset(".!?:")
_TO = POLITE | word_set("an to für for ist is macht schreibt führt wird die verantwortung lead over hiermit")
_WITHDRAWN = word_set("streichen gestrichen withdraw withdrawn")


@dataclass
class _Row:
    """A decision's line in the message, and its words with those of the lines that go on; ``last`` is the last one."""

    line: int
    text: str
    last: str

    def add(self, line: str) -> None:
        """Let a line go on with it."""
        self.text, self.last = f"{self.text} {line.strip()}".strip(), line.strip()


def minute_taker(rest: str, _today: date) -> Intent | None:
    """PROTOKOLLANT [12] name@firma: one address, perhaps a meeting, and nothing else that matters."""
    found = _ADDRESS.findall(rest)
    keys = keys_of(_ADDRESS.sub(" ", rest))
    numbers = [key for key in keys if key.isdecimal() and len(key) <= 6]
    if len(found) != 1 or len(numbers) > 1 or not (_TO | set(numbers)).issuperset(keys):
        return None
    return NameMinuteTaker(found[0], int(numbers[0]) if numbers else 0)


def minutes(rest: str, today: date) -> Intent | None:
    """PROTOKOLL: text, PROTOKOLL 12: text, or PROTOKOLL AN name@firma. Lines with BESCHLUSS become decisions."""
    said = _TEXT.match(rest)
    if said is None:
        return minute_taker(rest, today) if keys_of(rest)[:1] in (["an"], ["to"]) else None
    return _recorded(said["text"], today, int(said["meeting"] or 0))


def minutes_in_reply(words: str, today: date, meeting: int) -> Intent | None:
    """A long answer to the letter that asked for the minutes is the minutes."""
    return _recorded(words, today, meeting) if len(words) >= MINUTES_IN_REPLY else None


def _recorded(text: str, today: date, meeting: int) -> RecordMinutes:
    kept: list[str] = []
    rows = _rows(text.split("\n"), kept, today)
    return RecordMinutes("\n".join(kept).strip(), meeting, tuple(_resolution(row, today) for row in rows))


def decision(rest: str, today: date) -> Intent | None:
    """BESCHLUSS: …, and more of them on the lines below, each with or without the word."""
    return _decisions(f"BESCHLUSS {rest}", today, is_list=False)


def decisions(rest: str, today: date) -> Intent | None:
    """BESCHLÜSSE: and a list, one a line."""
    return _decisions(f"BESCHLUSS {rest}", today, is_list=True)


def _decisions(words: str, today: date, *, is_list: bool) -> Intent | None:
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    first = _HEAD.fullmatch(lines[0])
    if first is None:
        return None
    rows = _listed(lines, today, is_list=is_list or not first["body"].strip())
    said = tuple(_resolution(row, today) for row in rows)
    return RecordDecisions(said, int(first["meeting"] or 0)) if said else None


def hand_over(rest: str, _today: date) -> Intent | None:
    """ABGEBEN M12 an name@firma."""
    found = _ADDRESS.findall(rest)
    keys = keys_of(_ADDRESS.sub(" ", rest))
    numbers = [key for key in keys if key.isdecimal() and len(key) <= 6]
    if len(found) != 1 or len(numbers) != 1 or not (_TO | {"m", "massnahme", "measure", *numbers}).issuperset(keys):
        return None
    return HandOver(int(numbers[0]), found[0])


def declined(intent: Intent, words: str) -> Intent | None:
    """»Nein, mir fehlt die Zeit« to an offered measure: the words behind NEIN are the reason."""
    if not isinstance(intent, AnswerLead) or intent.accept:
        return None
    why = re.sub(r"^\W*\w+[\s,.;:!–-]*", "", words)
    return replace(intent, why=" ".join(why.split())[:REASON_LENGTH])


# Rows -----------------------------------------------------------------------------------------------------------------


def _rows(lines: Iterable[str], kept: list[str], today: date) -> list[_Row]:
    """The decisions among the lines of minutes; all other lines are ``kept``."""
    rows: list[_Row] = []
    is_open = False
    for number, line in enumerate(lines, start=1):
        head = _HEAD.fullmatch(_unmarked(line))
        if head:
            rows.append(_Row(number, head["body"].strip(), line))
            is_open = True
        elif is_open and line.strip() and _goes_on(rows[-1], line, today):
            rows[-1].add(line)
        else:
            is_open = False
            kept.append(line)
    return [row for row in rows if row.text]


def _listed(lines: Iterable[str], today: date, *, is_list: bool) -> list[_Row]:
    """The decisions of a message that begins with the word and holds nothing else."""
    rows: list[_Row] = []
    for number, line in enumerate(lines, start=1):
        head = _HEAD.fullmatch(_unmarked(line))
        if head:
            rows.append(_Row(number, head["body"].strip(), line))
        elif not rows[-1].text:
            rows[-1] = _Row(number, _unmarked(line), line)
        elif _goes_on(rows[-1], line, today) or not (is_list or ";" in line):
            rows[-1].add(line)
        else:
            rows.append(_Row(number, _unmarked(line), line))
    return [row for row in rows if row.text]


def _unmarked(line: str) -> str:
    return _BULLET.sub("", line.strip(), count=1)


def _goes_on(row: _Row, line: str, today: date) -> bool:
    """Whether a line belongs to the decision above it: that one lacks some of its parts, or was wrapped."""
    has_parts = ";" in row.text
    is_begun = has_parts and not _is_whole(row.text, today)
    is_wrapped = not has_parts and len(row.last) >= _WRAPPED and row.last.rstrip()[-1:] not in _ENDS
    return not row.text or is_begun or is_wrapped or line.lstrip().startswith(";")


def _is_whole(text: str, today: date) -> bool:
    """Whether a decision in parts has all that it needs: a day and a lead, or what it amends."""
    first, *others = _parts(text)
    if text.endswith(";"):
        return False
    if _MEASURE.fullmatch(first):
        return True
    return any("@" in part for part in others) and any(understand_deadline(part, today) for part in others)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";")]


# One decision ---------------------------------------------------------------------------------------------------------


def _resolution(row: _Row, today: date) -> Resolution:
    parts = [part for part in _parts(row.text) if part]
    text = "; ".join(parts)
    measure = _MEASURE.fullmatch(parts[0]) if parts else None
    if measure and len(parts) > 1:
        return _amendment(text, int(measure[1]), parts[1:], row, today)
    addresses = [part for part in parts[1:] if "@" in part]
    days = [part for part in parts[1:] if part not in addresses and understand_deadline(part, today)]
    if not addresses and not days:
        return Resolution(text, line=row.line)
    problem = "lead" if not addresses else "due" if not days else ""
    others = [part for part in parts[1:] if part not in (*addresses, *days)]
    found = _ADDRESS.search(addresses[0]) if addresses else None
    if not problem and (found is None or len(addresses) + len(days) > 2 or len(others) > 1):
        problem = "parts"
    return Resolution(
        parts[0],
        found[0] if found else "",
        understand_deadline(days[0], today) if days else None,
        others[0] if others else "",
        line=row.line,
        problem=problem,
    )


def _amendment(text: str, measure: int, parts: Sequence[str], row: _Row, today: date) -> Resolution:
    """»M12; Termin 31.12.2027; weil …«, said as after ÄNDERN; or »M12; streichen; weil …«."""
    if fold(parts[0]) in _WITHDRAWN:
        amendment: AmendMeasure | None = AmendMeasure(measure, "withdrawn", "", reason_of("; ".join(parts[1:])))
    else:
        amendment = amendment_of(text, today)
    return Resolution(text, amendment=amendment, line=row.line, problem="" if amendment else "amendment")
