"""WECHSEL: a member speaks for another company; and what becomes of the measures of who speaks for theirs no longer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from alliance import companies, deputising, history, leads, measures, notices, phrases
from alliance.errors import Expired, Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import AssignMeasure, ChangeCompany, DecideCompany, Matter, Undo
from alliance.joining import COMPANY_LIMIT
from alliance.notes import Action, Item, Note
from alliance.speakers import TOKEN_LIFETIME
from store.tables import Assignment, Company, CompanyChange, Deed, Measure, Offer, Person, Role
from texts import say

SUGGESTED = 3  # colleagues offered per measure

# Saying so ------------------------------------------------------------------------------------------------------------


def change_company(hearing: Hearing, intent: ChangeCompany) -> Note:
    """Put before the office that the speaker now speaks for another company. Raises Invalid."""
    company = " ".join(intent.company.split())[:COMPANY_LIMIT]
    if not company:
        line = say(hearing.language, "member-change-ask-line")
        return Note(say(hearing.language, "member-change-ask-title"), (line,), futile=True)
    present = notices.company_of(hearing.session, hearing.member)
    if companies.search_key(company) == present.search_key:
        raise Invalid("refusal-change-same", company=present.name)
    _replace_earlier(hearing, company)
    made = CompanyChange(person_id=hearing.member_id, company=company, made_at=hearing.at)
    hearing.session.add(made)
    hearing.session.flush()
    deed = history.write(hearing, "change-company", {"change": made.id})
    notices.to_office(hearing.session, lambda reader: _for_office(hearing, reader, made), f"move:{made.id}", hearing.at)
    language = hearing.language
    back = Action(say(language, "member-report-button-undo"), Undo(deed.id), say(language, "member-report-word-undo"))
    lines = (say(language, "member-change-line", company=present.name), say(language, "member-change-measures"))
    return Note(say(language, "member-change-title", company=company), lines, actions=(back,))


def _replace_earlier(hearing: Hearing, company: str) -> None:
    """The latest word counts. Raises Invalid when it is the very same, and the office can still answer the question."""
    for earlier in _open(hearing.session, hearing.member_id):
        is_same = companies.search_key(earlier.company) == companies.search_key(company)
        if is_same and hearing.at < earlier.made_at + TOKEN_LIFETIME:
            raise Invalid("refusal-change-asked", company=earlier.company)
        earlier.decided_at = hearing.at


def _open(session: Session, person_id: int) -> list[CompanyChange]:
    statement = select(CompanyChange).where(
        CompanyChange.person_id == person_id, col(CompanyChange.decided_at).is_(None)
    )
    return list(session.exec(statement.order_by(col(CompanyChange.id))))


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG, as long as the office has not decided. Raises Invalid."""
    made = hearing.session.get_one(CompanyChange, deed.details["change"])
    if made.decided_at is not None:
        raise Invalid("refusal-change-over")
    made.decided_at = hearing.at
    company = notices.company_of(hearing.session, hearing.member).name
    return Note(say(hearing.language, "member-change-back-title", company=company))


def _for_office(hearing: Hearing, reader: Person, made: CompanyChange) -> Note:
    """Who changes, from where to where, what they carry, and what JA does."""
    session, language, person = hearing.session, reader.language, hearing.member
    known = companies.find(session, made.company)
    values = {"name": person.name, "before": notices.company_of(session, person).name}
    lines = [say(language, "office-change-line", **values, company=known.name if known else made.company)]
    lines.append(say(language, "office-change-known" if known else "office-change-new"))
    if carried := measures.carried_of(session, person):
        titles = phrases.listing(language, [phrases.measure_title(measure) for measure in carried])
        lines += [say(language, "office-change-measures", measures=titles), say(language, "office-change-free")]
    actions = tuple(
        Action(
            say(language, f"office-change-button-{word}"),
            DecideCompany(made.id or 0, accept=word == "yes"),
            say(language, f"word-{word}"),
        )
        for word in ("yes", "no")
    )
    title = say(language, "office-change-title", name=person.name, company=made.company)
    return Note(title, tuple(lines), actions=actions, matter=Matter("change", made.id or 0))


# Deciding -------------------------------------------------------------------------------------------------------------


def decide(hearing: Hearing, intent: DecideCompany) -> Note:
    """The office says JA or NEIN; only the first word counts. Raises NotFound or Expired."""
    made = hearing.session.get(CompanyChange, intent.change, with_for_update=True)
    if made is None:
        raise NotFound("refusal-request-over")
    person = hearing.session.get_one(Person, made.person_id)
    if made.decided_at is not None:
        raise Expired("refusal-change-decided", name=person.name)
    made.decided_at, made.accepted = hearing.at, intent.accept
    made.decided_by = hearing.person.id if hearing.person else None
    if person.left_at is not None or person.joined_at > made.made_at:
        raise Expired("refusal-change-decided", name=person.name)
    return _move(hearing, made, person) if intent.accept else _decline(hearing, made, person)


