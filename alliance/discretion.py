"""What a chat shows: no name, address or number of a third person, but a way to get them by mail (Art. 25 GDPR)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import event
from sqlmodel import Session, col, select

from alliance import with_names
from alliance.acquaintances import People, Reader, core, former_names, load, our_texts, phone_pattern
from alliance.house import House
from alliance.intents import MailMe
from alliance.notes import Action, Item, Note
from alliance.words import initials
from store.tables import Paper, Person
from texts import say

LIFETIME = timedelta(minutes=1)  # how long names are trusted that nothing in ``changes`` speaks against

_LOCAL = r"[^\s@<>()\[\]»«„“”\"',;:|/=]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}@(?:[\w-]+\.)+[^\W\d_][\w-]+")  # lengths as in RFC 5321
_TAG = re.compile(r"\+[^@]*")
# Straight to the driver: this is asked for every answer in a chat
_NEWEST = "SELECT max(id), 1 FROM changes"
_NEWER = (
    "SELECT max(id), max(CASE WHEN table_name IN ('persons', 'companies', 'addresses', 'requests', 'attendances')"
    " THEN 1 ELSE 0 END) FROM changes WHERE id > {}"
)
_NOBODY = Reader()
_PAPERS = "papers:"


@dataclass(frozen=True)
class Origin:
    """Where a note comes from: ``key`` is unique to it (the dedupe key of its row), ``letter`` its outbox row's id.

    A direct answer has no row, and the letter 0.
    """

    key: str
    letter: int = 0


class Discretion:
    """Shortens notes on their way into a chat. One for a process; used by the database's thread alone."""

    def __init__(self) -> None:
        self._people: People | None = None
        self._seen = 0
        self._until: datetime | None = None
        self._unsettled: Session | None = None

    def for_chat(self, session: Session, house: House, chat_id: int, note: Note, now: datetime, origin: Origin) -> Note:
        """The note as this chat may show it. A paper that holds names goes out by mail, with the whole note."""
        session.flush()
        people = self._current(session, now)
        reader = people.readers.get(chat_id, _NOBODY)
        if house.telegram_names and reader.is_office:
            return note
        shortening = _Shortening(people, reader, house, note)
        shown = shortening.note() if shortening.may_change() else note
        papers = _without_names(session, note.papers) if note.papers else ()
        if papers != note.papers:
            is_mailed = _mailed(session, reader, note, origin.key, now)
            return _with_line(replace(shown, papers=papers), "names-paper" if is_mailed else "names-paper-kept")
        if shown is note or not (note.title or note.lines or note.items):
            return shown
        return _with_line(shown, "names-left-out", *_ways(reader, note, origin.letter))

    def _current(self, session: Session, now: datetime) -> People:
        """The names as this transaction knows them: from memory, unless something may have changed."""
        people = self._people
        newest, touched = _newer(session, self._seen if people else None)
        is_foreign = self._unsettled is not None and self._unsettled is not session
        is_old = self._until is None or not self._until - LIFETIME <= now < self._until
        if people is None or touched or is_foreign or is_old:
            self._people = people = load(session, people.everyone if people else former_names(session))
            self._until = now + LIFETIME
            self._watch(session)
        elif newest:  # after a rollback, SQLite gives away its number again
            self._watch(session)
        self._seen = newest or self._seen
        return people

    def _watch(self, session: Session) -> None:
        """What was seen in a transaction that is rolled back is not so."""
        if self._unsettled is not session:
            self._unsettled = session
            event.listen(session, "after_commit", self._settle)
            event.listen(session, "after_soft_rollback", self._forget)

    def _settle(self, session: Session) -> None:
        if session is self._unsettled and not session.in_nested_transaction():
            self._unsettled = None

    def _forget(self, session: Session, _transaction: Any) -> None:
        if session is self._unsettled:
            self._people, self._unsettled, self._seen = None, None, 0


def _mailed(session: Session, reader: Reader, note: Note, key: str, now: datetime) -> bool:
    """Put the whole note on its way by mail. One that comes back from there is not sent there again."""
    if reader.person_id is None or key.startswith(_PAPERS):
        return False
    person = session.get_one(Person, reader.person_id)
    return with_names.send(session, person, note, _PAPERS + key, now)


def _newer(session: Session, seen: int | None) -> tuple[int | None, int | None]:
    """The newest change there is, and whether one of those not seen yet may concern a name."""
    driver: Any = session.connection().connection.driver_connection
    newest, touched = driver.execute(_NEWEST if seen is None else _NEWER.format(seen)).fetchone()
    return newest, touched


