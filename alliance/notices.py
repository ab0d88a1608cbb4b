"""A note for one person or address, in their language, put into the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from alliance.hearing import Hearing, Voice
from alliance.house import House
from alliance.intents import Matter
from alliance.notes import Note
from alliance.packing import pack
from store import outbox
from store.outbox import Channel, Outgoing
from store.tables import Address, Company, Person, Role


def to_person(
    session: Session, person: Person, note: Note, key: str, now: datetime, *, expires_at: datetime | None = None
) -> None:
    """Enqueue a note on the person's own channel, once per ``key``; the office knows of those whom no way reaches."""
    way = way_to(session, person)
    if way is None:
        return
    channel, to = way
    packed = pack(replace(note, language=person.language))
    row = Outgoing(
        key,
        channel,
        to,
        packed,
        now,
        person_id=person.id,
        secret=_is_secret(note),
        always=note.always,
        expires_at=expires_at,
    )
    outbox.enqueue(session, [row], now)


def to_office(session: Session, note_for: Callable[[Person], Note], key: str, now: datetime) -> None:
    """Enqueue a note to each person of the office."""
    for person in office_people(session):
        to_person(session, person, note_for(person), f"{key}:{person.id}", now)


def to_address(session: Session, email: str, note: Note, key: str, now: datetime, in_reply_to: str = "") -> None:
    """Enqueue a letter to an address that may be nobody's yet."""
    row = Outgoing(key, Channel.MAIL, email, pack(note), now, in_reply_to=in_reply_to, secret=_is_secret(note))
    outbox.enqueue(session, [row], now)


def answer(hearing: Hearing, note: Note, key: str, in_reply_to: str) -> None:
    """Enqueue the answer to a letter, to the address it came from."""
    person = hearing.person.id if hearing.person else None
    row = Outgoing(
        key,
        Channel.MAIL,
        hearing.voice.email,
        pack(replace(note, thread=note.thread or _thread_of(hearing.matter))),
        hearing.at,
        person_id=person,
        in_reply_to=in_reply_to,
        secret=_is_secret(note),
        always=note.always,
    )
    outbox.enqueue(hearing.session, [row], hearing.at)


def to_chat(session: Session, chat_id: int, note: Note, key: str, now: datetime) -> None:
    """Enqueue a bubble to a chat that may be nobody's yet."""
    outbox.enqueue(session, [Outgoing(key, Channel.TELEGRAM, str(chat_id), pack(note), now)], now)


def round_thread(meeting: int | None) -> str:
    """The conversation that all letters of one meeting's round form."""
    return f"round:{meeting}" if meeting else ""


def _thread_of(matter: Matter) -> str:
    return round_thread(matter.id) if matter.kind == "round" else ""


def _is_secret(note: Note) -> bool:
    return note.private or note.matter.kind in {"proof", outbox.LAST_WORD}


def way_to(session: Session, person: Person) -> tuple[Channel, str] | None:
    """The channel the person chose, or the other one if that is dead; None if both are, but the office gets mail."""
    if person.erased_at is not None:
        return None
    chat = (Channel.TELEGRAM, str(person.telegram_id)) if person.telegram_id and not person.telegram_dead else None
    if chat and person.channel == Channel.TELEGRAM:
        return chat
    address = _address(session, person)
    if address.dead and (chat or person.role != Role.OFFICE):
        return chat
    return Channel.MAIL, address.email


def address_of(session: Session, person: Person) -> str:
    """The person's mail address, one that works if there is one."""
    return _address(session, person).email


def _address(session: Session, person: Person) -> Address:
    statement = select(Address).where(Address.person_id == person.id).order_by(col(Address.dead), col(Address.id))
    return session.exec(statement.limit(1)).one()


def office_people(session: Session) -> list[Person]:
    """The people of the office who are still with us."""
    statement = select(Person).where(Person.role == Role.OFFICE, col(Person.left_at).is_(None))
    return list(session.exec(statement.order_by(col(Person.id))))


def everyone(session: Session) -> list[Person]:
    """All members and the office, as long as they are with us."""
    return list(session.exec(select(Person).where(col(Person.left_at).is_(None)).order_by(col(Person.id))))


def company_of(session: Session, person: Person) -> Company:
    """The company the person speaks for."""
    return session.get_one(Company, person.company_id)


def as_heard(session: Session, house: House, person: Person, now: datetime) -> Hearing:
    """A hearing in which nobody spoke: for notes that go out by themselves."""
    return Hearing(session, house, Voice(channel=person.channel, at=now), person)
