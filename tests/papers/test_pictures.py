"""The pictures for chats and letters: wide enough to read, all rows there, the winner marked not by colour alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from papers import pictures, typesetting
from papers.dossier import Count, Light, Standing
from papers.pictures import PollResult, PollRow, Progress, Row
from tests.papers.paper_reading import colours, placed, says, size

MADE_AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
SMALL = 72  # pixels per inch
COUNTS = (Count("green", 3), Count("yellow", 2), Count("red", 1), Count("grey", 4))
STANDING = Standing("yellow", "gelb: im Blick behalten", 43, COUNTS)
LEGEND = (Light("green", "grün"), Light("yellow", "gelb"), Light("red", "rot"), Light("grey", "grau"))
GREEN, YELLOW, RED, GREY, BRAND = "#1b7a58", "#c67900", "#b8330a", "#6b7780", "#0b5c8a"
HOSTILE = '*fett* #let $y$ <b> \\ "x"'


def progress(*rows: Row, **changes: str) -> Progress:
    whole = Progress("de", "Allianz", "So steht der Plan", "12 Maßnahmen", STANDING, rows, LEGEND)
    return replace(whole, **changes)  # type: ignore[arg-type]  # a test names what it changes


FIELDS = tuple(Row(f"Themenfeld {name}", "green", 43, COUNTS) for name in "ABCDEFGHI")
POLL = PollResult(
    language="de",
    alliance="Allianz",
    title="Was hat Vorrang?",
    subtitle="bis 2. Dezember",
    rows=(PollRow("Messe", 64, "64 Punkte", won=True), PollRow("Radweg", 12, "12 Punkte")),
    turnout="16 von 24 haben abgestimmt",
    rule="Die meisten Punkte zählen.",
    won="Vorrang",
)


def text_of(paper: str, values: Progress | PollResult) -> bytes:
    """The same sources as PDF, whose words can be read back."""
    return typesetting.pdf(paper, values, MADE_AT)


def test_a_picture_is_as_wide_as_a_phone_shows_it_sharply() -> None:
    width, height = size(pictures.progress(progress(*FIELDS)))
    assert width == 1080
    assert 1080 <= height <= 1500


def test_a_picture_is_the_same_each_time() -> None:
    assert pictures.progress(progress(*FIELDS)) == pictures.progress(progress(*FIELDS))
    assert pictures.poll_result(POLL) == pictures.poll_result(POLL)


def test_as_many_rows_as_allowed_stay_in_a_telegram_photo() -> None:
    long = "M99 Eine Maßnahme mit einem recht langen Namen, der über zwei Zeilen geht und noch etwas weiter"
    rows = tuple(Row(long, "red", 20, text="blockiert") for _ in range(pictures.ROWS))
    width, height = size(pictures.progress(progress(*rows)))
    assert width + height <= 10_000
    assert height / width <= 3


def test_all_words_of_the_progress_are_there() -> None:
    rows = (*FIELDS, Row(HOSTILE, "red", 7, text="blockiert 👍"))
    paper = text_of("progress", progress(*rows, title=HOSTILE, more="und drei weitere"))
    assert says(paper, "Allianz", HOSTILE, "12 Maßnahmen", "43 %", "gelb: im Blick behalten", "und drei weitere")
    assert says(paper, *(row.label for row in rows), "7 %", "blockiert", *(light.word for light in LEGEND))


def test_the_lights_show_their_colours() -> None:
    shown = colours(typesetting.pages("progress", progress(*FIELDS[:2]), SMALL)[0])
    assert {GREEN, YELLOW, RED, GREY, BRAND, "#ffffff"} <= shown


def test_what_does_not_occur_is_not_painted() -> None:
    calm = replace(progress(Row("Feld", "green", 43, (Count("green", 3), Count("red", 0)))), legend=LEGEND[:1])
    shown = colours(typesetting.pages("progress", replace(calm, standing=replace(STANDING, light="green")), SMALL)[0])
    assert GREEN in shown
    assert not {YELLOW, RED} & shown


@pytest.mark.parametrize("percent", [0, 100])
def test_an_empty_and_a_full_bar_can_be_drawn(percent: int) -> None:
    assert size(pictures.progress(progress(Row("Messe", "green", percent))))[0] == 1080


def test_all_words_of_a_poll_are_there() -> None:
    paper = text_of("poll", replace(POLL, title=HOSTILE))
    assert says(paper, HOSTILE, "bis 2. Dezember", "Messe", "64 Punkte", "Radweg", "12 Punkte", POLL.turnout, POLL.rule)


def test_the_winner_is_marked_by_a_word_and_a_frame() -> None:
    assert says(text_of("poll", POLL), "Vorrang")
    nobody = replace(POLL, title="Was?", rows=tuple(replace(row, won=False) for row in POLL.rows))
    assert not says(text_of("poll", nobody), "Vorrang")
    assert size(pictures.poll_result(replace(POLL, title="Was?")))[1] > size(pictures.poll_result(nobody))[1]


def test_a_poll_without_votes_has_a_picture() -> None:
    assert size(pictures.poll_result(replace(POLL, rows=(PollRow("Messe", 0, "0 Punkte"),))))[0] == 1080


def test_figures_in_many_words_stand_below_their_bar() -> None:
    words = "im Mittel 2,3 von 10, 4,1 weniger als wenn alles bleibt, ein starker Einwand"
    paper = text_of("poll", replace(POLL, rows=(PollRow("Messe", 0.23, words),)))
    assert says(paper, "Messe", words)
    assert all(run.x < 100 for run in placed(paper) if "Mittel" in run.text)


def test_long_options_stay_on_the_picture() -> None:
    paper = text_of("poll", replace(POLL, rows=(PollRow("Gewerbeflächenentwicklung" * 12, 3, "3 Punkte"),)))
    assert all(25 < run.x < run.width - 25 for run in placed(paper))
