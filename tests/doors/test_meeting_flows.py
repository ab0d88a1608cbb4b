"""A meeting from planning to the eve through the doors: calendars, chats and letters say the same."""

from __future__ import annotations

from email.message import Message
from email.utils import parseaddr

from alliance import attendance
from tests.doors.stage import Letter, Stage
from tests.town import ERIKA, MAX, OFFICE

MEETING = "SITZUNG Allianz; 20.01.2027 17:00–19:00; Herbstsitzung; Rathaus; https://example.org/treffen"


def calendar(letter: Letter) -> str:
    """The calendar file in a letter, unfolded."""
    for part in letter.message.walk():
        if part.get_content_type() == "text/calendar":
            return content(part).replace("\r\n ", "")
    raise AssertionError(f"no calendar in {letter.subject!r}")


def content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def field(letter: Letter, name: str) -> str:
    """The value of one property of the calendar in a letter."""
    lines = [line for line in calendar(letter).splitlines() if line.startswith((f"{name}:", f"{name};"))]
    return lines[0].partition(":")[2]


def calendar_answer(invitation: Letter, who: str, partstat: str) -> bytes:
    """What a calendar program sends to the organizer (RFC 6047)."""
    organizer = field(invitation, "ORGANIZER").removeprefix("mailto:")
    lines = [
        f"From: {who}",
        f"To: {organizer}",
        f"Subject: {partstat}",
        f"Message-ID: <{partstat}.{field(invitation, 'SEQUENCE')}@example.org>",
        'Content-Type: text/calendar; charset=utf-8; method="REPLY"',
        "",
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{field(invitation, 'UID')}",
        f"SEQUENCE:{field(invitation, 'SEQUENCE')}",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{who}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


async def coming(stage: Stage) -> dict[str, str]:
    """Who said what to the meeting, by address."""
    answers = await stage.service.database.read(lambda session: attendance.answers(session, 1))
    people = {stage.person(who).id: who for who in (ERIKA, MAX, OFFICE)}
    return {people[person]: answer.value for person, answer in answers.items()}


async def test_a_meeting_is_planned_invited_to_moved_and_cancelled(stage: Stage) -> None:
    stage.link(OFFICE)
    await invitations_go_out_on_a_tap(stage)
    await answers_come_from_a_calendar_and_a_chat(stage)
    await the_move_reaches_calendar_and_chat(stage)
    await the_cancellation_takes_it_out_of_the_calendar(stage)


async def invitations_go_out_on_a_tap(stage: Stage) -> None:
    assert "Dienstag, 24. November 2026, 9:00 Uhr: Einladung an alle" in await stage.says(OFFICE, MEETING)
    await stage.says(OFFICE, "TAGESORDNUNG: 17:00 Begrüßung; 17:15 Bericht")
    await stage.says(OFFICE, "EINLADEN")
    invitation = await stage.letter(MAX, "Einladung: Herbstsitzung am Mittwoch, 20. Januar 2027")
    for line in ("Wo: Rathaus", "Online: https://example.org/treffen", "17:15 Bericht", "VERTRETUNG"):
        assert line in invitation.text
    assert (field(invitation, "METHOD"), field(invitation, "SEQUENCE")) == ("REQUEST", "0")
    assert field(invitation, "DTSTART") == "20270120T160000Z"
    assert "Einladung: Herbstsitzung" in "".join(stage.bubbles(ERIKA))


async def answers_come_from_a_calendar_and_a_chat(stage: Stage) -> None:
    invitation = stage.last_letter(MAX)
    assert parseaddr(field(invitation, "ORGANIZER").removeprefix("mailto:"))[1] != ""
    await stage.sends(MAX, calendar_answer(invitation, MAX, "ACCEPTED"))
    await stage.letter(MAX, "Notiert: Sie kommen")
    await stage.taps(ERIKA, "Vielleicht", on="Einladung")
    assert await coming(stage) == {MAX: "yes", ERIKA: "maybe"}
    assert "Stahl GmbH: E. B." in await stage.says(OFFICE, "TEILNAHME")


async def the_move_reaches_calendar_and_chat(stage: Stage) -> None:
    await stage.says(OFFICE, "SITZUNG ÄNDERN; 27.01.2027 18:00")
    assert "3 Personen bekommen Nachricht." in "".join(stage.bubbles(OFFICE))
    await stage.service.sender.drain()
    changed = await stage.letter(MAX, "Geändert: Herbstsitzung am Mittwoch, 27. Januar 2027")
    assert (field(changed, "UID"), field(changed, "SEQUENCE")) == ("sitzung-1@alliance.example.org", "1")
    assert field(changed, "DTSTART") == "20270127T170000Z"
    assert field(changed, "DTEND") == "20270127T190000Z"
    assert await coming(stage) == {}
    assert "17:00–19:00 Uhr → Mittwoch, 27. Januar 2027, 18:00–20:00 Uhr" in "".join(stage.bubbles(ERIKA))
    await stage.replies(MAX, "VERTRETUNG Jutta Probe", to=changed)
    await stage.letter(MAX, "Notiert: Für Sie kommt Jutta Probe")
    assert await coming(stage) == {MAX: "no"}


async def the_cancellation_takes_it_out_of_the_calendar(stage: Stage) -> None:
    await stage.says(OFFICE, "SITZUNG ABSAGEN; Sturmwarnung")
    await stage.taps(OFFICE, "Ja, absagen")
    await stage.service.sender.drain()
    cancelled = await stage.letter(MAX, "Abgesagt: Herbstsitzung am Mittwoch, 27. Januar 2027")
    assert "Grund: Sturmwarnung" in cancelled.text
    assert (field(cancelled, "METHOD"), field(cancelled, "SEQUENCE")) == ("CANCEL", "2")
    assert field(cancelled, "UID") == "sitzung-1@alliance.example.org"
    await stage.replies(MAX, "ZUSAGE", to=cancelled)
    assert "ist abgesagt" in (await stage.letter(MAX)).text
