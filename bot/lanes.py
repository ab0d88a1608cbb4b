"""The order of work: one lane per person, people side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 256
QUEUED = 100_000  # the ingress bounds what waits; this only has to be more


@dataclass
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    updates: int = 0


class Lanes(BaseUpdateProcessor):
    """Updates of one person in the order they came, those of different people at the same time.

    Who waits for their own turn takes no place from others: one of the ``at_once`` is taken at the head of a lane.
    """

    __slots__ = ("_lanes", "_places")

    def __init__(self, at_once: int = AT_ONCE) -> None:
        super().__init__(QUEUED)
        self._places = asyncio.Semaphore(at_once)
        self._lanes: dict[int, _Lane] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine when it is this update's turn."""
        person = _person(update)
        lane = self._lanes.setdefault(person, _Lane())
        lane.updates += 1
        try:
            async with lane.turn, self._places:
                await coroutine
        finally:
            lane.updates -= 1
            if not lane.updates:
                del self._lanes[person]
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # it never started if we were cancelled while waiting


def _person(update: object) -> int:
    user = update.effective_user if isinstance(update, Update) else None
    return user.id if user else 0
