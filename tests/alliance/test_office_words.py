"""What the office says in one line to register companies, people, measures and meetings."""

from __future__ import annotations

from datetime import date, time

import pytest

from alliance.intents import (
    AddMeasure,
    AssignMeasure,
    Intent,
    PlanMeeting,
    RegisterCompany,
    RegisterPerson,
    ReportProgress,
    Unclear,
)
from alliance.understanding import understand

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("UNTERNEHMEN: Muster GmbH", RegisterCompany("Muster GmbH")),
        ("Unternehmen Muster GmbH; 02041 1", RegisterCompany("Muster GmbH", "02041 1")),
        ("COMPANY Muster GmbH; 1", RegisterCompany("Muster GmbH", "1")),
        (
            "MITGLIED Erika Beispiel; erika@stahl.example.org; Stahl GmbH",
            RegisterPerson("Erika Beispiel", "erika@stahl.example.org", "Stahl GmbH"),
        ),
        (
            "Mitglied Erika Beispiel; erika@stahl.example.org; Stahl GmbH; 02041 1",
            RegisterPerson("Erika Beispiel", "erika@stahl.example.org", "Stahl GmbH", "02041 1"),
        ),
        ("MASSNAHME 12; Radweg", AddMeasure(12, "Radweg")),
        (
            "Maßnahme M12; Radweg; Infrastruktur; 31.12.2027",
            AddMeasure(12, "Radweg", "Infrastruktur", date(2027, 12, 31)),
        ),
        ("ZUORDNEN M12 erika@stahl.example.org", AssignMeasure(12, "erika@stahl.example.org")),
        ("zuordnen 12; erika@stahl.example.org; beteiligt", AssignMeasure(12, "erika@stahl.example.org", lead=False)),
        (
            "SITZUNG Allianz; 03.12.2026 17:00; Herbstsitzung; Rathaus",
            PlanMeeting("alliance", "Herbstsitzung", date(2026, 12, 3), time(17), "Rathaus"),
        ),
        (
            "Sitzung AG; 3. Dezember um 9:30 Uhr; Werkstatt",
            PlanMeeting("working-group", "Werkstatt", date(2026, 12, 3), time(9, 30)),
        ),
    ],
)  # fmt: skip
def test_a_line_of_the_office_is_understood(said: str, meant: Intent) -> None:
    assert understand(said, TODAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Unternehmen Muster hat zugesagt",
        "MITGLIED Erika Beispiel",
        "MITGLIED Erika Beispiel; keine Adresse; Stahl GmbH",
        "SITZUNG Allianz; irgendwann; Herbstsitzung",
        "SITZUNG Allianz; 03.12.2026 25:00; Herbstsitzung",
        "ZUORDNEN M12",
    ],
)
def test_a_half_said_line_registers_nothing(said: str) -> None:
    assert isinstance(understand(said, TODAY), Unclear | ReportProgress)


def test_a_report_that_begins_with_the_word_measure_stays_a_report() -> None:
    assert isinstance(understand("Maßnahme 12 ist zu 60 Prozent erledigt", TODAY), ReportProgress)
