"""A gate on the wire between a mail client and a real server: it lets a test act, or change a word, as bytes pass."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

HOST = "127.0.0.1"


class Gate:
    """Passes everything on to the port given, and counts ``connections``.

    ``before_idle`` is called when the client has asked for IDLE and the server does not know it yet. ``hide`` names
    capabilities that the client shall not see.
    """

    host = HOST

    def __init__(self, port: int, *, before_idle: Callable[[], None] | None = None, hide: tuple[bytes, ...] = ()):
        self.before_idle = before_idle
        self.commands: list[bytes] = []
        self._target = port
        self._hide = hide
        self._listener = socket.create_server((HOST, 0))
        self.imap_port = self.smtp_port = int(self._listener.getsockname()[1])
        self.connections = 0
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> Gate:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # ends accept(), which close() does not
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(5)

    def cut(self) -> None:
        """Break every connection."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                server = socket.create_connection((HOST, self._target))
                self._ends += [client, server]
                for way in ((client, server, self._upwards), (server, client, self._downwards)):
                    self._threads.append(threading.Thread(target=self._pass_on, args=way, daemon=True))
                    self._threads[-1].start()

    def _pass_on(self, source: socket.socket, target: socket.socket, change: Callable[[bytes], bytes]) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(change(data))
            target.shutdown(socket.SHUT_WR)

    def _upwards(self, data: bytes) -> bytes:
        self.commands += data.split(b"\r\n")
        if data.endswith(b" IDLE\r\n") and self.before_idle:
            self.before_idle()
        return data

    def _downwards(self, data: bytes) -> bytes:
        for word in self._hide:
            data = data.replace(b" " + word, b" X" + word[1:])
        return data
