"""MEINEDATEN: everything that is held about somebody, as a letter to read and a file to keep (Art. 15 and 20 GDPR)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from email import message_from_bytes
from email.message import Message
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as choose

from alliance.acquaintances import core
from alliance.hearing import Hearing
from alliance.intents import MailMe, ShowMyData
from alliance.notes import Action, Item, Note
from alliance.privacy import reading, requests, retention, subjects
from alliance.privacy.datamap import ENTRIES, Entry
from alliance.privacy.subjects import Subject, own, table_of
from alliance.privacy.traces import LARGEST_LETTER, Traces, decoded_header, part_text, traces
from store.tables import Address, Case, Channel, Company, InboxRow, JoinRequest, OutboxRow, Paper, Person
from texts import say

LARGEST = 7_000_000  # bytes of the file: most mailboxes take ten, and base64 adds a third
FILE = "meine-daten"  # how the file's name begins
LONGEST_TEXT = 50_000  # characters of one letter
LISTED = 12  # entries of one heading in the letter
_JSON = "application/json"
Row = dict[str, Any]
Held = dict[str, list[Row]]


def show(hearing: Hearing, _intent: ShowMyData) -> Note:
    """The answer, which goes to the registered address or the linked chat only; recorded as answered at once."""
    subject = subjects.of_hearing(hearing)
    found = held(hearing.session, subject)
    requests.record(hearing, subject, "access")
    paper = _paper(hearing, found)
    language = hearing.language
    title = say(language, "member-privacy-data-title", house=hearing.house.name)
    if hearing.in_chat:
        lines = tuple(say(language, "member-privacy-data-chat", count=sum(map(len, found.values()))).split("\n"))
        return Note(title, lines, actions=_as_letter(hearing), papers=(paper,))
    closing = tuple(_rights(language, hearing.house.name))
    items = tuple(_items(language, found, hearing))
    intro = tuple(say(language, "member-privacy-data-lines").split("\n"))
    return Note(title, intro, items, closing=closing, papers=(paper,), private=True)


def _rights(language: str, house: str) -> list[str]:
    """Basis, source, readers, periods and rights, as Art. 15(1) asks for them."""
    kept = {"letters": "inbox", "sent": "outbox", "former": "former"}
    periods = {name: retention.period(language, rule) for name, rule in kept.items()}
    return say(language, "member-privacy-data-rights", house=house, **periods).split("\n")


def _as_letter(hearing: Hearing) -> tuple[Action, ...]:
    """The whole letter is too much for a bubble; a member may have it by mail."""
    if hearing.person is None:
        return ()
    label, word = (say(hearing.language, f"member-privacy-data-{name}") for name in ("button", "word"))
    return (Action(label, MailMe(ShowMyData()), word),)


# What is held ---------------------------------------------------------------------------------------------------------


def held(session: Session, subject: Subject) -> Held:
    """The rows of a subject by table, with the names and addresses of others left out."""
    hidden = _others(session, subject)
    found: Held = {}
    for entry in ENTRIES:
        rows = _letters(session, subject) if entry.table == "inbox" else _rows(session, entry, subject)
        if rows:
            found[entry.table] = [_cleaned(row, hidden) for row in rows]
    return found


def _others(session: Session, subject: Subject) -> Traces | None:
    """Everybody else, as they would show in free text: a copy must not touch the rights of others (Art. 15(4)).

    A number that the subject has, too, is left.
    """
    people = session.exec(choose(Person).where(Person.id != subject.person, col(Person.erased_at).is_(None))).all()
    emails = {*session.exec(choose(Address.email).where(Address.person_id != subject.person))}
    for column in (InboxRow.sender, Case.email, JoinRequest.email):
        emails |= {email for email in session.exec(choose(column).distinct()) if "@" in email} - subject.emails
    mine = session.get(Person, subject.person)
    own = {core(mine.phone), core(session.get_one(Company, mine.company_id).phone)} if mine else set()
    phones = [person.phone for person in people if core(person.phone) not in own]
    names = {*(person.name for person in people), *_strangers(session, subject)} - {mine.name if mine else ""}
    return traces(names, emails, phones, "[…]")


def _strangers(session: Session, subject: Subject) -> Iterator[str]:
    """Whom only a note to the subject names: who asks to join, or writes without being known."""
    notes = session.exec(choose(OutboxRow.note).where(OutboxRow.person_id == subject.person))
    yield from (name for note in notes for name in note.get("names", ()))


def _cleaned(row: Row, hidden: Traces | None) -> Row:
    return {name: hidden.without(value) if hidden else value for name, value in row.items()}


def _rows(session: Session, entry: Entry, subject: Subject) -> list[Row]:
    """The rows of one table; ids of other people are left out."""
    table = table_of(entry)
    shown = [column for column in table.columns if column.name not in entry.hidden]
    key = next(iter(table.primary_key.columns))
    rows = session.execute(select(*shown).where(own(entry, subject)).order_by(key)).mappings()
    return [_row(entry, subject, row) for row in rows]


def _row(entry: Entry, subject: Subject, row: Mapping[Any, Any]) -> Row:
    said = {str(name): _plain(value) for name, value in row.items()}
    for name in entry.people:
        if name in said and said[name] != subject.person:
            said[name] = None
    hidden = _foreign(entry, subject, said)
    return {name: value for name, value in said.items() if name not in hidden}


def _foreign(entry: Entry, subject: Subject, said: Row) -> set[str]:
    """What in a request or case is another's, who asked for the subject's address or answered the subject's letter."""
    known = {None, "", *subject.chats, *subject.emails}
    found = {name for name in (*entry.chats, *entry.addresses) if said.get(name) not in known}
    return {*found, "name", "company", "text"} if found and entry.chats else set()


