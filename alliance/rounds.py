"""The round of status questions before a meeting: who leads what, who has answered, the question, who is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

import texts
from alliance import deputies, measures, meetings, notices, nudges, phrases
from alliance.house import House
from alliance.intents import Matter, Status
from alliance.notes import Note
from store import outbox
from store.tables import Assignment, Measure, Meeting, Person, ProgressReport, Role
from texts import say

FRESH = timedelta(days=7)  # a report in the week before the question counts as its answer
RECENT = timedelta(weeks=6)  # beyond that, two rounds have nothing to do with each other


def rounds(session: Session, house: House, now: datetime) -> list[nudges.Round]:
    """What the clock needs to know about each meeting to come that has a round of its own."""
    office = tuple(person.id or 0 for person in notices.office_people(session))
    today = now.astimezone(house.zone).date()
    return [_round(session, house, meeting, office, today) for meeting in held(session, house, now)]


def _round(session: Session, house: House, meeting: Meeting, office: tuple[int, ...], today: date) -> nudges.Round:
    """Where nobody is asked, the office need not hear who is silent."""
    asked = tuple(leads(session, house, meeting, today))
    return nudges.Round(
        meeting=meeting.id or 0,
        kind=meeting.kind,
        starts_at=meeting.starts_at,
        leads=asked,
        office=office if asked else (),
        sent=outbox.keys(session, f"nudge:{meeting.id}:"),
        frozen=meeting.frozen_at is not None,
    )


def held(session: Session, house: House, now: datetime) -> list[Meeting]:
    """Meetings to come that have a round of their own, the next one first."""
    served = served_by(session, house, now)
    return [meeting for meeting in meetings.upcoming(session, now) if meeting.id not in served]


def served_by(session: Session, house: House, now: datetime) -> dict[int, int]:
    """The ids of meetings to come that have no round of their own, each with that of the meeting whose round serves it.

    Nobody is asked twice in the same three weeks: where the time from question to meeting would overlap, the round that
    has begun serves the other meeting too, else that of the earlier one.
    """
    own: list[Meeting] = []
    served: dict[int, int] = {}
    for meeting in sorted(_recent(session, now), key=lambda one: (not _has_begun(session, one), one.starts_at)):
        other = next((one for one in own if _overlap(house, one, meeting)), None)
        if other is None and (meeting.starts_at > now or _has_begun(session, meeting)):
            own.append(meeting)
        elif other is not None and meeting.starts_at > now and meeting.id and other.id:
            served[meeting.id] = other.id
    return served


def _recent(session: Session, now: datetime) -> list[Meeting]:
    """Meetings to come, and those whose round may have overlapped with theirs."""
    statement = select(Meeting).where(Meeting.starts_at > now - RECENT, col(Meeting.cancelled_at).is_(None))
    return list(session.exec(statement.order_by(col(Meeting.starts_at), col(Meeting.id))))


def _has_begun(session: Session, meeting: Meeting) -> bool:
    return meeting.frozen_at is not None or bool(outbox.keys(session, f"nudge:{meeting.id}:"))


def _overlap(house: House, one: Meeting, other: Meeting) -> bool:
    return _asked_at(house, one) < other.starts_at and _asked_at(house, other) < one.starts_at


def _asked_at(house: House, meeting: Meeting) -> datetime:
    return nudges.step_at(nudges.LADDERS[meeting.kind][0], meeting.starts_at, house.zone)


def asked_since(house: House, meeting: Meeting) -> datetime:
    """From when on a report counts as an answer in this meeting's round, if the meeting was not moved."""
    return _asked_at(house, meeting) - FRESH


def counts_since(session: Session, house: House, meeting: Meeting) -> datetime:
    """From when on a report counts as an answer in this meeting's round.

    When the meeting was moved, or took the place of one that was cancelled, what was answered to the questions already
    asked still counts.
    """
    usual = asked_since(house, meeting)
    gone = session.exec(select(Meeting.id).where(col(Meeting.cancelled_at) > usual - RECENT))
    asked = [outbox.first_at(session, f"nudge:{number}:", usual - RECENT) for number in (meeting.id, *gone)]
    return min([usual, *(first - FRESH for first in asked if first)])


def leads(session: Session, house: House, meeting: Meeting, today: date) -> Iterable[nudges.Lead]:
    """Everyone who leads a measure, with those they have not reported on in this meeting's round.

    What was done before the round is not asked about again. In the place of who has a deputy today, the deputy is
    asked, once for all.
    """
    answered = reported(session, counts_since(session, house, meeting))
    standing_in = deputies.answering(session, today)
    carried: dict[int, set[int]] = defaultdict(set)
    people: dict[int, Person] = {}
    for lead, measure in led(session):
        if measure.status == Status.DONE and measure.id not in answered:
            continue
        person = standing_in.get(lead.id or 0, lead)
        assert person.id is not None
        people[person.id] = person
        if measure.id not in answered:
            carried[person.id].add(measure.number)
    for person_id, person in people.items():
        yield nudges.Lead(person_id, tuple(sorted(carried[person_id])), silent_until(person))


def owed(session: Session, house: House, now: datetime) -> dict[int, tuple[int, ...]]:
    """What each lead owes in a round that has been opened and not yet frozen; those who pause owe nothing."""
    found: dict[int, tuple[int, ...]] = {}
    for meeting in held(session, house, now):
        if meeting.frozen_at or now < asked_since(house, meeting) + FRESH:
            continue
        for lead in turnout(session, house, meeting, now).missing:
            found.setdefault(lead.person, lead.unanswered)
    return found


