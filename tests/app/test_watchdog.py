"""What systemd is told: nothing that is not so."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app import watchdog

TWICE = 2_000  # microseconds between two words are half of this


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """A socket as systemd would listen on it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


def heard(systemd: socket.socket) -> list[str]:
    words = []
    with suppress(BlockingIOError):
        while True:
            words.append(systemd.recv(100).decode())
    return words


async def answers() -> None:
    """The database is well."""


async def test_it_says_that_we_live_again_and_again(systemd: socket.socket) -> None:
    task = asyncio.create_task(watchdog.keep_alive(systemd.getsockname(), TWICE, lambda: True, answers))
    words: list[str] = []
    while len(words) < 3:
        words.append((await asyncio.get_running_loop().sock_recv(systemd, 100)).decode())
    task.cancel()
    assert set(words) == {"WATCHDOG=1"}


@pytest.mark.parametrize("broken", ["clock", "database"])
async def test_it_is_silent_once_we_do_not(systemd: socket.socket, broken: str) -> None:
    looks = 0

    async def answers() -> None:
        nonlocal looks
        looks += 1
        if broken == "database":
            raise OSError

    beats = broken != "clock"
    task = asyncio.create_task(watchdog.keep_alive(systemd.getsockname(), TWICE, lambda: beats, answers))
    while looks < 3:
        await asyncio.sleep(0)
    task.cancel()
    assert heard(systemd) == []


async def test_without_systemd_nothing_is_said_and_nothing_runs(systemd: socket.socket) -> None:
    watchdog.notify("", watchdog.READY)
    await watchdog.keep_alive("", TWICE, lambda: True, answers)
    await watchdog.keep_alive(systemd.getsockname(), 0, lambda: True, answers)
    assert heard(systemd) == []


def test_it_says_that_we_are_ready_and_that_we_stop(systemd: socket.socket) -> None:
    for word in (watchdog.READY, watchdog.STOPPING):
        watchdog.notify(systemd.getsockname(), word)
    assert heard(systemd) == ["READY=1", "STOPPING=1"]


def test_a_socket_may_have_no_file() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0zukunftsplan-test-notify")
        listening.setblocking(False)
        watchdog.notify("@zukunftsplan-test-notify", watchdog.READY)
        assert heard(listening) == ["READY=1"]


def test_a_socket_that_nobody_reads_stops_nothing(tmp_path: Path) -> None:
    watchdog.notify(str(tmp_path / "nobody"), watchdog.READY)
