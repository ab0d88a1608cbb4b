"""Updates that Telegram brings by itself."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from alliance.notes import Note
from bot.webhook import HEADER, Webhook
from tests.bot.telegram_world import ERIKA, MAX, World, card, limit_pages, noon

SECRET = "a-long-Secret_1"


@pytest.fixture(autouse=True)
async def address(world: World) -> AsyncIterator[str]:
    """Where the door takes updates; Telegram knows it."""
    application = web.Application()
    runner = web.AppRunner(application, access_log=None)

    async def receive(request: web.Request) -> web.Response:
        return await world.door.receive(request)

    application.router.add_post("/telegram", receive)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    world.door = world.new_door(webhook=Webhook(url, SECRET))
    await world.door.start()
    yield url
    await world.door.stop()
    await runner.cleanup()


async def post(address: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {"Content-Type": "application/json"} | ({HEADER: secret} if secret is not None else {})
    async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as answer:
        return answer.status


def update(number: int = 5, text: str = "hallo") -> dict[str, Any]:
    erika = {"id": ERIKA, "is_bot": False, "first_name": "Erika"}
    chat = {"id": ERIKA, "type": "private", "first_name": "Erika"}
    date = int(noon().timestamp())
    return {"update_id": number, "message": {"message_id": 1, "date": date, "chat": chat, "from": erika, "text": text}}


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


async def test_people_are_answered_through_the_webhook(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    assert world.door.healthy
    shown = await world.said(ERIKA, "status")
    assert await world.pressed(ERIKA, shown, "+ 20") == "gespeichert"
    await world.said(MAX, "hello")
    assert not [method for method, _ in world.api.requests if method == "getUpdates"]


@pytest.mark.parametrize("secret", ["wrong", "", None, SECRET + "x", "ä"])
async def test_without_the_secret_nothing_is_taken(world: World, address: str, secret: str | None) -> None:
    assert await post(address, encoded(update()), secret) == 403
    assert world.rows() == []


@pytest.mark.parametrize("secret", ["", "ä", "x" * 257, "two words"])
def test_a_webhook_without_a_proper_secret_cannot_be_made(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook("https://example.org/telegram", secret)


async def test_an_update_is_stored_before_it_is_acknowledged(world: World, address: str) -> None:
    assert await post(address, encoded(update(77))) == 200
    assert [row.external_id for row in world.rows()] == ["77"]


async def test_an_update_that_is_brought_twice_is_heard_once(world: World, address: str) -> None:
    world.api.say(ERIKA, "vorher")
    assert await post(address, encoded(update(77))) == 200
    assert await post(address, encoded(update(77))) == 200
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    assert sorted(world.deeds()) == ["hallo", "vorher"]


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"7", b'{"update_id": "x"}', b'{"message": {}}'])
async def test_nonsense_is_acknowledged_so_that_it_does_not_come_again(world: World, address: str, body: bytes) -> None:
    assert await post(address, body) == 200
    assert world.rows() == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.fault(9)
async def test_a_full_disk_is_not_acknowledged(world: World, address: str) -> None:
    limit_pages(world, 0)
    assert await post(address, encoded(update(text="x" * 20_000))) == 503
    limit_pages(world, 1000)
    assert await post(address, encoded(update(text="x" * 20_000))) == 200
    assert len(world.rows()) == 1
