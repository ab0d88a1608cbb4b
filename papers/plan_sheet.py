"""The plan on one page: groups and fields as columns, with goals, measures and how each stands, as PDF in A3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from papers import typesetting
from papers.dossier import Light, Standing

COLUMNS = 12  # fields side by side on a sheet


@dataclass(frozen=True)
class Entry:
    """A measure: ``number`` is what people say, ``word`` what its light means."""

    number: str
    title: str
    light: str
    word: str
    company: str = ""


@dataclass(frozen=True)
class Goal:
    """A goal with its measures, operative or strategic; no ``title``: measures without a goal."""

    title: str = ""
    operative: bool = False
    measures: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Column:
    """A field; one without measures has a ``standing`` of None."""

    title: str
    standing: Standing | None
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Group:
    """Fields side by side under one name, which may be ""."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class PlanSheet:
    """The whole plan in the reader's language; ``state`` says draft, in discussion or adopted when and where."""

    language: str
    alliance: str
    title: str
    state: str
    stand: str
    standing: Standing
    groups: tuple[Group, ...]
    legend: tuple[Light, ...]
    page: str
    pages: str


def as_pdf(sheet: PlanSheet, made_at: datetime) -> bytes:
    """PDF/A-2a and PDF/UA-1 in A3; type gets smaller (down to 5.5 pt) until the plan fits, then it takes more pages."""
    return typesetting.pdf("plan-sheet", sheet, made_at)
