"""Access tokens instead of a password: fetched over HTTPS, renewed in time, shown to real and to stubborn servers."""

from __future__ import annotations

import asyncio
import logging
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from imapclient import SocketTimeout

from alliance.notes import Note
from alliance.packing import pack
from app import checkup, service
from app.settings import Settings
from demo.postoffice import PostOffice
from mail import connecting, mailbox, oauth
from mail.connecting import Account, Unconnected
from mail.delivery import MailDelivery, SmtpSettings
from mail.mailbox import MailboxReader, MailboxSettings
from mail.oauth import Grant, NoToken, Tokens
from store.database import Database
from store.outbox import Channel, Letter, Result
from tests.mail.dovecots import Dovecot
from tests.mail.mail_world import ERIKA, HOUSE, NOON, SENDER, deeds, letter, noon, open_door
from tests.mail.scripted_imap import POOR, ScriptedImap
from tests.mail.token_server import TokenServer
from tests.real_mail import available
from tests.waiting import PATIENCE, until
from texts import LANGUAGES, say

QUICK = SocketTimeout(connect=5, read=5)
REFRESH = "refresh-0"


@pytest.fixture
def issuer(tmp_path: Path) -> Iterator[TokenServer]:
    with TokenServer(tmp_path) as issuer:
        yield issuer


def grant(issuer: TokenServer, **other: str) -> Grant:
    return Grant(issuer.url, "client", **{"client_secret": "s&cret=ü", "cafile": issuer.cafile, **other})


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


# --- getting tokens


def test_an_application_speaks_for_itself(issuer: TokenServer) -> None:
    assert Tokens(grant(issuer, scope=oauth.MICROSOFT_APP)).token() == "token-1"
    assert issuer.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": "client",
            "client_secret": "s&cret=ü",
            "scope": "https://outlook.office365.com/.default",
        }
    ]


def test_a_mailbox_speaks_with_its_refresh_token(issuer: TokenServer) -> None:
    assert Tokens(grant(issuer, refresh_token=REFRESH, client_secret="")).token() == "token-1"
    assert issuer.asked == [{"grant_type": "refresh_token", "client_id": "client", "refresh_token": REFRESH}]


def test_of_refresh_tokens_the_newest_is_shown(issuer: TokenServer) -> None:
    issuer.rotates = True
    tokens = Tokens(grant(issuer, refresh_token=REFRESH))
    assert [tokens.token(), tokens.token("token-1"), tokens.token("token-2")] == ["token-1", "token-2", "token-3"]
    assert [form["refresh_token"] for form in issuer.asked] == [REFRESH, "refresh-1", "refresh-2"]


@pytest.mark.parametrize(("lifetime", "good"), [(3600, 3299), ("3600", 3299), (60, 29), (None, 3299), ("soon", 3299)])
def test_a_token_is_used_until_shortly_before_its_end(issuer: TokenServer, lifetime: object, good: float) -> None:
    issuer.lifetime = lifetime
    clock = Seconds()
    tokens = Tokens(grant(issuer), clock)
    assert tokens.token() == "token-1"
    clock.now = good
    assert tokens.token() == "token-1"
    clock.now = good + 2
    assert tokens.token() == "token-2"


