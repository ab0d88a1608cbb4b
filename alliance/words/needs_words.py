"""HINWEIS: what the office must know about somebody's food or access at a meeting."""

from __future__ import annotations

import re

from alliance.intents import Matter, NoteNeeds
from alliance.words.cleaning import fold, spellings
from alliance.words.wordlists import POLITE, keys_of, word_set

LONGEST = 500  # characters of a note

_NAMES = frozenset(key for name in ("hinweis", "hinweise", "needs") for key in spellings(name))
_ANSWERS = {
    key: answer
    for names, answer in (("zusage accept", "yes"), ("vielleicht maybe", "maybe"))
    for name in names.split()
    for key in spellings(name)
}
_MARKS = " \n.,:;!-–"
_BESIDE = re.compile(r"\A(?P<before>.{0,80}?)\b(?:hinweis|needs)\s*[:–-]\s*(?P<text>.+)\Z", re.IGNORECASE | re.DOTALL)
_DROP = word_set(
    "löschen weg entfernen streichen zurücknehmen zurück kein keine keinen mehr delete remove drop no none"
)
_TO_A_MEETING = POLITE | word_set(
    "ich wir komme kommen gerne gern zur zum für die der das sitzung treffen the to mit und"
)

# What is about food or access beyond doubt; in an answer about measures »Hinweis:« begins a remark
_NEED = re.compile(
    r"\b(?:vegetar|vegan|gluten|la[ck]tos|zoeliak|allerg|unvertraeglich|nuss|nuesse|halal|[kc]o[sc]*her|schwein|fleisch"
    r"|diaet|diabet|ernaehrung|rollst|rollator|barrierefrei|stufenfrei|stufenlos|gehbehind|gebaerden|hoergeraet"
    r"|hoerschleife|induktions|schwerhoer|gehoerlos|sehbehind|blindenschrift|assistenzhund|blindenhund|begleitperson"
    r"|wheelchair|step[ -]free|dairy|nuts?\b|intoleran|hearing|deaf|sign language|dietary|pork|seafood|braille)",
    re.IGNORECASE,
)
_FEW = 12  # words of a note that comes out of the blue


def understand_needs(name: str, rest: str, matter: Matter) -> NoteNeeds | None:
    """The note behind HINWEIS (``name``, folded) or behind ZUSAGE with one; None if it may be about something else."""
    if name in _ANSWERS:
        return _with_an_answer(_ANSWERS[name], rest)
    if name not in _NAMES:
        return None
    text = rest.strip(_MARKS)
    if text and (_DROP | POLITE).issuperset(keys_of(text)) and _DROP & set(keys_of(text)):
        return NoteNeeds("")
    is_plain = matter.kind == "meeting" and rest.lstrip()[:1] == ":"
    return NoteNeeds(text) if text and (is_plain or _is_need(text, matter)) else None


def _with_an_answer(answer: str, rest: str) -> NoteNeeds | None:
    found = _BESIDE.match(rest)
    if found is None or not _TO_A_MEETING.issuperset(keys_of(found["before"])):
        return None
    text = found["text"].strip(_MARKS)
    return NoteNeeds(text, answer=answer) if text else None


def _is_need(text: str, matter: Matter) -> bool:
    if matter.measures or matter.kind in {"measure", "reason"}:
        return False
    return len(keys_of(text)) <= _FEW and _NEED.search(fold(text)) is not None
