"""The mailbox: one thread watches it, keeps every letter raw, and files it once it is dealt with."""

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
from typing import Any

import structlog
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from mail import connecting
from mail.connecting import Account, Unconnected
from mail.fetching import Fetching, Obstacles
from mail.filing import Filing, Folders
from mail.purging import Agenda, Ages, Purging
from store.database import Database

log = structlog.get_logger()

CONNECT_PATIENCE = 15.0  # seconds
READ_PATIENCE = 60.0
IDLE_RENEWAL = 60.0  # far below RFC 2177's 29 minutes: it also ends any wait for a wake-up that was lost
POLL = 30.0  # seconds between two looks at a server without IDLE
FILING = 0.5  # seconds until the first look whether letters are dealt with, doubled each time
FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
LOGIN_DELAY = 300.0  # a refused login is repeated slowly, or the account gets locked
THROTTLED_DELAY = 180.0  # Exchange wants minutes without a connection, or it goes on refusing
LONGEST_WISH = 3600.0  # of a server that names its own delay


@dataclass(frozen=True)
class MailboxSettings(Account):
    """Where letters come in, and where they are filed.

    ``auth_server`` is the name under which our mail server writes what it thinks of a sender (RFC 8601).
    """

    folders: Folders = field(default_factory=Folders)
    ages: Ages = field(default_factory=Ages)
    auth_server: str = ""

    @property
    def name(self) -> str:
        """What the cursor in the database is kept under."""
        return f"{self.user}@{self.host}"


class MailboxReader:
    """Reads one mailbox into the inbox. ``on_kept`` is called from this reader's thread after each commit.

    ``trouble`` is "", unreachable, error, or one that :mod:`mail.connecting` names; ``watching`` is set while connected
    and caught up.
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
        self._obstacles = Obstacles()
        self._agenda = Agenda(settings.name, settings.ages.zone, clock)
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
            wish = self._attempt()
            if time.monotonic() - began > LONGEST_DELAY:
                delay = FIRST_DELAY
            self._rest(max(wish, delay * random.uniform(0.5, 1.0)))  # noqa: S311 - jitter
            delay = min(delay * 2, LONGEST_DELAY)

    def _attempt(self) -> float:
        """Watch until the connection ends; returns how many seconds the next one should wait at least."""
        try:
            self._visit()
            trouble, wish, error = "", 0.0, None
        except Exception as caught:  # a dead thread would lose letters: whatever it was, connect anew
            (trouble, wish), error = _trouble(caught), caught
        self.watching.clear()
        self._tell(trouble, error)
        return wish

    def _tell(self, trouble: str, error: Exception | None = None) -> None:
        """Say what is wrong, once for each change."""
        if trouble == self.trouble:
            return
        if error is None:
            log.info("the mailbox is watched again", action="mailbox-recovered")
        else:
            # the server's own words may hold an address
            kind = error.reason if isinstance(error, Unconnected) else type(error).__name__
            log.error("the mailbox cannot be read", action="mailbox-trouble", reason=trouble, error=kind)
        self.trouble = trouble

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping and (left := until - time.monotonic()) > 0:
            self._wait([self._bell], left)

    # --- one connection

    def _visit(self) -> None:
        client = connecting.imap(self._settings, SocketTimeout(connect=CONNECT_PATIENCE, read=READ_PATIENCE))
        try:
            self._watch(client)
        finally:
            with suppress(Exception):  # the connection may be in any state
                client.logout() if self._stopping else client.shutdown()

    def _watch(self, client: IMAPClient) -> None:
        fetching = Fetching(client, self._database, self._settings.name, self._clock, self._obstacles)
        filing = Filing(client, self._database, self._settings.folders)
        purging = self._purging(client, filing)
        filing.expect_known(fetching.leftovers(fetching.look()))
        patience = FILING
        while not self._stopping:
            if fetching.keep_new(fetching.look(), filing):
                self._on_kept()
                patience = FILING
                continue
            if fetching.read_only:
                filing.forget()
            if filing.file_finished():
                continue  # what was announced meanwhile is not announced again in IDLE
            if not filing.waiting and purging.work():  # what is still to be filed may be from somebody erased
                continue
            self._tell("")
            self.watching.set()
            self._wait_for_news(client, patience if filing.waiting else IDLE_RENEWAL)
            patience *= 2

    def _purging(self, client: IMAPClient, filing: Filing) -> Purging:
        done, office, unreadable = filing.names
        return Purging(client, self._database, self._settings.ages.of(done, unreadable, office), self._agenda)

    def _wait_for_news(self, client: IMAPClient, patience: float) -> None:
        if client.has_capability("IDLE"):
            self._idle(client, min(patience, IDLE_RENEWAL))
        else:
            self._wait([self._bell], min(patience, POLL))

    def _idle(self, client: IMAPClient, patience: float) -> None:
        client.idle()
        if not _has_buffered(client):
            self._wait([client.socket(), self._bell], patience)
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


def _trouble(error: Exception) -> tuple[str, float]:
    """What to call it, and how many seconds to wait at least."""
    if not isinstance(error, Unconnected | IMAPClientError | OSError):
        return "error", 0.0
    failed = connecting.named(error)
    if failed.passing or (failed.trouble == "tls" and not isinstance(error, Unconnected)):  # it broke while in use
        return "unreachable", 0.0
    if failed.trouble == "throttled":
        return "throttled", min(max(failed.wait, THROTTLED_DELAY), LONGEST_WISH)
    return failed.trouble, 0.0 if failed.trouble == "tls" else LOGIN_DELAY
