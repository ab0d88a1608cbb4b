"""The list of commands that Telegram shows, per language and for the office."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from telegram import BotCommandScope, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.api import Bot
from bot.deeds import Desk

log = structlog.get_logger()

LANGUAGES = (("", "de"), ("en", "en"))  # Telegram's language code, "" for everybody else, and ours


async def publish_menu(bot: Bot, desk: Desk) -> None:
    """Set the commands for all private chats. What is refused is logged, no more."""
    await _publish_all(bot, desk, BotCommandScopeAllPrivateChats(), office=False)


async def publish_office_menu(bot: Bot, desk: Desk, chats: Iterable[int]) -> None:
    """Set the office's commands for its chats."""
    for chat in chats:
        await _publish_all(bot, desk, BotCommandScopeChat(chat), office=True)


async def _publish_all(bot: Bot, desk: Desk, scope: BotCommandScope, *, office: bool) -> None:
    for code, language in LANGUAGES:
        await _publish(bot, desk.menu(language, office=office), scope, code)


async def _publish(bot: Bot, commands: list[tuple[str, str]], scope: BotCommandScope, code: str) -> None:
    try:
        await bot.set_my_commands(commands, scope=scope, language_code=code or None)
    except TelegramError as error:
        log.warning("commands not set", action="telegram-menu", scope=scope.type, error=type(error).__name__)
