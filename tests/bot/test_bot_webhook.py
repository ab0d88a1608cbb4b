"""Updates that Telegram brings by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram_world import ERIKA, MAX, World, card, noon, open_world
from test_bot_answers import limit_pages

from alliance.notes import Note
from bot.webhook import HEADER, Webhook

SECRET = "a-long-Secret_1"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as made:
        application = web.Application()
        runner = web.AppRunner(application, access_log=None)

        async def receive(request: web.Request) -> web.Response:
            return await made.door.receive(request)

        application.router.add_post("/telegram", receive)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
        made.door = made.new_door(webhook=Webhook(url, SECRET))
        await made.door.start()
        made.url = url  # type: ignore[attr-defined]
        yield made
        await runner.cleanup()


async def post(world: World, body: bytes, secret: str | None = SECRET) -> int:
    headers = {"Content-Type": "application/json"} | ({HEADER: secret} if secret is not None else {})
    url: str = world.url  # type: ignore[attr-defined]
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


def update(number: int = 5, text: str = "hallo") -> dict[str, Any]:
    erika = {"id": ERIKA, "is_bot": False, "first_name": "Erika"}
    chat = {"id": ERIKA, "type": "private", "first_name": "Erika"}
    date = int(noon().timestamp())
    return {"update_id": number, "message": {"message_id": 1, "date": date, "chat": chat, "from": erika, "text": text}}


def encoded(value: object) -> bytes:
    return aiohttp.payload.JsonPayload(value)._value  # type: ignore[no-any-return]


async def test_people_are_answered_through_the_webhook(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    assert world.door.healthy
    shown = await world.said(ERIKA, "status")
    assert await world.pressed(ERIKA, shown, "+ 20") == "gespeichert"
    await world.said(MAX, "hello")
    assert not [method for method, _ in world.api.requests if method == "getUpdates"]


@pytest.mark.parametrize("secret", ["wrong", "", None, SECRET + "x", "ä"])
async def test_without_the_secret_nothing_is_taken(world: World, secret: str | None) -> None:
    assert await post(world, encoded(update()), secret) == 403
    assert world.rows() == []


async def test_an_update_is_stored_before_it_is_acknowledged(world: World) -> None:
    assert await post(world, encoded(update(77))) == 200
    assert [row.external_id for row in world.rows()] == ["77"]


async def test_an_update_that_is_brought_twice_is_heard_once(world: World) -> None:
    world.api.say(ERIKA, "vorher")
    assert await post(world, encoded(update(77))) == 200
    assert await post(world, encoded(update(77))) == 200
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    assert sorted(world.deeds()) == ["hallo", "vorher"]


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"7", b'{"update_id": "x"}', b'{"message": {}}'])
async def test_nonsense_is_acknowledged_so_that_it_does_not_come_again(world: World, body: bytes) -> None:
    assert await post(world, body) == 200
    assert world.rows() == []


async def test_a_full_disk_is_not_acknowledged(world: World) -> None:
    limit_pages(world, 0)
    assert await post(world, encoded(update(text="x" * 20_000))) == 503
    limit_pages(world, 1000)
    assert await post(world, encoded(update(text="x" * 20_000))) == 200
    assert len(world.rows()) == 1
