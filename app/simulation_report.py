"""What a replayed story looks like: on the terminal, and as one HTML page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.console import Console
from rich.table import Table

import texts
from app.simulation import Happening, Replay, Round
from app.story import Chapter, Figure, Story
from texts import say

SIGNS = {"mail": "✉", "chat": "💬"}
LONGEST = 90  # characters of a title on the terminal


class Event(NamedTuple):
    """The same thing at the same moment, for one person or many."""

    at: datetime
    title: str
    own: bool
    readers: tuple[Happening, ...]


def show(replay: Replay, language: str, zone: ZoneInfo, out: Console, only: str = "") -> None:
    """Print the year: chapter by chapter, or one person's inbox and chat with all its words."""
    happenings = [one for one in replay.happenings if not only or one.who == only]
    for chapter, events in by_chapter(replay.story, happenings):
        out.rule(chapter.title, align="left")
        for event in events:
            _show_event(replay.story, event, zone, out, whole=bool(only))
    out.print(_people(replay, language))
    out.print(_rounds(replay, language, zone))


def page(replay: Replay, language: str, zone: ZoneInfo) -> str:
    """The year as one HTML page that needs nothing else."""
    folder = Path(__file__).parent / "templates"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("year.html").render(
        language=language,
        story=replay.story,
        chapters=by_chapter(replay.story, replay.happenings),
        people=[(figure, _counts(replay, figure)) for figure in replay.story.figures],
        rounds=replay.rounds,
        names={figure.key: figure.name for figure in replay.story.figures},
        signs=SIGNS,
        day=lambda at: texts.day(language, at.astimezone(zone).date()),
        clock=lambda at: f"{at.astimezone(zone):%H:%M}",
        say=lambda key, **values: say(language, f"operator-year-{key}", **values),
    )


def by_chapter(story: Story, happenings: Sequence[Happening]) -> list[tuple[Chapter, list[Event]]]:
    """The happenings as events, each in its chapter."""
    ends = [*(chapter.at for chapter in story.chapters[1:]), None]
    return [
        (chapter, list(_events(one for one in happenings if chapter.at <= one.at and (end is None or one.at < end))))
        for chapter, end in zip(story.chapters, ends, strict=True)
    ]


def _events(happenings: Iterable[Happening]) -> Iterable[Event]:
    ordered = sorted(happenings, key=lambda one: (one.at, not one.own, one.title))
    for (at, own, title), group in groupby(ordered, key=lambda one: (one.at, one.own, one.title)):
        yield Event(at, title, own, tuple(group))


def _show_event(story: Story, event: Event, zone: ZoneInfo, out: Console, *, whole: bool) -> None:
    when = f"{event.at.astimezone(zone):%d.%m.%y %H:%M}"
    who = ", ".join(f"{SIGNS[one.channel]} {story.figure(one.who).name}" for one in event.readers)
    arrow = "→" if event.own else "←"
    title = event.title if len(event.title) <= LONGEST else f"{event.title[: LONGEST - 1]}…"
    style = "cyan" if event.own else ""
    out.print(f"{when}  {arrow} {title}   ", end="", style=style, highlight=False, markup=False, soft_wrap=True)
    out.print(who, style="dim", highlight=False, markup=False, soft_wrap=True)
    if whole:
        out.print(event.readers[0].text.strip(), style="dim", highlight=False, markup=False)


def _people(replay: Replay, language: str) -> Table:
    keys = ("letters", "bubbles", "own", "files")
    table = Table(say(language, "operator-year-person"), *(say(language, f"operator-year-{key}") for key in keys))
    for figure in replay.story.figures:
        counts = _counts(replay, figure)
        table.add_row(figure.name, *(str(counts[key]) for key in keys))
    return table


def _counts(replay: Replay, figure: Figure) -> Counter[str]:
    """How many letters and bubbles somebody got, how often they spoke, how many files they were sent."""
    theirs = [one for one in replay.happenings if one.who == figure.key]
    got = [one for one in theirs if not one.own]
    return Counter(
        letters=sum(one.channel == "mail" for one in got),
        bubbles=sum(one.channel == "chat" for one in got),
        own=sum(one.own for one in theirs),
        files=sum(len(one.files) for one in got),
    )


def _rounds(replay: Replay, language: str, zone: ZoneInfo) -> Table:
    table = Table(say(language, "operator-year-round"), say(language, "operator-year-answered"))
    for one in replay.rounds:
        table.add_row(f"{one.title}, {one.at.astimezone(zone):%d.%m.%Y}", rate(one))
    return table


def rate(one: Round) -> str:
    """»7/8 (88 %)«."""
    return f"{one.answered}/{one.asked} ({round(100 * one.answered / one.asked)} %)" if one.asked else "–"
