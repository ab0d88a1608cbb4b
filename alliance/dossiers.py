"""The status dossier: to everyone at the freeze, to the office at any time; each paper is made once for all readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from alliance import dossier_annex, dossier_pages, meetings, notices, paper_values, phrases, plan_papers, rounds
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import MakeReport
from alliance.notes import Note
from alliance.paper_values import Making
from papers import dossier
from store.tables import Measure, Meeting, Person, ProgressReport, Role
from texts import say

Reader = tuple[str, bool]  # the language, and whether it is somebody of the office


def freeze(session: Session, house: House, meeting_id: int, now: datetime) -> None:
    """Close the round: store the dossier once per kind of reader and send it to all; a second call does nothing.

    As long as the plan has no measures there is nothing to tell.
    """
    meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
    if meeting.frozen_at is not None:
        return
    meeting.frozen_at = now
    if session.exec(select(Measure.id).limit(1)).first() is None:
        return
    readers = {_reader(person) for person in notices.everyone(session)}
    stored = {
        (language, office): store(session, house, meeting, language, now, office=office) for language, office in readers
    }
    tell(session, house, meeting, stored, now)


def tell(
    session: Session, house: House, meeting: Meeting, stored: Mapping[Reader, tuple[int, ...]], now: datetime
) -> None:
    """Send the dossier to all; ``stored`` are the papers for each kind of reader."""
    count = rounds.turnout(session, house, meeting, now)
    letters = (
        (
            person,
            letter(session, house, meeting, person, count, stored.get(_reader(person), ()), now),
            f"dossier:{meeting.id}:{person.id}",
        )
        for person in notices.everyone(session)
    )
    notices.to_people(session, letters, now)


def _reader(person: Person) -> Reader:
    return person.language, person.role == Role.OFFICE


def letter(  # noqa: PLR0913  (what a letter is made of)
    session: Session,
    house: House,
    meeting: Meeting,
    person: Person,
    count: rounds.Turnout,
    papers: tuple[int, ...],
    now: datetime,
) -> Note:
    """What comes with the dossier: the response rate, and for the office who is silent."""
    language = person.language
    lines = [
        meetings.meeting_line(language, house, meeting),
        say(language, "all-dossier-turnout", answered=count.answered, asked=count.asked),
    ]
    if person.role == Role.OFFICE and count.missing:
        lines.append(say(language, "office-dossier-missing"))
        lines += rounds.missing_lines(session, house, language, count.missing, now)
    title = say(language, "all-dossier-title", title=meeting.title)
    thread = notices.round_thread(meeting.id)
    return Note(title, tuple(lines), papers=papers, language=language, thread=thread, series="zwischenstand")


def store(
    session: Session, house: House, meeting: Meeting | None, language: str, now: datetime, *, office: bool
) -> tuple[int, ...]:
    """Keep the dossier in this language, and the picture with it; returns the ids of the stored papers."""
    making = Making.begin(session, house, language, now, office=office)
    pages = dossier_pages.build(making, meeting)
    day = meeting.starts_at.astimezone(house.zone).date() if meeting else making.today
    name = making.say("dossier-file-office" if office else "dossier-file", day=day.isoformat())
    kept = paper_values.unless_it_fails(lambda: making.keep(name, paper_values.PDF, dossier.as_pdf(pages, now)))
    return *kept, *plan_papers.keep_picture(making)


def report(hearing: Hearing, _intent: MakeReport) -> Note:
    """BERICHT: the office's copy as things stand now, before the next meeting if one is planned."""
    session, house, language = hearing.session, hearing.house, hearing.language
    coming = rounds.held(session, house, hearing.at)
    meeting = coming[0] if coming else None
    papers = store(session, house, meeting, language, hearing.at, office=True)
    lines = [say(language, "office-report-line")]
    if meeting:
        count = rounds.turnout(session, house, meeting, hearing.at)
        lines.append(say(language, "all-dossier-turnout", answered=count.answered, asked=count.asked))
    return Note(say(language, "office-report-title"), tuple(lines), papers=papers)


def change_line(language: str, report: ProgressReport, measure: Measure) -> str:
    """»M12 Radweg am Kanal: 40 %, läuft → 60 %, verzögert«."""
    old = dossier_annex.standing_in_words(language, report.before["percent"], report.before["status"])
    new = dossier_annex.standing_in_words(language, measure.percent, measure.status)
    title = phrases.measure_title(measure)
    return f"{title}: {old} → {new}" if old != new else f"{title}: {new}"
