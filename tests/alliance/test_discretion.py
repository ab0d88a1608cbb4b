"""A chat shows no name, address or number of a third person; the rest comes by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from alliance import with_names
from alliance.discretion import Origin
from alliance.intents import MailMe, RegisterPerson, ShowMyData, ShowOutstanding
from alliance.notes import Action, Item, Note
from alliance.packing import unpack
from alliance.rights import HARMLESS, RIGHTS
from store import keyboards
from store.database import Database
from store.tables import Address, Company, OutboxRow, Paper, Person, Switch
from tests.town import CHATS, ERIKA, HOUSE, MAX, OFFICE, Town, words

NOWHERE = Origin("nowhere")


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    return sqlite_town


@pytest.fixture
def everywhere(database: Database) -> Town:
    """The same on each database system."""
    return Town(database).settle()


def shown(town: Town, who: str, note: Note, origin: Origin = NOWHERE) -> Note:
    """The note as this person's chat shows it."""
    return town.database.write_now(lambda session: town.desk.for_chat(session, CHATS[who], note, town.at, origin))


def max_is(town: Town, **values: str) -> None:
    """What the office keeps of Max is something else now."""

    def job(session: Session) -> None:
        person = session.exec(select(Person).join(Address).where(Address.email == MAX)).one()
        for name, value in values.items():
            setattr(person, name, value)

    town.database.write_now(job)


def about(*lines: str) -> Note:
    return Note("Nachricht", lines, language="de")


# What is left out -----------------------------------------------------------------------------------------------------


def test_an_address_that_one_has_just_typed_oneself_is_shown_back(town: Town) -> None:
    town.link(ERIKA)
    answer = town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert MAX in words(shown(town, ERIKA, answer))
    assert MAX not in words(shown(town, ERIKA, replace(answer, said=())))


def test_names_addresses_and_numbers_of_others_are_left_out_everywhere_in_a_note(town: Town) -> None:
    max_is(town, phone="02041 777 88 99")
    said = f"Max Muster ({MAX}), Tel. +49 2041 7778899"
    item = Item(said, (said,), actions=(Action(f"Ja, das war {said}"),))
    town.link(ERIKA)
    note = shown(town, ERIKA, Note(said, (said,), (item,), (Action(said),), (said,), toast=said, language="de"))
    assert "M. M. (" in note.title
    assert note.actions[0].label == "M. M. ((Adresse ausgeblendet)), Tel. (Nummer ausgeblendet)"
    everything = words(note) + "".join(action.label for each in (note, item) for action in note.actions)
    for secret in ("Muster", MAX, "777"):
        assert secret not in everything + note.items[0].actions[0].label


def test_what_is_ones_own_stays(town: Town) -> None:
    town.link(ERIKA)
    note = about(f"Guten Tag Erika Beispiel, Ihre Adresse ist {ERIKA}, unsere {HOUSE.email}.")
    assert shown(town, ERIKA, note) == note


@pytest.mark.parametrize(
    "said",
    [
        "assistent+abc@alliance.example.org",
        "ABGEBEN M12 an name@firma.example",
        "https://t.me/beispiel_bot?start=x @beispiel_bot",
        "Termin am 20.11.2026, 17:00–19:00 Uhr, M1 60 %",
        "Stahl GmbH und Logistik KG",
    ],
)
def test_what_names_nobody_stays(town: Town, said: str) -> None:
    town.link(MAX)
    assert shown(town, MAX, about(said)) == about(said)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("02041 123456", "02041/12 34-56"),
        ("02041 123456", "+49 (0)2041 123456"),
        ("+49 2041 123456", "0049 2041 123456"),
        ("+43 1 5881234", "+43 (1) 588 12 34"),
        ("2041 123456", "2041 123456"),
    ],
)
def test_a_known_number_is_left_out_however_it_is_grouped(town: Town, kept: str, said: str) -> None:
    max_is(town, phone=kept)
    assert shown(town, OFFICE, about(f"Tel. {said}, bitte")).lines == ("Tel. (Nummer ausgeblendet), bitte",)


def test_a_date_with_the_digits_of_a_number_stays(town: Town) -> None:
    max_is(town, phone="0201 12026")
    assert shown(town, OFFICE, about("am 20.11.2026")) == about("am 20.11.2026")


