"""The demo: stand-ins for the outside world, example data, a clock that can jump, and the page that shows it all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from app import example, service
from app.example import Example
from app.settings import Settings
from demo.page import Persona, page
from demo.postoffice import PostOffice
from demo.telegram import BotApi
from scheduler import jobs
from texts import say

TOKEN = "1:demo"  # noqa: S105  (known to the stand-in alone)
BOT = "zukunftsplan_demo_bot"
ADDRESS = "zukunftsplan@alliance.example.org"
PASSWORD = "demo"  # noqa: S105


class DemoClock:
    """Runs like the real clock, ahead of it by as much as it was told to jump."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self.service: service.Service | None = None

    def now(self) -> datetime:
        """The demo's present moment."""
        return datetime.now(UTC) + self._ahead

    async def next_thing(self, language: str) -> tuple[datetime, str] | None:
        """When something happens next by itself, and what."""
        parts = self._parts
        when, step = await parts.database.read(lambda session: jobs.next_thing(session, parts.house, self.now()))
        return when.astimezone(parts.house.zone), say(language, f"step-{step}")

    async def jump(self, to: datetime) -> None:
        """Go there, let happen what is due, and return when all of it has been sent."""
        self._ahead += max(to - self.now(), timedelta())
        await self._parts.heartbeat.beat()
        await self._parts.sender.drain()

    @property
    def _parts(self) -> service.Service:
        assert self.service is not None
        return self.service


@asynccontextmanager
async def demo(settings: Settings) -> AsyncIterator[service.Service]:
    """The assistant with the demo around it, on a database made anew."""
    async with AsyncExitStack() as stack:
        clock = DemoClock()
        telegram = BotApi(TOKEN, BOT, clock.now)
        await telegram.start()
        stack.push_async_callback(telegram.stop)
        post = PostOffice({ADDRESS: PASSWORD}, clock=clock.now)
        await asyncio.to_thread(post.start)
        stack.callback(post.stop)
        story = Example.read()
        _enter(telegram, story)
        site = page(_cast(story), telegram, post, clock, (story.data["assistant"], ADDRESS))
        pointed = pointed_at(settings, telegram, post)
        _forget_last_demo(pointed.data_folder)
        fill = partial(example.load, example=story, now=clock.now())
        parts = await stack.enter_async_context(service.running(pointed, clock.now, site, fill))
        clock.service = parts
        await parts.sender.drain()
        yield parts


def pointed_at(settings: Settings, telegram: BotApi, post: PostOffice) -> Settings:
    """The same settings as for the real world, with the stand-ins' addresses."""
    return settings.model_copy(
        update={
            "telegram_token": SecretStr(TOKEN),
            "telegram_base_url": telegram.base_url,
            "telegram_file_url": telegram.base_file_url,
            "mail_address": ADDRESS,
            "mail_user": ADDRESS,
            "mail_password": SecretStr(PASSWORD),
            "mail_plus_addresses": True,
            "imap_host": post.host,
            "imap_port": post.imap_port,
            "imap_tls": "none",
            "smtp_host": post.host,
            "smtp_port": post.smtp_port,
            "smtp_tls": "none",
            "database_url": settings.url,
            "backup_keep_days": 0,  # nobody misses a demo
        }
    )


def _forget_last_demo(folder: Path) -> None:
    for file in folder.glob("demo.*"):
        if file.suffix != ".lock":
            file.unlink()


def _enter(telegram: BotApi, story: Example) -> None:
    for entry in story.everyone():
        first, _, last = entry["name"].partition(" ")
        telegram.enter(entry["chat"], first, last)
        if "linked" in entry:
            telegram.know(entry["chat"])


def _cast(story: Example) -> list[Persona]:
    order = ("steel", "logistics", "office", "guest")
    return [_persona(story.person(key)) for key in order]


def _persona(entry: dict[str, Any]) -> Persona:
    return Persona(entry["key"], entry["name"], entry["role"], entry["chat"], entry["email"])
