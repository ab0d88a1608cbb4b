"""Only what a person wrote is answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.screening import classify

OWN = "zukunftsplan@example.org"


def letter(headers: str, body: str = "M12 60 %") -> bytes:
    first = "" if "From:" in headers else "From: Erika Beispiel <erika@stahl.example.org>\n"
    return f"{first}{headers}\n\n{body}\n".replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "headers",
    [
        "Subject: M12",
        "Subject: Re: Herbstsitzung",
        "Subject: AW: Automatische Antwort abschalten?",
        "Subject: Abwesenheit von Max bei M12",
        "Subject: Urlaub bis 15.08.",
        "Auto-Submitted: no",
        "Precedence: normal",
        "Return-Path: <erika@stahl.example.org>",
        "X-Auto-Response-Suppress: DR",
        "From: automaten@example.org\nSubject: M12",
        "From: =?broken?q?\nSubject: \udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        "",
    ],
)
def test_a_persons_words(headers: str) -> None:
    assert classify(letter(headers), OWN) == "reply"


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=x@example.org",
        "Subject: Automatische Antwort: Herbstsitzung",
        "Subject: =?utf-8?q?Automatische_Antwort=3A_Ma=C3=9Fnahme?=",
        "Subject: Automatic reply: Herbstsitzung",
        "Subject: Abwesenheitsnotiz",
        "Subject: Abwesenheitsnotiz: Re: M12",
        "Subject: Abwesenheit: Re: M12",
        "Subject: Out of Office Re: M12",
        "Subject: Nicht im Hause: AW: M12",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Autoreply: yes",
        "X-Autorespond: yes",
        "Precedence: auto_reply",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
        "From: no-reply@example.org",
        "From: Portal <noreply-portal@example.org>",
    ],
)
def test_a_machines_answer(headers: str) -> None:
    assert classify(letter(headers), OWN) == "auto_reply"


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        "X-Failed-Recipients: max@example.org",
        "From: Mail Delivery System <MAILER-DAEMON@example.org>\nSubject: Undelivered Mail",
        "From: postmaster@example.org\nSubject: Unzustellbar: Herbstsitzung",
        "Return-Path: <>\nSubject: Unzustellbar: Herbstsitzung",
        "Return-Path: <>\nSubject: Mail delivery failed: returning message to sender",
    ],
)
def test_a_bounce(headers: str) -> None:
    assert classify(letter(headers), OWN) == "bounce"


@pytest.mark.parametrize(
    "headers",
    [
        "List-Id: <ag.example.org>",
        "List-Unsubscribe: <mailto:x@example.org>",
        "Precedence: bulk",
        "Precedence: list",
        f"From: {OWN}",
        f"From: ZP <{OWN.replace('@', '+abcdefghij234567@')}>",
        f"X-Loop: {OWN}",
    ],
)
def test_lists_mass_mail_and_our_own_letters(headers: str) -> None:
    assert classify(letter(headers), OWN) == "other"


def test_a_calendar_answer() -> None:
    inner = "--x\nContent-Type: text/calendar; charset=utf-8;\n method=REPLY\n\nBEGIN:VCALENDAR\n--x--"
    raw = letter("Content-Type: multipart/alternative; boundary=x\nSubject: Zugesagt: Herbstsitzung", inner)
    assert classify(raw, OWN) == "calendar_reply"
    assert classify(raw.replace(b"REPLY", b"REQUEST"), OWN) == "reply"


@given(st.binary())
def test_nothing_makes_it_raise(raw: bytes) -> None:
    assert classify(raw, OWN)
    assert classify(b"From: " + raw)
    assert classify(b"Subject: " + raw + b"\r\nContent-Type: " + raw)
