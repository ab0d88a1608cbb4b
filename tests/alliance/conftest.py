"""The small alliance, on each database system."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database
from tests.town import Town


@pytest.fixture(scope="session")
def settled_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """An SQLite file with the small alliance in it, to be copied."""
    file = Path(shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("settled") / "town.db"))
    database = Database(f"sqlite:///{file}")
    Town(database).settle()
    database.close()
    return file


@pytest.fixture
def sqlite_town(tmp_path: Path, settled_sqlite: Path) -> Iterator[Town]:
    """The small alliance where it does not matter where it is kept."""
    database = Database(f"sqlite:///{shutil.copy(settled_sqlite, tmp_path / 'town.db')}")
    yield Town(database)
    database.close()


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database).settle()
