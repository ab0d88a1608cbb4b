"""What people say about their own data, and what the office says to answer them."""

from __future__ import annotations

import re
from datetime import date

from alliance.intents import (
    AnswerPersonalRequest,
    CorrectPerson,
    Erase,
    Intent,
    Rectify,
    ShowMyData,
    ShowPersonalRequests,
)
from alliance.words.cleaning import fold
from alliance.words.wordlists import POLITE, keys_of, word_set

REASON_LENGTH = 1_000  # characters
_MINE = POLITE | word_set("alle alles meine mir was ist gespeichert all my everything ?")
_ME = POLITE | word_set("sie mich meine meiner daten alle alles über von mir my data me everything all about")
_ERASE = word_set("löschen erase delete")
_USE = POLITE | word_set(
    "ich i der die das dem gegen zu von meiner meine daten personenbezogenen personenbezogener verarbeitung"
    " datenverarbeitung speicherung nutzung verwendung processing of to my data use the storage"
)
_WHAT = {"name": "name", "telefon": "phone", "telefonnummer": "phone", "phone": "phone", "durchwahl": "phone"}
_LINE = re.compile(r"\s*(?P<what>\w+)\s*:\s*(?P<value>[^\n;]+)", re.IGNORECASE)
_OF_MEMBER = re.compile(r"(?P<email>[^\s@;,]+@[^\s@;,]+)\s*[;,]?\s*(?P<rest>\w+\s*:.+)", re.DOTALL)
_NUMBERED = re.compile(
    r"(?:nr\.?|nummer|no\.?)?\s*(?P<number>\d{1,9})\b[\s:,–-]*(?P<rest>.*)", re.DOTALL | re.IGNORECASE
)
_DONE = POLITE | word_set("ja erledigt ist gemacht done yes")
_REFUSED = re.compile(
    r"(?:nein|ablehnen|abgelehnt|no|refused?|declined?)\b[\s:,.–-]*(?P<why>.*)", re.DOTALL | re.IGNORECASE
)


def my_data(rest: str, _today: date) -> Intent | None:
    """MEINEDATEN, »Meine Daten«."""
    return ShowMyData() if _MINE.issuperset(keys_of(rest)) and "??" not in rest else None


def mine(rest: str, today: date) -> Intent | None:
    """»Meine Daten«, and »meine Daten löschen«, which is asked back in any case."""
    first, _, rest = rest.partition(" ")
    if fold(first.strip(".!?")) not in {"daten", "data"}:
        return None
    said = set(keys_of(rest))
    return Erase() if said & _ERASE and said <= _ERASE | _ME else my_data(rest, today)


def rectify(rest: str, _today: date) -> Intent | None:
    """BERICHTIGEN: …; alone it is asked what."""
    text = rest.removeprefix(":").strip()
    if rest.startswith(":") or corrections(text) or POLITE.issuperset(keys_of(text)):
        return Rectify(text)
    return None


def objection(rest: str, _today: date) -> Intent | None:
    """WIDERSPRUCH; WIDERSPRUCH: …; »Widerspruch gegen die Verarbeitung meiner Daten«."""
    return _about_use(rest, "objection")


def restriction(rest: str, _today: date) -> Intent | None:
    """EINSCHRÄNKEN, EINSCHRÄNKUNG: …"""
    return _about_use(rest, "restriction")


def in_person(rest: str, today: date) -> Intent | None:
    """»Ich widerspreche der Verarbeitung meiner Daten«."""
    first, _, rest = rest.partition(" ")
    return objection(rest, today) if fold(first.strip(".!,:")) in {"widerspreche", "object"} and rest else None


def _about_use(rest: str, kind: str) -> Intent | None:
    text = rest.removeprefix(":").strip()
    said = set(keys_of(text))
    if rest.startswith(":") or _USE.issuperset(said):
        return Rectify(text, kind)
    return None


def erase(rest: str, _today: date) -> Intent | None:
    """LÖSCHEN, about oneself and nothing else."""
    return Erase() if _ME.issuperset(keys_of(rest)) else None


def requests(rest: str, _today: date) -> Intent | None:
    """ANLIEGEN; ANLIEGEN 3 ERLEDIGT; ANLIEGEN 3 NEIN: reason."""
    if POLITE.issuperset(keys_of(rest)):
        return ShowPersonalRequests()
    found = _NUMBERED.fullmatch(rest.strip())
    if found is None:
        return None
    number, said = int(found["number"]), found["rest"].strip()
    if refused := _REFUSED.fullmatch(said):
        return AnswerPersonalRequest(number, done=False, text=refused["why"].strip()[:REASON_LENGTH])
    keys = keys_of(said)
    return AnswerPersonalRequest(number, done=True) if keys and _DONE.issuperset(keys) else None


def correction(rest: str) -> Intent | None:
    """MITGLIED name@firma.example Name: …; one thing at a time."""
    found = _OF_MEMBER.fullmatch(rest.strip())
    said = corrections(found["rest"]) if found else []
    if found is None or len(said) != 1:
        return None
    return CorrectPerson(found["email"].lower(), *said[0])


def corrections(text: str) -> list[tuple[str, str]]:
    """»Name: Erika Beispiel« in lines that say nothing else: ("name", "Erika Beispiel")."""
    found = [_LINE.fullmatch(line) for line in re.split(r"[\n;]", text) if line.strip()]
    said = [(_WHAT.get(fold(line["what"]), ""), " ".join(line["value"].split())) for line in found if line]
    return said if len(said) == len(found) and all(what and value for what, value in said) else []


def refused(intent: Intent, words: str) -> Intent | None:
    """»Nein, das stimmt so« to a personal request: the words behind NEIN are the reason."""
    if not isinstance(intent, AnswerPersonalRequest) or intent.done:
        return None
    why = re.sub(r"^\W*\w+[\s,.;:!–-]*", "", words).strip()
    return AnswerPersonalRequest(intent.request, done=False, text=why[:REASON_LENGTH])
