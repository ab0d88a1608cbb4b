"""The office's spreadsheets: a dry run that says everything, all of it after JA, and the way back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter
from sqlmodel import Session, col, select

from alliance.desk import Voice
from alliance.intents import ApplyImport, AssignMeasure, Invite, RegisterPerson
from alliance.notes import Note
from store.database import Database
from store.tables import (
    Address,
    Amendment,
    Assignment,
    Channel,
    Company,
    Deed,
    Goal,
    LeadOffer,
    Measure,
    Meeting,
    OutboxRow,
    Person,
    PlanField,
    PlanVersion,
    ProgressReport,
    Sending,
    Upload,
)
from tests.town import BERLIN, CHATS, ERIKA, MAX, NAMES, OFFICE, START, Town, button, words
from texts import say

NEW = "neu@werk.example.org"
YES, NO, UNDO = "✓ Ja, übernehmen", "Nein, verwerfen", "Rückgängig"


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    sqlite_town.link(OFFICE)
    return sqlite_town


def sent(town: Town, content: str | bytes, words: str = "", *, who: str = OFFICE, name: str = "liste.csv") -> Note:
    """A file in the person's chat."""
    raw = content.encode() if isinstance(content, str) else content
    voice = Voice(Channel.TELEGRAM, town.at, chat_id=CHATS[who], name=NAMES[who])
    return town.database.write_now(lambda session: town.desk.receive_file(session, voice, name, raw, words))


def mailed(town: Town, content: str, *, who: str = OFFICE, token: str = "", forged: bool = False) -> Note:
    """A file in a letter, answered by mail."""
    voice = Voice(Channel.MAIL, town.at, email=who, name=NAMES.get(who, ""), token=token, forged=forged)

    def job(session: Session) -> Note:
        note = town.desk.receive_file(session, voice, "liste.csv", content.encode())
        town.desk.answer_by_mail(session, voice, note, "<liste@example.org>")
        return note

    return town.database.write_now(job)


def taken(town: Town, content: str | bytes, words: str = "") -> Note:
    """A file that is taken over."""
    return town.tap(OFFICE, button(sent(town, content, words), YES))


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as made:
        for name, rows in sheets:
            page = made.add_worksheet(name)
            for line, row in enumerate(rows):
                for at, value in enumerate(row):
                    if value is not None:
                        page.write(line, at, value)
    return target.getvalue()


def all_of(town: Town, kind: type[Any]) -> list[Any]:
    return town.database.read_now(lambda session: list(session.exec(select(kind).order_by(col(kind.id)))))


def snapshot(town: Town) -> dict[str, list[dict[str, Any]]]:
    """Everything an import may touch, without what counts up."""
    kinds = (Company, Person, Address, PlanField, Goal, Measure, Assignment, Meeting)
    left_out = {Measure: {"version"}, Assignment: {"id"}, Person: {"last_contact_at"}}
    rows = {kind: [row.model_dump(exclude=left_out.get(kind)) for row in all_of(town, kind)] for kind in kinds}
    return {kind.__name__: sorted(found, key=repr) for kind, found in rows.items()}


def all_are_sent(town: Town, to: str = "") -> None:
    """What waits in the outbox goes out."""

    def job(session: Session) -> None:
        for row in session.exec(select(OutboxRow)):
            row.state = Sending.SENT if to in {"", row.to} else row.state

    town.database.write_now(job)


def carriers(town: Town, number: int, *, lead: bool) -> set[str]:
    statement = (
        select(Address.email)
        .join(Assignment, col(Assignment.person_id) == Address.person_id)
        .join(Measure, col(Measure.id) == Assignment.measure_id)
        .where(Measure.number == number, Assignment.lead == lead)
    )
    return town.database.read_now(lambda session: set(session.exec(statement)))


def adopt(town: Town) -> None:
    town.database.write_now(lambda session: session.add(PlanVersion(state="adopted", at=town.at)))


# --- what a dry run says


@pytest.mark.fault(62)
def test_a_dry_run_counts_and_names_the_changes_and_changes_nothing(town: Town) -> None:
    before = snapshot(town)
    note = sent(town, "Nr.;Maßnahme;Termin\n1;Radweg am Kanal;31.12.2027\n2;Flächenbörse;\n;Stadtbad;\n")
    said = words(note)
    assert "Maßnahmen: 1 neu, 1 geändert, 1 gleich" in said
    assert "M1 Maßnahme: Radweg → Radweg am Kanal" in said
    assert "M1 Termin: – → 31.12.2027" in said
    assert "neu: M5 Stadtbad" in said
    assert "Eine Person erfährt in einer Nachricht" in said  # Erika, who leads M1
    assert [action.word for action in note.actions] == ["JA", "NEIN"]
    assert snapshot(town) == before
    assert not town.letters(ERIKA)