def test_a_token_that_a_server_refused_is_fetched_anew_once_for_all(issuer: TokenServer) -> None:
    tokens = Tokens(grant(issuer))
    refused = tokens.token()
    both = [Thread(target=tokens.token, args=(refused,)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert tokens.token() == "token-2"
    assert len(issuer.asked) == 2


@pytest.mark.parametrize(
    ("status", "answer", "trouble"),
    [
        (401, {"error": "invalid_client", "error_codes": [7000215]}, "oauth-client"),
        (400, {"error": "unauthorized_client", "error_codes": [700016]}, "oauth-client"),
        (400, {"error": "invalid_grant", "error_codes": [700082]}, "oauth-grant"),
        (400, {"error": "invalid_grant", "error_codes": [65001], "suberror": "consent_required"}, "oauth-consent"),
        (400, {"error": "invalid_grant", "suberror": "consent_required"}, "oauth-consent"),
        (400, {"error": "invalid_request", "error_codes": [90002]}, "oauth-tenant"),
        (400, {"error": "invalid_scope"}, "oauth-scope"),
        (400, {"error": "something_new", "error_codes": 7}, "oauth-odd"),
        (400, ["what?"], "oauth-odd"),
        (200, {"token_type": "Bearer"}, "oauth-odd"),
        (302, b"<html>", "oauth-odd"),
        (429, {"error": "slow down"}, "oauth-network"),
        (503, b"later", "oauth-network"),
    ],
)
def test_every_refusal_has_its_name(issuer: TokenServer, status: int, answer: Any, trouble: str) -> None:
    issuer.answers.append((status, answer))
    tokens = Tokens(grant(issuer))
    with pytest.raises(NoToken) as refused:
        tokens.token()
    assert refused.value.trouble == trouble
    assert tokens.token() == "token-2"  # and the next try is a real one


def test_a_certificate_that_nobody_vouches_for_gets_no_secret(issuer: TokenServer) -> None:
    with pytest.raises(NoToken) as refused:
        Tokens(grant(issuer, cafile="")).token()
    assert connecting.named(refused.value).reason == "certificate"
    assert issuer.asked == []


def test_nothing_that_can_be_printed_holds_a_secret(issuer: TokenServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    issuer.answers.append((400, {"error": "invalid_grant", "error_description": "hidden"}))
    tokens = Tokens(grant(issuer, client_secret="hidden", refresh_token="hidden"))
    with pytest.raises(NoToken) as refused:
        tokens.token()
    with ScriptedImap(f"{POOR} AUTH=XOAUTH2") as server:
        tokens.token()
        account = Account("127.0.0.1", server.imap_port, HOUSE, "hidden", "none", tokens=tokens)
        connecting.imap(account, QUICK).shutdown()
    printed = f"{refused.value!r} {account!r} {tokens!r} {tokens._grant!r} {caplog.text}"
    assert "hidden" not in printed
    assert "token-2" not in printed


# --- showing them


def string(token: str) -> str:
    """What the server must be told, by Google's description of XOAUTH2."""
    return f"user={HOUSE}\x01auth=Bearer {token}\x01\x01"


def test_imap_is_told_user_and_token(issuer: TokenServer) -> None:
    with ScriptedImap(f"{POOR} AUTH=XOAUTH2", log_in=string("token-1")) as server:
        account = Account("127.0.0.1", server.imap_port, HOUSE, tls="none", tokens=Tokens(grant(issuer)))
        connecting.imap(account, QUICK).shutdown()
    assert server.commands[-2:] == ["AUTHENTICATE XOAUTH2", string("token-1")]


def test_a_refused_token_is_answered_by_an_empty_line_and_fetched_anew(issuer: TokenServer) -> None:
    with ScriptedImap(f"{POOR} AUTH=XOAUTH2", log_in=string("token-2")) as server:
        account = Account("127.0.0.1", server.imap_port, HOUSE, tls="none", tokens=Tokens(grant(issuer)))
        connecting.imap(account, QUICK).shutdown()
    assert server.commands[-1] == string("token-2")


def test_a_token_refused_twice_is_the_operators_matter(issuer: TokenServer) -> None:
    with ScriptedImap(f"{POOR} AUTH=XOAUTH2", log_in="something else") as server:
        account = Account("127.0.0.1", server.imap_port, HOUSE, tls="none", tokens=Tokens(grant(issuer)))
        with pytest.raises(Unconnected) as refused:
            connecting.imap(account, QUICK)
    assert refused.value.trouble == "token"
    assert server.said("AUTHENTICATE") == 2


@pytest.mark.parametrize(
    ("said", "trouble", "logins"),
    [
        ("NO [ALERT] Your account is not enabled for IMAP use.", "disabled", 1),
        ("NO [ALERT] Too many simultaneous connections. (Failure)", "throttled", 1),
        ("NO [UNAVAILABLE] Temporary authentication failure.", "network", 1),
        ("NO AUTHENTICATE failed.", "token", 2),
    ],
)
def test_what_a_server_says_instead_of_a_welcome(issuer: TokenServer, said: str, trouble: str, logins: int) -> None:
    def answer(command: str) -> str | None:
        return f"{{tag}} {said}" if command.startswith("AUTHENTICATE") else None

    with ScriptedImap(f"{POOR} AUTH=XOAUTH2", answer) as server:
        account = Account("127.0.0.1", server.imap_port, HOUSE, tls="none", tokens=Tokens(grant(issuer)))
        with pytest.raises(Unconnected) as refused:
            connecting.imap(account, QUICK)
    assert refused.value.trouble == trouble
    assert server.said("AUTHENTICATE") == logins


async def test_a_server_without_xoauth2_is_told_nothing(post: PostOffice, issuer: TokenServer) -> None:
    tokens = Tokens(grant(issuer))
    with pytest.raises(Unconnected) as imap:
        connecting.imap(Account("127.0.0.1", post.imap_port, HOUSE, tls="none", tokens=tokens), QUICK)
    with pytest.raises(Unconnected) as smtp:
        await connecting.smtp(Account("127.0.0.1", post.smtp_port, HOUSE, tls="none", tokens=tokens), "localhost", 5)
    assert (imap.value.trouble, smtp.value.trouble) == ("oauth-missing", "oauth-missing")
    assert issuer.asked == []


async def test_the_reader_and_the_sender_say_what_is_wrong_and_wait_long(file: Database, issuer: TokenServer) -> None:
    issuer.answers += [(401, {"error": "invalid_client"})] * 2
    tokens = Tokens(grant(issuer))
    with ScriptedImap(f"{POOR} AUTH=XOAUTH2") as server:
        account = MailboxSettings("127.0.0.1", server.imap_port, HOUSE, tls="none", tokens=tokens)
        reader = MailboxReader(account, file, lambda: None, noon)
        reader.start()
        await until(lambda: reader.trouble == "oauth-client")
        reader.wake()
        reader.stop()
    assert server.connections == 1
    assert len(issuer.asked) == 1
    assert mailbox._trouble(Unconnected("oauth-client")) == ("oauth-client", mailbox.LOGIN_DELAY)


# --- real servers: Dovecot asks the issuer what a token is worth, Postfix asks Dovecot

OAUTH2 = """
auth_mechanisms = plain login xoauth2
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = $base/oauth2.conf
}
"""


@pytest.fixture
def real(issuer: TokenServer) -> Iterator[Dovecot]:
    if reason := available():
        pytest.skip(reason)
    server = Dovecot(OAUTH2, postfix=True)
    server.files["oauth2.conf"] = "\n".join(
        [
            f"introspection_url = {issuer.base}/introspect",
            "introspection_mode = post",
            "username_attribute = user",
            "active_attribute = active",
            "active_value = true",
            "tls_ca_cert_file = $base/issuer.pem",
        ]
    )
    server.files["issuer.pem"] = Path(issuer.cafile).read_text()
    with server:
        yield server


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
async def test_real_servers_let_the_token_in_both_ways(real: Dovecot, issuer: TokenServer, file: Database) -> None:
    tokens = Tokens(grant(issuer))
    inward = MailboxSettings(real.host, real.imaps_port, HOUSE, cafile=real.cafile, tokens=tokens)
    smtp = SmtpSettings(real.host, real.smtp_port, HOUSE, cafile=real.cafile, tokens=tokens)
    async with open_door(file, inward, smtp):
        with smtplib.SMTP(real.host, real.smtp_port, local_hostname="localhost") as client:
            client.sendmail(ERIKA, [HOUSE], letter())
        answers = await asyncio.to_thread(real.read, ERIKA, 1)
    assert b"Auto-Submitted: auto-replied" in answers[0]
    assert deeds(file) == ["M12 60 %"]
    assert len(issuer.asked) == 1  # for both ways


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
async def test_real_servers_that_refuse_a_token_get_a_fresh_one(real: Dovecot, issuer: TokenServer) -> None:
    for way in ("imap", "smtp"):
        tokens = Tokens(grant(issuer))
        issuer.revoked.add(tokens.token())
        if way == "imap":
            account = Account(real.host, real.imaps_port, HOUSE, cafile=real.cafile, tokens=tokens)
            (await asyncio.to_thread(connecting.imap, account, QUICK)).logout()
        else:
            account = Account(real.host, real.smtp_port, HOUSE, tls="starttls", cafile=real.cafile, tokens=tokens)
            await (await connecting.smtp(account, "localhost", PATIENCE)).quit()
    assert len(issuer.asked) == 4


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
async def test_a_token_that_stays_refused_pauses_the_sender(real: Dovecot, issuer: TokenServer) -> None:
    issuer.revoked |= {f"token-{number}" for number in range(9)}
    settings = SmtpSettings(real.host, real.smtp_port, HOUSE, cafile=real.cafile, tokens=Tokens(grant(issuer)))
    way = MailDelivery(settings, SENDER, noon)
    note = pack(Note("Frage", language="de"))
    ended = await way.deliver(Letter(1, "key", Channel.MAIL, ERIKA, note, "a" * 16, "", None, NOON, 1), [])
    assert (ended.result, way.trouble) == (Result.LATER, "token")


# --- the operator


def settings(issuer: TokenServer, server: ScriptedImap, tmp_path: Path, **other: Any) -> Settings:
    given: dict[str, Any] = {
        "data_folder": tmp_path / "data",
        "mail_address": HOUSE,
        "mail_ca_file": issuer.cafile,
        "mail_oauth": issuer.url,
        "mail_oauth_client_id": "client",
        "mail_oauth_client_secret": "hidden",
        "imap_host": "127.0.0.1",
        "imap_port": server.imap_port,
        "imap_tls": "none",
        "smtp_host": "127.0.0.1",
        "smtp_port": server.imap_port,
        "smtp_tls": "none",
    }
    return Settings(_env_file=None, **given | other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ((401, {"error": "invalid_client"}), "oauth-client"),
        ((400, {"error": "invalid_grant"}), "oauth-grant"),
        ((400, {"error": "invalid_grant", "error_codes": [65001]}), "oauth-consent"),
        ((500, b""), "oauth-network"),
    ],
)
async def test_the_check_names_what_is_wrong_with_its_fix(
    issuer: TokenServer, tmp_path: Path, language: str, answer: tuple[int, Any], trouble: str
) -> None:
    issuer.answers += [answer] * 2
    with ScriptedImap(f"{POOR} AUTH=XOAUTH2") as server:
        wanted = settings(issuer, server, tmp_path, assistant_language=language, smtp_host="")
        found = await checkup.findings(wanted, datetime.now(UTC))
    finding = next(finding for finding in found if finding.part == checkup.IMAP)
    reason = say(language, "operator-check-reason-odd")
    assert finding.said == say(language, f"operator-check-{trouble}", reason=reason)
    assert finding.fix == say(language, f"operator-check-{trouble}-fix", user=HOUSE)
    assert finding.kind == ("network" if trouble == "oauth-network" else "login")


async def test_the_check_says_that_imap_is_switched_off(issuer: TokenServer, tmp_path: Path) -> None:
    def answer(command: str) -> str | None:
        off = "{tag} NO [ALERT] Your account is not enabled for IMAP use."
        return off if command.startswith("AUTHENTICATE") else None

    with ScriptedImap(f"{POOR} AUTH=XOAUTH2", answer) as server:
        found = await checkup.findings(settings(issuer, server, tmp_path), datetime.now(UTC))
    finding = next(finding for finding in found if finding.part == checkup.IMAP)
    assert "hat IMAP für zukunftsplan@example.org abgeschaltet" in finding.said
    assert "Set-CASMailbox" in finding.fix


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"mail_oauth": "microsoft"}, ["TENANT"]),
        ({"mail_oauth": "microsoft", "mail_oauth_tenant": "t", "mail_oauth_client_secret": ""}, ["CLIENT_SECRET"]),
        ({"mail_oauth": "google"}, ["REFRESH_TOKEN"]),
        ({"mail_oauth_client_id": ""}, ["CLIENT_ID"]),
    ],
)
async def test_a_setting_that_the_provider_needs_is_named_before_anybody_is_asked(
    issuer: TokenServer, tmp_path: Path, given: dict[str, Any], missing: list[str]
) -> None:
    with ScriptedImap() as server:
        found = await checkup.findings(settings(issuer, server, tmp_path, **given), datetime.now(UTC))
    problems = [finding.said for finding in found if not finding.ok]
    assert problems == [f"Für MAIL_OAUTH fehlt MAIL_OAUTH_{name}." for name in missing]
    assert server.connections == 0


@pytest.mark.parametrize("wrong", ["gmx", "http://login.example.org/token", "https://"])
def test_another_provider_needs_an_https_address(wrong: str) -> None:
    with pytest.raises(ValueError, match="mail_oauth"):
        Settings(_env_file=None, mail_oauth=wrong)


def test_the_providers_are_asked_where_they_say() -> None:
    def asked(**given: str) -> Grant:
        tokens = service.mail_tokens(Settings(_env_file=None, **given))  # type: ignore[arg-type]
        assert tokens
        return tokens._grant

    app = asked(mail_oauth="microsoft", mail_oauth_tenant="house")
    assert app.token_url == "https://login.microsoftonline.com/house/oauth2/v2.0/token"
    assert app.scope == "https://outlook.office365.com/.default"
    person = asked(mail_oauth="microsoft", mail_oauth_tenant="house", mail_oauth_refresh_token="r")
    assert "IMAP.AccessAsUser.All" in person.scope
    assert "SMTP.Send" in person.scope
    google = asked(mail_oauth="google", mail_oauth_refresh_token="r")
    assert (google.token_url, google.scope) == ("https://oauth2.googleapis.com/token", "")
    assert service.mail_tokens(Settings(_env_file=None)) is None
