"""Notes as bubbles: pure values."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.intents import Help, ShowStatus
from alliance.notes import Action, Item, Note
from bot.views import TEXT_LIMIT, bubbles, only_toast, place, toast


def do(label: str) -> Action:
    return Action(label, Help())


def labels(note: Note) -> list[list[str]]:
    return [[action.label for action in row] for row in bubbles(note)[-1].rows]


def units(html: str) -> int:
    plain = unescape(re.sub(r"</?b>", "", html))
    return len(plain.encode("utf-16-le")) // 2


def test_a_note_without_items_is_one_bubble_with_its_closing() -> None:
    shown = bubbles(Note("Hilfe", ("eins", "zwei"), actions=(do("Status"),), closing=("Grüße",)))
    assert [bubble.html for bubble in shown] == ["<b>Hilfe</b>\neins\nzwei\n\nGrüße"]
    assert [action.label for action in shown[0].actions] == ["Status"]


def test_each_item_is_a_bubble_with_its_own_buttons_and_the_closing_comes_last() -> None:
    items = (Item("M1", ("a",), 0, (do("x"),)), Item("M2", (), 100, (do("y"),)))
    shown = bubbles(Note("Ihre Maßnahmen", items=items, actions=(do("alle"),), closing=("Ende",)))
    assert [bubble.html for bubble in shown] == [
        "<b>Ihre Maßnahmen</b>",
        "<b>M1</b>\n░░░░░░░░░░ 0 %\na",
        "<b>M2</b>\n▓▓▓▓▓▓▓▓▓▓ 100 %\n\nEnde",
    ]
    assert [[action.label for action in bubble.actions] for bubble in shown] == [["alle"], ["x"], ["y"]]


def test_a_single_item_without_lines_stands_alone_and_takes_the_notes_buttons() -> None:
    item = Item("M12", ("läuft",), 60, (do("+ 10"),))
    shown = bubbles(Note("Danke", items=(item,), actions=(do("Hilfe"),)))
    assert [bubble.html for bubble in shown] == ["<b>M12</b>\n▓▓▓▓▓▓░░░░ 60 %\nläuft"]
    assert [action.label for action in shown[0].actions] == ["+ 10", "Hilfe"]
    assert len(bubbles(Note("Danke", ("Zeile",), (item,)))) == 2


def test_what_is_only_read_stands_below_the_title_or_in_one_bubble_behind_the_cards() -> None:
    sections = (Item("Fachkräfte", ("M12: 60 %",)), Item("Gründungen", ("M9: fertig",)))
    text = "▸ Fachkräfte\nM12: 60 %\n\n▸ Gründungen\nM9: fertig"
    shown = bubbles(Note("Wochenüberblick", items=sections))
    assert [bubble.html for bubble in shown] == [f"<b>Wochenüberblick</b>\n{text}"]
    shown = bubbles(Note("Wochenüberblick", items=(Item("M1", (), 0, (do("x"),)), *sections)))
    assert [bubble.html for bubble in shown[2:]] == ["<b>Fachkräfte</b>\nM12: 60 %\n\n▸ Gründungen\nM9: fertig"]


def test_the_bar_is_full_only_at_the_end() -> None:
    assert "▓▓▓▓▓▓▓▓▓░ 99 %" in bubbles(Note("", items=(Item("M", (), 99),)))[0].html


def test_papers_travel_with_the_last_bubble() -> None:
    shown = bubbles(Note("Zwischenstand", items=(Item("a", (), 0), Item("b", (), 0)), papers=(3, 4)))
    assert [bubble.papers for bubble in shown] == [(), (), (3, 4)]


@pytest.mark.parametrize(
    ("given_labels", "rows"),
    [
        (["Ja", "Nein"], [["Ja", "Nein"]]),
        (["1", "2", "3", "4"], [["1", "2"], ["3", "4"]]),
        (["1", "2", "3", "4", "5"], [["1", "2"], ["3", "4", "5"]]),
        (
            ["Unverändert", "25 %", "50 %", "75 %", "Fertig", "Verzögert", "Blockiert"],
            [["Unverändert"], ["25 %", "50 %", "75 %"], ["Fertig", "Verzögert", "Blockiert"]],
        ),
        (["✓ Ja, aufnehmen", "Nein"], [["✓ Ja, aufnehmen", "Nein"]]),
        (["Unverändert seit März", "Fertig"], [["Unverändert seit März"], ["Fertig"]]),
        (["x" * 60], [["x" * 60]]),
        ([], []),
    ],
)
def test_rows_are_few_even_and_never_cut_a_label(given_labels: list[str], rows: list[list[str]]) -> None:
    assert labels(Note("t", actions=tuple(do(label) for label in given_labels))) == rows


def test_a_word_that_only_a_letter_can_say_gets_no_button() -> None:
    assert labels(Note("t", actions=(Action("JA", word="JA"), do("Hilfe")))) == [["Hilfe"]]


def test_a_link_becomes_a_button_that_opens_it() -> None:
    shown = bubbles(Note("t", actions=(Action("Öffnen", link="https://example.org"), Action("S", ShowStatus()))))
    assert [(action.link, action.intent) for action in shown[0].actions] == [
        ("https://example.org", None),
        ("", ShowStatus()),
    ]


def test_the_same_card_takes_the_place_of_the_pressed_one() -> None:
    shown = bubbles(Note("Übersicht", items=(Item("M1", (), 0), Item("M2", (), 0))))
    assert place(shown, "M2") == 2
    assert place(shown, "M9") == 0
    assert place([], "M2") == 0


def test_a_toast_is_cut_at_two_hundred_characters() -> None:
    assert toast(Note("t", toast="kurz")) == "kurz"
    assert len(toast(Note("t", toast="x" * 201))) == 200
    assert bubbles(only_toast(Note("Titel", ("Zeile",)))) == []
    assert toast(only_toast(Note("Titel", ("Zeile",)))) == "Titel"


@given(
    st.text(st.characters(codec="utf-8"), max_size=700), st.integers(1, 40), st.sampled_from(["\n", " ", "", "\n\n"])
)
@pytest.mark.fault(55)
def test_a_split_text_fits_and_loses_no_word(part: str, times: int, glue: str) -> None:
    text = glue.join([part, "🙂&<b>"] * times)
    shown = bubbles(Note("T", tuple(text.split("\n")), actions=(do("x"),)))
    assert all(0 < units(bubble.html) <= TEXT_LIMIT for bubble in shown)
    assert [len(bubble.rows) for bubble in shown] == [0] * (len(shown) - 1) + [1]
    together = "".join(unescape(bubble.html.replace("<b>T</b>", "", 1)) for bubble in shown)
    assert "".join(together.split()) == "".join(unescape(text.replace("&", "&amp;")).split())


@pytest.mark.fault(55)
def test_a_very_long_title_is_split_as_well() -> None:
    shown = bubbles(Note("Titel " * 1000))
    assert len(shown) == 2
    assert all(units(bubble.html) <= TEXT_LIMIT for bubble in shown)
