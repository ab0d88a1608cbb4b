"""The days and times that a sentence names, and what they are to what is said: a deadline, a beginning, a past day."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from alliance.words.cleaning import fold
from alliance.words.dates import ALL_WEEKDAYS, MONTHS, NUMBERS, ORDINALS, understand_deadline
from alliance.words.tokens import Word
from alliance.words.wordlists import word_set

MOST_DAYS = 40  # times in one message that are looked at
_LONGEST = 6  # words
ROLLED = 303  # days ahead; further off, a day without a year was most likely meant to be the one just past

Role = Literal["until", "on", "aside", "later", "past", "vague"]


class Time(NamedTuple):
    """A time that words name, from the place ``first`` up to ``last``, with the words that lead to it.

    ``role``: "until" (bis, spätestens, zum …), "on" (nothing or »am«), "aside" (since, from, instead of: no deadline),
    "later" (from then on, not before), "past" (behind us), "vague" (no day, or one of several).
    """

    day: date | None
    role: Role
    first: int
    last: int


TIME_WORDS = (
    MONTHS.keys()
    | ALL_WEEKDAYS.keys()
    | ORDINALS.keys()
    | NUMBERS.keys()
    | word_set(
        "anfang mitte ende in im innerhalb within kw kalenderwoche week cw q q1 q2 q3 q4 monatsende jahresende"
        " quartalsende month year morgen tomorrow übermorgen day nächste nächsten nächster nächstes nächstem kommende"
        " kommenden kommender next coming diese diesen dieser dieses this mid early late middle beginning end ostern"
        " easter pfingsten weihnachten christmas silvester neujahr heiligabend jahreswechsel vor before noch"
    )
)
_UNTIL = word_set("bis until till til by spätestens zum zur längstens due latest")
_TO = word_set("auf to for für")
# a year, or a span of time
_FIXED = re.compile(
    r"20\d\d|\d\. ?\d{1,2}\. ?\d\d|naechst|komm|next|coming|jahr|year|noch"
    r"|\b(?:in|within|innerhalb)\b.*(?:tag|day|woche|week|mon)"
)
_PAST = word_set("letzte letzten letzter letztes vergangene vergangenen vorige vorigen last previous")
_UNITS = word_set(
    "tage tagen tag wochen woche monat monate monaten jahr jahre jahren day days week weeks month months year years"
)
_LEADS = word_set(
    "am im in an den der dem die das the on at of so ca circa etwa ungefähr voraussichtlich wohl erst then no later"
    " than nun jetzt now expected is are ist wird gegen rund zu nach not before about around"
) | {"ca"}
_ASIDE = word_set("seit since ab from vom von statt anstatt instead nicht not frühestens nach after start beginn")
_FROM_THEN = word_set("ab frühestens nach after starting nicht")
_COMPLETED = word_set("fertigstellung abschluss termin zieltermin fertig completion")
_MAY = word_set("mai may mar sun mon sat mi do so di fr sa mo march")
_BETWEEN = word_set("zwischen between")


def times_in(text: str, words: list[Word], today: date) -> list[Time]:
    """The times a text names, from left to right."""
    found: list[Time] = []
    index = tried = 0
    while index < len(words) and tried < MOST_DAYS:
        is_start = words[index].key[0].isdigit() or words[index].key in TIME_WORDS
        tried += is_start
        time = _past_at(words, index) or (_time_at(text, words, index, today) if is_start else None)
        if time:
            found.append(time)
        index = time.last if time else index + 1
    return found


def _past_at(words: list[Word], index: int) -> Time | None:
    """»letzte Woche«, »seit zwei Wochen«, »vor drei Tagen«, »two weeks ago«."""
    keys = [word.key for word in words[index : index + 3]]
    if keys[0] in _PAST and len(keys) > 1 and (keys[1] in _UNITS | MONTHS.keys() or keys[1] in ALL_WEEKDAYS):
        begin = index - (index > 0 and words[index - 1].key in {"seit", "since", "im", "in"})
        return Time(None, "past", begin, index + 2)
    if keys[0] in {"seit", "vor", "for"} and len(keys) > 2 and keys[2] in _UNITS and _is_count(keys[1]):
        return Time(None, "past", index, index + 3)
    if len(keys) > 2 and keys[2] == "ago" and keys[1] in _UNITS:
        return Time(None, "past", index, index + 3)
    return None


def _is_count(key: str) -> bool:
    return key.isdecimal() or key in NUMBERS or key in {"einigen", "wenigen", "paar", "several"}


def _time_at(text: str, words: list[Word], index: int, today: date) -> Time | None:
    """The longest time that begins at this word."""
    for last in range(min(index + _LONGEST, len(words)), index, -1):
        end = words[last - 1].end
        phrase = text[words[index].start : end + text.startswith(".", end)]
        if words[index].key in {"heute", "today"} or "\n" in phrase or phrase.startswith(("%", "?")):
            return None
        if text[end : end + 2].strip()[:1] == "%":
            continue
        day = understand_deadline(phrase, today)
        if day:
            return _placed(text, words, index, last, day, today)
    return None


def _placed(text: str, words: list[Word], first: int, last: int, day: date, today: date) -> Time | None:
    """The time with the words that lead to it, and what they make of it."""
    begin = first
    while begin and words[begin - 1].key in _LEADS | _UNTIL | _TO and _adjacent(text, words, begin):
        begin -= 1
    leads = {word.key for word in words[begin:first]}
    before = words[begin - 1].key if begin and _adjacent(text, words, begin) else ""
    phrase = text[words[first].start : words[last - 1].end]
    if last == first + 1 and _is_bare(phrase, leads, before, text, words[last - 1].end):
        return None
    role = _role(leads, before, is_rolled=_is_rolled(phrase, day, today))
    if _is_range(text, words, last) or before in _BETWEEN:
        role = "vague"
    return Time(day, role, begin - (role in {"aside", "later"} and bool(before)), last)


def _adjacent(text: str, words: list[Word], index: int) -> bool:
    """Whether no mark stands between this word and the one before it."""
    return not text[words[index - 1].end : words[index].start].strip(" .")


def _is_bare(phrase: str, leads: set[str], before: str, text: str, end: int) -> bool:
    """»may«, »so«, »12.5«: a word that is a time only if other words say so."""
    key = fold(phrase)
    if key in _MAY:
        return not leads and before not in _ASIDE | _COMPLETED | {"ende"}
    return bool(phrase[0].isdigit()) and phrase.count(".") == 1 and not text.startswith(".", end) and not leads


def _role(leads: set[str], before: str, *, is_rolled: bool) -> Role:
    """What the words before a day make of it."""
    if not is_rolled and (before in _FROM_THEN or ("not" in leads and "later" not in leads)):
        return "later"
    if before in _ASIDE or leads & (_ASIDE - {"nach", "not"}):
        return "aside" if not leads & _UNTIL else "past"
    if is_rolled:
        return "past" if not leads & _UNTIL else "vague"
    return "until" if leads & (_UNTIL | _TO) else "on"


def _is_rolled(phrase: str, day: date, today: date) -> bool:
    """Whether the day is behind us, or was so lately that the next one can hardly be meant."""
    return day < today or ((day - today).days > ROLLED and not _FIXED.search(fold(phrase)))


def _is_range(text: str, words: list[Word], last: int) -> bool:
    """»KW 3-5«, »März/April«, »15. oder 16.1.«."""
    if last == len(words):
        return False
    between, key = text[words[last - 1].end : words[last].start].strip(" ."), words[last].key
    goes_on = key[0].isdigit() or key in MONTHS
    return (between in {"-", "–", "—", "/"} and goes_on) or (not between and key in {"oder", "or"})
