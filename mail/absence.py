"""How long somebody is away, as their automatic answer says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from alliance.words import dates
from alliance.words.cleaning import fold
from mail import reading
from mail.late import Late
from mail.opening import opening

FAR = 300  # days; a day without a year that lies further ahead is over, not to come
WORDS = 3_000  # characters that are looked at


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?:{_any_of(dates.MONTHS)})\b\.?"
_WEEKDAY = rf"(?:{_any_of(dates.WEEKDAYS | dates.SHORT_WEEKDAYS)})\b"
_DATE = (
    r"(?:20\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?\b|\d{1,2}\. ?\d{1,2}\.? ?(?:20\d\d|\d\d(?![\d:]))?\b\.?"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)? ?(?:of )?{_MONTH}(?:,? 20\d\d)?|{_MONTH} \d{{1,2}}(?:st|nd|rd"
    rf"|th)?\b(?:,? 20\d\d)?)"
)
_DAY = (
    rf"(?P<day>(?:{_WEEKDAY}\.?,? ?(?:den |dem |der |the )?)?{_DATE}|(?:anfang|mitte|ende|beginning of|mid"
    rf"|end of) (?:der woche|{_MONTH}(?: 20\d\d)?)"
    rf"|(?:ende )?(?:kw|kalenderwoche) ?\d{{1,2}}|(?:naechste[nrm]? |kommende[nrm]? "
    rf"|next )?(?:{_any_of(dates.WEEKDAYS)})\b|ue?bermorgen|morgen|tomorrow)"
)
_FILL = (
    r"(?:(?:einschliesslich|einschl\.?|inklusive|inkl\.?|incl\.?|including|and including|zum|zur|voraussichtlich"
    r"|the|dem|den|am|on|und mit"
    r"|ca\.|etwa|mindestens),? ?){0,4}"
)
_GAP = r"(?:(?!\b(?:ab|am|bis|from|on)\b)[^.!?\d\n]){0,60}?"  # the rest of a sentence, no other day
_HERE_AGAIN = (
    r"\b(?:wieder|zurueck|zurueckkehren|lese|bearbeite[nt]?|beantworte[nt]?|gelesen|da sein|back|return|reopen|respond"
    r"|available again)\b"
)

# how one says when it is over, and whether the day named is the first one back or the last one away
_FORMS = (
    (Late(rf"\b(?:ab|am|vom|on|from|by|as of) {_FILL}{_DAY}{_GAP}{_HERE_AGAIN}"), True),
    (
        Late(
            r"\b(?:wieder|zurueck|rueckkehr|back|return(?:s|ing)?|reopen(?:s|ing)?|erst|wiedereroeffnung|oeffnet wieder"
            r"|lese|bearbeite[nt]?|beantworte[nt]?|not (?:be )?(?:back|return\w*))\b"
            rf"[^.!?\d\n]{{0,40}}?\b(?:ab|am|on|from|until|by|vom|zum|ing|back|returning|return"
            rf"|wieder)\b:? {_FILL}{_DAY}"
        ),
        True,
    ),
    (Late(rf"\breturning {_FILL}{_DAY}"), True),
    (Late(rf"\b(?:bis|(?<!return )(?<!back )until|till|til|through|thru)\b:? {_FILL}{_DAY}"), False),
    (
        Late(rf"\d{{1,2}}(?:\.|st|nd|rd|th)?(?: ?{_MONTH}|\d{{1,2}}\.)?(?: ?20\d\d)? ?(?:-|–|to) ?{_FILL}{_DAY}"),
        False,
    ),
)
_EVERY_WEEK = Late(rf"(?:{_WEEKDAY}|\d{{1,2}})\.? ?$")
_OURS = Late(r"\[ZP-", re.IGNORECASE)
_TODAY = Late(
    r"\b(?:heute|today)\b[^.!?\n]{0,40}\b(?:nicht|abwesend|ausser haus|unterwegs|geschlossen|out of|away|closed)\b"
)
_WEEK = Late(r"kw|kalenderwoche|woche")
_SLASHED = Late(r"(\d{1,2})/(\d{1,2})(?:/((?:20)?\d\d))?")


def back(letter: bytes | str, sent: date) -> date | None:
    """The last day away that an automatic answer names, as of the day it was sent; None when it names none to come.

    Takes the letter or its words. What it quotes is left out. Never raises.
    """
    try:
        texts = _texts(letter) if isinstance(letter, bytes) else [letter]
        ends = (_back(" ".join(fold(text[:WORDS]).split()), sent) for text in texts)
        return next((end for end in ends if end), None)
    except Exception:  # whatever it holds, it names no day
        return None


def _texts(raw: bytes) -> list[str]:
    """The writer's words, then the subject, unless that is ours with the days of our own."""
    head = reading.head(raw)
    subject = reading.header(head, "Subject")
    from mail import quoting  # imported with the first letter that needs it: its patterns take a sixth of a start

    return [quoting.cut(opening(raw, head)), "" if _OURS.search(subject) else subject]


def _back(words: str, sent: date) -> date | None:
    """The later of the first day named as the last one away and the eve of the first one named as back."""
    ends = [end for pattern, is_back in _FORMS if (end := _first(pattern, is_back, words, sent))]
    if ends:
        return max(ends)
    return sent if _TODAY.search(words) else None


def _first(pattern: Late, is_back: bool, words: str, sent: date) -> date | None:
    """The first end to come."""
    ends = (_end(day, named, is_back) for day, named in _days(pattern, words, sent))
    return next((end for end in ends if end >= sent), None)


def _end(day: date, named: str, is_back: bool) -> date:
    """A week begins on Monday for who is back then, and ends on Sunday for who is away."""
    into_week = day.weekday() if _WEEK.search(named) else 0
    if is_back:
        return day - timedelta(days=into_week + 1)
    return day + timedelta(days=6 - into_week) if into_week else day


def _days(pattern: Late, words: str, sent: date) -> Iterator[tuple[date, str]]:
    for found in pattern.finditer(words):
        named = found["day"]
        if named in dates.WEEKDAYS and _EVERY_WEEK.search(words[: found.start()]):
            continue  # open from Monday to Friday
        day = _day(named, sent)
        if day and (day - sent).days <= (FAR if not re.search(r"20\d\d", named) else dates.LONGEST):
            yield day, named


def _day(named: str, sent: date) -> date | None:
    plain = _SLASHED.sub(_dotted, named).strip(" ,")
    dateless = re.sub(rf"^{_WEEKDAY}\.?,? ?(?:den |dem |der |the )?", "", plain)
    return dates.understand_day(plain, sent) or dates.understand_day(dateless, sent)


def _dotted(found: re.Match[str]) -> str:
    """12/15 can only be the fifteenth of December; 11/12 could be two days and is none."""
    first, second, year = int(found[1]), int(found[2]), found[3] or ""
    if first > 12:
        return f"{first}.{second}.{year}"
    return f"{second}.{first}.{year}" if second > 12 else ""
