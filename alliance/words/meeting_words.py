"""The words about meetings: SITZUNG (planen, ÄNDERN, ABSAGEN), TAGESORDNUNG, EINLADEN, TEILNAHME, VERTRETUNG."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from typing import Any, NamedTuple

from alliance.intents import (
    AgendaPoint,
    CancelMeeting,
    ChangeMeeting,
    Intent,
    Invite,
    Matter,
    PlanMeeting,
    SendDeputy,
    SetAgenda,
    ShowAttendance,
)
from alliance.words.cleaning import fold, spellings
from alliance.words.dates import understand_day
from alliance.words.wordlists import POLITE, keys_of, word_set

_MARKS = " \n.,:;!?-–"


def understand_meeting(name: str, rest: str, today: date, matter: Matter) -> Intent | None:
    """The intent behind one of these words (``name``, folded) and what follows; None if it is not said as it must be.

    ``matter`` tells whether a meeting is being talked about, which makes a single name after VERTRETUNG plain enough.
    """
    if name in _MEETING:
        return _about_a_meeting(rest, today)
    if name in _CHANGE | _CANCEL:
        return _verb_first(name, rest, today)
    if name in _AGENDA:
        return _agenda(rest)
    if name in _INVITE or name in _ATTENDANCE:
        number = _only_number(rest)
        make = Invite if name in _INVITE else ShowAttendance
        return None if number is None else make(number)
    return _deputy(name, rest, matter)


def _any_spelling(words: str) -> frozenset[str]:
    return frozenset(key for word in words.split() for key in spellings(word))


_MEETING = _any_spelling("sitzung meeting")
_CHANGE = _any_spelling("ändern verschieben verlegen change move")
_CANCEL = _any_spelling("absagen cancel")
_AGENDA = _any_spelling("tagesordnung agenda")
_INVITE = _any_spelling("einladen invite")
_ATTENDANCE = _any_spelling("teilnahme teilnahmeliste attendance")


def _about_a_meeting(rest: str, today: date) -> Intent | None:
    """SITZUNG with a verb behind it, or with the parts of a new one."""
    verb, _, more = rest.partition(" ")
    key = fold(verb.strip(_MARKS))
    glued = verb[len(verb.rstrip(_MARKS)) :]  # »SITZUNG ABSAGEN; Grund«
    if key in _CHANGE:
        return _change(glued + more, today)
    if key in _CANCEL:
        return _cancel(glued + more)
    return _plan(rest, today) if ";" in rest else None


def _verb_first(name: str, rest: str, today: date) -> Intent | None:
    """CANCEL MEETING, ÄNDERN SITZUNG."""
    noun, _, more = rest.partition(" ")
    if fold(noun.strip(_MARKS)) not in _MEETING:
        return None
    more = noun[len(noun.rstrip(_MARKS)) :] + more
    return _change(more, today) if name in _CHANGE else _cancel(more)


# Which meeting --------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\s*(?:nr\.? ?|nummer |number |# ?)?(\d{1,6})\s*(?:[;:,\n](?!\d)|\Z)", re.IGNORECASE)


def _numbered(rest: str) -> tuple[int, str]:
    """The meeting's number, 0 if none is said, and what follows it."""
    found = _NUMBER.match(rest)
    return (int(found[1]), rest[found.end() :]) if found else (0, rest)


def _only_number(rest: str) -> int | None:
    number, more = _numbered(rest.strip(_MARKS))
    return number if (POLITE | {"?"}).issuperset(keys_of(more)) else None


# When -----------------------------------------------------------------------------------------------------------------


class When(NamedTuple):
    """A day and local wall-clock times, each None if not said."""

    day: date | None = None
    begins: time | None = None
    ends: time | None = None


_UP_TO = r" ?(?:[-–—]|bis|to|until|till) ?"
_LEAD = r"(?P<day>.*?)[ ,]*(?<!\d)(?:(?:um|von|ab|at|from) )?"
_WHEN = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"{_LEAD}(?P<begins>\d{{1,2}}:\d\d)(?: ?(?:uhr|h))?(?:{_UP_TO}(?P<ends>\d{{1,2}}:\d\d)(?: ?(?:uhr|h))?)?",
        rf"{_LEAD}(?P<begins>\d{{1,2}}(?:\.\d\d)?)(?: ?uhr)?(?:{_UP_TO}(?P<ends>\d{{1,2}}(?:\.\d\d)?))? ?uhr",
    )
)


