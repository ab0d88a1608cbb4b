"""What every test may lean on: a fresh database, on SQLite and on PostgreSQL."""

from __future__ import annotations

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


@pytest.fixture(params=SYSTEMS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables and no rows, once on each system."""
    if request.param == "postgresql":
        template = request.getfixturevalue("migrated_postgresql")
        fresh: Callable[[str], str] = request.getfixturevalue("postgres").fresh_database
        return fresh(template)
    path = tmp_path / "test.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database with all tables and no rows, once on each system."""
    database = Database(url)
    yield database
    database.close()
