"""Meetings and the round of status questions before each: planning, who has answered, questions, freeze and dossier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

import texts
from alliance import history, measures, notices, nudges, phrases, workdays
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Matter, PlanMeeting
from alliance.notes import Note
from papers import dossier
from store import outbox
from store.tables import Assignment, Measure, Meeting, Paper, Person, ProgressReport, Role
from texts import say

FRESH = timedelta(days=7)  # a report in the week before the question counts as its answer
KINDS = tuple(nudges.LADDERS)


def plan(hearing: Hearing, intent: PlanMeeting) -> Note:
    """The office plans a meeting; the note lists what will be sent when. Raises Invalid."""
    if intent.kind not in KINDS:
        raise Invalid("refusal-meeting-kind", kinds=", ".join(KINDS))
    starts_at = workdays.at(intent.day, intent.begins, hearing.house.zone)
    if starts_at <= hearing.at:
        raise Invalid("refusal-meeting-past")
    if not workdays.is_workday(intent.day):
        raise Invalid("refusal-meeting-holiday", day=texts.day(hearing.language, intent.day))
    meeting = Meeting(kind=intent.kind, title=intent.title, place=intent.place, starts_at=starts_at)
    hearing.session.add(meeting)
    hearing.session.flush()
    history.write(hearing, "plan-meeting", {"meeting": meeting.id})
    return _plan_receipt(hearing, meeting)


def _plan_receipt(hearing: Hearing, meeting: Meeting) -> Note:
    language, zone = hearing.language, hearing.house.zone
    steps = [(nudges.step_at(step, meeting.starts_at, zone), step) for step in nudges.LADDERS[meeting.kind]]
    lines = [
        say(
            language,
            "office-meeting-step",
            when=texts.moment(language, at, zone),
            what=say(language, f"step-{step.name}"),
        )
        for at, step in steps
        if at > hearing.at
    ]
    when = texts.moment(language, meeting.starts_at, zone)
    return Note(say(language, "office-meeting-title", title=meeting.title, when=when), tuple(lines))


def upcoming(session: Session, now: datetime) -> list[Meeting]:
    """Meetings still to come, the next one first."""
    statement = select(Meeting).where(Meeting.starts_at > now).order_by(col(Meeting.starts_at))
    return list(session.exec(statement))


def next_line(hearing: Hearing) -> tuple[str, ...]:
    """»Nächste Sitzung: …«, or nothing."""
    coming = upcoming(hearing.session, hearing.at)
    return (meeting_line(hearing.language, hearing.house, coming[0]),) if coming else ()


def meeting_line(language: str, house: House, meeting: Meeting) -> str:
    """Title, time and place of a meeting in one line."""
    when = texts.moment(language, meeting.starts_at, house.zone)
    key = "all-meeting-line-place" if meeting.place else "all-meeting-line"
    return say(language, key, title=meeting.title, when=when, **({"place": meeting.place} if meeting.place else {}))


def rounds(session: Session, house: House, now: datetime) -> list[nudges.Round]:
    """What the clock needs to know about each meeting to come."""
    coming = upcoming(session, now)
    office = tuple(person.id or 0 for person in notices.office_people(session))
    return [
        nudges.Round(
            meeting=meeting.id or 0,
            kind=meeting.kind,
            starts_at=meeting.starts_at,
            leads=tuple(leads(session, house, meeting)),
            office=office,
            sent=outbox.keys(session, f"nudge:{meeting.id}:"),
            frozen=meeting.frozen_at is not None,
        )
        for meeting in coming
    ]


def asked_since(house: House, meeting: Meeting) -> datetime:
    """From when on a report counts as an answer in this meeting's round."""
    question = nudges.LADDERS[meeting.kind][0]
    return nudges.step_at(question, meeting.starts_at, house.zone) - FRESH


def leads(session: Session, house: House, meeting: Meeting) -> Iterable[nudges.Lead]:
    """Everyone who leads a measure, with those they have not reported on in this meeting's round."""
    answered = reported(session, asked_since(house, meeting))
    carried: dict[int, list[Measure]] = defaultdict(list)
    people: dict[int, Person] = {}
    for person, measure in led(session):
        assert person.id is not None
        people[person.id] = person
        if measure.id not in answered:
            carried[person.id].append(measure)
    for person_id, person in people.items():
        numbers = tuple(sorted(measure.number for measure in carried[person_id]))
        yield nudges.Lead(person_id, numbers, silent_until(person))


