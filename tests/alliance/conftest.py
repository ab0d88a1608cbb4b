"""The small alliance, on each database system."""

from __future__ import annotations

import pytest

from store.database import Database
from tests.town import Town


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)
