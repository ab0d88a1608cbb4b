"""Statements that go straight to the driver do what the session's own would have done."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import bindparam, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from store import changes, outbox, schema
from store.changes import Hand
from store.database import Database
from store.outbox import Outgoing
from store.prepared import Loaded, Prepared, every, table, written
from store.tables import Change, Channel, Company, Deed, Person, Role, Talk
from tests.postgres import Postgres

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRM = "Stahl GmbH"
KEYS = ("nudge:12:ask:3", "nudge-", "nudge;", "nudge:1", "Nudge:1", "nudges:1", "nudge:ä:1", "answer:mail:7")

ADD_COMPANY = Prepared(insert(table(Company)), ("name", "search_key", "phone"), [table(Company).c.id])
ADD_DEED = Loaded(Deed, insert(table(Deed)).returning(*table(Deed).columns), ("at", "door", "what", "details"))
ADD_TALK = Prepared(insert(table(Talk)), ("chat_id", "matter", "choices", "expires_at", "tries"))
RENAME = Prepared(update(table(Company)).where(col(Company.name) == bindparam("old")), ("name",))
NAMED = Loaded(Company, every(Company).where(col(Company.name) == bindparam("called")).order_by(col(Company.id)))
PEOPLE = Loaded(Person, every(Person).order_by(col(Person.id)))
TALKS = Prepared(select(Talk.matter, Talk.choices, Talk.expires_at).where(col(Talk.chat_id) == bindparam("chat")))


def add_company(session: Session, name: str = FIRM) -> None:
    ADD_COMPANY.run(session, name=name, search_key=name.lower(), phone="")


def test_a_row_comes_back_just_as_the_session_reads_it(database: Database) -> None:
    def settle(session: Session) -> None:
        add_company(session)
        firm = NAMED.first(session, called=FIRM)
        assert firm is not None
        assert firm.id is not None
        session.add(Person(name="Erika", company_id=firm.id, role=Role.OFFICE, channel=Channel.TELEGRAM, joined_at=NOW))

    def read(session: Session) -> tuple[dict[str, object], dict[str, object]]:
        (quick,) = PEOPLE.all(session)
        session.expunge_all()
        return quick.model_dump(), session.exec(select(Person)).one().model_dump()

    database.write_now(settle)
    quick, usual = database.read_now(read)
    assert quick == usual
    assert quick["role"] is Role.OFFICE
    assert quick["joined_at"] == NOW


def test_json_and_moments_go_in_and_out_whole(database: Database) -> None:
    said = {"chat_id": 7_000_000_000, "matter": {"is": "ä"}, "choices": [{"word": "JA"}], "expires_at": NOW}
    database.write_now(lambda session: ADD_TALK.run(session, **said, tries=0))
    found = database.read_now(lambda session: TALKS.first(session, chat=7_000_000_000))
    assert found == ({"is": "ä"}, [{"word": "JA"}], NOW)


def test_the_session_and_the_statements_speak_of_the_same_object(database: Database) -> None:
    def job(session: Session) -> tuple[bool, bool, str]:
        firm = Company(name=FIRM, search_key="stahl")
        session.add(firm)
        same = NAMED.first(session, called=FIRM) is firm
        loaded = session.exec(select(Company)).one() is firm
        firm.phone = "02041 1"
        session.flush()
        session.expunge_all()
        again = NAMED.first(session, called=FIRM)
        assert again is not None
        again.phone = "02041 2"
        session.flush()
        session.expunge_all()
        return same, loaded, session.exec(select(Company.phone)).one()

    assert database.write_now(job) == (True, True, "02041 2")


def test_what_is_written_past_the_session_is_recorded_under_its_hand(database: Database) -> None:
    def job(session: Session) -> None:
        changes.by(session, Hand(NOW, "mail", "rename"))
        add_company(session)
        assert RENAME.run(session, old=FIRM, name="Stahl AG") == 1
        assert RENAME.run(session, old="Nobody", name="Stahl AG") == 0

    database.write_now(job)

    def read(session: Session) -> list[tuple[str | None, str]]:
        lines = select(Change.after, Deed.what).join(Deed, col(Change.deed_id) == Deed.id).order_by(col(Change.id))
        return [((after or {}).get("name"), what) for after, what in session.exec(lines)]

    assert database.read_now(read) == [(FIRM, "rename"), ("Stahl AG", "rename")]


def test_an_error_is_the_one_of_sqlalchemy_and_quotes_no_values(database: Database) -> None:
    database.write_now(add_company)
    with pytest.raises(IntegrityError) as caught:
        database.write_now(add_company)
    assert "INSERT INTO companies" in str(caught.value)
    assert "stahl gmbh" not in str(caught.value).replace(str(caught.value.orig), "")


def test_a_row_whose_number_was_rolled_back_is_not_taken_for_the_one_that_got_it_next(database: Database) -> None:
    def add(session: Session, what: str) -> Deed:
        deed = ADD_DEED.first(session, at=NOW, door="mail", what=what, details={"for": what})
        assert deed is not None
        return deed

    def job(session: Session) -> tuple[str, object]:
        savepoint = session.begin_nested()
        add(session, "first")
        savepoint.rollback()
        deed = add(session, "second")
        return deed.what, deed.details

    assert database.write_now(job) == ("second", {"for": "second"})


def test_what_was_written_holds_for_the_object_without_being_written_again(database: Database) -> None:
    def job(session: Session) -> tuple[str, bool]:
        add_company(session)
        firm = NAMED.first(session, called=FIRM)
        assert firm is not None
        RENAME.run(session, old=FIRM, name="Stahl AG")
        written(firm, name="Stahl AG")
        return firm.name, session.is_modified(firm)

    assert database.write_now(job) == ("Stahl AG", False)


def test_keys_that_begin_alike_are_found_whatever_language_the_database_sorts_by(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url.replace("+psycopg", ""), autocommit=True) as connection:
        german = "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'"
        connection.execute(f"CREATE DATABASE german TEMPLATE template0 {german}")
    with closing(Database(f"{postgres.url.rpartition('/')[0]}/german")) as database:
        schema.prepare(database.engine, database.url)
        notes = [Outgoing(key, Channel.MAIL, "erika@example.org", {"is": "Note", "title": ""}, NOW) for key in KEYS]
        database.write_now(lambda session: outbox.enqueue(session, notes, NOW))
        found = database.read_now(lambda session: [row.dedupe_key for row in outbox.rows(session, "nudge:")])
        assert found == [key for key in KEYS if key.startswith("nudge:")]
        assert database.read_now(lambda session: outbox.keys(session, "nudge:")) == frozenset(found)
        waiting = database.read_now(lambda session: outbox.waiting(session, "nudge:"))
        assert [measures for _, measures in waiting] == [[]] * len(found)