def _with_line(note: Note, key: str, *actions: Action) -> Note:
    """The note, saying that something was left out."""
    line = say(note.language or "de", key)
    return replace(note, closing=(*note.closing, line), actions=(*note.actions, *actions), again=None)


def _ways(reader: Reader, note: Note, letter: int) -> Iterator[Action]:
    """The button for the full note: of what was sent that very row, of an answer the same wish once more."""
    if reader.person_id and (letter or note.again):
        language = note.language or "de"
        yield Action(say(language, "names-button"), MailMe(note.again, letter), say(language, "names-word"))


def _without_names(session: Session, papers: tuple[int, ...]) -> tuple[int, ...]:
    named = set(session.exec(select(Paper.id).where(col(Paper.id).in_(papers), col(Paper.names_people))))
    return tuple(paper for paper in papers if paper not in named)


def addresses_in(text: str) -> tuple[str, ...]:
    """The mail addresses in a text, in lower case."""
    return tuple(found.casefold() for found in _EMAIL.findall(text))


class _Shortening:
    """One note for one reader."""

    def __init__(self, people: People, reader: Reader, house: House, note: Note) -> None:
        self._people = people
        self._reader = reader
        self._house = house
        self._note = note
        self._strangers = [name for name in note.names if name not in reader.names]

    def may_change(self) -> bool:
        """Whether anything in the note may be a name, an address or a number. Cheap, and rarely wrong."""
        text = initials.composed("\n".join(_said(self._note)))
        if self._strangers or "@" in text or self._people.names.near(text, self._reader.names):
            return True
        return bool(self._people.phones_near(text, self._reader.phones))

    def note(self) -> Note:
        """The note shortened; the very same one when there is nothing to leave out."""
        note = self._note
        shown = replace(
            note,
            title=self._text(note.title),
            lines=tuple(map(self._text, note.lines)),
            items=tuple(map(self._item, note.items)),
            actions=self._actions(note.actions),
            closing=tuple(map(self._text, note.closing)),
            toast=self._text(note.toast),
        )
        return note if shown == note else shown

    def _item(self, item: Item) -> Item:
        return replace(
            item,
            title=self._text(item.title),
            lines=tuple(map(self._text, item.lines)),
            actions=self._actions(item.actions),
        )

    def _actions(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        return tuple(replace(action, label=self._text(action.label)) for action in actions)

    def _text(self, text: str) -> str:
        if "@" in text:
            text = _EMAIL.sub(self._email, text)
        for name in self._strangers:
            text = self._without(name, initials.composed(text))
        names = self._people.names
        if near := names.near(initials.composed(text), self._reader.names):
            text = names.shorten(text, {*self._reader.names, *filter(self._is_of_house, near)})
        for phone in self._people.phones_near(text, self._reader.phones):
            text = phone_pattern(phone, led=self._people.phones[phone]).sub(self._word("phone"), text)
        return text

    def _without(self, stranger: str, text: str) -> str:
        """The text without a name, or a phone number, that stands on no list."""
        if any(map(str.isalpha, stranger)):
            return initials.shorten(text, stranger)
        digits = core(stranger)
        return phone_pattern(digits, led=False).sub(self._word("phone"), text) if digits else text

    def _is_of_house(self, name: str) -> bool:
        """Whether the settings name this person, as the one to turn to."""
        said = _own(self._house)[1]
        return initials.shorten(said, name) != said

    def _email(self, found: re.Match[str]) -> str:
        email = found[0].casefold()
        is_known = email in {*self._reader.emails, *self._note.said} or email in _own(self._house)[0]
        return found[0] if is_known or _TAG.sub("", email) == self._house.email.casefold() else self._word("email")

    def _word(self, kind: str) -> str:
        return say(self._note.language or "de", f"names-{kind}")


@lru_cache
def _own(house: House) -> tuple[frozenset[str], str]:
    """Addresses that are no person's, because we say them ourselves, and what the settings say of the house."""
    said = "\n".join(value for each in fields(house) if isinstance(value := getattr(house, each.name), str))
    return frozenset(found.casefold() for found in _EMAIL.findall(f"{said}\n{our_texts()}")), said


def _said(note: Note) -> Iterator[str]:
    """Every text of a note that a chat shows."""
    yield note.title
    yield from note.lines
    yield note.toast
    yield from note.closing
    for action in note.actions:
        yield action.label
    for item in note.items:
        yield item.title
        yield from item.lines
        for action in item.actions:
            yield action.label
