"""Which core is whose: the bot has one for itself, all that serves it shares another."""

from __future__ import annotations

import os

_ALL = sorted(os.sched_getaffinity(0))
APART = len(_ALL) > 1
BOT, SERVERS = _ALL[0], _ALL[-1]


def give(pid: int, core: int) -> None:
    """Keep a process, and all that it will start, on one core; 0 is this process. Nothing happens when there is one."""
    if APART:
        os.sched_setaffinity(pid, {core})
