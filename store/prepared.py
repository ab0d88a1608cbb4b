"""Statements of every deed: compiled once, and handed straight to the driver.

SQLAlchemy takes five to ten times as long over one of these as the database does; see docs/decisions.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Executable, Insert, Select, Table, inspect, select
from sqlalchemy.orm import Mapper, configure_mappers, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel import Session, SQLModel

from store import changes, driver

Kind = TypeVar("Kind", bound=SQLModel)
Convert = Callable[[Any], Any]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Compiled:
    """A statement as one database wants it: its words, its values in order, and what its results go through."""

    sql: str
    values: Sequence[tuple[str, Any, Convert | None]]
    results: Sequence[tuple[int, Convert]]
    by_name: bool

    def bound(self, given: dict[str, Any]) -> Any:
        """The values for the driver; what is not given is as the statement says."""
        pairs = [
            (name, value if convert is None else convert(value))
            for name, otherwise, convert in self.values
            for value in (given.get(name, otherwise),)
        ]
        return dict(pairs) if self.by_name else [value for _, value in pairs]

    def converted(self, row: Row) -> Row:
        """A row of the driver as the columns' types read it."""
        if not self.results:
            return row
        cells = list(row)
        for place, convert in self.results:
            cells[place] = convert(cells[place])
        return tuple(cells)


class Prepared:
    """A statement with ``bindparam`` for all that changes from one time to the next; no lists in it.

    ``columns`` are those that an INSERT or UPDATE sets, ``returning`` those that it hands back. What the session has
    not written yet is written first. Raises what SQLAlchemy raises.
    """

    def __init__(self, statement: Executable, columns: Sequence[str] = (), returning: Sequence[Any] = ()) -> None:
        self._statement: Any = statement
        self._columns = list(columns)
        self._results: Sequence[Any] = returning
        if isinstance(statement, Select):
            self._results = list(statement.selected_columns)
        self._is_recorded = isinstance(statement, UpdateBase) and _table(statement).name in changes.RECORDED
        self._compiled: dict[str, _Compiled] = {}

    def run(self, session: Session, **values: Any) -> int:
        """Carry it out; how many rows it met."""
        return int(self._execute(session, values)[1].rowcount)

    def first(self, session: Session, **values: Any) -> Row | None:
        """The first row, if there is one."""
        compiled, cursor = self._execute(session, values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else compiled.converted(row)

    def all(self, session: Session, **values: Any) -> list[Row]:
        """All rows."""
        compiled, cursor = self._execute(session, values)
        return [compiled.converted(row) for row in cursor.fetchall()]

    def _execute(self, session: Session, values: dict[str, Any]) -> tuple[_Compiled, Any]:
        session.flush()
        connection = session.connection()
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        if self._is_recorded:
            changes.touched(connection)
        return compiled, driver.execute(connection, compiled.sql, compiled.bound(values))

    def _compile(self, dialect: Dialect) -> _Compiled:
        whole = self._statement.compile(dialect=dialect, column_keys=self._columns or None)
        named = {whole.bind_names[each]: each for each in whole.bind_names}
        order = whole.positiontup if whole.positional else list(named)
        values = [(name, named[name].value, _processor(named[name], dialect, "bind_processor")) for name in order]
        reads = [_processor(column, dialect, "result_processor", None) for column in self._results]
        results = [(place, read) for place, read in enumerate(reads) if read is not None]
        compiled = _Compiled(str(whole), values, results, not whole.positional)
        self._compiled[dialect.name] = compiled
        return compiled


class Loaded(Generic[Kind]):
    """Rows of one table as the session's own objects, by a statement like those of :class:`Prepared`.

    It must hand back all columns, as :func:`every` does. An object that the session has already is handed out as it is.
    """

    def __init__(self, kind: type[Kind], statement: Executable, columns: Sequence[str] = ()) -> None:
        configure_mappers()  # the session does that with its first query, which may come after ours
        self._mapper: Mapper[Kind] = inspect(kind, raiseerr=True)
        found = [self._mapper.get_property_by_column(column) for column in self._mapper.local_table.columns]
        self._names = [column.key for column in found]
        self._key = self._names.index(self._mapper.get_property_by_column(self._mapper.primary_key[0]).key)
        self._inserts = isinstance(statement, Insert)
        self._statement = Prepared(statement, columns, list(self._mapper.local_table.columns))

    def first(self, session: Session, **values: Any) -> Kind | None:
        """The first one, if there is one."""
        row = self._statement.first(session, **values)
        return None if row is None else self._loaded(session, row)

    def all(self, session: Session, **values: Any) -> list[Kind]:
        """All of them."""
        return [self._loaded(session, row) for row in self._statement.all(session, **values)]

    def _loaded(self, session: Session, row: Row) -> Kind:
        known: Kind | None = session.identity_map.get(self._mapper.identity_key_from_primary_key((row[self._key],)))
        if known is not None and not self._inserts:
            return known
        if known is not None:  # of a row that was rolled back: the database gave away its number again
            session.expunge(known)
        fresh: Kind = self._mapper.class_manager.new_instance()
        inspect(fresh, raiseerr=True).dict.update(zip(self._names, row, strict=True))
        make_transient_to_detached(fresh)
        session.add(fresh)
        return fresh


def table(kind: type[SQLModel]) -> Table:
    """The table of a kind of row."""
    found = inspect(kind, raiseerr=True).local_table
    assert isinstance(found, Table)
    return found


def every(kind: type[SQLModel]) -> Select[Any]:
    """All columns of a table, for :class:`Loaded`."""
    return select(*table(kind).columns)


def written(row: SQLModel, **values: Any) -> None:
    """What was written past the session is true of its object, too."""
    for name, value in values.items():
        set_committed_value(row, name, value)


def _table(statement: UpdateBase) -> Table:
    table = statement.table
    assert isinstance(table, Table)
    return table


def _processor(element: Any, dialect: Dialect, name: str, *rest: Any) -> Convert | None:
    made: Convert | None = getattr(element.type.dialect_impl(dialect), name)(dialect, *rest)
    return made
