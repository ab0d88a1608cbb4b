"""A Bot API server for benchmarks: one bot, a process of its own, and so little to do that the bot is what is measured.

It knows what a bot needs to run and to answer; every answer it gets is written down with its moment.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson

from benchmarks import cores

PER_POLL = 100  # updates in one answer, core.telegram.org/bots/api#getupdates
TOKEN = "4711:benchmark"
BOT = {"id": 4711, "is_bot": True, "first_name": "Bank", "username": "bank_bot"}

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_ANSWERS = {"sendmessage": "text", "editmessagetext": "message_id", "answercallbackquery": "callback_query_id"}


class Call(NamedTuple):
    """An answer of the bot: when it came (``time.monotonic``), the method in lower case, the chat, "" if none is named,
    and what tells it from others: the text sent, the message edited or the query answered.
    """

    at: float
    method: str
    chat: str
    what: str


class Standing(NamedTuple):
    """How far things are: answers that came, whether the bot waits for updates, and when it first asked for some."""

    answers: int
    waits: bool
    first_poll: float


def _told(result: Any) -> bytes:
    return orjson.dumps({"ok": True, "result": result})


_FIXED = {
    "getme": _told({**BOT, "can_join_groups": False, "can_read_all_group_messages": False}),
    "getwebhookinfo": _told({"url": "", "has_custom_certificate": False, "pending_update_count": 0}),
}
_TRUE, _NOTHING = _told(True), _told([])


class _Server:
    """The state of the one bot. ``latency`` in seconds passes before every answer, as on a way through the network."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._held: dict[_Line, tuple[asyncio.TimerHandle, int]] = {}
        self.forget()

    # --- what the benchmark asks for

    def forget(self) -> None:
        """Begin anew, for another bot."""
        self._updates: list[bytes] = []
        self._calls: list[Call] = []
        self._first_poll = 0.0
        self._confirmed = 1  # the first update that the bot has not confirmed by asking for later ones

    def hand_in(self, updates: Sequence[bytes]) -> float:
        """Let more updates wait; their numbers go on from the last one's, beginning with 1. Returns the moment."""
        self._updates += updates
        begun = time.monotonic()
        for line, (timer, offset) in list(self._held.items()):
            timer.cancel()
            self._deliver(line, offset)
        self._held.clear()
        return begun

    def standing(self) -> Standing:
        """How far things are."""
        return Standing(len(self._calls), bool(self._held), self._first_poll)

    def calls(self) -> list[Call]:
        """All answers, in the order in which they came."""
        return self._calls

    # --- what the bot asks for

    def serve(self, line: _Line, method: str, body: bytes) -> None:
        """Answer one request."""
        if method == "getupdates":
            self._poll(line, dict(parse_qsl(body.decode())))
        elif method in _ANSWERS:
            self._reply(line, self._written_down(method, dict(parse_qsl(body.decode()))))
        else:
            self._reply(line, _FIXED.get(method, _TRUE))

    def lost(self, line: _Line) -> None:
        """The bot hung up."""
        if line in self._held:
            self._held.pop(line)[0].cancel()

    def _poll(self, line: _Line, fields: dict[str, str]) -> None:
        self._first_poll = self._first_poll or time.monotonic()
        self._confirmed = max(int(fields.get("offset", 0)), self._confirmed)
        offset, hold = self._confirmed, float(fields.get("timeout", 0))
        if offset <= len(self._updates):
            self._deliver(line, offset)
        elif hold:
            timer = asyncio.get_running_loop().call_later(hold, self._give_up, line)
            self._held[line] = (timer, offset)
        else:
            self._reply(line, _NOTHING)

    def _deliver(self, line: _Line, offset: int) -> None:
        batch = self._updates[offset - 1 : offset - 1 + PER_POLL]
        self._reply(line, b'{"ok":true,"result":[' + b",".join(batch) + b"]}")

    def _give_up(self, line: _Line) -> None:
        del self._held[line]
        self._reply(line, _NOTHING)

    def _written_down(self, method: str, fields: dict[str, str]) -> bytes:
        chat = fields.get("chat_id", "")
        self._calls.append(Call(time.monotonic(), method, chat, fields.get(_ANSWERS[method], "")))
        if not chat:
            return _TRUE
        return _told(
            {
                "message_id": int(fields.get("message_id", 1_000_000 + len(self._calls))),
                "date": 1_800_000_000,
                "from": BOT,
                "chat": {"id": int(chat), "type": "private", "first_name": "Erika"},
                "text": fields.get("text", ""),
            }
        )

    def _reply(self, line: _Line, body: bytes) -> None:
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, line.write, body)
        else:
            line.write(body)


class _Line(asyncio.Protocol):
    """One connection of the bot: HTTP/1.1, kept alive."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while request := self._next():
            self._server.serve(self, *request)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.lost(self)

    def write(self, body: bytes) -> None:
        """Send an answer, unless nobody waits for it any more."""
        if not self._transport.is_closing():
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            self._transport.write(head + body)

    def _next(self) -> tuple[str, bytes] | None:
        """Method and body of the next request that is here as a whole."""
        head, ended, rest = self._buffer.partition(b"\r\n\r\n")
        if not ended:
            return None
        named = _LENGTH.search(head)
        length = int(named[1]) if named else 0
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        return head.split(b" ", 2)[1].rpartition(b"/")[2].lower().decode(), rest[:length]


class Wire:
    """The server in its process, as the benchmark sees it."""

    def __init__(self, latency: float) -> None:
        spawn = get_context("spawn")
        self._line, theirs = spawn.Pipe()
        self._process: SpawnProcess = spawn.Process(target=_run, args=(theirs, latency), daemon=True)

    def __enter__(self) -> Wire:
        self._process.start()
        assert self._process.pid is not None
        cores.give(self._process.pid, cores.SERVERS)
        self.base_url = f"http://127.0.0.1:{self._line.recv()}/bot"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self._process.join(5)

    def forget(self) -> None:
        """Begin anew, for another bot."""
        self._ask("forget")

    def hand_in(self, updates: Sequence[bytes]) -> float:
        """Let updates wait for the bot. Returns the moment from which they could be had."""
        begun: float = self._ask("hand_in", updates)
        return begun

    def standing(self) -> Standing:
        """How far things are."""
        standing: Standing = self._ask("standing")
        return standing

    def calls(self) -> list[Call]:
        """All answers of the bot."""
        calls: list[Call] = self._ask("calls")
        return calls

    def _ask(self, name: str, *values: Any) -> Any:
        self._line.send((name, values))
        return self._line.recv()


def _run(line: Connection, latency: float) -> None:
    asyncio.run(_serve(line, latency))


async def _serve(line: Connection, latency: float) -> None:
    loop, over, server = asyncio.get_running_loop(), asyncio.Event(), _Server(latency)
    listening = await loop.create_server(partial(_Line, server), "127.0.0.1", 0, backlog=1024)
    line.send(listening.sockets[0].getsockname()[1])
    loop.add_reader(line.fileno(), _obey, line, server, over)
    await over.wait()


def _obey(line: Connection, server: _Server, over: asyncio.Event) -> None:
    try:
        name, values = line.recv()
    except (EOFError, OSError):
        asyncio.get_running_loop().remove_reader(line.fileno())
        over.set()
    else:
        line.send(getattr(server, name)(*values))
