"""Tries the ways in and out of the mailbox as the assistant uses them, without fetching or sending a letter."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException, SMTPSenderRefused
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError, LoginError

from mail.delivery import SmtpSettings
from mail.fetching import INBOX
from mail.mailbox import PASSING, MailboxSettings

Trouble = Literal[
    "", "network", "tls", "login", "login-required", "login-missing", "sender", "inbox", "inbox-read-only"
]
Reason = Literal[
    "", "name", "refused", "timeout", "lost", "odd", "idle",
    "certificate", "handshake", "not-offered", "required", "ca-file",
]  # fmt: skip
Lack = Literal["idle", "move"]

PATIENCE = 10.0  # seconds for a connection or an answer
AUTHENTICATION_REQUIRED = 530  # RFC 4954, 6


@dataclass(frozen=True)
class Probe:
    """How it went. ``reason`` says more about network and tls; ``lacks`` is what the server does without."""

    trouble: Trouble = ""
    reason: Reason = ""
    lacks: tuple[Lack, ...] = ()


class _Failed(Exception):
    def __init__(self, trouble: Trouble, reason: Reason = "") -> None:
        super().__init__(trouble, reason)
        self.probe = Probe(trouble, reason)


# --- out: SMTP


async def probe_smtp(settings: SmtpSettings, sender: str) -> Probe:
    """Connect, secure, log in, and ask whether letters of ``sender`` are welcome."""
    try:
        context = await asyncio.to_thread(_context, settings.tls, settings.cafile)
        line = await asyncio.to_thread(_reach, settings.host, settings.port)
        client = SMTP(
            hostname=settings.host,
            sock=line,
            local_hostname=sender.rpartition("@")[2],
            timeout=PATIENCE,
            use_tls=settings.tls == "tls",
            start_tls=False,  # done by hand, to see which step fails
            tls_context=context,
        )
        await _talk_smtp(client, settings, sender)
    except _Failed as failed:
        return failed.probe
    except (SMTPException, OSError, ValueError) as error:
        return _broken(error)
    return Probe()


def _reach(host: str, port: int) -> socket.socket:
    """A connection made by hand: asyncio's error does not tell a refusal when a host has several addresses."""
    line = socket.create_connection((host, port), timeout=PATIENCE)
    line.setblocking(False)
    return line


async def _talk_smtp(client: SMTP, settings: SmtpSettings, sender: str) -> None:
    try:
        await client.connect()
        await client.ehlo()
        if settings.tls == "starttls":
            await _start_tls(client)
        if settings.user:
            await _log_in(client, settings)
        await _introduce(client, sender)
        await client.quit()
    finally:
        client.close()


async def _start_tls(client: SMTP) -> None:
    if not client.supports_extension("starttls"):
        raise _Failed("tls", "not-offered")
    try:
        await client.starttls()
    except SMTPResponseException:
        raise _Failed("tls", "not-offered") from None
    await client.ehlo()  # what was said before does not count any more (RFC 3207, 4.2)


async def _log_in(client: SMTP, settings: SmtpSettings) -> None:
    if not client.supported_auth_methods:
        raise _Failed("tls", "required") if settings.tls == "none" else _Failed("login-missing")
    try:
        await client.login(settings.user, settings.password)
    except SMTPAuthenticationError as refusal:
        raise _Failed("network", "odd") if refusal.code < 500 else _Failed("login") from None
    except ValueError:  # signs the library cannot send
        raise _Failed("login") from None


async def _introduce(client: SMTP, sender: str) -> None:
    try:
        await client.mail(sender)
    except SMTPSenderRefused as refusal:
        if refusal.code == AUTHENTICATION_REQUIRED:
            raise _Failed("login-required") from None
        raise _Failed("network", "odd") if refusal.code < 500 else _Failed("sender") from None
    await client.rset()


# --- in: IMAP


async def probe_imap(settings: MailboxSettings) -> Probe:
    """Connect, secure, log in, open the INBOX, and idle for a moment."""
    return await asyncio.to_thread(_probe_imap, settings)


def _probe_imap(settings: MailboxSettings) -> Probe:
    try:
        context = _context(settings.tls, settings.cafile)
        client = IMAPClient(
            settings.host,
            settings.port,
            ssl=settings.tls == "tls",
            ssl_context=context if settings.tls == "tls" else None,
            timeout=SocketTimeout(connect=PATIENCE, read=PATIENCE),
        )
        try:
            return _talk_imap(client, settings, context)
        finally:
            with suppress(Exception):  # the connection may be in any state
                client.shutdown()
    except _Failed as failed:
        return failed.probe
    except (IMAPClientError, OSError, ValueError) as error:
        return _broken(error)


def _talk_imap(client: IMAPClient, settings: MailboxSettings, context: ssl.SSLContext | None) -> Probe:
    if settings.tls == "starttls":
        _secure(client, context)
    if client.has_capability("LOGINDISABLED"):  # RFC 9051, 6.2.3
        raise _Failed("tls", "required")
    _log_into(client, settings)
    lacks = _open_inbox(client)
    if "idle" not in lacks:
        _idle(client)
    client.logout()
    return Probe(lacks=lacks)


def _secure(client: IMAPClient, context: ssl.SSLContext | None) -> None:
    if not client.has_capability("STARTTLS"):
        raise _Failed("tls", "not-offered")
    try:
        client.starttls(context)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise _Failed("tls", "not-offered") from None


def _log_into(client: IMAPClient, settings: MailboxSettings) -> None:
    try:
        client.login(settings.user, settings.password)
    except LoginError as error:
        # imapclient also calls it a LoginError when the connection broke or the server was busy
        if isinstance(error.__context__, IMAPClientAbortError):
            raise _Failed("network", "lost") from None
        raise _Failed("network", "odd") if any(word in str(error) for word in PASSING) else _Failed("login") from None
    except ValueError:  # signs the library cannot send
        raise _Failed("login") from None


def _open_inbox(client: IMAPClient) -> tuple[Lack, ...]:
    """What the server does without, as far as it concerns us."""
    try:
        client.select_folder(INBOX)
    except IMAPClientReadOnlyError:
        raise _Failed("inbox-read-only") from None
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise _Failed("inbox") from None
    wanted: tuple[Lack, ...] = ("idle", "move")
    return tuple(lack for lack in wanted if not client.has_capability(lack.upper()))


def _idle(client: IMAPClient) -> None:
    try:
        client.idle()
        client.idle_done()
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise _Failed("network", "idle") from None


# --- both


def _context(tls: str, cafile: str) -> ssl.SSLContext | None:
    if tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=cafile or None)
    except OSError:
        raise _Failed("tls", "ca-file") from None


def _broken(error: Exception) -> Probe:
    """What ended a connection; never the server's own words, which may hold an address."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return Probe("tls", "certificate")
            case ssl.SSLError():
                return Probe("tls", "handshake")
            case socket.gaierror() | UnicodeError():
                return Probe("network", "name")
            case ConnectionRefusedError():
                return Probe("network", "refused")
            case TimeoutError():
                return Probe("network", "timeout")
            case SMTPResponseException():
                return Probe("network", "odd")
    return Probe("network", "lost")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