def silent_until(person: Person) -> date | None:
    """Up to and including which day the person is not to be nudged: by their own wish, or because they are away."""
    return max(filter(None, (person.paused_until, person.away_until)), default=None)


def led(session: Session) -> list[tuple[Person, Measure]]:
    """Every lead still with us, with each measure they lead."""
    statement = (
        select(Person, Measure)
        .join(Assignment, col(Assignment.person_id) == Person.id)
        .join(Measure, col(Assignment.measure_id) == Measure.id)
        .where(col(Assignment.lead), col(Person.left_at).is_(None))
        .order_by(col(Person.id), col(Measure.number))
    )
    return list(session.exec(statement))


def reported(session: Session, since: datetime) -> set[int]:
    """Ids of the measures reported on since then (reports taken back do not count)."""
    statement = select(ProgressReport.measure_id).where(
        ProgressReport.at >= since, col(ProgressReport.undone_at).is_(None)
    )
    return set(session.exec(statement))


def carry_out(session: Session, house: House, nudge: nudges.Nudge, now: datetime) -> None:
    """Enqueue what one nudge asks for, or freeze."""
    if nudge.person is None:
        freeze(session, house, nudge.meeting, now)
        return
    person = session.get_one(Person, nudge.person)
    meeting = session.get_one(Meeting, nudge.meeting)
    if nudge.step == "interim":
        note = _interim(session, house, meeting, person, now)
    else:
        note = question(session, house, nudge, now)
    notices.to_person(session, person, note, nudge.key, now, expires_at=freeze_at(house, meeting))


def _interim(session: Session, house: House, meeting: Meeting, person: Person, now: datetime) -> Note:
    """The list of those who have not answered, for the office before the freeze."""
    note = _silent(session, house, meeting, person.language, now)
    title = say(person.language, "office-interim-title", count=len(note.lines) - 1)
    return replace(note, title=title, thread=notices.round_thread(meeting.id))


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
        items=tuple(measures.card(hearing, measures.find(hearing, number)) for number in nudge.measures),
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
    asked = [lead for lead in leads(session, house, meeting) if not lead.paused_until or lead.paused_until < today]
    missing = tuple(lead for lead in asked if lead.unanswered)
    return Turnout(len(asked) - len(missing), len(asked), missing)


def outstanding(session: Session, house: House, language: str, now: datetime) -> Note:
    """Who has not answered before the next meeting, for the office alone."""
    coming = upcoming(session, now)
    if coming:
        return _silent(session, house, coming[0], language, now)
    return Note(say(language, "office-outstanding-title-none"), (say(language, "office-outstanding-no-meeting"),))


def _silent(session: Session, house: House, meeting: Meeting, language: str, now: datetime) -> Note:
    """Who has not answered, with phone number and last contact."""
    count = turnout(session, house, meeting, now)
    lines = [say(language, "office-outstanding-count", answered=count.answered, asked=count.asked)]
    lines += [_missing_line(session, house, language, lead, now) for lead in count.missing]
    title = say(language, "office-outstanding-title", title=meeting.title, count=len(count.missing))
    return Note(title, tuple(lines), language=language)


def _missing_line(session: Session, house: House, language: str, lead: nudges.Lead, now: datetime) -> str:
    person = session.get_one(Person, lead.person)
    company = notices.company_of(session, person)
    contact = person.last_contact_at
    return say(
        language,
        "office-outstanding-line",
        name=person.name,
        company=company.name,
        measures=phrases.listing(language, [f"M{number}" for number in lead.unanswered]),
        phone=person.phone or company.phone or say(language, "office-outstanding-no-phone"),
        contact=phrases.ago(language, contact, now, house.zone) if contact else say(language, "all-phrase-never"),
    )


def freeze(session: Session, house: House, meeting_id: int, now: datetime) -> None:
    """Close the round: store the dossier once per language and send it to everyone; a second call does nothing."""
    meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
    if meeting.frozen_at is not None:
        return
    meeting.frozen_at = now
    people = notices.everyone(session)
    stored = {
        language: _store_dossier(session, house, meeting, language, now) for language in {p.language for p in people}
    }
    for person in people:
        note = _dossier_note(session, house, meeting, person, stored[person.language], now)
        notices.to_person(session, person, note, f"dossier:{meeting.id}:{person.id}", now)


