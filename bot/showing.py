"""Bubbles on their way into a chat, and what an error on that way means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from bot import buttons, limits
from bot.api import Api
from bot.transport import Interrupted
from bot.views import Bubble
from store.outbox import Outcome, Result

PaperFile = tuple[str, str, bytes]  # name, media type, content


@dataclass
class Showing:
    """What is to appear in a chat, and how far it has come, so that a second try goes on where the first one ended.

    ``edits`` is the message that the bubble number ``place`` takes the place of, 0 for none.
    """

    chat_id: int
    bubbles: Sequence[Bubble]
    keys: Sequence[str]
    papers: Sequence[PaperFile] = ()
    edits: int = 0
    place: int = 0
    done: int = 0


async def put(api: Api, showing: Showing, priority: int | None = None) -> Outcome:
    """Show what is not shown yet. ``priority`` is for :class:`bot.limits.Limits`."""
    try:
        try:
            await _put(api, showing, priority)
        except ChatMigrated as moved:
            showing.chat_id = moved.new_chat_id
            await _put(api, showing, priority)
    except TelegramError as error:
        return judge(error)
    return Outcome(Result.SENT)


async def _put(api: Api, showing: Showing, priority: int | None) -> None:
    for number in range(showing.done, len(showing.bubbles)):
        if showing.edits and number == showing.place:
            await _edit(api, showing, number, priority)
        else:
            await _send(api, showing, number, priority)
        showing.done = number + 1
    for name, _media_type, content in showing.papers[showing.done - len(showing.bubbles) :]:
        await api.bot.send_document(showing.chat_id, content, filename=name, rate_limit_args=priority)
        showing.done += 1


async def _edit(api: Api, showing: Showing, number: int, priority: int | None) -> None:
    """Put the bubble in place of the pressed one; send it anew if that is gone or cannot be edited any more."""
    bubble, key = showing.bubbles[number], showing.keys[number]
    try:
        await api.edit(showing.chat_id, showing.edits, bubble.html, buttons.rows(bubble, key), priority)
    except BadRequest as error:
        if judge(error).result != Result.SENT:
            await _send(api, showing, number, priority)


async def _send(api: Api, showing: Showing, number: int, priority: int | None) -> None:
    bubble, key = showing.bubbles[number], showing.keys[number]
    await api.send(showing.chat_id, bubble.html, buttons.rows(bubble, key), priority)


def judge(error: TelegramError) -> Outcome:
    """What an error means for the message that met it. BadRequest is a NetworkError too, so it is looked at first."""
    code = f"{type(error).__name__}: {_phrase(error)}"
    said = error.message.lower()
    match error:
        case RetryAfter():
            return Outcome(Result.LATER, "RetryAfter", timedelta(seconds=limits.seconds(error)))
        case Forbidden():
            # this one may pass: the person has not blocked the bot
            return Outcome(Result.LATER if "can't send messages" in said else Result.NO_WAY, code)
        case BadRequest() if "not modified" in said:
            return Outcome(Result.SENT)
        case BadRequest() if "chat not found" in said:
            return Outcome(Result.NO_WAY, code)
        case BadRequest():
            return Outcome(Result.REFUSED, code)
        case TimedOut() | Interrupted():
            return Outcome(Result.LATER, code, maybe_sent=True)
        case _:
            return Outcome(Result.LATER, code)


def _phrase(error: TelegramError) -> str:
    """The server's fixed phrase without what it quotes from the message."""
    return re.sub(r"[:\"'«»].*", "", error.message, flags=re.DOTALL)[:60]
