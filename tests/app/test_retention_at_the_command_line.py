"""Retention at the command line: a look that changes nothing, and a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlmodel import Session, select
from typer.testing import CliRunner

from app import cli
from store import schema
from store.database import Database
from store.tables import Bounce

LONG_AGO = datetime(2020, 1, 2, 12, 0, tzinfo=UTC)
Run = Callable[..., Any]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'town.db'}"


@pytest.fixture
def run(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder of its own, with a database in which something is over."""
    monkeypatch.chdir(tmp_path)
    database = Database(url)
    schema.prepare(database.engine, url)
    database.write_now(lambda session: session.add(Bounce(email="x@example.org", permanent=True, at=LONG_AGO)))
    database.close()
    monkeypatch.setattr(cli, "out", Console(width=160))
    return lambda *words: CliRunner().invoke(cli.main, ["retention", *words], env={"DATABASE_URL": url})


def bounces(url: str) -> int:
    database = Database(url)

    def count(session: Session) -> int:
        return len(session.exec(select(Bounce)).all())

    try:
        return database.read_now(count)
    finally:
        database.close()


def test_a_look_tells_what_is_over_and_changes_nothing(run: Run, url: str) -> None:
    looked = run()
    assert looked.exit_code == 0
    (line,) = (line for line in looked.output.splitlines() if "Rückläufer" in line)
    assert "90 Tage nach Eingang" in line
    assert "│ 1 " in line
    assert "2. Januar 2020" in line
    assert "Es gab noch keinen Lauf." in looked.output
    assert bounces(url) == 1


def test_it_is_carried_out_at_once_if_asked_and_the_last_run_is_shown(run: Run, url: str) -> None:
    done = run("--now")
    assert done.exit_code == 0
    assert "Eine Zeile gelöscht oder geleert." in done.output
    assert bounces(url) == 0
    told = run("--last")
    assert "Rückläufer" in told.output
    assert "x@example.org" not in told.output
    assert "Es war nichts fällig." in run("--now").output
