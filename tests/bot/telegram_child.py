"""The door in a process of its own, so that a test can have it killed: arguments are the Bot API's address, the
database's URL and, if it shall die, the crash point and which passing of it is the last."""

from __future__ import annotations

import asyncio
import sys

from telegram.ext import ApplicationBuilder

from alliance.notes import Note
from bot.application import build
from bot.door import TelegramDoor
from store.crashpoints import arm
from store.database import Database
from tests.bot.telegram_world import TOKEN, Counter, card, noon


async def main(address: str, url: str, *killed: str) -> None:
    if killed:
        arm(killed[0], int(killed[1]))
    desk = Counter()
    desk.answers["status"] = Note("Heute", items=(card(40),))
    database = Database(url)
    door = TelegramDoor(database, desk, build(ApplicationBuilder().token(TOKEN).base_url(address)), noon)
    await door.start()
    await asyncio.to_thread(sys.stdin.read)
    await door.stop()
    database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
