"""What people say about meetings."""

from __future__ import annotations

from datetime import date, time

import pytest

from alliance.intents import (
    AgendaPoint,
    Attend,
    CancelMeeting,
    ChangeMeeting,
    Intent,
    Invite,
    Matter,
    PlanMeeting,
    SendDeputy,
    SetAgenda,
    ShowAttendance,
    Unclear,
)
from alliance.understanding import understand

TODAY = date(2026, 11, 23)
DAY = date(2026, 12, 3)
LINK = "https://example.org/treffen?a=1"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        (
            f"SITZUNG Allianz; 03.12.2026 17:00–19:00; Herbstsitzung; Rathaus; {LINK}",
            PlanMeeting("alliance", "Herbstsitzung", DAY, time(17), "Rathaus", LINK, time(19)),
        ),
        ("sitzung ag; 3. Dezember um 17 Uhr; Werkstatt", PlanMeeting("working-group", "Werkstatt", DAY, time(17))),
        (
            f"MEETING alliance; 03.12.2026 17:00 - 18:30; Autumn; {LINK}",
            PlanMeeting("alliance", "Autumn", DAY, time(17), "", LINK, time(18, 30)),
        ),
        (
            f"Sitzung Allianz; 3.12.2026, 17.30–19 Uhr; Herbst; Link: {LINK}; Ort: Rathaus",
            PlanMeeting("alliance", "Herbst", DAY, time(17, 30), "Rathaus", LINK, time(19)),
        ),
        ("SITZUNG ÄNDERN 12; 10.12.2026 17:00", ChangeMeeting(12, day=date(2026, 12, 10), begins=time(17))),
        ("Sitzung aendern: Ort: Ratssaal", ChangeMeeting(place="Ratssaal")),
        ("SITZUNG VERLEGEN; 10.12.", ChangeMeeting(day=date(2026, 12, 10))),
        ("SITZUNG ÄNDERN; 18 Uhr", ChangeMeeting(begins=time(18))),
        ("SITZUNG ÄNDERN 17:30–19:30", ChangeMeeting(begins=time(17, 30), ends=time(19, 30))),
        (
            f"SITZUNG ÄNDERN 3; Titel: Winterrunde; {LINK}; Ende 20:00",
            ChangeMeeting(3, title="Winterrunde", link=LINK, ends=time(20)),
        ),
        ("SITZUNG ÄNDERN 3\nOrt: Ratssaal\nLink: keiner", ChangeMeeting(3, place="Ratssaal", link="")),
        ("CHANGE MEETING 12; Place: Town hall", ChangeMeeting(12, place="Town hall")),
        ("SITZUNG ABSAGEN", CancelMeeting()),
        ("SITZUNG ABSAGEN 12; zu wenige Anmeldungen", CancelMeeting(12, "zu wenige Anmeldungen")),
        ("Sitzung absagen; Grund: Sturmwarnung", CancelMeeting(0, "Sturmwarnung")),
        ("CANCEL MEETING 4, because of the storm", CancelMeeting(4, "the storm")),
        ("EINLADEN", Invite()),
        ("/einladen 12", Invite(12)),
        ("invite please", Invite()),
        ("TEILNAHME", ShowAttendance()),
        ("attendance 12", ShowAttendance(12)),
        (
            "TAGESORDNUNG: 17:00 Begrüßung; 17:15 Bericht; Verschiedenes",
            SetAgenda(
                (
                    AgendaPoint("Begrüßung", time(17)),
                    AgendaPoint("Bericht", time(17, 15)),
                    AgendaPoint("Verschiedenes"),
                )
            ),
        ),
        (
            "Tagesordnung 12:\n- 17 Uhr: Begrüßung\n- 17.15 Uhr Bericht: M12\n\n",
            SetAgenda((AgendaPoint("Begrüßung", time(17)), AgendaPoint("Bericht: M12", time(17, 15))), 12),
        ),
        ("AGENDA\nTOP 1: Welcome\nTOP 2: Report", SetAgenda((AgendaPoint("Welcome"), AgendaPoint("Report")))),
        (
            "TAGESORDNUNG 17:00 Begrüßung; 17:15 Bericht",
            SetAgenda((AgendaPoint("Begrüßung", time(17)), AgendaPoint("Bericht", time(17, 15)))),
        ),
        ("VERTRETUNG Jutta Probe", SendDeputy("Jutta Probe")),
        ("Vertretung: Dr. Jutta von Probe-Muster", SendDeputy("Dr. Jutta von Probe-Muster")),
        ("vertretung jutta@stahl.example.org", SendDeputy("jutta@stahl.example.org")),
        ("DEPUTY Jutta Probe <jutta@stahl.example.org>", SendDeputy("Jutta Probe <jutta@stahl.example.org>")),
        ("Absage, Vertretung: Jutta Probe", SendDeputy("Jutta Probe")),
        ("Absage. Es kommt Jutta Probe.", SendDeputy("Jutta Probe")),
    ],
)
def test_it_is_understood(text: str, intent: Intent) -> None:
    assert understand(text, TODAY) == intent


@pytest.mark.parametrize(
    "text",
    [
        "SITZUNG Allianz; irgendwann; Herbstsitzung",
        "SITZUNG Allianz; 03.12.2026 25:00; Herbstsitzung",
        "SITZUNG Allianz; 03.12.2026 17:00–25:00; Herbstsitzung",
        "SITZUNG Fest; 03.12.2026 17:00; Herbstsitzung",
        "SITZUNG Allianz; 03.12.2026 17:00; Herbstsitzung; Rathaus; Saal",
        "Sitzung am 3.12. passt",
        "SITZUNG ÄNDERN",
        "SITZUNG ÄNDERN 12",
        "SITZUNG ÄNDERN; Ratssaal",
        "SITZUNG ÄNDERN; Ort: Ratssaal; irgendwann",
        "Sitzung absagen möchte ich nicht",
        "Einladen würde ich gern noch Frau Probe",
        "Teilnahme zugesagt hat Frau Probe",
        "Agenda: bitte schicken",
        "Tagesordnung fehlt",
        "Vertretung im Dezember: Zoë.",
        "Vertretung gesucht",
        "Vertretung Zoë",
        "Vertretung ist unklar",
    ],
)
def test_what_is_not_plain_stays_unclear(text: str) -> None:
    assert isinstance(understand(text, TODAY), Unclear)


def test_where_a_meeting_is_talked_about_a_single_name_is_plain() -> None:
    assert understand("Vertretung: Zoë", TODAY, Matter("meeting", 3)) == SendDeputy("Zoë")
    assert understand("Vertretung ist Zoë", TODAY, Matter("meeting", 3)) == SendDeputy("Zoë")


def test_a_refusal_with_a_reason_is_still_one() -> None:
    assert understand("Absage, leider krank", TODAY) == Attend("no")
