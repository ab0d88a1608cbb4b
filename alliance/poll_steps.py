"""What the clock does about polls: ask everyone, remind once who has not voted, count and tell the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from alliance import ballots, notices, poll_notes, poll_pictures, poll_results, poll_sheets, rounds, workdays
from alliance.house import House
from alliance.notes import Note
from alliance.poll_notes import SERIES, Reader
from alliance.poll_results import Result
from alliance.poll_sheets import Sheet
from alliance.tallies import Tally
from store import outbox
from store.tables import Person, Poll
from texts import say

REMIND_BEFORE = timedelta(days=2)
REMIND_AT = time(9)
SETTLING = timedelta(days=1)  # nobody is reminded sooner than this after the question

ASK, REMIND, CLOSE = "poll-ask", "poll-remind", "poll-close"


@dataclass(frozen=True)
class Step:
    """Something to be done about a poll, for one person, or to close it (``person`` is None)."""

    what: str
    poll: int
    person: int | None = None


def due(session: Session, house: House, now: datetime) -> list[Step]:
    """What is to be done now; nothing outside office hours. Reads only."""
    if not workdays.in_office_hours(now, house.zone):
        return []
    return [step for poll in _unfinished(session) for step in _of(session, house, poll, now)]


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Enqueue a question or a reminder, or close a poll; what was enqueued before stays as it is."""
    poll = session.get_one(Poll, step.poll, with_for_update=step.what == CLOSE)
    if step.person is None:
        _close(session, poll, now)
        return
    person = session.get_one(Person, step.person)
    note = question(session, house, poll, person, remind=step.what == REMIND)
    ends_at = poll_sheets.ends_at(session, poll)
    notices.to_person(session, person, note, _key(step.what, poll.id, person.id), now, expires_at=ends_at)


def question(session: Session, house: House, poll: Poll, person: Person, *, remind: bool = False) -> Note:
    """The poll as one person is asked it."""
    sheet = poll_sheets.load(session, poll, person.language)
    note = poll_notes.paper(Reader(person.language, house.zone), sheet, {})
    if remind:
        note = replace(note, title=say(person.language, "member-poll-remind-title", question=sheet.question))
    return replace(note, series=SERIES)


def next_at(session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
    """The next moment after now at which :func:`due` may have something new, with the step's name."""
    coming = [moment for poll in _unfinished(session) for moment in _moments(session, house, poll, now)]
    return min((moment for moment in coming if moment[0] > now), default=None)


def _unfinished(session: Session) -> list[Poll]:
    return list(session.exec(select(Poll).where(col(Poll.closed_at).is_(None)).order_by(col(Poll.id))))


def _moments(session: Session, house: House, poll: Poll, now: datetime) -> Iterator[tuple[datetime, str]]:
    ends_at = poll_sheets.ends_at(session, poll)
    remind_at = _remind_at(house, ends_at)
    if remind_at >= poll.opened_at + SETTLING:
        yield remind_at, REMIND
    yield workdays.next_office_hour(max(ends_at, now), house.zone), CLOSE
    opening = workdays.next_office_hour(now, house.zone)
    if opening < ends_at and any(_unasked(session, poll)):
        yield opening, ASK


def _remind_at(house: House, ends_at: datetime) -> datetime:
    """9:00 two days before the end, or on the workday before where that is none."""
    day = (ends_at - REMIND_BEFORE).astimezone(house.zone).date()
    return workdays.at(workdays.workday_on_or_before(day), REMIND_AT, house.zone)


def _of(session: Session, house: House, poll: Poll, now: datetime) -> Iterator[Step]:
    assert poll.id is not None
    ends_at = poll_sheets.ends_at(session, poll)
    if ends_at <= now:
        yield Step(CLOSE, poll.id)
        return
    yield from (Step(ASK, poll.id, person.id) for person in _unasked(session, poll))
    remind_at = _remind_at(house, ends_at)
    if remind_at <= now:
        today = now.astimezone(house.zone).date()
        yield from (Step(REMIND, poll.id, person.id) for person in _silent(session, poll, remind_at, today))


def _unasked(session: Session, poll: Poll) -> Iterator[Person]:
    """Who may vote and has not been asked: all at first, later who has joined meanwhile."""
    return _without(session, f"{ASK}:{poll.id}:", ballots.electorate(session))


def _silent(session: Session, poll: Poll, remind_at: datetime, today: date) -> Iterator[Person]:
    """Who has not voted and was not reminded, though they have had time since they were asked, and are not away."""
    voters = ballots.voters(session, poll.id or 0)
    people = [
        person
        for person in ballots.electorate(session)
        if person.id not in voters and max(poll.opened_at, person.joined_at) <= remind_at - SETTLING
    ]
    for person in _without(session, f"{REMIND}:{poll.id}:", people):
        until = rounds.silent_until(person)
        if until is None or until < today:
            yield person


def _without(session: Session, prefix: str, people: list[Person]) -> Iterator[Person]:
    """Those of the people who can be reached and have no outbox row whose key begins so."""
    keys = outbox.keys(session, prefix)
    for person in people:
        if f"{prefix}{person.id}" not in keys and notices.way_to(session, person):
            yield person


def _key(what: str, poll: int | None, person: int | None) -> str:
    return f"{what}:{poll}:{person}"


# The end --------------------------------------------------------------------------------------------------------------


def _close(session: Session, poll: Poll, now: datetime) -> None:
    """Put the sums in place of the votes, so that nobody can tell any more who voted how, and tell everyone."""
    if poll.closed_at is not None:
        return
    assert poll.id is not None
    counted, people = result(session, poll), notices.everyone(session)
    ballots.shred(session, poll.id)
    sheets = {person.language: poll_sheets.load(session, poll, person.language) for person in people}
    poll.closed_at, poll.tally = now, _packed(counted, _pictures(session, sheets, counted, now))
    for person in people:
        sheet = sheets[person.language]
        note = poll_results.result(person.language, sheet, counted, picture(poll, person.language))
        notices.to_person(session, person, replace(note, series=SERIES), _key(CLOSE, poll.id, person.id), now)


def _pictures(session: Session, sheets: Mapping[str, Sheet], counted: Result, now: datetime) -> dict[str, int]:
    """Ids of the stored pictures by language; nothing is drawn where nobody voted."""
    if not counted.tally.voted:
        return {}
    return {language: poll_pictures.keep(session, language, sheet, counted, now) for language, sheet in sheets.items()}


def picture(poll: Poll, language: str) -> tuple[int, ...]:
    """Ids of the stored pictures of a closed poll's result, in one language."""
    found = poll.tally["pictures"].get(language) if poll.tally else None
    return () if found is None else (found,)


def result(session: Session, poll: Poll) -> Result:
    """The sums of a poll: those that were kept when it was closed, else those of the votes so far."""
    kept = poll.tally
    if kept is None:
        return Result(ballots.counted(session, poll), ballots.people(session))
    totals, strong = (
        {int(number): int(value) for number, value in kept[name].items()} for name in ("totals", "strong")
    )
    return Result(Tally(poll.kind, kept["voted"], totals, strong), kept["asked"])


def _packed(counted: Result, pictures: dict[str, int]) -> dict[str, object]:
    tally = counted.tally
    totals, strong = ({str(number): value for number, value in sums.items()} for sums in (tally.totals, tally.strong))
    return {"asked": counted.asked, "voted": tally.voted, "totals": totals, "strong": strong, "pictures": pictures}
