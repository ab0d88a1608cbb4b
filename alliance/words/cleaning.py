"""Cleaning what people wrote: invisible characters, a key to compare words by, courtesies around the matter."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_DOTLESS = str.maketrans("äöü", "aou")
_LINE_END = re.compile("\r\n?|\u2028|\u2029")

_CALLED = (
    r"(?:(?i:frau|herrn?|fr\.|hr\.|dr\.|prof\.|ms\.?|mrs?\.?|zusammen|team|allerseits|alle|liebes?|everyone|all|und|&)"
    r"|von|van|de|zu|der|den|[A-ZÄÖÜ][a-zäöüßéèáçñ]+(?:-[A-ZÄÖÜ][a-zäöüßéèáçñ]+)?)"
)
_HELLO = re.compile(
    r"(?i:hallo|hello|hi|hey|moin(?: moin)?|servus|glück auf|grüß gott|guten (?:morgen|tag|abend)"
    rf"|good (?:morning|afternoon|evening))(?![\w-])(?P<names>(?:[ ,]{{1,2}}{_CALLED}){{0,6}}[ \t]*(?:[,!.]|\n))?"
)
_DEAR = re.compile(rf"(?i:sehr geehrte[rs]?|liebe[rs]?(?!\s+gr)|dear)(?: {_CALLED}){{1,8}}[ \t]*(?:[,!]|\n|\Z)")

_BEFORE_CLOSING = r"(?:\A|(?<=[\n.,;!?]))[ \t]*"
_CLOSING = re.compile(
    _BEFORE_CLOSING + r"(?:(?:(?:(?:vielen |besten |herzlichen )?danke?)(?: im voraus)? )?(?:und|mit) )?(?:"
    r"(?:(?:viele|liebe|beste|schöne|herzliche|freundliche|sonnige|kollegiale)[nrm]?\s+)*gr(?:ü|ue|u)(?:ß|ss)e?n?"
    r"|mfg|lg|vg|glück auf|hochachtungsvoll|(?:(?:best|kind|warm)\s+)?regards|best wishes|cheers"
    r"|(?:yours\s+)?sincerely)(?![\w-])",
    re.IGNORECASE,
)
_THANKS = re.compile(
    _BEFORE_CLOSING + r"(?:(?:vielen|besten|herzlichen)\s+dank|danke|merci|thanks|thank\s+you)(?![\w-])"
    r"(?:\s+(?:im\s+voraus|schön|sehr|vielmals|a\s+lot|(?:für|for)\s[^\n,.!?]{0,60}))?",
    re.IGNORECASE,
)
_MORE_MATTER = re.compile(r"\bm\s?\d|[%?]|\d\s*(?:prozent|percent)|\bp\.?\s?s\b", re.IGNORECASE)
_NAME_WORD = r"(?:[A-ZÄÖÜ](?:[^\W\d_]|[.-])*|&|von|van|de|zu|der)"
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,5}}")
_NO_NAME = re.compile(
    r"\b(?:unter|vorbehalt|nur|erst|aber|noch|nicht|nichts|keine?|wenn|falls|sobald|vielleicht|ja|nein|doch"
    r"|bitte|please|fertig|erledigt|abgeschlossen|läuft|unverändert|blockiert|verzögert|offen|done|finished|delayed"
    r"|blocked|unchanged|running|status|hilfe|help|pause|später|later|rückgängig|undo|weiter|resume|abmelden|zusage|absage"
    r"|vielleicht|telegram"
    r"|in|im|am|an|auf|bei|seit|wegen|wie|alles?|only|but|not?|if|on|still)\b",
    re.IGNORECASE,
)
SIGNATURE = 800  # characters; more than that below a sign-off is no signature
SHORT_SIGNATURE = 200  # characters of names below thanks
LOOSE_SIGNATURE = 60  # characters a sign-off may have behind it on the line of the matter


def clean(text: str) -> str:
    """Plain text: composed (NFC), lines ended by a newline; no NUL, lone surrogates, zero-width or bidi characters."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINE_END.sub("\n", text)))


def fold(text: str) -> str:
    """A key to compare words by: case and accents do not count, ä is ae and ß is ss. Not for showing."""
    if text.isascii():  # as most words are
        return text.lower()
    folded = text.casefold().translate(_UMLAUTS)
    if folded.isascii():  # as nearly all others then
        return folded
    plain = unicodedata.normalize("NFD", folded)
    marks = {ord(letter): None for letter in set(plain) if unicodedata.combining(letter)}
    return plain.translate(marks) if marks else plain


def spellings(word: str) -> frozenset[str]:
    """The keys of a word with its umlauts and, as on a foreign keyboard, without their dots."""
    return frozenset({fold(word), fold(word.casefold().translate(_DOTLESS))})


def without_courtesies(text: str) -> str:
    """The matter alone: no greeting before it, no sign-off and no name below it."""
    return _without_name(_without_closing(_without_greeting(text.strip()))).strip()


def _without_greeting(text: str) -> str:
    hello = _HELLO.match(text)
    rest = text[hello.end() :].lstrip() if hello else text
    if hello and hello["names"] and not _without_closing(rest).strip():
        # »Hallo Status« and a sign-off: the capital word was no name
        rest = text[hello.start("names") :].lstrip(" ,")
    dear = _DEAR.match(rest)
    return rest[dear.end() :].lstrip() if dear else rest


def _without_closing(text: str) -> str:
    for closing in _CLOSING.finditer(text):
        if _is_signature(closing[0], text[closing.end() :], own_line=text.endswith("\n", 0, closing.start())):
            return _without_thanks(text[: closing.start()])
    return _without_thanks(text)


def _without_thanks(text: str) -> str:
    """Drop thanks at the very end, with a name at most below them."""
    for thanks in _THANKS.finditer(text):
        below = text[thanks.end() :]
        if len(below) <= SHORT_SIGNATURE and _is_names(below):
            return text[: thanks.start()].rstrip(" \t\n,;")
    return text.rstrip(" \t\n,;")


def _is_signature(closing: str, below: str, *, own_line: bool) -> bool:
    """Whether what follows a sign-off is no more than a signature: nothing of the matter may be lost with it."""
    if len(below) > SIGNATURE or _MORE_MATTER.search(below):
        return False
    beside = below.partition("\n")[0]
    if len(closing.strip()) <= 3 and not _is_names(beside):  # »VG Gelsenkirchen prüft noch« is a court
        return False
    return own_line or "\n" in below.strip() or len(below) <= LOOSE_SIGNATURE


def _without_name(text: str) -> str:
    """Drop lines of full names that stand alone below the matter, after an empty line."""
    matter, gap, below = text.rstrip().rpartition("\n\n")
    is_signed = gap and matter.strip() and all(" " in line.strip() for line in below.strip().splitlines())
    return matter if is_signed and _is_names(below) else text


def _is_names(below: str) -> bool:
    lines = [line.strip(" \t,.!") for line in below.strip().splitlines()]
    return len(lines) <= 4 and all(not line or _is_name(line) for line in lines)


def _is_name(line: str) -> bool:
    return bool(_NAME.fullmatch(line)) and not _NO_NAME.search(line)
