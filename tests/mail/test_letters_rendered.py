"""Letters as people see them: in a browser, light and dark, on a phone, and read out."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alliance.intents import Matter
from alliance.notes import Action, Item, Note
from mail.letter_html import as_html
from mail.pictures import pictures_in
from tests.mail.test_letters import HOUSE, INVITATION, QUESTION, TOKEN, card
from tests.mail.test_pictures_out import WIDE

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
PHONE, SCREEN = 320, 640  # CSS pixels
TARGET = 24  # CSS pixels: WCAG 2.2, 2.5.8

playwright = pytest.importorskip("playwright.async_api", reason="needs playwright")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs Chromium at {CHROMIUM}"),
]

LONG = Note(
    "Bitte bis 26. November: Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnungsüberarbeitungsbeauftragte",
    ("https://stadt.example.org/" + "sehr-lang-" * 20,),
    items=(
        Item("M1 " + "Gewerbegebietsentwicklungsgesellschaft" * 4, ("Wort " * 60, "Ä" * 200), 35, card(1).actions * 6),
    ),
    actions=(Action("Ja, so ausführen, auch wenn es ein sehr langer Knopf ist", word="JA"),),
    matter=Matter("round", 3),
    language="de",
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with playwright.async_playwright() as player:
        chromium = await player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        await chromium.close()


async def shown(browser: Browser, note: Note, *, width: int = SCREEN, dark: bool = False) -> Page:
    scheme: Any = "dark" if dark else "light"
    page = await browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    await page.set_content(as_html(note, TOKEN, HOUSE))
    return page


async def with_picture(browser: Browser, width: int) -> Page:
    """The letter with its picture, which a mail program finds by its name."""
    page = await browser.new_page(viewport={"width": width, "height": 800})
    pictures, _ = pictures_in([WIDE], TOKEN, HOUSE)
    data = "data:image/png;base64," + b64encode(WIDE[2]).decode()
    html = as_html(QUESTION, TOKEN, HOUSE, pictures)
    await page.set_content(html.replace(f"cid:{pictures[0].cid}", data), wait_until="load")
    return page


@pytest.mark.parametrize(("width", "shown_at"), [(PHONE, PHONE - 34), (SCREEN, 542)])
async def test_a_picture_fills_the_card_and_keeps_its_shape(browser: Browser, width: int, shown_at: int) -> None:
    page = await with_picture(browser, width)
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    [box] = await boxes(page, "img")
    assert abs(box["width"] - shown_at) <= 2
    assert abs(box["height"] * 1088 / 200 - box["width"]) <= 6
    (_house, words, *_), items = await boxes(page, ".card p"), await boxes(page, ".item")
    assert all(above["y"] + above["height"] < box["y"] for above in (words, *items))


async def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found = [await element.bounding_box() for element in await page.locator(selector).all()]
    return [{"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]} for box in found if box]


@pytest.mark.parametrize("width", [PHONE, SCREEN])
@pytest.mark.parametrize("note", [QUESTION, INVITATION, LONG], ids=["question", "invitation", "long words"])
async def test_nothing_must_be_scrolled_sideways(browser: Browser, note: Note, width: int) -> None:
    page = await shown(browser, note, width=width)
    assert await page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_buttons_are_big_enough_for_a_finger_and_lie_apart(browser: Browser, width: int) -> None:
    page = await shown(browser, LONG, width=width)
    buttons = await boxes(page, "a.chip")
    assert len(buttons) == len(LONG.items[0].actions)
    assert all(box["height"] >= TARGET and box["width"] >= TARGET for box in buttons)
    for one in buttons:
        others = [other for other in buttons if other is not one]
        assert not [other for other in others if _touches(one, other)]


def _touches(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("percent", [0, 1, 35, 60, 99, 100])
async def test_a_bar_is_as_full_as_its_measure(browser: Browser, percent: int) -> None:
    page = await shown(browser, Note("Stand", items=(card(1, percent),), language="de"))
    [bar] = await boxes(page, "table.bar")
    full = sum(box["width"] for box in await boxes(page, "td.full"))
    assert abs(full / bar["width"] * 100 - percent) < 1
    assert bar["height"] <= 12


async def test_a_dark_screen_gets_light_words_on_dark(browser: Browser) -> None:
    light, dark = await shown(browser, INVITATION), await shown(browser, INVITATION, dark=True)
    for selector in (".title", ".cell", ".house", ".foot", ".on-first"):
        assert await _contrast(light, selector) >= 4.5
        assert await _contrast(dark, selector) >= 4.5
    assert await _luminance(light, ".card", "background-color") > 0.9
    assert await _luminance(dark, ".card", "background-color") < 0.1


async def _contrast(page: Page, selector: str) -> float:
    inside = await page.locator(selector).first.evaluate(
        "element => { while (getComputedStyle(element).backgroundColor == 'rgba(0, 0, 0, 0)')"
        " element = element.parentElement; return getComputedStyle(element).backgroundColor }"
    )
    pair = sorted([_lightness(inside), await _luminance(page, selector, "color")])
    return (pair[1] + 0.05) / (pair[0] + 0.05)


async def _luminance(page: Page, selector: str, name: str) -> float:
    value = await page.locator(selector).first.evaluate(f"element => getComputedStyle(element)['{name}']")
    return _lightness(value)


def _lightness(rgb: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", rgb)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_a_screen_reader_hears_headings_bars_and_what_each_button_is_about(browser: Browser) -> None:
    page = await shown(browser, QUESTION)
    heard = await page.locator("body").aria_snapshot()
    assert f'heading "{QUESTION.title}" [level=1]' in heard
    for item in QUESTION.items:
        assert f'heading "{item.title}" [level=2]' in heard
        assert f'img "Fortschritt: {item.percent} Prozent"' in heard
        assert f'link "{item.actions[0].word}"' in heard
    assert "table" not in heard
    assert "row" not in heard
    assert heard.count(QUESTION.lines[0]) == 1  # what mail programs show beside the subject is not read out again


async def test_without_its_head_a_letter_still_looks_like_itself(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": PHONE, "height": 800})
    await page.set_content(re.sub("(?s)<style>.*</style>", "", as_html(LONG, TOKEN, HOUSE)))
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE
    assert await _contrast(page, ".title") >= 4.5
    assert await page.locator(".preheader").is_hidden()
    [bar] = await boxes(page, "table.bar")
    assert bar["height"] <= 12
