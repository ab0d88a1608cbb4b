"""A person may have several mail addresses; one more takes a confirmation from both sides."""

from __future__ import annotations

import pytest

from alliance.intents import AddAddress
from tests.alliance.joining_steps import code_in
from tests.town import ERIKA, GUEST, MAX, OFFICE, Town, words

NEW = "e.beispiel@privat.example.org"


def add(town: Town) -> None:
    town.letter(ERIKA, f"ADRESSE {NEW}")
    town.reply(ERIKA, "JA")  # the letter out of the blue is confirmed


def test_both_sides_confirm_and_then_the_address_counts(town: Town) -> None:
    add(town)
    assert town.person(ERIKA).id
    assert "Gehört diese Adresse zu Ihnen?" in town.last_letter(NEW).title
    assert town.reply(NEW, "JA").title == "Neue Adresse"
    assert NEW in words(town.last_letter(ERIKA))
    town.letter(ERIKA, "STATUS")
    token = town.letters(ERIKA)[-1].token
    assert "notiert" in town.letter(NEW, "M1 60 %", token).title
    assert town.measure(1).percent == 60


def test_until_the_new_address_says_ja_it_is_a_stranger(town: Town) -> None:
    add(town)
    assert "nur für Mitglieder" in words(town.letter(NEW, "STATUS"))


def test_the_code_from_the_letter_counts_in_the_chat_that_asked(town: Town) -> None:
    town.link(ERIKA)
    town.chat(ERIKA, f"ADRESSE {NEW}")
    assert town.chat(ERIKA, code_in(town, NEW)).title == "Neue Adresse"
    assert town.person(NEW).id == town.person(ERIKA).id


def test_somebody_elses_address_is_not_written_to_and_nobody_learns_that_it_is_known(town: Town) -> None:
    town.link(ERIKA)
    before = len(town.letters(MAX))
    known = town.chat(ERIKA, f"ADRESSE {MAX}")
    unknown = town.chat(ERIKA, f"ADRESSE {NEW}")
    assert words(known).replace(MAX, "") == words(unknown).replace(NEW, "")
    assert len(town.letters(MAX)) == before


def test_asking_again_and_again_sends_one_letter_a_day(town: Town) -> None:
    town.link(ERIKA)
    for _ in range(3):
        town.chat(ERIKA, f"ADRESSE {NEW}")
    assert len(town.letters(NEW)) == 1


def test_a_members_wish_cannot_catch_the_request_of_a_guest(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Probe GmbH")
    token = town.letters(GUEST)[-1].token
    town.link(ERIKA)
    town.chat(ERIKA, f"ADRESSE {GUEST}")
    assert "liegt der Geschäftsstelle vor" in words(town.letter(GUEST, "JA", token))
    town.reply(OFFICE, "JA")
    assert town.person(GUEST).id != town.person(ERIKA).id


def test_an_address_can_be_taken_away_but_not_the_last_one(town: Town) -> None:
    town.link(ERIKA)
    assert "einzige Adresse" in words(town.chat(ERIKA, f"ADRESSE weg {ERIKA}"))
    town.chat(ERIKA, f"ADRESSE {NEW}")
    town.reply(NEW, "JA")
    assert town.chat(ERIKA, f"ADRESSE {ERIKA} löschen").title == "Adresse entfernt"
    assert "entfernt" in town.last_letter(NEW).title
    assert town.person(NEW).telegram_id


@pytest.mark.parametrize("address", [ERIKA, "kein-at-zeichen", "a@b"])
def test_an_own_or_impossible_address_is_refused(town: Town, address: str) -> None:
    town.link(ERIKA)
    assert town.tap(ERIKA, AddAddress(address)).toast
    assert town.letters(address) == []


def test_an_address_of_somebody_who_left_belongs_to_whoever_proves_it(town: Town) -> None:
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    town.link(ERIKA)
    town.chat(ERIKA, f"ADRESSE {MAX}")
    assert town.reply(MAX, "JA").title == "Neue Adresse"
    assert town.person(MAX).id == town.person(ERIKA).id
