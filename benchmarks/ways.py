"""Several ways of doing the same with letters, run in turns and shown beside each other."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rich.progress import Progress

from benchmarks import figures

Way = TypeVar("Way")


@dataclass(frozen=True)
class Run:
    """One way through so many letters: seconds for all, and of the processor, those also by phase.

    ``durable`` are the seconds until the last deed was.
    """

    size: int
    seconds: float
    cpu: float
    phases: Mapping[str, float] = field(default_factory=dict)
    durable: float = 0.0

    @property
    def rate(self) -> float:
        """Letters per second."""
        return self.size / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor milliseconds for a letter."""
        return self.cpu / self.size * 1000


Runs = Mapping[str, list[Run]]


def arguments(program: str, about: str | None, letters: int, given: Sequence[str] | None = None) -> argparse.Namespace:
    """What is wanted: letters, rounds, or a profile instead."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{program}", description=about)
    parser.add_argument("--letters", type=int, default=0, help=f"per run ({letters})")
    parser.add_argument("--rounds", type=int, default=0, help="in turns (3)")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("-p", "--profile", action="store_true", help="the assistant's functions instead of figures")
    wanted = parser.parse_args(given)
    wanted.letters = wanted.letters or (300 if wanted.quick else letters)
    wanted.rounds = wanted.rounds or (1 if wanted.quick else 3)
    return wanted


def in_turns(line: Progress, rounds: int, ways: Mapping[str, Way], run: Callable[[str, Way], Run]) -> Runs:
    """Every way once in each round, so that a slow minute is slow for all."""
    runs: dict[str, list[Run]] = defaultdict(list)
    task = line.task_ids[0]
    line.reset(task, total=rounds * len(ways))
    for number in range(1, rounds + 1):
        for name, way in ways.items():
            line.update(task, description=f"round {number} of {rounds}: {name}")
            runs[name].append(run(name, way))
            line.advance(task)
    return runs


def show(title: str, runs: Runs, beside: Sequence[str]) -> None:
    """Rates and processor time of all ways, as they are and as multiples of the ways named in ``beside``."""
    ratios = [f"× {name}" for name in beside]
    table = figures.table(title, "load", "letters/s", *ratios, "CPU-ms each", *ratios, "spread")
    for name, mine in runs.items():
        rates = _compared(runs, mine, beside, lambda run: run.rate, "{:.0f}")
        costs = _compared(runs, mine, beside, lambda run: run.cpu_ms, "{:.2f}")
        table.add_row(name, *rates, *costs, _spread(run.rate for run in mine))
    figures.console.print(table)


def _compared(
    runs: Runs, mine: Iterable[Run], beside: Iterable[str], value: Callable[[Run], float], shown: str
) -> list[str]:
    middle = figures.middle(map(value, mine))
    return [shown.format(middle), *(figures.ratio(middle, figures.middle(map(value, runs[name]))) for name in beside)]


def _spread(values: Iterable[float]) -> str:
    """How far the rounds lie from each other: half of the way from the least to the most."""
    found = sorted(values)
    return f"±{(found[-1] - found[0]) / 2 / figures.middle(found):.0%}"


def show_phases(mine: Sequence[Run]) -> None:
    """Where the assistant's processor time goes."""
    table = figures.table("processor time of the assistant", "load", "CPU-ms each", "share")
    whole = figures.middle(run.cpu_ms for run in mine)
    for phase in mine[0].phases:
        each = figures.middle(run.phases[phase] / run.size * 1000 for run in mine)
        table.add_row(phase, f"{each:.2f}", f"{each / whole:.0%}")
    figures.console.print(table)
