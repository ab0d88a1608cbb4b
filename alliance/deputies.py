"""Deputies (Vertretung): who answers for another person's measures for a time, as far as it holds today."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from store.tables import Assignment, Company, Deputyship, Measure, Person, Role
from texts import say


def principals(session: Session, person_id: int, today: date) -> frozenset[int]:
    """The ids of those for whom this person answers today, without themselves."""
    statement = (
        select(Deputyship.person_id)
        .join(Person, col(Deputyship.person_id) == Person.id)
        .where(
            Deputyship.deputy_id == person_id,
            col(Deputyship.accepted).is_(True),
            col(Deputyship.ended_at).is_(None),
            Deputyship.until >= today,
            col(Person.left_at).is_(None),
        )
    )
    return frozenset(session.exec(statement))


def answering(session: Session, today: date) -> dict[int, Person]:
    """Who answers today for others, by the id of the one they answer for."""
    statement = (
        select(Deputyship.person_id, Person)
        .join(Person, col(Deputyship.deputy_id) == Person.id)
        .where(
            col(Deputyship.accepted).is_(True),
            col(Deputyship.ended_at).is_(None),
            Deputyship.until >= today,
            col(Person.left_at).is_(None),
            Person.role != Role.OBSERVER,
        )
        .order_by(col(Deputyship.id))
    )
    return dict(session.exec(statement).all())


def covered(session: Session, person: Person | None, today: date) -> dict[int, tuple[int, str]]:
    """What somebody answers for in another's place: the measure's number, whose it is (an id) and for which company.

    What they carry themselves is not among it.
    """
    others = principals(session, person.id, today) if person and person.id else None
    if not others or not person:
        return {}
    own = select(Assignment.measure_id).where(Assignment.person_id == person.id)
    statement = (
        select(Measure.number, Person.id, Company.name)
        .join(Assignment, col(Assignment.measure_id) == Measure.id)
        .join(Person, col(Assignment.person_id) == Person.id)
        .join(Company, col(Person.company_id) == Company.id)
        .where(col(Person.id).in_(others), col(Measure.id).not_in(own), col(Measure.withdrawn_at).is_(None))
        .order_by(col(Assignment.lead), col(Assignment.id).desc())
    )
    return {number: (whose or 0, company) for number, whose, company in session.exec(statement)}


def marks(session: Session, person: Person | None, today: date) -> dict[int, tuple[str, ...]]:
    """»In Vertretung für Stahl GmbH« for each measure, by number, that somebody answers for in another's place."""
    return {
        number: (say(person.language if person else "", "member-deputy-mark", company=company),)
        for number, (_, company) in covered(session, person, today).items()
    }
