"""The nightly backup: a process of its own, so that nobody waits for it and a stop need not either."""

from __future__ import annotations

import asyncio
import shutil
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session, col, func, select

from store import schema
from store.database import Database
from store.tables import Backup, Deed

log = structlog.get_logger()

HOUR = time(2, 30)  # local time; before what has outlived its purpose is forgotten
TOOLS = ("pg_dump", "pg_restore", "psql")  # of PostgreSQL
AGAIN = timedelta(hours=1)  # after one that failed
COMMAND = (sys.executable, "-c", "from app.cli import main; main()", "backup")


def night(now: datetime, zone: ZoneInfo) -> date:
    """The local day whose quiet hour has come last.

    A clock change may skip the hour: then it has come right after. Or repeat it: then the day goes back for half an
    hour, and what was done on the later day counts all the same.
    """
    local = now.astimezone(zone)
    return local.date() if local.time() >= HOUR else local.date() - timedelta(days=1)


def is_due(session: Session, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the last good backup is from an earlier night, or there is something to back up for the first time."""
    last = session.exec(select(func.max(Backup.at)).where(Backup.error == "")).one()
    since = last or session.exec(select(Deed.at).order_by(col(Deed.id)).limit(1)).first()
    return since is not None and night(since, zone) < night(now, zone)


def missing_tool(url: str) -> str:
    """The first program that a backup of a server's database lacks here, "" if none does."""
    if schema.path_of(url) is not None:
        return ""
    return next((name for name in TOOLS if shutil.which(name) is None), "")


class Nightly:
    """Looks every minute whether this night's backup is still to be made; after downtime it is made at once."""

    def __init__(self, database: Database, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        self._database, self._zone, self._clock = database, zone, clock
        self._not_before: datetime | None = None
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._stopped = False

    async def tick(self) -> None:
        """Make the backup if it is due, and wait for its end."""
        if not self._turn.locked():  # two ticks may come at once: the minute's, and that of beginning to lead
            async with self._turn:
                await self._tick(self._clock())

    async def _tick(self, now: datetime) -> None:
        if self._stopped or (self._not_before and self._not_before - AGAIN <= now < self._not_before):
            return
        if not await self._database.read(lambda session: is_due(session, self._zone, now)):
            return
        code = await self._make()
        self._not_before = now + AGAIN if code else None
        if code and not self._stopped:
            log.error("backup failed", action="backup-failed", code=code)
        elif not code:
            log.info("backup made", action="backup")

    async def stop(self) -> None:
        """Break off a backup that is under way; the next start makes it anew."""
        self._stopped = True
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()

    async def _make(self) -> int:
        self._process = await asyncio.create_subprocess_exec(*COMMAND, stdin=DEVNULL, stdout=DEVNULL)
        if self._stopped:  # while it began
            await self.stop()
        return await self._process.wait()
