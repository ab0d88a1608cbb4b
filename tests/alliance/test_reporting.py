"""Reporting on a measure: in a chat, by a tap, by letter; each with a receipt, each to be taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from alliance.hearing import Voice
from alliance.intents import AddMeasure, AssignMeasure, Report, ReportProgress, Status, Undo
from alliance.notes import Note
from alliance.packing import unpack
from store.tables import Channel, Deed, Measure
from tests.town import CHATS, ERIKA, MAX, OFFICE, Town, button, words


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


def test_unchanged_without_a_number_counts_for_all_of_mine_once_that_is_confirmed(town: Town) -> None:
    question = town.chat(ERIKA, "unverändert")
    assert "Gilt das für alle diese Maßnahmen?" in words(question)
    assert town.measure(1).reported_at is None
    town.tap(ERIKA, button(question, "Ja, so notieren"))
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


def test_two_reports_are_taken_back_one_after_the_other(town: Town) -> None:
    town.link(ERIKA)
    for said in ("M1 30 %", "M1 50 %", "RÜCKGÄNGIG"):
        town.chat(ERIKA, said)
    assert town.measure(1).percent == 30
    town.chat(ERIKA, "RÜCKGÄNGIG")
    assert town.measure(1).percent == 0
    assert "keine Meldung" in words(town.chat(ERIKA, "RÜCKGÄNGIG"))


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
    town.tap(MAX, button(town.chat(MAX, "80 %"), "Ja, so notieren"))
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


# --- the day by which it will be done, and help


def test_a_report_on_nothing_is_refused_kindly(town: Town) -> None:
    assert town.tap(ERIKA, ReportProgress(())).toast.startswith("Dieser Knopf ist nicht mehr gültig")


def test_a_report_that_another_process_has_overtaken_is_undone_whole(town: Town) -> None:
    def job(session: Session) -> None:
        seen = session.exec(select(Measure)).all()
        session.connection().exec_driver_sql("UPDATE measures SET version = version + 1")
        voice = Voice(Channel.TELEGRAM, town.at, chat_id=CHATS[ERIKA])
        town.desk.hear(session, voice, ReportProgress((Report(seen[0].number, percent=60),)))

    with pytest.raises(StaleDataError):
        town.database.write_now(job)
    assert (town.measure(1).percent, town.measure(1).version) == (0, 0)
    assert not town.database.read_now(lambda session: session.exec(select(Deed).where(Deed.what == "report")).all())


def test_the_expected_day_is_kept_beside_the_plans_own_and_written_out_in_the_receipt(town: Town) -> None:
    town.office(AddMeasure(9, "Brunnen", due=date(2027, 1, 15)))
    town.office(AssignMeasure(9, MAX))
    note = town.chat(MAX, "M9: 60 %, verzögert bis Ende März, Gutachten fehlt")
    measure = town.measure(9)
    assert (measure.percent, measure.status, measure.note) == (60, "delayed", "Gutachten fehlt")
    assert (measure.expected, measure.due) == (date(2027, 3, 31), date(2027, 1, 15))
    assert "60 %, verzögert, voraussichtlich bis Mittwoch, 31. März 2027, »Gutachten fehlt«" in words(note)
    assert "Voraussichtlich fertig: 31. März 2027" in words(note)


def test_an_expected_day_stays_until_a_new_one_comes_or_it_is_done(town: Town) -> None:
    town.chat(MAX, "bis Ende März")
    town.chat(MAX, "20 %")
    assert town.measure(3).expected == date(2027, 3, 31)
    town.chat(MAX, "verzögert bis Ende April")
    assert town.measure(3).expected == date(2027, 4, 30)
    town.chat(MAX, "fertig")
    assert town.measure(3).expected is None


def test_taking_back_brings_the_former_day_and_wish_back(town: Town) -> None:
    town.chat(MAX, "bis Ende März, wir brauchen Hilfe beim Antrag")
    town.chat(MAX, "30 %, jetzt bis Ende April")
    assert (town.measure(3).expected, town.measure(3).help_wanted) == (date(2027, 4, 30), False)
    town.chat(MAX, "RÜCKGÄNGIG")
    assert (town.measure(3).expected, town.measure(3).help_wanted) == (date(2027, 3, 31), True)


def test_taking_back_the_first_day_and_wish_leaves_none(town: Town) -> None:
    town.chat(MAX, "bis Ende März, wir brauchen Hilfe beim Antrag")
    town.chat(MAX, "RÜCKGÄNGIG")
    assert (town.measure(3).expected, town.measure(3).help_wanted) == (None, False)


def test_a_wish_for_help_reaches_the_office_once_with_name_and_reason(town: Town) -> None:
    note = town.chat(MAX, "40 %, brauchen Hilfe beim Förderantrag")
    assert "Unterstützung gewünscht" in words(note)
    told = [words(unpack(row.note, Note)) for row in town.bubbles(OFFICE)]
    assert len(told) == 1
    assert "Max Muster (Logistik KG)" in told[0]
    assert "M3 Messe: 40 %, Unterstützung gewünscht, »brauchen Hilfe beim Förderantrag«" in told[0]


def test_a_wish_for_help_lasts_through_unchanged_and_ends_with_the_next_report(town: Town) -> None:
    town.chat(MAX, "brauchen Hilfe beim Förderantrag")
    town.chat(MAX, "unverändert")
    assert town.measure(3).help_wanted
    assert "Unterstützung gewünscht" in words(town.chat(MAX, "STATUS"))
    town.chat(MAX, "30 %")
    assert not town.measure(3).help_wanted
    assert len(town.bubbles(OFFICE)) == 1


def test_the_office_is_not_told_what_it_entered_itself(town: Town) -> None:
    town.chat(OFFICE, "M3 telefonisch: 20 %, brauchen Hilfe bei der Werbung")
    assert town.measure(3).help_wanted
    assert town.bubbles(OFFICE) == []


# --- big changes


def before(town: Town, report: str) -> None:
    town.chat(MAX, report)
    town.at += timedelta(hours=1)


@pytest.mark.parametrize(
    ("standing", "said", "asked"),
    [
        ("30 %", "90 %", True),
        ("30 %", "80 %", False),
        ("30 %", "10 %", True),
        ("30 %", "20 %", False),
        ("20 %", "fertig", False),
        ("20 %", "100 %", False),
        ("fertig", "blockiert", True),
        ("fertig", "unverändert", False),
        ("30 %", "bis Ende 2028", True),
        ("30 %", "bis Ende März", False),
    ],
)
def test_only_what_is_more_often_a_slip_is_asked_back(town: Town, standing: str, said: str, asked: bool) -> None:
    before(town, standing)
    note = town.chat(MAX, said)
    assert ("Stimmt das so?" in words(note)) is asked
    assert (town.measure(3).version == 1) is asked


def test_a_first_report_may_be_anything(town: Town) -> None:
    town.chat(MAX, "90 %")
    assert town.measure(3).percent == 90


def test_a_tapped_button_is_never_asked_back(town: Town) -> None:
    before(town, "90 %")
    town.tap(MAX, button(town.chat(MAX, "STATUS"), "25 %"))
    assert town.measure(3).percent == 25


def test_yes_records_the_big_change_and_no_shows_what_stands(town: Town) -> None:
    before(town, "30 %")
    question = town.chat(MAX, "90 %")
    assert "M3 Messe: bisher 30 %, läuft · neu: 90 %" in words(question)
    town.tap(MAX, button(question, "Nein, so lassen"))
    assert town.measure(3).percent == 30
    note = town.tap(MAX, button(question, "Ja, so notieren"))
    assert town.measure(3).percent == 90
    assert "Verstanden: 90 %" in words(note)


def test_yes_and_no_work_by_letter_just_as_well(town: Town) -> None:
    before(town, "30 %")
    town.letter(MAX, "STATUS")
    town.reply(MAX, "90 %")
    assert town.measure(3).percent == 30
    town.reply(MAX, "JA")
    assert town.measure(3).percent == 90


def test_another_figure_instead_of_yes_is_the_report(town: Town) -> None:
    before(town, "30 %")
    town.chat(MAX, "90 %")
    town.chat(MAX, "40 %")
    assert town.measure(3).percent == 40


def test_yes_comes_too_late_when_somebody_reported_in_between(town: Town) -> None:
    before(town, "30 %")
    question = town.chat(MAX, "90 %")
    town.chat(OFFICE, "M3 telefonisch: 40 %")
    assert "inzwischen geändert" in words(town.tap(MAX, button(question, "Ja, so notieren")))
    assert town.measure(3).percent == 40


def test_a_letter_that_is_confirmed_anyway_is_not_asked_about_twice(town: Town) -> None:
    before(town, "30 %")
    town.letter(MAX, "M3 90 %")
    town.reply(MAX, "JA")
    assert town.measure(3).percent == 90


# --- measures by their titles


def test_a_measure_may_be_called_by_its_title(town: Town) -> None:
    town.chat(ERIKA, "Radweg: 60 %, Flächenbörse läuft")
    assert (town.measure(1).percent, town.measure(2).status) == (60, "running")


def test_a_title_counts_only_for_those_who_carry_the_measure(town: Town) -> None:
    note = town.chat(MAX, "Radweg: 60 %")
    assert "Verstanden" not in words(note)
    assert [town.measure(number).version for number in (1, 3)] == [0, 0]


def test_the_office_may_use_any_title(town: Town) -> None:
    town.chat(OFFICE, "Messe telefonisch: 30 %")
    assert town.measure(3).percent == 30


# --- later


def test_later_is_a_pause_of_three_days_or_as_many_as_are_named(town: Town) -> None:
    town.chat(MAX, "SPÄTER")
    assert town.person(MAX).paused_until == date(2026, 11, 26)
    town.chat(MAX, "später 5 Tage")
    assert town.person(MAX).paused_until == date(2026, 11, 28)
