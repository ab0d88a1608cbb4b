"""What people say about the digest: how often, about what, and the office's preview and release."""

from __future__ import annotations

import re
from datetime import date

from alliance.intents import FollowPlan, Intent, PreviewDigest, ReleaseDigest, SetDigest
from alliance.words.wordlists import POLITE, keys_of, word_set

FIELD_WORDS = 8  # words of the longest name of a field
_WEEKLY = word_set("an ein ja woche wöchentlich jede on weekly every week")
_MONTHLY = word_set("monat monatlich einmal im jeden monthly every month once a")
_NEVER = word_set("aus nie nein kein keinen abbestellen abmelden stopp stop off never no unsubscribe")
_NO_MORE = word_set("ende nicht mehr aus stopp stop no more not off")
_ALL = word_set("alles allem alle everything all")
_ON, _OFF = word_set("an ein ja on yes"), word_set("aus nein off no")
_NUMBER = re.compile(r"(?:maßnahme|measure)?\s*m?\s?(\d{1,6})", re.IGNORECASE)
_NO_NAME = re.compile(r"[?!.:;\n]")


def digest_rhythm(rest: str, _today: date) -> Intent | None:
    """WOCHENÜBERBLICK AN, MONATLICH, AUS; alone it asks how it is set."""
    said = set(keys_of(rest)) - POLITE
    for rhythm, words in (("weekly", _WEEKLY), ("monthly", _MONTHLY), ("never", _NEVER)):
        if said and words.issuperset(said):
            return SetDigest(rhythm)
    return None if said else SetDigest("")


def follow(rest: str, _today: date) -> Intent | None:
    """FOLGEN M12, FOLGEN Fachkräfte, FOLGEN ENDE M12, FOLGEN ALLES; alone it shows the list."""
    words = rest.split()
    kept = [word for word in words if not _NO_MORE.issuperset(keys_of(word))]
    on, what = len(kept) == len(words), " ".join(kept).strip(" ,")
    said = set(keys_of(what)) - POLITE
    if _ALL.issuperset(said):
        return FollowPlan(everything=bool(said)) if on else None
    if found := _NUMBER.fullmatch(what):
        return FollowPlan(measure=int(found[1]), on=on)
    return None if len(kept) > FIELD_WORDS or _NO_NAME.search(what) else FollowPlan(field=what, on=on)


def preview(rest: str, _today: date) -> Intent | None:
    """VORSCHAU AN / AUS."""
    said = set(keys_of(rest)) - POLITE
    if said and _OFF.issuperset(said):
        return PreviewDigest(on=False)
    return PreviewDigest(on=True) if said and _ON.issuperset(said) else None


def release(rest: str, _today: date) -> Intent | None:
    """FREIGEBEN."""
    return ReleaseDigest() if POLITE.issuperset(keys_of(rest)) else None
