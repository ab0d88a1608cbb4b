"""Attributions: »Am 3.6.2026 um 14:05 schrieb Erika Beispiel <…>:« and the like, in many languages.

None is found without what no sentence has: an address or a time of day, or a quote that follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mail.lines import may_be_wrapped

WRAPS = 6  # lines over which an attribution may be wrapped
LENGTH = 400  # characters of an attribution
SHORT = 120  # characters of one that needs a quote right below


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines from ``start`` up to ``end`` stand above a quote; a ``firm`` one does so even if no quote mark follows."""

    start: int
    end: int
    firm: bool = True


VERB = re.compile(
    r"(?<!\w)(?:schrieb(?:en|st)?|geschrieben|wrote|writes|zitat von|quoting|a écrit|schreef|geschreven"
    r"|napisał(?:\(a\)|a)?|pisze|ha scritto|scrisse|escribió|ha escrit|escreveu|skrev|napsal(?:\(a\)|a)?|píše"
    r"|написал(?:\(а\)|а)?|пишет|yazdı|kirjoitti|írta|a scris|schreibt|写道|님이 작성|viết)(?!\w)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+=-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,40})")
TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?![\d.])")
DAY = re.compile(
    r"\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d_]{3,10})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}"
    r"|\d{1,2}-\d{1,2}-\d{2,4}|\d{1,2}\s(?:de\s)?[^\W\d_]{3,10}\.?\s(?:de\s)?\d{4}|[^\W\d_]{3,10}\.?\s\d{1,2},?\s\d{4}"
    r"|\d{4}年\d{1,2}月\d{1,2}日"
)
_OPENING = re.compile(
    r"[\"'*_(\[-]{0,6} ?(?:in einer e-?mail vom|am|on|at|le|el|il|op|em|den|dne|dnia|w dniu|on the"
    r"|in a message dated)\s|zitat von|quoting"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|mo|di|mi|do|fr|sa|so|pon|wt|śr|czw|pt|sob|niedz|po|út|st|čt|pá|ne|mån|tis|ons|tors|fre|lör|sön|man|tir|lør|søn"
    r"|lun|mar|mer|mié|jue|vie|sáb|dom|ven|gio|sab|ma|wo|vr|za|zo)\.?,?\s+(?:den\s+|dem\s+)?[\d\w]"
    r"|\d{1,2}[./-]|\d{4}[-/.年]|[^\W\d_]{3,9}\.?\s\d{1,2},\s",
    re.IGNORECASE,
)
_SAID = re.compile(  # what only newsreaders and people write; a quote must stand right below
    r"(?<!\w)(?:meint|meinte|sagt|sagte|tippte|fragte?|schrub|sprach|postete|antwortete|erwiderte|bemerkte|äußerte"
    r"|behauptete|verkündete|zitiere|zitierte|zitat|quote|begin\s+quoting|according to"
    r"|said|says|typed|asked|posted|replied"
    r"|responded|stated|spake|remarked|scribbled|mentioned|quoth|dit|demande|dijo|zei|dixit|scripsit)(?!\w)",
    re.IGNORECASE,
)
_NAME_AND_DAY = re.compile(
    r"[A-ZÄÖÜ][^\W\d_]{1,30}(?: [A-ZÄÖÜ][\w.'-]{0,30}){0,3},? (?:am|on|@)\s[^<>@:]{0,15}\d[^<>@]{2,40}:"
)
_NAME_THEN_VERB = re.compile(  # »Erika Beispiel formulierte die Frage:«
    r"[\"']?[A-ZÄÖÜ][^\W\d_]+ (?:[A-Z]\. |[a-z]{2,3} )?[A-ZÄÖÜ][^\W\d_]+[\"']?"
    r" [a-zäöüß]{3,16}(?:te|ed|says)\b[^:,]{0,40}:"
)
_DATED_NAME = re.compile(
    r"(?:[\d./:,年月日 +-]|[A-Z]{3,4}(?![\w])|[^\W\d_]{2,9}[.,]|(?:um|at|on|am|uhr|von|from)\s){8,60}"
    r"[\"'A-ZÄÖÜ(][^<>@]{1,60}<[\w.+=-]{1,80}@[\w.-]{1,80}>"
)
_ANSWERED_YOU = re.compile(r"(?:you wrote|schrieben sie|schriebst du|du schriebst|sie schrieben)\s*:?$", re.IGNORECASE)
_FIRST_PERSON = re.compile(
    r"(?<![\w.@+-])(?:ich|wir|mir|mich|uns|unsere?|meine?|we|me|us|our|my)(?![\w@-])", re.IGNORECASE
)
_I = re.compile(r"(?<![\w.@])I(?![\w.@])")
_FOLDED_WORDS = re.compile(r"<[^>]*>|\"[^\"]*\"|\([^)]*\)|\S+@\S+")
_SMALL = re.compile(r"(?<![\w.@/-])[a-zäöüßàéèíóúąćęłńśźżåæø]{2,}(?![\w@])")
_USUAL = re.compile(
    r"(?:am|um|uhr|den|der|dem|die|das|von|vom|zu|hat|haben|folgendes|schrieb(?:en|st)?|geschrieben|wrote|writes|on|at"
    r"|the|of|and|und|via|for|by|im|auftrag|behalf|pm|gmt|utc|mez|mesz|cest|cet|le|la|les|el|il|alle|las|ore|op|om|het"
    r"|heeft|van|de|da|di|du|dos|kl|klo|dniu|godz|jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|dez|you|sie|zitat"
    r"|quoting)",
)
_DATED_ADDRESS = re.compile(
    r"[^<>@]{6,80}\s(?:von|by|par|da|de|van)?\s?[^<>@]{0,80}<?[\w.+=-]{1,80}@[\w.-]{1,80}>?\s?:"
)
_NUMBERED_DAY = re.compile(
    r"(?:\w{2,10}\.?,?\s)?(?:\d{1,4}[-./年]\d|\w{3,9}\.?\s\d{1,2}, \d{4}|\d{1,2}\.?\s\w{3,9}\.?\s\d{4})"
)
_ARTICLE = re.compile(r"(?<!von )(?<!zu )(?<!an )\b(?:das|der|die|ein|eine|einer|the|an?) (?=[A-ZÄÖÜa-z])")
_BARE_LEAD = re.compile(
    r"([\"'A-ZÄÖÜ][^<>@]{1,60}) <?[\w.+=-]{1,80}@[\w.-]{1,80}>? ?[,–-] .{4,30}\d{1,2}[:.]\d\d.{0,12}"
)
_CLAUSE = re.compile(rf"(?:{VERB.pattern}),\s[a-zäöü]{{2,}}\s", re.IGNORECASE)
_NEWS = re.compile(r"news(?:beitrag|group)?\b|message|nachricht|artikel|article|\bin <|\w+\.\w+\.\w+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAMED = re.compile(r"[A-ZÄÖÜ][^\W\d_]+\s[A-ZÄÖÜ][^\W\d_]+")
_TO_YOU = re.compile(
    r"(?<!\w)(?:termin|sitzung|treffen|punkt|antwort|stand|ihr\w*|sie|dein\w*|your?|zu[rm]?|bei|mit|with|ja|nein|yes|no|ok|für|wegen|laut|gemäß|about|regarding|for|betr\w*|anbei|hier|siehe|frage|question)(?!\w)",
    re.IGNORECASE,
)
GROUPWISE = re.compile(r"(?:>{2,3} )?.{3,120}\d{1,2}[:.]\d\d.{0,20} >{2,3}")
_NOTES = re.compile(
    r"-{3,}\s?\"?[^-\"].{1,200}(?:schrieb|wrote|geschrieben)\s?:?\s?-{3,}"
    r"|[^-]{2,80} ?-{3}\d{1,4}[./-]\d{1,2}[./-]\d{2,4} \d{1,2}[:.]\d\d.{0,12}-{3}.*",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(.{8,200}<[\w.+=-]{1,80}@[\w.-]{1,80}>:) {2,}\S.*")


def _is_attribution(text: str) -> bool:
    """Whether one joined text is an attribution; that a quote follows is for the caller to know."""
    if GROUPWISE.fullmatch(text) or _NOTES.fullmatch(text):
        return True
    if not text.endswith((":", "：")):
        return False
    if not VERB.search(text):
        return _is_lead(text) or bool(
            _NUMBERED_DAY.match(text) and _DATED_ADDRESS.fullmatch(text) and TIME.search(text)
        )
    dated = TIME.search(text) or DAY.search(text)
    if _ANSWERED_YOU.search(text):
        return dated is not None
    return (dated is not None or ADDRESS.search(text) is not None or len(text) < 80) and not _is_sentence(text)


def _is_lead(text: str) -> bool:
    """»Thus spake Erika Beispiel on Thu, 03 Dec 2026:« — a name and a whole date or an address, in hardly any words."""
    told = ADDRESS.search(text) or (DAY.search(text) and (TIME.search(text) or _YEAR.search(text)))
    return bool(told and _NAMED.search(text)) and not _TO_YOU.search(text) and not _is_sentence(text)


def _is_bare_lead(text: str) -> bool:
    """»Erika Beispiel erika@example.org – 3. Juni 2026 14:05«, right above a quote."""
    found = _BARE_LEAD.fullmatch(text)
    if found is None:
        return (
            _DATED_NAME.fullmatch(text) is not None
            and DAY.search(text) is not None
            and not _unusual(_FOLDED_WORDS.sub(" ", text))
        )
    return DAY.search(text) is not None and not _unusual(found[1])


def _is_said_above(text: str) -> bool:
    """»Erika meinte:« and »Max am 3.4.:«, right above a quote: a name in hardly any words, and nobody spoken to."""
    text = text.strip("~*_#=-+ ")
    if len(text) > SHORT or not text.endswith((":", "...", "…", "..>")):
        return False
    if text.startswith(("Das ", "Der ", "Die ", "Ein ", "Eine ", "The ", "Unser ", "Unsere ")):
        return False
    if _NAME_THEN_VERB.fullmatch(text):
        return not _is_sentence(text)
    if _TO_YOU.search(_SAID.sub(" ", text)) or _is_sentence(text):
        return False
    named = re.search(r"[A-ZÄÖÜ]\w", _SAID.sub(" ", text)) is not None
    if VERB.search(text):
        return named and (_NEWS.search(text) is not None or ADDRESS.search(text) is not None)
    return named and (
        _NAME_AND_DAY.fullmatch(text) is not None or (_SAID.search(text) is not None and not _ARTICLE.search(text))
    )


def _is_sentence(text: str) -> bool:
    """Somebody tells what was written; a mail program needs few small words and no first person."""
    bare = _FOLDED_WORDS.sub(" ", text)
    if _FIRST_PERSON.search(bare) or _I.search(bare) or _CLAUSE.search(bare):
        return True
    return len(_unusual(VERB.sub(" ", bare))) > 3


def _unusual(text: str) -> list[str]:
    """The small words that attributions have no use for."""
    return [word for word in _SMALL.findall(text) if not _USUAL.fullmatch(word)]


def _is_sure(text: str) -> bool:
    return bool(TIME.search(text) or ADDRESS.search(text) or GROUPWISE.fullmatch(text) or _NOTES.fullmatch(text))


def _is_dated(text: str) -> bool:
    return ADDRESS.search(text) is not None or DAY.search(text) is not None


def _is_told(text: str) -> bool:
    """Somebody tells who wrote what: »… schrieb das Amt wegen der Ampel:«. Only a quote below it says otherwise."""
    verb = VERB.search(text)
    if not verb or ADDRESS.search(text) or text.startswith("-"):
        return False
    after = _FOLDED_WORDS.sub(" ", text[verb.end() :])
    return bool(_unusual(after)) or _ARTICLE.search(text) is not None


def _is_loose(text: str) -> bool:
    """Without a verb and without a day and an address only a quote below makes an attribution."""
    return not (
        VERB.search(text) or _DATED_ADDRESS.fullmatch(text) or GROUPWISE.fullmatch(text) or _NOTES.fullmatch(text)
    )


def attribution_at(texts: Sequence[str], start: int, quoted: Callable[[int], bool]) -> Frame | None:
    """The attribution that begins with this line, wrapped or not; ``quoted(end)`` says whether a quote follows."""
    if not _may_begin(texts, start):
        return None
    frame = _attribution(texts, start, quoted, narrow=False)
    if frame is None and (not start or not texts[start - 1]):
        frame = _attribution(texts, start, quoted, narrow=True)
        within = range(start + 1, frame.end) if frame and not ADDRESS.search(texts[start]) else ()
        if any(_may_begin(texts, at) and _attribution(texts, at, quoted, narrow=False) for at in within):
            return None  # words stand right above it
    return frame


def _may_begin(texts: Sequence[str], start: int) -> bool:
    """Not with a small letter as what was wrapped does, unless it is a word that attributions begin with."""
    text = texts[start]
    if not text or not text[0].islower():
        return bool(text)
    apart = not start or not texts[start - 1]
    begins = (form.match(text) for form in (_OPENING, ADDRESS, _NUMBERED_DAY))
    return any(begins) or (apart and (VERB.match(text) or _SAID.match(text)) is not None)


def _attribution(texts: Sequence[str], start: int, quoted: Callable[[int], bool], *, narrow: bool) -> Frame | None:
    """Lines are joined if the one above was full; in a ``narrow`` letter any, but then it must be an attribution."""
    joined = ""
    opens = _OPENING.match(texts[start]) is not None
    for index in range(start, min(start + WRAPS, len(texts))):
        text = texts[index].strip("*_ ")
        if ">:  " in text and (glued := _GLUED.fullmatch(text)):  # Yahoo's app goes on in the same line
            text = glued[1]
        if not text and opens and joined.endswith(("<", ">")):
            continue
        if not text or len(joined) + len(text) > LENGTH:
            return None
        if joined and not (opens or narrow or may_be_wrapped(texts[index - 1], text) or text.startswith("<")):
            return None
        joined = f"{joined}{text}" if joined.endswith("<") else f"{joined} {text}".strip()
        if frame := _ended(joined, text, Frame(start, index + 1), quoted, opens=opens):
            return frame if not narrow or (VERB.search(joined) and _is_sure(joined)) else None
        if text.endswith(":"):
            return None
    return None


def _ended(joined: str, last: str, frame: Frame, quoted: Callable[[int], bool], *, opens: bool) -> Frame | None:
    """The frame, if the joined lines are an attribution that ends with the last one."""
    ends = last.endswith((":", "：", "-", ">>>", ">>", "...", "…")) or ("---" in last and _NOTES.fullmatch(joined))
    if not (ends and _is_attribution(joined)):
        bare = quoted(frame.end) and (_is_bare_lead(joined) or _is_said_above(joined))
        return Frame(frame.start, frame.end, firm=False) if bare else None
    firm = _is_sure(joined) and not _is_loose(joined) and not _is_told(joined) and (opens or _is_dated(joined))
    return Frame(frame.start, frame.end, firm) if firm or quoted(frame.end) else None
