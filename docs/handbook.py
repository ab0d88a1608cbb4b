"""Takes the pictures in docs/handbuch/bilder: chats and letters of the replayed year, as Chromium shows them.

.venv/bin/python -m docs.handbook
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

import demo
from app import logs
from app.settings import Settings
from app.simulated import Clock
from app.simulation import Replay, replay
from app.story import Act, Story, read
from app.world import ADDRESS
from demo import replies
from demo.page import Persona, page, with_pictures

FOLDER = Path(__file__).parent / "handbuch" / "bilder"
STORY = Path(demo.__file__).parent / "story" / "story.toml"
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
ALLIANCE = "Wirtschaftsallianz Beispielstadt"
WIDTH = 640  # CSS pixels of a letter
SHARPNESS = 1.5  # device pixels for each
EDGE = 5  # CSS pixels around a bubble
READER = "craft"  # who leaves everything unanswered, so that her chat shows it as it came
OFFICE, MEMBER = "geschaeftsstelle@stadt.example.org", "max@logistik.example.org"
ENDS = (2018, 11, 23, 8)
# In addition to the story: day and hour, who, what they say
MORE = (
    ((2018, 9, 5, 9), "office", "OFFEN"),
    ((2018, 9, 6, 10), "logistics", "Wer bringt diesmal den Kuchen mit?"),
    ((2018, 9, 21, 10), "office", "BESCHLUSS: Azubi-Tauschtag im Handwerk; jutta@handwerk.example.org; 31.10.2019;"
                                  " Fachkräfte"),
    ((2018, 10, 9, 11), READER, "GESUCH: Energieberatung für unseren Betrieb im Gewerbegebiet, ein bis zwei Tage"),
    ((2018, 11, 22, 22), "office", "PLAN VERABSCHIEDET"),
)  # fmt: skip


@dataclass(frozen=True)
class LetterView:
    """The ``number``-th letter to an address whose subject begins so (a pattern), up to ``height`` CSS pixels of it."""

    name: str
    to: str
    subject: str
    height: int = 900
    number: int = 0
    sharpness: float = SHARPNESS


@dataclass(frozen=True)
class BubbleView:
    """The last bubble in the reader's chat that begins with these words."""

    name: str
    words: str


LETTERS = (
    LetterView("probelauf", OFFICE, "Probelauf »plan-entwurf.csv«", 775, sharpness=1.25),
    LetterView("beitritt", OFFICE, "Beitritt:"),
    LetterView("geplant", OFFICE, "Geplant: Erste Sitzung", 660, sharpness=1.25),
    LetterView("offen", OFFICE, r"\d+ Antworten fehlen noch"),
    LetterView("teilnahme", OFFICE, "Anmeldeschluss: Erste Sitzung"),
    LetterView("ergebnis", MEMBER, "Ergebnis: Was soll", 665, sharpness=1.25),
    LetterView("protokoll", MEMBER, "Protokoll: »Erste Sitzung"),
    LetterView("idee", OFFICE, "Idee 1:"),
    LetterView("verabschieden", OFFICE, "Soll der Plan so beschlossen sein", 775),
    LetterView("ueberblick", MEMBER, "Wochenüberblick Zukunftsplan", 1296, number=6, sharpness=1),
    LetterView("nicht-verstanden", OFFICE, "Nachricht von"),
)
BUBBLES = (
    BubbleView("stand-telegram", "M12 Ausbildungsmesse"),
    BubbleView("einladung-telegram", "Einladung: Zweite Sitzung"),
    BubbleView("abstimmung-telegram", "Abstimmung: Was soll 2019"),
    BubbleView("uebernehmen-telegram", "Übernehmen Sie"),
    BubbleView("vermittlung-telegram", "Das könnte zusammenpassen"),
)


class Still(Clock):
    """The demo page's clock, at the moment at which the story ended."""

    async def next_thing(self, language: str) -> tuple[datetime, str] | None:
        """Nothing happens any more."""
        return None

    async def jump(self, to: datetime) -> None:
        """Time stands still."""


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(_take())