def test_many_changes_are_shown_in_part_and_counted(town: Town) -> None:
    rows = "".join(f";Vorhaben {number}\n" for number in range(50))
    note = sent(town, f"Nr.;Maßnahme\n{rows}")
    assert "Maßnahmen: 50 neu" in words(note)
    assert "… und 30 weitere Änderungen" in words(note)


def test_many_errors_are_shown_in_part_and_counted(town: Town) -> None:
    rows = "".join(f";Vorhaben {number};bald\n" for number in range(50))
    note = sent(town, f"Nr.;Maßnahme;Termin\n{rows}")
    assert sum("»bald« ist kein Datum" in line for line in note.lines) == 30
    assert note.title == "»liste.csv«: 50 Stellen stimmen noch nicht"
    assert "… und 20 weitere Stellen" in note.lines
    assert not note.actions


def test_nothing_new_is_said_in_a_word(town: Town) -> None:
    note = sent(town, "Nr.;Maßnahme\n1;Radweg\n")
    assert note.title == "»liste.csv«: Alles ist schon so"
    assert not note.actions
    assert not all_of(town, Upload)


def test_unknown_columns_and_sheets_are_named_and_left_out(town: Town) -> None:
    content = workbook(
        ("Plan", [["Nr.", "Maßnahme", "Haushaltsstelle"], [1, "Radweg", "4711"]]),
        ("Rezepte", [["Mehl", "Zucker"], [1, 2]]),
        ("Hinweise", [["Leere Zellen", "bleiben"]]),
    )
    said = words(sent(town, content))
    assert "Diese Spalten kenne ich nicht und lasse sie aus: Haushaltsstelle" in said
    assert "Diese Blätter lasse ich aus: Rezepte" in said


def test_a_member_is_refused_in_a_friendly_way(town: Town) -> None:
    town.link(ERIKA)
    note = sent(town, "Nr.;Maßnahme\n1;Radweg\n", who=ERIKA)
    assert note.lines == (say("de", "refusal-office-only"),)
    assert not all_of(town, Upload)


# --- by mail


def test_a_letter_without_proof_gets_its_dry_run_and_ja_to_that_takes_it_over(town: Town) -> None:
    mailed(town, "Nr.;Maßnahme\n1;Radweg am Kanal\n")
    assert town.measure(1).title == "Radweg"
    town.reply(OFFICE, "JA")
    assert town.measure(1).title == "Radweg am Kanal"


def test_a_forged_letter_gets_no_dry_run(town: Town) -> None:
    mailed(town, "Nr.;Maßnahme\n1;Radweg am Kanal\n", forged=True)
    assert not all_of(town, Upload)
    assert not any("Radweg am Kanal" in str(row.note) for row in town.letters(OFFICE))


def test_nein_drops_the_file(town: Town) -> None:
    note = sent(town, "Nr.;Maßnahme\n1;Radweg am Kanal\n")
    town.tap(OFFICE, button(note, NO))
    assert not all_of(town, Upload)
    assert say("de", "refusal-import-gone") in words(town.tap(OFFICE, button(note, YES)))
    assert town.measure(1).title == "Radweg"


# --- what is wrong in a row


