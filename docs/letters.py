"""Draws the pictures in docs/letters: the main letters, made from the demo's example data, as Chromium shows them.

.venv/bin/python -m docs.letters
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, async_playwright
from sqlmodel import Session, col, select

from alliance.desk import Desk, Voice
from alliance.house import House
from app.example import Example, load
from demo import replies
from demo.page import with_pictures
from mail.letters import Sender, compose
from scheduler import jobs
from store import inbox, outbox, schema
from store.database import Database
from store.outbox import Letter
from store.tables import Channel, OutboxRow

FOLDER = Path(__file__).parent / "letters"
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
START = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)  # a Monday; the example's meeting is then on 3 December
HOUSE = House("Wirtschaftsallianz Beispielstadt", "zukunftsplan@stadt.example.org", "", ZoneInfo("Europe/Berlin"))
READER = "max@logistik.example.org"
ANSWER = "M7: 60 %, die ersten Flächen sind eingetragen"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class View:
    """A way to look at a letter; a phone shows its beginning. Sizes are CSS pixels, of ``sharpness`` device pixels."""

    name: str
    width: int
    height: int = 2000
    dark: bool = False
    sharpness: float = 1


VIEWS = (View("hell", 640), View("dunkel", 640, dark=True), View("telefon", 320, 660, sharpness=2))


def main() -> None:
    """Draw them all."""
    with tempfile.TemporaryDirectory() as folder:
        pages = dict(letters(Path(folder)))
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(_draw(pages))


def letters(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and HTML of each letter that one member gets in a round; needs a folder for a database."""
    url = f"sqlite:///{folder / 'letters.db'}"
    database = Database(url)
    try:
        schema.prepare(database.engine, url)
        yield from _round(database, Desk(HOUSE))
    finally:
        database.close()


def _round(database: Database, desk: Desk) -> Iterator[tuple[str, str]]:
    database.write_now(lambda session: load(session, desk, Example.read(), START))
    asked = _wait_for(database, START, "nudge:")
    yield "frage", _html(database, asked)
    reminded = _wait_for(database, asked.made_at, "nudge:")
    yield "erinnerung", _html(database, reminded)
    answered = reminded.made_at + HOUR
    database.write_now(partial(_answer, desk=desk, now=answered, token=reminded.token))
    yield "quittung", _html(database, _rows(database, "answer:")[-1])
    yield "wochenueberblick", _html(database, _wait_for(database, answered, "digest:"))
    yield "zwischenstand", _html(database, _wait_for(database, answered, "dossier:"))


def _wait_for(database: Database, since: datetime, prefix: str) -> OutboxRow:
    """Turn the clock until a letter of this kind is there that was not before."""
    known = {row.id for row in _rows(database, prefix)}
    for hours in range(24 * 30):
        now = since + hours * HOUR
        database.write_now(partial(jobs.beat, house=HOUSE, now=now))
        if found := [row for row in _rows(database, prefix) if row.id not in known]:
            return found[0]
    raise LookupError(prefix)


def _rows(database: Database, prefix: str) -> list[OutboxRow]:
    statement = select(OutboxRow).where(OutboxRow.to == READER, col(OutboxRow.dedupe_key).startswith(prefix))
    return database.read_now(lambda session: list(session.exec(statement.order_by(col(OutboxRow.id)))))


def _answer(session: Session, desk: Desk, now: datetime, token: str) -> None:
    kept = inbox.keep(session, Channel.MAIL, [inbox.Incoming("1:1", ANSWER.encode())], now)
    voice = Voice(Channel.MAIL, now, email=READER, token=token, inbox_id=kept[0])
    desk.answer_by_mail(session, voice, desk.listen(session, voice, ANSWER), "<antwort@logistik.example.org>")


def _html(database: Database, row: OutboxRow) -> str:
    letter = Letter(row.id or 0, row.dedupe_key, row.channel, row.to, row.note, row.token, row.in_reply_to,
                    row.person_id, row.made_at, row.tries)  # fmt: skip
    papers = database.read_now(partial(outbox.papers, ids=row.note.get("papers", [])))
    raw = compose(letter, papers, Sender(HOUSE.email, HOUSE.name), row.made_at)
    return with_pictures(replies.html_of(raw), raw)


async def _draw(pages: dict[str, str]) -> None:
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, html in pages.items():
            for view in VIEWS:
                await _shoot(browser, html, view, FOLDER / f"{name}-{view.name}.png")
        await browser.close()


async def _shoot(browser: Browser, html: str, view: View, file: Path) -> None:
    page = await browser.new_page(
        viewport={"width": view.width, "height": 200},
        device_scale_factor=view.sharpness,
        color_scheme="dark" if view.dark else "light",
    )
    await page.set_content(html)
    length = await page.evaluate("document.documentElement.scrollHeight")
    await page.screenshot(
        path=file, full_page=True, clip={"x": 0, "y": 0, "width": view.width, "height": min(length, view.height)}
    )
    await page.close()


if __name__ == "__main__":
    main()
