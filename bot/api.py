"""The few methods of the Bot API that run for every update, called without the library's detours.

They cost the library ten times as much, mostly for reading back messages that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.limits import Limits
from bot.transport import Transport

Bot = ExtBot[Any]
Rows = list[list[dict[str, str]]]

_SHOWN = {"parse_mode": "HTML", "link_preview_options": '{"is_disabled":true}'}


class Api:
    """Calls methods in the name of a bot made by :func:`bot.application.build`; shares its transport and its limits.

    Every method raises the library's errors. ``priority`` is for :class:`bot.limits.Limits`.
    """

    def __init__(self, bot: Bot) -> None:
        transport, limits = bot.request, bot.rate_limiter
        if not isinstance(transport, Transport) or not isinstance(limits, Limits):
            raise TypeError("the application must come from bot.application.build")
        self.bot = bot
        self._transport = transport
        self._limits = limits

    async def get_updates(self, offset: int, hold: int, allowed: list[str]) -> list[Any]:
        """Updates as they came, unread; the server holds the call for up to ``hold`` seconds."""
        fields = {"timeout": str(hold), "allowed_updates": orjson.dumps(allowed).decode()}
        if offset:
            fields["offset"] = str(offset)
        return list(await self._call("getUpdates", fields, hold + 10))

    async def send(self, chat_id: int, html: str, rows: Rows, priority: int | None = None) -> None:
        """Send a message with its buttons."""
        await self._limited("sendMessage", {"chat_id": str(chat_id), "text": html} | _keyboard(rows) | _SHOWN, priority)

    async def edit(self, chat_id: int, message_id: int, html: str, rows: Rows, priority: int | None = None) -> None:
        """Put a text and its buttons in place of those of a message."""
        fields = {"chat_id": str(chat_id), "message_id": str(message_id), "text": html}
        await self._limited("editMessageText", fields | _keyboard(rows) | _SHOWN, priority)

    async def answer(self, query_id: str, toast: str) -> None:
        """End the wait of a pressed button; ``toast`` flashes up unless it is empty."""
        fields = {"callback_query_id": query_id}
        await self._limited("answerCallbackQuery", fields | ({"text": toast} if toast else {}), None)

    async def _limited(self, method: str, fields: dict[str, str], priority: int | None) -> None:
        await self._limits.process_request(self._call, (method, fields), {}, method, fields, priority)

    async def _call(self, method: str, fields: Mapping[str, str], seconds: float | None = None) -> Any:
        body = urlencode(fields).encode()
        wait = self._transport.read_timeout if seconds is None else seconds
        status, payload = await self._transport.post_form(f"{self.bot.base_url}/{method}", body, wait)
        answer = self._transport.parse_json_payload(payload)
        if status != 200 or not isinstance(answer, dict):
            raise refusal(status, answer)
        return answer.get("result")


def _keyboard(rows: Rows) -> dict[str, str]:
    return {"reply_markup": orjson.dumps({"inline_keyboard": rows}).decode()} if rows else {}


def refusal(status: int, answer: Any) -> TelegramError:
    """The library's error for a refused call (core.telegram.org/bots/api#making-requests)."""
    told = answer if isinstance(answer, dict) else {}
    said, parameters = str(told.get("description", "")), told.get("parameters") or {}
    if "migrate_to_chat_id" in parameters:
        return ChatMigrated(int(parameters["migrate_to_chat_id"]))
    match status:
        case 400:
            return BadRequest(said)
        case 401 | 404:
            return InvalidToken()
        case 403:
            return Forbidden(said)
        case 409:
            return Conflict(said)
        case 429:
            return RetryAfter(int(parameters.get("retry_after", 1)))
        case _:
            return NetworkError(f"HTTP {status}")
