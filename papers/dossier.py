"""The status dossier (Zwischenstand) as plain text that reads well in any mail program and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 76
BAR = 10


@dataclass(frozen=True)
class Row:
    """One measure; ``percent`` is 0-100."""

    title: str
    percent: int
    standing: str
    note: str
    freshness: str


@dataclass(frozen=True)
class Section:
    """The measures of one field."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Dossier:
    """Everything the dossier says, in its reader's language."""

    title: str
    made: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    changes_title: str
    changes: tuple[str, ...]


def as_text(dossier: Dossier) -> bytes:
    """UTF-8 with a byte order mark, because Windows' editor needs it for umlauts."""
    lines = [dossier.title, "=" * min(len(dossier.title), WIDTH), dossier.made, "", *_wrapped(dossier.summary)]
    for section in dossier.sections:
        lines += ["", section.title, "-" * min(len(section.title), WIDTH)]
        lines += [line for row in section.rows for line in _row(row)]
    lines += ["", dossier.changes_title, "-" * len(dossier.changes_title), *_wrapped(dossier.changes)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def bar(percent: int) -> str:
    """»[######----]«."""
    full = round(percent / 100 * BAR)
    return f"[{'#' * full}{'-' * (BAR - full)}]"


def _row(row: Row) -> Iterable[str]:
    yield ""
    yield from wrap(row.title, WIDTH)
    yield f"  {bar(row.percent)} {row.percent} %, {row.standing} · {row.freshness}"
    if row.note:
        yield from wrap(row.note, WIDTH, initial_indent="  » ", subsequent_indent="    ")


def _wrapped(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        yield from wrap(line, WIDTH, subsequent_indent="  ") or [""]
