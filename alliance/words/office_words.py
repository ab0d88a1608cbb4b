"""What the office says in one line to register companies, people and measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from alliance.intents import AddMeasure, AssignMeasure, Intent, RegisterCompany, RegisterPerson
from alliance.words.dates import understand_day
from alliance.words.person_words import correction
from alliance.words.plan_words import reason_of
from alliance.words.role_words import understand_role

_ADDRESS = re.compile(r"[^\s@;]+@[^\s@;]+")
_OF_PERSONS = {"mitglied", "member"}
_CONTRIBUTES = {"beteiligt", "contributor", "mitwirkend"}


def understand_office(command: str, rest: str, today: date) -> Intent | None:
    """The intent behind a command and its parts, None if it is not said as it must be.

    ``command`` is a first word in lower case with umlauts written out. The parts are separated by ";"; a single one
    comes after a colon, so that »Unternehmen Muster hat zugesagt« remains a remark.
    """
    if command in _OF_PERSONS and (fixed := correction(rest)):
        return fixed
    make = _COMMANDS.get(command)
    if make is None or not (";" in rest or rest.startswith(":") or make in (_assignment, understand_role)):
        return None
    parts = [part.strip() for part in rest.removeprefix(":").split(";")]
    return make(parts, today) if parts[0] else None


def _company(parts: Sequence[str], _today: date) -> Intent | None:
    return RegisterCompany(*parts) if len(parts) <= 2 else None


def _person(parts: Sequence[str], _today: date) -> Intent | None:
    if not 3 <= len(parts) <= 4 or not _ADDRESS.fullmatch(parts[1]) or not parts[2]:
        return None
    name, email, company, *phone = parts
    return RegisterPerson(name, email, company, phone[0] if phone else "")


def _measure(parts: Sequence[str], today: date) -> Intent | None:
    number = _number(parts[0])
    if number is None or not 2 <= len(parts) <= 5:
        return None
    field, day, why = (*parts[2:], "", "", "")[:3]
    due = understand_day(day, today)
    return None if day and due is None else AddMeasure(number, parts[1], field, due, reason_of(why))


def _assignment(parts: Sequence[str], _today: date) -> Intent | None:
    words = [word for part in parts for word in part.split()]
    number = _number(words[0])
    if number is None or len(words) < 2 or not _ADDRESS.fullmatch(words[1]):
        return None
    extra = {word.lower() for word in words[2:]}
    return AssignMeasure(number, words[1], lead=not extra) if extra <= _CONTRIBUTES else None


def _number(text: str) -> int | None:
    found = re.fullmatch(r"[mM]?\s?(\d{1,6})", text)
    return int(found[1]) if found else None


_COMMANDS: dict[str, Callable[[Sequence[str], date], Intent | None]] = {
    "unternehmen": _company,
    "company": _company,
    "mitglied": _person,
    "member": _person,
    "massnahme": _measure,
    "measure": _measure,
    "zuordnen": _assignment,
    "assign": _assignment,
    "rolle": understand_role,
    "role": understand_role,
}