def _when(text: str, today: date) -> When | None:
    """»03.12.2026 17:00–19:00«, »3. Dezember um 17 Uhr«, »17:00«, »10.12.«; None for what is none of these."""
    for pattern in _WHEN:
        if found := pattern.fullmatch(text.strip()):
            return _timed(found, today)
    day = understand_day(text, today)
    return When(day) if day else None


def _timed(found: re.Match[str], today: date) -> When | None:
    day = understand_day(found["day"], today) if found["day"] else None
    begins, ends = _clock(found["begins"]), _clock(found["ends"] or "")
    is_odd = (found["day"] and not day) or (found["ends"] and not ends) or not begins
    return None if is_odd else When(day, begins, ends)


def _clock(text: str) -> time | None:
    hour, _, minute = text.replace(".", ":").partition(":")
    if not hour or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))


# Planning -------------------------------------------------------------------------------------------------------------

_KINDS = {
    **dict.fromkeys(("allianz", "alliance", "wirtschaftsallianz"), "alliance"),
    **dict.fromkeys(("ag", "ag zukunftsplan", "arbeitsgruppe", "working-group", "working group"), "working-group"),
}
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LABELS = {
    **dict.fromkeys(word_set("titel title"), "title"),
    **dict.fromkeys(word_set("ort place wo where raum room"), "place"),
    **dict.fromkeys(word_set("link online"), "link"),
    **dict.fromkeys(word_set("datum termin tag zeit uhrzeit beginn date day time begin start"), "when"),
    **dict.fromkeys(word_set("ende bis end until"), "ends"),
}
_LABELLED = re.compile(r"(?P<label>[^\W\d_]+)(?: ?: ?| )(?P<value>.+)", re.DOTALL)
_NONE = word_set("kein keine keiner keinen ohne entfällt none no nothing")


def _plan(rest: str, today: date) -> Intent | None:
    """»SITZUNG Allianz; 03.12.2026 17:00–19:00; Titel; Ort; https://…«; the last two may be left out."""
    parts = [part.strip() for part in rest.removeprefix(":").split(";")]
    kind = _KINDS.get(parts[0].casefold())
    when = _when(parts[1], today) if 3 <= len(parts) <= 5 else None
    if kind is None or when is None or when.day is None or when.begins is None:
        return None
    planned = PlanMeeting(kind, parts[2], when.day, when.begins, ends=when.ends)
    for part in filter(None, parts[3:]):
        what, value = _labelled(part) or ("", part)
        if _LINK.fullmatch(value) and not planned.link and what in {"", "link"}:
            planned = replace(planned, link=value)
        elif not planned.place and what in {"", "place"}:
            planned = replace(planned, place=value)
        else:
            return None
    return planned


def _labelled(part: str) -> tuple[str, str] | None:
    """What a part says it is, with its value: »Ort: Rathaus«."""
    found = _LABELLED.fullmatch(part)
    what = _LABELS.get(fold(found["label"])) if found else None
    return (what, found["value"].strip()) if found and what else None


# Changing -------------------------------------------------------------------------------------------------------------


def _change(rest: str, today: date) -> Intent | None:
    """»SITZUNG ÄNDERN 12; 10.12.2026 17:00; Ort: Rathaus«: only what is named changes, and all of it must be plain."""
    number, more = _numbered(rest.lstrip(" :;,"))
    changed = ChangeMeeting(number)
    for part in filter(None, (part.strip(" \n,") for part in re.split(r"[;\n]", more))):
        one = _change_of(part, today)
        if one is None:
            return None
        changed = replace(changed, **one)
    return changed if changed != ChangeMeeting(number) else None


def _change_of(part: str, today: date) -> dict[str, Any] | None:
    """The fields of the change that one part says; None if it is not plain."""
    what, value = _labelled(part) or ("", part)
    if what == "title":
        return {"title": value}
    if what in {"place", "link"}:
        return {what: "" if value in {"-", "–"} or _NONE.issuperset(keys_of(value)) else value}
    if not what and _LINK.fullmatch(value):
        return {"link": value}
    when = _when(value, today)
    if when is None or (what == "ends" and (when.day or when.ends)):
        return None
    if what == "ends":
        return {"ends": when.begins} if when.begins else None
    return {name: value for name, value in when._asdict().items() if value is not None}


