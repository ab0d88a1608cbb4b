"""The round before a meeting: questions, reminders only to the silent, the freeze with its dossier, the digest."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store.tables import Meeting, OutboxRow, Paper
from tests.papers.paper_reading import says
from tests.town import BERLIN, ERIKA, HOUSE, MAX, OFFICE, Town, words


@pytest.fixture(autouse=True)
def planned(town: Town) -> None:
    """The meeting is on Wednesday, 23 December 2026; the question goes out on 2 December."""
    town.meeting(30)


def beat(town: Town) -> None:
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))


def go_to(town: Town, day: int, hour: int = 9, month: int = 12) -> None:
    """Move the clock to a day in Berlin, with a beat every three hours on the way."""
    until = datetime(2026, month, day, hour, 1, tzinfo=BERLIN).astimezone(UTC)
    while town.at < until:
        town.at = min(town.at + timedelta(hours=3), until)
        beat(town)


def titles(town: Town, email: str) -> list[str]:
    """What was written because of the round: no weekly digest, no invitation."""
    said = [unpack(row.note, Note).title for row in town.letters(email)]
    return [title for title in said if "Wochen" not in title and not title.startswith("Einladung")]


def test_three_weeks_before_everyone_who_leads_is_asked_once_for_all_their_measures(town: Town) -> None:
    go_to(town, 2)
    assert titles(town, ERIKA) == ["Bitte bis 16. Dezember: Wie steht es um Ihre 2 Maßnahmen?"]
    assert titles(town, MAX) == ["Bitte bis 16. Dezember: Wie steht es um Ihre Maßnahme?"]
    assert "bis Mittwoch, 16. Dezember 2026" in words(town.last_letter(MAX))


def test_only_who_has_not_answered_is_reminded(town: Town) -> None:
    go_to(town, 2)
    town.reply(MAX, "60 %")
    go_to(town, 15)
    assert len(titles(town, ERIKA)) == 3
    assert all("Erinnerung" in title for title in titles(town, ERIKA)[1:])
    assert not any("Erinnerung" in title for title in titles(town, MAX))


def test_a_reminder_names_only_what_is_missing(town: Town) -> None:
    go_to(town, 2)
    town.reply(ERIKA, "M1 unverändert")
    go_to(town, 9)
    reminder = town.last_letter(ERIKA)
    assert [item.title for item in reminder.items] == ["M2 Flächenbörse"]


def test_unchanged_counts_as_an_answer(town: Town) -> None:
    go_to(town, 2)
    town.reply(MAX, "unverändert")
    go_to(town, 15)
    assert not any("Erinnerung" in title for title in titles(town, MAX))


def test_nobody_is_nudged_while_pausing(town: Town) -> None:
    town.letter(MAX, "PAUSE bis 31.12.")
    town.reply(MAX, "JA")
    go_to(town, 15)
    assert not any("Wie steht" in title or "Erinnerung" in title for title in titles(town, MAX))


def test_the_office_gets_the_interim_list_with_phone_numbers(town: Town) -> None:
    go_to(town, 11)
    lists = [row for row in town.letters(OFFICE) if "Zwischenliste" in row.note["title"]]
    assert len(lists) == 1
    assert "Max Muster, Logistik KG: M3 · Tel. 02041 1" in words(unpack(lists[0].note, Note))


def test_the_freeze_sends_the_dossier_to_everyone_once(town: Town) -> None:
    go_to(town, 2)
    town.reply(MAX, "60 %, verzögert wegen Gutachten")
    go_to(town, 18)
    for email in (ERIKA, MAX, OFFICE):
        assert [title for title in titles(town, email) if "Zwischenstand" in title] == [
            "Zwischenstand zum Zukunftsplan: Herbstsitzung"
        ]
    papers = town.database.read_now(lambda session: session.exec(select(Paper)).all())
    made = [paper.media_type for paper in papers if paper.made_at.weekday() != 0]  # without the digests of Mondays
    assert sorted(made) == ["application/pdf"] * 2 + ["image/png"]
    for paper in papers:
        if paper.media_type == "application/pdf":
            assert says(paper.content, "1 von 2", "M3", "Messe", "»wegen Gutachten«")
            assert says(paper.content, "0 %, noch nicht begonnen", "60 %, verzögert")


def test_only_the_office_reads_who_is_missing(town: Town) -> None:
    go_to(town, 18)
    letters = {email: town.letters(email) for email in (ERIKA, OFFICE)}
    dossier = {
        email: words(unpack(next(row for row in rows if "Zwischenstand" in row.note["title"]).note, Note))
        for email, rows in letters.items()
    }
    assert "Max Muster" in dossier[OFFICE]
    assert "Max Muster" not in dossier[ERIKA]


def test_after_the_freeze_nobody_is_nudged(town: Town) -> None:
    go_to(town, 17)
    before = len(town.letters(ERIKA))
    go_to(town, 23)
    assert [row for row in town.letters(ERIKA)[before:] if row.dedupe_key.startswith("nudge:")] == []


@pytest.mark.fault(14)
def test_after_three_days_of_darkness_there_is_one_catch_up_and_no_flood(town: Town) -> None:
    go_to(town, 1)
    town.at = datetime(2026, 12, 10, 9, 30, tzinfo=BERLIN).astimezone(UTC)
    beat(town)
    nudges = [row.dedupe_key for row in town.letters(MAX) if row.dedupe_key.startswith("nudge:")]
    assert len(nudges) == 1
    assert "Wie steht" in town.last_letter(MAX).title


@pytest.mark.fault(13)
def test_a_second_beat_changes_nothing(town: Town) -> None:
    go_to(town, 16)
    before = town.database.read_now(lambda session: len(session.exec(select(OutboxRow)).all()))
    beat(town)
    beat(town)
    assert town.database.read_now(lambda session: len(session.exec(select(OutboxRow)).all())) == before


def test_nobody_gets_more_than_four_nudges_before_one_meeting(town: Town) -> None:
    go_to(town, 23)
    counted = Counter(
        row.to for email in (ERIKA, MAX) for row in town.letters(email) if row.dedupe_key.startswith("nudge:")
    )
    assert all(count <= 4 for count in counted.values())


def test_the_digest_says_first_what_waits_for_the_reader(town: Town) -> None:
    go_to(town, 2)
    town.reply(MAX, "60 %")
    go_to(town, 7, hour=8)
    digest = next(row for row in town.letters(ERIKA) if row.dedupe_key.startswith("digest:"))
    note = unpack(digest.note, Note)
    assert note.title == "Wochenüberblick Zukunftsplan: 2 Maßnahmen warten auf Sie"
    assert [item.title for item in note.items] == ["M1 Radweg", "M2 Flächenbörse", "Neu in »Infrastruktur«"]
    assert note.items[2].lines == ("M3 Messe: 0 %, noch nicht begonnen → 60 %, läuft",)


def test_without_news_there_is_no_digest(town: Town) -> None:
    go_to(town, 30, hour=12, month=11)
    assert [row.dedupe_key for row in town.letters(ERIKA)] == ["invite:1:1"]


def test_the_office_hears_when_a_meeting_is_planned_what_happens_when(town: Town) -> None:
    note = town.meeting(60)
    assert any("Redaktionsschluss" in line for line in note.lines)


def test_the_meeting_is_frozen_in_the_database(town: Town) -> None:
    go_to(town, 16)
    assert town.database.read_now(lambda session: session.exec(select(Meeting)).one()).frozen_at is not None