def _move(hearing: Hearing, made: CompanyChange, person: Person) -> Note:
    session, before = hearing.session, notices.company_of(hearing.session, person)
    company = companies.find(session, made.company) or companies.add(session, made.company)
    assert company.id is not None
    freed = _let_go(hearing, person) if company.id != person.company_id else Freed()
    person.company_id = company.id
    details = {"change": made.id, "person": person.id, "company": company.id, "measures": list(freed.numbers)}
    history.write(hearing, "accept-company", details)
    note = _told(session, person, company, freed)
    notices.to_person(session, person, note, f"moved:{made.id}", hearing.at)
    language = hearing.language
    title = say(language, "office-moved-title", name=person.name, company=company.name)
    lines = [say(language, "office-moved-line", before=before.name)]
    if freed.orphans:
        lines.append(say(language, "office-moved-free"))
    return Note(title, tuple(lines), items=giving(session, language, freed), toast=title)


def _let_go(hearing: Hearing, person: Person) -> Freed:
    """What came with the old company goes: measures, what was offered, and who stands in for whom."""
    session, house, at = hearing.session, hearing.house, hearing.at
    offered = leads.let_go(session, house, person, at)
    deputising.end_all(session, house, person, at, stays=True)
    return free(session, person, offered)


def _told(session: Session, person: Person, company: Company, freed: Freed) -> Note:
    """What stays with the person, and what does not."""
    language = person.language
    lines = [say(language, "member-moved-stays")]
    if freed.numbers:
        names = phrases.measure_numbers(language, freed.numbers)
        lines.append(say(language, "member-moved-measures", measures=names))
    offers = select(Offer.id).where(Offer.person_id == person.id, col(Offer.closed_at).is_(None))
    if session.exec(offers.limit(1)).first() is not None:
        lines.append(say(language, "member-moved-offers"))
    lines.append(say(language, "member-moved-address"))
    return Note(say(language, "member-moved-title", company=company.name), tuple(lines))


def _decline(hearing: Hearing, made: CompanyChange, person: Person) -> Note:
    session = hearing.session
    history.write(hearing, "decline-company", {"change": made.id, "person": person.id})
    company = notices.company_of(session, person).name
    title = say(person.language, "member-not-moved-title", company=company)
    line = say(person.language, "member-not-moved-line", company=made.company)
    notices.to_person(session, person, Note(title, (line,)), f"moved:{made.id}", hearing.at)
    title = say(hearing.language, "office-not-moved-title", name=person.name, company=company)
    return Note(title, (say(hearing.language, "office-not-moved-line"),), toast=title)


# Measures that get free -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Freed:
    """What somebody carried (``numbers``), which of it nobody leads now, and who else speaks for their company."""

    numbers: tuple[int, ...] = ()
    orphans: tuple[Measure, ...] = ()
    colleagues: tuple[Person, ...] = ()


def free(session: Session, person: Person, offered: tuple[Measure, ...] = ()) -> Freed:
    """Take all measures from a person, before they leave their company.

    ``offered`` is what they might have led yet: it is among the orphans if nobody else leads it.
    """
    lost = orphans(session, person, offered)
    numbers = tuple(measure.number for measure in measures.carried_of(session, person))
    for assignment in session.exec(select(Assignment).where(Assignment.person_id == person.id)):
        session.delete(assignment)
    session.flush()
    return Freed(numbers, lost, _colleagues(session, person))


def orphans(session: Session, person: Person, offered: tuple[Measure, ...] = ()) -> tuple[Measure, ...]:
    """What nobody leads without this person, of what they lead and what they are ``offered``."""
    led = select(Measure).join(Assignment).where(Assignment.person_id == person.id, col(Assignment.lead))
    found = (*session.exec(led.where(col(Measure.withdrawn_at).is_(None))), *offered)
    lost = {measure.number: measure for measure in found if not leads.led_by_other(session, measure, person)}
    return tuple(lost[number] for number in sorted(lost))


def _colleagues(session: Session, person: Person) -> tuple[Person, ...]:
    """The others who speak for the same company and can carry measures."""
    statement = select(Person).where(
        Person.company_id == person.company_id,
        Person.id != person.id,
        Person.role != Role.OBSERVER,
        col(Person.left_at).is_(None),
    )
    return tuple(session.exec(statement.order_by(col(Person.id)).limit(SUGGESTED)))


def giving(session: Session, language: str, freed: Freed) -> tuple[Item, ...]:
    """Each measure without a lead, with ways to give it to a colleague in one word or tap."""
    addresses = {person.id: notices.address_of(session, person) for person in freed.colleagues}
    return tuple(
        Item(
            phrases.measure_title(measure),
            (say(language, "office-lead-over-how", number=str(measure.number)),),
            actions=tuple(
                Action(
                    say(language, "office-free-button", measure=f"M{measure.number}", name=person.name),
                    AssignMeasure(measure.number, addresses[person.id], unled=True),
                    say(language, "office-free-word", number=str(measure.number), email=addresses[person.id]),
                )
                for person in freed.colleagues
            ),
        )
        for measure in freed.orphans
    )
