"""What a database still says about somebody, searched as text: every column of every table, bytes in all readings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, select
from sqlmodel import Session, SQLModel

from alliance.privacy import traces
from store.database import Database


def found(database: Database, telling: Sequence[str]) -> list[str]:
    """Each of these words that stands somewhere, and where."""
    lines = [" ".join(line.split()) for line in database.read_now(_everything).splitlines()]
    return [f"{word} in {line}" for word in telling for line in lines if word.lower() in line.lower()]


def found_in_file(url: str, telling: Sequence[str]) -> list[str]:
    """Each of these words that stands in the bytes of SQLite's files; nothing on another system."""
    if make_url(url).get_backend_name() != "sqlite":
        return []
    path = Path(str(make_url(url).database))
    left = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*")).lower()
    return [word for word in telling if word.lower().encode() in left]


def _everything(session: Session) -> str:
    """A line for each value."""
    tables = SQLModel.metadata.tables.items()
    rows = ((name, row) for name, table in tables for row in session.execute(select(table)).mappings())
    return "\n".join(f"{name}.{column}: {_said(value)}" for name, row in rows for column, value in row.items())


def _said(value: Any) -> str:
    if isinstance(value, bytes):
        return " ".join(" ".join(traces.readings(value)).split())
    said = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return " ".join(said.split())
