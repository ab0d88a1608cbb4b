"""German or English words to one intent; what is doubtful stays Unclear and is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

from alliance.intents import (
    AnswerPerson,
    AnswerPersonalRequest,
    Confirm,
    Greet,
    Intent,
    Join,
    Matter,
    NameCompany,
    Pause,
    Thank,
    Unclear,
)
from alliance.notes import NO_MATTER
from alliance.words import deputy_words, idea_words, person_words
from alliance.words.cleaning import clean, without_courtesies
from alliance.words.commands import COMPANY_LENGTH, find_addresses, named_day, understand_command
from alliance.words.minutes_words import declined, minutes_in_reply
from alliance.words.poll_words import understand_ballot
from alliance.words.progress import understand_progress
from alliance.words.titles import Titles
from alliance.words.wordlists import GREETINGS, NUMBERED, PLEASE_DO, POLITE, REQUEST, THANKS, keys_of, word_set

LONGEST = 10_000  # characters of a message that is read
NO_CHOICES: Mapping[str, Intent] = MappingProxyType({})
NO_TITLES: Mapping[int, str] = MappingProxyType({})


def understand(
    text: str,
    today: date,
    matter: Matter = NO_MATTER,
    choices: Mapping[str, Intent] = NO_CHOICES,
    titles: Callable[[], Titles] = lambda: NO_TITLES,
) -> Intent:
    """The one intent of a message; Unclear with a reason when there is any doubt.

    ``choices`` are the reply words of the note that is answered and win over all else; then come commands, then what
    the ``matter`` makes of free words, then progress reports. ``titles`` looks up the measures that the speaker
    carries, with their titles, once it is needed.
    """
    said = clean(text).strip()
    if not said:
        return Unclear("", "empty")
    if len(said) > LONGEST:
        return Unclear(said, "too-long")
    intent = _understand(said, today, matter, choices, cache(titles))
    return replace(intent, text=said) if isinstance(intent, Unclear) else intent


def _understand(
    said: str, today: date, matter: Matter, choices: Mapping[str, Intent], titles: Callable[[], Titles]
) -> Intent:
    """The first reading that fits."""
    words = without_courtesies(said)
    is_thanks = THANKS & set(keys_of(words)) and (POLITE | THANKS).issuperset(keys_of(words))
    if (not words or is_thanks) and matter.kind not in {"company", "case"}:
        return _courtesy(said)
    return (
        _choice(words, choices)
        or understand_ballot(words, matter)
        or understand_command(words, today, matter)
        or _free_words(said, words, today, matter)
        or understand_progress(words, matter, today, titles)
        or Unclear(said)
    )


def _courtesy(said: str) -> Intent:
    """Nothing but courtesies: thanks, a greeting, or only a signature."""
    keys = keys_of(said)
    if THANKS.intersection(keys):
        return Thank()
    return Greet() if keys and keys[0] in GREETINGS else Unclear(said, "empty")


# Reply words ----------------------------------------------------------------------------------------------------------

_YES: tuple[str, ...] = ("ja",)
_NO: tuple[str, ...] = ("nein",)
_SAME_WORD = {
    "yes": "ja",
    "jawohl": "ja",
    "no": "nein",
    "nee": "nein",
    "nope": "nein",
    "undo": "rueckgaengig",
    "ruckgangig": "rueckgaengig",
}
_WITH_YES = POLITE | word_set(
    "ja aufnehmen annehmen passt stimmt genau einverstanden das ist so richtig korrekt ok okay auf jeden fall gut"
    " approve approved agreed fine confirmed"
)
_WITH_NO = POLITE | word_set("nein ablehnen leider auf keinen fall decline sorry")


def _choice(words: str, choices: Mapping[str, Intent]) -> Intent | None:
    """A reply word with nothing but politeness around it; yes or no with more than that is asked back."""
    options = {_reply_keys(word): intent for word, intent in choices.items()}
    said = _about_the_digest(_reply_keys(words), options)
    for option in sorted(options, key=len, reverse=True):
        if option and said[: len(option)] == option:
            if _around(option).issuperset(said[len(option) :]):
                return options[option]
            if reasoned := declined(options[option], words) or person_words.refused(options[option], words):
                return reasoned
            if option in {_YES, _NO}:
                return Unclear(words, "yes-with-text")
    asks = _YES in options or _NO in options
    return Unclear(words, "yes-with-text") if asks and _WITH_YES.issuperset(said) else None


_DIGEST = word_set("wochenüberblick überblick digest")
_BESIDE_DIGEST = POLITE | _DIGEST | word_set("mit with den dem the weekly auch also aber but")
_WITHOUT = word_set("ohne without")
_NO_DIGEST = word_set("kein keinen nicht no not")


def _about_the_digest(said: tuple[str, ...], options: Mapping[tuple[str, ...], Intent]) -> tuple[str, ...]:
    """»Ja, gern, aber ohne den Überblick« as JA OHNE, and »Ja, mit Wochenüberblick« as JA, where that is asked."""
    without = next((option for option in options if option[:1] == _YES and option[1:] and option[1] in _WITHOUT), None)
    if without is None or said[:1] != _YES:
        return said
    left = set(said[1:]) - _BESIDE_DIGEST
    if left and _WITHOUT.union(_NO_DIGEST if _DIGEST.intersection(said) else ()).issuperset(left):
        return without
    return said if left or not _DIGEST.intersection(said) else _YES


def _reply_keys(words: str) -> tuple[str, ...]:
    """The words as keys from the first that matters on, in the form that the choices use."""
    keys = keys_of(words)
    while len(keys) > 1 and keys[0] in REQUEST:
        del keys[0]
    return (*(_SAME_WORD.get(key, key) for key in keys[:1]), *keys[1:])


def _around(option: tuple[str, ...]) -> frozenset[str]:
    """The words that may stand behind a reply word."""
    return {_YES: _WITH_YES, _NO: _WITH_NO}.get(option, PLEASE_DO)


# Free words that a matter explains ------------------------------------------------------------------------------------

_CODE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LOOSE_CODE = re.compile(
    r"(?!m[0-9]{1,4}-)(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])[a-z0-9_-]{16,64}"
    r"|(?-i:(?=[^a-z]*[a-z])(?=(?:[^A-Z]*[A-Z]){3})[A-Za-z_-]{16,64})",  # one code in forty has no digit
    re.IGNORECASE,
)


def _free_words(said: str, words: str, today: date, matter: Matter) -> Intent | None:
    """What the matter takes any words for; without one, a code that stands alone proves an address."""
    match matter.kind:
        case "company":
            return _name_company(said, words, matter.id)
        case "email":
            addresses = find_addresses(said)
            return Join(email=addresses[0]) if len(addresses) == 1 else Unclear(said, "no-address")
        case "proof":
            return _proof(said)
        case "pause":
            day = named_day(words, today)
            return None if not day and NUMBERED.search(words) else Pause(day)
        case "deputy":
            return deputy_words.named(words, today, matter) if "@" in words else None
        case "minutes":
            return minutes_in_reply(words, today, matter.id)
        case "idea" | "idea-decision" | "idea-reason" | "offer" | "need":
            return idea_words.answer(said, words, matter)
        case "case":
            return AnswerPerson(matter.id, said)
        case "personal":
            return AnswerPersonalRequest(matter.id, done=False, text=said)
    return Confirm(said) if _LOOSE_CODE.fullmatch(said) else None


def _proof(said: str) -> Intent:
    """The mailed code; or the address once more, because the first one was mistyped."""
    addresses = find_addresses(said)
    if len(addresses) == 1:
        return Join(email=addresses[0])
    return Confirm(said) if _CODE.fullmatch(said) else Unclear(said)


def _name_company(said: str, words: str, request: int) -> Intent:
    """The first line is the name; a single line is taken as it stands, for "Glück auf" may be part of it."""
    line = (words if words and "\n" in said else said).splitlines()[0].strip()
    if len(line) > COMPANY_LENGTH or line.endswith("?"):
        return Unclear(said)
    if (_WITH_YES | _WITH_NO | frozenset(_SAME_WORD)).issuperset(keys_of(line)):
        return Unclear(said, "no-company")
    return NameCompany(request, line)
