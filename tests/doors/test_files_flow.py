"""Spreadsheets through both doors to the desk: each gets one answer, and a member's changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo import replies
from tests.doors.stage import PASSWORD, Clock, Stage, StandIn, open_stage
from tests.town import CHATS, HOUSE, MAX, NAMES, OFFICE

TABLE = ("plan.csv", "text/csv", "Nr;Titel\nM9;Brücke am Kanal\n".encode("utf-8-sig"))


@pytest.fixture
async def stage(tmp_path: Path, settled_sqlite: Path) -> AsyncIterator[Stage]:
    """On one system: the way of a file does not depend on where it is kept."""
    file = shutil.copy(settled_sqlite, tmp_path / "stage.db")
    clock = Clock()
    post = StandIn({HOUSE.email: PASSWORD}, clock=clock.now)
    with post:
        async with open_stage(f"sqlite:///{file}", tmp_path, post, clock) as opened:
            yield opened


def letter(who: str, words: str = "Anbei der Plan, viele Grüße") -> bytes:
    raw = replies.letter(words, "Plan", sender=(NAMES[who], who), recipient=HOUSE.email, at=Clock().at)
    return replies.with_file(raw, *TABLE)


async def test_a_members_spreadsheet_is_refused_once_by_mail(stage: Stage) -> None:
    await stage.sends(MAX, letter(MAX))
    assert stage.unread(MAX) == 1
    assert "Geschäftsstelle" in (await stage.letter(MAX)).text
    assert stage.unread(OFFICE) == 0


async def test_what_a_member_reports_beside_a_spreadsheet_is_heard(stage: Stage) -> None:
    await stage.sends(MAX, letter(MAX, "M3 60 %"))
    asked = await stage.letter(MAX, "Bitte bestätigen Sie kurz")
    assert "Die Tabelle dazu habe ich nicht gelesen" in asked.text
    await stage.replies(MAX, "JA", to=asked)
    assert stage.measure(3).percent == 60


async def test_a_members_spreadsheet_is_refused_once_in_the_chat(stage: Stage) -> None:
    stage.link(MAX)
    before = len(stage.messages(MAX))
    await stage.chat_answered(stage.telegram.send_document(CHATS[MAX], *TABLE))
    assert len(stage.messages(MAX)) == before + 1
    assert "Geschäftsstelle" in stage.bubble(MAX)


async def test_the_offices_spreadsheet_is_answered_once_by_either_way(stage: Stage) -> None:
    await stage.sends(OFFICE, letter(OFFICE))
    assert stage.unread(OFFICE) == 1
    by_mail = (await stage.letter(OFFICE)).subject.partition(" [")[0]
    stage.link(OFFICE)
    before = len(stage.messages(OFFICE))
    await stage.chat_answered(stage.telegram.send_document(CHATS[OFFICE], *TABLE))
    assert len(stage.messages(OFFICE)) > before
    assert by_mail in "\n".join(stage.bubbles(OFFICE))
