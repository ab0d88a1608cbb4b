"""Spreadsheets out: an Excel workbook with checked cells, or CSV as German Excel opens it, from plain values."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LONGEST = 32_767  # characters of a cell, by Excel's specification

Value = str | int | date | time | None

_FORMULA_LIKE = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # after OWASP, "CSV Injection"
_GUARDED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_BLUE, _PALE = "#1F4E79", "#DDE8F3"


@dataclass(frozen=True)
class Column:
    """A column: its heading, width in characters, and what its cells hold.

    ``form`` is "text", "day", "clock", "percent" (0-100), "number", "choice" (one of ``choices``) or "light" (a sign,
    coloured by ``lights``). ``advice`` is what Excel says when something else is typed.
    """

    heading: str
    width: int
    form: str = "text"
    choices: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet; every row has a value, or None, for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets, a sheet of ``hints`` in two columns, and the name of a hidden one for long choices.

    ``lights`` are signs with their colours. ``made`` is when, for the document's properties.
    """

    title: str
    made: datetime
    sheets: tuple[Sheet, ...]
    hints_name: str
    hints: tuple[tuple[str, str], ...]
    lists_name: str
    lights: Mapping[str, str]


def as_xlsx(book: Book) -> bytes:
    """The workbook. Text stays text, whatever it looks like; nothing in it is a formula."""
    import xlsxwriter  # here, because it is rarely needed

    target = BytesIO()
    options = {
        "constant_memory": True,  # a row is written once and forgotten
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": book.title, "created": book.made.replace(tzinfo=None)})
        writer = _Writer(workbook, book)
        for sheet in book.sheets:
            writer.write(sheet)
        writer.write_hints()
        writer.write_lists()
    return target.getvalue()


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, semicolons and CRLF. What looks like a formula gets an apostrophe before it."""
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow(
            [_guarded(_as_text(value, column.form)) for value, column in zip(row, sheet.columns, strict=True)]
        )
    return target.getvalue().encode("utf-8-sig")


def _as_text(value: Value, form: str) -> str:
    match value:
        case None:
            return ""
        case date():
            return f"{value:%d.%m.%Y}"
        case time():
            return f"{value:%H:%M}"
    return f"{value} %" if form == "percent" else str(value)


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA_LIKE.match(text) else text


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: Any, book: Book) -> None:
        self._workbook, self._book = workbook, book
        self._lists: dict[tuple[str, ...], int] = {}  # choices too long for a cell's own list, by column
        frame = {"valign": "top", "border": 1, "border_color": "#D0D7DE"}
        self._heading = workbook.add_format(
            frame | {"bold": True, "font_color": "white", "bg_color": _BLUE, "text_wrap": True, "valign": "vcenter"}
        )
        codes = {"day": "dd.mm.yyyy", "clock": "hh:mm", "percent": '0" %"', "number": "0"}
        centred = {"align": "center"}
        self._formats = {
            form: workbook.add_format(frame | centred | {"num_format": code}) for form, code in codes.items()
        }
        self._formats["light"] = workbook.add_format(frame | centred)
        text = workbook.add_format(frame | {"text_wrap": True, "num_format": "@"})
        self._formats |= {"text": text, "choice": text}
        self._colours = {sign: workbook.add_format({"font_color": colour}) for sign, colour in book.lights.items()}

    def write(self, sheet: Sheet) -> None:
        """One sheet with its frozen, filtered heading, ready to print."""
        page, last = self._workbook.add_worksheet(sheet.name), max(len(sheet.rows), 1)
        self._set_up(page, sheet, last)
        page.set_row(0, 32)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width, self._formats[column.form])
            page.write_string(0, at, column.heading, self._heading)
            self._check(page, at, column, last + 1_000)
        for line, row in enumerate(sheet.rows, start=1):
            for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
                self._cell(page, (line, at), value, self._formats[column.form])

    def _set_up(self, page: Any, sheet: Sheet, last: int) -> None:
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&L&8&A&R&8&P / &N")
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _cell(self, page: Any, place: tuple[int, int], value: Value, look: Any) -> None:
        match value:
            case None | "":
                page.write_blank(*place, None, look)
            case date() | time():
                page.write_datetime(*place, value, look)
            case int():
                page.write_number(*place, value, look)
            case _ if len(value) <= LONGEST:
                page.write_string(*place, f"'{value}" if _GUARDED.match(value) else value, look)

    def _check(self, page: Any, at: int, column: Column, last: int) -> None:
        """What may be typed into a column, and the colours of its signs."""
        for sign, look in self._colours.items() if column.form == "light" else ():
            page.conditional_format(
                1, at, last, at, {"type": "text", "criteria": "begins with", "value": sign, "format": look}
            )
        rule = self._rule(column)
        if rule:
            page.data_validation(1, at, last, at, rule | {"error_message": column.advice[:255], "error_title": "?"})

    def _rule(self, column: Column) -> dict[str, Any]:
        if column.form == "percent":
            return {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100}
        if column.form == "day":
            bounds = {"minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
            return {"validate": "date", "criteria": "between", **bounds}
        if not column.choices:
            return {}
        if len(",".join(column.choices)) <= 255 and not any("," in choice for choice in column.choices):
            return {"validate": "list", "source": list(column.choices), "error_type": "warning"}
        at = self._lists.setdefault(column.choices, len(self._lists))
        letter = chr(ord("A") + at)
        source = f"='{self._book.lists_name}'!${letter}$1:${letter}${len(column.choices)}"
        return {"validate": "list", "source": source, "error_type": "warning"}

    def write_hints(self) -> None:
        """How the columns are filled in."""
        page = self._workbook.add_worksheet(self._book.hints_name)
        wrapped = self._workbook.add_format({"text_wrap": True, "valign": "top"})
        bold = self._workbook.add_format({"text_wrap": True, "valign": "top", "bold": True, "bg_color": _PALE})
        page.set_column(0, 0, 28, bold)
        page.set_column(1, 1, 100, wrapped)
        for line, (what, hint) in enumerate(self._book.hints):
            page.write_string(line, 0, what, bold)
            page.write_string(line, 1, hint, wrapped)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def write_lists(self) -> None:
        """The choices that are too long to stand in a cell's own list."""
        page = self._workbook.add_worksheet(self._book.lists_name)
        columns = list(self._lists)
        for line in range(max(map(len, columns), default=0)):
            for at, choices in enumerate(columns):
                if line < len(choices):
                    page.write_string(line, at, choices[line])
        page.hide()
