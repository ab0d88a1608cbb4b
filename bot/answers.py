"""Direct answers: shown at once, marked as shown, tried again later when the chat could not be reached."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from telegram.error import TelegramError

from alliance import members
from bot.api import Api
from bot.showing import Showing, judge, put
from store import inbox, outbox
from store.database import Database
from store.outbox import Outcome, Result

log = structlog.get_logger()

FIRST_RETRY, LONGEST_RETRY = 1.0, 300.0  # seconds
RETRIES_AT_ONCE = 20


@dataclass
class Answer:
    """What a person is to see, for one inbox row. ``query_id`` is empty once the tap itself is answered."""

    row_id: int
    showing: Showing
    toast: str = ""
    query_id: str = ""
    tries: int = 0


@dataclass(order=True)
class _Retry:
    at: float
    row_id: int
    answer: Answer = field(compare=False)


class Answers:
    """Shows answers and remembers, in as few writes as possible, that they were shown."""

    def __init__(self, database: Database, api: Api, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._shown: list[int] = []
        self._blocked: list[int] = []
        self._retries: list[_Retry] = []
        self._wake = asyncio.Event()

    async def show(self, answer: Answer) -> None:
        """Show an answer; if the chat cannot be reached now, that is tried again by :meth:`run`."""
        if answer.query_id:
            tapped, outcome = await asyncio.gather(self._answer_tap(answer), self._put(answer))
            outcome = tapped if outcome.result == Result.SENT else outcome
        else:
            outcome = await self._put(answer)
        self._settle(answer, outcome)

    async def run(self) -> None:
        """Mark what was shown and show again what could not be, for ever."""
        while True:
            await self._nap()
            await self.flush()
            await self._retry()

    async def flush(self) -> None:
        """Write down which answers were shown; while the database is away they stay noted."""
        shown, blocked = list(self._shown), list(self._blocked)
        if not shown and not blocked:
            return
        try:
            mark = partial(_mark, shown=shown, blocked=blocked, now=self._clock())
            await self._database.write(mark, in_turn=bool(blocked), ahead=True)
        except Exception as error:
            log.error("answers not marked as shown", action="telegram-unmarked", error=type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(FIRST_RETRY)
            self._wake.set()
        else:
            del self._shown[: len(shown)], self._blocked[: len(blocked)]

    async def _put(self, answer: Answer) -> Outcome:
        showing = answer.showing
        wanted = showing.bubbles[-1].papers if showing.bubbles else ()
        try:
            if wanted and not showing.papers:
                showing.papers = await self._database.read(partial(outbox.papers, ids=wanted))
        except OperationalError:
            return Outcome(Result.LATER, "database")
        return await put(self._api, showing)

    async def _answer_tap(self, answer: Answer) -> Outcome:
        """End the wait of the button. A query that is too old cannot be answered any more, which is fine."""
        try:
            await self._api.answer(answer.query_id, answer.toast)
        except TelegramError as error:
            outcome = judge(error)
            if outcome.result == Result.LATER:
                return outcome
        answer.query_id = ""
        return Outcome(Result.SENT)

    def _settle(self, answer: Answer, outcome: Outcome) -> None:
        if outcome.result == Result.LATER:
            self._plan_retry(answer, outcome)
        else:
            self._shown.append(answer.row_id)
        if outcome.result == Result.NO_WAY:
            self._blocked.append(answer.showing.chat_id)
        if outcome.result == Result.REFUSED:
            log.error("answer refused", action="telegram-refused", inbox_id=answer.row_id, error=outcome.error)
        self._wake.set()

    def _plan_retry(self, answer: Answer, outcome: Outcome) -> None:
        pause = min(FIRST_RETRY * 2**answer.tries, LONGEST_RETRY)
        if outcome.after is not None:
            pause = outcome.after.total_seconds()
        answer.tries += 1
        what = "answer maybe shown twice" if outcome.maybe_sent else "answer not shown yet"
        log.warning(what, action="telegram-again", inbox_id=answer.row_id, error=outcome.error, seconds=round(pause))
        heapq.heappush(self._retries, _Retry(_now() + pause, answer.row_id, answer))

    async def _retry(self) -> None:
        due: list[Answer] = []
        while self._retries and self._retries[0].at <= _now() and len(due) < RETRIES_AT_ONCE:
            due.append(heapq.heappop(self._retries).answer)
        await asyncio.gather(*(self.show(answer) for answer in due), return_exceptions=True)

    async def _nap(self) -> None:
        """Sleep until something was shown or a retry is due."""
        left = max(0.0, self._retries[0].at - _now()) if self._retries else None
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), left)
        self._wake.clear()


def _mark(session: Session, *, shown: list[int], blocked: list[int], now: datetime) -> None:
    inbox.shown(session, shown)
    for chat_id in blocked:
        members.blocked(session, chat_id, now)


def _now() -> float:
    return asyncio.get_running_loop().time()
