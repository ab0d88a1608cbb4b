"""Many alliances on one computer: what each further one costs while nobody writes.

Each is the real service with its own bot, mailbox and database on one PostgreSQL (or an SQLite file of its own). The
stand-ins for Telegram and the mail server run in this process and are not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import sys
from collections.abc import Iterable
from contextlib import AsyncExitStack, ExitStack, suppress
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psycopg
from sqlalchemy import make_url

from benchmarks import figures
from benchmarks.bots import PASSWORD
from demo.postoffice import PostOffice
from demo.telegram import BotApi
from tests.postgres import Postgres, available

PROGRAM = Path(sys.executable).with_name("zukunftsplan")
START = 120.0  # seconds for all to be up
_TICKS = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """Of some processes: memory that is theirs with their share of what they have in common, in MB; CPU seconds."""

    memory: float
    cpu: float


def main() -> None:
    """Read the command line, start them, look once a while later, print."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.many", description=__doc__)
    reader.add_argument("--alliances", type=int, nargs="+", default=[1, 5, 10])
    reader.add_argument("--seconds", type=float, default=120, help="how long to look (120)")
    reader.add_argument("--settle", type=float, default=30, help="seconds before that (30)")
    reader.add_argument("--sqlite", action="store_true")
    wanted = reader.parse_args()
    if not wanted.sqlite and (why := available()):
        raise SystemExit(why)
    table = figures.table("idle alliances side by side", "alliances", *COLUMNS)
    for count in wanted.alliances:
        table.add_row(str(count), *asyncio.run(_measured(count, wanted)))
    figures.console.print(table)


COLUMNS = ("MB each", "CPU-s an hour each", "server MB each", "server CPU-s an hour each", "connections each",
           "transactions a minute each", "database MB each")  # fmt: skip


async def _measured(count: int, wanted: argparse.Namespace) -> list[str]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="many-")))
        server = None if wanted.sqlite else stack.enter_context(Postgres())
        urls = [server.fresh_database() if server else "" for _ in range(count)]
        programs = await _started(stack, folder, urls)
        await asyncio.sleep(wanted.settle)
        first = _look(programs, urls)
        await asyncio.sleep(wanted.seconds)
        return _row(first, _look(programs, urls), count, wanted.seconds)


async def _started(stack: AsyncExitStack, folder: Path, urls: list[str]) -> list[Popen[bytes]]:
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the library warns of itself at each login
    post = await asyncio.to_thread(PostOffice({_mailbox(number): PASSWORD for number in range(len(urls))}).start)
    stack.callback(post.stop)
    programs = stack.enter_context(ExitStack())
    begun = []
    for number, url in enumerate(urls):
        telegram = BotApi(f"{number + 1}:many", f"many_{number}_bot")
        await telegram.start()
        stack.push_async_callback(telegram.stop)
        begun.append(_start(programs, folder, number, _settings(number, url, telegram, post)))
    async with asyncio.timeout(START):
        while not all((folder / str(number) / "out").read_bytes() for number in range(len(urls))):
            await asyncio.sleep(0.2)
    return begun


def _mailbox(number: int) -> str:
    return f"assistent{number}@alliance.example.org"


def _settings(number: int, url: str, telegram: BotApi, post: PostOffice) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "HTTP_PORT": "0",
        "TELEGRAM_TOKEN": f"{number + 1}:many",
        "TELEGRAM_BASE_URL": telegram.base_url,
        "TELEGRAM_FILE_URL": telegram.base_file_url,
        "MAIL_ADDRESS": _mailbox(number),
        "MAIL_PASSWORD": PASSWORD,
        "IMAP_HOST": post.host,
        "IMAP_PORT": str(post.imap_port),
        "IMAP_TLS": "none",
        "SMTP_HOST": post.host,
        "SMTP_PORT": str(post.smtp_port),
        "SMTP_TLS": "none",
    }


def _start(stack: ExitStack, place: Path, number: int, settings: dict[str, str]) -> Popen[bytes]:
    folder = place / str(number)
    folder.mkdir()
    out, log = (stack.enter_context((folder / name).open("wb")) for name in ("out", "log"))
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", "DATA_FOLDER": "."}
    process = Popen([PROGRAM, "run"], cwd=folder, env=environment | settings, stdout=out, stderr=log)
    stack.callback(process.wait, 30)
    stack.callback(process.terminate)
    return process


class Look(NamedTuple):
    """All that can be seen at one moment."""

    ours: Cost
    server: Cost
    connections: int
    transactions: int
    bytes: int


def _look(programs: list[Popen[bytes]], urls: list[str]) -> Look:
    ours = _cost(program.pid for program in programs)
    if not urls[0]:
        return Look(ours, Cost(0, 0), 0, 0, 0)
    with psycopg.connect(make_url(urls[0]).set(drivername="postgresql").render_as_string(), autocommit=True) as asked:
        names = [str(make_url(url).database) for url in urls]
        pids = asked.execute("SELECT pid FROM pg_stat_activity WHERE datname = ANY(%s)", [names]).fetchall()
        done = asked.execute(
            "SELECT sum(xact_commit + xact_rollback)::bigint, sum(pg_database_size(datname))::bigint"
            " FROM pg_stat_database WHERE datname = ANY(%s)",
            [names],
        ).fetchone()
        own = asked.info.backend_pid
    assert done is not None
    backends = [pid for (pid,) in pids if pid != own]
    return Look(ours, _cost(backends), len(backends), done[0], done[1])


def _cost(pids: Iterable[int]) -> Cost:
    each = []
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError):  # gone meanwhile, such as a worker of autovacuum
            each.append((_share(pid), _cpu(pid)))
    return Cost(sum(memory for memory, _ in each), sum(cpu for _, cpu in each))


def _share(pid: int) -> float:
    """Proportional set size in MB (Linux, proc(5))."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


def _cpu(pid: int) -> float:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / _TICKS


def _row(first: Look, last: Look, count: int, seconds: float) -> list[str]:
    hourly = 3600 / seconds / count
    return [
        f"{last.ours.memory / count:.0f}",
        f"{(last.ours.cpu - first.ours.cpu) * hourly:.0f}",
        f"{last.server.memory / count:.1f}",
        f"{(last.server.cpu - first.server.cpu) * hourly:.0f}",
        f"{last.connections / count:.1f}",
        f"{(last.transactions - first.transactions) * 60 / seconds / count:.0f}",
        f"{last.bytes / count / 1e6:.1f}",
    ]


if __name__ == "__main__":
    main()
