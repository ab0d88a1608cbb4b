"""A note for one person or address, in their language, put into the outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from alliance.hearing import Hearing, Voice
from alliance.house import House
from alliance.intents import Matter
from alliance.notes import Note
from alliance.packing import pack
from alliance.portions import cut
from store import outbox
from store.outbox import Channel, Outgoing
from store.tables import Address, Company, Person, Role
from texts import say

NO_WAY = (Channel.MAIL, "")
UNREACHABLE = "unreachable"


def to_person(
    session: Session, person: Person, note: Note, key: str, now: datetime, *, expires_at: datetime | None = None
) -> None:
    """Enqueue a note on the person's own channel, once per ``key``; the office hears of those whom no way reaches."""
    to_people(session, [(person, note, key)], now, expires_at=expires_at)


def to_people(
    session: Session,
    letters: Iterable[tuple[Person, Note, str]],
    now: datetime,
    *,
    expires_at: datetime | None = None,
) -> None:
    """The same for many, each with a note and a key of their own: two statements for a portion of them."""
    for some in cut(letters):
        ways = ways_to(session, [person for person, _, _ in some])
        rows = [
            outgoing(way, person, note, key, now, expires_at)
            for person, note, key in some
            if (way := ways[person.id or 0]) is not None
        ]
        outbox.enqueue(session, rows, now)
        lost = [each for each in some if ways[each[0].id or 0] is None and each[0].erased_at is None]
        if lost:
            _tell_unreachable(session, lost, now)


def _tell_unreachable(session: Session, letters: Sequence[tuple[Person, Note, str]], now: datetime) -> None:
    """The office hears of those whom no way reaches, once a month; what they were to get counts as done."""
    rows = [outgoing(NO_WAY, person, note, key, now) for person, note, key in letters]
    outbox.unsendable(session, rows, now, UNREACHABLE)
    for person, _, _ in letters:
        told = f"{UNREACHABLE}:{person.id}:{now:%Y-%m}"
        to_office(session, partial(not_arrived, person=person, kind=UNREACHABLE), told, now)


def outgoing(
    way: tuple[Channel, str], person: Person, note: Note, key: str, now: datetime, expires_at: datetime | None = None
) -> Outgoing:
    """A note for a person, in their language, as a row of the outbox."""
    channel, to = way
    return Outgoing(
        key,
        channel,
        to,
        pack(replace(note, language=person.language)),
        now,
        person_id=person.id,
        secret=_is_secret(note),
        always=note.always,
        expires_at=expires_at,
    )


def to_office(session: Session, note_for: Callable[[Person], Note], key: str, now: datetime) -> None:
    """Enqueue a note to each person of the office."""
    to_people(session, ((person, note_for(person), f"{key}:{person.id}") for person in office_people(session)), now)


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
    return ways_to(session, [person])[person.id or 0]


def ways_to(session: Session, people: Sequence[Person]) -> dict[int, tuple[Channel, str] | None]:
    """The same for several people, by their ids."""
    ways: dict[int, tuple[Channel, str] | None] = {
        person.id or 0: _chat(person) if person.channel == Channel.TELEGRAM and not person.erased_at else None
        for person in people
    }
    others = {person.id or 0: person for person in people if not ways[person.id or 0] and not person.erased_at}
    addresses = _addresses(session, others)
    return ways | {number: _by_mail(person, addresses[number]) for number, person in others.items()}


def reachable(session: Session, people: Sequence[Person]) -> list[Person]:
    """Those of these people to whom a way leads."""
    ways = ways_to(session, people)
    return [person for person in people if ways[person.id or 0]]


def _chat(person: Person) -> tuple[Channel, str] | None:
    """The person's chat, if they have one that works."""
    is_alive = person.telegram_id and not person.telegram_dead
    return (Channel.TELEGRAM, str(person.telegram_id)) if is_alive else None


def _by_mail(person: Person, address: Address) -> tuple[Channel, str] | None:
    chat = _chat(person)
    if address.dead and (chat or person.role != Role.OFFICE):
        return chat
    return Channel.MAIL, address.email


def way_around(session: Session, person: Person, dead: Collection[Channel]) -> tuple[Channel, str] | None:
    """A way to the person by a channel that is not dead, their own if it is not; None if there is none."""
    address = (Channel.MAIL, address_of(session, person))
    ways = (way_to(session, person), _chat(person), address)
    return next((way for way in ways if way and way[0] not in dead), None)


def unreachable(session: Session) -> frozenset[int]:
    """The ids of those who are with us and whom no way reaches any more."""
    lives = select(Address.person_id).where(col(Address.dead).is_(False))
    no_chat = col(Person.telegram_id).is_(None) | col(Person.telegram_dead)
    lost = select(Person.id).where(col(Person.left_at).is_(None), no_chat, col(Person.id).not_in(lives))
    return frozenset(person for person in session.exec(lost) if person is not None)


def not_arrived(reader: Person, person: Person, kind: str) -> Note:
    """For the office: somebody cannot be reached ("unreachable"), or one letter did not arrive ("undelivered")."""
    language = reader.language
    title = say(language, f"office-{kind}-title", name=person.name)
    return Note(title, (say(language, f"office-{kind}-line", name=person.name),))


def address_of(session: Session, person: Person) -> str:
    """The person's mail address, one that works if there is one."""
    return _addresses(session, [person.id or 0])[person.id or 0].email


def _addresses(session: Session, people: Iterable[int]) -> dict[int, Address]:
    """One address for each person (by their ids), one that works if there is one."""
    found: dict[int, Address] = {}
    for some in cut(people):
        worst_first = select(Address).where(col(Address.person_id).in_(some))
        worst_first = worst_first.order_by(col(Address.dead).desc(), col(Address.id).desc())
        found |= {address.person_id: address for address in session.exec(worst_first)}
    return found


def office_people(session: Session) -> list[Person]:
    """The people of the office who are still with us."""
    statement = select(Person).where(Person.role == Role.OFFICE, col(Person.left_at).is_(None))
    return list(session.exec(statement.order_by(col(Person.id))))


def everyone(session: Session) -> list[Person]:
    """All members and the office, as long as they are with us."""
    return list(session.exec(select(Person).where(col(Person.left_at).is_(None)).order_by(col(Person.id))))


def with_companies(session: Session, people: Iterable[int]) -> dict[int, tuple[Person, Company]]:
    """These people (by their ids), each with the company they speak for."""
    found: dict[int, tuple[Person, Company]] = {}
    for some in cut(people):
        statement = select(Person, Company).join(Company, col(Person.company_id) == Company.id)
        pairs = session.exec(statement.where(col(Person.id).in_(some)).order_by(col(Person.id)))
        found |= {person.id or 0: (person, company) for person, company in pairs}
    return found


def company_of(session: Session, person: Person) -> Company:
    """The company the person speaks for."""
    return session.get_one(Company, person.company_id)


def as_heard(session: Session, house: House, person: Person, now: datetime) -> Hearing:
    """A hearing in which nobody spoke: for notes that go out by themselves."""
    return Hearing(session, house, Voice(channel=person.channel, at=now), person)
