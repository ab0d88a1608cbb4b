"""One person's vote: read against the options of its poll, and kept so that it can be changed until the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, delete, func, select

from alliance import phrases, poll_sheets, tallies
from alliance.errors import Invalid
from alliance.poll_sheets import Sheet
from alliance.tallies import ABSTAIN, CONSENSUS, MOST_RESISTANCE, NO, POINTS, YES, YES_NO
from store.tables import Ballot, Person, Poll, Role
from texts import say

Values = Sequence[tuple[str, int]]
_MAY_VOTE = (col(Person.left_at).is_(None), col(Person.role) != Role.OBSERVER)


def read(sheet: Sheet, values: Values, language: str) -> dict[int, int]:
    """The options that were named, by number, with their values; may lack options. Raises Invalid."""
    if sheet.kind == YES_NO:
        return _yes_or_no(sheet, values, language)
    choices = _placed(sheet, values, language)
    if sheet.kind == POINTS:
        return _points(sheet, choices)
    if any(value > MOST_RESISTANCE for value in choices.values()):
        raise Invalid("refusal-poll-resistance")
    return choices


def example(sheet: Sheet, language: str) -> str:
    """One line that is a vote in this poll: »STIMME M3 3, M7 2«."""
    if sheet.kind == YES_NO:
        return say(language, "word-poll-vote", vote=say(language, "word-yes"))
    if sheet.kind == POINTS:
        more = (sheet.points + 1) // 2
        figures: Sequence[int] = [more, sheet.points - more]
    else:
        figures = [(7 * place) % 11 for place in range(len(sheet.options))]
    pairs = zip(sheet.options, figures, strict=False)
    named = ", ".join(f"{option.called} {figure}" for option, figure in pairs if figure or sheet.kind == CONSENSUS)
    return say(language, "word-poll-vote", vote=named)


def as_said(sheet: Sheet, choices: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    """A vote as a button carries it: always the same for the same vote."""
    if sheet.kind == YES_NO:
        return tuple(("", value) for value in choices.values())
    return tuple((option.called, choices[option.number]) for option in sheet.options if option.number in choices)


def _yes_or_no(sheet: Sheet, values: Values, language: str) -> dict[int, int]:
    if len(values) == 1 and values[0][0] == "" and values[0][1] in {YES, NO, ABSTAIN}:
        return {0: values[0][1]}
    raise _misfit(sheet, language)


def _placed(sheet: Sheet, values: Values, language: str) -> dict[int, int]:
    """Each value with its option: by the name that was said, or else in order. Abstaining is for yes and no."""
    if any(value < 0 for _, value in values):
        raise _misfit(sheet, language)
    if not any(called for called, _ in values):
        return _in_order(sheet, values, language)
    numbers = [_number(sheet, called, language) for called, _ in values]
    if len(set(numbers)) < len(numbers):
        raise Invalid("refusal-poll-twice")
    return dict(zip(numbers, (value for _, value in values), strict=True))


def _in_order(sheet: Sheet, values: Values, language: str) -> dict[int, int]:
    """»0 7 3«: only where every option is to get a value, and as many as there are."""
    if sheet.kind != CONSENSUS or len(values) != len(sheet.options):
        raise _misfit(sheet, language)
    return dict(zip(sheet.numbers, (value for _, value in values), strict=True))


def _number(sheet: Sheet, called: str, language: str) -> int:
    """The option that is called so; a bare number means a measure, or the place in the list."""
    for place, option in enumerate(sheet.options, start=1):
        bare = str(option.number) if option.called.startswith("M") else str(place)
        if called in {option.called, bare}:
            return option.number
    names = phrases.listing(language, [option.called for option in sheet.options])
    raise Invalid("refusal-poll-option", option=called, options=names)


def _points(sheet: Sheet, choices: Mapping[int, int]) -> dict[int, int]:
    """Without the options that get nothing. Raises Invalid when that is more than there is to give."""
    given = sum(choices.values())
    if given > sheet.points:
        raise Invalid("refusal-poll-points", given=given, points=sheet.points)
    return {number: value for number, value in choices.items() if value}


def _misfit(sheet: Sheet, language: str) -> Invalid:
    return Invalid("refusal-poll-form", question=sheet.question, example=example(sheet, language))


# Kept until the end ---------------------------------------------------------------------------------------------------


def of(session: Session, poll: int, person: int) -> dict[int, int]:
    """A person's vote, empty if there is none."""
    row = _row(session, poll, person)
    return _choices(row) if row else {}


def keep(session: Session, ballot: Ballot) -> None:
    """Put a vote in place of the person's former one; one without choices takes it back."""
    row = _row(session, ballot.poll_id, ballot.person_id)
    if not ballot.choices:
        if row:
            session.delete(row)
        return
    if row is None:
        session.add(ballot)
        return
    row.choices, row.at = ballot.choices, ballot.at


def voters(session: Session, poll: int, among: Sequence[int] | None = None) -> set[int]:
    """Ids of those who may vote and have voted; ``among``: of these people."""
    statement = select(Ballot.person_id).join(Person, col(Ballot.person_id) == Person.id)
    statement = statement if among is None else statement.where(col(Ballot.person_id).in_(among))
    return set(session.exec(statement.where(Ballot.poll_id == poll, *_MAY_VOTE)))


def counted(session: Session, poll: Poll) -> tallies.Tally:
    """The tally of all votes of those who may vote."""
    statement = select(Ballot).join(Person, col(Ballot.person_id) == Person.id)
    cast = session.exec(statement.where(Ballot.poll_id == poll.id, *_MAY_VOTE))
    numbers = [row.number for row in poll_sheets.rows(session, poll)]
    return tallies.count(poll.kind, numbers, map(_choices, cast))


def electorate(session: Session, among: Sequence[int] | None = None) -> list[Person]:
    """Who may vote: everyone who is with us, but observers; ``among``: of these people."""
    statement = select(Person).where(*_MAY_VOTE).order_by(col(Person.id))
    return list(session.exec(statement if among is None else statement.where(col(Person.id).in_(among))))


def people(session: Session) -> int:
    """How many may vote."""
    return session.exec(select(func.count()).select_from(Person).where(*_MAY_VOTE)).one()


def shred(session: Session, poll: int) -> None:
    """Forget who voted how, and who voted."""
    session.exec(delete(Ballot).where(col(Ballot.poll_id) == poll))


def _row(session: Session, poll: int, person: int) -> Ballot | None:
    return session.exec(select(Ballot).where(Ballot.poll_id == poll, Ballot.person_id == person)).first()


def _choices(row: Ballot) -> dict[int, int]:
    return {int(number): int(value) for number, value in row.choices.items()}
