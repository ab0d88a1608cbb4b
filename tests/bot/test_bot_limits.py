"""Our own limits and the server's 429."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.limits import BROADCAST, Bucket, Limits


class Server:
    """Notes down what is sent; refuses the chats in ``flooded``. ``now`` is its clock."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.flooded: dict[Any, int] = {}
        self.now = 1000.0
        self.limits = Limits(lambda: self.now)

    async def send(self, chat: Any, priority: int | None = None) -> None:
        async def callback() -> None:
            if chat in self.flooded:
                raise RetryAfter(self.flooded[chat])
            self.sent.append(chat)

        data = {"chat_id": chat} if chat else {}
        await self.limits.process_request(callback, (), {}, "sendMessage", data, priority)


async def left(server: Server, chat: Any) -> float:
    """Seconds that a chat is paused."""
    with pytest.raises(RetryAfter) as refused:
        await server.send(chat)
    after = refused.value.retry_after
    assert isinstance(after, timedelta)
    return after.total_seconds()


def test_a_bucket_gives_a_burst_and_then_one_token_at_a_time() -> None:
    bucket = Bucket(rate=1, burst=3)
    for _ in range(3):
        assert bucket.wait(100) == 0
        bucket.take(100)
    assert bucket.wait(100) == 1
    assert bucket.wait(100.75) == 0.25
    assert bucket.wait(101) == 0
    assert not bucket.is_full(102)
    assert bucket.is_full(103)


def test_debts_of_a_bucket_are_bounded() -> None:
    bucket = Bucket(rate=30, burst=30)
    for _ in range(10_000):
        bucket.take(5)
    assert bucket.wait(5) == pytest.approx(31 / 30)


@pytest.mark.fault(50)
async def test_a_chats_429_pauses_that_chat_and_no_other() -> None:
    server = Server()
    server.flooded = {"a": 7}
    assert await left(server, "a") == 7
    server.flooded = {}
    server.now += 2
    assert await left(server, "a") == 5
    await server.send("b")
    server.now += 5
    await server.send("a")
    assert server.sent == ["b", "a"]


async def test_a_429_in_a_second_chat_pauses_everything_once() -> None:
    server = Server()
    server.flooded = {"a": 7, "b": 20}
    await left(server, "a")
    await left(server, "b")
    server.flooded = {}
    assert await left(server, "c") == 20
    server.now += 8
    assert await left(server, "a") == 12
    server.now += 12
    await server.send("c")
    assert server.sent == ["c"]


async def test_a_429_outside_of_chats_pauses_everything() -> None:
    server = Server()
    server.flooded = {None: 3}
    await left(server, None)
    assert await left(server, "a") == 3


@pytest.mark.fault(50)
async def test_a_pause_is_not_lifted_by_a_request_that_ends_meanwhile() -> None:
    server = Server()
    server.flooded = {None: 30}
    under_way = asyncio.Event()

    async def slow() -> None:
        await under_way.wait()

    request = asyncio.create_task(server.limits.process_request(slow, (), {}, "sendMessage", {"chat_id": "x"}, None))
    await asyncio.sleep(0)
    await left(server, None)
    under_way.set()
    await request
    assert await left(server, "y") == 30


async def test_broadcasts_wait_for_their_turn_and_answers_do_not() -> None:
    server = Server()
    server.limits = Limits()
    for _ in range(3):
        await server.send("a", BROADCAST)
    waiting = asyncio.create_task(server.send("a", BROADCAST))
    await server.send("b", BROADCAST)
    await server.send("a")
    assert not waiting.done()
    assert server.sent == ["a"] * 3 + ["b", "a"]
    waiting.cancel()


async def test_the_fourth_broadcast_to_a_chat_waits_about_a_second() -> None:
    server = Server()
    server.limits = Limits()
    loop = asyncio.get_running_loop()
    start = loop.time()
    for _ in range(4):
        await server.send("a", BROADCAST)
    assert 0.9 < loop.time() - start < 30


async def test_answers_are_as_quick_as_those_who_ask() -> None:
    server = Server()
    for _ in range(500):
        await server.send("a")
    assert len(server.sent) == 500


async def test_chats_that_are_quiet_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.limits.REMEMBERED", 10)
    server = Server()
    for number in range(1000):
        server.now += 10
        await server.send(number)
    assert len(server.limits._chats) <= 10


# --- beside other instances


def spaced(limits: list[Limits], chat: int, seconds: float, servers: list[Server]) -> list[float]:
    """When bubbles go into this chat if each instance sends as soon as it may, on one clock."""
    sent: list[float] = []
    now = servers[0].now
    until = now + seconds
    while now < until:
        for server, limit in zip(servers, limits, strict=True):
            server.now = now
            bucket = limit._bucket(chat)
            if not max(limit._overall.wait(now), bucket.wait(now)):
                limit._overall.take(now)
                bucket.take(now)
                sent.append(now)
        now += 0.01
    return sent


@pytest.mark.parametrize("instances", [1, 2, 3])
def test_all_instances_together_keep_to_one_a_second_into_a_chat_and_twenty_a_minute_into_a_group(
    instances: int,
) -> None:
    servers = [Server() for _ in range(instances)]
    limits = [Limits(lambda: servers[0].now, share=lambda: 1 / instances) for _ in servers]
    assert len(spaced(limits, 4711, 60, servers)) <= 60 + 3
    assert len(spaced(limits, -4711, 60, servers)) <= 20


@pytest.mark.parametrize("instances", [1, 2, 3, 7])
def test_all_instances_together_keep_to_thirty_a_second(instances: int) -> None:
    buckets = [Bucket(30, 30, lambda: 1 / instances) for _ in range(instances)]
    sent = 0
    for step in range(1_000):
        now = 100 + step / 100
        for bucket in buckets:
            while not bucket.wait(now):
                bucket.take(now)
                sent += 1
    assert 300 <= sent <= 330 + instances


async def test_a_broadcast_whose_turn_is_far_away_is_given_back() -> None:
    server = Server()
    server.limits = Limits(lambda: server.now, share=lambda: 1 / 100)
    await server.send(4711, BROADCAST)
    with pytest.raises(RetryAfter) as refused:
        await server.send(4711, BROADCAST)
    after = refused.value.retry_after
    assert isinstance(after, timedelta)
    assert after == timedelta(seconds=100)
