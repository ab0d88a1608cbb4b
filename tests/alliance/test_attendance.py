"""Who comes to a meeting."""

from __future__ import annotations

import pytest
from sqlmodel import select

from alliance.attendance import answers, meeting_of
from alliance.intents import Attend
from store.tables import Answer, Meeting
from tests.town import ERIKA, MAX, OFFICE, Town, button, words


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
