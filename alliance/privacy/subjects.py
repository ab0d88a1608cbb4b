"""Whose data it is: a person, or somebody known only by a mail address or a chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, false, or_, text
from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from alliance.hearing import Hearing
from alliance.portions import cut
from alliance.privacy.datamap import MAP, Entry
from alliance.privacy.traces import traces
from store.tables import Address, Change, Channel, Deed, JoinRequest, OutboxRow, Person, RequestState

# Literal words on purpose: with bound parameters SQLite would not use the partial index
_OF_ADDRESSES = text("changes.table_name = 'addresses'")


@dataclass(frozen=True)
class Subject:
    """Ids, lower-case mail addresses and Telegram chats of one human being, former ones included."""

    person: int = 0
    emails: frozenset[str] = frozenset()
    chats: frozenset[int] = frozenset()


def of_hearing(hearing: Hearing) -> Subject:
    """Who speaks: a member, or by mail a former one, or a stranger of whom only the address or the chat is known."""
    if hearing.person:
        return of_person(hearing.session, hearing.person)
    if hearing.in_chat:
        return Subject(chats=frozenset({hearing.voice.chat_id}))
    email = hearing.voice.email
    former = hearing.session.exec(select(Person).join(Address).where(Address.email == email)).first()
    if former is None:
        return Subject(emails=frozenset({email} - {""}))
    return of_person(hearing.session, former)


def of_person(session: Session, person: Person) -> Subject:
    """A person with every address and chat that was ever proved to be theirs and is nobody else's now."""
    assert person.id is not None
    emails = {email for email in _emails(session, person.id) if "@" in email}  # what is forgotten stands as "-"
    chats = {chat for chat in (person.telegram_id, *_chats(session, person.id)) if chat}
    return Subject(
        person.id,
        frozenset(emails - _others(session, person.id, emails)),
        frozenset(chats - _taken(session, person, chats)),
    )


def _emails(session: Session, person_id: int) -> Iterable[str]:
    yield from session.exec(select(Address.email).where(Address.person_id == person_id))
    proved = select(JoinRequest.email).where(
        JoinRequest.person_id == person_id, JoinRequest.state == RequestState.APPROVED
    )
    yield from session.exec(proved)
    yield from session.exec(_sent(person_id, Channel.MAIL))
    for change in session.exec(select(Change).where(_OF_ADDRESSES)):
        for row in (change.before or {}, change.after or {}):
            if row.get("person_id") == person_id:
                yield str(row.get("email", ""))


def _chats(session: Session, person_id: int) -> Iterable[int]:
    tied = select(JoinRequest.chat_id).where(
        JoinRequest.person_id == person_id, JoinRequest.state == RequestState.APPROVED
    )
    yield from (chat for chat in session.exec(tied) if chat)
    yield from (int(to) for to in session.exec(_sent(person_id, Channel.TELEGRAM)) if to.isdecimal())


def _sent(person_id: int, channel: Channel) -> SelectOfScalar[str]:
    return select(OutboxRow.to).where(OutboxRow.person_id == person_id, OutboxRow.channel == channel).distinct()


def _others(session: Session, person_id: int, emails: set[str]) -> set[str]:
    """Those of these addresses that are somebody else's."""
    theirs = select(Address.email).where(Address.person_id != person_id)
    return {email for some in cut(emails) for email in session.exec(theirs.where(col(Address.email).in_(some)))}


def _taken(session: Session, person: Person, chats: set[int]) -> set[int | None]:
    """Those of these chats that are somebody else's."""
    theirs = select(Person.telegram_id).where(Person.id != person.id, col(Person.telegram_id).in_(chats))
    return set(session.exec(theirs)) if chats else set()


def letters(session: Session, subject: Subject) -> set[int]:
    """The ids of letters and updates that are the subject's: by sender, by chat, or by the deeds they did."""
    kept = table_of(MAP["inbox"])
    found = set(session.scalars(sql_select(kept.c.id).where(own(MAP["inbox"], subject))))
    if subject.person:
        done = select(Deed.inbox_id).where(Deed.actor_id == subject.person, col(Deed.inbox_id).is_not(None))
        found.update(row for row in session.exec(done) if row)
    if chats := traces([], [], [str(chat) for chat in subject.chats], ""):
        raw = sql_select(kept.c.id, kept.c.raw).where(kept.c.channel == Channel.TELEGRAM)
        found.update(row for row, update in session.execute(raw) if chats.show_in(update))
    return found


def table_of(entry: Entry) -> Table:
    """The table as SQLAlchemy Core knows it."""
    return SQLModel.metadata.tables[entry.table]


def own(entry: Entry, subject: Subject) -> ColumnElement[bool]:
    """The condition on rows of a table that are this subject's."""
    table = table_of(entry)
    found: list[ColumnElement[bool]] = []
    if subject.person:
        found += [table.c[name] == subject.person for name in entry.owners]
    found += [table.c[name].in_(subject.emails) for name in entry.addresses if subject.emails]
    found += [table.c[name].in_(subject.chats) for name in entry.chats if subject.chats]
    if entry.table == "outbox" and subject.chats:
        found.append(table.c.to.in_([str(chat) for chat in subject.chats]))
    return or_(false(), *found)
