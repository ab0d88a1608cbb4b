"""Upgrading: a backup first, all or nothing, and a second time changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store import schema
from store.database import make_engine
from store.tables import Backup, Person
from tests.keeping import Keeping, at, sql

BROKEN = '''"""A migration that fails half-way"""

from alembic import op

revision = "9000"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("INSERT INTO nowhere VALUES (1)")
'''


@pytest.fixture
def keeping(tmp_path: Path, settled_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Keeping:
    """A settled town in a database of the version before, without a mail server that the check would ask."""
    monkeypatch.chdir(tmp_path)
    found = at(tmp_path, settled_sqlite, MAIL_ADDRESS="")
    engine = make_engine(found.url)
    schema.downgrade(engine, "0004")
    engine.dispose()
    return found


def version(keeping: Keeping) -> str | None:
    """The version of the database."""
    engine = make_engine(keeping.url)
    try:
        return schema.current(engine)
    finally:
        engine.dispose()


def test_it_is_backed_up_upgraded_and_checked_and_a_second_time_changes_nothing(keeping: Keeping) -> None:
    said = keeping.works("upgrade")
    assert f"von Stand 0004 auf {schema.HEAD}" in said
    assert "Alles in Ordnung" in said
    (file,) = keeping.made()
    engine = make_engine(f"sqlite:///{file}")
    assert schema.current(engine) == "0004"
    engine.dispose()
    assert "nichts zu tun" in keeping.works("upgrade")
    assert keeping.made() == [file]
    assert len(keeping.rows(Person)) == 3
    keeping.works("restore", file, "--yes")


@pytest.mark.fault(6)
def test_every_command_makes_a_backup_before_it_upgrades(keeping: Keeping) -> None:
    keeping.works("measure", "add", "9", "Radweg")
    assert len(keeping.made()) == 1
    assert version(keeping) == schema.HEAD


def test_no_command_upgrades_under_a_running_assistant(keeping: Keeping) -> None:
    lock = schema.lock(keeping.url)
    assert lock is not None
    for words in (["measure", "add", "9", "Radweg"], ["upgrade"]):
        assert "gehört schon einem laufenden Assistenten" in keeping.fails(*words)
    assert version(keeping) == "0004"
    assert keeping.made() == []
    lock.release()
    keeping.works("upgrade")
    lock = schema.lock(keeping.url)
    assert lock is not None
    assert "nichts zu tun" in keeping.works("upgrade")
    lock.release()


@pytest.mark.fault(6)
def test_a_migration_that_fails_leaves_the_old_state_and_says_where_the_backup_is(
    keeping: Keeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")
    (migrations / "versions" / "9000_broken.py").write_text(BROKEN.format(head=schema.HEAD))
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    said = keeping.fails("upgrade")
    (file,) = keeping.made()
    assert file.name in said.replace("\n", "")
    assert "ist, wie sie war" in said
    assert version(keeping) == "0004"
    sql(keeping.data / "zukunftsplan.db", "CREATE TABLE half (id INTEGER)")


def test_without_a_backup_nothing_is_upgraded(keeping: Keeping) -> None:
    keeping.backups.write_text("a file where the folder should be")
    assert "nicht schreiben" in keeping.fails("upgrade")
    assert version(keeping) == "0004"
    keeping.backups.unlink()
    keeping.works("upgrade")
    assert keeping.rows(Backup) == []
