"""After a backup was restored: whoever was forgotten since is forgotten again, in every table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alliance.house import House
from alliance.privacy import erasure
from alliance.privacy.datamap import ENTRIES
from alliance.privacy.subjects import Subject, table_of
from store.erased import Forgotten, Line
from store.tables import Address, Channel, Deed, InboxRow, OutboxRow, Person, Purge

_CHAT = re.compile(rb'"id":\s*(\d{5,})')  # of chats and people in an update; a number that is neither fits no line


def forgotten(session: Session) -> list[Forgotten]:
    """The erasures that this database knows of itself, with the addresses whose letters are still to be deleted."""
    purged: dict[datetime, set[str]] = {}
    for email, at in session.exec(select(Purge.email, Purge.at)):
        purged.setdefault(at, set()).add(email)
    people = session.exec(select(Person.erased_at, Person.id).where(col(Person.erased_at).is_not(None)))
    known = {at: person or 0 for at, person in people if at}
    moments = sorted({*known, *purged})
    return [Forgotten(at, known.get(at, 0), frozenset(purged.get(at, ()))) for at in moments]


def again(session: Session, house: House, lines: Iterable[Line]) -> int:
    """Forget all of them whom this older state still knows, each at the moment they were forgotten; returns how many.

    An erasure that the history tells of is done: whoever came back afterwards stays. A number that was given to
    somebody else since is not the one that was forgotten.
    """
    return sum(_again(session, house, line) for line in lines)


def _again(session: Session, house: House, line: Line) -> bool:
    person = session.get(Person, line.person) if line.person else None
    if person and person.joined_at <= line.at:
        if person.erased_at is None:
            erasure.erase(session, house, person, line.at)
            return True
        return False
    if session.exec(select(Deed.id).where(Deed.what == "erase", Deed.at == line.at)).first():
        return False
    subject = _stranger(session, line)
    if not subject.emails and not subject.chats:
        return False
    erasure.erase_stranger(session, subject, line.at, None)
    return True


def _stranger(session: Session, line: Line) -> Subject:
    """What this state knows of somebody who was no member then; what is a member's is left alone."""
    if not line.marks:
        return Subject()
    members = set(session.exec(select(Address.email)))
    emails = {email for email in _emails(session) if line.fits(email)} - members
    chats = {chat for chat in _chats(session) if line.fits(str(chat))}
    return Subject(emails=frozenset(emails), chats=frozenset(chats - set(session.exec(select(Person.telegram_id)))))


def _emails(session: Session) -> Iterator[str]:
    for entry in ENTRIES:
        for name in entry.addresses:
            column = table_of(entry).c[name]
            yield from (str(value) for value in session.scalars(sql_select(column).distinct()) if value)


def _chats(session: Session) -> set[int]:
    found: set[int] = set()
    for entry in ENTRIES:
        for name in entry.chats:
            column = table_of(entry).c[name]
            found.update(int(value) for value in session.scalars(sql_select(column).distinct()) if value)
    sent = select(OutboxRow.to).where(OutboxRow.channel == Channel.TELEGRAM).distinct()
    found.update(int(to) for to in session.exec(sent) if to.isdecimal())
    for raw in session.exec(select(InboxRow.raw).where(InboxRow.channel == Channel.TELEGRAM)):
        found.update(map(int, _CHAT.findall(raw)))
    return found
