"""Unusual letters are taken apart in a process of their own, so that none of them can hold up or end the house."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import structlog

from mail.contents import Contents, Identity, outside
from mail.fenced import LENGTH, READY, asked, unpacked

log = structlog.get_logger()

SIZE = 64_000  # bytes; most letters without pictures and papers have less
PARTS = 100  # lines that look like the beginning of a part
START = 30.0  # seconds for the process to start, on a busy machine
PATIENCE = 5.0  # seconds for one letter
FAREWELL = 1.0  # seconds for a process to end whose output has ended
IDLE = 60.0  # seconds until the process is sent home
ANSWER = 4_000_000  # bytes besides the letter's own files; the longest text has 2,4 MB in JSON

_HOUSE = str(Path(__file__).parents[1])
_PROGRAM = (sys.executable, "-P", "-B", "-m", "mail.fenced")


class NoFence(Exception):
    """The process cannot be started, which no letter is to blame for."""


def is_unusual(raw: bytes) -> bool:
    """Whether the letter is big, or may have many parts."""
    return len(raw) > SIZE or raw.count(b"\n--") > PARTS


class Fence:
    """One process for one letter at a time; started when first needed, replaced when it fails, ended when idle."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._child: Process | None = None
        self._leaving: asyncio.TimerHandle | None = None

    async def contents(self, raw: bytes, own: Identity, received: date) -> Contents:
        """Like :func:`mail.contents.contents`; ``too-complex`` when it takes too long or too much. Raises NoFence."""
        known = await asyncio.to_thread(outside, raw, own)
        async with self._turn:
            try:
                return await self._told(known, asked(own, received), raw)
            except (TimeoutError, EOFError, OSError, ValueError) as error:
                log.warning("letter cannot be read", action="fence", error=type(error).__name__)
                return replace(known, unreadable="too-complex")

    async def close(self) -> None:
        """End the process, whatever it is at."""
        await self._end()

    async def _told(self, known: Contents, *frames: bytes) -> Contents:
        try:
            child = await self._ready()
            async with asyncio.timeout(PATIENCE):
                found = unpacked(await _exchange(child, *frames), known)
        except BaseException:
            await self._end()
            raise
        self._leaving = asyncio.get_running_loop().call_later(IDLE, self._dismiss)
        return found

    async def _ready(self) -> Process:
        if self._leaving:
            self._leaving.cancel()
        if self._child is None or self._child.returncode is not None:
            try:
                async with asyncio.timeout(START):
                    self._child = await _started()
                    await _greeted(self._child)
            except (TimeoutError, EOFError, OSError, ValueError) as error:
                raise NoFence from error
        return self._child

    def _dismiss(self) -> None:
        """Nothing unusual has come for a while: at the end of its input the process ends by itself."""
        child, self._child = self._child, None
        if child and child.stdin:
            child.stdin.close()

    async def _end(self) -> None:
        if self._leaving:
            self._leaving.cancel()
        child, self._child = self._child, None
        if child is None or child.stdin is None or child.stdout is None:
            return
        child.stdin.close()
        if child.stdout.at_eof():  # it has ended by itself, and killing it would get in the way of asyncio's waiting
            with suppress(TimeoutError):
                await asyncio.wait_for(child.wait(), FAREWELL)
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
        await child.communicate()


async def _started() -> Process:
    return await asyncio.create_subprocess_exec(
        *_PROGRAM,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # a traceback holds what people wrote
        env={"PYTHONPATH": _HOUSE},  # and none of the house's secrets
        cwd="/",
        start_new_session=True,
    )


async def _greeted(child: Process) -> None:
    assert child.stdout is not None
    if await child.stdout.readexactly(len(READY)) != READY:
        raise ValueError


async def _exchange(child: Process, *frames: bytes) -> bytes:
    assert child.stdin is not None
    assert child.stdout is not None
    for frame in frames:
        child.stdin.write(LENGTH.pack(len(frame)))
        child.stdin.write(frame)
    await child.stdin.drain()
    (length,) = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))
    if length > ANSWER + sum(map(len, frames)):
        raise ValueError(length)
    return await child.stdout.readexactly(length)
