"""Cells of a spreadsheet as the values they mean, and values as the words that stand for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from alliance.words import file_words
from alliance.words.cleaning import clean
from alliance.words.dates import understand_day
from papers.sheets_in import Cell, CellError, Percent
from texts import say

TITLE, TEXT, LINE, LINK = 300, 2_000, 200, 900  # characters
MINUTES = 24 * 60
LIST = 50  # milestones or pieces of evidence of one measure
YEARS = range(2000, 2100)
NUMBERS = range(1, 1_000_000)

_SERIALS = range(36_526, 73_051)  # days since 30.12.1899, as Excel counts: 2000 to 2099
_EPOCH = date(1899, 12, 30)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00)?)?")
_NUMBER = re.compile(r"(?:M|Nr\.?)?\s?(\d{1,6})\.?", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]0+)?\s?(%|prozent|percent)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::00)?)?\s?(?:uhr|h)?", re.IGNORECASE)
_MILESTONE = re.compile(
    r"(?P<done>[✓✔☑]|\[x\])?\s*(?:(?P<day>\d[\d.\-/ ]{5,10}\d)\s*(?::|–|-|\Z)\s*)?(?P<title>.*)",
    re.DOTALL,
)
_ADDRESS_ENDS = re.compile(r"[\s,;<>()]+")


class BadCell(Exception):
    """A cell cannot be what its column asks for; ``key`` is the text that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values: dict[str, str | int] = values


# To values ------------------------------------------------------------------------------------------------------------


def as_text(cell: Cell) -> str:
    """What a cell says: composed, without invisible characters and spaces around it. Raises BadCell."""
    match cell:
        case None:
            return ""
        case CellError():
            raise BadCell("office-import-bad-formula")
        case str():
            return cell.strip() if cell.isascii() and cell.isprintable() else clean(cell).strip()
        case Percent():
            return f"{cell.value:g} %".replace(".", ",")
        case bool():
            return str(int(cell))
        case datetime() | date():
            return f"{cell:%d.%m.%Y}"
        case time():
            return f"{cell:%H:%M}"
    return f"{cell:g}".replace(".", ",") if isinstance(cell, float) else str(cell)


def one_line(limit: int = LINE) -> Callable[[Cell, date], str]:
    """The reader of a text in one line."""
    return lambda cell, _today: _limited(" ".join(as_text(cell).split()), limit)


def lines(cell: Cell, _today: date) -> str:
    """A text of several lines."""
    return _limited(as_text(cell), TEXT)


def phone(cell: Cell, _today: date) -> str:
    """A phone number; one that a spreadsheet took for a figure has lost its zero."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise BadCell("office-import-bad-phone", text=as_text(cell))
    return _limited(" ".join(as_text(cell).split()), LINE)


def day(cell: Cell, today: date) -> date:
    """A day: a real date, a day's number, or as people write it with its year."""
    found = _typed_day(cell) or _written_day(as_text(cell), today)
    if found is None or found.year not in YEARS:
        raise BadCell("office-import-bad-day", text=_quoted(cell))
    return found


def clock(cell: Cell, _today: date) -> time:
    """A time of the day, in hours and minutes."""
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 < cell < 1:
        return time(*divmod(round(cell * MINUTES) % MINUTES, 60))
    found = _CLOCK.fullmatch(as_text(cell))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise BadCell("office-import-bad-clock", text=_quoted(cell))
    return time(int(found[1]), int(found[2] or 0))


def number(cell: Cell, _today: date) -> int:
    """A measure's number, »12« or »M12«."""
    found = _NUMBER.fullmatch(as_text(cell))
    if found is None or int(found[1]) not in NUMBERS:
        raise BadCell("office-import-bad-number", text=_quoted(cell))
    return int(found[1])


def percent(cell: Cell, _today: date) -> int:
    """A whole number from 0 to 100."""
    found = _PERCENT.fullmatch(as_text(cell))
    if found is None or int(found[1]) > 100:
        raise BadCell("office-import-bad-percent", text=_quoted(cell))
    return int(found[1])


def choice(column: str) -> Callable[[Cell, date], str]:
    """The reader of a column of few values."""

    def read(cell: Cell, _today: date) -> str:
        found = file_words.choice(column, as_text(cell))
        if found is None:
            raise BadCell(f"office-import-bad-{column}", text=_quoted(cell))
        return found

    return read


def milestones(cell: Cell, today: date) -> tuple[tuple[str, str | None, bool], ...]:
    """Title, day in ISO form or None, and whether it is reached, one for each line or part between bars."""
    return tuple(_milestone(part, today) for part in _parts(cell))


def evidence(cell: Cell, _today: date) -> tuple[str, ...]:
    """One piece of evidence for each line."""
    return tuple(_limited(" ".join(line.split()), TEXT) for line in _listed(as_text(cell).split("\n")))


def emails(cell: Cell, _today: date) -> tuple[str, ...]:
    """The addresses in a cell, in lower case, each once."""
    parts = [_limited(part, LINE) for part in _ADDRESS_ENDS.split(as_text(cell).lower()) if part]
    for part in parts:
        if not re.fullmatch(r"[^@]+@[^@]+", part):
            raise BadCell("office-import-bad-addresses", text=part)
    return tuple(dict.fromkeys(parts))


def _typed_day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    is_serial = isinstance(cell, int) and not isinstance(cell, bool) and cell in _SERIALS
    return _EPOCH + timedelta(days=int(cell)) if is_serial else None  # type: ignore[arg-type]


