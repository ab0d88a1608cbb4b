"""How long 20,000 rows of a plan take on their way in and out, beside a bare read and executemany of the same rows.

Run it as ``python -m benchmarks.imports [ROWS]``. Processor time counts, the child's included: it is what other work
on the machine disturbs least.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from python_calamine import CalamineWorkbook
from sqlmodel import Session

from alliance import plan
from alliance.desk import Desk, Voice
from alliance.intents import Export, RegisterPerson
from alliance.notes import Note
from benchmarks.figures import console, ratio, table
from benchmarks.town import HOUSE
from papers import workbook
from papers.workbook import Book, Column, Sheet
from store import schema
from store.database import Database
from store.tables import Channel

Result = TypeVar("Result")
ROWS = 20_000
OFFICE = "buero@stadt.example.org"
HEADINGS = (
    ("Themengruppe", "text"),
    ("Themenfeld", "text"),
    ("Strategisches Ziel", "text"),
    ("Operatives Ziel", "text"),
    ("Nr.", "number"),
    ("Maßnahme", "text"),
    ("Verantwortlich (E-Mail)", "text"),
    ("Beginn", "day"),
    ("Termin", "day"),
    ("Status", "text"),
    ("Fortschritt %", "percent"),
    ("Meilensteine", "text"),
    ("Nachweise", "text"),
    ("Bemerkung", "text"),
)
TABLE = "create table measures (id integer primary key, " + ", ".join(f"c{at}" for at in range(len(HEADINGS))) + ")"
INSERT = f"insert into measures values (null, {', '.join('?' * len(HEADINGS))})"


def main(rows: int) -> None:
    """Measure and print."""
    content = _file(rows)
    with TemporaryDirectory() as folder:
        bare = _timed(partial(_bare, content, Path(folder) / "bare.db"))[1:]
        ours = _ours(content, Path(folder) / "ours.db")
    made = table(f"{rows:,} rows, {len(content) / 1e6:.1f} MB", "step", "seconds", "CPU-s", "× bare (CPU)")
    made.add_row("bare read and executemany", *_figures(bare), ratio(1, 1))
    for step, figures in ours.items():
        made.add_row(step, *_figures(figures), ratio(figures[1], bare[1]))
    console.print(made)


def _figures(figures: tuple[float, float]) -> tuple[str, str]:
    return f"{figures[0]:.1f}", f"{figures[1]:.1f}"


def _file(rows: int) -> bytes:
    """A plan as an office might send it."""
    begin = date(2027, 1, 1)
    cells = [
        (
            f"Gruppe {n % 3}",
            f"Beispielfeld {n % 9}",
            f"Ziel {n % 45}",
            f"Teilziel {n % 180}",
            n,
            f"Beispielmaßnahme Nummer {n}",
            OFFICE,
            begin + timedelta(days=n % 300),
            begin + timedelta(days=300 + n % 300),
            ("läuft", "verzögert", "blockiert")[n % 3],
            n % 99 + 1,
            "30.06.2027: Gutachten",
            f"https://example.org/{n}",
            "kommt gut voran",
        )
        for n in range(1, rows + 1)
    ]
    columns = tuple(Column(name, 12, form) for name, form in HEADINGS)
    book = Book(
        "Plan", datetime(2026, 11, 23, tzinfo=UTC), (Sheet("Plan", columns, cells),), "Hinweise", (), "Listen", {}
    )
    return workbook.as_xlsx(book)


def _bare(content: bytes, file: Path) -> None:
    """The floor: the same library reads the rows, SQLite's own driver writes them, durably."""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    database = sqlite3.connect(file)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute(TABLE)
    with database:
        database.executemany(INSERT, [[str(cell) if isinstance(cell, date) else cell for cell in row] for row in rows])
    database.close()


def _ours(content: bytes, file: Path) -> dict[str, tuple[float, float]]:
    """Dry run, JA, the same file once more, and an export."""
    database = Database(f"sqlite:///{file}")
    schema.prepare(database.engine, database.url)
    database.write_now(plan.lay_out)
    desk, now = Desk(HOUSE), datetime.now(UTC)
    office = RegisterPerson("Geschäftsstelle", OFFICE, "Stadt", office=True)
    database.write_now(lambda session: desk.command(session, office, now))
    voice = Voice(Channel.MAIL, now, email=OFFICE)

    def dry_run(session: Session) -> Note:
        return desk.receive_file(session, voice, "plan.xlsx", content)

    def command(wish: Any) -> Callable[[], Note]:
        return lambda: database.write_now(lambda session: desk.command(session, wish, now))

    try:
        asked, *first = _timed(lambda: database.write_now(dry_run))
        done, *second = _timed(command(asked.actions[0].intent))
        again, *third = _timed(lambda: database.write_now(dry_run))
        _, *fourth = _timed(command(Export("plan")))
    finally:
        database.close()
    if again.actions or not done.lines:
        raise SystemExit("the import was not complete")
    steps = ("dry run", "taking over", "dry run, all the same", "export")
    return {step: (one[0], one[1]) for step, one in zip(steps, (first, second, third, fourth), strict=True)}


def _timed(work: Callable[[], Result]) -> tuple[Result, float, float]:
    """The result with seconds and seconds of processor time, those of children included."""
    begun, used = time.perf_counter(), _used()
    result = work()
    return result, time.perf_counter() - begun, _used() - used


def _used() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
