"""Our own server's verdict on a sender: believed from it alone, wherever it stands and however it is written."""

from __future__ import annotations

import time
from email import message_from_bytes, message_from_string
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.authentication import EXCHANGE, Results, forged, results

OURS = "mx.stadt.example.org"
RECEIVED = "Received: from mail.stahl.example.com by mx.stadt.example.org with ESMTPS; Mon, 2 Mar 2026 12:00:00 +0100\n"
STRANGE = "Received: from pc.example.com by mail.stahl.example.com with ESMTPSA; Mon, 2 Mar 2026 11:59:59 +0100\n"
FROM = "From: Erika Beispiel <erika@stahl.example.com>\n"
PASSED = (
    "spf=pass smtp.mailfrom=stahl.example.com; dkim=pass header.d=stahl.example.com; "
    "dmarc=pass header.from=stahl.example.com"
)
FAILED = "spf=fail smtp.mailfrom=stahl.example.com; dkim=none; dmarc=fail header.from=stahl.example.com"


def letter(*head: str) -> Message:
    return message_from_string("".join(head) + FROM + "Subject: Stand\n\nM12: 60 %\n")


def said(verdict: str, server: str = OURS) -> str:
    return f"Authentication-Results: {server}; {verdict}\n"


def test_what_our_server_found_is_read() -> None:
    found = results(letter(said(PASSED), RECEIVED, STRANGE), OURS)
    house = "stahl.example.com"
    assert found == Results("pass", house, "pass", house, "pass", house, house)
    assert found.complete


def test_a_letter_that_failed_is_forged() -> None:
    assert forged(letter(said(FAILED), RECEIVED), OURS)
    assert not forged(letter(said(PASSED), RECEIVED), OURS)


@pytest.mark.parametrize(
    "verdict",
    [
        "none",
        "spf=none; dkim=none; dmarc=none",
        "spf=neutral; dkim=neutral; dmarc=none",
        "dmarc=temperror header.from=stahl.example.com; spf=fail; dkim=fail",
        "dmarc=permerror; spf=fail; dkim=fail",
        "dmarc=bestguesspass; spf=fail; dkim=fail",
        "spf=fail smtp.mailfrom=stahl.example.com",
        "spf=fail smtp.mailfrom=stahl.example.com; dkim=none",
        "spf=pass smtp.mailfrom=stahl.example.com; dkim=fail header.d=stahl.example.com",
        "spf=softfail smtp.mailfrom=stahl.example.com; dkim=pass header.d=stahl.example.com",
        "spf=fail smtp.mailfrom=post.example.net; dkim=fail header.d=stahl.example.com",
        "dmarc=fail header.from=other.example.net",
        "x-dmarc=fail",
        "",
    ],
)
def test_silence_and_doubt_are_no_verdict(verdict: str) -> None:
    assert not forged(letter(said(verdict), RECEIVED), OURS)


@pytest.mark.parametrize(
    "verdict",
    [
        "spf=fail smtp.mailfrom=stahl.example.com; dkim=fail header.d=stahl.example.com",
        "spf=softfail smtp.mailfrom=erika@bounce.stahl.example.com; dkim=fail",
        "dmarc=none; spf=fail; dkim=fail",
        "spf=fail smtp.helo=stahl.example.com; dkim=fail; dkim=fail header.d=post.example.net",
    ],
)
def test_without_dmarc_both_others_must_have_failed(verdict: str) -> None:
    assert forged(letter(said(verdict), RECEIVED), OURS)


def test_one_good_signature_of_the_sender_is_enough() -> None:
    verdict = "spf=fail; dkim=fail header.d=stahl.example.com; dkim=pass header.d=list.example.net; " \
              "dkim=pass header.i=@stahl.example.com"  # fmt: skip
    found = results(letter(said(verdict)), OURS)
    assert (found.dkim, found.dkim_domain) == ("pass", "stahl.example.com")


@pytest.mark.parametrize("server", ["", "mx.other.example.net", EXCHANGE])
def test_nobody_elses_word_counts(server: str) -> None:
    assert results(letter(said(FAILED), RECEIVED), server) == Results(sender_domain="stahl.example.com")
    assert not results(letter(said(FAILED)), server).complete


def test_what_a_letter_brings_along_does_not_hide_what_our_server_found() -> None:
    assert forged(letter(said(FAILED), RECEIVED, said(PASSED)), OURS)
    assert forged(letter(RECEIVED, said(FAILED), said(PASSED), STRANGE), OURS)
    assert forged(letter(said(FAILED), RECEIVED, "ARC-" + said(PASSED), STRANGE), OURS)


def test_what_stands_below_a_strangers_received_is_not_ours() -> None:
    assert not results(letter(RECEIVED, STRANGE, said(PASSED)), OURS).complete
    assert not forged(letter(RECEIVED, STRANGE, said(FAILED)), OURS)


