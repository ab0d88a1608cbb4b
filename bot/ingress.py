"""The way in: updates are stored in one commit, and only then confirmed to Telegram and worked on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Coroutine, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from random import SystemRandom
from typing import Any

import orjson
import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.api import Api
from bot.application import App
from bot.deeds import KEPT, Deeds, Kept
from bot.handlers import Handlers
from bot.limits import seconds
from bot.transport import Transport
from store import inbox
from store.crashpoints import crash_point
from store.database import Database
from store.inbox import Channel, InboxRow, Incoming, Received

log = structlog.get_logger()

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
HOLD = 30  # seconds that the server may hold a getUpdates
BACKLOG = 1_000  # updates stored but not yet worked on, before we take more
CAREFUL = 1  # tries after which an update that waits at the start is worked on alone
CHUNK = 500  # rows named in one statement

CONFLICT_PAUSE, LONGEST_CONFLICT_PAUSE = 30.0, 300.0  # seconds
TOKEN_PAUSE = 300.0
LONGEST_PAUSE = 60.0

NEVER = float("-inf")

Work = Callable[[Update], Coroutine[Any, Any, None]]

_random = SystemRandom()


class Ingress:
    """Fetches updates or takes them from the webhook, stores them, and hands them to the lanes.

    ``holder`` is this instance, under whose name they are stored, "" where there can be but one.
    ``heard_at`` is the loop time of the server's last good answer, NEVER while something keeps us from polling;
    ``trouble`` is what keeps us: conflict, token, unreachable or error, "" for nothing, None before the first answer.
    """

    def __init__(  # noqa: PLR0913  (each is a part of its own)
        self,
        database: Database,
        application: App,
        api: Api,
        handlers: Handlers,
        deeds: Deeds,
        clock: Callable[[], datetime],
        holder: str = "",
    ) -> None:
        self._database = database
        self._application = application
        self._api = api
        self._handlers = handlers
        self._deeds = deeds
        self._clock = clock
        self._holder = holder
        self._tasks: set[asyncio.Task[None]] = set()
        self._storing: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._room.set()
        self._told: set[str] = set()
        self.heard_at = NEVER
        self.trouble: str | None = None

    # --- asking for updates

    def begin(self) -> None:
        """The server was reached just now: what it holds back for us, it may bring in a while."""
        self.heard_at = _now()

    async def poll(self) -> None:
        """Ask for updates for ever; trouble is waited out, longer each time."""
        offset = failures = 0
        while True:
            try:
                offset = await self._round(offset)
                failures, self.trouble = 0, ""
            except Exception as error:
                failures, self.trouble = failures + 1, _trouble(error)
                if not isinstance(error, NetworkError | RetryAfter):
                    self.heard_at = NEVER
                pause = pause_after(error, failures)
                _log_trouble(error, pause)
                await asyncio.sleep(pause)

    async def _round(self, offset: int) -> int:
        """One getUpdates; returns the offset for the next one, which confirms these."""
        updates = await self._api.get_updates(offset, HOLD, ALLOWED)
        if updates:
            crash_point("telegram-fetched")
            await self.accept(updates)
        self.heard_at = _now()
        numbers = [update["update_id"] for update in updates if _is_numbered(update)]
        if updates and not numbers:
            raise TelegramError("updates without a number")
        return max(numbers) + 1 if numbers else offset

    # --- storing and handing over

    async def accept(self, updates: Sequence[Any]) -> None:
        """Store updates in one commit and hand them over. If this raises, none is stored and none may be confirmed."""
        await self._room.wait()
        # whoever stops asking in the middle of this must leave nothing stored that nobody works on
        task = asyncio.create_task(self._accept(updates))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)
        await asyncio.shield(task)

    async def _accept(self, updates: Sequence[Any]) -> None:
        ours = {str(update["update_id"]): update for update in updates if _is_numbered(update) and _is_private(update)}
        things = [Incoming(number, _dump(update)) for number, update in ours.items()]
        try:
            keep = partial(_keep, things=things, now=self._clock(), holder=self._holder, stored=[])
            kept = await self._database.write(keep, in_turn=False)
        except OperationalError:
            await self._say_later(ours)
            raise
        self._told.clear()
        crash_point("telegram-kept")
        for row_id, number in kept:
            self._hand_over(Kept(row_id), ours[number], self._process)

    def _hand_over(self, kept: Kept, raw: Any, work: Work) -> asyncio.Task[None]:
        """Let ``work`` have the update at its person's turn."""
        update = self._read(raw)
        task = asyncio.create_task(self._malformed(kept) if update is None else self._in_lane(kept, update, work))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        if len(self._tasks) >= BACKLOG:
            self._room.clear()
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._room.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("update abandoned", action="telegram-abandoned", error=type(error).__name__)

    def _read(self, raw: Any) -> Update | None:
        """One update by itself, so that a malformed one harms no other."""
        try:
            return Update.de_json(raw, self._application.bot)
        except Exception:  # whatever the library's parsing may meet
            return None

    async def _in_lane(self, kept: Kept, update: Update, work: Work) -> None:
        KEPT.set(kept)
        await self._application.update_processor.process_update(update, work(update))

    async def _process(self, update: Update) -> None:
        await self._application.process_update(update)

    async def _malformed(self, kept: Kept) -> None:
        KEPT.set(kept)
        log.error("malformed update", action="telegram-malformed", inbox_id=kept.row_id)
        await self._deeds.close(Received.QUARANTINED, "malformed")

    async def _say_later(self, ours: dict[str, Any]) -> None:
        for number in ours.keys() - self._told:
            self._told.add(number)
            update = self._read(ours[number])
            if update and (heard := self._handlers.heard(update)):
                await self._deeds.say_later(heard)

    # --- after a start and before an end

    async def adopt(self, dead: Collection[str] = ("",)) -> None:
        """Take up what these instances have left, or a former process of ours.

        What may have crashed them is tried alone, so that it costs no other update a try.
        """
        take = partial(inbox.adopt, channel=Channel.TELEGRAM, dead=dead, holder=self._holder, taken=set())
        rows = await self._database.write(take, in_turn=False)
        fresh = []
        for row in rows:
            if row.state == Received.ACTED:
                await self._take_up(row, partial(self._show_again, packed=row.answer or {}))
            elif row.tries >= inbox.MAX_TRIES:
                await self._take_up(row, self._set_aside)
            elif row.tries >= CAREFUL:
                await self._begin([row])
                await asyncio.wait([await self._take_up(row, self._process)])
            else:
                fresh.append(row)
        await self._begin(fresh)
        for row in fresh:
            await self._take_up(row, self._process)

    async def drain(self, patience: float) -> None:
        """Let what is under way end, for at most ``patience`` seconds; the rest stays stored for the next start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while under_way := self._storing | self._tasks:
                    await asyncio.wait(under_way)
        left = list(self._storing | self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _begin(self, rows: Sequence[InboxRow]) -> None:
        ids = [row.id for row in rows if row.id is not None]
        for start in range(0, len(ids), CHUNK):
            begin = partial(inbox.begin, row_ids=ids[start : start + CHUNK])
            await self._database.write(begin, in_turn=False)

    async def _take_up(self, row: InboxRow, work: Work) -> asyncio.Task[None]:
        assert row.id is not None
        await self._room.wait()
        return self._hand_over(Kept(row.id, row.tries + 1), Transport.parse_json_payload(row.raw), work)

    async def _show_again(self, update: Update, packed: dict[str, Any]) -> None:
        if heard := self._handlers.heard(update):
            await self._deeds.show_again(heard, packed)

    async def _set_aside(self, update: Update) -> None:
        heard = self._handlers.heard(update)
        await (self._deeds.set_aside(heard) if heard else self._deeds.close(Received.QUARANTINED, "failed"))


def _keep(
    session: Session, things: Sequence[Incoming], now: datetime, holder: str, stored: list[int]
) -> list[tuple[int, str]]:
    """Store what is new and count the first try of it; row ids and numbers, in order.

    ``stored`` remembers it for when this runs again: the commit may have worked, and only the word of it got lost.
    """
    new = inbox.keep(session, Channel.TELEGRAM, things, now, holder)
    stored += new
    if not stored:
        return []
    inbox.begin(session, new)
    ours = (col(InboxRow.id).in_(stored), col(InboxRow.external_id).in_([thing.external_id for thing in things]))
    named = select(InboxRow.id, InboxRow.external_id).where(*ours).order_by(col(InboxRow.id))
    return [(row_id, number) for row_id, number in session.exec(named) if row_id is not None]


def _dump(update: Any) -> bytes:
    try:
        return orjson.dumps(update)
    except TypeError:  # half a surrogate pair
        return json.dumps(update).encode()


def _is_numbered(update: Any) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int


def _is_private(update: dict[str, Any]) -> bool:
    """Whether it comes from a private chat, or from nowhere we know. What is said in groups is not even stored."""
    for content in update.values():
        if isinstance(content, dict):
            message = content.get("message")
            chat = content.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
            return not isinstance(chat, dict) or chat.get("type", "private") == "private"
    return True


def pause_after(error: Exception, failures: int) -> float:
    """Seconds to wait after so many failures in a row."""
    match error:
        case Conflict():
            return min(CONFLICT_PAUSE * failures, LONGEST_CONFLICT_PAUSE)
        case InvalidToken():
            return TOKEN_PAUSE
        case RetryAfter():
            return seconds(error)
        case _:
            return _random.uniform(0.5, 1.0) * min(1 << min(failures, 10), LONGEST_PAUSE)


def _trouble(error: Exception) -> str:
    match error:
        case Conflict():
            return "conflict"
        case InvalidToken():
            return "token"
        case NetworkError() | RetryAfter():
            return "unreachable"
        case _:
            return "error"


def _log_trouble(error: Exception, pause: float) -> None:
    kind = type(error).__name__
    if isinstance(error, Conflict):
        log.error("another program polls with this token", action="telegram-conflict", seconds=round(pause))
    elif isinstance(error, TelegramError):
        log.warning("no updates", action="telegram-no-updates", error=kind, seconds=round(pause))
    else:
        log.error("updates not stored", action="telegram-not-stored", error=kind, seconds=round(pause))


def _now() -> float:
    return float(asyncio.get_running_loop().time())
