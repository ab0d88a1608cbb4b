"""Restoring a backup: looked through first, put right beside the database, and only then put in its place."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rich.console import Console
from sqlalchemy import Connection, delete, inspect, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session, col, select

import texts
from alliance.privacy import forgetting_again
from alliance.sealing import Finding
from app import copies, pg
from app.asking import agrees
from app.copies import Survey
from app.settings import Settings
from app.trouble import Trouble
from store import changes, erased, outbox, schema
from store.crashpoints import crash_point
from store.database import Database, make_engine
from store.erased import Line
from store.tables import Deed, Instance, Outage, OutboxRow, Sending
from texts import say

RESTORED = "restored"  # error of an outgoing row that may have been sent after the backup; what the history says
LEAVING = 1.0  # seconds in which a connection that was closed may still be seen on the server
_SQLITE, _DUMP = b"SQLite format 3\0", b"PGDMP"
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)


@dataclass
class Done:
    """What was put right in the restored state: who was forgotten again, what is held back, which rules it kept."""

    forgotten: int = 0
    held: int = 0
    version: str = ""


@dataclass
class Present:
    """What is there before a backup takes its place: None for a database that is lost or cannot be read."""

    survey: Survey | None = None
    lines: list[Line] = field(default_factory=list)


def command(settings: Settings, out: Console, file: Path, now: datetime, *, yes: bool) -> int:
    """Restore a backup after asking, unless ``yes``; the exit code. Raises Trouble and Unusable."""
    _check_kind(settings.url, file)
    with _alone(settings.url):
        tell = _teller(settings, out)
        found, wrong = _looked_at(settings.url, file, now)
        present = _present(settings, file)
        _announce(settings, tell, found, present)
        if not yes and not agrees(settings.assistant_language, "operator-restore-ask"):
            return 1
        done, kept = _place(settings, file, present.lines, now)
    _conclude(settings, tell, found, done, kept)
    if wrong:
        tell("operator-backup-history", count=wrong)
    return 0


def _place(settings: Settings, file: Path, lines: list[Line], now: datetime) -> tuple[Done, str]:
    place = _place_file if schema.path_of(settings.url) else _place_dump
    try:
        return place(settings, file, lines, now)
    except (OSError, SQLAlchemyError) as error:
        raise Trouble("operator-restore-failed", error=str(error).partition("\n")[0]) from error


# Before ---------------------------------------------------------------------------------------------------------------


def _check_kind(url: str, file: Path) -> None:
    """Raises Trouble when the file is none of ours, or of the other system."""
    try:
        with file.open("rb") as opened:
            head = opened.read(16)
    except OSError as error:
        raise Trouble("operator-restore-unreadable", file=str(file), error=error.strerror or "") from error
    wanted = _SQLITE if schema.path_of(url) else _DUMP
    if head.startswith(wanted):
        return
    other = head.startswith((_SQLITE, _DUMP))
    raise Trouble("operator-restore-other-system" if other else "operator-restore-no-backup", file=str(file))


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """Keep everybody else out while it lasts. Raises Unusable or Trouble when somebody is in."""
    path = schema.path_of(url)
    if path is None:
        check_nobody_works(url)
        yield
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = schema.lock(url)
    try:
        yield
    finally:
        if lock:
            lock.release()


def check_nobody_works(url: str) -> None:
    """Raises Trouble when somebody else is connected to a server's database."""
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            until = time.monotonic() + LEAVING
            while (count := connection.scalar(_OTHERS) or 0) and time.monotonic() < until:
                time.sleep(0.1)
    except DBAPIError as error:
        raise schema.Unusable("operator-database-unreachable", error=str(error.orig).split("\n")[0]) from error
    finally:
        engine.dispose()
    if count:
        raise Trouble("operator-restore-in-use", count=int(count))


def _looked_at(url: str, file: Path, now: datetime) -> tuple[Survey | None, int]:
    """What the backup holds (None where it could only be read), and what is wrong in its history.

    Raises Trouble when it is not whole, and Unusable when it is newer than this program.
    """
    path = schema.path_of(url)
    try:
        found = _tried(path, file, now) if path else pg.look_at_dump(url, file, now)
    except Trouble as error:
        if error.key.endswith("-space"):
            raise Trouble("operator-restore-space", **error.values) from error
        if error.key.endswith(("-damaged", "-tool")):
            said = str(error.values["error"])
            raise Trouble("operator-restore-damaged", file=str(file), error=said) from error
        raise
    except OSError as error:
        raise Trouble("operator-restore-failed", error=str(error)) from error
    if found is None:
        return None, 0
    if found[0].version is None:
        raise Trouble("operator-restore-no-backup", file=str(file))
    schema.check_version(found[0].version)
    return found[0], len(found[1])


