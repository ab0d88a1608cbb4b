"""BERICHTIGEN, WIDERSPRUCH, EINSCHRÄNKEN: put before the office; a name or number is prepared for one tap of it."""

from __future__ import annotations

import re

from alliance import cases, companies, history, notices
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import CorrectPerson, Rectify, Unclear
from alliance.notes import Note
from alliance.privacy import requests, subjects
from alliance.words.person_words import corrections
from store.tables import Person, PersonalRequest
from texts import say

LONGEST = 120  # characters of a name
_NUMBER = re.compile(r"\+?[\d\s/()-]{3,40}")


def rectify(hearing: Hearing, intent: Rectify) -> Note:
    """Put the wish before the office, with a month's clock; it is told with a button where it is clear what to do."""
    language, text = hearing.language, intent.text.strip()
    if not text and intent.kind == "rectification":
        lines = tuple(say(language, "member-privacy-rectify-ask-lines").split("\n"))
        return Note(say(language, "member-privacy-rectify-ask-title"), lines)
    if hearing.in_chat and not hearing.person:
        return cases.unclear(hearing, Unclear(text or say(language, f"privacy-kind-{intent.kind}")))
    row = requests.record(hearing, subjects.of_hearing(hearing), intent.kind, text, answered=False)
    notices.to_office(
        hearing.session,
        lambda reader: _for_office(hearing, reader, row),
        f"personal:{row.id}",
        hearing.at,
    )
    said = "rectify" if intent.kind == "rectification" else intent.kind
    title = say(language, f"member-privacy-{said}-title")
    return Note(title, tuple(say(language, f"member-privacy-{said}-lines").split("\n")))


def _for_office(hearing: Hearing, reader: Person, row: PersonalRequest) -> Note:
    language = reader.language
    title = requests.heading(language, row)
    lines = [requests.who(hearing.session, language, row), *(line for line in row.text.split("\n") if line)]
    fix = _prepared(hearing, row)
    done = say(language, "office-privacy-rectify-done")
    lines.append(say(language, f"office-privacy-fix-{fix.what}", value=fix.value) if fix else done)
    lines.append(say(language, "office-privacy-rectify-line"))
    said = tuple(value for _, value in corrections(row.text))
    return Note(title, tuple(lines), actions=tuple(requests.actions(language, row, fix)), names=said)


def _prepared(hearing: Hearing, row: PersonalRequest) -> CorrectPerson | None:
    """What JA would correct, if the wish says just one thing that can be corrected so."""
    said = corrections(row.text)
    if hearing.person is None or row.kind != "rectification" or len(said) != 1:
        return None
    what, value = said[0]
    return CorrectPerson(notices.address_of(hearing.session, hearing.person), what, value, row.id or 0)


def correct(hearing: Hearing, intent: CorrectPerson) -> Note:
    """The office corrects a name or number; the history keeps both, and the person is told. Raises Refusal."""
    row = requests.open_request(hearing, intent.request) if intent.request else None
    person = _whose(hearing, intent, row)
    value = _checked(intent)
    before = person.name if intent.what == "name" else person.phone
    if intent.what == "name":
        person.name = value
    else:
        person.phone = value
    details = {"person": person.id, "what": intent.what, "before": before, "after": value}
    history.write(hearing, "correct-person", details)
    _tell(hearing, person, intent, row)
    language = hearing.language
    line = say(language, f"office-privacy-corrected-{intent.what}", before=before or "–", value=value)
    return Note(say(language, "office-privacy-corrected-title"), (line,), names=(before, value))


def _whose(hearing: Hearing, intent: CorrectPerson, row: PersonalRequest | None) -> Person:
    """The member by their address, or whoever made the request that is fulfilled."""
    if row is None:
        return companies.member(hearing.session, intent.email)
    person = hearing.session.get(Person, row.person_id) if row.person_id else None
    if person is None or person.erased_at:
        raise NotFound("refusal-no-such-member", email=intent.email)
    return person


def _checked(intent: CorrectPerson) -> str:
    value = " ".join(intent.value.split())
    if intent.what == "name" and 0 < len(value) <= LONGEST and not any(letter.isdigit() for letter in value):
        return value
    if intent.what == "phone" and _NUMBER.fullmatch(value):
        return value
    raise Invalid(f"refusal-correct-{'phone' if intent.what == 'phone' else 'name'}")


def _tell(hearing: Hearing, person: Person, intent: CorrectPerson, row: PersonalRequest | None) -> None:
    """The person hears what is kept about them now."""
    language = person.language
    lines = (
        say(language, f"member-privacy-corrected-{intent.what}", value=" ".join(intent.value.split())),
        say(language, "member-privacy-corrected-wrong"),
    )
    note = Note(say(language, "member-privacy-corrected-title"), lines, language=language)
    if row:
        requests.close(hearing, row, "done")
        requests.tell(hearing, row, note)
    elif person.id != (hearing.person.id if hearing.person else None):
        notices.to_person(hearing.session, person, note, f"corrected:{person.id}:{hearing.at:%Y%m%d%H%M%S}", hearing.at)
