"""Workbooks and CSV files come back as they went out, and what comes from elsewhere is read or refused in a word."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import sheets_child, sheets_in
from papers.sheets_in import CellError, Fault, Percent, Unreadable
from papers.workbook import Book, Column, Sheet, as_csv, as_xlsx

MADE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIELDS = tuple(f"Themenfeld mit einem langen Namen, Nummer {number}" for number in range(9))
COLUMNS = (
    Column("Nr.", 6, "number"),
    Column("Maßnahme", 30),
    Column("Termin", 12, "day"),
    Column("Beginn", 12, "clock"),
    Column("Fortschritt %", 12, "percent", advice="Bitte eine ganze Zahl von 0 bis 100."),
    Column("Status", 12, "choice", ("läuft", "fertig")),
    Column("Themenfeld", 20, "text", FIELDS),
    Column("Ampel", 10, "light"),
)
ROW = (12, "=cmd()", date(2027, 12, 31), time(17, 15), 60, "läuft", FIELDS[0], "● grün")
TRICKY = [
    "=cmd()",
    "+49 2041 1",
    "@x",
    "-1",
    "'=x",
    "''=x",
    "02041 0",
    "a\tb",
    "\tx",
    "ä\nö",
    '"',
    ";",
    "_x0041_",
    "😀",
]


def book(*sheets: Sheet) -> Book:
    hints = (("Leere Zellen", "bleiben, wie sie sind."),)
    return Book("Der Plan", MADE, sheets, "Hinweise", hints, "Listen", {"●": "#1A7F37", "▲": "#CF222E"})


def workbook(write: Callable[[Any, Any], None]) -> bytes:
    """Somebody else's workbook of one sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        write(made, made.add_worksheet("Tabelle1"))
    return target.getvalue()


def rows_of(content: bytes) -> list[list[Any]]:
    return sheets_in.read(content)[0].rows


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def fault_of(content: bytes) -> Fault:
    with pytest.raises(Unreadable) as refused:
        sheets_in.read(content)
    return refused.value.fault


# --- out and in again


def test_a_workbook_comes_back_with_its_numbers_days_and_times() -> None:
    tables = sheets_in.read(as_xlsx(book(Sheet("Maßnahmen", COLUMNS, [ROW, (None,) * 8]))))
    assert [table.name for table in tables] == ["Maßnahmen", "Hinweise"]  # the long choices are on a hidden sheet
    assert tables[0].rows == [[column.heading for column in COLUMNS], list(ROW)]
    assert type(tables[0].rows[1][0]) is int


@pytest.mark.fault(61)
def test_nothing_in_a_workbook_is_a_formula_or_a_link() -> None:
    texts = [*TRICKY, "https://example.org/x", "mailto:a@example.org"]
    parts = parts_of(as_xlsx(book(Sheet("Texte", (Column("Text", 20),), [(text,) for text in texts]))))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert not any("externalLink" in name for name in parts)


def test_a_sheet_is_frozen_filtered_checked_and_ready_to_print() -> None:
    parts = parts_of(as_xlsx(book(Sheet("Maßnahmen", COLUMNS, [ROW]))))
    sheet, names = parts["xl/worksheets/sheet1.xml"], parts["xl/workbook.xml"]
    assert 'ySplit="1"' in sheet
    assert '<autoFilter ref="A1:H2"/>' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "$1:$1" in names  # the heading is printed on every page
    assert 'type="whole"' in sheet
    assert "Bitte eine ganze Zahl von 0 bis 100." in sheet
    assert '"läuft,fertig"' in sheet.replace("&quot;", '"')
    assert "'Listen'!$A$1:$A$9" in sheet.replace("&apos;", "'")
    assert 'type="beginsWith"' in sheet
    assert "<dc:title>Der Plan</dc:title>" in parts["docProps/core.xml"]


@pytest.mark.fault(61)
def test_a_csv_opens_in_a_german_excel_and_holds_no_formula() -> None:
    content = as_csv(Sheet("Maßnahmen", COLUMNS, [ROW]))
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.split("\r\n")[1] == f"12;'=cmd();31.12.2027;17:15;60 %;läuft;{FIELDS[0]};● grün"
    assert all(
        not cell.startswith(tuple("=+-@\t\r")) for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row
    )


@pytest.mark.parametrize("text", [*TRICKY, "\r=x", "\t=x", "-", "+", '=HYPERLINK("https://example.org")'])
@pytest.mark.fault(61)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    sheet = Sheet("Texte", (Column("Nr.", 6, "number"), Column("Text", 10)), [(1, text)])
    rows = list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 2
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row)


