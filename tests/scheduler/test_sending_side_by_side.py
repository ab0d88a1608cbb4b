"""The sender's hands: how many letters are under way, when they are marked, and what a stop leaves."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from scheduler.sender import BATCH, HANDS, Deliver, Papers, Sender
from store import outbox
from store.database import Database
from store.outbox import Channel, Letter, Outcome, Outgoing, Result
from store.tables import OutboxRow, Sending

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
SENT = Outcome(Result.SENT)


def put(database: Database, *readers: str, way: Channel = Channel.MAIL) -> None:
    notes = [Outgoing(f"k{n}", way, to, {"is": "Note", "title": "x"}, NOON) for n, to in enumerate(readers)]
    database.write_now(lambda session: outbox.enqueue(session, notes, NOON))


def people(count: int) -> list[str]:
    return [f"person{number}@example.org" for number in range(count)]


def sender(database: Database, deliver: Deliver) -> Sender:
    return Sender(database, {Channel.MAIL: deliver, Channel.TELEGRAM: deliver}, lambda: NOON)


def marked(session: Session) -> int:
    return session.exec(select(func.count(col(OutboxRow.id))).where(OutboxRow.state == Sending.SENT)).one()


def states(session: Session) -> Counter[tuple[str, int, int]]:
    """State, tries and crashes of all rows."""
    return Counter((str(row.state), row.tries, row.crashes) for row in session.exec(select(OutboxRow)))


@pytest.mark.fault(5)
async def test_a_letter_is_marked_before_the_next_one_is_sent(database: Database) -> None:
    put(database, *people(BATCH + 7))
    sent, unmarked = 0, []

    async def deliver(_letter: Letter, _papers: Papers) -> Outcome:
        nonlocal sent
        unmarked.append(sent - await database.read(marked))
        sent += 1
        return SENT

    await sender(database, deliver).drain()
    assert sent == database.read_now(marked) == BATCH + 7
    assert max(unmarked) == 0


async def test_letters_that_are_sent_at_the_same_moment_are_marked_in_one_transaction(database: Database) -> None:
    put(database, *people(20), way=Channel.TELEGRAM)
    together = asyncio.Barrier(HANDS[Channel.TELEGRAM])
    commits = Counter[str]()
    event.listen(database.engine, "commit", lambda _connection: commits.update(["commit"]))

    async def deliver(_letter: Letter, _papers: Papers) -> Outcome:
        await together.wait()
        return SENT

    await sender(database, deliver).drain()
    assert database.read_now(marked) == 20
    assert commits["commit"] < 20  # claims included; one by one it would be more


async def test_two_letters_to_one_reader_go_one_after_the_other(database: Database) -> None:
    put(database, *["one@example.org"] * 5)
    under_way, seen = 0, list[tuple[str, int]]()

    async def deliver(letter: Letter, _papers: Papers) -> Outcome:
        nonlocal under_way
        under_way += 1
        await asyncio.sleep(0)
        seen.append((letter.key, under_way))
        under_way -= 1
        return SENT

    await sender(database, deliver).drain()
    assert seen == [(f"k{number}", 1) for number in range(5)]


async def test_a_stop_gives_back_what_was_claimed_and_not_tried(database: Database) -> None:
    put(database, *people(6))
    stopping = list[asyncio.Task[None]]()

    async def deliver(_letter: Letter, _papers: Papers) -> Outcome:
        if not stopping:
            stopping.append(asyncio.create_task(sending.stop()))
        await asyncio.sleep(0)  # the stop begins now
        return SENT

    sending = sender(database, deliver)
    sending.wake()
    while not stopping or not stopping[0].done():
        await asyncio.sleep(0)
    found = database.read_now(states)
    tried = found["sent", 1, 0]
    assert found == {("sent", 1, 0): tried, ("queued", 0, 0): 6 - tried}
    assert tried == HANDS[Channel.MAIL]


async def test_a_mark_that_cannot_be_written_is_no_mark(tmp_path: Path, migrated_sqlite: Path) -> None:
    file = shutil.copy(migrated_sqlite, tmp_path / "a.db")
    with closing(sqlite3.connect(file)) as beside, beside:
        beside.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE ON outbox WHEN new.state = 'sent' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    database = Database(f"sqlite:///{file}")
    put(database, *people(2), way=Channel.TELEGRAM)
    together = asyncio.Barrier(2)

    async def deliver(_letter: Letter, _papers: Papers) -> Outcome:
        await together.wait()
        return SENT

    with pytest.raises(IntegrityError):
        await sender(database, deliver).drain()
    assert database.read_now(states) == {("in-flight", 1, 0): 2}  # until the lease ends
    database.close()


@pytest.mark.fault(8)
async def test_what_was_sent_while_the_database_was_away_is_marked_before_anything_else_is_sent(
    tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.BUSY_MS", 20)
    monkeypatch.setattr("store.database.PATIENCE", 0.1)
    file = shutil.copy(migrated_sqlite, tmp_path / "a.db")
    database, now, sent = Database(f"sqlite:///{file}"), NOON, Counter[str]()
    put(database, *people(5))
    with closing(sqlite3.connect(file, isolation_level=None)) as beside:

        async def deliver(letter: Letter, _papers: Papers) -> Outcome:
            if not sent:
                beside.execute("BEGIN IMMEDIATE")
            sent[letter.key] += 1
            return SENT

        sending = Sender(database, {Channel.MAIL: deliver}, lambda: now)
        await sending.drain()
        assert database.read_now(states) == {("in-flight", 1, 0): 5}
        await sending.drain()  # still locked
        assert sent.total() <= HANDS[Channel.MAIL]
        beside.execute("ROLLBACK")
        now += outbox.LEASE + timedelta(minutes=1)
        await sending.drain()
    assert set(sent.values()) == {1}
    assert database.read_now(states) == {("sent", 1, 0): 5}
    database.close()


@pytest.mark.fault(12)
async def test_who_was_taken_for_dead_begins_no_letter_of_those_in_hand(database: Database) -> None:
    put(database, *people(6))
    counts, sent = True, list[str]()

    async def deliver(letter: Letter, _papers: Papers) -> Outcome:
        nonlocal counts
        counts = False  # as if the process had stood still meanwhile
        sent.append(letter.key)
        return SENT

    await Sender(database, {Channel.MAIL: deliver}, lambda: NOON, ready=lambda: counts).drain()
    assert len(sent) <= HANDS[Channel.MAIL]
    assert database.read_now(states) == {("sent", 1, 0): len(sent), ("queued", 0, 0): 6 - len(sent)}
