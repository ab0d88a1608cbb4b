"""Three real programs on one PostgreSQL, killed in turn while everything flows: nothing is lost, nothing done twice."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from smtplib import SMTP

import pytest
from sqlalchemy import text
from sqlmodel import Session

from alliance.notes import Note
from alliance.packing import pack
from demo.postoffice import HOST
from mail.door import MailDoor
from mail.mailbox import MailboxReader
from scheduler.sender import HANDS
from store import leader, outbox
from store.outbox import Channel, Outgoing
from store.tables import InboxRow, OutboxRow, ProgressReport, Received, Sending
from tests.assistant import letter_to_answer
from tests.doors.stage import PASSWORD, Clock, Stage, StandIn, open_stage
from tests.peers import Balancer, Peer, gathered
from tests.postgres import Postgres
from tests.town import CHATS, ERIKA, HOUSE, MAX, NAMES, OFFICE
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("several-instances"), pytest.mark.timeout(500)]

PATIENCE = 120.0  # seconds: somebody's death is noticed after ten, on a busy machine later
WAVE = 75  # letters that are due at once
GUESTS = 5  # chats that get one of them each
WAITING = {Received.NEW, Received.ACTED}
OPEN = {Sending.QUEUED, Sending.IN_FLIGHT}

# Everything that was in hand may go out once more with each kill: letters under the same Message-ID
TWICE = sum(HANDS.values())


class Crowd:
    """Three peers and what people do to them."""

    def __init__(self, peers: list[Peer], balancer: Balancer) -> None:
        self.peers = peers
        self.balancer = balancer
        self.api, self.post = peers[0].api, peers[0].post
        self.said: list[int] = []
        self.written: list[int] = []
        self.waves = 0
        self.kills = 0
        self.token = peers[0].in_town(letter_to_answer)

    async def start(self) -> None:
        for peer in self.peers:
            await peer.start()

    async def kill(self, peer: Peer) -> None:
        await peer.kill()
        self.kills += 1

    async def stop(self) -> None:
        await asyncio.gather(*(peer.stop() for peer in self.peers if peer.runs))

    # --- what people do

    def say(self, *percents: int) -> None:
        """Erika reports on M1 in her chat, one message each."""
        for percent in percents:
            self.said.append(percent)
            self.api.say(CHATS[ERIKA], f"M1 {percent} %")

    async def write(self, percent: int) -> None:
        """Max reports on M3 by mail."""
        self.written.append(percent)
        await asyncio.to_thread(self._write, percent)

    def _write(self, percent: int) -> None:
        letter = EmailMessage()
        letter["From"], letter["To"] = f"{NAMES[MAX]} <{MAX}>", HOUSE.email.replace("@", f"+{self.token}@")
        letter["Subject"], letter["Message-ID"] = "AW: Messe", f"<{percent}@client.example.org>"
        letter.set_content(f"{percent} %")
        with SMTP(HOST, self.post.smtp_port) as connection:
            connection.send_message(letter)

    def enqueue(self) -> None:
        """A wave of letters is due, and a few bubbles with it."""
        wave, self.waves = self.waves, self.waves + 1
        now = datetime.now(UTC)
        note = pack(Note("Ein Brief", ("An alle.",), language="de"))
        letters = [(Channel.MAIL, address(wave, number)) for number in range(WAVE)]
        bubbles = [(Channel.TELEGRAM, str(guest(wave, number))) for number in range(GUESTS)]
        for number in range(GUESTS):
            self.api.enter(guest(wave, number), "Gast")
            self.api.know(guest(wave, number))
        notes = [Outgoing(f"wave:{wave}:{to}", way, to, note, now) for way, to in letters + bubbles]

        def job(session: Session) -> int:
            return outbox.enqueue(session, notes, now)

        assert self.peers[0].in_town(lambda town: town.database.write_now(job)) == WAVE + GUESTS

    # --- what becomes of it

    async def until_some_of_the_wave_are_there(self, some: int) -> None:
        wave = self.waves - 1
        await self.peers[0].until(lambda: sum(bool(self.arrived(wave, number)) for number in range(WAVE)) >= some)

    async def until_all_is_done(self) -> None:
        """Nothing is left to act on, to show, or to send."""

        def done() -> bool:
            waiting = [row for row in self.peers[0].rows(InboxRow) if row.state in WAITING]
            going = [row for row in self.peers[0].rows(OutboxRow) if row.state in OPEN]
            return not waiting and not going and len(self.heard()) >= len(self.said) and self.all_answered()

        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(done):
                await asyncio.sleep(0.2)

    def all_answered(self) -> bool:
        return len(self.answers()) >= len(self.written)

    def arrived(self, wave: int, number: int) -> list[str]:
        """The Message-IDs under which this letter has arrived."""
        return [message_from_bytes(one.raw)["Message-ID"] for one in self.post.letters(address(wave, number))]

    def answers(self) -> list[str]:
        """What Max's receipts answer."""
        letters = [message_from_bytes(letter.raw) for letter in self.post.letters(MAX)]
        return [letter["In-Reply-To"] for letter in letters if letter["In-Reply-To"]]

    def heard(self) -> set[int]:
        """The percentages that Erika's receipts name."""
        return set(self.receipts())

    def receipts(self) -> list[int]:
        shown = [re.search(r"Verstanden: (\d+) %", bubble.html) for bubble in self.peers[0].bubbles(ERIKA)]
        return [int(found[1]) for found in shown if found]

    def assert_each_thing_was_done_once(self) -> None:
        self._assert_reports(1, self.said)
        self._assert_reports(3, self.written)
        assert set(self.receipts()) == set(self.said)
        assert {f"<{percent}@client.example.org>" for percent in self.written} == set(self.answers())
        arrived = {(wave, number): self.arrived(wave, number) for wave in range(self.waves) for number in range(WAVE)}
        assert [which for which, ids in arrived.items() if len(set(ids)) != 1] == []
        doubles = sum(len(ids) - 1 for ids in arrived.values())
        doubles += len(self.answers()) - len(self.written) + len(self.receipts()) - len(self.said)
        for wave in range(self.waves):
            for number in range(GUESTS):
                bubbles = self.api.chat(guest(wave, number))
                assert bubbles != []
                doubles += len(bubbles) - 1
        assert doubles <= self.kills * TWICE

    def _assert_reports(self, number: int, percents: list[int]) -> None:
        measure = self.peers[0].in_town(lambda town: town.measure(number))
        reports = [row.percent for row in self.peers[0].rows(ProgressReport) if row.measure_id == measure.id]
        assert Counter(reports) == Counter(percents)
        assert measure.version == len(percents)


