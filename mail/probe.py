"""Tries the ways in and out of the mailbox as the assistant uses them, without fetching or sending a letter."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from aiosmtplib import SMTP, SMTPException, SMTPSenderRefused
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError

from mail import connecting
from mail.connecting import Unconnected
from mail.delivery import SmtpSettings
from mail.fetching import INBOX
from mail.mailbox import MailboxSettings

Trouble = Literal["", connecting.Trouble, "login-required", "sender", "inbox", "inbox-read-only"]
Reason = Literal[connecting.Reason, "idle"]
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
        client = await connecting.smtp(settings, sender.rpartition("@")[2], PATIENCE)
        try:
            await _introduce(client, sender)
            await client.quit()
        finally:
            client.close()
    except _Failed as failed:
        return failed.probe
    except (Unconnected, SMTPException, OSError, ValueError) as error:
        return _broken(error)
    return Probe()


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
        client = connecting.imap(settings, SocketTimeout(connect=PATIENCE, read=PATIENCE))
        try:
            return _talk_imap(client)
        finally:
            with suppress(Exception):  # the connection may be in any state
                client.shutdown()
    except _Failed as failed:
        return failed.probe
    except (Unconnected, IMAPClientError, OSError, ValueError) as error:
        return _broken(error)


def _talk_imap(client: IMAPClient) -> Probe:
    lacks = _open_inbox(client)
    if "idle" not in lacks:
        _idle(client)
    client.logout()
    return Probe(lacks=lacks)


def _open_inbox(client: IMAPClient) -> tuple[Lack, ...]:
    """What the server does without, as far as it concerns us."""
    try:
        client.select_folder(INBOX)
    except IMAPClientReadOnlyError:
        raise _Failed("inbox-read-only") from None
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        if connecting.named(error).trouble == "throttled":
            raise
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


def _broken(error: Exception) -> Probe:
    failed = connecting.named(error)
    return Probe(failed.trouble, failed.reason)
