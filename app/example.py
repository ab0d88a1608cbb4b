"""Loads the demo's example data through the desk, as if the office had entered it weeks ago."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, select

import demo
from alliance import chats, joining, notices, workdays
from alliance.desk import Desk, Voice
from alliance.hearing import Hearing
from alliance.intents import AddMeasure, AmendMeasure, AssignMeasure, PlanMeeting, RegisterCompany, RegisterPerson
from store.tables import Address, Channel, OutboxRow, Person

FILE = Path(demo.__file__).parent / "example.toml"
MEMBERS_SINCE = timedelta(days=60)


@dataclass(frozen=True)
class Example:
    """The parsed example data."""

    data: dict[str, Any]

    @classmethod
    def read(cls) -> Example:
        """Read example.toml."""
        return cls(tomllib.loads(FILE.read_text(encoding="utf-8")))

    def everyone(self) -> list[dict[str, Any]]:
        """All people of the example, members first, the office before them as it comes in the file."""
        return [*self.data["person"], *self.data["guest"]]

    def person(self, key: str) -> dict[str, Any]:
        """One person of the example."""
        found: dict[str, Any] = next(person for person in self.everyone() if person["key"] == key)
        return found


def load(session: Session, desk: Desk, example: Example, now: datetime) -> None:
    """Fill an empty database. The letters that this would have caused long ago are not sent; each gets a welcome."""
    past = now - MEMBERS_SINCE
    _companies_and_people(session, desk, example, past)
    _measures(session, desk, example, now, past)
    _reports(session, desk, example, now)
    _meeting(session, desk, example, now)
    session.execute(delete(OutboxRow))
    _welcome(session, desk, now)


def _companies_and_people(session: Session, desk: Desk, example: Example, past: datetime) -> None:
    for company in example.data["company"]:
        desk.command(session, RegisterCompany(company["name"], company["phone"]), past)
    for entry in example.data["person"]:
        office = entry.get("office", False)
        intent = RegisterPerson(entry["name"], entry["email"], entry["company"], entry["phone"], office=office)
        desk.command(session, intent, past)
        if "linked" in entry:
            person = tie_chat(session, desk, entry["email"], entry["chat"], past)
            person.channel = Channel.TELEGRAM if entry["linked"] == "first" else Channel.MAIL


def tie_chat(session: Session, desk: Desk, email: str, chat: int, at: datetime) -> Person:
    """Link somebody's chat, as if they had agreed to it."""
    person = _person(session, email)
    hearing = Hearing(session, desk.house, Voice(Channel.TELEGRAM, at, chat_id=chat), person, proved=True)
    chats.tie_as_agreed(hearing, person, chat)
    return person


def _measures(session: Session, desk: Desk, example: Example, now: datetime, past: datetime) -> None:
    for entry in example.data["measure"]:
        due = (now + timedelta(days=entry["due_in_days"])).date()
        desk.command(session, AddMeasure(entry["number"], entry["title"], entry["field"], due), past)
        for what in ("goal", "initiative", "milestone"):
            if what in entry:
                desk.command(session, AmendMeasure(entry["number"], what, entry[what]), past)
        carriers = [(entry["lead"], True), *((key, False) for key in entry.get("contributors", []))]
        for key, lead in carriers:
            intent = AssignMeasure(entry["number"], example.person(key)["email"], lead=lead)
            desk.command(session, intent, past)


def _reports(session: Session, desk: Desk, example: Example, now: datetime) -> None:
    for report in example.data["report"]:
        entry = example.person(report["person"])
        person = _person(session, entry["email"])
        at = now - timedelta(days=report["days_ago"])
        chat = person.telegram_id or -1
        person.telegram_id = chat
        session.flush()
        desk.listen(session, Voice(Channel.TELEGRAM, at, chat_id=chat), report["text"])
        person.telegram_id = None if chat == -1 else chat


def _meeting(session: Session, desk: Desk, example: Example, now: datetime) -> None:
    soon = now.astimezone(desk.house.zone).date() + timedelta(days=example.data["meeting"]["in_days"])
    meeting = example.data["meeting"]
    intent = PlanMeeting(
        meeting["kind"], meeting["title"], workdays.workday_on_or_after(soon), meeting["begins"], meeting["place"]
    )
    desk.command(session, intent, now)


def _welcome(session: Session, desk: Desk, now: datetime) -> None:
    for person in notices.everyone(session):
        hearing = notices.as_heard(session, desk.house, person, now)
        notices.to_person(session, person, joining.welcome(hearing, person), f"welcome:example:{person.id}", now)


def _person(session: Session, email: str) -> Person:
    return session.exec(select(Person).join(Address).where(Address.email == email)).one()