async def _take() -> None:
    settings = Settings(_env_file=None, alliance_name=ALLIANCE)
    logs.configure("error")
    with TemporaryDirectory() as folder:
        async with replay(settings, _story(settings), Path(folder)) as year:
            await year.run()
            async with async_playwright() as player:
                browser = await player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                await _letters(browser, year)
                await _bubbles(browser, year)
                await browser.close()


def _story(settings: Settings) -> Story:
    """The year up to the first status report, with what the handbook shows in addition."""
    tale = read(STORY, settings.zone)
    ends = datetime(*ENDS, tzinfo=settings.zone)
    more = [Act(datetime(*at, tzinfo=settings.zone), who, text) for at, who, text in MORE]
    acts = sorted([*(act for act in tale.acts if act.at < ends), *more], key=lambda act: act.at)
    habits = tuple(habit for habit in tale.habits if habit.who != READER)
    return replace(tale, ends=ends, acts=tuple(acts), habits=habits)


# Letters --------------------------------------------------------------------------------------------------------------


async def _letters(browser: Browser, year: Replay) -> None:
    for view in LETTERS:
        shown = await browser.new_page(
            viewport={"width": WIDTH, "height": 200}, device_scale_factor=view.sharpness, color_scheme="light"
        )
        await shown.set_content(_html(year, view))
        length = min(await shown.evaluate("document.documentElement.scrollHeight"), view.height)
        await shown.screenshot(
            path=FOLDER / f"{view.name}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": WIDTH, "height": length},
        )
        await shown.close()


def _html(year: Replay, view: LetterView) -> str:
    """The letter's HTML with its pictures in it. Raises LookupError if nobody wrote it."""
    raws = [letter.raw for letter in year.world.post.letters(view.to)]
    found = [raw for raw in raws if re.match(view.subject, str(message_from_bytes(raw, policy=default)["Subject"]))]
    if len(found) <= view.number:
        raise LookupError(view.name)
    return with_pictures(replies.html_of(found[view.number]), found[view.number])


# Chats ----------------------------------------------------------------------------------------------------------------


async def _bubbles(browser: Browser, year: Replay) -> None:
    async with _site(year) as address:
        shown = await browser.new_page(
            viewport={"width": 1000, "height": 1400}, device_scale_factor=SHARPNESS, locale="de-DE",
            color_scheme="light", reduced_motion="reduce",
        )  # fmt: skip
        await shown.goto(address)
        await shown.add_style_tag(content=":root { --wall: #dbe8e0; }")  # one colour makes small files
        await shown.locator("#guide .close").click()
        for view in BUBBLES:
            await _shoot(shown, view)


async def _shoot(shown: Page, view: BubbleView) -> None:
    bubble = shown.locator("#log .message:not(.mine)", has_text=re.compile(rf"^\s*{view.words}")).last
    await bubble.scroll_into_view_if_needed()
    box = await bubble.bounding_box()
    assert box is not None
    wide, high = box["width"] + 2 * EDGE, box["height"] + 2 * EDGE
    await shown.screenshot(
        path=FOLDER / f"{view.name}.png",
        clip={"x": box["x"] - EDGE, "y": box["y"] - EDGE, "width": wide, "height": high},
    )


@asynccontextmanager
async def _site(year: Replay) -> AsyncIterator[str]:
    """The demo's page with the reader's chat in it; gives its address."""
    world = year.world
    site = page(_cast(year.story), world.telegram, world.post, Still(world.clock.at), (ALLIANCE, ADDRESS))
    runner = web.AppRunner(site)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def _cast(story: Story) -> Sequence[Persona]:
    figure = story.figure(READER)
    role = {"de": figure.company, "en": figure.company}
    return [Persona(figure.key, figure.name, role, figure.chat, figure.email)]


if __name__ == "__main__":
    main()
