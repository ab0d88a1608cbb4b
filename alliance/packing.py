"""Intents and notes as JSON values and back, for buttons, the inbox and the outbox."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any, TypeVar

from alliance import intents, notes

Value = TypeVar("Value")

_PLAIN = frozenset({str, int, bool, type(None)})

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *intents.Intent.__args__,
        intents.Report,
        intents.AgendaPoint,
        intents.Resolution,
        intents.Matter,
        notes.Note,
        notes.Item,
        notes.Action,
        notes.Calendar,
    )
}
# By kind, the names of its fields with their defaults; MISSING where there is none
_FIELDS = {kind: [(field.name, field.default) for field in fields(kind)] for kind in _KINDS.values()}


def pack(value: Any) -> Any:
    """JSON for a value made of our dataclasses, tuples, dates and plain scalars; defaults are left out."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in _FIELDS:
        packed = {"is": kind.__name__}
        for name, default in _FIELDS[kind]:
            part = getattr(value, name)
            if part is not default and part != default:
                packed[name] = part if type(part) in _PLAIN else pack(part)
        return packed
    if isinstance(value, tuple):
        return [pack(part) for part in value]
    if isinstance(value, datetime):
        return {"is": "datetime", "at": value.isoformat()}
    if isinstance(value, date):
        return {"is": "date", "on": value.isoformat()}
    if isinstance(value, time):
        return {"is": "time", "at": value.isoformat()}
    if isinstance(value, intents.Status):
        return {"is": "Status", "value": value.value}
    return value


def unpack(data: Any, kind: type[Value], *, without: Container[str] = ()) -> Value:
    """The value that :func:`pack` wrote, the fields named in ``without`` left at their defaults wherever they are.

    Raises TypeError when it is not one of ``kind``.
    """
    value = _unpack(data, without)
    if not isinstance(value, kind):
        raise TypeError(f"a packed {kind} was expected, not {type(value).__name__}")
    return value


def _unpack(data: Any, without: Container[str]) -> Any:
    if isinstance(data, list):
        return tuple([_unpack(part, without) for part in data])
    if not isinstance(data, dict):
        return data
    name = data["is"]
    if kind := _KINDS.get(name):  # as a rule; every part of every note and button comes by here
        return kind(**{key: _field(part, without) for key, part in data.items() if key != "is" and key not in without})
    return _scalar(name, data)


def _field(data: Any, without: Container[str]) -> Any:
    return data if isinstance(data, str) else _unpack(data, without)


def _scalar(name: str, data: dict[str, Any]) -> Any:
    match name:
        case "time":
            return time.fromisoformat(data["at"])
        case "datetime":
            return datetime.fromisoformat(data["at"])
        case "date":
            return date.fromisoformat(data["on"])
        case "Status":
            return intents.Status(data["value"])
        case _:
            raise ValueError(f"nothing packed is called {name!r}")