def _written_day(text: str, today: date) -> date | None:
    try:
        if found := _DOTTED.fullmatch(text):
            year = int(found[3])
            return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
        if found := _SLASHED.fullmatch(text):
            return _slashed(*map(int, found.groups()))
        if _ISO.fullmatch(text):
            return date.fromisoformat(text[:10])
    except ValueError:
        return None
    return understand_day(text, today) if re.search(r"[^\W\d_]{3}.*\d{4}", text) else None


def _slashed(first: int, second: int, year: int) -> date:
    """Day and month with a slash are in this order or that; where both are possible nobody knows."""
    if first <= 12 and second <= 12 and first != second:
        raise BadCell("office-import-doubtful-day", text=f"{first}/{second}/{year}")
    return date(year, second, first) if second <= 12 else date(year, first, second)


def _parts(cell: Cell) -> list[str]:
    return _listed(re.split(r"\n|\|", as_text(cell)))


def _listed(parts: list[str]) -> list[str]:
    found = [part.strip() for part in parts if part.strip()]
    if len(found) > LIST:
        raise BadCell("office-import-too-many-lines", limit=LIST)
    return found


def _milestone(part: str, today: date) -> tuple[str, str | None, bool]:
    found = _MILESTONE.fullmatch(part)
    assert found  # everything in it may be missing
    when = day(found["day"].strip(), today).isoformat() if found["day"] else None
    title = " ".join(found["title"].split())
    if not title:
        raise BadCell("office-import-bad-milestone", text=part)
    return _limited(title, TITLE), when, bool(found["done"])


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadCell("office-import-too-long", limit=limit)
    return text


def _quoted(cell: Cell) -> str:
    text = as_text(cell)
    return text if len(text) <= 40 else f"{text[:40]} …"


# Columns --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spec:
    """A column: how a cell is read, how a value is shown (``form``), and whether it may be cleared.

    ``form`` is "text", "lines", "day", "clock", "percent", "number", "choice", "people", "milestones" or "evidence".
    """

    read: Callable[[Cell, date], Any]
    form: str = "text"
    clears: bool = True


_TITLE = Spec(one_line(TITLE), clears=False)
_NAME = Spec(one_line(), clears=False)
_DAY, _PHONE = Spec(day, "day"), Spec(phone)

SPECS: Mapping[str, Mapping[str, Spec]] = {
    "plan": {
        "group": Spec(one_line()),
        "field": Spec(one_line()),
        "strategic": Spec(one_line(TITLE)),
        "operative": Spec(one_line(TITLE)),
        "number": Spec(number, "number", clears=False),
        "title": _TITLE,
        "initiative": Spec(choice("initiative"), "choice"),
        "leads": Spec(emails, "people"),
        "contributors": Spec(emails, "people"),
        "begins": _DAY,
        "due": _DAY,
        "status": Spec(choice("status"), "choice", clears=False),
        "percent": Spec(percent, "percent", clears=False),
        "expected": _DAY,
        "milestones": Spec(milestones, "milestones"),
        "evidence": Spec(evidence, "evidence"),
        "note": Spec(lines, "lines"),
        "why": Spec(one_line(1_000)),
    },
    "members": {
        "name": _NAME,
        "email": Spec(one_line(), clears=False),
        "company": _NAME,
        "phone": _PHONE,
        "role": Spec(choice("role"), "choice", clears=False),
        "language": Spec(choice("language"), "choice", clears=False),
    },
    "companies": {"name": _NAME, "phone": _PHONE},
    "meetings": {
        "kind": Spec(choice("kind"), "choice", clears=False),
        "title": _TITLE,
        "day": Spec(day, "day", clears=False),
        "begins": Spec(clock, "clock", clears=False),
        "ends": Spec(clock, "clock", clears=False),
        "place": Spec(one_line()),
        "link": Spec(one_line(LINK)),
    },
}
EMPTY: Mapping[str, Any] = {"day": None, "clock": None, "people": (), "milestones": (), "evidence": ()}  # else ""


# To words -------------------------------------------------------------------------------------------------------------


def show(language: str, column: str, form: str, value: Any) -> str:
    """A value as the cells of an export and the lines of a dry run show it; "" for none."""
    if value is None or value == () or value == "":
        return ""
    match form:
        case "day":
            return f"{value:%d.%m.%Y}"
        case "clock":
            return f"{value:%H:%M}"
        case "percent":
            return f"{value} %"
        case "choice":
            return _choice_word(language, column, value)
        case "people":
            return ", ".join(value)
        case "milestones":
            return "\n".join(_milestone_line(*one) for one in value)
        case "evidence":
            return "\n".join(value)
    return str(value)


def choices(language: str, column: str) -> tuple[str, ...]:
    """The words that a column of few values may hold."""
    return tuple(_choice_word(language, column, value) for value in file_words.CHOICES[column])


def _choice_word(language: str, column: str, value: str) -> str:
    """A value this code does not know is shown as stored."""
    if value not in file_words.CHOICES[column]:
        return value
    return say(language, f"status-{value}" if column == "status" else f"office-sheet-{column}-{value}")


def _milestone_line(title: str, due: str | None, done: bool) -> str:
    when = f"{date.fromisoformat(due):%d.%m.%Y}: " if due else ""
    return f"{'✓ ' if done else ''}{when}{title}"
