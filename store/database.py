"""The database: one thread does all the work, and writes that wait together share one commit."""

from __future__ import annotations

import asyncio
import itertools
import json
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
import structlog
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from store import changes
from store.erased import Forgotten

Result = TypeVar("Result")
Job = Callable[[Session], Result]

log = structlog.get_logger()

AHEAD, INLINE, LAST = range(3)  # places in the queue
GROUP = 64  # writes that may share one commit
BUSY_MS = 5_000  # how long SQLite itself waits for a lock before we ask again
PATIENCE = 60.0  # seconds that a unit of work is tried again while the database is away
LAST_PATIENCE = 2.0  # the same once it is to be closed
FROZEN = "60s"  # after which a server drops a process that stands still in the middle of a transaction

# One key for all instances, until the end of the transaction: they do one thing after the other, as one alone would
_TURN = text("SELECT pg_advisory_xact_lock(hashtext(current_schema()), 1)")
# What the server gives up though the same again may well succeed: shut down (57P01, 57P02), starting (57P03), two
# transactions in each other's way (40001, 40P01), or a connection that stood still (25P03)
_PASSING = {"57P01", "57P02", "57P03", "40001", "40P01", "25P03"}


class Closed(RuntimeError):
    """The database was closed: nothing more is done with it."""

    def __init__(self) -> None:
        super().__init__("the database is closed")


@dataclass(frozen=True)
class _Work:
    job: Job[Any]
    writes: bool
    future: Future[Any]
    in_turn: bool = True


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, synchronous=FULL, our own BEGIN) or PostgreSQL. Opens nothing yet.

    Its errors do not quote the values of a statement, because errors are logged.
    """
    usual: dict[str, Any] = {"hide_parameters": True, "json_deserializer": _from_json}
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_size=2, pool_pre_ping=True, **usual)
        changes.watch(engine)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    waits = {"check_same_thread": False, "timeout": BUSY_MS / 1000}
    engine = create_engine(url, connect_args=waits, **usual)
    changes.watch(engine)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _from_json(written: str | bytes) -> Any:
    """A JSON value, in a quarter of the standard library's time; that one reads what strict JSON does not allow."""
    try:
        return orjson.loads(written)
    except orjson.JSONDecodeError:
        return json.loads(written)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions let a savepoint that was opened first survive an outer rollback.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = '{FROZEN}'")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN DEFERRED" if reads else "BEGIN IMMEDIATE")


