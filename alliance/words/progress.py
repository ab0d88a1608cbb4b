"""Progress reports in words: »M12: 60 %, verzögert wegen Gutachten«, one or several in a message."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from alliance.intents import Intent, Matter, Report, ReportProgress, Unclear
from alliance.words.sections import REST, Section, sections_of
from alliance.words.standing import Reading, read
from alliance.words.titles import Titles, mentions_another, with_numbers
from alliance.words.wordlists import (
    ALL,
    CHATTER,
    DITTO,
    EXCEPT,
    FOR_THE_OFFICE,
    NOTHING_SAID,
    NUMBERED,
    OTHERS,
    PLAIN,
    REQUEST,
    SPACES,
    WRITE_DOWN,
    keys_of,
)

ASIDE = 25  # words; a longer doubtful answer without a number is for the office to read
UNASKED = 7  # words; the same where nothing was asked
MOST_SECTIONS = 50  # parts about measures in one message

_LOOSE_NUMBER = re.compile(r"[0-9]{1,4}[),] ")  # »12) 60 %«: a measure or an item of a list
_ALL_OF_THEM = re.compile(r"\b(alle[nr]?|all)( (?:zwei|drei|vier|fünf|two|three|four|five|[0-9]))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What a message may be about: the ``matter`` it answers and the measures the speaker carries, on that day."""

    matter: Matter
    today: date
    titles: Callable[[], Titles]


def understand_progress(words: str, matter: Matter, today: date, titles: Callable[[], Titles]) -> Intent | None:
    """The reports in a message; Unclear if in doubt about them, None if it reports nothing.

    Without a number a report belongs to the ``matter`` that was asked about; the answer to "why?" may be any words.
    """
    words = _without_request(SPACES.sub(" ", words))
    asked = Asked(matter, today, titles)
    if _is_question(words):
        return None
    named = with_numbers(words, titles(), _asked_about(matter))
    if named.mixed:
        return Unclear(words, "doubtful")
    if not named.numbers:
        return _reports(named.text, asked)
    intent = _reports(named.text, asked, frozenset(named.numbers))
    if words[0].isdigit() and len(named.numbers) == 1 and not isinstance(intent, ReportProgress):
        return _reports(words, asked)  # »12 Betriebe haben zugesagt«
    return intent


def only_measure(matter: Matter) -> int | None:
    """The one measure that was asked about, if it is one."""
    if matter.kind in {"measure", "reason"}:
        return matter.id
    return matter.measures[0] if matter.kind == "round" and len(matter.measures) == 1 else None


def _asked_about(matter: Matter) -> tuple[int, ...]:
    return matter.measures if matter.kind == "round" else ()


_QUESTION = re.compile(
    r"(?:ist|sind|war|läuft|laeuft|wann|wer|was|wie|welche[rsn]?|wo|warum|darf|dürfen|können|könnten|kann|bekommen"
    r"|haben|hat|wird|werden|bin|is|are|can|could|which|what|when|who|where|why|how|does|do|did|has|have|will|may)\b"
    r"(?! ?,| uns\b| jemand| anyone| (?:anybody|somebody))[^?]*\?\s*",
    re.IGNORECASE,
)


def _is_question(words: str) -> bool:
    """A question that somebody has to answer; but »könnten Sie 60 % eintragen?« is a report."""
    return bool(_QUESTION.fullmatch(words)) and len(keys_of(words)) > 4 and not _is_wish(words)


_REQUESTS = (
    re.compile(r"(?:bitte )?(?:tragen|notieren|vermerken|setzen|nehmen) sie (?:bitte )?(?P<rest>.+)", re.I | re.S),
    re.compile(
        r"(?:bitte )?(?:können|könnten|würden) sie (?:bitte )?(?P<rest>.+(?:eintragen|vermerken|notieren))\?", re.I
    ),
    re.compile(r"(?:please )?(?:put down|put|note|record|enter)\b:? (?P<rest>.+)", re.I | re.S),
)


def _without_request(words: str) -> str:
    """»Bitte tragen Sie für M12 60 % ein« is »für M12 60 %«."""
    found = next((found for request in _REQUESTS if (found := request.fullmatch(words))), None)
    return found["rest"] if found else words


