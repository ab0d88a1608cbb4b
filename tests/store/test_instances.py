"""Several instances on one PostgreSQL: one leads, the dead are missed and their work is taken up, each thing once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from store import inbox, leader, outbox
from store.database import Closed, Database
from store.inbox import Channel, Incoming, Received
from store.leader import Instance
from store.outbox import Outgoing
from store.tables import InboxRow, Measure, OutboxRow, Sending
from store.tables import Instance as Row
from tests.postgres import Postgres
from tests.waiting import until

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

Result = TypeVar("Result")


class One:
    """An instance with its own way to the database; remembers what it was told."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.instance = Instance(self.database.engine)
        self.turns: list[str] = []
        self.dead: set[str] = set()

    async def start(self) -> One:
        await self.instance.appear()
        self.instance.start(self._gained, self._lost, self._adopt)
        return self

    async def _gained(self) -> None:
        self.turns.append("leads")

    async def _lost(self) -> None:
        self.turns.append("follows")

    async def _adopt(self, dead: frozenset[str]) -> None:
        self.dead |= dead
        self.database.write_now(lambda session: outbox.release(session, dead))

    async def stop(self) -> None:
        await self.instance.stop()
        await self.instance.leave()
        self.database.close()


Starts = Callable[[], Awaitable[One]]


@pytest.fixture
def server(postgres: Postgres, migrated_postgresql: str) -> str:
    return postgres.fresh_database(migrated_postgresql)


@pytest.fixture
def databases(server: str) -> Iterator[tuple[Database, Database]]:
    """Two processes' ways to one database."""
    one, other = Database(server), Database(server)
    yield one, other
    one.close()
    other.close()


@pytest.fixture
async def others(server: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Starts]:
    """Starts instances, which look at each other twenty times a second; what is still there at the end is stopped."""
    monkeypatch.setattr(leader, "BEAT", 0.05)
    async with AsyncExitStack() as stack:

        async def one() -> One:
            started = await One(server).start()
            stack.push_async_callback(started.stop)
            return started

        yield one


async def begins_to_lead(one: One) -> None:
    await until(lambda: one.turns[-1:] == ["leads"])


# --- who leads


async def test_one_leads_and_when_it_leaves_another_one_does(others: Starts) -> None:
    first, second = await others(), await others()
    await begins_to_lead(first)
    assert (first.instance.leads, second.instance.leads) == (True, False)
    await first.instance.stop()
    await first.instance.leave()
    await begins_to_lead(second)
    assert second.turns == ["leads"]


async def test_a_leader_whose_line_breaks_follows_and_may_lead_again_as_often_as_it_likes(
    others: Starts, server: str
) -> None:
    one = await others()
    for times in range(1, 4):
        await until(partial(has_turned, one, 2 * times - 1))
        end_lines(one.database)
        await until(partial(has_turned, one, 2 * times))
    await begins_to_lead(one)
    assert one.turns == ["leads", "follows"] * 3 + ["leads"]


def has_turned(one: One, times: int) -> bool:
    return len(one.turns) >= times


def end_lines(database: Database) -> None:
    """Cut the connection that holds the leader's lock, as a network does."""
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 3 AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    assert database.read_now(lambda session: session.execute(cut).scalars().all()) == [True]


@pytest.mark.fault(12)
async def test_of_many_only_one_leads_at_a_time_however_often_lines_break(others: Starts) -> None:
    several = [await others() for _ in range(3)]
    for _ in range(3):
        await until(lambda: sum(one.instance.leads for one in several) == 1)
        leading = next(one for one in several if one.instance.leads)
        heard = len(leading.turns)
        end_lines(leading.database)
        await until(partial(has_turned, leading, heard + 1))
    await until(lambda: sum(one.turns[-1:] == ["leads"] for one in several) == 1)


# --- who is there


async def test_everybody_has_an_equal_share_and_leaves_it_to_the_others(others: Starts) -> None:
    first = await others()
    assert (first.instance.share, first.instance.settled) == (1, True)
    second = await others()
    assert (second.instance.share, second.instance.settled) == (1 / 2, False)
    await until(lambda: first.instance.share == 1 / 2)
    await second.instance.leave()
    await until(lambda: first.instance.share == 1)


async def test_who_was_not_seen_lately_has_no_share(others: Starts) -> None:
    first = await others()
    first.database.write_now(lambda session: session.add(Row(name="dead", started_at=LONG_AGO, seen_at=LONG_AGO)))
    await begins_to_lead(first)
    assert first.instance.share == 1


async def test_who_gives_no_sign_of_life_knows_that_it_counts_as_dead(
    others: Starts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leader, "ALIVE", 0.5)
    one = await others()
    await until(lambda: one.instance.counts)

    def silence(session: Session) -> None:
        session.execute(text("LOCK TABLE instances"))  # so that nobody can write to it
        while one.instance.counts:
            threading.Event().wait(0.01)

    await one.database.write(silence)
    await until(lambda: one.instance.counts)


