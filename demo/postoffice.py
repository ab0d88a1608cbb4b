"""A post office for one process: SMTP in, IMAP out, every letter remembered; it stands in for the world's mail."""

from __future__ import annotations

import asyncio
import threading
import time
from argparse import Namespace
from collections import defaultdict
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TypeVar
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet, Message
from pymap.concurrent import Event, Subsystem
from pymap.imap import IMAPServer
from pymap.mime import MessageBody, MessageContent, MessageHeader
from pymap.parsing.specials import ObjectId
from pymap.selected import SelectedMailbox
from pymap.user import UserMetadata
from pysasl.creds.server import ServerCredentials
from pysasl.hashing import Cleartext

HOST = "127.0.0.1"
CATCH_ALL_PASSWORD = "secret"  # noqa: S105 - mailboxes of made-up people on loopback
BIGGEST_LETTER = 50 * 1024 * 1024
MOST_PARTS = 300
PATIENCE = 10.0  # seconds a caller waits for the mail thread
POLL = 0.05  # seconds between two looks at a condition that no delivery announces

Answer = TypeVar("Answer")
Listener = Callable[[str], None]


@dataclass(frozen=True)
class Letter:
    """One delivered letter: its UID in the INBOX it came to, its bytes there, and the envelope sender ("" for none)."""

    uid: int
    raw: bytes
    arrived_at: datetime
    sender: str


def base_address(address: str) -> str:
    """The mailbox a (plus-)address belongs to: Office+token@Example.org -> office@example.org (RFC 5233)."""
    local, _, domain = address.lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _now() -> datetime:
    return datetime.now(UTC)


# --- IMAP: pymap with its gaps closed ----------------------------------------------------------------------------


class _Mailbox(MailboxData):
    async def update_selected(self, selected: SelectedMailbox, *, wait_on: Event | None = None) -> SelectedMailbox:
        # pymap's IDLE waits for the next change and would sleep over one that came just before the IDLE command
        seen = selected.mod_sequence
        missed = seen is not None and seen < self._mod_sequences.highest
        return await super().update_selected(selected, wait_on=None if missed else wait_on)

    async def put(self, raw: bytes, arrived_at: datetime) -> int:
        """Append one letter as it is and return its UID."""
        content = _content(raw)
        email_id, thread_id = self._content_cache.add(content), self._thread_cache.add(content)
        async with self.messages_lock.write_lock():
            self._max_uid = uid = self._max_uid + 1
            self._messages[uid] = Message(
                uid, arrived_at, (), email_id=email_id, thread_id=thread_id, recent=True, content=content
            )
            self._mod_sequences.update([uid])
            self._updated.set()
        return uid

    async def contents(self) -> list[bytes]:
        return [bytes(message._content) async for message in self.messages() if message._content is not None]


def _content(raw: bytes) -> MessageContent:
    if raw.count(b"\n--") <= MOST_PARTS:
        content = MessageContent.parse(raw)
        content._raw = memoryview(raw)  # pymap cuts the last byte off a letter that has no body
        return content
    # pymap walks the parts recursively: thousands of them would stop the mail thread, so they stay one opaque body
    lines = MessageContent._find_lines(raw)
    head, body = MessageContent._split_lines(raw, lines)
    header = MessageHeader._parse(raw, memoryview(raw), head)
    return MessageContent(raw, header, MessageBody(raw, body, MessageBody._parse_content_type("text/plain"), []))


class _Mailboxes(MailboxSet):
    def __init__(self) -> None:
        super().__init__()
        self._inbox: _Mailbox = _Mailbox(self._content_cache, self._thread_cache)

    @property
    def inbox(self) -> _Mailbox:
        return self._inbox

    async def add_mailbox(self, name: str) -> ObjectId:
        await super().add_mailbox(name)
        self._set[name] = mailbox = _Mailbox(self._content_cache, self._thread_cache)
        return mailbox.mailbox_id

    async def contents(self, name: str) -> list[bytes]:
        try:
            mailbox = await self.get_mailbox(name)
        except KeyError:
            return []
        assert isinstance(mailbox, _Mailbox)
        return await mailbox.contents()


class _Config(Config):
    @property
    def greeting(self) -> bytes:
        return b"Post office ready"  # pymap would look up our host name, which stalls without DNS


