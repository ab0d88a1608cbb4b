"""An alliance of made-up people who all use mail, with the status questions that they are asked in the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import update
from sqlmodel import Session, col, select

from alliance import nudges, rounds, steps
from benchmarks.town import HOUSE
from mail.letters import Sender, compose
from store import outbox, schema
from store.database import Database
from store.tables import Address, Assignment, Channel, Company, Measure, Meeting, OutboxRow, Person, Sending

FIELDS = 9
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday: questions go out in office hours alone
SENDER = Sender(HOUSE.email, HOUSE.name)
_PLACES = ("am Kanal", "in der Innenstadt", "an der Großen Straße", "im Gewerbepark Süd")
_WORKS = ("Radweg für den Weg zur Arbeit", "Flächenbörse", "Beratung für Energie und Wärme", "Messe der Ausbildung")


@dataclass(frozen=True)
class Question:
    """A status question as it was sent: to whom, about which measures, with which token."""

    name: str
    email: str
    numbers: tuple[int, ...]
    token: str
    raw: bytes


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """The database in an SQLite file."""
    database = Database(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.close()


def build(file: Path, people: int, each: int, rounds: int) -> None:
    """Fill a new SQLite file: everybody leads ``each`` measures, and is asked about them in so many rounds."""
    with opened(file) as database:
        schema.prepare(database.engine, database.url)
        database.write_now(lambda session: _settle(session, people, each))
        for number in range(1, rounds + 1):
            database.write_now(partial(_ask, number=number))


def sent(file: Path) -> list[Question]:
    """The questions of the file, which from now on count as sent."""
    with opened(file) as database:
        database.write_now(_mark_as_sent)
        return database.read_now(_questions)


def _settle(session: Session, people: int, each: int) -> None:
    company = Company(name="Beispielbetrieb GmbH", search_key="beispielbetrieb")
    session.add(company)
    session.flush()
    assert company.id is not None
    for person in range(people):
        _enter(session, company.id, person, each)


def _enter(session: Session, company: int, person: int, each: int) -> None:
    carrier = Person(name=f"Person {person}", company_id=company, channel=Channel.MAIL, joined_at=AT)
    carried = [_measure(person * each + place + 1) for place in range(each)]
    session.add_all([carrier, *carried])
    session.flush()
    assert carrier.id is not None
    session.add(Address(person_id=carrier.id, email=f"person{person}@betrieb.example.org"))
    leads = [measure.id for measure in carried if measure.id is not None]
    session.add_all(Assignment(measure_id=measure, person_id=carrier.id, lead=True) for measure in leads)


def _measure(number: int) -> Measure:
    title = f"{_WORKS[number % len(_WORKS)]} {_PLACES[number // len(_WORKS) % len(_PLACES)]}, Abschnitt {number}"
    return Measure(number=number, title=title, field=f"Beispielfeld {number % FIELDS + 1}", due=AT.date())


def _ask(session: Session, number: int) -> None:
    """One round's first questions, put into the outbox as the clock does it."""
    meeting = Meeting(kind="alliance", title=f"Sitzung {number}", place="Rathaus", starts_at=AT + timedelta(days=21))
    session.add(meeting)
    session.flush()
    assert meeting.id is not None
    asked = [
        nudges.Nudge(f"nudge:{meeting.id}:ask:{lead.person}", meeting.id, "ask", lead.person, lead.unanswered, True)
        for lead in rounds.leads(session, HOUSE, meeting, AT.date())
    ]
    steps.nudge(session, HOUSE, meeting, asked, AT)


def _mark_as_sent(session: Session) -> None:
    session.execute(update(OutboxRow).values(state=Sending.SENT, sent_at=AT))


def _questions(session: Session) -> list[Question]:
    statement = select(OutboxRow, Person).join(Person).order_by(col(OutboxRow.id))
    return [_question(row, person) for row, person in session.exec(statement)]


def _question(row: OutboxRow, person: Person) -> Question:
    raw = compose(outbox.letter_of(row), [], SENDER, AT)
    return Question(person.name, row.to, tuple(row.note["matter"]["measures"]), row.token, raw)