@pytest.mark.parametrize(
    ("headings", "row", "complaint"),
    [
        ("Nr.;Termin", "1;31.02.2027", "Zeile 2, Spalte Termin: »31.02.2027« ist kein Datum. Bitte so: 31.12.2027."),
        ("Nr.;Termin", "1;03/04/2027", "Zeile 2, Spalte Termin: »3/4/2027« kann zweierlei bedeuten."),
        ("Nr.;Termin", "1;Ende März", "»Ende März« ist kein Datum"),
        ("Nr.;Fortschritt", "1;101", "»101« ist keine ganze Zahl von 0 bis 100"),
        ("Nr.;Fortschritt", "1;0,6", "»0,6« ist keine ganze Zahl von 0 bis 100"),
        ("Nr.;Fortschritt", "1;-5", "»-5« ist keine ganze Zahl von 0 bis 100"),
        ("Nr.;Status", "1;prima", "»prima« ist kein Status"),
        ("Nr.;Verantwortlich", "1;erika@stahl.example.com", "Meinten Sie »erika@stahl.example.org«?"),
        ("Nr.;Verantwortlich", "1;wer@ganz.anders.example", "»wer@ganz.anders.example« ist kein Mitglied"),
        ("Nr.;Verantwortlich", "1;Erika", "»erika« ist keine E-Mail-Adresse"),
        ("Nr.;Themenfeld", "1;Infrastrucktur", "Meinten Sie »Infrastruktur«?"),
        ("Nr.;Themenfeld", "1;Kunst", "Es wird angelegt, wenn Sie in der Zeile auch seine Themengruppe nennen"),
        ("Nr.;Operatives Ziel", "1;Mehr Wege", "Ein operatives Ziel braucht ein strategisches"),
        ("Nr.;Beginn;Termin", "1;01.02.2027;31.01.2027", "Spalte Termin: Das Ende liegt vor dem Beginn"),
        ("Nr.;Meilensteine", "1;30.06.2027:", "fehlt, worum es geht"),
        ("Nr.;Maßnahme", "1;-", "Spalte Maßnahme: Hier muss etwas stehen"),
        ("Nr.;Maßnahme", ";", ""),
        ("Nr.;Maßnahme", "zwölf;Stadtbad", "»zwölf« ist keine Nummer"),
        ("Nr.;Maßnahme;Themenfeld", ";radweg;Infrastruktur", "Diese Maßnahme gibt es schon als M1"),
        ("Nr.;Maßnahme", "7;" + "x" * 301, "Der Text ist zu lang, höchstens 300 Zeichen"),
        ("Name;E-Mail;Unternehmen", "Robin Probe;robin@;Probe GmbH", "»robin@« ist keine E-Mail-Adresse"),
        ("Name;E-Mail;Unternehmen", f";{NEW};Probe GmbH", "Spalte Name: Hier muss etwas stehen"),
        ("Name;E-Mail;Unternehmen;Rolle", f"Robin;{NEW};Probe GmbH;Chef", "Möglich sind: Mitglied, Beobachter"),
        ("Name;E-Mail;Unternehmen;Rolle", f"G;{OFFICE};Stadt;Mitglied", "gibt und nimmt keine Tabelle"),
        ("Art;Titel;Datum;Beginn", "Allianz;Sitzung;01.12.2025;17:00", say("de", "refusal-meeting-past")),
        ("Art;Titel;Datum;Beginn", "Allianz;Sitzung;01.12.2026;25:00", "»25:00« ist keine Uhrzeit"),
        ("Art;Titel;Datum;Beginn", "Stammtisch;Sitzung;01.12.2026;17:00", "Möglich sind: Allianz, AG"),
        ("Art;Titel;Datum;Beginn;Ende", "AG;Sitzung;01.12.2026;17:00;16:00", say("de", "refusal-meeting-ends")),
        ("Nr.", "1", "Spalte Maßnahme: Diese Spalte fehlt"),
        ("Farbe;Form", "rot;rund", "Ich finde keine Überschriften, die ich kenne"),
    ],
)
@pytest.mark.fault(62)
def test_what_is_wrong_is_said_with_row_and_column(town: Town, headings: str, row: str, complaint: str) -> None:
    if headings.startswith("Nr.;") and "Maßnahme" not in headings:
        headings, row = f"{headings};Maßnahme", f"{row};Radweg"
    note = sent(town, f"{headings}\n{row}\n")
    assert complaint in words(note)
    assert not note.actions


@pytest.mark.fault(62)
def test_numbers_and_addresses_stand_only_once(town: Town) -> None:
    assert "Spalte Nr.: Das steht schon in Zeile 2" in words(sent(town, "Nr.;Maßnahme\n7;Bad\nM7;Zoo\n"))
    rows = f"Robin Probe;{NEW};Probe GmbH\nRobin Probe;{NEW.upper()};Probe GmbH\n"
    assert "Zeile 3, Spalte E-Mail: Das steht schon in Zeile 2" in words(sent(town, f"Name;E-Mail;Unternehmen\n{rows}"))


@pytest.mark.fault(62)
def test_joined_cells_and_failed_formulas_are_named(town: Town) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        page = made.add_worksheet("Plan")
        page.write_row(0, 0, ["Nr.", "Maßnahme", "Themenfeld"])
        page.write_row(1, 0, [1, "Radweg"])
        page.write_row(2, 0, [2, "Flächenbörse"])
        page.merge_range(1, 2, 2, 2, "Infrastruktur")
        page.write_formula(2, 1, "=#REF!", None, "#REF!")
    said = words(sent(town, target.getvalue()))
    assert "Blatt »Plan«, Zeile 2, Spalte Themenfeld: Bis Zeile 3 sind Zellen verbunden." in said
    assert "Zeile 3, Spalte Maßnahme: Hier steht eine Formel, die einen Fehler ergibt." in said


def test_a_phone_number_that_became_a_figure_is_not_taken(town: Town) -> None:
    content = workbook(("Firmen", [["Unternehmen", "Telefon"], ["Probe GmbH", 20411234]]))
    assert "die Null am Anfang verloren" in words(sent(town, content))


def test_a_file_that_is_no_spreadsheet_is_refused_in_a_sentence(town: Town) -> None:
    note = sent(town, b"\x89PNG\r\n\x1a\n\0\0", name="foto.xlsx")
    assert note.title == "»foto.xlsx« kann ich nicht lesen"
    assert "keine Tabelle, die ich öffnen kann" in words(note)