def _tried(path: Path, file: Path, now: datetime) -> tuple[Survey, set[Finding]]:
    copies.check_room(path.parent, 2 * file.stat().st_size)  # what is restored comes to lie there, too
    with copies.passing(copies.unfinished(path.parent, "trial", now)) as trial:
        copies.make_private(trial)
        shutil.copyfile(file, trial)
        return copies.look_at_file(trial)


def _present(settings: Settings, file: Path) -> Present:
    """What is there now, as far as it can be read, and everybody who was ever forgotten, as far as anything tells."""
    present = Present()
    path = schema.path_of(settings.url)
    if path is None or path.exists():
        engine = make_engine(settings.url)
        with suppress(DBAPIError, sqlite3.Error), engine.connect().execution_options(reads=True) as connection:
            _complete_list(connection, settings.data_folder)
            present.survey = copies.survey(connection)
        engine.dispose()
    found = {*erased.read(settings.data_folder), *erased.read(file.parent), *erased.read(settings.backups)}
    present.lines = sorted(found, key=lambda line: (line.at, line.person))
    return present


def _complete_list(connection: Connection, folder: Path) -> None:
    """Add to the list of erasures what the database knows of them; an older version knows of none."""
    if not {"persons", "purges"} <= set(inspect(connection).get_table_names()):
        return
    with Session(bind=connection) as session:
        gone = forgetting_again.forgotten(session)
    erased.append(folder, erased.missing(erased.read(folder), gone))


# Putting it right -----------------------------------------------------------------------------------------------------


def put_right(connection: Connection, settings: Settings, lines: list[Line], now: datetime) -> Done:
    """Make of an older state one that may go on: brought up to date, nobody back, and nothing sent a second time.

    In the transaction that is under way.
    """
    version = schema.version_on(connection) or ""
    if version != schema.HEAD:
        schema.migrate_on(connection)
    elif not changes.is_installed(connection):
        changes.install(connection)
    done = Done(version=version)
    with Session(bind=connection) as session:
        last = session.scalar(select(OutboxRow.id).order_by(col(OutboxRow.id).desc()).limit(1)) or 0
        done.forgotten = forgetting_again.again(session, settings.house, lines)
        done.held = _hold(session, last, now)
        outbox.stop(session, now, by=None)
        session.execute(delete(Instance))
        session.execute(delete(Outage))
        counts = {"forgotten": done.forgotten, "held": done.held}
        deed = Deed(at=now, door="console", what="restore", details=counts)
        session.add(deed)
        session.flush()
        changes.belong(session, deed)
        changes.settle(session)
        session.commit()
    return done


def _hold(session: Session, last: int, now: datetime) -> int:
    """Hold back what was due when the backup was made or since: most of it went out then."""
    waiting = (outbox.OPEN, col(OutboxRow.id) <= last, col(OutboxRow.due_at) <= now)
    held = {"state": Sending.HELD, "error": RESTORED, "lease_until": None, "holder": ""}
    rows = session.execute(update(OutboxRow).where(*waiting).values(held).returning(col(OutboxRow.id)))
    return len(rows.all())


# SQLite ---------------------------------------------------------------------------------------------------------------


def _place_file(settings: Settings, file: Path, lines: list[Line], now: datetime) -> tuple[Done, str]:
    """Put a file in the database's place; what was there is kept beside it under the name that is returned."""
    path = schema.path_of(settings.url)
    assert path is not None
    with copies.passing(copies.unfinished(path.parent, "restoring", now)) as fresh:
        copies.make_private(fresh)
        shutil.copyfile(file, fresh)
        done = _put_file_right(fresh, settings, lines, now)
        crash_point("restored-beside")
        kept = _keep(path, f"{path.name}-before-restore-{copies.stamp(now)}")
        copies.settle(fresh, path)
    schema.mark_installed(path)
    return done, kept


def _put_file_right(fresh: Path, settings: Settings, lines: list[Line], now: datetime) -> Done:
    database = Database(f"sqlite:///{fresh}")
    try:
        with database.engine.begin() as connection:
            done = put_right(connection, settings, lines, now)
        database.scrub()
    finally:
        database.close()
    return done


