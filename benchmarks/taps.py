"""Taps and typed reports per second, each durable before it is answered, beside a bare echo bot on the same wire."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.progress import Progress
from rich.table import Table

from benchmarks import bots, cores, figures, peers, town, updates
from benchmarks.bots import ECHO, OURS, Program
from benchmarks.figures import Aim
from benchmarks.updates import Tally, Wish
from benchmarks.wire import Wire

WARM_UP = 50  # updates before the clock runs, so that nobody's first imports are counted
AFTER = 0.3  # seconds in which a bot may write down that it has answered; they count as its work


@dataclass(frozen=True)
class Run:
    """One bot's way through one load. Memory in MB; ``kept`` is -1 for a bot that keeps nothing."""

    rate: float
    cpu_per_1000: float
    idle: float
    peak: float
    tally: Tally
    wishes: int
    kept: int = -1

    @property
    def is_flawless(self) -> bool:
        """Whether all was answered once, in order, and kept."""
        return self.tally.is_flawless(self.wishes) and self.kept in {-1, self.wishes}


Runs = dict[tuple[str, str], list[Run]]  # by load and bot


def main() -> None:
    """Run rounds of every load with all bots in turns, and show the medians."""
    _run(_arguments())


def aims(given: Sequence[str]) -> list[Aim]:
    """The same, and how far we are from what we aim at."""
    wanted = _arguments(given)
    runs, least = _run(wanted), 25.0 if wanted.latency else 2.0
    return [
        _aim(load, runs, least, f" at {wanted.latency:g} ms" if wanted.latency else "")
        for load in dict.fromkeys(load for load, _ in runs)
    ]


def _aim(load: str, runs: Runs, least: float, when: str) -> Aim:
    rates = {name: figures.middle(run.rate for run in runs[load, name]) for kind, name in runs if kind == load}
    cpu = {name: figures.middle(run.cpu_per_1000 for run in runs[load, name]) for name in rates}
    peers_shown = [f"{name} {rates[name]:.0f}/s, {cpu[name]:.2f} CPU-s" for name in rates if name not in {ECHO, OURS}]
    ratio = rates[OURS] / rates[ECHO]
    return Aim(
        f"{load}{when}",
        f"≥ {least:g}× stock echo",
        f"{rates[OURS]:.0f}/s",
        f"{ECHO} {rates[ECHO]:.0f}/s, {cpu[ECHO]:.2f} CPU-s",
        "; ".join(peers_shown) or "–",
        f"{ratio:.2f}×",
        f"{cpu[OURS]:.2f} s",
        ratio >= least,
    )


