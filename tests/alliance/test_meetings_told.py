"""Whatever is changed, sent and answered in whatever order: everyone knows in the end what holds, told once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from alliance.attendance import answers
from alliance.intents import Attend, CancelMeeting, ChangeMeeting, Invite, PlanMeeting
from alliance.notes import Calendar, Note
from alliance.packing import unpack
from scheduler import jobs
from store import outbox
from store.database import Database
from store.outbox import Outcome, Result
from store.tables import Meeting, OutboxRow, Sending
from tests.town import ERIKA, HOUSE, MAX, OFFICE, Town

CHANGES = {
    "place": (ChangeMeeting(place="Ratssaal"), ChangeMeeting(place="Rathaus")),
    "day": (ChangeMeeting(day=date(2027, 1, 27)), ChangeMeeting(day=date(2027, 1, 20))),
    "time": (ChangeMeeting(begins=time(18)), ChangeMeeting(begins=time(17))),
    "title": (ChangeMeeting(title="Winterrunde"), ChangeMeeting(title="Herbstsitzung")),
}
ORDERS = st.lists(st.sampled_from([*CHANGES, "send", "beat", "answer", "telegram", "invite"]), max_size=14)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A small alliance with a meeting planned, to be copied."""
    path = Path(shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("settled") / "town.db"))
    database = Database(f"sqlite:///{path}")
    town = Town(database).settle()
    town.office(PlanMeeting("alliance", "Herbstsitzung", date(2027, 1, 20), time(17), "Rathaus", ends=time(19)))
    database.close()
    return path


@contextmanager
def small_town(template: Path) -> Iterator[Town]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{shutil.copy(template, Path(folder) / 'town.db')}")
        town = Town(database)
        yield town
        database.close()


def send(town: Town) -> None:
    def job(session: Session) -> None:
        for letter in outbox.claim(session, town.at, limit=1000):
            outbox.finish(session, letter, Outcome(Result.SENT), town.at)

    town.database.write_now(job)


def told(town: Town) -> dict[int, list[Calendar]]:
    """The calendar entries of the letters that were sent about the meeting, by person, in order."""
    statement = select(OutboxRow).where(OutboxRow.state == Sending.SENT).order_by(col(OutboxRow.id))
    found: dict[int, list[Calendar]] = {}
    for row in town.database.read_now(lambda session: list(session.exec(statement))):
        calendar = unpack(row.note, Note).calendar
        if calendar:
            found.setdefault(row.person_id or 0, []).append(calendar)
    return found


def meeting(town: Town) -> Meeting:
    return town.database.read_now(lambda session: session.exec(select(Meeting)).one())


def facts(calendar: Calendar) -> tuple[object, ...]:
    return calendar.title, calendar.begins, calendar.ends, calendar.place


class Story:
    """Plays one order of events. Max answers whenever an invitation has reached him."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.there = dict.fromkeys(CHANGES, False)
        self.answered: tuple[datetime, int] | None = None

    def play(self, event: str) -> None:
        if event in CHANGES:
            self.there[event] = not self.there[event]
            self.town.office(CHANGES[event][0 if self.there[event] else 1])
        elif event == "send":
            send(self.town)
        elif event == "beat":
            self.town.at += timedelta(hours=5)
            self.town.database.write_now(lambda session: jobs.beat(session, HOUSE, self.town.at))
        elif event == "telegram":
            self.town.link(MAX)
        elif event == "invite" and meeting(self.town).invited_at is None:
            self.town.office(Invite())
        elif event == "answer":
            self._answer()

    def _answer(self) -> None:
        """Max says yes to what he knows, at that time or later."""
        known = told(self.town).get(self._max())
        if known and known[-1].begins == meeting(self.town).starts_at:
            self.town.link(MAX)
            self.town.tap(MAX, Attend("yes", 1, known[-1].begins))
            self.answered = known[-1].begins, len(known)

    def _max(self) -> int:
        return self.town.person(MAX).id or 0

    def still_comes(self) -> bool:
        """Whether no letter since his answer named another time."""
        if self.answered is None:
            return False
        begins, count = self.answered
        return all(letter.begins == begins for letter in told(self.town)[self._max()][count:])


@settings(max_examples=40, deadline=None)
@given(events=ORDERS, cancelled=st.booleans())
def test_in_the_end_everyone_knows_what_holds(settled: Path, events: list[str], cancelled: bool) -> None:
    with small_town(settled) as town:
        story = Story(town)
        for event in ["invite", "send", *events]:
            story.play(event)
        if cancelled:
            town.office(CancelMeeting(confirmed=True))
        send(town)
        now = meeting(town)
        for person, letters in told(town).items():
            last = letters[-1]
            assert (last.title, last.begins, last.place) == (now.title, now.starts_at, now.place)
            assert [one.method for one in letters] == ["REQUEST"] * (len(letters) - cancelled) + ["CANCEL"] * cancelled
            sequences = [one.sequence for one in letters]
            assert sequences == sorted(set(sequences))
            requests = [facts(one) for one in letters if one.method == "REQUEST"]
            assert all(one != other for one, other in pairwise(requests))
            assert person in {town.person(email).id for email in (ERIKA, MAX, OFFICE)}
        assert len(told(town)) == 3
        said = town.database.read_now(lambda session: answers(session, 1))
        assert cancelled or bool(said) == story.still_comes()
