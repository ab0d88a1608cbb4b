"""Runs the migrations on the connection that store.schema hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from store.tables import Word


def plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write plain column types into new migrations, so that they stay readable when our own types change."""
    if kind == "type" and isinstance(item, Word | AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime | sa.DateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True, render_item=plain
)
with context.begin_transaction():
    context.run_migrations()
