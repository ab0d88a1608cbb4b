"""PostgreSQL's own programs: dumping a database, and restoring a dump."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from alliance.sealing import Finding
from app import copies
from app.copies import Survey
from app.trouble import Trouble
from store.database import make_engine

KEPT = "before_restore_"  # begins the name of the schema in which a restoring keeps what was there
_TRIAL = "_trial_"
_TRIED = re.compile(rf".*{_TRIAL}(\d{{14}})_[0-9a-f]{{6}}")
_PLAIN = ("--no-owner", "--no-privileges")


def dump(url: str, to: Path) -> Survey:
    """Dump the database as it stands at one moment, while others write; what the dump must hold. Raises Trouble."""
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))  # a dump may take its time
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            found, name = copies.survey(connection), schema_of(connection)
            options = ("--format=custom", f"--schema={name}", f"--snapshot={snapshot}", f"--file={to}")
            run("pg_dump", url, *_PLAIN, *options)
    except DBAPIError as error:
        raise Trouble("operator-backup-failed-source", error=_first_line(error)) from error
    finally:
        engine.dispose()
    return found


def look_at_dump(url: str, file: Path, now: datetime) -> tuple[Survey, set[Finding]] | None:
    """Restore a dump into a database of its own and look through it; None where we may not make one.

    Then the dump is read to its end, which shows less. Raises Trouble when it is not whole.
    """
    try:
        with _trial(url, now) as trial:
            if trial is not None:
                return _tried(url, trial, file)
    except DBAPIError as error:
        raise Trouble("operator-backup-failed-source", error=_first_line(error)) from error
    call("pg_restore", "--file=/dev/null", str(file))
    return None


def _tried(url: str, trial: str, file: Path) -> tuple[Survey, set[Finding]]:
    name, engine = _schema_at(url), make_engine(trial)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{name}"')
        run("pg_restore", trial, *_PLAIN, "--exit-on-error", f"--schema={name}", str(file))
        with engine.connect() as connection:
            found = copies.survey(connection)
        return found, copies.wrong_in_history(engine, found)
    finally:
        engine.dispose()


def run(program: str, url: str, *options: str) -> str:
    """Run one of the programs on this database; what it printed. Raises Trouble when it fails or is not there."""
    with _connection_words(url) as words:
        return call(program, "--no-password", f"--dbname={words}", *options)


def call(program: str, *options: str) -> str:
    """Run one of the programs; what it printed. Raises Trouble when it fails or is not there."""
    path = shutil.which(program)
    if path is None:
        raise Trouble("operator-backup-failed-program", program=program)
    done = subprocess.run([path, *options], capture_output=True, text=True, check=False)  # noqa: S603 - our words
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error" in line.lower()), done.stderr.strip())
        raise Trouble("operator-backup-failed-tool", program=program, error=said or str(done.returncode))
    return done.stdout


def drop_kept(url: str, days: int, now: datetime) -> None:
    """Drop what older restorings have kept, as files are deleted elsewhere."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            for name in connection.scalars(text("SELECT nspname FROM pg_namespace")).all():
                made = copies.moment_of(name.removeprefix(KEPT).upper()) if name.startswith(KEPT) else None
                if made and now - made > timedelta(days=days):
                    connection.exec_driver_sql(f'DROP SCHEMA "{name}" CASCADE')
    finally:
        engine.dispose()


def schema_of(connection: Connection) -> str:
    """The schema that our tables are in."""
    return str(connection.scalar(text("SELECT current_schema()")))


def _schema_at(url: str) -> str:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return schema_of(connection)
    finally:
        engine.dispose()


@contextmanager
def _connection_words(url: str) -> Iterator[str]:
    """How to reach the database in libpq's words; the password is not among them, for everybody sees those."""
    parsed = make_url(url)
    words: dict[str, Any] = dict(parsed.get_dialect()().create_connect_args(parsed)[1])
    password = words.pop("password", None)
    words.pop("context", None)  # SQLAlchemy's own
    if password is None:
        yield make_conninfo("", **words)
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:  # 0600
        file.write(":".join(("*", "*", "*", "*", _escaped(str(password)))) + "\n")
        file.flush()
        yield make_conninfo("", **words, passfile=file.name)


def _escaped(password: str) -> str:
    """As a password file wants it (PostgreSQL manual, "The Password File")."""
    return password.replace("\\", "\\\\").replace(":", "\\:")


@contextmanager
def _trial(url: str, now: datetime) -> Iterator[str | None]:
    """The address of an empty database like ours, gone afterwards; None where we may not make one."""
    base = str(make_url(url).database)
    name = f"{base[:24]}{_TRIAL}{now.astimezone(UTC):%Y%m%d%H%M%S}_{secrets.token_hex(3)}"
    engine = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            _drop_abandoned(connection, base, now)
            made = _create(connection, name)
        yield _address(url, name) if made else None
        if made:
            _drop(engine, name)
    except BaseException:
        _drop(engine, name)
        raise
    finally:
        engine.dispose()


def _address(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _create(connection: Connection, name: str) -> bool:
    like = "pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()"
    encoding, collate, ctype = connection.execute(text(f"SELECT {like}")).one()
    words = f"ENCODING '{encoding}' LC_COLLATE '{collate}' LC_CTYPE '{ctype}'"
    try:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0 {words}')
    except ProgrammingError as error:
        if isinstance(error.orig, InsufficientPrivilege):
            return False
        raise
    return True


def _drop(engine: Engine, name: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}"')


def _drop_abandoned(connection: Connection, base: str, now: datetime) -> None:
    """What a killed trial has left behind; one that somebody works in stays."""
    statement = text("SELECT datname FROM pg_database WHERE starts_with(datname, :begins)")
    names: Sequence[str] = connection.scalars(statement, {"begins": f"{base[:24]}{_TRIAL}"}).all()
    for name in names:
        made = _TRIED.fullmatch(name)
        if made and now - datetime.strptime(made[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) > timedelta(days=1):
            try:
                connection.exec_driver_sql(f'DROP DATABASE "{name}"')
            except OperationalError:
                continue


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).split("\n")[0]
