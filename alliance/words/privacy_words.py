"""What people say about their data and Telegram: DATENSCHUTZ, TELEGRAM, TELEGRAM AUS."""

from __future__ import annotations

from datetime import date

from alliance.intents import Intent, LinkTelegram, ShowPrivacy, UnlinkTelegram
from alliance.words.wordlists import POLITE, keys_of, word_set

_OFF = word_set("aus weg nein ab abmelden abbestellen ausschalten beenden ende trennen stopp stop off no end unlink")
_ON = word_set("an ein ja verbinden anmelden on yes link")
_ABOUT = word_set("hinweis hinweise erklärung information informationen infos notice policy zeigen show ?")


def telegram(rest: str, _today: date) -> Intent | None:
    """TELEGRAM, TELEGRAM AN, TELEGRAM AUS."""
    said = set(keys_of(rest)) - POLITE
    if said and _OFF.issuperset(said):
        return UnlinkTelegram()
    return LinkTelegram() if _ON.issuperset(said) else None


def privacy(rest: str, _today: date) -> Intent | None:
    """DATENSCHUTZ, and what people call the notice."""
    return ShowPrivacy() if (POLITE | _ABOUT).issuperset(keys_of(rest)) and "??" not in rest else None
