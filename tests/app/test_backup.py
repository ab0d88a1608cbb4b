"""Backups: consistent while others write, worth nothing until restored on trial, never half under a good name."""

from __future__ import annotations

import asyncio
import errno
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select
from typer import Exit

from alliance.intents import RegisterCompany
from app import backup, cli, copies
from app.nightly import COMMAND, Nightly, is_due, night
from app.trouble import Trouble
from scheduler import jobs
from store.database import Database
from store.tables import Backup, Company, Deed
from tests.keeping import Keeping, keeping, sql

__all__ = ["keeping"]

BERLIN = ZoneInfo("Europe/Berlin")
PROGRAM = Path(sys.executable).parent / "zukunftsplan"


def test_a_backup_made_while_two_hundred_writes_go_on_holds_one_moment(keeping: Keeping) -> None:
    begun = threading.Event()
    with keeping.town() as town:
        companies = len(town.database.read_now(lambda session: session.exec(select(Company)).all()))

        def write() -> None:
            for number in range(200):
                town.office(RegisterCompany(f"Firma {number} GmbH", ""))
                if number == 20:
                    begun.set()

        writer = threading.Thread(target=write)
        writer.start()
        assert begun.wait(60)
        made = [backup.make(keeping.settings, keeping.data / f"{name}.db", datetime.now(UTC)) for name in "ab"]
        writer.join()
        assert len(town.database.read_now(lambda session: session.exec(select(Company)).all())) == companies + 200
    for one in made:
        found, wrong = copies.look_at_file(one.file)
        assert not wrong
        assert found == one.survey
        with closing(sqlite3.connect(one.file)) as copy:
            told = copy.execute("SELECT count(*) FROM history WHERE what = 'register-company'").fetchone()[0]
            assert copy.execute("SELECT count(*) FROM companies").fetchone()[0] - companies == told
        assert told >= 20


def test_a_backup_is_private_and_told_of_in_the_database(keeping: Keeping) -> None:
    said = keeping.works("backup")
    (file,) = keeping.made()
    assert str(file) in said
    assert "Zur Probe zurückgespielt" in said
    assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]
    assert [(row.size, row.error) for row in keeping.rows(Backup)] == [(file.stat().st_size, "")]
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


def test_it_goes_where_it_is_told_to_and_never_over_another_file(keeping: Keeping, tmp_path: Path) -> None:
    keeping.works("backup", tmp_path / "mine.db")
    assert "gibt es schon" in keeping.fails("backup", tmp_path / "mine.db")
    keeping.works("backup", tmp_path)
    assert len(list(tmp_path.glob("zukunftsplan-*.db"))) == 1
    assert keeping.made() == []
    keeping.works("backup", keeping.backups / "mine.db")
    assert "gibt es schon" in keeping.fails("backup", keeping.backups / "mine.db")
    assert [row.error for row in keeping.rows(Backup)] == ["", "", ""]  # which is no worry of the office


def test_what_cannot_be_restored_is_no_backup(keeping: Keeping) -> None:
    path = keeping.data / "zukunftsplan.db"
    sql(path, "PRAGMA foreign_keys = OFF", "INSERT INTO addresses (person_id, email, dead) VALUES (999, 'x', 0)")
    said = keeping.fails("backup")
    (bad,) = keeping.backups.iterdir()
    assert bad.name.endswith(".db.bad")
    assert bad.name in said.replace("\n", "")
    assert [row.error for row in keeping.rows(Backup)] == ["damaged"]


def test_a_history_that_was_altered_before_is_copied_and_told(keeping: Keeping) -> None:
    with keeping.town() as town:
        town.database.write_now(lambda session: jobs.seal(session, town.at))
    path = keeping.data / "zukunftsplan.db"
    sql(path, "DROP TRIGGER keep_history_update", "UPDATE history SET what = 'other' WHERE id = 2")
    assert "history verify" in keeping.works("backup")


def test_of_those_that_could_not_be_restored_the_newest_is_kept(keeping: Keeping) -> None:
    path = keeping.data / "zukunftsplan.db"
    sql(path, "PRAGMA foreign_keys = OFF", "INSERT INTO addresses (person_id, email, dead) VALUES (999, 'x', 0)")
    now = datetime.now(UTC)
    for moment in (now, now + timedelta(hours=1), now + timedelta(hours=2)):
        file = backup.default_file(keeping.settings, moment)
        with pytest.raises(Trouble):
            backup.make(keeping.settings, file, moment)
    assert [file.name for file in keeping.backups.iterdir()] == [f"{copies.name_at(moment, '.db')}.bad"]


def test_an_empty_database_is_nothing_to_back_up(keeping: Keeping) -> None:
    (keeping.data / "zukunftsplan.db").write_bytes(b"")
    assert "Die Datenbank ist leer" in keeping.fails("backup")
    assert keeping.made() == []


@pytest.mark.parametrize("words", [("backup",), ("upgrade",), ("queue", "list"), ("restore", "any.db")])
def test_an_address_that_names_no_database_is_told_in_words(keeping: Keeping, words: tuple[str, ...]) -> None:
    Path("any.db").write_bytes(b"SQLite format 3\0")
    keeping.env["DATABASE_URL"] = "falsch"
    said = keeping.fails(*words)
    assert "DATABASE_URL benennt keine Datenbank" in said
    assert "postgresql+psycopg://" in said


