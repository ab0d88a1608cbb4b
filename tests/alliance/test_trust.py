"""A letter that is not to be believed changes nothing, until the office says JA."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alliance.hearing import Voice
from alliance.intents import Trust
from store.tables import Channel
from tests.town import ERIKA, MAX, OFFICE, Town, words

PRIVATE = "erika@privat.example.org"


def asked(town: Town) -> str:
    """The token of the status letter that Erika got."""
    town.letter(ERIKA, "STATUS")
    return town.letters(ERIKA)[-1].token


@pytest.mark.fault(36)
def test_a_reply_from_an_unknown_address_waits_for_the_office_and_counts_with_ja(town: Town) -> None:
    note = town.letter(PRIVATE, "M1 60 %", asked(town))
    assert "bei der Geschäftsstelle" in words(note)
    assert town.measure(1).percent == 0
    case = town.last_letter(OFFICE)
    assert "Der Absender passt nicht" in words(case)
    assert "Ja, das war Erika Beispiel" in [action.label for action in case.actions]
    assert "Ausgeführt" in town.reply(OFFICE, "JA").title
    assert town.measure(1).percent == 60
    assert "Danke, notiert: M1" in town.last_letter(ERIKA).title


def test_with_nein_nothing_happens_and_it_cannot_be_decided_twice(town: Town) -> None:
    town.letter(PRIVATE, "M1 60 %", asked(town))
    token = town.letters(OFFICE)[-1].token
    assert town.letter(OFFICE, "NEIN", token).title == "Beiseitegelegt"
    assert "schon entschieden" in words(town.letter(OFFICE, "JA", token))
    assert town.measure(1).percent == 0


def test_free_words_of_the_office_are_an_answer_to_the_sender(town: Town) -> None:
    town.letter(PRIVATE, "M1 60 %", asked(town))
    town.reply(OFFICE, "Bitte schreiben Sie von Ihrer dienstlichen Adresse.")
    assert "dienstlichen Adresse" in words(town.last_letter(PRIVATE))
    assert town.measure(1).percent == 0


@pytest.mark.fault(36)
def test_a_token_older_than_sixty_days_is_for_the_office(town: Town) -> None:
    token = asked(town)
    town.at += timedelta(days=61)
    town.letter(ERIKA, "M1 60 %", token)
    assert "älter als 60 Tage" in words(town.last_letter(OFFICE))
    assert town.measure(1).percent == 0


def test_a_forged_letter_is_not_answered_and_the_office_hears_of_it(town: Town) -> None:
    token = asked(town)
    before = len(town.letters(ERIKA))
    town.letter(ERIKA, "M1 60 %", token, forged=True)
    assert len(town.letters(ERIKA)) == before
    assert "gefälscht" in words(town.last_letter(OFFICE))
    assert town.measure(1).percent == 0
    town.reply(OFFICE, "JA")
    assert town.measure(1).percent == 60


def test_a_forged_letter_without_a_token_names_the_person_it_claims_to_be_from(town: Town) -> None:
    town.letter(ERIKA, "ABMELDEN", forged=True)
    assert "Ja, das war Erika Beispiel" in [action.label for action in town.last_letter(OFFICE).actions]
    assert town.person(ERIKA).left_at is None


def test_ja_gives_no_more_rights_than_the_person_has(town: Town) -> None:
    town.letter(PRIVATE, "M3 60 %", asked(town))  # Max carries M3
    assert "nicht zugeordnet" in words(town.reply(OFFICE, "JA"))
    assert town.measure(3).percent == 0


def test_a_members_reply_that_was_taken_for_spam_is_shown_to_the_office_and_nothing_else(town: Town) -> None:
    voice = Voice(Channel.MAIL, town.at, email=ERIKA, token=asked(town))
    before = len(town.letters(ERIKA))
    town.database.write_now(lambda session: town.desk.marked(session, voice, "M1 60 %"))
    assert "hält diese Antwort für Spam" in words(town.last_letter(OFFICE))
    assert (town.measure(1).percent, len(town.letters(ERIKA))) == (0, before)


def test_spam_without_a_token_of_ours_is_left_alone(town: Town) -> None:
    voice = Voice(Channel.MAIL, town.at, email=ERIKA)
    town.database.write_now(lambda session: town.desk.marked(session, voice, "M1 60 %"))
    assert town.letters(OFFICE) == []


@pytest.mark.parametrize("email", [ERIKA, MAX])
def test_only_the_office_decides(town: Town, email: str) -> None:
    town.letter(PRIVATE, "M1 60 %", asked(town))
    town.link(email)
    assert "nur die Geschäftsstelle" in town.tap(email, Trust(1, accept=True)).toast
    assert town.measure(1).percent == 0


def test_the_question_for_ja_shows_the_words_it_is_about(town: Town) -> None:
    asked = town.letter(ERIKA, "PAUSE bis 15.12.")
    assert "»PAUSE bis 15.12.«" in words(asked)


def test_the_offices_own_answer_to_a_letter_that_is_not_known_any_more_is_asked_about(town: Town) -> None:
    assert "bei der Geschäftsstelle" in words(town.letter(OFFICE, "M4 60 %", "nosuchtokenatall"))
    (case,) = [row for row in town.letters(OFFICE) if row.dedupe_key.startswith("case:")]
    assert "ist mir nicht bekannt" in str(case.note)
    assert town.measure(4).percent == 0
    assert "Ausgeführt" in town.letter(OFFICE, "JA", case.token).title
    assert town.measure(4).percent == 60