def test_a_stranger_who_is_only_named_in_the_note_is_left_out_too(town: Town) -> None:
    note = replace(about("Robin Probe fragt, Tel. 0171 5551234"), names=("Robin Probe", "0171 5551234"))
    assert shown(town, OFFICE, note).lines == ("R. P. fragt, Tel. (Nummer ausgeblendet)",)


def test_whoever_watches_over_data_protection_is_named(town: Town) -> None:
    town.desk.house = replace(HOUSE, officer="Max Muster, datenschutz@stadt.example.org")
    note = about("Fragen Sie Max Muster, datenschutz@stadt.example.org. Nicht Erika Beispiel.")
    assert shown(town, OFFICE, note).lines == ("Fragen Sie Max Muster, datenschutz@stadt.example.org. Nicht E. B.",)


def test_only_a_toast_gets_no_line_and_no_button(town: Town) -> None:
    assert shown(town, OFFICE, Note("", toast="Max Muster ist aufgenommen")) == Note("", toast="M. M. ist aufgenommen")


def test_the_office_may_see_names_where_the_settings_say_so_and_members_still_not(town: Town) -> None:
    town.desk.house = replace(HOUSE, telegram_names=True)
    town.link(OFFICE)
    town.link(ERIKA)
    assert shown(town, OFFICE, about("Max Muster")) == about("Max Muster")
    assert shown(town, ERIKA, about("Max Muster")).lines == ("M. M.",)


# What is known --------------------------------------------------------------------------------------------------------


def test_a_name_is_known_in_the_very_deed_that_brings_it(everywhere: Town) -> None:
    shown(everywhere, OFFICE, about("nichts"))
    newcomer = RegisterPerson("Robin Änder", "neu@probe.example.org", "Probe GmbH")

    def job(session: Session) -> Note:
        note = everywhere.desk.command(session, newcomer, everywhere.at)
        return everywhere.desk.for_chat(session, CHATS[OFFICE], note, everywhere.at, NOWHERE)

    assert "R. Ä." in words(everywhere.database.write_now(job))


@pytest.mark.parametrize("kind", ["of a name", "of none"])
def test_a_change_that_was_taken_back_with_its_deed_is_not_remembered_and_a_later_name_is(
    everywhere: Town, kind: str
) -> None:
    shown(everywhere, OFFICE, about("nichts"))

    def fails(session: Session) -> None:
        named = Company(name="Probe GmbH", search_key="probe")
        session.add(named if kind == "of a name" else Switch(name="probe", at=everywhere.at))
        everywhere.desk.for_chat(session, CHATS[OFFICE], about("nichts"), everywhere.at, NOWHERE)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        everywhere.database.write_now(fails)
    max_is(everywhere, name="Robin Änder")  # takes the place of the change that failed
    assert shown(everywhere, OFFICE, about("Robin Änder")).lines == ("R. Ä.",)


def test_a_name_that_was_taken_back_with_a_savepoint_is_not_remembered_either(everywhere: Town) -> None:
    def job(session: Session) -> Note:
        max_ = session.exec(select(Person).join(Address).where(Address.email == MAX)).one()
        savepoint = session.begin_nested()
        max_.name = "Robin Änder"
        everywhere.desk.for_chat(session, CHATS[OFFICE], about("nichts"), everywhere.at, NOWHERE)
        savepoint.rollback()
        max_.name = "Kim Vorlage"
        return everywhere.desk.for_chat(session, CHATS[OFFICE], about("Kim Vorlage"), everywhere.at, NOWHERE)

    assert everywhere.database.write_now(job).lines == ("K. V.",)


def test_a_name_that_was_corrected_is_left_out_of_notes_from_before(everywhere: Town) -> None:
    shown(everywhere, OFFICE, about("nichts"))
    for name in ("Robin Änder", "Kim Vorlage"):
        max_is(everywhere, name=name)
        assert shown(everywhere, OFFICE, about("Max Muster")).lines == ("M. M.",)
    restarted = Town(everywhere.database)
    assert shown(restarted, OFFICE, about("Max Muster, Robin Änder")).lines == ("M. M., R. Ä.",)


def test_a_name_that_another_instance_enters_is_noticed_at_once(everywhere: Town, url: str) -> None:
    assert shown(everywhere, OFFICE, about("Robin Änder")).lines == ("Robin Änder",)
    other = Database(url)
    Town(other).office(RegisterPerson("Robin Änder", "neu@probe.example.org", "Probe GmbH"))
    other.close()
    assert shown(everywhere, OFFICE, about("Robin Änder")).lines == ("R. Ä.",)


