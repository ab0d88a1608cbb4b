"""What the buttons under a chat bubble mean: a press names a row and an index."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from store.prepared import Prepared, table
from store.tables import Keyboard

LIFETIME = timedelta(days=60)

_TABLE = table(Keyboard)
_INSERT = Prepared(insert(_TABLE), [column.name for column in _TABLE.columns])
_FIND = Prepared(
    sql_select(_TABLE.c.intents).where(
        _TABLE.c.id == bindparam("key"), _TABLE.c.chat_id == bindparam("chat"), _TABLE.c.expires_at >= bindparam("now")
    )
)


def keep(session: Session, chat_id: int, intents: Sequence[dict[str, Any]], now: datetime) -> str:
    """Store the packed intents of one bubble's buttons; returns the opaque id that a press carries."""
    key = secrets.token_urlsafe(12)
    row = {"id": key, "chat_id": chat_id, "intents": list(intents), "expires_at": now + LIFETIME}
    _INSERT.run(session, **row)
    return key


def find(session: Session, key: str, index: int, chat_id: int, now: datetime) -> dict[str, Any] | None:
    """The packed intent behind a press, or None if it is forged, foreign or too old."""
    row = _FIND.first(session, key=key, chat=chat_id, now=now)
    if row is None or not 0 <= index < len(row[0]):
        return None
    found: dict[str, Any] = row[0][index]
    return found


def latest(session: Session, chat_id: int, kind: str) -> dict[str, Any] | None:
    """The latest packed intent of this kind that a chat has a button for, None if there is none."""
    rows = session.exec(select(Keyboard).where(Keyboard.chat_id == chat_id).order_by(col(Keyboard.expires_at).desc()))
    return next((intent for row in rows for intent in row.intents if intent["is"] == kind), None)
