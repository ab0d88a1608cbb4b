"""All that we aim at in one table: ours, the floor, the peers, and whether it is reached."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence

from benchmarks import figures, kill, letters_in, letters_out, start, taps
from benchmarks.figures import Aim

LATENCY = "40"  # milliseconds, as on the way to Telegram and back
# They print what they find themselves; with what they are given to be quick
ALONE = {"outbox": ("--rows", "2000", "--rounds", "1"), "growth": ("--sizes", "1,10")}

Part = Callable[[Sequence[str]], list[Aim]]
PARTS: dict[str, tuple[Part, tuple[str, ...]]] = {
    "start": (start.aims, ()),
    "taps": (taps.aims, ()),
    "taps-40": (taps.aims, ("--latency", LATENCY)),
    "kill": (kill.aims, ()),
    "letters-in": (letters_in.aims, ()),
    "letters-out": (letters_out.aims, ()),
}


def main() -> None:
    """Measure the parts one after the other; a part that cannot be measured here says why, and the others go on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round of each; its figures mean little")
    parser.add_argument("--only", nargs="+", choices=[*PARTS, *ALONE], default=[*PARTS, *ALONE], help="these parts")
    wanted = parser.parse_args()
    given = ["--quick"] if wanted.quick else []
    aims, failed = _measured([name for name in PARTS if name in wanted.only], given)
    failed += [name for name in ALONE if name in wanted.only and _runs_badly(name, quick=wanted.quick)]
    _show(aims)
    if failed:
        raise SystemExit(f"not measured, or with an error: {', '.join(failed)}")


def _measured(names: Sequence[str], given: list[str]) -> tuple[list[Aim], list[str]]:
    aims, failed = list[Aim](), list[str]()
    for name in names:
        measure, more = PARTS[name]
        try:
            aims += measure([*given, *more])
        except SystemExit as error:
            figures.console.print(f"{name}: {error}")
            failed.append(name)
    return aims, failed


def _runs_badly(name: str, *, quick: bool) -> bool:
    command = [sys.executable, "-m", f"benchmarks.{name}", *(ALONE[name] if quick else ())]
    return subprocess.run(command, check=False).returncode != 0


def _show(aims: Sequence[Aim]) -> None:
    columns = ("aim", "ours", "floor", "peers", "ratio", "CPU per 1000", "reached")
    table = figures.table("what we aim at", "load", *columns)
    for aim in aims:
        reached = "yes" if aim.is_reached else "NO"
        table.add_row(aim.what, aim.aim, aim.ours, aim.floor, aim.peers, aim.ratio, aim.cpu, reached)
    figures.console.print(table)


if __name__ == "__main__":
    main()
