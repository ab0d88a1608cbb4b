"""What a kill -9 costs while updates wait: killed in the midst of them, started again, and counted."""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import bots, cores, figures, town, updates
from benchmarks.bots import DATABASE, ECHO, OURS, Program
from benchmarks.figures import Aim
from benchmarks.updates import Tally, Wish
from benchmarks.wire import Wire

WAITING = 400
QUIET = 3.0  # seconds without an answer, after which none comes any more
LOOK = 0.05


@dataclass(frozen=True)
class Count:
    """What became of the updates; ``kept`` are deeds in the database, -1 for a bot that keeps nothing."""

    tally: Tally
    unanswered: int
    kept: int = -1


def main() -> None:
    """Kill both bots in turns, and show what was lost and what came twice."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=0, help="kills of each bot (5)")
    parser.add_argument("--quick", action="store_true", help="one kill of each")
    wanted = parser.parse_args()
    show(measured(wanted.rounds or (1 if wanted.quick else 5)))


def aims(given: Sequence[str]) -> list[Aim]:
    """The same, and how far we are from what we aim at."""
    counts = measured(1 if "--quick" in given else 5)
    show(counts)
    killed = len(counts[OURS]) * WAITING
    lost, kept = sum(count.unanswered for count in counts[OURS]), sum(count.kept for count in counts[OURS])
    twice = sum(count.tally.doubled for count in counts[OURS])
    ours = f"{lost} lost, {kept - killed:+} deeds, {twice} answers twice"
    theirs = f"{ECHO}: {sum(count.unanswered for count in counts[ECHO])} lost"
    return [
        Aim(f"kill -9, {killed} waiting", "0 lost, 0 doubled", ours, theirs, "–", "–", "–", not lost and kept == killed)
    ]


def measured(rounds: int) -> dict[str, list[Count]]:
    """The counts of each bot, killed after every so many answers in its turn."""
    cores.give(0, cores.SERVERS)
    counts: dict[str, list[Count]] = {ECHO: [], OURS: []}
    with TemporaryDirectory(prefix="benchmark-") as name, bots.post_office() as post, Wire(0) as wire:
        file = Path(name) / "town.db"
        town.build(file, WAITING, turns=0)
        wishes = updates.typed(WAITING, WAITING)
        for number in range(rounds):
            after = WAITING * (number + 1) // (rounds + 1)
            for program in (bots.echo(wire), bots.assistant(wire, post, file)):
                counts[program.name].append(_killed(wire, program, wishes, after))
    return counts


def _killed(wire: Wire, program: Program, wishes: list[Wish], after: int) -> Count:
    wire.forget()
    wire.hand_in([wish.raw for wish in wishes])
    with bots.folder_for(program) as folder:
        with bots.started(program, folder) as first:
            first.wait(wire, lambda standing: standing.answers >= after)
            first.kill()
        with bots.started(program, folder):
            _wait_until_quiet(wire, len(wishes))
        calls = wire.calls()
        tally = updates.tally(wishes, calls)
        unanswered = len(wishes) - tally.once - _twice(wishes, tally)
        return Count(tally, unanswered, _deeds(folder) if program.database else -1)


def _twice(wishes: list[Wish], tally: Tally) -> int:
    """Updates answered more than once; each of these has one answer."""
    return min(tally.doubled, len(wishes) - tally.once)


def _wait_until_quiet(wire: Wire, wished: int) -> None:
    """Until all are answered and a moment has passed, or nothing has come for a while."""
    answers, until = -1, 0.0
    while answers < wished or time.monotonic() < until:
        now = wire.standing()
        if now.answers != answers or not now.waits:
            answers, until = now.answers, time.monotonic() + QUIET
        elif time.monotonic() > until:
            return
        time.sleep(LOOK)


def _deeds(folder: Path) -> int:
    with sqlite3.connect(folder / DATABASE) as database:
        (found,) = database.execute("SELECT count(*) FROM reports").fetchone()
    database.close()
    return int(found)


def show(counts: dict[str, list[Count]]) -> None:
    """A line for each bot. Ends with an error when ours lost or doubled a deed."""
    rounds = len(counts[OURS])
    columns = ("kills", "updates", "lost", "answers doubled", "deeds kept")
    table = figures.table(f"kill -9 with {WAITING} waiting, sum of {rounds}", "bot", *columns)
    for name, each in counts.items():
        kept = str(sum(count.kept for count in each)) if each[0].kept >= 0 else "–"
        lost, doubled = sum(count.unanswered for count in each), sum(count.tally.doubled for count in each)
        table.add_row(name, str(rounds), str(rounds * WAITING), str(lost), str(doubled), kept)
    figures.console.print(table)
    if any(count.unanswered or count.kept != WAITING for count in counts[OURS]):
        raise SystemExit("a deed was lost, or was done twice")


if __name__ == "__main__":
    main()
