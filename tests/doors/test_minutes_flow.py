"""From the end of a meeting to its minutes in everybody's hands, through the real doors."""

from __future__ import annotations

from demo.replies import Client
from tests.doors.stage import Stage
from tests.town import ERIKA, MAX, OFFICE

MINUTES = f"""PROTOKOLL:
TOP 1: Bericht der Geschäftsstelle. Alle waren da.

BESCHLUSS: Ladepunkte am Bahnhof und an allen Parkplätzen; {ERIKA}; 30.06.2027; Technische Infrastruktur
BESCHLUSS: Wir tagen künftig jeden Monat.

TOP 2: Verschiedenes. Ende um 19 Uhr."""


async def test_minutes_and_a_decision_from_a_letter_to_everybody(stage: Stage) -> None:
    stage.link(ERIKA)
    await stage.office_says("SITZUNG Allianz; 26.11.2026 17:00; Herbstsitzung; Rathaus")
    await stage.go_to(26, month=11, hour=19)
    stage.read_all(OFFICE, MAX)
    await stage.office_says(f"PROTOKOLLANT {MAX}")
    await stage.go_to(27, month=11)
    asked = await stage.letter(MAX, "Sie führen Protokoll: »Herbstsitzung« am 26. November 2026")
    assert "BESCHLUSS: Ladepunkte am Bahnhof" in asked.text
    await stage.replies(MAX, MINUTES, Client.OUTLOOK)
    receipt = await stage.letter(MAX, "Protokoll notiert: »Herbstsitzung« am 26. November 2026")
    assert "2. Wir tagen künftig jeden Monat." in receipt.text
    assert "Dienstag, 1. Dezember 2026, 9:00 Uhr" in receipt.text
    assert "Übernehmen Sie M5 Ladepunkte am Bahnhof und an allen Parkplätzen?" in stage.bubble(ERIKA)
    assert await stage.taps(ERIKA, "Ja, ich übernehme")
    await stage.go_to(1, month=12)
    sent = await stage.letter(MAX, "Protokoll: »Herbstsitzung« am 26. November 2026")
    assert "TOP 1: Bericht der Geschäftsstelle. Alle waren da." in sent.text
    assert "TOP 2: Verschiedenes. Ende um 19 Uhr." in sent.text
    assert "verantwortlich: Stahl GmbH" in sent.text
    assert "M5 Ladepunkte" in stage.bubble(ERIKA)
    await stage.letter(OFFICE, "Protokoll: »Herbstsitzung« am 26. November 2026")
