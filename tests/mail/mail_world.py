"""A post office, a database file and the mail door between them, for the tests of the mail door."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from sqlmodel import Session, col, select

from alliance.bounces import Failure
from alliance.hearing import Voice
from alliance.intents import Intent
from alliance.notes import Note
from alliance.packing import pack
from demo.postoffice import PostOffice
from mail.contents import Identity
from mail.delivery import SmtpSettings
from mail.door import MailDoor
from mail.letters import Sender
from mail.mailbox import MailboxSettings
from scheduler.sender import Sender as OutboxSender
from store import outbox
from store.database import Database
from store.outbox import Channel, Outgoing
from store.tables import Deed, InboxRow, OutboxRow
from tests.waiting import until

HOUSE, ERIKA, MAX = "zukunftsplan@example.org", "erika@stahl.example.org", "max@logistik.example.org"
OWN = Identity(HOUSE)
SENDER = Sender(HOUSE, "Wirtschaftsallianz Beispielstadt")
DONE_FOLDER = "Zukunftsplan/erledigt"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = b"M12 60 %"


def noon() -> datetime:
    return NOON


class Clerk:
    """Sits in place of the alliance's desk: notes down every deed and answers it by mail.

    ``failures`` says how often some words make it fail, after the deed.
    """

    def __init__(self) -> None:
        self.voices: list[Voice] = []
        self.failures: dict[str, int] = {}

    def listen(self, session: Session, voice: Voice, text: str) -> Note:
        self.voices.append(voice)
        session.add(Deed(at=voice.at, door="mail", what=text, inbox_id=voice.inbox_id))
        session.flush()
        self.failures[text] = self.failures.get(text, 0) - 1
        if self.failures[text] >= 0:
            raise RuntimeError(text)
        return Note(f"Gehört: {text}", language="de")

    def hear(self, session: Session, voice: Voice, intent: Intent) -> Note:
        return self.listen(session, voice, type(intent).__name__)

    def receive_file(self, session: Session, voice: Voice, name: str, content: bytes, words: str = "") -> Note:
        return self.listen(session, voice, f"{name}: {len(content)} {words}")

    def failed(self, session: Session, voice: Voice) -> Note:
        return Note("Das hat nicht geklappt", language="de")

    def cannot_read(self, session: Session, voice: Voice, kind: str) -> Note:
        return Note(f"Nicht lesbar: {kind}", language="de")

    def read_calendar(self, raw: bytes) -> Intent | None:
        return None

    def away(self, session: Session, voice: Voice, until: date) -> None:
        session.add(Deed(at=voice.at, door="mail", what=f"away until {until}", inbox_id=voice.inbox_id))

    def returned(self, session: Session, token: str, failures: Sequence[Failure], at: datetime) -> bool:
        session.add(Deed(at=at, door="mail", what=" ".join(["returned", token, *(f.email for f in failures)])))
        return True

    def remark(self, session: Session, voice: Voice, text: str) -> None:
        session.add(Deed(at=voice.at, door="mail", what=f"remark: {text}", inbox_id=voice.inbox_id))

    def marked(self, session: Session, voice: Voice, text: str) -> None:
        session.add(Deed(at=voice.at, door="mail", what=f"marked: {text}", inbox_id=voice.inbox_id))

    def overrun(self, session: Session, voice: Voice) -> bool:
        return False

    def answer_by_mail(self, session: Session, voice: Voice, note: Note, in_reply_to: str) -> bool:
        key = f"answer:mail:{voice.inbox_id}"
        row = Outgoing(key, Channel.MAIL, voice.email, pack(note), voice.at, in_reply_to=in_reply_to)
        outbox.enqueue(session, [row], voice.at)
        return True


def letter(text: bytes = WORDS, sender: str = ERIKA, number: int = 1, headers: bytes = b"") -> bytes:
    """A plain letter to the house."""
    return (
        b"From: Erika Beispiel <%s>\r\nTo: %s\r\nSubject: M12\r\nMessage-ID: <%d@client.example.org>\r\n%s\r\n%s\r\n"
        % (sender.encode(), HOUSE.encode(), number, headers, text)
    )


def mailbox_settings(post: Any, **other: Any) -> MailboxSettings:
    given = {"password": "secret", "tls": "none", **other}
    return MailboxSettings(post.host, post.imap_port, HOUSE, **given)


def smtp_settings(post: Any, **other: Any) -> SmtpSettings:
    return SmtpSettings(post.host, post.smtp_port, **{"tls": "none", **other})


@asynccontextmanager
async def open_door(
    database: Database, mailbox: MailboxSettings, smtp: SmtpSettings, desk: Any = None
) -> AsyncIterator[MailDoor]:
    """The door with the outbox's sender behind it, watching the mailbox."""
    door = MailDoor(database, desk or Clerk(), mailbox, smtp, SENDER, noon)
    sender = OutboxSender(database, {Channel.MAIL: door.deliver}, noon)
    loop = asyncio.get_running_loop()

    def wake() -> None:
        loop.call_soon_threadsafe(sender.wake)

    database.on_enqueued(wake)
    await door.start()
    try:
        await until(door.mailbox.watching.is_set)
        yield door
    finally:
        await sender.stop()
        await door.stop()


def limit_pages(database: Database, more: int | None) -> None:
    """Fill the disk: leave SQLite only so many pages more; None empties it again."""

    def job(session: Session) -> None:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={1 << 30 if more is None else pages + more}")

    database.write_now(job)


def rows(database: Database) -> list[InboxRow]:
    return database.read_now(lambda session: list(session.exec(select(InboxRow).order_by(col(InboxRow.id)))))


def states(database: Database) -> list[tuple[str, str]]:
    """State and outcome of every letter kept, oldest first."""
    return [(row.state.value, row.outcome) for row in rows(database)]


def deeds(database: Database) -> list[str]:
    return [
        deed.what for deed in database.read_now(lambda session: list(session.exec(select(Deed).order_by(col(Deed.id)))))
    ]


def outgoing(database: Database) -> list[OutboxRow]:
    return database.read_now(lambda session: list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))))


def mailed(post: PostOffice, address: str) -> list[Message]:
    return [message_from_bytes(found.raw) for found in post.letters(address)]


def words_of(message: Message, kind: str = "text/plain") -> str:
    part = next(part for part in message.walk() if part.get_content_type() == kind)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def subject_of(message: Message) -> str:
    return str(make_header(decode_header(message["Subject"])))


def token_of(message: Message) -> str:
    found = re.search(r"\+([a-z2-7]{16})@", message["Reply-To"])
    assert found
    return found[1]
