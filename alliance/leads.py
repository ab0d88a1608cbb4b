"""Leads that accept: a measure is offered by a decision, or by whoever hands it over, and answered with JA or NEIN."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, or_, select

import texts
from alliance import companies, history, measures, notices, phrases, rounds, workdays
from alliance.afterwards import Offered, Reader, Step
from alliance.errors import Expired, Invalid, NotFound
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import AnswerLead, HandOver
from alliance.notes import Action, Note
from store import outbox
from store.tables import Assignment, LeadOffer, Measure, Person
from texts import say

# Offering -------------------------------------------------------------------------------------------------------------


def hand_over(hearing: Hearing, intent: HandOver) -> Note:
    """ABGEBEN: offer the lead of my measure to another member; it stays mine until they accept. Raises Refusal."""
    measure = measures.find(hearing, intent.measure)
    if measure.withdrawn_at is not None:
        raise Invalid("refusal-lead-withdrawn", measure=phrases.measure_title(measure))
    person = companies.taking_part(hearing.session, intent.email)
    if person.id == hearing.member_id:
        raise Invalid("refusal-lead-yourself")
    _check_free(hearing.session, measure, person)
    withdraw(hearing.session, measure, hearing.at)
    offer(hearing, measure, person, from_id=hearing.member_id)
    history.write(hearing, "hand-over", {"measure": measure.number, "person": person.id})
    language, values = hearing.language, {"measure": phrases.measure_title(measure), "email": intent.email}
    line = say(language, "member-handover-line")
    return Note(say(language, "member-handover-title", **values), (line,), matter=measures.about(measure), toast=line)


def offer(
    hearing: Hearing, measure: Measure, person: Person, *, from_id: int | None = None, decision_id: int | None = None
) -> LeadOffer:
    """Offer the lead of a measure to a person, who is asked in the next office hour; who names themselves accepts."""
    assert measure.id is not None
    assert person.id is not None
    made = LeadOffer(
        measure_id=measure.id, person_id=person.id, from_id=from_id, decision_id=decision_id, made_at=hearing.at
    )
    hearing.session.add(made)
    hearing.session.flush()
    if hearing.person and person.id == hearing.person.id:
        made.answered_at, made.accepted = hearing.at, True
        _lead(hearing.session, measure, person)
        return made
    due = workdays.next_office_hour(hearing.at, hearing.house.zone)
    note = _question(hearing, made, person)
    notices.to_person(hearing.session, person, note, f"lead-offer:{made.id}:{person.id}", due)
    return made


def _check_free(session: Session, measure: Measure, person: Person) -> None:
    """Raises Invalid when the person leads the measure already or was asked and has not answered."""
    title = phrases.measure_title(measure)
    if _lead_of(session, measure, person):
        raise Invalid("refusal-lead-already", measure=title)
    if any(made.person_id == person.id for made in open_offers(session, measure)):
        raise Invalid("refusal-lead-offered", measure=title)


def _question(hearing: Hearing, made: LeadOffer, person: Person, kind: str = "") -> Note:
    """The offer with JA and NEIN. A member reads of the other's company, not of their name."""
    session, language = hearing.session, person.language
    measure = session.get_one(Measure, made.measure_id)
    giver = session.get(Person, made.from_id) if made.from_id else None
    if giver:
        line = say(language, "member-lead-offer-handover", company=notices.company_of(session, giver).name)
    else:
        line = say(language, "member-lead-offer-decision")
    theirs = notices.as_heard(session, hearing.house, person, hearing.at)
    card = measures.card(theirs, measure)
    lines = (line, *card.lines, say(language, "member-lead-offer-line"))
    title = say(language, f"member-lead-offer-title{kind}", measure=phrases.measure_title(measure))
    return Note(title, lines, actions=_answers(language, made.id or 0), matter=measures.about(measure))


def _answers(language: str, offer_id: int) -> tuple[Action, ...]:
    return tuple(
        Action(
            say(language, f"member-lead-offer-button-{word}"),
            AnswerLead(offer_id, accept=word == "yes"),
            say(language, f"word-{word}"),
        )
        for word in ("yes", "no")
    )


# Answering ------------------------------------------------------------------------------------------------------------


def answer(hearing: Hearing, intent: AnswerLead) -> Note:
    """JA or NEIN to an offered measure; only the first word counts. Raises Refusal."""
    made = hearing.session.get(LeadOffer, intent.offer, with_for_update=True)
    if made is None or made.person_id != hearing.member_id:
        raise NotFound("refusal-button-over")
    measure = hearing.session.get_one(Measure, made.measure_id)
    _check_open(made, measure, hearing.member)
    made.answered_at, made.accepted = hearing.at, intent.accept
    what = "accept-lead" if intent.accept else "decline-lead"
    history.write(hearing, what, {"measure": measure.number, "offer": made.id})
    return _accepted(hearing, made, measure) if intent.accept else _declined(hearing, made, measure, intent.why)


