"""What kind of letter came in: a person's words, or something that must never be answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from enum import StrEnum

from mail import addresses, bounces, reading, robots
from mail.opening import opening

LOOP_HEADER = "X-Loop"
KNOWS_US = 4  # points for a person whose words speak of measures and meetings
CALENDAR_LIMIT = 100_000  # bytes of a calendar file that are searched for its method


class Kind(StrEnum):
    """What a letter is. Only replies and calendar replies come from a person."""

    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    CALENDAR_REPLY = "calendar_reply"
    OTHER = "other"  # lists, mass mail, notifications, receipts, our own letters


_CALENDAR_SIGNS = (b"text/calendar", b"application/ics", b".ics")
_ANNOUNCING = {
    "REQUEST",
    "CANCEL",
    "PUBLISH",
    "ADD",
    "REFRESH",
    "DECLINECOUNTER",
    "FREEBUSY",
}  # RFC 5546; COUNTER is a person's
_OLD = re.compile(r"^(?:>|-{4,}|_{8,}|(?:Von|From)\s*:|(?:Am|On) .{5,200}(?:schrieb|wrote))", re.MULTILINE)
_QUOTED_LINES = re.compile(r"^>.*\n?", re.MULTILINE)
_METHOD = re.compile(rb"^METHOD[^:\r\n]{0,80}:\s*([A-Z-]+)", re.IGNORECASE | re.MULTILINE)


def classify(letter: bytes | Message, own: str = "") -> Kind:
    """What kind of letter this is; ``own`` is the assistant's address. Never raises.

    Given the headers alone, it judges by them.
    """
    try:
        raw = letter if isinstance(letter, bytes) else b""
        head = reading.head(letter) if isinstance(letter, bytes) else letter
        return _classify(head, raw, own)
    except Exception:  # a letter that cannot even be screened is for a person to read
        return Kind.REPLY


def is_marked_as_spam(head: Message) -> bool:
    """Whether the mail server has marked this letter."""
    return robots.settled(robots.fields_of(head), robots.SPAM)


def bounced(raw: bytes) -> list[tuple[str, str]]:
    """The addresses (lower case) that a letter could not be delivered to, each "permanent" or "temporary".

    Empty for all that is no bounce and for reports of success (RFC 3464). Never raises.
    """
    return [(failure.address, failure.kind) for failure in bounces.failures(raw)]


def _classify(head: Message, raw: bytes, own: str) -> Kind:
    if _is_own(head, own):
        return Kind.OTHER
    fields = robots.fields_of(head)
    if bounces.is_surely_bounce(fields):
        return Kind.BOUNCE
    calendar = _calendar_method(raw, "in-reply-to" in fields or "references" in fields)
    if calendar == "REPLY":
        return Kind.CALENDAR_REPLY
    return _by_words(fields, *_own_words(raw, head), calendar)


def _by_words(fields: robots.Fields, text: str, below: str, calendar: str) -> Kind:
    """What the rest of the evidence says together."""
    subject = fields["subject"]
    if bounces.is_probably_bounce(fields, subject, text):
        return Kind.BOUNCE
    if robots.settled(fields, robots.ANSWERING) or robots.ANSWERING_SUBJECT.match(subject):
        return Kind.AUTO_REPLY
    quiet, titled = robots.header_points(fields), robots.subject_points(subject)
    announced = robots.mass_subject_points(subject)
    unprompted = robots.is_unprompted(fields)
    words = robots.reading_of(text, below, suspicious=bool(quiet or titled or announced or unprompted))
    personal = robots.client_points(fields) + KNOWS_US * words.knows_us
    answering = _answering(words, quiet + unprompted, titled) - personal
    many, told = robots.settled(fields, robots.SENT_TO_MANY), robots.settled(fields, robots.NOTIFYING)
    robot = many or told or robots.settled(fields, robots.GENERATED) or _has_null_path(fields)
    if robot or answering >= robots.ENOUGH:
        to_us = words.to_us or titled > 0 or (robots.is_answer(fields) and not told)
        return Kind.AUTO_REPLY if to_us and not many else Kind.OTHER
    if calendar in _ANNOUNCING or (calendar and not text.strip()):
        return Kind.OTHER
    own = words.own // 2 if robots.is_answer(fields) else 0
    known = personal if robots.is_answer(fields) or words.mass < robots.ENOUGH else robots.client_points(fields)
    mass = quiet + words.mass + announced - own - known
    return Kind.OTHER if mass >= robots.ENOUGH else Kind.REPLY


def _answering(words: robots.Words, quiet: int, titled: int) -> int:
    """Points for an automatic answer; nothing counts without a formula in the subject or in the words."""
    said = words.answering + titled
    return quiet + said - min(words.own, 5) if said else 0


def _own_words(raw: bytes, head: Message) -> tuple[str, str]:
    """The writer's own words, and everything that stands above what is quoted."""
    text = opening(raw, head) if raw else ""
    old = _OLD.search(text)
    above = text[: old.start()] if old else text
    rough = above if above.strip() else _QUOTED_LINES.sub("", text)
    # finding the boundary exactly is dear, so it is only done where it can matter
    from mail import quoting  # imported with the first letter that needs it: its patterns take a sixth of a start

    return quoting.cut(text) if robots.worth_reading(rough) else rough, rough


def _is_own(message: Message, own: str) -> bool:
    if not own:
        return False
    sender, _ = addresses.sender_of(message)
    loops = [value.lower() for value in reading.headers(message, LOOP_HEADER)]
    return own.lower() in loops or (bool(sender) and addresses.base(sender) == own.lower())


def _has_null_path(fields: robots.Fields) -> bool:
    return any(value.replace(" ", "") == "<>" for value in fields.get("return-path", "").split("\n"))


def _calendar_method(raw: bytes, is_answer: bool) -> str:
    """The method of the letter's own calendar part (RFC 6047), upper case; "" if there is none.

    What somebody attaches to their reply is a file.
    """
    lower = raw.lower()
    if not any(sign in lower for sign in _CALENDAR_SIGNS):
        return ""
    found = list(_methods(reading.read(raw), 0, is_letter=True))
    if any(method == "REPLY" and (is_letter or not is_answer) for method, is_letter in found):
        return "REPLY"
    return next((method for method, is_letter in found if is_letter), "")


def _methods(part: Message, depth: int, *, is_letter: bool) -> Iterator[tuple[str, bool]]:
    """Each calendar's method, and whether the calendar is another form of the letter's text, not a file with it."""
    if depth > reading.DEPTH_LIMIT or part.get_content_maintype() == "message":
        return
    if part.is_multipart():
        together = part.get_content_type() == "multipart/alternative"
        for child in part.get_payload():
            if isinstance(child, Message):
                yield from _methods(child, depth + 1, is_letter=together)
    elif _is_calendar(part):
        yield from ((method, is_letter) for method in _method(part))


def _is_calendar(part: Message) -> bool:
    name = (part.get_filename() or "").lower()
    return part.get_content_type() in {"text/calendar", "application/ics"} or name.endswith(".ics")


def _method(part: Message) -> Iterator[str]:
    payload = part.get_payload(decode=True)
    content = payload[:CALENDAR_LIMIT] if isinstance(payload, bytes) else b""
    if b"BEGIN:VFREEBUSY" in content.upper():
        yield "FREEBUSY"
        return
    found = _METHOD.search(content)
    named = str(part.get_param("method", "") or "")
    if found or (named and not content.strip()):
        yield (found[1].decode() if found else named).upper()
