"""How cost grows: what the clock does, for 1, 10, 100 and 1,000 times the size of a real alliance.

Run it as ``python -m benchmarks.growth [--sizes 1,10,100] [--on sqlite,postgresql]``. The slope is that of a straight
line through the logarithms of size and processor time: 1.0 is linear, 2.0 quadratic.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from alliance import digest_steps, dossier_pages, dossiers, steps
from alliance.paper_values import Making
from benchmarks.crowd import FREEZE, HOUSE, MEASURES, MONDAY, PEOPLE, fill
from benchmarks.figures import console, table
from papers import dossier
from scheduler import jobs
from store import schema
from store.database import Database
from store.tables import Meeting
from tests.postgres import Postgres, available

LARGEST_PDF = 10  # times a real plan: 2,000 measures are 200 pages and more, which is no paper any longer
SYSTEMS = ("sqlite", "postgresql")
COMING = 2  # the id of the meeting to come


@dataclass(frozen=True)
class Cost:
    """Seconds, processor seconds of our own processes (not of a database server), statements, and the longest time that
    the database was held at once.
    """

    seconds: float
    cpu: float
    statements: int
    longest: float


class Bench:
    """One database of one size, and what is measured on it."""

    def __init__(self, url: str, size: int) -> None:
        self.database = Database(url)
        self.size = size
        self.statements = 0
        schema.prepare(self.database.engine, url)
        fill(self.database.engine, size)
        event.listen(self.database.engine, "before_cursor_execute", self._count)

    def _count(self, *_: Any) -> None:
        self.statements += 1

    def costs(self) -> Iterator[tuple[str, Cost]]:
        """What each kind of work costs, in the order in which a round goes."""
        yield "due: everybody is to be asked", self._read(self._anything_due)
        yield "beat: the questions to all leads", self._beat(steps, MONDAY)
        yield "due: nothing is left", self._read(lambda session: steps.due(session, HOUSE, MONDAY))
        yield "digest: to all members", self._beat(digest_steps, MONDAY)
        yield "dossier: what it says", self._read(self._pages)
        if self.size <= LARGEST_PDF:
            yield "dossier: the PDF", self._pdf()
        yield "dossier: the letters to all", self._write(self._tell)

    def _anything_due(self, session: Session) -> None:
        assert jobs.anything_due(session, HOUSE, MONDAY)

    def _beat(self, source: jobs.Source, now: datetime) -> Cost:
        """As the heartbeat does it: find what is due, then one step after the other in a transaction of its own."""
        found: list[Any] = []
        costs = [self._read(lambda session: found.extend(source.due(session, HOUSE, now)))]
        jobs_ = [partial(jobs.carry_out, source=source, house=HOUSE, step=step, now=now) for step in found]
        return _sum([*costs, *map(self._write, jobs_)])

    def _pages(self, session: Session) -> None:
        self.pages = self._dossier(session)

    def _dossier(self, session: Session) -> dossier.Dossier:
        making = Making.begin(session, HOUSE, "de", FREEZE, office=True)
        return dossier_pages.build(making, session.get_one(Meeting, COMING))

    def _pdf(self) -> Cost:
        return self._measured(lambda: dossier.as_pdf(self.pages, FREEZE))

    def _tell(self, session: Session) -> None:
        dossiers.tell(session, HOUSE, session.get_one(Meeting, COMING), {}, FREEZE)

    def _read(self, job: Callable[[Session], object]) -> Cost:
        return self._measured(lambda: self.database.read_now(job))

    def _write(self, job: Callable[[Session], object]) -> Cost:
        return self._measured(lambda: self.database.write_now(job))

    def _measured(self, work: Callable[[], object]) -> Cost:
        statements, began, cpu = self.statements, time.perf_counter(), _processor_time()
        work()
        seconds = time.perf_counter() - began
        return Cost(seconds, _processor_time() - cpu, self.statements - statements, seconds)


def _processor_time() -> float:
    """Seconds of this process and of those it has started and ended, such as the typesetter."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _sum(costs: Sequence[Cost]) -> Cost:
    return Cost(
        sum(cost.seconds for cost in costs),
        sum(cost.cpu for cost in costs),
        sum(cost.statements for cost in costs),
        max(cost.longest for cost in costs),
    )


def slope(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """Of a straight line through the logarithms."""
    return linear_regression([math.log(size) for size in sizes], [math.log(cost) for cost in costs]).slope


@contextmanager
def _databases(system: str) -> Iterator[Callable[[], str]]:
    with ExitStack() as stack:
        if system == "postgresql":
            yield stack.enter_context(Postgres()).fresh_database
            return
        folder = Path(stack.enter_context(TemporaryDirectory()))
        yield lambda: f"sqlite:///{folder / f'{time.monotonic_ns()}.db'}"


def measure(system: str, sizes: Sequence[int]) -> dict[str, dict[int, Cost]]:
    """Every kind of work at every size."""
    found: dict[str, dict[int, Cost]] = {}
    _warm_up()
    for size in sizes:
        with _databases(system) as fresh:
            bench = Bench(fresh(), size)
            for name, cost in bench.costs():
                found.setdefault(name, {})[size] = cost
            bench.database.close()
    return found


def _warm_up() -> None:
    """What is only loaded once is not what grows."""
    with _databases("sqlite") as fresh:
        bench = Bench(fresh(), 1)
        list(bench.costs())
        bench.database.close()


def show(system: str, found: dict[str, dict[int, Cost]]) -> None:
    """A table: a line for each kind of work and size, and the slope at the last of each."""
    title = f"{system}: 1× is {PEOPLE} members and {MEASURES} measures"
    made = table(title, "load", "×", "seconds", "CPU-s", "statements", "longest hold", "slope")
    for name, costs in found.items():
        sizes = list(costs)
        line = slope(sizes, [cost.cpu for cost in costs.values()]) if len(sizes) > 1 else None
        for size, cost in costs.items():
            said = f"{line:.2f}" if line is not None and size == sizes[-1] else ""
            made.add_row(name if size == sizes[0] else "", f"{size:,}", f"{cost.seconds:.3f}", f"{cost.cpu:.3f}",
                         f"{cost.statements:,}", f"{cost.longest:.3f}", said)  # fmt: skip
    console.print(made)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,10,100", help="times a real alliance, with commas between them")
    parser.add_argument("--on", default=",".join(SYSTEMS), help="sqlite, postgresql or both")
    chosen = parser.parse_args()
    for system in chosen.on.split(","):
        if system == "postgresql" and (reason := available()):
            console.print(reason)
            continue
        show(system, measure(system, [int(size) for size in chosen.sizes.split(",")]))


if __name__ == "__main__":
    main()
