"""What one clause says: which of its signals are certain, and which are doubtful, denied, over or asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alliance.intents import Status
from alliance.words.clauses import Clause, Kind, Signal, signals_of
from alliance.words.wordlists import (
    ABOUT,
    AFFIRMED,
    CHATTER,
    COMPLETION,
    CONTRASTS,
    DEADLINES,
    DONE_BY,
    DONE_WORDS,
    DOUBTERS,
    HEADINGS,
    HEARSAY,
    HELP,
    NEGATORS,
    NO_HELP,
    PAST,
    PLAIN,
    REALLY_HELP,
    REASONS,
    SEASONS,
    SEEKS,
    STILL,
    WANTED,
    word_set,
)

_RANGE = re.compile(r"[0-9] ?%? ?(?:[-–—]|bis|to)$", re.IGNORECASE)
_ANY_DIGIT = re.compile(r"[0-9]")
_ASKS = re.compile(r" ?(?:ist|sind|is|are) (?:es|das|die|der|alles|sie|it|the|everything)\b", re.IGNORECASE)
LASTING: frozenset[Kind] = frozenset({Status.DELAYED, Status.BLOCKED, "unchanged"})


@dataclass(frozen=True)
class Finding:
    """What one clause says: certain signals, others that are doubtful, denied or over, and the words to keep.

    ``kept`` is the place in the text from which on the clause's words are kept, None for nothing.
    """

    clause: Clause
    signals: tuple[Signal, ...] = ()
    kept: int | None = None
    doubted: tuple[Signal, ...] = ()
    denied: tuple[Signal, ...] = ()
    recalled: tuple[Signal, ...] = ()
    helps: bool = False


def find(clause: Clause) -> Finding:
    """The signals of one clause, as far as they are certain."""
    keys = frozenset(clause.keys)
    if _wants_help(clause, keys):
        return Finding(clause, kept=clause.start, helps=True)
    seen = signals_of(clause)
    signals = _settled(clause, seen)
    if not signals:
        return _remark(clause, keys)
    if _is_denied(clause, signals):
        return Finding(clause, kept=clause.start, denied=tuple(signals))
    if _is_over(clause, signals):
        return Finding(clause, kept=clause.start, recalled=tuple(signals))
    if _is_doubtful(clause, signals):
        return Finding(clause, kept=clause.start, doubted=tuple(signals))
    return _weighed(clause, seen, signals)


def _remark(clause: Clause, keys: frozenset[str]) -> Finding:
    """A clause without a signal; »bis zur Sitzung« and »Abschluss im Herbst« are deadlines that nobody can read."""
    empty = HEADINGS if clause.mark == ":" else CHATTER
    first = next(iter(clause.keys), "")
    unread = first in _UNTIL and len(clause.keys) <= _FEW and not keys & {"dann", "bald", "then"}
    if unread or (keys & SEASONS and keys & (DONE_BY | _UNTIL)):
        return Finding(clause, kept=clause.start, doubted=(Signal("day", clause.first, clause.first),))
    return Finding(clause, kept=None if empty.issuperset(keys) else clause.start)


_UNTIL = frozenset({"bis", "by", "until", "till", "spaetestens"})
_FEW = 6  # words


def _weighed(clause: Clause, seen: list[Signal], signals: list[Signal]) -> Finding:
    """Whether the words beside the signals leave them certain, and which of them are kept."""
    words = clause.body.words
    free = _free(clause, seen)
    told = tuple(signal for signal in signals if not (signal.time and signal.time.role in {"aside", "later", "past"}))
    if not told:  # a bare »Q3« that is just over
        return Finding(clause, kept=clause.start, doubted=() if free else tuple(signals))
    if not free:
        return Finding(clause, told, _kept(clause, signals, told))
    if max(signal.last for signal in seen) <= free[0] and _explains(clause, free[0], signals):
        return Finding(clause, told, words[signals[-1].last].start)
    if _holds_anywhere(clause, signals) or _is_framed(clause, free, told):
        return Finding(clause, told, clause.start)
    return Finding(clause, kept=clause.start, doubted=told if _is_telling(told) else ())


_FRAME = re.compile(r"(?:sind|liegen|stehen) wir (?:\w+ ){0,2}(?:bei|auf) (?:\w+ )?$", re.IGNORECASE)


def _is_framed(clause: Clause, free: list[int], told: tuple[Signal, ...]) -> bool:
    """»Durch das Hochwasser sind wir auf 45 %«: a reason, and then the share."""
    share = told[0]
    text = clause.body.text[clause.start : clause.body.words[share.first].start]
    is_before = share.kind == "percent" and len(told) == 1 and free[-1] < share.first
    return is_before and bool(_FRAME.search(text)) and clause.keys[0] in REASONS | {"durch", "nach", "trotz"}


def _kept(clause: Clause, signals: list[Signal], told: tuple[Signal, ...]) -> int | None:
    """»Rest bis Mai« and »erledigt seit 3. Mai« say more than the report's fields do."""
    if any(signal.time for signal in told) and "rest" in clause.keys:
        return clause.start
    last = signals[-1]
    is_since = last.time is not None and last.time.day is not None and last.time.role in {"aside", "later", "past"}
    return clause.body.words[last.first].start if is_since and len(signals) > 1 else None


