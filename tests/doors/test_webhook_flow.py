"""Updates that Telegram brings by itself: the secret opens the door, anything else stays outside."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import select

from store.tables import InboxRow
from tests.doors.stage import PASSWORD, Clock, Stage, StandIn, open_stage
from tests.town import CHATS, ERIKA, HOUSE

SECRET = "geheim-4711"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def stage(url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The assistant with a webhook in place of polling."""
    port = free_port()
    wishes = {
        "http_port": port,
        "telegram_mode": "webhook",
        "telegram_webhook_url": f"http://127.0.0.1:{port}/telegram",
        "telegram_webhook_secret": SECRET,
    }
    clock = Clock()
    post = StandIn({HOUSE.email: PASSWORD}, clock=clock.now)
    with post:
        async with open_stage(url, tmp_path, post, clock, **wishes) as stage:
            yield stage


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def bring(stage: Stage, number: int, text: str, **headers: str) -> int:
    """Post an update as Telegram would; the status of the answer."""
    chat = {"id": CHATS[ERIKA], "type": "private", "first_name": "Erika"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": {**chat, "is_bot": False}, "text": text}
    update = {"update_id": number, "message": message}
    async with aiohttp.ClientSession() as client:
        answer = await client.post(stage.service.settings.telegram_webhook_url, json=update, headers=headers)
        return answer.status


async def test_telegram_is_told_where_to_bring_updates_and_with_which_secret(stage: Stage) -> None:
    (asked,) = [fields for method, fields in stage.telegram.requests if method == "setWebhook"]
    assert (asked["url"], asked["secret_token"]) == (stage.service.settings.telegram_webhook_url, SECRET)
    async with aiohttp.ClientSession() as client:
        answer = await client.get(f"{stage.service.address}healthz")
        assert (answer.status, (await answer.json())["telegram"]) == (200, True)


async def test_words_and_taps_come_in_by_the_webhook(stage: Stage) -> None:
    await stage.says(ERIKA, "M1")
    assert await stage.taps(ERIKA, "50 %") == "Verstanden: 50 %"
    assert stage.measure(1).percent == 50
    assert stage.telegram.polls_held == 0


async def test_an_update_with_the_secret_is_heard_once_however_often_it_comes(stage: Stage) -> None:
    number = 900_000_001
    assert await bring(stage, number, "M1 60 %", **{HEADER: SECRET}) == 200
    await stage.chat_answered(number)
    assert await bring(stage, number, "M1 60 %", **{HEADER: SECRET}) == 200
    assert stage.measure(1).version == 1
    assert len(stage.messages(ERIKA)) == 1


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "geheim"}, {HEADER: SECRET.upper()}])
async def test_without_the_right_secret_nothing_happens(stage: Stage, headers: dict[str, str]) -> None:
    assert await bring(stage, 900_000_001, "M1 60 %", **headers) == 403
    await stage.says(ERIKA, "HILFE")
    rows = await stage.service.database.read(lambda session: session.exec(select(InboxRow.external_id)).all())
    assert rows != []
    assert "900000001" not in rows
    assert stage.measure(1).percent == 0
