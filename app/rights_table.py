"""The table of rights in words: for the terminal, and as rows for the page docs/rechte.md."""

from __future__ import annotations

import re

from rich import box
from rich.table import Table

from alliance.rights import RIGHTS, Standing
from texts import say

WISH, CELL = 50, 7  # characters


def headings(language: str) -> list[str]:
    """Of the columns: the wish, and each thing somebody can be."""
    return [say(language, "rights-wish"), *(say(language, f"rights-{standing.value}") for standing in Standing)]


def rows(language: str) -> list[list[str]]:
    """One row for each wish, in the order of the table: its words, then the cells."""
    return [[_wish(language, kind), *(_cell(language, kind, standing) for standing in Standing)] for kind in RIGHTS]


def table(language: str) -> Table:
    """At most 100 columns wide."""
    shown = Table(box=box.SIMPLE_HEAD, padding=(0, 0), caption=say(language, "rights-legend"), caption_justify="left")
    shown.add_column(say(language, "rights-wish"), max_width=WISH)
    for standing in Standing:
        shown.add_column(say(language, f"rights-short-{standing.value}"), justify="center", width=CELL, no_wrap=True)
    for row in rows(language):
        shown.add_row(*row)
    return shown


def _wish(language: str, kind: type) -> str:
    return say(language, "rights-wish-" + re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower())


def _cell(language: str, kind: type, standing: Standing) -> str:
    cell = RIGHTS[kind].get(standing)
    return say(language, f"rights-cell-{cell.value if cell else 'no'}")
