"""An alliance of made-up people, stored as the office would have entered it, with a button for every coming tap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import Session, select

from alliance import measures, nudges
from alliance.desk import Desk
from alliance.house import House
from alliance.intents import AddMeasure, AssignMeasure, RegisterPerson
from alliance.packing import pack
from store import keyboards, schema
from store.database import Database
from store.tables import Address, Channel, Measure, Occasion, OutboxRow, Person

HOUSE = House("Beispielallianz", "assistent@alliance.example.org", "bank_bot", ZoneInfo("Europe/Berlin"))
FIRST_CHAT = 7_000_000_000
COMPANIES, FIELDS = 40, 9
CONTRIBUTORS = 2  # who carry a measure beside its lead

Buttons = dict[tuple[int, int], str]  # person and turn, both counted from 0 -> callback_data


def chat(person: int) -> int:
    """The private chat of a person."""
    return FIRST_CHAT + person


def number(person: int) -> int:
    """The measure that a person leads."""
    return person + 1


def build(file: Path, people: int, turns: int) -> Buttons:
    """Fill a new SQLite file; returns the buttons that each person can press in so many turns.

    Every person is reached in Telegram and leads a measure, to which two others contribute. The button of a turn means
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
    desk = Desk(HOUSE)
    for person in range(people):
        company = f"Beispielbetrieb {person % COMPANIES + 1} GmbH"
        desk.command(session, RegisterPerson(f"Person {person + 1}", _email(person), company), now)
        field = f"Beispielfeld {person % FIELDS + 1}"
        desk.command(session, AddMeasure(number(person), f"Beispielmaßnahme {number(person)}", field, now.date()), now)
    for person in range(people):
        for carrier, lead in _carriers(person, people):
            desk.command(session, AssignMeasure(number(person), _email(carrier), lead=lead), now)
    for person in range(people):
        _tie_chat(session, person)
    session.execute(delete(OutboxRow))
    _end_week(session, now)


def _email(person: int) -> str:
    return f"person{person + 1}@betrieb.example.org"


def _carriers(person: int, people: int) -> Iterator[tuple[int, bool]]:
    yield person, True
    for other in range(1, min(CONTRIBUTORS + 1, people)):
        yield (person + other) % people, False


def _tie_chat(session: Session, person: int) -> None:
    found = session.exec(select(Person).join(Address).where(Address.email == _email(person))).one()
    found.telegram_id, found.channel = chat(person), Channel.TELEGRAM


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
