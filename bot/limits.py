"""How fast we send: our own limits, and what a 429 of the server asks for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

# core.telegram.org/bots/faq: about 30 messages a second to all, one a second into one chat, where short bursts pass,
# and 20 a minute into a group, a burst included
OVERALL, PER_CHAT, BURST = 30.0, 1.0, 3.0
PER_GROUP = (20 - BURST) / 60
LONGEST_TURN = 60.0  # seconds that a broadcast waits: whoever has claimed it must not oversleep
REMEMBERED = 10_000  # chats

BROADCAST = 1  # rate_limit_args of what nobody is waiting for


def whole() -> float:
    """The share of an instance that is alone."""
    return 1.0


class Bucket:
    """Tokens that come back with time, up to ``burst``; who takes one too many makes a debt, of a burst at most.

    Of both, we have our ``share``; one token at a time has everybody.
    """

    def __init__(self, rate: float, burst: float, share: Callable[[], float] = whole) -> None:
        self._whole_rate = rate
        self._whole_burst = burst
        self._share = share
        self._tokens = self._burst
        self._at = 0.0

    @property
    def _rate(self) -> float:
        return self._whole_rate * self._share()

    @property
    def _burst(self) -> float:
        return max(1.0, self._whole_burst * self._share())

    def wait(self, now: float) -> float:
        """Seconds until the next token; 0 when there is one."""
        return max(0.0, (1 - self._level(now)) / self._rate)

    def take(self, now: float) -> None:
        """Take a token, whether there is one or not."""
        self._tokens = max(self._level(now) - 1, -self._burst)
        self._at = now

    def is_full(self, now: float) -> bool:
        """Whether nothing has been taken lately."""
        return self._level(now) >= self._burst

    def _level(self, now: float) -> float:
        return min(self._burst, self._tokens + (now - self._at) * self._rate)


class Limits(BaseRateLimiter[int]):
    """Broadcasts wait for their turn, answers go at once: their pace is set by the people who asked.

    Answers count all the same, so that broadcasts give way. A 429 pauses that chat. The server does not say when it
    means the whole bot, so a second chat refused meanwhile, or a request that belongs to no chat, pauses everything.
    Who asks during a pause gets a RetryAfter with what is left of it, without a request. ``pace`` multiplies what
    Telegram allows: a stand-in allows more. ``share`` is our part of it beside other instances.
    """

    def __init__(
        self, now: Callable[[], float] = time.monotonic, pace: float = 1.0, share: Callable[[], float] = whole
    ) -> None:
        self._now = now
        self._pace = pace
        self._share = share
        self._overall = Bucket(pace * OVERALL, pace * OVERALL, share)
        self._chats: dict[Any, Bucket] = {}
        self._paused: dict[Any, float] = {}
        self._all_paused = 0.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Send a request when it may go. Raises RetryAfter during a pause, and what the request raised."""
        chat = data.get("chat_id")
        self._heed_pause(chat)
        if chat is not None:
            await self._turn(chat, patient=rate_limit_args == BROADCAST)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._pause(chat, seconds(error))
            raise

    async def _turn(self, chat: Any, *, patient: bool) -> None:
        bucket = self._bucket(chat)
        while patient and (wait := max(self._overall.wait(self._now()), bucket.wait(self._now()))):
            if wait > LONGEST_TURN:
                raise RetryAfter(timedelta(seconds=wait))
            await asyncio.sleep(wait)
            self._heed_pause(chat)
        self._overall.take(self._now())
        bucket.take(self._now())

    def _bucket(self, chat: Any) -> Bucket:
        if len(self._chats) >= REMEMBERED:
            now = self._now()
            self._chats = {each: bucket for each, bucket in self._chats.items() if not bucket.is_full(now)}
        if chat not in self._chats:
            rate = PER_GROUP if is_group(chat) else PER_CHAT
            self._chats[chat] = Bucket(self._pace * rate, self._pace * BURST, self._share)
        return self._chats[chat]

    def _heed_pause(self, chat: Any) -> None:
        until = max(self._all_paused, self._paused.get(chat, 0.0))
        left = until - self._now()
        if left > 0:
            raise RetryAfter(timedelta(seconds=left))

    def _pause(self, chat: Any, length: float) -> None:
        now = self._now()
        self._paused = {each: until for each, until in self._paused.items() if until > now}
        if chat is None or self._paused.keys() - {chat}:
            self._all_paused = max(self._all_paused, now + length)
        else:
            self._paused[chat] = now + length


def is_group(chat: Any) -> bool:
    """Whether this chat has many members: its id is negative then (core.telegram.org/api/bots/ids)."""
    return isinstance(chat, int) and chat < 0


def seconds(error: RetryAfter) -> float:
    """How long the server asks us to wait."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
