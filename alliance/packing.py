"""Intents and notes as JSON values and back, for buttons, the inbox and the outbox."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from alliance import intents, notes

Value = TypeVar("Value")

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


def pack(value: Any) -> Any:
    """JSON for a value made of our dataclasses, tuples, dates and plain scalars; defaults are left out."""
    if is_dataclass(value):
        said = {field.name: getattr(value, field.name) for field in fields(value)}
        kept = {f.name: pack(said[f.name]) for f in fields(value) if said[f.name] != _default(f)}
        return {"is": type(value).__name__, **kept}
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


def unpack(data: Any, kind: type[Value]) -> Value:
    """The value that :func:`pack` wrote. Raises TypeError when it is not one of ``kind``."""
    value = _unpack(data)
    if not isinstance(value, kind):
        raise TypeError(f"a packed {kind} was expected, not {type(value).__name__}")
    return value


def _unpack(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_unpack(part) for part in data)
    if not isinstance(data, dict):
        return data
    match data["is"]:
        case "time":
            return time.fromisoformat(data["at"])
        case "datetime":
            return datetime.fromisoformat(data["at"])
        case "date":
            return date.fromisoformat(data["on"])
        case "Status":
            return intents.Status(data["value"])
        case name if name in _KINDS:
            return _KINDS[name](**{key: _unpack(part) for key, part in data.items() if key != "is"})
        case name:
            raise ValueError(f"nothing packed is called {name!r}")


def _default(field: Field[Any]) -> Any:
    return field.default if field.default is not MISSING else MISSING
