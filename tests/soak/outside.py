"""The world outside: the stand-in Bot API and the post office, which write down whatever passes and drop lines."""

from __future__ import annotations

import asyncio
import inspect
import struct
from base64 import b64encode
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from html import unescape
from itertools import count
from pathlib import Path
from random import Random
from re import sub
from typing import Any

from demo import replies
from demo.postoffice import PostOffice, base_address
from demo.telegram import BotApi, ChatMessage
from demo.telegram_chats import Call
from tests.soak.wirelog import WireLog

TOKEN = "4711:soak"
PASSWORD = "secret"
ASSISTANT = "assistent@alliance.example.org"
BOT = "beispiel_bot"
REMEMBERED = 4  # letters of ours that somebody can still answer
SPREADSHEETS = (".xlsx", ".csv")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Method = Callable[[Call], object | Awaitable[object]]


class SimulatedClock:
    """The simulated present, in a file that the assistant reads."""

    def __init__(self, file: Path, at: datetime) -> None:
        self.file = file
        self.at = at
        self.set(at)

    def __call__(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        """Move to another moment, aware."""
        self.at = at.astimezone(UTC)
        moment = struct.pack("<q", (self.at - EPOCH) // timedelta(microseconds=1))
        with self.file.open("r+b" if self.file.exists() else "wb") as opened:
            opened.write(moment)


class Chats(BotApi):
    """The Bot API, writing down every bubble and every answered tap; files keep their names alone."""

    def __init__(self, clock: SimulatedClock, log: WireLog) -> None:
        self._log = log
        self._changes = count(1)
        self.latest: dict[tuple[int, int], int] = {}  # chat and message -> which change it was
        super().__init__(TOKEN, BOT, clock)

    def _method_table(self) -> dict[str, Method]:
        return {name: self._noticed(name, method) for name, method in super()._method_table().items()}

    def _noticed(self, name: str, method: Method) -> Method:
        def call(call: Call) -> object | Awaitable[object]:
            done = method(call)
            if inspect.isawaitable(done):
                return self._fetched(name, done)
            self._write_down(name, call, done)
            return done

        return call

    async def _fetched(self, name: str, done: Awaitable[object]) -> object:
        result = await done
        if name == "getUpdates" and result:
            self._log.traffic("fetched")
        return result

    def _write_down(self, name: str, call: Call, done: Any) -> None:
        self.requests.clear()
        if name in {"sendMessage", "sendDocument", "sendPhoto", "editMessageText"}:
            self._log.traffic(
                "bubble",
                chat=done["chat"]["id"],
                message=done["message_id"],
                edited=name == "editMessageText",
                text=done.get("text") or done.get("caption", ""),
                file=done.get("document", {}).get("file_name", ""),
            )
            self.latest[done["chat"]["id"], done["message_id"]] = next(self._changes)
            if "document" in done or "photo" in done:
                self._forget_files()
        elif name == "answerCallbackQuery":
            self._log.traffic("tapped", query=call.fields["callback_query_id"], text=call.fields.get("text", ""))

    def _forget_files(self) -> None:
        for name, stored in self._chats.files.items():
            if stored.content:
                self._chats.files[name] = replace(stored, content=b"")

    @property
    def waiting(self) -> bool:
        """Whether updates are not confirmed yet."""
        return len(self._updates) > 0


@dataclass(frozen=True)
class Arrived:
    """A letter of the assistant's in somebody's mailbox: its subject without the token, its words and its bytes."""

    subject: str
    text: str
    raw: bytes


class Post(PostOffice):
    """The post office, writing down every letter; members' mailboxes keep the latest few."""

    def __init__(self, clock: SimulatedClock, log: WireLog) -> None:
        super().__init__({ASSISTANT: PASSWORD}, clock=clock)
        self._log = log
        self.last_uid = 0
        self.latest: defaultdict[str, deque[Arrived]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self.fresh: deque[tuple[str, Arrived]] = deque()

    async def accept(self, address: str, raw: bytes, sender: str | None) -> None:
        """Deliver a letter: the assistant's own mailbox is a real one."""
        if base_address(address) == ASSISTANT:
            await super().accept(address, raw, sender)
            self.last_uid = self._letters[ASSISTANT].pop().uid
            return
        message = message_from_bytes(raw)
        subject = sub(r" *\[ZP-[^\]]*\]", "", _header(message, "Subject"))
        arrived = Arrived(subject, replies.text_of(raw), raw)
        self.latest[address].append(arrived)
        self.fresh.append((address, arrived))
        self._log.traffic(
            "letter",
            to=address,
            id=message["Message-ID"],
            subject=subject,
            answers=message.get("In-Reply-To", ""),
            text=arrived.text,
            files={name: b64encode(data).decode() for name, data in _spreadsheets(message)},
        )


def _header(message: Message, name: str) -> str:
    return " ".join(str(make_header(decode_header(message.get(name, "")))).split())


def _spreadsheets(message: Message) -> Iterator[tuple[str, bytes]]:
    for part in message.walk():
        name = part.get_filename() or ""
        if name.endswith(SPREADSHEETS):
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            yield name, content


def plain(bubble: ChatMessage) -> str:
    """A bubble's words."""
    return unescape(sub("<[^>]*>", "", bubble.html))


class Outside:
    """Everything that is not the assistant."""

    def __init__(self, chats: Chats, post: Post, log: WireLog) -> None:
        self.chats = chats
        self.post = post
        self.log = log

    def disturb(self, rng: Random) -> None:
        """Drop a connection or refuse a request, now or at the next opportunity."""
        faults: dict[str, Callable[[], None]] = {
            "imap-cut": self.post.drop_connections,
            "letter-refused-for-now": lambda: self.post.fail_data.append("451 4.3.0 later, please"),
            "letter-taken-then-cut": self._cut_after_data,
            "bubble-cut": lambda: self.chats.drop_next("sendMessage"),
            "bubble-taken-then-cut": lambda: self.chats.drop_next("sendMessage", after=True),
            "edit-cut": lambda: self.chats.drop_next("editMessageText", after=rng.random() < 0.5),
            "updates-cut": lambda: self.chats.drop_next("getUpdates", after=True),
            "bad-gateway": lambda: self.chats.fail_next("sendMessage", 502, "Bad Gateway"),
            "too-many": lambda: self.chats.fail_next(
                "sendMessage", 429, "Too Many Requests: retry after 1", {"retry_after": 1}
            ),
        }
        name = rng.choice(list(faults))
        self.log.remark("disturbed", how=name)
        faults[name]()

    def _cut_after_data(self) -> None:
        self.post.drop_after_data += 1

    def calm(self) -> None:
        """No more faults from now on."""
        self.chats._faults.clear()
        self.post.fail_data.clear()
        self.post.drop_after_data = 0

    def environment(self, folder: Path, clock: SimulatedClock, port: int, pace: float) -> dict[str, str]:
        """All settings of the assistant."""
        return {
            "ALLIANCE_NAME": "Wirtschaftsallianz Beispielstadt",
            "DATA_FOLDER": str(folder),
            "HTTP_PORT": str(port),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": self.chats.base_url,
            "TELEGRAM_FILE_URL": self.chats.base_file_url,
            "MAIL_ADDRESS": ASSISTANT,
            "MAIL_PASSWORD": PASSWORD,
            "MAIL_PLUS_ADDRESSES": "true",
            "IMAP_HOST": self.post.host,
            "IMAP_PORT": str(self.post.imap_port),
            "IMAP_TLS": "none",
            "SMTP_HOST": self.post.host,
            "SMTP_PORT": str(self.post.smtp_port),
            "SMTP_TLS": "none",
            "CLOCK_FILE": str(clock.file),
            "CLOCK_PACE": str(pace),
            "PATH": "/usr/bin:/bin",
        }


@asynccontextmanager
async def outside(clock: SimulatedClock, log: WireLog) -> AsyncIterator[Outside]:
    """The stand-ins, open for business."""
    chats = Chats(clock, log)
    await chats.start()
    try:
        post = Post(clock, log)
        await asyncio.to_thread(post.start)
        try:
            yield Outside(chats, post, log)
        finally:
            await asyncio.to_thread(post.stop)
    finally:
        await chats.stop()
