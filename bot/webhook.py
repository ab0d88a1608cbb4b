"""Updates that Telegram brings by itself: an aiohttp handler for its posts, and the call that asks for them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hmac import compare_digest

import structlog
from aiohttp import web
from telegram.error import TelegramError

from bot.api import Bot
from bot.ingress import ALLOWED, Ingress
from bot.transport import Transport

log = structlog.get_logger()

CONNECTIONS = 40
HEADER = "X-Telegram-Bot-Api-Secret-Token"

_SECRET = re.compile("[A-Za-z0-9_-]{1,256}")


def is_secret(text: str) -> bool:
    """Whether Telegram takes this as a webhook's secret."""
    return _SECRET.fullmatch(text) is not None


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates (HTTPS, port 443, 80, 88 or 8443) and the secret that it says with each.

    The secret has 1-256 of ``A-Z a-z 0-9 _ -`` (https://core.telegram.org/bots/api#setwebhook). Raises ValueError for
    any other: without one, everybody could speak for Telegram.
    """

    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not is_secret(self.secret):
            raise ValueError("no secret that Telegram takes")

    async def ask_for(self, bot: Bot) -> None:
        """Ask Telegram to bring updates. Raises TelegramError."""
        await bot.set_webhook(self.url, secret_token=self.secret, allowed_updates=ALLOWED, max_connections=CONNECTIONS)


def handler(ingress: Ingress, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler for POST: 403 without the secret, 200 once the update is stored, 503 when it cannot be stored now."""

    async def receive(request: web.Request) -> web.Response:
        if not compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = Transport.parse_json_payload(await request.read())
        except TelegramError as error:
            # a 2xx all the same: Telegram would bring it again and again and hold back that chat's other updates
            log.error("webhook: no JSON", action="telegram-malformed", error=type(error).__name__)  # noqa: TRY400
            return web.Response()
        try:
            await ingress.accept([update])
        except Exception as error:
            log.error("webhook: not stored", action="telegram-not-stored", error=type(error).__name__)  # noqa: TRY400
            return web.Response(status=503)
        return web.Response()

    return receive
