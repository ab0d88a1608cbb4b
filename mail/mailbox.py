"""The mailbox: one thread watches it, keeps every letter raw, and files it only after that."""

from __future__ import annotations

import random
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import structlog
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from mail.fetching import INBOX, Fetching
from store.database import Database

log = structlog.get_logger()

Tls = Literal["tls", "starttls", "none"]

CONNECT_PATIENCE = 15.0  # seconds
READ_PATIENCE = 60.0
IDLE_RENEWAL = 60.0  # far below RFC 2177's 29 minutes: it also ends any wait for a wake-up that was lost
POLL = 20.0  # seconds between two looks at a server without IDLE
FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
LOGIN_DELAY = 300.0  # a refused login is repeated slowly, or the account gets locked
PASSING = ("UNAVAILABLE", "INUSE", "LIMIT")  # RFC 5530: not the password's fault


@dataclass(frozen=True)
class MailboxSettings:
    """Where letters come in; ``done_folder`` is written with "/" whatever the server's delimiter is."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Tls = "tls"
    cafile: str = ""
    done_folder: str = "Zukunftsplan/erledigt"

    @property
    def name(self) -> str:
        """What the cursor in the database is kept under."""
        return f"{self.user}@{self.host}"


class MailboxReader:
    """Reads one mailbox into the inbox. ``on_kept`` is called from this reader's thread after each commit.

    ``trouble`` is "" or one of login, tls, unreachable, error; ``watching`` is set while connected and caught up.
    """

    def __init__(
        self,
        settings: MailboxSettings,
        database: Database,
        on_kept: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._database = database
        self._on_kept = on_kept
        self._clock = clock
        self._bell, self._cord = socket.socketpair()
        self._bell.setblocking(False)
        self._cord.setblocking(False)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="mailbox", daemon=True)
        self.watching = threading.Event()
        self.trouble = ""

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self, timeout: float = 3.5) -> None:
        """Stop watching; waits up to ``timeout`` seconds for the thread."""
        self._stopping = True
        self.wake()
        if self._thread.is_alive():
            self._thread.join(timeout)
        if not self._thread.is_alive():
            self._bell.close()
            self._cord.close()

    def wake(self) -> None:
        """Look at the mailbox now. From any thread."""
        with suppress(OSError):  # full of wishes already, or closed
            self._cord.send(b"!")

    @property
    def healthy(self) -> bool:
        """Whether the mailbox is being watched."""
        return self._thread.is_alive() and not self.trouble

    # --- the thread

    def _run(self) -> None:
        delay = FIRST_DELAY
        while not self._stopping:
            began = time.monotonic()
            trouble = self._attempt()
            if time.monotonic() - began > LONGEST_DELAY:
                delay = FIRST_DELAY
            self._rest(LOGIN_DELAY if trouble == "login" else delay * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
            delay = min(delay * 2, LONGEST_DELAY)

    def _attempt(self) -> str:
        """Watch until the connection ends; returns what ended it."""
        try:
            self._visit()
            trouble, error = "", None
        except Exception as caught:  # a dead thread would lose letters: whatever it was, connect anew
            trouble, error = _trouble(caught), caught
        self.watching.clear()
        self._tell(trouble, error)
        return trouble

    def _tell(self, trouble: str, error: Exception | None = None) -> None:
        """Say what is wrong, once for each change."""
        if trouble == self.trouble:
            return
        if error is None:
            log.info("the mailbox is watched again", action="mailbox-recovered")
        else:
            # the server's own words may hold an address
            log.error(
                "the mailbox cannot be read", action="mailbox-trouble", reason=trouble, error=type(error).__name__
            )
        self.trouble = trouble

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping and (left := until - time.monotonic()) > 0:
            self._wait([self._bell], left)

    # --- one connection

    def _visit(self) -> None:
        client = self._connect()
        try:
            client.login(self._settings.user, self._settings.password)
            settings = self._settings
            self._watch(client, Fetching(client, self._database, settings.name, settings.done_folder, self._clock))
        finally:
            with suppress(Exception):  # the connection may be in any state
                client.logout() if self._stopping else client.shutdown()

    def _connect(self) -> IMAPClient:
        settings = self._settings
        context = None if settings.tls == "none" else ssl.create_default_context(cafile=settings.cafile or None)
        client = IMAPClient(
            settings.host,
            settings.port,
            ssl=settings.tls == "tls",
            ssl_context=context if settings.tls == "tls" else None,
            timeout=SocketTimeout(connect=CONNECT_PATIENCE, read=READ_PATIENCE),
        )
        if settings.tls == "starttls":
            client.starttls(context)
        wire = client.socket()
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return client

    def _watch(self, client: IMAPClient, fetching: Fetching) -> None:
        idles = client.has_capability("IDLE")
        fetching.file_leftovers()
        while not self._stopping:
            # SELECT is an atomic view of UIDNEXT; a SEARCH may swallow the news of a letter that comes during it
            if fetching.keep_new(client.select_folder(INBOX)):
                self._on_kept()
                fetching.file_kept()
                continue
            self._tell("")
            self.watching.set()
            if idles:
                self._idle(client)
            else:
                self._wait([self._bell], POLL)

    def _idle(self, client: IMAPClient) -> None:
        client.idle()
        if not _has_buffered(client):
            self._wait([client.socket(), self._bell], IDLE_RENEWAL)
        client.idle_done()  # blocking reads: a lost connection or half a line comes out right here

    def _wait(self, sources: list[Any], seconds: float) -> None:
        ready, _, _ = select.select(sources, [], [], seconds)
        if self._bell in ready:
            with suppress(BlockingIOError):
                self._bell.recv(4096)


def _has_buffered(client: IMAPClient) -> bool:
    """Whether news lie in imaplib's buffer, where select() does not see them: Dovecot sends them with "+ idling".

    The attribute is private; where it is missing, the renewal of IDLE finds the letter.
    """
    peek = getattr(getattr(client._imap, "file", None), "peek", None)
    if peek is None:
        return False
    wire = client.socket()
    patience = wire.gettimeout()
    try:
        wire.setblocking(False)
        return bool(peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        wire.settimeout(patience)


def _trouble(error: Exception) -> str:
    if isinstance(error, LoginError):
        # imapclient also calls it a LoginError when the connection broke or the server was busy
        passing = isinstance(error.__context__, IMAPClientAbortError) or any(word in str(error) for word in PASSING)
        return "unreachable" if passing else "login"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "tls"
    return "unreachable" if isinstance(error, IMAPClientError | OSError) else "error"
