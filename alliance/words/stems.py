"""A text as stems: its words without endings, umlauts and what says nothing, for comparing German texts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from alliance.words import related
from alliance.words.cleaning import fold

_TOKEN = re.compile(r"[a-zA-Z]{2,}[0-9]?|[0-9]+[a-zA-Z]?")
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_JOINED = re.compile(
    r"\b(start|pop|co|know|on|e)-(?=(?:ups?|working|how|line|bikes?)\b)|(?<=[0-9])-(?=d\b)", re.IGNORECASE
)
_WITH_E = re.compile("[aou]e")
_UMLAUTS = ((re.compile("aeu"), "au"), (re.compile("(?<![aeq])ue"), "u"), (re.compile("(?<![aeiou])([ao])e"), r"\1"))
_FEMALE = re.compile("(?<=er)in(?:nen)?\\Z")
_ENDINGS = ("ungen", "ung", "end", "ern", "en", "er", "es", "em", "e", "s")
_OF_PARTICIPLES = re.compile("(?<=.{6})en(?=e[nmrs]?\\Z)")
SHORTEST = 3  # letters of a stem
_STOP = frozenset(fold(word) for word in related.STOP_WORDS.split())


@dataclass(frozen=True)
class Words:
    """Words without their endings; ``nouns`` says which are written large, ``joined`` is all of them in one string."""

    stems: tuple[str, ...]
    nouns: tuple[bool, ...]
    joined: str


@lru_cache(4096)
def words_of(text: str) -> Words:
    """The words of a text that count."""
    spelled = _spelled(text)
    tokens = _TOKEN.findall(_JOINED.sub(r"\1", spelled) if "-" in spelled else spelled)
    pairs = [(stem_of(low), low != token) for token in tokens if (low := token.lower()) not in _STOP]
    has_nouns = any(is_noun for _, is_noun in pairs)
    stems = tuple(stem for stem, _ in pairs)
    return Words(stems, tuple(is_noun or not has_nouns for _, is_noun in pairs), " ".join(stems))


def _spelled(text: str) -> str:
    """The text in plain letters, capitals kept."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(65_536)
def stem_of(token: str) -> str:
    """A folded word without umlaut and ending: »flaechen« and »flaeche« are »flach«."""
    for umlaut, plain in _UMLAUTS if _WITH_E.search(token) else ():
        token = umlaut.sub(plain, token)
    tail = token[-7:]
    stem = _FEMALE.sub("", token) if "erin" in tail else _OF_PARTICIPLES.sub("", token) if "ene" in tail else token
    ending = next((ending for ending in _ENDINGS if stem.endswith(ending)), "")
    return stem.removesuffix(ending) if len(stem) - len(ending) >= SHORTEST else stem


def table(lines: str) -> frozenset[str]:
    """The stems of words that are parted by spaces."""
    return frozenset(stem_of(fold(word)) for word in lines.split())
