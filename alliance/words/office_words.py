"""What the office says in one line to register companies, people, measures and meetings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time

from alliance.intents import AddMeasure, AssignMeasure, Intent, PlanMeeting, RegisterCompany, RegisterPerson
from alliance.words.dates import understand_day

_ADDRESS = re.compile(r"[^\s@;]+@[^\s@;]+")
_WHEN = re.compile(r"(.+?)[ ,]+(?:um )?(\d{1,2}):(\d{2})(?: uhr)?", re.IGNORECASE)
_CONTRIBUTES = {"beteiligt", "contributor", "mitwirkend"}
_KINDS = {"allianz": "alliance", "alliance": "alliance", "ag": "working-group", "working-group": "working-group"}


def understand_office(command: str, rest: str, today: date) -> Intent | None:
    """The intent behind a command and its parts, None if it is not said as it must be.

    ``command`` is a first word in lower case with umlauts written out. The parts are separated by ";"; a single one
    comes after a colon, so that »Unternehmen Muster hat zugesagt« remains a remark.
    """
    make = _COMMANDS.get(command)
    if make is None or not (";" in rest or rest.startswith(":") or make is _assignment):
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
    if number is None or not 2 <= len(parts) <= 4:
        return None
    due = understand_day(parts[3], today) if len(parts) == 4 else None
    if len(parts) == 4 and due is None:
        return None
    return AddMeasure(number, parts[1], parts[2] if len(parts) > 2 else "", due)


def _assignment(parts: Sequence[str], _today: date) -> Intent | None:
    words = [word for part in parts for word in part.split()]
    number = _number(words[0])
    if number is None or len(words) < 2 or not _ADDRESS.fullmatch(words[1]):
        return None
    extra = {word.lower() for word in words[2:]}
    return AssignMeasure(number, words[1], lead=not extra) if extra <= _CONTRIBUTES else None


def _meeting(parts: Sequence[str], today: date) -> Intent | None:
    kind = _KINDS.get(parts[0].lower())
    when = _WHEN.fullmatch(parts[1]) if len(parts) in {3, 4} else None
    day = understand_day(when[1], today) if when else None
    if kind is None or when is None or day is None or int(when[2]) > 23 or int(when[3]) > 59:
        return None
    return PlanMeeting(kind, parts[2], day, time(int(when[2]), int(when[3])), parts[3] if len(parts) == 4 else "")


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
    "sitzung": _meeting,
    "meeting": _meeting,
}