def _is_telling(told: tuple[Signal, ...]) -> bool:
    """A day that nothing leads to is part of a remark (»am 8.12. Gespräch«)."""
    return any(signal.time is None or signal.time.role in {"until", "vague"} for signal in told)


def _wants_help(clause: Clause, keys: frozenset[str]) -> bool:
    """A wish for help by others; a question how to use the assistant is none."""
    if not keys & HELP or keys & NO_HELP or (clause.mark.startswith("?") and not keys & _ASKING):
        return False
    return bool(keys & (WANTED if keys & REALLY_HELP else SEEKS)) or _is_support_asked(clause)


def _is_support_asked(clause: Clause) -> bool:
    """»could use a hand«, »bitte um Hilfe«."""
    return "use a hand" in clause.text.lower() or "need a hand" in clause.text.lower()


_ASKING = word_set("wer kann können könnte könnten who can could jemand anyone anybody")


def _settled(clause: Clause, signals: list[Signal]) -> list[Signal]:
    """In »zu 60 % erledigt« done says nothing of its own, nor in »fertig bis Ende März«, where the day counts."""
    kinds = [signal.kind for signal in signals]
    shares = [signal for signal in signals if signal.kind == "percent"]
    days = [signal for signal in signals if signal.time and signal.time.role in {"until", "on", "vague"}]
    keys = clause.body.keys
    if len(signals) > 1 and (held := [signal for signal in signals if not _is_without(clause, signal)]) != signals:
        return held
    if Status.DONE in kinds and days:
        return [signal for signal in signals if signal.kind != Status.DONE]
    if kinds == ["percent", Status.DONE] and shares[0].percent != 100:
        return shares
    if kinds == [Status.DONE, "percent"] and keys[signals[1].first - 1] in {"zu", "to"}:
        return shares
    if kinds == ["unchanged", "percent"] or kinds == ["percent", "unchanged"]:
        return shares
    if kinds[:1] == ["unchanged"] and len(set(kinds) - {"unchanged", "day"}) == 1:
        return [signal for signal in signals if signal.kind != "unchanged"] if LASTING & set(kinds[1:]) else signals
    return signals


def _is_without(clause: Clause, signal: Signal) -> bool:
    """»ohne Verzögerung« beside another state."""
    before = clause.body.keys[max(signal.first - 1, clause.first) : signal.first]
    return signal.kind in {Status.DELAYED, Status.BLOCKED} and before in (["ohne"], ["without"], ["keine"], ["no"])


def _is_denied(clause: Clause, signals: list[Signal]) -> bool:
    """»nicht verzögert«, »ohne Verzögerung«, »läuft noch nicht«: a negation right before or right behind the state."""
    if any(signal.kind == "percent" for signal in signals) or len(signals) > 1:
        return False
    keys, signal = clause.body.keys, signals[0]
    if not isinstance(signal.kind, Status):
        return False
    before = signal.first - 1
    while before >= clause.first and keys[before] in _BETWEEN:
        before -= 1
    behind = next((key for key in keys[signal.last : clause.last] if key not in _BETWEEN), "")
    is_denied = (before >= clause.first and keys[before] in NEGATORS) or behind in {"nicht", "not"}
    return is_denied and len(_free(clause, signals)) <= 4


_BETWEEN = word_set("ganz so auch noch wirklich mehr schon sehr yet quite really es sich immer")


def _is_over(clause: Clause, signals: list[Signal]) -> bool:
    """»war blockiert«, »letztes Mal 30 %«; but »was completed« is done."""
    kinds = {signal.kind for signal in signals}
    covered = covered_by(signals)
    open_keys = {key for index, key in enumerate(clause.keys, clause.first) if index not in covered}
    if kinds & {Status.DONE, "day", "unchanged"}:
        return bool(Status.DONE not in kinds and "percent" in kinds and open_keys & PAST)
    return bool(open_keys & PAST)


def _is_doubtful(clause: Clause, signals: list[Signal]) -> bool:
    """Whether the clause asks, speaks of a part of the measure (»Gutachten: fertig«) or of a change (+20 %)."""
    is_question = clause.mark.startswith("?") or _ASKS.match(clause.text)
    return bool(
        clause.labelled
        or is_question
        or not HEARSAY.isdisjoint(clause.keys)
        or _is_list(clause, signals)
        or _is_odd(clause, signals)
        or _is_forecast(clause, signals)
    )


