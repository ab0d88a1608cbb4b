"""Out-of-office letters: nudges wait until the day they name, and the office hears when that is past a freeze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import texts
from alliance import history, notices, phrases, rounds
from alliance.hearing import Hearing
from alliance.notes import Note
from store.tables import Meeting, Person
from texts import say

LONGEST = timedelta(days=366)  # a day further off was more likely misread


def away(hearing: Hearing, until: date) -> None:
    """Note that the speaker is away up to and including a day, if that is believable; nobody is answered."""
    if not hearing.proved or not hearing.person or not hearing.today <= until <= hearing.today + LONGEST:
        return
    hearing.person.away_until = until
    history.write(hearing, "away", {"until": until.isoformat()})
    for meeting in rounds.held(hearing.session, hearing.house, hearing.at):
        _warn_office(hearing, meeting, until)


def _warn_office(hearing: Hearing, meeting: Meeting, until: date) -> None:
    """Whoever comes back after the freeze will not answer: the office may want to call somebody else."""
    freeze = rounds.freeze_at(hearing.house, meeting).astimezone(hearing.house.zone).date()
    person, house, at = hearing.member, hearing.house, hearing.at
    found = rounds.leads(hearing.session, house, meeting, hearing.today, {hearing.member_id})
    owed = next((lead.unanswered for lead in found), ())
    if until < freeze or not owed:
        return
    key = f"away:{meeting.id}:{person.id}"
    notices.to_office(hearing.session, lambda reader: _away_note(reader, person, meeting, until, owed), key, at)


def _away_note(reader: Person, person: Person, meeting: Meeting, until: date, owed: Sequence[int]) -> Note:
    language = reader.language
    measures = phrases.measure_numbers(language, owed)
    line = say(language, "office-away-line", name=person.name, until=texts.day(language, until), measures=measures)
    return Note(say(language, "office-away-title", name=person.name, meeting=meeting.title), (line,))