def test_servers_of_our_own_house_and_filters_on_them_are_no_strangers() -> None:
    inner = [
        "Received: from localhost (localhost [127.0.0.1]) by mailstore.example.org with LMTP; Mon, 2 Mar 2026\n",
        "Received: from mx (by some other) by localhost (amavis, port 10024) with ESMTP; Mon, 2 Mar 2026\n",
    ]
    assert forged(letter(*inner, said(FAILED, "example.org"), RECEIVED, STRANGE), "example.org")
    delivered = "Received: from mx.stadt.example.org by mailhost with LMTP; Mon, 2 Mar 2026 12:00:01 +0100\n"
    assert forged(letter(delivered, RECEIVED, said(FAILED, "filter.example.net"), STRANGE), "filter.example.net")


def test_results_may_be_spread_over_several_fields() -> None:
    spread = [said("dmarc=fail header.from=stahl.example.com"), said("dkim=fail"), said("spf=softfail")]
    found = results(letter(*spread, RECEIVED, said(PASSED)), OURS)
    assert (found.dmarc, found.dkim, found.spf) == ("fail", "fail", "softfail")


@pytest.mark.parametrize(
    "written",
    [
        f"{OURS};\n\tdmarc=fail (p=reject\n dis=none)\n\theader.from=stahl.example.com",
        f"{OURS} 1; dmarc=fail header.from=stahl.example.com",
        f'"{OURS}" (Postfix (really)); dmarc = fail reason="no; dmarc=pass (here)" header . from = stahl.example.com',
        f"{OURS.upper()}; DMARC=Fail header.from=STAHL.example.com",
        f"(a comment; with dmarc=pass \\) and more) {OURS}; dmarc=fail",
        f"{OURS}; spf=pass smtp.mailfrom=x.example.net; dmarc/1=fail policy.p=none header.from=stahl.example.com",
        f'{OURS}; iprev=fail policy.iprev=192.0.2.1; dmarc="fail" header.from="stahl.example.com"',
        f"{OURS}; dkim=neutral (a comment (in which; dmarc=none) ; dmarc=pass) ; dmarc=fail",
        f'{OURS}; auth=pass smtp.auth="(erika; dmarc=pass"; dmarc=fail header.from=stahl.example.com',
    ],
)
def test_every_way_of_writing_it_is_understood(written: str) -> None:
    assert forged(letter(f"Authentication-Results: {written}\n", RECEIVED), OURS)


def test_exchange_online_names_no_server_and_its_topmost_field_counts_alone() -> None:
    inner = "Received: from BE1P281.DEUP281.PROD.OUTLOOK.COM by FR0P281.DEUP281.PROD.OUTLOOK.COM with HTTPS\n"
    outer = "Received: from mail.stahl.example.com by BL02EPF.mail.protection.outlook.com with Microsoft SMTP\n"
    verdict = (
        "Authentication-Results: spf=fail (sender IP is 192.0.2.7)\n smtp.mailfrom=stahl.example.com; dkim=none\n"
        " (message not signed) header.d=none;dmarc=fail action=quarantine\n header.from=stahl.example.com;"
        "compauth=fail reason=000\n"
    )
    sham = "Authentication-Results: spf=pass; dkim=pass; dmarc=pass header.from=stahl.example.com\n"
    found = results(letter(inner, verdict, outer, sham, STRANGE), EXCHANGE)
    assert (found.spf, found.dkim, found.dmarc) == ("fail", "none", "fail")
    assert forged(letter(inner, verdict, outer, sham, STRANGE), EXCHANGE)
    assert not results(letter(inner, verdict, outer), OURS).complete
    silent = "Authentication-Results: spf=none; dkim=none\n"
    assert results(letter(inner, silent, outer, sham), EXCHANGE).dmarc == ""
    assert not results(letter(inner, said(FAILED), outer), EXCHANGE).complete


def test_two_senders_are_none() -> None:
    found = results(letter(said(FAILED), "From: max@example.net\n"), OURS)
    assert found.sender_domain == ""
    assert found.dmarc == "fail"


@given(st.lists(st.sampled_from(['"', "(", ")", "\\", ";", "=", ".", " ", "\n ", "dmarc", "fail", OURS, "ä", "\xff"])))
def test_no_field_is_too_odd(pieces: list[str]) -> None:
    raw = ("Authentication-Results: " + "".join(pieces) + "\n" + FROM + "\n").encode("latin-1", "replace")
    assert results(message_from_bytes(raw), OURS).sender_domain in {"stahl.example.com", ""}


@pytest.mark.parametrize("filling", ["(", '"', "\\", " ", "a", "a=", "; ", "=", "()", '""', "header . "])
def test_long_fields_are_read_in_no_time(filling: str) -> None:
    head = [said(filling * 20_000), "Received: from x by " + filling * 20_000 + "\n"]
    message = letter(*head * 4)
    began = time.process_time()
    results(message, OURS)
    assert time.process_time() - began < 0.5
