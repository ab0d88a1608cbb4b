"""IDEE, ANGEBOT, GESUCH and what is said about them: sharing, deciding, settling, asking for a contact."""

from __future__ import annotations

import re

from alliance.intents import (
    AskContact,
    CloseOffer,
    DecideIdea,
    Intent,
    KeepIdea,
    Matter,
    PlaceIdea,
    ShareIdea,
    ShareOffer,
    ShowIdeas,
    ShowOffers,
    Unclear,
)
from alliance.words.cleaning import fold
from alliance.words.wordlists import POLITE, keys_of, word_set

_LABEL = re.compile(
    r"(?:(?:bitte|please)\s+)?(?P<slash>/)?(?P<name>[^\W\d_]+)(?:@\w+)?(?P<colon>\s?:)?(?P<rest>.*)", re.DOTALL
)
_IDEA, _IDEAS = word_set("idee idea"), word_set("ideen ideas")
_OFFER, _NEED = word_set("angebot offer biete"), word_set("gesuch need suche")
_OFFERS, _CONTACT = word_set("angebote gesuche offers needs"), word_set("kontakt contact")
_ONLY_WITH_COLON = word_set("biete suche")
_SHOWING = POLITE | {"?"}
_NO_TEXT = word_set("ja nein yes no abbrechen cancel doch nicht bitte danke stopp stop")

