"""The outbox: once in under its key, out at least once, and not a moment too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from store import outbox
from store.database import Database
from store.outbox import Channel, Letter, Outcome, Outgoing, Result
from store.tables import OutboxRow, Sending

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def outgoing(key: str, due_at: datetime = NOON, expires_at: datetime | None = None) -> Outgoing:
    return Outgoing(key, Channel.MAIL, "a@b.example", {"title": key}, due_at, expires_at=expires_at)


def put(database: Database, *notes: Outgoing) -> int:
    return database.write_now(lambda session: outbox.enqueue(session, notes, NOON))


def claim(database: Database, now: datetime = NOON, limit: int = 20) -> list[Letter]:
    return database.write_now(lambda session: outbox.claim(session, now, limit))


def finish(database: Database, letter: Letter, outcome: Outcome, now: datetime = NOON) -> None:
    database.write_now(lambda session: outbox.finish(session, letter, outcome, now))


def row(database: Database, key: str) -> OutboxRow:
    statement = select(OutboxRow).where(OutboxRow.dedupe_key == key)
    return database.read_now(lambda session: session.exec(statement).one())


def test_the_same_key_enqueues_once(database: Database) -> None:
    assert put(database, outgoing("a"), outgoing("b")) == 2
    assert put(database, outgoing("b"), outgoing("c")) == 1


@pytest.mark.fault(4)
def test_what_is_claimed_is_not_claimed_again_before_its_lease_ends(database: Database) -> None:
    put(database, outgoing("a"))
    assert [letter.key for letter in claim(database)] == ["a"]
    assert claim(database) == []
    again = claim(database, NOON + outbox.LEASE + MINUTE)
    assert [(letter.key, letter.tries) for letter in again] == [("a", 2)]


def test_batches_come_in_order_and_only_when_due(database: Database) -> None:
    put(database, outgoing("later", NOON + MINUTE), outgoing("a"), outgoing("b"), outgoing("c"))
    assert [letter.key for letter in claim(database, limit=2)] == ["a", "b"]
    assert [letter.key for letter in claim(database)] == ["c"]
    assert [letter.key for letter in claim(database, NOON + MINUTE)] == ["later"]


@pytest.mark.fault(4)
def test_a_sender_that_overslept_its_lease_changes_nothing(database: Database) -> None:
    put(database, outgoing("a"))
    slow = claim(database)[0]
    fast = claim(database, NOON + outbox.LEASE + MINUTE)[0]
    finish(database, fast, Outcome(Result.SENT))
    finish(database, slow, Outcome(Result.REFUSED))
    assert row(database, "a").state == Sending.SENT


@pytest.mark.parametrize(("tries", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 67), (9, 67)])
@pytest.mark.fault(20)
def test_trouble_that_passes_is_tried_again_later_and_later(tries: int, minutes: int) -> None:
    assert outbox.backoff(tries) == timedelta(minutes=minutes)


@pytest.mark.fault(20)
def test_after_five_days_of_trouble_a_letter_is_given_up(database: Database) -> None:
    put(database, outgoing("a"))
    finish(database, claim(database)[0], Outcome(Result.LATER))
    assert row(database, "a").state == Sending.QUEUED
    late = NOON + outbox.LIFETIME
    finish(database, claim(database, late)[0], Outcome(Result.LATER), late)
    assert row(database, "a").state == Sending.FAILED


@pytest.mark.fault(14)
def test_what_has_become_pointless_is_dropped(database: Database) -> None:
    put(database, outgoing("nudge", expires_at=NOON + MINUTE), outgoing("letter"))
    later = NOON + 2 * MINUTE
    database.write_now(lambda session: outbox.drop_expired(session, later))
    assert [letter.key for letter in claim(database, later)] == ["letter"]
    assert row(database, "nudge").state == Sending.DROPPED


def test_a_dead_channel_is_left_once_and_not_for_ever(database: Database) -> None:
    put(database, outgoing("a"))
    letter = claim(database)[0]
    finish(database, letter, Outcome(Result.NO_WAY))

    def move(session: Session) -> None:
        outbox.reroute(session, letter.id, Channel.TELEGRAM, "42", NOON)

    database.write_now(move)
    moved = claim(database)[0]
    assert (moved.channel, moved.to, moved.token) == (Channel.TELEGRAM, "42", letter.token)
    finish(database, moved, Outcome(Result.NO_WAY))
    database.write_now(move)
    assert claim(database) == []


@pytest.mark.fault(4)
def test_after_a_crash_what_was_in_flight_is_given_back(database: Database) -> None:
    put(database, outgoing("a"))
    claim(database)
    assert database.write_now(outbox.release) == 1
    assert [letter.key for letter in claim(database)] == ["a"]


def test_keys_are_found_by_how_they_begin(database: Database) -> None:
    put(database, outgoing("nudge:1:ask:7"), outgoing("nudge:12:ask:7"), outgoing("digest:1"))
    assert database.read_now(lambda session: outbox.keys(session, "nudge:1:")) == {"nudge:1:ask:7"}


def test_tokens_survive_mail_programs_that_change_the_case() -> None:
    tokens = {outbox.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 16 and token == token.lower() and token.isalnum() for token in tokens)