def _is_wish(words: str) -> bool:
    keys = set(keys_of(words))
    return bool(keys & WRITE_DOWN) or {"wer", "uns"} <= keys or {"who", "us"} <= keys


def _reports(words: str, asked: Asked, titled: frozenset[int] = frozenset()) -> Intent | None:
    """The reports of a text whose titles have become the numbers ``titled``."""
    words = _ALL_OF_THEM.sub(r"\1", words)
    sections = list(sections_of(words))
    if any(section.number not in {None, REST} for section in sections):
        return _numbered_reports(words, sections, asked, titled)
    reading = read(words, asked.today)
    matter = asked.matter
    is_asked = matter.kind in {"measure", "round", "reason"}
    if matter.kind == "reason" and reading.kind != "certain" and not words.endswith("?"):
        return _progress(Report(matter.id, text=words))
    if reading.kind == "certain":
        if NUMBERED.search(words) or _LOOSE_NUMBER.match(words):
            return Unclear(words, "doubtful")
        return _placed(words, reading.report, asked)
    return _not_a_report(words, reading, is_asked=is_asked)


def _not_a_report(words: str, reading: Reading, *, is_asked: bool) -> Intent | None:
    """Doubtful states and one-word answers are asked back; all else is for the office."""
    keys = keys_of(words)
    is_answer = (CHATTER | {"nein", "no", "gut"}).issuperset(keys) or _is_bare_figure(keys)
    is_state = reading.kind == "doubtful" or (reading.kind == "weak" and is_asked and keys[-1:] != ["?"])
    is_doubtful = is_state and len(keys) <= (ASIDE if is_asked else UNASKED)
    return Unclear(words, "doubtful") if keys and (is_doubtful or is_answer) else None


def _is_bare_figure(keys: list[str]) -> bool:
    """»wir sind bei 60«: a share, perhaps."""
    figures = [key for key in keys if key[0].isdigit()]
    return bool(figures) and (PLAIN | CHATTER).issuperset(key for key in keys if not key[0].isdigit())


def _placed(words: str, report: Report, asked: Asked) -> Intent:
    """A report without a number belongs to what was asked about."""
    matter = asked.matter
    number = only_measure(matter)
    if number is not None and mentions_another(words, asked.titles(), number):
        return Unclear(words, "doubtful")
    if number is not None or matter.kind != "round" or not matter.measures:
        return _progress(replace(report, measure=number))
    keys = set(keys_of(words))
    if report == Report(unchanged=True) or (keys & ALL and not keys & OTHERS):
        return _progress(*(replace(report, measure=number) for number in matter.measures))
    return Unclear(words, "which-measure")


def _progress(*reports: Report) -> ReportProgress:
    return ReportProgress(reports)


# Several measures in one message --------------------------------------------------------------------------------------

_INTRODUCTION = re.compile(
    r"[^\n]*:|(?:anbei|hier|nachfolgend|nachstehend|im folgenden|here)\b[^\n,;]{0,80}", re.IGNORECASE
)


def _numbered_reports(words: str, sections: list[Section], asked: Asked, titled: frozenset[int]) -> Intent | None:
    """One report per measure; a doubt about one is a doubt about the message, so that nothing is half recorded."""
    if len(sections) > MOST_SECTIONS:
        return Unclear(words, "doubtful")
    preamble, rest = _preamble([_own_rest(section, asked) for section in sections])
    grouped = _by_number(rest)
    preamble, grouped = _with_exception(preamble, grouped, asked)
    readings: dict[int, Reading] = {}
    for number, parts in grouped.items():
        latest = next(reversed(readings.values()), None)
        readings[number] = _as_before(parts, latest) or _read_section(parts, asked, titled)
    kinds = {reading.kind for reading in readings.values()}
    if "doubtful" in kinds or _says_more(preamble, asked):
        return Unclear(words, "doubtful")
    if "certain" not in kinds and (_is_for_the_office(words) or titled):
        return Unclear(words)
    if titled and any(readings[number].kind != "certain" for number in titled if number in readings):
        return Unclear(words, "doubtful")
    if any(reading.kind == "free" and len(readings) > 1 and _speaks_to_us(reading) for reading in readings.values()):
        return Unclear(words, "doubtful")
    return _as_reports(words, preamble, readings, asked)


