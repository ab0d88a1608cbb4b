"""The one call to typst: what people wrote is shown as written, and nothing that the font lacks can stop a paper."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from papers import typesetting
from papers.typesetting import printable

HOUSE = (typesetting.DESIGN / "house.typ").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"#let (\w+) = rgb\(\"(#\w{6})\"\)", HOUSE)) | {"white": "#ffffff"}
LIGHTS = re.findall(r"(\w+): \(fill: rgb\(\"(#\w{6})\"\), pale: (?:rgb\(\"(#\w{6})\"\)|white), on: (\w+)\)", HOUSE)


def test_every_sign_of_our_texts_has_a_glyph() -> None:
    said = "".join(
        line
        for language in texts.LANGUAGES
        for file in texts.files(language)
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.match(r"paper-|status-|all-|office-outstanding-", line)
    )
    ours = {sign for sign in said if sign.isprintable()} - set("●◐▲○")  # the lights are drawn
    assert {sign for sign in ours if ord(sign) not in typesetting.glyphs()} == set()


def test_the_names_of_our_neighbours_have_glyphs() -> None:
    names = "Łucja Żółć Çağla Işık İpek Şahin Zoë François Œuvré Ñandú Þór Đorđe Ştefan Ōe Иван Ελένη ẞß ÄÖÜäöü"
    assert printable(names) == names


def test_typographic_signs_have_glyphs() -> None:
    signs = "»«›‹„“”‚‘’–—…≈→←•·×−±≥≤½²³°€§†✓№\u00a0\u202f\u2009"
    assert "".join(sign for sign in signs if ord(sign) not in typesetting.glyphs()) == ""


def test_emoji_go_and_other_scripts_become_boxes() -> None:
    assert printable("Läuft 👍🏽 gut ✈️") == "Läuft  gut"
    assert printable("北京 GmbH") == "□□ GmbH"


def test_control_signs_private_signs_and_half_characters_do_no_harm() -> None:
    assert printable("a\x00b\tc\u202ed\ue000e\ud800f\r\ng") == "a b cdef \ng"


def test_letters_made_of_two_signs_become_one() -> None:
    assert printable("Mu\u0308ller") == "Müller"


@given(st.text())
def test_whatever_is_written_can_be_shown(text: str) -> None:
    known = typesetting.glyphs() | {ord(sign) for sign in "\n◐"}
    assert all(ord(sign) in known for sign in printable(text))


def test_a_long_address_may_break_and_a_word_of_two_hundred_letters_too() -> None:
    address = printable("https://beispiel.example.org/ordner/seite?frage=antwort")
    assert max(map(len, address.split("\u200b"))) < 15
    assert max(map(len, printable("x" * 200).split("\u200b"))) <= 40


def test_short_words_and_german_compounds_stay_whole() -> None:
    assert "\u200b" not in printable("Wirtschaftsförderungsgesellschaft mit beschränkter Haftung")


def test_a_day_keeps_its_month_and_a_number_its_unit() -> None:
    assert (
        printable("am 3. Dezember 2026 um 17:00 Uhr: 60 %") == "am 3.\u00a0Dezember 2026 um 17:00\u00a0Uhr: 60\u00a0%"
    )
    assert printable("M3. Das Maiglöckchen") == "M3. Das Maiglöckchen"


# Colours --------------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["ink", "soft", "brand"])
@pytest.mark.parametrize("ground", ["white", "mist"])
def test_words_can_be_read(name: str, ground: str) -> None:
    assert contrast(COLOURS[name], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("name", "fill", "pale", "on"), LIGHTS)
def test_lights_can_be_seen_and_what_stands_on_them_can_be_read(name: str, fill: str, pale: str, on: str) -> None:
    assert contrast(fill, COLOURS["white"]) >= 3
    assert contrast(fill, COLOURS["mist"]) >= 3
    assert contrast(COLOURS[on], "#ffffff" if name == "grey" else fill) >= 4.5
    assert not pale or contrast(COLOURS["ink"], pale) >= 4.5


@pytest.mark.parametrize("ground", ["white", "mist"])
def test_bars_can_be_seen(ground: str) -> None:
    assert contrast(COLOURS["calm"], COLOURS[ground]) >= 3
    assert contrast(COLOURS["brand"], COLOURS[ground]) >= 3


def test_there_are_four_lights() -> None:
    assert [name for name, *_ in LIGHTS] == ["green", "yellow", "red", "grey"]


def test_lights_differ_in_brightness_too() -> None:
    shades = sorted(luminance(fill) for _, fill, _, _ in LIGHTS)
    assert all(darker < lighter for darker, lighter in pairwise(shades))


def test_red_words_can_be_read() -> None:
    red = next(fill for name, fill, _, _ in LIGHTS if name == "red")
    assert contrast(red, COLOURS["white"]) >= 4.5
