"""The real program as a process of its own, between a stand-in Bot API and a post office in the test's process."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypeVar

from sqlmodel import SQLModel, col, select

from alliance.intents import AssignMeasure
from demo.postoffice import HOST, PostOffice
from demo.telegram import BotApi, ChatMessage
from mail.mailbox import MailboxReader, MailboxSettings
from scheduler import jobs
from store.database import Database
from store.tables import Sending
from tests.town import CHATS, HOUSE, MAX, NAMES, Town

TOKEN = "4711:demo"
PASSWORD = "secret"
DONE_FOLDER = "Zukunftsplan/erledigt"
PROGRAM = Path(sys.executable).parent / "zukunftsplan"
PATIENCE = 30.0  # seconds: a process starts, or two, on a busy machine
STOPS_WITHIN = 10.0  # seconds

Row = TypeVar("Row", bound=SQLModel)
Result = TypeVar("Result")


class Assistant:
    """``zukunftsplan run`` on an SQLite file in ``folder``; started, stopped and killed as often as a test likes."""

    def __init__(self, folder: Path, api: BotApi, post: PostOffice) -> None:
        self.folder = folder
        self.file = folder / "zukunftsplan.db"
        self.url = f"sqlite:///{self.file}"
        self.api = api
        self.post = post
        self.smtp_port = post.smtp_port
        self._process: Process | None = None
        # bound but not listening: nobody else is given this port, and the program may still listen there
        self._port = socket.socket()
        self._port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._port.bind((HOST, 0))

    # --- the process

    @property
    def pid(self) -> int:
        """The process started last."""
        assert self._process is not None
        return self._process.pid

    async def start(self, crash_at: str = "") -> None:
        """Start the program and wait until it says that it runs; with a crash point ("name" or "name:nth") at once."""
        await self.launch(crash_at)
        if not crash_at:
            assert self._process is not None
            assert self._process.stdout is not None
            async with asyncio.timeout(PATIENCE):
                line = await self._process.stdout.readline()
            assert "läuft" in line.decode(), "the program did not start"

    async def launch(self, crash_at: str = "") -> None:
        """Start the program and do not wait."""
        self._process = await self._spawn(crash_at)

    async def start_in_vain(self) -> tuple[int, str]:
        """Start another one and wait for its end: its exit code and all that it printed."""
        process = await self._spawn("", errors=PIPE)
        try:
            async with asyncio.timeout(PATIENCE):
                printed = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        assert process.returncode is not None
        return process.returncode, b"".join(printed).decode()

    async def wait_dead(self) -> None:
        """Wait until the program has died of SIGKILL, for instance at its crash point."""
        assert await self._end(PATIENCE) == -signal.SIGKILL

    async def stop(self) -> None:
        """Ask the program to end, as a service manager does, and see it end in time and well."""
        self.ask_to_stop()
        await self.wait_stopped()

    def ask_to_stop(self) -> None:
        """Send SIGTERM; from any thread."""
        os.kill(self.pid, signal.SIGTERM)

    async def wait_stopped(self) -> None:
        """Wait for the good end of a program that was asked to stop."""
        assert await self._end(STOPS_WITHIN) == 0

    async def kill(self) -> None:
        """End the program with SIGKILL, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)
        await self.wait_dead()

    async def close(self) -> None:
        """Leave nothing behind, however the test has ended."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()
        self._port.close()

    async def _spawn(self, crash_at: str, errors: int | IO[bytes] | None = None) -> Process:
        environment = {**self._environment(), "CRASH_AT": crash_at}
        return await asyncio.create_subprocess_exec(
            PROGRAM, "run", cwd=self.folder, env=environment, stdout=PIPE, stderr=errors
        )

    async def _end(self, patience: float) -> int:
        assert self._process is not None
        async with asyncio.timeout(patience):
            await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode

    def _environment(self) -> dict[str, str]:
        """All settings, and nothing of the environment of the tests."""
        return {
            "ALLIANCE_NAME": HOUSE.name,
            "DATA_FOLDER": str(self.folder),
            "HTTP_PORT": str(self._port.getsockname()[1]),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": self.api.base_url,
            "TELEGRAM_FILE_URL": self.api.base_file_url,
            "MAIL_ADDRESS": HOUSE.email,
            "MAIL_PASSWORD": PASSWORD,
            "MAIL_PLUS_ADDRESSES": "true",
            "IMAP_HOST": HOST,
            "IMAP_PORT": str(self.post.imap_port),
            "IMAP_TLS": "none",
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(self.smtp_port),
            "SMTP_TLS": "none",
        }

    # --- its database, for us

    def in_town(self, job: Callable[[Town], Result]) -> Result:
        """Do or ask something at the desk, in this process. To change something the program must not run."""
        database = Database(self.url)
        town = Town(database)
        town.at = datetime.now(UTC)
        try:
            return job(town)
        finally:
            database.close()

    def rows(self, table: type[Row]) -> list[Row]:
        """All rows of a table, oldest first."""
        key = col(table.id)  # type: ignore[attr-defined]
        return self.in_town(
            lambda town: town.database.read_now(lambda session: list(session.exec(select(table).order_by(key))))
        )

    def link(self, email: str) -> None:
        """Tie the person's chat, which they have opened long ago."""
        self.in_town(lambda town: town.link(email))
        self.api.enter(CHATS[email], NAMES[email])
        self.api.know(CHATS[email])

    # --- the people

    def bubbles(self, email: str) -> list[ChatMessage]:
        """What the program shows in the person's chat."""
        return [message for message in self.api.chat(CHATS[email]) if message.from_bot]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that letters or the database show. Raises TimeoutError."""
        await asyncio.to_thread(self.post.wait_for, condition, PATIENCE)


@asynccontextmanager
async def settled(folder: Path, template: Path) -> AsyncIterator[Assistant]:
    """An assistant for a small alliance, not started yet; ``template`` is a database file with all tables."""
    api = BotApi(TOKEN, "beispiel_bot")
    await api.start()
    try:
        with PostOffice({HOUSE.email: PASSWORD}) as post:
            assistant = Assistant(folder, api, post)
            shutil.copy(template, assistant.file)
            assistant.in_town(lambda town: settle_in(town, post))
            try:
                yield assistant
            finally:
                await assistant.close()
    finally:
        await api.stop()


def letter_to_answer(town: Town) -> str:
    """Max got a letter about M3 before the programs started; returns the token that his answers will carry."""
    town.office(AssignMeasure(3, MAX, lead=False))
    town.forget_letters()
    town.office(AssignMeasure(3, MAX))
    row = town.letters(MAX)[-1]
    row.state = Sending.SENT
    town.database.write_now(lambda session: session.merge(row))
    return row.token


def settle_in(town: Town, post: PostOffice) -> None:
    """Everybody is registered, this week's digest is out, and the mailbox has been read up to the present."""
    town.settle()
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))
    settings = MailboxSettings(HOST, post.imap_port, HOUSE.email, PASSWORD, tls="none")
    reader = MailboxReader(settings, town.database, lambda: None, lambda: town.at)
    reader.start()
    assert reader.watching.wait(PATIENCE)
    reader.stop()
