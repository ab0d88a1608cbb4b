"""Progress reports in words: »M12: 60 %, verzögert wegen Gutachten«, one or several in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from alliance.cleaning import fold, spellings
from alliance.intents import Intent, Matter, Report, ReportProgress, Status, Unclear
from alliance.wordlists import (
    ABOUT,
    BEFORE_NUMBER,
    CHATTER,
    CONDITIONS,
    CONTRASTS,
    DEADLINES,
    DITTO,
    DONE_WORDS,
    DOUBTERS,
    HEADINGS,
    LABELS,
    MONEY,
    NUMBER,
    NUMBERED,
    OTHERS,
    PERCENT,
    PLAIN,
    REASONS,
    REQUEST,
    SPACES,
    STATES,
    STILL,
    TAKES_BACK_DONE,
    WORD,
    State,
    keys_of,
)

ASIDE = 25  # words; a longer doubtful answer without a number is for the office to read
UNASKED = 7  # words; the same where nothing was asked
MOST_SECTIONS = 50  # parts about measures in one message

_LOOSE_NUMBER = re.compile(r"[0-9]{1,4}[),] ")  # »12) 60 %«: a measure or an item of a list


@dataclass(frozen=True)
class Reading:
    """A report about one measure and how sure it is: "free" has only a person's words in it, "weak" perhaps more."""

    report: Report
    kind: Literal["certain", "doubtful", "weak", "free"]


def understand_progress(words: str, matter: Matter) -> Intent | None:
    """The reports in a message; Unclear if in doubt about them, None if it reports nothing.

    Without a number a report belongs to the ``matter`` that was asked about; the answer to "why?" may be any words.
    """
    words = SPACES.sub(" ", words)
    sections = list(_sections(words))
    if any(section.number is not None for section in sections):
        return _numbered_reports(words, sections)
    reading = _read(words)
    asked = matter.kind in {"measure", "round", "reason"}
    if matter.kind == "reason" and reading.kind != "certain" and not words.endswith("?"):
        return _progress(Report(matter.id, text=words))
    if reading.kind == "certain":
        if NUMBERED.search(words) or _LOOSE_NUMBER.match(words):
            return Unclear(words, "doubtful")
        return _placed(words, reading.report, matter)
    return _not_a_report(words, reading, asked=asked)


def _not_a_report(words: str, reading: Reading, *, asked: bool) -> Intent | None:
    """Doubtful states and one-word answers are asked back; all else is for the office."""
    keys = keys_of(words)
    is_answer = (CHATTER | {"nein", "no", "gut"}).issuperset(keys) or all(key[0].isdigit() for key in keys)
    is_state = reading.kind == "doubtful" or (reading.kind == "weak" and asked and keys[-1:] != ["?"])
    is_doubtful = is_state and len(keys) <= (ASIDE if asked else UNASKED)
    return Unclear(words, "doubtful") if keys and (is_doubtful or is_answer) else None


def _placed(words: str, report: Report, matter: Matter) -> Intent:
    """A report without a number belongs to what was asked about."""
    number = only_measure(matter)
    if number is not None or matter.kind != "round" or not matter.measures:
        return _progress(replace(report, measure=number))
    if report == Report(unchanged=True):
        return _progress(*(replace(report, measure=number) for number in matter.measures))
    return Unclear(words, "which-measure")


def only_measure(matter: Matter) -> int | None:
    """The one measure that was asked about, if it is one."""
    if matter.kind in {"measure", "reason"}:
        return matter.id
    return matter.measures[0] if matter.kind == "round" and len(matter.measures) == 1 else None


def _progress(*reports: Report) -> ReportProgress:
    return ReportProgress(reports)


# Several measures in one message --------------------------------------------------------------------------------------

