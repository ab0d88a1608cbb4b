"""BETRIEB STOPP and START: the office halts everything that goes out, and lets it go on."""

from __future__ import annotations

from datetime import datetime

import texts
from alliance import history, notices
from alliance.hearing import Hearing
from alliance.intents import SwitchSending
from alliance.notes import Action, Note
from store import outbox
from store.tables import Person
from texts import say


def switch(hearing: Hearing, intent: SwitchSending) -> Note:
    """Stop all sending or go on; what was due meanwhile goes out then, unless it is too old. The office is told."""
    since = outbox.stopped_at(hearing.session)
    if (since is None) is not intent.on:
        _turn(hearing, on=intent.on)
    return _note(hearing, hearing.language, on=intent.on, since=since if not intent.on and since else hearing.at)


def _turn(hearing: Hearing, *, on: bool) -> None:
    if on:
        outbox.start(hearing.session)
    else:
        outbox.stop(hearing.session, hearing.at, hearing.person.id if hearing.person else None)
    deed = history.write(hearing, "start-sending" if on else "stop-sending", {})
    others = [person for person in notices.office_people(hearing.session) if person != hearing.person]
    for person in others:
        _tell(hearing, person, f"sending:{deed.id}:{person.id}", on=on)


def _tell(hearing: Hearing, person: Person, key: str, *, on: bool) -> None:
    note = _note(hearing, person.language, on=on, since=hearing.at)
    notices.to_person(hearing.session, person, note, key, hearing.at)


def _note(hearing: Hearing, language: str, *, on: bool, since: datetime) -> Note:
    """Goes out whatever is stopped, with the way back."""
    if on:
        return Note(say(language, "office-sending-on-title"), (say(language, "office-sending-on-line"),), always=True)
    when = texts.moment(language, since, hearing.house.zone)
    back = Action(say(language, "office-sending-button-on"), SwitchSending(on=True), say(language, "word-sending-on"))
    lines = (say(language, "office-sending-off-line", when=when),)
    return Note(say(language, "office-sending-off-title"), lines, actions=(back,), always=True)
