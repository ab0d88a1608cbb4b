"""Ideas and offers through the real doors: Erika taps, Max and the office write letters."""

from __future__ import annotations

from demo.replies import Client
from tests.doors.stage import Stage
from tests.town import ERIKA, MAX, OFFICE

HOSTILE = "<b>Messe</b> & {Azubis} _*[]()"


async def test_an_idea_goes_from_a_chat_to_the_office_and_its_answer_back(stage: Stage) -> None:
    assert "Ähnlich: M3 Messe" in await stage.says(ERIKA, f"IDEE: {HOSTILE}")
    assert f"»{HOSTILE}«" in stage.bubble(ERIKA)
    letter = await stage.letter(OFFICE, "Idee 1")
    assert f"»{HOSTILE}«" in letter.text
    assert "Von Erika Beispiel, Stahl GmbH" in letter.text
    await stage.replies(OFFICE, "ABLEHNEN", Client.OUTLOOK, letter)
    await stage.replies(OFFICE, "Dafür gibt es M3.", to=await stage.letter(OFFICE, "Warum wird Idee 1 abgelehnt?"))
    await stage.letter(OFFICE, "Idee 1 ist abgelehnt")
    assert "Grund: Dafür gibt es M3." in stage.bubble(ERIKA)


async def test_a_tap_says_that_an_idea_is_the_same_as_a_measure_whose_lead_reads_it(stage: Stage) -> None:
    await stage.says(ERIKA, "/idee Eine Messe nur für Azubis")
    assert await stage.taps(ERIKA, "Passt zu M3") == "Idee 1 gehört jetzt zu: M3 Messe"
    remark = await stage.letter(MAX, "Hinweis zu M3 Messe")
    assert "Eine Messe nur für Azubis" in remark.text
    assert "Erika" not in remark.text


async def test_an_offer_and_a_need_bring_two_people_together_across_the_channels(stage: Stage) -> None:
    assert "Noch passt nichts dazu" in await stage.says(ERIKA, "ANGEBOT: 200 m² Lagerfläche frei")
    await stage.writes(MAX, "GESUCH: Lagerraum für ein Jahr")
    await stage.replies(MAX, "JA", to=await stage.letter(MAX, "Bitte bestätigen Sie kurz"))
    question = await stage.letter(MAX, "Das könnte zusammenpassen")
    assert "Stahl" not in question.text
    assert "Lagerraum für ein Jahr" in stage.bubble(ERIKA)
    assert "Max" not in "".join(stage.bubbles(ERIKA))
    await stage.taps(ERIKA, "Ja, weitergeben")
    await stage.replies(MAX, "Ja, gern!", Client.GMAIL, question)
    assert "Erika Beispiel, Stahl GmbH" in (await stage.letter(MAX, "Ihr Kontakt")).text
    assert "M. M., Logistik KG" in stage.bubble(ERIKA)
    await stage.taps(ERIKA, "Mit Namen per E-Mail")
    assert f"Max Muster, Logistik KG\n\n{MAX}" in (await stage.letter(ERIKA, "Ihr Kontakt")).text
