"""Forgetting through the real doors: what leaves the mailbox when somebody is erased, and what a night takes away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, col, func, select

from alliance.privacy import retention
from demo.postoffice import PostOffice
from mail import mailbox, purging
from mail.filing import Folders
from store.tables import InboxRow, Purge
from tests.doors.stage import Stage
from tests.town import ERIKA, HOUSE, MAX
from tests.waiting import until

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "EVERY", 0.0)
    monkeypatch.setattr(mailbox, "IDLE_RENEWAL", 0.1)


def senders(stage: Stage) -> list[str]:
    """Who wrote what lies in the assistant's folders."""
    assert isinstance(stage.post, PostOffice)
    letters = [letter for name in vars(Folders()).values() for letter in stage.post.folder(HOUSE.email, name)]
    return sorted(who for who in (ERIKA, MAX) for letter in letters if who.encode() in letter.split(b"\r\n\r\n")[0])


async def test_the_letters_of_somebody_who_was_erased_leave_the_mailbox_soon(stage: Stage) -> None:
    await stage.writes(MAX, "STATUS")
    await stage.writes(ERIKA, "STATUS")
    await until(lambda: senders(stage) == [ERIKA, MAX])
    await stage.writes(ERIKA, "LÖSCHEN")
    await stage.letter(ERIKA, "Soll ich alles über Sie löschen?")
    await stage.replies(ERIKA, "JA")
    await until(lambda: senders(stage) == [MAX])
    database = stage.service.database
    await until(lambda: database.read_now(lambda session: session.exec(select(Purge)).all()) == [])


async def test_after_three_months_the_night_has_emptied_letters_and_folders(stage: Stage) -> None:
    await stage.writes(MAX, "M3 60 %")
    await stage.replies(MAX, "JA")
    await until(lambda: len(senders(stage)) == 2)
    stage.clock.at += timedelta(days=92)
    await stage.service.heartbeat.tidy()
    database = stage.service.database
    report = await database.read(retention.last)
    assert report is not None
    assert report.failed == []
    assert report.counts["inbox"] == 2
    assert await database.read(_kept) == 0
    await until(lambda: senders(stage) == [])
    assert stage.measure(3).percent == 60


def _kept(session: Session) -> int:
    return session.exec(select(func.count()).select_from(InboxRow).where(func.length(col(InboxRow.raw)) > 0)).one()
