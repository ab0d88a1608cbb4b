"""Drains the outbox: claims in batches, delivers side by side, in order for each person."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from alliance import members
from scheduler.marks import Marks
from store import outbox
from store.crashpoints import crash_point
from store.database import Database, Job
from store.outbox import Channel, Letter, Outcome, Result

log = structlog.get_logger()

Papers = list[tuple[str, str, bytes]]
Deliver = Callable[[Letter, Papers], Awaitable[Outcome]]
BATCH = 40  # letters in one claim: fewer than the slowest server takes within a lease
# Letters in hand at once, which is also how many a crash may send twice: one by mail, and in chats what fills their 30
# a second while each answer takes a third of one
HANDS = {Channel.MAIL: 1, Channel.TELEGRAM: 10}
IN_TIME = 5.0  # seconds after which a claimed letter is given back: its reader may have answered by another way
GRACE = 5.0  # seconds that a stop waits for what is in flight; the doors then get theirs


class Sender:
    """Sends what is due, at least once. ``deliver`` has one function for each channel that is switched on.

    ``tally`` counts by channel and result how deliveries ended since the start. ``holder`` is this instance, under
    whose name it claims; it neither claims nor begins anything while not ``ready()``.
    """

    def __init__(
        self,
        database: Database,
        deliver: Mapping[Channel, Deliver],
        clock: Callable[[], datetime],
        holder: str = "",
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self._database = database
        self._deliver = deliver
        self._clock = clock
        self._holder = holder
        self._ready = ready
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._marks = Marks(self._mark)
        self._unwritten: list[Job[None]] = []  # of what has happened, while the database is full or away
        self.tally: Counter[tuple[str, str]] = Counter()

    def wake(self) -> None:
        """Something was enqueued: send now. Call from the event loop."""
        if self._stopping or not self._ready() or len(self._tasks) > 1:
            return
        task = asyncio.get_running_loop().create_task(self.drain())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Send until nothing is due."""
        async with self._one_at_a_time:
            await self.catch_up()
            more = await self._is_due()
            while more and not self._is_held_up():
                batch = await self._database.write(self._claim, in_turn=False)
                crash_point("outbox-claimed")
                await self._send_all(batch)
                more = len(batch) == BATCH or (bool(batch) and await self._is_due())

    async def _send_all(self, batch: list[Letter]) -> None:
        """Send side by side, to nobody two at once; what a stop or a slow server leaves untried is given back."""
        waiting = _by_reader(batch)
        until = time.monotonic() + IN_TIME
        hands = (self._send_in_order(waiting[way], until) for way in waiting for _ in range(HANDS.get(way, 1)))
        ends = await asyncio.gather(*hands, return_exceptions=True)
        untried = [letter for lanes in waiting.values() for letters in lanes for letter in letters]
        if untried:
            await self._write(partial(outbox.put_back, letters=untried))
        for error in filter(None, ends):
            raise error

    async def stop(self) -> None:
        """Claim nothing more and wait for what is in flight."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)

    async def catch_up(self) -> None:
        """Write down what could not be written down before."""
        left, self._unwritten = self._unwritten, []
        await asyncio.gather(*(self._write(job, in_turn=True) for job in left))

    def _claim(self, session: Session) -> list[Letter]:
        now = self._clock()
        outbox.drop_expired(session, now)
        return outbox.claim(session, now, BATCH, self._holder)

    async def _is_due(self) -> bool:
        due = await self._database.read(outbox.next_due)
        return due is not None and due <= self._clock()

    async def _send_in_order(self, waiting: deque[deque[Letter]], until: float) -> None:
        """One letter after the other, the next one only when it is written down how the last one ended."""
        while waiting and not self._is_over(until):
            letters = waiting.popleft()
            while letters and not self._is_over(until):
                letter = letters.popleft()
                with self._marks.in_hand():
                    outcome = await self._send(letter)
                self.tally[letter.channel.value, outcome.result.value] += 1
                crash_point("outbox-sent")
                await self._write_down(letter, outcome)
            if letters:
                waiting.append(letters)

    def _is_over(self, until: float) -> bool:
        return self._is_held_up() or time.monotonic() > until

    def _is_held_up(self) -> bool:
        return self._stopping or bool(self._unwritten) or not self._ready()

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

    async def _write_down(self, letter: Letter, outcome: Outcome) -> None:
        if outbox.is_plainly_sent(letter, outcome):
            await self._marks.sent(letter)
            log.info("sent", action="send", row=letter.id, channel=letter.channel.value, result=outcome.result.value)
        else:
            finish = partial(self._finish, letter=letter, outcome=outcome)
            await self._write(finish, in_turn=outcome.result == Result.NO_WAY)

    async def _mark(self, letters: Sequence[Letter]) -> None:
        await self._write(partial(outbox.mark_sent, letters=letters, now=self._clock()))

    async def _write(self, job: Job[None], *, in_turn: bool = False) -> None:
        """Write down what has happened; if that cannot be now, before anything else is sent, or it might go twice."""
        try:
            await self._database.write(job, in_turn=in_turn, ahead=True)
        except OperationalError as error:
            log.error("not written down yet", action="send-unwritten", error=type(error.orig).__name__)  # noqa: TRY400
            self._unwritten.append(job)

    def _finish(self, session: Session, *, letter: Letter, outcome: Outcome) -> None:
        now = self._clock()
        outbox.finish(session, letter, outcome, now)
        log.info("sent" if outcome.result == Result.SENT else "not sent", action="send", row=letter.id,
                 channel=letter.channel.value, result=outcome.result.value, error=outcome.error)  # fmt: skip
        if outcome.maybe_sent:
            log.warning("maybe twice", action="maybe-twice", row=letter.id)
        if outcome.result == Result.NO_WAY:
            members.channel_lost(session, letter, now)


def _by_reader(batch: list[Letter]) -> dict[Channel, deque[deque[Letter]]]:
    """For each way the letters that wait, those to one reader behind each other."""
    lanes: dict[tuple[Channel, str], deque[Letter]] = defaultdict(deque)
    for letter in batch:
        lanes[letter.channel, letter.to].append(letter)
    waiting: dict[Channel, deque[deque[Letter]]] = defaultdict(deque)
    for (way, _), letters in lanes.items():
        waiting[way].append(letters)
    return waiting
