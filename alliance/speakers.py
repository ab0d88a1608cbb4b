"""Who is speaking: a person behind an address, a chat or a reply token, and how far that is proved."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, select

from alliance.hearing import Hearing, Voice
from alliance.house import House
from alliance.intents import Intent, Matter, ReportProgress
from alliance.notes import NO_MATTER, Note
from alliance.packing import pack, unpack
from store import outbox
from store.tables import Address, OutboxRow, Person, Talk

TOKEN_LIFETIME = timedelta(days=60)
TALK_LIFETIME = timedelta(hours=1)


def identify(session: Session, house: House, voice: Voice) -> Hearing:
    """The hearing for a voice. From: alone proves nothing; a token counts only from a known address of its person."""
    if voice.chat_id:
        return _in_chat(session, house, voice)
    person = _by_address(session, voice.email)
    row = outbox.by_token(session, voice.token) if voice.token else None
    if row is None:
        return Hearing(session, house, voice, person, distrusted=bool(voice.token))
    note = unpack(row.note, Note)
    expired = row.made_at < voice.at - TOKEN_LIFETIME
    if expired or not _is_its_reader(row, person, voice):
        return Hearing(session, house, voice, person, distrusted=True, matter=note.matter)
    return Hearing(session, house, voice, person, proved=True, matter=note.matter, choices=choices(note))


def choices(note: Note) -> dict[str, Intent]:
    """What the reply words of a note mean; reports of cards are left to understanding, they may come days later."""
    of_cards = [action for item in note.items for action in item.actions]
    actions = [*note.actions, *(action for action in of_cards if not isinstance(action.intent, ReportProgress))]
    return {action.word: action.intent for action in actions if action.word and action.intent}


def remember(hearing: Hearing, matter: Matter) -> None:
    """Keep in mind what a chat was asked last, so that the next words can be placed."""
    talk = hearing.session.get(Talk, hearing.voice.chat_id)
    if talk is None:
        talk = Talk(chat_id=hearing.voice.chat_id, expires_at=hearing.at)
        hearing.session.add(talk)
    packed = pack(matter)
    if talk.matter != packed or talk.expires_at < hearing.at + TALK_LIFETIME / 2:
        talk.matter, talk.expires_at = packed, hearing.at + TALK_LIFETIME


def _in_chat(session: Session, house: House, voice: Voice) -> Hearing:
    statement = select(Person).where(Person.telegram_id == voice.chat_id, col(Person.left_at).is_(None))
    person = session.exec(statement).first()
    talk = session.get(Talk, voice.chat_id)
    matter = unpack(talk.matter, Matter) if talk and talk.matter and talk.expires_at > voice.at else NO_MATTER
    return Hearing(session, house, voice, person, proved=True, matter=matter)


def _by_address(session: Session, email: str) -> Person | None:
    statement = select(Person).join(Address).where(Address.email == email, col(Person.left_at).is_(None))
    return session.exec(statement).first()


def _is_its_reader(row: OutboxRow, person: Person | None, voice: Voice) -> bool:
    """Whether the letter with this token went to the one who now answers."""
    if row.person_id is None:
        return row.to == voice.email
    return person is not None and person.id == row.person_id
