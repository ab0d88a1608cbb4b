"""Invitations in letters: what mail programs need to show one, and the way a calendar's answer takes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sqlmodel import col, select

from alliance.notes import Calendar, Note
from alliance.packing import pack, unpack
from demo.postoffice import PostOffice
from mail.contents import Identity, contents
from mail.letters import Sender
from mail.screening import Kind
from papers import invitation
from store import outbox
from store.database import Database
from store.outbox import Channel, Outgoing
from store.tables import OutboxRow
from tests.mail.mail_world import ERIKA, MAX, NOON, mailbox_settings, open_door, smtp_settings
from tests.mail.test_letters import HOUSE, NOW, QUESTION, composed, part, written
from tests.waiting import until

MEETING = Calendar(
    "sitzung-12@example.org",
    "REQUEST",
    0,
    "Herbstsitzung der Wirtschaftsallianz",
    datetime(2026, 12, 3, 16, 0, tzinfo=UTC),
    datetime(2026, 12, 3, 18, 0, tzinfo=UTC),
    "Rathaus, Saal 1",
    "https://treffen.example.org/herbst?raum=1",
    "Tagesordnung folgt.",
)
LATER = replace(MEETING, sequence=1, begins=datetime(2026, 12, 3, 15, 0, tzinfo=UTC))
INVITED = Note("Einladung: Herbstsitzung", ("am 3. Dezember",), calendar=MEETING, language="de")
PDF = ("Tagesordnung.pdf", "application/pdf", b"%PDF-1.7")


def calendars(message: EmailMessage) -> list[tuple[str, str]]:
    """Type and text of each calendar in the letter."""
    parts = [each for each in message.walk() if each.get_content_type() in {"text/calendar", "application/ics"}]
    return [(each.get_content_type(), _text(each)) for each in parts]


def unfolded(message: EmailMessage) -> list[str]:
    """The lines of the letter's calendar (RFC 5545, 3.1)."""
    (_, text), _ = calendars(message)
    return text.replace("\r\n", "\n").replace("\n ", "").splitlines()


def _text(each: object) -> str:
    assert isinstance(each, EmailMessage)
    payload = each.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_an_invitation_is_the_richest_form_of_the_letter_and_a_file() -> None:
    message = composed(INVITED, [PDF])
    assert message.get_content_type() == "multipart/mixed"
    alternative, *files = message.iter_parts()
    kinds = [each.get_content_type() for each in alternative.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    *_, calendar = alternative.iter_parts()
    assert calendar["Content-Type"] == 'text/calendar; method="REQUEST"; charset="utf-8"'
    assert [(each.get_content_type(), each.get_filename()) for each in files] == [
        ("application/pdf", "Tagesordnung.pdf"),
        ("application/ics", "einladung.ics"),
    ]
    (_, shown), (_, file) = calendars(message)
    assert shown.replace("\r\n", "\n") == file.replace("\r\n", "\n")
    assert file.count("\n") == file.count("\r\n") > 10
    assert "einladung.ics" not in part(message, "plain")
    assert "Anlage: Tagesordnung.pdf" in part(message, "plain")


def test_the_answer_goes_where_a_reply_goes_and_comes_from_the_reader() -> None:
    message = composed(INVITED)
    lines = unfolded(message)
    assert f'ORGANIZER;CN="{HOUSE.name}":mailto:{message["Reply-To"]}' in lines
    (attendee,) = [line for line in lines if line.startswith("ATTENDEE")]
    assert attendee.endswith(f":mailto:{message['To']}")
    assert "RSVP=TRUE" in attendee


def test_without_plus_addresses_the_answer_comes_to_the_plain_one() -> None:
    message = composed(INVITED, sender=Sender(HOUSE.address, "Haus", plus=False))
    assert f"ORGANIZER;CN=Haus:mailto:{HOUSE.address}" in unfolded(message)


def test_the_link_stands_in_the_description_in_the_readers_language() -> None:
    for language, words in (("de", "Online teilnehmen: "), ("en", "Take part online: ")):
        lines = unfolded(composed(replace(INVITED, language=language)))
        assert f"DESCRIPTION:Tagesordnung folgt.\\n\\n{words}{MEETING.link}" in lines


def test_a_meeting_is_cancelled_with_its_own_method() -> None:
    note = replace(INVITED, calendar=replace(MEETING, method="CANCEL", sequence=3))
    message = composed(note)
    assert 'method="CANCEL"' in str([*message.walk()][-2]["Content-Type"])
    assert {"METHOD:CANCEL", "SEQUENCE:3", "STATUS:CANCELLED"} <= set(unfolded(message))


def test_whatever_a_title_holds_the_letter_stays_a_letter() -> None:
    evil = "a\r\nBEGIN:VEVENT\r\n--=alternative=\r\n\r\n\N{PARTY POPPER}\0\ud800 " * 20
    message = composed(replace(INVITED, calendar=replace(MEETING, title=evil, place=evil, text=evil, link=evil)))
    assert unfolded(message).count("BEGIN:VEVENT") == 1
    assert message.defects == []
    assert message.keys() == composed(INVITED).keys()


def test_a_letter_without_a_meeting_has_no_calendar() -> None:
    assert b"text/calendar" not in written(QUESTION)


def test_our_own_invitation_is_nothing_to_act_on() -> None:
    raw = written(INVITED)
    assert contents(raw, Identity("other@example.com"), NOW.date()).kind is Kind.OTHER
    assert invitation.answer(raw) is None


def test_a_packed_invitation_is_sent_as_it_was_meant() -> None:
    assert unfolded(composed(unpack(pack(INVITED), Note))) == unfolded(composed(INVITED))


# --- one organizer for an invitation and all that follows it


def organizer(raw: bytes) -> str:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    (line,) = [line for line in unfolded(message) if line.startswith("ORGANIZER")]
    return line.rpartition("mailto:")[2]


async def test_a_change_comes_from_who_has_invited_and_each_reader_has_their_own(
    database: Database, post: PostOffice
) -> None:
    notes = [("a1", ERIKA, INVITED), ("b1", MAX, INVITED), ("a2", ERIKA, replace(INVITED, calendar=LATER)),
             ("a3", ERIKA, replace(INVITED, calendar=replace(MEETING, uid="sitzung-13@example.org")))]  # fmt: skip
    rows = [Outgoing(key, Channel.MAIL, to, pack(note), NOON) for key, to, note in notes]
    async with open_door(database, mailbox_settings(post), smtp_settings(post)):
        await database.write(lambda session: outbox.enqueue(session, rows, NOON))
        await until(lambda: len(post.letters(ERIKA)) == 3 and len(post.letters(MAX)) == 1)
    first, change, other = [organizer(letter.raw) for letter in post.letters(ERIKA)]
    assert first == change
    assert len({first, other, organizer(post.letters(MAX)[0].raw)}) == 3
    token = database.read_now(lambda session: session.exec(select(OutboxRow.token).order_by(col(OutboxRow.id))).first())
    assert f"+{token}@" in first
