"""The office's rights through the real doors: one writes the proposal, the other taps, a third is told."""

from __future__ import annotations

from alliance.intents import SetRole
from tests.doors.stage import Stage
from tests.town import ERIKA, MAX, OFFICE


async def test_one_proposes_by_letter_and_another_decides_in_the_chat(stage: Stage) -> None:
    desk, at = stage.service.desk, stage.clock.at
    await stage.service.database.write(lambda session: desk.command(session, SetRole(MAX, "office"), at))
    stage.link(OFFICE)
    await stage.writes(MAX, f"ROLLE {ERIKA} Geschäftsstelle")
    await stage.replies(MAX, "JA", to=await stage.letter(MAX, "Bitte bestätigen Sie kurz"))
    proposed = await stage.letter(MAX, "Vorgeschlagen: Erika Beispiel, Rolle Geschäftsstelle")
    await stage.replies(MAX, "JA", to=proposed)
    assert stage.person(ERIKA).role == "member"

    await stage.taps(OFFICE, "Ja, Rechte geben", "zur Geschäftsstelle gehören?")
    assert stage.person(ERIKA).role == "office"
    assert "Sie gehören jetzt zur Geschäftsstelle" in stage.bubble(ERIKA)
    assert "Geändert von: Geschäftsstelle" in (await stage.letter(MAX, "Erika Beispiel: jetzt Geschäftsstelle")).text
