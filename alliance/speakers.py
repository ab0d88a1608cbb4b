"""Who is speaking: a person behind an address, a chat or a reply token, and how far that is proved."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, select

from alliance import history, notices
from alliance.hearing import Hearing, Voice
from alliance.house import House
from alliance.intents import Intent, Matter, ReportProgress
from alliance.notes import Action, Note
from alliance.packing import pack, unpack
from store import outbox
from store.tables import Address, Channel, OutboxRow, Person, Talk

TOKEN_LIFETIME = timedelta(days=60)
TALK_LIFETIME = timedelta(hours=1)


def identify(session: Session, house: House, voice: Voice) -> Hearing:
    """The hearing for a voice. From: alone proves nothing; a token counts only from a known address of its person."""
    hearing = _identify(session, house, voice)
    history.heard(hearing, "heard")
    return hearing


def _identify(session: Session, house: House, voice: Voice) -> Hearing:
    if voice.chat_id:
        return _in_chat(session, house, voice)
    person = _by_address(session, voice.email)
    row = outbox.by_token(session, voice.token) if voice.token else None
    doubt = _doubt(row, person, voice)
    known = None if voice.forged else person
    if row is None:
        return Hearing(session, house, voice, known, distrusted=doubt, claimed=person if doubt else None)
    if doubt:
        claimed = session.get(Person, row.person_id) if row.person_id else person
        matter = unpack(row.note, Note).matter
        return Hearing(session, house, voice, known, distrusted=doubt, claimed=claimed, matter=matter)
    return _as_its_reader(session, house, voice, person, row)


def on_behalf(hearing: Hearing, person: Person, token: str, inbox_id: int | None) -> Hearing:
    """The hearing that a letter would have had, now that the office says it is really from this person."""
    email = notices.address_of(hearing.session, person)
    voice = Voice(Channel.MAIL, hearing.at, email=email, name=person.name, token=token, inbox_id=inbox_id)
    row = outbox.by_token(hearing.session, token) if token else None
    if row is None or row.person_id != person.id:
        return Hearing(hearing.session, hearing.house, voice, person, proved=True)
    return _as_its_reader(hearing.session, hearing.house, voice, person, row)


def _as_its_reader(session: Session, house: House, voice: Voice, person: Person | None, row: OutboxRow) -> Hearing:
    """The hearing of whoever answers the letter that was sent to them."""
    note = unpack(row.note, Note)
    return Hearing(session, house, voice, person, proved=True, matter=note.matter, choices=choices(note))


def choices(note: Note) -> dict[str, Intent]:
    """What the reply words of a note mean; reports of cards are left to understanding, they may come days later."""
    of_cards = [action for item in note.items for action in item.actions]
    actions = [*note.actions, *(action for action in of_cards if not isinstance(action.intent, ReportProgress))]
    return {action.word: action.intent for action in actions if action.word and action.intent}


def remember(hearing: Hearing, note: Note) -> None:
    """Keep in mind what a chat was asked last, so that the next words can be placed."""
    talk = hearing.session.get(Talk, hearing.voice.chat_id)
    if talk is None:
        talk = Talk(chat_id=hearing.voice.chat_id, expires_at=hearing.at)
        hearing.session.add(talk)
    packed, asked = pack(note.matter), pack(_questions(note))
    if talk.matter != packed or talk.choices != asked or talk.expires_at < hearing.at + TALK_LIFETIME / 2:
        talk.matter, talk.choices, talk.expires_at = packed, asked, hearing.at + TALK_LIFETIME


def is_question(note: Note) -> bool:
    """Whether the note can be answered with words of its own."""
    return bool(_questions(note))


def _questions(note: Note) -> tuple[Action, ...]:
    return tuple(action for action in note.actions if action.word and action.intent)


def _in_chat(session: Session, house: House, voice: Voice) -> Hearing:
    statement = select(Person).where(Person.telegram_id == voice.chat_id, col(Person.left_at).is_(None))
    person = session.exec(statement).first()
    talk = session.get(Talk, voice.chat_id)
    if talk is None or not talk.matter or talk.expires_at <= voice.at:
        return Hearing(session, house, voice, person, proved=True)
    asked = Note("", actions=tuple(unpack(action, Action) for action in talk.choices))
    matter = unpack(talk.matter, Matter)
    return Hearing(session, house, voice, person, proved=True, matter=matter, choices=choices(asked))


def _by_address(session: Session, email: str) -> Person | None:
    statement = select(Person).join(Address).where(Address.email == email, col(Person.left_at).is_(None))
    return session.exec(statement).first()


def _doubt(row: OutboxRow | None, person: Person | None, voice: Voice) -> str:
    """Why a letter is not to be believed, "" if nothing speaks against it."""
    if voice.forged:
        return "forged"
    if row is None:
        return "unknown-token" if voice.token else ""
    if not _is_its_reader(row, person, voice):
        return "wrong-sender"
    # an invitation can be answered until the meeting begins, which attendance checks
    is_old = row.made_at < voice.at - TOKEN_LIFETIME and row.note.get("matter", {}).get("kind") != "meeting"
    return "expired" if is_old else ""


def _is_its_reader(row: OutboxRow, person: Person | None, voice: Voice) -> bool:
    """Whether the letter with this token went to the one who now answers."""
    if row.person_id is None:
        return row.to == voice.email
    return person is not None and person.id == row.person_id
