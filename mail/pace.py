"""How fast letters may leave: what mail servers allow, as data, and our part of it beside other instances."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0  # seconds
LONGEST_TURN = 60.0  # seconds that a letter waits for its turn: whoever has claimed it must not oversleep


@dataclass(frozen=True)
class Allowance:
    """Letters in a minute and connections at a time that a server takes from one account; 0 letters mean any number."""

    per_minute: float = 0.0
    connections: int = 20


# By the end of the host's name. Microsoft: learn.microsoft.com/exchange/troubleshoot/send-emails/
# smtp-submission-improvements (30 messages a minute, 3 connections, else "432 4.3.2"). Others publish limits per day.
PROVIDERS = {
    "office365.com": Allowance(30, 3),
    "outlook.com": Allowance(30, 3),
    "office365.us": Allowance(30, 3),
}


def allowance(host: str, per_minute: int | None = None) -> Allowance:
    """What this server takes; ``per_minute`` is what the operator knows better, 0 for any number."""
    found = next((allowed for end, allowed in PROVIDERS.items() if f".{host.lower()}".endswith(f".{end}")), Allowance())
    return found if per_minute is None else Allowance(per_minute, found.connections)


def whole() -> float:
    """The share of an instance that is alone."""
    return 1.0


class Pace:
    """Gives each letter its turn, evenly: there is no burst that another instance might add its own to."""

    def __init__(
        self, allowed: Allowance, share: Callable[[], float] = whole, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed = allowed
        self._share = share
        self._now = now
        self._next = 0.0

    def turn(self) -> float:
        """Seconds until the next letter may leave. Up to :data:`LONGEST_TURN` the turn is taken, else not."""
        if not self._allowed.per_minute:
            return 0.0
        now = self._now()
        at = max(now, self._next)
        if at - now <= LONGEST_TURN:
            self._next = at + MINUTE / (self._allowed.per_minute * self._share())
        return at - now

    @property
    def connections(self) -> int:
        """How many connections are ours, at least one."""
        return max(1, int(self._allowed.connections * self._share()))
