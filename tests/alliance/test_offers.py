"""Offers and needs: matched without names, and names are told when both sides have agreed, never before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from alliance import matches, offers
from alliance.intents import (
    AnswerMatch,
    AskContact,
    CloseOffer,
    Intent,
    Matter,
    RegisterPerson,
    ReportProgress,
    ShareOffer,
    ShowOffers,
    Unclear,
)
from alliance.notes import Note
from alliance.packing import unpack
from alliance.understanding import understand
from store.tables import Offer, OfferMatch, OutboxRow
from tests.town import ERIKA, GUEST, MAX, NAMES, OFFICE, START, Town, button, words

TODAY = START.date()
NEIGHBOUR = "jutta@stahl.example.org"  # of Erika's company
QUESTION, CONTACT, NOTHING = "Das könnte zusammenpassen", "Ihr Kontakt", "Kein Kontakt zustande gekommen"
OFFER, NEED = "ANGEBOT: 200 m² Lagerfläche frei", "GESUCH: Lagerraum für ein Jahr"


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """On one system: nothing here depends on the database. Erika is in Telegram, Max has mail."""
    sqlite_town.link(ERIKA)
    return sqlite_town


def by_mail(town: Town, email: str, said: str) -> Note:
    """A letter and the JA to what it is asked back with."""
    town.letter(email, said)
    return town.reply(email, "JA")


def both_asked(town: Town) -> None:
    """Erika offers and Max seeks."""
    town.chat(ERIKA, OFFER)
    by_mail(town, MAX, NEED)


def notes(rows: list[OutboxRow], title: str) -> list[Note]:
    """The notes among these rows with this title."""
    return [unpack(row.note, Note) for row in rows if row.note["title"] == title]


def question_to_erika(town: Town) -> Note:
    return notes(town.bubbles(ERIKA), QUESTION)[-1]


def reply_of_max(town: Town, said: str) -> Note:
    """His answer to the question, not to the latest letter."""
    row = next(row for row in reversed(town.letters(MAX)) if row.note["title"] == QUESTION)
    return town.letter(MAX, said, row.token)


def all_matches(town: Town) -> list[OfferMatch]:
    return town.database.read_now(lambda session: list(session.exec(select(OfferMatch))))


def everything_told(town: Town, rows: list[OutboxRow]) -> str:
    return "\n".join(words(unpack(row.note, Note)) for row in rows)


# What is understood ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ANGEBOT: 200 m² Lagerfläche", ShareOffer("200 m² Lagerfläche")),
        ("Angebot: Lagerfläche", ShareOffer("Lagerfläche")),
        ("Biete: Lagerfläche", ShareOffer("Lagerfläche")),
        ("/angebot Lagerfläche", ShareOffer("Lagerfläche")),
        ("offer: storage", ShareOffer("storage")),
        ("GESUCH: Lagerraum", ShareOffer("Lagerraum", seeking=True)),
        ("Suche: Lagerraum", ShareOffer("Lagerraum", seeking=True)),
        ("need: storage", ShareOffer("storage", seeking=True)),
        ("ANGEBOT Lagerfläche frei", ShareOffer("Lagerfläche frei", confirmed=False)),
        ("GESUCH", ShareOffer("", seeking=True, confirmed=False)),
        ("ANGEBOTE", ShowOffers()),
        ("Gesuche bitte", ShowOffers()),
        ("/offers", ShowOffers()),
        ("ANGEBOT 3 ERLEDIGT", CloseOffer(3)),
        ("Gesuch 3 ist vergeben", CloseOffer(3)),
        ("OFFER 3 SETTLED", CloseOffer(3)),
        ("KONTAKT 3", AskContact(3)),
        ("Angebot 3 Kontakt", AskContact(3)),
        ("contact 3 please", AskContact(3)),
    ],
)
def test_what_people_say_about_offers_is_understood(said: str, meant: Intent) -> None:
    assert understand(said, TODAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Angebot liegt vor",
        "Angebote bis Mai einholen",
        "Angebot 3 war zu teuer",
        "Angebot 3 ist nicht erledigt",
        "Suche noch jemanden",
        "Kontakt 3 Firmen",
        "Biete",
    ],
)
def test_what_only_mentions_an_offer_is_no_wish(said: str) -> None:
    assert isinstance(understand(said, TODAY), Unclear | ReportProgress)


def test_an_answer_about_a_measure_that_begins_with_angebot_is_asked_back(town: Town) -> None:
    meant = understand("Angebot: drei Firmen angefragt", TODAY, Matter("measure", 1))
    assert meant == ShareOffer("drei Firmen angefragt", confirmed=False)
    asked = town.tap(ERIKA, meant)
    assert asked.title == "Soll ich das als Angebot für andere festhalten?"
    assert town.database.read_now(lambda session: session.exec(select(Offer)).all()) == []
    assert town.chat(ERIKA, "ja").title == "Danke, notiert: Angebot 1"


# Sharing and matching -------------------------------------------------------------------------------------------------


def test_an_offer_is_kept_and_its_receipt_says_that_nothing_suits_it_yet(town: Town) -> None:
    note = town.chat(ERIKA, OFFER)
    assert note.title == "Danke, notiert: Angebot 1"
    assert any("Noch passt nichts" in line for line in note.lines)
    assert all_matches(town) == []


def test_an_offer_and_a_need_bring_one_question_to_either_side_without_a_name(town: Town) -> None:
    both_asked(town)
    [to_erika], [to_max] = notes(town.bubbles(ERIKA), QUESTION), notes(town.letters(MAX), QUESTION)
    assert "»Lagerraum für ein Jahr«" in to_erika.lines
    assert "»200 m² Lagerfläche frei«" in to_max.lines
    for told in (everything_told(town, town.bubbles(ERIKA)), everything_told(town, town.letters(MAX))):
        assert "Dürfen wir" in told
        for secret in ("Erika", "Max", "Stahl", "Logistik", "example.org"):
            assert secret not in told


def test_the_order_in_which_they_come_makes_no_difference(town: Town) -> None:
    by_mail(town, MAX, NEED)
    assert any("beide Seiten" in line for line in town.chat(ERIKA, OFFER).lines)
    assert len(notes(town.bubbles(ERIKA), QUESTION)) == len(notes(town.letters(MAX), QUESTION)) == 1


def test_two_offers_or_something_else_do_not_match(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    by_mail(town, MAX, "ANGEBOT: Lagerfläche, 50 m²")
    by_mail(town, MAX, "GESUCH: Dolmetscher für Polnisch")
    assert all_matches(town) == []


def test_nobody_is_matched_with_themselves_or_their_own_company(town: Town) -> None:
    town.office(RegisterPerson("Jutta Probe", NEIGHBOUR, "Stahl GmbH"))
    town.chat(ERIKA, OFFER)
    town.chat(ERIKA, NEED)
    by_mail(town, NEIGHBOUR, NEED)
    assert all_matches(town) == []


def test_at_most_three_matches_come_of_one_offer(town: Town) -> None:
    for number in range(5):
        by_mail(town, MAX, f"GESUCH: Lagerfläche, Halle {number}")
    town.chat(ERIKA, OFFER)
    assert len(all_matches(town)) == 3


def test_an_offer_is_matched_with_a_measure_and_its_lead_is_asked(town: Town) -> None:
    town.chat(ERIKA, "ANGEBOT: Messestand für eine Messe")
    [to_max] = notes(town.letters(MAX), QUESTION)
    assert to_max.lines[0] == "Zu Ihrer Maßnahme M3 Messe gibt es ein Angebot, das passen könnte:"
    assert "Zu Ihrem Eintrag (Angebot 1) könnte eine Maßnahme passen: M3 Messe." in question_to_erika(town).lines


def test_what_a_lead_wrote_to_a_measure_counts_too_but_a_measure_that_is_done_does_not(town: Town) -> None:
    by_mail(town, MAX, "M3 60 %, wir suchen noch Dolmetscher für Polnisch")
    town.chat(ERIKA, "ANGEBOT: Dolmetscherin für Polnisch")
    assert [match.measure_id for match in all_matches(town)] == [town.measure(3).id]
    by_mail(town, MAX, "M3 fertig, Dolmetscher für Türkisch hat geholfen")
    town.chat(ERIKA, "ANGEBOT: Dolmetscher für Türkisch")
    assert len(all_matches(town)) == 1


def test_a_lead_who_wishes_for_help_is_brought_together_with_an_open_offer(town: Town) -> None:
    town.chat(ERIKA, "ANGEBOT: Dolmetscherin für Polnisch")
    by_mail(town, MAX, "M3 60 %, brauchen Hilfe von einem Dolmetscher für Polnisch")
    assert [match.measure_id for match in all_matches(town)] == [town.measure(3).id]
    by_mail(town, MAX, "M3 61 %, brauchen weiter Hilfe von einem Dolmetscher für Polnisch")
    assert len(all_matches(town)) == 1


def test_the_same_offer_is_not_kept_twice(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    assert town.chat(ERIKA, OFFER.lower().replace("m²", "M²")).title == "Das gibt es schon von Ihnen: Angebot 1"
    town.chat(ERIKA, "ANGEBOT 1 ERLEDIGT")
    assert town.chat(ERIKA, OFFER).title == "Danke, notiert: Angebot 2"


def test_without_words_they_are_asked_for(town: Town) -> None:
    assert town.chat(ERIKA, "GESUCH").title == "Was suchen Sie?"
    assert town.chat(ERIKA, "Lagerraum für ein Jahr").title == "Danke, notiert: Gesuch 1"


def test_too_many_words_are_refused(town: Town) -> None:
    assert "Bitte fassen Sie sich kürzer" in words(town.chat(ERIKA, "ANGEBOT: " + "x" * 2001))
    assert town.chat(ERIKA, "ANGEBOTE").lines == ()


def test_a_guest_is_shown_how_to_join(town: Town) -> None:
    assert "BEITRETEN" in words(town.chat(GUEST, OFFER))


# Agreeing -------------------------------------------------------------------------------------------------------------


def test_when_both_agree_each_gets_the_contact_of_the_other_once(town: Town) -> None:
    both_asked(town)
    waiting = town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben"))
    assert waiting.title == "Danke, ich frage die andere Seite"
    assert "Max" not in words(waiting)
    assert notes(town.letters(MAX), CONTACT) == []
    contact = reply_of_max(town, "JA")
    assert contact.lines[1:] == ("Erika Beispiel, Stahl GmbH", ERIKA, "Tel. 02041 1")
    [to_erika] = notes(town.bubbles(ERIKA), CONTACT)
    assert to_erika.lines[1:] == ("Max Muster, Logistik KG", MAX, "Tel. 02041 1")


def test_saying_yes_again_shows_the_contact_again_and_tells_nobody_else(town: Town) -> None:
    both_asked(town)
    yes = button(question_to_erika(town), "Ja, weitergeben")
    town.tap(ERIKA, yes)
    town.tap(ERIKA, yes)
    reply_of_max(town, "JA")
    assert town.tap(ERIKA, yes).title == CONTACT
    assert len(notes(town.bubbles(ERIKA), CONTACT)) == 1


def test_a_no_reveals_nothing_and_whoever_waits_is_told_neutrally(town: Town) -> None:
    both_asked(town)
    town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben"))
    assert reply_of_max(town, "NEIN").title == "In Ordnung"
    [told] = notes(town.bubbles(ERIKA), NOTHING)
    assert "Max" not in words(told)
    assert "Logistik" not in everything_told(town, town.bubbles(ERIKA))
    assert town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben")).title == NOTHING


def test_after_a_no_the_side_that_was_silent_hears_nothing_until_it_asks(town: Town) -> None:
    both_asked(town)
    reply_of_max(town, "NEIN")
    assert notes(town.bubbles(ERIKA), NOTHING) == []
    late = town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben"))
    assert late.title == NOTHING
    assert notes(town.letters(MAX), CONTACT) == []


def test_a_yes_can_become_a_no_while_the_other_side_is_silent(town: Town) -> None:
    both_asked(town)
    town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben"))
    town.tap(ERIKA, button(question_to_erika(town), "Nein"))
    assert reply_of_max(town, "JA").title == NOTHING
    assert notes(town.bubbles(ERIKA), CONTACT) == []


def test_nobody_answers_a_question_that_went_to_others(town: Town) -> None:
    both_asked(town)
    town.office(RegisterPerson("Jutta Probe", NEIGHBOUR, "Probe GmbH"))
    town.letter(NEIGHBOUR, "STATUS")
    town.link(OFFICE)
    assert "ging nicht an Sie" in words(town.tap(OFFICE, AnswerMatch(1, agree=True)))
    assert all_matches(town)[0].other_agreed is None


def test_a_yes_without_proof_is_asked_back(town: Town) -> None:
    both_asked(town)
    town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben"))
    town.letter(MAX, "JA")
    assert notes(town.bubbles(ERIKA), CONTACT) == []


def test_what_is_settled_or_of_somebody_who_left_reveals_nothing_any_more(town: Town) -> None:
    both_asked(town)
    reply_of_max(town, "JA")
    town.chat(ERIKA, "ABMELDEN")
    assert reply_of_max(town, "JA").title == "Das ging leider nicht"
    assert "Erika" not in everything_told(town, town.letters(MAX))


# The list -------------------------------------------------------------------------------------------------------------


def test_members_see_what_is_open_without_names_and_the_office_with(town: Town) -> None:
    both_asked(town)
    shown = town.chat(ERIKA, "ANGEBOTE")
    assert shown.lines == (
        "Gesuch 2: Lagerraum für ein Jahr",
        "Angebot 1: 200 m² Lagerfläche frei (von Ihnen)",
    )
    assert [action.word for action in shown.actions] == ["KONTAKT 2", "ANGEBOT 1 ERLEDIGT"]
    assert "Gesuch 2: Lagerraum für ein Jahr (Max Muster, Logistik KG)" in town.letter(OFFICE, "ANGEBOTE").lines


def test_asking_for_a_contact_asks_the_owner_without_telling_who_asks(town: Town) -> None:
    town.chat(ERIKA, "ANGEBOT: Foodtruck für Feste")
    assert by_mail(town, MAX, "KONTAKT 1").title == "Danke, ich frage die andere Seite"
    question = question_to_erika(town)
    assert "Max" not in words(question)
    assert "möchte mit Ihnen über Ihren Eintrag sprechen" in words(question)
    contact = town.tap(ERIKA, button(question, "Ja, weitergeben"))
    assert "Max Muster, Logistik KG" in contact.lines
    assert "Erika Beispiel, Stahl GmbH" in notes(town.letters(MAX), CONTACT)[0].lines


def test_asking_twice_asks_the_owner_once(town: Town) -> None:
    town.chat(ERIKA, "ANGEBOT: Foodtruck für Feste")
    by_mail(town, MAX, "KONTAKT 1")
    by_mail(town, MAX, "KONTAKT 1")
    assert len(notes(town.bubbles(ERIKA), QUESTION)) == 1


def test_asking_about_what_already_matched_counts_as_the_yes_to_it(town: Town) -> None:
    both_asked(town)
    by_mail(town, MAX, "KONTAKT 1")
    assert len(all_matches(town)) == 1
    assert town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben")).title == CONTACT


def test_nobody_asks_about_their_own_or_what_is_not_there(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    assert "Das ist von Ihnen." in words(town.chat(ERIKA, "KONTAKT 1"))
    assert "gibt es nicht" in words(town.chat(ERIKA, "KONTAKT 9"))


# Settling -------------------------------------------------------------------------------------------------------------


def test_what_is_settled_is_neither_shown_nor_matched(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    assert town.chat(ERIKA, "ANGEBOT 1 ERLEDIGT").title == "Erledigt: Angebot 1"
    by_mail(town, MAX, NEED)
    assert all_matches(town) == []
    assert town.chat(ERIKA, "ANGEBOTE").lines == ("Gesuch 2: Lagerraum für ein Jahr",)


def test_only_its_owner_and_the_office_settle_it(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    assert "nicht von Ihnen" in words(town.letter(MAX, "ANGEBOT 1 ERLEDIGT"))
    town.office(CloseOffer(1))
    assert town.chat(ERIKA, "ANGEBOTE").lines == ()


def test_whoever_said_yes_and_waits_hears_when_the_other_is_settled(town: Town) -> None:
    both_asked(town)
    reply_of_max(town, "JA")
    town.chat(ERIKA, "ANGEBOT 1 ERLEDIGT")
    assert len(notes(town.letters(MAX), NOTHING)) == 1
    assert town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben")).title == ""


def test_settling_says_nothing_to_those_who_were_silent_or_have_the_contact(town: Town) -> None:
    both_asked(town)
    town.chat(ERIKA, "ANGEBOT 1 ERLEDIGT")
    assert notes(town.letters(MAX), NOTHING) == []


def test_whoever_settles_their_own_is_not_told_that_nothing_came_of_it(town: Town) -> None:
    both_asked(town)
    town.tap(ERIKA, button(question_to_erika(town), "Ja, weitergeben"))
    town.chat(ERIKA, "ANGEBOT 1 ERLEDIGT")
    assert notes(town.bubbles(ERIKA), NOTHING) == []


def test_an_offer_can_be_taken_back(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    assert town.chat(ERIKA, "RÜCKGÄNGIG").title == "Zurückgenommen: Angebot 1"
    assert town.chat(ERIKA, "ANGEBOTE").lines == ()


def test_after_half_a_year_it_is_over_by_itself(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    town.at += matches.OPEN_FOR + timedelta(hours=1)
    by_mail(town, MAX, NEED)
    assert all_matches(town) == []
    assert "Angebot 1" not in words(town.chat(ERIKA, "ANGEBOTE"))


def test_the_offers_of_somebody_who_left_are_gone(town: Town) -> None:
    town.chat(ERIKA, OFFER)
    town.chat(ERIKA, "ABMELDEN")
    by_mail(town, MAX, NEED)
    assert all_matches(town) == []


def test_the_digest_gets_what_is_open_since_a_moment_without_names(town: Town) -> None:
    town.chat(ERIKA, "ANGEBOT: Foodtruck")
    town.at += timedelta(days=3)
    town.chat(ERIKA, OFFER)
    by_mail(town, MAX, "GESUCH: Dolmetscher für Polnisch")
    town.chat(ERIKA, "ANGEBOT 2 ERLEDIGT")
    since = town.at - timedelta(days=1)
    found = town.database.read_now(lambda session: offers.new_since(session, since, "de"))
    assert found == ("Gesuch 3: Dolmetscher für Polnisch",)
    assert NAMES[MAX] not in str(found)
