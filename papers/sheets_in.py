"""Spreadsheets in: bytes of an .xlsx, .xls, .ods or CSV file as tables of plain values, opened in a child process."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

UNPACKED = 200_000_000  # bytes of all files in the zip; 20,000 rows of the plan have 30 million
FILES = 1_000  # in the zip
PATIENCE = 60.0  # seconds until the child is given up
_HOUSE = str(Path(__file__).parents[1])
_PROGRAM = (sys.executable, "-P", "-B", "-m", "papers.sheets_child")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Fault(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    NO_SHEET = "no-sheet"
    PASSWORD = "password"  # noqa: S105  (the reason, not one)
    TOO_BIG = "too-big"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"


class Unreadable(Exception):
    """The file is no spreadsheet that can be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Percent:
    """A number shown with a percent sign: 0.6 in a file is ``value`` 60."""

    value: float


@dataclass(frozen=True)
class CellError:
    """A formula that failed, as #REF! or #DIV/0!."""


Cell = str | int | float | bool | date | datetime | time | Percent | CellError | None


@dataclass(frozen=True)
class Table:
    """One sheet: ``rows`` from its very first row on, each as long as it has values; empty cells are None.

    ``merged`` are areas of joined cells: first row, first column, last row, last column, counted from 0.
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read(content: bytes) -> tuple[Table, ...]:
    """The visible sheets of a file, whatever its name says. Raises Unreadable."""
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise Unreadable(Fault.EMPTY)
    if content.startswith(_ZIP):
        _check_unpacked(content)
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise Unreadable(Fault.PASSWORD)
    found = _asked(content)
    if fault := found.get("fault"):
        raise Unreadable(Fault(fault))
    return tuple(
        Table(table["name"], [[_cell(value) for value in row] for row in table["rows"]], _areas(table["merged"]))
        for table in found["tables"]
    )


def _check_unpacked(content: bytes) -> None:
    """What the zip's own directory promises, and that it keeps its promises."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            files = packed.infolist()
            if len(files) > FILES or sum(file.file_size for file in files) > UNPACKED:
                raise Unreadable(Fault.TOO_BIG)
            for file in files:
                file.file_size += 1  # so that one byte more than promised is read, and spoils the checksum
                with packed.open(file) as unpacked:
                    while unpacked.read(1_000_000):
                        pass
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise Unreadable(Fault.NO_SHEET) from error


def _asked(content: bytes) -> dict[str, Any]:
    """What the child makes of the file. One that is ended by its limits was given too much."""
    try:
        done = subprocess.run(  # noqa: S603  (our own program, without a shell)
            _PROGRAM,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback holds what people wrote
            env={"PYTHONPATH": _HOUSE},  # and none of the house's secrets
            cwd="/",
            timeout=PATIENCE,
            check=False,
            start_new_session=True,
        )
        return dict(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Unreadable(Fault.TOO_BIG) from error


def _cell(value: Any) -> Cell:
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]
    match value:
        case ["%", number]:
            return Percent(number)
        case ["d", text]:
            return date.fromisoformat(text)
        case ["m", text]:
            return datetime.fromisoformat(text)
        case ["t", text]:
            return time.fromisoformat(text)
    return CellError()


def _areas(merged: list[list[int]]) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((area[0], area[1], area[2], area[3]) for area in merged)
