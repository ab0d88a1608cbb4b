"""The word that systemd waits for: that we are ready, that we live, that we stop (sd_notify(3))."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"
PATIENCE = 20.0  # seconds for the database to answer

Answers = Callable[[], Awaitable[object]]


def notify(address: str, word: str) -> None:
    """Tell systemd, if it has named a socket; an abstract one begins with "@"."""
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.sendto(word.encode(), "\0" + address[1:] if address.startswith("@") else address)
        except OSError as error:  # whoever does not listen cannot be told
            log.warning("systemd not told", action="watchdog-untold", error=type(error).__name__)


async def keep_alive(address: str, microseconds: int, beats: Callable[[], bool], answers: Answers) -> None:
    """Say that we live, twice in the time after which systemd would start us anew, while that is the truth.

    ``beats`` tells whether the heartbeat does, ``answers`` returns once the database has.
    """
    while address and microseconds:
        if await _lives(beats, answers):
            notify(address, ALIVE)
        await asyncio.sleep(microseconds / 2_000_000)


async def _lives(beats: Callable[[], bool], answers: Answers) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await answers()
    except Exception as error:  # whatever it is, we cannot work
        log.error("no answer from the database", action="watchdog-silent", error=type(error).__name__)  # noqa: TRY400
        return False
    if not beats():
        log.error("the heartbeat has stopped", action="watchdog-silent")
    return beats()
