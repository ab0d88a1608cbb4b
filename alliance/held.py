"""The meeting that minutes and decisions belong to, who may write them, and when they go out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

import texts
from alliance import afterwards
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.house import House
from store.tables import Decision, Deed, Meeting, Person, Role
from texts import say

AWAITED = timedelta(days=14)  # that long a meeting's minutes are what a new minute taker is named for

# Deeds that change what the minutes say; the sender of the minutes waits an hour after each
CHANGES = ("record-minutes", "record-decisions")


def meeting(hearing: Hearing, number: int) -> Meeting:
    """The meeting of this number, else the one that is running or was the last, of those the speaker may write for.

    The office writes for any, a minute taker for their own. Raises Invalid for a meeting still to come, NotFound when
    there is none.
    """
    mine = [one for one in _meetings(hearing) if hearing.is_office or one.minute_taker_id == hearing.member_id]
    wanted = [one for one in mine if one.id == number] if number else mine
    begun = [one for one in wanted if one.starts_at <= hearing.at]
    if begun:
        return begun[-1]
    if wanted:
        when = texts.moment(hearing.language, wanted[0].starts_at, hearing.house.zone)
        raise Invalid("refusal-minutes-ahead", title=wanted[0].title, when=when)
    raise (
        NotFound("refusal-minutes-no-such-meeting", number=str(number)) if number else NotFound("refusal-minutes-none")
    )


def to_be_minuted(hearing: Hearing, number: int) -> Meeting:
    """The meeting a minute taker is named for: the last one while its minutes are awaited, else the next one."""
    known = _meetings(hearing)
    if number:
        found = next((one for one in known if one.id == number), None)
        if found is None:
            raise NotFound("refusal-minutes-no-such-meeting", number=str(number))
        return found
    begun = [one for one in known if one.starts_at <= hearing.at]
    coming = [one for one in known if one.starts_at > hearing.at]
    is_awaited = begun and begun[-1].minutes_at is None and hearing.at < begun[-1].starts_at + AWAITED
    if begun and (is_awaited or not coming):
        return begun[-1]
    if not coming:
        raise NotFound("refusal-minutes-none")
    return coming[0]


def name(language: str, house: House, meeting: Meeting) -> str:
    """»Herbstsitzung« am 3. Dezember 2026."""
    day = texts.short_day(language, meeting.starts_at.astimezone(house.zone).date())
    return say(language, "all-minutes-of", title=meeting.title, day=day)


def minute_taker(session: Session, meeting: Meeting) -> Person | None:
    """Who writes the minutes, unless that person has left or only reads along by now."""
    person = session.get(Person, meeting.minute_taker_id) if meeting.minute_taker_id else None
    return person if person and person.left_at is None and person.role != Role.OBSERVER else None


def changed_at(session: Session, meeting: Meeting) -> datetime | None:
    """When the minutes or decisions were last changed; None while there is neither."""
    decided = session.exec(select(Decision.at).where(Decision.meeting_id == meeting.id)).all()
    if not decided and not meeting.minutes:
        return None
    statement = select(Deed).where(col(Deed.what).in_(CHANGES), Deed.at >= meeting.starts_at)
    recorded = [deed.at for deed in session.exec(statement) if deed.details.get("meeting") == meeting.id]
    return max((*decided, *recorded), default=meeting.starts_at)


def goes_out_at(session: Session, house: House, meeting: Meeting, now: datetime) -> datetime:
    """When the minutes will be sent as things stand."""
    return afterwards.goes_out_at(meeting.starts_at, changed_at(session, meeting) or now, house.zone)


def _meetings(hearing: Hearing) -> list[Meeting]:
    """All meetings that were not cancelled, in their order."""
    statement = select(Meeting).where(col(Meeting.cancelled_at).is_(None))
    return list(hearing.session.exec(statement.order_by(col(Meeting.starts_at), col(Meeting.id))))
