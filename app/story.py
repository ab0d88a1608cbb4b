"""A story for the simulation: who is there, what somebody does when, and how they usually answer."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

UNITS = {"minutes": "minutes", "hours": "hours", "days": "days"}


@dataclass(frozen=True)
class Figure:
    """Somebody in the story. With a ``chat`` that is ``linked`` they use Telegram, else they write letters."""

    key: str
    name: str
    email: str
    company: str
    phone: str = ""
    office: bool = False
    chat: int = 0
    member: bool = True

    @property
    def in_chat(self) -> bool:
        """Whether they use Telegram."""
        return self.chat > 0


@dataclass(frozen=True)
class Act:
    """What somebody does at a moment: words of their own, or an answer to the latest letter or bubble that begins so.

    ``tap`` is a button's label, ``file`` the name of a spreadsheet beside the story.
    """

    at: datetime
    who: str
    text: str = ""
    subject: str = ""
    to: str = ""
    tap: str = ""
    file: str = ""


@dataclass(frozen=True)
class Habit:
    """How somebody answers whatever begins so: ``after`` a while, with one text after the other, the last for good.

    An empty text means silence; ``tap`` presses a button instead.
    """

    who: str
    on: str
    after: timedelta
    texts: tuple[str, ...] = ()
    tap: str = ""


@dataclass(frozen=True)
class Chapter:
    """What a time of the story is called."""

    at: datetime
    title: str


@dataclass(frozen=True)
class Story:
    """All of it, in the order of time."""

    title: str
    begins: datetime
    ends: datetime
    folder: Path
    figures: tuple[Figure, ...]
    chapters: tuple[Chapter, ...]
    acts: tuple[Act, ...]
    habits: tuple[Habit, ...] = field(default=())

    def figure(self, key: str) -> Figure:
        """The figure with this key. Raises StopIteration."""
        return next(figure for figure in self.figures if figure.key == key)


def read(file: Path, zone: ZoneInfo) -> Story:
    """Read a story (TOML; its times are wall-clock times in ``zone``). Raises KeyError or ValueError if it is amiss."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    acts = [_act(entry, zone) for entry in data["act"]]
    return Story(
        title=data["title"],
        begins=data["begins"].replace(tzinfo=zone),
        ends=data["ends"].replace(tzinfo=zone),
        folder=file.parent,
        figures=tuple(Figure(**entry) for entry in data["figure"]),
        chapters=tuple(Chapter(entry["at"].replace(tzinfo=zone), entry["title"]) for entry in data["chapter"]),
        acts=tuple(sorted(acts, key=lambda act: act.at)),
        habits=tuple(_habit(entry, who) for entry in data["habit"] for who in _people(entry["who"])),
    )


def _act(entry: dict[str, Any], zone: ZoneInfo) -> Act:
    return Act(**{**entry, "at": entry["at"].replace(tzinfo=zone)})


def _habit(entry: dict[str, Any], who: str) -> Habit:
    count, unit = entry["after"].split()
    after = timedelta(**{UNITS[unit]: int(count)})
    return Habit(who, entry["on"], after, tuple(entry.get("texts", ())), entry.get("tap", ""))


def _people(who: str | list[str]) -> list[str]:
    return [who] if isinstance(who, str) else who
