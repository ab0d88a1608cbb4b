"""MIT NAMEN: what a chat shows shortened goes out in full to the registered mail address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, select

from alliance import intents
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import Intent, MailMe
from alliance.notes import Note
from alliance.packing import pack, unpack
from store import keyboards, outbox
from store.outbox import Channel, Outgoing
from store.tables import Address, OutboxRow, Person
from texts import say

# What only shows something, so that it can be asked again for the sake of a letter
SHOWING = (
    intents.ShowStatus,
    intents.ShowMeasure,
    intents.ShowPlan,
    intents.ShowPlanSheet,
    intents.ShowOutstanding,
    intents.ShowAttendance,
    intents.ShowPoll,
    intents.ShowIdeas,
    intents.ShowOffers,
    intents.ShowHistory,
    intents.ShowPersonalRequests,
    intents.ShowMyData,
    intents.MakeReport,
)


def wish_of(intent: MailMe) -> Intent | None:
    """The wish that is to be asked again for the letter, if it is one. Raises NotFound if it would change anything."""
    if intent.wish is not None and not isinstance(intent.wish, SHOWING):
        raise NotFound("refusal-names-gone")
    return intent.wish


def last_shortened(hearing: Hearing) -> MailMe:
    """What the speaker's chat last showed shortened. Raises NotFound."""
    chat_id = hearing.member.telegram_id
    meant = keyboards.latest(hearing.session, chat_id, MailMe.__name__) if chat_id else None
    if meant is None:
        raise NotFound("refusal-names-nothing")
    return unpack(meant, MailMe)


def kept(hearing: Hearing, letter: int) -> Note:
    """A note that was sent to the speaker, in full. Raises NotFound when it was for somebody else or is forgotten."""
    row = hearing.session.get(OutboxRow, letter)
    note = unpack(row.note, Note) if row is not None and row.person_id == hearing.member_id else None
    if note is None or not (note.title and (note.lines or note.items or note.closing)):
        raise NotFound("refusal-names-gone")
    return note


def mailed(hearing: Hearing, intent: MailMe, note: Note) -> Note:
    """Put the full note on its way to the registered address; in a letter it is the answer itself. Raises Invalid."""
    if not hearing.in_chat:
        return note
    wish = sha256(repr(intent).encode()).hexdigest()[:16]
    key = f"with-names:{hearing.member_id}:{wish}:{hearing.at:%Y-%m-%dT%H:%M}"  # twenty taps are one letter
    if not send(hearing.session, hearing.member, note, key, hearing.at):
        raise Invalid("refusal-names-no-address")
    language = hearing.language
    title = say(language, "names-mailed-title")
    line = say(language, "names-mailed-line", title=note.title)
    return Note(title, (line,), toast=title, language=language, matter=hearing.matter)


def send(session: Session, person: Person, note: Note, key: str, now: datetime) -> bool:
    """Enqueue a note as a letter, whichever channel the person has chosen; False when no address of theirs works."""
    statement = select(Address).where(Address.person_id == person.id, col(Address.dead).is_(False))
    address = session.exec(statement.order_by(col(Address.id)).limit(1)).first()
    if address is None:
        return False
    full = replace(note, again=None, language=note.language or person.language)
    row = Outgoing(key, Channel.MAIL, address.email, pack(full), now, person_id=person.id, secret=note.private)
    outbox.enqueue(session, [row], now)
    return True
