"""`zukunftsplan check`: how the work stands, and everything as data for a monitor."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from sqlmodel import Session, select
from typer.testing import CliRunner

from app import checkup, cli
from app.checkup import Finding
from app.settings import Settings
from store import inbox, outbox
from store.tables import Backup, Channel, InboxRow, Outage, OutboxRow, Received, Sending
from tests.town import MAX, START, Town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def findings(town: Town) -> dict[tuple[str, str], Finding]:
    """What is said of the work, by part and kind."""
    settings = Settings(_env_file=None, database_url=town.database.url)
    found = checkup.work_findings(settings, town.at)
    return {(finding.part.removeprefix("operator-check-"), finding.kind): finding for finding in found}


def test_when_all_is_well_nothing_is_to_be_done(sqlite_town: Town) -> None:
    sqlite_town.database.write_now(lambda session: session.add(Backup(at=sqlite_town.at, size=1)))
    found = findings(sqlite_town)
    assert list(found) == [("sending", ""), ("reading", ""), ("backup", "")]
    assert all(finding.ok and not finding.fix for finding in found.values())
    assert "23. November 2026" in found["backup", ""].said


def test_what_waits_too_long_is_a_problem_and_what_is_held_is_named(sqlite_town: Town) -> None:
    sqlite_town.letter(MAX, "STATUS")

    def job(session: Session) -> None:
        note = outbox.Outgoing("a", Channel.MAIL, MAX, {}, sqlite_town.at)
        outbox.enqueue(session, [note], sqlite_town.at)
        session.exec(select(OutboxRow).where(OutboxRow.dedupe_key == "a")).one().state = Sending.HELD
        session.add(Outage(channel="imap", reason="login", since=sqlite_town.at))

    sqlite_town.database.write_now(job)
    sqlite_town.at += 5 * HOUR
    found = findings(sqlite_town)
    kinds = {("sending", "late"), ("sending", "held"), ("reading", "late"), ("imap", "login"), ("backup", "")}
    assert set(found) == kinds
    problems = {key for key, finding in found.items() if not finding.ok}
    assert problems == {("sending", "late"), ("reading", "late"), ("imap", "login")}
    assert "(1 insgesamt)" in found["sending", "late"].said
    assert all(finding.fix for key, finding in found.items() if key != ("backup", ""))


def test_what_was_set_aside_is_said_but_is_no_problem(sqlite_town: Town) -> None:
    def job(session: Session) -> None:
        (kept,) = inbox.keep(session, Channel.MAIL, [inbox.Incoming("1:1", b"x")], sqlite_town.at)
        inbox.close(session.get_one(InboxRow, kept), Received.QUARANTINED, "failed")
        outbox.stop(session, sqlite_town.at, None)

    sqlite_town.database.write_now(job)
    found = findings(sqlite_town)
    assert found["reading", "quarantined"].ok
    assert "quarantine release" in found["reading", "quarantined"].fix
    assert found["sending", "stopped"].ok


@pytest.mark.parametrize(("error", "age", "kind"), [("restore", HOUR, "failed"), ("", 4 * DAY, "old")])
def test_a_backup_that_is_worth_nothing_or_old_is_a_problem(
    sqlite_town: Town, error: str, age: timedelta, kind: str
) -> None:
    backup = Backup(at=sqlite_town.at - age, size=1, error=error)
    sqlite_town.database.write_now(lambda session: session.add(backup))
    assert not findings(sqlite_town)["backup", kind].ok


def test_of_a_database_that_is_not_there_the_work_says_nothing(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'none.db'}")
    assert checkup.work_findings(settings, START) == []


def test_the_findings_are_data_if_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "out", Console(width=40))
    (tmp_path / "file").touch()
    busy = {"HTTP_PORT": "0", "DATA_FOLDER": str(tmp_path / "file" / "data")}
    done = CliRunner().invoke(cli.main, ["check", "--json"], env=busy)
    told = json.loads(done.output)
    assert (done.exit_code, told["ok"], told["problems"]) == (1, False, 1)
    assert [(one["part"], one["ok"], one["kind"]) for one in told["findings"]] == [
        ("folder", False, "setting"),
        ("port", True, ""),
    ]
    assert set(told["findings"][0]) == {"part", "ok", "said", "fix", "kind"}
