"""Marks letters as sent: those that were sent at nearly the same moment in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from store.outbox import Letter

MOMENT = 0.005  # seconds that a mark waits for those of the other letters in hand


class Marks:
    """Knows how many letters are in hand, so that no mark waits for another that cannot come."""

    def __init__(self, write: Callable[[Sequence[Letter]], Awaitable[None]]) -> None:
        self._write = write
        self._in_hand = 0
        self._group: _Group | None = None

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """While a letter is on its way."""
        self._in_hand += 1
        try:
            yield
        finally:
            self._in_hand -= 1
            if self._group and not self._in_hand:
                self._group.complete.set()

    async def sent(self, letter: Letter) -> None:
        """Return once the letter is durably marked; raises what the writing raised."""
        if self._group:
            group = self._group
            group.letters.append(letter)
            return await asyncio.shield(group.durable)
        group = self._group = _Group(letter)
        if self._in_hand:
            await group.wait(MOMENT)
        self._group = None
        try:
            await self._write(group.letters)
        except BaseException as error:
            group.durable.set_exception(error)
            group.durable.exception()  # there may be nobody else to hear it
            raise
        return group.durable.set_result(None)


class _Group:
    """Letters for one transaction; whoever brings the first one marks them all."""

    def __init__(self, first: Letter) -> None:
        self.letters = [first]
        self.complete = asyncio.Event()
        self.durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def wait(self, seconds: float) -> None:
        """Until all are there that can be, at most so long."""
        timer = asyncio.get_running_loop().call_later(seconds, self.complete.set)
        await self.complete.wait()
        timer.cancel()
