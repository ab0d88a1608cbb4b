"""Medians, ratios and the tables they are shown in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

NAMES = {"load", "bot"}

console = Console()
if not console.is_terminal:
    console = Console(width=140)  # a table in a file is to be whole


@dataclass(frozen=True)
class Aim:
    """Something we aim at, and how far we are: ``cpu`` is processor time per 1000, ``peers`` what stands beside us."""

    what: str
    aim: str
    ours: str
    floor: str
    peers: str
    ratio: str
    cpu: str
    is_reached: bool


def middle(values: Iterable[float]) -> float:
    """The median."""
    return median(values)


def ratio(ours: float, bare: float) -> str:
    """How many times the bare bot's figure."""
    return f"{ours / bare:.2f}×" if bare else "–"


def table(title: str, *columns: str) -> Table:
    """An empty table; all columns but those of names hold numbers."""
    made = Table(title=title, title_justify="left")
    for column in columns:
        made.add_column(column, justify="left" if column in NAMES else "right")
    return made


def line() -> Progress:
    """A line that says what is under way, and goes away at the end."""
    parts = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*parts, console=console, transient=True, refresh_per_second=2)
