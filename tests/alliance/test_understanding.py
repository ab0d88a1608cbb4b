"""Words to intents: the labelled table, and what must hold for any text at all."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance import intents
from alliance.intents import Decide, Matter, Report, ReportProgress, Status, Undo
from alliance.understanding import LONGEST, understand
from alliance.words.cleaning import clean, fold, spellings, without_courtesies

TODAY = date(2026, 11, 22)
CHOICES: dict[str, intents.Intent] = {"JA": Decide(4, True), "NEIN": Decide(4, False), "RÜCKGÄNGIG": Undo(7)}
TABLE = tomllib.loads(Path(__file__).with_name("understanding_first.toml").read_text(encoding="utf-8"))["reply"]


def _label(row: dict[str, Any]) -> str:
    return " ".join([repr(row["says"]), *map(str, row.get("matter", ())), "choices" if row.get("choices") else ""])


def _matter(row: dict[str, Any]) -> Matter:
    kind, number, *measures = row.get("matter", ("", 0))
    return Matter(kind, number, tuple(measures))


def _understood(row: dict[str, Any]) -> intents.Intent:
    return understand(row["says"], TODAY, _matter(row), CHOICES if row.get("choices") else {})


def _reports(row: dict[str, Any]) -> ReportProgress:
    made = [
        {**report, "status": Status(report["status"])} if "status" in report else report for report in row["reports"]
    ]
    return ReportProgress(tuple(Report(**report) for report in made))


@pytest.mark.parametrize("row", [row for row in TABLE if "reports" in row], ids=_label)
def test_a_reply_is_read_as_the_report_it_is(row: dict[str, Any]) -> None:
    assert _understood(row) == _reports(row)


@pytest.mark.parametrize("row", [row for row in TABLE if "unclear" in row], ids=_label)
def test_a_doubtful_reply_is_never_guessed(row: dict[str, Any]) -> None:
    intent = _understood(row)
    assert isinstance(intent, intents.Unclear)
    assert intent.reason == row["unclear"]


@pytest.mark.parametrize("row", [row for row in TABLE if "intent" in row], ids=_label)
def test_a_wish_is_read_as_the_intent_it_is(row: dict[str, Any]) -> None:
    intent = _understood(row)
    assert type(intent).__name__ == row["intent"]
    meant = {name: value for name, value in row.items() if name not in {"says", "matter", "choices", "intent"}}
    assert {field.name for field in fields(intent)} >= set(meant)
    assert {name: getattr(intent, name) for name in meant} == meant


def test_every_reply_of_the_table_is_labelled_once() -> None:
    assert len(TABLE) >= 120
    assert all(len({"reports", "unclear", "intent"} & set(row)) == 1 for row in TABLE)


def test_the_reply_words_of_a_letter_win_over_commands() -> None:
    assert understand("Rückgängig", TODAY, choices=CHOICES) == Undo(7)
    assert understand("undo", TODAY, choices=CHOICES) == Undo(7)
    assert understand("Rückgängig", TODAY) == Undo(None)


def test_a_company_may_be_called_like_a_greeting() -> None:
    joining = Matter("company", 4)
    assert understand("Glück auf Apotheke", TODAY, joining) == intents.NameCompany(4, "Glück auf Apotheke")
    assert understand("LG Beispieltechnik", TODAY, joining) == intents.NameCompany(4, "LG Beispieltechnik")


def test_an_answer_of_the_office_keeps_every_word() -> None:
    words = "Hallo Frau Beispiel,\ngern.\n\nViele Grüße\nErika Beispiel"
    assert understand(words, TODAY, Matter("case", 9)) == intents.AnswerPerson(9, words)


def test_a_report_while_a_pause_is_asked_for_is_not_lost() -> None:
    assert understand("M12 60 %", TODAY, Matter("pause")) == ReportProgress((Report(12, percent=60),))


def test_invisible_characters_do_not_hide_a_word() -> None:
    assert understand("\ufeffM\u200b12\u202e 6\x000 %\ud800", TODAY) == ReportProgress((Report(12, percent=60),))


def test_what_nobody_understood_keeps_its_words_for_the_office() -> None:
    words = "Sehr geehrte Frau Beispiel,\n\nkönnen wir telefonieren?\n\nMit freundlichen Grüßen\nErika Beispiel"
    assert understand(words, TODAY) == intents.Unclear(words, "not-understood")


def test_a_message_beyond_the_limit_is_not_read() -> None:
    limit = "M12 60 %" + "!" * (LONGEST - 8)
    assert isinstance(understand(limit, TODAY), ReportProgress)
    assert understand(limit + "!", TODAY) == intents.Unclear(limit + "!", "too-long")


def test_a_message_about_very_many_measures_is_asked_back() -> None:
    assert understand("\n".join(f"M{number} fertig" for number in range(1, 99)), TODAY).__class__ is intents.Unclear


CARRIED = {12: "Radweg am Kanal", 14: "Ausbildungsbörse", 3: "Gewerbegebiet Nord", 4: "Radstation"}


@pytest.mark.parametrize(
    ("said", "measures"),
    [
        ("Radweg: 60 %", {12}),
        ("M12 Radweg am Kanal: 60 %", {12}),
        ("Der Radweg am Kanl steht bei 60 %", {12}),
        ("Ausbildungsboerse 60 %", {14}),
        ("Börse 60 %", {14}),
        ("Radweg 60 %, Börse 60 %", {12, 14}),
        ("Radweg und Ausbildungsbörse: 60 %", {12, 14}),
        ("Gewerbegebiet Süd 60 %", set()),
        ("Gewerbegebiet Süd verzögert", set()),
        ("M12 Ausbildungsbörse: 60 %", set()),
        ("Radweg (M14) 60 %", set()),
        ("Gewerbegebiet Radweg 60 %", set()),
        ("Hafenstraße 60 %", set()),
    ],
)
def test_a_measure_is_called_by_the_words_of_its_title(said: str, measures: set[int]) -> None:
    intent = understand(said, TODAY, titles=lambda: CARRIED)
    reports = intent.reports if isinstance(intent, ReportProgress) else ()
    assert {report.measure for report in reports} == measures
    assert all(report.percent == 60 for report in reports)


def test_titles_are_looked_up_once_and_not_for_a_command() -> None:
    asked: list[str] = []

    def titles() -> dict[int, str]:
        asked.append("titles")
        return CARRIED

    understand("PAUSE bis Ende März", TODAY, titles=titles)
    assert asked == []
    understand("Radweg verzögert wegen Ausbildungsbörse", TODAY, titles=titles)
    assert asked == ["titles"]


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("Stauts", intents.ShowStatus()),
        ("Rückgänig bitte", Undo()),
        ("hife", intents.Help()),
        ("Pasue bis 10.12.", intents.Pause(date(2026, 12, 10))),
        ("Abmelde", intents.Unclear("Abmelde")),
        ("Betreib stopp", intents.Unclear("Betreib stopp")),
    ],
)
def test_a_slip_in_a_command_is_forgiven_where_it_can_do_no_harm(said: str, intent: intents.Intent) -> None:
    assert understand(said, TODAY) == intent


MATTERS = (
    *(Matter(kind, 12) for kind in ("", "measure", "reason", "case", "proof", "company", "email", "pause", "else")),
    Matter("round", 1, (12, 13)),
    Matter("round", 1),
)
SAID = (
    "M12|M 13|12:|60 %|-60%|fertig|erledigt|nicht|noch|fast|unverändert|keine Änderung|verzögert|blockiert|läuft|offen"
    "|wegen|bis|Freitag|Gutachten|JA|NEIN|aber|bitte|Danke|Viele Grüße|Hallo|PAUSE|BEITRETEN|/start|?|!|,|;|:| - |.|\n"
    "|(|)|e@example.org|15.08.|\u200b|\ud800|\x00"
)
PIECES = SAID.split("|")
anything = st.text(st.characters()) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(anything, st.sampled_from(MATTERS), st.booleans())
def test_any_text_at_all_has_exactly_one_intent(text: str, matter: Matter, asked: bool) -> None:
    intent = understand(text, TODAY, matter, CHOICES if asked else {})
    assert isinstance(intent, intents.Intent)
    assert not isinstance(intent, ReportProgress) or intent.reports


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), st.sampled_from(MATTERS))
def test_not_is_never_read_as_done(rest: str, matter: Matter) -> None:
    intent = understand(f"M12 nicht fertig {rest}", TODAY, matter)
    reports = intent.reports if isinstance(intent, ReportProgress) else ()
    assert all(report.status is not Status.DONE for report in reports if report.measure == 12)


@given(
    st.integers(1, 9999),
    st.integers(0, 100),
    st.sampled_from(["M{} {} %", "m{}: {}%", "{}: {} %", "Maßnahme {} - {} Prozent"]),
)
def test_a_number_and_a_percentage_are_always_understood(measure: int, percent: int, form: str) -> None:
    expected = ReportProgress((Report(measure, percent=percent),))
    assert understand(form.format(measure, percent), TODAY) == expected


MANY = {number: f"Radweg am Kanal, Abschnitt {number}" for number in range(1, 200)}


@pytest.mark.parametrize(
    "piece",
    [
        "M1 ",
        "M1,",
        ",",
        ".",
        "60% ",
        "fertig ",
        ".mfg",
        "\ndanke",
        " ",
        "a@",
        "vielen ",
        "(",
        "1.1. ",
        "bis ",
        "Radweg, ",
        "von 4 auf ",
        "Ende März ",
    ],
)
@pytest.mark.parametrize("start", ["", "PAUSE ", "M1,M2,M3 ", "BEITRETEN "])
@pytest.mark.timeout(10)
def test_a_hostile_message_costs_no_time(start: str, piece: str) -> None:
    text = (start + piece * LONGEST)[: LONGEST - 6] + " 60 %."
    assert isinstance(understand(text, TODAY, Matter("pause"), CHOICES, lambda: MANY), intents.Intent)


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("Verzögert", {"verzoegert", "verzogert"}),
        ("VERZOEGERT", {"verzoegert"}),
        ("Maßnahme", {"massnahme"}),
        ("Café", {"cafe"}),
    ],
)
def test_words_are_compared_whatever_the_keyboard(word: str, keys: set[str]) -> None:
    assert spellings(word) == keys


def test_wurde_and_wuerde_stay_two_words() -> None:
    assert fold("wurde") != fold("würde")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("u\u0308ber\u00ad", "über"),
        ("x\x00y\ud83dz\u202e\ufeff", "xyz"),
        ("Spalte\tzwei", "Spalte\tzwei"),
    ],
)
def test_cleaning_drops_what_cannot_be_seen_or_stored(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters()))
def test_clean_text_can_be_stored_and_stays_clean(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Hallo,\n\nSTATUS\n\nViele Grüße\nErika Beispiel", "STATUS"),
        ("Guten Tag, sehr geehrte Damen und Herren,\nfertig.\nMfG", "fertig."),
        ("Sehr geehrte Frau Dr. Beispiel,\nfertig\n\nMit freundlichem Gruß\n\nE. Beispiel\nTel. 02041 0000", "fertig"),
        ("Dear Erika Beispiel, done. Best regards, Erika", "done."),
        ("Moin zusammen! läuft. LG Erika", "läuft."),
        ("läuft, danke!", "läuft"),
        ("läuft\n\nVielen Dank im Voraus und viele Grüße\nErika", "läuft"),
        ("60 %\n\nErika Beispiel\nBeispiel Stahlbau GmbH", "60 %"),
        ("Viele Grüße", ""),
    ],
)
def test_courtesies_are_cut_away(text: str, matter: str) -> None:
    assert without_courtesies(text) == matter


@pytest.mark.parametrize(
    "text",
    [
        "M12 60 %\n\nM13 Fertig",
        "M12\n\nIn Arbeit",
        "M12 60 %\n\nKeine Änderung",
        "M12 60 %\nVG Gelsenkirchen prüft noch",
        "fertig\nGruß\nErika\n\nPS: M13 auch",
        "Sehr geehrte Frau Beispiel wir sind fertig, Gutachten liegt vor",
        "Liebe Grüße von M12",
        "Hallenbad fertig",
        "Danke, M12 läuft",
        "Danke.\nGutachten fehlt noch",
    ],
)
def test_no_word_of_the_matter_is_taken_for_a_courtesy(text: str) -> None:
    assert without_courtesies(text) == text
