"""The two bots as processes: started beside the servers they need, and looked at from outside."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import cores, town
from benchmarks.wire import TOKEN, Standing, Wire
from demo.postoffice import PostOffice

PASSWORD = "benchmark"
DATABASE = "zukunftsplan.db"
PATIENCE = 60.0  # seconds without a new answer
LOOK = 0.05  # seconds between two looks at how far things are

ECHO, OURS = "bare echo bot", "assistant"

_TICKS = os.sysconf("SC_CLK_TCK")


class Stuck(Exception):
    """A bot has stopped answering, or has died."""


@dataclass(frozen=True)
class Program:
    """How a bot is started; ``database`` is copied into the folder it runs in."""

    name: str
    command: list[str]
    settings: dict[str, str] = field(default_factory=dict)
    database: Path | None = None


def echo(wire: Wire) -> Program:
    """The bare bot."""
    return Program(ECHO, [sys.executable, str(Path(__file__).with_name("echo_bot.py")), wire.base_url, TOKEN])


def assistant(wire: Wire, post: PostOffice, database: Path) -> Program:
    """Our service as it is run, with all its parts."""
    settings = {
        "DATA_FOLDER": ".",
        "HTTP_PORT": "0",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": wire.base_url,
        "TELEGRAM_FILE_URL": wire.base_url.replace("/bot", "/file/bot"),
        "MAIL_ADDRESS": town.HOUSE.email,
        "MAIL_PASSWORD": PASSWORD,
        "IMAP_HOST": post.host,
        "IMAP_PORT": str(post.imap_port),
        "IMAP_TLS": "none",
        "SMTP_HOST": post.host,
        "SMTP_PORT": str(post.smtp_port),
        "SMTP_TLS": "none",
    }
    return Program(OURS, [str(Path(sys.executable).with_name("zukunftsplan")), "run"], settings, database)


def post_office() -> PostOffice:
    """A mail server with the assistant's mailbox, in this process."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the library warns of itself at each login
    return PostOffice({town.HOUSE.email: PASSWORD})


class Running:
    """A bot that runs, seen through /proc; ``born`` is the moment of its start (``time.monotonic``)."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, born: float) -> None:
        self.born = born
        self._process = process
        self._folder = folder

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def cpu_seconds(self) -> float:
        """Processor time of all its threads so far."""
        after_name = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICKS

    @property
    def memory(self) -> float:
        """Resident memory now, in MB."""
        return self._status("VmRSS")

    @property
    def peak_memory(self) -> float:
        """The most resident memory so far, in MB."""
        return self._status("VmHWM")

    def wait(self, wire: Wire, reached: Callable[[Standing], bool], tell: Callable[[int], None] | None = None) -> None:
        """Return once things are so far. Raises Stuck when nothing moves any more."""
        last, until = wire.standing(), time.monotonic() + PATIENCE
        while not reached(last):
            time.sleep(LOOK)
            now = wire.standing()
            if tell:
                tell(now.answers)
            if now.answers != last.answers:
                until = time.monotonic() + PATIENCE
            if self._process.poll() is not None or time.monotonic() > until:
                raise Stuck(f"{now}\n{(self._folder / 'log').read_text()[-2000:]}")
            last = now

    def kill(self) -> None:
        """End it at once, whatever it is at."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to stop, and see that it does."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def reports(self) -> int:
        """How many reports the database holds of which nothing is left to do; only after the end."""
        database = sqlite3.connect(self._folder / DATABASE)
        try:
            (reports,) = database.execute("SELECT count(*) FROM reports").fetchone()
            (unfinished,) = database.execute("SELECT count(*) FROM inbox WHERE state != 'done'").fetchone()
        finally:
            database.close()
        return int(reports) - int(unfinished)

    def _status(self, name: str) -> float:
        found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{self._process.pid}/status").read_text())
        assert found is not None
        return int(found[1]) / 1024


@contextmanager
def running(program: Program) -> Iterator[Running]:
    """Start a bot in an empty folder, on its core; it is stopped in any case."""
    with folder_for(program) as folder, started(program, folder) as bot:
        yield bot


@contextmanager
def folder_for(program: Program) -> Iterator[Path]:
    """A folder with the bot's database."""
    with TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        if program.database:
            shutil.copy(program.database, folder / DATABASE)
        yield folder


@contextmanager
def started(program: Program, folder: Path) -> Iterator[Running]:
    """Start a bot in this folder, on its core; it is stopped in any case."""
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **program.settings}
    with (folder / "log").open("wb") as log:
        born = time.monotonic()
        process = subprocess.Popen(program.command, cwd=folder, env=environment, stdout=log, stderr=log)
    cores.give(process.pid, cores.BOT)
    bot = Running(process, folder, born)
    try:
        yield bot
    finally:
        bot.stop()
