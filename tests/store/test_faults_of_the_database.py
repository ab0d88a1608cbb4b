"""Killed in a migration, locked for long, lost or closed to us (6, 8 and 10 of the faults): refused or made good."""

from __future__ import annotations

import asyncio
import os
import pwd
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select
from structlog.testing import capture_logs

from store import changes, schema
from store.database import PATIENCE, Database, make_engine
from store.tables import Company
from tests.waiting import until

BEFORE = "0004"  # a version with data in it, from which the newest one is reached
UPGRADE = """
import sys
from store import crashpoints, schema
from store.database import make_engine
crashpoints.arm("migrated-not-committed")
schema.prepare(make_engine(sys.argv[1]), sys.argv[1])
"""


def companies(database: Database) -> list[str]:
    return database.read_now(lambda session: list(session.exec(select(Company.name))))


# --- 6: a migration


@pytest.mark.fault(6)
def test_a_kill_in_a_migration_leaves_the_old_tables_and_the_next_start_completes_it(
    url: str, database: Database
) -> None:
    schema.downgrade(database.engine, BEFORE)
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO companies (name, search_key, phone) VALUES ('Stahl', 'stahl', '')"))
    tables = set(inspect(database.engine).get_table_names())
    database.engine.dispose()
    killed = subprocess.run([sys.executable, "-c", UPGRADE, url], capture_output=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert schema.current(database.engine) == BEFORE
    assert set(inspect(database.engine).get_table_names()) == tables
    assert schema.prepare(database.engine, url) == "upgraded"
    assert schema.current(database.engine) == schema.HEAD
    assert companies(database) == ["Stahl"]
    with database.engine.connect() as connection:
        assert changes.is_installed(connection)


# --- 8: a lock that outlives SQLite's own patience


@pytest.mark.fault(8)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_lock_is_waited_out_beyond_the_patience_of_sqlite_and_each_work_is_done_once(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.BUSY_MS", 20)
    database = Database(url)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with capture_logs() as logs:
        work = [asyncio.ensure_future(database.write(partial(add, name=str(n)))) for n in range(3)]
        await until(lambda: sum(entry.get("action") == "database-retry" for entry in logs) > 3)
        assert not any(one.done() for one in work)
        other.execute("ROLLBACK")
        await asyncio.gather(*work)
    assert sorted(companies(database)) == ["0", "1", "2"]
    other.close()
    database.close()


@pytest.mark.fault(15)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_stop_does_not_wait_for_a_database_that_stays_locked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.BUSY_MS", 20)
    monkeypatch.setattr("store.database.LAST_PATIENCE", 0.1)
    database = Database(url)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        work = database._submit(partial(add, name="Stahl"), writes=True)
        began = time.monotonic()
        database.close()
    assert isinstance(work.exception(), OperationalError)
    assert time.monotonic() - began < PATIENCE / 2


def add(session: Session, name: str) -> None:
    session.add(Company(name=name, search_key=name))


# --- 10: not ours to write


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may write everything; the question whether we may is asked for the real user."""
    if os.geteuid():
        yield
        return
    os.setreuid(pwd.getpwnam("nobody").pw_uid, 0)
    try:
        yield
    finally:
        os.setreuid(0, 0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an ordinary user may look into."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


@pytest.mark.fault(10)
@pytest.mark.parametrize("closed", ["plan.db", "."])
def test_a_database_that_we_may_not_write_is_refused(folder: Path, closed: str) -> None:
    url = f"sqlite:///{folder}/plan.db"
    engine = make_engine(url)
    schema.prepare(engine, url)
    for path in (folder, *folder.iterdir()):
        if os.geteuid() == 0:
            os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
    with ordinary_user():
        assert schema.prepare(engine, url) == "ready"
        (folder / closed).chmod(0o500)
        with pytest.raises(schema.Unusable) as refused:
            schema.prepare(engine, url)
    (folder / closed).chmod(0o700)
    engine.dispose()
    assert refused.value.key == "operator-database-read-only"
