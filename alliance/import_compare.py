"""What a spreadsheet would change: its rows against what is there, with everything that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from alliance import measures, proofs
from alliance.companies import search_key
from alliance.errors import Invalid, Refusal
from alliance.import_cells import SPECS, BadCell, Spec, as_text, show
from alliance.import_changes import STANDING, Change, Draft, Problem, changes_plan, empty
from alliance.import_state import Known, State, Values, name_key
from alliance.intents import Report, Status
from alliance.words import file_words
from papers.sheets_in import Cell, Table

HEADING_WITHIN = 20  # rows from the top
MOST_ROWS = 40_000  # of all sheets together
MOST_MEETINGS = 200  # planned or changed at once; each is looked at for itself
NEAR = 80  # of 100, from when on a name is suggested


@dataclass(frozen=True)
class Sheet:
    """A sheet that was recognised: ``columns`` by index, ``rows`` below its headings with their line numbers."""

    name: str
    kind: str
    columns: dict[str, int]
    rows: list[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Setting:
    """What the comparison needs beside the rows: ``why`` is the letter's reason for changes of an adopted plan."""

    now: datetime
    zone: ZoneInfo
    language: str
    why: str = ""
    meeting: Callable[[Values], Refusal | None] = lambda _values: None  # what speaks against a meeting of these columns

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.zone).date()


def compare(state: State, tables: Iterable[Table], setting: Setting) -> Draft:
    """Everything the tables would change and everything that is wrong with them; changes nothing."""
    draft = Draft()
    sheets = [sheet for table in tables if (sheet := _recognised(table, draft))]
    draft.rows = sum(len(sheet.rows) for sheet in sheets)
    if not sheets:
        draft.problems.append(Problem("office-import-no-headings"))
    elif draft.rows > MOST_ROWS:
        draft.problems.append(Problem("office-import-too-many-rows", {"rows": draft.rows, "limit": MOST_ROWS}))
    else:
        for kind in file_words.KINDS:
            of_kind = [sheet for sheet in sheets if sheet.kind == kind]
            if of_kind:
                _READERS[kind](state, draft, setting, len(sheets) > 1).read(of_kind)
    return draft


# Sheets ---------------------------------------------------------------------------------------------------------------


def _recognised(table: Table, draft: Draft) -> Sheet | None:
    """The sheet below its headings; what is no sheet of ours is named, unless it is an export's own."""
    for index, row in enumerate(table.rows[:HEADING_WITHIN]):
        headings = [_heading(cell) for cell in row]
        if kind := file_words.kind_of(headings):
            columns = file_words.columns_of(kind, headings)
            read = set(columns.values())
            draft.ignored += [heading for at, heading in enumerate(headings) if heading and at not in read]
            below = [(line, row) for line, row in enumerate(table.rows[index + 1 :], index + 2) if _has_values(row)]
            sheet = Sheet(table.name, kind, columns, below)
            return sheet if _is_whole(sheet, table, draft, index) else None
    if any(map(_has_values, table.rows)) and name_key(table.name) not in file_words.UNREAD_SHEETS:
        draft.unread.append(table.name)
    return None


def _is_whole(sheet: Sheet, table: Table, draft: Draft, headings: int) -> bool:
    """Whether no needed column is missing and no cells are joined where they count."""
    for column in file_words.NEEDED[sheet.kind]:
        if column not in sheet.columns:
            draft.problems.append(Problem("office-import-no-column", {}, sheet.name, 0, f"{sheet.kind}-{column}"))
    names = {at: column for column, at in sheet.columns.items() if column not in file_words.SILENT}
    for top, left, bottom, right in table.merged:
        across = next((names[at] for at in range(left, right + 1) if at in names), "")
        if across and bottom > headings and (bottom > top or right > left):
            values = {"last": str(bottom + 1)}
            draft.problems.append(
                Problem("office-import-merged", values, sheet.name, top + 1, f"{sheet.kind}-{across}")
            )
    return True


