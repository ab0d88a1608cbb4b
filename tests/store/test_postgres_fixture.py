"""The throw-away PostgreSQL: databases of their own, and a crash it recovers from."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.postgres import Postgres, available

pytestmark = pytest.mark.skipif(available() is not None, reason=available() or "runs")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with Postgres() as postgres:
        yield postgres


def run(url: str, *statements: str) -> list[object]:
    """Run statements in one transaction; returns the first column of the last one's rows."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            result = [connection.execute(text(statement)) for statement in statements][-1]
            return [row[0] for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


def test_two_fresh_databases_know_nothing_of_each_other(postgres: Postgres) -> None:
    first, second = postgres.fresh_database(), postgres.fresh_database()
    run(first, "CREATE TABLE measure (title text)", "INSERT INTO measure VALUES ('Grüne Höfe')")
    run(second, "CREATE TABLE measure (title text)")
    assert run(first, "SELECT title FROM measure") == ["Grüne Höfe"]
    assert run(second, "SELECT title FROM measure") == []


def test_a_crash_keeps_what_was_committed_and_breaks_open_connections(postgres: Postgres) -> None:
    url = postgres.fresh_database()
    run(url, "CREATE TABLE measure (title text)", "INSERT INTO measure VALUES ('Grüne Höfe')")
    with psycopg.connect(url.replace("+psycopg", "")) as open_connection:
        open_connection.execute("INSERT INTO measure VALUES ('half done')")
        postgres.restart("immediate")
        with pytest.raises(psycopg.OperationalError):
            open_connection.execute("SELECT 1")
    assert run(url, "SELECT title FROM measure") == ["Grüne Höfe"]


def test_text_is_utf_8_and_sorted_by_code_point_everywhere(postgres: Postgres) -> None:
    assert run(postgres.url, "SHOW server_encoding") == ["UTF8"]
    assert run(postgres.url, "SELECT title FROM (VALUES ('ä'), ('Z'), ('a')) AS t (title) ORDER BY title") == [
        "Z",
        "a",
        "ä",
    ]


def test_stopping_leaves_no_server_and_no_folder() -> None:
    server = Postgres().start()
    server.stop()
    assert not server._folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url.replace("+psycopg", ""))