_BULLET = re.compile(r"^ ?(?:[-*•·–—]+ )?(?:[0-9]{1,2}[.)] (?=m))?\*{0,2}", re.IGNORECASE)
_LEAD = re.compile(
    rf"(?:(?:zu|zur|bei|für|stand|status|update|betrifft|betr\.|re|aw|on|for)\b:? )?{NUMBER}"
    r"\*{0,2}(?: ?\([^()\n]{1,120}\)(?= ?[:–-]))?(?: ?(?:[:=,.]|->|=>|→) ?| [-–—]+ |[-–—]+ ?| |$)?",
    re.IGNORECASE,
)
_BARE_LEAD = re.compile(
    r"(?P<number>[0-9]{1,4})(?: ?:(?:\s|(?=[^\W\d]))| [-–—] (?![0-9]+\b(?! ?(?:%|prozent|percent))))", re.IGNORECASE
)
_JOINT = re.compile(
    r"(?P<joint>(?<!\bnr)(?<!\bno) ?(?:[,;.!/+&]|\b(?:und|and|sowie|u\.)(?!\w)) ?)"
    rf"(?=(?:{NUMBER.replace('?P<number>', '')})"
    r"|[0-9]{1,4} ?:(?:\s|[^\W\d]))",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"[^\n]*:|(?:anbei|hier|nachfolgend|nachstehend|im folgenden|here)\b[^\n,;]{0,80}", re.IGNORECASE
)


class Section(NamedTuple):
    """What is said about one measure; ``joined`` to another one in the same sentence.

    ``body`` is without the number, ``whole`` the words to keep if they are a mere remark.
    """

    number: int | None
    body: str
    whole: str
    joined: bool


def _numbered_reports(words: str, sections: list[Section]) -> Intent:
    """One report per measure; a doubt about one is a doubt about the message, so that nothing is half recorded."""
    if len(sections) > MOST_SECTIONS:
        return Unclear(words, "doubtful")
    preamble, rest = _preamble(sections)
    readings = {number: _read_section(parts) for number, parts in _by_number(rest).items()}
    kinds = {reading.kind for reading in readings.values()}
    if "doubtful" in kinds or _says_more(preamble):
        return Unclear(words, "doubtful")
    if "certain" not in kinds and _is_for_the_office(words):
        return Unclear(words)
    reports = [replace(reading.report, measure=number) for number, reading in readings.items()]
    if preamble and not _INTRODUCTION.fullmatch(preamble):
        reports[0] = replace(reports[0], text=f"{preamble}\n{reports[0].text}".strip())
    return _progress(*reports)


def _says_more(preamble: str) -> bool:
    """Whether words before the first number report on something themselves."""
    return bool(NUMBERED.search(preamble)) or _read(preamble).kind in {"certain", "doubtful"}


def _is_for_the_office(words: str) -> bool:
    """A question or a request is no remark about a measure: somebody has to answer it."""
    return words.endswith("?") or bool(REQUEST & set(keys_of(words)))


def _preamble(sections: list[Section]) -> tuple[str, list[Section]]:
    """The words before the first number, and the sections from there on."""
    first = next(index for index, section in enumerate(sections) if section.number is not None)
    return "\n".join(section.body for section in sections[:first]).strip(), sections[first:]


def _by_number(sections: list[Section]) -> dict[int, list[Section]]:
    """The sections of each measure; lines without a number go on about the one before."""
    grouped: dict[int, list[Section]] = {}
    number = 0
    for section in sections:
        number = number if section.number is None else section.number
        grouped.setdefault(number, []).append(section)
    return grouped


def _read_section(sections: list[Section]) -> Reading:
    """What all sections of one measure say; a remark must have words of its own and be about this measure alone."""
    reading = _read("\n".join(section.body for section in sections).strip())
    if reading.kind in {"certain", "doubtful"}:
        return reading
    remark = set(keys_of(NUMBERED.sub("", reading.report.text))) - CHATTER - DITTO
    if not any(key[0].isalpha() for key in remark) or any(section.joined for section in sections):
        return Reading(reading.report, "doubtful")
    return Reading(Report(text="\n".join(section.whole for section in sections).strip()), "free")


def _sections(words: str) -> Iterator[Section]:
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
    lead = _LEAD.match(part) or _BARE_LEAD.match(part)
    if lead:
        body = part[lead.end() :].strip()
        return int(lead["number"]), body, body
    inner = list(NUMBERED.finditer(part))
    if len(inner) != 1 or not _introduces(part[: inner[0].start()]):
        return None, part, part
    body = f"{part[: inner[0].start()]} {part[inner[0].end() :]}".strip()
    return int(inner[0]["number"]), body, part


