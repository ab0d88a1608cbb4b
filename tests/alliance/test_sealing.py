"""Whoever alters the history afterwards is found out, and what must be forgotten is forgotten all the same."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from alliance import sealing
from alliance.privacy import erasure
from alliance.sealing import Head
from scheduler import jobs
from store.tables import Change, Deed, Seal
from tests.town import ERIKA, HOUSE, OFFICE, Town

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
WHOLE: list[str] = []


@pytest.fixture
def sealed(town: Town) -> Town:
    """A town with a report, all of it sealed."""
    town.link(ERIKA)
    town.chat(ERIKA, "M1 60 %, Gutachten liegt vor")
    seal(town)
    return town


def seal(town: Town) -> int:
    return town.database.write_now(lambda session: sealing.seal(session, town.at))


def verify(town: Town, *known: Head) -> list[str]:
    """What is wrong, by kind."""
    return [found.kind for found in town.database.read_now(lambda session: sealing.verify(session, known))]


def head(town: Town) -> Head:
    return town.database.read_now(sealing.head)


def report(town: Town) -> Deed:
    statement = select(Deed).where(Deed.what == "report").order_by(col(Deed.id).desc())
    return town.database.read_now(lambda session: session.exec(statement).first()) or Deed(
        at=town.at, door="", what="none"
    )


def tamper(town: Town, *statements: str) -> None:
    """Somebody has the file, and takes the triggers away first."""
    with sqlite3.connect(town.database.url.removeprefix("sqlite:///")) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
    connection.close()


def forge_chain(town: Town) -> None:
    """Somebody who knows this code computes all seals anew."""

    def job(session: Session) -> None:
        session.execute(text("DELETE FROM seals"))
        sealing.seal(session, town.at)

    town.database.write_now(job)


def test_an_untouched_history_holds_and_every_deed_is_in_the_chain(sealed: Town) -> None:
    deeds = sealed.database.read_now(lambda session: session.exec(select(Deed)).all())
    assert (verify(sealed), head(sealed).position) == (WHOLE, len(deeds))
    assert not sealed.database.read_now(jobs.unsealed)
    assert seal(sealed) == 0


@SQLITE
def test_sealing_in_portions_makes_one_chain(town: Town) -> None:
    def some(session: Session) -> int:
        return sealing.seal(session, town.at, limit=3)

    portions: list[int] = []
    while portions[-1:] != [0]:
        portions.append(town.database.write_now(some))
    assert (sum(portions), set(portions[:-2]), verify(town)) == (head(town).position, {3}, WHOLE)


@SQLITE
@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE history SET details = '{}' WHERE what = 'report'", ["altered"]),
        ("UPDATE history SET actor_id = 2 WHERE what = 'report'", ["altered"]),
        ("UPDATE history SET at = '2026-11-22 09:00:00.000000' WHERE what = 'report'", ["altered"]),
        ("UPDATE changes SET after = replace(after, '60', '90') WHERE table_name = 'reports'", ["altered"]),
        ("DELETE FROM changes WHERE table_name = 'reports'", ["altered"]),
        ("UPDATE changes SET deed_id = NULL WHERE table_name = 'reports'", ["altered", "no-deed"]),
        ("INSERT INTO changes (deed_id, table_name, row_id) VALUES (5, 'measures', '9')", ["altered"]),
        ("UPDATE seals SET content = 'aa' WHERE position = 3", ["chain", "altered"]),
        ("UPDATE seals SET chain = 'aa' WHERE position = 3", ["chain", "chain"]),
        ("DELETE FROM seals WHERE position = 3", ["missing", "slipped-in"]),
        ("DELETE FROM history WHERE what = 'report'", ["deed-missing"]),
        ("INSERT INTO history (id, at, door, what, details) VALUES (-1, '2026-01-01', 'mail', 'x', '{}')",
         ["slipped-in"]),
        ("UPDATE seals SET redacted_at = '2026-11-23 10:00:00', salt = '' WHERE position = 3", ["redacted"]),
    ],
)  # fmt: skip
def test_whatever_is_altered_is_found(sealed: Town, statement: str, wrong: list[str]) -> None:
    tamper(sealed, statement)
    assert verify(sealed) == wrong


def test_what_somebody_changed_past_the_assistant_is_sealed_under_a_line_of_its_own(sealed: Town) -> None:
    with sealed.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE measures SET percent = 100 WHERE number = 1")
    assert verify(sealed) == ["no-deed"]
    assert sealed.database.read_now(jobs.unsealed)
    assert seal(sealed) == 1
    assert verify(sealed) == WHOLE
    assert not sealed.database.read_now(jobs.unsealed)


@SQLITE
def test_the_office_reads_the_head_in_its_weekly_digest_and_nobody_else_does(sealed: Town) -> None:
    newest = head(sealed)
    sealed.at = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    sealed.database.write_now(lambda session: jobs.beat(session, HOUSE, sealed.at))
    (told,) = [line for line in sealed.last_letter(OFFICE).closing if "Prüfstand" in line]
    found = Head.read(told.partition("Verlaufs: ")[2].partition(". ")[0])
    assert found
    assert (found.position, verify(sealed, found)) == (newest.position, WHOLE)
    assert "Prüfstand" not in str(sealed.bubbles(ERIKA)[-1].note)


@SQLITE
def test_a_head_that_was_written_down_shows_a_chain_that_was_forged_as_a_whole(sealed: Town) -> None:
    written_down = head(sealed)
    tamper(sealed, "UPDATE history SET details = '{}' WHERE what = 'report'")
    forge_chain(sealed)
    assert verify(sealed) == WHOLE
    assert verify(sealed, written_down) == ["head"]


@SQLITE
def test_a_head_that_was_written_down_shows_that_the_end_was_cut_off(sealed: Town) -> None:
    written_down = head(sealed)
    last = f"(SELECT deed_id FROM seals WHERE position = {written_down.position})"
    tamper(
        sealed,
        f"DELETE FROM changes WHERE deed_id = {last}",
        f"DELETE FROM reports WHERE deed_id = {last}",
        f"DELETE FROM history WHERE id = {last}",
        f"DELETE FROM seals WHERE position = {written_down.position}",
    )
    assert verify(sealed) == WHOLE
    assert verify(sealed, written_down) == ["head-missing"]


def test_what_is_forgotten_is_gone_and_the_chain_still_holds(sealed: Town) -> None:
    deed, before = report(sealed), head(sealed)

    def forget(session: Session) -> list[int]:
        return sealing.redact(session, [deed.id or 0], sealed.at)

    positions = sealed.database.write_now(forget)
    assert len(positions) == 1
    assert verify(sealed) == WHOLE
    seal(sealed)
    assert verify(sealed, before) == WHOLE

    def left(session: Session) -> tuple[str, list[Change]]:
        mine = session.exec(select(Change).where(Change.deed_id == deed.id)).all()
        return session.exec(select(Seal).where(Seal.deed_id == deed.id)).one().salt, list(mine)

    salt, kept = sealed.database.read_now(left)
    assert salt == ""
    assert {(change.before, change.after) for change in kept} == {(None, None)}
    assert report(sealed).details == {"measures": [1]}


@SQLITE
def test_nobody_can_pass_off_an_alteration_as_forgetting(sealed: Town) -> None:
    deed = report(sealed)
    sealed.database.write_now(lambda session: sealing.redact(session, [deed.id or 0], sealed.at))
    seal(sealed)
    tamper(sealed, "UPDATE history SET details = '{\"measures\": [2]}' WHERE what = 'report'")
    assert verify(sealed) == ["altered"]
    tamper(sealed, "UPDATE seals SET redacted_at = NULL WHERE redacted_at IS NOT NULL")
    assert verify(sealed) == ["altered", "restored"]


@SQLITE
def test_a_deed_can_be_forgotten_in_parts_for_one_person_after_the_other(sealed: Town) -> None:
    sealed.chat(ERIKA, "M1 70 %, Erika und Max einig")
    deed_id = report(sealed).id or 0
    seal(sealed)

    def without(word: str) -> None:
        def forget(row: Deed | Change) -> None:
            if isinstance(row, Change) and row.after and "text" in row.after:
                row.after = {**row.after, "text": row.after["text"].replace(word, "N. N.")}

        sealed.database.write_now(lambda session: sealing.redact(session, [deed_id], sealed.at, forget))
        seal(sealed)
        assert verify(sealed) == WHOLE

    without("Erika")
    without("Max")
    statement = select(Change).where(Change.deed_id == deed_id, Change.table_name == "reports")
    kept = sealed.database.read_now(lambda session: session.exec(statement).one().after) or {}
    assert (kept.get("text"), kept.get("percent")) == ("N. N. und N. N. einig", 70)


@SQLITE
def test_somebody_who_is_erased_is_gone_from_the_sealed_history_and_the_chain_holds(sealed: Town) -> None:
    before, person = head(sealed), sealed.person(ERIKA)

    def copies(session: Session) -> str:
        kept = session.exec(select(Change)).all()
        return str([deed.details for deed in session.exec(select(Deed))] + [(row.before, row.after) for row in kept])

    for trace in ("Erika Beispiel", ERIKA):
        assert trace in sealed.database.read_now(copies)
    sealed.database.write_now(lambda session: erasure.erase(session, HOUSE, session.merge(person), sealed.at))
    for trace in ("Erika Beispiel", ERIKA):
        assert trace not in sealed.database.read_now(copies)
    assert "Max Muster" in sealed.database.read_now(copies)
    assert verify(sealed, before) == WHOLE
    seal(sealed)
    assert verify(sealed, before) == WHOLE


@SQLITE
def test_what_is_not_sealed_yet_is_forgotten_without_a_trace(town: Town) -> None:
    town.link(ERIKA)
    town.chat(ERIKA, "M1 60 %, Gutachten liegt vor")
    deed_id = report(town).id or 0
    assert town.database.write_now(lambda session: sealing.redact(session, [deed_id], town.at)) == []
    seal(town)
    assert verify(town) == WHOLE
    dump = town.database.read_now(lambda session: [str(change.after) for change in session.exec(select(Change))])
    assert not any("Gutachten" in row for row in dump)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_sealing_waits_for_who_is_writing_so_that_nothing_gets_a_lower_place_later(town: Town) -> None:
    with town.database.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO history (at, door, what, details) VALUES (now(), 'console', 'other', '{}')")
        )
        assert seal(town) == 0
    town.at += timedelta(minutes=1)
    assert seal(town) > 0
    assert (verify(town), town.database.read_now(jobs.unsealed)) == (WHOLE, False)