# --- what is taken over


def test_the_plan_is_taken_over_with_all_its_columns(town: Town) -> None:
    headings = [
        "Themengruppe",
        "Themenfeld",
        "Strategisches Ziel",
        "Operatives Ziel",
        "Nr.",
        "Maßnahme",
        "Initiative",
        "Verantwortlich (E-Mail)",
        "Beteiligt (E-Mails)",
        "Beginn",
        "Termin",
        "Status",
        "Fortschritt %",
        "Voraussichtlich",
        "Meilensteine",
        "Nachweise",
        "Bemerkung",
    ]
    row = [
        "Gruppe 3",
        "Fachkräfte",
        "Köpfe gewinnen",
        "Ausbildung stärken",
        None,
        "Ausbildungsmesse",
        "Wirtschaft",
        ERIKA,
        f"{MAX}, {OFFICE}",
        date(2027, 1, 1),
        "31.12.2027",
        "in Arbeit",
        "40 %",
        46387,
        "✓ 30.06.2027: Halle gebucht\nPlakate",
        "https://example.org/messe\nFoto",
        "Läuft gut",
    ]
    taken(town, workbook(("Plan", [headings, row])))
    measure = town.measure(5)
    assert (measure.title, measure.field, measure.initiative) == ("Ausbildungsmesse", "Fachkräfte", "business")
    assert (measure.begins, measure.due, measure.expected) == (date(2027, 1, 1), date(2027, 12, 31), date(2026, 12, 31))
    assert (measure.status, measure.percent, measure.note) == ("running", 40, "Läuft gut")
    assert measure.milestones == [
        {"title": "Halle gebucht", "due": "2027-06-30", "done": True},
        {"title": "Plakate", "due": None, "done": False},
    ]
    assert measure.evidence == ["https://example.org/messe", "Foto"]
    assert carriers(town, 5, lead=True) == {ERIKA}
    assert carriers(town, 5, lead=False) == {MAX, OFFICE}
    goals = {goal.id: goal for goal in all_of(town, Goal)}
    operative = goals[measure.goal_id]
    assert (goals[operative.parent_id].title, operative.title) == ("Köpfe gewinnen", "Ausbildung stärken")
    field = next(one for one in all_of(town, PlanField) if one.name == "Fachkräfte")
    assert (field.group_name, operative.field_id) == ("Gruppe 3", field.id)


def test_status_and_progress_are_a_report_of_the_office_and_agree_with_each_other(town: Town) -> None:
    taken(town, "Nr.;Maßnahme;Status;Fortschritt;Bemerkung\n1;;fertig;;\n2;;;100;\n3;;;20;kommt voran\n4;;;;\n")
    assert [(town.measure(n).status, town.measure(n).percent) for n in (1, 2, 3, 4)] == [
        ("done", 100),
        ("done", 100),
        ("running", 20),
        ("open", 0),
    ]
    reports = all_of(town, ProgressReport)
    assert [report.text for report in reports] == ["", "", "kommt voran"]
    assert {report.person_id for report in reports} == {town.person(OFFICE).id}
    assert town.measure(3).reported_at == START
    assert town.measure(4).reported_at is None


def test_a_card_from_before_an_import_is_stale(town: Town) -> None:
    town.link(ERIKA)
    card = button(town.chat(ERIKA, "M1"), "50 %")
    taken(town, "Nr.;Maßnahme;Fortschritt\n1;;20\n")
    town.tap(ERIKA, card)
    assert town.measure(1).percent == 20


def test_empty_cells_stay_and_a_dash_clears(town: Town) -> None:
    taken(town, "Nr.;Maßnahme;Termin;Bemerkung;Verantwortlich\n1;;31.12.2027;mit Rad;\n")
    taken(town, "Nr.;Maßnahme;Termin;Bemerkung;Verantwortlich\n1;;;-;leer\n")
    assert (town.measure(1).due, town.measure(1).note) == (date(2027, 12, 31), "")
    assert carriers(town, 1, lead=True) == set()


def test_a_group_gets_another_name_when_all_rows_of_a_field_say_so(town: Town) -> None:
    rows = "Nr.;Maßnahme;Themengruppe\n1;;{one}\n2;;{two}\n"
    assert sent(town, rows.format(one="Standort", two="Zukunft")).title.endswith("Alles ist schon so")
    note = sent(town, rows.format(one="Standort", two="Standort"))
    assert "Themengruppe »–« heißt dann »Standort«" in words(note)
    receipt = town.tap(OFFICE, button(note, YES))
    assert {one.name: one.group_name for one in all_of(town, PlanField)}["Infrastruktur"] == "Standort"
    town.tap(OFFICE, button(receipt, UNDO))
    assert {one.name: one.group_name for one in all_of(town, PlanField)}["Infrastruktur"] == ""


