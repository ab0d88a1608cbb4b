"""Whole flows through the real doors: what people do in Telegram and by mail, and what they read then."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape

import pytest

from demo import replies
from demo.replies import Client
from tests.doors.stage import Stage, plain
from tests.papers.paper_reading import says
from tests.town import CHATS, ERIKA, GUEST, HOUSE, MAX, OFFICE

HOSTILE = "<b>&_*[]()~`>#+-=|{}.! \"'"


async def tell_something(stage: Stage, who: str) -> None:
    """The office makes the assistant write to somebody of its own accord."""
    await stage.office_says(f"ZUORDNEN M4 {who}")


# --- joining and linking


async def test_a_guest_joins_by_mail(stage: Stage) -> None:
    await stage.writes(GUEST, "BEITRETEN")
    asked = await stage.letter(GUEST, "Bitte bestätigen Sie Ihren Beitritt zur Wirtschaftsallianz Beispielstadt")
    assert "Art. 6 Abs. 1 Buchst. a DSGVO, Ihre Einwilligung" in asked.text
    assert "JA OHNE – Ja, ohne Wochenüberblick" in asked.text
    await stage.replies(GUEST, "JA OHNE", Client.OUTLOOK)
    assert "Antworten Sie bitte noch mit dem Namen Ihres Unternehmens" in (await stage.letter(GUEST)).text
    await stage.replies(GUEST, "Probe Werkstatt GmbH")
    assert "Die Geschäftsstelle entscheidet über Ihren Beitritt" in (await stage.letter(GUEST)).text
    request = await stage.letter(OFFICE, "Beitritt: Robin Probe, Probe Werkstatt GmbH")
    assert "JA – Ja, aufnehmen" in request.text
    await stage.replies(OFFICE, "JA", Client.OUTLOOK)
    await stage.letter(OFFICE, "Robin Probe ist aufgenommen")
    welcome = await stage.letter(GUEST)
    assert "Guten Tag Robin Probe, die Geschäftsstelle hat Sie aufgenommen." in welcome.text
    await stage.replies(GUEST, "STATUS")
    assert "Ihnen ist zurzeit keine Maßnahme zugeordnet." in (await stage.letter(GUEST)).text


async def test_a_guest_joins_in_telegram_and_the_office_approves_with_one_tap(stage: Stage) -> None:
    stage.link(OFFICE)
    assert "schreiben Sie mir bitte Ihre dienstliche E-Mail-Adresse" in await stage.says(GUEST, "/start")
    assert f"An {GUEST} ist ein Brief mit einem Code unterwegs." in await stage.says(GUEST, GUEST)
    code = re.search(r"Ihr Code für Telegram: (\S+)", (await stage.letter(GUEST)).text)
    assert code
    assert "nicht Ende-zu-Ende verschlüsselt" in await stage.says(GUEST, code[1])
    await stage.taps(GUEST, "Einverstanden")
    assert "Möchten Sie Mitglied werden?" in stage.bubble(GUEST)
    await stage.taps(GUEST, "Ja, ohne Wochenüberblick")
    assert "Für welches Unternehmen sprechen Sie?" in stage.bubble(GUEST)
    assert "Ihre Anfrage liegt der Geschäftsstelle vor" in await stage.says(GUEST, "Probe Werkstatt GmbH")
    assert "Beitritt: R. P., Probe Werkstatt GmbH" in stage.bubble(OFFICE)
    assert await stage.taps(OFFICE, "Ja, aufnehmen") == "R. P. ist aufgenommen"
    assert "spricht für Probe Werkstatt GmbH" in stage.bubble(OFFICE)
    assert "Guten Tag Robin Probe, die Geschäftsstelle hat Sie aufgenommen." in stage.bubble(GUEST)
    await stage.taps(GUEST, "Meine Maßnahmen")
    assert "Ihnen ist zurzeit keine Maßnahme zugeordnet." in stage.bubble(GUEST)


async def test_the_office_declines_and_the_guest_hears_it_kindly(stage: Stage) -> None:
    await stage.writes(GUEST, "BEITRETEN Probe Werkstatt GmbH")
    await stage.replies(GUEST, "Ja, gerne!")
    await stage.replies(OFFICE, "NEIN")
    await stage.letter(OFFICE, "Robin Probe ist nicht aufgenommen")
    assert "konnte Ihren Beitritt gerade nicht aufnehmen" in (await stage.letter(GUEST, "Zu Ihrer Anfrage")).text
    await stage.writes(GUEST, "STATUS")
    assert "Das geht nur für Mitglieder." in (await stage.letter(GUEST)).text


async def test_a_guest_may_go_on_in_telegram_by_the_link_in_the_join_letter(stage: Stage) -> None:
    await stage.writes(GUEST, "BEITRETEN")
    link = re.search(r"https://t\.me/beispiel_bot\?start=(\S+)", (await stage.letter(GUEST)).text)
    assert link
    assert "Darf ich Ihnen in Telegram schreiben?" in await stage.says(GUEST, f"/start {link[1]}")
    await stage.taps(GUEST, "Einverstanden")
    await stage.taps(GUEST, "Ja, mit Wochenüberblick")
    await stage.says(GUEST, "Probe Werkstatt GmbH")
    await stage.replies(OFFICE, "JA")
    assert "Willkommen in der Wirtschaftsallianz Beispielstadt" in stage.bubble(GUEST)


async def test_a_second_yes_is_no_company(stage: Stage) -> None:
    await stage.writes(GUEST, "BEITRETEN")
    await stage.replies(GUEST, "JA")
    await stage.replies(GUEST, "Ja")
    assert stage.unread(OFFICE) == 0


@pytest.mark.fault(53)
async def test_only_the_first_decision_on_a_request_counts(stage: Stage) -> None:
    stage.link(OFFICE)
    await stage.writes(GUEST, "BEITRETEN Probe Werkstatt GmbH")
    await stage.replies(GUEST, "JA")
    no, yes = stage.button(OFFICE, "Nein, ablehnen"), "Ja, aufnehmen"
    await stage.taps(OFFICE, yes)
    assert no[1].data
    assert await stage.presses(OFFICE, no[0].message_id, no[1].data) == "Über R. P. wurde schon entschieden."
    assert stage.person(GUEST).left_at is None
    await stage.letter(GUEST, "Willkommen in der Wirtschaftsallianz Beispielstadt")
    assert stage.unread(GUEST) == 0


async def test_a_member_links_telegram_by_the_link_in_a_letter(stage: Stage) -> None:
    await stage.writes(MAX, "TELEGRAM")
    link = re.search(r"https://t\.me/beispiel_bot\?start=(\S+)", (await stage.letter(MAX)).text)
    assert link
    assert "Per E-Mail geht alles genauso" in await stage.says(MAX, f"/start {link[1]}")
    assert stage.person(MAX).telegram_id is None
    await stage.taps(MAX, "Einverstanden")
    assert "Guten Tag Max Muster, Ihre Nachrichten kommen jetzt hier an." in stage.bubble(MAX)
    assert "Waren Sie das nicht?" in (await stage.letter(MAX)).text
    assert "M3 Messe" in await stage.says(MAX, "/status")
    assert "Dieser Code passt nicht" in await stage.says(GUEST, f"/start {link[1]}")
    await tell_something(stage, MAX)
    assert "Neu für Sie: M4 Glasfaser" in "".join(stage.bubbles(MAX))


# --- reporting


async def test_a_tap_on_a_card_reports_and_edits_the_card_in_place(stage: Stage) -> None:
    await stage.says(ERIKA, "STATUS")
    count = len(stage.messages(ERIKA))
    assert await stage.taps(ERIKA, "50 %", on="M1") == "Verstanden: 50 %"
    cards = stage.bubbles(ERIKA)
    assert len(cards) == count
    assert "▓▓▓▓▓░░░░░ 50 %\nVerstanden: 50 %\nStand: läuft\nLetzte Meldung: heute" in cards[-2]
    assert "0 %\nStand: noch nicht begonnen" in cards[-1]
    assert [message.edited for message in stage.messages(ERIKA)[-2:]] == [True, False]
    assert stage.measure(1).percent == 50


async def test_a_blocked_measure_is_asked_why_and_the_next_words_are_the_reason(stage: Stage) -> None:
    await stage.says(ERIKA, "M1")
    assert await stage.taps(ERIKA, "Blockiert") == "Verstanden: blockiert"
    assert "Woran liegt es?" in stage.bubble(ERIKA)
    assert "»Die Genehmigung fehlt noch«" in await stage.says(ERIKA, "Die Genehmigung fehlt noch")
    assert (stage.measure(1).status, stage.measure(1).note) == ("blocked", "Die Genehmigung fehlt noch")


async def test_one_line_in_the_chat_is_a_report(stage: Stage) -> None:
    told = await stage.says(ERIKA, "M1 60 %, verzögert wegen Gutachten")
    assert "Verstanden: 60 %, verzögert, »wegen Gutachten«" in told
    assert (stage.measure(1).percent, stage.measure(1).status) == (60, "delayed")


@pytest.mark.parametrize("client", Client, ids=lambda client: client.value)
async def test_one_line_in_a_reply_is_a_report_from_every_mail_program(stage: Stage, client: Client) -> None:
    await stage.writes(MAX, "STATUS")
    assert "M3 Messe" in (await stage.letter(MAX)).text
    await stage.replies(MAX, "60 %, verzögert wegen Gutachten", client)
    receipt = await stage.letter(MAX, "Danke, notiert: M3")
    assert "Verstanden: 60 %, verzögert, »wegen Gutachten«" in receipt.text
    assert (stage.measure(3).percent, stage.measure(3).status) == (60, "delayed")


@pytest.mark.parametrize("client", Client, ids=lambda client: client.value)
async def test_several_measures_are_reported_in_one_letter_and_taken_back_together(
    stage: Stage, client: Client
) -> None:
    await stage.writes(ERIKA, "STATUS")
    await stage.replies(ERIKA, "Guten Tag,\n\nM1: 60 %\nM2 fertig\n\nViele Grüße\nErika Beispiel", client)
    await stage.letter(ERIKA, "Danke, notiert: M1 und M2")
    assert (stage.measure(1).percent, stage.measure(2).status) == (60, "done")
    await stage.replies(ERIKA, "Rückgängig", client)
    await stage.letter(ERIKA, "Zurückgenommen: M1 und M2")
    assert (stage.measure(1).percent, stage.measure(2).status) == (0, "open")


async def test_a_report_in_the_chat_is_taken_back_by_its_button_and_by_a_word(stage: Stage) -> None:
    await stage.says(ERIKA, "M1 60 %")
    assert await stage.taps(ERIKA, "Rückgängig") == "Ihre Meldung ist zurückgenommen. Es gilt wieder der vorige Stand."
    assert stage.measure(1).percent == 0
    await stage.says(ERIKA, "M2 fertig")
    assert "Ihre Meldung ist zurückgenommen" in await stage.says(ERIKA, "RÜCKGÄNGIG")
    assert stage.measure(2).status == "open"
    assert "Es gibt keine Meldung von Ihnen" in await stage.says(ERIKA, "/rueckgaengig")


async def test_a_bare_letter_is_confirmed_before_it_counts(stage: Stage) -> None:
    await stage.writes(MAX, "M3 60 %")
    assert "M3: 60 %" in (await stage.letter(MAX)).text
    assert stage.measure(3).percent == 0
    await stage.replies(MAX, "JA")
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.measure(3).percent == 60


# --- pausing, leaving, help


async def test_a_pause_in_the_chat_ends_by_a_tap(stage: Stage) -> None:
    assert "Pause bis Dienstag, 15. Dezember 2026" in await stage.says(ERIKA, "PAUSE bis 15.12.")
    assert stage.person(ERIKA).paused_until is not None
    await stage.taps(ERIKA, "Pause beenden")
    assert "Schön, dass Sie wieder da sind" in stage.bubble(ERIKA)
    assert stage.person(ERIKA).paused_until is None


async def test_a_pause_by_mail_ends_by_a_word(stage: Stage) -> None:
    await stage.writes(MAX, "PAUSE bis 15.12.")
    await stage.replies(MAX, "JA")
    await stage.letter(MAX, "Pause bis Dienstag, 15. Dezember 2026")
    assert stage.person(MAX).paused_until is not None
    await stage.replies(MAX, "WEITER")
    await stage.letter(MAX, "Schön, dass Sie wieder da sind")
    assert stage.person(MAX).paused_until is None


async def test_who_leaves_in_the_chat_is_a_guest_again_and_the_office_hears_what_is_orphaned(stage: Stage) -> None:
    assert "Sie sind abgemeldet" in await stage.says(ERIKA, "ABMELDEN")
    told = await stage.letter(OFFICE, "Erika Beispiel hat sich abgemeldet")
    assert "Ohne Verantwortliche sind jetzt: M1 und M2" in told.text
    assert "Das geht nur für Mitglieder." in await stage.says(ERIKA, "STATUS")


async def test_who_leaves_by_mail_confirms_it_and_gets_nothing_more(stage: Stage) -> None:
    await stage.writes(MAX, "ABMELDEN")
    assert "Bitte bestätigen Sie kurz" in (await stage.letter(MAX)).text
    await stage.replies(MAX, "JA")
    await stage.letter(MAX, "Sie sind abgemeldet")
    assert "Ohne Verantwortliche sind jetzt: M3" in (await stage.letter(OFFICE)).text
    await stage.prefers_mail(ERIKA)
    await stage.office_says("SITZUNG Allianz; 23.12.2026 17:00; Herbstsitzung")
    await stage.go_to(17, month=12)
    assert stage.unread(MAX) == 0


async def test_everyone_chooses_the_language_they_are_spoken_to(stage: Stage) -> None:
    assert "From now on I write to you in English." in await stage.says(ERIKA, "SPRACHE EN")
    assert "Understood: 60 %, delayed" in await stage.says(ERIKA, "M1 60 %, delayed")
    await stage.writes(MAX, "SPRACHE EN")
    await stage.replies(MAX, "JA")
    await stage.letter(MAX, "Language changed")
    await stage.replies(MAX, "M3 done")
    await stage.letter(MAX, "Thank you, noted: M3")


async def test_the_office_fills_the_plan_by_words_and_sees_who_is_silent(stage: Stage) -> None:
    stage.link(OFFICE)
    assert "Angelegt: Neu GmbH" in await stage.says(OFFICE, "UNTERNEHMEN Neu GmbH; 02041 7")
    assert "R. P. ist aufgenommen" in await stage.says(OFFICE, f"MITGLIED Robin Probe; {GUEST}; Neu GmbH")
    assert "Angelegt: M12 Fahrradbügel" in await stage.says(OFFICE, "MASSNAHME 12; Fahrradbügel; Verkehr; 31.12.2026")
    assert "M12 Fahrradbügel ist R. P. zugeordnet" in await stage.says(OFFICE, f"ZUORDNEN M12 {GUEST}")
    await stage.letter(GUEST, "Neu für Sie: M12 Fahrradbügel")
    assert "Geplant: Rat" in await stage.says(OFFICE, "SITZUNG Allianz; 23.12.2026 17:00; Rat; Rathaus")
    assert "R. P., Neu GmbH: M12 · Tel. (Nummer ausgeblendet)" in await stage.says(OFFICE, "/offen")
    await stage.writes(OFFICE, "Guten Tag,\n\nOFFEN\n\nMit freundlichen Grüßen")
    assert "Robin Probe, Neu GmbH: M12 · Tel. 02041 7" in (await stage.letter(OFFICE, "3 Antworten fehlen noch")).text


async def test_offen_from_the_office_is_the_list_and_never_a_report(stage: Stage) -> None:
    stage.link(OFFICE)
    await stage.says(OFFICE, "M1 60 %")
    assert "Keine Sitzung geplant" in await stage.says(OFFICE, "OFFEN")
    assert stage.measure(1).status == "running"


async def test_what_is_no_text_is_answered_all_the_same(stage: Stage) -> None:
    await stage.chat_answered(stage.telegram.send_photo(CHATS[ERIKA]))
    assert "Bilder kann ich leider nicht auswerten." in stage.bubble(ERIKA)
    await stage.says(ERIKA, "M1 60 %")
    said = [message for message in stage.telegram.chat(CHATS[ERIKA]) if not message.from_bot][-1]
    await stage.chat_answered(stage.telegram.edit(CHATS[ERIKA], said.message_id, "M1 70 %"))
    assert "Eine nachträglich geänderte Nachricht werte ich nicht noch einmal aus." in stage.bubble(ERIKA)
    assert stage.measure(1).percent == 60


async def test_help_tells_everyone_what_they_can_say(stage: Stage) -> None:
    stage.link(OFFICE)
    assert "M12 60 % – Stand melden" in await stage.says(ERIKA, "/hilfe")
    assert "ZUORDNEN M12 Adresse" in await stage.says(OFFICE, "HILFE")
    assert "BEITRETEN – in der Arbeitsgruppe mitmachen" in await stage.says(GUEST, "Hilfe bitte")
    await stage.writes(MAX, "Guten Tag,\n\nHilfe!\n\nMit freundlichen Grüßen\nMax Muster")
    assert "M12 60 % – Stand melden" in (await stage.letter(MAX)).text
    await stage.writes(GUEST, "", subject="HILFE")
    assert "BEITRETEN – in der Arbeitsgruppe mitmachen" in (await stage.letter(GUEST)).text


# --- what nobody understands


async def test_the_office_answers_by_mail_what_nobody_understood_in_the_chat(stage: Stage) -> None:
    question = "Darf ich meinen neuen Kollegen zur Sitzung mitbringen?"
    assert "Ihre Nachricht ist bei der Geschäftsstelle" in await stage.says(ERIKA, question)
    case = await stage.letter(OFFICE, "Nachricht von Erika Beispiel")
    assert question in case.text
    await stage.replies(OFFICE, "Sehr gerne, wir freuen uns.", Client.OUTLOOK)
    assert "Ihre Antwort wurde weitergegeben." in (await stage.letter(OFFICE)).text
    assert stage.bubble(ERIKA) == (
        f"Antwort der Geschäftsstelle\nSehr gerne, wir freuen uns.\n\nSie hatten geschrieben: »{question}«"
    )


async def test_the_office_answers_in_the_chat_what_nobody_understood_by_mail(stage: Stage) -> None:
    stage.link(OFFICE)
    question = "Darf ich meinen neuen Kollegen zur Sitzung mitbringen?"
    await stage.writes(GUEST, question)
    assert "sie an die Geschäftsstelle gegeben" in (await stage.letter(GUEST)).text
    assert question in stage.bubble(OFFICE)
    await stage.taps(OFFICE, "Antworten")
    assert "Bitte schreiben Sie jetzt Ihre Antwort auf:" in stage.bubble(OFFICE)
    assert "Antwort ist unterwegs" in await stage.says(OFFICE, "Sehr gerne, wir freuen uns.")
    answer = await stage.letter(GUEST, "Antwort der Geschäftsstelle")
    assert "Sehr gerne, wir freuen uns." in answer.text


# --- what cannot be done: a friendly sentence, and nothing changes


@pytest.mark.fault(55)
async def test_what_cannot_be_done_in_the_chat_is_refused_in_a_friendly_way(stage: Stage) -> None:
    before = [stage.measure(number) for number in (1, 2, 3)]
    for said, answer in {
        "M1 160 %": "160 % geht nicht: Bitte nennen Sie eine Zahl von 0 bis 100.",
        "M99 fertig": "Eine Maßnahme M99 gibt es nicht. Mit STATUS sehen Sie Ihre Nummern.",
        "M3 60 %": "»M3 Messe« ist Ihnen nicht zugeordnet. Geändert wurde nichts.",
        "M1 60 %; M3 fertig": "»M3 Messe« ist Ihnen nicht zugeordnet. Geändert wurde nichts.",
        "60 %": "Sie haben mehrere Maßnahmen: M1 Radweg und M2 Flächenbörse.",
        "/offen": "Das kann nur die Geschäftsstelle.",
        "M1 noch nicht fertig": "Ich bin nicht sicher, wie Sie das meinen, und habe nichts geändert.",
    }.items():
        assert answer in await stage.says(ERIKA, said)
    assert [stage.measure(number) for number in (1, 2, 3)] == before


@pytest.mark.fault(55)
async def test_what_cannot_be_done_by_mail_is_refused_in_a_friendly_way(stage: Stage) -> None:
    before = [stage.measure(number) for number in (1, 2, 3)]
    await stage.writes(MAX, "STATUS")
    status = await stage.letter(MAX)
    for said, answer in {
        "160 %": "160 % geht nicht: Bitte nennen Sie eine Zahl von 0 bis 100.",
        "M99 fertig": "Eine Maßnahme M99 gibt es nicht. Mit STATUS sehen Sie Ihre Nummern.",
        "M1 60 %": "»M1 Radweg« ist Ihnen nicht zugeordnet. Geändert wurde nichts.",
        "M3 fertig; M1 60 %": "»M1 Radweg« ist Ihnen nicht zugeordnet. Geändert wurde nichts.",
        "UNTERNEHMEN Neu GmbH; 02041 2": "Das kann nur die Geschäftsstelle.",
        "noch nicht fertig": "Ich bin nicht sicher, wie Sie das meinen, und habe nichts geändert.",
    }.items():
        await stage.replies(MAX, said, to=status)
        assert answer in (await stage.letter(MAX)).text
    assert [stage.measure(number) for number in (1, 2, 3)] == before


@pytest.mark.fault(53)
async def test_a_forged_a_foreign_and_an_expired_button_change_nothing(stage: Stage) -> None:
    over = "Dieser Knopf ist nicht mehr gültig. Mit STATUS bekommen Sie frische Karten."
    await stage.says(ERIKA, "M1")
    message, button = stage.button(ERIKA, "Fertig")
    assert button.data
    shown = stage.bubbles(ERIKA)
    await stage.says(MAX, "/start")
    assert await stage.presses(ERIKA, message.message_id, "erfunden.0") == over
    assert await stage.presses(ERIKA, message.message_id, "'; DROP TABLE measures;--") == over
    assert await stage.presses(MAX, stage.messages(MAX)[-1].message_id, button.data) == over
    await stage.wait(days=61)
    assert await stage.presses(ERIKA, message.message_id, button.data) == over
    assert stage.bubbles(ERIKA) == shown
    assert stage.measure(1).status == "open"


@pytest.mark.fault(53)
async def test_a_button_that_is_tapped_again_and_again_reports_once(stage: Stage) -> None:
    await stage.says(ERIKA, "M1")
    card, button = stage.button(ERIKA, "25 %")
    assert button.data
    for _ in range(9):
        stage.telegram.press(CHATS[ERIKA], card.message_id, button.data)
    await stage.telegram.wait_for(lambda: len(stage.telegram.toasts(CHATS[ERIKA])) == 9)
    await stage.presses(ERIKA, card.message_id, button.data)
    assert (stage.measure(1).percent, stage.measure(1).version) == (25, 1)
    assert len(stage.messages(ERIKA)) == 1


async def test_who_has_left_taps_in_vain(stage: Stage) -> None:
    await stage.says(ERIKA, "M1")
    await stage.says(ERIKA, "ABMELDEN")
    assert "Das geht nur für Mitglieder." in await stage.taps(ERIKA, "Fertig")
    assert stage.measure(1).status == "open"


@pytest.mark.fault(53)
async def test_an_outdated_card_is_shown_afresh_instead(stage: Stage) -> None:
    await stage.says(ERIKA, "M1")
    card = stage.button(ERIKA, "Fertig")
    await stage.says(ERIKA, "M1 60 %")
    assert card[1].data
    assert "M1 wurde inzwischen geändert." in await stage.presses(ERIKA, card[0].message_id, card[1].data)
    assert stage.measure(1).status == "running"
    assert "▓▓▓▓▓▓░░░░ 60 %\nM1 wurde inzwischen geändert." in plain(stage.messages(ERIKA)[0])


# --- a whole round


async def test_a_whole_round_from_the_question_to_the_dossier(stage: Stage) -> None:
    planned = await stage.office_says("SITZUNG Allianz; 23.12.2026 17:00; Herbstsitzung; Rathaus")
    assert "Mittwoch, 2. Dezember 2026, 9:00 Uhr: Abfrage an alle Verantwortlichen" in planned
    await everyone_who_leads_is_asked_and_two_answer(stage)
    await the_digest_says_what_changed_and_who_is_to_move(stage)
    await only_who_has_not_answered_is_reminded(stage)
    await everyone_gets_the_dossier_once(stage)


async def everyone_who_leads_is_asked_and_two_answer(stage: Stage) -> None:
    await stage.go_to(2, month=12)
    assert "Wie steht es um Ihre 2 Maßnahmen?" in stage.bubbles(ERIKA)[-3]
    await stage.letter(OFFICE, "Einladung: Herbstsitzung am Mittwoch, 23. Dezember 2026")
    await stage.letter(MAX, "Einladung: Herbstsitzung am Mittwoch, 23. Dezember 2026")
    question = await stage.letter(MAX)
    assert "Wie steht es um Ihre Maßnahme?" in question.subject
    assert "Bitte melden Sie bis Mittwoch, 16. Dezember 2026 kurz den Stand." in question.text
    await stage.taps(ERIKA, "Unverändert", on="M1")
    await stage.replies(MAX, "60 %, verzögert wegen Gutachten", Client.OUTLOOK)
    await stage.letter(MAX, "Danke, notiert: M3")
    assert stage.unread(OFFICE) == 0


async def the_digest_says_what_changed_and_who_is_to_move(stage: Stage) -> None:
    await stage.go_to(7, month=12)
    change = "M3 Messe: 0 %, noch nicht begonnen → 60 %, verzögert"
    for who in (MAX, OFFICE):
        assert change in (await stage.letter(who, "Wochenüberblick Zukunftsplan")).text
    title, measure, news = stage.bubbles(ERIKA)[-3:]
    assert title.startswith("Wochenüberblick Zukunftsplan: eine Maßnahme wartet auf Sie")
    assert measure.startswith("M2 Flächenbörse")
    assert change in news


async def only_who_has_not_answered_is_reminded(stage: Stage) -> None:
    await stage.go_to(9, month=12)
    reminder, measure = stage.bubbles(ERIKA)[-2:]
    assert reminder.startswith("Erinnerung")
    assert measure.startswith("M2 Flächenbörse")
    await stage.go_to(11, month=12)
    interim = await stage.letter(OFFICE, "Zwischenliste: Eine Antwort fehlt noch")
    assert "Erika Beispiel, Stahl GmbH: M2 · Tel. 02041 1 · letzter Kontakt: vor 9 Tagen" in interim.text
    await stage.go_to(15, month=12)
    assert stage.bubbles(ERIKA)[-2].startswith("Erinnerung")
    assert not any("Erinnerung" in letter.subject for letter in stage.letters(MAX))


async def everyone_gets_the_dossier_once(stage: Stage) -> None:
    await stage.go_to(16, month=12)
    dossier = await stage.letter(MAX, "Zwischenstand zum Zukunftsplan: Herbstsitzung")
    ((name, paper),) = dossier.files
    assert name == "Zwischenstand-2026-12-23.pdf"
    assert "Rückmeldungen: 1 von 2 Verantwortlichen" in dossier.text
    assert says(paper, "1 von 2", "M3", "Messe", "0 %, noch nicht begonnen", "60 %, verzögert")
    assert "Erika Beispiel" not in dossier.text
    assert not says(paper, "Erika Beispiel")
    assert "Erika Beispiel, Stahl GmbH: M2" in (await stage.letter(OFFICE, "Zwischenstand")).text
    document = stage.messages(ERIKA)[-1]
    assert document.document_name == name
    assert document.file_id
    assert stage.telegram.document(document.file_id)[1] == paper
    await stage.go_to(23, month=12, hour=18)
    assert [letter.subject for letter in stage.letters(MAX) if "Zwischenstand" in letter.subject] == [dossier.subject]


# --- ways that are closed


@pytest.mark.fault(51)
async def test_who_blocked_the_bot_gets_letters_and_the_bot_again_after_writing(stage: Stage) -> None:
    await stage.blocks(ERIKA)
    await tell_something(stage, ERIKA)
    await stage.letter(ERIKA, "Neu für Sie: M4 Glasfaser")
    assert "So erreichen Sie mich" in await stage.says(ERIKA, "HILFE")
    await stage.office_says("ZUORDNEN M3 " + ERIKA)
    assert "Neu für Sie: M3 Messe" in "".join(stage.bubbles(ERIKA))
    assert stage.unread(ERIKA) == 0


@pytest.mark.fault(51)
async def test_a_bubble_that_a_blocked_bot_cannot_show_comes_as_a_letter(stage: Stage) -> None:
    stage.telegram.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await tell_something(stage, ERIKA)
    await stage.letter(ERIKA, "Neu für Sie: M4 Glasfaser")


async def test_a_question_that_could_not_be_shown_is_answered_by_letter(stage: Stage) -> None:
    await stage.office_says("SITZUNG Allianz; 23.12.2026 17:00; Herbstsitzung; Rathaus")
    await stage.blocks(ERIKA)
    await stage.go_to(2, month=12)
    await stage.letter(ERIKA, "Einladung: Herbstsitzung")
    assert "Wie steht es um Ihre 2 Maßnahmen?" in (await stage.letter(ERIKA)).subject
    await stage.replies(ERIKA, "unverändert", Client.GMAIL)
    await stage.letter(ERIKA, "Danke, notiert: M1 und M2")


@pytest.mark.fault(21)
async def test_a_letter_refused_for_now_is_tried_again_later(stage: Stage) -> None:
    stage.refuses(MAX, "451 4.3.0 try again later")
    await tell_something(stage, MAX)
    assert stage.unread(MAX) == 0
    stage.refuses(MAX, None)
    await stage.wait(minutes=4)
    assert stage.unread(MAX) == 0
    await stage.wait(minutes=2)
    await stage.letter(MAX, "Neu für Sie: M4 Glasfaser")


@pytest.mark.fault(22)
async def test_a_letter_refused_for_good_moves_to_telegram(stage: Stage) -> None:
    await stage.prefers_mail(ERIKA)
    stage.refuses(ERIKA, "550 5.1.1 no such user")
    await tell_something(stage, ERIKA)
    assert "Neu für Sie: M4 Glasfaser" in "".join(stage.bubbles(ERIKA))
    assert stage.unread(ERIKA) == 0


@pytest.mark.fault(22, 51)
async def test_the_office_hears_of_a_person_whom_no_way_reaches(stage: Stage) -> None:
    stage.refuses(MAX, "550 5.1.1 no such user")
    await tell_something(stage, MAX)
    await stage.letter(OFFICE, "Max Muster ist nicht erreichbar")


# --- letters that are no words to us


@pytest.mark.fault(37)
async def test_an_out_of_office_answer_is_never_answered_and_never_a_report(stage: Stage) -> None:
    await stage.writes(MAX, "STATUS")
    stage.read_all(MAX)
    for head in (b"Auto-Submitted: auto-replied", b"List-Id: <ag.example.org>", b"Precedence: bulk"):
        await stage.sends(MAX, head + b"\r\n" + stage.reply(MAX, "M3 60 %"))
    away = re.sub(rb"\r\nSubject: .*", b"\r\nSubject: Automatische Antwort: Abwesend", stage.reply(MAX, "M3 60 %"))
    await stage.sends(MAX, away)
    assert stage.unread(MAX) == 0
    assert stage.unread(OFFICE) == 0
    assert stage.measure(3).percent == 0


@pytest.mark.fault(31)
async def test_the_same_letter_delivered_twice_has_one_effect(stage: Stage) -> None:
    await stage.writes(MAX, "STATUS")
    reply = stage.reply(MAX, "60 %")
    await stage.sends(MAX, reply)
    await stage.letter(MAX, "Danke, notiert: M3")
    await stage.sends(MAX, reply)
    assert stage.unread(MAX) == 0
    assert stage.measure(3).version == 1


# --- hostile names


@pytest.mark.fault(60)
async def test_a_hostile_name_in_a_letter_is_shown_as_written(stage: Stage) -> None:
    stage.link(OFFICE)
    name = b64encode(f"{HOSTILE}\r\nBcc: opfer@example.org".encode()).decode()
    company = f"{HOSTILE} & Söhne"
    letter = f"From: =?utf-8?b?{name}?= <{GUEST}>\r\nTo: {HOUSE.email}\r\n\r\nBEITRETEN\r\n"
    await stage.sends(GUEST, letter.encode())
    await stage.replies(GUEST, "JA")
    await stage.replies(GUEST, company)
    shown = f"{HOSTILE} Bcc: opfer@example.org"
    assert f", {company}" in stage.bubble(OFFICE)
    assert shown not in stage.bubble(OFFICE)
    await stage.taps(OFFICE, "Mit Namen per E-Mail")
    assert (await stage.letter(OFFICE)).subject.startswith(f"Beitritt: {shown}, {company}")
    await stage.taps(OFFICE, "Ja, aufnehmen")
    welcome = await stage.letter(GUEST, "Willkommen")
    assert f"Guten Tag {shown}, die Geschäftsstelle" in welcome.text
    assert f"Guten Tag {shown}, " in unescape(replies.html_of(welcome.raw))
    assert "Guten Tag <b>" not in replies.html_of(welcome.raw)


@pytest.mark.fault(60)
async def test_a_hostile_name_in_telegram_is_shown_as_written(stage: Stage) -> None:
    stage.telegram.enter(CHATS[GUEST], HOSTILE, "Zeile\r\nBcc: opfer@example.org")
    shown = f"{HOSTILE} Zeile Bcc: opfer@example.org"
    said = f"{HOSTILE} wer hilft mir?"
    await stage.says(GUEST, said)
    case = await stage.letter(OFFICE, f"Nachricht von {shown}")
    assert case.message["Bcc"] is None
    assert said in case.text
    assert said in unescape(replies.html_of(case.raw))
    assert "<b>&" not in replies.html_of(case.raw)
    await stage.replies(OFFICE, HOSTILE)
    assert stage.bubble(GUEST) == f"Antwort der Geschäftsstelle\n{HOSTILE}\n\nSie hatten geschrieben: »{said}«"
