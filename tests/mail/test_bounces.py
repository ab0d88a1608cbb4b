"""Whom a returned letter is about, whether for good, and whether that blames the address."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.bounces import Failure, failures
from mail.screening import bounced, classify

OURS = """From: Zukunftsplan <zukunftsplan@stadt.example.org>
To: {to}
Subject: Herbstsitzung
Message-ID: {id}
Date: Mon, 2 Nov 2026 09:00:00 +0100

Guten Tag, wie steht es um M12? R\u00fcckfragen an buero@stadt.example.org."""
ZP_ID = "<zp.abcdefghij234567@stadt.example.org>"


def report(status: str, to: str = "erika@firma.example.com", message_id: str = "<other@example.org>") -> bytes:
    """A report by the standard (RFC 3464) with these per-recipient fields."""
    parts = [
        ("text/plain; charset=utf-8", "I'm sorry to have to inform you that your message could not be delivered."),
        ("message/delivery-status", f"Reporting-MTA: dns; mx.example.net\n\n{status}"),
        ("message/rfc822", OURS.format(to=to, id=message_id)),
    ]
    body = "".join(f"--b1\nContent-Type: {kind}\n\n{content}\n\n" for kind, content in parts)
    head = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: zukunftsplan@stadt.example.org\n"
        "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\n\n'
    )
    return f"{head}{body}--b1--\n".replace("\n", "\r\n").encode()


def notice(
    text: str, sender: str = "MAILER-DAEMON@mx.example.net", subject: str = "failure notice", more: str = ""
) -> bytes:
    """A letter back in words alone."""
    head = f"Return-Path: <>\nFrom: {sender}\nTo: zukunftsplan@stadt.example.org\nSubject: {subject}\n{more}"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (
            "Final-Recipient: rfc822; Erika@Firma.example.com\nAction: failed\nStatus: 5.1.1",
            [("erika@firma.example.com", "permanent")],
        ),
        (
            "Original-Recipient: rfc822;erika@firma.example.com\nFinal-Recipient: rfc822;e.b@intern.example.net\n"
            "Action: failed\nStatus: 5.1.1 (bad destination mailbox address)",
            [("erika@firma.example.com", "permanent")],
        ),
        (
            "Final-Recipient: rfc822;<erika@firma.example.com>\nAction: delayed\nStatus: 4.4.1",
            [("erika@firma.example.com", "temporary")],
        ),
        (
            "Final-Recipient: rfc822;erika@firma.example.com\nAction: failed\nStatus: 4.4.7",
            [("erika@firma.example.com", "temporary")],
        ),
        (
            "Final-Recipient: rfc822;a@one.example.com\nAction: failed\nStatus: 5.1.1\n\n"
            "Final-Recipient: rfc822;b@one.example.com\nAction: delayed\nStatus: 4.2.2\n\n"
            "Final-Recipient: rfc822;c@one.example.com\nAction: delivered\nStatus: 2.0.0",
            [("a@one.example.com", "permanent"), ("b@one.example.com", "temporary")],
        ),
        (
            "Final-Recipient: rfc822;a@one.example.com\nAction: failed\nStatus: 5.1.1\n"
            "Final-Recipient: rfc822;b@one.example.com\nAction: failed\nStatus: 5.1.1",
            [("a@one.example.com", "permanent"), ("b@one.example.com", "permanent")],
        ),
        (
            "Final-Recipient: rfc822;a@one.example.com\nAction: failed\nStatus: 5.1.1\n\n"
            "Original-Recipient: rfc822;b@one.example.com\nFinal-Recipient: rfc822;x@two.example.com\n"
            "Action: delayed\nStatus: 4.2.2",
            [("a@one.example.com", "permanent"), ("b@one.example.com", "temporary")],
        ),
        (
            "Final-Recipient: utf-8;erika@b\\x{E4}cker.example.com\nAction: failed\nStatus: 5.1.1",
            [("erika@xn--bcker-gra.example.com", "permanent")],
        ),
        (
            "Final-Recipient: rfc822;erika@firma.example.com\nAction: failed (permanently)\n"
            "Diagnostic-Code: smtp;550 no\n such user",
            [("erika@firma.example.com", "permanent")],
        ),
        (
            "Final-Recipient: rfc822;erika@firma.example.com\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550",
            [("erika@firma.example.com", "permanent")],
        ),
        (
            "Final-Recipient: x400; /c=de/s=beispiel\nX-Actual-Recipient: rfc822; erika@firma.example.com\n"
            "Action: failed\nStatus: 5.1.1",
            [("erika@firma.example.com", "permanent")],
        ),
        ("Final-Recipient: rfc822;erika@firma.example.com\nAction: relayed\nStatus: 2.1.9", []),
        ("Final-Recipient: rfc822;erika@firma.example.com\nAction: expanded\nStatus: 2.0.0", []),
        ("Final-Recipient: rfc822;\nAction: failed\nStatus: 5.1.1", []),
    ],
)
@pytest.mark.fault(26)
def test_reports_by_the_standard(status: str, expected: list[tuple[str, str]]) -> None:
    assert bounced(report(status)) == expected
    assert classify(report(status)) == "bounce"


def test_the_address_we_wrote_to_counts_when_our_letter_comes_back() -> None:
    status = "Final-Recipient: rfc822;e.b@intern.example.net\nAction: failed\nStatus: 5.1.1"
    assert bounced(report(status, "info@firma.example.com", ZP_ID)) == [("info@firma.example.com", "permanent")]
    assert bounced(report(status, "info@firma.example.com")) == [("e.b@intern.example.net", "permanent")]


def test_an_encoded_report_is_read() -> None:
    fields = b"Reporting-MTA: dns;x\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 5.1.1\n"
    status = base64.encodebytes(fields)
    raw = (
        b"From: postmaster@b.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n"
        b"--x\nContent-Type: message/global-delivery-status\nContent-Transfer-Encoding: base64\n\n"
        + status
        + b"\n--x--\n"
    )
    assert bounced(raw) == [("a@b.example", "permanent")]


@pytest.mark.parametrize(
    ("code", "words", "blames"),
    [
        ("5.1.1", "550 5.1.1 user unknown", True),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
        ("5.4.4", "Host not found", True),
        ("5.2.1", "mailbox disabled", True),
        ("5.2.2", "552 5.2.2 over quota", False),
        ("5.7.1", "554 5.7.1 blocked by spam policy", False),
        ("5.7.1", "550 5.7.1 no such user here", True),
        ("5.7.26", "unauthenticated", False),
        ("5.3.4", "message too large", False),
        ("5.1.8", "sender domain not found", False),
        ("5.0.0", "550 5.1.1 unknown", True),
        ("5.0.0", "550 mailbox full", False),
        ("5.0.0", "550 rejected as spam", False),
    ],
)
def test_what_blames_the_address(code: str, words: str, blames: bool) -> None:
    raw = report(
        f"Final-Recipient: rfc822;a@b.example.com\nAction: failed\nStatus: {code}\nDiagnostic-Code: smtp; {words}"
    )
    (failure,) = failures(raw)
    assert (failure.kind, failure.blames_address) == ("permanent", blames)


def test_the_status_tells_what_the_refusing_server_said() -> None:
    raw = report(
        "Final-Recipient: rfc822;a@b.example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 5.2.2"
    )
    assert failures(raw) == [Failure("a@b.example.com", "permanent", "5.2.2", blames_address=False)]


COPY = "\n\n--- Below this line is a copy of the message.\n\n" + OURS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to "
            "deliver your message to the "
            "following addresses.\n\n<max@firma.example.com>:\nSorry, no mailbox here by that name. (#5.1.1)" + COPY,
            [("max@firma.example.com", "permanent")],
        ),
        (
            "Hi. This is the qmail-send program at mx.example.net.\nI wasn't able to deliver your message.\n\n"
            "<max@firma.example.com>:\n198.51.100.4 failed after I sent the message.\nRemote host said: 452 4.2.2 "
            "Mailbox full" + COPY,
            [("max@firma.example.com", "temporary")],
        ),
        (
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be "
            "delivered to one or more of its\nrecipients. This is a permanent error. The "
            "following address(es) failed:\n\n"
            "  max@firma.example.com\n    Unrouteable address\n\n"
            "------ This is a copy of the message, including all the headers. ------\n\n" + OURS,
            [("max@firma.example.com", "permanent")],
        ),
        (
            "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent "
            "error. The following address(es) failed:\n\n  max@firma.example.com\n    SMTP error "
            "from remote server after RCPT TO:<max@firma.example.com>:\n    host mx.example.com: 550 unknown user\n"
            "  info@andere.example.org\n    retry timeout exceeded\n\n------ This is a copy of the message. ------\n\n"
            + OURS,
            [("max@firma.example.com", "permanent"), ("info@andere.example.org", "temporary")],
        ),
        (
            "   ----- The following addresses had permanent fatal errors -----\n<max@firma.example.com>\n"
            "    (reason: 550 5.1.1 <max@firma.example.com>... User unknown)\n    (expanded "
            "from: <info@firma.example.com>)\n\n"
            "   ----- Transcript of session follows -----\n... while talking to mx.firma.example.com.:\n"
            ">>> DATA\n<<< 550 5.1.1 <max@firma.example.com>... User unknown\n",
            [("max@firma.example.com", "permanent")],
        ),
        (
            "Ihre Nachricht an die folgenden Empf\u00e4nger konnte nicht zugestellt werden:\n\n "
            "   max@firma.example.com\n\n"
            "Grund: Unbekannter Empf\u00e4nger. Bei Fragen wenden Sie sich an hilfe@example.net.",
            [("max@firma.example.com", "permanent")],
        ),
        (
            "Die Zustellung Ihrer E-Mail verz\u00f6gert sich. Die Nachricht an "
            "<max@firma.example.com> konnte noch nicht "
            "zugestellt werden.\nWeitere Zustellversuche folgen.",
            [("max@firma.example.com", "temporary")],
        ),
        (
            "Your message could not be delivered to the following "
            "recipient:\n\nmax@firma.example.com: Mailbox quota exceeded",
            [("max@firma.example.com", "temporary")],
        ),
        (
            "I was unable to deliver your message.\n\n<max@firma.example.com>:\n552 Requested action aborted",
            [("max@firma.example.com", "temporary")],
        ),
        (
            "** Message not delivered **\n\nThe address max@firma.example.com couldn't be "
            "found, or is unable to receive mail."
            "\n\nThe response was: 550 5.1.1 The email account that you tried to reach does not exist.",
            [("max@firma.example.com", "permanent")],
        ),
        (
            "Your message did not reach some or all of the intended recipients.\n\n      Subject: Herbstsitzung\n"
            "      Sent: 02.11.2026 09:00\n\nThe following recipient(s) cannot be reached:\n\n"
            "      max@firma.example.com on 02.11.2026 09:00\n            550 5.1.1 User unknown",
            [("max@firma.example.com", "permanent")],
        ),
    ],
)
@pytest.mark.fault(26)
def test_letters_back_in_words_alone(text: str, expected: list[tuple[str, str]]) -> None:
    raw = notice(text.replace("{to}", "max@firma.example.com").replace("{id}", "<a@b.example>"))
    assert sorted(bounced(raw)) == sorted(expected)
    assert classify(raw) == "bounce"


def test_a_failed_recipient_named_in_the_headers() -> None:
    raw = notice(
        "It failed.\n\n550 user unknown", more="X-Failed-Recipients: max@firma.example.com, m2@firma.example.com\n"
    )
    assert bounced(raw) == [("max@firma.example.com", "permanent"), ("m2@firma.example.com", "permanent")]


def test_a_notice_without_an_address_speaks_of_the_letter_it_gives_back() -> None:
    text = "The message that you sent was undeliverable.\n\n----- Original message follows -----\n\n"
    raw = notice(text + OURS.format(to="Max <max@firma.example.com>", id="<a@b.example>"))
    assert bounced(raw) == [("max@firma.example.com", "permanent")]


def test_an_alias_is_named_as_we_had_written_to_it() -> None:
    text = (
        "The following address(es) failed:\n\n  privat@post.example.net\n    (generated from info@firma.example.com)\n"
        "    550 unknown user\n\n------ This is a copy of the message ------\n\n"
    )
    raw = notice("A message could not be delivered. " + text + OURS.format(to="info@firma.example.com", id=ZP_ID))
    assert bounced(raw) == [("info@firma.example.com", "permanent")]


def test_who_reports_and_who_wrote_are_not_who_was_not_reached() -> None:
    raw = notice("Undeliverable. Contact postmaster@mx.example.net.\nYour mail zukunftsplan@stadt.example.org bounced.")
    assert bounced(raw) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"From: Erika <erika@firma.example.com>\nSubject: AW: Unzustellbar: M12\n\nMax ist unter max@firma.example.com"
        b" nicht erreichbar, user unknown.",
        b"From: postmaster@firma.example.com\nSubject: AW: M12\n\nM12 60 %",
        b"",
    ],
)
def test_a_persons_words_name_no_failure(raw: bytes) -> None:
    assert bounced(raw) == []


@given(st.binary())
def test_nothing_makes_it_raise(raw: bytes) -> None:
    head = b"From: MAILER-DAEMON@x.example\nReturn-Path: <>\nSubject: failure notice\n"
    for letter in (raw, head + b"\n" + raw, head + b"Content-Type: multipart/report; boundary=a\n\n--a\n" + raw):
        assert isinstance(bounced(letter), list)


@pytest.mark.parametrize(
    "piece", ["a@b.example ", "<", "--\n", "a" * 50 + "@", "Final-Recipient: rfc822;a@b.example\n", "\n> "]
)
def test_a_bomb_takes_no_time(piece: str) -> None:
    begun = time.process_time()
    bounced(notice("could not be delivered\n" + piece * (2_000_000 // len(piece))))
    bounced(report(piece * (2_000_000 // len(piece))))
    assert time.process_time() - begun < 4
