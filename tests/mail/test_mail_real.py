"""The mail door between a real Postfix and a real Dovecot."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Iterator

import pytest
from imapclient import IMAPClient

from alliance.notes import Note
from alliance.packing import pack
from mail.delivery import MailDelivery, SmtpSettings
from mail.mailbox import MailboxReader, MailboxSettings
from store.database import Database
from store.outbox import Channel, Letter, Result
from tests.mail.gate import Gate
from tests.mail.mail_world import (
    DONE_FOLDER,
    ERIKA,
    HOUSE,
    NOON,
    SENDER,
    deeds,
    letter,
    mailbox_settings,
    noon,
    open_door,
    rows,
    smtp_settings,
    states,
)
from tests.real_mail import RealMail, available
from tests.waiting import PATIENCE, until

pytestmark = [
    pytest.mark.real_mail,
    pytest.mark.xdist_group("real_mail"),
    pytest.mark.skipif(available() is not None, reason=available() or "runs"),
]


@pytest.fixture
def post() -> Iterator[RealMail]:
    with RealMail() as post:
        yield post


def folder(post: RealMail, name: str) -> int:
    with IMAPClient(post.host, post.imap_port, ssl=False, timeout=PATIENCE) as client:
        client.login(HOUSE, post.password)
        return int(client.folder_status(name, ["MESSAGES"])[b"MESSAGES"])


async def test_a_letter_over_tls_becomes_a_deed_is_answered_and_filed(post: RealMail, file: Database) -> None:
    mailbox = MailboxSettings(post.host, post.imaps_port, HOUSE, post.password, cafile=post.cafile)
    smtp = SmtpSettings(post.host, post.smtp_port, HOUSE, post.password, cafile=post.cafile)
    async with open_door(file, mailbox, smtp):
        with smtplib.SMTP(post.host, post.smtp_port, local_hostname="localhost") as client:
            client.sendmail(ERIKA, [HOUSE.replace("@", "+abcdefghij234567@")], letter())
        answers = await asyncio.to_thread(post.read, ERIKA, 1)
        await until(lambda: folder(post, DONE_FOLDER) == 1)
    assert b"Auto-Submitted: auto-replied" in answers[0]
    assert deeds(file) == ["M12 60 %"]
    assert states(file) == [("done", "")]
    assert folder(post, "INBOX") == 0


async def test_starttls_reads_the_mailbox_too(post: RealMail, file: Database) -> None:
    mailbox = mailbox_settings(post, tls="starttls", cafile=post.cafile)
    async with open_door(file, mailbox, smtp_settings(post)):
        post.deliver(HOUSE, letter())
        await until(lambda: deeds(file) == ["M12 60 %"])


@pytest.mark.fault(30)
async def test_a_kicked_session_comes_back(post: RealMail, file: Database) -> None:
    async with open_door(file, mailbox_settings(post), smtp_settings(post)) as door:
        door.mailbox.watching.clear()
        post.kick()
        post.deliver(HOUSE, letter())
        await until(lambda: deeds(file) == ["M12 60 %"])
        assert door.mailbox.watching.wait(PATIENCE)


def test_a_letter_that_comes_between_select_and_idle_is_noticed_at_once(post: RealMail, file: Database) -> None:
    waiting = [letter(number=number) for number in range(5)]
    gate = Gate(post.imap_port, before_idle=lambda: post.deliver(HOUSE, waiting.pop(0)) if waiting else None)
    with gate:
        reader = MailboxReader(mailbox_settings(gate), file, lambda: None, noon)
        reader.start()
        asyncio.run(until(lambda: len(rows(file)) == 5))
        reader.stop()
    assert waiting == []


@pytest.mark.fault(25)
async def test_with_a_certificate_nobody_vouches_for_nothing_is_read_or_sent(post: RealMail, file: Database) -> None:
    reader = MailboxReader(MailboxSettings(post.host, post.imaps_port, HOUSE, post.password), file, lambda: None, noon)
    reader.start()
    await until(lambda: reader.trouble == "tls")
    reader.stop()
    way = MailDelivery(smtp_settings(post, tls="starttls"), SENDER, noon)
    note = pack(Note("Frage", language="de"))
    ended = await way.deliver(Letter(1, "key", Channel.MAIL, ERIKA, note, "a" * 16, "", None, NOON, 1), [])
    assert (ended.result, way.trouble) == (Result.LATER, "tls")
    assert post.read(ERIKA) == []
