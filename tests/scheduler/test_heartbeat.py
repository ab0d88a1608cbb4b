"""The heartbeat: what fails is left for the next beat, and everything else goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select
from structlog.testing import capture_logs

from alliance.house import House
from scheduler import jobs
from scheduler.heartbeat import Heartbeat
from scheduler.sender import Sender
from store.database import Database
from store.tables import Occasion
from tests.town import HOUSE

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


class Steps:
    """A source of steps, each of which writes its name down; »?« cannot be carried out."""

    def __init__(self, *steps: str, is_readable: bool = True) -> None:
        self._steps = steps
        self._is_readable = is_readable

    def due(self, _session: Session, house: House, now: datetime) -> Sequence[str]:
        if not self._is_readable:
            raise ValueError(house, now)
        return self._steps

    def carry_out(self, session: Session, house: House, step: str, now: datetime) -> None:
        session.add(Occasion(key=step, at=now))
        if step == "?":
            raise ValueError(house)

    def next_at(self, _session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
        raise NotImplementedError(house, now)


async def test_a_step_that_fails_stops_no_other_and_the_heart_goes_on_beating(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SOURCES", (Steps("a", "?", "b"), Steps("c", is_readable=False), Steps("d")))
    heart = Heartbeat(database, HOUSE, Sender(database, {}, lambda: NOON), lambda: NOON)
    with capture_logs() as logs:
        await heart.beat()
    done = database.read_now(lambda session: session.exec(select(Occasion.key).order_by(col(Occasion.key))).all())
    assert done == ["a", "b", "d"]
    assert heart.is_beating()
    assert [entry["action"] for entry in logs] == ["step-failed"] * 2
