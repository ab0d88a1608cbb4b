"""Pictures for chats and letters, 1080 pixels wide: how the plan or a field stands, how a poll went."""

from __future__ import annotations

from dataclasses import dataclass

from papers import typesetting
from papers.dossier import Count, Light, Standing

ROWS = 12  # more cannot be read on a phone; the caller says in ``more`` what was left out


@dataclass(frozen=True)
class Row:
    """A field with its ``percent`` (0-100) and the ``counts`` of its measures' lights, or a measure, which has none."""

    label: str
    light: str
    percent: int
    counts: tuple[Count, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Progress:
    """How the plan stands by field, or a field by measure; all words are in one language."""

    language: str
    alliance: str
    title: str
    subtitle: str
    standing: Standing
    rows: tuple[Row, ...]
    legend: tuple[Light, ...]
    more: str = ""


@dataclass(frozen=True)
class PollRow:
    """An option: the bar is as long as ``value``, ``text`` says it in words; ``won`` marks it by a sign and a frame."""

    label: str
    value: float
    text: str
    won: bool = False


@dataclass(frozen=True)
class PollResult:
    """The rows of a poll in the order to be shown; ``full`` is the value of a whole bar, 0 for the highest of them."""

    language: str
    title: str
    subtitle: str
    rows: tuple[PollRow, ...]
    turnout: str
    rule: str
    won: str
    full: float = 0
    alliance: str = ""


def progress(values: Progress) -> bytes:
    """PNG of how things stand."""
    return typesetting.png("progress", values)


def poll_result(values: PollResult) -> bytes:
    """PNG of how a poll went."""
    return typesetting.png("poll", values)
