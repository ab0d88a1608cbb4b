"""Meetings: the next ones, which one is meant, and how one is named in a line, a letter and a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from sqlmodel import Session, col, select

import texts
from alliance.errors import Expired, NotFound
from alliance.hearing import Hearing
from alliance.house import House
from alliance.notes import Calendar
from store.tables import Meeting
from texts import say

USUAL_LENGTH = timedelta(hours=2)  # in calendars, when no end was said
MAP = "https://www.openstreetmap.org/search?query="


def upcoming(session: Session, now: datetime) -> list[Meeting]:
    """Meetings still to come, the next one first; cancelled ones are none."""
    statement = select(Meeting).where(Meeting.starts_at > now, col(Meeting.cancelled_at).is_(None))
    return list(session.exec(statement.order_by(col(Meeting.starts_at), col(Meeting.id))))


def meant(hearing: Hearing, meeting_id: int = 0) -> Meeting:
    """The one that is named, being talked about, or the next one.

    Raises NotFound if there is none, Expired if it has begun or was cancelled.
    """
    meeting = _named(hearing, meeting_id)
    if meeting.cancelled_at is not None:
        raise Expired("refusal-meeting-cancelled", title=meeting.title)
    if meeting.starts_at <= hearing.at:
        raise Expired("refusal-meeting-over", title=meeting.title)
    return meeting


def _named(hearing: Hearing, meeting_id: int) -> Meeting:
    wanted = meeting_id or (hearing.matter.id if hearing.matter.kind in {"meeting", "round"} else 0)
    coming = [hearing.session.get(Meeting, wanted)] if wanted else upcoming(hearing.session, hearing.at)[:1]
    if not coming or coming[0] is None:
        raise NotFound("refusal-no-meeting")
    return coming[0]


# In words -------------------------------------------------------------------------------------------------------------


def next_line(hearing: Hearing) -> tuple[str, ...]:
    """»Nächste Sitzung: …«, or nothing."""
    coming = upcoming(hearing.session, hearing.at)
    return (meeting_line(hearing.language, hearing.house, coming[0]),) if coming else ()


def meeting_line(language: str, house: House, meeting: Meeting) -> str:
    """Title, time and place of a meeting in one line."""
    when = texts.moment(language, meeting.starts_at, house.zone)
    key = "all-meeting-line-place" if meeting.place else "all-meeting-line"
    return say(language, key, title=meeting.title, when=when, **({"place": meeting.place} if meeting.place else {}))


def day(language: str, house: House, meeting: Meeting) -> str:
    """»Donnerstag, 3. Dezember 2026«."""
    return texts.day(language, meeting.starts_at.astimezone(house.zone).date())


def when(language: str, house: House, starts_at: datetime, ends_at: datetime | None) -> str:
    """»Donnerstag, 3. Dezember 2026, 17:00–19:00 Uhr«."""
    if ends_at is None:
        return texts.moment(language, starts_at, house.zone)
    begins, ends = starts_at.astimezone(house.zone), ends_at.astimezone(house.zone)
    named = texts.day(language, begins.date())
    return say(language, "all-meeting-span", day=named, begins=_clock(begins), ends=_clock(ends))


def _clock(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"


def details(language: str, house: House, meeting: Meeting, *, with_map: bool = False) -> str:
    """When and where the meeting is, in one block."""
    span = when(language, house, meeting.starts_at, meeting.ends_at)
    return "\n".join((say(language, "all-meeting-when", when=span), *_where(language, meeting, with_map=with_map)))


def _where(language: str, meeting: Meeting, *, with_map: bool) -> Iterator[str]:
    if meeting.place:
        yield say(language, "all-meeting-place", place=meeting.place)
    if meeting.place and with_map:
        yield say(language, "all-meeting-map", link=MAP + quote(meeting.place, safe=""))
    if meeting.link:
        yield say(language, "all-meeting-link", link=meeting.link)


def agenda(language: str, meeting: Meeting) -> tuple[str, ...]:
    """The agenda under its title in one block, or nothing."""
    lines = [f"{point['at']} {point['title']}".strip() for point in meeting.agenda]
    return ("\n".join((say(language, "all-meeting-agenda"), *lines)),) if lines else ()


def thread(meeting: Meeting) -> str:
    """The conversation that all letters about one meeting itself form."""
    return f"meeting:{meeting.id}"


def calendar(language: str, house: House, meeting: Meeting, method: str = "REQUEST") -> Calendar:
    """The meeting for the reader's own calendar; ``method`` is "REQUEST" or "CANCEL" (RFC 5546)."""
    return Calendar(
        uid=f"sitzung-{meeting.id}@{house.email.rpartition('@')[2]}",
        method=method,
        sequence=meeting.sequence,
        title=meeting.title,
        begins=meeting.starts_at,
        ends=meeting.ends_at or meeting.starts_at + USUAL_LENGTH,
        place=meeting.place,
        link=meeting.link,
        text="\n".join(agenda(language, meeting)),
    )