def _introduces(before: str) -> bool:
    """Whether words before a number say that the sentence is about it."""
    keys = keys_of(before)
    asks = keys in (["ist"], ["sind"], ["is"])
    return before.rstrip().endswith(":") or (not asks and not BEFORE_NUMBER.isdisjoint(keys[-1:]))


# One measure's words --------------------------------------------------------------------------------------------------

_CLAUSE_END = re.compile(r"\n+|[;!?()]|,(?![0-9])|:(?![0-9])|(?<![0-9])(?<!\bca)\.+(?=\s|$)| (?:[-–—]+|[/|]) ")
_PART_OF = re.compile(r"[0-9] ?(?:von|of|/) ?[0-9]")  # »3 von 5 fertig«
_BARE_NUMBER = re.compile(r" ?[0-9]{1,4} ")


class Clause(NamedTuple):
    """A part of a sentence, from ``start`` of the body; ``after`` its ``mark`` the next one begins."""

    body: str
    start: int
    after: int
    text: str
    mark: str
    words: list[re.Match[str]]
    keys: list[str]
    labelled: bool


class Signal(NamedTuple):
    """Words that say how a measure stands: the keys from ``first`` up to ``last``."""

    kind: State | Literal["percent"]
    percent: int
    first: int
    last: int


@dataclass(frozen=True)
class Finding:
    """What one clause says: certain signals, doubtful ones, and the words to keep from ``kept`` on."""

    signals: tuple[Signal, ...] = ()
    kept: int | None = None
    doubted: tuple[Signal, ...] = ()


def _read(body: str) -> Reading:
    """Status, percentage and text of what is said about one measure."""
    clauses = list(_clauses(body))
    findings = [_find(clause) for clause in clauses]
    signals = [signal for finding in findings for signal in finding.signals]
    text = _text(clauses, findings)
    if not signals:
        return Reading(Report(text=body), _kind_of_doubt(findings))
    if _contradicts(signals) or _is_overreach(body, clauses, findings):
        return Reading(Report(text=body), "doubtful")
    return Reading(_report(signals, text), "certain")


def _kind_of_doubt(findings: list[Finding]) -> Literal["doubtful", "weak", "free"]:
    """»Die Ausschreibung läuft« and »Frage offen« are remarks; a doubtful "done" has to be asked back."""
    doubted = {signal.kind for finding in findings for signal in finding.doubted}
    if doubted - {Status.RUNNING, Status.OPEN}:
        return "doubtful"
    return "weak" if doubted else "free"


def _report(signals: list[Signal], text: str) -> Report:
    """The report that signals without a contradiction make."""
    status = next((signal.kind for signal in signals if isinstance(signal.kind, Status)), None)
    percent = next((signal.percent for signal in signals if signal.kind == "percent"), None)
    unchanged = all(signal.kind == "unchanged" for signal in signals)
    return Report(status=status, percent=percent, text=text, unchanged=unchanged)


def _contradicts(signals: list[Signal]) -> bool:
    """Two states or two percentages, done at 60 %, open at 60 %, or »100 % im Plan«."""
    kinds = {signal.kind for signal in signals}
    percents = {signal.percent for signal in signals if signal.kind == "percent"}
    states = kinds - {"percent", "unchanged"}
    return bool(
        len(percents) > 1
        or len(states) > 1
        or (Status.DONE in kinds and ("unchanged" in kinds or percents - {100}))
        or (Status.OPEN in kinds and percents - {0})
        or (100 in percents and kinds - {"percent", Status.DONE})
    )


def _is_overreach(body: str, clauses: list[Clause], findings: list[Finding]) -> bool:
    """Whether what seems certain might be said of something else, or be taken back by other words."""
    kinds = {signal.kind for finding in findings for signal in finding.signals}
    doubted = {signal.kind for finding in findings for signal in finding.doubted}
    keys = set(keys_of(body))
    return bool(
        (Status.DONE in kinds and (doubted or keys & TAKES_BACK_DONE or _PART_OF.search(body)))
        or _follows_other_words(clauses, findings, strict=bool({Status.DONE, Status.OPEN} & kinds))
        or ({Status.RUNNING, "unchanged"} & kinds and {Status.DELAYED, Status.BLOCKED} & doubted)
        or ("unchanged" in kinds and keys & OTHERS)
        or ("percent" in kinds and not findings[0].signals and any(key.startswith(MONEY) for key in keys))
        or _names_another(clauses, findings)
    )


