"""Opening a database safely: is it there, is it ours to write, is it as old as the code?"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError

from store import changes
from store.crashpoints import crash_point

HEAD = "0005"  # the newest migration; a test holds it to the migrations folder
MIGRATIONS = Path(__file__).parent / "migrations"
RESTORING = "restoring-"  # before the version of a database whose restoring was cut off
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext(current_schema()), 2)")


class Unusable(Exception):
    """The database cannot be used. ``key`` names the operator's text, ``values`` fill it."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Lock:
    """Held by the one process that may write an SQLite file, as long as it lives."""

    file: IO[str]

    def release(self) -> None:
        """Let the next process in."""
        self.file.close()


def path_of(url: str) -> Path | None:
    """The file of an SQLite database, None for a server."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def lock(url: str) -> Lock | None:
    """Take the writer's place. Raises Unusable naming the process that has it. A server needs no lock."""
    path = path_of(url)
    if path is None:
        return None
    file = _lock_file(path).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Unusable("operator-database-in-use", path=str(path), pid=_lock_file(path).read_text().strip()) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return Lock(file)


def holder(path: Path | None) -> str:
    """The process that works with an SQLite file now, "" if none does."""
    if path is None or not os.access(_lock_file(path), os.R_OK):
        return ""
    with _lock_file(path).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return file.read().strip() or "?"
    return ""


def _lock_file(path: Path) -> Path:
    return path.with_suffix(".lock")


def _no_backup() -> str:
    return ""


def prepare(engine: Engine, url: str, backup: Callable[[], str] = _no_backup) -> str:
    """Make sure that the database is there and as new as the code: "ready", "created" or "upgraded".

    A fresh data folder gets a new database; a folder that had one before and lost it is refused. ``backup`` is called
    before an older one is upgraded and says where it has put its copy. Raises Unusable, and what ``backup`` raises.
    """
    path = path_of(url)
    if path is not None:
        check_file(path)
        path.touch(mode=0o600)  # SQLite gives the files beside it the same rights
    try:
        version = current(engine)
    except OperationalError as error:
        raise Unusable("operator-database-unreachable", error=str(error.orig).split("\n")[0]) from error
    if version == HEAD:
        _watch(engine)
        return "ready"
    if version is not None:
        _upgrade_from(engine, version, backup)
        return "upgraded"
    upgrade(engine)
    if path is not None:
        mark_installed(path)
    return "created"


def _upgrade_from(engine: Engine, version: str, backup: Callable[[], str]) -> None:
    check_version(version)
    copy = backup()
    try:
        upgrade(engine)
    except Exception as error:  # whatever it was, all of it was rolled back
        first = str(error).partition("\n")[0]
        said = {"version": version, "error": f"{type(error).__name__}: {first}"}
        if not copy:
            raise Unusable("operator-upgrade-failed-bare", **said) from error
        raise Unusable("operator-upgrade-failed", **said, backup=copy) from error


def check_version(version: str) -> None:
    """Raises Unusable for a version that this code cannot upgrade from."""
    if version.startswith(RESTORING):
        raise Unusable("operator-database-half-restored")
    if version not in known():
        raise Unusable("operator-database-newer", version=version, head=HEAD)


def check_file(path: Path) -> None:
    """Make the folder of a first start; refuse a file that is lost or not ours to write. Raises Unusable."""
    if not path.exists():
        if _marker(path).exists():
            raise Unusable("operator-database-missing", path=str(path))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not os.access(path, os.W_OK):
        raise Unusable("operator-database-read-only", path=str(path))
    if not os.access(path.parent, os.W_OK):
        raise Unusable("operator-database-read-only", path=str(path.parent))


def mark_installed(path: Path) -> None:
    """From now on a database that is lost is noticed."""
    _marker(path).touch()


def _marker(path: Path) -> Path:
    return path.with_suffix(".installed")


def current(engine: Engine) -> str | None:
    """The version of the database, None if it is empty."""
    with engine.connect().execution_options(reads=True) as connection:
        return version_on(connection)


def version_on(connection: Connection) -> str | None:
    """The same on an open connection."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _watch(engine: Engine) -> None:
    """Put the triggers back if they are not as this code makes them."""
    with engine.connect().execution_options(reads=True) as connection:
        installed = changes.is_installed(connection)
    if not installed:
        with engine.begin() as connection:
            _one_at_a_time(connection)
            if not changes.is_installed(connection):  # nobody else was faster
                changes.restore(connection)


def _one_at_a_time(connection: Connection) -> None:
    """Several instances may start at once: one of them alters the database, the others wait and then look."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE)


def known() -> set[str]:
    """The versions this code can upgrade from."""
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def upgrade(engine: Engine, to: str = "head") -> None:
    """Migrate up, in one transaction."""
    _alembic(engine, "upgrade", to)


def downgrade(engine: Engine, to: str) -> None:
    """Migrate down, in one transaction ("base" empties the database)."""
    _alembic(engine, "downgrade", to)


def _alembic(engine: Engine, command: str, to: str) -> None:
    with engine.begin() as connection:
        _one_at_a_time(connection)
        migrate_on(connection, command, to)
        crash_point("migrated-not-committed")


def migrate_on(connection: Connection, command: str = "upgrade", to: str = "head") -> None:
    """Migrate within the transaction that is under way."""
    # Alembic costs a second to import, and most starts need nothing of it
    from alembic import command as commands
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    run: Any = getattr(commands, command)
    changes.uninstall(connection)
    config.attributes["connection"] = connection
    run(config, to)
    if version_on(connection) == HEAD:
        changes.install(connection)
