"""Notes on food and access: for the office alone, by mail alone, and not for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from alliance import attendance
from alliance.intents import Intent, Invite, MailMe, Matter, NoteNeeds, ShowAttendance
from alliance.notes import Note
from alliance.privacy import retention
from alliance.understanding import understand
from store import inbox, outbox
from store.outbox import Outcome, Result
from store.tables import Answer, Attendance, Deed, InboxRow, Meeting, OutboxRow, Received
from tests.town import ERIKA, HOUSE, MAX, OFFICE, START, Town, copy_of, words

MEETING = Matter("meeting", 1)
NOTE = "vegetarisch und ohne Nüsse"


@pytest.fixture(scope="module")
def invited(tmp_path_factory: pytest.TempPathFactory, settled_sqlite: Path) -> Path:
    """The town's file after the invitations to a meeting in thirty days."""
    folder = tmp_path_factory.mktemp("needs")
    with copy_of(settled_sqlite, folder) as town:
        town.meeting(30)
        town.office(Invite())
    return folder / "town.db"


@pytest.fixture
def town(tmp_path: Path, invited: Path) -> Iterator[Town]:
    with copy_of(invited, tmp_path) as town:
        yield town


def noted(town: Town) -> list[tuple[Answer, str]]:
    found = town.database.read_now(lambda session: list(session.exec(select(Attendance))))
    return [(row.answer, row.needs) for row in found]


def deliver_all(town: Town) -> None:
    """What waits goes out, and what came in is done with."""

    def job(session: Session) -> None:
        for letter in outbox.claim(session, town.at, limit=500):
            outbox.finish(session, letter, Outcome(Result.SENT), town.at)
        for row in session.exec(select(InboxRow)):
            inbox.close(row, Received.DONE)

    town.database.write_now(job)


def dump(town: Town) -> str:
    """Every row of every table."""
    tables = SQLModel.metadata.sorted_tables
    return str(town.database.read_now(lambda session: [session.execute(table.select()).all() for table in tables]))


# --- words


@pytest.mark.parametrize(
    ("said", "matter", "meant"),
    [
        ("HINWEIS: vegetarisch", MEETING, NoteNeeds("vegetarisch")),
        ("Hinweis: ich komme etwas später", MEETING, NoteNeeds("ich komme etwas später")),
        ("hinweis brauche Rollstuhlzugang", Matter(), NoteNeeds("brauche Rollstuhlzugang")),
        ("/hinweis glutenfrei", Matter(), NoteNeeds("glutenfrei")),
        ("NEEDS: wheelchair access", Matter(), NoteNeeds("wheelchair access")),
        ("HINWEIS LÖSCHEN", Matter(), NoteNeeds("")),
        ("Hinweis: bitte loeschen", MEETING, NoteNeeds("")),
        ("needs delete", Matter(), NoteNeeds("")),
        ("ZUSAGE, HINWEIS: Allergie gegen Nüsse", Matter(), NoteNeeds("Allergie gegen Nüsse", answer="yes")),
        ("Zusage\nHinweis: vegan", MEETING, NoteNeeds("vegan", answer="yes")),
        ("Vielleicht. Hinweis: vegan", MEETING, NoteNeeds("vegan", answer="maybe")),
        ("Accept, needs: step-free access", MEETING, NoteNeeds("step-free access", answer="yes")),
    ],
)
def test_a_note_is_understood(said: str, matter: Matter, meant: Intent) -> None:
    assert understand(said, START.date(), matter) == meant


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("Hinweis: das Gutachten fehlt noch", Matter("round", 1, (12,))),
        ("Hinweis: barrierefreier Umbau verzögert sich", Matter("round", 1, (12,))),
        ("Hinweis: veganes Angebot startet im März", Matter("measure", 12)),
        ("Hinweis: das Gutachten fehlt noch", Matter()),
        ("HINWEIS", MEETING),
        ("Absage, Hinweis: vegan", MEETING),
        ("Zusage von Herrn Muster, Hinweis: das Geld kommt", Matter("round", 1, (12,))),
    ],
)
def test_what_may_be_about_something_else_is_no_note(said: str, matter: Matter) -> None:
    assert not isinstance(understand(said, START.date(), matter), NoteNeeds)


