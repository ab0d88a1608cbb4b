"""What the clock does around a meeting: the steps of its round, invitations, the close of registration, the reminder.

:mod:`scheduler.jobs` asks modules like this one: ``due`` says what may be done now, ``carry_out`` does one of these,
``next_at`` says when there will be something new. What happens after a meeting is a module of its own with the same
three functions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alliance import (
    attendance,
    dossiers,
    invitations,
    measures,
    meetings,
    notices,
    nudges,
    rounds,
    timetable,
    workdays,
)
from alliance.house import House
from alliance.notes import Note
from alliance.portions import cut
from store.tables import Meeting, Occasion, Person


@dataclass(frozen=True)
class Asking:
    """Some of the people (by id) who are to be nudged in a meeting's round, no more than fit into one go."""

    meeting: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Freeze:
    """The end of a meeting's round."""

    meeting: int


Step = Asking | Freeze | timetable.Happening


def due(session: Session, house: House, now: datetime) -> list[Step]:
    """What may be done now and has not been; reads only."""
    return [*_round_steps(session, house, now), *_happenings(session, house, now)]


def _happenings(session: Session, house: House, now: datetime) -> Iterable[timetable.Happening]:
    return timetable.due(now, _dates(session, house, now), house.zone)


def _round_steps(session: Session, house: House, now: datetime) -> Iterator[Step]:
    if not workdays.in_office_hours(now, house.zone):
        return
    for round_ in rounds.begun(session, house, now):
        found = nudges.due(now, [round_], house.zone)
        people = dict.fromkeys(nudge.person for nudge in found if nudge.person is not None)
        yield from (Asking(round_.meeting, tuple(some)) for some in cut(people))
        yield from (Freeze(round_.meeting) for nudge in found if nudge.person is None)


def next_at(session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
    """The next moment after now at which something new is due, and the step's name."""
    coming = (
        nudges.next_at(now, rounds.rounds(session, house, now), house.zone),
        timetable.next_at(now, _dates(session, house, now), house.zone),
    )
    return min((step for step in coming if step), default=None)


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Enqueue what one step asks for."""
    meeting = session.get_one(Meeting, step.meeting)
    match step:
        case Asking():
            _ask(session, house, meeting, step.people, now)
        case Freeze() if meeting.cancelled_at is None:
            dossiers.freeze(session, house, step.meeting, now)
        case timetable.Happening() if step in _happenings(session, house, now):
            _happen(session, house, meeting, step.step, now)


def _happen(session: Session, house: House, meeting: Meeting, what: str, now: datetime) -> None:
    match what:
        case "invite":
            invitations.invite(session, house, meeting, now)
        case "close":
            attendance.close(session, house, meeting, now)
        case "eve":
            session.add(Occasion(key=_eve(house, meeting), at=now))
            invitations.remind(session, house, meeting, now)


def _ask(session: Session, house: House, meeting: Meeting, people: Collection[int], now: datetime) -> None:
    """Nudge those of these people who are still to be nudged: since we looked, others have had their turn."""
    if meeting.id in {one.id for one in rounds.held(session, house, now)}:
        round_ = rounds.round_of(session, house, meeting, now, people)
        nudge(session, house, meeting, nudges.due(now, [round_], house.zone), now)


def nudge(session: Session, house: House, meeting: Meeting, due_: Sequence[nudges.Nudge], now: datetime) -> None:
    """Enqueue these nudges of one meeting's round."""
    asked: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for step in due_:
        asked[step.person or 0] += step.measures
    people = {person.id: person for some in cut(asked) for person in _people(session, some)}
    deck = measures.Deck.of(session, asked, now.astimezone(house.zone).date())

    def note_for(step: nudges.Nudge, person: Person) -> Note:
        if step.step == "interim":
            return rounds.interim(session, house, meeting, person, now)
        hearing = notices.as_heard(session, house, person, now)
        return rounds.question(hearing, meeting, step, deck.cards(hearing, step.measures))

    letters = ((people[step.person], note_for(step, people[step.person]), step.key) for step in due_)
    notices.to_people(session, letters, now, expires_at=rounds.freeze_at(house, meeting))


def _people(session: Session, ids: Sequence[int]) -> Iterable[Person]:
    return session.exec(select(Person).where(col(Person.id).in_(ids)))


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
