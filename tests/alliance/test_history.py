"""The history tells who changed what, when and through which door, and what was there before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from alliance import consents, history, retracing
from alliance.bounces import Failure
from alliance.errors import NotFound
from alliance.following import RHYTHMS
from alliance.hearing import Hearing, Voice
from alliance.intents import (
    AmendMeasure,
    AssignMeasure,
    ChangeMeeting,
    CorrectPerson,
    Intent,
    Report,
    ReportProgress,
    ShowHistory,
)
from alliance.notes import Note
from alliance.plan import INITIATIVES
from alliance.rights import HARMLESS
from scheduler import jobs
from store import changes, outbox
from store.tables import Answer, Change, Channel, Deed, Measure, Paper, ProgressReport, Role, Switch
from tests.town import ERIKA, HOUSE, MAX, OFFICE, Town, words
from texts import LANGUAGES, say

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def deeds(town: Town) -> list[tuple[Deed, list[Change]]]:
    """The history with its changes, oldest first."""

    def job(session: Session) -> list[tuple[Deed, list[Change]]]:
        found = session.exec(select(Deed).order_by(col(Deed.id))).all()
        rows = session.exec(select(Change).order_by(col(Change.id))).all()
        return [(deed, [change for change in rows if change.deed_id == deed.id]) for deed in found]

    return town.database.read_now(job)


def latest(town: Town, table: str) -> tuple[Deed, Change]:
    """The newest change of a table, and its deed."""
    return next((deed, change) for deed, some in reversed(deeds(town)) for change in some if change.table_name == table)


def shown(town: Town, number: int) -> Note:
    return town.tap(OFFICE, ShowHistory(number))


@pytest.fixture
def chats(town: Town) -> Town:
    for email in (ERIKA, MAX, OFFICE):
        town.link(email)
    return town


@SQLITE
def test_a_report_shows_who_when_through_which_door_and_from_what_to_what(chats: Town) -> None:
    chats.chat(ERIKA, "M1 60 %, Gutachten liegt vor")
    first = shown(chats, 1).lines[0]
    assert first.startswith("23.11.2026 10:00 · Erika Beispiel (Stahl GmbH) · Telegram · Statusmeldung: ")
    assert "Fortschritt 0 % → 60 %" in first
    assert "Text »Gutachten liegt vor«" in first


def test_a_letter_is_told_from_a_chat_and_names_its_source(chats: Town) -> None:
    chats.letter(MAX, "M3 40 %")
    chats.reply(MAX, "JA")
    deed, change = latest(chats, "measures")
    assert (deed.what, deed.door, change.before, change.after and change.after["percent"]) == (
        "report",
        "mail",
        {"percent": 0, "reported_at": None, "status": "open", "version": 0},
        40,
    )
    assert deed.inbox_id is not None
    assert "· E-Mail · Statusmeldung: " in shown(chats, 3).lines[0]


def test_the_office_sees_the_ten_newest_entries_and_gets_all_as_a_table(chats: Town) -> None:
    for percent in range(1, 14):
        chats.at += timedelta(minutes=1)
        chats.chat(ERIKA, f"M1 {percent} %")
    chats.chat(ERIKA, "M1: =1+1 bleibt Text")
    note = shown(chats, 1)
    assert len(note.lines) == retracing.NEWEST + 1
    assert "=1+1" in note.lines[0]
    ((name, _, content),) = chats.database.read_now(lambda session: outbox.papers(session, note.papers))
    rows = content.decode("utf-8-sig").split("\r\n")
    assert name == "Verlauf-M1-2026-11-23.csv"
    assert rows[0] == "Nr.;Wann;Wer;Weg;Was;Eingang;Änderung"
    assert sum("Statusmeldung" in row for row in rows) == 15
    assert chats.database.read_now(lambda session: session.exec(select(Paper)).one().names_people)


@SQLITE
def test_a_measure_nobody_touched_has_only_its_beginning(chats: Town) -> None:
    (line,) = shown(chats, 4).lines
    assert "Betrieb · Kommandozeile · Maßnahme angelegt: Maßnahme M4 neu: " in line
    assert "Titel »Glasfaser«" in line


@SQLITE
def test_moments_are_told_by_the_clock_on_the_wall(chats: Town) -> None:
    chats.chat(ERIKA, "M1 60 %")
    chats.chat(ERIKA, "RÜCKGÄNGIG")
    assert "zurückgenommen – → 23.11.2026 10:00" in shown(chats, 1).lines[0]


@SQLITE
def test_only_the_office_sees_it(chats: Town) -> None:
    assert "Geschäftsstelle" in words(chats.tap(ERIKA, ShowHistory(1)))


# Corrections by the office never overwrite ----------------------------------------------------------------------------


def imported(town: Town) -> Intent:
    table = "Nr.;Maßnahme;Themenfeld\r\n1;Radschnellweg;Infrastruktur\r\n".encode("utf-8-sig")
    note = town.database.write_now(lambda session: town.desk.command_file(session, "plan.csv", table, town.at))
    assert note.actions[0].intent
    return note.actions[0].intent


def planned(town: Town) -> Intent:
    town.meeting(30)
    return ChangeMeeting(place="Ratssaal")


CORRECTIONS: dict[str, tuple[Any, str, dict[str, Any], dict[str, Any]]] = {
    "on behalf": (
        ReportProgress((Report(1, percent=60),), confirmed=True), "measures", {"percent": 0}, {"percent": 60},
    ),
    "import": (imported, "measures", {"title": "Radweg"}, {"title": "Radschnellweg"}),
    "amendment": (
        AmendMeasure(1, "title", "Radschnellweg", "Beschluss"), "measures", {"title": "Radweg"},
        {"title": "Radschnellweg"},
    ),
    "meeting": (planned, "meetings", {"place": "Rathaus"}, {"place": "Ratssaal"}),
    "person": (
        CorrectPerson(ERIKA, "phone", "02041 99"), "persons", {"phone": "02041 1"}, {"phone": "02041 99"},
    ),
    "assignment": (AssignMeasure(1, MAX, lead=False), "assignments", {}, {"lead": False}),
}  # fmt: skip


@SQLITE
@pytest.mark.parametrize("name", CORRECTIONS)
def test_every_correction_by_the_office_leaves_what_was_before(chats: Town, name: str) -> None:
    correction, table, before, after = CORRECTIONS[name]
    chats.at += timedelta(hours=1)
    chats.tap(OFFICE, correction(chats) if callable(correction) else correction)
    deed, change = latest(chats, table)
    assert deed.at == chats.at
    assert deed.door == "telegram"
    assert {key: (change.before or {}).get(key) for key in before} == before
    assert {key: (change.after or {}).get(key) for key in after} == after


@SQLITE
def test_a_report_on_behalf_is_added_with_the_office_as_its_author(chats: Town) -> None:
    chats.chat(ERIKA, "M1 20 %")
    chats.chat(OFFICE, "M1 telefonisch: 60 %")
    kept = chats.database.read_now(lambda session: session.exec(select(ProgressReport)).all())
    assert [report.percent for report in kept] == [20, 60]
    assert "· Geschäftsstelle (Stadt) · Telegram · Statusmeldung: " in shown(chats, 1).lines[0]
    assert "Fortschritt 20 % → 60 %" in shown(chats, 1).lines[0]


@SQLITE
def test_what_was_taken_back_is_told_as_well(chats: Town) -> None:
    chats.chat(ERIKA, "M1 60 %")
    chats.chat(ERIKA, "RÜCKGÄNGIG")
    lines = shown(chats, 1).lines
    assert "Zurückgenommen: " in lines[0]
    assert "Fortschritt 60 % → 0 %" in lines[0]
    assert "Fortschritt 0 % → 60 %" in lines[1]


# Whose deed it was ----------------------------------------------------------------------------------------------------


@SQLITE
def test_what_the_office_vouches_for_is_the_persons_own_deed(town: Town) -> None:
    town.letter(ERIKA, "STATUS")
    town.letter("erika@privat.example.org", "M1 60 %", town.letters(ERIKA)[-1].token)
    town.reply(OFFICE, "JA")
    deed, _ = latest(town, "measures")
    office, _ = latest(town, "cases")
    assert (deed.what, deed.actor_id) == ("report", town.person(ERIKA).id)
    assert (office.what, office.actor_id) == ("trust", town.person(OFFICE).id)


@SQLITE
def test_a_wish_that_has_no_line_of_its_own_gets_one_with_its_name(town: Town) -> None:
    town.letter(MAX, "Wer bringt den Kuchen mit?")
    deed, change = latest(town, "cases")
    assert (deed.what, deed.door, deed.actor_id) == ("unclear", "mail", town.person(MAX).id)
    assert "Kuchen" not in str(change.after)


@SQLITE
def test_a_refused_wish_leaves_neither_line_nor_change(chats: Town) -> None:
    before = len(deeds(chats))
    chats.chat(ERIKA, "ABGEBEN M3 an max@logistik.example.org")
    assert len(deeds(chats)) == before


@SQLITE
def test_a_deed_that_was_undone_halfway_owns_nothing_that_follows(chats: Town) -> None:
    def half_a_deed(hearing: Hearing) -> None:
        with history.savepoint(hearing, ShowHistory(1)):
            history.write(hearing, "report", {})
            raise NotFound("refusal-nothing-to-undo")

    def job(session: Session) -> None:
        with pytest.raises(NotFound):
            half_a_deed(Hearing(session, HOUSE, Voice(Channel.MAIL, chats.at), operator=True))
        session.add(Switch(name="preview-digest", at=chats.at))

    chats.database.write_now(job)
    deed, _ = latest(chats, "switches")
    assert (deed.what, deed.door) == ("show-history", "console")


@SQLITE
def test_what_the_clock_does_has_a_line_of_its_own(town: Town) -> None:
    town.meeting(30)
    while not any(deed.door == history.CLOCK for deed, _ in deeds(town)):
        town.at += timedelta(days=1)
        town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))
    deed, change = latest(town, "meetings")
    assert (deed.what, deed.actor_id, deed.at, change.before) == ("step", None, town.at, {"invited_at": None})


@SQLITE
def test_a_letter_that_came_back_has_a_line_of_its_own(town: Town) -> None:
    town.letter(ERIKA, "STATUS")
    token = town.letters(ERIKA)[-1].token
    failure = Failure(ERIKA, permanent=True, blames_address=True, status="5.1.1")
    town.database.write_now(lambda session: town.desk.returned(session, token, [failure], town.at))
    deed, change = latest(town, "addresses")
    assert (deed.what, deed.door, change.row_id) == ("undelivered", "mail", "1")
    assert [bool(row and row["dead"]) for row in (change.before, change.after)] == [False, True]


@SQLITE
def test_no_change_of_a_whole_day_is_without_a_line(chats: Town) -> None:
    chats.meeting(30)
    chats.chat(ERIKA, "M1 60 %")
    chats.chat(MAX, "ZUSAGE")
    chats.letter("gast@neu.example.org", "BEITRETEN Probe GmbH")
    orphans = select(Change).where(col(Change.deed_id).is_(None))
    assert chats.database.read_now(lambda session: session.exec(orphans).all()) == []


@SQLITE
def test_what_is_a_word_in_the_database_is_told_in_the_readers_words(chats: Town) -> None:
    def job(session: Session) -> None:
        measure = session.exec(select(Measure).where(Measure.number == 4)).one()
        measure.initiative, measure.title = "business", "Messe »Zukunft«"

    chats.database.write_now(job)
    told = words(shown(chats, 4))
    assert "Initiative – → Unternehmen" in told
    assert "»Glasfaser« → »Messe ›Zukunft‹«" in told


def test_every_column_and_table_that_is_recorded_can_be_said() -> None:
    for name, _, columns in changes.recorded():
        assert say("de", f"history-table-{name.replace('_', '-')}")
        for column in columns:
            assert column in retracing.SILENT or say("de", f"history-column-{column.replace('_', '-')}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_database_can_be_said(language: str) -> None:
    few = {"answer": Answer, "channel": Channel, "role": Role, "language": LANGUAGES}
    few |= {"digest": RHYTHMS, "initiative": INITIATIVES, "purpose": consents.PURPOSES}
    assert few.keys() == retracing.OF_WORDS.keys()
    for column, words_ in few.items():
        for word in words_:
            assert say(language, f"{retracing.OF_WORDS[column]}{word}")


def test_every_wish_that_can_change_something_can_be_said() -> None:
    for wish in set(Intent.__args__) - HARMLESS:
        assert say("de", f"history-what-{history.named(wish)}")