# --- the deed


def test_a_note_with_an_answer_says_who_sees_it_and_until_when(town: Town) -> None:
    said = town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    assert said.title == "Notiert: Sie kommen, mit einem Hinweis"
    assert NOTE in words(said)
    assert "nur die Geschäftsstelle" in words(said)
    assert "Mittwoch, 6. Januar 2027" in words(said)  # two weeks after the meeting
    assert noted(town) == [(Answer.YES, NOTE)]


def test_nobody_comes_by_a_note_alone(town: Town) -> None:
    town.link(ERIKA)
    assert "zuerst" in words(town.chat(ERIKA, "HINWEIS: vegan"))
    assert noted(town) == []
    town.chat(ERIKA, "ZUSAGE")
    town.chat(ERIKA, "HINWEIS: vegan")
    assert noted(town) == [(Answer.YES, "vegan")]


def test_a_letter_without_a_token_is_asked_back_first(town: Town) -> None:
    town.letter(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    assert noted(town) == []
    town.reply(MAX, "JA")
    assert noted(town) == [(Answer.YES, NOTE)]


@pytest.mark.parametrize("said", ["HINWEIS LÖSCHEN", "ABSAGE", "VERTRETUNG Jutta Probe"])
def test_it_goes_when_it_is_taken_back_or_nobody_comes(town: Town, said: str) -> None:
    town.link(ERIKA)
    town.chat(ERIKA, f"ZUSAGE, HINWEIS: {NOTE}")
    town.chat(ERIKA, said)
    assert [needs for _, needs in noted(town)] == [""]


def test_taking_it_back_blanks_the_letter_that_brought_it(town: Town) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    deliver_all(town)
    town.reply(MAX, "HINWEIS LÖSCHEN")
    deliver_all(town)
    assert NOTE not in dump(town)


def test_a_note_is_not_endless(town: Town) -> None:
    town.link(ERIKA)
    assert "zu lang" in words(town.chat(ERIKA, f"ZUSAGE, HINWEIS: {'vegan ' * 100}"))
    assert noted(town) == []


# --- who sees it


def test_the_office_reads_it_in_the_list_by_mail_and_in_a_chat_only_how_many(town: Town) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    listed = town.letter(OFFICE, "TEILNAHME")
    assert f"Max Muster: {NOTE}" in words(listed)
    assert "Gesundheitsdaten" in words(listed)
    town.link(OFFICE)
    shown = words(town.chat(OFFICE, "TEILNAHME"))
    assert NOTE not in shown
    assert "Ein Hinweis zu Essen oder Zugang" in shown


@pytest.mark.parametrize("in_chat", [False, True])
def test_the_list_at_the_close_of_registration_keeps_to_that(town: Town, in_chat: bool) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    if in_chat:
        town.link(OFFICE)

    def close(session: Session) -> None:
        attendance.close(session, HOUSE, session.get_one(Meeting, 1), town.at)

    town.database.write_now(close)
    (row,) = (row for row in outgoing(town) if row.dedupe_key.startswith("close:"))
    assert (NOTE in str(row.note)) is not in_chat
    assert row.secret is not in_chat


def outgoing(town: Town) -> list[OutboxRow]:
    return town.database.read_now(lambda session: list(session.exec(select(OutboxRow))))


def test_a_note_after_the_close_is_told_without_its_words(town: Town) -> None:
    def close(session: Session) -> None:
        attendance.close(session, HOUSE, session.get_one(Meeting, 1), town.at)

    town.reply(MAX, "ZUSAGE")
    town.database.write_now(close)
    town.letter(MAX, f"HINWEIS: {NOTE}", town.letters(MAX)[0].token)
    told = town.last_letter(OFFICE)
    assert told.title == "Max Muster hat einen Hinweis zu Essen oder Zugang: Herbstsitzung"
    assert NOTE not in words(told)


def test_the_office_is_asked_no_longer_to_use_a_note_that_was_taken_back(town: Town) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    town.reply(MAX, "HINWEIS LÖSCHEN")
    told = town.last_letter(OFFICE)
    assert told.title == "Max Muster nimmt den Hinweis zu Essen oder Zugang zurück: Herbstsitzung"
    assert NOTE not in words(told)


def test_a_list_with_notes_never_moves_to_a_chat(town: Town) -> None:
    from alliance import members

    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    town.letter(OFFICE, "TEILNAHME")
    town.link(OFFICE)
    (row,) = (row for row in outgoing(town) if row.to == OFFICE and NOTE in str(row.note))
    letter = outbox.letter_of(row)
    town.database.write_now(lambda session: members.channel_lost(session, letter, town.at))
    assert [bubble for bubble in town.bubbles(OFFICE) if NOTE in str(bubble.note)] == []


def test_who_asks_in_a_chat_gets_the_notes_by_mail(town: Town) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    town.link(OFFICE)
    town.tap(OFFICE, MailMe(wish=ShowAttendance()))
    assert NOTE in words(town.last_letter(OFFICE))
    deliver_all(town)
    assert not any(NOTE in str(row.note) for row in outgoing(town))


# --- how long


def test_its_words_stand_nowhere_else_while_it_is_kept(town: Town) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    town.letter(OFFICE, "TEILNAHME")
    deliver_all(town)
    kept = {"attendances": "needs", "inbox": "raw"}

    def holding(session: Session) -> set[str]:
        tables = SQLModel.metadata.sorted_tables
        return {table.name for table in tables if NOTE in _said(session.execute(table.select()).all())}

    assert town.database.read_now(holding) == set(kept)


def _said(rows: Any) -> str:
    return " ".join(part.decode() if isinstance(part, bytes) else str(part) for row in rows for part in row)


@pytest.mark.parametrize("proposed", [False, True])
def test_two_weeks_after_the_meeting_nothing_is_left_of_it(town: Town, proposed: bool) -> None:
    if proposed:
        town.letter(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
        town.reply(MAX, "JA")
    else:
        town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    town.reply(MAX, "HINWEIS: doch alles")  # the first letter is still there
    deliver_all(town)
    forget(town, 30 + 13)
    assert noted(town) == [(Answer.YES, "doch alles")]
    forget(town, 30 + 15)
    assert noted(town) == [(Answer.YES, "")]
    rows = town.database.read_now(lambda session: list(session.exec(select(InboxRow))))
    left = _said([(row.raw,) for row in rows]) + dump(town)
    assert NOTE not in left
    assert "doch alles" not in left


def test_a_list_that_could_not_be_sent_is_forgotten_and_a_receipt_can_still_be_answered(town: Town) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    token = town.letters(MAX)[-1].token
    deliver_all(town)
    town.letter(OFFICE, "TEILNAHME")

    def fail(session: Session) -> None:
        for letter in outbox.claim(session, town.at, limit=500):
            outbox.finish(session, letter, Outcome(Result.REFUSED), town.at)

    town.database.write_now(fail)
    assert any(NOTE in str(row.note) for row in outgoing(town))
    forget(town, 15)
    assert not any(NOTE in str(row.note) for row in outgoing(town))
    town.at = START + timedelta(days=16)
    assert town.letter(MAX, "HINWEIS LÖSCHEN", token).title == "Ihr Hinweis ist gelöscht"


def forget(town: Town, days: int) -> None:
    run = retention.Run(HOUSE, START + timedelta(days=days), "clock")
    while job := run.next_job():
        run.done(town.database.write_now(job))


def test_the_history_says_that_there_was_a_note_and_not_which(town: Town) -> None:
    town.reply(MAX, f"ZUSAGE, HINWEIS: {NOTE}")
    deeds = town.database.read_now(lambda session: list(session.exec(select(Deed).where(Deed.what == "note-needs"))))
    assert [deed.details for deed in deeds] == [{"meeting": 1}]
    changes = town.database.read_now(lambda session: session.execute(text("SELECT before, after FROM changes")).all())
    assert NOTE not in str(changes)
    assert isinstance(town.last_letter(MAX), Note)