def _heading(cell: Cell) -> str:
    try:
        return " ".join(as_text(cell).split())
    except BadCell:
        return ""


def _has_values(row: Iterable[Cell]) -> bool:
    return any(map(_is_said, row))


def _is_said(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or not cell.isspace())


# Rows -----------------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads the sheets of one kind into the draft."""

    kind = ""
    keys: tuple[str, ...] = ()  # the columns by which a row is recognised

    @property
    def fixed(self) -> tuple[str, ...]:
        """The columns that never change: another value there is another row."""
        return self.keys

    def __init__(self, state: State, draft: Draft, setting: Setting, many: bool) -> None:
        self.state, self.draft, self.setting = state, draft, setting
        self._many, self._today = many, setting.today
        self._sheet = ""
        self._line = 0
        self._lines: dict[Any, int] = {}

    def read(self, sheets: Iterable[Sheet]) -> None:
        """Compare every row; one with a problem changes nothing."""
        for sheet in sheets:
            self._sheet = sheet.name if self._many else ""
            used = [(column, at) for column, at in sheet.columns.items() if column in SPECS[self.kind]]
            for line, row in sheet.rows:
                self._line = line
                cells = {column: row[at] for column, at in used if at < len(row) and _is_said(row[at])}
                before = len(self.draft.problems)
                change = self._change(cells)
                if len(self.draft.problems) == before:
                    if change:
                        self.draft.changes.append(change)
                    else:
                        self.draft.same[self.kind] += 1
        self.finish()

    def finish(self) -> None:
        """What can be said only of all rows together."""

    def identify(self, cells: Mapping[str, Cell]) -> tuple[Any, Known | None]:
        """What the row is called by, and the row that is there. Raises BadCell, with its column if it is of one."""
        raise NotImplementedError

    def check(self, change: Change) -> None:
        """Name what is wrong with a change, or complete it."""

    def problem(self, key: str, column: str = "", **values: str | int) -> None:
        """Something is wrong in this row."""
        name = f"{self.kind}-{column}" if column else ""
        self.draft.problems.append(Problem(key, values, self._sheet, self._line, name))

    def _change(self, cells: Mapping[str, Cell]) -> Change | None:
        try:
            key, known = self.identify(cells)
        except _BadKey as bad:
            self.problem(bad.key, bad.column, **bad.values)
            return None
        if key in self._lines:
            self.problem("office-import-twice", self.keys[-1], line=str(self._lines[key]))
            return None
        self._lines[key] = self._line
        given = {column: cell for column, cell in cells.items() if column not in self.fixed and column != "why"}
        after, before = self._compared(given, known)
        why = as_text(cells["why"]) if "why" in cells else ""
        if known is not None and not known.gone and not after:
            return None
        change = Change(self.kind, key, after, before, known, " ".join((why or self.setting.why).split()))
        self.check(change)
        return change

    def _compared(self, cells: Mapping[str, Cell], known: Known | None) -> tuple[Values, Values]:
        """The columns that change, with what they are after and were before."""
        after: Values = {}
        before: Values = {}
        for column, cell in cells.items():
            spec = SPECS[self.kind][column]
            was = known.values[column] if known else empty(self.kind, column)
            value = self._value(column, spec, cell, was, is_there=known is not None)
            if not self.equal(column, value, was):
                after[column], before[column] = value, was
        return after, before

    def equal(self, column: str, value: Any, was: Any) -> bool:
        """Whether two values of a column mean the same."""
        return bool(value == was)

    def _value(self, column: str, spec: Spec, cell: Cell, was: Any, *, is_there: bool) -> Any:
        """What the cell means; what was there if the cell reads as an export would write it, or is wrong."""
        try:
            if not isinstance(cell, str):
                return spec.read(cell, self._today)
            if is_there and as_text(cell) == show(self.setting.language, column, spec.form, was).strip():
                return was
            if cell.strip().casefold() not in file_words.CLEARING:
                return spec.read(cell, self._today)
            if not spec.clears:
                self.problem("office-import-needed", column)
            return empty(self.kind, column)
        except BadCell as bad:
            self.problem(bad.key, column, **bad.values)
            return was


