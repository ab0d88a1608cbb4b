"""The heartbeat: a few fixed jobs in memory that only ask what is due now."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from alliance.house import House
from scheduler import jobs
from scheduler.sender import GRACE, Sender
from store.database import Database

log = structlog.get_logger()

Tick = Callable[[], Coroutine[Any, Any, None]]

BEAT_SECONDS = 60
SEND_SECONDS = 1
TIDY_SECONDS = 24 * 60 * 60


class Heartbeat:
    """Ticks in real time; what a tick does depends on ``clock()`` alone, so a late tick catches up, once."""

    def __init__(self, database: Database, house: House, sender: Sender, clock: Callable[[], datetime]) -> None:
        self._database = database
        self.house = house
        self._sender = sender
        self._clock = clock
        self._under_way: set[asyncio.Task[Any]] = set()
        self._others: list[Tick] = []
        self._last_beat: float | None = None
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=house.zone, job_defaults=defaults)

    def start(self) -> None:
        """Start ticking; the first beat comes at once."""
        for job, seconds in ((self.beat, BEAT_SECONDS), (self._send, SEND_SECONDS), (self.tidy, TIDY_SECONDS)):
            self._scheduler.add_job(self._unbreakable(job), "interval", seconds=seconds)
        for job in self._others:
            self._scheduler.add_job(self._unbreakable(job), "interval", seconds=BEAT_SECONDS)
        for job in (self.beat, *self._others):
            self._scheduler.add_job(self._unbreakable(job))
        self._scheduler.start()

    def every_minute(self, job: Tick) -> None:
        """Let another job tick along with the beat."""
        self._others.append(job)

    async def stop(self) -> None:
        """Stop ticking and let the sender finish."""
        self._scheduler.pause()
        ticks = [asyncio.wait(set(self._under_way), timeout=GRACE)] if self._under_way else []
        await asyncio.gather(self._sender.stop(), *ticks)
        self._scheduler.shutdown(wait=False)

    def is_beating(self) -> bool:
        """Whether the latest beat is recent, by this process's own time."""
        return self._last_beat is not None and time.monotonic() - self._last_beat < 3 * BEAT_SECONDS

    async def beat(self) -> None:
        """Enqueue what is due now. Writes only when there is something to write."""
        now = self._clock()
        if await self._database.read(lambda session: jobs.anything_due(session, self.house, now)):
            await self._database.write(lambda session: jobs.beat(session, self.house, now))
        self._last_beat = time.monotonic()

    async def tidy(self) -> None:
        """Forget what has outlived its purpose."""
        await self._database.write(lambda session: jobs.tidy(session, self._clock()))

    async def _send(self) -> None:
        self._sender.wake()

    def _unbreakable(self, job: Tick) -> Tick:
        """A job whose failure is logged and tried again at the next tick, and whose end a stop can wait for."""

        async def run() -> None:
            task = asyncio.current_task()
            assert task is not None
            self._under_way.add(task)
            try:
                await job()
            except Exception:
                log.exception("a tick failed", action="tick-failed")
            finally:
                self._under_way.discard(task)

        return run
