"""The history as people read it: who did what, when, through which door, and what became of what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Table, TypeDecorator, or_
from sqlmodel import Session, SQLModel, col, select

import texts
from alliance import history, measures, phrases
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import ShowHistory
from alliance.notes import Note
from papers import workbook
from papers.workbook import Sheet
from store.changes import RECORDED
from store.tables import (
    Amendment,
    Change,
    Company,
    Deed,
    Goal,
    Measure,
    Paper,
    Person,
    PlanField,
    ProgressReport,
)
from texts import say

NEWEST = 10  # entries shown in a note
SHORT = 160  # characters of a text in a note
PORTION = 500  # deeds looked at together

# What says nothing to a reader: numbers by which rows are found, and what follows from the rest
SILENT = frozenset({"id", "version", "sequence", "reported_at", "deed_id", "inbox_id", "position", "search_key"})
# Columns that hold one word out of a few -> how the keys of its texts begin
OF_WORDS = {
    "answer": "privacy-answer-",
    "channel": "history-door-",
    "digest": "history-digest-",
    "initiative": "all-plan-initiative-",
    "language": "office-sheet-language-",
    "purpose": "privacy-consent-",
    "role": "office-sheet-role-",
}
# Of a report only what the measure's own change does not say
_SHOWN = {"reports": frozenset({"text", "unchanged", "undone_at"})}


@dataclass(frozen=True)
class Entry:
    """One deed with what it changed, in words."""

    deed: Deed
    at: str
    who: str
    door: str
    what: str
    changes: tuple[str, ...]

    def line(self, language: str) -> str:
        """All of it in one line."""
        values = {"at": self.at, "who": self.who, "door": self.door, "what": self.what}
        if not self.changes:
            return say(language, "history-line", **values)
        return say(language, "history-line-changes", changes="; ".join(self.changes), **values)


def show(hearing: Hearing, intent: ShowHistory) -> Note:
    """VERLAUF M12: the newest entries, and all of them as a table when there are more. Raises NotFound."""
    measure = measures.find(hearing, intent.measure)
    language, title = hearing.language, phrases.measure_title(measure)
    numbers = of_measure(hearing.session, measure)
    newest = list(entries(hearing.session, hearing.house, language, numbers[-NEWEST:], SHORT))
    lines = [entry.line(language) for entry in reversed(newest)] or [say(language, "history-none")]
    papers: tuple[int, ...] = ()
    if len(numbers) > NEWEST:
        lines.append(say(language, "history-more", shown=NEWEST, count=len(numbers)))
        papers = _paper(hearing, f"M{measure.number}", numbers)
    return Note(say(language, "history-title", measure=title), tuple(lines), papers=papers, language=language)


def _paper(hearing: Hearing, name: str, numbers: Sequence[int]) -> tuple[int, ...]:
    found = entries(hearing.session, hearing.house, hearing.language, numbers)
    content = workbook.as_csv(sheet(hearing.language, found))
    file = say(hearing.language, "history-file", name=name, day=hearing.today.isoformat())
    paper = Paper(name=file, media_type=workbook.CSV, content=content, made_at=hearing.at, names_people=True)
    hearing.session.add(paper)
    hearing.session.flush()
    return (paper.id or 0,)


def sheet(language: str, found: Iterator[Entry]) -> Sheet:
    """The entries as a table, a row for each change; the papers' own guard keeps them from being formulas."""
    widths = {"number": 8, "at": 18, "who": 30, "door": 14, "what": 26, "source": 10, "change": 80}
    columns = tuple(workbook.Column(say(language, f"history-heading-{name}"), width) for name, width in widths.items())
    rows = [
        (
            entry.deed.id,
            entry.at,
            entry.who,
            entry.door,
            entry.what,
            str(entry.deed.inbox_id or ""),
            change,
        )
        for entry in found
        for change in entry.changes or ("",)
    ]
    return Sheet(say(language, "history-sheet"), columns, rows)


# Which deeds ----------------------------------------------------------------------------------------------------------


def of_measure(session: Session, measure: Measure) -> list[int]:
    """The deeds about a measure, oldest first: by what they changed, or by what older lines say of themselves."""
    rows = _rows_about(session, "measure_id", measure.id or 0) | {("measures", str(measure.id))}
    found = _deeds_of(session, rows)
    for kind in (ProgressReport, Amendment):
        found |= set(session.exec(select(kind.deed_id).where(kind.measure_id == measure.id)))
    named = col(Deed.details)["measure"].as_integer() == measure.number
    return sorted(found | set(_ids(session, named)))