class _BadKey(BadCell):
    """The row cannot be recognised because of this column."""

    def __init__(self, key: str, column: str, **values: str | int) -> None:
        super().__init__(key, **values)
        self.column = column


def _key_cell(kind: str, column: str, cells: Mapping[str, Cell], today: date) -> Any:
    """The value of a column that a row is recognised by. Raises _BadKey."""
    if column not in cells:
        raise _BadKey("office-import-needed", column)
    try:
        return SPECS[kind][column].read(cells[column], today)
    except BadCell as bad:
        raise _BadKey(bad.key, column, **bad.values) from bad


class _Companies(_Reader):
    kind = "companies"
    keys = ("name",)

    def identify(self, cells: Mapping[str, Cell]) -> tuple[Any, Known | None]:
        key = search_key(_key_cell(self.kind, "name", cells, self._today))
        return key, self.state.companies.get(key)

    @property
    def fixed(self) -> tuple[str, ...]:
        """A name in another spelling is taken over."""
        return ()


class _Members(_Reader):
    kind = "members"
    keys = ("email",)

    def identify(self, cells: Mapping[str, Cell]) -> tuple[Any, Known | None]:
        email = _key_cell(self.kind, "email", cells, self._today).lower()
        known = self.state.members.get(email)
        if known:
            return known.values["email"], known
        try:
            return proofs.checked(email), None
        except Invalid:
            raise _BadKey("office-import-bad-email", "email", text=email) from None

    def equal(self, column: str, value: Any, was: Any) -> bool:
        """A company is the same however it is spelt."""
        return super().equal(column, value, was) or (column == "company" and search_key(value) == search_key(was))

    def check(self, change: Change) -> None:
        """A new member needs a name and a company; one that is not known is registered along."""
        for column in ("name", "company"):
            if not change.final(column):
                self.problem("office-import-needed", column)
        self._check_role(change)
        company = change.after.get("company")
        if company:
            key = search_key(company)
            if key not in self.state.companies and not any(one.key == key for one in self.draft.of("companies")):
                self.draft.new_companies.setdefault(key, company)

    def _check_role(self, change: Change) -> None:
        """The office's rights come and go by two people, never by a table; an observer carries no measure."""
        was, will = change.before.get("role"), change.final("role")
        gives = will == "office" and (change.is_new or was is not None)
        if gives or (was == "office" and not change.is_new):
            self.problem("office-import-role-office", "role")
        if will == "observer" and (carried := self._carried_by(change)):
            self.problem("office-import-observer-carries", "role", measures=", ".join(carried))

    def _carried_by(self, change: Change) -> list[str]:
        email = change.known.values["email"] if change.known else change.key
        carriers = {number: known.values for number, known in self.state.plan.items() if not known.gone}
        carried = (n for n, values in carriers.items() if email in (*values["leads"], *values["contributors"]))
        return [f"M{number}" for number in sorted(carried)]


