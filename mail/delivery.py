"""Letters out by SMTP: few connections, used again, and every way a delivery can end."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPStatus,
)

from mail import addresses, connecting
from mail.connecting import Account, Tls, Unconnected
from mail.letters import Paper, Sender, compose
from mail.pace import LONGEST_TURN, Pace, allowance, whole
from store import outbox
from store.outbox import Letter, Outcome, Result

log = structlog.get_logger()

CONNECTIONS = 2
LETTERS_PER_CONNECTION = 100
IDLE = 60.0  # seconds after which an unused connection is closed
PATIENCE = 30.0  # seconds for a connection or an answer
DATA_PATIENCE = 120.0  # seconds for the answer to a whole letter
CHANNEL_PAUSE = timedelta(minutes=5)  # after a refused login or certificate
UNREACHABLE_PAUSE = timedelta(seconds=60)  # each row keeps its own, growing delay
AMBIGUOUS = timedelta(minutes=10)  # at least, when the letter may have been accepted
POLICY = timedelta(hours=1)  # a policy refusal says nothing about the address: ask again, but seldom

_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class SmtpSettings(Account):
    """How letters leave the house."""

    tls: Tls = "starttls"
    per_minute: int | None = None  # letters; None for what is known of the host, 0 for any number


@dataclass
class _Line:
    """A connection with what it has carried."""

    smtp: SMTP
    letters: int = 0
    idle_since: float = 0.0


class MailDelivery:
    """Sends one letter to one address at a time on a few connections. ``trouble`` is "" while the channel is well.

    ``proved`` is set once a letter has gone out. ``share`` is our part of what the server allows.
    """

    def __init__(
        self, settings: SmtpSettings, sender: Sender, clock: Callable[[], datetime], share: Callable[[], float] = whole
    ) -> None:
        self._settings = settings
        self._sender = sender
        self._clock = clock
        self._free: list[_Line] = []
        self._look: asyncio.TimerHandle | None = None
        self._slots = asyncio.Semaphore(CONNECTIONS)
        self._only = asyncio.Lock()
        self._pace = Pace(allowance(settings.host, settings.per_minute), share)
        self._closed = False
        self._paused_until = 0.0
        self.trouble = ""
        self.proved = False

    async def deliver(self, letter: Letter, papers: list[Paper], organizer: str = "") -> Outcome:
        """Send one letter and say how it ended; never raises for what a server or a row does.

        ``organizer`` is as in :func:`mail.letters.compose`.
        """
        try:
            letter = replace(letter, to=addresses.checked(letter.to))
        except addresses.BadAddress:
            return Outcome(Result.NO_WAY, "bad address")
        try:
            data = compose(letter, papers, self._sender, self._clock(), organizer)
        except Exception as error:
            # the kind of error only: a traceback may hold the note
            log.error("letter cannot be written", action="compose-failed", row=letter.id, error=type(error).__name__)  # noqa: TRY400
            return Outcome(Result.REFUSED, type(error).__name__)
        wait = self._pace.turn()
        if wait > LONGEST_TURN:
            return Outcome(Result.LATER, "pace", timedelta(seconds=wait))
        await asyncio.sleep(wait)
        async with self._slots, self._only if self._pace.connections < CONNECTIONS else nullcontext():
            return await self._send(letter.to, data, letter.tries)

    async def close(self) -> None:
        """Say goodbye on every free connection, and send nothing more."""
        self._closed = True
        lines, self._free = self._free, []
        for line in lines:
            with suppress(SMTPException, OSError, TimeoutError):
                await line.smtp.quit(timeout=2)
            line.smtp.close()

    async def _send(self, to: str, data: bytes, tries: int) -> Outcome:
        if self._closed:
            return Outcome(Result.LATER, "closed")
        if asyncio.get_running_loop().time() < self._paused_until:
            return self._wait()
        line = self._unused_line()
        reused = line is not None
        try:
            line = line or await self._connect()
        except Unconnected as error:
            return self._pause(error)
        outcome = await self._transact(line, to, data, tries)
        if outcome is None and reused:  # the server had hung up meanwhile: nothing was said yet
            return await self._send(to, data, tries)
        return outcome or self._pause(ConnectionError())

    async def _transact(self, line: _Line, to: str, data: bytes, tries: int) -> Outcome | None:
        """One transaction; None when the connection was lost before the letter was handed over."""
        handed_over = False
        try:
            await _envelope(line.smtp, addresses.checked(self._sender.address), to)
            handed_over = True
            await line.smtp.data(data, timeout=DATA_PATIENCE)
        except SMTPResponseException as refusal:
            await self._after_refusal(line, refusal)
            return self._pause(refusal) if _is_ours(refusal) else verdict(refusal)
        except (SMTPException, OSError, TimeoutError, ValueError) as error:
            line.smtp.close()
            if not handed_over:
                return None
            wait = max(AMBIGUOUS, outbox.backoff(tries))
            return Outcome(Result.LATER, f"after data: {type(error).__name__}", wait, maybe_sent=True)
        self._recovered()
        self._keep(line)
        return Outcome(Result.SENT)

    # --- connections

    def _unused_line(self) -> _Line | None:
        self._close_idle()
        return self._free.pop() if self._free else None

    async def _connect(self) -> _Line:
        return _Line(await connecting.smtp(self._settings, self._sender.address.rpartition("@")[2], PATIENCE))

    def _keep(self, line: _Line) -> None:
        loop = asyncio.get_running_loop()
        line.letters += 1
        line.idle_since = loop.time()
        if line.letters >= LETTERS_PER_CONNECTION or not line.smtp.is_connected:
            line.smtp.close()
            return
        self._free.append(line)
        self._look_later()

    def _look_later(self) -> None:
        """One timer for all: a round would leave hundreds behind."""
        if self._look is None and self._free:
            soonest = min(line.idle_since for line in self._free) + IDLE
            self._look = asyncio.get_running_loop().call_at(soonest, self._look_now)

    def _look_now(self) -> None:
        self._look = None
        self._close_idle()
        self._look_later()

    def _close_idle(self) -> None:
        now = asyncio.get_running_loop().time()
        kept = [line for line in self._free if now - line.idle_since < IDLE and line.smtp.is_connected]
        for line in self._free:
            if line not in kept:
                line.smtp.close()
        self._free = kept

    async def _after_refusal(self, line: _Line, refusal: SMTPResponseException) -> None:
        """Keep a connection that only refused this letter; 421 and odd answers end it."""
        if refusal.code in {421, 503}:
            line.smtp.close()
            return
        try:
            await line.smtp.rset()
        except (SMTPException, OSError, TimeoutError):
            line.smtp.close()
        else:
            self._keep(line)

    # --- pauses of the whole channel

    def _pause(self, error: Exception) -> Outcome:
        """Nothing is wrong with this letter: the channel rests, and says so once."""
        trouble = _trouble(error)
        rest = UNREACHABLE_PAUSE if trouble == "unreachable" else CHANNEL_PAUSE
        self._paused_until = asyncio.get_running_loop().time() + rest.total_seconds()
        if trouble != self.trouble:
            log.error("letters cannot be sent", action="smtp-trouble", reason=trouble, error=_code(error))
        self.trouble = trouble
        return self._wait()

    def _wait(self) -> Outcome:
        return Outcome(Result.LATER, self.trouble, None if self.trouble == "unreachable" else CHANNEL_PAUSE)

    def _recovered(self) -> None:
        if self.trouble:
            log.info("letters can be sent again", action="smtp-recovered")
        self.trouble = ""
        self.proved = True


async def _envelope(smtp: SMTP, sender: str, to: str) -> None:
    """From whom and to whom; the library's own way takes our checked addresses apart once more for each letter."""
    answer = await smtp.execute_command(b"MAIL", f"FROM:<{sender}>".encode("ascii"))
    if answer.code != SMTPStatus.completed:
        raise SMTPSenderRefused(answer.code, answer.message, sender)
    answer = await smtp.execute_command(b"RCPT", f"TO:<{to}>".encode("ascii"))
    if answer.code not in {SMTPStatus.completed, SMTPStatus.will_forward}:
        raise SMTPRecipientRefused(answer.code, answer.message, to)


