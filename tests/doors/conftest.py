"""The whole assistant in one process, on each database system, with the demo's Telegram and post office around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.doors.stage import PASSWORD, Clock, Stage, StandIn, open_stage
from tests.prying import overheard
from tests.town import HOUSE


@pytest.fixture
async def stage(url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """Everything running at 10 o'clock on Monday, 23 November 2026. At the end no chat has shown who others are."""
    clock = Clock()
    post = StandIn({HOUSE.email: PASSWORD}, clock=clock.now)
    with post:
        async with open_stage(url, tmp_path, post, clock) as stage:
            yield stage
            assert overheard(stage.telegram) == []
