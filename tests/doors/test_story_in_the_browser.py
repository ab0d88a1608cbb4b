"""The demo's story, told in a browser: a tap, a letter, a list, and a dossier, all in German."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app import world
from app.settings import Settings
from tests.papers.paper_reading import says as says_in_pdf

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
JUMPS = 12  # until the dossier is there
UNHURRIED = 60_000  # milliseconds for a jump: the bot sends no faster than Telegram allows

playwright = pytest.importorskip("playwright.async_api", reason="needs playwright")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs Chromium at {CHROMIUM}"),
]


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    """The demo's page, its tour ended; an error in its scripts fails the test."""
    errors: list[str] = []
    settings = Settings(_env_file=None, data_folder=tmp_path, http_port=0)
    async with world.demo(settings) as service, playwright.async_playwright() as player:
        browser = await player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        shown = await browser.new_page(locale="de-DE", reduced_motion="reduce")
        shown.on("pageerror", lambda error: errors.append(str(error)))
        await shown.goto(service.address)
        await shown.locator("#guide .close").click()
        yield shown
        await browser.close()
    assert errors == []


async def test_a_newcomer_plays_a_whole_round(page: Page) -> None:
    await erika_reports_by_a_tap(page)
    await become(page, "Max Muster")
    await jump_until(page, letter(page, "Wie steht es um Ihre 2 Maßnahmen?"))
    await max_answers_like_thunderbird(page)
    await become(page, "Geschäftsstelle")
    await the_office_sees_who_is_missing(page)
    await become(page, "Max Muster")
    await jump_until(page, letter(page, "Zwischenstand zum Zukunftsplan"))
    await everybody_finds_the_dossier(page)


async def erika_reports_by_a_tap(page: Page) -> None:
    card = page.locator(".message", has_text="M12 Ausbildungsmesse").first
    await card.get_by_role("button", name="50 %", exact=True).click()
    await says(page.locator("#toast"), "Verstanden: 50 %")
    await says(card, "▓▓▓▓▓░░░░░ 50 %")
    await says(card, "bearbeitet")


async def max_answers_like_thunderbird(page: Page) -> None:
    await letter(page, "Wie steht es um Ihre 2 Maßnahmen?").click()
    await says(page.frame_locator("iframe").locator("body"), "Eine Zeile genügt")
    await page.get_by_role("button", name="Antworten").click()
    await page.get_by_label("Thunderbird").check()
    await page.get_by_label("Ihr Text").fill("M7: 60 %\nM18: unverändert")
    await page.locator(".compose").get_by_role("button", name="Senden").click()
    await says(page.locator(".said"), "Ihre E-Mail ist unterwegs.")
    await letter(page, "Danke, notiert: M7 und M18").click()
    await says(page.frame_locator("iframe").locator("body"), "Verstanden: 60 %")


async def the_office_sees_who_is_missing(page: Page) -> None:
    await page.get_by_role("button", name="Starten").click()
    await says(page.locator("#log"), "M21 Sprechstunde Digitalisierung im Handwerk")
    await page.get_by_role("textbox", name="Nachricht").fill("OFFEN")
    await page.keyboard.press("Enter")
    answer = page.locator(".message:not(.mine)").last
    await says(answer, "fehlen noch")
    await says(answer, "E. B., Beispiel Stahlbau GmbH: M3 · Tel. (Nummer ausgeblendet)")
    assert "Max Muster" not in await answer.inner_text()


async def everybody_finds_the_dossier(page: Page) -> None:
    await letter(page, "Zwischenstand zum Zukunftsplan").click()
    file = page.get_by_role("group", name="Anlagen").get_by_role("link", name="Zwischenstand-")
    paper = await page.request.get(await file.evaluate("link => link.href"))
    content = await paper.body()
    assert says_in_pdf(content, "M7", "Gemeinsame Flächenbörse für Betriebe", "0 %, noch nicht begonnen", "60 %, läuft")
    assert says_in_pdf(content, "M12", "Ausbildungsmesse »Zukunft vor Ort«")
    await become(page, "Erika Beispiel")
    await says(page.locator(".message").last.locator(".document"), "Zwischenstand-")


async def become(page: Page, name: str) -> None:
    await page.locator("#cast").get_by_role("button", name=name).click()
    await says(page.locator(".person[aria-pressed=true]"), name)


async def jump_until(page: Page, sight: Locator) -> None:
    """Turn the clock from event to event until something is to be seen."""
    jump = page.locator("#jump")
    for _ in range(JUMPS):
        if await sight.is_visible():
            return
        await jump.click()
        await playwright.expect(jump).to_have_text("Zum nächsten Ereignis", timeout=UNHURRIED)
        await playwright.expect(jump).to_be_enabled()
    await playwright.expect(sight).to_be_visible()


def letter(page: Page, subject: str) -> Locator:
    """A letter in the list, by a part of its subject."""
    return page.locator(".entry", has_text=subject).first


async def says(place: Locator, words: str) -> None:
    await playwright.expect(place).to_contain_text(words)
