"""The mail door from end to end: real SMTP and IMAP on both sides, a clerk at the desk."""

from __future__ import annotations

import smtplib

import pytest

from demo.postoffice import PostOffice
from store.database import Database
from tests.mail.mail_world import (
    DONE_FOLDER,
    ERIKA,
    HOUSE,
    MAX,
    Clerk,
    deeds,
    letter,
    mailbox_settings,
    mailed,
    open_door,
    outgoing,
    smtp_settings,
    states,
    subject_of,
    token_of,
    words_of,
)
from tests.waiting import until


def post_letter(post: PostOffice, raw: bytes, to: str = HOUSE) -> None:
    with smtplib.SMTP(post.host, post.smtp_port, local_hostname="localhost", timeout=10) as client:
        client.sendmail(ERIKA, [to], raw)


async def test_a_letter_becomes_a_deed_and_is_answered_and_filed(post: PostOffice, database: Database) -> None:
    async with open_door(database, mailbox_settings(post), smtp_settings(post)):
        post_letter(post, letter())
        await until(lambda: bool(post.letters(ERIKA)))
        await until(lambda: len(post.folder(HOUSE, DONE_FOLDER)) == 1)
    assert deeds(database) == ["M12 60 %"]
    assert states(database) == [("done", "")]
    assert post.folder(HOUSE, "INBOX") == []
    (answer,) = mailed(post, ERIKA)
    assert subject_of(answer).startswith("Gehört: M12 60 %")
    assert answer["In-Reply-To"] == "<1@client.example.org>"
    assert answer["Auto-Submitted"] == "auto-replied"


async def test_the_answer_to_our_letter_brings_its_token_back(post: PostOffice, file: Database) -> None:
    clerk = Clerk()
    async with open_door(file, mailbox_settings(post), smtp_settings(post), clerk):
        post_letter(post, letter())
        await until(lambda: bool(post.letters(ERIKA)))
        ours = mailed(post, ERIKA)[0]
        quoted = words_of(ours).replace("\r\n", "\r\n> ").encode()
        reply = letter(b"fertig\r\n\r\nAm 2.3.2026 um 13:00 schrieb Allianz:\r\n> " + quoted, number=2)
        post_letter(post, reply, to=ours["Reply-To"])
        await until(lambda: len(clerk.voices) == 2)
    assert [voice.token for voice in clerk.voices] == ["", token_of(ours)]
    assert clerk.voices[1].email == ERIKA
    assert deeds(file) == ["M12 60 %", "fertig"]


@pytest.mark.fault(7)
async def test_a_letter_that_crashes_us_three_times_is_set_aside_and_the_next_one_heard(
    post: PostOffice, database: Database
) -> None:
    clerk = Clerk()
    clerk.failures["Gift"] = 99
    async with open_door(database, mailbox_settings(post), smtp_settings(post), clerk):
        post_letter(post, letter(b"Gift"))
        post_letter(post, letter(b"M12 fertig", number=2))
        await until(lambda: states(database) == [("quarantined", "failed"), ("done", "")])
        await until(lambda: len(post.letters(ERIKA)) == 2)
    assert deeds(database) == ["M12 fertig"]
    assert any("Das hat nicht geklappt" in subject_of(answer) for answer in mailed(post, ERIKA))


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (b"Auto-Submitted: auto-replied\r\n", "auto_reply"),
        (b"List-Id: <ag.example.org>\r\n", "other"),
        (b"Precedence: bulk\r\n", "other"),
    ],
)
async def test_what_no_person_wrote_is_kept_but_never_answered(
    post: PostOffice, file: Database, headers: bytes, why: str
) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)):
        post_letter(post, letter(headers=headers))
        await until(lambda: states(file) == [("ignored", why)])
        await until(lambda: len(post.folder(HOUSE, DONE_FOLDER)) == 1)
    assert deeds(file) == []
    assert outgoing(file) == []


RETURNED = (
    b"From: MAILER-DAEMON@mx.example.org\r\nTo: %s\r\nMessage-ID: <9@mx.example.org>\r\n"
    b"Subject: Unzustellbar: Abfrage\r\nX-Failed-Recipients: %s\r\n\r\nUser unknown\r\n\r\n"
    b"------ This is a copy of the message ------\r\nMessage-ID: <zp.abcdefghij234567@example.org>\r\n"
) % (HOUSE.encode(), MAX.encode())


async def test_a_returned_letter_is_told_by_its_token_and_never_answered(post: PostOffice, file: Database) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)):
        post.deliver(HOUSE, RETURNED)
        await until(lambda: states(file) == [("ignored", "bounce")])
    assert deeds(file) == [f"returned abcdefghij234567 {MAX}"]
    assert outgoing(file) == []


async def test_an_out_of_office_letter_tells_until_when_and_is_never_answered(post: PostOffice, file: Database) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)):
        words = "Ich bin bis einschließlich 15.03.2026 nicht im Büro.".encode()
        post_letter(
            post, letter(words, headers=b"Auto-Submitted: auto-replied\r\nDate: Mon, 2 Mar 2026 12:00:00 +0100\r\n")
        )
        await until(lambda: states(file) == [("ignored", "auto_reply")])
    assert deeds(file) == ["away until 2026-03-15"]
    assert outgoing(file) == []


async def test_a_letter_from_nobody_goes_to_the_office_without_an_answer(post: PostOffice, file: Database) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)):
        post.deliver(HOUSE, b"From: undisclosed\r\nMessage-ID: <1@x>\r\n\r\nM12 fertig\r\n")
        await until(lambda: states(file) == [("office", "")])
    assert deeds(file) == ["Unclear"]
    assert outgoing(file) == []


async def test_an_empty_letter_speaks_through_its_subject(post: PostOffice, file: Database) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)):
        post.deliver(HOUSE, letter(b"").replace(b"Subject: M12", b"Subject: ABMELDEN [ZP-abcdefghij234567]"))
        post.deliver(HOUSE, letter(b"", number=2).replace(b"Subject: M12", b"Subject: AW: Ihre Frage"))
        await until(lambda: len(states(file)) == 2 and all(state == "done" for state, _ in states(file)))
    assert deeds(file) == ["ABMELDEN", ""]


@pytest.mark.fault(34)
async def test_a_letter_with_too_many_parts_is_set_aside_before_it_is_parsed(post: PostOffice, file: Database) -> None:
    bomb = b"Content-Type: multipart/mixed; boundary=x\r\n"
    async with open_door(file, mailbox_settings(post), smtp_settings(post)):
        post.deliver(HOUSE, letter(b"--x\r\n\r\n" * 5_000, headers=bomb))
        post.deliver(HOUSE, letter(b"M12 fertig", number=2))
        await until(lambda: len(states(file)) == 2 and "new" not in dict(states(file)))
    assert states(file) == [("quarantined", "too-complex"), ("done", "")]


async def test_a_door_that_is_closed_at_once_leaves_no_thread_behind(post: PostOffice, file: Database) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)) as door:
        assert door.healthy
    assert not door.healthy
    assert door.troubles == ()
