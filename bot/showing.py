"""Bubbles on their way into a chat, and what an error on that way means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from bot import buttons, limits
from bot.api import Api
from bot.transport import Interrupted
from bot.views import Bubble
from store.outbox import Outcome, Result

PaperFile = tuple[str, str, bytes]  # name, media type, content

PICTURE = "image/png"
_UNSHOWABLE = re.compile("photo|image", re.IGNORECASE)  # PHOTO_INVALID_DIMENSIONS, IMAGE_PROCESS_FAILED


@dataclass
class Showing:
    """What is to appear in a chat, and how far it has come, so that a second try goes on where the first one ended.

    ``edits`` is the message that the bubble number ``place`` takes the place of, 0 for none. Pictures come first, so
    that the buttons stay at the end of the chat, and other papers last.
    """

    chat_id: int
    bubbles: Sequence[Bubble]
    keys: Sequence[str]
    papers: Sequence[PaperFile] = ()
    edits: int = 0
    place: int = 0
    done: int = 0

    @property
    def steps(self) -> list[int | PaperFile]:
        """What appears one after the other: pictures, bubbles by their numbers, documents."""
        pictures = [paper for paper in self.papers if _is_picture(paper)]
        documents = [paper for paper in self.papers if not _is_picture(paper)]
        return [*pictures, *range(len(self.bubbles)), *documents]


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
    for step in showing.steps[showing.done :]:
        if isinstance(step, tuple):
            await _send_paper(api, showing.chat_id, step, priority)
        elif showing.edits and step == showing.place:
            await _edit(api, showing, step, priority)
        else:
            await _send(api, showing, step, priority)
        showing.done += 1


def _is_picture(paper: PaperFile) -> bool:
    return paper[1] == PICTURE and len(paper[2]) <= FileSizeLimit.PHOTOSIZE_UPLOAD


async def _send_paper(api: Api, chat_id: int, paper: PaperFile, priority: int | None) -> None:
    """A picture to look at at once, or a file; a picture that Telegram cannot show (too long, say) is a file, too."""
    name, _media_type, content = paper
    if _is_picture(paper):
        try:
            await api.bot.send_photo(chat_id, content, filename=name, rate_limit_args=priority)
        except BadRequest as error:
            if not _UNSHOWABLE.search(error.message):
                raise
        else:
            return
    await api.bot.send_document(chat_id, content, filename=name, rate_limit_args=priority)


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
