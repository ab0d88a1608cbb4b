"""A letter's way through real servers: aiosmtplib -> Postfix -> Dovecot -> imapclient, and what the product calls."""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, LoginError

from tests.imap_matrix import matrix
from tests.real_mail import RealMail, available

pytestmark = [
    pytest.mark.real_mail,
    pytest.mark.xdist_group("real_mail"),
    pytest.mark.skipif(available() is not None, reason=available() or "runs"),
]
PATIENCE = 10  # seconds; Dovecot 2.3 holds its announcements for half a second


@pytest.fixture(scope="module")
def mail() -> Iterator[RealMail]:
    with RealMail() as mail:
        yield mail


@pytest.fixture
def inbox(mail: RealMail) -> Iterator[IMAPClient]:
    with IMAPClient(mail.host, mail.imap_port, ssl=False, timeout=PATIENCE) as client:
        client.login(mail.account, mail.password)
        client.select_folder("INBOX")
        yield client


def a_letter(recipient: str, subject: str = "Größe") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Erika Beispiel <erika@firm.example>", recipient, subject
    message["Message-ID"] = f"<{subject.encode().hex()}@firm.example>"
    message.set_content("Grüße")
    return message


async def send(mail: RealMail, message: EmailMessage, login: str | None = None, *, tls: bool = False) -> None:
    trust = ssl.create_default_context(cafile=mail.cafile) if tls else None
    await aiosmtplib.send(
        message,
        hostname=mail.host,
        port=mail.smtp_port,
        start_tls=tls,
        tls_context=trust,
        username=login,
        password=mail.password if login else None,
        local_hostname="localhost",
    )


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "starttls"])
async def test_a_letter_wakes_idle_is_fetched_and_filed(mail: RealMail, inbox: IMAPClient, tls: bool) -> None:
    subject = f"Größe {tls}"
    expected = inbox.select_folder("INBOX")[b"UIDNEXT"]
    inbox.idle()
    await send(mail, a_letter(mail.account, subject), mail.account if tls else None, tls=tls)
    assert select.select([inbox.socket()], [], [], PATIENCE)[0]
    assert any(line[1] == b"EXISTS" for line in inbox.idle_done()[1])
    (uid,) = inbox.search(["UID", f"{expected}:*"])
    letter = inbox.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
    assert f"<{subject.encode().hex()}@firm.example>".encode() in letter
    assert letter.startswith(b"Return-Path: <erika@firm.example>\r\n")
    inbox.create_folder(f"Erledigt für {tls}")
    inbox.move([uid], f"Erledigt für {tls}")
    assert inbox.search(["UID", str(uid)]) == []
    assert inbox.folder_status(f"Erledigt für {tls}", ["MESSAGES"]) == {b"MESSAGES": 1}


async def test_letters_to_other_people_can_be_read_as_they_received_them(mail: RealMail) -> None:
    await send(mail, a_letter("Ute Beispiel <ute@elsewhere.example>"))
    (letter,) = mail.read("ute@elsewhere.example", at_least=1)
    assert b"Subject: =?utf-8?" in letter
    assert mail.read("nobody@elsewhere.example") == []


async def test_a_plus_address_reaches_the_base_mailbox_and_stays_readable(mail: RealMail) -> None:
    await send(mail, a_letter("plus+token7@example.org"))
    (letter,) = mail.read("plus@example.org", at_least=1)
    assert b"\r\nDelivered-To: plus+token7@example.org\r\n" in letter


def test_a_letter_delivered_directly_is_there_at_once(mail: RealMail) -> None:
    mail.deliver("direct@example.org", a_letter("direct@example.org").as_bytes())
    (letter,) = mail.read("direct@example.org")
    assert b"Return-Path: <erika@firm.example>" in letter


def test_imaps_shows_a_certificate_to_trust(mail: RealMail) -> None:
    trust = ssl.create_default_context(cafile=mail.cafile)
    with IMAPClient("localhost", mail.imaps_port, ssl=True, ssl_context=trust, timeout=PATIENCE) as client:
        with pytest.raises(LoginError):
            client.login(mail.account, "wrong")
        client.login(mail.account, mail.password)


def test_a_kicked_client_notices(mail: RealMail) -> None:
    client = IMAPClient(mail.host, mail.imap_port, ssl=False, timeout=PATIENCE)
    client.login(mail.account, mail.password)
    client.select_folder("INBOX")
    client.idle()
    mail.kick()
    with pytest.raises((IMAPClientAbortError, ConnectionError)):
        client.idle_done()
    client.shutdown()


def test_dovecot_answers_every_call_the_product_makes(mail: RealMail) -> None:
    user = "matrix@example.org"
    assert matrix(mail.host, mail.imap_port, user, mail.password, lambda raw: mail.deliver(user, raw)) == []


def test_stopping_closes_every_port_and_removes_the_folder() -> None:
    mail = RealMail().start()
    folder = Path(mail.cafile).parent
    mail.stop()
    mail.stop()
    assert not folder.exists()
    for port in (mail.imap_port, mail.imaps_port, mail.smtp_port, mail.lmtp_port):
        with socket.socket() as probe:
            assert probe.connect_ex((mail.host, port)) != 0
