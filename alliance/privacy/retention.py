"""How long what is kept: a table of rules, each carried out a few rows at a time; what is gone is only counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session, col, delete, func, select

from alliance import history
from alliance.house import House
from alliance.privacy import expiry
from alliance.speakers import TOKEN_LIFETIME
from store.tables import Deed, Occasion
from texts import say

log = structlog.get_logger()

NIGHT = time(3, 15)  # no clock change skips or repeats it, and nobody writes
BATCH = 500  # rows in one transaction
FEW = 25  # of rows that may be big
DEED, ROWS = "retention", "forget"  # in the history: a whole run, and what it changed in the alliance's own tables


class Fate(StrEnum):
    """What happens when the time is over; said under ``retention-fate-…``."""

    BLANK = "blank"  # the row stays, what it says of people goes
    DELETE = "delete"
    ERASE = "erase"  # as if the person had said LÖSCHEN
    STAY = "stay"


@dataclass(frozen=True)
class Rule:
    """One line of the table; its words are said under ``retention-what-…`` and ``retention-why-…``.

    ``after`` is counted from ``since`` (``retention-since-…``); what stays has neither. ``due`` gives the ids that are
    over, with the moment they are counted from; ``forget`` carries it out. Without them another part sees to it.
    """

    name: str
    fate: Fate
    since: str = ""
    after: timedelta | None = None
    due: expiry.Due | None = None
    forget: expiry.Forget | None = None
    batch: int = BATCH

    def what(self, language: str) -> str:
        """What is kept, in plain words."""
        return say(language, f"retention-what-{self.name}")

    def why(self, language: str) -> str:
        """Why so long, and on which legal basis."""
        return say(language, f"retention-why-{self.name}")

    def span(self, language: str) -> str:
        """»90 Tage nach Eingang«, "" for what stays."""
        if self.after is None:
            return ""
        since = say(language, f"retention-since-{self.since}")
        return say(language, "retention-span", days=self.days(language), since=since)

    def days(self, language: str) -> str:
        """»90 Tage«, "" for what stays."""
        return say(language, "retention-days", count=self.after.days) if self.after is not None else ""

    def end(self, language: str) -> str:
        """What happens then."""
        return say(language, f"retention-fate-{self.fate}")


def _days(count: int) -> timedelta:
    return timedelta(days=count)


_F = expiry
RULES: tuple[Rule, ...] = (
    Rule("needs", Fate.BLANK, "meeting", _days(14), _F.needs, _F.blank_needs),
    Rule("needs-letters", Fate.BLANK, "meeting", _days(14), _F.letters_with_needs, _F.blank_inbox, FEW),
    Rule("needs-asked", Fate.BLANK, "made", _days(14), _F.questions_with_needs, _F.blank_outbox),
    Rule("inbox", Fate.BLANK, "received", _days(90), _F.inbox, _F.blank_inbox, FEW),
    Rule("quarantine", Fate.BLANK, "received", _days(30), _F.quarantine, _F.blank_inbox, FEW),
    Rule("outbox", Fate.BLANK, "sent", _days(30), _F.outbox, _F.trim_outbox),
    Rule("replies", Fate.BLANK, "sent", TOKEN_LIFETIME, _F.replies, _F.blank_outbox),
    Rule("unproved", Fate.DELETE, "made", _days(7), _F.unproved, _F.delete_requests),
    Rule("waiting", Fate.DELETE, "made", _days(180), _F.waiting, _F.delete_requests),
    Rule("declined", Fate.DELETE, "decided", _days(30), _F.declined, _F.delete_requests),
    Rule("admitted", Fate.BLANK, "decided", _days(90), _F.admitted, _F.blank_requests),
    Rule("cases", Fate.DELETE, "answered", _days(90), _F.answered_cases, _F.delete_cases),
    Rule("cases-open", Fate.DELETE, "made", _days(365), _F.open_cases, _F.delete_cases),
    Rule("keyboards", Fate.DELETE, "expired", _days(0), _F.keyboards, _F.delete_keyboards),
    Rule("talks", Fate.DELETE, "expired", _days(0), _F.talks, _F.delete_talks),
    Rule("uploads", Fate.DELETE, "received", _days(30), _F.uploads, _F.delete_uploads, FEW),
    Rule("spreadsheets", Fate.DELETE, "made", _days(30), _F.spreadsheets, _F.delete_papers, FEW),
    Rule("papers", Fate.DELETE, "used", _days(90), _F.papers, _F.delete_papers, FEW),
    Rule("bounces", Fate.DELETE, "received", _days(90), _F.bounces, _F.delete_bounces),
    Rule("former", Fate.ERASE, "left", _days(365), _F.former, _F.erase, 1),
    Rule("asked", Fate.BLANK, "answered", _days(3 * 365), _F.asked, _F.blank_asked),
    Rule("mailbox", Fate.DELETE, "received", _days(90)),
    Rule("mailbox-unreadable", Fate.DELETE, "received", _days(30)),
    Rule("erasures", Fate.DELETE, "erased", _days(365)),
    Rule("members", Fate.STAY),
    Rule("consents", Fate.STAY),
    Rule("history", Fate.STAY),
)
CARRIED_OUT = tuple(rule for rule in RULES if rule.forget is not None)


def period(language: str, name: str) -> str:
    """How long the rule of this name keeps: »90 Tage«. Raises StopIteration for a name that is none."""
    return next(rule for rule in RULES if rule.name == name).days(language)


# Looking --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """How many rows of a rule are over, and the moment from which the oldest is counted."""

    count: int = 0
    oldest: datetime | None = None


def look(session: Session, rule: Rule, now: datetime) -> Found:
    """What carrying out the rule would find now; reads only."""
    if rule.due is None or rule.after is None:
        return Found()
    over = rule.due(session, now - rule.after).subquery()
    found = session.execute(select(func.count(), func.min(over.c[1])).select_from(over)).one()
    return Found(found[0], found[1])


@dataclass(frozen=True)
class Report:
    """The last run: when, through which door, how many by rule, and the rules that failed."""

    at: datetime
    door: str
    counts: Mapping[str, int]
    failed: Sequence[str]


def last(session: Session) -> Report | None:
    """The last run's report, None before the first."""
    found = session.exec(select(Deed).where(Deed.what == DEED).order_by(col(Deed.id).desc()).limit(1)).first()
    if found is None:
        return None
    return Report(found.at, found.door, found.details.get("counts", {}), found.details.get("failed", []))


