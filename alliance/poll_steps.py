"""What the clock does about polls: ask everyone, remind once who has not voted, count and tell the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from alliance import ballots, notices, poll_notes, poll_pictures, poll_results, poll_sheets, rounds, workdays
from alliance.house import House
from alliance.notes import Note
from alliance.poll_notes import SERIES, Reader
from alliance.poll_results import Result
from alliance.poll_sheets import Sheet
from alliance.portions import cut
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
    """Something to be done about a poll, for some people (by their ids), or to close it."""

    what: str
    poll: int
    people: tuple[int, ...] = ()


def due(session: Session, house: House, now: datetime) -> list[Step]:
    """What is to be done now; nothing outside office hours. Reads only."""
    if not workdays.in_office_hours(now, house.zone):
        return []
    return [step for poll in _unfinished(session) for step in _of(session, house, poll, now)]


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Enqueue a question or a reminder, or close a poll; what was enqueued before stays as it is."""
    poll = session.get_one(Poll, step.poll, with_for_update=step.what == CLOSE)
    if step.what == CLOSE:
        _close(session, poll, now)
        return
    people = _still(session, poll, step)
    sheets = {language: poll_sheets.load(session, poll, language) for language in _languages(people)}
    letters = (
        (
            person,
            _question(house, sheets[person.language], person, remind=step.what == REMIND),
            _key(step.what, poll.id, person.id),
        )
        for person in people
    )
    notices.to_people(session, letters, now, expires_at=poll_sheets.ends_at(session, poll))


def _still(session: Session, poll: Poll, step: Step) -> list[Person]:
    """Those of a step's people who may vote now, and for a reminder have not; none when the poll is closed by now."""
    if poll.closed_at is not None:
        return []
    voters = ballots.voters(session, step.poll, step.people) if step.what == REMIND else set()
    return [person for person in ballots.electorate(session, step.people) if person.id not in voters]


def _languages(people: Iterable[Person]) -> Iterable[str]:
    return dict.fromkeys(person.language for person in people)


def _question(house: House, sheet: Sheet, person: Person, *, remind: bool) -> Note:
    """The poll as one person is asked it."""
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
    yield from _steps(ASK, poll.id, _unasked(session, poll))
    remind_at = _remind_at(house, ends_at)
    if remind_at <= now:
        today = now.astimezone(house.zone).date()
        yield from _steps(REMIND, poll.id, _silent(session, poll, remind_at, today))


def _steps(what: str, poll: int, people: Iterable[Person]) -> Iterator[Step]:
    for some in cut(people):
        yield Step(what, poll, tuple(person.id or 0 for person in some))


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
    for some in cut(person for person in people if f"{prefix}{person.id}" not in keys):
        yield from notices.reachable(session, some)


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
    sheets = {language: poll_sheets.load(session, poll, language) for language in _languages(people)}
    poll.closed_at, poll.tally = now, _packed(counted, _pictures(session, sheets, counted, now))
    notes = {
        language: replace(poll_results.result(language, sheet, counted, picture(poll, language)), series=SERIES)
        for language, sheet in sheets.items()
    }
    letters = ((person, notes[person.language], _key(CLOSE, poll.id, person.id)) for person in people)
    notices.to_people(session, letters, now)


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