def test_a_goal_moves_along_with_its_measure_to_another_field(town: Town) -> None:
    headings = "Nr.;Maßnahme;Themengruppe;Themenfeld;Strategisches Ziel\n"
    taken(town, f"{headings}1;;;;Mehr Wege\n4;;Gruppe;Netze;\n")
    taken(town, f"{headings}1;;;Netze;\n")
    goal = next(goal for goal in all_of(town, Goal) if goal.id == town.measure(1).goal_id)
    field = next(one for one in all_of(town, PlanField) if one.id == goal.field_id)
    assert (goal.title, field.name) == ("Mehr Wege", "Netze")


def test_somebody_named_for_both_leads(town: Town) -> None:
    taken(town, f"Nr.;Maßnahme;Verantwortlich;Beteiligt\n4;;{MAX};{MAX}, {ERIKA}\n")
    assert carriers(town, 4, lead=True) == {MAX}
    assert carriers(town, 4, lead=False) == {ERIKA}


def test_a_new_meeting_goes_back_by_going_or_by_being_cancelled(town: Town) -> None:
    rows = "Art;Titel;Datum;Beginn\nAG;Auftakt;15.12.2026;17:00\n"
    town.tap(OFFICE, button(taken(town, rows), UNDO))
    assert not all_of(town, Meeting)
    note = taken(town, rows)
    town.office(Invite(all_of(town, Meeting)[0].id))
    town.tap(OFFICE, button(note, UNDO))
    assert all_of(town, Meeting)[0].cancelled_at is not None


@pytest.mark.fault(62)
def test_the_first_good_row_waits_for_the_last_bad_one(town: Town) -> None:
    assert not sent(town, "Nr.;Maßnahme;Termin\n1;Radweg am Kanal;\n2;;gestern\n").actions
    assert not all_of(town, Upload)


def test_rows_that_are_missing_are_left_alone(town: Town) -> None:
    before = snapshot(town)["Measure"]
    taken(town, "Nr.;Maßnahme\n1;Radweg am Kanal\n")
    after = snapshot(town)["Measure"]
    assert [row for row in after if row["number"] != 1] == [row for row in before if row["number"] != 1]


def test_new_members_are_welcomed_with_their_measures_and_their_company_is_registered(town: Town) -> None:
    content = workbook(
        (
            "Mitglieder",
            [["Name", "E-Mail", "Firma", "Telefon", "Sprache"], ["Robin Probe", NEW, "Werk eG", "02041 7", "en"]],
        ),
        ("Plan", [["Nr.", "Maßnahme", "Verantwortlich"], [4, "Glasfaser", NEW]]),
    )
    note = sent(town, content)
    assert "Unternehmen, die dabei angelegt werden: Werk eG" in words(note)
    assert "Dabei wird ein neues Mitglied begrüßt." in words(note)
    town.tap(OFFICE, button(note, YES))
    person = town.person(NEW)
    assert (person.name, person.phone, person.language) == ("Robin Probe", "02041 7", "en")
    assert [company.name for company in all_of(town, Company)][-1] == "Werk eG"
    letters = town.letters(NEW)
    assert len(letters) == 1  # the welcome, which has the measure in it
    assert "M4 Glasfaser" in words(town.last_letter(NEW))


def test_a_company_is_known_however_a_member_list_spells_it(town: Town) -> None:
    note = sent(town, f"Name;E-Mail;Unternehmen\nErika Beispiel;{ERIKA};stahl gmbh\nRobin;{NEW};STAHL\n")
    assert "Mitglieder: 1 neu, 0 geändert, 1 gleich" in words(note)
    town.tap(OFFICE, button(note, YES))
    assert town.person(NEW).company_id == town.person(ERIKA).company_id


def test_who_had_left_is_taken_back_in(town: Town) -> None:
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    assert town.person(MAX).left_at is not None
    note = taken(town, f"Name;E-Mail;Unternehmen\nMax Muster;{MAX};Logistik KG\n")
    assert "Mitglieder: 1 neu" in words(note)
    assert town.person(MAX).left_at is None
    undone = town.tap(OFFICE, button(note, UNDO))
    assert undone.title == say("de", "office-import-undone-title")
    assert town.person(MAX).left_at is not None


def test_everybody_concerned_gets_one_letter_with_all_that_is_new_for_them(town: Town) -> None:
    rows = f"1;;{MAX};31.12.2027\n3;;;30.06.2027\n4;;{MAX};\n"
    taken(town, f"Nr.;Maßnahme;Verantwortlich;Termin\n{rows}")
    assert len(town.letters(MAX)) == 1
    said = words(town.last_letter(MAX))
    assert "2 Maßnahmen zugeordnet" in said
    assert "M3 Termin: – → 30.06.2027" in said
    assert all(title in said for title in ("M1 Radweg", "M3 Messe", "M4 Glasfaser"))
    assert len(town.letters(ERIKA)) == 1
    assert "Nicht mehr eingetragen sind Sie für M1" in words(town.last_letter(ERIKA))


