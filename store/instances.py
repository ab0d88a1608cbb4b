"""Who works on this database: on a server each process under a name of its own, alive as long as it is seen."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

if TYPE_CHECKING:
    from psycopg import AsyncConnection

BEAT = 2.0  # seconds between two signs of life
ALIVE = 10.0  # seconds since the last one until an instance counts as dead
FORGOTTEN = 3600.0  # seconds until its name is forgotten
PATIENCE = 5.0  # seconds for a connection or an answer

# Client and server each find out for themselves that the other is gone: a cable that was pulled says nothing
_KEEPALIVE = {
    "connect_timeout": int(PATIENCE),
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": int(ALIVE * 1000),
}
_DROP_IF_SILENT = f"SET idle_session_timeout = '{ALIVE:.0f}s'"

# The server's clock alone decides: ours may jump, and no two machines agree
_LIVING = f"SELECT name FROM instances WHERE seen_at > clock_timestamp() - interval '{ALIVE} seconds'"  # noqa: S608
_SIGN = """
INSERT INTO instances (name, started_at, seen_at) VALUES (%s, clock_timestamp(), clock_timestamp())
ON CONFLICT (name) DO UPDATE SET seen_at = clock_timestamp()
"""
_FORGET = f"DELETE FROM instances WHERE seen_at < clock_timestamp() - interval '{FORGOTTEN} seconds'"  # noqa: S608
_SIGN_OFF = "DELETE FROM instances WHERE name = %s"
_ORPHANED = f"""
SELECT DISTINCT holder FROM (
  SELECT holder FROM inbox WHERE inbox.state in ('new', 'acted') AND channel = 'telegram'
  UNION ALL
  SELECT holder FROM outbox WHERE outbox.state in ('queued', 'in-flight') AND state = 'in-flight'
) AS held WHERE holder NOT IN ({_LIVING})
"""  # noqa: S608


class Line:
    """A connection to PostgreSQL beside the one that works, so that long work does not make us look dead.

    What the server knows of it ends with it: a lock, and after :data:`ALIVE` of silence the connection itself.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: AsyncConnection[Any] | None = None

    async def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement in a transaction of its own. Raises OSError, TimeoutError or psycopg.Error."""
        assert self._connection is not None, "not connected"
        async with asyncio.timeout(PATIENCE):
            cursor = await self._connection.execute(statement, values or None)
            return await cursor.fetchall() if cursor.description else []

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as we know."""
        return self._connection is not None and not self._connection.closed

    async def open(self) -> None:
        """Connect. Raises OSError, TimeoutError or psycopg.Error."""
        from psycopg import AsyncConnection  # costs time at the start, and SQLite needs nothing of it

        _, known = self._engine.dialect.create_connect_args(self._engine.url)
        async with asyncio.timeout(2 * PATIENCE):
            self._connection = await AsyncConnection.connect(**{**_KEEPALIVE, **known}, autocommit=True)
        await self.ask(_DROP_IF_SILENT)

    async def close(self) -> None:
        """Hang up, if there is a connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # it may be in any state
                await connection.close()


async def sign(line: Line, name: str) -> frozenset[str]:
    """Give a sign of life; the names of all who are alive."""
    await line.ask(_SIGN, name)
    return frozenset(found for (found,) in await line.ask(_LIVING))


async def sign_off(line: Line, name: str) -> None:
    """Be gone, in good order."""
    await line.ask(_SIGN_OFF, name)


async def orphaned(line: Line) -> frozenset[str]:
    """The names of those who are dead and have left something behind; also "", from before there were names."""
    await line.ask(_FORGET)
    return frozenset(holder for (holder,) in await line.ask(_ORPHANED))