def _names_another(clauses: list[Clause], findings: list[Finding]) -> bool:
    """»M12 blockiert, 13 fertig«: the second number is a measure too, but nothing says so for certain."""
    pairs = zip(clauses, findings, strict=True)
    return any(finding.doubted and _BARE_NUMBER.match(clause.text) for clause, finding in pairs)


def _follows_other_words(clauses: list[Clause], findings: list[Finding], *, strict: bool) -> bool:
    """Whether a condition stands before the first certain signal, or when ``strict`` any words of substance."""
    for clause, finding in zip(clauses, findings, strict=True):
        if finding.signals:
            return False
        keys = set(clause.keys)
        if keys & CONDITIONS or (strict and keys - CHATTER and not _is_label(clause)):
            return True
    return False


def _text(clauses: list[Clause], findings: list[Finding]) -> str:
    """The person's own words without what the fields of the report say already."""
    kept = (
        clause.body[clause.start + finding.kept : clause.after]
        for clause, finding in zip(clauses, findings, strict=True)
        if finding.kept is not None
    )
    text = "".join(kept).strip(" \n,;:-–—")
    return text if "(" in text else text.strip(")").strip()


def _clauses(body: str) -> Iterator[Clause]:
    """Split where a mark ends a clause; the clause after a colon is labelled by the words before it."""
    start, labelled = 0, False
    for mark in [*_CLAUSE_END.finditer(body), None]:
        end, after = (mark.start(), mark.end()) if mark else (len(body), len(body))
        words = list(WORD.finditer(body[start:end]))
        keys = [fold(word[0]) for word in words]
        clause = Clause(body, start, after, body[start:end], body[end:after].strip(), words, keys, labelled)
        yield clause
        labelled = clause.mark == ":" and not _is_label(clause)
        start = after


def _is_label(clause: Clause) -> bool:
    """Whether the words before a colon speak of the measure as a whole."""
    return clause.mark == ":" and LABELS.issuperset(clause.keys)


# One clause -----------------------------------------------------------------------------------------------------------

_FIGURE = re.compile(r"0*([0-9]{1,6})(?:[.,][0-9]{1,2})?")
_ASKS = re.compile(r" ?(?:ist|sind|is|are) (?:es|das|die|der|alles|sie|it|the|everything)\b", re.IGNORECASE)
_ANY_DIGIT = re.compile(r"[0-9]")
_RANGE = re.compile(r"[0-9] ?[-–—]$")
_PHRASES: dict[tuple[str, ...], State] = {
    tuple(key.split()): kind
    for kind, phrases in STATES.items()
    for phrase in phrases.split(", ")
    for key in spellings(phrase.strip())
}
_LONGEST_PHRASE = max(map(len, _PHRASES))


def _find(clause: Clause) -> Finding:
    """The signals of one clause, as far as they are certain."""
    signals = _without_participle(_signals(clause), clause.keys)
    if not signals:
        empty = HEADINGS if clause.mark == ":" else CHATTER
        return Finding(kept=None if empty.issuperset(clause.keys) else 0)
    if _is_doubtful(clause, signals):
        return Finding(kept=0, doubted=tuple(signals))
    free = _free(clause.keys, signals)
    if not free:
        return Finding(tuple(signals))
    if signals[-1].last <= free[0] and _explains(clause.keys, free[0], signals):
        return Finding(tuple(signals), clause.words[signals[-1].last].start())
    if _holds_anywhere(clause, signals):
        return Finding(tuple(signals), 0)
    return Finding(kept=0, doubted=tuple(signals))


def _is_doubtful(clause: Clause, signals: list[Signal]) -> bool:
    """Whether the clause asks, speaks of a part of the measure (»Gutachten: fertig«) or of a change (+20 %)."""
    is_question = clause.mark == "?" or _ASKS.match(clause.text)
    return bool(clause.labelled or is_question or _is_list(clause, signals) or _is_odd(clause, signals))


def _is_list(clause: Clause, signals: list[Signal]) -> bool:
    """»offen: Finanzierung« and »erledigt: Planung« name parts of a measure, not all of it."""
    goes_on = clause.mark == ":" and clause.after < len(clause.body)
    return goes_on and signals[0].kind in {Status.OPEN, Status.DONE}