def _keep(path: Path, name: str) -> str:
    """Move the database out of the way, with what belongs to it, so that nothing of it gets into the new one."""
    if not path.exists():
        copies.remove(path)
        return ""
    with suppress(DBAPIError, sqlite3.Error):  # one that cannot be opened is kept as it is
        _write_out(path)
    for ending in ("-wal", "-shm", ""):
        old = path.with_name(path.name + ending)
        if old.exists():
            old.replace(path.with_name(name + ending))
    return name


def _write_out(path: Path) -> None:
    """Write the log into the file, which then is complete in itself."""
    engine = make_engine(f"sqlite:///{path}")
    try:
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()
    finally:
        engine.dispose()


# PostgreSQL -----------------------------------------------------------------------------------------------------------


def _place_dump(settings: Settings, file: Path, lines: list[Line], now: datetime) -> tuple[Done, str]:
    """Put a dump's tables in the place of ours, which move into a schema of their own, whose name is returned.

    psql does both in one transaction, and marks the version, so that nobody works with what is not put right yet.
    """
    url, kept = settings.url, f"{pg.KEPT}{copies.stamp(now).lower()}"
    with copies.passing(copies.unfinished(settings.backups, "restoring", now)) as script:
        settings.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        copies.make_private(script)
        name, moving = _moving(url, kept)
        pg.call("pg_restore", "--no-owner", "--no-privileges", f"--schema={name}", f"--file={script}", str(file))
        mark = f"UPDATE \"{name}\".alembic_version SET version_num = '{schema.RESTORING}' || version_num"  # noqa: S608
        commands = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-c", moving, "-f", str(script), "-c", mark)
        pg.run("psql", url, *commands)
    return _put_dump_right(settings, lines, now), kept if moving else ""


def _moving(url: str, kept: str) -> tuple[str, str]:
    """Our schema, and the statements that move all its tables into another; "" when there are none."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            name = pg.schema_of(connection)
            tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            functions = (
                "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
                " AND prorettype = 'trigger'::regtype"
            )
            moved = [f'ALTER TABLE "{name}"."{one}" SET SCHEMA "{kept}"' for one in connection.scalars(text(tables))]
            names = connection.scalars(text(functions))
            moved += [f'ALTER FUNCTION "{name}"."{one}"() SET SCHEMA "{kept}"' for one in names]
    finally:
        engine.dispose()
    return name, "; ".join([f'CREATE SCHEMA "{kept}"', *moved]) if moved else "SELECT 1"


def _put_dump_right(settings: Settings, lines: list[Line], now: datetime) -> Done:
    unmark = text("UPDATE alembic_version SET version_num = replace(version_num, :mark, '')")
    engine = make_engine(settings.url)
    try:
        with engine.begin() as connection:
            connection.execute(unmark, {"mark": schema.RESTORING})
            return put_right(connection, settings, lines, now)
    finally:
        engine.dispose()


# Words ----------------------------------------------------------------------------------------------------------------

_Tell = Callable[..., None]


def _teller(settings: Settings, out: Console) -> _Tell:
    def tell(key: str, **values: str | int) -> None:
        line = say(settings.assistant_language, key, **values)
        out.print(line, highlight=False, soft_wrap=True, markup=False)

    return tell


def _when(settings: Settings, found: Survey | None) -> str:
    moment = found.newest if found else None
    return texts.moment(settings.assistant_language, moment, settings.zone) if moment else "–"


def _announce(settings: Settings, tell: _Tell, found: Survey | None, present: Present) -> None:
    """What the backup holds, and what would be lost."""
    if found is None:
        tell("operator-restore-only-read")
    else:
        tell("operator-restore-holds", deeds=found.deeds, newest=_when(settings, found))
    if present.survey is None or present.survey.version is None:
        tell("operator-restore-nothing-there")
        return
    lost = present.survey.deeds - (found.deeds if found else 0)
    tell("operator-restore-lost", newest=_when(settings, present.survey), count=max(lost, 0))


def _conclude(settings: Settings, tell: _Tell, found: Survey | None, done: Done, kept: str) -> None:
    """What was done, and what only people can do."""
    tell("operator-restore-done", newest=_when(settings, found))
    if kept:
        tell("operator-restore-kept", name=kept)
    if done.version != schema.HEAD:
        tell("operator-restore-upgraded", version=done.version, head=schema.HEAD)
    tell("operator-restore-forgotten", count=done.forgotten)
    tell("operator-restore-held", count=done.held)
    tell("operator-restore-stopped")
    folders = (settings.imap_done_folder, settings.imap_office_folder, settings.imap_quarantine_folder)
    since = _when(settings, found)
    tell("operator-restore-letters", since=since, done=folders[0], office=folders[1], unreadable=folders[2])
    tell("operator-restore-telegram", since=since)
