"""Somebody changes the company: the person keeps what is theirs, the measures get free, and the office decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alliance import rounds
from alliance.desk import Voice
from alliance.errors import Expired
from alliance.intents import (
    AnswerLead,
    AssignMeasure,
    ChangeCompany,
    DecideCompany,
    HandOver,
    NameDeputy,
    RegisterPerson,
)
from alliance.notes import Note
from alliance.packing import unpack
from alliance.understanding import understand
from store.tables import (
    Assignment,
    Channel,
    Company,
    CompanyChange,
    Deed,
    Deputyship,
    Measure,
    OutboxRow,
    Paper,
    Person,
)
from tests.town import ERIKA, MAX, NAMES, OFFICE, START, Town, button, copy_of, words

JUTTA = "jutta@stahl.example.org"
WISH = "WECHSEL: Neue GmbH"
TODAY = START.date()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, settled_sqlite: Path) -> Path:
    """Erika and the office chat. Jutta speaks for Stahl GmbH, as Erika does, and contributes to M2."""
    folder = tmp_path_factory.mktemp("moving")
    with copy_of(settled_sqlite, folder) as town:
        town.office(RegisterPerson("Jutta Probe", JUTTA, "Stahl GmbH"))
        town.office(AssignMeasure(2, JUTTA, lead=False))
        town.forget_letters()
        town.link(ERIKA)
        town.link(OFFICE)
    return folder / "town.db"


@pytest.fixture
def town(tmp_path: Path, settled: Path) -> Iterator[Town]:
    """That town, once for each test."""
    with copy_of(settled, tmp_path) as town:
        yield town


def bubble(town: Town, who: str) -> Note:
    return unpack(town.bubbles(who)[-1].note, Note)


def titles(rows: list[OutboxRow]) -> list[str]:
    return [row.note["title"] for row in rows]


def company(town: Town, email: str) -> str:
    person = town.person(email)
    return town.database.read_now(lambda session: session.get_one(Company, person.company_id).name)


def carriers(town: Town) -> set[tuple[int, str, bool]]:
    """Everybody who carries something: number, name, whether they lead it."""

    def job(session: Session) -> set[tuple[int, str, bool]]:
        statement = select(Measure.number, Person.name, Assignment.lead).select_from(Assignment)
        rows = session.exec(statement.join(Measure).join(Person)).all()
        return {(number, name, lead) for number, name, lead in rows}

    return town.database.read_now(job)


def deeds(town: Town, what: str) -> list[Deed]:
    return town.database.read_now(lambda session: list(session.exec(select(Deed).where(Deed.what == what))))


def decided(town: Town) -> Note:
    """Erika says so, and the office says JA."""
    town.chat(ERIKA, WISH)
    return town.tap(OFFICE, button(bubble(town, OFFICE), "Ja, eintragen"))


def receive(town: Town, table: bytes) -> Note:
    voice = Voice(Channel.MAIL, town.at, email=OFFICE, name=NAMES[OFFICE])
    return town.database.write_now(lambda session: town.desk.receive_file(session, voice, "mitglieder.csv", table))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("WECHSEL: Neue GmbH", ChangeCompany("Neue GmbH")),
        ("wechsel zu Neue GmbH & Co. KG", ChangeCompany("Neue GmbH & Co. KG")),
        ("Firmenwechsel: »Neue GmbH«", ChangeCompany("Neue GmbH")),
        ("SWITCH to New Ltd", ChangeCompany("New Ltd")),
        ("WECHSEL", ChangeCompany()),
    ],
)
def test_the_words_of_a_change_of_company(text: str, meant: object) -> None:
    assert understand(text, TODAY) == meant


@pytest.mark.parametrize(
    "text", ["Wechsel im Projektteam", "WECHSEL zu 60 %", f"WECHSEL: {'x' * 121}", "Wechsel wann?"]
)
def test_other_changes_are_no_change_of_company(text: str) -> None:
    assert not isinstance(understand(text, TODAY), ChangeCompany)


def test_nothing_changes_before_the_office_has_said_yes(town: Town) -> None:
    receipt = town.chat(ERIKA, WISH)
    assert receipt.title == "Weitergegeben: Ihr Wechsel zu Neue GmbH"
    assert "Stahl GmbH" in receipt.lines[0]
    note = bubble(town, OFFICE)
    assert note.title == "Erika Beispiel wechselt zu Neue GmbH?"
    assert "bisher Stahl GmbH" in note.lines[0]
    assert "M1 Radweg und M2 Flächenbörse" in words(note)
    assert "ZUORDNEN" in words(note)
    assert company(town, ERIKA) == "Stahl GmbH"
    assert (1, "Erika Beispiel", True) in carriers(town)


def test_yes_moves_the_person_and_frees_the_measures(town: Town) -> None:
    town.chat(ERIKA, "M1 60 %")
    receipt = decided(town)
    assert company(town, ERIKA) == "Neue GmbH"
    assert carriers(town) == {(2, "Jutta Probe", False), (3, "Max Muster", True)}
    assert [item.title for item in receipt.items] == ["M1 Radweg", "M2 Flächenbörse"]
    told = bubble(town, ERIKA)
    assert told.title == "Sie sprechen jetzt für Neue GmbH"
    assert "Nicht mehr bei Ihnen: M1 und M2." in words(told)
    assert "Ihre bisherigen Meldungen" in words(told)
    (report,) = deeds(town, "report")
    assert report.actor_id == town.person(ERIKA).id
    assert deeds(town, "accept-company")[0].details["measures"] == [1, 2]


def test_a_measure_gets_its_new_lead_with_one_tap_or_one_line(town: Town) -> None:
    receipt = decided(town)
    assert button(receipt, "M1 an Jutta Probe").word == f"ZUORDNEN M1 {JUTTA}"
    town.tap(OFFICE, button(receipt, "M1 an Jutta Probe"))
    assert (1, "Jutta Probe", True) in carriers(town)
    assert "gehört" not in words(town.chat(OFFICE, f"ZUORDNEN M2 {ERIKA}"))
    assert (2, "Erika Beispiel", True) in carriers(town)
    assert "hat inzwischen jemanden" in town.tap(OFFICE, button(receipt, "M2 an Jutta Probe")).toast


def test_what_somebody_else_leads_as_well_is_not_listed(town: Town) -> None:
    town.office(AssignMeasure(1, MAX))
    assert [item.title for item in decided(town).items] == ["M2 Flächenbörse"]


def test_no_tells_the_person_and_changes_nothing(town: Town) -> None:
    town.chat(ERIKA, WISH)
    receipt = town.tap(OFFICE, button(bubble(town, OFFICE), "Nein"))
    assert receipt.title == "Erika Beispiel spricht weiter für Stahl GmbH"
    assert bubble(town, ERIKA).title == "Sie sprechen weiter für Stahl GmbH"
    assert company(town, ERIKA) == "Stahl GmbH"
    assert (1, "Erika Beispiel", True) in carriers(town)


def test_by_mail_it_is_answered_with_yes(town: Town) -> None:
    town.letter(MAX, WISH)
    town.reply(MAX, "JA")
    town.tap(OFFICE, DecideCompany(1, accept=True))
    assert company(town, MAX) == "Neue GmbH"


def test_a_company_that_is_known_is_not_registered_twice(town: Town) -> None:
    town.chat(ERIKA, "WECHSEL: LOGISTIK")
    assert "schon eingetragen" in words(bubble(town, OFFICE))
    town.tap(OFFICE, DecideCompany(1, accept=True))
    assert company(town, ERIKA) == "Logistik KG"


def test_only_the_office_decides_and_only_once(town: Town) -> None:
    town.chat(ERIKA, WISH)
    assert "Geschäftsstelle" in town.tap(ERIKA, DecideCompany(1, accept=True)).toast
    town.tap(OFFICE, DecideCompany(1, accept=False))
    assert "schon entschieden" in town.tap(OFFICE, DecideCompany(1, accept=True)).toast
    assert company(town, ERIKA) == "Stahl GmbH"


def test_the_latest_word_counts_and_can_be_taken_back(town: Town) -> None:
    town.chat(ERIKA, "WECHSEL: Neu GmbH")
    assert "liegt schon" in town.chat(ERIKA, "WECHSEL: Neu").lines[0]
    receipt = town.chat(ERIKA, WISH)
    assert "schon entschieden" in town.tap(OFFICE, DecideCompany(1, accept=True)).toast
    assert town.tap(ERIKA, receipt.actions[0]).title == "Zurückgenommen: Sie sprechen weiter für Stahl GmbH"
    assert "schon entschieden" in town.tap(OFFICE, DecideCompany(2, accept=True)).toast
    assert company(town, ERIKA) == "Stahl GmbH"


def test_the_own_company_is_no_change_and_no_company_is_asked_for(town: Town) -> None:
    assert "schon für »Stahl GmbH«" in town.chat(ERIKA, "WECHSEL: Stahl").lines[0]
    assert town.chat(ERIKA, "WECHSEL").title == "Für wen sprechen Sie jetzt?"
    assert town.database.read_now(lambda session: session.exec(select(CompanyChange)).all()) == []


def test_open_offers_of_measures_are_void_and_all_sides_hear_of_it(town: Town) -> None:
    town.letter(MAX, "STATUS")
    town.reply(MAX, f"ABGEBEN M3 an {ERIKA}")
    town.tap(ERIKA, HandOver(1, MAX))
    decided(town)
    offered = [row for row in town.letters(MAX) if row.note["title"] == "Übernehmen Sie M1 Radweg?"]
    assert [row.state for row in offered] == ["dropped"]
    assert "Nicht übergeben: M3 Messe" in titles(town.letters(MAX))
    assert "hat sich erledigt" in town.tap(ERIKA, AnswerLead(1, accept=True)).toast
    assert (3, "Max Muster", True) in carriers(town)


def test_a_running_deputyship_ends_with_the_change(town: Town) -> None:
    town.tap(ERIKA, NameDeputy(MAX, TODAY + timedelta(days=30)))
    town.reply(MAX, "JA")
    decided(town)
    assert "Sie vertreten Stahl GmbH nicht mehr" in titles(town.letters(MAX))
    assert "Ihre Vertretung ist beendet" in titles(town.bubbles(ERIKA))
    (ended,) = town.database.read_now(lambda session: session.exec(select(Deputyship)).all())
    assert ended.ended_at == town.at


def test_who_has_left_meanwhile_is_not_moved(town: Town) -> None:
    town.chat(ERIKA, WISH)
    town.chat(ERIKA, "ABMELDEN")
    assert "hat sich erledigt" in town.tap(OFFICE, DecideCompany(1, accept=True)).toast
    assert company(town, ERIKA) == "Stahl GmbH"


def test_an_import_corrects_a_company_and_says_what_stays(town: Town) -> None:
    table = f"Name;E-Mail;Unternehmen\r\nErika Beispiel;{ERIKA};Stahl und Eisen GmbH\r\n"
    shown = receive(town, table.encode())
    assert "Erika Beispiel behält dabei M1 und M2." in words(shown)
    assert "WECHSEL" in words(shown)
    town.tap(OFFICE, button(shown, "✓ Ja, übernehmen"))
    assert company(town, ERIKA) == "Stahl und Eisen GmbH"
    assert (1, "Erika Beispiel", True) in carriers(town)


# Leaving --------------------------------------------------------------------------------------------------------------


def test_who_leaves_lets_go_of_their_measures_and_the_office_can_give_them(town: Town) -> None:
    town.chat(ERIKA, "ABMELDEN")
    note = bubble(town, OFFICE)
    assert "Ohne Verantwortliche sind jetzt: M1 und M2" in note.lines
    assert carriers(town) == {(2, "Jutta Probe", False), (3, "Max Muster", True)}
    town.tap(OFFICE, button(note, "M2 an Jutta Probe"))
    assert (2, "Jutta Probe", True) in carriers(town)


def test_who_comes_back_carries_nothing_until_it_is_given_to_them(town: Town) -> None:
    town.chat(ERIKA, "ABMELDEN")
    town.at += timedelta(minutes=1)
    town.office(RegisterPerson("Erika Beispiel", ERIKA, "Stahl GmbH"))
    assert not any(name == "Erika Beispiel" for _, name, _ in carriers(town))


def test_nobody_who_left_counts_as_lead_even_where_the_table_still_says_so(town: Town) -> None:
    number = town.person(ERIKA).id

    def leave_the_old_way(session: Session) -> None:
        session.get_one(Person, number).left_at = town.at

    town.database.write_now(leave_the_old_way)
    assert (1, "Erika Beispiel", True) in carriers(town)
    assert town.database.read_now(lambda session: [person.name for person, _ in rounds.led(session)]) == ["Max Muster"]
    note = town.chat(OFFICE, "EXPORT PLAN CSV")
    table = town.database.read_now(lambda session: session.get_one(Paper, note.papers[0]).content.decode("utf-8-sig"))
    assert MAX in table
    assert ERIKA not in table


def test_a_wish_from_before_somebody_left_moves_nobody_who_came_back(town: Town) -> None:
    town.chat(ERIKA, "WECHSEL: Neubau GmbH")
    made = town.database.read_now(lambda session: session.exec(select(CompanyChange)).one())
    town.chat(ERIKA, "ABMELDEN")
    town.at += timedelta(days=2)
    town.office(RegisterPerson("Erika Beispiel", ERIKA, "Dritte AG"))
    with pytest.raises(Expired):
        town.office(DecideCompany(made.id or 0, accept=True))


def test_a_wish_that_nobody_answered_in_two_months_is_put_before_the_office_again(town: Town) -> None:
    town.chat(ERIKA, "WECHSEL: Neubau GmbH")
    town.at += timedelta(days=59)
    assert "liegt schon" in words(town.chat(ERIKA, "WECHSEL: Neubau GmbH"))
    town.at += timedelta(days=1)
    assert "Neubau GmbH" in town.chat(ERIKA, "WECHSEL: Neubau GmbH").title
