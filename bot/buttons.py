"""Buttons under a bubble: stored when it is shown, looked up when one is pressed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from typing import cast

from sqlmodel import Session

from alliance.intents import Intent
from alliance.notes import Action
from alliance.packing import pack, unpack
from bot.api import Rows
from bot.views import Bubble
from store import keyboards

_DATA = re.compile(r"([A-Za-z0-9_-]{1,40})\.([0-9]{1,3})")


def keep(session: Session, chat_id: int, shown: Sequence[Bubble], now: datetime) -> list[str]:
    """Store what the buttons mean; one keyboard id per bubble, "" where no button carries an intent."""
    return [_keep_one(session, chat_id, bubble, now) for bubble in shown]


def _keep_one(session: Session, chat_id: int, bubble: Bubble, now: datetime) -> str:
    meant = [pack(action.intent) for action in bubble.actions if not action.link]
    return keyboards.keep(session, chat_id, meant, now) if meant else ""


def rows(bubble: Bubble, key: str) -> Rows:
    """The keyboard as Telegram wants it; a button carries its keyboard's id and its place there."""
    numbers = count()
    return [[_button(action, key, numbers) for action in row] for row in bubble.rows]


def _button(action: Action, key: str, numbers: Iterator[int]) -> dict[str, str]:
    if action.link:
        return {"text": action.label, "url": action.link}
    return {"text": action.label, "callback_data": f"{key}.{next(numbers)}"}


def find(session: Session, data: str, chat_id: int, now: datetime) -> Intent | None:
    """What the pressed button means; None if it is forged, foreign, too old or from another version of the program."""
    named = _DATA.fullmatch(data)
    found = keyboards.find(session, named[1], int(named[2]), chat_id, now) if named else None
    if found is None:
        return None
    try:
        return cast(Intent, unpack(found, object))
    except (KeyError, TypeError, ValueError):
        return None
