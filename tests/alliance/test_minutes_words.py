"""What people say about minutes, decisions and handing over, understood or left alone."""

from __future__ import annotations

from datetime import date

import pytest

from alliance.intents import (
    AmendMeasure,
    AnswerLead,
    AnswerPerson,
    HandOver,
    Intent,
    Matter,
    NameMinuteTaker,
    RecordDecisions,
    RecordMinutes,
    Resolution,
    Thank,
    Trust,
    Unclear,
)
from alliance.understanding import understand

TODAY = date(2026, 12, 4)
MAIL = "erika@stahl.example.org"
JUNE = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (f"PROTOKOLLANT {MAIL}", NameMinuteTaker(MAIL)),
        (f"Protokollantin ist {MAIL}", NameMinuteTaker(MAIL)),
        (f"PROTOKOLLANT 12 {MAIL}", NameMinuteTaker(MAIL, 12)),
        (f"Protokoll an {MAIL}", NameMinuteTaker(MAIL)),
        (f"MINUTETAKER {MAIL}", NameMinuteTaker(MAIL)),
        ("PROTOKOLL: Alles gut.\n\nEnde um 19 Uhr.", RecordMinutes("Alles gut.\n\nEnde um 19 Uhr.")),
        ("Protokoll 12: Alles gut.", RecordMinutes("Alles gut.", 12)),
        ("Guten Tag,\n\nPROTOKOLL: M3 60 %, wir sind fertig\n\nMit freundlichen Grüßen\nErika Beispiel",
         RecordMinutes("M3 60 %, wir sind fertig")),
        (f"ABGEBEN M12 an {MAIL}", HandOver(12, MAIL)),
        (f"abgeben 12; {MAIL}", HandOver(12, MAIL)),
        (f"HANDOVER M12 to {MAIL}", HandOver(12, MAIL)),
        (f"Übergeben M12 an <{MAIL}> bitte", HandOver(12, MAIL)),
    ],
)  # fmt: skip
def test_it_is_understood(said: str, meant: Intent) -> None:
    assert understand(said, TODAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Protokoll fehlt noch",
        "PROTOKOLL 17:30 Uhr Beginn",
        f"Der Protokollant {MAIL} war krank",
        "Beschluss der AG umgesetzt",
        "Beschlüsse stehen aus",
        "ABGEBEN M12",
        f"ABGEBEN an {MAIL}",
        f"ABGEBEN M12 und M13 an {MAIL}",
        f"ABGEBEN M12 erst, wenn {MAIL} zugesagt hat",
    ],
)
def test_what_is_half_said_or_a_remark_does_nothing(said: str) -> None:
    assert not isinstance(
        understand(said, TODAY), NameMinuteTaker | RecordMinutes | RecordDecisions | HandOver | AnswerLead
    )


def decided(said: str) -> tuple[Resolution, ...]:
    meant = understand(said, TODAY)
    assert isinstance(meant, RecordDecisions)
    return meant.decisions


def test_a_decision_with_a_lead_and_a_day_in_either_order_and_perhaps_a_field() -> None:
    whole = Resolution("Ladepunkte am Bahnhof", MAIL, JUNE, "Infrastruktur")
    assert decided(f"BESCHLUSS: Ladepunkte am Bahnhof; {MAIL}; 30.06.2027; Infrastruktur") == (whole,)
    assert decided(f"Beschluss: Ladepunkte am Bahnhof; bis 30.6.2027; {MAIL}; Infrastruktur") == (whole,)
    assert decided(f"DECISION: Ladepunkte am Bahnhof; Ende Juni 2027; {MAIL}") == (
        Resolution("Ladepunkte am Bahnhof", MAIL, JUNE),
    )


def test_a_decision_for_a_certain_meeting() -> None:
    assert understand("BESCHLUSS 12: Wir tagen monatlich.", TODAY) == RecordDecisions(
        (Resolution("Wir tagen monatlich."),), 12
    )


def test_an_amendment_with_its_reason_and_a_withdrawal() -> None:
    text = "M12; Termin 31.12.2027; weil das Gutachten fehlt"
    amendment = AmendMeasure(12, "due", "31.12.2027", "weil das Gutachten fehlt")
    assert decided(f"BESCHLUSS {text}") == (Resolution(text, amendment=amendment),)
    assert decided(f"BESCHLUSS: {text}") == (Resolution(text, amendment=amendment),)
    (gone,) = decided("BESCHLUSS M12; streichen; das Geld fehlt")
    assert gone.amendment == AmendMeasure(12, "withdrawn", "", "das Geld fehlt")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Ladepunkte; 30.06.2027", "lead"),
        (f"Ladepunkte; {MAIL}", "due"),
        (f"Ladepunkte; {MAIL}; Ende Herbst", "due"),
        (f"Ladepunkte; {MAIL}; max@logistik.example.org; 30.06.2027", "parts"),
        (f"Ladepunkte; {MAIL}; 30.06.2027; Infrastruktur; Verkehr", "parts"),
        (f"Ladepunkte; {MAIL}; 30.06.2027; 31.12.2027", "parts"),
        ("Ladepunkte; erika@stahl; 30.06.2027", "parts"),
        ("M12; Farbe grün; weil es schöner ist", "amendment"),
    ],
)
def test_what_keeps_a_decision_from_being_carried_out_is_named(said: str, problem: str) -> None:
    (resolution,) = decided(f"BESCHLUSS: {said}")
    assert resolution.problem == problem


