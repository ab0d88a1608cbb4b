"""What the check says of the work itself: what waits too long, what was set aside, dead channels, backups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

import texts
from alliance import health, outages
from alliance.health import Health
from alliance.outages import BACKUP_AGE
from store import outbox, queues
from texts import say

SENDING, READING, BACKUP = "operator-check-sending", "operator-check-reading", "operator-check-backup"


@dataclass(frozen=True)
class Remark:
    """``part`` and ``key`` are text keys; a ``kind`` of remark that has a fix has one under the same key and "-fix"."""

    part: str
    key: str
    kind: str = ""
    is_problem: bool = False
    values: dict[str, str | int] = field(default_factory=dict)


class Look:
    """One look at the database, for a reader of this language and zone. ``backups``: some ought to be made."""

    def __init__(self, session: Session, language: str, zone: ZoneInfo, now: datetime, *, backups: bool) -> None:
        self._session = session
        self._language = language
        self._zone = zone
        self._backups = backups
        self._found: Health = health.look(session, now)

    def remarks(self) -> list[Remark]:
        """All there is to say."""
        return [*self._sending(), *self._reading(), *self._dead(), *self._saving()]

    def _sending(self) -> Iterator[Remark]:
        stopped, held, late = outbox.stopped_at(self._session), self._found.backlog.held, self._found.unsent
        if stopped:
            yield Remark(SENDING, f"{SENDING}-stopped", "stopped", values={"since": self._moment(stopped)})
        elif late:
            counts = queues.outgoing_counts(self._session).items()
            count = sum(number for (_, state), number in counts if state in {"queued", "in-flight"})
            values: dict[str, str | int] = {"since": self._moment(late), "count": count}
            yield Remark(SENDING, f"{SENDING}-late", "late", is_problem=True, values=values)
        else:
            yield Remark(SENDING, f"{SENDING}-good")
        if held:
            yield Remark(SENDING, f"{SENDING}-held", "held", values={"count": held})

    def _reading(self) -> Iterator[Remark]:
        late, aside = self._found.unread, self._found.backlog.quarantined
        if late:
            values: dict[str, str | int] = {"since": self._moment(late)}
            yield Remark(READING, f"{READING}-late", "late", is_problem=True, values=values)
        else:
            yield Remark(READING, f"{READING}-good")
        if aside:
            yield Remark(READING, f"{READING}-quarantined", "quarantined", values={"count": aside})

    def _dead(self) -> Iterator[Remark]:
        for outage in self._found.outages:
            if outage.channel != outages.BACKUP:
                way, reason = (
                    outages.way_text(self._language, outage.channel),
                    outages.reason_text(self._language, outage.reason),
                )
                values: dict[str, str | int] = {"way": way, "reason": reason, "since": self._moment(outage.since)}
                part = f"operator-check-{outage.channel}"
                yield Remark(part, "operator-check-outage", outage.reason, is_problem=True, values=values)

    def _saving(self) -> Iterator[Remark]:
        saved, spoilt = self._found.backlog.saved, self._found.backlog.spoilt
        if spoilt:
            yield self._worry("failed", spoilt)
        elif saved and self._backups and self._found.at - saved > BACKUP_AGE + timedelta(hours=1):
            yield self._worry("old", saved)
        elif saved:
            yield Remark(BACKUP, f"{BACKUP}-good", values={"when": self._moment(saved)})
        else:
            yield Remark(BACKUP, f"{BACKUP}-none")

    def _worry(self, kind: str, at: datetime) -> Remark:
        values: dict[str, str | int] = {"when": self._moment(at)}
        return Remark(BACKUP, f"{BACKUP}-{kind}", kind, is_problem=True, values=values)

    def _moment(self, at: datetime) -> str:
        return texts.moment(self._language, at, self._zone)


def said(language: str, remark: Remark) -> tuple[str, str]:
    """The remark in words, and what is to be done about it."""
    fix = say(language, f"{remark.key}-fix", **remark.values) if remark.kind else ""
    return say(language, remark.key, **remark.values), fix