def _plain(value: Any) -> Any:
    """A value as JSON knows it; moments in ISO 8601."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return len(value) if isinstance(value, bytes) else value


# Letters and updates --------------------------------------------------------------------------------------------------


def _letters(session: Session, subject: Subject) -> list[Row]:
    """What the subject wrote, decoded as far as that can be done; attachments by name and size."""
    theirs = choose(InboxRow).where(col(InboxRow.id).in_(subjects.letters(session, subject)))
    return [_letter(row) for row in session.exec(theirs.order_by(col(InboxRow.id)))]


def _letter(row: InboxRow) -> Row:
    said: Row = {"received_at": row.received_at.isoformat(), "channel": str(row.channel), "bytes": len(row.raw)}
    if row.channel == Channel.TELEGRAM:
        return said | {"update": _update(row.raw)}
    return said | {"from": row.sender} | (_read(row.raw) if 0 < len(row.raw) <= LARGEST_LETTER else {})


def _update(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return None


def _read(raw: bytes) -> Row:
    """Subject, text and attachments of a letter; nothing where it cannot be read."""
    try:
        letter = message_from_bytes(raw)
        parts = [part for part in letter.walk() if not part.is_multipart()]
        said = [text for part in parts if not part.get_filename() and (text := part_text(part))]
        files = [_attachment(part) for part in parts if part.get_filename()]
    except (ValueError, LookupError, RecursionError, AttributeError):
        return {}
    return {
        "subject": decoded_header(letter, "Subject"),
        "text": "\n\n".join(said)[:LONGEST_TEXT],
        "attachments": files,
    }


def _attachment(part: Message) -> Row:
    content = part.get_payload(decode=True)
    return {"name": part.get_filename(), "bytes": len(content) if isinstance(content, bytes) else 0}


# The file -------------------------------------------------------------------------------------------------------------


def _paper(hearing: Hearing, found: Held) -> int:
    """The file, stored for sending. Returns its id."""
    content = as_json(hearing, found)
    name = f"{FILE}-{hearing.today.isoformat()}.json"
    paper = Paper(name=name, media_type=_JSON, content=content, made_at=hearing.at)
    hearing.session.add(paper)
    hearing.session.flush()
    assert paper.id is not None
    return paper.id


def as_json(hearing: Hearing, found: Held) -> bytes:
    """At most :data:`LARGEST` bytes: what is too much are the texts of the oldest letters, then their rows."""
    rows = {table: list(rows) for table, rows in found.items()}
    content = _dumped(hearing, rows, 0)
    left_out = 0
    while len(content) > LARGEST and any(rows.values()):
        most = max(rows, key=lambda table: sum(len(str(row)) for row in rows[table]))
        half = (len(rows[most]) + 1) // 2
        left_out += half
        del rows[most][:half]
        content = _dumped(hearing, rows, left_out)
    return content


def _dumped(hearing: Hearing, rows: Held, left_out: int) -> bytes:
    language = hearing.language
    titles = {entry.table: entry.what(language) for entry in ENTRIES if entry.table in rows}
    said = {"made_at": hearing.at.isoformat(), "house": hearing.house.name, "titles": titles, "data": rows}
    if left_out:
        said["left_out"] = say(language, "member-privacy-data-left-out", count=left_out)
    return json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()


# The letter -----------------------------------------------------------------------------------------------------------


def _items(language: str, found: Held, hearing: Hearing) -> Iterator[Item]:
    """A heading for each kind of thing that is held, in the map's order."""
    for entry in ENTRIES:
        if rows := found.get(entry.table):
            lines = [said for row in rows[-LISTED:] if (said := reading.line(hearing, entry.table, row))]
            if len(rows) > LISTED:
                lines.append(say(language, "member-privacy-data-more", count=len(rows) - LISTED))
            yield Item(entry.what(language), (*lines, _in_short(language, entry)))


def _in_short(language: str, entry: Entry) -> str:
    """Purpose and end in a few words; the articles stand once, at the end of the letter."""
    return say(
        language,
        "member-privacy-data-short",
        why=say(language, f"privacy-basis-{entry.basis}-short"),
        end=say(language, f"privacy-fate-{entry.fate}-short"),
    )
