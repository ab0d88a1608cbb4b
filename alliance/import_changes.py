"""What an import would change, and what is wrong with it, as plain values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from alliance.import_cells import EMPTY, SPECS, show
from alliance.import_state import Known, Values
from alliance.intents import Status

STANDING = ("status", "percent", "expected", "note")  # what a progress report changes


@dataclass(frozen=True)
class Problem:
    """What is wrong: a text key with its values; ``line`` counts from 1 as spreadsheets do, 0 is the whole sheet."""

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    sheet: str = ""
    line: int = 0
    column: str = ""  # "kind-column"


@dataclass(frozen=True)
class Change:
    """A row that is new or differs: ``after`` has the columns that change, ``before`` what they were."""

    kind: str
    key: Any
    after: Values
    before: Values = field(default_factory=dict)
    known: Known | None = None
    why: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the row is not there yet, or no longer."""
        return self.known is None or self.known.gone

    def final(self, column: str) -> Any:
        """The value of a column once the change is made."""
        return self.after.get(column, self.known.values[column] if self.known else empty(self.kind, column))


@dataclass
class Draft:
    """All that an import would do."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)  # rows by kind
    rows: int = 0
    ignored: list[str] = field(default_factory=list)  # headings
    unread: list[str] = field(default_factory=list)  # sheets
    new_fields: dict[str, tuple[str, str]] = field(default_factory=dict)  # name_key -> name, group
    new_companies: dict[str, str] = field(default_factory=dict)  # search key -> name
    groups: dict[int, tuple[str, str]] = field(default_factory=dict)  # field id -> group before, after

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.changes or self.groups)

    @property
    def fingerprint(self) -> str:
        """A fingerprint: the same for the same changes of the same rows."""
        said = [(change.kind, change.key, change.after, change.before, change.why) for change in self.changes]
        return sha256(repr((said, self.groups, self.new_fields)).encode()).hexdigest()[:16]

    def of(self, kind: str) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind == kind]


def empty(kind: str, column: str) -> Any:
    """What a new row has where nothing is said."""
    return _EMPTY[kind][column]


_USUAL = {"status": str(Status.OPEN), "percent": 0, "role": "member", "language": "de"}
_EMPTY = {
    kind: {column: _USUAL.get(column, EMPTY.get(spec.form, "")) for column, spec in specs.items()}
    for kind, specs in SPECS.items()
}


def changed_lines(language: str, change: Change) -> Iterator[tuple[str, str, str]]:
    """Each column of a change with what it was and will be, in words."""
    for column, value in change.after.items():
        form = SPECS[change.kind][column].form
        yield column, show(language, column, form, change.before.get(column)), show(language, column, form, value)


# What the plan says ---------------------------------------------------------------------------------------------------


def amendments_of(change: Change) -> Iterator[tuple[str, str, str]]:
    """What changes of what the plan says, as :class:`store.tables.Amendment` words it."""
    if change.known is None:
        yield "added", "", change.after["title"]
        return
    for column in ("title", "field", "initiative"):
        if column in change.after:
            yield column, change.before[column], change.after[column]
    for column in ("begins", "due"):
        if column in change.after:
            before, after = change.before[column], change.after[column]
            yield column, before.isoformat() if before else "", after.isoformat() if after else ""
    if {"strategic", "operative"} & set(change.after):
        yield "goal", _goal_words(change.known.values), _goal_words(change.known.values | change.after)
    yield from _milestone_amendments(change)


def _goal_words(values: Values) -> str:
    return " / ".join(filter(None, (values["strategic"], values["operative"])))


def _milestone_amendments(change: Change) -> Iterator[tuple[str, str, str]]:
    """Milestones that were added, moved or dropped; one that was reached changes nothing of what the plan says."""
    before, after = (
        {title: due for title, due, _ in one.get("milestones", ())} for one in (change.before, change.after)
    )
    for title in before | after:
        was, will = (_milestone_words(title, dues) for dues in (before, after))
        if was != will:
            yield "milestone", was, will


def _milestone_words(title: str, dues: Mapping[str, str | None]) -> str:
    if title not in dues:
        return ""
    return f"{title} ({date.fromisoformat(due):%d.%m.%Y})" if (due := dues[title]) else title


def changes_plan(change: Change) -> bool:
    """Whether an adopted plan would say something else."""
    return change.known is None or any(True for _ in amendments_of(change))


# Who hears of it ------------------------------------------------------------------------------------------------------


@dataclass
class Tidings:
    """What one person hears: the measures they newly lead or contribute to or no more, changes of those they led."""

    leads: list[int] = field(default_factory=list)
    helps: list[int] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)


def newcomers(draft: Draft) -> list[str]:
    """The addresses of those who are to be welcomed."""
    return [change.key for change in draft.of("members") if change.is_new]


def tidings(draft: Draft) -> dict[str, Tidings]:
    """What everybody hears of the plan, by address; a newcomer's measures stand in their welcome."""
    told: dict[str, Tidings] = defaultdict(Tidings)
    for change in draft.of("plan"):
        led, helped = ((change.known.values[column] if change.known else ()) for column in ("leads", "contributors"))
        for email in change.final("leads"):
            if email not in led:
                told[email].leads.append(change.key)
            elif {"title", "begins", "due"} & set(change.after):
                told[email].moved.append(change)
        carriers = {*change.final("leads"), *change.final("contributors")}
        for email in change.final("contributors"):
            if email not in (*led, *helped, *change.final("leads")):
                told[email].helps.append(change.key)
        for email in {*led, *helped} - carriers:
            told[email].dropped.append(change.key)
    for email in newcomers(draft):
        told.pop(email, None)
    return dict(told)
