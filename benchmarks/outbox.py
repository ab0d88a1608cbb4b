"""Enqueue and claim beside a bare executemany of the same rows on the same kind of database, in turns.

The bare way writes and reads the notes as JSON and shares a commit among as many rows; nothing else is done.

Run it as ``python -m benchmarks.outbox [--rows 20000] [--rounds 3]``. Above 1.00× is better than the bare way.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import Session

from alliance.portions import cut
from benchmarks.figures import console, middle, ratio, table
from store import outbox, schema
from store.database import Database
from store.outbox import Channel, Outgoing
from tests.postgres import Postgres, available

TOGETHER = 250  # rows of one commit, as the clock enqueues them
CLAIMED = 100  # at once
Way = Callable[[Database, Any], None]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOTE = {  # about as large as a question about three measures
    "is": "Note",
    "title": "Zukunftsplan: Wie steht es um Ihre drei Maßnahmen? Bitte bis Montag, 7. Dezember 2026",
    "lines": ["Vor der Herbstsitzung am 14. Dezember fragen wir nach dem Stand."] * 2,
    "items": [
        {"is": "Item", "title": f"M{number} Radweg am Kanal", "lines": ["läuft", "„Das Gutachten liegt vor.“"] * 2,
         "actions": [{"is": "Action", "label": "25 %", "word": f"M{number} 25 %",
                      "intent": {"is": "ReportProgress", "reports": [{"is": "Report", "measure": number}]}}] * 7}
        for number in (12, 13, 14)
    ],
}  # fmt: skip
COLUMNS = (
    "dedupe_key", "channel", '"to"', "note", "token", "in_reply_to", "secret", "always", "made_at", "due_at", "state",
    "tries", "moves", "error",
)  # fmt: skip
BARE_CLAIM = """
    UPDATE outbox SET state = 'in-flight', tries = tries + 1, lease_until = {lease} WHERE id IN (
      SELECT id FROM outbox WHERE state IN ('queued', 'in-flight') AND due_at <= {now} AND lease_until IS NULL
      ORDER BY due_at, id LIMIT {limit} {lock}) RETURNING *
"""


@dataclass(frozen=True)
class Spent:
    """Of one way over all rows."""

    seconds: float
    cpu: float


def _outgoing(rows: int) -> list[Outgoing]:
    return [Outgoing(f"nudge:1:ask:{row}", Channel.MAIL, f"person{row}@example.org", NOTE, NOW) for row in range(rows)]


def _bare_rows(database: Database, rows: int) -> list[tuple[Any, ...]]:
    """As the driver takes them, but for the note, which is JSON."""
    moment: Any = NOW if _is_server(database) else NOW.strftime("%Y-%m-%d %H:%M:%S.%f")
    no = False
    return [
        (f"bare:{row}", "mail", f"person{row}@example.org", NOTE, f"token-{row}", "", no, no, moment, moment, "queued",
         0, 0, "")
        for row in range(rows)
    ]  # fmt: skip


def _is_server(database: Database) -> bool:
    return database.engine.dialect.name == "postgresql"


def _enqueue(database: Database, notes: Sequence[Outgoing]) -> None:
    for some in cut(notes, TOGETHER):
        new = database.write_now(lambda session, some=some: outbox.enqueue(session, some, NOW))  # type: ignore[misc]
        assert new == len(some)


def _bare_enqueue(database: Database, rows: Sequence[tuple[Any, ...]]) -> None:
    mark = "%s" if _is_server(database) else "?"
    sql = f"INSERT INTO outbox ({', '.join(COLUMNS)}) VALUES ({', '.join([mark] * len(COLUMNS))})"
    for some in cut(rows, TOGETHER):
        database.write_now(lambda session, some=some: _many(session, sql, some))  # type: ignore[misc]


def _many(session: Session, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    driver: Any = session.connection().connection.driver_connection
    driver.cursor().executemany(sql, [(*row[:3], json.dumps(row[3]), *row[4:]) for row in rows])


def _claim(database: Database, _rows: object) -> None:
    while database.write_now(lambda session: outbox.claim(session, NOW, CLAIMED)):
        pass


def _bare_claim(database: Database, _rows: object) -> None:
    mark, lock = ("%s", "FOR UPDATE SKIP LOCKED") if _is_server(database) else ("?", "")
    sql = BARE_CLAIM.format(lease=mark, now=mark, limit=mark, lock=lock)
    later, now = (NOW + outbox.LEASE, NOW) if _is_server(database) else ("2026-11-23 09:05:00", "2026-11-23 09:00:01")
    while database.write_now(lambda session: _all(session, sql, (later, now, CLAIMED))):
        pass


def _all(session: Session, sql: str, values: tuple[Any, ...]) -> list[Any]:
    driver: Any = session.connection().connection.driver_connection
    cursor = driver.execute(sql, values)
    note = [column[0] for column in cursor.description].index("note")
    return [
        (*row[:note], json.loads(row[note]), *row[note + 1 :]) if isinstance(row[note], str) else row for row in cursor
    ]


def _spent(work: Callable[[], object]) -> Spent:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - began, time.process_time() - cpu)


def measure(fresh: Callable[[], str], rows: int, rounds: int) -> dict[str, list[Spent]]:
    """Each way on a database of its own, in turns."""
    found: dict[str, list[Spent]] = defaultdict(list)
    for turn in range(rounds):
        ways: list[tuple[str, Way, Way]] = [("bare", _bare_enqueue, _bare_claim), ("ours", _enqueue, _claim)]
        for name, put_in, take_out in ways if turn % 2 else ways[::-1]:
            database = Database(url := fresh())
            schema.prepare(database.engine, url)
            given: Any = _bare_rows(database, rows) if name == "bare" else _outgoing(rows)
            found[f"{name} enqueue"].append(_spent(partial(put_in, database, given)))
            found[f"{name} claim"].append(_spent(partial(take_out, database, given)))
            database.close()
    return found


def show(system: str, rows: int, found: dict[str, list[Spent]]) -> None:
    """Rows a second, processor time for a thousand, and the ratios to the bare way."""
    made = table(f"{system}, {rows:,} rows", "load", "rows/s", "× bare", "CPU-s/1000", "× bare")
    for name in ("bare enqueue", "ours enqueue", "bare claim", "ours claim"):
        seconds, cpu = (middle([getattr(spent, what) for spent in found[name]]) for what in ("seconds", "cpu"))
        bare = found[f"bare {name.split()[1]}"]
        rates = ratio(middle([spent.seconds for spent in bare]), seconds)
        made.add_row(name, f"{rows / seconds:,.0f}", rates, f"{1000 * cpu / rows:.3f}",
                     ratio(cpu, middle([spent.cpu for spent in bare])))  # fmt: skip
    console.print(made)


def _databases(stack: ExitStack, system: str) -> Callable[[], str]:
    if system == "postgresql":
        return stack.enter_context(Postgres()).fresh_database
    folder = Path(stack.enter_context(TemporaryDirectory()))
    names: Iterator[int] = iter(range(1_000_000))
    return lambda: f"sqlite:///{folder / f'{next(names)}.db'}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    for system in ("sqlite", "postgresql"):
        if system == "postgresql" and (reason := available()):
            console.print(reason)
            continue
        with ExitStack() as stack:
            show(system, chosen.rows, measure(_databases(stack, system), chosen.rows, chosen.rounds))


if __name__ == "__main__":
    main()
