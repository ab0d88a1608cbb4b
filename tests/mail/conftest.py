"""A post office and an SQLite database; the flows that touch SQL most run on both systems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.postoffice import PostOffice
from store import schema
from store.database import Database
from tests.mail.mail_world import HOUSE, noon


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice({HOUSE: "secret"}, clock=noon) as post:
        yield post


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """A migrated database in a file."""
    url = f"sqlite:///{tmp_path / 'mail.db'}"
    database = Database(url)
    schema.prepare(database.engine, url)
    yield database
    database.close()
