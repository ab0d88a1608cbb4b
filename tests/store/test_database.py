"""The database: durable units of work, each with its own fate, that share commits."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from store import outbox, schema
from store.database import Database
from store.outbox import Channel, Outgoing
from store.tables import Company
from tests.postgres import Postgres

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def company(name: str) -> Company:
    return Company(name=name, search_key=name)


def add(session: Session, name: str) -> str:
    session.add(company(name))
    session.flush()
    return name


def names(session: Session) -> list[str]:
    return sorted(session.exec(select(Company.name)))


@pytest.mark.parametrize("title", ["Straße »0«", "half a pair: \ud800", "\u2028 and \x7f"])
async def test_a_note_comes_back_as_it_was_written(tmp_path: Path, migrated_sqlite: Path, title: str) -> None:
    """Whatever it holds: half a surrogate pair is no strict JSON."""
    note = {"title": title, "number": 2**63 - 1, "none": None, "list": [1.5, True, {"deep": title}]}
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'a.db')}")
    put = Outgoing("a", Channel.MAIL, "a@example.org", note, NOON)
    await database.write(lambda session: outbox.enqueue(session, [put], NOON))
    (letter,) = await database.write(lambda session: outbox.claim(session, NOON))
    database.close()
    assert letter.note == note


async def test_what_was_written_is_there_for_the_next_reader(database: Database) -> None:
    await database.write(lambda session: add(session, "Erste"))
    assert await database.read(names) == ["Erste"]


async def test_a_failing_unit_of_work_leaves_its_neighbours_in_place(database: Database) -> None:
    def fail(session: Session) -> None:
        add(session, "halb")
        raise ValueError("no")

    results = await asyncio.gather(
        database.write(lambda session: add(session, "davor")),
        database.write(fail),
        database.write(lambda session: add(session, "danach")),
        return_exceptions=True,
    )
    assert isinstance(results[1], ValueError)
    assert await database.read(names) == ["danach", "davor"]


async def test_a_broken_rule_of_the_database_fails_only_the_one_who_broke_it(database: Database) -> None:
    results = await asyncio.gather(
        *(database.write(partial(add, name=name)) for name in ("A", "A", "B")), return_exceptions=True
    )
    assert [type(result) for result in results].count(IntegrityError) == 1
    assert await database.read(names) == ["A", "B"]


async def test_a_savepoint_opened_first_does_not_survive_an_outer_rollback(database: Database) -> None:
    def nested_then_fail(session: Session) -> None:
        with session.begin_nested():
            add(session, "innen")
        raise ValueError("outside")

    with pytest.raises(ValueError, match="outside"):
        await database.write(nested_then_fail)
    assert await database.read(names) == []


async def test_waiting_writes_share_one_commit(database: Database) -> None:
    gate = threading.Event()
    commits: list[int] = []
    hold = asyncio.ensure_future(database.write(lambda _session: gate.wait(5)))
    waiting = [asyncio.ensure_future(database.write(partial(add, name=str(i)))) for i in range(40)]
    await asyncio.sleep(0)

    from sqlalchemy import event

    event.listen(database.engine, "commit", lambda _connection: commits.append(1))
    gate.set()
    await asyncio.gather(hold, *waiting)
    assert len(commits) <= 3
    assert await database.read(lambda session: session.exec(select(func.count()).select_from(Company)).one()) == 40


async def test_what_has_left_the_house_is_written_down_before_all_that_waits(database: Database) -> None:
    begun, may_go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    done: list[str] = []

    def block(_session: Session) -> None:
        loop.call_soon_threadsafe(begun.set)
        may_go_on.wait()

    first = asyncio.create_task(database.read(block))
    await begun.wait()
    waiting = [asyncio.create_task(database.write(lambda _session: done.append("deed"))) for _ in range(3)]
    await asyncio.sleep(0)
    mark = asyncio.create_task(database.write(lambda _session: done.append("mark"), ahead=True))
    await asyncio.sleep(0)
    may_go_on.set()
    await asyncio.gather(first, *waiting, mark)
    assert done == ["mark", "deed", "deed", "deed"]


async def test_a_commit_that_enqueues_wakes_the_sender(database: Database) -> None:
    woken = threading.Event()
    database.on_enqueued(woken.set)
    await database.write(lambda session: add(session, "ohne"))
    assert not woken.is_set()
    row = Outgoing("k", Channel.MAIL, "a@b.example", {}, NOON)
    await database.write(lambda session: outbox.enqueue(session, [row], NOON))
    assert woken.wait(5)


async def test_a_reader_holds_up_no_writer_of_another_process(migrated_sqlite: Path) -> None:
    reading = Database(f"sqlite:///{migrated_sqlite}")
    inside, leave = threading.Event(), threading.Event()

    def read_slowly(session: Session) -> int:
        count: int = session.exec(select(func.count()).select_from(Company)).one()
        inside.set()
        leave.wait(5)
        return count

    slow = asyncio.ensure_future(reading.read(read_slowly))
    await asyncio.to_thread(inside.wait, 5)
    other = sqlite3.connect(migrated_sqlite, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()
    leave.set()
    assert await slow == 0
    reading.close()


@pytest.mark.fault(8)
async def test_a_locked_database_is_waited_for(tmp_path: Path, migrated_sqlite: Path) -> None:
    path = tmp_path / "locked.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    database = Database(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: other.execute("ROLLBACK")).start()
    await database.write(lambda session: add(session, "geduldig"))
    assert await database.read(names) == ["geduldig"]
    other.close()
    database.close()


@pytest.mark.fault(11)
async def test_work_goes_on_after_postgresql_crashed_and_came_back(
    postgres: Postgres, migrated_postgresql: str
) -> None:
    database = Database(postgres.fresh_database(migrated_postgresql))
    await database.write(lambda session: add(session, "vorher"))
    await asyncio.to_thread(postgres.restart, "immediate")
    await database.write(lambda session: add(session, "nachher"))
    assert await database.read(names) == ["nachher", "vorher"]
    database.close()


async def test_sqlite_writes_through_to_the_disk(migrated_sqlite: Path) -> None:
    database = Database(f"sqlite:///{migrated_sqlite}")
    read = await database.read(
        lambda s: [s.execute(text(f"PRAGMA {p}")).scalar() for p in ("journal_mode", "synchronous")]
    )
    assert read == ["wal", 2]
    database.close()


@pytest.mark.fault(12)
def test_the_second_process_on_one_file_is_told_who_has_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    first = schema.lock(url)
    assert first is not None
    with pytest.raises(schema.Unusable) as refused:
        schema.lock(url)
    assert refused.value.key == "operator-database-in-use"
    assert refused.value.values["pid"].isdigit()
    first.release()
    again = schema.lock(url)
    assert again is not None
    again.release()
