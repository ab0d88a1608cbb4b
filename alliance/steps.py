"""What the clock does around a meeting: the steps of its round, invitations, the close of registration, the reminder.

:mod:`scheduler.jobs` asks modules like this one: ``due`` says what may be done now, ``carry_out`` does one of these,
``next_at`` says when there will be something new. What happens after a meeting is a module of its own with the same
three functions.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from alliance import attendance, dossiers, invitations, meetings, notices, nudges, rounds, timetable
from alliance.house import House
from store.tables import Meeting, Occasion, Person

Step = nudges.Nudge | timetable.Happening


def due(session: Session, house: House, now: datetime) -> list[Step]:
    """What may be done now and has not been; reads only."""
    round_steps = nudges.due(now, rounds.rounds(session, house, now), house.zone)
    return [*round_steps, *timetable.due(now, _dates(session, house, now), house.zone)]


def next_at(session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
    """The next moment after now at which something new is due, and the step's name."""
    coming = (
        nudges.next_at(now, rounds.rounds(session, house, now), house.zone),
        timetable.next_at(now, _dates(session, house, now), house.zone),
    )
    return min((step for step in coming if step), default=None)


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Enqueue what one step asks for."""
    if isinstance(step, nudges.Nudge):
        _nudge(session, house, step, now)
        return
    meeting = session.get_one(Meeting, step.meeting)
    match step.step:
        case "invite":
            invitations.invite(session, house, meeting, now)
        case "close":
            attendance.close(session, house, meeting, now)
        case "eve":
            session.add(Occasion(key=_eve(house, meeting), at=now))
            invitations.remind(session, house, meeting, now)


def _nudge(session: Session, house: House, nudge: nudges.Nudge, now: datetime) -> None:
    if nudge.person is None:
        dossiers.freeze(session, house, nudge.meeting, now)
        return
    person = session.get_one(Person, nudge.person)
    meeting = session.get_one(Meeting, nudge.meeting)
    if nudge.step == "interim":
        note = rounds.interim(session, house, meeting, person, now)
    else:
        note = rounds.question(session, house, nudge, now)
    notices.to_person(session, person, note, nudge.key, now, expires_at=rounds.freeze_at(house, meeting))


def _dates(session: Session, house: House, now: datetime) -> list[timetable.Dates]:
    return [
        timetable.Dates(
            meeting=meeting.id or 0,
            kind=meeting.kind,
            starts_at=meeting.starts_at,
            planned_at=meeting.planned_at,
            invited_at=meeting.invited_at,
            newcomers=_newcomers(session, meeting),
            done=_done(session, house, meeting),
        )
        for meeting in meetings.upcoming(session, now)
    ]


def _newcomers(session: Session, meeting: Meeting) -> tuple[datetime, ...]:
    """When those joined who came after the invitations and have none."""
    since = meeting.invited_at
    if since is None:
        return ()
    joined = select(Person.id).where(Person.joined_at > since, col(Person.left_at).is_(None))
    if session.exec(joined.limit(1)).first() is None:
        return ()
    return tuple(person.joined_at for person in invitations.uninvited(session, meeting) if person.joined_at > since)


def _done(session: Session, house: House, meeting: Meeting) -> frozenset[str]:
    closed = ["close"] if meeting.registration_closed_at is not None else []
    reminded = ["eve"] if session.get(Occasion, _eve(house, meeting)) is not None else []
    return frozenset(closed + reminded)


def _eve(house: House, meeting: Meeting) -> str:
    return f"eve:{meeting.id}:{invitations.local_date(house, meeting)}"
