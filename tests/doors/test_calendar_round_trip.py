"""An invitation goes out into a calendar, and what the calendar answers comes home: over real SMTP and IMAP."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session, select

from alliance import attendance, invitations
from store.tables import Attendance, Meeting
from tests.doors import calendar_replies
from tests.doors.calendar_replies import Invitation
from tests.doors.stage import PASSWORD, Clock, Stage, StandIn, open_stage
from tests.town import HOUSE, MAX, NAMES, OFFICE

JUTTA = "jutta@logistik.example.org"


@pytest.fixture
async def stage(tmp_path: Path, settled_sqlite: Path) -> AsyncIterator[Stage]:
    """On one system: what a calendar says does not depend on where it is kept. The office plans for 3 December."""
    file = shutil.copy(settled_sqlite, tmp_path / "stage.db")
    clock = Clock()
    post = StandIn({HOUSE.email: PASSWORD}, clock=clock.now)
    with post:
        async with open_stage(f"sqlite:///{file}", tmp_path, post, clock) as opened:
            opened.town.meeting(10)
            await opened.service.database.write(lambda session: _invite(session, clock))
            await opened.service.sender.drain()
            yield opened


def _invite(session: Session, clock: Clock) -> None:
    invitations.invite(session, HOUSE, session.exec(select(Meeting)).one(), clock.at)


def invited(stage: Stage, who: str) -> Invitation:
    """What the person's calendar takes from the letter that has one."""
    letters = [letter.raw for letter in stage.letters(who) if b"text/calendar" in letter.raw]
    return calendar_replies.invitation(letters[-1])


async def coming(stage: Stage) -> list[tuple[str, int]]:
    """Each answer with the person's number."""
    rows = await stage.service.database.read(lambda session: list(session.exec(select(Attendance))))
    return [(row.answer.value, row.person_id) for row in rows]


@pytest.mark.parametrize("client", ["exchange", "google", "apple"])
async def test_an_answer_in_the_calendar_is_noted_for_its_person(stage: Stage, client: str) -> None:
    answer = getattr(calendar_replies, client)
    for partstat, noted, title in (
        ("ACCEPTED", "yes", "Notiert: Sie kommen"),
        ("TENTATIVE", "maybe", "Notiert: Sie kommen vielleicht"),
        ("DECLINED", "no", "Notiert: Sie kommen nicht"),
    ):
        await stage.sends(MAX, answer(invited(stage, MAX), MAX, NAMES[MAX], partstat))
        assert await coming(stage) == [(noted, stage.person(MAX).id)]
        assert stage.last_letter(MAX).subject.startswith(title)
    assert not [letter for letter in stage.letters(OFFICE) if NAMES[MAX] in letter.subject]


async def test_what_somebody_types_beside_the_answer_reaches_the_office(stage: Stage) -> None:
    raw = calendar_replies.exchange(invited(stage, MAX), MAX, NAMES[MAX], "ACCEPTED", "Ich komme etwas später.")
    await stage.sends(MAX, raw)
    assert await coming(stage) == [("yes", stage.person(MAX).id)]
    assert "Ich komme etwas später." in stage.last_letter(OFFICE).text


async def test_who_suggests_another_time_comes_perhaps_and_the_office_reads_when(stage: Stage) -> None:
    raw = calendar_replies.another_time(invited(stage, MAX), MAX, NAMES[MAX], "20261204T090000")
    await stage.sends(MAX, raw)
    assert await coming(stage) == [("maybe", stage.person(MAX).id)]
    assert "Freitag, 4. Dezember 2026, 9:00 Uhr" in stage.last_letter(OFFICE).text


async def test_words_beside_an_answer_to_a_strange_meeting_reach_the_office(stage: Stage) -> None:
    strange = replace(invited(stage, MAX), uid="040000008200E00074C5B7101A82E008@logistik.example.org")
    raw = calendar_replies.exchange(strange, MAX, NAMES[MAX], "ACCEPTED", "Gilt das auch für mich?")
    await stage.sends(MAX, raw)
    assert await coming(stage) == []
    assert "Gilt das auch für mich?" in stage.last_letter(OFFICE).text


async def test_a_deputy_named_in_the_calendar_means_that_the_person_does_not_come(stage: Stage) -> None:
    raw = calendar_replies.exchange(invited(stage, MAX), MAX, NAMES[MAX], "DELEGATED")
    await stage.sends(MAX, raw.replace(b"Delegiert", b"Weitergeleitet"))
    assert [answer for answer, _ in await coming(stage)] == ["no"]


async def test_the_deputys_own_calendar_is_for_the_office_to_believe(stage: Stage) -> None:
    await stage.sends(JUTTA, calendar_replies.google(invited(stage, MAX), JUTTA, "Jutta Probe", "ACCEPTED"))
    assert await coming(stage) == []
    assert JUTTA in stage.last_letter(OFFICE).subject


async def test_a_later_letter_about_the_meeting_has_the_same_organizer(stage: Stage) -> None:
    first, person = invited(stage, MAX), stage.person(MAX)

    def change(session: Session) -> None:
        meeting = session.exec(select(Meeting)).one()
        meeting.sequence += 1
        note = invitations.invitation(HOUSE, meeting, person, stage.clock.at)
        invitations.send(session, meeting, person, note, "change", stage.clock.at)

    await stage.service.database.write(change)
    await stage.service.sender.drain()
    second = invited(stage, MAX)
    assert (second.sequence, second.organizer) == ("1", first.organizer)
    await stage.sends(MAX, calendar_replies.google(second, MAX, NAMES[MAX], "ACCEPTED"))
    assert await coming(stage) == [("yes", stage.person(MAX).id)]


async def test_our_calendars_name_what_the_desk_understands(stage: Stage) -> None:
    assert attendance.meeting_of(invited(stage, MAX).uid, HOUSE.email.partition("@")[2]) == 1
