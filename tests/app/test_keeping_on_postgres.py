"""Backup, restore and upgrade where the database is on a server."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect, make_url, text

from alliance.intents import Erase
from app import erasures, pg
from app.nightly import missing_tool
from store import schema
from store.database import Database, make_engine
from store.tables import Backup, Measure, Person
from tests import leftovers
from tests.keeping import Keeping
from tests.postgres import Postgres
from tests.town import CHATS, ERIKA, MAX, NAMES, Town

_LACK = missing_tool("postgresql+psycopg://")
pytestmark = pytest.mark.skipif(bool(_LACK), reason=f"not installed: {_LACK} (postgresql-client)")


@pytest.fixture
def keeping(tmp_path: Path, postgres: Postgres, settled_postgresql: str, monkeypatch: pytest.MonkeyPatch) -> Keeping:
    """A settled town on a server."""
    monkeypatch.chdir(tmp_path)
    return Keeping(tmp_path, postgres.fresh_database(settled_postgresql))


def databases(keeping: Keeping) -> set[str]:
    """The names of all databases of the server."""
    engine = make_engine(keeping.url)
    try:
        with engine.connect() as connection:
            return set(connection.scalars(text("SELECT datname FROM pg_database")))
    finally:
        engine.dispose()


def test_a_dump_is_restored_on_trial_and_in_place_also_after_one_that_was_cut_off(keeping: Keeping) -> None:
    with keeping.town() as town:
        town.link(ERIKA)
        town.chat(ERIKA, "M1 60 %")
    before = databases(keeping)
    file = keeping.backup()
    assert file.suffix == ".dump"
    assert databases(keeping) == before  # nothing is left of the trial
    assert [(row.size, row.error) for row in keeping.rows(Backup)] == [(file.stat().st_size, "")]
    with keeping.town() as town:
        erasures.keep(town.database, keeping.data)
        town.at += timedelta(hours=1)
        town.tap(ERIKA, Erase(confirmed=True))
        assert "andere" in keeping.fails("restore", file, "--yes")  # we are connected
    keeping.works("measure", "add", "9", "Danach")
    said = keeping.works("restore", file, "--yes")
    assert "Eine Person, die seit der Sicherung gelöscht wurde" in said
    assert 9 not in {row.number for row in keeping.rows(Measure)}
    with keeping.town() as town:
        check_forgotten_and_kept(town)
    cut_off_and_restore_again(keeping)


def check_forgotten_and_kept(town: Town) -> None:
    """Erika is forgotten but for the order to the mailbox, and what was there before is kept in a schema of its own."""
    telling = (NAMES[ERIKA], ERIKA, str(CHATS[ERIKA]))
    left = {place.partition(":")[0] for place in leftovers.found(town.database, telling)}
    assert left == {f"{ERIKA} in purges.email"}
    assert town.person(MAX).erased_at is None
    (kept,) = [name for name in inspect(town.database.engine).get_schema_names() if name.startswith(pg.KEPT)]
    with town.database.engine.connect() as connection:
        assert connection.scalar(text(f'SELECT count(*) FROM "{kept}".measures WHERE number = 9')) == 1


def cut_off_and_restore_again(keeping: Keeping) -> None:
    """A state that is not put right yet is no state to work with."""
    keeping.works("measure", "add", "9", "Danach")
    later = keeping.backup()
    with closing(Database(keeping.url)) as database, database.engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{schema.RESTORING}0005'"))
    assert "mittendrin abgebrochen" in keeping.fails("measure", "add", "10", "Danach")
    keeping.works("restore", later, "--yes")
    assert 9 in {row.number for row in keeping.rows(Measure)}
    keeping.works("measure", "add", "10", "Danach")


def test_a_damaged_dump_is_refused_and_changes_nothing(keeping: Keeping) -> None:
    file = keeping.backup()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert "beschädigt" in keeping.fails("restore", file, "--yes")
    assert len(keeping.rows(Person)) == 3


def test_without_the_right_to_make_a_database_a_dump_is_only_read(keeping: Keeping, postgres: Postgres) -> None:
    name = make_url(keeping.url).database
    plain = postgres.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS clerk")
        connection.execute("CREATE ROLE clerk LOGIN PASSWORD 'a:b\\c'")
        connection.execute(
            f'GRANT pg_read_all_data, pg_write_all_data TO clerk; ALTER DATABASE "{name}" OWNER TO clerk'
        )
    poor = Keeping(
        keeping.data.parent, make_url(keeping.url).set(username="clerk", password="a:b\\c").render_as_string(False)
    )
    assert "CREATEDB" in poor.works("backup")


def test_an_older_database_is_backed_up_and_upgraded_once(keeping: Keeping) -> None:
    engine = make_engine(keeping.url)
    schema.downgrade(engine, "0004")
    engine.dispose()
    demo = Keeping(keeping.data.parent, keeping.url, MAIL_ADDRESS="")
    assert f"von Stand 0004 auf {schema.HEAD}" in demo.works("upgrade")
    assert len(keeping.made()) == 1
    assert "nichts zu tun" in demo.works("upgrade")
    assert len(keeping.made()) == 1


def test_old_tables_that_a_restoring_has_kept_go_with_the_old_backups(keeping: Keeping) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    names = {f"{pg.KEPT}20260101t120000z", f"{pg.KEPT}20260220t120000z", "before_restore_of_mine"}
    with closing(Database(keeping.url)) as database:
        with database.engine.begin() as connection:
            for name in sorted(names):
                connection.execute(text(f'CREATE SCHEMA "{name}"'))
        pg.drop_kept(keeping.url, 14, now)
        assert names - set(inspect(database.engine).get_schema_names()) == {f"{pg.KEPT}20260101t120000z"}


def test_a_database_of_somebody_elses_with_a_name_like_a_trials_is_left_alone(keeping: Keeping) -> None:
    name = f"{str(make_url(keeping.url).database)[:24]}_trial_mine"
    engine = make_engine(keeping.url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    keeping.backup()
    assert name in databases(keeping)
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}"'))
    engine.dispose()


def test_an_empty_database_on_a_server_is_nothing_to_back_up(tmp_path: Path, postgres: Postgres) -> None:
    assert "Die Datenbank ist leer" in Keeping(tmp_path, postgres.fresh_database()).fails("backup")
