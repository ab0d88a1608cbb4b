"""Processor time by phase and by thread, taken from outside; and where it goes by function."""

from __future__ import annotations

import cProfile
import gc
import io
import os
import pstats
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar
from unittest.mock import patch

from app import logs
from benchmarks import cores
from store.database import Database, Job

Given = ParamSpec("Given")
Result = TypeVar("Result")
Work = TypeVar("Work")

LINES = 30  # of a thread's profile


class Meter:
    """Processor seconds by phase. A phase within another one is counted twice: name only phases that lie apart."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, phase: str, function: Callable[Given, Result]) -> Callable[Given, Result]:
        """The function, its own thread's time counted."""

        def call(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            begun = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[phase] += time.thread_time() - begun

        return call

    @contextmanager
    def watching(self, phase: str, owner: object, name: str) -> Iterator[None]:
        """Count the time of a function that others call by this name."""
        with patch.object(owner, name, self.timed(phase, getattr(owner, name))):
            yield


class MeteredDatabase(Database):
    """Counts the time of each job under the module that it comes from, as in "database: mail.incoming"."""

    def __init__(self, url: str, meter: Meter) -> None:
        super().__init__(url)
        self._meter = meter

    async def write(self, job: Job[Result], *, in_turn: bool = True, ahead: bool = False) -> Result:
        """As for any database."""
        return await super().write(self._timed(job), in_turn=in_turn, ahead=ahead)

    async def read(self, job: Job[Result]) -> Result:
        """As for any database."""
        return await super().read(self._timed(job))

    def write_now(self, job: Job[Result]) -> Result:
        """As for any database."""
        return super().write_now(self._timed(job))

    def read_now(self, job: Job[Result]) -> Result:
        """As for any database."""
        return super().read_now(self._timed(job))

    def _timed(self, job: Job[Result]) -> Job[Result]:
        function: Any = job.func if isinstance(job, partial) else job
        return self._meter.timed(f"database: {function.__module__}", job)


def of_thread(name: str) -> float:
    """Processor seconds so far of the one running thread of this name."""
    (thread,) = (thread for thread in threading.enumerate() if thread.name == name)
    assert thread.ident is not None
    return time.clock_gettime(time.pthread_getcpuclockid(thread.ident))


# --- a process of its own


def apart(function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Run a function in a fresh process, which has the bot's core for itself."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_settle) as pool:
        return pool.submit(function, *args, **kwargs).result()


def _settle() -> None:
    cores.give(0, cores.BOT)
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - the logs are written, and cost what they cost
    logs.configure("info")


def settle_memory() -> None:
    """As the service does it after its start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


# --- by function


def warmed_up(way: Callable[[Work], Result], few: Work, work: Work) -> Result:
    """What the way of doing it brings, after a little of the same."""
    way(few)
    return way(work)


def profile_of(way: Callable[[Work], object], few: Work, work: Work) -> str:
    """Where the time goes, after a little of the same; a text for each thread."""
    said: list[str] = []
    way(few)
    with profiled(said):
        way(work)
    return "\n".join(said)


@contextmanager
def profiled(said: list[str]) -> Iterator[None]:
    """Profile this thread and all that begin meanwhile, by processor time; ``said`` gets a text for each.

    From Python 3.12 on there can be only one profile at a time.
    """
    profiles: dict[str, cProfile.Profile] = {"main": cProfile.Profile(time.thread_time)}
    run = threading.Thread.run

    def profiled_run(thread: threading.Thread) -> None:
        profile = profiles[thread.name] = cProfile.Profile(time.thread_time)
        profile.runcall(run, thread)

    with patch.object(threading.Thread, "run", profiled_run), profiles["main"]:
        yield
    said += [_described(name, profile) for name, profile in profiles.items()]


def _described(name: str, profile: cProfile.Profile) -> str:
    text = io.StringIO()
    statistics = pstats.Stats(profile, stream=text).strip_dirs()
    for order in ("tottime", "cumulative"):
        statistics.sort_stats(order).print_stats(LINES)
    return f"=== thread {name}\n{text.getvalue()}"