def verdict(refusal: SMTPResponseException) -> Outcome:
    """What a refusal means for this letter and its address (RFC 5321, 4.2; RFC 3463)."""
    error = _code(refusal)
    found = _ENHANCED.match(refusal.message)
    subject = found[0].split(".")[1] if found else ""
    if 400 <= refusal.code < 500 or refusal.code == 503:
        return Outcome(Result.LATER, error)
    if subject == "7" or (refusal.code == 554 and not found and isinstance(refusal, SMTPRecipientRefused)):
        return Outcome(Result.LATER, error, POLICY)
    about_address = isinstance(refusal, SMTPRecipientRefused) or subject in {"1", "2"}
    return Outcome(Result.NO_WAY if about_address else Result.REFUSED, error)


def _is_ours(refusal: SMTPResponseException) -> bool:
    """Whether the server refuses us as the sender, whatever the letter (but not for its size)."""
    if refusal.code in {530, 535}:
        return True
    too_big = refusal.code == 552 or "5.3.4" in refusal.message
    return isinstance(refusal, SMTPSenderRefused) and refusal.code >= 500 and not too_big


def _trouble(error: BaseException) -> str:
    if isinstance(error, Unconnected):
        return "unreachable" if error.passing else error.trouble
    if isinstance(error, SMTPSenderRefused | SMTPRecipientRefused | SMTPDataError):
        return "sender"
    return "unreachable"


def _code(error: BaseException) -> str:
    """Numbers and our own names only: a server's sentence may hold an address."""
    if isinstance(error, Unconnected):
        return error.reason
    if not isinstance(error, SMTPResponseException):
        return type(error).__name__
    found = _ENHANCED.match(error.message)
    return f"{error.code} {found[0]}" if found else str(error.code)
