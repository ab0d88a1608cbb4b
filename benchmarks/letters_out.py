"""Letters per second from the outbox to Postfix's smtp-sink, beside a bare pool with finished letters."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import resource
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from aiosmtplib import SMTP
from sqlmodel import select

from benchmarks import cores, cpu, figures, mail_town, ways
from benchmarks.cpu import Meter, MeteredDatabase
from benchmarks.figures import Aim
from benchmarks.ways import Run, Runs
from mail import addresses, delivery
from mail.delivery import CONNECTIONS, MailDelivery, SmtpSettings
from scheduler.sender import Sender
from store.outbox import Channel
from store.tables import OutboxRow

PEOPLE = 400
MEASURES = 5  # in each question
WARM_UP = 50  # letters that nobody counts
HOST = "127.0.0.1"
PATIENCE = 15.0  # seconds for the sink to start
POLL = 0.02  # seconds
SINK, SOURCE = (Path("/usr/sbin") / name for name in ("smtp-sink", "smtp-source"))
POOL, POSTFIX, OURS = "bare pool", "smtp-source", "assistant"


@dataclass(frozen=True)
class Load:
    """Questions that wait in the outbox of an SQLite file, and the port of the server that takes letters."""

    file: Path
    port: int
    size: int
    average: int


MAILMAN = 16.0  # processor milliseconds for a personal letter, at best; measured on another day


def main() -> None:
    """Run rounds of all ways in turns, and show the medians."""
    _run(ways.arguments("letters_out", __doc__, 2000))


def aims(given: Sequence[str]) -> list[Aim]:
    """The same, and how far we are from what we aim at."""
    runs = _run(ways.arguments("letters_out", __doc__, 2000, given))
    assert runs is not None
    ours, floor = (figures.middle(run.cpu_ms for run in runs[name]) for name in (OURS, POOL))
    rates = {name: f"{figures.middle(run.rate for run in each):.0f}/s" for name, each in runs.items()}
    beside = f"{POSTFIX} {rates[POSTFIX]}, Mailman {MAILMAN:.0f} CPU-ms"
    shown = (f"{ours:.2f} CPU-ms, {rates[OURS]}", f"{POOL} {floor:.2f} CPU-ms, {rates[POOL]}", beside)
    ratio, cpu = figures.ratio(ours, floor), f"{ours:.2f} s"
    return [
        Aim("personal letter out", "≤ 1.5 CPU-ms", *shown, ratio, cpu, ours <= 1.5),
        Aim("personal letter out", "≥ 10× Mailman", *shown, f"{MAILMAN / ours:.1f}×", cpu, MAILMAN / ours >= 10),
    ]


def _run(wanted: argparse.Namespace) -> Runs | None:
    if not (SINK.exists() and SOURCE.exists()):
        raise SystemExit("smtp-sink and smtp-source are not installed (Debian: postfix)")
    cores.give(0, cores.SERVERS)
    with TemporaryDirectory(prefix="benchmark-") as name, figures.line() as line:
        line.add_task("asking questions", total=None)
        house = _House(Path(name), wanted.letters)
        if wanted.profile:
            print(house.profile())
            return None
        runs = ways.in_turns(line, wanted.rounds, {POOL: pool, POSTFIX: postfix, OURS: ours}, house.run)
    title = f"{house.size} letters of {house.average / 1000:.1f} kB on average, median of {wanted.rounds}"
    ways.show(title, runs, beside=(POOL, POSTFIX))
    ways.show_phases(runs[OURS])
    return runs


class _House:
    """The questions, and as many copies of their outbox as are asked for."""

    def __init__(self, folder: Path, letters: int) -> None:
        self._folder = folder
        self._many, self._few = folder / "many.db", folder / "few.db"
        self._numbers = count(1)
        people = min(PEOPLE, letters)
        rounds = -(-letters // people)
        self.size = people * rounds
        mail_town.build(self._many, people, MEASURES, rounds)
        mail_town.build(self._few, WARM_UP, MEASURES, rounds=1)
        raws = [question.raw for question in mail_town.sent(self._copy(self._few))]
        self.average = sum(map(len, raws)) // len(raws)

    def run(self, name: str, way: Callable[[Load], Run]) -> Run:
        """One way to send everything, in a fresh, warm process. Raises SystemExit when a letter is lost."""
        with _sink() as warm, _sink() as sink:
            few, load = self._loads(warm.port, sink.port)
            run = cpu.apart(cpu.warmed_up, way, few, load)
        if sink.taken != self.size:
            raise SystemExit(f"{name}: of {self.size} letters {sink.taken} arrived")
        if name == OURS and (states := _states(load.file)) != {("sent", 1): self.size}:
            raise SystemExit(f"not every letter was sent once: {states}")
        return run

    def profile(self) -> str:
        """Where our way spends its time, by thread and function."""
        with _sink() as sink:
            few, load = self._loads(sink.port, sink.port)
            return cpu.apart(cpu.profile_of, ours, few, load)

    def _loads(self, warm: int, port: int) -> tuple[Load, Load]:
        few, many = self._copy(self._few), self._copy(self._many)
        return Load(few, warm, WARM_UP, self.average), Load(many, port, self.size, self.average)

    def _copy(self, template: Path) -> Path:
        return Path(shutil.copy(template, self._folder / f"{next(self._numbers)}.db"))


def _states(file: Path) -> Counter[tuple[str, int]]:
    with mail_town.opened(file) as database:
        return database.read_now(
            lambda session: Counter((str(state), tries) for state, tries in session.exec(_STATES).all())
        )


_STATES = select(OutboxRow.state, OutboxRow.tries)


# --- the server


class _Sink:
    """smtp-sink on a free port. ``taken`` is how many letters it took, known after its end."""

    def __init__(self) -> None:
        with socket.create_server((HOST, 0)) as free:
            self.port: int = free.getsockname()[1]
        self.taken = 0
        as_whom = [] if os.geteuid() else ["-u", "nobody"]
        command = [str(SINK), "-c", *as_whom, f"{HOST}:{self.port}", "100"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        until = time.monotonic() + PATIENCE
        while not self._listens():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError("smtp-sink does not start")
            time.sleep(POLL)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        said, _ = self._process.communicate()
        self.taken = int((re.findall(r"mesg=(\d+)", said) or ["0"])[-1])

    def _listens(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=1):
                return True
        except ConnectionError:
            return False


@contextmanager
def _sink() -> Iterator[_Sink]:
    sink = _Sink()
    try:
        yield sink
    finally:
        sink.stop()


# --- in a process of its own


def pool(load: Load) -> Run:
    """As many connections as ours, with the very same letters, finished before the clock runs."""
    letters = [(question.email, question.raw) for question in mail_town.sent(load.file)]
    begun, cpu_begun = time.perf_counter(), time.process_time()
    asyncio.run(_sent(load.port, iter(letters)))
    return Run(len(letters), time.perf_counter() - begun, time.process_time() - cpu_begun)


async def _sent(port: int, letters: Iterable[tuple[str, bytes]]) -> None:
    async def connection() -> None:
        async with SMTP(hostname=HOST, port=port, start_tls=False, use_tls=False) as client:
            for to, raw in letters:
                await client.sendmail(mail_town.SENDER.address, [to], raw)

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))


def postfix(load: Load) -> Run:
    """Postfix's own generator of load, written in C; its letters are empty lines."""
    command = [str(SOURCE), "-d", "-s", str(CONNECTIONS), "-m", str(load.size), "-l", str(load.average)]
    command += ["-f", mail_town.SENDER.address, "-t", "person@betrieb.example.org", f"{HOST}:{load.port}"]
    begun, cpu_begun = time.perf_counter(), _of_children()
    subprocess.run(command, check=True)
    return Run(load.size, time.perf_counter() - begun, _of_children() - cpu_begun)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(load: Load) -> Run:
    """The real sender and delivery, until the outbox is empty."""
    cpu.settle_memory()
    return asyncio.run(_ours(load))


async def _ours(load: Load) -> Run:
    meter = Meter()
    database = MeteredDatabase(f"sqlite:///{load.file}", meter)
    door = MailDelivery(SmtpSettings(HOST, load.port, tls="none"), mail_town.SENDER, lambda: mail_town.AT)
    sender = Sender(database, {Channel.MAIL: door.deliver}, lambda: mail_town.AT)
    with ExitStack() as watches:
        watches.enter_context(meter.watching("compose", delivery, "compose"))
        watches.enter_context(meter.watching("check address", addresses, "checked"))
        begun, cpu_begun, database_begun = time.perf_counter(), time.process_time(), cpu.of_thread("database")
        await sender.drain()
        seconds, spent = time.perf_counter() - begun, time.process_time() - cpu_begun
    phases = {
        "composing": meter.seconds["compose"],
        "checking the address": meter.seconds["check address"],
        "database": cpu.of_thread("database") - database_begun,
    }
    await door.close()
    database.close()
    return Run(load.size, seconds, spent, {**phases, "SMTP and loop": spent - sum(phases.values())})


if __name__ == "__main__":
    main()
