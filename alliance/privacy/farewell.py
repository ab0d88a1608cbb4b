"""LÖSCHEN as people meet it: shown first, done at JA, and one last word to whoever asked (Art. 17 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator

from alliance import moving, ownership, phrases
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.intents import Erase, Matter
from alliance.notes import Action, Note
from alliance.privacy import erasure, requests, subjects
from store import outbox
from store.tables import Person
from texts import say


def erase(hearing: Hearing, intent: Erase) -> Note:
    """Show what goes and what stays; JA does it at once. Raises Invalid for the last person of the office."""
    if hearing.person and ownership.is_last_of_office(hearing, hearing.person):
        raise Invalid("refusal-erase-last-office")
    return forget_me(hearing) if intent.confirmed else _ask(hearing)


def forget_me(hearing: Hearing) -> Note:
    """Forget whoever speaks; the answer is the last word they get, and takes their address with it."""
    language, subject = hearing.language, subjects.of_hearing(hearing)
    requests.record(hearing, subject, "erasure")
    if subject.person:
        person = hearing.session.get_one(Person, subject.person)
        erasure.erase(hearing.session, hearing.house, person, hearing.at, hearing.voice.inbox_id)
    else:
        erasure.erase_stranger(hearing.session, subject, hearing.at, hearing.voice.inbox_id)
    lines = tuple(say(language, "member-privacy-erased-lines", house=hearing.house.name).split("\n"))
    title = say(language, "member-privacy-erased-title")
    return Note(title, lines, matter=Matter(outbox.LAST_WORD), language=language, always=True)


def _ask(hearing: Hearing) -> Note:
    language = hearing.language
    yes = Action(say(language, "member-privacy-erase-button"), Erase(confirmed=True), say(language, "word-yes"))
    title = say(language, "member-privacy-erase-title")
    return Note(title, tuple(_what_happens(hearing)), actions=(yes,), matter=Matter("wish"))


def _what_happens(hearing: Hearing) -> Iterator[str]:
    """What goes and what stays; to somebody who is no member it is the same, whoever they are."""
    language = hearing.language
    role = "member" if hearing.person else "guest"
    yield from say(language, f"{role}-privacy-erase-lines").split("\n")
    if hearing.person and (lost := moving.orphans(hearing.session, hearing.person)):
        names = phrases.measure_numbers(language, (measure.number for measure in lost))
        yield say(language, "member-privacy-erase-measures", measures=names)
    yield say(language, "member-privacy-erase-ask")