TEXTS = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.text("=+-@'\t äß_x0041;\"\n", max_size=12),
).filter(lambda text: text == text.strip() and "\r" not in text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_texts_come_back_to_the_letter_from_workbook_and_csv(texts: list[list[str]]) -> None:
    columns = tuple(Column(name, 10) for name in ("Eins", "Zwei", "Drei"))
    sheet = Sheet("Texte", columns, texts)
    expected = [[cell or None for cell in row] for row in texts]
    for content in (as_xlsx(book(sheet)), as_csv(sheet)):
        read = sheets_child.tables(content)[0]["rows"][1:]
        assert _padded(read, len(expected)) == expected


def _padded(rows: Iterable[list[Any]], count: int) -> list[list[Any]]:
    """Rows as long as they were; those without any value are left out at the end of a sheet."""
    full = [[*row, None, None, None][:3] for row in rows]
    return [*full, *([[None] * 3] * (count - len(full)))]


# --- what comes from elsewhere


def test_a_number_shown_with_a_percent_sign_is_told_from_a_bare_one() -> None:
    def write(made: Any, page: Any) -> None:
        quoted, own = made.add_format({"num_format": '0" %"'}), made.add_format({"num_format": "0.0%"})
        page.write_row(0, 0, ["Nr.", "Fortschritt"])
        for line, (value, look) in enumerate(
            [(0.6, made.add_format({"num_format": "0%"})), (1, own), (1, quoted), (0.6, None)]
        ):
            page.write_number(line + 1, 1, value, look)

    assert [row[1] for row in rows_of(workbook(write))[1:]] == [Percent(60), Percent(100), 1, 0.6]


def test_a_failed_formula_is_no_empty_cell_and_a_good_one_counts_by_its_value() -> None:
    def write(_made: Any, page: Any) -> None:
        page.write_row(0, 0, ["Nr.", "Maßnahme"])
        page.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        page.write_formula(2, 0, "=6+6", None, 12)
        page.write_formula(3, 0, "=#REF!", None, "#REF!")

    assert [row[0] for row in rows_of(workbook(write))[1:]] == [CellError(), 12, CellError()]


def test_rows_keep_their_numbers_above_and_between_empty_ones() -> None:
    def write(_made: Any, page: Any) -> None:
        page.write(3, 2, "Nr.")
        page.write(6, 2, 5)

    rows = rows_of(workbook(write))
    assert len(rows) == 7
    assert (rows[3][2], rows[6][2]) == ("Nr.", 5)


def test_joined_cells_are_named() -> None:
    def write(_made: Any, page: Any) -> None:
        page.merge_range(1, 0, 3, 0, "Fachkräfte")

    assert sheets_in.read(workbook(write))[0].merged == ((1, 0, 3, 0),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter(encoding: str, delimiter: str) -> None:
    text = f"Maßnahme{delimiter}Ort\r\nGründerbühne{delimiter}Köln\r\n"
    assert rows_of(text.encode(encoding)) == [["Maßnahme", "Ort"], ["Gründerbühne", "Köln"]]


def test_a_csv_may_name_its_delimiter_as_excel_does() -> None:
    assert rows_of(b"sep=,\r\nName,Ort;Ring\r\n") == [[], ["Name", "Ort;Ring"]]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\xef\xbb\xbf \r\n", Fault.EMPTY),
        (b"PK\x03\x04 this is no zip", Fault.NO_SHEET),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Fault.NO_SHEET),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Fault.NO_SHEET),
        (b"<html><table><tr><td>Name</td></tr></table></html>", Fault.NO_SHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Fault.NO_SHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Fault.PASSWORD),
        (b"Name\r\n" + b"x\r\n" * 50_001, Fault.TOO_MANY_ROWS),
        (b"Name" + b";" * 201 + b"\r\n", Fault.TOO_MANY_COLUMNS),
    ],
)
def test_what_is_no_readable_spreadsheet_is_refused_by_its_reason(content: bytes, fault: Fault) -> None:
    assert fault_of(content) == fault


def test_a_zip_without_a_workbook_is_no_spreadsheet() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("brief.txt", "Guten Tag")
    assert fault_of(target.getvalue()) == Fault.NO_SHEET


@pytest.mark.fault(34)
def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/x.xml", "w") as file:
        for _ in range(sheets_in.UNPACKED // 1_000_000 + 1):
            file.write(bytes(1_000_000))
    assert len(target.getvalue()) < 1_000_000
    assert fault_of(target.getvalue()) == Fault.TOO_BIG


@pytest.mark.fault(34)
def test_a_zip_bomb_with_a_lying_directory_is_refused_unopened() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = (
        packer.compress(b"<worksheet>") + b"".join(packer.compress(b" " * 1_000_000) for _ in range(5)) + packer.flush()
    )
    honest = io.BytesIO(workbook(lambda _made, page: page.write(0, 0, "Name")))
    target = io.BytesIO()
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for name in source.namelist():
            made.writestr(name, packed if name == "xl/worksheets/sheet1.xml" else source.read(name))
    content = _deflated_in_name(target.getvalue(), b"xl/worksheets/sheet1.xml", len(packed))
    assert fault_of(content) == Fault.NO_SHEET


@pytest.mark.fault(34)
def test_a_workbook_that_repeats_a_long_text_without_end_ends_the_child_and_not_the_house() -> None:
    parts = parts_of(workbook(lambda _made, page: page.write(0, 0, "Name")))
    cells = "".join(f'<row r="{line}"><c r="A{line}" t="s"><v>0</v></c></row>' for line in range(1, 3_001))
    sheet = parts["xl/worksheets/sheet1.xml"]
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    parts["xl/worksheets/sheet1.xml"] = f"{sheet[:start]}<sheetData>{cells}{sheet[end:]}"
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace("Name", "x" * 5_000_000)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    assert len(target.getvalue()) < 100_000  # and 15 GB once it is opened
    assert fault_of(target.getvalue()) == Fault.TOO_BIG


def _deflated_in_name(content: bytes, name: bytes, size: int) -> bytes:
    """Say of a stored file that it is deflated (method 8) and unpacks to 1,000 bytes."""
    changed = bytearray(content)
    at = content.find(b"PK\x03\x04")
    while at >= 0:
        if content[at + 30 :].startswith(name):
            changed[at + 8 : at + 10] = (8).to_bytes(2, "little")
            changed[at + 22 : at + 26] = (1_000).to_bytes(4, "little")
        at = content.find(b"PK\x03\x04", at + 4)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        if content[at + 46 :].startswith(name):
            changed[at + 10 : at + 12] = (8).to_bytes(2, "little")
            changed[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
    assert size > 1_000
    return bytes(changed)