def of_person(session: Session, person: Person) -> list[int]:
    """The deeds of a person and those about them, oldest first."""
    rows = _rows_about(session, "person_id", person.id or 0) | {("persons", str(person.id))}
    return sorted(_deeds_of(session, rows) | set(_ids(session, col(Deed.actor_id) == person.id)))


def since(session: Session, moment: datetime | None, among: Collection[int] | None = None) -> list[int]:
    """All deeds, or those of ``among``, from a moment on; oldest first."""
    condition = col(Deed.at) >= moment if moment else col(Deed.id).is_not(None)
    return [number for number in _ids(session, condition) if among is None or number in among]


def _ids(session: Session, condition: Any) -> Iterator[int]:
    for number in session.exec(select(Deed.id).where(condition).order_by(col(Deed.id))):
        if number is not None:
            yield number


def _rows_about(session: Session, column: str, number: int) -> set[tuple[str, str]]:
    """The rows, also former ones, that name something in a column such as "measure_id"."""
    found: set[tuple[str, str]] = set()
    for name in RECORDED:
        table = SQLModel.metadata.tables[name]
        if column in table.columns:
            rows = session.execute(select(table.c.id).where(table.c[column] == number))
            found |= {(name, str(row)) for row in rows.scalars()}
    named = or_(*(col(copy)[column].as_integer() == number for copy in (Change.before, Change.after)))
    return found | set(session.exec(select(Change.table_name, Change.row_id).where(named)).all())


def _deeds_of(session: Session, rows: set[tuple[str, str]]) -> set[int]:
    found: set[int] = set()
    for table in sorted({name for name, _ in rows}):
        mine = [row for name, row in rows if name == table]
        for start in range(0, len(mine), PORTION):
            condition = col(Change.row_id).in_(mine[start : start + PORTION]), col(Change.table_name) == table
            found |= {number for number in session.exec(select(Change.deed_id).where(*condition)) if number}
    return found


# In words -------------------------------------------------------------------------------------------------------------


def entries(session: Session, house: House, language: str, numbers: Sequence[int], shorten: int = 0) -> Iterator[Entry]:
    """These deeds in words, in their order; texts longer than ``shorten`` characters are cut, if that is set."""
    words = _Words(session, house, language, shorten)
    for start in range(0, len(numbers), PORTION):
        some = numbers[start : start + PORTION]
        changed: dict[int, list[Change]] = {}
        for change in session.exec(select(Change).where(col(Change.deed_id).in_(some)).order_by(col(Change.id))):
            changed.setdefault(change.deed_id or 0, []).append(change)
        for deed in session.exec(select(Deed).where(col(Deed.id).in_(some)).order_by(col(Deed.id))):
            yield words.entry(deed, changed.get(deed.id or 0, ()))