class _Plan(_Reader):
    kind = "plan"
    keys = ("number",)

    def __init__(self, state: State, draft: Draft, setting: Setting, many: bool) -> None:
        super().__init__(state, draft, setting, many)
        self._next = 0
        self._titles: dict[tuple[str, str], int] | None = None
        self._people = {known.values["email"] for known in state.members.values() if not known.gone}
        self._people |= {change.key for change in draft.of("members")}
        roles = {known.values["email"]: known.values["role"] for known in state.members.values()}
        roles |= {change.key: change.final("role") for change in draft.of("members")}
        self._observers = {email for email, role in roles.items() if role == "observer"}
        self._groups: dict[str, set[str]] = {}

    def read(self, sheets: Iterable[Sheet]) -> None:
        """New measures without a number get those after the highest that is there or in the file."""
        sheets = list(sheets)
        given = [
            row[sheet.columns["number"]]
            for sheet in sheets
            if "number" in sheet.columns
            for _, row in sheet.rows
            if sheet.columns["number"] < len(row)
        ]
        numbers = [int(found[0]) for cell in given if (found := re.search(r"\d{1,6}", _heading(cell)))]
        self._next = max([0, *self.state.plan, *numbers]) + 1
        super().read(sheets)

    def identify(self, cells: Mapping[str, Cell]) -> tuple[Any, Known | None]:
        if "number" not in cells:
            return self._new_number(cells), None
        number = _key_cell(self.kind, "number", cells, self._today)
        known = self.state.plan.get(number)
        if known and known.gone:
            raise _BadKey("office-import-withdrawn", "number", measure=str(number))
        return number, known

    def _new_number(self, cells: Mapping[str, Cell]) -> int:
        """The next free number, unless the same title is already there: then the number was forgotten."""
        title = name_key(_heading(cells.get("title")))
        if self._titles is None:
            self._titles = {_title_key(known.values): n for n, known in self.state.plan.items() if not known.gone}
        key = (name_key(_heading(cells.get("field"))), title)
        if title and key in self._titles:
            raise _BadKey("office-import-number-forgotten", "number", measure=str(self._titles[key]))
        self._titles[key] = self._next
        self._next += 1
        return self._next - 1

    def _compared(self, cells: Mapping[str, Cell], known: Known | None) -> tuple[Values, Values]:
        group = cells.get("group")
        after, before = super()._compared({c: cell for c, cell in cells.items() if c != "group"}, known)
        if "field" in after:
            self._resolve_field(after, before, _heading(group))
        elif known and group is not None and known.values["field"]:
            self._groups.setdefault(name_key(known.values["field"]), set()).add(_heading(group))
        return after, before

    def _resolve_field(self, after: Values, before: Values, group: str) -> None:
        """The field as it is spelt; a new one only if its group is named, and nothing is nearly called so."""
        name, key = after["field"], name_key(after["field"])
        if not name:
            return
        known = self.state.fields.get(key)
        spelt = known.name if known else self.draft.new_fields.get(key, ("",))[0]
        near = "" if spelt else _nearest(name, [one.name for one in self.state.fields.values()])
        if near and (not group or _is_slip(name, near)):
            self.problem("office-import-field-near", "field", text=name, near=near)
        elif not spelt and not group:
            self.problem("office-import-field-unknown", "field", text=name)
        elif not spelt:
            self.draft.new_fields[key] = (name, group)
        after["field"] = spelt or name
        if after["field"] == before["field"]:
            del after["field"], before["field"]

    def check(self, change: Change) -> None:
        """Everything that one cell alone cannot know."""
        if not change.final("title"):
            self.problem("office-import-needed", "title")
        if change.final("operative") and not change.final("strategic"):
            self.problem("office-import-goal-without", "operative")
        if (change.final("strategic")) and not change.final("field"):
            self.problem("office-import-goal-no-field", "strategic")
        begins, due = change.final("begins"), change.final("due")
        if begins and due and due < begins and {"begins", "due"} & set(change.after):
            self.problem("office-import-ends-first", "due")
        self._check_people(change)
        _settle_standing(change)
        if self.state.adopted and not change.why and changes_plan(change):
            self.problem("office-import-needs-reason", "why")

    def _check_people(self, change: Change) -> None:
        for column in ("leads", "contributors"):
            for email in change.after.get(column, ()):
                known = self.state.members.get(email)
                if (known.values["email"] if known else email) not in self._people:
                    near = _nearest(email, self._people)
                    key = "office-import-person-near" if near else "office-import-person-unknown"
                    self.problem(key, column, text=email, **({"near": near} if near else {}))
                elif (known.values["email"] if known else email) in self._observers:
                    self.problem("office-import-person-observes", column, text=email)
        for column in ("leads", "contributors"):
            if column in change.after:
                change.after[column] = tuple(self._first_address(email) for email in change.after[column])

    def _first_address(self, email: str) -> str:
        known = self.state.members.get(email)
        return str(known.values["email"]) if known else email

    def equal(self, column: str, value: Any, was: Any) -> bool:
        """The order of people does not count, nor which of their addresses is named."""
        if column in {"leads", "contributors"}:
            return {self._first_address(email) for email in value} == set(was)
        return super().equal(column, value, was)

    def finish(self) -> None:
        """A field gets another group if all its rows name the same one."""
        for key, named in self._groups.items():
            known = self.state.fields.get(key)
            name = next(iter(named))
            if known and known.id is not None and len(named) == 1 and name != known.group_name:
                self.draft.groups[known.id] = (known.group_name, name)


