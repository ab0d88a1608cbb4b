"""A world on SQLite and on PostgreSQL, its door not started yet."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.telegram_world import World, open_world


@pytest.fixture
async def world(url: str) -> AsyncIterator[World]:
    async with open_world(url) as made:
        yield made
