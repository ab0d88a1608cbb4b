"""An alliance of made-up people who all report in Telegram, with a button laid out for every coming tap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alliance import measures, nudges
from alliance.house import House
from alliance.packing import pack
from store import keyboards, schema
from store.database import Database
from store.tables import Address, Assignment, Channel, Company, Measure, Occasion, Person

HOUSE = House("Beispielallianz", "assistent@alliance.example.org", "bank_bot", ZoneInfo("Europe/Berlin"))
FIRST_CHAT = 7_000_000_000
COMPANIES, FIELDS = 40, 9
CONTRIBUTED = 2  # measures that a person carries beside the own one

Buttons = dict[tuple[int, int], str]  # person and turn, both counted from 0 -> callback_data


def chat(person: int) -> int:
    """The private chat of a person."""
    return FIRST_CHAT + person


def number(person: int) -> int:
    """The measure that a person leads."""
    return person + 1


def build(file: Path, people: int, turns: int) -> Buttons:
    """Fill a new SQLite file; returns the buttons that each person can press in so many turns.

    Every person leads one measure and contributes to two others. The button of a turn means
    a percentage, bound to the version that the measure will have by then: out of turn it would be refused.
    """
    database = Database(f"sqlite:///{file}")
    try:
        schema.prepare(database.engine, database.url)
        now = datetime.now(UTC)
        database.write_now(partial(_settle, people=people, now=now))
        return database.write_now(partial(_lay_out, people=people, turns=turns, now=now))
    finally:
        database.close()


def _settle(session: Session, people: int, now: datetime) -> None:
    companies = [Company(name=f"Beispielbetrieb {place} GmbH", search_key=str(place)) for place in range(COMPANIES)]
    session.add_all(companies)
    session.flush()
    carriers = [_person(companies[person % COMPANIES], person, now) for person in range(people)]
    carried = [_measure(person, now) for person in range(people)]
    session.add_all([*carriers, *carried])
    session.flush()
    for person, carrier in enumerate(carriers):
        session.add(Address(person_id=_id(carrier), email=f"person{person}@betrieb.example.org"))
        session.add_all(_assignments(carried, person, _id(carrier)))
    _end_week(session, now)


def _person(company: Company, person: int, now: datetime) -> Person:
    return Person(
        name=f"Person {person}",
        company_id=_id(company),
        channel=Channel.TELEGRAM,
        telegram_id=chat(person),
        joined_at=now,
        last_contact_at=now,
    )


def _measure(person: int, now: datetime) -> Measure:
    field, title = f"Beispielfeld {person % FIELDS + 1}", f"Beispielmaßnahme {number(person)}"
    return Measure(number=number(person), title=title, field=field, due=now.date())


def _assignments(carried: list[Measure], person: int, carrier: int) -> Iterator[Assignment]:
    """The person's own measure, and those of the next ones."""
    for place in range(min(CONTRIBUTED + 1, len(carried))):
        measure = carried[(person + place) % len(carried)]
        yield Assignment(measure_id=_id(measure), person_id=carrier, lead=place == 0)


def _id(row: Company | Person | Measure) -> int:
    assert row.id is not None
    return row.id


def _end_week(session: Session, now: datetime) -> None:
    """This week's digest is out, so that it does not come in between."""
    week = nudges.digest_week(now, HOUSE.zone)
    if week:
        session.add(Occasion(key=f"digest:{week}", at=now))


def _lay_out(session: Session, people: int, turns: int, now: datetime) -> Buttons:
    return {
        (person, turn): f"{_keep(session, person, turn, now)}.{_which(turn)}"
        for turn in range(turns)
        for person in range(people)
    }


def _keep(session: Session, person: int, turn: int, now: datetime) -> str:
    shown = Measure(number=number(person), title="", version=turn)
    meant = [pack(action.intent) for action in measures.ways_to_report("de", shown)]
    return keyboards.keep(session, chat(person), meant, now)


def _which(turn: int) -> int:
    """The places of 25, 50 and 75 % under a card, one after the other."""
    return 1 + turn % 3
