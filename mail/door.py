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
from mail.pace import whole
from store import outbox
from store.database import Database
from store.outbox import Letter, Outcome

GRACE = 3.5  # seconds that a stop waits for the letters in hand


class MailDoor:
    """Start it in the event loop; ``deliver`` is what the outbox's sender calls.

    Of several instances on one database only the one that leads reads the mailbox; ``alone`` says that there is none
    but us. ``share`` is our part of what the mail server allows.
    """

    def __init__(  # noqa: PLR0913  (each is a part of its own)
        self,
        database: Database,
        desk: Desk,
        mailbox: MailboxSettings,
        smtp: SmtpSettings,
        sender: Sender,
        clock: Callable[[], datetime],
        *,
        alone: bool = True,
        share: Callable[[], float] = whole,
    ) -> None:
        self._database = database
        self._alone = alone
        own = Identity(sender.address, mailbox.auth_server)

        def reading() -> tuple[IncomingLetters, MailboxReader]:
            return IncomingLetters(database, desk, own, clock), MailboxReader(mailbox, database, self._kept, clock)

        self._reading = reading
        self.incoming, self.mailbox = self._reading()
        self._ended = False
        self._delivery = MailDelivery(smtp, sender, clock, share)
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Let letters out; who is alone lets them in as well."""
        self._loop = asyncio.get_running_loop()
        if self._alone:
            await self.lead()

    async def lead(self) -> None:
        """Watch the mailbox, and work off what somebody else has left."""
        if self._ended:  # a thread can be started but once
            self.incoming, self.mailbox = self._reading()
            self._ended = False
        if self._worker is None:
            self._worker = self._loop.create_task(self.incoming.run())
            self.mailbox.start()

    async def follow(self) -> None:
        """Leave the mailbox to another instance: stop fetching, finish the letter in hand."""
        worker, self._worker, self._ended = self._worker, None, True
        self.incoming.stop()
        await asyncio.to_thread(self.mailbox.stop)
        self.mailbox.trouble = ""
        if worker:
            with suppress(TimeoutError):
                await asyncio.wait_for(worker, GRACE)

    async def stop(self) -> None:
        """Stop fetching, finish the letter in hand, hang up."""
        await self.follow()
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

    async def take_up(self) -> None:
        """Work off what was set going again."""
        self.incoming.nudge()

    @property
    def ways(self) -> dict[str, str | None]:
        """Of "imap" and "smtp" why it is dead; "" when it works, None while it has not been seen to work."""
        reads, sends = self.mailbox.watching.is_set(), self._delivery.proved
        found = {"imap": (self.mailbox.trouble, reads), "smtp": (self._delivery.trouble, sends)}
        return {way: trouble or ("" if works else None) for way, (trouble, works) in found.items()}

    @property
    def healthy(self) -> bool:
        """Whether letters come in and go out."""
        follows = self._worker is None and not self._alone
        return (follows or self.mailbox.healthy) and not self.troubles

    def _kept(self) -> None:
        # called from the mailbox's thread; the loop may be closing already
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.incoming.nudge)