class _Directory(Login):
    """Who has a mailbox, opened when first needed."""

    def __init__(self, passwords: dict[str, str], default: str | None) -> None:
        args = Namespace(host=HOST, port=0, debug=False, cert=None, key=None, tls=False, passlib_cfg=None,
                         proxy_protocol=None, demo_data=False, demo_user="", demo_password="")  # fmt: skip
        # clear text passwords, checked in this thread: no hashing, no thread pool that outlives us
        cheap = {"hash_context": Cleartext(), "cpu_subsystem": Subsystem.for_asyncio(), "invalid_user_sleep": 0.0}
        super().__init__(_Config.from_args(args, **cheap))
        self._known = passwords
        self._default = default

    def password(self, address: str) -> str | None:
        return self._known.get(base_address(address), self._default)

    def open(self, name: str) -> _Mailboxes | None:
        """The mailboxes of an address or login name; None when nobody lives there."""
        password = self.password(name)
        if password is None:
            return None
        cache = self.config.set_cache
        cache[name] = cache.setdefault(base_address(name), (_Mailboxes(), FilterSet()))
        self.users_dict.setdefault(name, UserMetadata(self.config, name, password=password))
        mailboxes = cache[name][0]
        assert isinstance(mailboxes, _Mailboxes)
        return mailboxes

    async def authenticate(self, credentials: ServerCredentials) -> Any:
        self.open(credentials.authcid)
        return await super().authenticate(credentials)


# --- SMTP: what aiosmtpd asks us ---------------------------------------------------------------------------------


