"""The database: one thread does all the work, and writes that wait together share one commit."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from store import changes

Result = TypeVar("Result")
Job = Callable[[Session], Result]

log = structlog.get_logger()

GROUP = 64  # writes that may share one commit
BUSY_MS = 5_000  # how long SQLite itself waits for a lock before we ask again
PATIENCE = 60.0  # seconds that a unit of work is tried again while the database is away


@dataclass(frozen=True)
class _Work:
    job: Job[Any]
    writes: bool
    future: Future[Any]


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, synchronous=FULL, our own BEGIN) or PostgreSQL. Opens nothing yet.

    Its errors do not quote the values of a statement, because errors are logged.
    """
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_size=2, pool_pre_ping=True, hide_parameters=True)
        changes.watch(engine)
        return engine
    waits = {"check_same_thread": False, "timeout": BUSY_MS / 1000}
    engine = create_engine(url, connect_args=waits, hide_parameters=True)
    changes.watch(engine)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions let a savepoint that was opened first survive an outer rollback.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN DEFERRED" if reads else "BEGIN IMMEDIATE")


class Database:
    """Runs plain functions on a Session: ``await database.write(job)`` from the event loop.

    A job must do all its work through the session it is given, because it may run again: after a lost connection, or
    when a neighbour in the same commit failed.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self._readers = self.engine.execution_options(reads=True)
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._held: _Work | None = None
        self._listeners: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._run, name="database", daemon=True)
        self._thread.start()

    async def write(self, job: Job[Result]) -> Result:
        """Run ``job`` in a transaction of its own fate; returns once it is durable, raises what the job raised."""
        return await asyncio.wrap_future(self._submit(job, writes=True))

    async def read(self, job: Job[Result]) -> Result:
        """Run ``job`` in a transaction that only reads."""
        return await asyncio.wrap_future(self._submit(job, writes=False))

    def write_now(self, job: Job[Result]) -> Result:
        """Like :meth:`write`, for a thread or a command-line."""
        return self._submit(job, writes=True).result()

    def read_now(self, job: Job[Result]) -> Result:
        """Like :meth:`read`, for a thread or a command-line."""
        return self._submit(job, writes=False).result()

    def on_enqueued(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` (from the database thread) after each commit that put something into the outbox."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Finish what is waiting and let go of the database."""
        self._queue.put(None)
        self._thread.join()
        self.engine.dispose()

    def _submit(self, job: Job[Result], *, writes: bool) -> Future[Result]:
        future: Future[Result] = Future()
        self._queue.put(_Work(job, writes, future))
        return future

    def _run(self) -> None:
        while group := self._next_group():
            if group[0].writes:
                self._persist(group, self._commit)
            else:
                self._persist(group, self._look)

    def _next_group(self) -> list[_Work]:
        """The next piece of work with the writes that wait directly behind it; empty when closed."""
        work = self._held or self._queue.get()
        self._held = None
        group = []
        while work is not None:
            group.append(work)
            if not work.writes or len(group) == GROUP or self._queue.empty():
                return group
            work = self._queue.get()
            if work is not None and not work.writes:
                self._held = work
                return group
        if group:
            self._queue.put(None)
        return group

    def _persist(self, group: list[_Work], once: Callable[[list[_Work]], None]) -> None:
        """Do the group's work, again if the database was locked or went away meanwhile."""
        until = time.monotonic() + PATIENCE
        pause = 0.05
        while True:
            try:
                return once(group)
            except OperationalError as error:
                if not _passing(error) or time.monotonic() > until:
                    return _fail(group, error)
                log.warning("database away, trying again", action="database-retry", error=type(error.orig).__name__)
            except Exception as error:  # the commit itself failed: nobody's work is done
                return _fail(group, error)
            time.sleep(pause)
            pause = min(pause * 2, 2.0)

    def _commit(self, group: list[_Work]) -> None:
        with Session(self.engine, expire_on_commit=False) as session:
            results = _do_all(session, group)
            session.commit()
            enqueued, forgot = session.info.pop("enqueued", False), session.info.pop("scrub", False)
        if forgot:
            self.scrub()
        for work, result, error in results:
            _settle(work.future, result, error)
        if enqueued:
            for listener in self._listeners:
                listener()

    def scrub(self) -> None:
        """Leave no remains of what was deleted in SQLite's file and its log; PostgreSQL's own vacuum sees to that.

        Asked for by ``session.info["scrub"]`` after somebody was forgotten. ``secure_delete`` overwrites what is
        deleted, but a page that is rearranged may keep a stale copy, so the file is written anew.
        """
        if self.engine.dialect.name != "sqlite":
            return
        connection = self.engine.raw_connection()
        try:
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.cursor().execute(statement).fetchall()
        except Exception as error:  # somebody else is reading or writing: the next time, or the nightly rule, does it
            log.warning("remains not overwritten yet", action="scrub", error=type(error).__name__)
        finally:
            connection.close()

    def _look(self, group: list[_Work]) -> None:
        with Session(self._readers, expire_on_commit=False) as session:
            result = group[0].job(session)
        _settle(group[0].future, result, None)


_Done = tuple[_Work, Any, BaseException | None]


def _do_all(session: Session, group: list[_Work]) -> list[_Done]:
    """Each job with its result or error. As a rule none fails; only if one does, each is run again in a savepoint."""
    try:
        return [(work, _flushed(session, work.job), None) for work in group]
    except Exception as error:
        if isinstance(error, DBAPIError) and _passing(error):
            raise
        session.rollback()
        session.expunge_all()
        changes.forget(session)
        session.info.pop("enqueued", None)
        if len(group) == 1:
            return [(group[0], None, error)]
        return [(work, *_alone(session, work.job)) for work in group]


def _flushed(session: Session, job: Job[Result]) -> Result:
    result = job(session)
    _settle_changes(session)
    session.expunge_all()
    return result


def _settle_changes(session: Session) -> None:
    """What the job changed is told in the history before the next job begins."""
    changes.settle(session)
    changes.forget(session)


def _alone(session: Session, job: Job[Any]) -> tuple[Any, BaseException | None]:
    """Run one job in a savepoint, so that its failure leaves its neighbours' work in place."""
    savepoint = session.begin_nested()
    try:
        result = job(session)
        _settle_changes(session)
        savepoint.commit()
    except Exception as error:
        if isinstance(error, DBAPIError) and _passing(error):
            raise
        savepoint.rollback()
        changes.forget(session)
        return None, error
    finally:
        session.expunge_all()
    return result, None


def _passing(error: DBAPIError) -> bool:
    """Whether trying again may help: a lock, or a server that is restarting."""
    return error.connection_invalidated or "locked" in str(error.orig) or _unreachable(error)


def _unreachable(error: DBAPIError) -> bool:
    if not type(error.orig).__module__.startswith("psycopg"):
        return False
    return getattr(error.orig, "sqlstate", None) in {None, "57P01", "57P03"}


def _settle(future: Future[Any], result: Any, error: BaseException | None) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


def _fail(group: list[_Work], error: BaseException) -> None:
    for work in group:
        _settle(work.future, None, error)
