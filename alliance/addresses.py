"""A person's mail addresses: one more is added when both sides have confirmed it, and one is taken away."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, select

from alliance import history, notices, proofs
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import AddAddress, DropAddress, Matter
from alliance.notes import Note
from store.tables import Address, JoinRequest, Person, RequestState
from texts import say

AGAIN = timedelta(days=1)  # so long after the last code has run out


def add(hearing: Hearing, intent: AddAddress) -> Note:
    """The member wants to be known by one more address: it gets a letter, and JA to that adds it. Raises Invalid.

    The answer never tells whether the address belongs to somebody else.
    """
    email = proofs.checked(intent.email)
    if email in _own(hearing, hearing.member):
        raise Invalid("refusal-address-yours", email=email)
    if not proofs.spend_try(hearing):
        return Note(say(hearing.language, "guest-code-too-many-title"), (say(hearing.language, "guest-code-too-many"),))
    if proofs.owner(hearing.session, email) is None:
        _ask(hearing, email)
    line = say(hearing.language, "member-address-asked", email=email)
    return Note(say(hearing.language, "member-address-asked-title"), (line,), matter=Matter("proof"))


def _ask(hearing: Hearing, email: str) -> None:
    """A letter to the new address, once a day however often it is asked for."""
    request = _request(hearing, email)
    if request.code_expires_at is None or request.code_expires_at < hearing.at - AGAIN:
        proofs.mail_code(hearing, request)


def drop(hearing: Hearing, intent: DropAddress) -> Note:
    """Take an address away; the last one stays. Raises Invalid or NotFound."""
    email = intent.email.strip().lower()
    own = _own(hearing, hearing.member)
    if email not in own:
        raise NotFound("refusal-address-not-yours", email=email)
    if len(own) == 1:
        raise Invalid("refusal-address-last")
    hearing.session.delete(own[email])
    history.write(hearing, "drop-address", {"address": own[email].id})
    _tell(hearing, hearing.member, email, "dropped")
    return Note(say(hearing.language, "member-address-dropped-title"), (_line(hearing.language, email, "dropped"),))


def keep(hearing: Hearing, request: JoinRequest) -> Note:
    """Both sides have confirmed: the address is the member's, and their other addresses are told. Raises Invalid."""
    person = hearing.session.get_one(Person, request.person_id)
    assert person.id is not None
    if person.left_at is not None:
        raise Invalid("refusal-request-over")
    request.state, request.decided_at = RequestState.APPROVED, hearing.at
    _tell(hearing, person, request.email, "added")
    address = _taken_over(hearing.session, request.email) or Address(person_id=person.id, email=request.email)
    address.person_id, address.dead = person.id, False
    hearing.session.add(address)
    hearing.session.flush()
    history.write(hearing, "add-address", {"address": address.id, "person": person.id})
    line = _line(person.language, request.email, "added")
    return Note(say(person.language, "member-address-added-title"), (line,), language=person.language)


def _taken_over(session: Session, email: str) -> Address | None:
    """The address as somebody had it who left: it belongs to whoever reads its letters now."""
    return session.exec(select(Address).where(Address.email == email)).first()


def _own(hearing: Hearing, person: Person) -> dict[str, Address]:
    rows = hearing.session.exec(select(Address).where(Address.person_id == person.id))
    return {row.email: row for row in rows}


def _request(hearing: Hearing, email: str) -> JoinRequest:
    """The member's own open request for this address, or a new one; never somebody else's."""
    statement = select(JoinRequest).where(
        JoinRequest.email == email,
        JoinRequest.person_id == hearing.member_id,
        JoinRequest.state == RequestState.UNPROVED,
    )
    request = hearing.session.exec(statement).first()
    if request is None:
        request = JoinRequest(
            email=email,
            name=hearing.member.name,
            language=hearing.language,
            person_id=hearing.member_id,
            made_at=hearing.at,
        )
        hearing.session.add(request)
    request.chat_id = hearing.voice.chat_id or None
    hearing.session.flush()
    return request


def _tell(hearing: Hearing, person: Person, email: str, what: str) -> None:
    """The addresses that stay hear of the change, so that nobody is robbed of their membership unnoticed."""
    language = person.language
    warning = say(language, "member-address-not-you")
    note = Note(
        say(language, f"member-address-{what}-title"), (_line(language, email, what), warning), language=language
    )
    for number, own in enumerate(_own(hearing, person)):
        if own != email:
            key = f"address-{what}:{person.id}:{email}:{hearing.at:%Y%m%d%H%M%S}:{number}"
            notices.to_address(hearing.session, own, note, key, hearing.at)


def _line(language: str, email: str, what: str) -> str:
    return say(language, f"member-address-{what}-line", email=email)
