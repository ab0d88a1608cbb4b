"""``python -m tests.soak``: a year of a town in fast motion, a thousand kills, and what the checker says."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path
from random import SystemRandom

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.soak import year
from tests.soak.checker import check


def main() -> int:
    """Run it all; 0 if nothing was lost and nothing came twice."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd deprecates itself
    given = _asked_for()
    console = Console()
    if given.check:
        return _judge(given.check, console)
    plan = year.Plan(given.seed, given.days, given.members, given.measures or given.members * 4 // 3, given.kills)
    folder = given.folder or Path(tempfile.mkdtemp(prefix="soak-"))
    folder.mkdir(parents=True, exist_ok=True)
    console.print(f"seed {plan.seed}, {plan.members} members, {plan.days} days, {plan.kills} kills; in {folder}")
    began = time.monotonic()
    try:
        log = _live(plan, folder, console)
    except year.NotQuiet as error:
        console.print(f"Broken off: {error}. The logs are in {folder}; seed {plan.seed}", highlight=False)
        return 1
    code = _judge(log, console)
    console.print(f"seed {plan.seed}, {round(time.monotonic() - began)} s; the wire's log is {log}")
    return code


def _judge(log: Path, console: Console) -> int:
    verdict = check(log)
    console.print(verdict.in_words(), highlight=False)
    return 0 if verdict.good else 1


def _asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--members", type=int, default=150)
    parser.add_argument("--measures", type=int, default=0, help="four for three members, unless said otherwise")
    parser.add_argument("--folder", type=Path, default=None, help="where the database and the log stay")
    parser.add_argument("--check", type=Path, default=None, metavar="LOG", help="only judge the log of an earlier run")
    return parser.parse_args()


def _live(plan: year.Plan, folder: Path, console: Console) -> Path:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def tell(progress: year.Progress) -> None:
            said = f"{progress.at:%d.%m.%Y}, {progress.kills} kills"
            bar.update(task, description=said, completed=progress.bout, total=progress.bouts)

        return asyncio.run(year.live(plan, folder, tell))


if __name__ == "__main__":
    sys.exit(main())
