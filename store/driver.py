"""The driver of the database itself, for the few statements that every deed needs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def execute(connection: Connection, sql: str, values: Any = ()) -> Any:
    """Run a statement as it stands, within the connection's transaction; the driver's cursor. Raises DBAPIError."""
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _worded(connection, driver, sql, error) from error


def _worded(connection: Connection, driver: Any, sql: str, error: Exception) -> BaseException:
    """The error as SQLAlchemy words it, but without the values, which may be what people wrote."""
    dialect = connection.dialect
    is_gone = dialect.is_disconnect(error, driver, None)  # type: ignore[arg-type]
    if is_gone:
        connection.invalidate(error)
    kind = dialect.loaded_dbapi.Error
    return DBAPIError.instance(
        sql, None, error, kind, hide_parameters=True, connection_invalidated=is_gone, dialect=dialect
    )
