"""From the start of the process to the first answer, and the memory it takes, beside a bare echo bot."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.progress import Progress

from benchmarks import bots, cores, figures, town, updates
from benchmarks.bots import ECHO, OURS, Program
from benchmarks.figures import Aim
from benchmarks.updates import Wish
from benchmarks.wire import Wire

PEOPLE = 150
SETTLE = 2.0  # seconds after the first answer, in which late imports and first beats take their memory


@dataclass(frozen=True)
class Start:
    """Seconds from the start to the first getUpdates and to the first answer, processor seconds until then, and MB."""

    first_poll: float
    first_answer: float
    cpu: float
    idle: float
    peak: float


Starts = dict[str, list[Start]]


def main() -> None:
    """Start both bots in turns and show the medians."""
    _run(_arguments())


def aims(given: Sequence[str]) -> list[Aim]:
    """The same, and how far we are from what we aim at."""
    starts = _run(_arguments(given))
    ours, bare = (Start(*_middles(starts[name])) for name in (OURS, ECHO))
    times, peak = ours.first_poll / bare.first_poll, ours.peak
    seconds = f"{ours.first_poll:.2f} s", f"{ECHO} {bare.first_poll:.2f} s", "–", f"{times:.2f}×", f"{ours.cpu:.2f} s"
    memory = f"{ours.idle:.0f} → {peak:.0f} MB", f"{ECHO} {bare.idle:.0f} MB", "–", f"{ours.idle / bare.idle:.2f}×", "–"
    return [
        Aim("start to first getUpdates", "≤ 2× the bare bot", *seconds, times <= 2),
        Aim("memory with all parts", "≤ 120 MB", *memory, peak <= 120),
    ]


def _run(wanted: argparse.Namespace) -> Starts:
    cores.give(0, cores.SERVERS)
    with TemporaryDirectory(prefix="benchmark-") as folder, figures.line() as line:
        file = Path(folder) / "town.db"
        town.build(file, PEOPLE, turns=0)
        starts = _measure(line, file, wanted.rounds, updates.typed(PEOPLE, 1 + wanted.burst))
    _show(starts, wanted)
    return starts


def _arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=0, help="in turns (7)")
    parser.add_argument("--burst", type=int, default=0, help="updates that come at once, for the peak of memory (1000)")
    parser.add_argument("--quick", action="store_true", help="two rounds, small bursts")
    wanted = parser.parse_args(given)
    wanted.rounds = wanted.rounds or (2 if wanted.quick else 7)
    wanted.burst = wanted.burst or (100 if wanted.quick else 1000)
    return wanted


def _measure(line: Progress, file: Path, rounds: int, wishes: list[Wish]) -> Starts:
    starts: Starts = defaultdict(list)
    with bots.post_office() as post, Wire(0) as wire:
        programs = bots.echo(wire), bots.assistant(wire, post, file)
        task = line.add_task("", total=rounds * len(programs))
        for number in range(1, rounds + 1):
            for program in programs:
                line.update(task, description=f"round {number} of {rounds}: {program.name}")
                starts[program.name].append(begin(wire, program, wishes))
                line.advance(task)
    return starts


def begin(wire: Wire, program: Program, wishes: list[Wish]) -> Start:
    """Start one bot while the first update waits for it, then let the others come at once."""
    wire.forget()
    wire.hand_in([wishes[0].raw])
    with bots.running(program) as bot:
        bot.wait(wire, lambda standing: standing.answers > 0)
        cpu = bot.cpu_seconds
        time.sleep(SETTLE)
        idle = bot.memory
        wire.hand_in([wish.raw for wish in wishes[1:]])
        bot.wait(wire, lambda standing: standing.answers >= len(wishes))
        peak = bot.peak_memory
        asked, answered = wire.standing().first_poll, wire.calls()[0].at
        return Start(asked - bot.born, answered - bot.born, cpu, idle, peak)


def _show(starts: Starts, wanted: argparse.Namespace) -> None:
    columns = ("first getUpdates s", "first answer s", "CPU s", "idle MB", "peak MB")
    headed = [head for column in columns for head in (column, "ratio")]
    table = figures.table(f"start and memory, median of {wanted.rounds}", "bot", *headed)
    bare = _middles(starts[ECHO])
    for name in (ECHO, OURS):
        pairs = zip(_middles(starts[name]), bare, strict=True)
        table.add_row(name, *(cell for mine, theirs in pairs for cell in _cells(mine, theirs)))
    figures.console.print(table)


def _cells(mine: float, bare: float) -> tuple[str, str]:
    return f"{mine:.0f}" if mine >= 10 else f"{mine:.2f}", figures.ratio(mine, bare)


def _middles(starts: list[Start]) -> list[float]:
    return [figures.middle(getattr(start, field.name) for start in starts) for field in fields(Start)]


if __name__ == "__main__":
    main()