class Database:
    """Runs plain functions on a Session: ``await database.write(job)`` from the event loop.

    A job must do all its work through the session it is given, because it may run again: after a lost connection, or
    when a neighbour in the same commit failed.

    Several processes may work on one PostgreSQL. What they write is done one after the other, so that a job may read
    first and write what follows from it, just as if it were alone; only what is safe without that goes side by side.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self._readers = self.engine.execution_options(reads=True)
        self._queue: queue.PriorityQueue[tuple[int, int, _Work | None]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._held: _Work | None = None
        self._entry = threading.Lock()
        self._closed = False
        self._ends = float("inf")
        self._in_turn = self.engine.dialect.name == "postgresql"
        self._listeners: list[Callable[[], None]] = []
        self._witnesses: list[Callable[[list[Forgotten]], None]] = []
        self._thread = threading.Thread(target=self._run, name="database", daemon=True)
        self._thread.start()

    async def write(self, job: Job[Result], *, in_turn: bool = True, ahead: bool = False) -> Result:
        """Run ``job`` in a transaction of its own fate; returns once it is durable, raises what the job raised.

        Not ``in_turn`` may go what takes each row with a lock or a condition of its own, such as the sender's claims.
        ``ahead`` of all that waits goes what a crash must find written down: that something has left the house.
        """
        return await asyncio.wrap_future(self._submit(job, writes=True, in_turn=in_turn, ahead=ahead))

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

    def on_forgotten(self, listener: Callable[[list[Forgotten]], None]) -> None:
        """Tell ``listener`` (from the database thread) who was forgotten, after the commit and before anybody hears."""
        self._witnesses.append(listener)

    def close(self) -> None:
        """Finish what is waiting and let go of the database."""
        with self._entry:
            self._closed = True
            self._ends = time.monotonic() + LAST_PATIENCE
            self._put(None, LAST)
        self._thread.join()
        self.engine.dispose()

    def _submit(self, job: Job[Result], *, writes: bool, in_turn: bool = True, ahead: bool = False) -> Future[Result]:
        future: Future[Result] = Future()
        with self._entry:
            if self._closed:
                raise Closed
            self._put(_Work(job, writes, future, in_turn and self._in_turn), AHEAD if ahead else INLINE)
        return future

    def _put(self, work: _Work | None, place: int) -> None:
        self._queue.put((place, next(self._numbers), work))

    def _run(self) -> None:
        while group := self._next_group():
            if group[0].writes:
                self._persist(group, self._commit)
            else:
                self._persist(group, self._look)

    def _next_group(self) -> list[_Work]:
        """The next piece of work with the writes that wait directly behind it; empty when closed."""
        work = self._held or self._queue.get()[-1]
        self._held = None
        group = []
        while work is not None:
            group.append(work)
            if not work.writes or len(group) == GROUP or self._queue.empty():
                return group
            work = self._queue.get()[-1]
            if work is not None and not work.writes:
                self._held = work
                return group
        if group:
            self._put(None, LAST)
        return group

    def _persist(self, group: list[_Work], once: Callable[[list[_Work]], None]) -> None:
        """Do the group's work, again if the database was locked or went away meanwhile."""
        until = time.monotonic() + PATIENCE
        pause = 0.05
        while True:
            try:
                return once(group)
            except DBAPIError as error:
                if not _passing(error) or time.monotonic() > min(until, self._ends):
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
            gone = session.info.pop("forgotten", [])
        self._tell_forgotten(gone)
        if forgot:
            self.scrub()
        for work, result, error in results:
            _settle(work.future, result, error)
        if enqueued:
            for listener in self._listeners:
                listener()

    def _tell_forgotten(self, gone: list[Forgotten]) -> None:
        for listener in self._witnesses if gone else ():
            try:
                listener(gone)
            except OSError as error:  # they are forgotten all the same; the next start adds what is missing
                log.error("list of erasures not written", action="erased-list", error=type(error).__name__)  # noqa: TRY400

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
    _wait_for_turn(session, group)
    try:
        return [(work, _flushed(session, work.job), None) for work in group]
    except Exception as error:
        if isinstance(error, DBAPIError) and _passing(error):
            raise
        session.rollback()
        session.expunge_all()
        changes.forget(session)
        session.info.pop("enqueued", None)
        session.info.pop("forgotten", None)
        if len(group) == 1:
            return [(group[0], None, error)]
        _wait_for_turn(session, group)
        return [(work, *_alone(session, work.job)) for work in group]


def _wait_for_turn(session: Session, group: list[_Work]) -> None:
    """Before the first row is locked, so that two instances do not wait for each other."""
    if any(work.in_turn for work in group):
        session.connection().execute(_TURN)


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
    gone = list(session.info.get("forgotten", ()))
    try:
        result = job(session)
        _settle_changes(session)
        savepoint.commit()
    except Exception as error:
        if isinstance(error, DBAPIError) and _passing(error):
            raise
        savepoint.rollback()
        changes.forget(session)
        session.info["forgotten"] = gone
        return None, error
    finally:
        session.expunge_all()
    return result, None


def _passing(error: DBAPIError) -> bool:
    """Whether trying again may help: a lock, a server that is restarting, or somebody in our way."""
    return error.connection_invalidated or _is_locked(error) or _unreachable(error)


def _is_locked(error: DBAPIError) -> bool:
    """Whether SQLite says so; by its code, because the words of an error may be those of a person."""
    code = getattr(error.orig, "sqlite_errorcode", 0) or 0
    return code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _unreachable(error: DBAPIError) -> bool:
    if not type(error.orig).__module__.startswith("psycopg"):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state in _PASSING or (state is None and isinstance(error, OperationalError))


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
