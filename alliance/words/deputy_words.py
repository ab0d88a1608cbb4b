"""VERTRETUNG name@firma.de bis 15.08., VERTRETUNG ENDE: a deputy for a time; without a day it is about a meeting."""

from __future__ import annotations

import re
from datetime import date

from alliance.intents import EndDeputy, Intent, Matter, NameDeputy
from alliance.words.cleaning import spellings
from alliance.words.dates import understand_day
from alliance.words.wordlists import POLITE, keys_of, word_set

DEPUTY = frozenset(key for word in ("vertretung", "vertreter", "vertreterin", "deputy") for key in spellings(word))

_MARKS = " \n.,:;!-–<>()"
_END = word_set("ende beenden beendet aufheben end stop stopp over")
_UNTIL = re.compile(r"\b(?:bis|until|till)\b", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:für|fuer|for)\s+(?=\w+ (?:tage?n?|wochen?|monate?n?|days?|weeks?|months?)\b)", re.IGNORECASE)
_LEAD = re.compile(r"\A(?:(?:ist|durch|macht|übernimmt|uebernimmt|is|by)\b[ :]*)+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>;:,()]{1,64}@[^\s@<>;:,.()]{1,63}(?:\.[^\s@<>;:,.()]{1,63}){1,8}")
_NAME = re.compile(r"(?:[^\W\d_]+[.-]? ?){1,5}")


def understand_deputy(name: str, rest: str, today: date, matter: Matter) -> Intent | None:
    """The intent behind VERTRETUNG (``name``, folded) and what follows; None if it is about a meeting or unclear."""
    if name not in DEPUTY:
        return None
    said = [key for key in keys_of(rest) if key not in POLITE]
    numbers = [key for key in said if key.isdecimal()]
    if not said:
        return NameDeputy()
    if _END & set(said) and _END.issuperset(set(said) - set(numbers)) and len(numbers) <= 1:
        return EndDeputy(int(numbers[0][:9]) if numbers else 0)
    return named(rest, today, matter)


def named(words: str, today: date, matter: Matter) -> NameDeputy | None:
    """»jutta@handwerk.de bis 15.08.«, in this order or the other; the day may be known from the ``matter``."""
    who, day = _parted(" ".join(words.split()), today)
    if day is None and (_UNTIL.search(words) or matter.kind != "deputy"):
        return None
    if day is None and matter.id:
        day = date.fromordinal(matter.id)
    addresses = _ADDRESS.findall(who)
    beside = _ADDRESS.sub("", who).strip(_MARKS)
    if len(addresses) > 1 or (beside and not _NAME.fullmatch(beside)):
        return None
    if addresses:
        return NameDeputy(addresses[0].rstrip("."), day)
    return NameDeputy(beside, day) if matter.kind != "deputy" else None


def _parted(words: str, today: date) -> tuple[str, date | None]:
    """Who it is, and up to which day; the day is None if none is said or it cannot be read."""
    words = _LEAD.sub("", words.strip(_MARKS))
    for parting, before in ((_UNTIL, ""), (_SPAN, "in ")):
        if not (found := parting.search(words)):
            continue
        who, rest = words[: found.start()], words[found.end() :]
        behind = _ADDRESS.search(rest)
        if behind and not _ADDRESS.search(who):
            who, rest = behind[0], _ADDRESS.sub("", rest, count=1)
        return who.strip(_MARKS), understand_day(before + rest.strip(" ,;:!()<>"), today)
    return words, None


def is_address(text: str) -> bool:
    """Whether this is an e-mail address and nothing else, as far as its form tells."""
    return _ADDRESS.fullmatch(text) is not None
