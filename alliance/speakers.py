"""Who is speaking: a person behind an address, a chat or a reply token, and how far that is proved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from alliance import history, notices
from alliance.hearing import Hearing, Voice
from alliance.house import House
from alliance.intents import Intent, Matter, ReportProgress
from alliance.notes import NO_MATTER, Action, Note
from alliance.packing import pack, unpack
from store import outbox
from store.prepared import Loaded, Prepared, every, table
from store.tables import Address, Channel, OutboxRow, Person, Talk

TOKEN_LIFETIME = timedelta(days=60)
TALK_LIFETIME = timedelta(hours=1)

_OF_US = every(Person).where(col(Person.left_at).is_(None))
_IN_CHAT = Loaded(Person, _OF_US.where(col(Person.telegram_id) == bindparam("chat")))
_BY_ADDRESS = Loaded(Person, _OF_US.join(Address).where(col(Address.email) == bindparam("email")))
_TALK = Prepared(
    select(col(Talk.matter), col(Talk.choices), col(Talk.expires_at)).where(col(Talk.chat_id) == bindparam("chat"))
)
_SAID = ("matter", "choices", "expires_at")
_TALKS_ON = Prepared(update(table(Talk)).where(col(Talk.chat_id) == bindparam("chat")), _SAID)
_TALKS = Prepared(insert(table(Talk)), ("chat_id", "tries", *_SAID))


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
        return Hearing(session, house, voice, known, distrusted=doubt, claimed=claimed, matter=_matter(row.note))
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
    matter = _matter(row.note)
    return Hearing(session, house, voice, person, proved=True, matter=matter, choices=choices(row.note))


def _matter(packed: Mapping[str, Any]) -> Matter:
    return unpack(packed["matter"], Matter) if "matter" in packed else NO_MATTER


def choices(packed: Mapping[str, Any]) -> dict[str, Intent]:
    """What the reply words of a packed note mean.

    Reports of cards are left to understanding: they may come days later. They are not even unpacked, being many.
    """
    of_cards = [action for item in packed.get("items", ()) for action in item.get("actions", ())]
    actions = [*packed.get("actions", ()), *(action for action in of_cards if not _reports(action))]
    meant = (unpack(action, Action) for action in actions)
    return {action.word: action.intent for action in meant if action.word and action.intent}


def _reports(packed: Mapping[str, Any]) -> bool:
    return bool((packed.get("intent") or {}).get("is") == ReportProgress.__name__)


def remember(hearing: Hearing, note: Note) -> None:
    """Keep in mind what a chat was asked last, so that the next words can be placed."""
    session, chat = hearing.session, hearing.voice.chat_id
    packed, asked = pack(note.matter), pack(_questions(note))
    matter, choices_, expires_at = _TALK.first(session, chat=chat) or (None, None, hearing.at)
    if matter == packed and choices_ == asked and expires_at >= hearing.at + TALK_LIFETIME / 2:
        return
    said = {"matter": packed, "choices": asked, "expires_at": hearing.at + TALK_LIFETIME}
    if not _TALKS_ON.run(session, chat=chat, **said):
        _TALKS.run(session, chat_id=chat, tries=0, **said)


def is_question(note: Note) -> bool:
    """Whether the note can be answered with words of its own."""
    return bool(_questions(note))


def _questions(note: Note) -> tuple[Action, ...]:
    return tuple(action for action in note.actions if action.word and action.intent)


def _in_chat(session: Session, house: House, voice: Voice) -> Hearing:
    person = _IN_CHAT.first(session, chat=voice.chat_id)
    matter, asked, expires_at = _TALK.first(session, chat=voice.chat_id) or (None, (), voice.at)
    if not matter or expires_at <= voice.at:
        return Hearing(session, house, voice, person, proved=True)
    words = choices({"actions": asked})
    return Hearing(session, house, voice, person, proved=True, matter=unpack(matter, Matter), choices=words)


def _by_address(session: Session, email: str) -> Person | None:
    return _BY_ADDRESS.first(session, email=email)


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
