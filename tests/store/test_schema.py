"""Migrations run both ways on both systems, and a database that does not fit is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from store import schema, tables
from store.database import Database, make_engine


def test_migrations_run_down_to_nothing_and_up_again(database: Database) -> None:
    schema.downgrade(database.engine, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    schema.upgrade(database.engine)
    assert set(SQLModel.metadata.tables) <= set(inspect(database.engine).get_table_names())


@pytest.mark.fault(65)
def test_the_migrations_make_just_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, SQLModel.metadata)
    assert [found for found in differences if not _only_a_word(found)] == []


def _only_a_word(difference: object) -> bool:
    """Our Word type is a plain string in the database."""
    return isinstance(difference, list) and all(isinstance(d[-1], tables.Word) for d in difference)


def test_the_code_knows_the_newest_migration() -> None:
    assert max(schema.known()) == schema.HEAD


@pytest.mark.fault(10)
def test_a_database_newer_than_the_code_is_refused(database: Database, url: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.Unusable) as refused:
        schema.prepare(database.engine, url)
    assert refused.value.key == "operator-database-newer"


@pytest.mark.fault(10)
def test_a_database_that_has_disappeared_is_not_silently_made_anew(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'zukunftsplan.db'}"
    engine = make_engine(url)
    assert schema.prepare(engine, url) == "created"
    engine.dispose()
    for file in (tmp_path / "data").glob("zukunftsplan.db*"):
        file.unlink()
    with pytest.raises(schema.Unusable) as refused:
        schema.prepare(make_engine(url), url)
    assert refused.value.key == "operator-database-missing"
    assert not (tmp_path / "data" / "zukunftsplan.db").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_database_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'zukunftsplan.db'}"
    engine = make_engine(url)
    schema.prepare(engine, url)
    engine.dispose()
    (tmp_path / "zukunftsplan.db").chmod(0o400)
    with pytest.raises(schema.Unusable) as refused:
        schema.prepare(make_engine(url), url)
    assert refused.value.key == "operator-database-read-only"


def test_an_unknown_word_in_an_enum_column_is_read_as_it_stands(database: Database) -> None:
    from sqlmodel import Session, select

    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO companies (name, search_key, phone) VALUES ('A', 'a', '')"))
        connection.execute(
            text(
                "INSERT INTO persons (name, company_id, role, channel, language, phone, telegram_dead, joined_at)"
                " SELECT 'P', id, 'archivist', 'pigeon', 'de', '', false, '2026-01-01 00:00:00' FROM companies"
            )
        )
    with Session(database.engine) as session:
        person = session.exec(select(tables.Person)).one()
    assert (person.role, person.channel) == ("archivist", "pigeon")