class _Meetings(_Reader):
    kind = "meetings"
    keys = ("kind", "day", "title")

    def finish(self) -> None:
        """Not too many at once."""
        count = len(self.draft.of(self.kind))
        if count > MOST_MEETINGS:
            self._line = 0
            self.problem("office-import-too-many-meetings", count=count, limit=MOST_MEETINGS)

    def identify(self, cells: Mapping[str, Cell]) -> tuple[Any, Known | None]:
        kind, day, title = (_key_cell(self.kind, column, cells, self._today) for column in self.keys)
        key = (kind, day, name_key(title))
        known = self.state.meetings.get(key)
        if known and known.gone:
            raise _BadKey("office-import-cancelled", "title")
        self._named = {"kind": kind, "day": day, "title": title}
        return key, known

    def check(self, change: Change) -> None:
        """What the office could not say in words, a spreadsheet cannot either."""
        if change.known is None:
            change.after.update(self._named)
        begins = change.final("begins")
        if not begins:
            self.problem("office-import-needed", "begins")
        elif refusal := self.setting.meeting({column: change.final(column) for column in SPECS["meetings"]}):
            column = refusal.key.removeprefix("refusal-meeting-")
            named = {"hour": "begins", "ends": "ends", "link": "link"}.get(column, "day")
            self.problem(refusal.key, named, **refusal.values)


_READERS: Mapping[str, Callable[[State, Draft, Setting, bool], _Reader]] = {
    "companies": _Companies,
    "members": _Members,
    "plan": _Plan,
    "meetings": _Meetings,
}


# Helpers --------------------------------------------------------------------------------------------------------------


def _title_key(values: Values) -> tuple[str, str]:
    return name_key(values["field"]), name_key(values["title"])


def _settle_standing(change: Change) -> None:
    """Status, percent and expected day agree as they do after any report: done is 100 %, 100 % is done."""
    if not set(STANDING) & set(change.after):
        return
    nothing: Values = {"status": str(Status.OPEN), "percent": 0, "expected": None}
    was = change.known.values if change.known else nothing
    said = change.after.get("status")
    report = Report(status=Status(said) if said in set(Status) else None, percent=change.after.get("percent"))
    status, share = measures.next_standing(was["status"], was["percent"], report)
    settled: Values = {"status": str(status), "percent": share}
    if status == Status.DONE:
        settled["expected"] = None
    for column, value in settled.items():
        change.after.pop(column, None)
        if value != was[column]:
            change.after[column], change.before[column] = value, was[column]


def _nearest(name: str, names: Iterable[str]) -> str:
    """The one that is spelt most alike, "" if none is near."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, list(names), scorer=fuzz.ratio, processor=name_key, score_cutoff=NEAR)
    return str(found[0]) if found else ""


def _is_slip(name: str, near: str) -> bool:
    """Whether one was most likely meant for the other: they differ by hardly more than a letter, not by a figure."""
    from rapidfuzz.distance import OSA

    figures = [re.findall(r"\d+", text) for text in (name, near)]
    return figures[0] == figures[1] and OSA.distance(name_key(name), name_key(near)) <= 2
