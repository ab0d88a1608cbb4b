"""The clock jumps, and the assistant was down for days (13 and 14 of the faults): everything once, and no flood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store import outbox
from store.tables import OutboxRow, Sending
from tests.town import BERLIN, CHATS, ERIKA, HOUSE, MAX, Town, copy_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def another(tmp_path: Path, settled_sqlite: Path) -> Iterator[Callable[[], Town]]:
    """Alike alliances, one after the other."""
    with ExitStack() as stack:

        def make() -> Town:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            folder.mkdir()
            return stack.enter_context(copy_of(settled_sqlite, folder))

        yield make


def beat(town: Town, at: datetime) -> None:
    if town.database.read_now(lambda session: jobs.anything_due(session, HOUSE, at)):
        town.database.write_now(lambda session: jobs.beat(session, HOUSE, at))


def letters(town: Town) -> list[OutboxRow]:
    return town.database.read_now(lambda session: list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))))


def said(town: Town) -> Counter[tuple[str, str]]:
    """Who got which letter, how often."""
    return Counter((row.to, unpack(row.note, Note).title) for row in letters(town))


# --- 13: jumps


def live_through(town: Town, first: datetime, days: int, jumps: tuple[timedelta, ...]) -> Counter[tuple[str, str]]:
    """Every morning, and where the clock has jumped to from there; it always comes back, and at the end it stays."""
    town.at = first
    town.meeting(days - 3)
    for day in range(days):
        now = (first + day * DAY).replace(hour=9, minute=5).astimezone(UTC)
        beat(town, now)
        if jumps and day < days - 2:
            beat(town, now + jumps[day % len(jumps)])
    return said(town)


@pytest.mark.fault(13)
@pytest.mark.parametrize(
    "first",
    [
        pytest.param((2026, 12, 14), id="Christmas, ISO week 53, New Year"),
        pytest.param((2027, 3, 8), id="clocks go forward"),
        pytest.param((2027, 10, 11), id="clocks go back"),
        pytest.param((2028, 2, 7), id="29 February"),
    ],
)
def test_a_clock_that_jumps_to_and_fro_sends_nothing_twice_and_leaves_nothing_out(
    another: Callable[[], Town], first: tuple[int, int, int]
) -> None:
    day = datetime(*first, tzinfo=BERLIN)
    steady = live_through(another(), day, 26, ())
    jumping = live_through(another(), day, 26, (-HOUR, HOUR, -DAY, DAY))
    assert jumping == steady
    assert any("Erinnerung" in title for _, title in steady)


# --- 14: three days


@pytest.mark.fault(14)
def test_after_three_days_there_is_one_digest_and_what_has_expired_is_dropped_and_listed(
    another: Callable[[], Town],
) -> None:
    town = another()
    town.at += 2 * DAY
    town.link(MAX)
    town.chat(MAX, "M3 60 %")
    wednesday = datetime(2026, 12, 2, 9, 5, tzinfo=BERLIN).astimezone(UTC)  # Monday's digest is late
    for _ in range(3):
        beat(town, wednesday)
    readers = [to for to, _ in said(town).elements()]
    assert len(readers) == len(set(readers))
    assert {ERIKA, str(CHATS[MAX])} <= set(readers)
    with capture_logs() as logs:
        town.database.write_now(lambda session: outbox.drop_expired(session, wednesday + 9 * DAY))
    (listed,) = [entry["rows"] for entry in logs if entry.get("action") == "outbox-expired"]
    assert listed == [row.id for row in letters(town)]
    assert {row.state for row in letters(town)} == {Sending.DROPPED}
