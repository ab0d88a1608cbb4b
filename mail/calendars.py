"""A meeting as a calendar in a letter, and what a calendar says of another time (iMIP, RFC 6047)."""

from __future__ import annotations

import re
from datetime import datetime

from alliance.notes import Calendar
from mail.letterhead import said
from papers import invitation
from papers.invitation import Entry, Party
from texts import moment

FILE_NAME, FILE_TYPE = "einladung.ics", "application/ics"

_COUNTER = re.compile(rb"method\s*[=:]\s*\"?counter\b", re.IGNORECASE)


def calendar_of(calendar: Calendar, language: str, organizer: Party, reader: str, now: datetime) -> bytes:
    """The calendar file for one reader; ``organizer`` is whom their calendar answers."""
    link = said(language, "mail-calendar-link", link=calendar.link) if calendar.link else ""
    entry = Entry(
        uid=calendar.uid,
        method=calendar.method,
        sequence=calendar.sequence,
        title=calendar.title,
        begins=calendar.begins,
        ends=calendar.ends,
        place=calendar.place,
        link=calendar.link,
        text="\n\n".join(filter(None, (calendar.text, link))),
    )
    return invitation.request(entry, organizer, Party(reader), now)


def proposal(raw: bytes) -> str:
    """What a calendar says that suggests another time (METHOD:COUNTER), in a sentence for the office; "" if none."""
    if not _COUNTER.search(raw):
        return ""
    found = invitation.answer(raw)
    if found is None or found.proposed is None:
        return ""
    said_time = said("de", "mail-calendar-counter", when=moment("de", found.proposed, invitation.BERLIN))
    return "\n".join(filter(None, (said_time, found.comment)))
