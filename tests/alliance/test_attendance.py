"""Who comes to a meeting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from alliance.attendance import answers, meeting_of
from alliance.intents import Attend, Invite, RegisterPerson, SendDeputy
from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store.tables import Answer, Meeting
from tests.town import BERLIN, ERIKA, GUEST, HOUSE, MAX, OFFICE, Town, button, words


def said(town: Town) -> dict[int, Answer]:
    return town.database.read_now(lambda session: answers(session, session.exec(select(Meeting.id)).first() or 0))


@pytest.mark.parametrize(("word", "answer"), [("ZUSAGE", "yes"), ("Absage, leider", "no"), ("vielleicht", "maybe")])
def test_an_answer_counts_for_the_next_meeting(town: Town, word: str, answer: str) -> None:
    town.meeting(30)
    town.link(ERIKA)
    note = town.chat(ERIKA, word)
    assert "Herbstsitzung" in words(note)
    assert said(town) == {town.person(ERIKA).id: answer}


def test_the_latest_word_counts(town: Town) -> None:
    town.meeting(30)
    town.link(ERIKA)
    town.tap(ERIKA, button(town.chat(ERIKA, "ZUSAGE"), "Ich komme nicht"))
    assert said(town) == {town.person(ERIKA).id: Answer.NO}


def test_by_mail_it_is_the_answer_to_any_letter_of_ours(town: Town) -> None:
    town.meeting(30)
    town.letter(MAX, "STATUS")
    assert town.reply(MAX, "Zusage").title == "Notiert: Sie kommen"
    assert said(town) == {town.person(MAX).id: Answer.YES}


def test_without_a_meeting_there_is_nothing_to_come_to(town: Town) -> None:
    town.link(ERIKA)
    assert "keine Sitzung geplant" in words(town.chat(ERIKA, "ZUSAGE"))


def test_a_meeting_that_has_begun_takes_no_answers(town: Town) -> None:
    town.meeting(30)
    town.link(OFFICE)
    town.at = town.database.read_now(lambda session: session.exec(select(Meeting.starts_at)).one())
    assert "hat schon begonnen" in town.tap(OFFICE, Attend("yes", 1)).toast


@pytest.mark.parametrize(
    ("uid", "meeting"),
    [
        ("sitzung-12@alliance.example.org", 12),
        ("SITZUNG-12@Alliance.Example.ORG", 12),
        ("sitzung-12@other.example.org", 0),
        ("sitzung-²@alliance.example.org", 0),
        ("", 0),
    ],
)
def test_a_calendar_entry_of_ours_names_its_meeting(uid: str, meeting: int) -> None:
    assert meeting_of(uid, "alliance.example.org") == meeting


# --- deputies


def invited(town: Town) -> None:
    town.meeting(30)
    town.office(Invite())


def letters(town: Town, email: str, kind: str) -> list[Note]:
    return [unpack(row.note, Note) for row in town.letters(email) if row.dedupe_key.startswith(f"{kind}:")]


def test_a_deputy_from_outside_is_noted_and_the_letter_is_to_be_forwarded(town: Town) -> None:
    invited(town)
    said = town.reply(MAX, "VERTRETUNG Jutta Probe")
    assert said.title == "Notiert: Für Sie kommt Jutta Probe"
    assert "leiten Sie die Einladung" in words(said)
    assert said_by(town) == {MAX: Answer.NO}


def said_by(town: Town) -> dict[str, Answer]:
    people = {town.person(email).id: email for email in (ERIKA, MAX, OFFICE)}
    return {people[person]: answer for person, answer in said(town).items()}


@pytest.mark.parametrize("named", [ERIKA, "Erika Beispiel"])
def test_a_deputy_who_is_a_member_is_told_once_without_a_name(town: Town, named: str) -> None:
    invited(town)
    assert "bekommt von mir Bescheid" in words(town.reply(MAX, f"VERTRETUNG {named}"))
    town.letter(MAX, f"VERTRETUNG {named}", town.letters(MAX)[0].token)
    (told,) = letters(town, ERIKA, "deputy")
    assert "Sie sind als Vertretung genannt: für Logistik KG." in told.lines
    assert "Max" not in words(told)
    assert told.calendar is None
    assert [action.word for action in told.actions] == ["ZUSAGE", "ABSAGE", "VIELLEICHT"]


def test_a_deputy_who_was_not_invited_yet_gets_the_invitation_with_it(town: Town) -> None:
    invited(town)
    town.office(RegisterPerson("Robin Probe", GUEST, "Probe GmbH"))
    town.reply(MAX, f"VERTRETUNG {GUEST}")
    (told,) = letters(town, GUEST, "invite")
    assert told.title == "Sie vertreten jemanden: Herbstsitzung"
    assert told.calendar is not None
    assert letters(town, GUEST, "deputy") == []


def test_nobody_is_their_own_deputy(town: Town) -> None:
    invited(town)
    assert "Das sind Sie selbst" in words(town.reply(MAX, f"VERTRETUNG {MAX}"))
    assert said(town) == {}


def test_who_comes_after_all_needs_no_deputy(town: Town) -> None:
    invited(town)
    said_no = town.reply(MAX, "VERTRETUNG Jutta Probe")
    town.link(MAX)
    town.tap(MAX, button(said_no, "Ich komme"))
    assert "Jutta" not in attendance(town)
    assert said_by(town) == {MAX: Answer.YES}


# --- the office's list


def attendance(town: Town) -> str:
    town.link(OFFICE)
    return words(town.chat(OFFICE, "TEILNAHME"))


def test_the_office_sees_how_many_places_are_needed_and_who_comes_by_company(town: Town) -> None:
    invited(town)
    town.reply(ERIKA, "ZUSAGE")
    town.reply(MAX, "VERTRETUNG Jutta Probe")
    assert attendance(town).splitlines()[:6] == [
        "Herbstsitzung am Mittwoch, 23. Dezember 2026: 2 kommen",
        "Plätze: 2",
        "Zusagen (1):",
        "Stahl GmbH: Erika Beispiel",
        "Vertretungen (1):",
        "Logistik KG: Jutta Probe für Max Muster",
    ]


def test_a_deputy_who_comes_anyway_needs_one_place(town: Town) -> None:
    invited(town)
    town.reply(ERIKA, "ZUSAGE")
    town.reply(MAX, f"VERTRETUNG {ERIKA}")
    assert "Plätze: 1" in attendance(town)


def at(town: Town, day: int, hour: int = 9) -> None:
    town.at = datetime(2026, 12, day, hour, tzinfo=BERLIN).astimezone(UTC)
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


def test_three_workdays_before_the_office_gets_the_list_once(town: Town) -> None:
    invited(town)
    town.reply(MAX, "VIELLEICHT")
    at(town, 17)
    assert letters(town, OFFICE, "close") == []
    for day in (18, 18, 21):
        at(town, day)
    (note,) = letters(town, OFFICE, "close")
    assert note.title == "Anmeldeschluss: Herbstsitzung"
    assert "Plätze: 0, dazu 1 vielleicht" in note.lines
    assert letters(town, ERIKA, "close") == []


def test_later_answers_count_and_the_office_hears_at_once(town: Town) -> None:
    invited(town)
    token = town.letters(MAX)[0].token
    town.letter(MAX, "ZUSAGE", token)
    at(town, 18)
    assert letters(town, OFFICE, "late") == []
    town.letter(MAX, "ZUSAGE", token)
    assert letters(town, OFFICE, "late") == []
    town.letter(MAX, "ABSAGE", token)
    assert [note.title for note in letters(town, OFFICE, "late")] == [
        "Nach Anmeldeschluss: Max Muster kommt nicht (»Herbstsitzung«)"
    ]
    assert said_by(town) == {MAX: Answer.NO}


# --- calendars


def calendar(partstat: str) -> bytes:
    return (
        b"From: max@logistik.example.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:sitzung-1@alliance.example.org\r\n"
        b"ATTENDEE;" + partstat.encode() + b":mailto:max@logistik.example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(
    ("partstat", "intent"),
    [
        ("PARTSTAT=ACCEPTED", Attend("yes", 1)),
        ('PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Jutta@Example.com"', SendDeputy("jutta@example.com", 1)),
        ("PARTSTAT=DELEGATED", Attend("no", 1)),
    ],
)
def test_a_calendar_says_the_same(town: Town, partstat: str, intent: Attend | SendDeputy) -> None:
    assert town.desk.read_calendar(calendar(partstat)) == intent


def test_an_invitation_can_be_answered_until_the_meeting_begins_however_old_it_is(town: Town) -> None:
    town.meeting(91)
    town.office(Invite())
    token = town.letters(MAX)[-1].token
    town.at += timedelta(days=80)
    assert town.letter(MAX, "ZUSAGE", token).title == "Notiert: Sie kommen"
    town.at += timedelta(days=20)
    assert "hat schon begonnen" in words(town.letter(MAX, "ABSAGE", token))
