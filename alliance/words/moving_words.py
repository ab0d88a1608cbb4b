"""WECHSEL: Neue GmbH – the words of somebody who speaks for another company now."""

from __future__ import annotations

import re
from datetime import date

from alliance.intents import ChangeCompany
from alliance.words.wordlists import POLITE, keys_of

LONGEST = 120  # characters of a company's name

_LEAD = re.compile(r"\A(?::|(?:zu|zur|zum|to)\b ?:?)\s*", re.IGNORECASE)


def change_company(rest: str, _today: date) -> ChangeCompany | None:
    """One name after a colon or »zu«; nothing at all asks for it, and what says more is no name."""
    if POLITE.issuperset(keys_of(rest)):
        return ChangeCompany()
    found = _LEAD.match(rest)
    name = rest[found.end() :].strip(' .,;"»«„“') if found else ""
    fits = name and len(name) <= LONGEST and not any(mark in name for mark in "\n?%@")
    return ChangeCompany(name) if fits else None
