"""What every test may lean on: a fresh database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

# python-telegram-bot warns of its own future otherwise, and warnings are errors here
os.environ.setdefault("PTB_TIMEDELTA", "true")

from store import schema
from store.database import Database
from tests.postgres import Postgres, available
from tests.town import Town, copy_of

SYSTEMS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of a worker."""
    reason = available()
    if reason:
        pytest.skip(reason)
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgres: Postgres) -> str:
    """The name of a PostgreSQL database with all tables, to be copied."""
    url = postgres.fresh_database()
    _migrate(url)
    name = make_url(url).database
    assert name is not None
    return name


def _migrate(url: str) -> None:
    database = Database(url)
    schema.prepare(database.engine, url)
    database.close()


@pytest.fixture(scope="session")
def settled_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """An SQLite file with the small alliance in it, to be copied."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("settled") / "town.db"))
    _settle(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def settled_postgresql(postgres: Postgres, migrated_postgresql: str) -> str:
    """The name of a PostgreSQL database with the small alliance in it, to be copied."""
    url = postgres.fresh_database(migrated_postgresql)
    _settle(url)
    name = make_url(url).database
    assert name is not None
    return name


def _settle(url: str) -> None:
    database = Database(url)
    Town(database).settle()
    database.close()


@pytest.fixture(params=SYSTEMS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables, once on each system; for a ``town`` or a ``stage`` it is settled."""
    state = "settled" if {"town", "stage", "guarded"} & set(request.fixturenames) else "migrated"
    if request.param == "postgresql":
        template = request.getfixturevalue(f"{state}_postgresql")
        fresh: Callable[[str], str] = request.getfixturevalue("postgres").fresh_database
        return fresh(template)
    path = tmp_path / "test.db"
    shutil.copy(request.getfixturevalue(f"{state}_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database at this address."""
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def sqlite_town(tmp_path: Path, settled_sqlite: Path) -> Iterator[Town]:
    """The small alliance where it does not matter where it is kept."""
    with copy_of(settled_sqlite, tmp_path) as town:
        yield town


def pytest_collection_finish() -> None:
    """Thousands of collected tests would be looked through at each full collection of garbage, in the middle of one."""
    gc.collect()
    gc.freeze()
