"""The other bare bot we stand beside: aiogram as it comes, in memory, giving back what it was told.

Run with the address of the Bot API and the token, in the environment that ``benchmarks/peers.txt`` describes. Like the
other one it sends a text back, and answers a pressed button and edits its message. It takes up all updates at once, so
that answers to one person may overtake each other.
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher, F  # type: ignore[import-not-found, unused-ignore]
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found, unused-ignore]
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found, unused-ignore]
from aiogram.types import CallbackQuery, Message  # type: ignore[import-not-found, unused-ignore]


async def text(message: Message) -> None:
    """Send the text back."""
    await message.answer(message.text)


async def press(query: CallbackQuery) -> None:
    """Answer the query and edit the message."""
    await query.answer()
    await query.message.edit_text(query.data)


async def main(base_url: str, token: str) -> None:
    """Poll until SIGTERM."""
    server = TelegramAPIServer.from_base(base_url.removesuffix("/bot"))
    dispatcher = Dispatcher()
    dispatcher.message.register(text, F.text)
    dispatcher.callback_query.register(press)
    await dispatcher.start_polling(Bot(token, session=AiohttpSession(api=server)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
