"""Deleting letters in our own folders: what is too old, and what came from or went to an address that was erased."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError
from sqlmodel import Session

from alliance.privacy import folders, retention
from mail import addresses
from store.database import Database

log = structlog.get_logger()

CHUNK = 500  # letters in one go, between two looks at the INBOX
EVERY = 60.0  # seconds between two looks whether there is something to delete
REST = 3600.0  # seconds after a folder refused
UNREADABLE_DAYS = 30  # unless all is kept for less
NEVER = 0  # days: nothing is deleted for its age
NAMED_IN = "BODY.PEEK[HEADER.FIELDS (FROM TO CC)]"
BERLIN = ZoneInfo("Europe/Berlin")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")


@dataclass(frozen=True)
class Ages:
    """How old letters may become: ``keep_days`` (0: for ever), counted in local days."""

    keep_days: int = NEVER
    zone: ZoneInfo = BERLIN

    def of(self, filed: str, unreadable: str, office: str) -> dict[str, int]:
        """The most days for each folder; one that serves two purposes keeps its letters for the longer time."""
        days = {unreadable: min(self.keep_days, UNREADABLE_DAYS)}
        return days | dict.fromkeys((filed, office), self.keep_days)


@dataclass(frozen=True)
class Step:
    """What is to be deleted in one folder: letters from before a day, or those of an address."""

    folder: str
    before: date | None = None
    address: str = ""


class Agenda:
    """What is known beyond one connection: whose letters these are, when to look again, what was deleted until then.

    ``clock`` tells the time, ``ticks`` this process's own seconds; ``deleted`` is folder and UID, by address, "" for
    what was too old.
    """

    def __init__(
        self,
        mailbox: str,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.mailbox = mailbox
        self.zone = zone
        self.clock = clock
        self.deleted: dict[str, set[tuple[str, int]]] = {}
        self._ticks = ticks
        self._next = 0.0

    def is_time(self) -> bool:
        """Whether to look now; the next time is then set."""
        if self._ticks() < self._next:
            return False
        self._next = self._ticks() + EVERY
        return True

    def rest(self) -> None:
        """Something was refused."""
        self._next = self._ticks() + REST


class Purging:
    """One connection's work in the folders with these names and most days. Never in the INBOX."""

    def __init__(self, client: IMAPClient, database: Database, days: Mapping[str, int], agenda: Agenda) -> None:
        self._client = client
        self._database = database
        self._days = {name: most for name, most in days.items() if name and name.upper() != "INBOX"}
        self._agenda = agenda
        self._night = retention.night(agenda.clock(), agenda.zone)
        self._steps: list[Step] = []
        self._refused: set[str] = set()
        self._tried: Sequence[int] = ()

    def work(self) -> bool:
        """Delete the next batch; False when there is none. Afterwards another folder is selected."""
        if not self._steps and not self._plan():
            return False
        step = self._steps[0]
        try:
            is_last = self._delete(step)
        except IMAPClientReadOnlyError as error:
            is_last = self._refuse(step, error)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:  # a missing right: reading goes on, tidying is housekeeping
            is_last = self._refuse(step, error)
        if is_last:
            self._next_step(step)
        return True

    # --- what to do

    def _plan(self) -> bool:
        if not self._agenda.is_time():
            return False
        self._night = retention.night(self._agenda.clock(), self._agenda.zone)
        self._refused, self._tried = set(), ()
        self._steps = [
            Step(folder, address=email) for email in self._database.read_now(folders.erased) for folder in self._days
        ]
        if not self._database.read_now(self._is_tidied):
            limits = {folder: days for folder, days in self._days.items() if days != NEVER}
            self._steps += [Step(folder, self._night - timedelta(days=days)) for folder, days in limits.items()]
        return bool(self._steps)

    def _is_tidied(self, session: Session) -> bool:
        return folders.is_tidied(session, self._agenda.mailbox, self._night)

    def _next_step(self, step: Step) -> None:
        self._steps.pop(0)
        self._tried = ()
        if any(one.address == step.address for one in self._steps):
            return
        if step.address in self._refused:
            self._agenda.rest()
            return
        count = len(self._agenda.deleted.get(step.address, ()))
        self._database.write_now(lambda session: self._settle(session, step.address, count))
        self._agenda.deleted.pop(step.address, None)
        if count:
            log.info("letters deleted", action="mailbox-purged", count=count, erased=bool(step.address))

    def _settle(self, session: Session, address: str, count: int) -> None:
        now = self._agenda.clock()
        if address:
            folders.settled(session, address, count, now)
        else:
            folders.tidied(session, self._agenda.mailbox, self._night, count, now)

    def _refuse(self, step: Step, error: Exception) -> bool:
        self._refused.add(step.address)
        log.warning("letters stay in a folder", action="mailbox-purging", error=type(error).__name__)
        return True

    # --- on the server

    def _delete(self, step: Step) -> bool:
        """One batch; says whether it was the last."""
        self._client.select_folder(step.folder)
        uids = sorted(self._old(step.before) if step.before else self._of(step.address))
        batch = uids[:CHUNK]
        if batch and batch == self._tried:
            raise IMAPClientError("what was deleted is still there")
        if batch:  # noted before: the connection may break when they are gone already
            self._agenda.deleted.setdefault(step.address, set()).update((step.folder, uid) for uid in batch)
            self._remove(batch)
        self._tried = batch
        return len(uids) <= CHUNK

    def _remove(self, uids: Sequence[int]) -> None:
        self._client.add_flags(uids, [b"\\Deleted"], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)
        else:  # takes along what somebody else has marked here, as any mail program would
            self._client.expunge()

    def _old(self, before: date) -> Iterable[int]:
        return list(self._client.search(["BEFORE", before]))

    def _of(self, address: str) -> Iterable[int]:
        """SEARCH finds the address within others, too, so each letter's own headers decide."""
        wanted = _plain(address)
        if not wanted.isascii():
            return []
        found = self._client.search(["OR", "FROM", wanted, "OR", "TO", wanted, "CC", wanted])
        parts = (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))
        return [uid for part in parts for uid in self._named(part, wanted)]

    def _named(self, uids: Sequence[int], wanted: str) -> Iterable[int]:
        for uid, answer in self._client.fetch(uids, [NAMED_IN]).items():
            head = next((part for name, part in answer.items() if name.startswith(b"BODY[")), b"")
            if wanted in map(_plain, _ADDRESS.findall(head.decode("ascii", "replace"))):
                yield uid


def _plain(address: str) -> str:
    """The address as headers have it: lower case, its domain in punycode."""
    try:
        return addresses.checked(address)
    except addresses.BadAddress:
        return address.lower()