def test_who_is_given_the_lead_need_not_answer_an_offer_any_more(town: Town) -> None:
    town.link(ERIKA)
    town.chat(ERIKA, f"ABGEBEN M1 an {MAX}")
    assert [offer.answered_at for offer in all_of(town, LeadOffer)] == [None]
    taken(town, f"Nr.;Maßnahme;Verantwortlich\n1;;{OFFICE}\n")
    assert [offer.answered_at for offer in all_of(town, LeadOffer)] == [START]


def test_who_has_left_hears_of_nothing(town: Town) -> None:
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    before = len(town.letters(MAX))
    note = taken(town, "Nr.;Maßnahme;Termin\n3;;31.12.2027\n")
    assert "erfährt" not in words(note)
    assert len(town.letters(MAX)) == before


def test_meetings_are_planned_and_changed_as_if_said(town: Town) -> None:
    headings = ["Art", "Titel", "Datum", "Beginn", "Ende", "Ort"]
    row = ["Allianz", "Herbstsitzung", date(2026, 12, 15), "17:00", "19:00", "Rathaus"]
    taken(town, workbook(("Sitzungen", [headings, row])))
    (meeting,) = all_of(town, Meeting)
    assert meeting.starts_at.astimezone(BERLIN) == datetime.combine(date(2026, 12, 15), time(17), BERLIN)
    town.office(Invite(meeting.id))
    all_are_sent(town)
    note = taken(town, workbook(("Sitzungen", [headings, [*row[:3], "18:00", "20:00", "Museum"]])))
    (meeting,) = all_of(town, Meeting)
    assert (meeting.place, meeting.sequence) == ("Museum", 1)
    assert [row.state for row in town.letters(ERIKA)] == [Sending.SENT, Sending.QUEUED]
    town.tap(OFFICE, button(note, UNDO))
    (meeting,) = all_of(town, Meeting)
    assert meeting.place == "Rathaus"
    assert meeting.starts_at.astimezone(BERLIN).hour == 17


# --- an adopted plan


def test_an_adopted_plan_needs_a_reason_and_keeps_each_change(town: Town) -> None:
    adopt(town)
    rows = "Nr.;Maßnahme;Termin;Fortschritt;Begründung\n1;;31.12.2027;;{why}\n2;;;50;\n"
    note = sent(town, rows.format(why=""))
    assert "Zeile 2, Spalte Begründung: Der Plan ist beschlossen." in words(note)
    assert len(note.lines) == 1  # a report needs no reason
    taken(town, rows.format(why="Gutachten kommt später"))
    (amendment,) = all_of(town, Amendment)
    assert (amendment.what, amendment.before, amendment.after) == ("due", "", "2027-12-31")
    assert amendment.why == "Gutachten kommt später"


def test_a_line_in_the_letter_is_the_reason_for_all_rows(town: Town) -> None:
    adopt(town)
    content = "Nr.;Maßnahme;Meilensteine\n1;;30.06.2027: Gutachten\n;Stadtbad;\n"
    assert not sent(town, content, "Anbei der Plan, viele Grüße").actions
    taken(town, content, "Guten Tag,\nBegründung: Beschluss der AG\nViele Grüße")
    assert [(one.what, one.after, one.why) for one in all_of(town, Amendment)] == [
        ("milestone", "Gutachten (30.06.2027)", "Beschluss der AG"),
        ("added", "Stadtbad", "Beschluss der AG"),
    ]


def test_a_milestone_that_was_reached_needs_no_reason(town: Town) -> None:
    taken(town, "Nr.;Maßnahme;Meilensteine\n1;;30.06.2027: Gutachten\n")
    adopt(town)
    taken(town, "Nr.;Maßnahme;Meilensteine\n1;;✓ 30.06.2027: Gutachten\n")
    assert town.measure(1).milestones[0]["done"] is True
    assert not all_of(town, Amendment)


# --- between dry run and JA


def test_ja_shows_a_new_dry_run_if_things_have_changed_since(town: Town) -> None:
    note = sent(town, "Nr.;Maßnahme;Fortschritt\n1;;60\n")
    taken(town, "Nr.;Maßnahme;Fortschritt\n1;;20\n")
    again = town.tap(OFFICE, button(note, YES))
    assert "Seit dem Probelauf hat sich etwas geändert" in words(again)
    assert "M1 Fortschritt %: 20 % → 60 %" in words(again)
    assert town.measure(1).percent == 20
    town.tap(OFFICE, button(again, YES))
    assert town.measure(1).percent == 60


