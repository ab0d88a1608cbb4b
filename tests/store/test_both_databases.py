"""What only one of the two databases enforces holds on both (FAULTS 65)."""

from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, String
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from store.database import Database
from store.tables import Address, Company, Person
from tests.town import ERIKA, START

BIGGEST_CHAT = 2**52 - 1  # Telegram's ids have at most 52 significant bits (core.telegram.org/bots/api#chat)
LONG = "Ä" * 20_000


def erika(session: Session, name: str = "Erika Beispiel", chat: int | None = None) -> Person:
    company = Company(name="Stahl GmbH", search_key="stahl")
    session.add(company)
    session.flush()
    assert company.id is not None
    person = Person(name=name, company_id=company.id, telegram_id=chat, joined_at=START)
    session.add(person)
    session.flush()
    return person


@pytest.mark.fault(65)
def test_the_biggest_chat_id_and_a_very_long_name_come_back_as_they_were(database: Database) -> None:
    database.write_now(lambda session: erika(session, LONG, BIGGEST_CHAT) and None)
    found = database.read_now(lambda session: session.exec(select(Person)).one())
    assert (found.name, found.telegram_id) == (LONG, BIGGEST_CHAT)


@pytest.mark.fault(65)
def test_every_column_for_a_chat_is_big_enough_and_no_text_has_a_limit() -> None:
    columns = [column for table in SQLModel.metadata.tables.values() for column in table.columns]
    chats = [column for column in columns if column.name in {"telegram_id", "chat_id"}]
    assert len(chats) > 3
    assert [str(column) for column in chats if not isinstance(column.type, BigInteger)] == []
    limited = [str(column) for column in columns if isinstance(column.type, String) and column.type.length]
    assert limited == []


@pytest.mark.fault(65)
def test_nothing_refers_to_a_person_who_is_not_there(database: Database) -> None:
    with pytest.raises(IntegrityError):
        database.write_now(lambda session: session.add(Address(email=ERIKA, person_id=4711)))


@pytest.mark.fault(65)
def test_who_is_referred_to_cannot_go(database: Database) -> None:
    def job(session: Session) -> None:
        person = erika(session)
        session.add(Address(email=ERIKA, person_id=person.id or 0))
        session.flush()
        session.delete(person)

    with pytest.raises(IntegrityError):
        database.write_now(job)
    assert database.read_now(lambda session: session.exec(select(Person)).all()) == []
