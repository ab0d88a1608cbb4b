"""The town: who lives there, what they carry, and the alliance as it stands before the first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, select

from alliance import chats
from alliance.desk import Desk, Voice
from alliance.hearing import Hearing
from alliance.intents import AddMeasure, AssignMeasure, RegisterPerson
from store.tables import Address, Channel, OutboxRow, Person

FIELDS = ("Infrastruktur", "Fachkräfte", "Gründungen", "Innenstadt", "Flächen", "Energie")
FIRST_CHAT = 7_000_000_001


@dataclass(frozen=True)
class Member:
    """Somebody who carries ``measures``. With a ``chat`` they can use Telegram; ``writes`` says where they answer."""

    number: int
    name: str
    email: str
    company: str
    chat: int
    writes: str  # "chat" or "mail"
    manner: str  # "tap" or "type" in a chat, "reply" by mail
    pace: str  # "prompt", "late", "silent"
    measures: tuple[int, ...]


@dataclass(frozen=True)
class Town:
    """All who live there; the last two are the office, by mail and in a chat."""

    members: tuple[Member, ...]
    office: Member
    office_in_chat: Member
    measures: int

    def everyone(self) -> Iterator[Member]:
        """The members and the office."""
        yield from self.members
        yield self.office
        yield self.office_in_chat


def town(members: int, measures: int) -> Town:
    """Half in chats, half by mail; a few by mail who have a chat as well; every tenth never answers."""
    people = tuple(_member(number, members, measures) for number in range(1, members + 1))
    office = Member(0, "Geschäftsstelle", "buero@stadt.example.org", "Stadt", 0, "mail", "reply", "prompt", ())
    chat = FIRST_CHAT + members + 1
    second = Member(0, "Zweite Stelle", "stelle@stadt.example.org", "Stadt", chat, "chat", "type", "prompt", ())
    return Town(people, office, second, measures)


def _member(number: int, members: int, measures: int) -> Member:
    in_chat = number % 2 == 1
    has_both = number % 20 == 2
    carried = tuple(measure for measure in range(1, measures + 1) if (measure - 1) % members == number - 1)
    pace = "silent" if number % 10 == 0 else "late" if number % 3 == 0 else "prompt"
    manner = ("tap" if number % 4 == 1 else "type") if in_chat else "reply"
    return Member(
        number,
        f"Mitglied {number:03}",
        f"mitglied{number:03}@betrieb{number:03}.example.org",
        f"Betrieb {number:03}",
        FIRST_CHAT + number if in_chat or has_both else 0,
        "chat" if in_chat else "mail",
        manner,
        pace,
        carried,
    )


def settle(session: Session, desk: Desk, town: Town, at: datetime) -> None:
    """Register everybody, and the plan with who carries what. The letters of that time are not sent."""
    for member in town.everyone():
        office = member.number == 0
        desk.command(session, RegisterPerson(member.name, member.email, member.company, "02041 1", office=office), at)
        if member.chat:
            _tie(session, desk, member, at)
    for number in range(1, town.measures + 1):
        desk.command(session, AddMeasure(number, f"Vorhaben {number:03}", FIELDS[number % len(FIELDS)]), at)
    for member in town.members:
        for number in member.measures:
            desk.command(session, AssignMeasure(number, member.email), at)
    session.execute(delete(OutboxRow))


def _tie(session: Session, desk: Desk, member: Member, at: datetime) -> None:
    person = session.exec(select(Person).join(Address).where(Address.email == member.email)).one()
    hearing = Hearing(session, desk.house, Voice(Channel.TELEGRAM, at, chat_id=member.chat), person, proved=True)
    chats.tie_as_agreed(hearing, person, member.chat)
    person.channel = Channel.TELEGRAM if member.writes == "chat" else Channel.MAIL
