"""Restoring: never under a running assistant, nobody who was forgotten comes back, nothing goes out twice."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner

from alliance.intents import Erase
from alliance.privacy import forgetting_again
from app import copies, erasures, restore
from app.cli import main
from store import erased, schema
from store.database import Database, make_engine
from store.erased import Forgotten
from store.outbox import RESTING
from store.tables import Backup, Measure, OutboxRow, Person, Sending, Switch
from tests import leftovers
from tests.keeping import Keeping, keeping, sql
from tests.town import CHATS, ERIKA, GUEST, HOUSE, MAX, NAMES, Town

__all__ = ["keeping"]

TELLING = (NAMES[ERIKA], ERIKA, str(CHATS[ERIKA]), GUEST, str(CHATS[GUEST]))


def forget_three(keeping: Keeping) -> None:
    """After the backup, a member and two strangers are forgotten: one by mail, one in a chat."""
    with keeping.town() as town:
        erasures.keep(town.database, keeping.data)
        town.at += timedelta(hours=1)
        town.tap(ERIKA, Erase(confirmed=True))
        town.at += timedelta(hours=1)
        town.letter(GUEST, "LÖSCHEN")
        town.reply(GUEST, "JA")
        town.at += timedelta(hours=1)
        town.tap(GUEST, Erase(confirmed=True))


def lived(keeping: Keeping) -> None:
    """Something of everybody, so that the backup has something of everybody."""
    with keeping.town() as town:
        town.link(ERIKA)
        town.chat(ERIKA, "M1 60 %, sagt Erika Beispiel")
        town.letter(GUEST, "Ich bin der Gast und habe eine Frage")
        town.chat(GUEST, "Ich frage im Chat")


def test_a_restored_state_is_the_one_of_the_backup_and_what_was_there_is_kept(keeping: Keeping) -> None:
    file = keeping.backup()
    keeping.works("measure", "add", "9", "Danach")
    said = keeping.works("restore", file, "--yes")
    assert "ein Eintrag geht verloren" in said
    assert 9 not in {row.number for row in keeping.rows(Measure)}
    (kept,) = keeping.data.glob("zukunftsplan.db-before-restore-*")
    assert kept.name in said.replace("\n", "")
    keeping.works("history", "verify")
    path = keeping.data / "zukunftsplan.db"
    assert [file.stat().st_mode & 0o777 for file in (path, kept)] == [0o600, 0o600]
    kept.replace(path)
    assert 9 in {row.number for row in keeping.rows(Measure)}


def test_without_a_yes_nothing_is_touched(keeping: Keeping) -> None:
    file = keeping.backup()
    keeping.works("measure", "add", "9", "Danach")
    keeping.fails("restore", file)
    for answer in ("\n", "n\n", "Nein\n", "vielleicht\n"):
        asked = CliRunner().invoke(main, ["restore", str(file)], env=keeping.env, input=answer)
        assert asked.exit_code == 1
        assert "Jetzt zurückspielen? [j/N]:" in asked.output
    assert 9 in {row.number for row in keeping.rows(Measure)}
    assert CliRunner().invoke(main, ["restore", str(file)], env=keeping.env, input="J\n").exit_code == 0
    assert 9 not in {row.number for row in keeping.rows(Measure)}


def test_without_room_for_restoring_it_is_not_begun(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    file = keeping.backup()
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    assert "zum Zurückspielen braucht es" in keeping.fails("restore", file, "--yes")


def test_nothing_is_restored_under_a_running_assistant(keeping: Keeping) -> None:
    file = keeping.backup()
    lock = schema.lock(keeping.url)
    assert lock is not None
    try:
        assert "gehört schon einem laufenden Assistenten" in keeping.fails("restore", file, "--yes")
    finally:
        lock.release()


def test_a_damaged_or_foreign_file_is_refused_and_changes_nothing(keeping: Keeping, tmp_path: Path) -> None:
    file = keeping.backup()
    whole, before = file.read_bytes(), (keeping.data / "zukunftsplan.db").read_bytes()
    file.write_bytes(whole[:8192] + b"\x5a" * 200_000 + whole[208_192:])
    assert "beschädigt" in keeping.fails("restore", file, "--yes")
    file.write_bytes(whole[: len(whole) // 2])
    assert "beschädigt" in keeping.fails("restore", file, "--yes")
    (tmp_path / "letter.eml").write_text("Guten Tag")
    assert "keine Sicherung" in keeping.fails("restore", tmp_path / "letter.eml", "--yes")
    (tmp_path / "other.dump").write_bytes(b"PGDMP and more")
    assert "anderen Datenbanksystem" in keeping.fails("restore", tmp_path / "other.dump", "--yes")
    assert "lässt sich nicht lesen" in keeping.fails("restore", tmp_path / "nowhere.db", "--yes")
    assert (keeping.data / "zukunftsplan.db").read_bytes() == before
    assert list(keeping.data.glob("*before*")) == []


def test_a_newer_backup_is_refused_and_an_older_one_brought_up_to_date(keeping: Keeping, tmp_path: Path) -> None:
    newer, older = tmp_path / "newer.db", tmp_path / "older.db"
    keeping.works("backup", newer)
    keeping.works("backup", older)
    sql(newer, "UPDATE alembic_version SET version_num = '9999'")
    assert "Stand 9999" in keeping.fails("restore", newer, "--yes")
    engine = make_engine(f"sqlite:///{older}")
    schema.downgrade(engine, "0004")
    engine.dispose()
    assert f"Von Stand 0004 auf {schema.HEAD}" in keeping.works("restore", older, "--yes")
    assert len(keeping.rows(Person)) == 3
    assert keeping.rows(Backup) == []
    keeping.works("backup")


@pytest.mark.parametrize("lost", [False, True])
def test_whoever_was_forgotten_after_the_backup_is_forgotten_again(keeping: Keeping, lost: bool) -> None:
    lived(keeping)
    file = keeping.backup()
    with closing(Database(f"sqlite:///{file}")) as copy:
        assert {word.partition(" in ")[0] for word in leftovers.found(copy, TELLING)} == set(TELLING)
    forget_three(keeping)
    if lost:
        (keeping.data / "zukunftsplan.db").write_bytes(b"nothing that can be read")
    said = keeping.works("restore", file, "--yes")
    assert "3 Personen, die seit der Sicherung gelöscht wurden" in said
    with keeping.town() as town:
        left = {place.partition(":")[0] for place in leftovers.found(town.database, TELLING)}
        assert left == {f"{email} in purges.email" for email in (ERIKA, GUEST)}  # until the mailbox is tidied
        assert town.person(MAX).erased_at is None
    assert leftovers.found_in_file(keeping.url, (NAMES[ERIKA], str(CHATS[ERIKA]))) == []
    assert "Niemand war seit der Sicherung zu löschen" in keeping.works("restore", keeping.backup(), "--yes")


def test_the_list_of_erasures_tells_nobody_who_they_were(keeping: Keeping) -> None:
    lived(keeping)
    forget_three(keeping)
    (listed,) = erased.files(keeping.data)
    assert listed.stat().st_mode & 0o777 == 0o600
    assert [word for word in TELLING if word in listed.read_text()] == []
    assert [bool(line.person) for line in erased.read(keeping.data)] == [True, False, False]
    keeping.works("backup")
    assert (keeping.backups / listed.name).read_text() == listed.read_text()


def test_an_erasure_that_the_list_has_missed_is_added_from_the_database(keeping: Keeping) -> None:
    with keeping.town() as town:
        town.link(ERIKA)
        town.tap(ERIKA, Erase(confirmed=True))
    assert erased.read(keeping.data) == []
    keeping.works("backup")
    (line,) = erased.read(keeping.data)
    assert line.person > 0
    assert line.fits(ERIKA)
    assert not line.fits(MAX)
    keeping.works("backup", keeping.data)
    assert len(erased.read(keeping.data)) == 1


def test_the_lists_of_two_computers_meet_in_the_folder_of_backups(keeping: Keeping, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    erased.append(keeping.data, [Forgotten(now, 1)])
    keeping.works("backup")
    other = tmp_path / "other"
    erased.append(other, [Forgotten(now, 2)])
    for _ in range(2):
        erased.copy(other, keeping.backups)
    assert [line.person for line in erased.read(keeping.backups)] == [1, 2]
    keeping.works("backup", tmp_path / "another.db")
    (listed,) = erased.files(keeping.backups)
    assert listed.read_text().count("\n") == 2


def test_a_line_that_a_crash_has_cut_off_spoils_no_other(tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    erased.append(tmp_path, [Forgotten(now, 1)])
    (file,) = erased.files(tmp_path)
    file.write_text(file.read_text() + '{"at": "2026-11-')
    erased.append(tmp_path, [Forgotten(now, 2)])
    assert [line.person for line in erased.read(tmp_path)] == [1, 2]
    erased.tidy(tmp_path, (now + timedelta(days=365)).date())
    assert erased.files(tmp_path) == [file]
    asyncio.run(erasures.tidy(tmp_path, lambda: now + timedelta(days=400)))
    assert erased.files(tmp_path) == []


def test_who_came_later_under_the_number_of_somebody_forgotten_stays(sqlite_town: Town, tmp_path: Path) -> None:
    later = sqlite_town.person(MAX)
    assert later.id is not None
    erased.append(tmp_path, [Forgotten(later.joined_at - timedelta(days=1), later.id, frozenset({"weg@example.org"}))])
    lines = erased.read(tmp_path)
    assert sqlite_town.database.write_now(lambda session: forgetting_again.again(session, HOUSE, lines)) == 0
    assert sqlite_town.person(MAX).name == NAMES[MAX]


def test_what_was_due_at_the_backup_is_held_back_and_what_is_due_later_still_goes(keeping: Keeping) -> None:
    now = datetime.now(UTC)
    with keeping.town() as town:
        town.at = now - timedelta(hours=2)
        town.letter(MAX, "STATUS")
        town.letter(ERIKA, "STATUS")

        def later(session: Session) -> None:
            row = session.exec(select(OutboxRow).where(OutboxRow.to == ERIKA)).one()
            row.due_at = now + timedelta(days=3)

        town.database.write_now(later)
    said = keeping.works("restore", keeping.backup(), "--yes")
    assert "Eine Nachricht wartete auf den Versand" in said
    assert {row.to: (row.state, row.error) for row in keeping.rows(OutboxRow)} == {
        MAX: (Sending.HELD, restore.RESTORED),
        ERIKA: (Sending.QUEUED, ""),
    }
    assert Sending.HELD in RESTING
    assert [row.name for row in keeping.rows(Switch)] == ["sending-stopped"]
    keeping.works("sending", "start")


def test_a_killed_restoring_leaves_the_old_state(keeping: Keeping) -> None:
    import signal
    import subprocess

    from tests.app.test_backup import PROGRAM

    file = keeping.backup()
    keeping.works("measure", "add", "9", "Danach")
    killed = subprocess.run(
        [PROGRAM, "restore", file, "--yes"], env={**keeping.env, "CRASH_AT": "restored-beside"}, check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    assert [rest.name.rpartition(".")[2] for rest in keeping.data.glob(".*")] == ["restoring"]
    copies.tidy(keeping.backups, keeping.data, 14, datetime.now(UTC) + timedelta(days=2))
    assert list(keeping.data.glob(".*")) == []
    assert 9 in {row.number for row in keeping.rows(Measure)}
    keeping.works("restore", file, "--yes")
    assert 9 not in {row.number for row in keeping.rows(Measure)}
