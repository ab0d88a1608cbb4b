"""The real program as a process of its own, forked from one that has imported everything, and killed for real."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from signal import SIGKILL, SIGTERM

PRELOAD = ["tests.soak.warm"]
STOPS_WITHIN = 15.0  # seconds

_context = get_context("forkserver")
_context.set_forkserver_preload(PRELOAD)


class Program:
    """``zukunftsplan run`` with its settings in ``environment``; what it prints goes to a file in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}
        self.starts = 0
        self._process: ForkServerProcess | None = None
        # bound but not listening: nobody else is given this port, and the program may still listen there
        self._port = socket.socket()
        self._port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._port.bind(("127.0.0.1", 0))

    @property
    def port(self) -> int:
        """Where the program may listen."""
        number: int = self._port.getsockname()[1]
        return number

    def start(self, crash_at: str = "") -> None:
        """Start it and do not wait; with a crash point ("name:nth") it will kill itself there."""
        environment = {**self.environment, "CRASH_AT": crash_at}
        output = str(self.folder / "program.log")
        self._process = _context.Process(target=_live, args=(environment, str(self.folder), output))
        self._process.start()
        self.starts += 1

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.is_alive()

    def strike(self) -> None:
        """SIGKILL, wherever it is; from any thread."""
        if self._process is not None and self._process.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, SIGKILL)

    def ended_how(self) -> int | None:
        """Its exit code once it has ended: -9 after SIGKILL."""
        return self._process.exitcode if self._process is not None else None

    def stop(self) -> int | None:
        """Ask it to end, as a service manager does; its exit code, None when it did not end in time."""
        assert self._process is not None
        assert self._process.pid is not None
        os.kill(self._process.pid, SIGTERM)
        self._process.join(STOPS_WITHIN)
        return self._process.exitcode

    def close(self) -> None:
        """Leave nothing behind."""
        if self.alive:
            self.strike()
            assert self._process is not None
            self._process.join(STOPS_WITHIN)
        self._port.close()


def _live(environment: dict[str, str], folder: str, output: str) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with Path(output).open("ab", buffering=0) as printed:
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
    from app import cli

    cli.run()
