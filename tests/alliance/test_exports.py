"""EXPORT: what goes out as a spreadsheet comes back unchanged, and only to whom it may concern."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alliance import exports, import_compare, import_state, speakers
from alliance.desk import Voice
from alliance.import_changes import Draft
from alliance.intents import Export, PlanMeeting, RegisterPerson, Status
from alliance.notes import NO_MATTER, Note
from alliance.words import file_words
from alliance.words.commands import understand_command
from alliance.words.file_words import understand_export
from papers import sheets_child, sheets_in
from papers.sheets_in import Table
from store import outbox
from store.tables import Channel, Company, Goal, Measure, Person, PlanField
from tests.town import BERLIN, CHATS, ERIKA, HOUSE, MAX, NAMES, OFFICE, START, Town, words
from texts import LANGUAGES, say

WHAT = ("plan", "members", "companies", "meetings", "all")


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    sqlite_town.link(OFFICE)
    sqlite_town.link(ERIKA)
    fill(sqlite_town)
    return sqlite_town


def fill(town: Town) -> None:
    """A plan with something in every column."""
    town.office(RegisterPerson("Ödön Ğüneş-Łukasz", "oe@werk.example.org", "=Werk & Söhne eG", "+49 2041 77"))
    day = START.date() + timedelta(days=22)
    town.office(PlanMeeting("working-group", "AG: »Wege«", day, time(17, 15), "Saal 1", ends=time(19)))

    def job(session: Session) -> None:
        field = PlanField(position=90, group_name="Gruppe; 1", name="Wege, Brücken")
        session.add(field)
        session.flush()
        above = Goal(field_id=field.id or 0, title="Mehr Wege")
        session.add(above)
        session.flush()
        below = Goal(field_id=field.id or 0, parent_id=above.id, title="- Radwege -")
        session.add(below)
        session.flush()
        measure = session.exec(select(Measure).where(Measure.number == 1)).one()
        measure.title, measure.field, measure.goal_id = "=cmd()|' /C calc'!A0", field.name, below.id
        measure.initiative, measure.begins, measure.due = "business", date(2026, 1, 1), date(2027, 12, 31)
        measure.status, measure.percent, measure.expected = Status.DELAYED, 1, date(2028, 2, 29)
        measure.milestones = [
            {"title": "Gutachten | Teil 2", "due": "2027-06-30", "done": True},
            {"title": "✓ 01.01.2027: wirklich so betitelt", "due": None, "done": False},
        ]
        measure.evidence, measure.note = ["https://example.org/?a=1;b", "@Foto"], "-"

    town.database.write_now(job)


def files(town: Town, note: Note) -> dict[str, bytes]:
    papers = town.database.read_now(lambda session: outbox.papers(session, note.papers))
    return {name: content for name, _, content in papers}


def sent(town: Town, content: bytes) -> Note:
    voice = Voice(Channel.TELEGRAM, town.at, chat_id=CHATS[OFFICE], name=NAMES[OFFICE])
    return town.database.write_now(lambda session: town.desk.receive_file(session, voice, "tabelle", content))


# --- there and back


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_export_that_comes_back_unchanged_changes_nothing(town: Town, what: str, form: str, language: str) -> None:
    if language == "en":
        town.chat(OFFICE, "SPRACHE EN")
    found = files(town, town.chat(OFFICE, f"EXPORT {what} {form}"))
    assert len(found) == (4 if (what, form) == ("all", "csv") else 1)
    for content in found.values():
        note = sent(town, content)
        assert note.title == say(language, "office-import-same-title", name="tabelle"), words(note)
        assert not any(line.startswith(("Diese", "I do not", "I leave")) for line in note.lines)


def test_an_export_can_be_taken_over_in_another_language(town: Town) -> None:
    content = files(town, town.chat(OFFICE, "EXPORT PLAN"))
    town.chat(OFFICE, "SPRACHE EN")
    note = sent(town, *content.values())
    assert note.title == say("en", "office-import-same-title", name="tabelle"), words(note)


TEXT = st.one_of(
    st.sampled_from(
        ["=1+1", "+49 1", "'=x", "-", "leer", "02041 0", "äöüß", "a\nb", "x | y", "31.12.2027", "12", "√", "_x0041_"]
    ),
    st.text(max_size=25),
)
TITLE = TEXT.filter(lambda text: import_state.one_line(text) != "")
DAY = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
MEASURE = st.fixed_dictionaries(
    {
        "title": TITLE,
        "note": TEXT,
        "begins": DAY,
        "due": DAY,
        "expected": DAY,
        "status": st.sampled_from([*(status.value for status in Status), "von einer anderen Version"]),
        "percent": st.integers(0, 100),
        "initiative": st.sampled_from(["", "administration", "business"]),
        "evidence": st.lists(TITLE, max_size=3),
        "milestones": st.lists(
            st.fixed_dictionaries(
                {
                    "title": TITLE,
                    "due": DAY.map(lambda day: day.isoformat() if day else None),
                    "done": st.booleans(),
                }
            ),
            max_size=3,
        ),
    }
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MEASURE, min_size=2, max_size=2), TEXT, TEXT)
def test_whatever_stands_in_the_plan_comes_back_the_same(
    town: Town, measures: list[dict[str, Any]], name: str, phone: str
) -> None:
    def change(session: Session) -> None:
        known = session.exec(select(Measure).where(Measure.number <= len(measures)))
        for measure, values in zip(known, measures, strict=True):
            for column, value in values.items():
                setattr(measure, column, value)
        company = session.exec(select(Company)).first()
        assert company
        company.phone = phone
        person = session.exec(select(Person)).first()
        assert person
        person.name = name or "?"

    town.database.write_now(change)
    for form in ("xlsx", "csv"):
        draft = town.database.write_now(partial(drafted, form=form))
        assert [(change.key, change.after) for change in draft.changes] == []
        assert draft.problems == []


def drafted(session: Session, form: str) -> Draft:
    """An export, read in again within this process."""
    hearing = speakers.identify(session, HOUSE, Voice(Channel.TELEGRAM, START, chat_id=CHATS[OFFICE]))
    note = exports.export(hearing, Export("all", form))
    session.flush()
    read = [table for _, _, content in outbox.papers(session, note.papers) for table in sheets_child.tables(content)]
    tables = [Table(one["name"], [[sheets_in._cell(value) for value in row] for row in one["rows"]]) for one in read]
    setting = import_compare.Setting(START, BERLIN, "de")
    return import_compare.compare(import_state.load(session, BERLIN), tables, setting)


# --- who gets what


def test_a_member_gets_the_plan_with_companies_instead_of_people(town: Town) -> None:
    (name,) = found = files(town, town.chat(ERIKA, "EXPORT"))
    assert name == "Zukunftsplan-2026-11-23.xlsx"
    table = sheets_in.read(found[name])[0]
    said = {str(cell) for row in table.rows for cell in row}
    assert "Stahl GmbH" in said
    assert not any("@" in text and "example" in text and not text.startswith("http") for text in said)
    assert not any(NAMES[MAX] in text for text in said)


@pytest.mark.parametrize("what", ["MITGLIEDER", "UNTERNEHMEN", "SITZUNGEN", "ALLES"])
def test_only_the_office_gets_the_rest(town: Town, what: str) -> None:
    note = town.chat(ERIKA, f"EXPORT {what}")
    assert note.lines == () or say("de", "refusal-office-only") in words(note)
    assert not note.papers


def test_the_light_is_a_sign_with_a_word(town: Town) -> None:
    rows = sheets_in.read(next(iter(files(town, town.chat(OFFICE, "EXPORT PLAN")).values())))[0].rows
    at = rows[0].index("Ampel")
    assert {row[rows[0].index("Nr.")]: row[at] for row in rows[1:]} == {
        1: "◐ gelb",
        2: "○ noch nicht begonnen",
        3: "○ noch nicht begonnen",
        4: "○ noch nicht begonnen",
    }


# --- how it is asked for


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("EXPORT", Export()),
        ("export plan", Export("plan")),
        ("EXPORT MITGLIEDER", Export("members")),
        ("Export der Mitglieder als CSV bitte", Export("members", "csv")),
        ("/export alles", Export("all")),
        ("EXPORT CSV", Export("plan", "csv")),
        ("export companies excel", Export("companies")),
        ("EXPORT Sitzungen", Export("meetings")),
    ],
)
def test_an_export_is_asked_for_in_many_words(said: str, wish: Export) -> None:
    assert understand_command(said, START.date(), NO_MATTER) == wish


@pytest.mark.parametrize("rest", ["der Waren nach Polen läuft", "plan mitglieder", "nicht", "csv xlsx"])
def test_other_talk_of_exports_is_no_wish(rest: str) -> None:
    assert understand_export(rest, START.date()) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_of_an_export_is_one_that_an_import_knows(language: str) -> None:
    for kind, columns in file_words.HEADINGS.items():
        for column in columns:
            assert file_words.columns_of(kind, [say(language, f"office-column-{kind}-{column}")]) == {column: 0}


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (("Nr.", "Maßnahme", "Ansprechpartner", "E-Mail"), "plan"),
        (("lfd. Nr.", "MASSNAHME"), "plan"),
        (("Nr.", "Titel", "Name", "E-Mail-Adresse", "Firma"), "members"),
        (("Firma", "Tel."), "companies"),
        (("Gremium", "Titel", "Datum", "Uhrzeit"), "meetings"),
        (("Titel", "Termin"), "meetings"),
        (("Mehl", "Zucker"), ""),
    ],
)
def test_a_sheet_is_known_by_its_headings(headings: tuple[str, ...], kind: str) -> None:
    assert file_words.kind_of(headings) == kind