def test_who_may_not_read_the_data_is_told_in_words(keeping: Keeping, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Exit), cli._clear_errors(keeping.settings):
        raise PermissionError(errno.EACCES, "Permission denied", "/var/lib/zukunftsplan/zukunftsplan.db")
    assert "darf dieser Benutzer nicht zugreifen" in capsys.readouterr().err.replace("\n", " ")


def test_asked_to_end_it_cleans_up_first(tmp_path: Path) -> None:
    half = tmp_path / "half.db"
    half.touch()
    with pytest.raises(SystemExit), cli._ended_in_order(), copies.passing(half):
        signal.raise_signal(signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fault(9)
def test_a_full_disk_leaves_nothing_behind_and_says_so(keeping: Keeping) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))  # what is written further on fails as on a full disk
    try:
        said = keeping.fails("backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "nicht schreiben" in said
    assert list(keeping.backups.iterdir()) == []
    assert [row.error for row in keeping.rows(Backup)] == ["write"]


def test_without_room_for_it_none_is_begun(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as refused:
        copies.check_room(tmp_path, 10**18)
    assert refused.value.key == "operator-backup-failed-space"


def test_a_killed_backup_leaves_no_file_under_a_good_name(keeping: Keeping) -> None:
    killed = subprocess.run(
        [PROGRAM, "backup"], env={**keeping.env, "CRASH_AT": "backup-copied"}, check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    assert keeping.made() == []
    (rest,) = keeping.backups.iterdir()
    assert rest.name.startswith(".")
    copies.tidy(keeping.backups, keeping.data, 14, datetime.now(UTC) + timedelta(days=2))
    assert list(keeping.backups.iterdir()) == []


def test_only_our_own_old_backups_are_deleted_and_never_the_newest(tmp_path: Path) -> None:
    backups, data = tmp_path / "backups", tmp_path / "data"
    for name in (
        "backups/zukunftsplan-20260101T013000Z.db",
        "backups/zukunftsplan-20260102T013000Z.db.bad",
        "backups/zukunftsplan-20260103T013000Z.db",
        "backups/zukunftsplan-2026-01-01.db",
        "backups/meine.db",
        "data/zukunftsplan.db-before-restore-20260101T120000Z",
        "data/zukunftsplan.db",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    copies.tidy(backups, data, 14, datetime(2026, 3, 1, tzinfo=UTC))
    left = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.*")}
    assert left == {
        "backups/zukunftsplan-20260103T013000Z.db",
        "backups/zukunftsplan-2026-01-01.db",
        "backups/meine.db",
        "data/zukunftsplan.db",
    }


@pytest.mark.parametrize("day", [datetime(2027, 3, 28, tzinfo=BERLIN), datetime(2027, 10, 31, tzinfo=BERLIN)])
def test_every_night_has_one_backup_also_when_the_clock_changes(keeping: Keeping, day: datetime) -> None:
    made: list[datetime] = []
    now, end = day.astimezone(UTC) - timedelta(days=1), day.astimezone(UTC) + timedelta(days=2)
    with keeping.town() as town:
        while now < end:
            if town.database.read_now(_due_at(now)):
                town.database.write_now(_made_at(now))
                made.append(now.astimezone(BERLIN))
            now += timedelta(minutes=10)
    nightly = made[1:]  # the first was overdue
    assert len({moment.date() for moment in nightly}) == len(nightly) == 3
    assert [f"{moment:%H:%M}" for moment in nightly] == ["02:30", "03:00" if day.month == 3 else "02:30", "02:30"]


def test_a_new_alliance_is_backed_up_from_its_first_night_on(keeping: Keeping) -> None:
    with keeping.town() as town:
        first = town.database.read_now(lambda session: session.exec(select(Deed.at)).first())
        assert first is not None
        due = [hours for hours in range(48) if town.database.read_now(_due_at(first + timedelta(hours=hours)))]
    begins = next(hours for hours in range(48) if night(first + timedelta(hours=hours), BERLIN) > night(first, BERLIN))
    assert due == list(range(begins, 48))


def _due_at(now: datetime) -> Callable[[Session], bool]:
    return lambda session: is_due(session, BERLIN, now)


async def test_the_nightly_backup_is_a_process_of_its_own(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in keeping.env.items():
        monkeypatch.setenv(name, value)
    now = datetime.now(UTC) + timedelta(days=2)
    database = Database(keeping.url)
    try:
        nightly = Nightly(database, BERLIN, lambda: now)
        await asyncio.wait_for(asyncio.gather(nightly.tick(), nightly.tick()), 60)
        assert len(keeping.made()) == 1
        assert [row.error for row in await database.read(_backups)] == [""]
        await nightly.stop()
        await nightly.tick()
        assert len(keeping.made()) == 1
    finally:
        database.close()
    assert COMMAND[-1] == "backup"


def _made_at(now: datetime) -> Callable[[Session], None]:
    return lambda session: session.add(Backup(at=now, size=1))


def _backups(session: Session) -> list[Backup]:
    return list(session.exec(select(Backup)))
