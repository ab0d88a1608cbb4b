"""A text cut into clauses, and the signals of how a measure stands in each: states, shares, days, wishes for help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from alliance.intents import Status
from alliance.words.cleaning import spellings
from alliance.words.deadlines import Time, times_in
from alliance.words.figures import figure_at, unit_at
from alliance.words.tokens import Word, words_of
from alliance.words.typos import corrected
from alliance.words.wordlists import LABELS, STATES, State

Kind = State | Literal["percent", "day"]

# a mark that ends a clause
_END = re.compile(r"\n+|[;!?()]|,(?![0-9])|:(?![0-9])|(?<![0-9])(?<!\bca)\.+(?=\s|$)|(?<=20[0-9]{2})\.+(?=\s|$)"
                  r"| (?:[-–—]+|[/|=]) |(?<=%)\.+(?=\s|$)")  # fmt: skip
_SENTENCE_ENDS = frozenset(".!?;\n")

_FIGURE = r"-?[0-9]{1,3}(?:[.,][0-9]{1,2})? ?(?:%|prozent\b|percent\b)?"
# what is said to be over: »von 40 auf 60 %«, »nicht 60, sondern 70 %«, »70 statt 60 %«
_OUTDATED = re.compile(
    rf"\b(?:von|from) {_FIGURE} ?(?=(?:auf|to) [0-9])|{_FIGURE} ?(?:→|->|=>) ?(?=[0-9])"
    rf"|\b(?:nicht|not) {_FIGURE} ?,? ?(?:sondern|but) (?=(?:auf |bei |at )?[0-9])"
    rf"|\b(?:statt|anstatt|anstelle von|instead of) {_FIGURE}|\b(?:vorher|zuvor|bisher|was|previously) {_FIGURE}",
    re.IGNORECASE,
)


class Clause(NamedTuple):
    """A part of a sentence: the words from ``first`` up to ``last`` of the body, whose text is kept with its mark.

    ``start`` and ``after`` are places in the text; ``labelled`` says that words before a colon are what it is about.
    """

    body: Body
    first: int
    last: int
    start: int
    end: int
    after: int
    mark: str
    labelled: bool

    @property
    def keys(self) -> list[str]:
        """The words as keys."""
        return self.body.keys[self.first : self.last]

    @property
    def text(self) -> str:
        """The clause without its mark."""
        return self.body.text[self.start : self.end]

    @property
    def ends_sentence(self) -> bool:
        """Whether the next clause is another sentence."""
        return not self.mark or not _SENTENCE_ENDS.isdisjoint(self.mark) or self.mark == "\n"


@dataclass(frozen=True)
class Body:
    """What is said about one measure, with all that is seen in it before it is read."""

    text: str
    words: list[Word]
    keys: list[str]
    times: list[Time]
    outdated: frozenset[int]
    numbered: bool


class Signal(NamedTuple):
    """Words that say how a measure stands: from ``first`` up to ``last`` of the body's words."""

    kind: Kind
    first: int
    last: int
    percent: int = 0
    time: Time | None = None


def body_of(text: str, today: date, *, numbered: bool) -> Body:
    """See the words, times and outdated figures of a text."""
    words = words_of(text)
    keys = [corrected(word.key) for word in words]
    words = [Word(key, word.start, word.end) for key, word in zip(keys, words, strict=True)]
    spans = [found.span() for found in _OUTDATED.finditer(text)]
    outdated = frozenset(
        index for index, word in enumerate(words) if any(start <= word.start < end for start, end in spans[:20])
    )
    return Body(text, words, keys, times_in(text, words, today), outdated, numbered)