def test_what_changed_elsewhere_does_not_hold_up_an_import(town: Town) -> None:
    note = sent(town, "Nr.;Maßnahme;Fortschritt\n1;;60\n")
    taken(town, "Nr.;Maßnahme;Fortschritt\n3;;20\n")
    town.tap(OFFICE, button(note, YES))
    assert town.measure(1).percent == 60


def test_a_second_ja_does_nothing(town: Town) -> None:
    note = sent(town, "Nr.;Maßnahme\n;Stadtbad\n")
    town.tap(OFFICE, button(note, YES))
    again = town.tap(OFFICE, button(note, YES))
    assert say("de", "refusal-import-done") in words(again)
    assert len(all_of(town, Measure)) == 5


def test_a_member_cannot_take_over_a_file(town: Town) -> None:
    town.link(ERIKA)
    sent(town, "Nr.;Maßnahme\n;Stadtbad\n")
    (upload,) = all_of(town, Upload)
    assert say("de", "refusal-office-only") in words(town.tap(ERIKA, ApplyImport(upload.id)))


def test_a_file_without_ja_is_forgotten_after_two_weeks(town: Town) -> None:
    sent(town, "Nr.;Maßnahme\n;Stadtbad\n")
    town.at += timedelta(days=15)
    sent(town, "Nr.;Maßnahme\n;Zoo\n")
    assert len(all_of(town, Upload)) == 1


# --- the way back

EVERYTHING: list[tuple[str, list[list[Any]]]] = [
    ("Firmen", [["Unternehmen", "Telefon"], ["Stahl GmbH", "02041 99"], ["Bäckerei Probe", "02041 3"]]),
    (
        "Mitglieder",
        [
            ["Name", "E-Mail", "Unternehmen", "Telefon"],
            ["Robin Probe", NEW, "Werk eG", "02041 7"],
            ["Erika Beispiel-Neu", ERIKA, "Werk eG", "02041 1"],
        ],
    ),
    (
        "Plan",
        [
            [
                "Nr.",
                "Maßnahme",
                "Themengruppe",
                "Themenfeld",
                "Strategisches Ziel",
                "Verantwortlich",
                "Termin",
                "Status",
            ],
            [1, "Radweg am Kanal", "Gruppe 1", "Wege", "Mehr Wege", MAX, date(2027, 12, 31), "läuft"],
            [3, "Messe", None, None, None, "leer", None, None],
            [None, "Stadtbad", None, "Infrastruktur", "Baden", NEW, None, "fertig"],
        ],
    ),
    ("Sitzungen", [["Art", "Titel", "Datum", "Beginn"], ["AG", "Auftakt", date(2026, 12, 15), "17:00"]]),
]


@pytest.mark.fault(62)
def test_all_of_an_import_goes_back_at_once(town: Town) -> None:
    before = snapshot(town)
    note = taken(town, workbook(*EVERYTHING))
    assert snapshot(town) != before
    town.at += timedelta(days=13)
    undone = town.tap(OFFICE, button(note, UNDO))
    assert undone.title == say("de", "office-import-undone-title")
    after = snapshot(town)
    gone = town.person(NEW)
    assert gone.left_at is not None  # history knows the person, so they leave as anybody leaves
    for name in ("Person", "Address", "Company"):
        after[name] = [row for row in after[name] if NEW not in row.values() and row.get("name") != "Robin Probe"]
    after["Company"] = [row for row in after["Company"] if row["name"] != "Werk eG"]
    assert after == before
    assert all(report.undone_at for report in all_of(town, ProgressReport))


def test_an_import_goes_there_and_back_on_either_database(database: Database) -> None:
    town = Town(database).settle()
    town.link(OFFICE)
    before = snapshot(town)["Measure"]
    note = taken(town, workbook(*EVERYTHING))
    assert town.measure(5).status == "done"
    undone = town.tap(OFFICE, button(note, UNDO))
    assert undone.title == say("de", "office-import-undone-title")
    assert snapshot(town)["Measure"] == before


def test_an_undone_import_can_be_taken_over_again(town: Town) -> None:
    town.tap(OFFICE, button(taken(town, workbook(*EVERYTHING)), UNDO))
    note = taken(town, workbook(*EVERYTHING))
    assert note.title == say("de", "office-import-done-title", name="liste.csv")
    assert town.person(NEW).left_at is None


def test_letters_that_wait_are_dropped_and_those_that_went_are_set_right(town: Town) -> None:
    note = taken(town, workbook(*EVERYTHING))
    all_are_sent(town, MAX)
    undone = town.tap(OFFICE, button(note, UNDO))
    assert "Eine Nachricht war schon verschickt" in words(undone)
    assert [row.state for row in town.letters(NEW)] == [Sending.DROPPED]
    assert [row.state for row in town.letters(MAX)] == [Sending.SENT, Sending.QUEUED]
    assert town.last_letter(MAX).title == "Eine Änderung wurde zurückgenommen"


