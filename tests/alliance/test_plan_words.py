"""The words about the plan: what they mean, and what must not be taken for them."""

from __future__ import annotations

from datetime import date

import pytest

from alliance.intents import AddEvidence, AddMeasure, AmendMeasure, Intent, Matter, SetPlanState, ShowPlan
from alliance.understanding import understand

TODAY = date(2026, 11, 23)
ASKED = Matter("round", 1, (3,))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("PLAN", ShowPlan()),
        ("Plan bitte", ShowPlan()),
        ("/plan", ShowPlan()),
        ("Zukunftsplan", ShowPlan()),
        ("PLAN Fachkräfte", ShowPlan("Fachkräfte")),
        ("plan fachkraefte", ShowPlan("fachkraefte")),
        ("Plan Themenfeld Gründungen", ShowPlan("Gründungen")),
        ("PLAN Innovation und Digitalisierung", ShowPlan("Innovation und Digitalisierung")),
        ("PLAN Tourismus", ShowPlan("Tourismus")),
        ("PLAN DISKUSSION", SetPlanState("in-discussion")),
        ("Plan in Diskussion", SetPlanState("in-discussion")),
        ("PLAN ENTWURF", SetPlanState("draft")),
        ("PLAN VERABSCHIEDET", SetPlanState("adopted")),
        ("Plan verabschieden", SetPlanState("adopted")),
        ("PLAN VERABSCHIEDET 03.12.2026", SetPlanState("adopted", "03.12.2026")),
        ("PLAN ADOPTED Herbstsitzung", SetPlanState("adopted", "Herbstsitzung")),
        (
            "ÄNDERN M12; Termin; 31.12.2027; weil das Gutachten später kommt",
            AmendMeasure(12, "due", "31.12.2027", "weil das Gutachten später kommt"),
        ),
        ("aendern m12 termin 31.12.2027 weil es hakt", AmendMeasure(12, "due", "31.12.2027", "weil es hakt")),
        ("Andern 12: Beginn: 1.2.2027; Grund: Urlaub", AmendMeasure(12, "begins", "1.2.2027", "Urlaub")),
        (
            "ÄNDERN M12; Titel; Radweg, weil schön; neuer Name",
            AmendMeasure(12, "title", "Radweg, weil schön", "neuer Name"),
        ),
        ("ÄNDERN M12; Termin; leer; ohne Frist", AmendMeasure(12, "due", "leer", "ohne Frist")),
        ("ÄNDERN M12; Ziel; A / B; Ordnung", AmendMeasure(12, "goal", "A / B", "Ordnung")),
        ("ÄNDERN M12; Themenfeld; Fachkräfte", AmendMeasure(12, "field", "Fachkräfte")),
        ("ÄNDERN M12; Initiative; Verwaltung", AmendMeasure(12, "initiative", "Verwaltung")),
        (
            "ÄNDERN M12; Meilenstein; Ausschreibung; 30.06.2027; Vergabe",
            AmendMeasure(12, "milestone", "Ausschreibung; 30.06.2027", "Vergabe"),
        ),
        (
            "ÄNDERN M12; Meilenstein; Ausschreibung; weil neu",
            AmendMeasure(12, "milestone", "Ausschreibung", "weil neu"),
        ),
        ("ÄNDERN M12; Meilenstein erledigt; Planung", AmendMeasure(12, "milestone", "Planung; erledigt")),
        ("ÄNDERN M12; Meilenstein; Planung; 31.02.2027; x", AmendMeasure(12, "milestone", "Planung; 31.02.2027", "x")),
        ("AMEND M12; due; 31.12.2027; because", AmendMeasure(12, "due", "31.12.2027", "because")),
        ("STREICHEN M12; doppelt", AmendMeasure(12, "withdrawn", "", "doppelt")),
        ("Streichen M12 weil doppelt", AmendMeasure(12, "withdrawn", "", "weil doppelt")),
        ("STREICHEN M12", AmendMeasure(12, "withdrawn", "")),
        ("NACHWEIS M12: https://a.example.org/B", AddEvidence(12, "https://a.example.org/B")),
        ("NACHWEIS M12 https://a.example.org/B", AddEvidence(12, "https://a.example.org/B")),
        ("Nachweis zu M12: Fotos\nund Bericht", AddEvidence(12, "Fotos und Bericht")),
        ("NACHWEIS M12:", AddEvidence(12, "")),
        (
            "MASSNAHME 12; Titel; Feld; 31.12.2027; weil neu",
            AddMeasure(12, "Titel", "Feld", date(2027, 12, 31), "weil neu"),
        ),
        ("MASSNAHME 12; Titel; Feld; ; Grund: neu", AddMeasure(12, "Titel", "Feld", None, "neu")),
    ],
)
def test_it_is_understood(text: str, meant: Intent) -> None:
    assert understand(text, TODAY) == meant


@pytest.mark.parametrize("matter", [ASKED, Matter("measure", 3)])
@pytest.mark.parametrize(
    "text",
    [
        "Plan steht",
        "Plan läuft, 60 %",
        "Plan liegt vor",
        "Plan Gutachten fehlt",
        "Plan ist fertig",
        "Nachweis fehlt noch",
        "Nachweis M3 fehlt noch",
        "Ändern wir gerade",
        "Streichen der Wände läuft",
        "Streichen M3 der Wände läuft",
        "Plan grün",
        "Plan Trasse Nordring",
        "Ändern M3 bitte nichts",
    ],
)
def test_what_is_said_about_a_measure_is_not_taken_for_a_word_about_the_plan(text: str, matter: Matter) -> None:
    assert not isinstance(understand(text, TODAY, matter), ShowPlan | SetPlanState | AmendMeasure | AddEvidence)


@pytest.mark.parametrize(
    "text", ["Plan gefällt mir so nicht", "Plan ist gut", "Plan hat Lücken", "Plan?? was heißt das denn für uns alle"]
)
def test_a_remark_on_the_plan_stays_a_remark(text: str) -> None:
    assert not isinstance(understand(text, TODAY), ShowPlan | SetPlanState)


def test_a_known_field_can_be_asked_for_in_between() -> None:
    assert understand("PLAN Fachkräfte", TODAY, ASKED) == ShowPlan("Fachkräfte")


def test_the_measure_that_was_asked_about_need_not_be_named() -> None:
    assert understand("NACHWEIS: ausgebucht", TODAY, ASKED) == AddEvidence(3, "ausgebucht")
