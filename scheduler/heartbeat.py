"""The heartbeat: a few fixed jobs in memory that only ask what is due now."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from alliance import history
from alliance.house import House
from alliance.privacy import retention
from scheduler import jobs
from scheduler.sender import GRACE, Sender
from store.database import Database

log = structlog.get_logger()

Tick = Callable[[], Coroutine[Any, Any, None]]

BEAT_SECONDS = 60
SEND_SECONDS = 1


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
        for job, seconds in ((self.beat, BEAT_SECONDS), (self._send, SEND_SECONDS), (self.tidy, BEAT_SECONDS)):
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
        await self._seal(now)
        self._last_beat = time.monotonic()

    async def _seal(self, now: datetime) -> None:
        """Seal the history in small portions, between which others have their turn."""
        while await self._database.read(jobs.unsealed):
            if not await self._database.write(lambda session: jobs.seal(session, now)):
                return

    async def tidy(self) -> None:
        """Forget what has outlived its purpose, once a night; a few rows at a time, so that others have their turn."""
        now = self._clock()
        if not await self._database.read(lambda session: retention.is_due(session, self.house, now)):
            return
        run = retention.Run(self.house, now, history.CLOCK)
        while job := run.next_job():
            try:
                run.done(await self._database.write(job))
            except Exception as error:  # one rule's fault must not keep what the others forget
                run.failed(error)
        await self._database.write(run.finish)

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
