"""Consents: each purpose asked for itself, kept in the words that were shown, and taken back as easily as given."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from fluent.syntax import FluentSerializer, parse
from fluent.syntax import ast as fluent
from sqlmodel import Session, col, select

import texts
from alliance import privacy_notice
from alliance.consents import DIGEST, MEMBERSHIP, TELEGRAM, VERSION
from alliance.intents import Confirm, RegisterPerson
from alliance.notes import Note
from alliance.packing import pack, unpack
from alliance.privacy import retention
from app.example import tie_chat
from store.tables import Address, Channel, Consent, OutboxRow
from tests.alliance.joining_steps import code_in
from tests.town import CHATS, ERIKA, GUEST, HOUSE, MAX, OFFICE, START, Town, button, words
from texts import say

# the rules of retention whose time the notice tells
PROMISED = ["unproved", "declined", "waiting", "inbox", "outbox", "replies"]
PROMISED += ["cases", "cases-open", "uploads", "needs", "former", "asked"]

# The words of each version of the notice, the declarations and their buttons. Whoever changes one of them gives them a
# new version in alliance/consents.py and adds its hash here: consents name the version they were given to.
WORDS_OF_VERSIONS = {"2026-11-22": "00a3ced6df249467"}


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    return sqlite_town


def rows(town: Town, email: str = "") -> list[Consent]:
    """What a person has declared; without an address what was declared with requests."""

    def job(session: Session) -> list[Consent]:
        statement = select(Consent).order_by(col(Consent.id))
        if email:
            return list(session.exec(statement.where(Consent.person_id == town_person(session, email))))
        return list(session.exec(statement.where(col(Consent.request_id).is_not(None))))

    return town.database.read_now(job)


def town_person(session: Session, email: str) -> int:
    return session.exec(select(Address.person_id).where(Address.email == email)).one()


def said(town: Town, email: str = "") -> list[tuple[str, bool]]:
    return [(row.purpose, row.given) for row in rows(town, email)]


def office_admits(town: Town) -> None:
    town.reply(OFFICE, "JA")


# --- per purpose, in the words that were shown


@pytest.mark.parametrize(("answer", "wants", "rhythm"), [("JA", True, "weekly"), ("JA OHNE", False, "never")])
def test_joining_by_mail_is_one_answer_for_each_purpose(town: Town, answer: str, wants: bool, rhythm: str) -> None:
    letter = town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.reply(GUEST, answer)
    office_admits(town)
    membership, digest = rows(town, GUEST)
    assert [(row.purpose, row.given) for row in (membership, digest)] == [(MEMBERSHIP, True), (DIGEST, wants)]
    assert town.person(GUEST).digest == rhythm
    for row in (membership, digest):
        statement, _, label = row.wording.partition(" – ")
        assert f"»{statement}«" in words(letter)
        assert label.strip("»«") in {action.label for action in letter.actions}


@pytest.mark.parametrize(
    ("answer", "wants"),
    [
        ("Ja, gerne!", True),
        ("Ja, mit Wochenüberblick", True),
        ("Ja bitte, auch den Wochenüberblick", True),
        ("JA OHNE WOCHENÜBERBLICK", False),
        ("Ja, aber ohne Überblick bitte", False),
        ("ja, aber keinen Wochenüberblick", False),
        ("yes without", False),
    ],
)
def test_the_answer_may_be_said_in_many_ways(town: Town, answer: str, wants: bool) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.reply(GUEST, answer)
    assert said(town) == [(MEMBERSHIP, True), (DIGEST, wants)]


@pytest.mark.parametrize(
    "answer", ["Ja, aber nicht sofort", "Ohne", "Ja ohne meinen Chef", "Nein, ohne Wochenüberblick"]
)
def test_what_is_no_clear_yes_is_no_consent(town: Town, answer: str) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.reply(GUEST, answer)
    assert said(town) == []


def test_a_consent_is_kept_with_version_time_door_and_source(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.at = START + timedelta(hours=2)
    town.reply(GUEST, "JA")
    office_admits(town)
    for row in rows(town, GUEST):
        assert (row.version, row.at, row.door) == (VERSION, START + timedelta(hours=2), "mail")
        assert row.inbox_id is not None


def test_joining_in_telegram_asks_about_telegram_first_and_then_about_the_rest(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    asked = town.chat(GUEST, code_in(town, GUEST))
    assert [action.label for action in asked.actions] == ["Einverstanden", "Lieber per E-Mail"]
    assert "außerhalb der EU" in words(asked)
    assert "nicht Ende-zu-Ende verschlüsselt" in words(asked)
    assert said(town) == []
    membership = town.tap(GUEST, button(asked, "Einverstanden"))
    assert said(town) == [(TELEGRAM, True)]
    town.tap(GUEST, button(membership, "Ja, ohne Wochenüberblick"))
    town.chat(GUEST, "Neue Werkstatt GmbH")
    office_admits(town)
    assert said(town, GUEST) == [(TELEGRAM, True), (MEMBERSHIP, True), (DIGEST, False)]
    assert {row.door for row in rows(town, GUEST)} == {"telegram"}
    assert town.person(GUEST).telegram_id == CHATS[GUEST]


def test_words_in_the_chat_answer_both_questions_too(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    town.chat(GUEST, code_in(town, GUEST))
    assert "Möchten Sie Mitglied werden" in words(town.chat(GUEST, "Ja, einverstanden"))
    assert "Für welches Unternehmen" in words(town.chat(GUEST, "Ja, ohne Wochenüberblick"))
    assert said(town) == [(TELEGRAM, True), (MEMBERSHIP, True), (DIGEST, False)]


def test_what_was_declared_is_not_touched_by_the_admission(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.reply(GUEST, "JA")
    before = [row.model_dump() for row in rows(town)]
    office_admits(town)
    assert [row.model_dump() for row in rows(town)] == before


def test_who_is_declined_leaves_no_consent_of_a_person(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.reply(GUEST, "JA")
    town.reply(OFFICE, "NEIN")
    assert all(row.person_id is None for row in rows(town))


def test_whoever_the_office_enters_has_declared_nothing_and_reads_who_entered_them(town: Town) -> None:
    town.office(RegisterPerson("Robin Probe", GUEST, "Neue Werkstatt GmbH"))
    assert said(town, GUEST) == []
    letter = words(town.last_letter(GUEST))
    assert "hat die Geschäftsstelle eingetragen" in letter
    assert "Art. 6 Abs. 1 Buchst. e" in letter
    assert "WIDERSPRUCH" in letter
    assert "DATENSCHUTZ" in letter


def test_whoever_joined_by_themselves_is_not_told_that_the_office_entered_them(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")
    town.reply(GUEST, "JA")
    office_admits(town)
    assert "eingetragen" not in words(town.last_letter(GUEST))


# --- without Telegram's consent nothing is linked


def test_rather_by_mail_ties_no_chat_of_a_member(town: Town) -> None:
    town.chat(ERIKA, "/start")
    town.chat(ERIKA, ERIKA)
    asked = town.chat(ERIKA, code_in(town, ERIKA))
    assert "Gut, dann per E-Mail" in words(town.tap(ERIKA, button(asked, "Lieber per E-Mail")))
    assert town.person(ERIKA).telegram_id is None
    assert said(town, ERIKA) == []
    assert "nicht mehr offen" in words(town.tap(ERIKA, button(asked, "Einverstanden")))
    assert town.person(ERIKA).telegram_id is None


def test_rather_by_mail_goes_on_with_the_letter(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    asked = town.chat(GUEST, code_in(town, GUEST))
    assert "antworten Sie auf den Brief" in words(town.tap(GUEST, button(asked, "Lieber per E-Mail")))
    town.reply(GUEST, "JA")
    town.reply(GUEST, "Neue Werkstatt GmbH")
    office_admits(town)
    guest = town.person(GUEST)
    assert (guest.telegram_id, guest.channel) == (None, Channel.MAIL)
    assert said(town, GUEST) == [(MEMBERSHIP, True), (DIGEST, True)]


def test_the_code_alone_ties_nothing(town: Town) -> None:
    town.chat(ERIKA, "/start")
    town.chat(ERIKA, ERIKA)
    town.chat(ERIKA, code_in(town, ERIKA))
    assert town.person(ERIKA).telegram_id is None
    assert "nur für Mitglieder" in words(town.chat(ERIKA, "STATUS"))


def test_only_the_chat_that_was_asked_can_agree(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, GUEST)
    asked = town.chat(GUEST, code_in(town, GUEST))
    assert "nicht mehr offen" in words(town.tap(MAX, button(asked, "Einverstanden")))
    assert said(town) == []


def test_a_member_may_agree_by_mail_and_is_not_asked_again_in_the_chat(town: Town) -> None:
    town.letter(ERIKA, "TELEGRAM")
    answer = town.reply(ERIKA, "JA")
    assert "jetzt fehlt nur noch Ihr Chat" in answer.title
    assert town.person(ERIKA).telegram_id is None
    town.chat(ERIKA, f"/start {answer.actions[-1].link.rpartition('=')[2]}")
    assert town.person(ERIKA).telegram_id == CHATS[ERIKA]
    assert [(row.purpose, row.given, row.door) for row in rows(town, ERIKA)] == [(TELEGRAM, True, "mail")]


def test_no_to_the_letter_makes_its_link_worthless(town: Town) -> None:
    town.letter(ERIKA, "TELEGRAM")
    code = town.last_letter(ERIKA).actions[-1].link.rpartition("=")[2]
    assert "Gut, dann per E-Mail" in words(town.reply(ERIKA, "NEIN"))
    assert "passt nicht" in words(town.chat(ERIKA, f"/start {code}"))


def test_agreeing_by_mail_does_not_tie_the_chat_of_whoever_typed_the_address(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, ERIKA)
    town.reply(ERIKA, "JA")
    assert "passt nicht" not in words(town.chat(ERIKA, f"/start {code_in(town, ERIKA)}"))
    assert town.person(ERIKA).telegram_id == CHATS[ERIKA]


def test_a_late_code_of_a_member_who_has_agreed_needs_no_second_yes(town: Town) -> None:
    town.letter(ERIKA, "TELEGRAM")
    code = town.reply(ERIKA, "JA").actions[-1].link.rpartition("=")[2]
    town.at = START + timedelta(minutes=16)
    assert "Ein neuer ist unterwegs" in words(town.chat(ERIKA, f"/start {code}"))
    assert "Guten Tag Erika Beispiel" in words(town.chat(ERIKA, code_in(town, ERIKA)))


# --- taken back as easily as given


def test_leaving_takes_back_all_that_holds(town: Town) -> None:
    town.link(ERIKA)
    town.chat(ERIKA, "WOCHENÜBERBLICK AN")
    town.chat(ERIKA, "ABMELDEN")
    assert said(town, ERIKA)[-3:] == [(MEMBERSHIP, False), (DIGEST, False), (TELEGRAM, False)]
    assert town.person(ERIKA).telegram_id is None


def test_who_was_entered_by_the_office_and_leaves_says_only_that(town: Town) -> None:
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    assert said(town, MAX) == [(MEMBERSHIP, False)]


def test_the_digest_is_a_consent_of_its_own(town: Town) -> None:
    town.link(ERIKA)
    for order in ("WOCHENÜBERBLICK AN", "WOCHENÜBERBLICK AUS", "WOCHENÜBERBLICK MONATLICH", "WOCHENÜBERBLICK"):
        town.chat(ERIKA, order)
    digest = [row for row in rows(town, ERIKA) if row.purpose == DIGEST]
    assert [row.given for row in digest] == [True, False, True]
    assert "nicht mehr" in digest[1].wording


def test_telegram_ends_with_two_words_and_what_waits_goes_by_mail(town: Town) -> None:
    town.link(ERIKA)
    town.letter(MAX, "ABGEBEN M3 an erika@stahl.example.org")
    town.reply(MAX, "JA")
    waiting = [row.id for row in town.bubbles(ERIKA)]
    assert waiting
    assert "Telegram ist getrennt" in words(town.chat(ERIKA, "TELEGRAM AUS"))
    erika = town.person(ERIKA)
    assert (erika.telegram_id, erika.channel) == (None, Channel.MAIL)
    assert [row.id for row in town.letters(ERIKA)][-len(waiting) :] == waiting
    assert said(town, ERIKA)[-1] == (TELEGRAM, False)
    assert "nur für Mitglieder" in words(town.chat(ERIKA, "STATUS"))


def test_whose_chat_goes_to_somebody_else_has_no_consent_for_it_any_more(town: Town) -> None:
    town.link(ERIKA)
    town.database.write_now(lambda session: tie_chat(session, town.desk, MAX, CHATS[ERIKA], town.at))
    assert said(town, ERIKA)[-1] == (TELEGRAM, False)
    assert (town.person(ERIKA).telegram_id, town.person(MAX).telegram_id) == (None, CHATS[ERIKA])


# --- forgotten and renewed


def test_an_answer_to_words_of_an_older_version_is_asked_again(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Neue Werkstatt GmbH")

    def grow_old(session: Session) -> None:
        row = session.exec(select(OutboxRow).where(OutboxRow.to == GUEST)).one()
        note = unpack(row.note, Note)
        actions = tuple(
            replace(action, intent=replace(action.intent, version="2020-01-01"))
            if isinstance(action.intent, Confirm)
            else action
            for action in note.actions
        )
        row.note = pack(replace(note, actions=actions))

    town.database.write_now(grow_old)
    assert "Bitte bestätigen Sie Ihren Beitritt" in town.reply(GUEST, "JA").title
    assert said(town) == []
    town.reply(GUEST, "JA")
    assert said(town) == [(MEMBERSHIP, True), (DIGEST, True)]


# --- the notice


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_notice_says_all_that_the_law_asks_for(language: str) -> None:
    told = "\n".join(privacy_notice.paragraphs(language, replace(HOUSE, controller="Stadt B", officer="Frau D")))
    for needed in (
        *("Stadt B", "Frau D", "Telegram", "ldi.nrw.de", texts.short_day(language, date.fromisoformat(VERSION))),
        *(f"Art. {article}" for article in (6, 7, 9, 13, 15, 16, 17, 18, 21, 22, 28, 49, 77)),
        *(("Einwilligung", "Beschwerde") if language == "de" else ("consent", "Complaints")),
    ):
        assert re.search(rf"{re.escape(needed)}\b", told)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_notice_promises_the_periods_that_are_carried_out(language: str) -> None:
    heading = {"de": "Wie lange: ", "en": "How long: "}[language]
    told = next(line for line in privacy_notice.paragraphs(language, HOUSE) if line.startswith(heading))
    for rule in PROMISED:
        assert re.search(rf"\b{retention.period(language, rule)}\b", told), rule


def test_without_settings_the_notice_leads_to_the_office() -> None:
    told = "\n".join(privacy_notice.paragraphs("de", HOUSE))
    assert f"die Geschäftsstelle der {HOUSE.name}" in told


def test_everybody_can_read_the_notice_in_both_channels(town: Town) -> None:
    town.link(ERIKA)
    expected = list(privacy_notice.paragraphs("de", HOUSE))
    assert list(town.chat(GUEST, "/datenschutz").lines) == expected
    assert list(town.chat(ERIKA, "Datenschutzerklärung?").lines) == expected
    assert list(town.letter(MAX, "Privacy").lines) == expected
    town.letter(GUEST, "HILFE")
    assert list(town.letter(GUEST, "DATENSCHUTZ").lines) == expected
    assert town.last_letter(GUEST).title == say("de", "all-privacy-title")


def test_reading_the_notice_leaves_the_open_question_open(town: Town) -> None:
    town.chat(GUEST, "/start")
    town.chat(GUEST, "DATENSCHUTZ")
    assert f"An {GUEST} ist ein Brief" in words(town.chat(GUEST, GUEST))


def test_the_words_cannot_change_without_a_new_version() -> None:
    assert WORDS_OF_VERSIONS[VERSION] == _hash_of_words()


def _hash_of_words() -> str:
    """Of the notice, the declarations and the labels on which they are answered, in all languages."""
    serializer = FluentSerializer()
    folder = Path(texts.__file__).parent
    said = [
        serializer.serialize_entry(entry)
        for language in texts.LANGUAGES
        for entry in parse((folder / f"consent.{language}.ftl").read_text(encoding="utf-8")).body
        if isinstance(entry, fluent.Message) and _is_declared(entry.id.name)
    ]
    assert len(said) == 2 * 24
    return sha256("".join(said).encode()).hexdigest()[:16]


def _is_declared(key: str) -> bool:
    return key.startswith(
        ("all-privacy", "guest-letter-privacy", "member-welcome-entered", "member-consent", "guest-consent-button")
    ) or key in {f"guest-consent-{name}" for name in ("membership", "digest", "no-digest", "telegram", "telegram-line")}
