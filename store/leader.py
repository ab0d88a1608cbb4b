"""One of the instances leads: it alone polls, reads the mailbox and asks what is due; if it dies, another one does."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from sqlalchemy import Engine

from store import instances
from store.instances import ALIVE, BEAT, Line

log = structlog.get_logger()

SETTLED = 3 * BEAT  # seconds after which every other instance has taken notice of a new one

# Held by the session, so the server gives it back the moment the session ends (PostgreSQL manual, 13.3.5)
_STAND = "SELECT pg_try_advisory_lock(hashtext(current_schema()), 3)"

Turn = Callable[[], Awaitable[None]]
Adopt = Callable[[frozenset[str]], Awaitable[None]]


async def stand(line: Line) -> bool:
    """Try to become the leader, which lasts as long as the line; whether that went well. Once it did, do not repeat."""
    ((leads,),) = await line.ask(_STAND)
    return bool(leads)


class Instance:
    """This process among those on the same database. With SQLite it is alone, has no name, and always leads.

    Until it is ``settled``, others may not have taken notice of it, and still use up its share of what all may do.
    ``gained`` and ``lost`` are awaited by turns, as it begins and ceases to lead. While it leads, ``adopt`` is awaited
    with the names of those who died and left something behind, again and again until nothing is left.
    """

    def __init__(self, engine: Engine) -> None:
        self.name = "" if engine.dialect.name == "sqlite" else secrets.token_hex(6)
        self.leads = not self.name
        self.settled = not self.name
        self._living = 1
        self._seen_at = 0.0
        self._suspects: frozenset[str] = frozenset()
        self._line = Line(engine)
        self._changed = asyncio.Event()
        self._turns: asyncio.Task[None] | None = None
        self._others: list[asyncio.Task[None]] = []
        self._adoption: asyncio.Task[None] | None = None

    @property
    def share(self) -> float:
        """Our part, above 0 and up to 1, of what all instances together may do."""
        return 1 / self._living

    @property
    def counts(self) -> bool:
        """Whether nobody takes us for dead yet: after that, what we have in hand is in other hands as well."""
        return not self.name or time.monotonic() - self._seen_at < ALIVE

    async def appear(self) -> None:
        """Be seen by the others before anything is taken in hand. Raises OSError, TimeoutError or psycopg.Error."""
        if self.name:
            await self._line.open()
            await self._count()
            self.settled = self._living == 1

    def start(self, gained: Turn, lost: Turn, adopt: Adopt) -> None:
        """Begin to lead if nobody else does, now or later."""
        if self.name:
            self._turns = asyncio.create_task(self._take_turns(gained, lost))
            self._others = [asyncio.create_task(self._beat(adopt)), asyncio.create_task(self._settle())]

    async def stop(self) -> None:
        """Neither begin nor cease to lead any more, but stay among the living."""
        await _cancel(self._turns)

    async def leave(self) -> None:
        """Be gone, and let another one lead: what we still hold is for others to take up."""
        for task in (*self._others, self._adoption):
            await _cancel(task)
        if self._line.is_open:
            with suppress(Exception):  # the others notice in a while
                await instances.sign_off(self._line, self.name)
        await self._line.close()

    # --- signs of life

    async def _beat(self, adopt: Adopt) -> None:
        while True:
            try:
                await self._round(adopt)
            except Exception as error:  # whatever it was, the line is worth nothing, and what hangs on it is gone
                if self._line.is_open or self.leads:
                    log.warning("no line to the other instances", action="instance-cut-off", error=type(error).__name__)
                self._turn(leads=False)
                await self._line.close()
            await asyncio.sleep(BEAT)

    async def _round(self, adopt: Adopt) -> None:
        if not self._line.is_open:
            self._turn(leads=False)
            await self._line.open()
        await self._count()
        if not self.leads and await stand(self._line):
            self._turn(leads=True)
        if self.leads:
            await self._look_after_orphans(adopt)

    async def _count(self) -> None:
        began = time.monotonic()
        self._living = max(1, len(await instances.sign(self._line, self.name)))
        self._seen_at = began

    async def _settle(self) -> None:
        await asyncio.sleep(SETTLED)
        self.settled = True

    async def _look_after_orphans(self, adopt: Adopt) -> None:
        """Who looks dead twice is dead: the server's clock may have jumped in between."""
        found = await instances.orphaned(self._line)
        dead, self._suspects = found & self._suspects, found
        if dead and (self._adoption is None or self._adoption.done()):
            self._adoption = asyncio.create_task(_adopted(adopt, dead))

    # --- by turns

    def _turn(self, *, leads: bool) -> None:
        if leads != self.leads:
            self.leads = leads
            self._suspects = frozenset()
            self._changed.set()
            log.info("leading" if leads else "following", action="instance-turn", instance=self.name)

    async def _take_turns(self, gained: Turn, lost: Turn) -> None:
        leading = False
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self.leads != leading:
                leading = self.leads
                await _done(gained if leading else lost)


async def _done(turn: Turn) -> None:
    try:
        await turn()
    except Exception:
        log.exception("a turn failed", action="instance-turn-failed")


async def _adopted(adopt: Adopt, dead: frozenset[str]) -> None:
    try:
        await adopt(dead)
    except Exception as error:  # the next look finds what is left
        log.error("nothing adopted", action="instance-adopt-failed", error=type(error).__name__)  # noqa: TRY400


async def _cancel(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