def _check_open(made: LeadOffer, measure: Measure, person: Person) -> None:
    """Raises Expired when there is nothing left to answer; what was offered before somebody left is void."""
    title = phrases.measure_title(measure)
    if measure.withdrawn_at is not None:
        raise Expired("refusal-lead-withdrawn", measure=title)
    if made.answered_at is not None:
        kind = "over" if made.accepted is None else "accepted" if made.accepted else "declined"
        raise Expired(f"refusal-lead-{kind}", measure=title)
    if person.joined_at > made.made_at:
        raise Expired("refusal-lead-over", measure=title)


def _accepted(hearing: Hearing, made: LeadOffer, measure: Measure) -> Note:
    session, language = hearing.session, hearing.language
    _lead(session, measure, hearing.member)
    giver = _release(session, made, measure)
    title = phrases.measure_title(measure)
    if giver:
        _tell(hearing, made, giver, _about_offer(giver, measure, "handed-over"))
    notices.to_office(session, _for_office(hearing, measure, "accepted"), f"lead-answered:{made.id}", hearing.at)
    line = say(language, "member-lead-line")
    card = measures.card(hearing, measure, line)
    return Note(
        say(language, "member-lead-title", measure=title), items=(card,), toast=line, matter=measures.about(measure)
    )


def _declined(hearing: Hearing, made: LeadOffer, measure: Measure, why: str) -> Note:
    session, language = hearing.session, hearing.language
    giver = session.get(Person, made.from_id) if made.from_id else None
    if giver and giver.left_at is None:
        _tell(hearing, made, giver, _about_offer(giver, measure, "not-handed-over"))
    notices.to_office(session, _for_office(hearing, measure, "declined", why), f"lead-answered:{made.id}", hearing.at)
    line = say(language, "member-declined-line" if why else "member-declined-why")
    return Note(say(language, "member-declined-title", measure=phrases.measure_title(measure)), (line,), toast=line)


def settle(session: Session, measure: Measure, person: Person, at: datetime) -> None:
    """The office has given the lead to a person: whatever was offered is void, or accepted by that person."""
    for made in open_offers(session, measure):
        if made.person_id == person.id:
            made.answered_at, made.accepted = at, True
            outbox.drop(session, f"lead-offer:{made.id}:")
    withdraw(session, measure, at)


def _lead(session: Session, measure: Measure, person: Person) -> None:
    """Enter the person as lead of the measure, who may have contributed to it before."""
    assert measure.id is not None
    assert person.id is not None
    statement = select(Assignment).where(Assignment.measure_id == measure.id, Assignment.person_id == person.id)
    assignment = session.exec(statement).first() or Assignment(measure_id=measure.id, person_id=person.id)
    assignment.lead = True
    session.add(assignment)
    session.flush()


def _release(session: Session, made: LeadOffer, measure: Measure) -> Person | None:
    """Take the lead from who handed it over; returns them if they are to hear of it."""
    giver = session.get(Person, made.from_id) if made.from_id else None
    assignment = _lead_of(session, measure, giver) if giver else None
    if assignment is None:
        return None
    session.delete(assignment)
    session.flush()
    return giver if giver and giver.left_at is None else None


def led_by_other(session: Session, measure: Measure, person: Person) -> bool:
    """Whether somebody else who is still with us leads a measure."""
    statement = select(Person.id).join(Assignment).where(Assignment.measure_id == measure.id, col(Assignment.lead))
    others = statement.where(Person.id != person.id, col(Person.left_at).is_(None))
    return session.exec(others.limit(1)).first() is not None


def _lead_of(session: Session, measure: Measure, person: Person) -> Assignment | None:
    statement = select(Assignment).where(
        Assignment.measure_id == measure.id, Assignment.person_id == person.id, col(Assignment.lead)
    )
    return session.exec(statement).first()


# Offers that are open -------------------------------------------------------------------------------------------------


def open_offers(session: Session, measure: Measure) -> list[LeadOffer]:
    """The offers of a measure that nobody has answered yet."""
    statement = select(LeadOffer).where(LeadOffer.measure_id == measure.id, col(LeadOffer.answered_at).is_(None))
    return list(session.exec(statement.order_by(col(LeadOffer.id))))


def withdraw(session: Session, measure: Measure, at: datetime) -> None:
    """A measure's offers are void: somebody leads it now, or it is offered to another. Whoever was asked hears of it.

    A question that was not sent yet is dropped instead.
    """
    for made in open_offers(session, measure):
        made.answered_at = at
        person = session.get_one(Person, made.person_id)
        key = f"lead-offer:{made.id}:"
        was_asked = any(row.state != outbox.Sending.QUEUED for row in outbox.rows(session, key))
        outbox.drop(session, key)
        if was_asked and person.left_at is None:
            note = _about_offer(person, measure, "lead-offer-void")
            notices.to_person(session, person, note, f"lead-void:{made.id}", at)


