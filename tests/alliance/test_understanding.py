"""Words to intents: the labelled table, and what must hold for any text at all."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alliance import intents
from alliance.intents import Decide, Matter, Report, ReportProgress, Status, Undo
from alliance.understanding import understand

TODAY = date(2026, 11, 22)
CHOICES: dict[str, intents.Intent] = {"JA": Decide(4, True), "NEIN": Decide(4, False), "RÜCKGÄNGIG": Undo(7)}
TABLE = tomllib.loads(Path(__file__).with_name("understanding_first.toml").read_text(encoding="utf-8"))["reply"]


def _label(row: dict[str, Any]) -> str:
    return " ".join([repr(row["says"]), *map(str, row.get("matter", ())), "choices" if row.get("choices") else ""])


def _matter(row: dict[str, Any]) -> Matter:
    kind, number, *measures = row.get("matter", ("", 0))
    return Matter(kind, number, tuple(measures))


def _understood(row: dict[str, Any]) -> intents.Intent:
    return understand(row["says"], TODAY, _matter(row), CHOICES if row.get("choices") else {})


def _reports(row: dict[str, Any]) -> ReportProgress:
    made = [
        {**report, "status": Status(report["status"])} if "status" in report else report for report in row["reports"]
    ]
    return ReportProgress(tuple(Report(**report) for report in made))


@pytest.mark.parametrize("row", [row for row in TABLE if "reports" in row], ids=_label)
def test_a_reply_is_read_as_the_report_it_is(row: dict[str, Any]) -> None:
    assert _understood(row) == _reports(row)


@pytest.mark.parametrize("row", [row for row in TABLE if "unclear" in row], ids=_label)
def test_a_doubtful_reply_is_never_guessed(row: dict[str, Any]) -> None:
    intent = _understood(row)
    assert isinstance(intent, intents.Unclear)
    assert intent.reason == row["unclear"]


@pytest.mark.parametrize("row", [row for row in TABLE if "intent" in row], ids=_label)
def test_a_wish_is_read_as_the_intent_it_is(row: dict[str, Any]) -> None:
    intent = _understood(row)
    assert type(intent).__name__ == row["intent"]
    meant = {name: value for name, value in row.items() if name not in {"says", "matter", "choices", "intent"}}
    assert {field.name for field in fields(intent)} >= set(meant)
    assert {name: getattr(intent, name) for name in meant} == meant
