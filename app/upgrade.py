"""Bringing the database up to date: a backup first, then the migrations, then a look whether all is well."""

from __future__ import annotations

import asyncio
from datetime import datetime

from rich.console import Console
from sqlalchemy.exc import OperationalError

from app import backup, checkup
from app.restore import check_nobody_works
from app.settings import Settings
from store import schema
from store.database import make_engine
from texts import say


def command(settings: Settings, out: Console, now: datetime) -> int:
    """Do it and say what was done; the exit code is that of ``check``. Safe to run again. Raises Trouble, Unusable."""
    for line in _upgraded(settings, now):
        out.print(line, highlight=False, soft_wrap=True, markup=False)
    return 1 if asyncio.run(checkup.run(settings, out)) else 0


def _upgraded(settings: Settings, now: datetime) -> list[str]:
    path = schema.path_of(settings.url)
    if path is not None:
        schema.check_file(path)
    before = _version(settings.url)
    if before == schema.HEAD:  # nobody need stop for that
        return [say(settings.assistant_language, "operator-upgrade-ready", head=schema.HEAD)]
    if path is None and before is not None:
        check_nobody_works(settings.url)
    lock = schema.lock(settings.url)
    try:
        return _bring_up(settings, before, now)
    finally:
        if lock:
            lock.release()


def _version(url: str) -> str | None:
    """None for a database that is empty or not there yet. Raises Unusable when the server cannot be reached."""
    path, engine = schema.path_of(url), make_engine(url)
    try:
        return schema.current(engine) if path is None or path.exists() else None
    except OperationalError as error:
        raise schema.Unusable("operator-database-unreachable", error=str(error.orig).split("\n")[0]) from error
    finally:
        engine.dispose()


def _bring_up(settings: Settings, before: str | None, now: datetime) -> list[str]:
    language, lines = settings.assistant_language, list[str]()

    def copy() -> str:
        made = backup.make(settings, backup.default_file(settings, now), now)
        lines.extend(backup.told(settings, made))
        return str(made.file)

    engine = make_engine(settings.url)
    try:
        did = schema.prepare(engine, settings.url, copy)
    finally:
        engine.dispose()
    return [*lines, say(language, f"operator-upgrade-{did}", version=before or "–", head=schema.HEAD)]