async def test_with_sqlite_nobody_is_written_down_and_we_always_lead(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("of SQLite")
    instance = Instance(database.engine)
    await instance.appear()
    assert (instance.name, instance.leads, instance.settled, instance.share) == ("", True, True, 1)
    assert database.read_now(lambda session: session.exec(select(Row)).all()) == []


# --- what the dead leave behind


def put(session: Session, key: str, holder: str, *, claimed: bool = True) -> None:
    outbox.enqueue(session, [Outgoing(key, Channel.MAIL, "a@b.example", {"title": key}, NOON)], NOON)
    if claimed:
        (letter,) = outbox.claim(session, NOON, holder=holder)
        assert letter.key == key


def states(database: Database) -> dict[str, tuple[Sending, int]]:
    rows = database.read_now(lambda session: session.exec(select(OutboxRow)).all())
    return {row.dedupe_key: (row.state, row.crashes) for row in rows}


@pytest.mark.fault(4)
async def test_what_the_dead_had_in_hand_is_given_back_and_what_the_living_have_is_not(
    others: Starts,
) -> None:
    first = await others()
    await begins_to_lead(first)
    second = await others()
    for holder in ("dead", second.instance.name):
        first.database.write_now(partial(put, key=f"of {holder}", holder=holder))
    await until(lambda: states(first.database)["of dead"] == (Sending.QUEUED, 1))
    assert first.dead == {"dead"}
    assert states(first.database)[f"of {second.instance.name}"] == (Sending.IN_FLIGHT, 0)


@pytest.mark.fault(12)
def test_of_two_that_adopt_at_once_each_row_has_but_one_taker(databases: tuple[Database, Database]) -> None:
    things = [Incoming(str(number), b"{}") for number in range(200)]
    databases[0].write_now(lambda session: inbox.keep(session, Channel.TELEGRAM, things, NOON, "dead"))
    databases[0].write_now(lambda session: inbox.keep(session, Channel.TELEGRAM, [Incoming("x", b"")], NOON, "alive"))
    taken = at_once(
        databases, lambda session, which: [row.id for row in inbox.adopt(session, Channel.TELEGRAM, ["dead"], which)]
    )
    assert sorted(len(ids) for ids in taken) == [0, 200]
    holders = databases[0].read_now(lambda session: session.exec(select(InboxRow.holder).distinct()).all())
    assert "alive" in holders
    assert len(holders) == 2


def test_a_row_of_the_dead_that_is_finished_is_left_alone(databases: tuple[Database, Database]) -> None:
    database, _ = databases

    def job(session: Session) -> int:
        (row_id,) = inbox.keep(session, Channel.TELEGRAM, [Incoming("1", b"{}")], NOON, "dead")
        inbox.close(session.get_one(InboxRow, row_id), Received.DONE)
        return len(inbox.adopt(session, Channel.TELEGRAM, ["dead"], "alive"))

    assert database.write_now(job) == 0


# --- side by side and in turn


def at_once(databases: tuple[Database, ...], job: Callable[..., Result], *, in_turn: bool = True) -> list[Result]:
    """Have the job done on all databases at the same time; their results."""

    async def all_of_them() -> list[Result]:
        writes = [
            database.write(partial(job, which=which), in_turn=in_turn)
            for which, database in zip("abcdefgh", databases, strict=False)
        ]
        return await asyncio.gather(*writes)

    return asyncio.run(all_of_them())


@pytest.mark.fault(12)
def test_two_that_claim_at_once_never_get_the_same_letter(databases: tuple[Database, Database]) -> None:
    notes = [Outgoing(f"k{number}", Channel.MAIL, "a@b.example", {}, NOON) for number in range(60)]
    databases[0].write_now(lambda session: outbox.enqueue(session, notes, NOON))
    together = threading.Barrier(2, timeout=30)

    def claim(session: Session, which: str) -> list[int]:
        found = [letter.id for letter in outbox.claim(session, NOON, 20, which)]
        together.wait()  # neither has committed yet
        return found

    claimed = at_once(databases, claim, in_turn=False)
    assert [len(ids) for ids in claimed] == [20, 20]
    assert len({*claimed[0], *claimed[1]}) == 40


@pytest.mark.fault(12)
def test_who_reads_first_and_writes_what_follows_from_it_loses_nothing(databases: tuple[Database, Database]) -> None:
    databases[0].write_now(lambda session: session.add(Measure(number=1, title="Radweg")))

    def count(session: Session, which: str) -> None:
        measure = session.exec(select(Measure).where(Measure.number == 1)).one()
        measure.version += 1

    async def often() -> None:
        jobs = [one.write(lambda session: count(session, "")) for _ in range(50) for one in databases]
        await asyncio.gather(*jobs)

    asyncio.run(often())
    measure = databases[0].read_now(lambda session: session.exec(select(Measure)).one())
    assert measure.version == 100


def test_two_that_stand_in_each_others_way_both_get_done(databases: tuple[Database, Database]) -> None:
    for key in ("a", "b"):
        databases[0].write_now(partial(put, key=key, holder="", claimed=False))
    together = threading.Barrier(2, timeout=30)
    tries: list[str] = []

    def cross(session: Session, which: str) -> None:
        tries.append(which)
        order = ("a", "b") if which == "a" else ("b", "a")
        for number, key in enumerate(order):
            row = session.exec(select(OutboxRow).where(col(OutboxRow.dedupe_key) == key).with_for_update()).one()
            row.moves += 1
            session.flush()
            if number == 0 and len(tries) <= 2:
                together.wait()

    at_once(databases, cross, in_turn=False)
    assert len(tries) == 3
    moves = databases[0].read_now(lambda session: session.exec(select(OutboxRow.moves)).all())
    assert list(moves) == [2, 2]


def test_a_closed_database_says_so_at_once(url: str) -> None:
    database = Database(url)
    database.close()
    with pytest.raises(Closed):
        database.read_now(lambda session: None)
    with pytest.raises(Closed):
        database.write_now(lambda session: None)


def test_who_ends_in_good_order_gives_back_without_blame(database: Database) -> None:
    database.write_now(lambda session: put(session, "a", "me"))
    assert database.write_now(lambda session: outbox.release(session, ["somebody else"])) == 0
    assert database.write_now(lambda session: outbox.release(session, ["me"], crashed=False)) == 1
    assert states(database)["a"] == (Sending.QUEUED, 0)
    (letter,) = database.write_now(lambda session: outbox.claim(session, NOON + timedelta(seconds=1)))
    assert letter.tries == 2
