"""The whole assistant under a locked database, a full disk, a lost one and a stop (3, 8, 9, 10, 15 of the faults)."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import event, text
from sqlmodel import Session, SQLModel, col, func, select
from structlog.testing import capture_logs

from alliance.intents import AssignMeasure
from alliance.notes import Note
from alliance.packing import pack
from scheduler.sender import Sender
from store import outbox, schema
from store.database import Database, make_engine
from store.outbox import Channel, Letter, Outcome, Outgoing, Result
from store.tables import Change, Deed, OutboxRow, ProgressReport, Sending
from tests.assistant import Assistant, settled
from tests.doors.stage import Stage
from tests.mail.mail_world import limit_pages
from tests.town import BERLIN, CHATS, ERIKA, MAX, START, Town
from tests.waiting import until
from texts import say

on_a_file = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

LATER = say("de", "telegram-later")
MONDAY = datetime(2026, 11, 30, 8, 5, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.BUSY_MS", 20)
    monkeypatch.setattr("bot.ingress.LONGEST_PAUSE", 0.05)
    monkeypatch.setattr("bot.deeds.DATABASE_PAUSES", (0.01,))


# --- 3: a deed and what it causes


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


def counted(database: Database) -> list[int]:
    """How many rows tell of deeds."""
    tables: list[type[SQLModel]] = [Deed, Change, OutboxRow]
    return database.read_now(lambda s: [s.exec(select(func.count()).select_from(table)).one() for table in tables])


class Broken(Exception):
    """The statement did not get through."""


@contextmanager
def breaking_at(database: Database, nth: int) -> Iterator[None]:
    statements = count(1)

    def execute(*_of_the_statement: Any) -> None:
        if next(statements) == nth:
            raise Broken

    event.listen(database.engine, "before_cursor_execute", execute)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", execute)


@pytest.mark.fault(3)
def test_wherever_it_breaks_a_deed_its_history_and_its_letters_are_there_together_or_not_at_all(town: Town) -> None:
    before = counted(town.database)
    broken = 0
    while True:
        with breaking_at(town.database, broken + 1):
            try:
                town.office(AssignMeasure(4, MAX))
                break
            except Broken:
                broken += 1
        assert counted(town.database) == before
        assert town.measure(4).version == 0
    assert broken >= len(before)
    assert all(now > then for now, then in zip(counted(town.database), before, strict=True))
    assert len(town.letters(MAX)) == 1


# --- 8: locked


@on_a_file
@pytest.mark.fault(8)
async def test_after_a_long_lock_whoever_wrote_is_answered_once_and_the_clock_has_caught_up(
    stage: Stage, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with capture_logs() as logs:
        update = stage.telegram.say(CHATS[ERIKA], "M1 60 %")
        stage.clock.at = MONDAY
        beat = asyncio.create_task(stage.service.heartbeat.beat())
        await until(lambda: sum(entry.get("action") == "database-retry" for entry in logs) > 3)
        assert not beat.done()
        assert stage.messages(ERIKA) == []
        other.execute("ROLLBACK")
        await beat
        await stage.chat_answered(update)
    other.close()
    assert len([bubble for bubble in stage.bubbles(ERIKA) if "Verstanden: 60 %" in bubble]) == 1
    assert len(await rows(stage, ProgressReport)) == 1
    assert await digests(stage) == {"digest:2026-W49"}
    assert stage.service.healthy["clock"]()


async def digests(stage: Stage) -> set[str]:
    """The weeks of which a digest has been enqueued."""
    keys = await stage.service.database.read(lambda session: outbox.keys(session, "digest:2026-W49"))
    return {":".join(key.split(":")[:2]) for key in keys}


async def rows(stage: Stage, table: Any) -> list[Any]:
    return await stage.service.database.read(lambda session: list(session.exec(select(table).order_by(col(table.id)))))


# --- 9: full


@on_a_file
@pytest.mark.fault(9)
async def test_on_a_full_disk_health_is_red_people_are_asked_to_wait_and_all_is_caught_up(stage: Stage) -> None:
    await stage.says(ERIKA, "M1 50 %")
    await stage.service.database.write(lambda session: session.info.update(scrub=True))  # no free pages are left
    limit_pages(stage.service.database, 0)
    waiting = stage.telegram.say(CHATS[ERIKA], "M1 60 %" + " " * 4_000)
    await stage.telegram.wait_for(lambda: stage.bubble(ERIKA) == LATER)
    assert await health(stage) == 503
    assert stage.telegram.confirmed < waiting
    limit_pages(stage.service.database, None)
    await stage.chat_answered(waiting)
    assert "Verstanden: 60 %" in stage.bubble(ERIKA)
    assert [report.percent for report in await rows(stage, ProgressReport)] == [50, 60]
    assert stage.bubbles(ERIKA).count(LATER) == 1


async def health(stage: Stage) -> int:
    async with aiohttp.ClientSession() as client, client.get(f"{stage.service.address}healthz") as answer:
        return answer.status


# --- 10: lost, or from the future


@pytest.fixture
async def assistant(tmp_path: Path, migrated_sqlite: Path) -> AsyncIterator[Assistant]:
    async with settled(tmp_path, migrated_sqlite) as assistant:
        yield assistant


@pytest.mark.fault(10)
async def test_a_start_on_a_lost_database_is_refused_and_makes_no_empty_one(assistant: Assistant) -> None:
    schema.mark_installed(assistant.file)
    for file in assistant.folder.glob("zukunftsplan.db*"):
        file.unlink()
    code, printed = await assistant.start_in_vain()
    assert (code, "ist verschwunden" in printed, "Traceback" in printed) == (1, True, False)
    assert list(assistant.folder.glob("zukunftsplan.db*")) == []


@pytest.mark.fault(10)
async def test_a_start_on_a_database_of_a_newer_program_is_refused_and_leaves_it_alone(assistant: Assistant) -> None:
    engine = make_engine(assistant.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    code, printed = await assistant.start_in_vain()
    assert (code, "9999" in printed, "Traceback" in printed) == (1, True, False)
    assert schema.current(engine) == "9999"
    engine.dispose()


# --- 15: told to stop


@pytest.mark.fault(15)
async def test_a_stop_claims_nothing_more_and_gives_back_what_it_has_not_begun(database: Database) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def deliver(_letter: Letter, _papers: Any) -> Outcome:
        begun.set()
        await go_on.wait()
        return Outcome(Result.SENT)

    def enqueue(session: Session) -> None:
        note = pack(Note("Frage"))
        letters = [Outgoing(f"k{number}", Channel.MAIL, MAX, note, START) for number in range(100)]
        outbox.enqueue(session, letters, START)

    await database.write(enqueue)
    sender = Sender(database, {Channel.MAIL: deliver}, lambda: START)
    sender.wake()
    await begun.wait()
    stopping = asyncio.create_task(sender.stop())
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    found = await database.read(lambda session: session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all())
    assert found[0].state == Sending.SENT
    assert {row.state for row in found[1:]} == {Sending.QUEUED}
