"""The digest: how often, about what, with preview and release; and that no news falls between two of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alliance import digests, plan
from alliance.notes import Note
from alliance.packing import unpack
from scheduler import jobs
from store.database import Database
from store.tables import OutboxRow
from tests.town import BERLIN, ERIKA, HOUSE, MAX, OFFICE, Town, button, words

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=BERLIN).astimezone(UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def town(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Town]:
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'town.db')}")
    database.write_now(plan.lay_out)
    town = Town(database).settle()
    town.link(ERIKA)
    yield town
    database.close()


def beat(town: Town, at: datetime) -> None:
    town.at = at
    town.database.write_now(lambda session: jobs.beat(session, HOUSE, at))


def digests_of(rows: list[OutboxRow]) -> list[Note]:
    return [unpack(row.note, Note) for row in rows if row.dedupe_key.startswith("digest:")]


def test_whoever_wants_none_gets_none_and_the_others_do(town: Town) -> None:
    town.letter(MAX, "WOCHENÜBERBLICK AUS")
    town.reply(MAX, "JA")
    town.chat(ERIKA, "M1 60 %")
    beat(town, MONDAY)
    assert digests_of(town.letters(MAX)) == []
    assert len(digests_of(town.bubbles(ERIKA))) == len(digests_of(town.letters(OFFICE))) == 1


def test_a_monthly_reader_hears_of_the_whole_month_with_its_first_digest(town: Town) -> None:
    town.chat(ERIKA, "WOCHENÜBERBLICK MONATLICH")
    for week, percent in enumerate((20, 30, 40, 50, 60)):
        town.at = MONDAY + week * WEEK + timedelta(hours=5)
        town.chat(ERIKA, f"M{1 + week % 2} {percent} %")
        beat(town, MONDAY + (week + 1) * WEEK)
    (december, january) = digests_of(town.bubbles(ERIKA))
    assert "M1 Radweg: 20 %, läuft → 60 %, läuft" in words(january)
    assert december.title == january.title == "Monatsüberblick Zukunftsplan"


@pytest.mark.fault(14)
def test_the_digest_after_a_week_that_was_lost_tells_of_both_weeks(town: Town) -> None:
    town.chat(ERIKA, "M1 10 %")
    beat(town, MONDAY)
    town.at = MONDAY + timedelta(days=1)
    town.chat(ERIKA, "M1 20 %")
    beat(town, MONDAY + 2 * WEEK)
    assert "M1 Radweg: 10 %, läuft → 20 %, läuft" in words(digests_of(town.letters(MAX))[-1])


def test_nothing_is_told_twice_in_two_weeks(town: Town) -> None:
    town.chat(ERIKA, "M1 10 %")
    beat(town, MONDAY)
    beat(town, MONDAY + WEEK)
    assert len(digests_of(town.letters(MAX))) == 1


def test_who_follows_a_measure_reads_of_it_and_of_their_own(town: Town) -> None:
    note = town.chat(ERIKA, "FOLGEN M3")
    assert note.title == "Sie folgen einem Eintrag des Zukunftsplans"
    for words_ in ("M1 60 %", "M3 20 %", "M4 fertig"):
        town.chat(ERIKA, words_) if words_.startswith("M1") else town.letter(OFFICE, words_)
        if not words_.startswith("M1"):
            town.reply(OFFICE, "JA")
    beat(town, MONDAY)
    told = words(digests_of(town.bubbles(ERIKA))[-1])
    assert "M1 Radweg" in told
    assert "M3 Messe" in told
    assert "M4 Glasfaser" not in told
    assert "M4 Glasfaser" in words(digests_of(town.letters(MAX))[-1])


def test_a_followed_field_is_found_however_it_is_written(town: Town) -> None:
    assert "• Fachkräfte" in words(town.chat(ERIKA, "folgen fachkraefte"))
    assert town.chat(ERIKA, "FOLGEN ENDE Fachkräfte").title == "Sie folgen dem ganzen Zukunftsplan"


def test_an_unknown_field_changes_nothing_and_the_known_ones_are_named(town: Town) -> None:
    refusal = words(town.chat(ERIKA, "FOLGEN Raumfahrt"))
    assert "»Raumfahrt«" in refusal
    assert "Fachkräfte" in refusal


def test_everything_again_takes_the_list_away(town: Town) -> None:
    town.chat(ERIKA, "FOLGEN M3")
    note = town.chat(ERIKA, "FOLGEN M4")
    assert note.title == "Sie folgen 2 Einträgen des Zukunftsplans"
    assert town.tap(ERIKA, button(note, "Wieder allem folgen")).title == "Sie folgen dem ganzen Zukunftsplan"


def test_with_a_preview_nothing_goes_out_before_the_office_releases_it(town: Town) -> None:
    town.link(OFFICE)
    town.chat(OFFICE, "VORSCHAU AN")
    town.chat(ERIKA, "M1 60 %")
    beat(town, MONDAY)
    beat(town, MONDAY + timedelta(hours=1))
    shown = [unpack(row.note, Note) for row in town.bubbles(OFFICE)]
    assert [note.title for note in shown] == ["Vorschau: Wochenüberblick"]
    assert "M1 Radweg: 0 %" in words(shown[0])
    assert digests_of(town.letters(MAX)) == []
    assert "an 3 Personen" in town.tap(OFFICE, button(shown[0], "Freigeben")).title
    assert len(digests_of(town.letters(MAX))) == 1


def test_the_office_is_shown_the_week_even_if_it_wants_a_digest_a_month(town: Town) -> None:
    town.link(OFFICE)
    town.chat(OFFICE, "VORSCHAU AN")
    town.chat(OFFICE, "WOCHENÜBERBLICK MONATLICH")
    town.chat(ERIKA, "IDEE: Ein Reparaturcafé")
    town.chat(ERIKA, "M1 60 %")
    beat(town, MONDAY)
    assert not digests.is_monthly("2026-W49")
    (shown,) = [note for row in town.bubbles(OFFICE) if (note := unpack(row.note, Note)).title.startswith("Vorschau")]
    assert "M1 Radweg: 0 %" in words(shown)
    assert "Reparaturcafé" in words(shown)


def test_a_second_release_changes_nothing(town: Town) -> None:
    town.link(OFFICE)
    town.chat(OFFICE, "VORSCHAU AN")
    town.chat(ERIKA, "M1 60 %")
    beat(town, MONDAY)
    town.chat(OFFICE, "FREIGEBEN")
    assert "schon unterwegs" in words(town.chat(OFFICE, "FREIGEBEN"))
    assert len(digests_of(town.letters(MAX))) == 1


def test_what_was_not_released_comes_with_the_next_digest(town: Town) -> None:
    town.link(OFFICE)
    town.chat(OFFICE, "VORSCHAU AN")
    town.chat(ERIKA, "M1 60 %")
    beat(town, MONDAY)
    old = unpack(town.bubbles(OFFICE)[-1].note, Note)
    beat(town, MONDAY + WEEK)
    assert "vergangenen Woche" in words(town.tap(OFFICE, button(old, "Freigeben")))
    town.chat(OFFICE, "FREIGEBEN")
    assert "M1 Radweg: 0 %" in words(digests_of(town.letters(MAX))[-1])


def test_a_member_cannot_release(town: Town) -> None:
    assert "Geschäftsstelle" in words(town.chat(ERIKA, "FREIGEBEN"))


@pytest.mark.parametrize(
    ("week", "monthly"), [("2026-W49", False), ("2026-W50", True), ("2026-W53", False), ("2027-W01", True)]
)
def test_the_first_week_that_begins_in_a_month_is_the_months(week: str, monthly: bool) -> None:
    assert digests.is_monthly(week) is monthly


def test_every_month_of_ten_years_has_one_such_week(town: Town) -> None:
    first = datetime(2026, 1, 5, tzinfo=UTC)
    weeks = [first + n * WEEK for n in range(521)]
    months = [(day.year, day.month) for day in weeks if digests.is_monthly(f"{day:%G-W%V}")]
    assert len(months) == len(set(months)) == 120


def test_the_choice_can_be_looked_at_and_changed_by_tap(town: Town) -> None:
    note = town.chat(ERIKA, "Wochenüberblick")
    assert note.title == "Der Überblick kommt jede Woche"
    assert town.tap(ERIKA, button(note, "Gar nicht")).title == "Der Überblick kommt nicht mehr"
    assert town.person(ERIKA).digest == "never"


def test_new_ideas_and_offers_are_news_of_their_own_without_names(town: Town) -> None:
    town.chat(ERIKA, "IDEE: Gemeinsame Lehrwerkstatt der Betriebe")
    town.chat(ERIKA, "GESUCH: Raum für Schulungen")
    beat(town, MONDAY)
    told = words(digests_of(town.letters(MAX))[-1])
    assert "Gemeinsame Lehrwerkstatt der Betriebe" in told
    assert "Raum für Schulungen" in told
    assert "Erika" not in told


def test_all_digests_of_a_week_share_one_picture_and_name_the_next_meetings(town: Town) -> None:
    town.meeting(30)
    town.chat(ERIKA, "M1 60 %")
    beat(town, MONDAY)
    shown = [digests_of(rows)[-1] for rows in (town.letters(MAX), town.letters(OFFICE), town.bubbles(ERIKA))]
    assert len({note.papers for note in shown}) == 1
    assert len(shown[0].papers) == 1
    assert all("Herbstsitzung" in note.closing[0] for note in shown)
