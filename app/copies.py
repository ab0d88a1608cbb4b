"""Copies of the database: what one holds, whether it is whole, and the files they are kept in."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, table, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col

from alliance import sealing
from alliance.sealing import Finding
from app.trouble import Trouble
from store import schema
from store.database import make_engine
from store.tables import Deed

FILE, DUMP = ".db", ".dump"  # of SQLite, and what pg_dump writes
BAD = ".bad"  # after the name of a copy that could not be restored
_MOMENT = "%Y%m%dT%H%M%SZ"
_OURS = re.compile(r"\.?zukunftsplan-(\d{8}T\d{6}Z)\.(db|dump)(\.bad|\.part.*)?")
_BESIDE = re.compile(r".+-before-restore-(\d{8}T\d{6}Z)(-wal|-shm)?")
ABANDONED = timedelta(days=1)  # after which the rest of a backup that was killed is thrown away


@dataclass(frozen=True)
class Survey:
    """What a database holds: its version, the rows of each table, the history's head, and its newest line's moment."""

    version: str | None
    counts: Mapping[str, int]
    head: str
    newest: datetime | None

    @property
    def deeds(self) -> int:
        """The lines of the history."""
        return self.counts.get("history", 0)


def survey(connection: Connection) -> Survey:
    """Count everything, in the transaction that is under way."""
    names = sorted(inspect(connection).get_table_names())
    counts = {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}
    last = text("SELECT position, chain FROM seals ORDER BY position DESC LIMIT 1")
    row = connection.execute(last).first() if "seals" in counts else None
    newest = connection.scalar(select(func.max(col(Deed.at)))) if "history" in counts else None
    return Survey(schema.version_on(connection), counts, f"{row[0]}:{row[1]}" if row else "", newest)


def wrong_in_history(engine: Engine, found: Survey) -> set[Finding]:
    """What the seals say is wrong with the history; nothing for a version whose seals this code cannot read."""
    if found.version != schema.HEAD:
        return set()
    with Session(engine.execution_options(reads=True)) as session:
        return set(sealing.verify(session))


# SQLite ---------------------------------------------------------------------------------------------------------------


def copy_file(url: str, to: Path) -> Survey:
    """Copy an SQLite database as it stands at one moment, while others read and write; what the copy must hold.

    The moment is pinned by a read transaction, which holds up no writer in WAL mode. Raises Trouble.
    """
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(reads=True) as connection:
            found = survey(connection)
            with closing(sqlite3.connect(to)) as target:
                connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
                target.execute("PRAGMA journal_mode = DELETE")  # one file that is complete in itself
    except DatabaseError as error:
        raise Trouble("operator-backup-failed-source", error=str(error.orig)) from error
    except sqlite3.Error as error:
        raise Trouble("operator-backup-failed-write", path=str(to.parent), error=str(error)) from error
    finally:
        engine.dispose()
    return found


def look_at_file(path: Path) -> tuple[Survey, set[Finding]]:
    """Open a copy as the assistant would, and look through all of it. Raises Trouble when it is not whole."""
    engine = make_engine(f"sqlite:///{path}")
    try:
        with engine.connect().execution_options(reads=True) as connection:
            _check_pages(connection, path)
            found = survey(connection)
        return found, wrong_in_history(engine, found)
    except DatabaseError as error:
        raise damaged(path, str(error.orig)) from error
    finally:
        engine.dispose()


def _check_pages(connection: Connection, path: Path) -> None:
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if said != "ok":
        raise damaged(path, str(said).split("\n")[-1])
    if orphan := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise damaged(path, f"foreign key: {orphan[0]}")


def damaged(path: Path, error: str) -> Trouble:
    """What to say of a copy that is not whole."""
    return Trouble("operator-backup-failed-damaged", file=path.name, error=error)


# Files ----------------------------------------------------------------------------------------------------------------


def name_at(now: datetime, ending: str) -> str:
    """What a copy made now is called."""
    return f"zukunftsplan-{stamp(now)}{ending}"


def unfinished(folder: Path, what: str, now: datetime) -> Path:
    """What a file of a restoring is called that is gone afterwards; if that was killed, :func:`tidy` deletes it."""
    return folder / f".{name_at(now, FILE)}.part.{what}"


def stamp(now: datetime) -> str:
    """A moment as part of a file's name."""
    return now.astimezone(UTC).strftime(_MOMENT)


def moment_of(stamped: str) -> datetime | None:
    """The moment that :func:`stamp` wrote, None where it did not."""
    try:
        return datetime.strptime(stamped, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def make_private(path: Path) -> None:
    """Make an empty file for the assistant's user alone; there must be none. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    give(path)


def give(path: Path) -> None:
    """What root makes belongs to whoever owns the folder, or the assistant could not use it."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def settle(path: Path, name: Path) -> None:
    """Give a finished file its name, durably."""
    _sync(path)
    path.replace(name)
    _sync(name.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def passing(path: Path) -> Iterator[Path]:
    """A file that is gone afterwards, with what SQLite puts beside it."""
    try:
        yield path
    finally:
        remove(path)


def remove(path: Path) -> None:
    """Delete an SQLite file with all that belongs to it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def check_room(folder: Path, needed: int) -> None:
    """Raises Trouble when fewer bytes are free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        values = {"needed": -(-needed // 1_000_000), "free": free // 1_000_000}
        raise Trouble("operator-backup-failed-space", path=str(folder), **values)


def tidy(folder: Path, beside: Path, days: int, now: datetime) -> None:
    """Delete our own copies that are older, and the rest of what was killed; the newest good one always stays."""
    made = {file: moment for file in folder.iterdir() if (moment := _made(_OURS, file))}
    good = [file for file in made if file.suffix in {FILE, DUMP} and not file.name.startswith(".")]
    newest = max(good, key=lambda file: made[file], default=None)
    old = timedelta(days=days)
    for file, moment in made.items():
        age = now - moment
        if file != newest and age > (ABANDONED if file.name.startswith(".") else old):
            file.unlink(missing_ok=True)
    for file in beside.iterdir() if beside.is_dir() else ():
        kept, rest = _made(_BESIDE, file), _made(_OURS, file) if file.name.startswith(".") else None
        if (kept and now - kept > old) or (rest and now - rest > ABANDONED):
            file.unlink(missing_ok=True)


def remove_bad(folder: Path) -> None:
    """Delete our own copies that could not be restored: one may come every hour, the newest is enough to look at."""
    for file in folder.iterdir():
        if file.suffix == BAD and _made(_OURS, file):
            file.unlink(missing_ok=True)


def _made(pattern: re.Pattern[str], file: Path) -> datetime | None:
    found = pattern.fullmatch(file.name)
    return moment_of(found[1]) if found and file.is_file() else None
