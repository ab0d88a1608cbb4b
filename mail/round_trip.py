"""A letter to ourselves: out by SMTP, back by IMAP, to see whether it arrives and what our own server thinks of it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Literal

from aiosmtplib import SMTPException
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from alliance.notes import Note
from alliance.packing import pack
from mail import connecting, reading
from mail.connecting import Unconnected
from mail.delivery import SmtpSettings
from mail.fetching import INBOX
from mail.letterhead import Sender, said
from mail.letters import compose
from mail.mailbox import MailboxSettings
from store.outbox import Channel, Letter, new_token

WAIT = 60.0  # seconds for the letter to arrive
PATIENCE = 10.0  # seconds for a connection or an answer
PAUSE = 0.5  # seconds between two looks

SPAM = {"junk", "spam", "junk-e-mail", "junk email", "bulk mail", "spamverdacht"}


@dataclass(frozen=True)
class Trip:
    """How it ended; ``head`` are the headers of the letter that arrived."""

    trouble: Literal["", "unsent", "unread", "lost", "spam"] = ""
    head: Message | None = None


async def letter_to_ourselves(
    smtp: SmtpSettings, mailbox: MailboxSettings, sender: Sender, language: str, now: datetime, wait: float = WAIT
) -> Trip:
    """Send a letter like any other of ours to our own address and wait for it. It is left where it arrives."""
    token = new_token()
    try:
        watch = await asyncio.to_thread(_Watch, mailbox)
    except (Unconnected, IMAPClientError, OSError):
        return Trip("unread")
    try:
        await _send(smtp, sender, _letter(sender, token, language, now))
        return await asyncio.to_thread(watch.wait, token.encode(), wait)
    except (Unconnected, SMTPException):
        return Trip("unsent")
    except (IMAPClientError, OSError):
        return Trip("unread")
    finally:
        await asyncio.to_thread(watch.close)


def _letter(sender: Sender, token: str, language: str, now: datetime) -> bytes:
    note = Note(said(language, "mail-self-test-title"), (said(language, "mail-self-test-line"),), language=language)
    row = Letter(id=0, key="", channel=Channel.MAIL, to=sender.address, note=pack(note), token=token,
                 in_reply_to="", person_id=None, made_at=now, tries=1)  # fmt: skip
    return compose(row, [], sender, now)


async def _send(settings: SmtpSettings, sender: Sender, letter: bytes) -> None:
    try:
        line = await connecting.smtp(settings, sender.address.rpartition("@")[2], PATIENCE)
        try:
            await line.sendmail(sender.address, [sender.address], letter)
            await line.quit()
        finally:
            line.close()
    except (OSError, ValueError) as error:
        raise Unconnected("network", "lost") from error


class _Watch:
    """The folders in which the letter may turn up, and what they held before. Raises what imapclient raises."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._client = connecting.imap(settings, SocketTimeout(PATIENCE, PATIENCE))
        try:
            self._spam, folders = _folders(self._client, settings)
            self._next = {folder: self._uid_next(folder) for folder in folders}
        except BaseException:
            self.close()
            raise

    def _uid_next(self, folder: str) -> int:
        return int(self._client.folder_status(folder, ["UIDNEXT"])[b"UIDNEXT"])

    def wait(self, token: bytes, seconds: float) -> Trip:
        """Look again and again for a letter that bears the token."""
        until = time.monotonic() + seconds
        while True:
            for folder in self._next:
                if head := self._find(folder, token):
                    return Trip("spam" if folder in self._spam else "", reading.head(head))
            if time.monotonic() > until:
                return Trip("lost")
            time.sleep(PAUSE)

    def _find(self, folder: str, token: bytes) -> bytes:
        self._client.select_folder(folder, readonly=True)
        first = self._next[folder]
        # "n:*" always names the last letter, too
        new = [uid for uid in self._client.search(["UID", f"{first}:*"]) if uid >= first]
        found = self._client.fetch(new, ["BODY.PEEK[HEADER]"]) if new else {}
        heads = (bytes(data.get(b"BODY[HEADER]", b"")) for data in found.values())
        return next((head for head in heads if token in head), b"")

    def close(self) -> None:
        """Hang up; the connection may be in any state."""
        with suppress(Exception):
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()


def _folders(client: IMAPClient, settings: MailboxSettings) -> tuple[set[str], list[str]]:
    """The spam folders; and all to look into: also where a running assistant files what it has fetched."""
    ours = {settings.folders.done, settings.folders.office, settings.folders.quarantine}
    spam: set[str] = set()
    filed: list[str] = []
    for flags, delimiter, name in client.list_folders():
        between = delimiter.decode() if delimiter else "/"
        if b"\\Junk" in flags or name.rpartition(between)[2].lower() in SPAM:
            spam.add(name)
        elif name.removeprefix(f"{INBOX}{between}").replace(between, "/") in ours:
            filed.append(name)
    return spam, [INBOX, *filed, *sorted(spam)]
