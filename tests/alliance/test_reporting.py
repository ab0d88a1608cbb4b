"""Reporting on a measure: in a chat, by a tap, by letter; each with a receipt, each to be taken back."""

from __future__ import annotations

import pytest

from alliance.intents import Report, ReportProgress, Status, Undo
from tests.town import ERIKA, MAX, OFFICE, Town, button, words


@pytest.fixture(autouse=True)
def linked(town: Town) -> None:
    for email in (ERIKA, MAX, OFFICE):
        town.link(email)


def test_status_shows_one_card_for_each_of_my_measures(town: Town) -> None:
    note = town.chat(ERIKA, "STATUS")
    assert [item.title for item in note.items] == ["M1 Radweg", "M2 Flächenbörse"]
    assert [action.label for action in note.items[0].actions] == [
        "Unverändert", "25 %", "50 %", "75 %", "Fertig", "Verzögert", "Blockiert"
    ]  # fmt: skip


def test_status_ends_with_my_next_meeting(town: Town) -> None:
    town.meeting(30)
    assert town.chat(ERIKA, "STATUS").closing == (
        "Nächste Sitzung: Herbstsitzung, Mittwoch, 23. Dezember 2026, 17:00 Uhr, Rathaus",
    )


def test_a_line_in_the_chat_is_a_report_and_the_receipt_says_what_was_understood(town: Town) -> None:
    note = town.chat(ERIKA, "M1 60 %, verzögert wegen Gutachten")
    measure = town.measure(1)
    assert (measure.percent, measure.status, measure.note) == (60, "delayed", "wegen Gutachten")
    assert "Verstanden: 60 %, verzögert, »wegen Gutachten«" in words(note)


def test_a_tap_is_a_report(town: Town) -> None:
    card = town.chat(MAX, "STATUS")
    note = town.tap(MAX, button(card, "75 %"))
    assert (town.measure(3).percent, town.measure(3).status) == (75, "running")
    assert note.toast == "Verstanden: 75 %"


def test_twenty_taps_on_one_button_change_the_measure_once(town: Town) -> None:
    press = button(town.chat(MAX, "STATUS"), "50 %")
    notes = [town.tap(MAX, press) for _ in range(20)]
    assert town.measure(3).version == 1
    assert all(note.toast == "Verstanden: 50 %" for note in notes)


def test_a_card_that_somebody_else_has_outdated_is_shown_afresh_and_changes_nothing(town: Town) -> None:
    press = button(town.chat(MAX, "STATUS"), "50 %")
    town.chat(OFFICE, "M3 telefonisch: 20 %")
    assert "inzwischen geändert" in words(town.tap(MAX, press))
    assert town.measure(3).percent == 20


def test_another_button_of_the_same_old_card_is_not_the_same_wish(town: Town) -> None:
    card = town.chat(MAX, "STATUS")
    town.tap(MAX, button(card, "50 %"))
    assert "inzwischen geändert" in words(town.tap(MAX, button(card, "75 %")))
    assert town.measure(3).percent == 50


def test_unchanged_is_a_full_answer(town: Town) -> None:
    town.chat(MAX, "unverändert")
    measure = town.measure(3)
    assert measure.reported_at == town.at
    assert (measure.percent, measure.status) == (0, "open")


def test_unchanged_without_a_number_counts_for_all_of_mine(town: Town) -> None:
    town.chat(ERIKA, "unverändert")
    assert town.measure(1).reported_at == town.measure(2).reported_at == town.at


def test_several_measures_in_one_message(town: Town) -> None:
    town.chat(ERIKA, "M1 60 %\nM2: fertig")
    assert town.measure(1).percent == 60
    assert town.measure(2).status == "done"
    assert town.measure(2).percent == 100


def test_several_measures_are_recorded_all_or_none(town: Town) -> None:
    note = town.chat(ERIKA, "M1 60 %\nM3 10 %")
    assert "nicht zugeordnet" in words(note)
    assert town.measure(1).version == 0


def test_a_report_is_taken_back_with_one_word(town: Town) -> None:
    town.chat(ERIKA, "M1 40 %")
    town.chat(ERIKA, "M1 60 %, verzögert wegen Gutachten")
    note = town.chat(ERIKA, "RÜCKGÄNGIG")
    assert (town.measure(1).percent, town.measure(1).status, town.measure(1).note) == (40, "running", "")
    assert note.title == "Zurückgenommen: M1"


