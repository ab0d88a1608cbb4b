"""What changes is written down by the database itself, and belongs to a line of the history."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import Session, SQLModel, col, select

from store import changes, schema
from store.database import Database
from store.tables import (
    Answer,
    Attendance,
    Ballot,
    Change,
    Company,
    Consent,
    Deed,
    Measure,
    Meeting,
    Person,
    Seal,
    Switch,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEVER = {"ballots", "follows", "uploads", "talks", "keyboards", "history", "inbox", "outbox", "papers", "mailboxes"}
NEVER |= {"bounces", "occasions", "changes", "seals", "purges", "instances", "outages", "backups"}


def deed_of(session: Session, what: str, actor: int | None = None) -> Deed:
    deed = Deed(at=NOW, actor_id=actor, door="mail", what=what)
    session.add(deed)
    session.flush()
    changes.belong(session, deed)
    return deed


def recorded(database: Database) -> list[tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]]:
    """What was written down, without the columns that only fill a row."""

    def job(session: Session) -> list[Change]:
        return list(session.exec(select(Change).order_by(col(Change.id))))

    found = database.read_now(job)
    return [(change.table_name, change.row_id, change.before, change.after) for change in found]


def run(database: Database, statement: str) -> None:
    database.write_now(lambda session: session.execute(text(statement)))


def lines(database: Database) -> dict[str, list[str]]:
    """The lines of the history with the tables that they changed."""

    def job(session: Session) -> dict[str, list[str]]:
        deeds = session.exec(select(Deed).order_by(col(Deed.id))).all()
        rows = session.exec(select(Change).order_by(col(Change.id))).all()
        return {deed.what: [change.table_name for change in rows if change.deed_id == deed.id] for deed in deeds}

    return database.read_now(job)


def measure(number: int = 12) -> Measure:
    return Measure(number=number, title="Radweg", milestones=[{"title": "Gutachten", "done": True}])


def test_every_table_is_recorded_or_named_as_one_that_never_is() -> None:
    assert set(SQLModel.metadata.tables) == set(changes.RECORDED) | NEVER
    for name, left_out in changes.RECORDED.items():
        assert left_out <= set(SQLModel.metadata.tables[name].columns.keys())


def test_a_new_a_changed_and_a_deleted_row_are_written_down_with_what_changed(database: Database) -> None:
    def begin(session: Session) -> None:
        session.add(measure())

    def go_on(session: Session) -> None:
        found = session.exec(select(Measure)).one()
        found.percent, found.status = 60, "running"

    database.write_now(begin)
    database.write_now(go_on)
    database.write_now(lambda session: session.delete(session.exec(select(Measure)).one()))
    (_, row, nothing, new), changed, (_, _, old, gone) = recorded(database)
    assert (nothing, new and new["title"], new and new["milestones"]) == (
        None,
        "Radweg",
        [{"title": "Gutachten", "done": True}],
    )
    assert changed == ("measures", row, {"percent": 0, "status": "open"}, {"percent": 60, "status": "running"})
    assert (old and old["percent"], gone) == (60, None)


def test_statements_in_bulk_are_written_down_too(database: Database) -> None:
    rows = [measure(number).model_dump(exclude={"id"}) for number in (1, 2, 3)]
    database.write_now(lambda session: session.execute(insert(Measure), rows))
    database.write_now(lambda session: session.execute(update(Measure).where(col(Measure.number) < 3).values(note="x")))
    database.write_now(lambda session: session.execute(delete(Measure)))
    assert [name for name, *_ in recorded(database)] == ["measures"] * 8


def test_nothing_is_written_down_when_nothing_changed_or_only_what_is_left_out(database: Database) -> None:
    def begin(session: Session) -> None:
        session.add(company := Company(name="Stahl GmbH", search_key="stahl"))
        session.flush()
        session.add(Person(name="Erika Beispiel", company_id=company.id or 0, joined_at=NOW))

    def hear(session: Session) -> None:
        person = session.exec(select(Person)).one()
        person.last_contact_at, person.away_until = NOW, NOW.date()
        session.execute(update(Company).values(name="Stahl GmbH"))

    database.write_now(begin)
    before = recorded(database)
    database.write_now(hear)
    assert recorded(database) == before
    assert len(lines(database)) == 1


def test_health_and_votes_are_never_written_down(database: Database) -> None:
    def job(session: Session) -> None:
        session.add(company := Company(name="Stahl GmbH", search_key="stahl"))
        session.add(meeting := Meeting(kind="alliance", title="Sitzung", starts_at=NOW))
        session.flush()
        session.add(person := Person(name="Erika Beispiel", company_id=company.id or 0, joined_at=NOW))
        session.flush()
        who, where = person.id or 0, meeting.id or 0
        session.add(Attendance(meeting_id=where, person_id=who, answer=Answer.YES, needs="Rollstuhl", at=NOW))
        session.flush()
        session.execute(text("INSERT INTO polls (meeting_id, kind, question, points, opened_at, closes_at)"
                             " SELECT id, 'points', 'Was?', 3, starts_at, starts_at FROM meetings"))  # fmt: skip
        session.execute(insert(Ballot), [{"poll_id": 1, "person_id": who, "choices": {"1": 3}, "at": NOW}])

    database.write_now(job)
    assert {name for name, *_ in recorded(database)} == {"companies", "meetings", "persons", "attendances", "polls"}
    assert "Rollstuhl" not in str(recorded(database))


def test_changes_before_and_after_the_line_belong_to_their_deed(database: Database) -> None:
    def job(session: Session) -> None:
        session.add(Company(name="Stahl GmbH", search_key="stahl"))
        session.flush()
        deed_of(session, "register")
        session.add(measure())

    database.write_now(job)
    assert lines(database) == {"register": ["companies", "measures"]}


@pytest.mark.parametrize("failing", [0, 2])
def test_jobs_that_share_a_commit_keep_their_changes_apart(database: Database, failing: int) -> None:
    """If one fails, each is done again in a savepoint of its own."""
    queued = threading.Event()

    def job(number: int) -> Callable[[Session], None]:
        def act(session: Session) -> None:
            deed_of(session, f"add {number}")
            session.add(measure(number))
            session.flush()
            if number == failing:
                raise ValueError("this one fails")

        return act

    first = database._submit(lambda session: queued.wait(), writes=True)
    waiting = [database._submit(job(number), writes=True) for number in (1, 2, 3)]
    queued.set()
    first.result()
    failed = [number for number, work in enumerate(waiting, start=1) if work.exception()]
    assert failed == [number for number in (1, 2, 3) if number == failing]
    done = [number for number in (1, 2, 3) if number != failing]
    assert lines(database) == {f"add {number}": ["measures"] for number in done}
    assert [after and after["number"] for *_, after in recorded(database)] == done


def test_a_savepoint_that_is_rolled_back_takes_its_changes_with_it(database: Database) -> None:
    def job(session: Session) -> None:
        deed_of(session, "add")
        session.add(measure(1))
        session.flush()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(Measure), [measure(number).model_dump(exclude={"id"}) for number in (2, 1)])

    database.write_now(job)
    assert lines(database) == {"add": ["measures"]}


def test_two_deeds_of_one_job_keep_their_changes_apart(database: Database) -> None:
    def job(session: Session) -> None:
        session.add(company := Company(name="Stahl GmbH", search_key="stahl"))
        session.flush()
        session.add(person := Person(name="Erika Beispiel", company_id=company.id or 0, joined_at=NOW))
        session.flush()
        deed_of(session, "trust")
        session.flush()
        deed_of(session, "report", person.id)
        session.add(measure())

    database.write_now(job)
    assert lines(database) == {"trust": ["companies", "persons"], "report": ["measures"]}


def test_no_change_is_without_a_line(database: Database) -> None:
    def by_the_clock(session: Session) -> None:
        changes.by(session, changes.Hand(NOW, "clock", "step"))
        session.add(measure())

    database.write_now(by_the_clock)
    database.write_now(lambda session: session.add(Switch(name="sending-stopped", at=NOW)))
    (first, second) = database.read_now(lambda session: session.exec(select(Deed).order_by(col(Deed.id))).all())
    assert (first.door, first.what, first.at) == ("clock", "step", NOW)
    assert (second.door, second.what) == ("assistant", "other")
    assert lines(database) == {"step": ["measures"], "other": ["switches"]}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_somebody_changed_past_the_assistant_is_not_put_down_to_the_next_deed(database: Database) -> None:
    database.write_now(lambda session: session.add(measure()))
    with sqlite3.connect(database.url.removeprefix("sqlite:///")) as shell:
        shell.execute("UPDATE measures SET percent = 100")
    shell.close()

    def report(session: Session) -> None:
        deed_of(session, "report")
        session.exec(select(Measure)).one().note = "x"

    database.write_now(report)
    assert lines(database) == {"other": ["measures"], "report": ["measures"], "stray": ["measures"]}
    assert [after for *_, after in recorded(database)][1:] == [{"percent": 100}, {"note": "x"}]


def test_what_is_sealed_is_neither_altered_nor_deleted(database: Database) -> None:
    def job(session: Session) -> None:
        deed_of(session, "add")
        session.add(measure())

    database.write_now(job)
    database.write_now(lambda session: session.execute(update(Deed).values(what="added")))
    database.write_now(
        lambda session: session.add(Seal(position=1, deed_id=1, salt="s", content="c", chain="h", at=NOW))
    )
    for statement in (
        "UPDATE history SET what = 'lied'",
        "DELETE FROM history",
        "UPDATE changes SET after = NULL",
        "DELETE FROM changes",
        "INSERT INTO changes (deed_id, table_name, row_id) VALUES (1, 'measures', '7')",
        "UPDATE seals SET content = 'd'",
        "UPDATE seals SET chain = 'd', salt = '', redacted_at = '2026-11-23 10:00:00'",
        "DELETE FROM seals",
    ):
        with pytest.raises(DatabaseError):
            run(database, statement)
    forget = "UPDATE seals SET salt = '', redacted_at = '2026-11-23 10:00:00'"
    run(database, forget)
    run(database, "UPDATE changes SET after = NULL")
    assert recorded(database)[0][3] is None


def test_consents_are_only_added_to_while_we_know_the_person(database: Database) -> None:
    def agree(session: Session) -> None:
        session.add(company := Company(name="Stahl GmbH", search_key="stahl"))
        session.flush()
        session.add(person := Person(name="Erika Beispiel", company_id=company.id or 0, joined_at=NOW))
        session.flush()
        given = Consent(purpose="membership", given=True, version="1", wording="Ja", door="mail", at=NOW)
        given.person_id = person.id
        session.add(given)

    database.write_now(agree)
    for statement in ("UPDATE consents SET given = false", "DELETE FROM consents"):
        with pytest.raises(DatabaseError):
            run(database, statement)
    database.write_now(lambda session: session.execute(update(Person).values(erased_at=NOW)))
    database.write_now(lambda session: session.execute(delete(Consent)))
    assert database.read_now(lambda session: session.exec(select(Consent)).all()) == []


def test_triggers_come_back_after_every_upgrade_and_when_somebody_took_them(database: Database, url: str) -> None:
    engine = database.engine

    def installed() -> bool:
        with engine.connect() as connection:
            return changes.is_installed(connection)

    assert installed()
    schema.downgrade(engine, "0003")
    assert not installed()
    schema.upgrade(engine)
    assert installed()
    with engine.begin() as connection:
        changes.uninstall(connection)
    assert schema.prepare(engine, url) == "ready"
    assert installed()
    assert lines(database) == {"restore-triggers": []}
    assert schema.prepare(engine, url) == "ready"
    assert lines(database) == {"restore-triggers": []}


def test_of_several_that_start_at_once_one_puts_the_triggers_back(database: Database, url: str) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("of PostgreSQL: a file has but one process")
    with database.engine.begin() as connection:
        changes.uninstall(connection)
    with ThreadPoolExecutor(3) as starts:
        each = [starts.submit(schema.prepare, database.engine, url) for _ in range(3)]
    assert [start.result() for start in each] == ["ready"] * 3
    assert lines(database) == {"restore-triggers": []}


def test_a_chain_that_is_begun_anew_is_not_measured_by_the_old_one(database: Database) -> None:
    gone = Deed(at=NOW, door="mail", what="redact", details={"left": {"1": "00"}})
    database.write_now(lambda session: session.add(gone))
    schema.downgrade(database.engine, "0003")
    schema.upgrade(database.engine)
    assert "redact" not in lines(database)
