"""Letters per second from a real Dovecot to a durable deed, its receipt and a tidy mailbox, beside bare fetching."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from email import message_from_bytes
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from imapclient import IMAPClient
from sqlmodel import Session, col, func, select

from alliance.desk import Desk
from benchmarks import cores, cpu, figures, mail_town, mailbag, ways
from benchmarks.cpu import Meter, MeteredDatabase
from benchmarks.figures import Aim
from benchmarks.mailbag import Bag
from benchmarks.town import HOUSE
from benchmarks.ways import Run, Runs
from mail import incoming
from mail.delivery import SmtpSettings
from mail.door import MailDoor
from mail.fetching import BATCH
from mail.filing import Filing
from mail.mailbox import MailboxSettings
from store import inbox
from store.tables import Deed, InboxRow, OutboxRow
from tests import real_mail
from tests.real_mail import RealMail

PEOPLE = 500
WARM_UP = 50  # letters in a mailbox of their own
PATIENCE = 600.0  # seconds for all letters
GLANCE = 0.05  # seconds between two looks at how far things are
PARSED, KEPT, OURS = "fetched", "and kept", "assistant"
FETCH, APART, ACT, COMMIT, FILE, REST = "fetch+keep", "take apart", "act", "commit", "file", "loop"


@dataclass(frozen=True)
class Box:
    """A filled mailbox on a running server, whose letters nobody has fetched yet, and a database file for its reader.

    ``folder`` is its maildir.
    """

    port: int
    user: str
    password: str
    folder: Path
    size: int
    uidvalidity: int
    database: Path


@dataclass(frozen=True)
class Outcome:
    """What the database says afterwards.

    Letters by state, reports by the row of the answer they came from, answers to letters, and what lies around still.
    """

    states: Counter[str]
    reports: Counter[int | None]
    answered: int
    left: int


def main() -> None:
    """Run rounds of all ways in turns, and show the medians."""
    _run(ways.arguments("letters_in", __doc__, 5000))


def aims(given: Sequence[str]) -> list[Aim]:
    """The same, and how far we are from what we aim at."""
    runs = _run(ways.arguments("letters_in", __doc__, 5000, given))
    assert runs is not None
    ours, floor = (figures.middle(run.cpu_ms for run in runs[name]) for name in (OURS, KEPT))
    rates = {name: figures.middle(run.rate for run in each) for name, each in runs.items()}
    share = rates[OURS] / rates[KEPT]
    floor_shown = f"{KEPT} {floor:.2f} CPU-ms, {rates[KEPT]:.0f}/s"
    shown = (f"{ours:.2f} CPU-ms, {rates[OURS]:.0f}/s", floor_shown, f"imapclient, {PARSED} {rates[PARSED]:.0f}/s")
    ratio, cpu = figures.ratio(ours, floor), f"{ours:.2f} s"
    return [
        Aim("letter in to a durable deed", "≤ 2 CPU-ms", *shown, ratio, cpu, ours <= 2),
        Aim("letter in to a durable deed", "≥ 0.5× the floor", *shown, f"{share:.2f}×", cpu, share >= 0.5),
    ]


def _run(wanted: argparse.Namespace) -> Runs | None:
    if reason := real_mail.available():
        raise SystemExit(reason)
    cores.give(0, cores.SERVERS)
    with TemporaryDirectory(prefix="benchmark-") as name, figures.line() as line, RealMail() as post:
        task = line.add_task("writing letters", total=None)
        house = _House(Path(name), post, wanted.letters)
        if wanted.profile:
            line.update(task, description="profiling")
            print(house.profile())
            return None
        runs = ways.in_turns(line, wanted.rounds, {PARSED: parsed, KEPT: kept, OURS: ours}, house.run)
    _show(runs, wanted, house.bag)
    _judge(house.outcomes, house.bag)
    return runs


class _House:
    """The servers, the letters, and as many mailboxes with them as are asked for."""

    def __init__(self, folder: Path, post: RealMail, letters: int) -> None:
        self._folder = folder
        self._post = post
        self._template = folder / "town.db"
        self._numbers = count(1)
        self.outcomes: list[Outcome] = []
        mail_town.build(self._template, PEOPLE, each=1, rounds=1)
        self.bag = mailbag.pack(mail_town.sent(self._template), letters)
        self._few = Bag(self.bag.letters[:WARM_UP], 0)

    def run(self, name: str, way: Callable[[Box], Run]) -> Run:
        """One way through a fresh mailbox, in a fresh process that has warmed up with another one."""
        few, box = self._box(self._few), self._box(self.bag)
        run = cpu.apart(cpu.warmed_up, way, few, box)
        if name == OURS:
            self.outcomes.append(_outcome(box))
        for used in (few, box):
            used.database.unlink()
            shutil.rmtree(used.folder)
        return run

    def profile(self) -> str:
        """Where our way spends its time, by thread and function."""
        return cpu.apart(cpu.profile_of, ours, self._box(self._few), self._box(self.bag))

    def _box(self, bag: Bag) -> Box:
        user = f"box{next(self._numbers)}@alliance.example.org"
        folder = Path(self._post.cafile).parent / "dovecot" / "mail" / user
        mailbag.put(bag, folder)
        file = self._folder / f"{user}.db"
        shutil.copy(self._template, file)
        with _entered(self._post.imap_port, user, self._post.password) as client:
            validity = client.select_folder("INBOX")[b"UIDVALIDITY"]
        return Box(self._post.imap_port, user, self._post.password, folder, len(bag.letters), validity, file)


# --- in a process of its own


def _entered(port: int, user: str, password: str) -> IMAPClient:
    client = IMAPClient(real_mail.HOST, port, ssl=False, timeout=real_mail.PATIENCE)
    client.login(user, password)
    return client


def parsed(box: Box) -> Run:
    """Fetch in batches and parse, as the libraries come; nothing is kept."""
    return _bare(box, lambda _raws: None)


def kept(box: Box) -> Run:
    """The same, with each batch kept in one durable commit."""
    database = sqlite3.connect(box.database.with_suffix(".bare"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE letters (id INTEGER PRIMARY KEY, raw BLOB NOT NULL)")

    def keep(raws: list[bytes]) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO letters (raw) VALUES (?)", [(raw,) for raw in raws])
        database.execute("COMMIT")

    try:
        return _bare(box, keep)
    finally:
        database.close()


def _bare(box: Box, keep: Callable[[list[bytes]], None]) -> Run:
    begun, cpu_begun = time.perf_counter(), time.process_time()
    with _entered(box.port, box.user, box.password) as client:
        client.select_folder("INBOX")
        uids = client.search("ALL")
        for start in range(0, len(uids), BATCH):
            answer = client.fetch(uids[start : start + BATCH], ["BODY.PEEK[]"])
            raws = [found[b"BODY[]"] for found in answer.values()]
            for raw in raws:
                message_from_bytes(raw)
            keep(raws)
    return Run(len(uids), time.perf_counter() - begun, time.process_time() - cpu_begun)


def ours(box: Box) -> Run:
    """The real reader and door, without the sender: its receipts stay in the outbox."""
    cpu.settle_memory()
    return asyncio.run(_ours(box))


async def _ours(box: Box) -> Run:
    meter = Meter()
    database = MeteredDatabase(f"sqlite:///{box.database}", meter)
    settings = MailboxSettings(real_mail.HOST, box.port, box.user, box.password, tls="none")
    start = inbox.Cursor(box.uidvalidity, 0)
    await database.write(lambda session: inbox.advance(session, settings.name, start))
    smtp = SmtpSettings(real_mail.HOST, 0, tls="none")
    door = MailDoor(database, Desk(HOUSE), settings, smtp, mail_town.SENDER, lambda: mail_town.AT)
    with ExitStack() as watches:
        watches.enter_context(meter.watching(APART, incoming, "contents"))
        watches.enter_context(meter.watching(FILE, Filing, "file_finished"))
        run = await _timed(door, box, meter)
    await door.stop()
    database.close()
    return run


async def _timed(door: MailDoor, box: Box, meter: Meter) -> Run:
    meter.seconds.clear()
    begun, cpu_begun, database_begun = time.perf_counter(), time.process_time(), cpu.of_thread("database")
    await door.start()
    async with asyncio.timeout(PATIENCE):
        with closing(
            sqlite3.connect(box.database)
        ) as beside:  # our own reads would part the writes that share a commit
            while not _is_done(beside, box.size):
                await asyncio.sleep(GLANCE)
        durable = time.perf_counter() - begun
        door.mailbox.wake()  # or it would look again only after its growing patience
        while mailbag.waiting(box.folder):
            await asyncio.sleep(GLANCE)
    seconds, spent = time.perf_counter() - begun, time.process_time() - cpu_begun
    phases = _phases(meter, spent, cpu.of_thread("mailbox"), cpu.of_thread("database") - database_begun)
    return Run(box.size, seconds, spent, phases, durable)


def _is_done(database: sqlite3.Connection, size: int) -> bool:
    (kept,) = database.execute("SELECT max(id) FROM inbox").fetchone()
    open_row = database.execute("SELECT 1 FROM inbox WHERE state IN ('new', 'acted') LIMIT 1").fetchone()
    return (kept or 0) >= size and open_row is None


def _phases(meter: Meter, spent: float, mailbox: float, database: float) -> dict[str, float]:
    """Processor seconds that add up to all that was spent; a commit is shared by those whose writes waited together."""
    seconds = meter.seconds
    jobs = sum(spent for phase, spent in seconds.items() if phase.startswith("database: "))
    phases = {
        FETCH: mailbox - seconds[FILE] + seconds["database: mail.fetching"],
        APART: seconds[APART],
        ACT: seconds["database: mail.incoming"],
        COMMIT: database - jobs,
        FILE: seconds[FILE] + seconds["database: mail.filing"],
    }
    return {**phases, REST: spent - sum(phases.values())}


# --- what came of it


def _outcome(box: Box) -> Outcome:
    with mail_town.opened(box.database) as database:
        return database.read_now(lambda session: _counted(session, mailbag.waiting(box.folder)))


def _counted(session: Session, left: int) -> Outcome:
    states = Counter(str(state) for state in session.exec(select(InboxRow.state)))
    heard = select(Deed.inbox_id).join(InboxRow, col(InboxRow.id) == Deed.inbox_id)
    heard = heard.where(Deed.what == "report", func.instr(InboxRow.raw, mailbag.LABELLED_ID) == 0)
    answers = select(func.count(col(OutboxRow.id))).where(OutboxRow.in_reply_to != "")
    return Outcome(states, Counter(session.exec(heard)), session.exec(answers).one(), left)


def _judge(outcomes: list[Outcome], bag: Bag) -> None:
    """Every letter worked off and filed, and each answer to a question one report. Raises SystemExit."""
    for outcome in outcomes:
        states = ", ".join(f"{number} {state}" for state, number in outcome.states.most_common())
        figures.console.print(f"Of {len(bag.letters)} letters: {states}; {outcome.answered} answered.")
        if outcome.states["new"] or outcome.states.total() != len(bag.letters) or outcome.left:
            raise SystemExit("not every letter was worked off and filed")
        if len(outcome.reports) != bag.reports or outcome.reports.total() != bag.reports:
            raise SystemExit(f"of {bag.reports} answers {len(outcome.reports)} became reports, once each or more often")


def _show(runs: Runs, wanted: argparse.Namespace, bag: Bag) -> None:
    title = f"{wanted.letters} letters of {bag.average / 1000:.1f} kB on average, median of {wanted.rounds}"
    ways.show(title, runs, beside=(PARSED, KEPT))
    ways.show_phases(runs[OURS])
    durable = figures.middle(run.size / run.durable for run in runs[OURS])
    figures.console.print(
        f"{durable:.0f} letters a second became durable deeds; the rest of the time went into filing."
    )


if __name__ == "__main__":
    main()
