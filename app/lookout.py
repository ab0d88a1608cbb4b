"""The lookout: once a minute it sees what works, what was set going again, and what senders have died of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session

from alliance import outages
from alliance.house import House
from alliance.outages import BACKUP, OUTGOING, TELEGRAM, Seen
from store import inbox
from store.database import Database
from store.outbox import Result

log = structlog.get_logger()

Ways = Callable[[], Mapping[str, str | None]]  # of each way why it is dead, as alliance.outages has it
Tally = Mapping[tuple[str, str], int]  # deliveries since the start, by channel and result

# What the mail door calls it -> what the office reads; the rest has the same name there
REASONS = {"login-missing": "login", "token": "login", "network": "unreachable", "oauth-network": "unreachable"}


class Lookout:
    """Looks after the parts of a running assistant.

    ``ways`` are asked for what they know of themselves, ``tally`` counts deliveries; ``take_up`` is awaited when
    something of the inbox was set going again. ``backups``: some ought to be made.
    """

    def __init__(
        self, database: Database, house: Callable[[], House], clock: Callable[[], datetime], tally: Tally
    ) -> None:
        self._database = database
        self._house = house
        self._clock = clock
        self._moving = Moving(tally)
        self.backups = False
        self.ways: list[Ways] = []
        self.take_up: list[Callable[[], Awaitable[None]]] = []

    async def look(self) -> None:
        """See what is to be told, and tell it; see what was released, and have it taken up."""
        seen, now = self.seen(), self._clock()
        if await self._database.read(partial(outages.anything_due, seen=seen, now=now)):
            for row in await self._database.write(partial(self._note, seen=seen, now=now)):
                log.error("a note was set aside", action="outbox-set-aside", row=row)
        if await self._database.read(inbox.has_released):
            for take_up in self.take_up:
                await take_up()

    def seen(self) -> Seen:
        """What is known of each way at this moment."""
        self._moving.look()
        found = {way: _named(way, reason) for ways in self.ways for way, reason in ways().items()}
        for way, channel in OUTGOING.items():
            if way in found and not found[way] and self._moving.of(channel.value) is False:
                found[way] = outages.STUCK
        return {**found, **({BACKUP: ""} if self.backups else {})}

    def _note(self, session: Session, seen: Seen, now: datetime) -> list[int]:
        outages.note(session, self._house(), seen, now)
        return outages.set_aside(session, now)


class Moving:
    """Whether anything goes out by a channel: not, if since the last success all had to be tried again."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._before: Counter[tuple[str, str]] = Counter()
        self._moves: dict[str, bool] = {}

    def look(self) -> None:
        """Compare with the last look."""
        now = Counter(self._tally)
        new, self._before = now - self._before, now
        for channel, result in list(new):
            if result == Result.SENT:
                self._moves[channel] = True
            elif result == Result.LATER and not new[channel, Result.SENT.value]:
                self._moves[channel] = False

    def of(self, channel: str) -> bool | None:
        """Whether it moves; None when nothing was tried yet."""
        return self._moves.get(channel)


def _named(way: str, reason: str | None) -> str | None:
    if not reason or way == TELEGRAM:
        return reason
    return REASONS.get(reason, "login" if reason.startswith("oauth-") else reason)
