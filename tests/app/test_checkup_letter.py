"""`zukunftsplan check --letter`: a real letter goes out and comes back, and says what our own server thinks of us."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from rich.console import Console

from app import checkup
from app.checkup import LETTER, Finding
from app.settings import Settings
from demo.postoffice import PostOffice
from mail.screening import Kind, classify
from tests.real_mail import RealMail, available
from texts import LANGUAGES, say

HOST = "127.0.0.1"
ADDRESS, PASSWORD = "zukunftsplan@stadt.example.org", "right-password"
SERVER = "mx.stadt.example.org"
STRANGE = f"Authentication-Results: {SERVER}; spf=fail; dkim=fail; dmarc=fail\r\nSubject: Stand\r\n\r\nM12\r\n".encode()
PARTS = {f"operator-check-{method}": method for method in ("spf", "dkim", "dmarc")}


class Judge:
    """A mail server's SMTP side: writes its verdict above each letter and delivers it."""

    def __init__(self, post: PostOffice, verdict: str) -> None:
        self._post = post
        self._field = f"Authentication-Results: {verdict}\r\n".encode() if verdict else b""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self._post.deliver(envelope.rcpt_tos[0], STRANGE)  # somebody else's letter comes first
        self._post.deliver(envelope.rcpt_tos[0], self._field + envelope.content)
        return "250 OK"


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice({ADDRESS: PASSWORD}) as post:
        yield post


@contextmanager
def judging(post: PostOffice, verdict: str) -> Iterator[int]:
    """The port of a server that writes this verdict."""
    controller = Controller(Judge(post, verdict), hostname=HOST, port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port


def settings_of(post: PostOffice, **changed: Any) -> Settings:
    values = {
        "mail_address": ADDRESS,
        "mail_password": PASSWORD,
        "imap_host": HOST,
        "imap_port": post.imap_port,
        "imap_tls": "none",
        "smtp_host": HOST,
        "smtp_port": post.smtp_port,
        "smtp_tls": "none",
        "smtp_login": False,
        **changed,
    }
    return Settings(_env_file=None, **values)


async def findings(post: PostOffice, wait: float = 20.0, **changed: Any) -> dict[str, Finding]:
    found = await checkup.letter_findings(settings_of(post, **changed), datetime.now(UTC), wait)
    return {finding.part: finding for finding in found}


async def judged(post: PostOffice, verdict: str, server: str = SERVER) -> dict[str, Finding]:
    with judging(post, verdict) as port:
        return await findings(post, smtp_port=port, mail_auth_server=server)


async def test_a_letter_with_good_marks_is_all_well(post: PostOffice) -> None:
    found = await judged(post, f"{SERVER}; spf=pass smtp.mailfrom=stadt.example.org; dkim=pass; dmarc=pass")
    assert list(found) == [LETTER, *PARTS]
    assert all(finding.ok and not finding.fix for finding in found.values())


@pytest.mark.parametrize(
    ("verdict", "part", "hints"),
    [
        ("spf=softfail; dkim=pass; dmarc=pass", "operator-check-spf", ["»softfail«", "v=spf1", HOST]),
        ("spf=pass; dkim=none; dmarc=pass", "operator-check-dkim", ["»none«", "_domainkey.stadt.example.org"]),
        ("spf=pass; dkim=pass; dmarc=none", "operator-check-dmarc", ["_dmarc.stadt.example.org", "v=DMARC1"]),
        ("spf=pass; dkim=pass; dmarc=fail", "operator-check-dmarc", ["»fail«", "d=stadt.example.org"]),
        ("spf=temperror; dkim=pass; dmarc=pass", "operator-check-spf", ["»temperror«", "Nameserver"]),
    ],
)
async def test_each_bad_mark_names_the_record_to_mend(
    post: PostOffice, verdict: str, part: str, hints: list[str]
) -> None:
    found = await judged(post, f"{SERVER}; {verdict}")
    assert [name for name, finding in found.items() if not finding.ok] == [part]
    assert [hint for hint in hints if hint not in found[part].said + found[part].fix] == []


async def test_the_name_of_a_server_that_judges_is_told(post: PostOffice) -> None:
    found = await judged(post, f"{SERVER}; spf=pass", server="")
    assert list(found) == [LETTER]
    assert found[LETTER].ok
    assert f"MAIL_AUTH_SERVER={SERVER}" in found[LETTER].fix


async def test_exchange_online_is_known_by_its_silence_about_its_name(post: PostOffice) -> None:
    found = await judged(post, "spf=pass smtp.mailfrom=stadt.example.org; dkim=pass; dmarc=pass", server="")
    assert "MAIL_AUTH_SERVER=exchange" in found[LETTER].fix
    found = await judged(post, "spf=pass smtp.mailfrom=stadt.example.org; dkim=pass; dmarc=fail", server="exchange")
    assert not found["operator-check-dmarc"].ok


async def test_a_server_that_does_not_judge_its_own_letters_is_no_problem(post: PostOffice) -> None:
    found = await findings(post, mail_auth_server=SERVER)
    assert all(finding.ok for finding in found.values())
    assert "Authentication-Results" in found[LETTER].fix


async def test_a_letter_that_does_not_arrive_is_named(post: PostOffice) -> None:
    with PostOffice({}) as elsewhere, judging(elsewhere, "") as port:
        found = await findings(post, wait=0.2, smtp_port=port)
    assert [(part, finding.ok) for part, finding in found.items()] == [(LETTER, False)]
    assert say("de", "operator-check-letter-lost", seconds=0) == found[LETTER].said


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"smtp_port": 1}, "unsent"),
        ({"imap_port": 1}, "unread"),
        ({"mail_password": "wrong-password"}, "unread"),
    ],
)
async def test_a_way_that_is_closed_is_named(post: PostOffice, changed: dict[str, Any], trouble: str) -> None:
    found = await findings(post, **changed)
    assert found[LETTER].said == say("de", f"operator-check-letter-{trouble}")
    assert not found[LETTER].ok