def _cancel(rest: str) -> Intent | None:
    """»SITZUNG ABSAGEN 12; Grund«; the number and the reason may be left out."""
    number, why = _numbered(rest.lstrip(" :;,"))
    is_reason = number or rest.lstrip()[:1] in {";", ":"} or POLITE.issuperset(keys_of(why))
    why = re.sub(r"\A(?:grund|reason|weil|wegen|because(?: of)?)\b[ :]*", "", why.strip(" ;,:"), flags=re.IGNORECASE)
    return CancelMeeting(number, "" if POLITE.issuperset(keys_of(why)) else why) if is_reason else None


# The agenda -----------------------------------------------------------------------------------------------------------

_MOST_POINTS = 40
_BULLET = re.compile(r"(?:[-–•*]|(?:top )?\d{1,2}[.):](?!\d))\s*", re.IGNORECASE)
_AT = re.compile(
    r"(?P<at>\d{1,2}:\d\d|\d{1,2}(?:\.\d\d)?(?= ?uhr))(?: ?uhr)?(?: ?[-–] ?\d{1,2}:\d\d(?: ?uhr)?)?[ ,:–-]+",
    re.IGNORECASE,
)


def _agenda(rest: str) -> Intent | None:
    """»TAGESORDNUNG 12: 17:00 Begrüßung; 17:15 Bericht«, or a point a line."""
    number, more = _numbered(rest)
    points = [_point(line.strip()) for line in re.split(r"[;\n]", more.lstrip(" :")) if line.strip()]
    plain = [point for point in points if point]
    is_agenda = len(plain) > 1 or any(point.at for point in plain)
    return SetAgenda(tuple(plain), number) if is_agenda and plain == points and len(plain) <= _MOST_POINTS else None


def _point(line: str) -> AgendaPoint | None:
    words = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    found = _AT.match(words)
    at = _clock(found["at"]) if found else None
    title = words[found.end() :].strip() if found else words
    return AgendaPoint(title, at) if title and (at or not found) else None


# Deputies -------------------------------------------------------------------------------------------------------------

_DEPUTY = _any_spelling("vertretung vertreter vertreterin deputy")
_DECLINE = _any_spelling("absage decline")
_AFTER_ABSAGE = re.compile(r"\W*(?:es kommt|vertretung|vertreten durch|vertreter(?:in)?|deputy)\b", re.IGNORECASE)
_IS = re.compile(r"\A(?:(?:ist|kommt|durch|macht|is|comes?|by)\b[ :]*)+", re.IGNORECASE)
_ADDRESS = re.compile(r"<?[^\s@<>;:,]{1,64}@[^\s@<>;:,.]{1,63}(?:\.[^\s@<>;:,.]{1,63}){1,8}>?")
_CALLED = r"(?:Frau |Herrn? |Mr\.? |Mrs\.? |Ms\.? )?(?:(?:Dr|Prof)\. )*"
_PART = r"(?:(?:von|van|de|der|zu) )*[^\W\d_a-zäöüß][^\W\d_]*"
_NAME = re.compile(rf"{_CALLED}{_PART}(?:[ -]{_PART})*")
_NO_NAME = word_set(
    "urlaub krank gesucht bis nein ja nicht keine kein wer wann wie was bitte danke unklar folgt offen leider ich"
    " wir no yes not who when how please unknown"
)


def _deputy(name: str, rest: str, matter: Matter) -> Intent | None:
    """»VERTRETUNG Jutta Probe«, »VERTRETUNG jutta@…«, »ABSAGE, Vertretung: Jutta Probe«."""
    if name in _DECLINE and (found := _AFTER_ABSAGE.match(rest)):
        rest = rest[found.end() :]
    elif name not in _DEPUTY:
        return None
    words = " ".join(_IS.sub("", rest.strip(_MARKS), count=1).split()).strip(_MARKS)
    return SendDeputy(words) if _is_somebody(words, matter) else None


def _is_somebody(words: str, matter: Matter) -> bool:
    """One address with at most a name beside it, or a full name; where a meeting is the matter, a single name."""
    addresses = _ADDRESS.findall(words)
    beside = _ADDRESS.sub("", words).strip(" ,;:()–-")
    if len(addresses) == 1:
        return not beside or bool(_NAME.fullmatch(beside))
    named = _NAME.fullmatch(words)
    if not named or addresses or _NO_NAME & set(keys_of(words)):
        return False
    return " " in words or matter.kind == "meeting"
