"""A poll with all that people see of it: its question, its options as they are called, and how long it is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from store.tables import Meeting, Poll, PollOption
from texts import say


@dataclass(frozen=True)
class Option:
    """Something to vote on: »M3« or »A« is what people call it. ``passive``: all stays as it is."""

    number: int
    called: str
    title: str
    passive: bool = False

    @property
    def name(self) -> str:
        """»M3 Messe«, »A: Rathausplatz«."""
        return f"{self.called} {self.title}" if self.called.startswith("M") else f"{self.called}: {self.title}"


@dataclass(frozen=True)
class Sheet:
    """One poll in one language. Times are aware UTC."""

    id: int
    kind: str
    question: str
    points: int
    options: tuple[Option, ...]
    meeting: str
    opened_at: datetime
    ends_at: datetime  # no more votes from then on

    def is_over(self, now: datetime) -> bool:
        """Whether no more votes are taken."""
        return now >= self.ends_at

    @property
    def numbers(self) -> tuple[int, ...]:
        """The options' numbers, in the order of the poll."""
        return tuple(option.number for option in self.options)


def load(session: Session, poll: Poll, language: str) -> Sheet:
    """A poll as its readers see it."""
    assert poll.id is not None
    meeting = session.get_one(Meeting, poll.meeting_id)
    options = tuple(option_of(row, language) for row in rows(session, poll))
    ends = ends_at(session, poll)
    return Sheet(poll.id, poll.kind, poll.question, poll.points, options, meeting.title, poll.opened_at, ends)


def rows(session: Session, poll: Poll) -> list[PollOption]:
    """The options in the order of the poll."""
    return list(session.exec(select(PollOption).where(PollOption.poll_id == poll.id).order_by(col(PollOption.id))))


def ends_at(session: Session, poll: Poll) -> datetime:
    """When a poll ends: as it was said, but when its meeting begins at the latest."""
    return min(poll.closes_at, session.get_one(Meeting, poll.meeting_id).starts_at)


def option_of(row: PollOption, language: str) -> Option:
    """A measure is called by its number, any other option by a letter."""
    called = f"M{row.number}" if row.measure_id else chr(ord("A") + row.number - 1)
    option = Option(row.number, called, row.title)
    return option if row.title else replace(option, title=say(language, "all-poll-passive"), passive=True)


def running(session: Session, now: datetime) -> list[Poll]:
    """The polls that take votes, the one that ends first before the others."""
    statement = select(Poll, Meeting).join(Meeting, col(Poll.meeting_id) == Meeting.id)
    statement = statement.where(col(Poll.closed_at).is_(None), Poll.closes_at > now, Meeting.starts_at > now)
    found = session.exec(statement.order_by(col(Poll.id))).all()
    return [poll for poll, meeting in sorted(found, key=lambda pair: min(pair[0].closes_at, pair[1].starts_at))]
