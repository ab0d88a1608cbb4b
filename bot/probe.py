"""Asks Telegram what an operator wants to know: is the token good, who gets the updates, what time is it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

import aiohttp
from telegram.error import InvalidToken, TelegramError

from bot.application import App

Trouble = Literal["", "token", "address", "tls", "network"]
Reason = Literal["", "name", "refused", "timeout", "lost", "odd"]

CLOCK_PATIENCE = 5.0  # seconds


@dataclass(frozen=True)
class Probe:
    """What Telegram answered. ``reason`` says more about a network trouble; ``webhook`` is the host that has one."""

    trouble: Trouble = ""
    reason: Reason = ""
    username: str = ""
    webhook: str = ""
    server_time: datetime | None = None


async def probe(application: App) -> Probe:
    """Ask who we are and who gets the updates; fetches no update and changes nothing. Closes the connections it opens.

    Whether another program polls with this token cannot be seen without disturbing it.
    """
    bot = application.bot
    try:
        await bot.initialize()
        info = await bot.get_webhook_info()
        username = bot.username
    except TelegramError as error:
        trouble, reason = _trouble(error)
        return Probe(trouble, reason)
    finally:
        await bot.shutdown()
    # of a webhook only the host: people hide secrets in its path
    return Probe("", "", username, urlsplit(info.url).hostname or "", await _server_time(bot.base_url))


def _trouble(error: TelegramError) -> tuple[Trouble, Reason]:
    """The transport hides what happened, because it may quote the token; its kind is still to be had."""
    if isinstance(error, InvalidToken):
        return "token", ""
    match error.__context__:
        case aiohttp.InvalidURL():
            return "address", ""
        case aiohttp.ClientSSLError():
            return "tls", ""
        case aiohttp.ClientConnectorDNSError():
            return "network", "name"
        case aiohttp.ClientConnectorError(os_error=ConnectionRefusedError()):
            return "network", "refused"
        case TimeoutError():
            return "network", "timeout"
        case aiohttp.ClientError():
            return "network", "lost"
        case _:
            return "network", "odd"


async def _server_time(base_url: str) -> datetime | None:
    """The Date of an answer (RFC 9110, 6.6.1), None if there is none. Asks the bare host: the address has the token."""
    address = urlsplit(base_url)
    timeout = aiohttp.ClientTimeout(total=CLOCK_PATIENCE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=False) as session,
            session.head(f"{address.scheme}://{address.netloc}/", allow_redirects=False) as answer,
        ):
            date = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
    return date.replace(tzinfo=date.tzinfo or UTC)
