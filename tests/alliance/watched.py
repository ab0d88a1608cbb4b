"""Every statement that reaches the database, whichever way it takes, and what the planner makes of it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from store.database import Database

_SPEAKS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
_ALIAS = re.compile(r"_\d+$")
_LISTS = re.compile(r"\((?:\?, ?)+\?\)")


@dataclass(frozen=True)
class Scan:
    """A statement that reads a whole table."""

    table: str
    statement: str


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, values: Any = ()) -> _Cursor:
        self.connection.said.append((sql, values))  # type: ignore[attr-defined]
        return super().execute(sql, values)

    def executemany(self, sql: str, values: Any) -> _Cursor:
        rows = list(values)
        self.connection.said.append((sql, rows[0]))  # type: ignore[attr-defined]
        return super().executemany(sql, rows)


class _Connection(sqlite3.Connection):
    said: list[tuple[str, Any]]

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class Watched:
    """An SQLite database that remembers what it was asked."""

    def __init__(self, url: str) -> None:
        self.said: list[tuple[str, Any]] = []
        connection = type("Connection", (_Connection,), {"said": self.said})
        self.database = Database(url)
        event.listen(self.database.engine, "do_connect", lambda *given: given[-1].update(factory=connection))

    def count(self) -> int:
        """How many statements that read or write rows there were, and forget them."""
        count = sum(bool(_SPEAKS.match(sql)) for sql, _ in self.said)
        self.said.clear()
        return count

    def scans(self) -> set[Scan]:
        """Those since the last time that read a whole table, and forget them."""
        return {Scan(table, sql) for sql, lines in self._explained() for table in _scanned(lines, sql)}

    def plans(self) -> list[str]:
        """The plan of each since the last time in one text, and forget them."""
        return ["\n".join(lines) for _, lines in self._explained()]

    def _explained(self) -> list[tuple[str, list[str]]]:
        asked = {_LISTS.sub("(?)", sql): (sql, values) for sql, values in self.said if _SPEAKS.match(sql)}
        with self.database.engine.connect().execution_options(reads=True) as connection:
            driver: Any = connection.connection.driver_connection
            found = [
                (sql, [line for *_, line in driver.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()])
                for sql, values in asked.values()
            ]
        self.said.clear()
        return found


def _scanned(plan: list[str], sql: str) -> Iterator[str]:
    """The tables of which every row is looked at; the first few in the order of a key are not that."""
    takes_first = "LIMIT" in sql and "WHERE" not in sql
    for line in plan:
        what, _, rest = line.partition(" ")
        name = _ALIAS.sub("", rest.split(" ")[0])
        is_meant = name[0] != "(" and name not in {"CONSTANT", "json_each"} and _is_named(name, sql)
        if what == "SCAN" and is_meant and not takes_first and not _is_partial(line):
            yield name


def _is_named(table: str, sql: str) -> bool:
    """Not so where a new row's table is only pointed at: its plan has a look for orphans, of which there are none."""
    return table in sql or not sql.startswith("INSERT")


def _is_partial(line: str) -> bool:
    """Whether an index is read that holds only the few rows the statement is about."""
    index = line.partition("INDEX ")[2].split(" ")[0]
    return index.startswith(
        ("ix_outbox_", "ix_inbox_", "ix_history_needs", "ix_changes_addresses", "ix_attendances_needs")
    )


class WatchedServer:
    """A PostgreSQL database whose server explains all it does, and reads no table as a whole where it need not."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._plans: list[tuple[str, dict[str, Any]]] = []
        event.listen(self.database.engine, "connect", self._explain)

    def _explain(self, connection: Any, _record: Any) -> None:
        for setting in ("auto_explain.log_min_duration = 0", "auto_explain.log_format = json",
                        "auto_explain.log_nested_statements = off", "client_min_messages = log",
                        "enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off"):  # fmt: skip
            connection.execute("LOAD 'auto_explain'")
            connection.execute(f"SET {setting}")
        connection.commit()
        connection.add_notice_handler(self._hear)

    def _hear(self, notice: Any) -> None:
        _, _, said = (notice.message_primary or "").partition("plan:\n")
        if said:
            found = json.loads(said, strict=False)
            self._plans.append((found["Query Text"], found["Plan"]))

    def scans(self) -> set[Scan]:
        """The statements since the last time that read a whole table, and forget them."""
        found = {Scan(table, sql) for sql, plan in self._plans for table in _read_whole(plan)}
        self._plans.clear()
        return found


def _read_whole(plan: dict[str, Any], *, takes_first: bool = False) -> Iterator[str]:
    kind, takes_first = plan["Node Type"], takes_first or plan["Node Type"] == "Limit"
    by_key = plan.get("Index Cond") or _is_partial(f"INDEX {plan.get('Index Name', '')}")
    if kind == "Seq Scan" or (kind.startswith("Index") and not by_key and not (takes_first and "Filter" not in plan)):
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _read_whole(part, takes_first=takes_first)


@contextmanager
def watched(url: str) -> Iterator[Watched | WatchedServer]:
    """The database at this address, watched."""
    found = Watched(url) if url.startswith("sqlite") else WatchedServer(url)
    try:
        yield found
    finally:
        found.database.close()
