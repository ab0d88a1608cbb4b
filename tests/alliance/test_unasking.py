"""Whoever answers while a question or a reminder still waits to be sent is not asked any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from alliance import notices, unasking
from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store import outbox
from store.tables import OutboxRow, Sending
from tests.town import BERLIN, ERIKA, HOUSE, MAX, Town


@pytest.fixture(autouse=True)
def reminded(town: Town) -> None:
    """All have been asked by mail, and are reminded on 9 December: but the mail server is away."""
    town.meeting(30)
    town.link(ERIKA)
    for day in (2, 9):
        town.at = datetime(2026, 12, day, 9, 1, tzinfo=BERLIN).astimezone(UTC)
        town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))
        if day == 2:
            town.database.write_now(lambda session: _send_all(session, town.at))
    town.at += timedelta(hours=3)


def _send_all(session: Session, at: datetime) -> None:
    for letter in outbox.claim(session, at, 100):
        outbox.finish(session, letter, outbox.Outcome(outbox.Result.SENT), at)


def waiting(town: Town, email: str) -> list[OutboxRow]:
    """The questions and reminders to this address that will still go out."""
    rows = [*town.letters(email), *(town.bubbles(email) if email == ERIKA else [])]
    return [row for row in rows if row.dedupe_key.startswith("nudge:") and row.state == Sending.QUEUED]


def test_a_reminder_that_waits_is_dropped_once_all_is_answered(town: Town) -> None:
    assert len(waiting(town, MAX)) == 1
    town.reply(MAX, "M3: 60 %")
    assert waiting(town, MAX) == []
    assert len(waiting(town, ERIKA)) == 1


def test_a_reminder_that_waits_asks_only_for_what_is_left(town: Town) -> None:
    (before,) = waiting(town, ERIKA)
    assert unpack(before.note, Note).title == "Erinnerung, bitte bis 16. Dezember: Stand Ihrer 2 Maßnahmen"
    town.chat(ERIKA, "M1: 40 %")
    (after,) = waiting(town, ERIKA)
    note = unpack(after.note, Note)
    assert note.title == "Erinnerung, bitte bis 16. Dezember: Stand Ihrer Maßnahme"
    assert [item.title for item in note.items] == ["M2 Flächenbörse"]
    assert note.matter.measures == (2,)
    town.chat(ERIKA, "M2: 20 %")
    assert waiting(town, ERIKA) == []


def test_what_the_office_was_told_by_phone_is_not_asked_about_either(town: Town) -> None:
    town.letter("buero@stadt.example.org", "M3 telefonisch: 60 %", town.letters("buero@stadt.example.org")[-1].token)
    assert waiting(town, MAX) == []


def test_only_what_is_about_the_same_is_read_in_full(town: Town) -> None:
    """Or each of all who answer a round would unpack the questions to all who have not answered yet."""
    erika = town.person(ERIKA)

    def job(session: Session) -> set[int | None]:
        unasking.answered(notices.as_heard(session, HOUSE, erika, town.at), [2])
        return {row.person_id for row in session.identity_map.values() if isinstance(row, OutboxRow)}

    assert town.database.write_now(job) == {erika.id}
