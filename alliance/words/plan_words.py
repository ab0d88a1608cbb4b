"""The words about the plan: PLAN, ÄNDERN, STREICHEN, NACHWEIS, and the values that changes of a measure may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from alliance.intents import AddEvidence, AmendMeasure, Intent, Matter, SetPlanState, ShowPlan
from alliance.words.cleaning import spellings
from alliance.words.dates import understand_day
from alliance.words.progress import only_measure
from alliance.words.typos import is_known, is_slip
from alliance.words.wordlists import POLITE, keys_of, word_set

# The groups of fields of the Zukunftsplan with their fields, in order
LAYOUT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Themengruppe 1", ("Technische Infrastruktur", "Gewerbliche Flächen", "Standortmarketing")),
    (
        "Themengruppe 2",
        ("Kompetenzfelder", "Nachhaltige und ressourcenschonende Standortentwicklung", "Gründungen"),
    ),
    ("Themengruppe 3", ("Bestandsentwicklung", "Innovation und Digitalisierung", "Fachkräfte")),
)
FIELD_NAMES = tuple(name for _, names in LAYOUT for name in names)

_MARKS = " \n.,:;!?-–"
_NUMBER = re.compile(r"(?:(?:zu|für|for|to) )?(?:ma(?:ß|ss)nahme |measure )?m?[ .-]?(\d{1,6})\b[ \n]*", re.IGNORECASE)
_WHY = re.compile(r"[,;]?\s+(?=(?:weil|wegen|grund:|da|denn|because)\s)", re.IGNORECASE)
_GROUND = re.compile(r"(?:grund|begründung|reason)\s*:\s*", re.IGNORECASE)


def understand_plan(name: str, rest: str, today: date, matter: Matter) -> Intent | None:
    """The intent behind one of these words (``name``, folded) and what follows; None if it is not said as it must be.

    ``matter`` names the measure where NACHWEIS does not, and keeps »Plan steht« an answer to what was asked.
    """
    if name in _PLAN:
        return _state(rest) or _shown(rest, matter)
    if name in _AMEND:
        return amendment_of(rest, today)
    if name in _WITHDRAW:
        return _withdrawal(rest)
    return _evidence(rest, matter) if name in _EVIDENCE else None


_PLAN = spellings("plan") | spellings("zukunftsplan")
_AMEND = spellings("ändern") | {"amend", "change"}
_WITHDRAW = frozenset({"streichen", "withdraw"})
_EVIDENCE = frozenset({"nachweis", "evidence"})

# PLAN -----------------------------------------------------------------------------------------------------------------

_STATES = {
    **dict.fromkeys(word_set("entwurf draft"), "draft"),
    **dict.fromkeys(word_set("diskussion discussion"), "in-discussion"),
    **dict.fromkeys(word_set("verabschiedet verabschieden beschlossen beschließen adopted adopt"), "adopted"),
}
_BEFORE_STATE = re.compile(r"(?:(?:ist|als|in|zur|zum|is|as)\s+)*(?P<state>[^\W\d_]+)[ :;,.!]*(?P<at>.*)", re.I | re.S)
_BEFORE_FIELD = re.compile(
    r"(?P<colon>:\s*)?(?:(?:zum|für|das|for)\s+)?(?:(?:themen)?feld\s+|field\s+)?", re.IGNORECASE
)
_FIELD = re.compile(r"[^\W_]+(?:[ ,/&-]+[^\W_]+){0,6}")
_SHORT = 3  # words that may be a field that only the database knows


def _state(rest: str) -> SetPlanState | None:
    """A step in the plan's life; only the last one may name its meeting."""
    found = _BEFORE_STATE.fullmatch(rest.lstrip(" :;,"))
    state = next((_STATES[key] for key in keys_of(found["state"])[:1] if key in _STATES), "") if found else ""
    if found is None or not state:
        return None
    at = found["at"].strip(_MARKS)
    if state == "adopted":
        return SetPlanState(state, at=at)
    return SetPlanState(state) if POLITE.issuperset(keys_of(at)) else None


def _shown(rest: str, matter: Matter) -> ShowPlan | None:
    """The whole plan or a field. A field that we do not know from here must not be an answer to a question."""
    if (POLITE | {"?"}).issuperset(keys_of(rest)):
        return ShowPlan()
    found = _BEFORE_FIELD.match(rest)
    words = rest[found.end() :].strip(_MARKS) if found else ""
    if not _FIELD.fullmatch(words):
        return None
    is_free = matter.kind not in {"round", "measure", "reason", "case", "company"}
    if _is_known_field(words) or (found and found["colon"]) or (is_free and _may_be_field(words)):
        return ShowPlan(words)
    return None


def _is_known_field(words: str) -> bool:
    """Whether each word is the beginning of a word of one of the fields, or a slip away from it."""
    said = keys_of(words)
    return any(all(_is_in(key, name) for key in said) for name in FIELD_NAMES) and max(map(len, said)) > 5


def _is_in(key: str, name: str) -> bool:
    return any(word.startswith(key) or is_slip(key, word) for form in spellings(name) for word in keys_of(form))


def _may_be_field(words: str) -> bool:
    keys = keys_of(words)
    return len(keys) <= _SHORT and not any(map(is_known, keys))


# ÄNDERN and STREICHEN -------------------------------------------------------------------------------------------------