def _dossier_note(session: Session, house: House, meeting: Meeting, person: Person, paper: int, now: datetime) -> Note:
    language = person.language
    count = turnout(session, house, meeting, now)
    lines = [
        meeting_line(language, house, meeting),
        say(language, "all-dossier-turnout", answered=count.answered, asked=count.asked),
    ]
    if person.role == Role.OFFICE and count.missing:
        lines.append(say(language, "office-dossier-missing"))
        lines += [_missing_line(session, house, language, lead, now) for lead in count.missing]
    title = say(language, "all-dossier-title", title=meeting.title)
    thread = notices.round_thread(meeting.id)
    return Note(title, tuple(lines), papers=(paper,), language=language, thread=thread, series="zwischenstand")


def _store_dossier(session: Session, house: House, meeting: Meeting, language: str, now: datetime) -> int:
    content = dossier.as_text(_dossier(session, house, meeting, language, now))
    name = say(language, "all-dossier-file", day=meeting.starts_at.astimezone(house.zone).date().isoformat())
    paper = Paper(name=name, media_type="text/plain; charset=utf-8", content=content, made_at=now)
    session.add(paper)
    session.flush()
    assert paper.id is not None
    return paper.id


def _dossier(session: Session, house: House, meeting: Meeting, language: str, now: datetime) -> dossier.Dossier:
    """The standing of each measure with its freshness, the changes since the last meeting, the response rate."""
    count = turnout(session, house, meeting, now)
    plan = list(session.exec(select(Measure).order_by(col(Measure.number))))
    unchanged = _unchanged_in(session, asked_since(house, meeting))
    summary = (
        meeting_line(language, house, meeting),
        say(language, "all-dossier-turnout", answered=count.answered, asked=count.asked),
        say(language, "all-dossier-unchanged", count=unchanged),
    )
    return dossier.Dossier(
        title=say(language, "all-dossier-title", title=meeting.title),
        made=say(language, "all-dossier-made", when=texts.moment(language, now, house.zone)),
        summary=summary,
        sections=tuple(_sections(language, house, plan, now)),
        changes_title=say(language, "all-dossier-changes"),
        changes=tuple(_changes(session, house, meeting, language)) or (say(language, "all-dossier-no-changes"),),
    )


def _unchanged_in(session: Session, since: datetime) -> int:
    statement = select(ProgressReport.measure_id).where(
        ProgressReport.at >= since, col(ProgressReport.undone_at).is_(None), col(ProgressReport.unchanged)
    )
    return len(set(session.exec(statement)))


def _sections(language: str, house: House, plan: list[Measure], now: datetime) -> Iterable[dossier.Section]:
    fields: dict[str, list[Measure]] = defaultdict(list)
    for measure in plan:
        fields[measure.field or say(language, "all-dossier-no-field")].append(measure)
    for field, members in sorted(fields.items()):
        rows = [
            dossier.Row(
                title=phrases.measure_title(measure),
                percent=measure.percent,
                standing=phrases.status_word(language, measure.status),
                note=measure.note,
                freshness=phrases.last_report(language, measure, now, house.zone),
            )
            for measure in members
        ]
        yield dossier.Section(field, tuple(rows))


def _changes(session: Session, house: House, meeting: Meeting, language: str) -> Iterable[str]:
    before = session.exec(
        select(Meeting.starts_at)
        .where(Meeting.starts_at < meeting.starts_at, Meeting.kind == meeting.kind)
        .order_by(col(Meeting.starts_at).desc())
    ).first()
    return changes_since(session, language, before or asked_since(house, meeting) - timedelta(days=365))


def changes_since(session: Session, language: str, since: datetime) -> Iterable[str]:
    """One line for each measure whose standing changed since then."""
    statement = (
        select(ProgressReport, Measure)
        .join(Measure, col(ProgressReport.measure_id) == Measure.id)
        .where(
            ProgressReport.at >= since,
            col(ProgressReport.undone_at).is_(None),
            col(ProgressReport.unchanged).is_(False),
        )
        .order_by(col(Measure.number), col(ProgressReport.id))
    )
    first: dict[int, tuple[ProgressReport, Measure]] = {}
    for report, measure in session.exec(statement):
        first.setdefault(measure.number, (report, measure))
    for report, measure in first.values():
        yield change_line(language, report, measure)


def change_line(language: str, report: ProgressReport, measure: Measure) -> str:
    """»M12 Radweg am Kanal: 40 % → 60 %, läuft → verzögert«."""
    before = report.before
    old = say(
        language,
        "all-phrase-standing",
        percent=before["percent"],
        status=phrases.status_word(language, before["status"]),
    )
    new = say(
        language, "all-phrase-standing", percent=measure.percent, status=phrases.status_word(language, measure.status)
    )
    title = phrases.measure_title(measure)
    return f"{title}: {old} → {new}" if old != new else f"{title}: {new}"