def newer_report(town: Town) -> None:
    town.chat(OFFICE, "M1 30 %")


def newer_title(town: Town) -> None:
    taken(town, "Nr.;Maßnahme\n1;Radweg zum Bahnhof\n")


def newer_lead(town: Town) -> None:
    town.office(AssignMeasure(3, MAX))


def newer_work_on_what_is_new(town: Town) -> None:
    town.office(AssignMeasure(2, NEW))


def newer_report_on_what_is_new(town: Town) -> None:
    town.chat(OFFICE, "M5 70 %")
    town.chat(OFFICE, "JA")


def new_member_spoke(town: Town) -> None:
    town.letter(NEW, "STATUS")


@pytest.mark.parametrize(
    "newer",
    [newer_report, newer_title, newer_lead, newer_work_on_what_is_new, newer_report_on_what_is_new, new_member_spoke],
)
def test_an_import_stays_as_a_whole_when_something_newer_stands_on_it(
    town: Town, newer: Callable[[Town], None]
) -> None:
    note = taken(town, workbook(*EVERYTHING))
    newer(town)
    before = snapshot(town)
    undone = town.tap(OFFICE, button(note, UNDO))
    assert "lässt" in words(undone)
    assert snapshot(town) == before


def test_an_import_cannot_be_taken_back_after_two_weeks_or_the_adoption(town: Town) -> None:
    note = taken(town, "Nr.;Maßnahme\n1;Radweg am Kanal\n")
    town.at += timedelta(days=1)
    adopt(town)
    assert say("de", "refusal-import-adopted-since") in words(town.tap(OFFICE, button(note, UNDO)))
    town.at += timedelta(days=14)
    assert say("de", "refusal-nothing-to-undo") in words(town.tap(OFFICE, button(note, UNDO)))
    assert town.measure(1).title == "Radweg am Kanal"


def test_the_history_has_one_line_for_an_import_and_one_for_its_way_back(town: Town) -> None:
    count = len(all_of(town, Deed))
    note = taken(town, "Nr.;Maßnahme\n1;Radweg am Kanal\n2;Börse\n")
    town.tap(OFFICE, button(note, UNDO))
    assert [deed.what for deed in all_of(town, Deed)][count:] == ["import", "undo"]


# --- many at once


@pytest.mark.fault(62)
def test_thousands_of_rows_are_taken_over_and_back(town: Town) -> None:
    rows: list[list[Any]] = [["Nr.", "Maßnahme", "Themenfeld", "Verantwortlich", "Termin", "Fortschritt", "Status"]]
    rows += [
        [n, f"Vorhaben {n}", "Infrastruktur", ERIKA, date(2027, 12, 31), n % 100, "läuft"] for n in range(100, 3_100)
    ]
    note = taken(town, workbook(("Plan", rows)))
    assert "Maßnahmen: 3.000 neu" in words(note)
    assert len(town.letters(ERIKA)) == 1
    town.tap(OFFICE, button(note, UNDO))
    assert len(all_of(town, Measure)) == 4


def test_a_card_from_between_an_import_and_its_way_back_stays_stale(town: Town) -> None:
    town.link(ERIKA)
    note = taken(town, "Nr.;Maßnahme;Fortschritt\n1;;20\n")
    card = button(town.chat(ERIKA, "M1"), "50 %")
    town.tap(OFFICE, button(note, UNDO))
    town.chat(ERIKA, "M1 10 %")
    town.tap(ERIKA, card)
    assert town.measure(1).percent == 10


def test_the_operator_takes_over_a_file_too(town: Town) -> None:
    content = b"Nr.;Ma\xc3\x9fnahme\n1;Radweg am Kanal\n"
    note = town.database.write_now(lambda s: town.desk.command_file(s, "plan.csv", content, town.at))
    intent = note.actions[0].intent
    assert isinstance(intent, ApplyImport)
    assert not town.office(intent).actions  # nobody could take it back
    assert town.measure(1).title == "Radweg am Kanal"


def test_members_who_are_new_to_the_office_are_found_by_any_of_their_addresses(town: Town) -> None:
    town.office(RegisterPerson("Robin Probe", NEW, "Werk eG"))
    number = town.person(NEW).id or 0
    town.database.write_now(lambda s: s.add(Address(person_id=number, email="zwei@werk.example.org")))
    note = sent(town, "Nr.;Maßnahme;Verantwortlich\n4;;zwei@werk.example.org\n")
    assert f"M4 Verantwortlich (E-Mail): – → {NEW}" in words(note)
