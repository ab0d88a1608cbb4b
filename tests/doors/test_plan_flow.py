"""The plan through the real doors: looked at in Telegram and by mail, changed by the office, heard of by its lead."""

from __future__ import annotations

import shutil
from pathlib import Path

from alliance import plan
from alliance.words.plan_words import FIELD_NAMES
from app.cli import open_database
from app.service import running
from app.settings import Settings
from demo.replies import Client
from demo.telegram import BotApi
from tests.doors.stage import PASSWORD, TOKEN, Clock, Stage, StandIn, pointed_at
from tests.town import ERIKA, HOUSE, MAX


async def test_the_plan_is_read_in_both_channels_and_a_change_reaches_its_lead(stage: Stage) -> None:
    stage.link(ERIKA)
    await stage.says(ERIKA, "M1 60 %")
    seen = len(stage.bubbles(ERIKA))
    assert "Infrastruktur: ● grün · 15 %" in await stage.says(ERIKA, "/plan")
    assert len(stage.bubbles(ERIKA)) == seen + 2  # a picture and one bubble
    await stage.taps(ERIKA, "Infrastruktur")
    assert "● M1 Radweg · 60 %, läuft" in stage.bubble(ERIKA)

    await stage.writes(MAX, "PLAN")
    letter = await stage.letter(MAX, "So steht der Zukunftsplan")
    assert "Infrastruktur: ● grün" in letter.text
    assert "mehr als 90 Tage hinter ihrem Termin" in " ".join(letter.text.split())
    await stage.replies(MAX, "PLAN Infrastruktur", Client.OUTLOOK)
    assert "M3 Messe" in (await stage.letter(MAX, "Infrastruktur")).text

    receipt = await stage.office_says("ÄNDERN M3; Termin; 31.12.2027; weil die Halle belegt ist")
    assert "Termin: – → 31. Dezember 2027" in receipt
    told = await stage.letter(MAX, "Geändert: M3 Messe")
    assert "Grund: »weil die Halle belegt ist«" in told.text
    assert "Termin: 31. Dezember 2027" in told.text


async def test_a_new_house_starts_with_the_nine_fields(migrated_sqlite: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'new.db')}"
    clock, post = Clock(), StandIn({HOUSE.email: PASSWORD})
    telegram = BotApi(TOKEN, HOUSE.bot, clock.now)
    await telegram.start()
    with post:
        settings = pointed_at(url, tmp_path, telegram, post)
        async with running(settings, clock.now) as service:
            names = [field.name for field in await service.database.read(plan.fields)]
    await telegram.stop()
    assert names == list(FIELD_NAMES)


def test_the_command_line_finds_the_nine_fields_too(migrated_sqlite: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'new.db')}"
    database = open_database(Settings(_env_file=None, mail_address=HOUSE.email, database_url=url))
    fields = database.read_now(plan.fields)
    database.close()
    assert [field.name for field in fields] == list(FIELD_NAMES)