# Carrying out ---------------------------------------------------------------------------------------------------------


def night(now: datetime, zone: ZoneInfo) -> date:
    """The local day whose quiet hour has come last."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= NIGHT else local.date() - timedelta(days=1)


def is_due(session: Session, house: House, now: datetime) -> bool:
    """Whether this night's run is still to come, or was missed; reads only."""
    return session.get(Occasion, _key(house, now)) is None


def forget(session: Session, house: House, rule: Rule, now: datetime, door: str) -> int:
    """Carry out a rule for its next rows; returns how many. Less than ``rule.batch``: nothing is left."""
    if rule.due is None or rule.forget is None or rule.after is None:
        return 0
    history.by_itself(session, now, door, ROWS)
    ids = [row[0] for row in session.execute(rule.due(session, now - rule.after).limit(rule.batch))]
    if ids:
        rule.forget(session, house, ids, now)
    return len(ids)


class Run:
    """One run over all rules: ``next_job`` until it is None, each job in a transaction of its own.

    A run that is cut off is begun anew and finds what is left. A rule that fails is left for the next night.
    """

    def __init__(self, house: House, now: datetime, door: str) -> None:
        self._house, self._now, self._door = house, now, door
        self._left = list(CARRIED_OUT)
        self._counts: dict[str, int] = {}
        self._failed: list[str] = []

    def next_job(self) -> Callable[[Session], int] | None:
        """What to do next; hand its result to :meth:`done`, or its error to :meth:`failed`."""
        if not self._left:
            return None
        rule = self._left[0]
        return lambda session: forget(session, self._house, rule, self._now, self._door)

    def done(self, count: int) -> None:
        """The job is committed."""
        rule = self._left[0]
        if count:
            self._counts[rule.name] = self._counts.get(rule.name, 0) + count
        if count < rule.batch:
            self._left.pop(0)

    def failed(self, error: Exception) -> None:
        """The job was rolled back."""
        rule = self._left.pop(0)
        self._failed.append(rule.name)
        log.error("a rule of retention failed", action="retention-failed", rule=rule.name, error=type(error).__name__)

    def finish(self, session: Session) -> None:
        """The run is over for this night: a line in the history and one in the log, with numbers only."""
        details: dict[str, Any] = {"counts": dict(self._counts)}
        if self._failed:
            details["failed"] = list(self._failed)
        key = _key(self._house, self._now)
        if session.get(Occasion, key) is None:
            session.execute(delete(Occasion).where(col(Occasion.key).startswith(f"{DEED}:")))
            session.add(Occasion(key=key, at=self._now))
        session.add(Deed(at=self._now, door=self._door, what=DEED, details=details))
        session.info["scrub"] = bool(self._counts)
        log.info("retention", action="retention", counts=dict(self._counts), failed=list(self._failed))


def _key(house: House, now: datetime) -> str:
    return f"{DEED}:{night(now, house.zone).isoformat()}"