def _run(wanted: argparse.Namespace) -> Runs:
    cores.give(0, cores.SERVERS)
    turns = -(-(wanted.updates + WARM_UP) // wanted.chats)
    if turns > updates.MOST_TURNS:
        raise SystemExit(f"at most {updates.MOST_TURNS} updates in a chat: use more chats")
    with TemporaryDirectory(prefix="benchmark-") as folder, figures.line() as line:
        file = Path(folder) / "town.db"
        line.add_task("building the alliance", total=None)
        buttons = town.build(file, wanted.chats, turns)
        loads = _loads(wanted, buttons)
        runs = _measure(line, loads, file, wanted)
    _show(runs, wanted)
    return runs


def _arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.taps", description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0, metavar="MS", help="before every answer of the Bot API")
    parser.add_argument("--updates", type=int, default=0, help="per run (4000; with latency 1000)")
    parser.add_argument("--chats", type=int, default=500, help="they are spread over (500)")
    parser.add_argument("--rounds", type=int, default=0, help="in turns (3; with latency 2)")
    parser.add_argument("--only", choices=["typed", "taps"], help="one kind of load")
    parser.add_argument("--without-peers", action="store_true", help="do not install and run bots on other libraries")
    parser.add_argument("--quick", action="store_true", help="one short round")
    wanted = parser.parse_args(given)
    wanted.updates = wanted.updates or (300 if wanted.quick else 1000 if wanted.latency else 4000)
    wanted.rounds = wanted.rounds or (1 if wanted.quick else 2 if wanted.latency else 3)
    return wanted


def _loads(wanted: argparse.Namespace, buttons: town.Buttons) -> dict[str, list[Wish]]:
    count = wanted.updates + WARM_UP
    loads = {
        "typed": updates.typed(wanted.chats, count),
        "taps": updates.taps(wanted.chats, count, buttons),
    }
    return {wanted.only: loads[wanted.only]} if wanted.only else loads


def _measure(line: Progress, loads: dict[str, list[Wish]], file: Path, wanted: argparse.Namespace) -> Runs:
    runs: Runs = defaultdict(list)
    with bots.post_office() as post, Wire(wanted.latency / 1000) as wire:
        others = () if wanted.without_peers else (peers.aiogram(wire),)
        programs = bots.echo(wire), *others, bots.assistant(wire, post, file)
        for number in range(1, wanted.rounds + 1):
            for load, wishes in loads.items():
                for program in programs:
                    say = _teller(line, f"round {number} of {wanted.rounds}: {load}, {program.name}", wishes)
                    runs[load, program.name].append(run(wire, program, wishes, say))
    return runs


def _teller(line: Progress, what: str, wishes: Sequence[Wish]) -> Callable[[int], None]:
    task = line.task_ids[0]
    line.reset(task, description=what, total=_answers(wishes))
    return lambda answers: line.update(task, completed=answers)


def run(wire: Wire, program: Program, wishes: Sequence[Wish], tell: Callable[[int], None]) -> Run:
    """One bot, one load: start it, warm it up, hand in everything at once, wait for the last answer, stop it."""
    wire.forget()
    with bots.running(program) as bot:
        bot.wait(wire, lambda standing: standing.waits)
        idle = bot.memory
        wire.hand_in([wish.raw for wish in wishes[:WARM_UP]])
        bot.wait(wire, lambda standing: standing.answers >= _answers(wishes[:WARM_UP]))
        time.sleep(AFTER)
        cpu = bot.cpu_seconds
        begun = wire.hand_in([wish.raw for wish in wishes[WARM_UP:]])
        bot.wait(wire, lambda standing: standing.answers >= _answers(wishes), tell)
        time.sleep(AFTER)
        cpu, peak = bot.cpu_seconds - cpu, bot.peak_memory
        bot.stop()
        kept = bot.reports() if program.database else -1
    calls, count = wire.calls(), len(wishes) - WARM_UP
    rate = count / (max(call.at for call in calls) - begun)
    return Run(rate, cpu / count * 1000, idle, peak, updates.tally(wishes, calls), len(wishes), kept)


def _answers(wishes: Iterable[Wish]) -> int:
    return sum(len(wish.answers) for wish in wishes)


def _show(runs: Runs, wanted: argparse.Namespace) -> None:
    load = f"{wanted.updates} updates in {wanted.chats} chats"
    title = f"{load}, {wanted.latency:g} ms latency, median of {wanted.rounds}"
    table = figures.table(
        title, "load", "bot", "updates/s", "ratio", "CPU-s/1000", "ratio", "idle → peak MB", "once", "in order", "kept"
    )
    for (load, name), mine in runs.items():
        _add(table, (load, name), mine, runs[load, ECHO])
    figures.console.print(table)
    if not all(run.is_flawless for (_, name), each in runs.items() if name != peers.AIOGRAM for run in each):
        raise SystemExit("not every update was answered once, in order and kept")


def _add(table: Table, names: tuple[str, str], mine: list[Run], bare: list[Run]) -> None:
    rate, cpu = figures.middle(run.rate for run in mine), figures.middle(run.cpu_per_1000 for run in mine)
    last = mine[-1]
    table.add_row(
        *names,
        f"{rate:.0f}",
        figures.ratio(rate, figures.middle(run.rate for run in bare)),
        f"{cpu:.2f}",
        figures.ratio(cpu, figures.middle(run.cpu_per_1000 for run in bare)),
        f"{last.idle:.0f} → {last.peak:.0f}",
        f"{min(run.tally.once for run in mine)}/{last.wishes}",
        "yes" if not any(run.tally.disordered for run in mine) else "NO",
        f"{min(run.kept for run in mine)}" if last.kept >= 0 else "–",
    )


if __name__ == "__main__":
    main()
