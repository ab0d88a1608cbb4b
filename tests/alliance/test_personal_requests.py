"""Requests of people who use their rights: prepared, answered within a month, and the office reminded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from urllib.parse import unquote

import pytest
from sqlmodel import Session, select

from alliance import notices
from alliance.intents import AnswerPersonalRequest, CorrectPerson
from alliance.notes import Note
from alliance.packing import unpack
from alliance.privacy import requests
from mail.letterhead import Sender
from mail.letters import compose
from scheduler import jobs
from store import outbox
from store.tables import Consent, Deed, OutboxRow, Person, PersonalRequest
from tests.town import ERIKA, GUEST, HOUSE, MAX, OFFICE, START, Town, button, words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # nothing here depends on the database


def rectify(town: Town, said: str, email: str = ERIKA) -> Note:
    """The wish, proved by JA."""
    town.letter(email, f"BERICHTIGEN: {said}")
    return town.reply(email, "JA")


def rows(town: Town) -> list[PersonalRequest]:
    return town.database.read_now(lambda session: list(session.exec(select(PersonalRequest))))


def deeds(town: Town, what: str) -> list[Deed]:
    return town.database.read_now(lambda session: list(session.exec(select(Deed).where(Deed.what == what))))


def beat(town: Town) -> None:
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


# Correcting -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "what", "before", "after"),
    [
        ("Name: Erika Neumann", "name", "Erika Beispiel", "Erika Neumann"),
        ("Telefon: 02041 / 99-88", "phone", "02041 1", "02041 / 99-88"),
    ],
)
def test_a_name_or_number_is_corrected_by_one_word_of_the_office(
    town: Town, said: str, what: str, before: str, after: str
) -> None:
    rectify(town, said)
    assert getattr(town.person(ERIKA), what) == before
    assert town.last_letter(OFFICE).actions[0].intent == CorrectPerson(ERIKA, what, after, 1)
    town.reply(OFFICE, "JA")
    assert getattr(town.person(ERIKA), what) == after
    (deed,) = deeds(town, "correct-person")
    assert deed.details == {"person": 1, "what": what, "before": before, "after": after}
    assert after in words(town.last_letter(ERIKA))
    assert rows(town)[0].outcome == "done"


def test_a_wish_in_free_words_goes_to_the_office_with_a_month_to_answer(town: Town) -> None:
    town.at = datetime(2027, 1, 31, 9, tzinfo=UTC)
    rectify(town, "Ich arbeite nicht mehr in Essen.")
    (row,) = rows(town)
    assert row.due_at == datetime(2027, 2, 28, 22, 59, tzinfo=UTC)
    assert "nicht mehr in Essen" in words(town.last_letter(OFFICE))
    town.reply(OFFICE, "JA")
    assert rows(town)[0].answered_at == town.at
    assert "erledigt" in words(town.last_letter(ERIKA))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("WIDERSPRUCH", "objection"),
        ("Ich widerspreche der Verarbeitung meiner Daten.", "objection"),
        ("Widerspruch: keine Post von der Stadt, bitte", "objection"),
        ("EINSCHRÄNKEN", "restriction"),
        ("Restrict the use of my data", "restriction"),
    ],
)
def test_an_objection_goes_to_the_office_with_a_month_to_answer_even_without_a_reason(
    town: Town, said: str, kind: str
) -> None:
    town.letter(ERIKA, said)
    assert rows(town) == []
    assert "spätestens in einem Monat" in words(town.reply(ERIKA, "JA"))
    (row,) = rows(town)
    assert (row.kind, row.answered_at, row.due_at > START + timedelta(days=29)) == (kind, None, True)
    assert town.last_letter(OFFICE).title.startswith("Anliegen 1: ")
    town.reply(OFFICE, "JA")
    assert town.last_letter(ERIKA).title == "Ihr Anliegen ist erledigt"


@pytest.mark.parametrize("said", ["Widerspruch 8", "Widerspruch gegen M4", "Ich widerspreche dem Beschluss"])
def test_who_speaks_against_something_else_does_not_object_to_the_use_of_their_data(town: Town, said: str) -> None:
    town.letter(ERIKA, said)
    town.reply(ERIKA, "JA")
    assert rows(town) == []


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("BERICHTIGEN", "Was soll ich berichtigen?"),
        ("WECHSEL", "Für wen sprechen Sie jetzt?"),
        ("VERTRETUNG", "Wer vertritt Sie?"),
    ],
)
def test_a_word_that_says_too_little_is_asked_what_it_means_and_not_first_who_wrote_it(
    town: Town, said: str, asked: str
) -> None:
    assert town.letter(ERIKA, said).title == asked


def test_a_refusal_needs_a_reason_and_tells_of_the_right_to_complain(town: Town) -> None:
    rectify(town, "Name: Kaiserin Erika")
    asked = town.reply(OFFICE, "NEIN")
    assert asked.title == "Aus welchem Grund?"
    assert rows(town)[0].answered_at is None
    town.reply(OFFICE, "Das ist kein bürgerlicher Name.")
    told = words(town.last_letter(ERIKA))
    assert "Das ist kein bürgerlicher Name." in told
    assert "beschweren" in told
    assert rows(town)[0].outcome == "refused"
    assert town.person(ERIKA).name == "Erika Beispiel"


def test_nein_and_the_reason_in_one_line_will_do(town: Town) -> None:
    rectify(town, "Name: Kaiserin Erika")
    town.reply(OFFICE, "NEIN, das steht so im Ausweis")
    assert "das steht so im Ausweis" in words(town.last_letter(ERIKA))


def test_in_telegram_a_tap_corrects_and_the_reason_is_asked_for(town: Town) -> None:
    town.link(ERIKA)
    town.link(OFFICE)
    town.chat(ERIKA, "BERICHTIGEN: Name: Erika Neumann")
    town.chat(ERIKA, "BERICHTIGEN: Das Foto stört mich.")
    first, second = (unpack(row.note, Note) for row in town.bubbles(OFFICE)[-2:])
    town.tap(OFFICE, button(first, "Ja, berichtigen"))
    assert town.person(ERIKA).name == "Erika Neumann"
    town.tap(OFFICE, button(second, "Ablehnen"))
    town.chat(OFFICE, "Wir haben kein Foto.")
    assert "Wir haben kein Foto." in words(unpack(town.bubbles(ERIKA)[-1].note, Note))


def test_what_was_answered_once_is_not_answered_again(town: Town) -> None:
    rectify(town, "Name: Erika Neumann")
    first = town.letters(OFFICE)[-1].token
    town.letter(OFFICE, "JA", first)
    assert "schon beantwortet" in words(town.letter(OFFICE, "JA", first))


def test_the_office_corrects_directly_and_the_person_is_told(town: Town) -> None:
    town.letter(OFFICE, f"MITGLIED {MAX} Telefon: 0208 555")
    town.reply(OFFICE, "JA")
    assert town.person(MAX).phone == "0208 555"
    assert "0208 555" in words(town.last_letter(MAX))


@pytest.mark.parametrize("said", ["Name: 4711", "Telefon: anrufen zwecklos"])
def test_nonsense_is_not_entered(town: Town, said: str) -> None:
    town.link(OFFICE)
    note = town.chat(OFFICE, f"MITGLIED {MAX} {said}")
    assert "Geändert wurde nichts" in words(note)
    assert (town.person(MAX).name, town.person(MAX).phone) == ("Max Muster", "02041 1")


def test_a_stranger_may_ask_for_a_correction_and_is_answered_by_mail(town: Town) -> None:
    rectify(town, "Ich heiße Robin, nicht Robert.", GUEST)
    assert rows(town)[0].email == GUEST
    town.reply(OFFICE, "JA")
    assert "erledigt" in words(town.last_letter(GUEST))


def test_a_forged_letter_puts_nothing_before_the_office(town: Town) -> None:
    town.letter(ERIKA, "BERICHTIGEN: Name: Gauner Groß")
    assert rows(town) == []
    assert town.letters(OFFICE) == []


# The month ------------------------------------------------------------------------------------------------------------


def test_the_office_is_reminded_a_week_and_a_day_before_and_when_it_is_over(town: Town) -> None:
    rectify(town, "Bitte ohne Doktortitel.")
    town.forget_letters()
    titles = []
    for days in (20, 4, 1, 5, 1, 4, 1):
        town.at += timedelta(days=days)
        beat(town)
        beat(town)
        titles += [unpack(row.note, Note).title for row in town.letters(OFFICE) if "Anliegen" in str(row.note)]
        town.database.write_now(_mark_told)
    assert titles == ["Anliegen 1: noch eine Woche", "Anliegen 1: noch ein Tag", "Anliegen 1: die Frist ist vorbei"]


def _mark_told(session: Session) -> None:
    for row in session.exec(select(OutboxRow)):
        row.to = "told"


def test_nobody_is_reminded_of_what_is_answered(town: Town) -> None:
    rectify(town, "Bitte ohne Doktortitel.")
    town.office(AnswerPersonalRequest(1, done=True))
    town.at += timedelta(days=40)
    assert town.database.read_now(lambda session: requests.due(session, HOUSE, town.at)) == []
    assert town.database.read_now(lambda session: requests.next_at(session, HOUSE, town.at)) is None


def test_the_clock_says_when_the_next_reminder_comes(town: Town) -> None:
    rectify(town, "Bitte ohne Doktortitel.")
    at = town.database.read_now(lambda session: requests.next_at(session, HOUSE, START))
    assert at is not None
    moment, name = at
    assert name == "personal"
    assert moment.astimezone(HOUSE.zone).date().isoformat() == "2026-12-17"


def test_anliegen_lists_the_most_urgent_first_with_the_days_left(town: Town) -> None:
    rectify(town, "Zuerst gefragt.")
    town.at += timedelta(days=3)
    rectify(town, "Danach gefragt.", MAX)
    note = town.letter(OFFICE, "ANLIEGEN")
    assert note.title == "2 offene Anliegen"
    assert [item.title for item in note.items] == ["Anliegen 1: Berichtigung", "Anliegen 2: Berichtigung"]
    assert "noch 27 Tage" in words(note)
    assert "noch 30 Tage" in words(note)


def test_among_several_each_has_its_own_word_and_a_bare_ja_answers_none(town: Town) -> None:
    rectify(town, "Mein Titel fehlt")
    rectify(town, "Mein Titel fehlt auch", MAX)
    listed = town.letter(OFFICE, "ANLIEGEN")
    assert [action.word for action in listed.items[0].actions] == ["ANLIEGEN 1 ERLEDIGT", "ANLIEGEN 1 NEIN"]
    town.reply(OFFICE, "JA")
    assert [row.answered_at for row in rows(town)] == [None, None]
    town.letter(OFFICE, "ANLIEGEN")
    assert town.reply(OFFICE, "ANLIEGEN 1 ERLEDIGT").title == "Anliegen 1 ist beantwortet"


def test_anliegen_is_answered_by_its_number(town: Town) -> None:
    rectify(town, "Zuerst gefragt.")
    rectify(town, "Danach gefragt.", MAX)
    town.letter(OFFICE, "ANLIEGEN 2 NEIN: Das stimmt so.")
    town.reply(OFFICE, "JA")
    assert [row.outcome for row in rows(town)] == ["", "refused"]
    assert "Das stimmt so." in words(town.last_letter(MAX))
    assert town.letter(OFFICE, "ANLIEGEN").title == "Ein offenes Anliegen"


# Leaving --------------------------------------------------------------------------------------------------------------


def a_letter_to_many(town: Town, series: str) -> str:
    """Returns its token."""
    note = Note("Für alle", ("Neues",), series=series, language="de")

    def job(session: Session) -> None:
        person = session.exec(select(Person).where(Person.name == "Max Muster")).one()
        notices.to_person(session, person, note, "digest:1", town.at)

    town.database.write_now(job)
    return town.letters(MAX)[-1].token


@pytest.mark.parametrize("said", ["ABMELDEN", "Bitte abmelden"])
def test_whoever_answers_any_letter_leaves_at_once_and_that_is_recorded_once(town: Town, said: str) -> None:
    token = a_letter_to_many(town, "abfrage")
    note = town.letter(MAX, said, token)
    assert note.title == "Sie sind abgemeldet"
    assert town.person(MAX).left_at == town.at
    consents = town.database.read_now(lambda session: list(session.exec(select(Consent))))
    assert [row.given for row in consents if row.purpose == "membership"] == [False]
    assert len(deeds(town, "leave")) == 1


@pytest.mark.parametrize(
    ("series", "left", "digest"), [("abfrage", True, "weekly"), ("wochenueberblick", False, "never")]
)
def test_the_unsubscribe_link_ends_what_it_is_about_without_any_login(
    town: Town, series: str, left: bool, digest: str
) -> None:
    token = a_letter_to_many(town, series)
    row = town.letters(MAX)[-1]
    raw = compose(outbox.letter_of(row), [], Sender(HOUSE.email, HOUSE.name), town.at)
    link = str(message_from_bytes(raw)["List-Unsubscribe"])
    assert token in link
    town.letter(MAX, unquote(link.strip("<>").partition("body=")[2]), token)
    assert (town.person(MAX).left_at is not None, town.person(MAX).digest) == (left, digest)
