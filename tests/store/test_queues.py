"""The queues as an operator sees them: what waits, what is held, what goes on, and what may not be touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session, select

from store import inbox, outbox, queues
from store.database import Database
from store.outbox import Channel, Outcome, Outgoing, Result
from store.queues import NotSo
from store.tables import InboxRow, OutboxRow, Received, Sending

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def put(database: Database, key: str, **more: Any) -> int:
    """A note in the outbox; its row."""
    note = Outgoing(key, more.pop("channel", Channel.MAIL), f"{key}@example.org", {"title": key}, NOW, **more)

    def job(session: Session) -> int:
        outbox.enqueue(session, [note], NOW)
        return session.exec(select(OutboxRow.id).where(OutboxRow.dedupe_key == key)).one() or 0

    return database.write_now(job)


def row(database: Database, row_id: int) -> OutboxRow:
    return database.read_now(lambda session: session.get_one(OutboxRow, row_id))


def claim(database: Database, at: datetime = NOW, limit: int = 20) -> list[outbox.Letter]:
    return database.write_now(lambda session: outbox.claim(session, at, limit))


def end(database: Database, result: Result, at: datetime = NOW) -> None:
    """Claim what is due and let it end so."""
    outcome = Outcome(result, "451")
    for letter in claim(database, at):
        database.write_now(partial(outbox.finish, letter=letter, outcome=outcome, now=at))


def retry(database: Database, *ids: int, at: datetime = NOW) -> int:
    return database.write_now(lambda session: queues.retry(session, ids, at))


def hold(database: Database, *ids: int) -> int:
    return database.write_now(lambda session: queues.hold(session, ids))


def crash(database: Database) -> list[int]:
    """Claim what is due, and die with it in hand; which rows it was."""
    letters = claim(database)
    database.write_now(outbox.release)
    return [letter.id for letter in letters]


def test_what_waits_is_held_or_has_failed_is_listed_and_what_is_done_is_not(database: Database) -> None:
    put(database, "digest:1", channel=Channel.TELEGRAM)
    end(database, Result.SENT)
    failed = put(database, "nudge:1:ask:7")
    end(database, Result.REFUSED)
    waits, held = put(database, "welcome:7"), put(database, "round:3")
    hold(database, held)
    listed = {each.id: (each.state, each.kind) for each in database.read_now(queues.outgoing)}
    assert listed == {failed: ("failed", "nudge"), waits: ("queued", "welcome"), held: ("held", "round")}


def test_a_held_row_stays_until_it_is_tried_again(database: Database) -> None:
    held = put(database, "a")
    hold(database, held)
    assert claim(database, NOW + 9 * HOUR) == []
    assert retry(database, held) == 1
    assert [letter.id for letter in claim(database)] == [held]


def test_what_waits_for_its_next_try_and_what_has_failed_can_go_at_once(database: Database) -> None:
    later = put(database, "a")
    end(database, Result.LATER)
    failed = put(database, "b")
    end(database, Result.REFUSED)
    assert claim(database) == []
    assert retry(database, later, failed) == 2
    assert {letter.id for letter in claim(database)} == {later, failed}


def test_everything_stuck_is_what_is_held_and_what_has_been_tried_but_not_what_failed_or_expired(
    database: Database,
) -> None:
    later, stale = put(database, "a"), put(database, "b", expires_at=NOW + HOUR)
    end(database, Result.LATER)
    put(database, "c")
    end(database, Result.REFUSED)
    held = put(database, "d")
    hold(database, held)
    assert database.read_now(lambda session: queues.stuck(session, NOW)) == [later, stale, held]
    assert database.read_now(lambda session: queues.stuck(session, NOW + 2 * HOUR)) == [later, held]


@pytest.mark.parametrize("why", ["unknown", "sent", "in-flight", "expired", "emptied"])
def test_what_may_not_go_again_is_refused_and_then_nothing_goes(database: Database, why: str) -> None:
    bad = put(database, "bad", expires_at=NOW + HOUR if why == "expired" else None)
    match why:
        case "unknown":
            bad = 999
        case "sent":
            end(database, Result.SENT)
        case "in-flight":
            claim(database)
        case "emptied":
            database.write_now(lambda session: outbox.empty(session.get_one(OutboxRow, bad)))
    good = put(database, "good")
    hold(database, good)
    with pytest.raises(NotSo) as refused:
        retry(database, good, bad, at=NOW + 2 * HOUR)
    assert (refused.value.row, refused.value.why) == (bad, why)
    assert row(database, good).state == Sending.HELD


@pytest.mark.fault(7)
def test_a_note_of_which_three_senders_die_is_set_aside_and_the_others_go(database: Database) -> None:
    deadly, harmless = put(database, "deadly"), put(database, "harmless")
    assert crash(database) == [deadly, harmless]
    for _ in range(2):  # from now on each goes alone
        assert crash(database) == [deadly]
    assert [letter.id for letter in claim(database)] == [harmless]
    assert database.read_now(outbox.is_deadly)
    assert database.write_now(lambda session: outbox.set_aside(session, NOW)) == [(deadly, "deadly")]
    assert not database.read_now(outbox.is_deadly)
    assert (row(database, deadly).state, row(database, deadly).error) == (Sending.HELD, outbox.CRASHED)
    assert retry(database, deadly) == 1
    assert row(database, deadly).crashes == 0


def test_a_lease_that_ends_in_a_dead_senders_hand_counts_as_its_crash(database: Database) -> None:
    lost, at = put(database, "a"), NOW
    for _ in range(3):
        assert [letter.id for letter in claim(database, at)] == [lost]
        at += 2 * outbox.LEASE
    assert [letter.id for letter in claim(database, at)] == [lost]
    assert row(database, lost).crashes == 3
    at += 2 * outbox.LEASE
    assert claim(database, at) == []
    assert database.write_now(lambda session: outbox.set_aside(session, at)) == [(lost, "a")]


def test_a_sender_that_comes_back_with_a_note_takes_the_blame_from_it(database: Database) -> None:
    lost = put(database, "a")
    crash(database)
    end(database, Result.LATER)
    assert row(database, lost).crashes == 0


def test_what_is_held_is_dropped_with_its_person_and_its_occasion(database: Database) -> None:
    held = put(database, "eve:7:1")
    hold(database, held)
    database.write_now(lambda session: outbox.drop(session, "eve:7:"))
    assert row(database, held).state == Sending.DROPPED


def set_aside(database: Database, raw: bytes = b"x", channel: Channel = Channel.MAIL) -> int:
    """Something that came in and was given up."""

    def job(session: Session) -> int:
        (kept,) = inbox.keep(session, channel, [inbox.Incoming("1", raw)], NOW)
        inbox.begin(session, [kept])
        inbox.close(session.get_one(InboxRow, kept), Received.QUARANTINED, "failed")
        return kept

    return database.write_now(job)


def test_what_was_set_aside_is_worked_on_again_as_if_it_had_just_come(database: Database) -> None:
    kept = set_aside(database)
    assert [(each.id, each.outcome) for each in database.read_now(queues.set_aside)] == [(kept, "failed")]
    assert not database.read_now(inbox.has_released)
    assert database.write_now(lambda session: queues.take_back(session, [kept])) == 1
    assert database.read_now(inbox.has_released)
    (again,) = database.read_now(lambda session: inbox.batch(session, Channel.MAIL))
    assert (again.id, again.tries, again.outcome) == (kept, 0, "")
    with pytest.raises(NotSo, match="not-quarantined"):
        database.write_now(lambda session: queues.take_back(session, [kept]))


def test_what_was_emptied_meanwhile_is_not_worked_on_again(database: Database) -> None:
    kept = set_aside(database, b"")
    assert database.read_now(queues.revivable) == []
    with pytest.raises(NotSo, match="emptied"):
        database.write_now(lambda session: queues.take_back(session, [kept]))


def test_the_backlog_says_since_when_the_oldest_waits(database: Database) -> None:
    put(database, "a")
    end(database, Result.LATER, NOW + HOUR)  # due later, but it should have gone out long ago
    hold(database, put(database, "b"))
    database.write_now(lambda s: inbox.keep(s, Channel.MAIL, [inbox.Incoming("9", b"x")], NOW + HOUR))
    found = database.read_now(lambda session: queues.backlog(session, NOW + 2 * HOUR))
    assert (found.unsent, found.unread, found.held, found.quarantined) == (NOW, NOW + HOUR, 1, 0)