def _own_rest(section: Section, asked: Asked) -> Section:
    """»M12 60 %, Rest im Mai« is the rest of this measure, not the other ones."""
    if section.number != REST:
        return section
    report = read(section.whole, asked.today).report
    is_own = report.expected and not (report.status or report.unchanged or report.percent)
    return section._replace(number=None, body=section.whole) if is_own else section


def _as_reports(words: str, preamble: str, readings: dict[int, Reading], asked: Asked) -> Intent:
    """The readings as reports; what is said of "the others" goes to those that were asked about and not named."""
    reports = [replace(reading.report, measure=number) for number, reading in readings.items() if number != REST]
    if REST in readings:
        others = [number for number in _asked_about(asked.matter) if number not in readings]
        if not others or readings[REST].kind != "certain" or readings[REST].report.text:
            return Unclear(words, "doubtful")
        reports += [replace(readings[REST].report, measure=number) for number in others]
    if preamble and not _INTRODUCTION.fullmatch(preamble) and not CHATTER.issuperset(keys_of(preamble)):
        reports[0] = replace(reports[0], text=f"{preamble}\n{reports[0].text}".strip())
    return _progress(*reports)


_EXCEPTION = re.compile(r"(?P<state>.{3,60}?),? (?:bis auf|außer(?: bei)?|ausser|except(?: for)?)\s*", re.IGNORECASE)


def _with_exception(
    preamble: str, grouped: dict[int, list[Section]], asked: Asked
) -> tuple[str, dict[int, list[Section]]]:
    """»Unverändert bis auf M14, da sind wir bei 50 %«: what comes first is said of the others."""
    found = _EXCEPTION.fullmatch(preamble)
    if not found or len(grouped) != 1 or REST in grouped:
        return preamble, grouped
    return "", {**grouped, REST: [Section(REST, found["state"], found["state"], joined=False)]}


def _says_more(preamble: str, asked: Asked) -> bool:
    """Whether words before the first number report on something themselves."""
    keys = set(keys_of(preamble))
    reading = read(preamble, asked.today)
    is_exception = keys & EXCEPT or preamble.endswith("bis auf")
    return bool(NUMBERED.search(preamble) or reading.kind in {"certain", "doubtful"} or is_exception)


def _is_for_the_office(words: str) -> bool:
    """A question or a request is no remark about a measure: somebody has to answer it."""
    return words.endswith("?") or bool((REQUEST | FOR_THE_OFFICE) & set(keys_of(words)))


def _speaks_to_us(reading: Reading) -> bool:
    """»M14 rufe ich Sie an«, »dazu kann ich nichts sagen«: among reports, that is none."""
    return bool(set(keys_of(reading.report.text)) & (_PERSONS | FOR_THE_OFFICE))


_PERSONS = frozenset({"ich", "sie", "ihnen", "herr", "frau", "i", "you", "mr", "ms", "mrs"})


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


def _as_before(sections: list[Section], latest: Reading | None) -> Reading | None:
    """»M12 blockiert, M14 auch«."""
    keys = [key for section in sections for key in keys_of(section.body)]
    if not latest or latest.kind != "certain" or not keys or not (DITTO - {"%", "?"}).issuperset(keys):
        return None
    return replace(latest, report=replace(latest.report, text=""))


def _read_section(sections: list[Section], asked: Asked, titled: frozenset[int]) -> Reading:
    """What all sections of one measure say; a remark must have words of its own and be about this measure alone."""
    number = sections[0].number
    body = "\n".join(section.body for section in sections).strip()
    reading = read(body, asked.today, numbered=True, strict=number in titled)
    if number in titled and (NUMBERED.search(body) or mentions_another(body, asked.titles(), number)):
        return Reading(reading.report, "doubtful")
    if reading.kind in {"certain", "doubtful"}:
        return reading
    remark = set(keys_of(NUMBERED.sub("", reading.report.text))) - CHATTER - DITTO - NOTHING_SAID
    is_joined = any(section.joined for section in sections) and not titled
    if not any(key[0].isalpha() for key in remark) or is_joined or NUMBERED.search(body):
        return Reading(reading.report, "doubtful")
    whole = "\n".join(section.whole for section in sections).strip()
    return Reading(Report(text=whole, help_wanted=reading.report.help_wanted), "free")
