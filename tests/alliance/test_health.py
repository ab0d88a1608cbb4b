"""The line about the assistant itself in the office's weekly mail."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alliance import digests, health, nudges, outages
from store import inbox, outbox, queues
from store.tables import Backup, Bounce, Channel, Outage
from tests.alliance.watched import Watched
from tests.town import BERLIN, ERIKA, HOUSE, MAX, OFFICE, START, Town, words

MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)


def line(town: Town) -> str:
    return town.database.read_now(lambda session: health.line(health.look(session, town.at), HOUSE, "de"))


def send_digest(town: Town, week: int = 0) -> None:
    """The digest of Monday in so many weeks."""
    town.at = MONDAY + timedelta(weeks=week)
    name = nudges.digest_week(town.at, BERLIN)
    assert name
    town.database.write_now(lambda session: digests.send(session, HOUSE, name, town.at))


def test_all_is_well(town: Town) -> None:
    town.database.write_now(lambda session: session.add(Backup(at=town.at, size=1)))
    town.database.write_now(lambda session: session.add(Bounce(email="x@example.org", permanent=True, at=town.at)))
    town.at += timedelta(days=1)
    assert line(town) == (
        "Alles in Ordnung: Nichts wartet zu lange auf den Versand, alles Eingegangene ist gelesen, in der letzten Woche"
        " kam ein Brief zurück, letzte Sicherung Montag, 23. November 2026, 10:00 Uhr."
    )


def test_what_is_wrong_is_named(town: Town) -> None:
    town.letter(MAX, "STATUS")
    came = [inbox.Incoming("1", b"x")]
    town.database.write_now(lambda session: inbox.keep(session, Channel.TELEGRAM, came, town.at))
    down = Outage(channel="telegram", reason="conflict", since=town.at)
    town.database.write_now(lambda session: session.add(down))
    town.at += timedelta(hours=5)
    assert line(town) == (
        "Der Betrieb braucht Aufmerksamkeit: Telegram gestört seit Montag, 23. November 2026, 10:00 Uhr; etwas wartet"
        " seit Montag, 23. November 2026, 10:00 Uhr auf den Versand; etwas Eingegangenes ist seit Montag, 23. November"
        " 2026, 10:00 Uhr ungelesen. Sonst: in der letzten Woche kam kein Brief zurück, eine Sicherung ist nicht"
        " vermerkt."
    )


def test_the_office_reads_it_in_its_digest_and_nobody_else(town: Town) -> None:
    town.link(ERIKA)
    town.chat(ERIKA, "M1: 60 %")
    send_digest(town)
    assert "Alles in Ordnung: " in words(town.last_letter(OFFICE))
    assert "Alles in Ordnung" not in words(town.last_letter(MAX))


def test_without_any_news_the_office_gets_a_digest_only_when_something_is_wrong(town: Town) -> None:
    send_digest(town)
    assert town.letters(OFFICE) == []
    town.letter(MAX, "STATUS")
    send_digest(town, week=1)
    assert "etwas wartet seit Montag, 30. November 2026" in words(town.last_letter(OFFICE))


def test_how_things_stand_is_read_by_index_however_much_was_sent(tmp_path: Path, migrated_sqlite: Path) -> None:
    watched = Watched(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'watched.db')}")
    looks = (
        lambda session: health.look(session, START),
        lambda session: outages.anything_due(session, {"imap": ""}, START),
        lambda session: queues.sent_since(session, Channel.MAIL, START, outbox.LIFETIME),
        queues.outgoing_counts,
        queues.incoming_counts,
        queues.outgoing,
        queues.set_aside,
        inbox.has_released,
    )
    for look in looks:
        watched.database.read_now(look)
    assert watched.said
    assert {scan.table for scan in watched.scans()} <= {"backups", "bounces", "outages"}, "which hold a few rows"
    watched.database.close()
