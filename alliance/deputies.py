"""Deputies (Vertretung): who answers for another person's measures for a time, as far as it holds today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Date, Select, bindparam, exists
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from alliance.portions import cut
from store.prepared import Prepared
from store.tables import Assignment, Company, Deputyship, Measure, Person, Role
from texts import say

# A measure's number -> whose it is (an id) and for which company somebody else answers for it; what marks it as such
Covered = Mapping[int, tuple[int, str]]
Marks = dict[int, tuple[str, ...]]


def principals(session: Session, person_id: int, today: date) -> frozenset[int]:
    """The ids of those for whom this person answers today, without themselves."""
    return frozenset(principal for (principal,) in _PRINCIPALS.all(session, deputy=person_id, today=today))


def answering(session: Session, today: date) -> dict[int, Person]:
    """Who answers today for others, by the id of the one they answer for."""
    statement = (
        select(Deputyship.person_id, Person)
        .join(Person, col(Deputyship.deputy_id) == Person.id)
        .where(*_holding(today), Person.role != Role.OBSERVER)
        .order_by(col(Deputyship.id))
    )
    return dict(session.exec(statement).all())


def _holding(today: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    """Accepted and not over yet, while the person that the statement joins is with us."""
    return (
        col(Deputyship.accepted).is_(True),
        col(Deputyship.ended_at).is_(None),
        col(Deputyship.until) >= today,
        col(Person.left_at).is_(None),
    )


# Asked with every report, and nearly always in vain
_PRINCIPALS = Prepared(
    sql_select(col(Deputyship.person_id))
    .join(Person, col(Deputyship.person_id) == Person.id)
    .where(col(Deputyship.deputy_id) == bindparam("deputy"), *_holding(bindparam("today", type_=Date)))
)


def covered(session: Session, person: Person | None, today: date) -> Covered:
    """What somebody answers for in another's place. What they carry themselves is not among it."""
    if person and person.id and not principals(session, person.id, today):
        return {}
    return covered_by(session, [person.id], today).get(person.id, {}) if person and person.id else {}


def covered_by(session: Session, people: Iterable[int], today: date) -> dict[int, Covered]:
    """The same for several people, by their ids; who answers for nobody is not among them."""
    found: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    for some in cut(people):
        for deputy, number, whose, company in session.execute(_covered(some, today)):
            found[deputy][number] = (whose or 0, company)
    return dict(found)


def _covered(people: Sequence[int], today: date) -> Select[int, int, int | None, str]:
    own = aliased(Assignment)
    is_own = exists().where(col(own.measure_id) == Measure.id, col(own.person_id) == Deputyship.deputy_id)
    shown = (col(Deputyship.deputy_id), col(Measure.number), col(Person.id), col(Company.name))
    return (
        sql_select(*shown)
        .select_from(Deputyship)
        .join(Person, col(Deputyship.person_id) == Person.id)
        .join(Company, col(Person.company_id) == Company.id)
        .join(Assignment, col(Assignment.person_id) == Person.id)
        .join(Measure, col(Assignment.measure_id) == Measure.id)
        .where(col(Deputyship.deputy_id).in_(people), *_holding(today), ~is_own, col(Measure.withdrawn_at).is_(None))
        .order_by(col(Assignment.lead), col(Assignment.id).desc())
    )


def marks(session: Session, person: Person | None, today: date) -> Marks:
    """»In Vertretung für Stahl GmbH« for each measure, by number, that somebody answers for in another's place."""
    return marked(person.language if person else "", covered(session, person, today))


def marked(language: str, covered_: Covered) -> Marks:
    """The same for what is known to be covered."""
    return {
        number: (say(language, "member-deputy-mark", company=company),) for number, (_, company) in covered_.items()
    }
