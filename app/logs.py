"""Logs: one JSON line each on standard error, with ids only."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

log = structlog.get_logger()

PLACES = 8  # of an error that are told, the innermost first


def configure(level: str) -> None:
    """Send our own and the libraries' logs to standard error; the libraries only from warnings on."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _tell_error,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(name)s: %(message)s"))
    logging.basicConfig(level=max(threshold, logging.WARNING), handlers=[handler], force=True)
    # It repeats whole requests, and what people wrote is in them
    logging.getLogger("mail.log").setLevel(logging.ERROR)


def of_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The event loop's exception handler: its own one quotes the error."""
    log.error(context.get("message", ""), action="loop", exc_info=context.get("exception"))


def told(error: BaseException) -> str:
    """Kind and places of an error and of what led to it, but no message: that may quote what people wrote.

    PostgreSQL, for one, names the whole row that breaks a rule.
    """
    return " ← ".join(map(_one, _chain(error)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _one(error: BaseException) -> str:
    frames = reversed(traceback.extract_tb(error.__traceback__)[-PLACES:])
    places = ", ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} ({places})"


def _tell_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    error = sys.exc_info()[1] if error is True else error
    if isinstance(error, BaseException):
        event["exception"] = told(error)
    return event


class _Formatter(logging.Formatter):
    """For the libraries' logs."""

    def formatException(  # noqa: N802 - the library's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return told(ei[1]) if ei[1] else ""
