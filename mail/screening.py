"""What kind of letter came in: a person's words, or something that must never be answered."""

from __future__ import annotations

import re
from email.message import Message
from enum import StrEnum

from mail import addresses, reading

LOOP_HEADER = "X-Loop"


class Kind(StrEnum):
    """What a letter is. Only replies and calendar replies come from a person."""

    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    CALENDAR_REPLY = "calendar_reply"
    OTHER = "other"  # lists, mass mail, our own letters


_CALENDAR = re.compile(rb"(?:^|[\r\n])content-type\s*:\s*text/calendar\b[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.IGNORECASE)
_METHOD_REPLY = re.compile(rb"method\s*=\s*\"?reply\b", re.IGNORECASE)
_AWAY = re.compile(
    r"(?:automatische antwort|auto(?:matic)?[ -]?(?:reply|response|antwort)|abwesend)\s*(?::|$)"
    r"|abwesenheit(?:s(?:notiz|meldung|nachricht|assistent|info|benachrichtigung|agent)|\s*:)"
    r"|(?:ich bin )?(?:out of (?:the )?office|außer haus|nicht im (?:büro|hause?))\b",
    re.IGNORECASE,
)
_UNDELIVERED = re.compile(
    r"undeliver(?:able|ed)|(?:un|nicht )zustellbar|returned mail|failure notice|mail delivery (?:failed|subsystem)"
    r"|delivery (?:status notification|failure|has failed)|zustellung (?:fehlgeschlagen|nicht möglich)",
    re.IGNORECASE,
)
_MACHINES = {"mailer-daemon", "postmaster", "mail-daemon"}
_NO_REPLY = re.compile(r"(?:no|do-?not)[-_.]?reply.*|auto-?reply", re.IGNORECASE)


def classify(letter: bytes | Message, own: str = "") -> Kind:
    """What kind of letter this is, by its headers; ``own`` is the assistant's address. Never raises."""
    try:
        message = reading.head(letter) if isinstance(letter, bytes) else letter
        raw = letter if isinstance(letter, bytes) else letter.as_bytes()
        return _classify(message, raw, own)
    except Exception:  # a letter that cannot even be screened is for a person to read
        return Kind.REPLY


def _classify(message: Message, raw: bytes, own: str) -> Kind:
    if _is_own(message, own):
        return Kind.OTHER
    if _is_bounce(message):
        return Kind.BOUNCE
    if any(_METHOD_REPLY.search(found[0]) for found in _CALENDAR.finditer(raw)):
        return Kind.CALENDAR_REPLY
    if _is_automatic(message):
        return Kind.AUTO_REPLY
    return Kind.OTHER if _is_mass_mail(message) else Kind.REPLY


def _is_own(message: Message, own: str) -> bool:
    if not own:
        return False
    sender, _ = addresses.sender_of(message)
    loops = [value.lower() for value in reading.headers(message, LOOP_HEADER)]
    return own.lower() in loops or (bool(sender) and addresses.base(sender) == own.lower())


def _is_bounce(message: Message) -> bool:
    """RFC 3464, and what servers wrote before and beside it."""
    if message.get_content_type() == "multipart/report":
        return str(message.get_param("report-type", "")).lower() == "delivery-status"
    if message.get_content_type() == "message/delivery-status" or reading.header(message, "X-Failed-Recipients"):
        return True
    machine = _sender_local(message) in _MACHINES
    return machine or (_has_null_path(message) and bool(_UNDELIVERED.match(reading.header(message, "Subject"))))


def _is_automatic(message: Message) -> bool:
    """RFC 3834, with what Microsoft and others say instead."""
    submitted = reading.header(message, "Auto-Submitted").split(";")[0].strip().lower()
    suppress = reading.header(message, "X-Auto-Response-Suppress").lower()
    return (
        submitted not in {"", "no"}
        or any(word in suppress for word in ("all", "oof", "autoreply"))
        or any(reading.header(message, name) for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder"))
        or reading.header(message, "Precedence").lower() == "auto_reply"
        or message.get_content_type() == "multipart/report"
        or _has_null_path(message)
        or _NO_REPLY.fullmatch(_sender_local(message)) is not None
        or _AWAY.match(reading.header(message, "Subject")) is not None
    )


def _is_mass_mail(message: Message) -> bool:
    listed = any(reading.header(message, name) for name in ("List-Id", "List-Post", "List-Unsubscribe"))
    return listed or reading.header(message, "Precedence").lower() in {"list", "bulk", "junk"}


def _has_null_path(message: Message) -> bool:
    return any(value.replace(" ", "") == "<>" for value in reading.headers(message, "Return-Path"))


def _sender_local(message: Message) -> str:
    return addresses.sender_of(message)[0].rpartition("@")[0]