async def test_a_refused_letter_is_named(post: PostOffice) -> None:
    post.refuse[ADDRESS] = "550 5.1.1 no such user"
    assert (await findings(post))[LETTER].said == say("de", "operator-check-letter-unsent")


async def test_the_letter_is_one_of_ours_and_stays_unanswered(post: PostOffice) -> None:
    await findings(post)
    [letter] = post.letters(ADDRESS)
    message = message_from_bytes(letter.raw)
    assert message["X-Loop"] == ADDRESS
    assert message.get_content_type() == "multipart/alternative"
    assert classify(letter.raw, ADDRESS) == Kind.OTHER


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@pytest.mark.skipif(available() is not None, reason=available() or "runs")
async def test_a_letter_comes_back_from_real_servers(post: PostOffice) -> None:
    with RealMail(ADDRESS, PASSWORD) as real:
        tls: dict[str, Any] = {"imap_tls": "starttls", "smtp_tls": "starttls", "mail_ca_file": real.cafile}
        found = await findings(post, imap_port=real.imap_port, smtp_port=real.smtp_port, **tls)
        [letter] = real.read(ADDRESS, at_least=1)
    assert found[LETTER].ok
    assert message_from_bytes(letter)["X-Loop"] == ADDRESS


async def test_without_the_wish_no_letter_is_sent(post: PostOffice, tmp_path: Path) -> None:
    settings = settings_of(post, data_folder=tmp_path)
    console = Console(quiet=True)
    await checkup.run(settings, console)
    assert post.letters(ADDRESS) == []
    await checkup.run(settings, console, letter=True)
    assert len(post.letters(ADDRESS)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", PARTS.values())
def test_every_result_has_words_in_every_language(language: Any, method: str) -> None:
    settings = Settings(_env_file=None, mail_address=ADDRESS, smtp_host="smtp.stadt.example.org",
                        assistant_language=language)  # fmt: skip
    results = ("", "none", "neutral", "pass", "fail", "softfail", "policy", "temperror", "permerror")
    for result in results:
        finding = checkup._verdict(settings, method, result)
        assert finding.said
        assert finding.ok == (result in {"", "pass"})
