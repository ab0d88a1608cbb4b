"""The fence: unusual letters are read in a process of their own, and nothing they do there reaches the house."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import termios
from base64 import encodebytes
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mail import fence, fenced
from mail.bounces import Failure
from mail.contents import Contents, Identity, contents, outside
from mail.fence import Fence, NoFence, is_unusual
from mail.screening import Kind
from tests.mail.fenced_processes import children, command
from tests.mail.mail_world import ERIKA, HOUSE, letter
from tests.waiting import until

OWN = Identity(HOUSE, "mx.example.org")
SENT = date(2026, 3, 2)
PICTURE = encodebytes(b"\x89PNG" * 1_500_000)
WITH_PICTURE = letter(
    b"--x\r\nContent-Type: text/plain\r\n\r\nM12 60 %\r\n--x\r\nContent-Type: image/png\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n" + PICTURE + b"--x--",
    headers=b"Content-Type: multipart/mixed; boundary=x\r\n",
)
SMALL = letter()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


@pytest.fixture
async def place() -> AsyncIterator[Fence]:
    """A fence, with its process gone at the end."""
    place = Fence()
    yield place
    await place.close()
    assert children() == []


def waits_in_pipe(pid: int) -> bool:
    """Whether the process has been given something that it has not read."""
    with Path(f"/proc/{pid}/fd/0").open("rb", buffering=0) as pipe:
        return any(fcntl.ioctl(pipe, termios.FIONREAD, b"\0\0\0\0"))


async def read(place: Fence, raw: bytes = SMALL) -> Contents:
    return await place.contents(raw, OWN, SENT)


def test_what_is_big_or_in_many_parts_is_unusual() -> None:
    assert is_unusual(letter(b"x" * fence.SIZE))
    assert is_unusual(letter(b"\r\n--x\r\n" * (fence.PARTS + 1)))
    assert not is_unusual(letter(b"x" * 50_000))
    assert not is_unusual(letter(b"\r\n--x\r\n" * 20))


async def test_a_letter_says_the_same_behind_the_fence(place: Fence) -> None:
    assert children() == []
    assert await read(place, WITH_PICTURE) == contents(WITH_PICTURE, OWN, SENT)
    assert (await read(place, WITH_PICTURE)).text == "M12 60 %"
    assert len(children()) == 1


async def test_a_letter_with_more_parts_than_usual_is_read_behind_the_fence(place: Fence) -> None:
    rulers = letter(b"M12 60 %\r\n" + b"--------\r\n" * 300, headers=b"Content-Type: multipart/mixed; boundary=x\r\n")
    raw = rulers.replace(b"\r\n\r\n", b"\r\n\r\n--x\r\n\r\n")
    assert contents(raw, OWN, SENT).unreadable == "too-complex"
    assert (await read(place, raw)).text.startswith("M12 60 %")
    bomb = letter(b"--x\r\n\r\n" * 50_000, headers=b"Content-Type: multipart/mixed; boundary=x\r\n")
    assert (await read(place, bomb)).unreadable == "too-complex"


@pytest.mark.fault(34)
async def test_a_process_that_hangs_is_killed_and_replaced(place: Fence, monkeypatch: pytest.MonkeyPatch) -> None:
    await read(place)
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)
    monkeypatch.setattr(fence, "PATIENCE", 0.5)
    found = await read(place, WITH_PICTURE)
    assert (found.unreadable, found.email, found.text) == ("too-complex", ERIKA, "")
    monkeypatch.setattr(fence, "PATIENCE", 30.0)
    assert (await read(place)).text == "M12 60 %"
    assert pid not in children()


async def test_a_letter_that_kills_the_process_is_given_up_and_the_next_one_read(
    place: Fence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fence, "PATIENCE", 60.0)  # it ends because the process is gone, not because it was slow
    await read(place)
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)
    waiting = asyncio.create_task(read(place))
    await until(lambda: waits_in_pipe(pid))
    os.kill(pid, signal.SIGKILL)
    assert (await waiting).unreadable == "too-complex"
    assert (await read(place)).text == "M12 60 %"


@pytest.mark.fault(34)
async def test_a_letter_that_takes_too_much_memory_is_given_up(place: Fence) -> None:
    await read(place)
    (pid,) = children()
    used = int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()
    resource.prlimit(pid, resource.RLIMIT_AS, (used + 4_000_000, resource.RLIM_INFINITY))
    assert (await read(place, WITH_PICTURE)).unreadable == "too-complex"
    assert (await read(place, WITH_PICTURE)).text == "M12 60 %"


@pytest.mark.fault(34)
async def test_the_process_has_limits_and_no_secrets(place: Fence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "geheim")
    for _ in range(2):
        await read(place)
        (pid,) = children()
        soft = {name: resource.prlimit(pid, getattr(resource, name))[0] for name in ("RLIMIT_AS", "RLIMIT_FSIZE")}
        assert soft == {"RLIMIT_AS": fenced.MEMORY, "RLIMIT_FSIZE": 0}
        ticks = sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
        limit = resource.prlimit(pid, resource.RLIMIT_CPU)[0]
        assert 0 < limit <= ticks / os.sysconf("SC_CLK_TCK") + fenced.CPU + 1
    assert b"geheim" not in Path(f"/proc/{pid}/environ").read_bytes()


async def test_a_stop_meant_for_the_house_does_not_cost_the_letter_in_the_process(place: Fence) -> None:
    await read(place)
    (pid,) = children()
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(pid, number)
        assert (await read(place)).text == "M12 60 %"
    assert children() == [pid]


async def test_the_process_leaves_when_nothing_unusual_comes(place: Fence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fence, "IDLE", 0.05)
    await read(place)
    (pid,) = children()
    await until(lambda: command(pid) == b"")
    assert (await read(place)).text == "M12 60 %"


async def test_the_process_stays_while_letters_come(place: Fence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fence, "IDLE", 30.0)
    await asyncio.gather(*(read(place) for _ in range(5)))
    assert len(children()) == 1


async def test_a_closed_fence_leaves_no_process_even_in_the_middle_of_a_letter(place: Fence) -> None:
    await read(place)
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)
    waiting = asyncio.create_task(read(place, WITH_PICTURE))
    await until(lambda: waits_in_pipe(pid))
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert command(pid) == b""


async def test_without_a_process_no_letter_is_blamed(place: Fence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fence, "_PROGRAM", (sys.executable, "-c", "print('hello')"))
    with pytest.raises(NoFence):
        await read(place)


HOUSE_THAT_DIES = """
import asyncio, os
from datetime import date
from mail.contents import Identity
from mail.fence import Fence
async def main():
    fence = Fence()
    await fence.contents(b"From: a@example.org", Identity(""), date(2026, 3, 2))
    print(fence._child.pid, flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""


async def test_the_process_ends_with_a_house_that_is_killed() -> None:
    house = subprocess.run([sys.executable, "-c", HOUSE_THAT_DIES], capture_output=True, check=False, timeout=30)
    pid = int(house.stdout)
    await until(lambda: b"mail.fenced" not in command(pid))


# --- what may be said across the fence

KNOWN = outside(SMALL, OWN)
BOUNCED = Contents(
    Kind.BOUNCE, ERIKA, "Erika Beispiel", "de", "", KNOWN.message_id,
    failures=(Failure("max@example.org", "permanent", "5.1.1", blames_address=True),),
)  # fmt: skip
AWAY = Contents(Kind.AUTO_REPLY, ERIKA, "Erika Beispiel", "de", "", KNOWN.message_id, until=date(2026, 3, 9))


@pytest.mark.parametrize("found", [contents(SMALL, OWN, SENT), BOUNCED, AWAY], ids=lambda found: str(found.kind))
def test_everything_that_can_be_found_comes_across(found: Contents) -> None:
    assert fenced.unpacked(fenced.packed(found), KNOWN) == found


def said(**other: Any) -> bytes:
    return json.dumps({**json.loads(fenced.packed(BOUNCED)), **other}).encode()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x80\x04K\x01.",
        b"[" * 100_000,
        b"[]",
        b"null",
        b"{}",
        said(kind="boss"),
        said(kind=["reply"]),
        said(text=7),
        said(text=None),
        said(until="soon"),
        said(until=5),
        said(failures=[["a@example.org", "permanent", "5.1.1"]]),
        said(failures=[["a@example.org", "for ever", "5.1.1", True]]),
        said(failures=[["a@example.org", "permanent", "5.1.1", 1]]),
        said(failures=[[7, "permanent", "5.1.1", True]]),
        said(failures=7),
        said(token=7),
    ],
)
def test_anything_else_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        fenced.unpacked(answer, KNOWN)


def test_nothing_said_behind_the_fence_changes_whose_letter_it_is() -> None:
    forged = said(
        kind="reply", email="buero@stadt.example.org", forged=False, token="abcdefghij234567", text="a\0b\u202e"
    )
    found = fenced.unpacked(forged, KNOWN)
    assert (found.email, found.token, found.text) == (ERIKA, "", "ab")
