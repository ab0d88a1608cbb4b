"""Calendars by letter (iMIP, RFC 6047 and 5546): the invitation to a meeting, and who answers it how."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses
from itertools import dropwhile
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

PRODUCT = "-//Zukunftsplan//Assistent//DE"
REMINDER = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
_INVITED = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
_UNSAID = str.maketrans('"\\^', "'/ ")  # a parameter's value cannot hold them (RFC 5545, 3.1; RFC 6868)
_LINK = re.compile(r"https?://[!-~]{1,1000}", re.IGNORECASE)

LETTER_LIMIT = 2_000_000  # bytes; a calendar answer has a few kB
CALENDAR_LIMIT = 200_000  # characters of a calendar file
PART_LIMIT = 200
DEPTH_LIMIT = 20
HEADER_LIMIT = 100_000  # bytes between two blank lines that hold a colon-rich header

_SIGNS = (b"text/calendar", b"application/ics", b".ics", b"begin:vcalendar")
_CONTAINER = re.compile(rb"^content-type\s*:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"[\r\n]+")
_WANTED = re.compile(r"(?:BEGIN|END|METHOD|UID|ATTENDEE|RECURRENCE-ID|SEQUENCE|COMMENT|DTSTART)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>;:,\"]{1,64}@[^\s<>;:,\"@]{1,250}")
_MOMENT = re.compile(r"\d{8}T\d{6}(Z?)")
_PARTSTAT = re.compile(r"[A-Z][A-Z-]{1,40}")

Line = tuple[str, dict[str, str], str]


class Entry(NamedTuple):
    """A meeting for somebody's calendar. ``method`` is "REQUEST" or "CANCEL" (RFC 5546), times are aware."""

    uid: str
    method: str
    sequence: int
    title: str
    begins: datetime
    ends: datetime
    place: str = ""
    link: str = ""
    text: str = ""


class Party(NamedTuple):
    """Who invites, or is invited."""

    address: str
    name: str = ""


class Answer(NamedTuple):
    """One person's answer to one meeting.

    ``attendee`` is their address in lower case; ``partstat`` is ACCEPTED, DECLINED, TENTATIVE, DELEGATED … in upper
    case; ``uid`` names the meeting, "" if the answer does not; ``comment`` is what they wrote with it. ``proposed`` is
    when they would rather meet (METHOD:COUNTER), aware; ``delegate`` is the address of who is to come instead.
    """

    attendee: str
    partstat: str
    uid: str
    comment: str = ""
    proposed: datetime | None = None
    delegate: str = ""


# --- out


def request(entry: Entry, organizer: Party, attendee: Party, now: datetime) -> bytes:
    """The calendar file that puts a meeting into a calendar, changes it there, or cancels it; CRLF, folded, UTF-8.

    Times are in UTC: every program shows them in its reader's own zone, and no definition of a zone can be misread.
    """
    from icalendar import Calendar, Event  # here, because it takes 80 ms and 9 MB, and is rarely needed

    cancelled = entry.method == "CANCEL"
    event = Event()
    for name, value in _properties(entry, cancelled=cancelled, now=now):
        event.add(name, value)
    event.add("organizer", _address(organizer))
    event.add("attendee", _address(attendee, _INVITED if not cancelled else {}))
    if not cancelled:
        event.add_component(_alarm(entry))
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", entry.method)):
        calendar.add(name, value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _properties(entry: Entry, *, cancelled: bool, now: datetime) -> Iterator[tuple[str, Any]]:
    yield "uid", _line(entry.uid)
    yield "sequence", entry.sequence
    yield "dtstamp", now.astimezone(UTC)
    yield "dtstart", entry.begins.astimezone(UTC)
    yield "dtend", entry.ends.astimezone(UTC)
    yield "summary", _line(entry.title)
    yield "status", "CANCELLED" if cancelled else "CONFIRMED"
    if place := _line(entry.place) or _line(entry.link):
        yield "location", place
    if text := "\n".join(map(_line, entry.text.splitlines())).strip():
        yield "description", text
    if _LINK.fullmatch(entry.link):
        yield "url", entry.link


def _address(party: Party, more: dict[str, str] | None = None) -> Any:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{_line(party.address)}")
    name = _line(party.name).translate(_UNSAID)
    for key, value in {"CN": name, **(more or {})}.items():
        if value:
            address.params[key] = value
    return address


def _alarm(entry: Entry) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _line(entry.title))
    alarm.add("trigger", -REMINDER)
    return alarm