@dataclass
class _Words:
    session: Session
    house: House
    language: str
    shorten: int

    def entry(self, deed: Deed, changed: Sequence[Change]) -> Entry:
        said = (self.change(change) for change in changed)
        return Entry(
            deed,
            _clock(deed.at, self.house),
            self.actor(deed),
            texts.known(self.language, f"history-door-{deed.door}", deed.door),
            texts.known(self.language, f"history-what-{deed.what}", deed.what),
            tuple(words for words in said if words),
        )

    def instead(self, deed: Deed) -> str:
        """In whose place a report was made, "" if it was their own."""
        whose = set(deed.details.get("instead_of", {}).values())
        others = sorted(self.people.get(number, f"#{number}") for number in whose)
        return say(self.language, "history-instead", names=phrases.listing(self.language, others)) if others else ""

    def actor(self, deed: Deed) -> str:
        if deed.actor_id is not None:
            return self.people.get(deed.actor_id, f"#{deed.actor_id}") + self.instead(deed)
        kind = {"console": "operator", history.CLOCK: "assistant", "assistant": "assistant", "unknown": "nobody"}
        return say(self.language, f"history-actor-{kind.get(deed.door, 'unknown')}")

    def change(self, change: Change) -> str:
        """One row, "" when nothing of it says anything to a reader."""
        table = SQLModel.metadata.tables.get(change.table_name)
        if table is None:
            return ""
        row = self.row(table, change)
        if change.before is None and change.after is None:
            return say(self.language, "history-forgotten", row=row)
        kind = "new" if change.before is None else "gone" if change.after is None else "changed"
        parts = list(self.parts(table, change, kind))
        if not parts and (kind == "changed" or table.name in _SHOWN):
            return ""
        return say(self.language, f"history-{kind}", row=row, parts=", ".join(parts)).removesuffix(": ")

    def parts(self, table: Table, change: Change, kind: str) -> Iterator[str]:
        before, after = change.before or {}, change.after or {}
        shown = _SHOWN.get(table.name)
        for column in table.columns:
            name = column.name
            if name in SILENT or not (name in before or name in after) or (shown and name not in shown):
                continue
            was, now = before.get(name), after.get(name)
            if kind == "changed":
                pair = {"before": self.value(column, was), "after": self.value(column, now)}
                yield say(self.language, "history-part", column=self.column(name), **pair)
            elif (only := now if kind == "new" else was) not in (None, "", 0, False, [], {}):
                yield say(self.language, "history-only", column=self.column(name), value=self.value(column, only))

    def row(self, table: Table, change: Change) -> str:
        name = texts.known(self.language, f"history-table-{table.name.replace('_', '-')}", table.name)
        called = self.call(table.name, int(change.row_id)) if change.row_id.isdecimal() else change.row_id
        return f"{name} {called}"

    def column(self, name: str) -> str:
        return texts.known(self.language, f"history-column-{name.replace('_', '-')}", name)

    def value(self, column: Column[Any], value: Any) -> str:
        """A value as people write it."""
        if value is None or value in ("", []):
            return say(self.language, "history-empty")
        if column.foreign_keys:
            return self.call(next(iter(column.foreign_keys)).column.table.name, int(value))
        plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
        kind = plain.python_type
        if kind is bool:
            return say(self.language, "history-yes" if value else "history-no")
        if kind is date:
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        if kind is datetime:
            return _clock(datetime.fromisoformat(value), self.house)
        if kind is int:
            return f"{value} %" if column.name == "percent" else str(value)
        if column.name == "status":
            return phrases.status_word(self.language, value)
        if column.name in OF_WORDS:
            return texts.known(self.language, OF_WORDS[column.name] + value, value)
        return self.cut(f"»{_inside_quotes(value)}«" if kind is str else _listed(value))

    def cut(self, text: str) -> str:
        text = " ".join(text.split())
        return f"{text[: self.shorten]}…" if 0 < self.shorten < len(text) else text

    def call(self, table: str, number: int) -> str:
        """What a row is called: M12, a person's or company's name, else its number."""
        return self.names.get(table, {}).get(number, f"#{number}")

    @cached_property
    def people(self) -> Mapping[int, str]:
        rows = self.session.exec(select(Person.id, Person.name, Company.name).join(Company)).all()
        return {number: f"{name} ({company})" for number, name, company in rows if number is not None}

    @cached_property
    def names(self) -> Mapping[str, Mapping[int, str]]:
        named = ((Company, Company.name), (Goal, Goal.title), (PlanField, PlanField.name))
        found: dict[str, Mapping[int, str]] = {}
        for kind, name in named:
            rows = self.session.exec(select(kind.id, name)).all()
            found[str(kind.__tablename__)] = {number or 0: f"»{called}«" for number, called in rows}
        found["persons"] = self.people
        found["measures"] = {
            number or 0: f"M{called}" for number, called in self.session.exec(select(Measure.id, Measure.number))
        }
        return found


def _inside_quotes(text: str) -> str:
    return text.replace("»", "›").replace("«", "‹")


def _clock(moment: datetime, house: House) -> str:
    """A moment that a database without time zones keeps in UTC, by the clock on the wall."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{aware.astimezone(house.zone):%d.%m.%Y %H:%M}"


def _listed(value: Any) -> str:
    """Milestones, evidence or an agenda in one line."""
    if not isinstance(value, list):
        return str(value)
    return " / ".join(_one(part) for part in value)


def _one(part: Any) -> str:
    if isinstance(part, dict) and {"title", "due", "done"} <= part.keys():
        return phrases.milestone(part)
    return " ".join(str(value) for value in part.values() if value) if isinstance(part, dict) else str(part)
