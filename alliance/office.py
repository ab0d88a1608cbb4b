"""What the office does: companies, people, measures, and who has not answered."""

from __future__ import annotations

from sqlmodel import select

from alliance import companies, history, joining, leads, measures, notices, phrases, plan, proofs, rounds
from alliance.companies import Newcomer
from alliance.errors import Expired, Invalid
from alliance.hearing import Hearing
from alliance.intents import AddMeasure, AssignMeasure, RegisterCompany, RegisterPerson, ShowOutstanding
from alliance.notes import Note
from store.tables import Assignment, Measure, Person, Role
from texts import say


def outstanding(hearing: Hearing, _intent: ShowOutstanding) -> Note:
    """OFFEN: who has not answered."""
    return rounds.outstanding(hearing.session, hearing.house, hearing.language, hearing.at)


def register_company(hearing: Hearing, intent: RegisterCompany) -> Note:
    """Register a company or institution."""
    company = companies.add(hearing.session, intent.name, intent.phone)
    history.write(hearing, "register-company", {"company": company.id})
    return Note(say(hearing.language, "office-company-title", company=company.name))


def register_person(hearing: Hearing, intent: RegisterPerson) -> Note:
    """Register a person for a company, which is registered along if it is new; they are welcomed."""
    email = proofs.checked(intent.email)
    company = companies.find(hearing.session, intent.company) or companies.add(hearing.session, intent.company)
    role = Role.OFFICE if intent.office else Role.MEMBER
    newcomer = Newcomer(intent.name, email, phone=intent.phone, role=role)
    person = companies.enrol(hearing, company, newcomer)
    key = f"welcome:person:{person.id}:{hearing.at:%Y%m%d%H%M%S}"
    notices.to_person(hearing.session, person, joining.welcome(hearing, person), key, hearing.at)
    line = say(hearing.language, "office-admitted-line", name=person.name, company=company.name)
    return Note(say(hearing.language, "office-admitted-title", name=person.name), (line,))


def add_measure(hearing: Hearing, intent: AddMeasure) -> Note:
    """Add a measure to the plan. Raises Invalid if the number is taken or an adopted plan misses the reason."""
    if intent.number < 1:
        raise Invalid("refusal-measure-incomplete")
    measure = plan.new_measure(
        hearing, intent.title, number=intent.number, field=intent.field, due=intent.due, why=intent.why
    )
    return Note(say(hearing.language, "office-measure-title", measure=phrases.measure_title(measure)))


def assign(hearing: Hearing, intent: AssignMeasure) -> Note:
    """Give a measure to a member, who hears of it with its card. Raises Refusal, for an observer too."""
    measure = measures.carried(hearing, intent.measure)
    person = companies.taking_part(hearing.session, intent.email)
    if intent.unled and leads.led_by_other(hearing.session, measure, person):
        values = {"measure": phrases.measure_title(measure), "number": str(measure.number)}
        raise Expired("refusal-assign-led", **values)
    if _enter(hearing, measure, person, lead=intent.lead):
        deed = history.write(hearing, "assign", {"measure": measure.number, "person": person.id, "lead": intent.lead})
        _tell_assigned(hearing, person, measure, lead=intent.lead, key=f"assigned:{deed.id}")
    kind = "lead" if intent.lead else "contributor"
    values = {"measure": phrases.measure_title(measure), "name": person.name}
    return Note(say(hearing.language, f"office-assigned-{kind}", **values))


def _enter(hearing: Hearing, measure: Measure, person: Person, *, lead: bool) -> bool:
    """Enter who carries a measure; False if that was so already, as when a button is pressed twice."""
    assert measure.id is not None
    assert person.id is not None
    if lead:
        leads.settle(hearing.session, measure, person, hearing.at)
    statement = select(Assignment).where(Assignment.measure_id == measure.id, Assignment.person_id == person.id)
    there = hearing.session.exec(statement).first()
    if there is not None and there.lead == lead:
        return False
    assignment = there or Assignment(measure_id=measure.id, person_id=person.id)
    assignment.lead = lead
    hearing.session.add(assignment)
    return True


def _tell_assigned(hearing: Hearing, person: Person, measure: Measure, *, lead: bool, key: str) -> None:
    theirs = notices.as_heard(hearing.session, hearing.house, person, hearing.at)
    kind = "lead" if lead else "contributor"
    note = Note(
        title=say(person.language, "member-assigned-title", measure=phrases.measure_title(measure)),
        lines=(say(person.language, f"member-assigned-{kind}"),),
        items=(measures.card(theirs, measure),),
        matter=measures.about(measure),
    )
    notices.to_person(hearing.session, person, note, key, hearing.at)