_NUMBER = re.compile(r"\s*#?(?P<number>[0-9]{1,6})(?![\w%.,])\s*(?P<rest>.*)", re.DOTALL)
_TARGET = r"(?P<kind>idee|idea|m|maßnahme|massnahme|measure)?\s?(?P<target>[0-9]{1,6})"
_PLACE = re.compile(rf"(?:passt|gehört|gehoert|fits|belongs)\s+(?:zu|zur|to)\s+{_TARGET}[\s.!]*", re.IGNORECASE)
_KEEP = re.compile(r"(?:bleibt eigen|(?:stays )?on its own)[\s.!]*", re.IGNORECASE)
_MERGE = re.compile(
    rf"(?:zusammenführen|zusammenfuehren|merge)?\s*(?:mit|zu|zur|with|into|to)\s+{_TARGET}[\s.!]*", re.IGNORECASE
)
_DECLINE = re.compile(
    r"(?:ablehnen|decline|reject)(?:\s?[:;,–-]\s?|\s+(?=weil|because)|\s*\Z)(?P<why>.*)", re.IGNORECASE | re.DOTALL
)
_PROMOTE = re.compile(
    r"(?:übernehmen|uebernehmen|promote|adopt)(?:\s?:|(?=\s|\Z))(?P<field>[^;\n]*)(?:;(?P<why>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_SETTLED = re.compile(r"(?:ist )?(?:erledigt|vergeben|geschlossen|zu|done|settled|closed)[\s.!]*", re.IGNORECASE)
_ASKS = re.compile(r"(?:kontakt|contact)[\s.!]*", re.IGNORECASE)


def understand_shared(words: str, matter: Matter) -> Intent | None:
    """A message that begins with one of the words above, None if it is none of ours.

    Without a colon »IDEE Radstation« may be meant otherwise and is asked back, and so is »Angebot: …« as an answer to
    a question about measures.
    """
    found = _LABEL.fullmatch(words.strip())
    if found is None:
        return None
    name, rest = fold(found["name"]), found["rest"].strip()
    says = bool(found["slash"] or found["colon"])
    if name in _IDEAS | _OFFERS and _SHOWING.issuperset(keys_of(rest)) and not found["colon"]:
        return ShowIdeas() if name in _IDEAS else ShowOffers()
    if name in _CONTACT:
        return _numbered_contact(rest)
    if name in _IDEA:
        about = None if found["colon"] else _about_idea(rest)
        return about or (
            ShareIdea(rest, confirmed=says and bool(rest)) if says or _shouts(found["name"], rest) else None
        )
    return _offer(found["name"], rest, says=says, colon=bool(found["colon"]), matter=matter)


def _shouts(name: str, rest: str) -> bool:
    """»IDEE Radstation am Bahnhof«: the word in capitals, or alone, can hardly mean anything else."""
    return not rest or (name.isupper() and not rest[0].isdigit())


def _offer(name: str, rest: str, *, says: bool, colon: bool, matter: Matter) -> Intent | None:
    key = fold(name)
    if key not in _OFFER | _NEED:
        return None
    if not colon and key not in _ONLY_WITH_COLON and (about := _about_offer(rest)):
        return about
    is_answer = matter.kind in {"round", "measure", "reason"} and not name.isupper()
    if says and (rest or key not in _ONLY_WITH_COLON):
        return ShareOffer(rest, seeking=key in _NEED, confirmed=bool(rest) and not is_answer)
    if key in _ONLY_WITH_COLON or is_answer or not _shouts(name, rest):
        return None
    return ShareOffer(rest, seeking=key in _NEED, confirmed=False)


def _numbered_contact(rest: str) -> Intent | None:
    found = _NUMBER.fullmatch(rest)
    return AskContact(int(found["number"])) if found and POLITE.issuperset(keys_of(found["rest"])) else None


def _about_offer(rest: str) -> Intent | None:
    """»3 ERLEDIGT«, »3 KONTAKT«."""
    found = _NUMBER.fullmatch(rest)
    if found is None:
        return None
    number, what = int(found["number"]), found["rest"]
    if _SETTLED.fullmatch(what):
        return CloseOffer(number)
    return AskContact(number) if _ASKS.fullmatch(what) else None


def _about_idea(rest: str) -> Intent | None:
    """»7«, »7 PASST ZU M12«, and what the office decides."""
    found = _NUMBER.fullmatch(rest)
    if found is None:
        return None
    idea, what = int(found["number"]), found["rest"].strip()
    if _SHOWING.issuperset(keys_of(what)):
        return ShowIdeas(idea)
    if _KEEP.fullmatch(what):
        return KeepIdea(idea)
    if place := _PLACE.fullmatch(what):
        measure, into = _target(place)
        return PlaceIdea(idea, measure, into)
    return decision(idea, what)


def decision(idea: int, what: str) -> DecideIdea | None:
    """What the office decides: »ABLEHNEN: Grund«, »ZU M12«, »ZU IDEE 3«, »ÜBERNEHMEN Themenfeld; Grund«."""
    if merge := _MERGE.fullmatch(what):
        measure, into = _target(merge)
        return DecideIdea(idea, "merge", into, measure)
    if declined := _DECLINE.fullmatch(what):
        return DecideIdea(idea, "decline", reason=_in_one_line(declined["why"]))
    if promoted := _PROMOTE.fullmatch(what):
        field, why = _in_one_line(promoted["field"]), _in_one_line(promoted["why"] or "")
        return DecideIdea(idea, "promote", field=field, reason=why)
    return None


def _target(found: re.Match[str]) -> tuple[int, int]:
    """The measure and the idea that are named; one of them is 0."""
    number = int(found["target"])
    return (0, number) if (found["kind"] or "").casefold() in {"idee", "idea"} else (number, 0)


def _in_one_line(text: str) -> str:
    return " ".join(text.split()).strip(" :;,–-")


def answer(said: str, words: str, matter: Matter) -> Intent | None:
    """What free words mean to these matters; "idea", "offer" and "need" wait for their text."""
    if matter.kind == "idea-decision":
        return decision(matter.id, words)
    if _NO_TEXT.issuperset(keys_of(said)):
        return Unclear(said, "doubtful")
    if matter.kind == "idea":
        return ShareIdea(said)
    if matter.kind == "idea-reason":
        return DecideIdea(matter.id, "decline", reason=_in_one_line(words or said))
    return ShareOffer(said, seeking=matter.kind == "need")
