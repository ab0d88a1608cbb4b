"""Backups: a copy made while the assistant runs, and restored on trial before it counts as one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

import texts
from alliance.sealing import Finding
from app import copies, erasures, pg
from app.copies import DUMP, FILE, Survey
from app.settings import Settings
from app.trouble import Trouble
from store import erased, schema
from store.crashpoints import crash_point
from store.database import Database, make_engine
from store.tables import Backup
from texts import say

MARGIN = 5_000_000  # bytes that should be left free beside a backup and its trial


@dataclass(frozen=True)
class Made:
    """A backup that was restored on trial. ``is_weak``: it could only be read, because we may make no database for it.

    ``wrong`` counts what is wrong with the history, in the database as in its copy.
    """

    file: Path
    size: int
    survey: Survey
    is_weak: bool = False
    wrong: int = 0


def command(settings: Settings, out: Console, target: Path | None, now: datetime) -> int:
    """Make a backup and say so; the exit code. Without a ``target`` into BACKUP_FOLDER, where old ones then go.

    Raises Trouble.
    """
    made = make(settings, _file(settings, target, now), now)
    if target is None:
        try:
            _tidy(settings, now)
        except OSError as error:
            raise _unwritten(made.file, error) from error
    for line in told(settings, made):
        out.print(line, highlight=False, soft_wrap=True, markup=False)
    return 0


def told(settings: Settings, made: Made) -> Iterator[str]:
    """What the operator should know of it."""
    language = settings.assistant_language
    megabytes = f"{made.size / 1_000_000:.1f}".replace(".", "," if language == "de" else ".")
    yield say(language, "operator-backup-done", file=str(made.file), megabytes=megabytes)
    if made.survey.newest:
        newest = texts.moment(language, made.survey.newest, settings.zone)
        rows = sum(made.survey.counts.values())
        yield say(language, "operator-backup-holds", rows=rows, deeds=made.survey.deeds, newest=newest)
    yield say(language, "operator-backup-read" if made.is_weak else "operator-backup-tried")
    if made.wrong:
        yield say(language, "operator-backup-history", count=made.wrong)


def make(settings: Settings, file: Path, now: datetime) -> Made:
    """Make a backup under this name and restore it on trial. Raises Trouble; a bad copy is kept beside as ….bad.

    Either way a row in the table ``backups`` tells of it, but not that some other place had no room for one.
    """
    try:
        made = _make(settings.url, file, now)
    except (Trouble, OSError) as error:
        trouble = error if isinstance(error, Trouble) else _unwritten(file, error)
        code = trouble.key.rpartition("-")[2]
        if code == "damaged" or (file.parent == settings.backups and code != "exists"):
            _note(settings, Backup(at=now, size=0, error=code))
        raise trouble from error
    _note(settings, Backup(at=now, size=made.size))
    return made


def _unwritten(file: Path, error: OSError) -> Trouble:
    said = {"path": str(file.parent), "error": error.strerror or type(error).__name__}
    return Trouble("operator-backup-failed-write", **said)


def default_file(settings: Settings, now: datetime) -> Path:
    """A new name in BACKUP_FOLDER."""
    return settings.backups / copies.name_at(now, _ending(settings.url))


def _file(settings: Settings, target: Path | None, now: datetime) -> Path:
    if target is None:
        return default_file(settings, now)
    return target / copies.name_at(now, _ending(settings.url)) if target.is_dir() else target


def _ending(url: str) -> str:
    return DUMP if schema.path_of(url) is None else FILE


# Making one -----------------------------------------------------------------------------------------------------------


def _make(url: str, file: Path, now: datetime) -> Made:
    _prepare(url, file)
    part = file.with_name(f".{file.name}.part")
    with copies.passing(part):
        copies.make_private(part)
        expected = copies.copy_file(url, part) if schema.path_of(url) else pg.dump(url, part)
        if expected.version is None:
            raise Trouble("operator-backup-failed-empty")
        crash_point("backup-copied")
        try:
            made = _tried(url, part, expected, now)
        except Trouble as error:
            bad = file.with_name(file.name + copies.BAD)
            copies.remove_bad(file.parent)
            copies.settle(part, bad)
            raise Trouble(error.key, **{**error.values, "file": bad.name}) from error
        copies.settle(part, file)
    return Made(file, file.stat().st_size, expected, *made)


def _prepare(url: str, file: Path) -> None:
    """Make the folder, and see that there is something to copy and room for it. Raises Trouble."""
    path = schema.path_of(url)
    if path is not None and not path.exists():
        raise Trouble("operator-backup-failed-nothing", path=str(path))
    if not file.parent.is_dir():
        file.parent.mkdir(mode=0o700, parents=True)
        copies.give(file.parent)
    if file.exists():
        raise Trouble("operator-backup-failed-exists", path=str(file))
    if path is not None:
        log = path.with_name(path.name + "-wal")
        size = path.stat().st_size + (log.stat().st_size if log.exists() else 0)
        copies.check_room(file.parent, 2 * size + MARGIN)


def _tried(url: str, part: Path, expected: Survey, now: datetime) -> tuple[bool, int]:
    """Restore a copy on trial: whether it could only be read, and what is wrong in the history. Raises Trouble."""
    found = _restored(part) if schema.path_of(url) else pg.look_at_dump(url, part, now)
    if found is None:
        return True, 0
    survey, wrong = found
    if differing := _differing(survey, expected):
        raise copies.damaged(part, differing)
    if wrong and wrong - _wrong_at_home(url, expected):
        raise copies.damaged(part, "seals")
    return False, len(wrong)


def _restored(part: Path) -> tuple[Survey, set[Finding]]:
    with copies.passing(part.with_name(part.name + ".trial")) as trial:
        copies.make_private(trial)
        shutil.copyfile(part, trial)
        return copies.look_at_file(trial)


def _differing(found: Survey, expected: Survey) -> str:
    """The first thing in which a copy is not what it should be, "" if there is none."""
    if found.version != expected.version:
        return "alembic_version"
    names = sorted(found.counts.keys() | expected.counts.keys())
    rows = (name for name in names if found.counts.get(name) != expected.counts.get(name))
    return next(rows, "" if found.head == expected.head else "seals")


def _wrong_at_home(url: str, expected: Survey) -> set[Finding]:
    """What is wrong in the database itself is no fault of the copy."""
    engine = make_engine(url)
    try:
        return copies.wrong_in_history(engine, expected)
    finally:
        engine.dispose()


# Around it ------------------------------------------------------------------------------------------------------------


def _note(settings: Settings, row: Backup) -> None:
    """Tell of a backup in the database, if it has the table; what cannot be told is no fault of the copy."""
    path = schema.path_of(settings.url)
    if path is not None and not path.exists():
        return
    try:
        with _opened(settings.url) as database:
            if database is not None:
                database.write_now(lambda session: session.add(row))
    except DBAPIError:  # a full disk, which is what the row would have told
        return


@contextmanager
def _opened(url: str) -> Iterator[Database | None]:
    """The database as it is, None if it is older than this table."""
    with closing(Database(url)) as database:
        yield database if inspect(database.engine).has_table(Backup.__tablename__) else None


def _tidy(settings: Settings, now: datetime) -> None:
    """Complete the list of erasures and put it beside the backups; throw away what is too old."""
    with _opened(settings.url) as database:
        if database is not None:
            erasures.complete(database, settings.data_folder)
    erased.copy(settings.data_folder, settings.backups)
    for folder in (settings.data_folder, settings.backups):
        erased.tidy(folder, now.date())
    if days := settings.backup_keep_days:
        path = schema.path_of(settings.url)
        copies.tidy(settings.backups, path.parent if path else settings.data_folder, days, now)
        if path is None:
            pg.drop_kept(settings.url, days, now)


def before_upgrade(settings: Settings, now: datetime) -> str:
    """A backup before a database file is brought up to date; where it is. A server's is made by ``upgrade`` alone."""
    if schema.path_of(settings.url) is None:
        return ""
    return str(make(settings, default_file(settings, now), now).file)