def test_nothing_is_loaded_again_while_no_name_changes(town: Town) -> None:
    town.link(ERIKA)
    shown(town, ERIKA, about("M1"))
    for said in ("M1 60 %", "ZUSAGE", "IDEE: Radweg am Kanal entlang"):
        town.chat(ERIKA, said)
        assert len(asked(town, about("M1"))) == 1
    max_is(town, phone="02041 777")
    assert len(asked(town, about("M1"))) > 1


def asked(town: Town, note: Note) -> list[str]:
    """What the database is asked while Erika's chat gets this note, which stays as it is."""
    statements: list[str] = []

    def job(session: Session) -> Note:
        driver: Any = session.connection().connection.driver_connection
        driver.set_trace_callback(statements.append)
        try:
            return town.desk.for_chat(session, CHATS[ERIKA], note, town.at + timedelta(seconds=5), NOWHERE)
        finally:
            driver.set_trace_callback(None)

    assert town.database.write_now(job) is note
    return statements


# The way to the names -------------------------------------------------------------------------------------------------


def test_what_was_sent_comes_in_full_by_mail_and_only_to_its_reader(town: Town) -> None:
    town.link(OFFICE)
    town.letter(MAX, "Wer bringt den Kuchen mit?")
    row = town.bubbles(OFFICE)[-1]
    assert row.id
    note = shown(town, OFFICE, unpack(row.note, Note), Origin("letter", row.id))
    assert note.title == "Nachricht von M. M."
    assert note.closing[-1] == "In Telegram stehen von anderen nur die Anfangsbuchstaben."
    button = note.actions[-1]
    assert (button.label, button.intent) == ("Mit Namen per E-Mail", MailMe(letter=row.id))
    assert town.tap(OFFICE, button).toast == "Per E-Mail unterwegs"
    town.tap(OFFICE, button)  # twice in a minute is one letter
    assert [unpack(each.note, Note).title for each in town.letters(OFFICE)] == ["Nachricht von Max Muster"]
    town.link(ERIKA)
    assert "nicht mehr vollständig" in town.tap(ERIKA, button).toast
    assert "Max Muster" not in "".join(str(each.note) for each in town.letters(ERIKA))


def test_the_letter_can_be_answered_like_the_bubble(town: Town) -> None:
    town.link(OFFICE)
    town.letter(MAX, "Wer bringt den Kuchen mit?")
    row = town.bubbles(OFFICE)[-1]
    town.tap(OFFICE, MailMe(letter=row.id or 0))
    town.reply(OFFICE, "Ich.")
    assert "Ich." in words(town.last_letter(MAX))


def test_the_answer_to_a_wish_is_asked_again_for_the_letter(town: Town) -> None:
    town.link(OFFICE)
    town.meeting(15)
    note = shown(town, OFFICE, town.chat(OFFICE, "OFFEN"))
    assert "E. B., Stahl GmbH" in words(note)
    assert note.actions[-1].intent == MailMe(ShowOutstanding())
    town.tap(OFFICE, note.actions[-1])
    assert "Erika Beispiel, Stahl GmbH" in words(town.last_letter(OFFICE))


def test_a_wish_that_would_change_something_is_never_repeated(town: Town) -> None:
    town.link(OFFICE)
    wish = RegisterPerson("Robin Änder", "neu@probe.example.org", "Probe GmbH")
    assert "nicht mehr vollständig" in town.tap(OFFICE, MailMe(wish)).toast
    assert town.letters("neu@probe.example.org") == []
    assert {wish for wish in with_names.SHOWING if wish in RIGHTS} <= HARMLESS | {ShowMyData}


def test_a_member_gets_nothing_by_mail_that_only_the_office_may_read(town: Town) -> None:
    town.link(ERIKA)
    assert "nur die Geschäftsstelle" in town.tap(ERIKA, MailMe(ShowOutstanding())).toast


def test_the_words_bring_what_the_chat_showed_last(town: Town) -> None:
    town.link(OFFICE)
    assert "zuletzt nichts" in words(town.chat(OFFICE, "MIT NAMEN"))
    town.letter(MAX, "Wer bringt den Kuchen mit?")
    intent = {"is": "MailMe", "letter": town.bubbles(OFFICE)[-1].id}
    town.database.write_now(lambda session: keyboards.keep(session, CHATS[OFFICE], [{"is": "Help"}, intent], town.at))
    assert "»Nachricht von Max Muster«" in words(town.chat(OFFICE, "mit Namen"))
    assert town.last_letter(OFFICE).title == "Nachricht von Max Muster"
    town.letter(OFFICE, "With names, please")
    assert town.last_letter(OFFICE).title == "Nachricht von Max Muster"


