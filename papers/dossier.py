"""The status dossier (Zwischenstand): a cover, a page for each field, what changed and what waits, as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from papers import typesetting


@dataclass(frozen=True)
class Count:
    """How many measures show one light: "green", "yellow", "red" or "grey"."""

    light: str
    number: int


@dataclass(frozen=True)
class Standing:
    """A rolled-up standing; ``word`` says what the light means, ``percent`` is 0-100."""

    light: str
    word: str
    percent: int
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True)
class Measure:
    """One row. What does not apply is "".

    ``number`` is what people say (»M12«), ``status`` the reported status as a word, ``expected`` the reported day if it
    differs from ``due``, ``person`` only in the office's copy. ``help`` and ``stale`` are the marks, in words.
    """

    number: str
    title: str
    light: str
    status: str
    percent: int
    company: str = ""
    person: str = ""
    due: str = ""
    expected: str = ""
    reported: str = ""
    stale: str = ""
    note: str = ""
    evidence: str = ""
    help: str = ""


@dataclass(frozen=True)
class Goal:
    """A goal with its measures, operative or strategic; no ``title``: measures without a goal."""

    title: str = ""
    kind: str = ""
    operative: bool = False
    standing: Standing | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class Field:
    """A page: a field with its goals in the plan's order, an operative one after its strategic one."""

    title: str
    group: str
    standing: Standing
    summary: str
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Fact:
    """A line of the cover: place, day …"""

    label: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A number of the cover; ``share`` is 0-100 and drawn as a bar, None draws none."""

    label: str
    value: str
    note: str = ""
    share: int | None = None


@dataclass(frozen=True)
class Light:
    """An entry of the legend."""

    light: str
    word: str


@dataclass(frozen=True)
class Section:
    """A table of words with a ``lead`` above it: changes and amendments have 4 columns, decisions 3, owed answers 5."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lead: str = ""
    subtitle: str = ""


@dataclass(frozen=True)
class Labels:
    """The words beside the values; "page" and "pages" are those of »Seite 2 von 9«."""

    number: str
    measure: str
    measures: str
    responsible: str
    due: str
    expected: str
    standing: str
    reported: str
    progress: str
    overall: str
    overview: str
    field: str
    annex: str
    page: str
    pages: str


@dataclass(frozen=True)
class Dossier:
    """Everything the dossier says, in its reader's language ("de" or "en").

    ``stand`` is the day it was made, ``copy`` for whom; ``owed`` belongs into the office's copy alone.
    """

    language: str
    alliance: str
    title: str
    subtitle: str
    stand: str
    copy: str
    facts: tuple[Fact, ...]
    standing: Standing
    figures: tuple[Figure, ...]
    rule: str
    legend: tuple[Light, ...]
    fields: tuple[Field, ...]
    empty_fields: str
    changes: Section
    amendments: Section | None
    decisions: Section | None
    owed: Section | None
    labels: Labels


def as_pdf(dossier: Dossier, made_at: datetime) -> bytes:
    """PDF/A-2a and PDF/UA-1 in A4; ``made_at`` is its date of creation."""
    return typesetting.pdf("dossier", dossier, made_at)
