"""The driver: lets a simulated year pass in bouts, in each of which people act, lines drop and the assistant dies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from random import Random
from signal import SIGKILL
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from alliance import workdays
from alliance.desk import Desk
from alliance.house import House
from scheduler import jobs
from store import schema
from store.database import Database
from store.tables import InboxRow, Mailbox, OutboxRow, Received, Sending
from tests.soak.acts import People
from tests.soak.outside import ASSISTANT, BOT, Outside, SimulatedClock, outside
from tests.soak.people import Town, settle, town
from tests.soak.program import Program
from tests.soak.wirelog import WireLog

BERLIN = ZoneInfo("Europe/Berlin")
BEGINS = datetime(2027, 1, 4, 8, 0, tzinfo=BERLIN)  # a Monday
PACE = 240.0  # the heartbeat beats four times a second
GLANCE = 0.02  # seconds between two looks
PATIENCE = 300.0  # seconds until a bout must have become quiet
DEATHS = 2  # at most in a bout: what crashes the assistant three times is set aside, and that is meant so
POINTS = (
    "telegram-fetched",
    "telegram-kept",
    "telegram-before-deed",
    "telegram-before-commit",
    "telegram-committed",
    "mail-fetched",
    "mail-kept",
    "mail-before-deed",
    "mail-before-commit",
    "outbox-claimed",
    "outbox-sent",
)
HOURS = (wall_time(8, 10), wall_time(10, 30), wall_time(13, 15), wall_time(16, 20), wall_time(19, 40))
NINE = wall_time(9, 5)  # just after the steps of a round
ROUND_EVERY = 52  # days from one meeting to the next
FIRST_MEETING = 24
ASK_AHEAD = 34  # days before a meeting that the office plans it
PORTION = 40  # letters of the office in an hour, below the brake
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class NotQuiet(Exception):
    """The assistant did not come to rest."""


@dataclass(frozen=True)
class Plan:
    """What is to happen: so many kills and people in so many days, all chosen by ``seed``."""

    seed: int
    days: int = 365
    members: int = 150
    measures: int = 200
    kills: int = 1000

    @property
    def bouts_per_day(self) -> float:
        """Enough for all the kills, with at most :data:`DEATHS` in a bout."""
        return max(1.0, self.kills / self.days / (0.85 * DEATHS))


@dataclass
class Progress:
    """How far it is."""

    bouts: int
    bout: int = 0
    kills: int = 0
    at: datetime = BEGINS


class Blow:
    """A kill to come: after so many things on the wire, or after so many seconds."""

    def __init__(self, program: Program, things: int | None, seconds: float, delay: float) -> None:
        self._program = program
        self._things = things
        self._until = time.monotonic() + seconds
        self._delay = delay
        self._loop = asyncio.get_running_loop()
        self.struck = False

    def thing_passed(self) -> None:
        """Called from any thread."""
        if self._things is None or self.struck:
            return
        self._things -= 1
        if self._things <= 0:
            self.struck = True
            if self._delay:
                self._loop.call_soon_threadsafe(self._loop.call_later, self._delay, self._program.strike)
            else:
                self._program.strike()

    def look(self) -> None:
        """Strike if it is time."""
        if self._things is None and not self.struck and time.monotonic() > self._until:
            self.struck = True
            self._program.strike()


class Year:
    """One run."""

    def __init__(self, plan: Plan, folder: Path, world: Outside, clock: SimulatedClock, program: Program) -> None:
        self.plan = plan
        self.rng = Random(plan.seed)
        self.world = world
        self.clock = clock
        self.program = program
        self.town: Town = town(plan.members, plan.measures)
        self.people = People(self.town, world, Random(plan.seed + 1))
        self.house = House("Wirtschaftsallianz Beispielstadt", ASSISTANT, BOT, BERLIN)
        url = f"sqlite:///{folder / 'zukunftsplan.db'}"
        self.database = Database(url)
        schema.prepare(self.database.engine, url)
        moments = list(self._moments())
        self.progress = Progress(len(moments))
        self._times = moments
        self._blow: Blow | None = None
        self._deaths = 0
        self._armed = False
        world.log.on_line = self._thing_passed

    # --- before, during, after

    async def run(self, tell: Callable[[Progress], None]) -> None:
        """All of it. Raises NotQuiet."""
        await self.database.write(lambda session: settle(session, Desk(self.house), self.town, self.clock.at))
        self._enter_chats()
        self._plan_the_office()
        self._plan_the_members()
        self.world.log.remark("begun", seed=self.plan.seed, kills=self.plan.kills, days=self.plan.days)
        for member in self.town.everyone():
            self.world.log.remark("member", email=member.email, chat=member.chat)
        self.program.start()
        await self._until_quiet()
        for number, moment in enumerate(self._times, start=1):
            self.clock.set(moment)
            began, kills = time.monotonic(), self.progress.kills
            await self._bout(len(self._times) - number + 1)
            took = round(time.monotonic() - began, 2)
            self.world.log.remark("bout", number=number, seconds=took, kills=self.progress.kills - kills)
            self.progress.bout, self.progress.at = number, moment
            tell(self.progress)
        await self._make_up_for_kills()
        await self._come_to_rest()
        await self._ask_for_everything()
        code = await asyncio.to_thread(self.program.stop)
        self.world.log.remark("ended", code=code, waiting=await self.database.read(_everything_waiting))

    def close(self) -> None:
        """Leave nothing behind."""
        self.program.close()
        self.database.close()

    def _enter_chats(self) -> None:
        for member in self.town.everyone():
            if member.chat:
                first, _, last = member.name.partition(" ")
                self.world.chats.enter(member.chat, first, last)
                self.world.chats.know(member.chat)

    def _plan_the_office(self) -> None:
        """Meetings all year, planned ahead and minuted afterwards."""
        second = self.town.office_in_chat
        for number, ahead in enumerate(range(FIRST_MEETING, self.plan.days + FIRST_MEETING, ROUND_EVERY), start=1):
            day = workdays.workday_on_or_after((BEGINS + ahead * DAY).date())
            kind = "Allianz" if number % 3 == 1 else "Arbeitsgruppe"
            words = f"SITZUNG {kind}; {day:%d.%m.%Y} 17:00; Sitzung {number}; Rathaus"
            planned_at = max(BEGINS + HOUR, BEGINS + (ahead - ASK_AHEAD) * DAY)
            self.people.plan(planned_at, second, words)
            held = datetime.combine(day, wall_time(19), BERLIN)
            self.people.plan(held + DAY, second, f"PROTOKOLL: Es wurde beraten und gelacht in Sitzung {number}.")
            self.people.plan(held - 9 * DAY, second, "OFFEN")

    def _plan_the_members(self) -> None:
        """A third has the digest every week, a third every month, a third none; some ask how things stand."""
        for member in self.town.members:
            wish = ("", "WOCHENÜBERBLICK MONATLICH", "WOCHENÜBERBLICK AUS")[member.number // 2 % 3]
            if wish:
                begins = BEGINS if member.writes == "chat" else BEGINS + 2 * DAY  # there is a letter to answer by then
                self.people.plan(begins + self.rng.randrange(2, 96) * HOUR, member, wish)

    def _moments(self) -> Iterator[datetime]:
        """When something happens: every day just after nine, and at other hours as often as it takes."""
        for ahead in range(self.plan.days):
            day = (BEGINS + ahead * DAY).date()
            wanted = int(self.plan.bouts_per_day * (ahead + 1)) - int(self.plan.bouts_per_day * ahead)
            hours = {NINE, *self.rng.sample(HOURS, min(max(wanted - 1, 0), len(HOURS)))}
            yield from (datetime.combine(day, hour, BERLIN) for hour in sorted(hours) if ahead or hour > NINE)

    # --- a bout

    async def _bout(self, left: int) -> None:
        """People act on what came; while the assistant works on it, it is killed up to two times."""
        wanted = (self.plan.kills - self.progress.kills) / left
        blows = min(DEATHS, int(wanted) + (self.rng.random() < wanted % 1))
        self._deaths = 0
        self._prepare(blows)
        if self.rng.random() < 0.2:
            self.world.disturb(self.rng)
        await self._act()
        await self._until_quiet(blows)
        for _ in range(blows - self._deaths):  # it was over too soon: somebody else comes by
            self._blow = Blow(self.program, 1, 0.0, self.rng.choice([0, 0.002, 0.01, 0.03]))
            self.people.do(self.people.unasked(self.clock.at), self.clock.at)
            await self._until_quiet(self._deaths + 1)
        self._blow = None
        self.people.read(self.clock.at)
        self._partings()

    async def _act(self) -> None:
        acts = self.people.due(self.clock.at)
        acts += [self.people.unasked(self.clock.at) for _ in range(self.rng.choice([0, 1, 1, 2, 3]))]
        for act in acts:
            self.people.do(act, self.clock.at)
            await asyncio.sleep(self.rng.choice([0, 0, 0.005]))

    def _partings(self) -> None:
        """Now and then somebody leaves, or a mailbox is closed."""
        share = self.progress.bout / self.progress.bouts
        leavers = [member for member in self.town.members if member.number % 37 == 5]
        closing = [member for member in self.town.members if member.writes == "mail" and member.number % 50 in {2, 8}]
        for number, member in enumerate(leavers):
            if share > 0.3 + 0.1 * number and member.email not in self.people.left:
                self.people.leave(member, self.clock.at)
        for member in closing:
            if share > 0.2 and member.email not in self.people.gone:
                self.people.gone.add(member.email)
                self.world.post.refuse[member.email] = "550 5.1.1 no such user"
                self.world.log.remark("closed", address=member.email)

    # --- killing

    def _prepare(self, blows: int) -> None:
        self._blow = self._new_blow() if blows else None

    def _new_blow(self) -> Blow:
        rng = self.rng
        things = None if rng.random() < 0.2 else rng.choice([1, 1, 2, 2, 3, 4, 5, 8, 13, 21])
        delay = rng.choice([0, 0, 0.001, 0.003, 0.01, 0.03])
        return Blow(self.program, things, rng.uniform(0, 0.8), delay)

    def _thing_passed(self) -> None:
        if self._blow is not None:
            self._blow.thing_passed()

    def _start_again(self, blows: int) -> None:
        """Count the death and start anew, perhaps with a place in the code where it will end itself."""
        code = self.program.ended_how()
        if code != -SIGKILL:
            raise NotQuiet(f"the program ended by itself with {code}; see program.log")
        self._deaths += 1
        self.progress.kills += 1
        self.world.log.remark("killed", code=code, number=self.progress.kills, itself=self._armed)
        more = blows > self._deaths
        self._armed = more and self.rng.random() < 0.4
        point = f"{self.rng.choice(POINTS)}:{self.rng.randrange(1, 5)}" if self._armed else ""
        self._blow = self._new_blow() if more and not self._armed else None
        self.program.start(point)

    # --- waiting

    async def _until_quiet(self, blows: int = 0) -> None:
        """Return once nothing is under way any more; whoever dies meanwhile is started again."""
        until = time.monotonic() + PATIENCE
        while True:
            if not self.program.alive:
                self._start_again(blows)
            elif self._blow is not None:
                self._blow.look()
            if await self._is_quiet():
                return
            if time.monotonic() > until:
                raise NotQuiet(await self.database.read(_everything_waiting))
            await asyncio.sleep(GLANCE)

    async def _is_quiet(self) -> bool:
        if self.world.chats.waiting or not self.program.alive:
            return False
        now, last = self.clock.at, self.world.post.last_uid
        return await self.database.read(lambda session: _nothing_waits(session, self.house, now, last))

    # --- the end

    async def _make_up_for_kills(self) -> None:
        """Some bouts more, if the assistant was too quick for some of the kills."""
        for _ in range(self.plan.kills):
            if self.progress.kills >= self.plan.kills:
                return
            self.clock.set(self.clock.at + HOUR)
            await self._bout(1)

    async def _come_to_rest(self) -> None:
        """No more kills and faults; time goes on until nothing at all waits to be sent."""
        self._blow = None
        self.world.calm()
        for step in range(40):
            self.clock.set(self.clock.at + (HOUR if step < 12 else 6 * HOUR))
            await self._until_quiet()
            self.people.read(self.clock.at)
            if not await self.database.read(_everything_waiting):
                return

    async def _ask_for_everything(self) -> None:
        """The office asks by mail for the whole plan and for the history of each measure."""
        self.world.log.remark("asked")
        letter = self.world.post.latest[self.town.office.email][-1]
        wishes = ["EXPORT", *(f"VERLAUF M{measure}" for measure in range(1, self.plan.measures + 1))]
        for start in range(0, len(wishes), PORTION):
            self.clock.set(self.clock.at + HOUR + timedelta(minutes=5))
            for words in wishes[start : start + PORTION]:
                self.people._writes(self.town.office, words, letter, self.clock.at)
            await self._until_quiet()


def _nothing_waits(session: Session, house: House, now: datetime, last_uid: int) -> bool:
    """Whether all that came has been dealt with, and all that is due has been done and sent."""
    inbox = select(InboxRow.id).where(col(InboxRow.state).in_([Received.NEW, Received.ACTED])).limit(1)
    if session.exec(inbox).first() is not None:
        return False
    mailbox = session.exec(select(Mailbox)).first()
    if mailbox is None or mailbox.last_uid < last_uid:
        return False
    open_states = col(OutboxRow.state).in_([Sending.QUEUED, Sending.IN_FLIGHT])
    if session.exec(select(OutboxRow.id).where(open_states, OutboxRow.due_at <= now).limit(1)).first() is not None:
        return False
    return not jobs.anything_due(session, house, now)


def _everything_waiting(session: Session) -> str:
    """What is not finished, in words for whoever drives this; "" when nothing is."""
    open_states = col(OutboxRow.state).in_([Sending.QUEUED, Sending.IN_FLIGHT, Sending.HELD])
    sending = session.exec(select(func.count(col(OutboxRow.id))).where(open_states)).one()
    inbox = col(InboxRow.state).in_([Received.NEW, Received.ACTED])
    waiting = session.exec(select(func.count(col(InboxRow.id))).where(inbox)).one()
    return f"{waiting} came in, {sending} to go out" if waiting or sending else ""


async def live(plan: Plan, folder: Path, tell: Callable[[Progress], None]) -> Path:
    """Run the whole plan in a new ``folder``; returns the wire's log. Raises NotQuiet."""
    clock = SimulatedClock(folder / "clock", BEGINS)
    log = WireLog(folder / "wire.jsonl", clock)
    program = Program(folder)
    try:
        async with outside(clock, log) as world:
            program.environment = world.environment(folder, clock, program.port, PACE)
            year = Year(plan, folder, world, clock, program)
            try:
                await year.run(tell)
            finally:
                year.close()
    finally:
        log.close()
    return log.file
