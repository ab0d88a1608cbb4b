"""kill -9 at each named place: nothing is lost, every deed is done once."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from tests.bot.telegram_world import ERIKA, MAX, World, button
from tests.waiting import until

ROOT = Path(__file__).parents[2]
PLACES = ["telegram-fetched", "telegram-kept", "telegram-before-deed", "telegram-before-commit", "telegram-committed"]


async def start(world: World, *killed: str) -> asyncio.subprocess.Process:
    """The door as another process; with a crash point and a number it dies there."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.telegram_child",
        world.api.base_url,
        world.url,
        *killed,
        stdin=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )


async def die(process: asyncio.subprocess.Process) -> None:
    assert await process.wait() == -signal.SIGKILL


async def stop(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.close()
    assert await process.wait() == 0


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.fault(1, 2)
async def test_words_survive_a_kill(world: World, place: str) -> None:
    world.api.say(ERIKA, "M12 60 %")
    await die(await start(world, place, "1"))
    assert world.shown(ERIKA) == []
    again = await start(world)
    await world.api.wait_for(lambda: len(world.shown(ERIKA)) == 1, 30)
    await stop(again)
    assert world.texts(ERIKA) == ["<b>gehört: M12 60 %</b>"]
    assert world.deeds() == ["M12 60 %"]
    assert world.states() == ["done"]


@pytest.mark.parametrize("place", ["telegram-before-commit", "telegram-committed"])
@pytest.mark.fault(2)
async def test_a_tap_survives_a_kill_and_still_edits_its_card(world: World, place: str) -> None:
    process = await start(world, place, "2")
    world.api.say(ERIKA, "status")
    await until(lambda: world.states() == ["done"])  # shown, and marked as such
    shown = world.shown(ERIKA)[0]
    data = button(shown, "+ 20").data
    assert data is not None
    world.api.press(ERIKA, shown.message_id, data)
    await die(process)
    again = await start(world)
    await world.api.wait_for(lambda: world.shown(ERIKA)[0].edited, 30)
    await stop(again)
    assert len(world.shown(ERIKA)) == 1
    assert "60 %" in world.shown(ERIKA)[0].html
    assert world.api.toasts(ERIKA) == ["gespeichert"]
    assert world.deeds() == ["status", "ReportProgress"]
    assert world.states() == ["done", "done"]


@pytest.mark.fault(1, 2)
async def test_a_backlog_survives_a_kill_in_the_middle(world: World) -> None:
    people = range(2000, 2020)
    for person in people:
        world.api.enter(person, "Person")
        for number in range(5):
            world.api.say(person, f"{person} {number}")
    await die(await start(world, "telegram-committed", "30"))
    again = await start(world)
    await world.api.wait_for(lambda: all(len(set(world.texts(person))) == 5 for person in people), 60)
    await stop(again)
    for person in people:
        heard = [what for what in world.deeds() if what.startswith(f"{person} ")]
        assert heard == [f"{person} {number}" for number in range(5)]
    assert set(world.states()) == {"done"}


@pytest.mark.fault(7)
async def test_what_kills_us_three_times_is_set_aside_and_the_rest_goes_on(world: World) -> None:
    world.api.say(ERIKA, "gift")
    for _ in range(3):
        await die(await start(world, "telegram-before-deed", "1"))
    world.api.say(MAX, "hello")
    last = await start(world)
    await world.api.wait_for(lambda: bool(world.shown(ERIKA) and world.shown(MAX)), 30)
    await stop(last)
    assert world.texts(ERIKA) == ["<b>Das hat nicht geklappt</b>"]
    assert world.deeds() == ["hello"]
    assert world.states() == ["quarantined", "done"]
