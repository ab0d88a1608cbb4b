"""Inside the child: takes one spreadsheet apart within hard limits and says as JSON what is in it."""

from __future__ import annotations

import csv
import json
import re
import resource
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

MEMORY = 1_000_000_000  # bytes of address space
CPU = 10  # seconds; 40,000 rows of the plan take three
ROWS = 50_000
COLUMNS = 200
SHEETS = 50

_BUILT_IN_PERCENT = {9, 10}  # ECMA-376, part 1, 18.8.30
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_READ = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ERROR = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*?\bt="e"')
_FORMULA_LIKE = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def main() -> None:
    """Answer the file on standard input; whatever goes wrong ends the process."""
    _confine({"RLIMIT_AS": MEMORY, "RLIMIT_CPU": CPU, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0})
    try:
        answer: dict[str, Any] = {"tables": tables(sys.stdin.buffer.read())}
    except _Fault as fault:
        answer = {"fault": str(fault)}
    sys.stdout.write(json.dumps(answer))


def tables(content: bytes) -> list[dict[str, Any]]:
    """Each visible sheet as name, rows and merged areas."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _of_workbook(content)
    if content.lstrip()[:5].startswith((b"%PDF", b"{\\rtf", b"<")):
        raise _Fault("no-sheet")
    return [{"name": "", "rows": _of_csv(_decoded(content)), "merged": []}]


class _Fault(Exception):
    """One of :class:`papers.sheets_in.Fault`."""


def _confine(limits: dict[str, int]) -> None:
    """Set the soft limits that this system knows; macOS has no limit of the address space that works."""
    for name, most in limits.items():
        with suppress(AttributeError, ValueError, OSError):
            number = getattr(resource, name)
            resource.setrlimit(number, (most, resource.getrlimit(number)[1]))


# Workbooks ------------------------------------------------------------------------------------------------------------


def _of_workbook(content: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        marks = _Marks(content)
        return [_of_sheet(book.get_sheet_by_name(name), marks) for name in shown[:SHEETS]]
    except PasswordError as error:
        raise _Fault("password") from error
    except (CalamineError, ElementTree.ParseError, KeyError) as error:
        raise _Fault("no-sheet") from error


def _of_sheet(sheet: Any, marks: _Marks) -> dict[str, Any]:
    if sheet.total_height > ROWS:
        raise _Fault("too-many-rows")
    if sheet.total_width > COLUMNS:
        raise _Fault("too-many-columns")
    rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    marks.set(sheet.name, rows)
    areas = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
    return {"name": sheet.name, "rows": rows, "merged": areas}


def _plain(value: Any) -> Any:
    """A value that JSON has; whole numbers without a point, and what it has not as a list."""
    if isinstance(value, str):
        return _unguarded(value) or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime):
        return ["m", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["t", value.isoformat()]
    if isinstance(value, timedelta):
        return str(value)
    return value


class _Marks:
    """What the library does not tell of an .xlsx: failed formulas, and which numbers are shown with a percent sign."""

    def __init__(self, content: bytes) -> None:
        self._files: dict[str, bytes] = {}
        self._sheets: dict[str, str] = {}
        if not content.startswith(b"PK"):
            return
        with ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
            if "xl/workbook.xml" in names:
                self._files = {name: packed.read(name) for name in names if name.startswith(_READ)}
                self._sheets = self._paths()
        self._percent = self._percent_cells()

    def set(self, sheet: str, rows: list[list[Any]]) -> None:
        """Put the marks into the rows of a sheet."""
        xml = self._files.get(self._sheets.get(sheet, ""), b"")
        for column, row in _ERROR.findall(xml):
            _replace(rows, column, row, lambda _: ["e"])
        if xml and self._percent:
            for column, row in self._percent.findall(xml):
                _replace(rows, column, row, lambda value: ["%", round(value * 100, 6)])

    def _paths(self) -> dict[str, str]:
        relations = ElementTree.fromstring(self._files["xl/_rels/workbook.xml.rels"])  # noqa: S314  (within limits)
        target = {part.get("Id"): part.get("Target", "") for part in relations}
        book = ElementTree.fromstring(self._files["xl/workbook.xml"])  # noqa: S314
        sheets = [(sheet.get("name", ""), target.get(sheet.get(_RELATION), "")) for sheet in book.iter(f"{_MAIN}sheet")]
        return {name: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for name, path in sheets}

    def _percent_cells(self) -> re.Pattern[bytes] | None:
        """A pattern for cells of a style with a percent sign."""
        styles = self._files.get("xl/styles.xml")
        if styles is None:
            return None
        root = ElementTree.fromstring(styles)  # noqa: S314
        own = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in root.iter(f"{_MAIN}numFmt")}
        percent = _BUILT_IN_PERCENT | {number for number, code in own.items() if "%" in _QUOTED.sub("", code)}
        used = root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
        ids = [number for number, style in enumerate(used) if int(style.get("numFmtId", 0)) in percent]
        if not ids:
            return None
        some = "|".join(map(str, ids))
        return re.compile(rf'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{{1,3}})([0-9]{{1,7}})"[^>]*?\bs="(?:{some})"'.encode())


def _replace(rows: list[list[Any]], column: bytes, row: bytes, change: Any) -> None:
    """Change one cell that is named as in A1, if it holds a number or nothing."""
    across, down = 0, int(row) - 1
    for letter in column:
        across = across * 26 + letter - 64
    if down < len(rows) and across <= len(rows[down]):
        value = rows[down][across - 1]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        marked = change(value if is_number else 0)
        if is_number or (value is None and marked == ["e"]):
            rows[down][across - 1] = marked


# CSV ------------------------------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """The text of a CSV file: UTF-8, with or without a byte order mark, UTF-16, or what Windows saves."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").removeprefix("\ufeff")
    if content[1:200:2].count(0) > len(content[:200]) // 4:
        return content.decode("utf-16-le", "replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise _Fault("no-sheet")
    return text


def _of_csv(text: str) -> list[list[Any]]:
    delimiter = _delimiter(text)
    if delimiter is None:
        raise _Fault("no-sheet")
    if re.match(r"sep=.\r?\n", text):
        text = "\n" + text.split("\n", 1)[1]  # an empty line in its place, so that the line numbers stay
    csv.field_size_limit(1_000_000)
    rows = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_unguarded(value) or None for value in row])
            _check_size(rows)
    except csv.Error as error:
        raise _Fault("no-sheet") from error
    return rows


def _check_size(rows: list[list[Any]]) -> None:
    if len(rows) > ROWS:
        raise _Fault("too-many-rows")
    if len(rows[-1]) > COLUMNS:
        raise _Fault("too-many-columns")


def _delimiter(text: str) -> str | None:
    """What parts the columns: named in Excel's first line, or the likeliest sign in the first line with one."""
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        return named[1]
    for line in _first_lines(text):
        counts = {sign: line.count(sign) for sign in ";\t,|"}
        best = max(counts, key=lambda sign: counts[sign])
        if counts[best]:
            return best
    return ";" if text.count("\n") > 1 and max(map(len, _first_lines(text))) < 80 else None


def _first_lines(text: str) -> Iterable[str]:
    return [line for line in text.split("\n", 20)[:20] if line.strip()]


def _unguarded(value: str) -> str:
    """Without the apostrophe that keeps a spreadsheet program from taking text for a formula."""
    return value[1:] if _FORMULA_LIKE.match(value) else value


if __name__ == "__main__":
    main()
