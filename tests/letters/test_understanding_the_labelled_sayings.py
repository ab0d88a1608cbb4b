"""What people say is understood: nearly all of it rightly, and nothing is recorded that was not said."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from alliance import intents
from alliance.cases import ASKED_BACK
from alliance.intents import Greet, Help, Intent, Matter, Pause, Report, ReportProgress, Status, Unclear
from alliance.understanding import understand

TABLES = ("understanding.toml", "understanding_more.toml")
RIGHT = 0.97  # of the sayings
LATER = 3  # days, when SPÄTER names none

Kind = Literal["report", "command", "ask", "other"]


@dataclass(frozen=True)
class Outcome:
    """What the desk makes of an intent: reports it records, a command it does, a question back, work for the office."""

    kind: Kind
    reports: tuple[Report, ...] = ()
    intent: Intent | None = None


def outcome(said: dict[str, Any], titles: dict[int, str]) -> Outcome:
    """What becomes of a saying, with the rules by which the desk asks back."""
    carried = {number: titles[number] for number in said.get("carried", titles)}
    asked = tuple(said["asked"])
    matter = Matter("round", 1, asked) if asked else Matter()
    intent = understand(said["text"], said["on"], matter, titles=lambda: carried)
    if isinstance(intent, Unclear):
        return Outcome("ask" if intent.reason in ASKED_BACK else "other")
    if not isinstance(intent, ReportProgress):
        return Outcome("command", intent=Help() if isinstance(intent, Greet) else intent)
    numbers = {report.measure for report in intent.reports}
    possible = all(report.percent is None or 0 <= report.percent <= 100 for report in intent.reports)
    return Outcome("report", intent.reports) if numbers <= carried.keys() and possible else Outcome("ask")


def kinds(said: dict[str, Any]) -> set[str]:
    """The kinds of outcome that are right."""
    return set(said.get("accept", ())) or {"report" if key == "reports" else key for key in READINGS & said.keys()}


READINGS = {"reports", "command", "ask", "other"}


def is_right(said: dict[str, Any], made: Outcome) -> bool:
    """Whether a careful clerk would have done the same."""
    if made.kind not in kinds(said):
        return False
    if made.kind == "report":
        by_number = {report["measure"]: report for report in said["reports"]}
        once = len(made.reports) == len(by_number) and {report.measure for report in made.reports} == by_number.keys()
        return once and all(is_said(report, by_number[report.measure]) for report in made.reports)
    return made.kind != "command" or is_meant(said, made.intent)


def is_said(report: Report, label: dict[str, Any]) -> bool:
    """Whether a report holds what was said and nothing else."""
    found: dict[str, Any] = {
        "percent": report.percent,
        "status": report.status,
        "expected": report.expected,
        "help": report.help_wanted or None,
        "unchanged": report.unchanged or None,
    }
    if not any(value is not None for value in found.values()) and not report.text:
        return False
    optional = set(label.get("optional", ()))
    if label.get("status") == Status.DONE or label.get("percent") == 100:
        label = {"status": "done", "percent": 100} | label
        optional |= {"status", "percent"}
    fields = all(
        (value is None and (name not in label or name in optional)) or fits(value, label.get(name))
        for name, value in found.items()
    )
    return fields and ("text" in optional or label.get("text", "").casefold() in report.text.casefold())


def fits(value: Any, label: Any) -> bool:
    """Whether a value is the right one, one of two words, or between the first and the last."""
    if label is None or value is None:
        return False
    if not isinstance(label, list):
        return bool(value == label)
    return value in label if isinstance(value, str) else bool(label[0] <= value <= label[1])


def is_meant(said: dict[str, Any], intent: Intent | None) -> bool:
    """Whether the command is the one that was said, with what was said of it."""
    wanted = said["command"]
    if wanted == "Later":
        return intent == Pause(said["on"] + timedelta(said.get("days", LATER)))
    if type(intent) is not getattr(intents, wanted):
        return False
    if isinstance(intent, Pause):
        return intent.until is None if "until" not in said else fits(intent.until, said["until"])
    return all(getattr(intent, name) == said[name] for name in ("measure", "language", "answer") if name in said)


def described(said: dict[str, Any], made: Outcome) -> str:
    label = {key: value for key, value in said.items() if key not in {"text", "lang"}}
    return f"{said['text']!r} -> {made.kind} {made.reports or made.intent or ''} instead of {label}"


@pytest.mark.parametrize("table", TABLES)
def test_what_people_say_is_understood_and_nothing_is_recorded_that_was_not_said(table: str) -> None:
    book = tomllib.loads(Path(__file__).with_name(table).read_text(encoding="utf-8"))
    titles = {int(number): title for number, title in book["titles"].items()}
    made = [(said, outcome(said, titles)) for said in book["said"]]
    wrong = [(said, each) for said, each in made if not is_right(said, each)]
    silently = [described(*pair) for pair in wrong if pair[1].kind in {"report", "command"}]
    score = f"{table}: {len(made) - len(wrong)} of {len(made)} right, {len(silently)} silently wrong"
    sys.stdout.write("\n".join(["", score, *(described(*pair) for pair in wrong), ""]))
    assert silently == []
    assert len(wrong) <= (1 - RIGHT) * len(made)


def test_the_measure_itself_notices_what_was_not_said() -> None:
    said = {"asked": [12], "on": date(2026, 11, 23), "reports": [{"measure": 12, "percent": 60}]}
    assert is_right(said, Outcome("report", (Report(12, percent=60),)))
    for wrong in (Report(12, percent=61), Report(14, percent=60), Report(12, Status.DONE, 60), Report(12)):
        assert not is_right(said, Outcome("report", (wrong,)))
    assert not is_right(said, Outcome("ask"))
