"""`zukunftsplan queue` and `quarantine`: what they show and do, and what they say when they cannot."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlmodel import Session, select
from typer.testing import CliRunner

from app import cli
from store import inbox, outbox
from store.database import Database
from store.outbox import Channel, Outgoing
from store.tables import InboxRow, OutboxRow, Received

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TO = "erika@stahl.example.org"
Run = Callable[..., Any]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'town.db'}"


@pytest.fixture
def run(tmp_path: Path, url: str, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder of its own, with a letter that waits and one that was set aside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "out", Console(width=160))
    monkeypatch.setattr(cli, "err", Console(width=160))
    shutil.copy(migrated_sqlite, tmp_path / "town.db")
    database = Database(url)
    database.write_now(_fill)
    database.close()
    return lambda *words: CliRunner().invoke(cli.main, list(words), env={"DATABASE_URL": url})


def _fill(session: Session) -> None:
    outbox.enqueue(session, [Outgoing("nudge:1:ask:7", Channel.MAIL, TO, {"is": "Note", "title": ""}, NOW)], NOW)
    (kept,) = inbox.keep(session, Channel.MAIL, [inbox.Incoming("1:1", b"words")], NOW)
    inbox.close(session.get_one(InboxRow, kept), Received.QUARANTINED, "failed")


def states(url: str) -> tuple[str, str]:
    """Where the letter out and the letter in stand."""
    database = Database(url)
    try:
        out, in_ = (
            database.read_now(lambda session, table=table: session.exec(select(table.state)).one())  # type: ignore[misc]
            for table in (OutboxRow, InboxRow)
        )
    finally:
        database.close()
    return str(out), str(in_)


def test_the_queue_is_shown_without_addresses_unless_they_are_asked_for(run: Run) -> None:
    shown = run("queue", "list")
    assert shown.exit_code == 0
    (row,) = (line for line in shown.output.splitlines() if "nudge" in line)
    assert [cell.strip() for cell in row.split("│")[1:7]] == ["1", "mail", "nudge", "wartet", "23.11.2026 10:00", "0"]
    assert TO not in shown.output
    assert TO in run("queue", "list", "--show").output


def test_a_row_is_held_and_tried_again(run: Run, url: str) -> None:
    assert "Eine Nachricht ist zurückgehalten" in run("queue", "hold", "1").output
    assert states(url)[0] == "held"
    assert "zurückgehalten" in run("queue", "list").output
    done = run("queue", "retry", "--all")
    assert (done.exit_code, states(url)[0]) == (0, "queued")
    assert "Eine Nachricht geht jetzt hinaus." in done.output


def test_while_all_sending_is_stopped_a_retry_says_so(run: Run) -> None:
    run("sending", "stop")
    assert "seit" in (said := run("queue", "retry", "1").output)
    assert "zukunftsplan sending start" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("queue", "retry", "99"), "Die Nummer 99 gibt es nicht."),
        (("queue", "hold", "1", "99"), "Die Nummer 99 gibt es nicht."),
        (("queue", "retry"), "Bitte nennen Sie Nummern"),
        (("quarantine", "release", "99"), "Die Nummer 99 gibt es nicht."),
        (("quarantine", "release"), "Bitte nennen Sie Nummern"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    run: Run, url: str, words: tuple[str, ...], said: str
) -> None:
    done = run(*words)
    assert (done.exit_code, states(url)) == (1, ("queued", "quarantined"))
    assert said in done.output
    assert "Traceback" not in done.output


def test_what_was_set_aside_is_shown_and_released(run: Run, url: str) -> None:
    shown = run("quarantine", "list").output
    assert "failed" in shown
    assert "words" not in shown
    done = run("quarantine", "release", "1")
    assert (done.exit_code, states(url)[1]) == (0, "new")
    assert "Es ist nichts beiseitegelegt." in run("quarantine", "list").output
