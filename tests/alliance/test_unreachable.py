"""People whom no way reaches: nobody tries again every minute, and the office knows."""

from __future__ import annotations

from sqlmodel import Session, select

from alliance import notices, steps
from alliance.notes import Note
from store import outbox
from store.tables import Address, Person, Sending
from tests.town import HOUSE, MAX, NAMES, OFFICE, Town, words


def lose(town: Town, email: str = MAX) -> None:
    """Letters to this address come back for good."""

    def job(session: Session) -> None:
        session.exec(select(Address).where(Address.email == email)).one().dead = True

    town.database.write_now(job)


def beat(town: Town) -> int:
    """One beat of the round's steps; how many were due."""

    def job(session: Session) -> int:
        due = steps.due(session, HOUSE, town.at)
        for step in due:
            steps.carry_out(session, HOUSE, step, town.at)
        return len(due)

    return town.database.write_now(job)


def told(town: Town) -> list[str]:
    return [row.note["title"] for row in town.letters(OFFICE) if row.dedupe_key.startswith("unreachable:")]


def test_a_question_that_reaches_nobody_is_asked_once_and_the_office_hears_of_it(town: Town) -> None:
    lose(town)
    town.meeting(days=18)
    assert beat(town)
    assert beat(town) == 0
    assert told(town) == [f"{NAMES[MAX]} ist nicht erreichbar"]
    (row,) = [row for row in town.letters("") if row.dedupe_key.startswith("nudge:")]
    assert (row.state, row.error) == (Sending.FAILED, "unreachable")


def test_the_office_is_told_once_a_month_not_of_every_note(town: Town) -> None:
    lose(town)

    def job(session: Session) -> None:
        person = session.exec(select(Person).join(Address).where(Address.email == MAX)).one()
        for number in range(3):
            notices.to_person(session, person, Note("Hinweis"), f"hint:{number}", town.at)

    town.database.write_now(job)
    assert len(told(town)) == 1


def test_the_list_of_those_who_are_silent_says_whom_nothing_reaches(town: Town) -> None:
    lose(town)
    town.meeting(days=18)
    beat(town)
    said = words(town.letter(OFFICE, "OFFEN"))
    (line,) = [line for line in said.splitlines() if NAMES[MAX] in line]
    assert line.endswith("zurzeit auf keinem Weg zu erreichen")
    assert said.count("auf keinem Weg") == 1


def test_with_a_chat_they_are_reached(town: Town) -> None:
    town.link(MAX)
    lose(town)
    assert town.database.read_now(notices.unreachable) == frozenset()


def test_who_was_forgotten_is_not_missed(town: Town) -> None:
    def job(session: Session) -> None:
        person = session.exec(select(Person).join(Address).where(Address.email == MAX)).one()
        person.erased_at = person.left_at = town.at
        notices.to_person(session, person, Note("Hinweis"), "hint", town.at)

    town.database.write_now(job)
    assert told(town) == []
    assert town.database.read_now(lambda session: outbox.rows(session, "hint")) == []
