"""Drains the outbox: claims in batches, delivers side by side, in order for each person."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session

from alliance import members
from store import outbox
from store.crashpoints import crash_point
from store.database import Database
from store.outbox import Channel, Letter, Outcome, Result

log = structlog.get_logger()

Papers = list[tuple[str, str, bytes]]
Deliver = Callable[[Letter, Papers], Awaitable[Outcome]]
GRACE = 5.0  # seconds that a stop waits for what is in flight; the doors then get theirs


class Sender:
    """Sends what is due, at least once. ``deliver`` has one function for each channel that is switched on."""

    def __init__(self, database: Database, deliver: Mapping[Channel, Deliver], clock: Callable[[], datetime]) -> None:
        self._database = database
        self._deliver = deliver
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def wake(self) -> None:
        """Something was enqueued: send now. Call from the event loop."""
        if self._stopping or len(self._tasks) > 1:
            return
        task = asyncio.get_running_loop().create_task(self.drain())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Send until nothing is due."""
        async with self._one_at_a_time:
            while not self._stopping and await self._is_due():
                batch = await self._database.write(self._claim)
                if not batch:
                    return
                crash_point("outbox-claimed")
                await asyncio.gather(*(self._send_in_order(letters) for letters in _by_reader(batch)))

    async def stop(self) -> None:
        """Claim nothing more and wait for what is in flight."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)

    def _claim(self, session: Session) -> list[Letter]:
        now = self._clock()
        outbox.drop_expired(session, now)
        return outbox.claim(session, now)

    async def _is_due(self) -> bool:
        due = await self._database.read(outbox.next_due)
        return due is not None and due <= self._clock()

    async def _send_in_order(self, letters: list[Letter]) -> None:
        for letter in letters:
            outcome = await self._send(letter)
            crash_point("outbox-sent")
            await self._database.write(partial(self._finish, letter=letter, outcome=outcome))

    async def _send(self, letter: Letter) -> Outcome:
        deliver = self._deliver.get(letter.channel)
        if deliver is None:
            return Outcome(Result.NO_WAY, "channel switched off")
        try:
            papers = await self._papers(letter)
            return await deliver(letter, papers)
        except Exception as error:
            log.exception("delivery crashed", action="send-crashed", row=letter.id)
            return Outcome(Result.LATER, type(error).__name__)

    async def _papers(self, letter: Letter) -> Papers:
        ids = letter.note.get("papers", [])
        return await self._database.read(lambda session: outbox.papers(session, ids)) if ids else []

    def _finish(self, session: Session, *, letter: Letter, outcome: Outcome) -> None:
        now = self._clock()
        outbox.finish(session, letter, outcome, now)
        log.info("sent" if outcome.result == Result.SENT else "not sent", action="send", row=letter.id,
                 channel=letter.channel.value, result=outcome.result.value, error=outcome.error)  # fmt: skip
        if outcome.maybe_sent:
            log.warning("maybe twice", action="maybe-twice", row=letter.id)
        if outcome.result == Result.NO_WAY:
            members.channel_lost(session, letter, now)


def _by_reader(batch: list[Letter]) -> list[list[Letter]]:
    lanes: dict[tuple[str, str], list[Letter]] = defaultdict(list)
    for letter in batch:
        lanes[letter.channel.value, letter.to].append(letter)
    return list(lanes.values())