def silent_until(person: Person) -> date | None:
    """Up to and including which day the person is not to be nudged: by their own wish, or because they are away."""
    return max(filter(None, (person.paused_until, person.away_until)), default=None)


def led(session: Session) -> list[tuple[Person, Measure]]:
    """Every lead still with us, with each measure they lead; observers lead nothing."""
    statement = (
        select(Person, Measure)
        .join(Assignment, col(Assignment.person_id) == Person.id)
        .join(Measure, col(Assignment.measure_id) == Measure.id)
        .where(col(Assignment.lead), col(Person.left_at).is_(None), Person.role != Role.OBSERVER)
        .where(col(Measure.withdrawn_at).is_(None))
        .order_by(col(Person.id), col(Measure.number))
    )
    return list(session.exec(statement))


def reported(session: Session, since: datetime) -> set[int]:
    """Ids of the measures reported on since then (reports taken back do not count)."""
    statement = select(ProgressReport.measure_id).where(
        ProgressReport.at >= since, col(ProgressReport.undone_at).is_(None)
    )
    return set(session.exec(statement))


def question(session: Session, house: House, nudge: nudges.Nudge, now: datetime) -> Note:
    """The status question or reminder to one person, all their unanswered measures in one letter."""
    assert nudge.person is not None
    meeting = session.get_one(Meeting, nudge.meeting)
    person = session.get_one(Person, nudge.person)
    hearing = notices.as_heard(session, house, person, now)
    language = person.language
    kind = "ask" if nudge.first else "remind"
    when = texts.day(language, meeting.starts_at.astimezone(house.zone).date())
    last_day = freeze_at(house, meeting).astimezone(house.zone).date()
    until = texts.day(language, last_day)
    return Note(
        title=say(
            language, f"member-{kind}-title", until=texts.day_of_year(language, last_day), count=len(nudge.measures)
        ),
        lines=(say(language, f"member-{kind}-line", title=meeting.title, when=when, until=until),),
        items=measures.cards_of(hearing, nudge.measures),
        closing=(say(language, "member-ask-closing"),),
        matter=Matter("round", nudge.meeting, nudge.measures),
        language=language,
        thread=notices.round_thread(nudge.meeting),
        series="abfrage",
    )


def freeze_at(house: House, meeting: Meeting) -> datetime:
    """When the answers to this meeting's round are closed."""
    step = next(step for step in nudges.LADDERS[meeting.kind] if step.name == "freeze")
    return nudges.step_at(step, meeting.starts_at, house.zone)


@dataclass(frozen=True)
class Turnout:
    """Who has answered a round: ``missing`` with what they owe; paused people are left out of the count."""

    answered: int
    asked: int
    missing: tuple[nudges.Lead, ...]


def turnout(session: Session, house: House, meeting: Meeting, now: datetime) -> Turnout:
    """Count the answers so far."""
    today = now.astimezone(house.zone).date()
    everyone = leads(session, house, meeting, today)
    asked = [lead for lead in everyone if not lead.paused_until or lead.paused_until < today]
    missing = tuple(lead for lead in asked if lead.unanswered)
    return Turnout(len(asked) - len(missing), len(asked), missing)


def outstanding(session: Session, house: House, language: str, now: datetime) -> Note:
    """Who has not answered before the next meeting, for the office alone."""
    coming = held(session, house, now)
    if coming:
        return _silent(session, house, coming[0], language, now)
    return Note(say(language, "office-outstanding-title-none"), (say(language, "office-outstanding-no-meeting"),))


def interim(session: Session, house: House, meeting: Meeting, person: Person, now: datetime) -> Note:
    """The list of those who have not answered, for the office before the freeze."""
    note = _silent(session, house, meeting, person.language, now)
    title = say(person.language, "office-interim-title", count=len(note.lines) - 1)
    return replace(note, title=title, thread=notices.round_thread(meeting.id))


def _silent(session: Session, house: House, meeting: Meeting, language: str, now: datetime) -> Note:
    """Who has not answered, with phone number and last contact."""
    count = turnout(session, house, meeting, now)
    lines = [say(language, "office-outstanding-count", answered=count.answered, asked=count.asked)]
    lines += [missing_line(session, house, language, lead, now) for lead in count.missing]
    title = say(language, "office-outstanding-title", title=meeting.title, count=len(count.missing))
    return Note(title, tuple(lines), language=language)


def missing_line(session: Session, house: House, language: str, lead: nudges.Lead, now: datetime) -> str:
    """Someone who is silent: with company, measures, phone number and last contact, for the office alone."""
    person = session.get_one(Person, lead.person)
    company = notices.company_of(session, person)
    contact = person.last_contact_at
    line = say(
        language,
        "office-outstanding-line",
        name=person.name,
        company=company.name,
        measures=phrases.measure_numbers(language, lead.unanswered),
        phone=person.phone or company.phone or say(language, "office-outstanding-no-phone"),
        contact=phrases.ago(language, contact, now, house.zone) if contact else say(language, "all-phrase-never"),
    )
    stood_in = deputies.covered(session, person, now.astimezone(house.zone).date())
    instead = {company for number, (_, company) in stood_in.items() if number in lead.unanswered}
    others = phrases.listing(language, sorted(instead))
    return f"{line} · {say(language, 'office-outstanding-deputy', companies=others)}" if instead else line
