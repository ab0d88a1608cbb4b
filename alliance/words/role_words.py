"""ROLLE name@firma.de Beobachter: what somebody is to be, as the office says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from alliance.intents import Intent, SetRole
from alliance.words.cleaning import spellings
from alliance.words.wordlists import POLITE, keys_of, word_set

_ADDRESS = re.compile(r"[^\s@;:,<>]+@[^\s@;:,<>]+")
_ROLES = {
    key: role
    for role, names in (
        ("member", "mitglied member mitgliedschaft"),
        ("observer", "beobachter beobachterin beobachtung beobachtend mitlesend observer"),
        ("office", "geschäftsstelle büro office"),
    )
    for name in names.split()
    for key in spellings(name)
}
_AROUND = POLITE | word_set("ist wird als für zu zur zum jetzt nun die der in rolle role is to as the of a an ; , : =")


def understand_role(parts: Sequence[str], _today: date) -> Intent | None:
    """One address and one role, with nothing but small words around them."""
    words = " ".join(parts)
    addresses = _ADDRESS.findall(words)
    said = [key for key in keys_of(_ADDRESS.sub(" ", words)) if key not in _AROUND]
    if len(addresses) != 1 or len(said) != 1 or said[0] not in _ROLES:
        return None
    return SetRole(addresses[0].lower(), _ROLES[said[0]])
