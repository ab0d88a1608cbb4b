"""The order of work."""

from __future__ import annotations

import asyncio

import pytest
from telegram import CallbackQuery, Update, User

from bot.lanes import Lanes


def update(person: int) -> Update:
    return Update(1, callback_query=CallbackQuery("1", User(person, "E", False), "1", data="x"))


class Work:
    """Work that lasts until it is let go."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.begun: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    def start(self, person: int, name: str) -> asyncio.Task[None]:
        self.gates[name] = asyncio.Event()

        async def work() -> None:
            self.begun.append(name)
            await self.gates[name].wait()

        async def in_lane() -> None:
            await self.lanes.process_update(update(person), work())

        return asyncio.create_task(in_lane())


async def turns() -> None:
    """Let everything that can run do so."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_one_persons_updates_wait_for_each_other_and_others_do_not() -> None:
    work = Work(Lanes())
    tasks = [work.start(1, "a1"), work.start(1, "a2"), work.start(2, "b1")]
    await turns()
    assert work.begun == ["a1", "b1"]
    work.gates["a1"].set()
    await turns()
    assert work.begun == ["a1", "b1", "a2"]
    for gate in work.gates.values():
        gate.set()
    await asyncio.gather(*tasks)


async def test_no_more_than_the_limit_run_at_once() -> None:
    work = Work(Lanes(at_once=2))
    tasks = [work.start(person, f"p{person}") for person in range(1, 5)]
    await turns()
    assert work.begun == ["p1", "p2"]
    work.gates["p2"].set()
    await turns()
    assert work.begun == ["p1", "p2", "p3"]
    for gate in work.gates.values():
        gate.set()
    await asyncio.gather(*tasks)


async def test_a_flood_of_one_person_takes_no_place_from_others() -> None:
    work = Work(Lanes(at_once=2))
    tasks = [work.start(1, f"a{number}") for number in range(50)]
    tasks.append(work.start(2, "b"))
    await turns()
    assert work.begun == ["a0", "b"]
    for gate in work.gates.values():
        gate.set()
    await asyncio.gather(*tasks)
    assert [name for name in work.begun if name != "b"] == [f"a{number}" for number in range(50)]


async def test_a_failure_does_not_close_the_lane() -> None:
    lanes = Lanes()

    async def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await lanes.process_update(update(1), fail())
    work = Work(lanes)
    task = work.start(1, "next")
    await turns()
    assert work.begun == ["next"]
    work.gates["next"].set()
    await task


@pytest.mark.parametrize("running", [0, 1, 2])
async def test_cancelling_at_the_end_leaves_nothing_behind(running: int) -> None:
    lanes = Lanes()
    work = Work(lanes)
    tasks = [work.start(1, f"a{number}") for number in range(3)]
    for _ in range(running):
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert lanes._lanes == {}
