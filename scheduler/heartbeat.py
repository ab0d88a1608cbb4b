"""The heartbeat: a few fixed jobs in memory that only ask what is due now."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import OperationalError

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
    """Ticks in real time; what a tick does depends on ``clock()`` alone, so a late tick catches up, once.

    Of several instances on one database all send, and the one that ``leads()`` does everything else.
    """

    def __init__(
        self,
        database: Database,
        house: House,
        sender: Sender,
        clock: Callable[[], datetime],
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        self._database = database
        self.house = house
        self._sender = sender
        self._clock = clock
        self._leads = leads
        self._under_way: set[asyncio.Task[Any]] = set()
        self._others: list[Tick] = []
        self._last_beat: float | None = None
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=house.zone, job_defaults=defaults)

    def start(self, pace: float = 1.0) -> None:
        """Start ticking; the first beat comes at once. ``pace`` says how many times faster a simulated day passes."""
        beat = BEAT_SECONDS / pace
        self._scheduler.add_job(self._unbreakable(self._send), "interval", seconds=min(SEND_SECONDS, beat))
        for job in (self.beat, self.tidy, *self._others):
            self._scheduler.add_job(self._unbreakable(self._led(job)), "interval", seconds=beat)
        self._scheduler.start()
        self.catch_up()

    def catch_up(self) -> None:
        """Do at once what a beat does: we have just begun, or begun to lead."""
        for job in (self.beat, *self._others):
            self._scheduler.add_job(self._unbreakable(self._led(job)))

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

    def since_beat(self) -> float:
        """Seconds since the latest beat, by this process's own time; without any, without end."""
        return float("inf") if self._last_beat is None else time.monotonic() - self._last_beat

    async def beat(self) -> None:
        """Enqueue what is due now, step by step, between which others have their turn; one's fault stops no other."""
        now = self._clock()
        for source in jobs.SOURCES:
            with _faulty_alone():
                for step in await self._database.read(partial(source.due, house=self.house, now=now)):
                    job = partial(jobs.carry_out, source=source, house=self.house, step=step, now=now)
                    with _faulty_alone():
                        await self._database.write(job)
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

    def _led(self, job: Tick) -> Tick:
        """A job that is left to whoever leads; that there was time for it shows that we live."""

        async def run() -> None:
            if self._leads():
                await job()
            else:
                self._last_beat = time.monotonic()

        return run

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


@contextmanager
def _faulty_alone() -> Iterator[None]:
    """A fault in here is logged and tried again at the next beat, unless the database is away."""
    try:
        yield
    except OperationalError:
        raise
    except Exception:
        log.exception("a step failed", action="step-failed")