def test_the_button_does_not_make_the_chat_forget_what_it_was_asked(town: Town) -> None:
    town.link(OFFICE)
    town.letter(MAX, "Wer bringt den Kuchen mit?")
    case = unpack(town.bubbles(OFFICE)[-1].note, Note)
    town.tap(OFFICE, case.actions[0])
    town.tap(OFFICE, MailMe(letter=town.bubbles(OFFICE)[-1].id or 0))
    town.chat(OFFICE, "Ich bringe ihn mit.")
    assert "Ich bringe ihn mit." in words(town.last_letter(MAX))


def test_what_was_forgotten_meanwhile_cannot_be_mailed(town: Town) -> None:
    town.link(OFFICE)
    town.letter(MAX, "Wer bringt den Kuchen mit?")
    row = town.bubbles(OFFICE)[-1]

    def forget(session: Session) -> None:
        session.get_one(OutboxRow, row.id).note = {"is": "Note", "title": "Nachricht"}

    town.database.write_now(forget)
    assert "nicht mehr vollständig" in town.tap(OFFICE, MailMe(letter=row.id or 0)).toast


# Papers ---------------------------------------------------------------------------------------------------------------


def test_a_paper_with_names_comes_by_mail_once_and_the_chat_says_so(town: Town) -> None:
    town.link(OFFICE)
    note = town.chat(OFFICE, "EXPORT MITGLIEDER")
    assert note.papers
    for _ in range(2):
        in_chat = shown(town, OFFICE, note, Origin("answer:1"))
        assert in_chat.papers == ()
        assert in_chat.closing[-1] == "Die Datei enthält Namen. Deshalb kommt alles zusammen per E-Mail."
    assert [unpack(row.note, Note).papers for row in town.letters(OFFICE)] == [note.papers]


def test_without_an_address_that_works_the_chat_says_so_and_nothing_goes_round_in_circles(town: Town) -> None:
    town.link(OFFICE)
    note = town.chat(OFFICE, "EXPORT MITGLIEDER")
    shown(town, OFFICE, note, Origin("answer:1"))
    came_back = shown(town, OFFICE, note, Origin(town.letters(OFFICE)[-1].dedupe_key))
    assert "nimmt zurzeit nichts an" in came_back.closing[-1]

    def bounce(session: Session) -> None:
        session.exec(select(Address).where(Address.email == OFFICE)).one().dead = True

    town.database.write_now(bounce)
    assert "nimmt zurzeit nichts an" in shown(town, OFFICE, note, Origin("answer:2")).closing[-1]
    assert "nimmt zurzeit nichts an" in town.tap(OFFICE, MailMe(ShowOutstanding())).toast
    assert len(town.letters(OFFICE)) == 1


def test_a_long_word_beside_an_address_is_looked_through_at_once(town: Town) -> None:
    words = "x" * 200_000 + " a@b.example.org " + "Dr. " * 20_000
    assert "(Adresse ausgeblendet)" in shown(town, OFFICE, about(words)).lines[0]


def test_a_paper_without_names_is_shown_in_the_chat(town: Town) -> None:
    town.link(ERIKA)
    note = town.chat(ERIKA, "EXPORT")
    assert note.papers
    assert shown(town, ERIKA, note).papers == note.papers


def test_of_the_offices_report_the_chat_shows_only_the_picture(town: Town) -> None:
    town.link(OFFICE)
    report = shown(town, OFFICE, town.chat(OFFICE, "BERICHT"), Origin("answer:1"))

    def kinds(session: Session) -> list[str]:
        return [session.get_one(Paper, paper).media_type for paper in report.papers]

    assert town.database.read_now(kinds) == ["image/png"]
    assert len(unpack(town.letters(OFFICE)[-1].note, Note).papers) == 2


# What it costs --------------------------------------------------------------------------------------------------------


def test_looking_at_an_ordinary_answer_asks_the_database_once(town: Town) -> None:
    town.link(ERIKA)
    shown(town, ERIKA, about("M1"))
    assert len(asked(town, town.chat(ERIKA, "STATUS"))) == 1