def _line(words: str) -> str:
    """Words on one line, without controls."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


# --- in


def calendar_reply(raw: bytes) -> tuple[str, str] | None:
    """Who answers and how, of a letter with METHOD:REPLY; None for every other letter. Never raises."""
    found = answer(raw)
    return (found.attendee, found.partstat) if found and not found.proposed else None


def answer(raw: bytes) -> Answer | None:
    """The whole answer in a letter with METHOD:REPLY or COUNTER; None for every other letter. Never raises."""
    try:
        if not _may_hold_calendar(raw):
            return None
        letter = message_from_bytes(raw, policy=compat32)
        found = (_answer(calendar, letter) for calendar in _calendars(letter, 0))
        return next((one for one in found if one), None)
    except Exception:  # a damaged letter is no answer
        return None


def _may_hold_calendar(raw: bytes) -> bool:
    """A cheap look, and the limits beyond which no parser is asked."""
    if len(raw) > LETTER_LIMIT:
        return False
    lower = raw.lower()
    if not any(sign in lower for sign in _SIGNS):
        return False
    head = re.search(rb"\r?\n\r?\n", raw[: HEADER_LIMIT + 4])
    few = raw.count(b"\n--") <= PART_LIMIT and len(_CONTAINER.findall(raw)) <= PART_LIMIT
    return few and bool(head or len(raw) <= HEADER_LIMIT)


# --- from the letter to the calendar


def _calendars(part: Message, depth: int) -> Iterator[str]:
    """The calendar files of the letter itself; those of letters attached to it are not its own."""
    if depth > DEPTH_LIMIT or part.get_content_maintype() == "message":
        return
    if part.is_multipart():
        for child in part.get_payload():
            if isinstance(child, Message):
                yield from _calendars(child, depth + 1)
    elif _is_calendar(part):
        yield _text(part)


def _is_calendar(part: Message) -> bool:
    if part.get_content_type() in {"text/calendar", "application/ics"}:
        return True
    name = _decoded(part.get_filename() or "").lower()
    return name.endswith(".ics") or part.get_content_type() == "text/plain"


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload[: 2 * CALENDAR_LIMIT] if isinstance(payload, bytes) else b""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")[:CALENDAR_LIMIT]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.removeprefix("\ufeff")[:CALENDAR_LIMIT]


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, ValueError):
        return text


# --- from the calendar to the answer


def _answer(calendar: str, letter: Message) -> Answer | None:
    start = calendar.upper().find("BEGIN:VCALENDAR")
    lines = list(_lines(calendar[start:])) if start >= 0 else []
    method = _value(lines, "METHOD").upper()
    if method not in {"REPLY", "COUNTER"}:
        return None
    people = [found for name, params, value in lines if name == "ATTENDEE" and (found := _attendee(params, value))]
    chosen = _chosen(people, _senders(letter))
    if not chosen:
        return None
    proposed = _moment(lines) if method == "COUNTER" else None
    if method == "COUNTER" and proposed is None:
        return None
    delegate = _delegate(lines, chosen[0])
    return Answer(*chosen, _value(lines, "UID"), _value(lines, "COMMENT"), proposed, delegate)


def _lines(calendar: str) -> Iterator[Line]:
    """The properties of the calendar and its first event or task, unfolded (RFC 5545, 3.1), without broken ones."""
    from icalendar.parser import Contentline  # here, because it takes 80 ms and 9 MB, and is rarely needed

    read: Callable[[str], Any] = Contentline  # it has no types
    components = 0
    for line in _LINE.split(_FOLD.sub("", calendar)):
        if not _WANTED.match(line):
            continue
        upper = line.strip().upper()
        components += upper in {"BEGIN:VEVENT", "BEGIN:VTODO"}
        if components > 1 or upper in {"BEGIN:VALARM", "BEGIN:VFREEBUSY"}:
            return
        try:
            name, params, value = read(line.strip()).parts()
        except ValueError:
            continue
        yield name.upper(), {key.upper(): str(given) for key, given in params.items()}, str(value)


def _value(lines: list[Line], wanted: str) -> str:
    return next((value.strip() for name, _, value in lines if name == wanted), "")


def _moment(lines: list[Line]) -> datetime | None:
    """When the event begins; a zone of a name that only one program knows is taken for ours."""
    event = dropwhile(lambda line: line[0] != "BEGIN" or line[2].upper() not in {"VEVENT", "VTODO"}, lines)
    params, value = next(((params, value.strip()) for name, params, value in event if name == "DTSTART"), ({}, ""))
    found = _MOMENT.fullmatch(value)
    if not found:
        return None
    try:
        local = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone is found below
        return local.replace(tzinfo=UTC if found[1] else _zone(params.get("TZID", "")))
    except ValueError:
        return None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return BERLIN


def _attendee(params: dict[str, str], value: str) -> tuple[str, str] | None:
    """Address and PARTSTAT of an ATTENDEE, which is NEEDS-ACTION when nothing is said (RFC 5545, 3.2.12)."""
    named = (_ADDRESS.search(text) for text in (re.sub(r"(?i)^mailto:", "", value.strip()), params.get("EMAIL", "")))
    address = next((found[0] for found in named if found), "")
    partstat = _PARTSTAT.fullmatch(params.get("PARTSTAT", "").strip().upper())
    return (address.lower(), partstat[0] if partstat else "NEEDS-ACTION") if address else None


def _delegate(lines: list[Line], attendee: str) -> str:
    """Whom the one who answers sends instead (RFC 5545, 3.2.5), "" if nobody is named."""
    named = (
        _ADDRESS.search(re.sub(r"(?i)mailto:", "", params.get("DELEGATED-TO", "")))
        for name, params, value in lines
        if name == "ATTENDEE" and (_attendee(params, value) or ("",))[0] == attendee
    )
    return next((found[0].lower() for found in named if found), "")


def _chosen(people: list[tuple[str, str]], senders: set[str]) -> tuple[str, str] | None:
    """A reply names the one who answers (RFC 5546, 3.2.3); where a program lists everybody, it is the sender."""
    own = [one for one in people if one[0] in senders]
    said = [one for one in people if one[1] != "NEEDS-ACTION"]
    return next(iter([*own, *said, *people]), None)


def _senders(letter: Message) -> set[str]:
    lines = [str(value)[:HEADER_LIMIT] for name in ("From", "Sender", "Reply-To") for value in letter.get_all(name, [])]
    return {address.lower() for _, address in getaddresses(lines)}
