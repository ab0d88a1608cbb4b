"""Figures for Prometheus at /metrics: what waits, what is dead, how we live; never a name."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from aiohttp import web
from sqlalchemy import text
from sqlmodel import Session

from alliance import outages
from store import queues, schema
from store.database import Database
from store.instances import ALIVE
from store.queues import Backlog, Counts

FRESH = 5.0  # seconds for which the figures from the database are good enough
PREFIX = "zukunftsplan"
# Prometheus, text-based exposition format 0.0.4
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
GAUGE, COUNTER = "gauge", "counter"

# By the server's clock, as in store.instances
_LIVING = text("SELECT count(*) FROM instances WHERE seen_at > clock_timestamp() - make_interval(secs => :alive)")
_SIZE = text("SELECT pg_database_size(current_database())")
_STATM = Path("/proc/self/statm")

Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]
Family = tuple[str, str, Iterable[Sample]]  # name, kind, values
Tally = Mapping[tuple[str, str], int]
Live = Callable[[], Mapping[str, float]]


@dataclass(frozen=True)
class Figures:
    """What the database says at ``at``."""

    at: datetime
    outgoing: Counts
    incoming: Counts
    unsent: tuple[tuple[str, datetime], ...]
    backlog: Backlog
    outages: tuple[tuple[str, str], ...]
    instances: int
    size: int


def collect(session: Session, url: str, now: datetime) -> Figures:
    """A few short reads by index."""
    path = schema.path_of(url)
    return Figures(
        at=now,
        outgoing=queues.outgoing_counts(session),
        incoming=queues.incoming_counts(session),
        unsent=tuple(queues.unsent(session, now)),
        backlog=queues.backlog(session, now),
        outages=tuple((one.channel, one.reason) for one in outages.current(session)),
        instances=1 if path else session.execute(_LIVING, {"alive": ALIVE}).scalar() or 1,
        size=_bytes_of(path) if path else session.execute(_SIZE).scalar() or 0,
    )


class Metrics:
    """Serves the figures. ``tally`` counts deliveries, ``live`` says by name what only this process knows."""

    def __init__(self, database: Database, clock: Callable[[], datetime], tally: Tally, live: Live) -> None:
        self._database = database
        self._clock = clock
        self._tally = tally
        self._live = live
        self._figures: Figures | None = None
        self._read_at = 0.0

    async def serve(self, _request: web.Request) -> web.Response:
        """The handler of /metrics."""
        return web.Response(body=(await self.text()).encode(), headers={"Content-Type": CONTENT_TYPE})

    async def text(self) -> str:
        """All figures in Prometheus's own format."""
        if self._figures is None or time.monotonic() - self._read_at > FRESH:
            job = partial(collect, url=self._database.url, now=self._clock())
            self._figures, self._read_at = await self._database.read(job), time.monotonic()
        families = [*_of_database(self._figures), *_of_process(self._tally, self._live())]
        return "".join(line for family in families for line in _lines(*family))


def _lines(name: str, kind: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# TYPE {name} {kind}\n"
    for labels, value in samples:
        named = ",".join(f'{label}="{_escaped(word)}"' for label, word in labels)
        yield f"{name}{{{named}}} {value:.15g}\n" if named else f"{name} {value:.15g}\n"


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _of_database(found: Figures) -> Iterator[Family]:
    yield f"{PREFIX}_outbox_rows", GAUGE, _counted(found.outgoing)
    oldest = [((("channel", channel),), _age(found, since)) for channel, since in found.unsent]
    yield f"{PREFIX}_outbox_oldest_seconds", GAUGE, oldest
    yield f"{PREFIX}_inbox_rows", GAUGE, _counted(found.incoming)
    yield f"{PREFIX}_inbox_oldest_seconds", GAUGE, _one(_age(found, found.backlog.unread))
    dead = [((("channel", channel), ("reason", reason)), 1.0) for channel, reason in found.outages]
    yield f"{PREFIX}_outage", GAUGE, dead
    saved = found.backlog.saved
    yield f"{PREFIX}_backup_age_seconds", GAUGE, _one(_age(found, saved)) if saved else []
    yield f"{PREFIX}_instances", GAUGE, _one(found.instances)
    yield f"{PREFIX}_database_bytes", GAUGE, _one(found.size)


def _of_process(tally: Tally, live: Mapping[str, float]) -> Iterator[Family]:
    ended = [((("channel", channel), ("result", result)), float(count)) for (channel, result), count in tally.items()]
    yield f"{PREFIX}_deliveries_total", COUNTER, sorted(ended)
    for name, value in live.items():
        yield f"{PREFIX}_{name}", GAUGE, _one(value)
    yield f"{PREFIX}_info", GAUGE, [((("version", version("zukunftsplan")),), 1.0)]
    used = resource.getrusage(resource.RUSAGE_SELF)
    yield "process_cpu_seconds_total", COUNTER, _one(used.ru_utime + used.ru_stime)
    if _STATM.exists():  # not on every system
        yield "process_resident_memory_bytes", GAUGE, _one(_resident())


def _counted(counts: Counts) -> list[Sample]:
    return [((("channel", channel), ("state", state)), float(count)) for (channel, state), count in counts.items()]


def _one(value: float) -> list[Sample]:
    return [((), float(value))]


def _age(found: Figures, since: datetime | None) -> float:
    return max((found.at - since).total_seconds(), 0.0) if since else 0.0


def _bytes_of(path: Path) -> int:
    """The file with its log."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _resident() -> int:
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