def test_several_decisions_one_a_line_with_or_without_the_word() -> None:
    first, second, third = "Ladepunkte; " + MAIL + "; 30.06.2027", "Wir tagen monatlich", f"Messe; {MAIL}; 30.06.2027"
    with_words = decided(f"BESCHLUSS: {first}\nBESCHLUSS: {second}\nBeschluss: {third}")
    as_list = decided(f"BESCHLÜSSE:\n1. {first}\n2. {second}\n- {third}")
    assert [one.text for one in with_words] == ["Ladepunkte", "Wir tagen monatlich", "Messe"]
    assert [one.line for one in with_words] == [1, 2, 3]
    assert [(one.text, one.email, one.line) for one in as_list] == [
        ("Ladepunkte", MAIL, 2),
        ("Wir tagen monatlich", "", 3),
        ("Messe", MAIL, 4),
    ]
    assert [one.text for one in decided(f"BESCHLUSS: {first}\n{third}")] == ["Ladepunkte", "Messe"]


def test_a_line_that_a_mail_program_wrapped_is_put_together() -> None:
    assert decided(f"BESCHLUSS: Ladepunkte am Bahnhof;\n{MAIL};\n30.06.2027\nBESCHLUSS: Zweitens")[0] == Resolution(
        "Ladepunkte am Bahnhof", MAIL, JUNE
    )
    assert decided("BESCHLUSS: Wir treffen uns künftig an jedem ersten Dienstag im Monat um\nacht Uhr.")[0].text == (
        "Wir treffen uns künftig an jedem ersten Dienstag im Monat um acht Uhr."
    )


def test_decisions_in_minutes_are_taken_out_of_the_text() -> None:
    said = (
        "PROTOKOLL:\nTOP 1: Bericht\nAlle waren da.\n"
        f"Beschluss: Ladepunkte; {MAIL}; 30.06.2027\nTOP 2: Ausblick\n- BESCHLUSS:\nWir tagen monatlich.\n\nEnde."
    )
    assert understand(said, TODAY) == RecordMinutes(
        "TOP 1: Bericht\nAlle waren da.\nTOP 2: Ausblick\n\nEnde.",
        decisions=(Resolution("Ladepunkte", MAIL, JUNE, line=3), Resolution("Wir tagen monatlich.", line=5)),
    )


def test_a_long_answer_to_the_request_is_the_minutes_and_a_short_one_is_not() -> None:
    matter = Matter("minutes", 12)
    long = "Die Sitzung begann um 17 Uhr. M3 steht bei 60 %, M4 ist fertig. " * 4
    assert understand(long, TODAY, matter) == RecordMinutes(long.strip(), 12)
    assert isinstance(understand("Das Protokoll kommt morgen, ich bin noch unterwegs.", TODAY, matter), Unclear)
    assert isinstance(understand("Vielen Dank!", TODAY, matter), Thank)


def test_who_declines_may_say_why_and_who_accepts_with_conditions_is_asked_back() -> None:
    choices: dict[str, Intent] = {"JA": AnswerLead(7, accept=True), "NEIN": AnswerLead(7, accept=False)}
    assert understand("Ja, gern", TODAY, choices=choices) == AnswerLead(7, accept=True)
    assert understand("Nein", TODAY, choices=choices) == AnswerLead(7, accept=False)
    assert understand("NEIN - mir fehlt die Zeit", TODAY, choices=choices) == AnswerLead(
        7, accept=False, why="mir fehlt die Zeit"
    )
    assert isinstance(understand("Ja, aber erst ab März", TODAY, choices=choices), Unclear)


def test_no_other_question_takes_a_reason_behind_nein() -> None:
    choices: dict[str, Intent] = {"JA": Trust(7, accept=True), "NEIN": Trust(7, accept=False)}
    assert isinstance(understand("Nein, das war jemand anderes", TODAY, choices=choices), Unclear)
    assert isinstance(understand("x", TODAY, Matter("case", 3)), AnswerPerson)
