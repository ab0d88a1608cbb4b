"""Whose a thing is: the questions behind the cells »own« and »carries it« of the table of rights."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alliance import deputies, phrases
from alliance.errors import NotAllowed
from alliance.hearing import Hearing
from alliance.intents import AddEvidence, Intent, ReportProgress
from store.prepared import Prepared
from store.tables import Assignment, Idea, Measure, Meeting, Offer, OfferMatch, Person, Role


def carries(hearing: Hearing, number: int | None = None) -> bool:
    """Whether the speaker leads or contributes to a measure (to any, without a number), or answers for who does."""
    if hearing.person is None:
        return False
    if _carries(hearing.session, hearing.member_id, number):
        return True
    others = deputies.principals(hearing.session, hearing.member_id, hearing.today)
    return any(_carries(hearing.session, other, number) for other in others)


_CARRIED = sql_select(col(Assignment.id)).join(Measure).where(col(Assignment.person_id) == bindparam("person"))
_CARRIES_IT = Prepared(_CARRIED.where(col(Measure.number) == bindparam("number")).limit(1))
_CARRIES_ANY = Prepared(_CARRIED.where(col(Measure.withdrawn_at).is_(None)).limit(1))


def _carries(session: Session, person: int, number: int | None) -> bool:
    if number is None:
        return _CARRIES_ANY.first(session, person=person) is not None
    return _CARRIES_IT.first(session, person=person, number=number) is not None


def not_carried(hearing: Hearing, intent: Intent) -> NotAllowed | None:
    """Why the speaker may not speak for the measures that a wish is about; None if they may for all of them.

    Of a measure that does not exist the deed will say so.
    """
    for number in _measures_meant(intent):
        if carries(hearing, number):
            continue
        if number is None:
            return NotAllowed("refusal-no-measures")
        if title := measure_title(hearing, number):
            return NotAllowed("refusal-not-your-measure", measure=title)
    return None


def _measures_meant(intent: Intent) -> Iterable[int | None]:
    """The numbers of the measures that a wish is about; None stands for »the one that is mine«."""
    if isinstance(intent, ReportProgress):
        return [report.measure for report in intent.reports]
    return [intent.measure] if isinstance(intent, AddEvidence) else []


def measure_title(hearing: Hearing, number: int) -> str:
    """»M3 Messe«; "" if there is no such measure."""
    measure = hearing.session.exec(select(Measure).where(Measure.number == number)).first()
    return phrases.measure_title(measure) if measure else ""


def leads(hearing: Hearing, number: int) -> bool:
    """Whether the speaker leads the measure in person; of one that does not exist the deed will say so."""
    lead = select(Assignment.id).where(Assignment.person_id == hearing.member_id, col(Assignment.lead))
    lead = lead.join(Measure).where(Measure.number == number)
    return hearing.session.exec(lead).first() is not None or not measure_title(hearing, number)


def owns_idea(hearing: Hearing, number: int) -> bool:
    """Whether the idea is the speaker's; of one that does not exist the deed will say so."""
    idea = hearing.session.get(Idea, number)
    return idea is None or (hearing.person is not None and idea.person_id == hearing.person.id)


def owns_offer(hearing: Hearing, number: int) -> bool:
    """Whether the offer or need is the speaker's; of one that does not exist the deed will say so."""
    offer = hearing.session.get(Offer, number)
    return offer is None or (hearing.person is not None and offer.person_id == hearing.person.id)


def is_side_of(hearing: Hearing, number: int) -> bool:
    """Whether the speaker is one of the two sides of a match; of one that is gone the deed will say so."""
    match = hearing.session.get(OfferMatch, number)
    return match is None or match.other_person_id == hearing.member_id or owns_offer(hearing, match.offer_id)


def takes_minutes(hearing: Hearing) -> bool:
    """Whether the speaker writes the minutes of any meeting."""
    mine = select(Meeting.id).where(Meeting.minute_taker_id == hearing.member_id, col(Meeting.cancelled_at).is_(None))
    return hearing.session.exec(mine.limit(1)).first() is not None


def is_last_of_office(hearing: Hearing, person: Person) -> bool:
    """Whether nobody would remain in the office without this person."""
    others = select(Person.id).where(
        Person.role == Role.OFFICE, col(Person.left_at).is_(None), col(Person.id) != person.id
    )
    return person.role == Role.OFFICE and hearing.session.exec(others.limit(1)).first() is None
