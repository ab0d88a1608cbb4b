"""What is in a letter, as far as it can be told from its bytes alone: kind, sender, token, and the person's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime

from mail import absence, addresses, attachments, authentication, bounces, calendars, reading
from mail.screening import Kind, classify, is_marked_as_spam

_WITH_TOKEN = re.compile(r"([^\s<>,;:\"+]{1,64})\+[a-z2-7]{16}@([^\s<>,;:\"]{1,255})", re.IGNORECASE)

REMARK = 400  # characters; more than that beside a calendar's answer was not typed
_CALENDAR_SPEAKS = re.compile(
    r"https?://|zugesagt|zusage|abgesagt|absage|angenommen|abgelehnt|vorbehalt|vorläufig|einladung|kalender|besprechung"
    r"|accepted|declined|tentative|invitation|invite|calendar|when:|wann:",
    re.IGNORECASE,
)
ANSWERED = {Kind.REPLY, Kind.CALENDAR_REPLY}


@dataclass(frozen=True)
class Identity:
    """What tells that a letter is ours: our address, and the name of our mail server (RFC 8601), "" if unknown."""

    address: str
    server: str = ""


@dataclass(frozen=True)
class Contents:
    """``unreadable`` says why there is no text, ``until`` the last day of an absence, ``failures`` what came back.

    ``files`` are the spreadsheets that came with the words.
    """

    kind: Kind
    email: str
    name: str
    language: str
    token: str
    message_id: str
    forged: bool = False
    text: str = ""
    unreadable: str = ""
    until: date | None = None
    failures: tuple[bounces.Failure, ...] = ()
    files: tuple[attachments.File, ...] = ()


def contents(raw: bytes, own: Identity, received: date, parts: int = reading.PART_LIMIT) -> Contents:
    """Take a letter apart; ``received`` stands in where it has no date of its own. Never raises on what it holds.

    Beyond ``parts`` it is not read.
    """
    known = envelope(raw, own)
    match known.kind:
        case Kind.REPLY | Kind.OTHER if known.token and (proposal := calendars.proposal(raw)):
            return _proposing(_with_text(known, raw, parts), proposal)
        case Kind.REPLY:
            return _with_text(known, raw, parts)
        case Kind.CALENDAR_REPLY:
            return _beside_the_calendar(_with_text(known, raw, parts))
        case Kind.AUTO_REPLY:
            return replace(known, until=absence.back(raw, _sent(raw) or received))
        case Kind.BOUNCE:
            token = known.token or addresses.token_anywhere(raw, own.address)
            return replace(known, token=token, failures=tuple(bounces.failures(raw)))
        case Kind.OTHER if known.token and is_marked_as_spam(reading.head(raw)):
            return _with_text(known, raw, parts)
    return known


def envelope(raw: bytes, own: Identity) -> Contents:
    """What kind of letter this is, whose, and what it answers."""
    head = reading.head(raw)
    email, name = addresses.sender_of(head)
    return Contents(
        kind=Kind.OTHER if _is_assistant(head, email) else classify(raw, own.address),
        email=email,
        name=name,
        language="en" if reading.header(head, "Content-Language").lower().startswith("en") else "de",
        token=addresses.find_token(head, own.address),
        message_id=_message_id(head),
        forged=authentication.forged(head, own.server),
    )


def _is_assistant(head: Message, email: str) -> bool:
    """Whether it comes from one of our kind, which wants its own token back, even if nothing else tells any more."""
    asked = (found for value in reading.raw_headers(head, "Reply-To") for found in _WITH_TOKEN.finditer(value))
    return any(f"{found[1]}@{found[2]}".lower() == email for found in asked)


def outside(raw: bytes, own: Identity) -> Contents:
    """What the headers alone tell, for a letter that is not to be looked into."""
    return envelope(raw[: len(raw) - len(reading.body(raw))], own)


def _with_text(known: Contents, raw: bytes, parts: int) -> Contents:
    head = reading.head(raw)
    if reading.header(head, reading.TOO_BIG):
        return replace(known, unreadable="too-big")
    from mail import quoting  # imported with the first letter that needs it: its patterns take a sixth of a start

    try:
        letter = reading.read(raw, parts)
        words = quoting.own_words(letter)[: reading.TEXT_LIMIT]
        files = attachments.files_of(letter)
    except reading.TooComplex:
        return replace(known, unreadable="too-complex")
    except Exception:  # no second or third try would read it better
        return replace(known, unreadable="broken")
    return replace(known, text=words or _subject_words(head), files=files)


def _beside_the_calendar(known: Contents) -> Contents:
    """Only what a person has typed beside the answer: calendars say themselves what was answered, and to what."""
    typed = known.text if len(known.text) <= REMARK and not _CALENDAR_SPEAKS.search(known.text) else ""
    return replace(known, text=typed, unreadable="")


def _proposing(known: Contents, proposal: str) -> Contents:
    """An answer that suggests another time counts as what it says of this one; the rest is for the office to read."""
    typed = _beside_the_calendar(known)
    return replace(typed, kind=Kind.CALENDAR_REPLY, text="\n".join(filter(None, (proposal, typed.text))))


def _subject_words(head: Message) -> str:
    """An empty letter may say all in its subject (»ABMELDEN«); the subject of a reply is not the person's own."""
    subject = addresses.without_tag(reading.header(head, "Subject"))
    is_reply = subject.lower().startswith(("re:", "aw:", "antw:", "fwd:", "fw:", "wg:"))
    return "" if is_reply else subject


def _message_id(head: Message) -> str:
    return addresses.checked_id(next(map(reading.one_line, reading.raw_headers(head, "Message-ID")), ""))


def _sent(raw: bytes) -> date | None:
    try:
        return parsedate_to_datetime(reading.header(reading.head(raw), "Date")).date()
    except (ValueError, TypeError, OverflowError):
        return None
