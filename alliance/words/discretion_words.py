"""MIT NAMEN: what Telegram showed with initials, as a letter with everything in it."""

from __future__ import annotations

from datetime import date

from alliance.intents import Intent, MailMe
from alliance.words.wordlists import POLITE, keys_of, word_set

_NAMES = word_set("namen names")
_AROUND = POLITE | word_set("allen all per mail e email brief als by in a letter the")


def with_names(rest: str, _today: date) -> Intent | None:
    """What follows MIT or WITH: the names, and how they are to come."""
    said = set(keys_of(rest))
    return MailMe() if said & _NAMES and (_NAMES | _AROUND).issuperset(said) else None
