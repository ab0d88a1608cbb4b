"""The round of status questions before a meeting: who leads what, who has answered, the question, who is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

import texts
from alliance import deputies, meetings, notices, nudges, phrases
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Matter, Status
from alliance.notes import Item, Note
from store import outbox
from store.tables import Assignment, Company, Measure, Meeting, Person, ProgressReport, Role
from texts import say

FRESH = timedelta(days=7)  # a report in the week before the question counts as its answer
RECENT = timedelta(weeks=6)  # beyond that, two rounds have nothing to do with each other


def rounds(session: Session, house: House, now: datetime) -> list[nudges.Round]:
    """What the clock needs to know about each meeting to come that has a round of its own."""
    return [round_of(session, house, meeting, now) for meeting in held(session, house, now)]


def begun(session: Session, house: House, now: datetime) -> list[nudges.Round]:
    """The same of those rounds alone in which anything may be due by now."""
    coming = held(session, house, now)
    return [round_of(session, house, meeting, now) for meeting in coming if _asked_at(house, meeting) <= now]


def round_of(
    session: Session, house: House, meeting: Meeting, now: datetime, among: Collection[int] | None = None
) -> nudges.Round:
    """What the clock needs to know about one round, of these people alone if any are named.

    Where nobody is asked, the office need not hear who is silent.
    """
    today = now.astimezone(house.zone).date()
    asked = tuple(leads(session, house, meeting, today, among))
    office = [person.id or 0 for person in notices.office_people(session)]
    prefix = f"nudge:{meeting.id}:"
    return nudges.Round(
        meeting=meeting.id or 0,
        kind=meeting.kind,
        starts_at=meeting.starts_at,
        leads=asked,
        office=tuple(person for person in office if person in among) if among else tuple(office) if asked else (),
        sent=outbox.known(session, nudges.keys(meeting.id or 0, meeting.kind, among))
        if among
        else outbox.keys(session, prefix),
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
    return meeting.frozen_at is not None or outbox.has_any(session, f"nudge:{meeting.id}:")


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


def leads(
    session: Session, house: House, meeting: Meeting, today: date, among: Collection[int] | None = None
) -> Iterable[nudges.Lead]:
    """Everyone who leads a measure, with those they have not reported on in this meeting's round.

    What was done before the round is not asked about again. In the place of who has a deputy today, the deputy is
    asked, once for all. ``among`` are the only ones who matter, by their ids.
    """
    since = counts_since(session, house, meeting)
    standing_in = deputies.answering(session, today)
    carried: dict[int, set[int]] = {}
    silent: dict[int, date | None] = {}
    for row in session.execute(_facts_of_leads(since, _meant(standing_in, among))):
        if row.status == Status.DONE and not row.answered:
            continue
        deputy = standing_in.get(row.person)
        person = row.person if deputy is None else deputy.id or 0
        silent[person] = _later(row.paused_until, row.away_until) if deputy is None else silent_until(deputy)
        owed_ = carried.setdefault(person, set())
        if not row.answered:
            owed_.add(row.number)
    for person, numbers in carried.items():
        if among is None or person in among:
            yield nudges.Lead(person, tuple(sorted(numbers)), silent[person])


def _meant(standing_in: Mapping[int, Person], among: Collection[int] | None) -> set[int] | None:
    """Whose measures these people are asked about: their own, and those of whom they answer for."""
    if among is None:
        return None
    return {*among, *(lead for lead, deputy in standing_in.items() if deputy.id in among)}


def _facts_of_leads(since: datetime, people: Collection[int] | None) -> Select[Any]:
    """Lead by lead, and of each one measure by measure: what a round counts."""
    report = aliased(ProgressReport)
    counts = (col(report.measure_id) == Measure.id, col(report.at) >= since, col(report.undone_at).is_(None))
    statement: Select[Any] = _led(
        sql_select(
            col(Person.id).label("person"),
            col(Person.paused_until),
            col(Person.away_until),
            col(Measure.number),
            col(Measure.status),
            exists().where(*counts).label("answered"),
        ).select_from(Person)
    )
    return statement if people is None else statement.where(col(Person.id).in_(people))


def owed(
    session: Session, house: House, now: datetime, among: Collection[int] | None = None
) -> dict[int, tuple[int, ...]]:
    """What each lead owes in a round that has been opened and not yet frozen; those who pause owe nothing."""
    found: dict[int, tuple[int, ...]] = {}
    for meeting in held(session, house, now):
        if meeting.frozen_at or now < asked_since(house, meeting) + FRESH:
            continue
        for lead in turnout(session, house, meeting, now, among).missing:
            found.setdefault(lead.person, lead.unanswered)
    return found


def silent_until(person: Person) -> date | None:
    """Up to and including which day the person is not to be nudged: by their own wish, or because they are away."""
    return _later(person.paused_until, person.away_until)


def _later(*days: date | None) -> date | None:
    return max(filter(None, days), default=None)


def led(session: Session) -> list[tuple[Person, Measure]]:
    """Every lead still with us, with each measure they lead; observers lead nothing."""
    return list(session.exec(_led(select(Person, Measure).select_from(Person))))


def led_ids(session: Session) -> frozenset[int]:
    """The ids of the measures that anybody leads who can be asked about them."""
    return frozenset(session.scalars(_led(sql_select(col(Measure.id)).select_from(Person))))


def _led(statement: Any) -> Any:
    """Of people and measures: who is with us and leads which measure of the plan; observers lead nothing."""
    return (
        statement.join(Assignment, col(Assignment.person_id) == Person.id)
        .join(Measure, col(Assignment.measure_id) == Measure.id)
        .where(col(Assignment.lead), col(Person.left_at).is_(None), Person.role != Role.OBSERVER)
        .where(col(Measure.withdrawn_at).is_(None))
        .order_by(col(Person.id), col(Measure.number))
    )


def reported(session: Session, since: datetime) -> set[int]:
    """Ids of the measures reported on since then (reports taken back do not count)."""
    statement = select(ProgressReport.measure_id).where(
        ProgressReport.at >= since, col(ProgressReport.undone_at).is_(None)
    )
    return set(session.exec(statement))


def question(hearing: Hearing, meeting: Meeting, nudge: nudges.Nudge, cards: tuple[Item, ...]) -> Note:
    """The status question or reminder to one person, all their unanswered measures in one letter."""
    house, language = hearing.house, hearing.language
    kind = "ask" if nudge.first else "remind"
    when = texts.day(language, meeting.starts_at.astimezone(house.zone).date())
    last_day = freeze_at(house, meeting).astimezone(house.zone).date()
    until = texts.day(language, last_day)
    return Note(
        title=say(
            language, f"member-{kind}-title", until=texts.day_of_year(language, last_day), count=len(nudge.measures)
        ),
        lines=(say(language, f"member-{kind}-line", title=meeting.title, when=when, until=until),),
        items=cards,
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


def turnout(
    session: Session, house: House, meeting: Meeting, now: datetime, among: Collection[int] | None = None
) -> Turnout:
    """Count the answers so far, of these people alone if any are named."""
    today = now.astimezone(house.zone).date()
    everyone = leads(session, house, meeting, today, among)
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
    lost = notices.unreachable(session)
    said = missing_lines(session, house, language, count.missing, now)
    lines += [_with_way(line, language, lead, lost) for line, lead in zip(said, count.missing, strict=True)]
    title = say(language, "office-outstanding-title", title=meeting.title, count=len(count.missing))
    return Note(title, tuple(lines), language=language)


def _with_way(line: str, language: str, lead: nudges.Lead, lost: frozenset[int]) -> str:
    """Whom no letter reaches is silent for another reason."""
    return f"{line} · {say(language, 'office-outstanding-unreachable')}" if lead.person in lost else line


def missing_lines(
    session: Session, house: House, language: str, missing: Sequence[nudges.Lead], now: datetime
) -> list[str]:
    """Those who are silent: with company, measures, phone number and last contact, for the office alone."""
    known = notices.with_companies(session, [lead.person for lead in missing])
    covered = deputies.covered_by(session, known, now.astimezone(house.zone).date())
    return [
        _missing_line(house, language, lead, known[lead.person], covered.get(lead.person, {}), now) for lead in missing
    ]


def _missing_line(
    house: House,
    language: str,
    lead: nudges.Lead,
    known: tuple[Person, Company],
    covered: deputies.Covered,
    now: datetime,
) -> str:
    person, company = known
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
    instead = {company for number, (_, company) in covered.items() if number in lead.unanswered}
    others = phrases.listing(language, sorted(instead))
    return f"{line} · {say(language, 'office-outstanding-deputy', companies=others)}" if instead else line
