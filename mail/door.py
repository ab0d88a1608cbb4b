"""The mail door as a whole: letters in, letters out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from mail.contents import Identity
from mail.delivery import MailDelivery, SmtpSettings
from mail.incoming import Desk, IncomingLetters
from mail.letters import Paper, Sender
from mail.mailbox import MailboxReader, MailboxSettings
from store import outbox
from store.database import Database
from store.outbox import Letter, Outcome

GRACE = 3.5  # seconds that a stop waits for the letters in hand


class MailDoor:
    """Start it in the event loop; ``deliver`` is what the outbox's sender calls."""

    def __init__(
        self,
        database: Database,
        desk: Desk,
        mailbox: MailboxSettings,
        smtp: SmtpSettings,
        sender: Sender,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        own = Identity(sender.address, mailbox.auth_server)
        self.incoming = IncomingLetters(database, desk, own, clock)
        self.mailbox = MailboxReader(mailbox, database, self._kept, clock)
        self._delivery = MailDelivery(smtp, sender, clock)
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Watch the mailbox, and work off what a former process has left."""
        self._loop = asyncio.get_running_loop()
        self._worker = self._loop.create_task(self.incoming.run())
        self.mailbox.start()

    async def stop(self) -> None:
        """Stop fetching, finish the letter in hand, hang up."""
        self.incoming.stop()
        await asyncio.to_thread(self.mailbox.stop)
        if self._worker:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._worker, GRACE)
        await self._delivery.close()

    async def deliver(self, letter: Letter, papers: list[Paper]) -> Outcome:
        """Send one letter and say how it ended."""
        return await self._delivery.deliver(letter, papers, await self._organizer(letter))

    async def _organizer(self, letter: Letter) -> str:
        """Whom a calendar's answers go to: the same for an invitation and all that follows it."""
        calendar = letter.note.get("calendar")
        if not isinstance(calendar, dict) or not (uid := str(calendar.get("uid", ""))):
            return ""
        return await self._database.read(lambda session: outbox.first_about(session, letter, uid))

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is wrong: "imap: login", "smtp: tls" …; empty while all is well."""
        ways = (("imap", self.mailbox.trouble), ("smtp", self._delivery.trouble))
        return tuple(f"{way}: {trouble}" for way, trouble in ways if trouble)

    @property
    def healthy(self) -> bool:
        """Whether letters come in and go out."""
        return self.mailbox.healthy and not self.troubles

    def _kept(self) -> None:
        # called from the mailbox's thread; the loop may be closing already
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.incoming.nudge)
