"""What the buttons under a chat bubble mean: a press names a row and an index."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from store.tables import Keyboard

LIFETIME = timedelta(days=60)

# A bubble is shown with every tap: built once, and past the ORM, it costs a tenth
_INSERT = insert(Keyboard.__table__)  # type: ignore[attr-defined]


def keep(session: Session, chat_id: int, intents: Sequence[dict[str, Any]], now: datetime) -> str:
    """Store the packed intents of one bubble's buttons; returns the opaque id that a press carries."""
    key = secrets.token_urlsafe(12)
    row = {"id": key, "chat_id": chat_id, "intents": list(intents), "expires_at": now + LIFETIME}
    session.connection().execute(_INSERT, row)
    return key


def find(session: Session, key: str, index: int, chat_id: int, now: datetime) -> dict[str, Any] | None:
    """The packed intent behind a press, or None if it is forged, foreign or too old."""
    row = session.get(Keyboard, key)
    if row is None or row.chat_id != chat_id or row.expires_at < now or not 0 <= index < len(row.intents):
        return None
    found: dict[str, Any] = row.intents[index]
    return found


def latest(session: Session, chat_id: int, kind: str) -> dict[str, Any] | None:
    """The latest packed intent of this kind that a chat has a button for, None if there is none."""
    rows = session.exec(select(Keyboard).where(Keyboard.chat_id == chat_id).order_by(col(Keyboard.expires_at).desc()))
    return next((intent for row in rows for intent in row.intents if intent["is"] == kind), None)
