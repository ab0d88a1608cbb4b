"""What is held about somebody, one row in one line, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import texts
from alliance import phrases
from alliance.hearing import Hearing
from store.tables import Company, Measure
from texts import say

SHOWN = 200  # characters of one line
_MOMENTS = ("received_at", "made_at", "joined_at", "at", "starts_at")
_WORDS = ("subject", "name", "email", "title", "question", "text", "update", "company", "to", "note")
Row = Mapping[str, Any]


def line(hearing: Hearing, table: str, row: Row) -> str:
    """»– 3. Dezember 2026 · M12 · 60 % · läuft«; "" where a row has nothing to read."""
    said = " · ".join(part for part in (_moment(hearing, row), *_parts(hearing, table, row)) if part)
    return f"– {said[:SHOWN]}{'…' if len(said) > SHOWN else ''}" if said else ""


def _parts(hearing: Hearing, table: str, row: Row) -> Iterator[str]:
    if number := row.get("measure_id"):
        measure = hearing.session.get(Measure, number)
        yield f"M{measure.number}" if measure else ""
    yield from _SPECIAL.get(table, _plain)(hearing, row)


def _plain(_hearing: Hearing, row: Row) -> Iterator[str]:
    yield from (_value(row[name]) for name in _WORDS if row.get(name))


def _value(value: Any) -> str:
    """A value on one line: of a packed note its title, of an update its words."""
    if isinstance(value, dict):
        message = value.get("message")
        return str(value.get("title") or (message.get("text") if isinstance(message, dict) else "") or "")
    return " ".join(str(value).split())


def _person(hearing: Hearing, row: Row) -> Iterator[str]:
    company = hearing.session.get(Company, row["company_id"])
    yield row["name"]
    yield company.name if company else ""
    yield texts.known(hearing.language, f"rights-{row['role']}", row["role"])
    yield row["phone"]


def _report(hearing: Hearing, row: Row) -> Iterator[str]:
    yield f"{row['percent']} %"
    yield phrases.status_word(hearing.language, row["status"])
    yield _value(row["text"])


def _assignment(hearing: Hearing, row: Row) -> Iterator[str]:
    yield say(hearing.language, f"privacy-carries-{'lead' if row['lead'] else 'part'}")


def _attendance(hearing: Hearing, row: Row) -> Iterator[str]:
    yield texts.known(hearing.language, f"privacy-answer-{row['answer']}", row["answer"])
    yield from (row["deputy"], row["needs"])


def _deed(hearing: Hearing, row: Row) -> Iterator[str]:
    yield texts.known(hearing.language, f"history-what-{row['what']}", row["what"])
    yield texts.known(hearing.language, f"history-door-{row['door']}", row["door"])


def _consent(hearing: Hearing, row: Row) -> Iterator[str]:
    yield texts.known(hearing.language, f"privacy-consent-{row['purpose']}", row["purpose"])
    yield say(hearing.language, f"privacy-consent-{'given' if row['given'] else 'taken-back'}")


def _request(hearing: Hearing, row: Row) -> Iterator[str]:
    yield texts.known(hearing.language, f"privacy-kind-{row['kind']}", row["kind"])
    yield _value(row["text"])


_SPECIAL: Mapping[str, Callable[[Hearing, Row], Iterator[str]]] = {
    "persons": _person,
    "reports": _report,
    "assignments": _assignment,
    "attendances": _attendance,
    "history": _deed,
    "consents": _consent,
    "personal_requests": _request,
}


def _moment(hearing: Hearing, row: Row) -> str:
    said = next((row[name] for name in _MOMENTS if row.get(name)), "")
    day = datetime.fromisoformat(said).astimezone(hearing.house.zone).date() if said else None
    return texts.short_day(hearing.language, day) if day else ""
