"""An out-of-office letter pauses the nudges until the day it names."""

from __future__ import annotations

from datetime import date, timedelta

from alliance.hearing import Voice
from scheduler.jobs import beat
from store.tables import Channel
from tests.town import ERIKA, HOUSE, OFFICE, Town, words


def away(town: Town, until: date, token: str | None = None) -> None:
    if token is None:
        town.letter(ERIKA, "STATUS")
        token = town.letters(ERIKA)[-1].token
    voice = Voice(Channel.MAIL, town.at, email=ERIKA, token=token)
    town.database.write_now(lambda session: town.desk.away(session, voice, until))


def day(town: Town, days: int) -> date:
    return town.at.date() + timedelta(days=days)


def nudges(town: Town) -> int:
    town.database.write_now(lambda session: beat(session, HOUSE, town.at))
    return len([row for row in town.letters(ERIKA) if row.dedupe_key.startswith("nudge:")])


def test_no_nudge_until_and_including_the_day_named(town: Town) -> None:
    town.meeting(21)
    away(town, day(town, 4))
    assert nudges(town) == 0
    town.at += timedelta(days=7)
    assert nudges(town) == 1


def test_a_word_of_the_person_ends_the_absence(town: Town) -> None:
    town.meeting(21)
    away(town, day(town, 4))
    town.letter(ERIKA, "STATUS")
    assert town.person(ERIKA).away_until is None
    assert nudges(town) == 1


def test_an_absence_leaves_a_longer_pause_alone(town: Town) -> None:
    town.meeting(21)
    town.link(ERIKA)
    town.chat(ERIKA, f"PAUSE bis {day(town, 12):%d.%m.%Y}")
    away(town, day(town, 2))
    town.at += timedelta(days=7)
    assert nudges(town) == 0


def test_the_office_hears_once_of_an_absence_past_the_freeze(town: Town) -> None:
    town.meeting(21)
    town.letter(ERIKA, "STATUS")
    token = town.letters(ERIKA)[-1].token
    for _ in range(2):
        away(town, day(town, 16), token)
    told = [words_of for words_of in town.letters(OFFICE) if words_of.dedupe_key.startswith("away:")]
    assert len(told) == 1
    assert "bis nach dem Redaktionsschluss abwesend" in town.last_letter(OFFICE).title
    assert "M1 und M2" in words(town.last_letter(OFFICE))


def test_the_office_is_not_troubled_with_an_absence_that_ends_before(town: Town) -> None:
    town.meeting(21)
    away(town, day(town, 4))
    assert not [row for row in town.letters(OFFICE) if row.dedupe_key.startswith("away:")]


def test_without_a_token_of_ours_anybody_could_have_written_it(town: Town) -> None:
    away(town, day(town, 4), token="")
    assert town.person(ERIKA).away_until is None


def test_a_day_that_is_past_or_far_off_was_misread(town: Town) -> None:
    for days in (-1, 400):
        away(town, day(town, days))
        assert town.person(ERIKA).away_until is None
