"""The office's year in Excel, through the real doors: a list out, changed, in again, JA, and the way back."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo import replies
from demo.replies import Client
from papers.workbook import CSV, XLSX
from tests.doors.stage import PASSWORD, Clock, Stage, StandIn, open_stage
from tests.town import CHATS, HOUSE, MAX, NAMES, OFFICE


@pytest.fixture
async def stage(tmp_path: Path, settled_sqlite: Path) -> AsyncIterator[Stage]:
    """On one system: the way of a file does not depend on where it is kept."""
    file = shutil.copy(settled_sqlite, tmp_path / "stage.db")
    clock = Clock()
    post = StandIn({HOUSE.email: PASSWORD}, clock=clock.now)
    with post:
        async with open_stage(f"sqlite:///{file}", tmp_path, post, clock) as opened:
            yield opened


def letter(name: str, media_type: str, content: bytes) -> bytes:
    raw = replies.letter("Anbei.", "Plan", sender=(NAMES[OFFICE], OFFICE), recipient=HOUSE.email, at=Clock().at)
    return replies.with_file(raw, name, media_type, content)


async def test_the_plan_goes_out_by_mail_comes_back_changed_and_is_taken_over_and_back(stage: Stage) -> None:
    await stage.writes(OFFICE, "EXPORT PLAN CSV")
    ((name, content),) = (await stage.letter(OFFICE, "Der Plan als Tabelle")).files
    assert name == "Zukunftsplan-2026-11-23.csv"
    changed = content.decode("utf-8-sig").replace(";Messe;", ";Messe am Kanal;")
    await stage.sends(OFFICE, letter(name, CSV, changed.encode("cp1252", "replace")))
    question = await stage.letter(OFFICE, "Probelauf")
    assert "M3 Maßnahme: Messe → Messe am Kanal" in question.text
    assert stage.measure(3).title == "Messe"
    await stage.replies(OFFICE, "JA", Client.OUTLOOK, to=question)
    assert stage.measure(3).title == "Messe am Kanal"
    receipt = await stage.letter(OFFICE, f"»{name}« ist übernommen")
    assert "Neues zu Ihren Maßnahmen" in (await stage.letter(MAX)).subject
    await stage.replies(OFFICE, "Rückgängig", to=receipt)
    assert stage.measure(3).title == "Messe"


async def test_the_workbook_asked_for_in_the_chat_goes_out_by_mail_and_comes_back(stage: Stage) -> None:
    stage.link(OFFICE)
    assert "Die Datei enthält Namen." in await stage.says(OFFICE, "/export alles")
    assert not [message for message in stage.messages(OFFICE) if message.file_id]
    [(name, content)] = (await stage.letter(OFFICE)).files
    assert name == "Zukunftsplan-alles-2026-11-23.xlsx"
    await stage.chat_answered(stage.telegram.send_document(CHATS[OFFICE], name, XLSX, content))
    assert "Alles ist schon so" in stage.bubble(OFFICE)