_WHAT = {
    key: what
    for what, names in (
        ("title", "titel title bezeichnung"),
        ("due", "termin frist due deadline"),
        ("begins", "beginn start begins"),
        ("field", "themenfeld feld field"),
        ("goal", "ziel goal"),
        ("initiative", "initiative"),
        ("milestone", "meilenstein milestone"),
    )
    for key in word_set(names)
}
_KEYWORD = re.compile(r"[;:,]?\s*(?P<word>[^\W\d_]+)(?P<done> (?:erledigt|done))?\s*[;:]?\s*(?P<rest>.*)", re.I | re.S)
_DONE = word_set("erledigt fertig geschafft done")
_GONE = word_set("streichen gestrichen weg entfällt drop remove")
_EMPTY = word_set("leer keine keiner kein none empty")
_INITIATIVES = {
    **dict.fromkeys(word_set("verwaltung stadt administration city"), "administration"),
    **dict.fromkeys(word_set("unternehmen wirtschaft firma business company companies"), "business"),
}


@dataclass(frozen=True)
class Milestone:
    """A milestone as it was said; ``gone`` takes it out of the plan."""

    title: str
    due: date | None = None
    done: bool = False
    gone: bool = False


def amendment_of(text: str, today: date) -> AmendMeasure | None:
    """»M12; Termin; 31.12.2027; weil das Gutachten später kommt«; None if it is not said so."""
    number = _NUMBER.match(text)
    said = _KEYWORD.fullmatch(text[number.end() :]) if number else None
    what = next((_WHAT[key] for key in keys_of(said["word"]) if key in _WHAT), "") if said else ""
    if number is None or said is None or not what or (said["done"] and what != "milestone"):
        return None
    value, why = _READERS.get(what, _one_part)(said["rest"], today)
    if said["done"]:
        value = f"{value}; {said['done'].strip()}"
    return AmendMeasure(int(number[1]), what, value, why) if value.strip(" ;") else None


def initiative_of(value: str) -> str | None:
    """ "administration" or "business"; None if it is neither."""
    found = {_INITIATIVES[key] for key in keys_of(value) if key in _INITIATIVES}
    return found.pop() if len(found) == 1 else None


def is_empty(value: str) -> bool:
    """Whether the value says that there shall be none: »-« or »leer«."""
    return value.strip() in {"-", "–"} or (bool(value) and _EMPTY.issuperset(keys_of(value)) and bool(keys_of(value)))


def milestone_of(value: str, today: date) -> Milestone | None:
    """»Ausschreibung; 30.06.2027«, »Ausschreibung; erledigt« or »Ausschreibung; streichen«; None if unreadable."""
    title, _, more = (part.strip() for part in value.partition(";"))
    keys = set(keys_of(more))
    if not title:
        return None
    if not keys:
        return Milestone(title)
    if keys & (_DONE | _GONE):
        known = keys <= _DONE | _GONE
        return Milestone(title, done=bool(keys & _DONE), gone=bool(keys & _GONE)) if known else None
    day = understand_day(more, today)
    return Milestone(title, day) if day else None


def reason_of(text: str) -> str:
    """A reason without the word that announces it."""
    return _GROUND.sub("", text.strip(" ;"), count=1).strip()


def _one_part(rest: str, _today: date) -> tuple[str, str]:
    value, _, why = rest.partition(";")
    return value.strip(), reason_of(why)


def _short_part(rest: str, _today: date) -> tuple[str, str]:
    """A day or one word; the reason may follow without a semicolon."""
    if ";" in rest:
        return _one_part(rest, _today)
    value, *why = _WHY.split(rest, maxsplit=1)
    return value.strip(" ,."), reason_of(why[0] if why else "")


def _milestone_parts(rest: str, today: date) -> tuple[str, str]:
    title, _, more = rest.partition(";")
    value, why = _one_part(more, today)
    if not value or milestone_of(f"{title}; {value}", today):
        return f"{title.strip()}; {value}".strip(" ;"), why
    if re.search(r"\d", value) and why:
        return f"{title.strip()}; {value}", why  # a day that cannot be read is said to be so
    return title.strip(), reason_of(more)


_READERS: dict[str, Callable[[str, date], tuple[str, str]]] = {
    "due": _short_part,
    "begins": _short_part,
    "initiative": _short_part,
    "milestone": _milestone_parts,
}


def _withdrawal(rest: str) -> AmendMeasure | None:
    number = _NUMBER.match(rest)
    if number is None:
        return None
    why = rest[number.end() :]
    if why and why[0] not in ";:,-–" and not _WHY.match(f" {why}"):
        return None
    return AmendMeasure(int(number[1]), "withdrawn", "", reason_of(why.strip(_MARKS)))


# NACHWEIS -------------------------------------------------------------------------------------------------------------

_LINK = re.compile(r"https?://\S", re.IGNORECASE)


def _evidence(rest: str, matter: Matter) -> AddEvidence | None:
    """The measure, a colon or a link, and the words; without a number the measure that was asked about."""
    number = _NUMBER.match(rest)
    measure = int(number[1]) if number else only_measure(matter)
    text = rest[number.end() :] if number else rest
    if measure is None or not (text[:1] in {":", ";"} or _LINK.match(text)):
        return None
    return AddEvidence(measure, " ".join(text.strip(" ;:\n").split()))
