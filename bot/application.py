"""The library's Application, set up for this door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram.ext import Application, ApplicationBuilder

from bot.lanes import Lanes
from bot.limits import Limits, whole
from bot.transport import Transport

App = Application[Any, Any, Any, Any, Any, Any]
Builder = ApplicationBuilder[Any, Any, Any, Any, Any, Any]


def builder(token: str, base_url: str, base_file_url: str) -> Builder:
    """A builder for the Bot API server at these addresses; both end in "/bot"."""
    return Application.builder().token(token).base_url(base_url).base_file_url(base_file_url)


def build(builder: Builder, pace: float = 1.0, share: Callable[[], float] = whole) -> App:
    """An Application from a builder that knows the token and the addresses of the Bot API.

    It has our transport, lanes and limits, no job queue (the scheduler is elsewhere) and no updater: fetching is
    :mod:`bot.ingress`'s. The handlers are added by :class:`bot.door.TelegramDoor`. ``pace`` and ``share`` are for
    :class:`bot.limits.Limits`.
    """
    transport = Transport()
    builder = builder.request(transport).get_updates_request(transport)
    builder = builder.rate_limiter(Limits(pace=pace, share=share)).concurrent_updates(Lanes())
    return builder.job_queue(None).updater(None).build()
