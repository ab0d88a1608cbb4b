"""Roles: who is a member, reads along or belongs to the office, and the two people it takes for the office's rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col, select

import texts
from alliance import companies, deputising, history, moving, notices, ownership, phrases
from alliance.errors import Expired, Invalid, NotAllowed, NotFound
from alliance.hearing import Hearing
from alliance.intents import DecideRole, SetRole
from alliance.notes import Action, Note
from store import outbox
from store.tables import LeadOffer, Person, Role, RoleProposal
from texts import say

LIVES = timedelta(days=14)  # a proposal that nobody has decided on


def set_role(hearing: Hearing, intent: SetRole) -> Note:
    """ROLLE: change what somebody is; what concerns the office's rights waits for a second person of the office.

    The operator needs nobody else. Raises Refusal.
    """
    person, role = companies.member(hearing.session, intent.email), _role(intent.role)
    if person.role == role:
        raise Invalid("refusal-role-already", email=intent.email, role=role_word(hearing.language, role))
    if Role.OFFICE not in {person.role, role} or hearing.operator:
        return _changed(hearing, person, role)
    return _propose(hearing, person, role)


def role_word(language: str, role: str) -> str:
    """»Geschäftsstelle«."""
    return say(language, f"office-sheet-role-{role}")


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise Invalid("refusal-role-unknown") from None


# Four eyes ------------------------------------------------------------------------------------------------------------


def _propose(hearing: Hearing, person: Person, role: Role) -> Note:
    """Ask the others of the office. Raises Invalid when nobody is left, or nobody else to ask."""
    if ownership.is_last_of_office(hearing, person):
        raise Invalid("refusal-role-last", email=notices.address_of(hearing.session, person))
    deciders = _deciders(hearing.session, person.id, hearing.member_id)
    if not deciders:
        raise Invalid("refusal-role-alone", email=notices.address_of(hearing.session, person), role=role.value)
    made = _waiting(hearing, person, role)
    if made is not None and made.proposed_by != hearing.member_id:
        return _question(hearing, hearing.member, made, person)
    made = made or _made(hearing, person, role, deciders)
    language = hearing.language
    until = texts.day(language, (made.made_at + LIVES).astimezone(hearing.house.zone).date())
    title = say(language, "office-role-proposed-title", name=person.name, role=role_word(language, role))
    return Note(title, (say(language, "office-role-proposed-line", count=len(deciders), until=until),), toast=title)


def _deciders(session: Session, *without: int | None) -> list[Person]:
    return [person for person in notices.office_people(session) if person.id not in without]


def _waiting(hearing: Hearing, person: Person, role: Role) -> RoleProposal | None:
    """The same proposal, if somebody has made it and nobody has decided."""
    statement = select(RoleProposal).where(RoleProposal.person_id == person.id, col(RoleProposal.role) == role)
    statement = statement.where(col(RoleProposal.decided_at).is_(None)).order_by(col(RoleProposal.id))
    return next((made for made in hearing.session.exec(statement) if not _lapsed(hearing, made, person)), None)


def _made(hearing: Hearing, person: Person, role: Role, deciders: list[Person]) -> RoleProposal:
    assert person.id is not None
    made = RoleProposal(person_id=person.id, role=role, proposed_by=hearing.member_id, made_at=hearing.at)
    hearing.session.add(made)
    hearing.session.flush()
    history.write(hearing, "propose-role", {"proposal": made.id, "person": person.id, "role": role.value})
    for reader in deciders:
        key = f"role-proposal:{made.id}:{reader.id}"
        note = _question(hearing, reader, made, person)
        notices.to_person(hearing.session, reader, note, key, hearing.at, expires_at=hearing.at + LIVES)
    if person.role == Role.OFFICE and person.id != hearing.member_id:
        line = say(person.language, "member-role-proposed-line")
        note = Note(say(person.language, "member-role-proposed-title"), (line,))
        notices.to_person(hearing.session, person, note, f"role-proposal:{made.id}:{person.id}", hearing.at)
    return made


def _question(hearing: Hearing, reader: Person, made: RoleProposal, person: Person) -> Note:
    """What is proposed, by whom, what it means, and JA or NEIN."""
    language, proposer = reader.language, hearing.session.get_one(Person, made.proposed_by)
    kind = "give" if made.role == Role.OFFICE else "take"
    company = notices.company_of(hearing.session, person).name
    until = texts.day(language, (made.made_at + LIVES).astimezone(hearing.house.zone).date())
    values = {"name": person.name, "company": company, "proposer": proposer.name, "until": until}
    return Note(
        say(language, f"office-role-question-{kind}-title", name=person.name),
        (say(language, f"office-role-question-{kind}-line", **values, role=role_word(language, made.role)),),
        actions=tuple(_answer(language, made, word) for word in ("yes", "no")),
        language=language,
    )


def _answer(language: str, made: RoleProposal, word: str) -> Action:
    kind = "give" if made.role == Role.OFFICE else "take"
    label = say(language, f"office-role-button-{kind}-{word}")
    return Action(label, DecideRole(made.id or 0, accept=word == "yes"), say(language, f"word-{word}"))


def decide_role(hearing: Hearing, intent: DecideRole) -> Note:
    """JA or NEIN of a second person of the office; only the first word counts. Raises Refusal."""
    session = hearing.session
    made = session.get(RoleProposal, intent.proposal, with_for_update=True)
    if made is None:
        raise NotFound("refusal-button-over")
    person = session.get_one(Person, made.person_id)
    _check_decider(hearing, made)
    if made.decided_at is not None:
        raise Expired("refusal-role-decided")
    if _lapsed(hearing, made, person):
        raise Expired("refusal-role-lapsed")
    made.decided_by, made.decided_at, made.accepted = hearing.member_id, hearing.at, intent.accept
    if intent.accept:
        return _changed(hearing, person, made.role, proposal=made.id)
    history.write(hearing, "decline-role", {"proposal": made.id, "person": person.id})
    title = say(hearing.language, "office-role-declined-title", name=person.name)
    _tell_office(hearing, person, f"role-declined:{made.id}", lambda reader: _declined(hearing, reader, person))
    return Note(title, (say(hearing.language, "office-role-declined-line"),), toast=title)


def _check_decider(hearing: Hearing, made: RoleProposal) -> None:
    """Raises NotAllowed for who proposed it and for whom it is about."""
    if hearing.member_id == made.proposed_by:
        raise NotAllowed("refusal-role-own-proposal")
    if hearing.member_id == made.person_id:
        raise NotAllowed("refusal-role-about-you")


def _lapsed(hearing: Hearing, made: RoleProposal, person: Person) -> bool:
    """Whether nothing is left to decide: too old, done otherwise, or one of the two is no longer who they were."""
    proposer = hearing.session.get_one(Person, made.proposed_by)
    gone = person.left_at is not None or person.joined_at > made.made_at or person.role == made.role
    unfounded = proposer.left_at is not None or proposer.role != Role.OFFICE
    return gone or unfounded or hearing.at >= made.made_at + LIVES


def _declined(hearing: Hearing, reader: Person, person: Person) -> Note:
    line = say(reader.language, "office-role-declined-by", decider=hearing.member.name)
    return Note(say(reader.language, "office-role-declined-title", name=person.name), (line,))


# The change -----------------------------------------------------------------------------------------------------------


def _changed(hearing: Hearing, person: Person, role: Role, *, proposal: int | None = None) -> Note:
    """Change the role, free what an observer cannot carry, and tell everybody whom it concerns."""
    before, person.role = person.role, role
    freed = _free(hearing, person) if role == Role.OBSERVER else []
    details = {"person": person.id, "before": before, "role": role, "proposal": proposal, "measures": freed}
    deed = history.write(hearing, "set-role", details)
    hearing.session.flush()
    _tell_person(hearing, person, before, f"role:{deed.id}:{person.id}")
    if Role.OFFICE in {before, role}:
        _tell_office(hearing, person, f"role:{deed.id}", lambda reader: _told(hearing, reader, person, freed))
    return _receipt(hearing, hearing.language, person, freed)


def _free(hearing: Hearing, person: Person) -> list[int]:
    """Take every task from a person who only reads along; returns the numbers of the measures nobody leads by now."""
    session = hearing.session
    freed = moving.free(session, person)
    for made in session.exec(
        select(LeadOffer).where(LeadOffer.person_id == person.id, col(LeadOffer.answered_at).is_(None))
    ):
        made.answered_at = hearing.at
        outbox.drop(session, f"lead-offer:{made.id}:")
    deputising.end_all(session, hearing.house, person, hearing.at, stays=True)
    session.flush()
    return [measure.number for measure in freed.orphans]


def _tell_person(hearing: Hearing, person: Person, before: str, key: str) -> None:
    language = person.language
    lines = [say(language, f"member-role-{person.role}-line")]
    if before == Role.OFFICE:
        lines.insert(0, say(language, "member-role-no-office-line"))
    title = say(language, f"member-role-{person.role}-title", house=hearing.house.name)
    notices.to_person(hearing.session, person, Note(title, tuple(lines)), key, hearing.at)


def _tell_office(hearing: Hearing, person: Person, key: str, note_for: Callable[[Person], Note]) -> None:
    """The others of the office hear of it, but not whom it is about."""
    speaker = hearing.person.id if hearing.person else None
    for reader in _deciders(hearing.session, person.id, speaker):
        notices.to_person(hearing.session, reader, note_for(reader), f"{key}:{reader.id}", hearing.at)


def _told(hearing: Hearing, reader: Person, person: Person, freed: list[int]) -> Note:
    note = _receipt(hearing, reader.language, person, freed)
    by = hearing.person.name if hearing.person else say(reader.language, "office-role-by-operator")
    return Note(note.title, (say(reader.language, "office-role-by", name=by), *note.lines))


def _receipt(hearing: Hearing, language: str, person: Person, freed: list[int]) -> Note:
    lines = [say(language, "office-role-changed-line", name=person.name)]
    if freed:
        names = phrases.measure_numbers(language, freed)
        lines.append(say(language, "office-left-measures", measures=names))
    if not notices.office_people(hearing.session):
        lines.append(say(language, "office-role-none-left"))
    title = say(language, "office-role-changed-title", name=person.name, role=role_word(language, person.role))
    return Note(title, tuple(lines), toast=title)