def _is_forecast(clause: Clause, signals: list[Signal]) -> bool:
    """»60 % bis Freitag« is no standing; »bis Ende März nicht« and a day among several are no deadline."""
    times = [signal.time for signal in signals if signal.time and signal.time.role not in {"aside", "past"}]
    kinds = {signal.kind for signal in signals}
    if any(time.role == "later" for time in times):
        return kinds > {"day"}
    if kinds == {"day"} and clause.keys[0] in {"am", "on"} and len(_free_places(clause, signals)) == 0:
        return True  # »Ausbildungsbörse am 3.3.« may be its opening
    if not times:
        return False
    denied = {"nicht", "nichts", "not", "vielleicht", "maybe", "hoffe", "hoffentlich", "hope", "vermutlich"}
    return bool(
        "percent" in kinds
        or Status.OPEN in kinds
        or any(time.role == "vague" for time in times)
        or denied & {clause.body.keys[index] for index in _free_places(clause, signals)}
    )


def _is_list(clause: Clause, signals: list[Signal]) -> bool:
    """»offen: Finanzierung« and »erledigt: Planung« name parts of a measure, not all of it."""
    goes_on = clause.mark == ":" and clause.after < len(clause.body.text)
    return goes_on and signals[0].kind in {Status.OPEN, Status.DONE}


def _free_places(clause: Clause, signals: list[Signal]) -> list[int]:
    covered = covered_by(signals)
    return [index for index in range(clause.first, clause.last) if index not in covered]


def _free(clause: Clause, signals: list[Signal]) -> list[int]:
    """The words that belong to no signal and say something beside it."""
    kinds = {signal.kind for signal in signals}
    harmless = PLAIN
    if Status.DONE not in kinds or _NOW & set(clause.keys):
        harmless = harmless | CONTRASTS
    if not kinds & {Status.DONE, "percent"}:
        harmless = harmless | STILL
    if "percent" in kinds:
        harmless = harmless | ABOUT | DONE_WORDS
    if "day" in kinds:
        harmless = harmless | COMPLETION
    if Status.DONE in kinds:
        harmless = harmless | AFFIRMED
    if any(signal.first and clause.body.keys[signal.first - 1] in {"ohne", "without"} for signal in signals):
        harmless = harmless | {"ohne", "without"}
    places = _free_places(clause, signals)
    return [index for index in places if clause.body.keys[index] not in harmless and index not in clause.body.outdated]


_NOW = frozenset({"jetzt", "nun", "inzwischen", "now"})


def covered_by(signals: Iterable[Signal]) -> set[int]:
    """Where the words of the signals stand."""
    return {index for signal in signals for index in range(signal.first, signal.last)}


def _is_odd(clause: Clause, signals: list[Signal]) -> bool:
    """Increments (+20 %), ranges (60-70 %) and fractions of a measure's number are no standing."""
    for signal in signals:
        start = clause.body.words[signal.first].start
        before = clause.body.text[max(start - 5, clause.start) : start].rstrip()
        if signal.kind == "doubtful" or (signal.kind == "percent" and before.endswith(("+", "±", "~", "<", ">", "/"))):
            return True
        previous = signal.first - 1
        if signal.kind == "percent" and _RANGE.search(before) and previous - 1 not in clause.body.outdated:
            return True
        if signal.kind == "percent" and previous >= clause.first and clause.body.keys[previous] in _CHANGES:
            return True
        if clause.body.keys[max(previous - 1, 0) : signal.first] == ["up", "to"] and not clause.body.outdated:
            return True
    return False


_CHANGES = frozenset({"um", "plus", "minus", "by", "weitere", "another"})


def _explains(clause: Clause, first: int, signals: list[Signal]) -> bool:
    """Whether the free words behind the signals give a reason or a date for them."""
    keys = clause.body.keys
    lead = set(keys[signals[-1].last : first + 1])
    rest = set(keys[first : clause.last])
    if lead & (REASONS | {"seit"}) or (rest & REALLY_HELP and lead & {"with", "mit", "thanks"}):
        return True
    return _is_lasting(signals) and (keys[first] in DEADLINES or not DOUBTERS & rest)


def _holds_anywhere(clause: Clause, signals: list[Signal]) -> bool:
    """»Wegen Gutachten verzögert«: delayed, blocked and unchanged hold wherever they stand, if nothing denies them."""
    before = clause.body.text[clause.start : clause.body.words[signals[0].first].start]
    beside = {clause.body.keys[index] for index in _free_places(clause, signals)}
    return _is_lasting(signals) and not DOUBTERS & beside and not _ANY_DIGIT.search(before)


def _is_lasting(signals: list[Signal]) -> bool:
    """Delayed, blocked and unchanged stay so whatever else is said; done and running might be of a part alone."""
    return {signal.kind for signal in signals} - {"day"} <= LASTING and any(s.kind in LASTING for s in signals)
