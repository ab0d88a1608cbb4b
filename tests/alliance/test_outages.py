"""A way in or out that fails: the office hears of it once, with what still works, and again when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from alliance import outages
from alliance.outages import BACKUP, IMAP, SMTP, TELEGRAM, Seen
from store import outbox
from store.outbox import Outcome, Result
from store.tables import Backup, Channel, OutboxRow, Sending
from tests.town import HOUSE, MAX, NAMES, OFFICE, Town, words

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WELL: Seen = {IMAP: "", SMTP: "", TELEGRAM: ""}


def look(town: Town, **dead: str | None) -> bool:
    """A minute passes and the lookout looks; whether there was anything to write."""
    town.at += MINUTE
    seen = {**WELL, **dead}

    def job(session: Session) -> bool:
        due = outages.anything_due(session, seen, town.at)
        if due:
            outages.note(session, HOUSE, seen, town.at)
        return due

    return town.database.write_now(job)


def told(town: Town) -> list[str]:
    """The titles of what the office was told of outages, in both channels."""
    rows = [*town.letters(OFFICE), *town.bubbles(OFFICE)]
    return [row.note["title"] for row in rows if row.dedupe_key.startswith("outage:")]


def wait(town: Town) -> None:
    """A letter that waits."""
    town.letter(MAX, "STATUS")


@pytest.mark.fault(25)
def test_a_refused_password_is_told_at_once_by_the_other_way_and_once_only(town: Town) -> None:
    town.link(OFFICE)
    wait(town)
    for _ in range(4):
        look(town, smtp="login")
    assert [row.note["title"] for row in town.bubbles(OFFICE)][-1:] == ["Der Postversand ruht"]
    assert told(town) == ["Der Postversand ruht"]
    said = "\n".join(town.bubbles(OFFICE)[-1].note["lines"])
    assert "seit Montag, 23. November 2026, 10:01 Uhr: Der Mailserver lehnt die Anmeldung ab" in said
    assert "Posteingang und Telegram gehen weiter." in said
    assert "Ein Brief wartet." in said
    assert not look(town, smtp="login"), "what is known and told needs no writing"


@pytest.mark.fault(25)
def test_it_is_told_again_when_it_is_over(town: Town) -> None:
    town.link(OFFICE)
    wait(town)
    for _ in range(4):
        look(town, smtp="login")

    def deliver(session: Session) -> None:
        for letter in outbox.claim(session, town.at, limit=99):
            outbox.finish(session, letter, Outcome(Result.SENT), town.at)

    town.database.write_now(deliver)
    look(town)
    assert sorted(told(town)) == ["Der Postversand geht wieder", "Der Postversand ruht"]
    lines = "\n".join(town.bubbles(OFFICE)[-1].note["lines"])
    assert "geht seit Montag, 23. November 2026, 10:05 Uhr wieder; er ruhte seit Montag" in lines
    assert "Ein Brief ist schon nachgeholt, es wartet keiner mehr." in lines
    assert not look(town)


@pytest.mark.fault(20)
def test_a_server_out_of_reach_is_told_after_four_hours(town: Town) -> None:
    look(town, imap="unreachable")
    town.at += 4 * HOUR - 2 * MINUTE
    look(town, imap="unreachable")
    assert told(town) == []
    look(town, imap="unreachable")
    assert told(town) == ["Der Posteingang ruht"]


@pytest.mark.fault(20)
def test_what_passes_by_itself_is_not_told_at_all(town: Town) -> None:
    look(town, imap="unreachable", telegram="conflict")
    assert look(town)
    assert told(town) == []
    assert town.database.read_now(outages.current) == []


def test_the_reason_may_turn_worse_meanwhile(town: Town) -> None:
    look(town, imap="unreachable")
    town.at += 5 * MINUTE
    look(town, imap="login")
    assert told(town) == ["Der Posteingang ruht"]


def test_what_is_not_known_neither_begins_nor_ends_an_outage(town: Town) -> None:
    for _ in range(3):
        look(town, imap="login")
    look(town, imap=None)
    look(town, imap=None, smtp=None)
    assert told(town) == ["Der Posteingang ruht"]
    assert [outage.channel for outage in town.database.read_now(outages.current)] == [IMAP]


def test_without_a_way_it_is_told_when_one_is_back(town: Town) -> None:
    wait(town)
    for _ in range(4):
        look(town, smtp="login", telegram="conflict")
    assert told(town) == [], "the office has no chat, and letters do not go out"
    assert not look(town, smtp="login", telegram="conflict")
    look(town, telegram="conflict")
    assert sorted(told(town)) == ["Der Postversand geht wieder", "Telegram ruht"]


def test_a_way_on_which_nothing_moved_is_well_once_nothing_waits_any_more(town: Town) -> None:
    town.link(OFFICE)
    wait(town)

    def fail(session: Session) -> None:
        for letter in outbox.claim(session, town.at, limit=99):
            outbox.finish(session, letter, Outcome(Result.LATER), town.at)

    town.database.write_now(fail)
    look(town, smtp="stuck")
    assert [outage.reason for outage in town.database.read_now(outages.current)] == ["stuck"]

    def drop(session: Session) -> None:
        session.exec(select(OutboxRow)).one().state = Sending.DROPPED

    town.database.write_now(drop)
    look(town, smtp="stuck")
    town.at += 5 * HOUR
    look(town, smtp="stuck")
    assert told(town) == []
    assert town.database.read_now(outages.current) == []


def test_a_way_that_is_no_longer_used_is_forgotten_without_a_word(town: Town) -> None:
    for _ in range(4):
        look(town, telegram="token")
    assert told(town) == ["Telegram ruht"]

    def used_no_more(session: Session) -> None:
        outages.note(session, HOUSE, {IMAP: "", SMTP: ""}, town.at)

    town.database.write_now(used_no_more)
    assert told(town) == ["Telegram ruht"]
    assert town.database.read_now(outages.current) == []


def saved(town: Town, at: datetime, error: str = "") -> None:
    town.database.write_now(lambda session: session.add(Backup(at=at, size=1, error=error)))


@pytest.mark.parametrize(
    ("age", "error", "reason"),
    [
        (DAY, "", ""),
        (3 * DAY, "", "keine, die jünger als drei Tage ist"),
        (DAY, "damaged", "ließ sich nicht zurückspielen"),
        (DAY, "space", "zu wenig Platz"),
        (DAY, "write", "nicht schreiben"),
        (DAY, "source", "nicht lesen"),
        (DAY, "program", "fehlt ein Programm"),
        (DAY, "tool", "ist gescheitert"),
    ],
)
def test_a_backup_that_failed_or_is_overdue_is_told(town: Town, age: timedelta, error: str, reason: str) -> None:
    saved(town, town.at - age, error)
    for _ in range(3):
        look(town, **{BACKUP: ""})
    assert told(town) == (["Es fehlt eine brauchbare Sicherung"] if reason else [])
    if reason:
        (letter,) = town.letters(OFFICE)
        assert reason in letter.note["lines"][0]
        saved(town, town.at)
        look(town, **{BACKUP: ""})
        assert told(town)[-1] == "Es gibt wieder eine brauchbare Sicherung"


def test_without_any_backup_the_office_hears_of_it_after_three_days(town: Town) -> None:
    look(town, **{BACKUP: ""})
    town.at += 2 * DAY
    look(town, **{BACKUP: ""})
    assert told(town) == []
    town.at += DAY
    look(town, **{BACKUP: ""})
    assert told(town) == ["Es fehlt eine brauchbare Sicherung"]


def crashed(town: Town, key: str) -> int:
    """A note with which senders have died three times."""

    def job(session: Session) -> int:
        note = outbox.Outgoing(key, Channel.MAIL, MAX, {"is": "Note", "title": NAMES[MAX]}, town.at)
        outbox.enqueue(session, [note], town.at)
        row = session.exec(select(OutboxRow).where(OutboxRow.dedupe_key == key)).one()
        row.crashes = outbox.MAX_CRASHES
        return row.id or 0

    return town.database.write_now(job)


def test_the_office_hears_once_of_a_note_that_was_set_aside(town: Town) -> None:
    row = crashed(town, "digest:1")
    assert town.database.read_now(lambda session: outages.anything_due(session, WELL, town.at))
    assert town.database.write_now(lambda session: outages.set_aside(session, town.at)) == [row]
    assert town.database.write_now(lambda session: outages.set_aside(session, town.at)) == []
    said = words(town.last_letter(OFFICE))
    assert f"Nachricht Nummer {row} ist das Programm beim Verschicken dreimal gescheitert" in said
    assert NAMES[MAX] not in said
    (letter,) = [each for each in town.letters(MAX) if each.id == row]
    assert letter.state == Sending.HELD


def test_of_a_word_about_a_set_aside_note_no_further_word_is_said(town: Town) -> None:
    row = crashed(town, "crashed:7:1")
    assert town.database.write_now(lambda session: outages.set_aside(session, town.at)) == [row]
    assert town.letters(OFFICE) == []
