"""Joining, by letter or in a chat, and tying a chat to a membership."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import select

from alliance.intents import Decide, Greet
from store import outbox
from store.outbox import Outcome, Result
from store.tables import Channel, JoinRequest, Person, RequestState
from tests.alliance.joining_steps import agree_in_chat, code_in, confirm_in_chat
from tests.town import CHATS, ERIKA, GUEST, MAX, OFFICE, START, Town, button, words


def requests(town: Town) -> list[JoinRequest]:
    return town.database.read_now(lambda session: list(session.exec(select(JoinRequest))))


def request(town: Town) -> JoinRequest:
    [only] = requests(town)
    return only


def test_the_whole_way_by_mail(town: Town) -> None:
    note = town.letter(GUEST, "BEITRETEN")
    assert "Datenschutz" in words(note)
    assert "Für welches Unternehmen" in words(town.reply(GUEST, "JA"))
    assert "liegt der Geschäftsstelle vor" in words(town.reply(GUEST, "Neue Werkstatt GmbH"))
    asked = town.last_letter(OFFICE)
    assert "Neue Werkstatt GmbH (neu, wird mit der Aufnahme angelegt)" in words(asked)
    assert "ist aufgenommen" in words(town.reply(OFFICE, "JA"))
    assert "Willkommen" in town.last_letter(GUEST).title
    assert "keine Maßnahme zugeordnet" in words(town.letter(GUEST, "STATUS"))


def test_the_whole_way_in_telegram(town: Town) -> None:
    town.link(OFFICE)
    assert "dienstliche E-Mail-Adresse" in words(town.chat(GUEST, "/start"))
    assert f"An {GUEST} ist ein Brief" in words(town.chat(GUEST, GUEST))
    assert "Für welches Unternehmen" in words(confirm_in_chat(town, GUEST))
    assert "liegt der Geschäftsstelle vor" in words(town.chat(GUEST, "Stahl GmbH"))
    packed = town.bubbles(OFFICE)[-1].note
    decide = packed["actions"][0]["intent"]
    town.tap(OFFICE, Decide(decide["request"], approve=True))
    guest = town.person(GUEST)
    assert (guest.channel, guest.telegram_id) == (Channel.TELEGRAM, CHATS[GUEST])
    assert town.bubbles(GUEST)[-1].note["title"].startswith("Willkommen")


def test_a_company_named_with_the_first_word_is_not_asked_for_again(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Stahl GmbH")
    assert "liegt der Geschäftsstelle vor" in words(town.reply(GUEST, "JA"))
    assert "Stahl GmbH (bekannt)" in words(town.last_letter(OFFICE))


def test_the_office_says_no_and_the_person_hears_of_it_politely(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Stahl GmbH")
    town.reply(GUEST, "JA")
    town.reply(OFFICE, "NEIN")
    assert "konnte Ihren Beitritt gerade nicht aufnehmen" in words(town.last_letter(GUEST))
    assert "nur für Mitglieder" in words(town.letter(GUEST, "STATUS"))


def test_only_the_first_decision_counts(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Stahl GmbH")
    town.reply(GUEST, "JA")
    asked = town.letters(OFFICE)[-1].token
    town.letter(OFFICE, "NEIN", asked)
    assert "wurde schon entschieden" in words(town.letter(OFFICE, "JA", asked))
    assert request(town).state == RequestState.DECLINED


def test_nobody_but_the_office_decides(town: Town) -> None:
    town.link(ERIKA)
    town.letter(GUEST, "BEITRETEN Stahl GmbH")
    town.reply(GUEST, "JA")
    assert "nur die Geschäftsstelle" in words(town.tap(ERIKA, Decide(request(town).id or 0, approve=True)))
    assert request(town).state == RequestState.PENDING


@pytest.mark.fault(54)
def test_a_late_code_is_replaced_by_itself(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    first = code_in(town, GUEST)
    town.at = START + timedelta(minutes=16)
    assert "Ein neuer ist unterwegs" in words(town.chat(GUEST, first))
    assert code_in(town, GUEST) != first
    assert "Für welches Unternehmen" in words(confirm_in_chat(town, GUEST))


def test_a_yes_by_mail_may_take_its_time(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Stahl GmbH")
    town.at = START + timedelta(days=2)
    town.reply(GUEST, "JA")
    assert request(town).state == RequestState.PENDING


@pytest.mark.fault(54)
def test_a_code_works_once(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    code = code_in(town, GUEST)
    town.chat(GUEST, code)
    assert "passt nicht" in words(town.tap(ERIKA, Greet(code)))


@pytest.mark.fault(54)
def test_a_code_is_worth_nothing_in_another_chat(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    assert "passt nicht" in words(town.tap(MAX, Greet(code_in(town, GUEST))))


@pytest.mark.fault(54)
def test_guessing_ends_after_five_tries(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    code = code_in(town, GUEST)
    for number in range(5):
        town.tap(GUEST, Greet(f"geraten-{number}-xxxxxxxxxx"))
    assert "passt nicht" in words(town.tap(GUEST, Greet(code)))


def test_yes_by_mail_does_not_tie_the_chat_of_whoever_typed_the_address(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, ERIKA)
    town.reply(ERIKA, "JA")
    assert town.person(ERIKA).telegram_id is None


def test_a_member_ties_a_chat_with_the_link_from_the_letter(town: Town) -> None:
    town.letter(ERIKA, "TELEGRAM")
    link = town.last_letter(ERIKA).actions[-1].link
    assert link.startswith("https://t.me/beispiel_bot?start=")
    asked = town.chat(ERIKA, f"/start {link.rpartition('=')[2]}")
    note = town.tap(ERIKA, button(asked, "Einverstanden"))
    assert "Guten Tag Erika Beispiel" in words(note)
    assert town.person(ERIKA).telegram_id == CHATS[ERIKA]
    assert "Waren Sie das nicht?" in words(town.last_letter(ERIKA))
    assert button(note, "Meine Maßnahmen")


def test_a_member_ties_a_chat_by_writing_the_registered_address(town: Town) -> None:
    town.chat(ERIKA, "/start")
    town.chat(ERIKA, ERIKA)
    agree_in_chat(town, ERIKA)
    assert town.person(ERIKA).telegram_id == CHATS[ERIKA]


@pytest.mark.fault(54)
def test_only_the_hash_of_a_code_is_kept_once_the_letter_is_sent(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    code = code_in(town, GUEST)
    sent = Outcome(Result.SENT)
    for letter in town.database.write_now(partial(outbox.claim, now=town.at)):
        town.database.write_now(partial(outbox.finish, letter=letter, outcome=sent, now=town.at))
    assert code not in str(town.letters(GUEST)[-1].note)


def test_somebody_who_left_can_come_back_as_the_same_person(town: Town) -> None:
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    assert town.person(MAX).left_at is not None
    before = town.person(MAX).id
    town.letter(MAX, "BEITRETEN Logistik KG")
    town.reply(MAX, "JA")
    town.reply(OFFICE, "JA")
    back = town.person(MAX)
    assert (back.id, back.left_at) == (before, None)
    assert len(town.database.read_now(lambda session: session.exec(select(Person)).all())) == 3


def test_a_request_that_nobody_answered_in_two_months_is_put_before_the_office_again(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN")
    town.reply(GUEST, "JA")
    town.reply(GUEST, "Probe GmbH")
    town.at += timedelta(days=61)
    town.forget_letters()
    for _ in range(2):
        assert "liegt der Geschäftsstelle vor" in words(town.letter(GUEST, "BEITRETEN"))
    assert len(town.letters(OFFICE)) == 1
    assert town.reply(OFFICE, "JA").title == "Robin Probe ist aufgenommen"
