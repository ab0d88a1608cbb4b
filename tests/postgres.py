"""A throw-away PostgreSQL for one test run, as an unprivileged user when we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import psycopg
from psycopg import sql

HOST, OWNER = "127.0.0.1", "zukunftsplan"
PROGRAMS = ("initdb", "postgres")
# nothing here need outlive a power cut; synchronous_commit stays on, for what is committed must outlive restart()
SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "100"}
PATIENCE = 30.0  # seconds for the server to start or stop
POLL = 0.02  # seconds
STOP = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}  # PostgreSQL manual, "Shutting Down the Server"

Mode = Literal["fast", "immediate"]


def available() -> str | None:
    """Why PostgreSQL cannot run here; None when it can."""
    if _programs() is None:
        return "not installed: PostgreSQL (initdb and postgres are neither in PATH nor below /usr/lib/postgresql)"
    if os.geteuid() == 0 and _user() is None:
        return "PostgreSQL refuses root, and there is neither a user postgres nor nobody"
    return None


class Postgres:
    """One server on a free loopback port and a Unix socket in its own folder."""

    def start(self) -> Postgres:
        """Make an empty cluster and start it; returns when it answers. Raises RuntimeError with its log if it fails."""
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self._as: dict[str, Any] = {}
        user = _user()
        if os.geteuid() == 0 and user is not None:
            self._as = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
            shutil.chown(self._folder, user)
        self.port = _free_port()
        try:
            self._make_cluster()
            self._launch()
        except Exception:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._end("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def restart(self, mode: Mode = "immediate") -> None:
        """Stop and start on the same port; "immediate" is a crash: connections break, the start recovers by the log."""
        self._end(mode)
        self._launch()

    def __enter__(self) -> Postgres:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the server's first database, which every test shares."""
        return self._url("postgres")

    def fresh_database(self, template: str = "template0") -> str:
        """Create a database, empty or a copy of another one; returns its SQLAlchemy URL."""
        name = f"test_{uuid.uuid4().hex}"
        with self._connect() as connection:
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            connection.execute(command)
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@{HOST}:{self.port}/{database}"

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=HOST, port=self.port, user=OWNER, dbname="postgres", autocommit=True)

    def _make_cluster(self) -> None:
        command = [_program("initdb"), "--pgdata", str(self._folder / "data"), "--username", OWNER,
                   "--auth", "trust", "--no-locale", "--encoding", "UTF8", "--no-sync"]  # fmt: skip
        made = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False, **self._as)
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")

    def _launch(self) -> None:
        settings = SETTINGS | {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": str(self._folder),
        }
        options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]
        command = [_program("postgres"), "-D", str(self._folder / "data"), *options]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._as
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                self._end("immediate")
                raise RuntimeError(f"PostgreSQL did not start: {(self._folder / 'log').read_text()[-2000:]}")
            time.sleep(POLL)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _end(self, mode: Mode) -> None:
        if self._server.poll() is None:
            self._server.send_signal(STOP[mode])
        self._server.wait(PATIENCE)


def _programs() -> Path | None:
    """The folder with the server's programs: that of PATH, or else the newest installed version."""
    found = shutil.which("postgres")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    folders = [*([Path(found).resolve().parent] if found else []), *versions]
    return next((folder for folder in folders if all((folder / name).exists() for name in PROGRAMS)), None)


def _program(name: str) -> str:
    folder = _programs()
    assert folder is not None
    return str(folder / name)


def _user() -> str | None:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port
