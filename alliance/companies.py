"""Companies and the people who speak for them: finding, registering, enrolling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sqlmodel import Session, select

from alliance import history
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from store.tables import Address, Company, Person, Role

_LEGAL_FORM = re.compile(r"\b(gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|se|ev|eg|ek|co|haftungsbeschraenkt)\b")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def search_key(name: str) -> str:
    """How a company is recognised whatever the spelling: »Muster & Söhne GmbH« is »muster soehne«."""
    folded = unicodedata.normalize("NFC", name).lower().translate(_UMLAUTS)
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"[.]", "", folded)).split()
    kept = _LEGAL_FORM.sub(" ", " ".join(words)).split()
    return " ".join(kept or words) or folded.strip()


def find(session: Session, name: str) -> Company | None:
    """The company that is called so, whatever the spelling."""
    return session.exec(select(Company).where(Company.search_key == search_key(name))).first()


def add(session: Session, name: str, phone: str = "") -> Company:
    """Register a company. Raises Invalid if there is one already."""
    if find(session, name):
        raise Invalid("refusal-company-exists", company=name)
    company = Company(name=" ".join(name.split()), search_key=search_key(name), phone=phone)
    session.add(company)
    session.flush()
    return company


@dataclass(frozen=True)
class Newcomer:
    """What is known of a person who becomes a member; ``email`` is lower case."""

    name: str
    email: str
    phone: str = ""
    role: Role = Role.MEMBER
    language: str = "de"


def member(session: Session, email: str) -> Person:
    """The member who has this address. Raises NotFound."""
    statement = select(Person).join(Address).where(Address.email == email.strip().lower())
    person = session.exec(statement).first()
    if person is None or person.left_at is not None:
        raise NotFound("refusal-no-such-member", email=email)
    return person


def taking_part(session: Session, email: str) -> Person:
    """The member with this address who may be given a task. Raises NotFound, or Invalid for an observer."""
    person = member(session, email)
    if person.role == Role.OBSERVER:
        raise Invalid("refusal-task-for-observer", email=email)
    return person


def enrol(hearing: Hearing, company: Company, newcomer: Newcomer) -> Person:
    """Make a person a member, or take back in one who had left. Raises Invalid if the address belongs to a member."""
    address = hearing.session.exec(select(Address).where(Address.email == newcomer.email)).first()
    person = hearing.session.get_one(Person, address.person_id) if address else None
    if person and person.left_at is None:
        raise Invalid("refusal-address-taken", email=newcomer.email)
    assert company.id is not None
    if person is None:
        person = Person(name=newcomer.name, company_id=company.id, joined_at=hearing.at)
        hearing.session.add(person)
    person.name, person.company_id, person.phone = newcomer.name, company.id, newcomer.phone or person.phone
    person.role, person.language = newcomer.role, newcomer.language
    person.left_at, person.joined_at = None, hearing.at
    hearing.session.flush()
    if address is None and person.id is not None:
        hearing.session.add(Address(person_id=person.id, email=newcomer.email))
        hearing.session.flush()
    history.write(hearing, "enrol", {"person": person.id})
    return person