class _Reception:
    def __init__(self, office: PostOffice) -> None:
        self._office = office
        self.connections: WeakSet[SMTP] = WeakSet()

    def connection(self) -> SMTP:
        server = SMTP(
            self,
            hostname="localhost",
            data_size_limit=BIGGEST_LETTER,
            enable_SMTPUTF8=True,
            authenticator=self._check_login,
            auth_require_tls=False,
        )
        self.connections.add(server)
        return server

    def _check_login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        wanted = self._office.smtp_login
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        return AuthResult(success=wanted in (None, given), handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._office.smtp_login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self._office.refusal(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        office = self._office
        if office.fail_data:
            return office.fail_data.pop(0)
        assert isinstance(envelope.content, bytes)
        sender = (envelope.mail_from or "").strip("<>")  # aiosmtpd spells the null sender <>
        for address in envelope.rcpt_tos:
            await office.accept(address, envelope.content, sender)
        if office.drop_after_data > 0:
            office.drop_after_data -= 1
            await _hang_up(server)
        return "250 2.0.0 OK"


async def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.close()
    await asyncio.Event().wait()  # aiosmtpd cancels us as soon as the connection is gone: no answer is ever written


# --- the house ---------------------------------------------------------------------------------------------------


class PostOffice:
    """SMTP and IMAP servers on loopback in one thread of their own.

    `accounts` maps address to IMAP password. With `catch_all` every other address gets a mailbox when first used
    (password "secret"); without it, others are refused. `smtp_login` demands that login for sending; without it any
    login is welcome and none is needed. Ports of 0 pick free ones, kept over a stop and start; IMAP folders are empty
    after a restart and carry a new UIDVALIDITY, while `letters` remembers everything.
    """

    host = HOST

    def __init__(
        self,
        accounts: dict[str, str],
        *,
        catch_all: bool = True,
        smtp_login: tuple[str, str] | None = None,
        clock: Callable[[], datetime] = _now,
        imap_port: int = 0,
        smtp_port: int = 0,
    ) -> None:
        self.imap_port, self.smtp_port, self.smtp_login = imap_port, smtp_port, smtp_login
        self.refuse: dict[str, str] = {}
        self.fail_data: list[str] = []
        self.drop_after_data = 0
        self._accounts = {address.lower(): password for address, password in accounts.items()}
        self._default = CATCH_ALL_PASSWORD if catch_all else None
        self._clock = clock
        self._arrived = threading.Condition()
        self._letters: defaultdict[str, list[Letter]] = defaultdict(list)
        self._deliveries = 0
        self._listeners: list[Listener] = []
        self._thread: threading.Thread | None = None

    # --- open and close

    def start(self) -> PostOffice:
        """Open both servers; returns when they answer. Raises OSError when a port is taken."""
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), name="postoffice", daemon=True)
        self._thread.start()
        ready.result(PATIENCE)
        return self

    def stop(self) -> None:
        """Close both servers and every connection; may be called twice."""
        if self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._closing.set)
            self._thread.join(PATIENCE)

    def __enter__(self) -> PostOffice:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _serve(self, ready: Future[None]) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        self._imap_connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._directory = _Directory(self._accounts, self._default)
        self._reception = _Reception(self)
        try:
            servers = await self._listen()
        except Exception as error:
            ready.set_exception(error)  # start() raises it in the caller's thread
            return
        ready.set_result(None)
        await self._closing.wait()
        await self._close(servers)

    async def _listen(self) -> list[asyncio.Server]:
        imap = await asyncio.start_server(self._imap_connection, HOST, self.imap_port)
        self.imap_port = imap.sockets[0].getsockname()[1]
        try:
            smtp = await self._loop.create_server(self._reception.connection, HOST, self.smtp_port)
        except OSError:
            imap.close()
            raise
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        return [imap, smtp]

    async def _close(self, servers: list[asyncio.Server]) -> None:
        for server in servers:
            server.close()
        for connection in list(self._reception.connections):
            if connection.transport is not None:
                connection.transport.abort()  # type: ignore[attr-defined]
        await self._cut_imap()

    async def _imap_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # called without pymap's ProxyProtocolReader, whose tasks nobody holds: the collector kills idling connections
        task = asyncio.current_task()
        assert task is not None
        self._imap_connections[task] = writer
        peer = SocketInfo.get(writer, None, unique_id=b"%x" % id(task))
        try:
            with suppress(ConnectionError):
                await IMAPServer(self._directory, self._directory.config)(reader, writer, peer)
        finally:
            del self._imap_connections[task]
            writer.close()

    async def _cut_imap(self) -> None:
        connections = dict(self._imap_connections)
        for writer in connections.values():
            writer.transport.abort()
        await asyncio.gather(*connections, return_exceptions=True)
        await asyncio.sleep(0)  # a transport lets go of its socket in the loop's next round

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError("a listener runs in the mail thread and must not wait for it")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    # --- letters

    def letters(self, address: str) -> list[Letter]:
        """Everything ever delivered to that address or its plus-addresses, oldest first, wherever it is filed now."""
        with self._arrived:
            return list(self._letters[base_address(address)])

    def deliver(self, address: str, raw: bytes, sender: str | None = None) -> None:
        """Put a letter straight into the INBOX. Without `sender` it gets no Return-Path; "" is the null sender."""
        self._run(self.accept(address, raw, sender))

    def folder(self, address: str, name: str) -> list[bytes]:
        """The letters an IMAP folder holds now; none if there is no such folder."""
        return self._run(self._folder(address, name))

    async def _folder(self, address: str, name: str) -> list[bytes]:
        mailboxes = self._directory.open(base_address(address))
        return await mailboxes.contents(name) if mailboxes else []

    def refusal(self, address: str) -> str | None:
        """The SMTP answer that turns a recipient away, if any."""
        if self._directory.password(address) is None:
            return "550 5.1.1 no such user"
        return self.refuse.get(address) or self.refuse.get(base_address(address))

    async def accept(self, address: str, raw: bytes, sender: str | None) -> None:
        """Deliver one letter (in the mail thread). Raises KeyError when nobody lives at the address."""
        base = base_address(address)
        mailboxes = self._directory.open(base)
        if mailboxes is None:
            raise KeyError(address)
        now, stamped = self._clock(), _stamp(address, sender) + raw
        uid = await mailboxes.inbox.put(stamped, now)
        with self._arrived:
            self._letters[base].append(Letter(uid, stamped, now, sender or ""))
            self._deliveries += 1
            self._arrived.notify_all()
        for listener in list(self._listeners):
            self._loop.call_soon(listener, base)

    # --- waiting

    def wait_for(self, condition: Callable[[], bool], timeout: float = PATIENCE) -> None:
        """Block until the condition holds, looking at each delivery and in between; `timeout` in seconds.

        Raises TimeoutError.
        """
        deadline = time.monotonic() + timeout
        while True:
            seen = self._deliveries
            # the lock is not held while the condition runs: it may ask the mail thread, which needs the lock to deliver
            if condition():
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"not true within {timeout} s")
            with self._arrived:
                if self._deliveries == seen:
                    self._arrived.wait(POLL)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener, in the mail thread, with the mailbox address of each delivery; returns how to end it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def drop_connections(self) -> None:
        """Cut every IMAP connection without a word, as a broken network does."""
        self._run(self._cut_imap())


def _stamp(address: str, sender: str | None) -> bytes:
    """The trace headers of final delivery (RFC 5321, 4.4), with the full plus-address."""
    path = "" if sender is None else f"Return-Path: <{sender}>\r\n"
    return f"{path}Delivered-To: {address}\r\n".encode("utf-8", "surrogateescape")