def clauses_of(body: Body) -> Iterator[Clause]:
    """Split where a mark ends a clause, but not within a day or a correction."""
    inside = {index for time in body.times for index in range(time.first, time.last - 1)} | body.outdated
    inside |= {index for index in range(len(body.words) - 1) if _is_share_label(body, index)}
    start, first, labelled = 0, 0, False
    for mark in [*_END.finditer(body.text), None]:
        end, after = (mark.start(), mark.end()) if mark else (len(body.text), len(body.text))
        last = first
        while last < len(body.words) and body.words[last].start < end:
            last += 1
        if mark and last and last - 1 in inside and last < len(body.words) and "\n" not in mark[0]:
            continue
        kind = body.text[end:after].strip(" ")
        clause = Clause(body, first, last, start, end, after, kind.strip() or kind[:1], labelled)
        yield clause
        labelled = clause.mark == ":" and not is_label(clause) and not _tells(body, last)
        start, first = after, last


def _is_share_label(body: Body, index: int) -> bool:
    """»Prozent: 60«, »Fortschritt 60«."""
    between = body.text[body.words[index].end : body.words[index + 1].start].strip(" ")
    is_figure = body.keys[index + 1].isdecimal() and len(body.keys[index + 1]) < 4
    is_label = body.keys[index] in _SHARE_LABELS if between == ":" else body.keys[index] == "fortschritt"
    return is_label and is_figure and between in {":", ""} and not unit_at(body.words, index + 2)


_SHARE_LABELS = frozenset({"prozent", "percent", "fortschritt", "progress", "fertigstellungsgrad", "umsetzungsstand"})


def _tells(body: Body, place: int) -> bool:
    """Whether a sentence of its own follows (»Es hat sich etwas getan: Wir stehen bei 40 %«)."""
    return body.keys[place : place + 1] in (["wir"], ["we"], ["die"], ["das"], ["es"], ["it"])


def is_label(clause: Clause) -> bool:
    """Whether the words before a colon speak of the measure as a whole."""
    return clause.mark == ":" and LABELS.issuperset(clause.keys)


# Signals --------------------------------------------------------------------------------------------------------------

_PHRASES: dict[tuple[str, ...], State] = {
    tuple(key.split()): kind
    for kind, phrases in STATES.items()
    for phrase in phrases.split(", ")
    for key in spellings(phrase.strip())
}
_LONGEST = max(map(len, _PHRASES))


def signals_of(clause: Clause) -> list[Signal]:
    """Each day, share and phrase for a state, from left to right, the longest phrase first."""
    days = {time.first: time for time in clause.body.times}
    signals: list[Signal] = []
    index = clause.first
    while index < clause.last:
        signal = _signal_at(clause, index, days.get(index))
        if signal:
            signals.append(signal)
        index = signal.last if signal else index + 1
    return signals


def _signal_at(clause: Clause, index: int, time: Time | None) -> Signal | None:
    if time:
        return Signal("day", time.first, time.last, time=time)
    if index in clause.body.outdated:
        return None
    share = _bare_share_at(clause, index)
    if share:
        return share
    figure = figure_at(clause.body.text, clause.body.words, index)
    if figure:
        return Signal("doubtful" if figure.percent is None else "percent", index, figure.last, figure.percent or 0)
    return _phrase_at(clause, index)


def _bare_share_at(clause: Clause, index: int) -> Signal | None:
    """A number whose »%« stands with the outdated one (»70 statt 60 %«), or before it (»Prozent: 60«)."""
    keys, body = clause.body.keys, clause.body
    if index + 1 < clause.last and keys[index].isdecimal() and len(keys[index]) < 4 and index + 1 in body.outdated:
        return Signal("percent", index, index + 1, int(keys[index]))
    if index + 1 < clause.last and _is_share_label(body, index):
        return Signal("percent", index, index + 2, int(keys[index + 1]))
    return None


def _phrase_at(clause: Clause, index: int) -> Signal | None:
    """The longest phrase for a state that begins here."""
    if clause.body.keys[index] == "still" and index + 1 == clause.last and {"steht", "stehen"} & set(clause.keys):
        return Signal(Status.BLOCKED, index, index + 1)
    for length in range(min(_LONGEST, clause.last - index), 0, -1):
        keys = tuple(clause.body.keys[index : index + length])
        kind = _PHRASES.get(keys)
        if kind and not (keys == ("durch",) and index + 1 < clause.last):
            return Signal(kind, index, index + length)
    return None
