"""Waiting for something that other threads or processes bring about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 30.0  # seconds


async def until(condition: Callable[[], bool]) -> None:
    """Return once the condition holds. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.02)