def address(wave: int, number: int) -> str:
    return f"person{wave}-{number}@firma.example.org"


def guest(wave: int, number: int) -> int:
    return 8_000_000_000 + 100 * wave + number


@asynccontextmanager
async def crowd_of(folder: Path, url: str, *, webhook: bool = False) -> AsyncIterator[Crowd]:
    async with gathered(folder, url, 3, webhook=webhook) as (peers, balancer):
        peers[0].link(ERIKA)
        yield Crowd(peers, balancer)


@pytest.fixture
async def stage(
    postgres: Postgres, settled_postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """The whole assistant in this process, an instance that looks at the others twenty times a second."""
    monkeypatch.setattr(leader, "BEAT", 0.05)
    clock = Clock()
    post = StandIn({HOUSE.email: PASSWORD}, clock=clock.now)
    with post:
        async with open_stage(postgres.fresh_database(settled_postgresql), tmp_path, post, clock) as stage:
            yield stage


def cut_the_leaders_line(stage: Stage) -> None:
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 3 AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    database = stage.service.database
    assert database.read_now(lambda session: session.execute(cut).scalars().all()) == [True]


def is_read_anew(door: MailDoor, former: MailboxReader) -> bool:
    return door.mailbox is not former and door.mailbox.watching.is_set()


async def test_who_ceases_to_lead_and_leads_again_reads_and_polls_as_before(stage: Stage) -> None:
    for percent in (10, 20, 30):
        (door,) = [door for door in stage.service.doors if isinstance(door, MailDoor)]
        former = door.mailbox
        cut_the_leaders_line(stage)
        await until(partial(is_read_anew, door, former))
        assert not former.healthy
        await stage.says(ERIKA, f"M1 {percent} %")
        assert stage.measure(1).percent == percent
        await stage.writes(OFFICE, "OFFEN")
        assert all(check() for check in stage.service.healthy.values())
    assert stage.measure(1).version == 3


@pytest.fixture
def server(postgres: Postgres, migrated_postgresql: str) -> str:
    return postgres.fresh_database(migrated_postgresql)


@pytest.mark.fault(12)
async def test_with_polling_each_can_be_killed_in_turn_and_nothing_is_lost_or_done_twice(
    tmp_path: Path, server: str
) -> None:
    async with crowd_of(tmp_path, server) as crowd:
        await crowd.start()
        assert [await peer.health() for peer in crowd.peers] == [200] * 3
        for number, peer in enumerate(crowd.peers):  # the one that was started first leads first
            crowd.enqueue()
            crowd.say(10 * number + 1, 10 * number + 2)
            await crowd.write(50 + number)
            await crowd.until_some_of_the_wave_are_there(10)
            await crowd.kill(peer)
            crowd.say(10 * number + 3, 10 * number + 4)
            await peer.start()
        await crowd.until_all_is_done()
        await crowd.stop()
        crowd.assert_each_thing_was_done_once()


@pytest.mark.fault(12)
async def test_behind_a_balancer_all_take_updates_and_one_may_die(tmp_path: Path, server: str) -> None:
    async with crowd_of(tmp_path, server, webhook=True) as crowd:
        await crowd.start()
        crowd.say(*range(1, 7))
        crowd.enqueue()
        await until(lambda: all(crowd.balancer.shared))
        await crowd.until_some_of_the_wave_are_there(5)
        await crowd.kill(crowd.peers[1])
        crowd.say(*range(11, 17))
        await crowd.write(50)
        await crowd.until_all_is_done()
        await crowd.stop()
        crowd.assert_each_thing_was_done_once()
