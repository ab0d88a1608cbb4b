"""The rights of the person through the real doors: what they ask for, what they read then, and what is left."""

from __future__ import annotations

import asyncio
import json

from sqlmodel import Session, select

from store.tables import Purge
from tests import leftovers
from tests.doors.stage import GLANCE, Stage
from tests.town import CHATS, ERIKA, OFFICE

TELLING = ("Erika Beispiel", ERIKA, str(CHATS[ERIKA]))


def purged(session: Session) -> None:
    """As the mailbox does once its folders are clean."""
    for row in session.exec(select(Purge)):
        session.delete(row)


async def left(stage: Stage) -> list[str]:
    """What the database still says about her, a moment after her last letter has arrived or her answer was shown."""
    database = stage.service.database
    await database.write(purged)
    for _ in range(200):
        found = await asyncio.to_thread(leftovers.found, database, TELLING)
        if not found:
            return []
        await asyncio.sleep(GLANCE)
    return found


async def test_by_mail_somebody_reads_all_that_is_held_and_is_then_forgotten(stage: Stage) -> None:
    await stage.writes(ERIKA, "MEINEDATEN")
    letter = await stage.letter(ERIKA, "Ihre Daten bei der Wirtschaftsallianz Beispielstadt")
    ((name, content),) = letter.files
    assert name == "meine-daten-2026-11-23.json"
    assert json.loads(content)["data"]["persons"][0]["name"] == "Erika Beispiel"
    await stage.writes(ERIKA, "LÖSCHEN")
    asked = await stage.letter(ERIKA, "Soll ich alles über Sie löschen?")
    assert "JA – Ja, alles löschen" in asked.text
    await stage.replies(ERIKA, "Ja bitte")
    assert "Das ist meine letzte Nachricht" in (await stage.letter(ERIKA, "Ihre Daten sind gelöscht")).text
    assert "M1 und M2" in (await stage.letter(OFFICE, "Die Daten einer Person sind gelöscht")).text
    assert await left(stage) == []


async def test_in_telegram_a_tap_forgets_name_and_chat(stage: Stage) -> None:
    stage.link(ERIKA)
    await stage.says(ERIKA, "M1 60 %")
    await stage.says(ERIKA, "MEINEDATEN")
    await stage.says(ERIKA, "LÖSCHEN")
    await stage.taps(ERIKA, "Ja, alles löschen")
    assert "Das ist meine letzte Nachricht" in stage.bubble(ERIKA)
    assert await left(stage) == []
