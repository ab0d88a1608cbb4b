"""A poll through the real doors: opened by mail, voted on by taps and letters, its result in both channels."""

from __future__ import annotations

from tests.doors.stage import Stage
from tests.town import ERIKA, MAX, OFFICE

POINTS = "ABSTIMMUNG Punkte 3: Was zuerst?; M1, M3, M4; bis 30.11.2026"
CONSENSUS = "ABSTIMMUNG Konsens: Wohin mit dem Markt?; Rathausplatz; Berliner Platz; bis 30.11.2026"


async def opened(stage: Stage, text: str) -> None:
    """The office opens a poll by mail; everyone has been asked then."""
    stage.town.meeting(30)
    await stage.writes(OFFICE, text)
    preview = await stage.letter(OFFICE, "Soll diese Abstimmung hinausgehen?")
    await stage.replies(OFFICE, "JA", to=preview)
    await stage.letter(OFFICE, "Abstimmung eröffnet")


async def test_points_by_taps_and_by_a_line_of_mail_until_the_picture_comes(stage: Stage) -> None:
    await opened(stage, POINTS)
    question = await stage.letter(MAX, "Abstimmung: Was zuerst?")
    assert "STIMME M1 2, M3 1" in question.text
    shown = stage.messages(ERIKA)[-1].message_id
    assert await stage.taps(ERIKA, "M3 Messe +1") == "Notiert. 2 Punkte sind noch frei."
    old = stage.button(ERIKA, "M3 Messe ▪ +1")[1].data
    assert old
    for _ in range(2):
        assert await stage.presses(ERIKA, shown, old) == "Notiert. Ein Punkt ist noch frei."
    assert "M3 Messe: ▪▪ 2 Punkte" in stage.bubble(ERIKA)
    assert stage.messages(ERIKA)[-1].message_id == shown

    await stage.replies(MAX, "M4 2, M1 2", to=question)
    assert "Das wären 4 Punkte, zu vergeben sind 3." in (await stage.letter(MAX)).text
    await stage.replies(MAX, "M4 2, M1 1\n\nViele Grüße\nMax Muster", to=question)
    assert "M4 Glasfaser: ▪▪ 2 Punkte" in (await stage.letter(MAX, "Ihre Stimme: Was zuerst?")).text

    await stage.go_to(1, 12, 8)
    result = await stage.letter(MAX, "Ergebnis: Was zuerst?")
    assert "Gleichstand: Die meisten Punkte haben M3 Messe und M4 Glasfaser." in result.text
    assert "M3 Messe: 2 Punkte (40 %)" in result.text
    assert [part.get_content_type() for part in result.message.walk()].count("image/png") == 1
    assert "Abgestimmt: 2 von 3 (67 %)" in stage.bubble(ERIKA)
    assert await stage.presses(ERIKA, shown, old) == "Die Abstimmung ist geschlossen."


async def test_a_consensus_is_rated_step_by_step_in_one_bubble(stage: Stage) -> None:
    await opened(stage, CONSENSUS)
    shown = stage.messages(ERIKA)[-1].message_id
    assert await stage.taps(ERIKA, "A 2") == "Es fehlen noch B und C."
    await stage.taps(ERIKA, "B 9")
    assert await stage.taps(ERIKA, "C 10") == "Ihre Stimme ist notiert."
    assert "B: Berliner Platz: Widerstand 9" in stage.bubble(ERIKA)
    await stage.taps(ERIKA, "B ändern")
    await stage.taps(ERIKA, "B 4")
    assert "B: Berliner Platz: Widerstand 4" in stage.bubble(ERIKA)
    assert stage.messages(ERIKA)[-1].message_id == shown
    await stage.replies(MAX, "0 8 5", to=await stage.letter(MAX, "Abstimmung: Wohin mit dem Markt?"))
    assert "A: Rathausplatz: Widerstand 0" in (await stage.letter(MAX, "Ihre Stimme")).text


async def test_the_office_sees_who_is_missing_and_closes_early_by_tap(stage: Stage) -> None:
    stage.link(OFFICE)
    stage.town.meeting(30)
    await stage.says(OFFICE, "ABSTIMMUNG Ja/Nein: Soll es einen Sommermarkt geben?")
    await stage.taps(OFFICE, "Ja, so hinausgeben")
    await stage.taps(ERIKA, "Ja, dafür")
    assert "✓ Ja, dafür" in [button.text for row in stage.messages(ERIKA)[-1].buttons for button in row]
    assert "Es fehlen noch: M. M." in await stage.says(OFFICE, "/abstimmung")
    await stage.taps(OFFICE, "Jetzt schließen")
    await stage.taps(OFFICE, "Ja, schließen")
    await stage.wait(minutes=1)
    assert "Angenommen: Mehr Ja als Nein." in (await stage.letter(MAX, "Ergebnis")).text
    assert "Angenommen: Mehr Ja als Nein." in stage.bubble(ERIKA)
