"""Whose letter it is, and which of ours it answers."""

from __future__ import annotations

from email import message_from_string
from email.message import Message

import pytest

from mail import addresses

OWN = "zukunftsplan@example.org"
TOKEN, OTHER = "abcdefghij234567", "zzzzzzzzzzzzzzzz"


def letter(headers: str) -> Message:
    return message_from_string(f"{headers}\n\nText")


@pytest.mark.parametrize(
    "headers",
    [
        f"To: Zukunftsplan <zukunftsplan+{TOKEN}@example.org>",
        f"To: max@example.org, ZUKUNFTSPLAN+{TOKEN.upper()}@EXAMPLE.ORG",
        f"Cc: zukunftsplan+{TOKEN}@example.org",
        f"Delivered-To: zukunftsplan+{TOKEN}@example.org",
        f"X-Original-To: zukunftsplan+{TOKEN}@example.org",
        f"In-Reply-To: <zp.{TOKEN}@example.org>",
        f"References: <a@b>\n <zp.{OTHER}@example.org>\n <zp.{TOKEN}@example.org>",
        f"Subject: AW: Frage [ZP-{TOKEN}]",
        f"Subject: AW: Frage [zp-{TOKEN.upper()}] nochmal",
        f"Subject: =?utf-8?q?AW:_Ma=C3=9Fnahme?= [ZP-{TOKEN}]",
        f"Subject: Frage [ZP-{OTHER}]\nTo: zukunftsplan+{TOKEN}@example.org\nIn-Reply-To: <zp.{OTHER}@example.org>",
    ],
)
def test_the_token_is_found(headers: str) -> None:
    assert addresses.find_token(letter(headers), OWN) == TOKEN


@pytest.mark.parametrize(
    "headers",
    [
        "To: zukunftsplan@example.org",
        f"To: somebody+{TOKEN}@example.org",
        f"To: zukunftsplan+{TOKEN}@evil.example.org",
        "To: zukunftsplan+short@example.org",
        f"In-Reply-To: <{TOKEN}@example.org>",
        f"Subject: {TOKEN}",
    ],
)
def test_no_token_is_made_up(headers: str) -> None:
    assert addresses.find_token(letter(headers), OWN) == ""


def test_what_we_write_we_find_again() -> None:
    assert addresses.find_token(letter(f"To: {addresses.reply_to(OWN, TOKEN, plus=True)}"), OWN) == TOKEN
    assert addresses.find_token(letter(f"In-Reply-To: {addresses.message_id(OWN, TOKEN)}"), OWN) == TOKEN
    assert addresses.find_token(letter(f"Subject: Re: x {addresses.subject_tag(TOKEN)}"), OWN) == TOKEN
    assert addresses.reply_to(OWN, TOKEN, plus=False) == OWN
    assert addresses.without_tag(f"Re: Frage {addresses.subject_tag(TOKEN)}") == "Re: Frage"


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("Erika Beispiel <Erika@Stahl.Example.org>", ("erika@stahl.example.org", "Erika Beispiel")),
        ("erika@stahl.example.org", ("erika@stahl.example.org", "")),
        ("erika@stahl.example.org (Erika)", ("erika@stahl.example.org", "")),
        ('"Beispiel, Erika" <erika@stahl.example.org>', ("erika@stahl.example.org", "Beispiel, Erika")),
        ("=?iso-8859-1?q?J=F6rg?= <joerg@example.org>", ("joerg@example.org", "Jörg")),
        ('"boss@example.org" <other@example.org>', ("other@example.org", "boss@example.org")),
        ('"<boss@example.org>" <other@example.org>', ("other@example.org", "<boss@example.org>")),
        ("<x@größe.example.org>", ("x@xn--gre-6ka8i.example.org", "")),
        ("a@example.org, b@example.org", ("", "")),
        ("A <a@example.org>, B <b@example.org>", ("", "")),
        ("alice@example.org)bob@example.com", ("", "")),
        ("alice@example.org]<bob@example.com>", ("bob@example.com", "alice@example.org]")),
        ("undisclosed-recipients:;", ("", "")),
        ("Erika", ("", "")),
        ('"', ("", "")),
        ("", ("", "")),
    ],
)
def test_the_one_sender_of_a_letter(line: str, sender: tuple[str, str]) -> None:
    assert addresses.sender_of(letter(f"From: {line}")) == sender


def test_two_from_lines_name_nobody() -> None:
    assert addresses.sender_of(letter("From: a@example.org\nFrom: b@example.org")) == ("", "")


@pytest.mark.parametrize(
    "bad", ["", "erika", "a b@example.org", "a@example.org>\r\nRCPT TO:<b@example.org", "ü@example.org"]
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(addresses.BadAddress):
        addresses.checked(bad)