def _signals(clause: Clause) -> list[Signal]:
    """Each percentage and each phrase for a state, from left to right, the longest phrase first."""
    signals: list[Signal] = []
    index = 0
    while index < len(clause.keys):
        signal = _percent_at(clause, index) or _phrase_at(clause.keys, index)
        if signal:
            signals.append(signal)
        index = signal.last if signal else index + 1
    return signals


def _percent_at(clause: Clause, index: int) -> Signal | None:
    """A whole percentage; of »62,5 %« the 62 counts, and »1.000 %« is doubtful."""
    keys = clause.keys
    if not keys[index][0].isdigit() or index + 1 == len(keys) or keys[index + 1] not in PERCENT:
        return None
    figure = _FIGURE.fullmatch(keys[index])
    start = clause.words[index].start()
    sign = -1 if clause.text[max(start - 1, 0) : start] in {"-", "−"} else 1
    kind: Literal["percent", "doubtful"] = "percent" if figure else "doubtful"
    return Signal(kind, sign * int(figure[1]) if figure else 0, index, index + 2)


def _phrase_at(keys: list[str], index: int) -> Signal | None:
    """The longest phrase for a state that begins here."""
    for length in range(_LONGEST_PHRASE, 0, -1):
        kind = _PHRASES.get(tuple(keys[index : index + length]))
        if kind and index + length <= len(keys):
            return Signal(kind, 0, index, index + length)
    return None


def _without_participle(signals: list[Signal], keys: list[str]) -> list[Signal]:
    """In "zu 60 % erledigt" and "fertig zu 60 %" the word done says nothing of its own."""
    if [signal.kind for signal in signals] == ["percent", Status.DONE] and signals[0].percent != 100:
        return signals[:1]
    if [signal.kind for signal in signals] == [Status.DONE, "percent"] and keys[signals[1].first - 1] in {"zu", "to"}:
        return signals[1:]
    return signals


def _free(keys: list[str], signals: list[Signal]) -> list[int]:
    """The words that belong to no signal and say something beside it."""
    kinds = {signal.kind for signal in signals}
    covered = _covered(signals)
    harmless = PLAIN
    if Status.DONE not in kinds:
        harmless = harmless | CONTRASTS
    if not kinds & {Status.DONE, "percent"}:
        harmless = harmless | STILL
    if "percent" in kinds:
        harmless = harmless | ABOUT | DONE_WORDS
    return [index for index, key in enumerate(keys) if index not in covered and key not in harmless]


def _covered(signals: list[Signal]) -> set[int]:
    """Where the words of the signals stand."""
    return {index for signal in signals for index in range(signal.first, signal.last)}


def _is_odd(clause: Clause, signals: list[Signal]) -> bool:
    """Increments (+20 %), ranges (60-70 %) and fractions of a measure's number are no standing."""
    for signal in signals:
        start = clause.words[signal.first].start()
        before = clause.text[max(start - 5, 0) : start].rstrip()
        if signal.kind == "doubtful" or (signal.kind == "percent" and before.endswith(("+", "±", "~", "<", ">", "/"))):
            return True
        if signal.kind == "percent" and _RANGE.search(before):
            return True
    return False


def _explains(keys: list[str], first: int, signals: list[Signal]) -> bool:
    """Whether the free words behind the signals give a reason or a date for them."""
    if keys[first] in REASONS or keys[first - 1] in REASONS | {"seit"}:
        return True
    return _is_lasting(signals) and (keys[first] in DEADLINES or not DOUBTERS & set(keys[first:]))


def _holds_anywhere(clause: Clause, signals: list[Signal]) -> bool:
    """»Wegen Gutachten verzögert«: delayed, blocked and unchanged hold wherever they stand, if nothing denies them."""
    before = clause.text[: clause.words[signals[0].first].start()]
    covered = _covered(signals)
    beside = {key for index, key in enumerate(clause.keys) if index not in covered}
    return _is_lasting(signals) and not DOUBTERS & beside and not _ANY_DIGIT.search(before)


def _is_lasting(signals: list[Signal]) -> bool:
    """Delayed, blocked and unchanged stay so whatever else is said; done and running might be of a part alone."""
    return {signal.kind for signal in signals} <= {Status.DELAYED, Status.BLOCKED, "unchanged"}