def test_taking_back_twice_takes_back_two_reports(town: Town) -> None:
    town.chat(ERIKA, "M1 40 %")
    town.chat(ERIKA, "rückgängig")
    assert "keine Meldung" in words(town.chat(ERIKA, "rueckgaengig"))
    assert town.measure(1).percent == 0
    assert town.measure(1).reported_at is None


def test_nothing_newer_is_taken_back_along(town: Town) -> None:
    receipt = town.chat(ERIKA, "M1 40 %")
    town.chat(ERIKA, "M1 60 %")
    note = town.tap(ERIKA, button(receipt, "Rückgängig"))
    assert "neuere Meldung" in words(note)
    assert town.measure(1).percent == 60


def test_nobody_takes_back_the_report_of_somebody_else(town: Town) -> None:
    receipt = town.chat(ERIKA, "M1 40 %")
    undo = button(receipt, "Rückgängig").intent
    assert isinstance(undo, Undo)
    assert "keine Meldung" in words(town.tap(MAX, undo))
    assert town.measure(1).percent == 40


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("M1 160 %", "160 % geht nicht"),
        ("M99 60 %", "Eine Maßnahme M99 gibt es nicht"),
        ("M3 60 %", "»M3 Messe« ist Ihnen nicht zugeordnet"),
        ("60 %", "Sie haben mehrere Maßnahmen: M1 Radweg und M2 Flächenbörse"),
    ],
)
def test_what_cannot_be_is_refused_kindly_and_changes_nothing(town: Town, said: str, answer: str) -> None:
    assert answer in words(town.chat(ERIKA, said))
    assert [town.measure(number).version for number in (1, 2, 3)] == [0, 0, 0]


def test_a_percentage_alone_is_enough_for_somebody_with_one_measure(town: Town) -> None:
    town.chat(MAX, "60 %")
    assert town.measure(3).percent == 60


def test_a_tap_on_delayed_asks_why_and_the_next_words_are_the_reason(town: Town) -> None:
    note = town.tap(MAX, button(town.chat(MAX, "STATUS"), "Verzögert"))
    assert "Woran liegt es?" in words(note)
    town.chat(MAX, "Das Gutachten fehlt noch")
    assert (town.measure(3).status, town.measure(3).note) == ("delayed", "Das Gutachten fehlt noch")


def test_the_office_enters_what_somebody_said_on_the_phone(town: Town) -> None:
    town.chat(OFFICE, "M3 telefonisch: 60 %")
    assert town.measure(3).percent == 60


def test_a_percentage_brings_a_finished_measure_back_to_running(town: Town) -> None:
    town.chat(MAX, "fertig")
    town.chat(MAX, "80 %")
    assert (town.measure(3).status, town.measure(3).percent) == ("running", 80)


def test_a_letter_from_a_bare_address_is_confirmed_before_it_changes_anything(town: Town) -> None:
    note = town.letter(MAX, "M3 60 %")
    assert "M3: 60 %" in words(note)
    assert town.measure(3).version == 0
    town.reply(MAX, "JA")
    assert town.measure(3).percent == 60


def test_the_answer_to_a_letter_counts_at_once(town: Town) -> None:
    town.letter(MAX, "STATUS")
    town.reply(MAX, "60 %, läuft gut")
    assert town.measure(3).percent == 60


def test_a_token_in_the_hands_of_somebody_else_changes_nothing(town: Town) -> None:
    town.letter(MAX, "STATUS")
    leaked = town.letters(MAX)[-1].token
    note = town.letter(ERIKA, "M3 60 %", leaked)
    assert town.measure(3).version == 0
    assert "Geschäftsstelle" in words(note)
    assert town.bubbles(OFFICE)


def test_an_intent_for_a_measure_that_is_not_mine_is_refused_however_it_came(town: Town) -> None:
    note = town.tap(ERIKA, ReportProgress((Report(measure=3, status=Status.DONE),)))
    assert "nicht zugeordnet" in words(note)
    assert town.measure(3).version == 0
