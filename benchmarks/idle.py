"""What an assistant costs while nobody writes: memory, what of it several share, processor time, and disk."""

from __future__ import annotations

import argparse
import re
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psycopg
from rich.table import Table

from benchmarks import bots, cores, figures, town
from benchmarks.bots import DATABASE, Program, Running
from benchmarks.wire import Wire
from tests import postgres

PEOPLE = 150
SETTLE = 10.0  # seconds for late imports and the first beats


class Idle(NamedTuple):
    """MB: resident, with a fair share of what others use as well (PSS), and alone (USS); processor seconds an hour."""

    rss: float
    pss: float
    uss: float
    cpu: float
    connections: int
    disk: float


def main() -> None:
    """Let them stand idle, alone and side by side, and show what it cost."""
    wanted = _arguments()
    cores.give(0, cores.SERVERS)
    columns = ("MB resident", "MB, fair share", "MB alone", "CPU-s an hour", "connections", "disk MB")
    table = figures.table(f"idle for {wanted.seconds:g} s", "load", *columns)
    with TemporaryDirectory(prefix="benchmark-") as name:
        file = Path(name) / "town.db"
        town.build(file, PEOPLE, turns=0)
        for count in wanted.instances:
            _add(table, f"{count} on SQLite, each", _measured(file, count, wanted.seconds))
        if why := postgres.available():
            figures.console.print(f"PostgreSQL: {why}")
        else:
            _add(table, "1 on PostgreSQL", _on_postgres(file, wanted.seconds))
    figures.console.print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.idle", description=__doc__)
    parser.add_argument("--seconds", type=float, default=0, help="how long to look (180)")
    parser.add_argument("--instances", type=int, nargs="+", default=[1, 4], help="side by side, each on its own file")
    parser.add_argument("--quick", action="store_true", help="look for 15 seconds")
    wanted = parser.parse_args()
    wanted.seconds = wanted.seconds or (15.0 if wanted.quick else 180.0)
    return wanted


def _on_postgres(file: Path, seconds: float) -> Idle:
    with postgres.Postgres() as server:
        return _measured(file, 1, seconds, server.fresh_database())


def _measured(file: Path, count: int, seconds: float, url: str = "") -> Idle:
    """The costs of each, of so many side by side."""
    with ExitStack() as stack:
        post = stack.enter_context(bots.post_office())
        wires = [stack.enter_context(Wire(0)) for _ in range(count)]
        programs = [_with(bots.assistant(wire, post, file), url) for wire in wires]
        folders = [stack.enter_context(bots.folder_for(program)) for program in programs]
        each = [stack.enter_context(bots.started(*pair)) for pair in zip(programs, folders, strict=True)]
        for bot, wire in zip(each, wires, strict=True):
            bot.wait(wire, lambda standing: standing.waits)
        time.sleep(SETTLE)
        spent = sum(bot.cpu_seconds for bot in each)
        time.sleep(seconds)
        spent = sum(bot.cpu_seconds for bot in each) - spent
        memory = [_memory(bot) for bot in each]
        rss, pss, uss = (figures.middle(values) for values in zip(*memory, strict=True))
        disk = sum(path.stat().st_size for path in folders[0].glob(f"{DATABASE}*")) / 1e6
        return Idle(rss, pss, uss, spent / count / seconds * 3600, _connections(url), disk)


def _with(program: Program, url: str) -> Program:
    if not url:
        return program
    return Program(program.name, program.command, {**program.settings, "DATABASE_URL": url})


def _memory(bot: Running) -> tuple[float, float, float]:
    rolled = Path(f"/proc/{bot.pid}/smaps_rollup").read_text()
    found = {name: int(size) / 1024 for name, size in re.findall(r"^(\w+): +(\d+) kB$", rolled, re.MULTILINE)}
    return found["Rss"], found["Pss"], found["Private_Clean"] + found["Private_Dirty"]


def _connections(url: str) -> int:
    """Those to the database server besides our own."""
    if not url:
        return 0
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        statement = "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()"
        found = connection.execute(statement).fetchone()
    assert found is not None
    return int(found[0])


def _add(table: Table, name: str, idle: Idle) -> None:
    table.add_row(name, *(f"{value:.0f}" if value >= 10 else f"{value:.1f}" for value in idle))


if __name__ == "__main__":
    main()
