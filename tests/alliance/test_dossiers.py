"""The papers about the plan: who gets which copy of the dossier and what it says, the picture and the sheet."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from alliance import dossiers, plan
from alliance.intents import AddMeasure, AmendMeasure, MakeReport
from alliance.notes import Note
from alliance.packing import unpack
from store.database import Database
from store.tables import (
    Decision,
    LeadOffer,
    Measure,
    Meeting,
    OutboxRow,
    Paper,
    Person,
    PlanVersion,
    ProgressReport,
)
from tests.papers.paper_reading import catalogue, pages, says, size
from tests.town import BERLIN, ERIKA, HOUSE, MAX, OFFICE, Town, button, words


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """On one system: what is said does not depend on where it is kept."""
    return sqlite_town


def freeze(town: Town) -> None:
    """The round of the next meeting is closed."""

    def job(session: Session) -> None:
        meeting = session.exec(select(Meeting).where(Meeting.starts_at > town.at)).one()
        dossiers.freeze(session, HOUSE, meeting.id or 0, town.at)

    town.database.write_now(job)


def papers(town: Town) -> dict[int, Paper]:
    return town.database.read_now(lambda session: {paper.id or 0: paper for paper in session.exec(select(Paper))})


def enclosed(town: Town, note: Note) -> list[Paper]:
    """The dossier and the picture that come with a note."""
    stored = papers(town)
    return [stored[paper] for paper in note.papers]


def told(town: Town, email: str) -> Note:
    statement = select(OutboxRow).where(OutboxRow.to == email, col(OutboxRow.dedupe_key).startswith("dossier:"))
    return unpack(town.database.read_now(lambda session: session.exec(statement).one()).note, Note)


def test_everybody_gets_the_dossier_as_pdf_and_the_picture_with_it(town: Town) -> None:
    town.meeting(21)
    town.letter(MAX, "STATUS")
    town.reply(MAX, "M3 60 %, verzögert wegen Gutachten")
    freeze(town)
    for email in (ERIKA, MAX, OFFICE):
        dossier, picture = enclosed(town, told(town, email))
        assert (dossier.media_type, picture.media_type) == ("application/pdf", "image/png")
        assert size(picture.content)[0] == 1080
        assert says(dossier.content, "M3", "Messe", "60 %", "verzögert", "»wegen Gutachten«", "Logistik KG")
        assert says(dossier.content, "Herbstsitzung am Montag, 14. Dezember 2026", "17:00 Uhr", "Rathaus")
        assert says(dossier.content, "Rückmeldungen", "1 von 2", "0 %, noch nicht begonnen", "60 %, verzögert")


def test_only_the_office_copy_has_names_and_telephone_numbers(town: Town) -> None:
    town.meeting(21)
    freeze(town)
    members, _ = enclosed(town, told(town, ERIKA))
    office, _ = enclosed(town, told(town, OFFICE))
    assert not says(members.content, "Max Muster")
    assert not says(members.content, "02041 1")
    assert not says(members.content, "Nur für die Geschäftsstelle")
    assert says(
        office.content, "Max Muster", "Erika Beispiel", "02041 1", "Wer noch nicht geantwortet hat", "M1 und M2"
    )
    assert (members.name, office.name) == (
        "Zwischenstand-2026-12-14.pdf",
        "Zwischenstand-2026-12-14-Geschaeftsstelle.pdf",
    )


def test_each_paper_is_made_once_for_all_its_readers(town: Town) -> None:
    town.meeting(21)
    freeze(town)
    freeze(town)
    assert told(town, ERIKA).papers == told(town, MAX).papers
    assert sorted(paper.media_type for paper in papers(town).values()) == ["application/pdf"] * 2 + ["image/png"]


def test_whoever_reads_english_gets_english_papers(town: Town) -> None:
    def job(session: Session) -> None:
        for person in session.exec(select(Person).where(Person.name == "Max Muster")):
            person.language = "en"

    town.database.write_now(job)
    town.meeting(21)
    freeze(town)
    dossier, _ = enclosed(town, told(town, MAX))
    assert catalogue(dossier.content)["/Lang"] == "en-GB"
    assert says(dossier.content, "Status report on the Zukunftsplan", "not yet begun", "0 of 2", "Page 1 of 3")


def test_unchanged_is_counted_apart(town: Town) -> None:
    town.meeting(21)
    town.link(MAX)
    town.chat(MAX, "M3 unverändert")
    freeze(town)
    cover = pages(enclosed(town, told(town, ERIKA))[0].content)[0]
    assert "Davon»unverändert«" in cover
    assert "1von2" in cover


def test_a_measure_says_whatever_there_is_to_say(town: Town) -> None:
    def job(session: Session) -> None:
        measure = session.exec(select(Measure).where(Measure.number == 1)).one()
        measure.due, measure.expected = date(2027, 1, 31), date(2027, 3, 31)
        measure.reported_at = town.at - timedelta(days=100)
        measure.evidence = ["https://alt.example.org", "https://neu.example.org/beleg"]
        measure.status, measure.percent, measure.help_wanted, measure.note = "running", 40, True, "Läuft *gut* 👍"

    town.database.write_now(job)
    town.meeting(21)
    freeze(town)
    dossier, _ = enclosed(town, told(town, ERIKA))
    assert says(dossier.content, "31.01.2027", "31.03.2027", "15.08.2026", "zuletzt gemeldet vor mehr als 90 Tagen")
    assert says(dossier.content, "Nachweis: https://neu.example.org/beleg", "Hilfe gesucht", "»Läuft *gut* «")
    assert says(dossier.content, "Glasfaser", "noch offen", "noch nie")
    assert not says(dossier.content, "alt.example.org")


def test_goals_stand_above_their_measures_and_empty_fields_are_named(town: Town) -> None:
    def job(session: Session) -> None:
        plan.field_for(session, "Tourismus")
        plan.field_for(session, "Kultur & Sport")
        field = plan.field_for(session, "Infrastruktur")
        goal = plan.ensure_goal(session, field, "Wege für alle", "Radwege bauen")
        session.exec(select(Measure).where(Measure.number == 1)).one().goal_id = goal.id

    town.database.write_now(job)
    town.meeting(21)
    freeze(town)
    dossier, _ = enclosed(town, told(town, ERIKA))
    assert says(dossier.content, "Strategisches Ziel", "Wege für alle", "Operatives Ziel", "Radwege bauen", "Ohne Ziel")
    assert says(dossier.content, "Noch ohne Maßnahmen: Tourismus und Kultur & Sport.")


def test_amendments_of_an_adopted_plan_are_listed_with_their_reason(town: Town) -> None:
    town.database.write_now(lambda session: session.add(PlanVersion(state=plan.ADOPTED, at=town.at)))
    town.at += timedelta(days=1)
    town.link(OFFICE)
    town.tap(OFFICE, AmendMeasure(1, "due", "31.12.2027", "das Gutachten kommt später"))
    town.meeting(21)
    freeze(town)
    members, _ = enclosed(town, told(town, ERIKA))
    assert says(members.content, "Änderungen seit dem Beschluss des Plans", "31. Dezember 2027")
    assert says(members.content, "das Gutachten kommt später", "24. November 2026, Stadt")


def test_a_decision_waits_until_somebody_leads_its_measure(town: Town) -> None:
    def decided(session: Session) -> None:
        meeting = Meeting(kind="alliance", title="Frühjahrssitzung", starts_at=town.at - timedelta(days=200))
        session.add(meeting)
        session.flush()
        decision = Decision(meeting_id=meeting.id or 0, text="Zwei Vorhaben", at=town.at)
        session.add(decision)
        session.flush()
        for number in (3, 4):
            measure = session.exec(select(Measure).where(Measure.number == number)).one()
            person = session.exec(select(Person).where(Person.name == "Erika Beispiel")).one()
            offer = LeadOffer(measure_id=measure.id or 0, person_id=person.id or 0, made_at=town.at)
            offer.decision_id = decision.id
            session.add(offer)

    town.database.write_now(decided)
    town.meeting(21)
    freeze(town)
    members, office = (enclosed(town, told(town, email))[0].content for email in (ERIKA, OFFICE))
    waiting = pages(members)[-1].partition("nochjemandensuchen")[2]
    assert "M4Glasfaser" in waiting
    assert "M3Messe" not in waiting
    assert says(members, "Frühjahrssitzung am 7. Mai 2026", "eine verantwortliche Person")
    assert says(office, "eine Antwort von Stahl GmbH")
    assert not says(members, "eine Antwort von")


def test_what_changed_and_changed_back_is_no_change(town: Town) -> None:
    town.meeting(21)
    town.link(MAX)
    for words_ in ("M3 20 %, läuft", "M3 30 %", "M3 20 %"):
        town.at += timedelta(hours=1)
        town.chat(MAX, words_)
    town.database.write_now(_forget_the_first_report)
    freeze(town)
    assert says(enclosed(town, told(town, ERIKA))[0].content, "hat sich kein Stand geändert")


def _forget_the_first_report(session: Session) -> None:
    first = session.exec(select(ProgressReport).order_by(col(ProgressReport.id))).first()
    assert first is not None
    first.undone_at = first.at


def test_what_is_done_expects_nothing(town: Town) -> None:
    def job(session: Session) -> None:
        measure = session.exec(select(Measure).where(Measure.number == 1)).one()
        measure.status, measure.percent, measure.expected = "done", 100, date(2027, 3, 31)

    town.database.write_now(job)
    dossier, _ = enclosed(town, town.office(MakeReport()))
    assert says(dossier.content, "100 %", "fertig")
    assert not says(dossier.content, "31.03.2027")


def test_the_office_makes_a_report_at_any_time(town: Town) -> None:
    town.link(OFFICE)
    note = town.chat(OFFICE, "BERICHT")
    dossier, _ = enclosed(town, note)
    assert says(dossier.content, "Bericht vom Montag, 23. November 2026", "0 von 4", "Max Muster")
    assert not says(dossier.content, "Wer noch nicht geantwortet hat")
    town.meeting(21)
    dossier, _ = enclosed(town, town.chat(OFFICE, "BERICHT"))
    assert says(dossier.content, "Herbstsitzung am Montag, 14. Dezember 2026", "Wer noch nicht geantwortet hat")


def test_members_cannot_ask_for_the_office_copy(town: Town) -> None:
    town.link(ERIKA)
    assert "Das kann nur die Geschäftsstelle." in words(town.chat(ERIKA, "BERICHT"))
    assert papers(town) == {}


def test_the_same_report_is_stored_once(town: Town) -> None:
    assert town.office(MakeReport()).papers == town.office(MakeReport()).papers
    assert len(papers(town)) == 2


def test_the_plan_comes_on_one_sheet(town: Town) -> None:
    town.link(ERIKA)
    (paper,) = town.chat(ERIKA, "PLAN A3").papers
    sheet = papers(town)[paper]
    assert sheet.name == "Zukunftsplan-2026-11-23-A3.pdf"
    assert says(
        sheet.content, "Der Zukunftsplan auf einer Seite", "Entwurf", "M1 Radweg", "Stahl GmbH", "Infrastruktur"
    )
    assert not says(sheet.content, "Erika")


def test_plan_comes_with_a_picture_of_the_whole_or_of_a_field(town: Town) -> None:
    town.database.write_now(lambda session: plan.field_for(session, "Tourismus"))
    town.link(ERIKA)
    whole, field, none = (town.chat(ERIKA, words).papers for words in ("PLAN", "PLAN infrastruktur", "PLAN Tourismus"))
    assert len({*whole, *field}) == 2
    assert none == ()
    assert all(size(papers(town)[paper].content)[0] == 1080 for paper in (*whole, *field))


def test_whoever_leafs_through_the_plan_by_its_buttons_gets_no_more_pictures(town: Town) -> None:
    town.link(ERIKA)
    field = town.tap(ERIKA, button(town.chat(ERIKA, "PLAN"), "Infrastruktur"))
    assert field.papers == ()
    assert town.tap(ERIKA, field.actions[-1]).papers == ()


def test_the_same_picture_is_stored_once(town: Town) -> None:
    assert town.letter(MAX, "PLAN").papers == town.letter(ERIKA, "PLAN").papers


def test_a_plan_without_anything_makes_papers_too(tmp_path: Path, migrated_sqlite: Path) -> None:
    database = Database(f"sqlite:///{Path(shutil.copy(migrated_sqlite, tmp_path / 'empty.db'))}")
    town = Town(database)
    (dossier,) = enclosed(town, town.office(MakeReport()))
    assert says(dossier.content, "0 von 0")
    database.close()


def test_withdrawn_measures_are_in_no_paper(town: Town) -> None:
    town.office(AmendMeasure(1, "withdrawn", "", "nicht mehr nötig"))
    dossier, _ = enclosed(town, town.office(MakeReport()))
    assert not says(dossier.content, "Radweg")
    assert says(dossier.content, "Messe", "3 Maßnahmen")


def test_numbers_of_the_picture_are_those_of_the_dossier(town: Town) -> None:
    for number in range(5, 25):
        town.office(AddMeasure(number, f"Vorhaben {number}", field="Infrastruktur"))
    town.link(OFFICE)
    dossier, picture = enclosed(town, town.chat(OFFICE, "BERICHT"))
    assert says(dossier.content, "24 Maßnahmen")
    assert picture.made_at.astimezone(BERLIN).date() == date(2026, 11, 23)
