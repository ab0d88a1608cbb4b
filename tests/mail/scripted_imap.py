"""A small IMAP server whose every answer a test may replace, for what no real server can be made to do."""

from __future__ import annotations

import base64
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType

HOST = "127.0.0.1"
POOR = "IMAP4rev1"
HANG_UP = "hang up"

Answer = Callable[[str], str | None]


class ScriptedImap:
    """One mailbox: ``letters`` by UID, their ``flags``, and ``commands``, which is what clients said, without tags.

    ``answer`` is asked first with each command: None leaves it to us, anything else is sent with {tag} filled in, and
    HANG_UP at its end ends the connection. ``others`` happens between a SEARCH and what follows it: what people
    do at the same time.
    """

    host = HOST

    def __init__(self, capabilities: str = POOR, answer: Answer | None = None, log_in: str = "") -> None:
        self.capabilities = capabilities
        self.answer: Answer = answer or (lambda command: None)
        self.log_in = log_in  # what AUTHENTICATE must bring, any if empty
        self.others: Callable[[], None] = lambda: None
        self.letters: dict[int, bytes] = {}
        self.flags: dict[int, set[str]] = {}
        self.copied: dict[str, list[int]] = {}
        self.folders = {"INBOX"}
        self.commands: list[str] = []
        self.connections = 0
        self._listener = socket.create_server((HOST, 0))
        self.imap_port: int = self._listener.getsockname()[1]
        self._lines: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> ScriptedImap:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def put(self, uid: int, raw: bytes, *flags: str) -> None:
        """Deliver a letter."""
        self.flags[uid] = set(flags)
        self.letters[uid] = raw

    def said(self, word: str) -> int:
        """How many commands began with it."""
        return sum(command.startswith(word) for command in self.commands)

    # --- talking

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                self.connections += 1
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._lines.append(line)
                self._threads.append(threading.Thread(target=self._talk, args=(line,), daemon=True))
                self._threads[-1].start()

    def _talk(self, line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rwb") as wire:
            wire.write(b"* OK ready\r\n")
            wire.flush()
            for said in wire:
                tag, _, command = said.decode().rstrip("\r\n").partition(" ")
                self.commands.append(command)
                answer = self.answer(command)
                for part in [answer.encode()] if answer is not None else self._reply(command, wire):
                    wire.write(part.replace(b"{tag}", tag.encode()).removesuffix(HANG_UP.encode()) + b"\r\n")
                    wire.flush()
                if answer is not None and answer.endswith(HANG_UP):
                    line.shutdown(socket.SHUT_RDWR)
                    return

    def _reply(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        verb = re.match(r"UID \w+|\w+", command)
        assert verb, command
        part = b""
        for part in getattr(self, "_" + verb[0].lower().replace(" ", "_"))(command, wire):
            yield part
        if not part.startswith(b"{tag}"):
            yield b"{tag} OK done"

    def _capability(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        yield f"* CAPABILITY {self.capabilities}".encode()

    def _login(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        """Takes literals too; what they hold is noted as a command."""
        while found := re.search(r"\{(\d+)(\+?)\}$", command):
            if not found[2]:
                yield b"+ go on"
            command = next(wire).decode().rstrip("\r\n")
            self.commands.append(command[: int(found[1])])
        yield from ()

    def _authenticate(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        yield b"+ "
        given = base64.b64decode(next(wire)).decode()
        self.commands.append(given)
        if self.log_in and given != self.log_in:
            # developers.google.com/gmail/imap/xoauth2-protocol: the error waits for an empty line
            yield b"+ " + base64.b64encode(b'{"status":"400","schemes":"Bearer","scope":"https://mail.example.com/"}')
            assert next(wire) == b"\r\n"
            yield b"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials"

    def _list(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        name = command.rpartition(" ")[2].strip('"')
        if not name or name in self.folders:
            yield f'* LIST () "/" "{name}"'.encode()

    def _create(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        self.folders.add(command.partition(" ")[2].strip('"'))
        yield from ()

    def _nothing(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        yield from ()

    _subscribe = _noop = _nothing

    def _select(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        yield f"* {len(self.letters)} EXISTS".encode()
        yield b"* OK [UIDVALIDITY 7] so"
        yield f"* OK [UIDNEXT {max(self.letters, default=0) + 1}] so".encode()

    _examine = _select

    def _uid_search(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        found = _numbers(command.split()[3], self.letters)
        for word, flag in (("UNSEEN", "\\Seen"), ("UNDELETED", "\\Deleted")):
            if word in command:
                found = [uid for uid in found if flag not in self.flags[uid]]
        yield " ".join(["* SEARCH", *map(str, found)]).encode()
        self.others()

    def _uid_fetch(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        for uid in _numbers(command.split()[2], self.letters):
            raw = self.letters[uid]
            if "SIZE" in command:
                yield f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)})".encode()
            else:
                yield f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")"

    def _uid_store(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        _, _, uids, change, flags = command.split(" ", 4)
        for uid in _numbers(uids, self.letters):
            named = set(flags.strip("()").split())
            self.flags[uid] = self.flags[uid] | named if change[0] == "+" else self.flags[uid] - named
        yield from ()

    def _uid_copy(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        _, _, uids, folder = command.split(" ", 3)
        self.copied.setdefault(folder.strip('"'), []).extend(_numbers(uids, self.letters))
        yield from ()

    def _uid_expunge(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        for uid in _numbers(command.split()[2], self.letters):
            if "\\Deleted" in self.flags[uid]:
                del self.letters[uid]
        yield from ()

    def _expunge(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        raise AssertionError("it would remove what other people have marked")

    _close = _expunge

    def _idle(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        yield b"+ idling"
        self.commands.append(next(wire).decode().strip())

    def _logout(self, command: str, wire: Iterator[bytes]) -> Iterator[bytes]:
        yield b"* BYE bye"


def _numbers(said: str, known: dict[int, bytes]) -> list[int]:
    """The UIDs of a sequence set that exist (RFC 9051, 9: sequence-set)."""
    found: set[int] = set()
    for part in said.split(","):
        first, _, last = part.partition(":")
        top = max(known, default=0)
        ends = sorted(top if end == "*" else int(end) for end in (first, last or first))
        found |= {uid for uid in known if ends[0] <= uid <= ends[1]}
    return sorted(found)