def let_go(session: Session, house: House, person: Person, at: datetime) -> tuple[Measure, ...]:
    """Somebody changes the company: what they offered and what was offered to them is void.

    Both sides hear of it. Returns the measures that were offered to them.
    """
    statement = select(LeadOffer).where(
        col(LeadOffer.answered_at).is_(None), or_(LeadOffer.person_id == person.id, LeadOffer.from_id == person.id)
    )
    due, offered = workdays.next_office_hour(at, house.zone), []
    for made in session.exec(statement.order_by(col(LeadOffer.id))).all():
        measure = session.get_one(Measure, made.measure_id)
        withdraw(session, measure, at)
        if made.person_id != person.id:
            continue
        offered.append(measure)
        giver = session.get(Person, made.from_id) if made.from_id else None
        if giver and giver.left_at is None:
            note = _about_offer(giver, measure, "not-handed-over")
            notices.to_person(session, giver, note, f"lead-told:{made.id}", due)
    return tuple(offered)


def _about_offer(reader: Person, measure: Measure, kind: str) -> Note:
    title = say(reader.language, f"member-{kind}-title", measure=phrases.measure_title(measure))
    return Note(title, (say(reader.language, f"member-{kind}-line"),))


def _tell(hearing: Hearing, made: LeadOffer, reader: Person, note: Note) -> None:
    due = workdays.next_office_hour(hearing.at, hearing.house.zone)
    notices.to_person(hearing.session, reader, note, f"lead-told:{made.id}", due)


def _for_office(hearing: Hearing, measure: Measure, kind: str, why: str = "") -> Callable[[Person], Note]:
    """What the office reads about an answer: who, for which company, and why not."""
    name, company = hearing.member.name, notices.company_of(hearing.session, hearing.member).name

    def note_for(reader: Person) -> Note:
        language = reader.language
        lines = [say(language, f"office-lead-{kind}-line", name=name, company=company)]
        if why:
            lines.append(say(language, "all-phrase-quote", text=why))
        title = say(language, f"office-lead-{kind}-title", measure=phrases.measure_title(measure), name=name)
        return Note(title, tuple(lines))

    return note_for


# By the clock ---------------------------------------------------------------------------------------------------------


def offered(session: Session) -> list[Offered]:
    """What the clock needs to know about each open offer."""
    statement = select(LeadOffer).join(Measure).where(col(Measure.withdrawn_at).is_(None))
    statement = statement.where(col(LeadOffer.answered_at).is_(None)).order_by(col(LeadOffer.id))
    return [_facts(session, made) for made in session.exec(statement)]


def _facts(session: Session, made: LeadOffer) -> Offered:
    person = session.get_one(Person, made.person_id)
    kinds = ("lead-remind", "lead-over")
    done = frozenset(kind for kind in kinds if outbox.keys(session, f"{kind}:{made.id}:"))
    reader = Reader(made.person_id, rounds.silent_until(person))
    return Offered(made.id or 0, reader, made.made_at, person.left_at is not None, done)


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Remind somebody of an offer, or tell the office that nobody answers it."""
    made = session.get_one(LeadOffer, step.about)
    person = session.get_one(Person, made.person_id)
    hearing = notices.as_heard(session, house, person, now)
    if step.kind == "lead-remind":
        note = _question(hearing, made, person, "-again")
        notices.to_person(session, person, note, f"{step.key}:{person.id}", now)
        return
    measure = session.get_one(Measure, made.measure_id)
    if person.left_at is not None:
        made.answered_at = now
    giver = session.get(Person, made.from_id) if made.from_id else None
    if giver and giver.left_at is None:
        kind = "not-handed-over" if person.left_at else "handover-silent"
        notices.to_person(session, giver, _about_offer(giver, measure, kind), f"lead-silent:{made.id}", now)
    notices.to_office(session, lambda reader: _over_note(hearing, reader, made, measure), step.key, now)


def _over_note(hearing: Hearing, reader: Person, made: LeadOffer, measure: Measure) -> Note:
    """For the office: who has not answered, with a phone number, and how to go on."""
    language, person = reader.language, hearing.member
    company = notices.company_of(hearing.session, person)
    since = texts.short_day(language, made.made_at.astimezone(hearing.house.zone).date())
    phone = person.phone or company.phone or say(language, "office-outstanding-no-phone")
    values = {"name": person.name, "company": company.name}
    if person.left_at:
        line = say(language, "office-lead-gone-line", **values)
    else:
        line = say(language, "office-lead-silent-line", since=since, phone=phone, **values)
    how = say(language, "office-lead-over-how", number=str(measure.number))
    kind = "handover" if made.from_id else "lead"
    return Note(say(language, f"office-{kind}-over-title", measure=phrases.measure_title(measure)), (line, how))
