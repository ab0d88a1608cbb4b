"""`zukunftsplan check`: each thing that may be wrong is named with its fix, no secret is shown, nothing is changed."""

from __future__ import annotations

import asyncio
import os
import socket
import socketserver
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from rich.console import Console
from sqlalchemy import text

import bot.probe
import mail.probe
from app import checkup, service
from app.checkup import CLOCK, DATABASE, FOLDER, IMAP, PORT, SETTINGS, SMTP, TELEGRAM, Finding, fatal
from app.settings import Settings
from demo.postoffice import PostOffice
from demo.telegram import BotApi
from store import schema
from store.database import make_engine
from tests.postgres import Postgres
from tests.real_mail import RealMail, available
from texts import LANGUAGES, say

PROGRAM = Path(sys.executable).parent / "zukunftsplan"
HOST = "127.0.0.1"
TOKEN, WRONG_TOKEN = "4711:right-token", "4711:wrong-token"
ADDRESS, PASSWORD, WRONG_PASSWORD = "zukunftsplan@alliance.example.org", "right-password", "wrong-password"
SECRETS = (TOKEN, WRONG_TOKEN, PASSWORD, WRONG_PASSWORD)

needs_real_mail = pytest.mark.skipif(available() is not None, reason=available() or "runs")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    server = BotApi(TOKEN, "allianz_demo_bot")
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice({ADDRESS: PASSWORD}, smtp_login=(ADDRESS, PASSWORD)) as post:
        yield post


@pytest.fixture
def values(api: BotApi, post: PostOffice, tmp_path: Path) -> dict[str, Any]:
    """Settings with which everything is well."""
    return {
        "data_folder": tmp_path / "data",
        "telegram_token": TOKEN,
        "telegram_base_url": api.base_url,
        "telegram_file_url": api.base_file_url,
        "privacy_controller": "Stadt Beispielstadt",
        "privacy_officer": "Datenschutzstelle, datenschutz@stadt.example.org",
        **mail_values(post.imap_port, post.smtp_port),
    }


def mail_values(imap_port: int, smtp_port: int) -> dict[str, Any]:
    return {
        "mail_address": ADDRESS,
        "mail_password": PASSWORD,
        "imap_host": HOST,
        "imap_port": imap_port,
        "imap_tls": "none",
        "smtp_host": HOST,
        "smtp_port": smtp_port,
        "smtp_tls": "none",
    }


def settings_of(values: dict[str, Any]) -> Settings:
    return Settings(_env_file=None, **values)


async def findings(values: dict[str, Any], **changed: Any) -> dict[str, Finding]:
    found = await checkup.findings(settings_of(values | changed), datetime.now(UTC))
    return {finding.part: finding for finding in found}


def problems(found: dict[str, Finding]) -> list[tuple[str, str]]:
    return [(part, finding.kind) for part, finding in found.items() if not finding.ok]


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port


async def check(values: dict[str, Any], folder: Path) -> tuple[int | None, str]:
    """Exit code and everything said of the real program, its words in one line."""
    given = {name.upper(): str(value) for name, value in values.items()}
    program = await asyncio.create_subprocess_exec(
        PROGRAM,
        "check",
        cwd=folder,
        env={"PATH": os.environ["PATH"], "COLUMNS": "1000", "PYTHONIOENCODING": "utf-8", **given},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await program.communicate()
    said = " ".join(output.decode().split())
    assert "Traceback" not in said
    assert not [secret for secret in SECRETS if secret in said]
    return program.returncode, said


# --- when all is well


async def test_everything_is_fine(values: dict[str, Any]) -> None:
    found = await findings(values)
    assert list(found) == [DATABASE, CLOCK, TELEGRAM, SMTP, IMAP]
    assert problems(found) == []
    assert "@allianz_demo_bot" in found[TELEGRAM].said
    assert fatal(list(found.values())) is None


async def test_checking_makes_nothing_and_sends_nothing(values: dict[str, Any], api: BotApi, post: PostOffice) -> None:
    await findings(values)
    assert not values["data_folder"].exists()
    assert {name for name, _ in api.requests} <= {"getMe", "getWebhookInfo"}
    assert post.letters(ADDRESS) == []


async def test_the_program_ends_well_when_all_is_well(values: dict[str, Any], tmp_path: Path) -> None:
    code, said = await check(values, tmp_path)
    assert (code, "Alles in Ordnung." in said) == (0, True)


async def test_the_program_speaks_english(values: dict[str, Any], tmp_path: Path) -> None:
    code, said = await check(values | {"assistant_language": "en"}, tmp_path)
    assert (code, "Everything is fine." in said) == (0, True)


# --- Telegram


async def test_a_privacy_notice_that_names_nobody_is_a_problem_but_no_reason_not_to_start(
    values: dict[str, Any], tmp_path: Path
) -> None:
    whole = checkup.privacy_findings(settings_of(values))
    assert [finding.ok for finding in whole] == [True]
    del values["privacy_controller"], values["privacy_officer"]
    found = checkup.privacy_findings(settings_of(values))
    assert [("PRIVACY_CONTROLLER" in one.said, "PRIVACY_OFFICER" in one.said) for one in found] == [
        (True, False),
        (False, True),
    ]
    assert fatal(found) is None


async def test_a_wrong_token_is_named(values: dict[str, Any], tmp_path: Path) -> None:
    values |= {"telegram_token": WRONG_TOKEN}
    found = await findings(values)
    assert problems(found) == [(TELEGRAM, "login")]
    assert fatal(list(found.values())) == found[TELEGRAM]
    code, said = await check(values, tmp_path)
    assert code == 1
    assert "Telegram lehnt den Zugangsschlüssel ab." in said
    assert "Prüfen Sie TELEGRAM_TOKEN" in said
    assert "Ein Problem gefunden." in said


async def test_an_address_that_is_none_is_named(values: dict[str, Any]) -> None:
    found = await findings(values, telegram_base_url="api.telegram.org/bot")
    assert problems(found) == [(TELEGRAM, "setting")]


async def test_a_token_that_no_address_can_hold_is_named(values: dict[str, Any]) -> None:
    found = await findings(values, telegram_token="4711:ri ght\n")
    assert problems(found) == [(TELEGRAM, "login")]


@pytest.mark.parametrize(("host", "reason"), [("telegram.invalid", "name"), (HOST, "refused")])
async def test_telegram_out_of_reach_is_named_but_lets_the_assistant_start(
    values: dict[str, Any], host: str, reason: str
) -> None:
    found = await findings(values, telegram_base_url=f"http://{host}:{free_port()}/bot")
    assert problems(found) == [(TELEGRAM, "network")]
    assert say("de", f"operator-check-reason-{reason}") in found[TELEGRAM].said
    assert fatal(list(found.values())) is None


async def test_a_bot_api_server_in_trouble_is_named(values: dict[str, Any], api: BotApi) -> None:
    api.fail_next("getMe", 502, "Bad Gateway")
    found = await findings(values)
    assert problems(found) == [(TELEGRAM, "network")]
    assert say("de", "operator-check-reason-odd") in found[TELEGRAM].said


async def test_a_bot_api_server_without_tls_is_named(values: dict[str, Any], api: BotApi) -> None:
    found = await findings(values, telegram_base_url=api.base_url.replace("http:", "https:"))
    assert problems(found) == [(TELEGRAM, "tls")]


async def set_webhook(values: dict[str, Any]) -> None:
    """Another installation of the bot asks for the updates; the end of its address is a secret."""
    application = service.telegram_application(settings_of(values))
    await application.bot.initialize()
    await application.bot.set_webhook("https://elsewhere.example.org/hidden-path")
    await application.bot.shutdown()


async def test_a_webhook_of_another_installation_is_named_by_its_host(values: dict[str, Any], tmp_path: Path) -> None:
    await set_webhook(values)
    found = await findings(values)
    assert problems(found) == [(TELEGRAM, "webhook")]
    assert fatal(list(found.values())) == found[TELEGRAM]
    code, said = await check(values, tmp_path)
    assert code == 1
    assert "elsewhere.example.org" in said
    assert "TELEGRAM_TAKE_OVER=true" in said
    assert "hidden-path" not in said


@pytest.mark.parametrize(
    "changed",
    [
        {"telegram_take_over": True},
        {
            "telegram_mode": "webhook",
            "telegram_webhook_url": "https://here.example.org",
            "telegram_webhook_secret": "s_1",
        },
    ],
)
async def test_a_webhook_that_we_may_replace_is_no_problem(values: dict[str, Any], changed: dict[str, Any]) -> None:
    await set_webhook(values)
    assert problems(await findings(values, **changed)) == []


@pytest.mark.parametrize("secret", ["", "ä", "x" * 257])
async def test_a_webhook_needs_a_secret_that_telegram_takes(values: dict[str, Any], secret: str) -> None:
    changed = {"telegram_mode": "webhook", "telegram_webhook_url": "https://here.example.org"}
    found = await findings(values, **changed, telegram_webhook_secret=secret)
    assert problems(found) == [(TELEGRAM, "setting")]


async def test_a_webhook_without_a_secret_keeps_the_assistant_from_starting_whatever_the_network_says(
    values: dict[str, Any],
) -> None:
    changed = {"telegram_mode": "webhook", "telegram_webhook_url": "https://here.example.org"}
    found = await findings(values, **changed, telegram_base_url=f"http://{HOST}:{free_port()}/bot")
    assert fatal(list(found.values())) == found[TELEGRAM]


async def test_without_a_token_telegram_is_off_and_that_is_fine(values: dict[str, Any]) -> None:
    found = await findings(values, telegram_token="")
    assert problems(found) == []
    assert found[TELEGRAM].said == "nicht eingerichtet"


# --- clock


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(seconds=-90)])
async def test_a_wrong_clock_is_named_with_how_wrong_it_is(values: dict[str, Any], off: timedelta) -> None:
    found = await checkup.findings(settings_of(values), datetime.now(UTC) + off)
    wrong = [finding for finding in found if not finding.ok]
    assert [(finding.part, finding.kind) for finding in wrong] == [(CLOCK, "clock")]
    seconds = int("".join(sign for sign in wrong[0].said if sign.isdecimal()))
    assert seconds == pytest.approx(abs(off.total_seconds()), abs=5)
    assert fatal(found) is None


async def test_the_clock_is_shown_in_the_time_zone_of_the_settings(values: dict[str, Any]) -> None:
    settings = settings_of(values | {"telegram_token": "", "time_zone": "Europe/Berlin"})
    found = await checkup.findings(settings, datetime(2026, 7, 1, 10, 0, tzinfo=UTC))
    assert "12:00 Uhr (Europe/Berlin)" in next(finding.said for finding in found if finding.part == CLOCK)


# --- mail


async def test_a_wrong_mailbox_password_is_named_both_ways(values: dict[str, Any], tmp_path: Path) -> None:
    values |= {"mail_password": WRONG_PASSWORD}
    found = await findings(values)
    assert problems(found) == [(SMTP, "login"), (IMAP, "login")]
    assert fatal(list(found.values())) == found[SMTP]
    code, said = await check(values, tmp_path)
    assert code == 1
    assert "Prüfen Sie MAIL_USER und MAIL_PASSWORD" in said
    assert "2 Probleme gefunden." in said


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
async def test_a_password_may_have_umlauts_in_it(values: dict[str, Any]) -> None:
    with RealMail(ADDRESS, "Grüße") as real:
        ports = {"imap_port": real.imap_port, "smtp_port": real.smtp_port}
        assert problems(await findings(values, **ports, mail_password="Grüße")) == []
        for wrong in ("Größe", "zwei\nZeilen"):
            found = await findings(values, **ports, mail_password=wrong)
            assert problems(found) == [(SMTP, "login"), (IMAP, "login")]


async def test_a_server_that_wants_a_login_we_do_not_have_is_named(values: dict[str, Any]) -> None:
    found = await findings(values, mail_password="")
    assert problems(found) == [(SMTP, "login"), (IMAP, "login")]
    assert "nur nach einer Anmeldung" in found[SMTP].said


@pytest.mark.parametrize("way", ["smtp", "imap"])
@pytest.mark.parametrize(("host", "reason"), [("mail.invalid", "name"), (HOST, "refused"), ("mail..example", "name")])
async def test_a_mail_server_out_of_reach_is_named(values: dict[str, Any], way: str, host: str, reason: str) -> None:
    found = await findings(values, **{f"{way}_host": host, f"{way}_port": free_port()})
    part = f"operator-check-{way}"
    assert problems(found) == [(part, "network")]
    assert say("de", f"operator-check-reason-{reason}") in found[part].said
    assert f"{way.upper()}_HOST" in found[part].fix
    assert fatal(list(found.values())) is None


async def test_with_no_channel_in_reach_the_assistant_should_not_start(values: dict[str, Any], tmp_path: Path) -> None:
    nowhere = {
        "imap_port": free_port(),
        "smtp_port": free_port(),
        "telegram_base_url": f"http://{HOST}:{free_port()}/bot",
    }
    found = await findings(values | nowhere)
    assert problems(found) == [(TELEGRAM, "network"), (SMTP, "network"), (IMAP, "network")]
    assert fatal(list(found.values())) == found[TELEGRAM]
    without_telegram = await findings(values | nowhere | {"telegram_token": ""})
    assert fatal(list(without_telegram.values())) == without_telegram[SMTP]
    code, said = await check(values | nowhere, tmp_path)
    assert (code, "3 Probleme gefunden." in said) == (1, True)


@pytest.mark.parametrize("way", ["smtp", "imap"])
@pytest.mark.parametrize(("tls", "reason"), [("starttls", "not-offered"), ("tls", "handshake")])
async def test_encryption_that_the_server_does_not_offer_is_named(
    values: dict[str, Any], way: str, tls: str, reason: str
) -> None:
    found = await findings(values, **{f"{way}_tls": tls})
    part = f"operator-check-{way}"
    assert problems(found) == [(part, "tls")]
    assert say("de", f"operator-check-reason-{reason}") in found[part].said
    assert f"{way.upper()}_TLS" in found[part].fix
    assert fatal(list(found.values())) == found[part]


async def test_a_missing_certificate_file_is_named(values: dict[str, Any], tmp_path: Path) -> None:
    found = await findings(values, imap_tls="tls", smtp_tls="starttls", mail_ca_file=str(tmp_path / "none.pem"))
    assert problems(found) == [(SMTP, "tls"), (IMAP, "tls")]
    assert "MAIL_CA_FILE" in found[IMAP].said


async def test_missing_mail_settings_are_named(values: dict[str, Any], tmp_path: Path) -> None:
    values |= {"imap_host": "", "mail_address": ""}
    found = await checkup.findings(settings_of(values), datetime.now(UTC))
    missing = [finding for finding in found if not finding.ok]
    assert [(finding.part, finding.kind) for finding in missing] == [(SETTINGS, "setting")] * 2
    assert fatal(found) == missing[0]
    code, said = await check(values, tmp_path)
    assert code == 1
    assert "In .env fehlt MAIL_ADDRESS." in said
    assert "Tragen Sie IMAP_HOST in .env ein" in said


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
async def test_real_servers_are_fine_over_both_kinds_of_tls(values: dict[str, Any]) -> None:
    with RealMail(ADDRESS, PASSWORD) as real:
        both = {"mail_ca_file": real.cafile, "smtp_port": real.smtp_port, "smtp_tls": "starttls"}
        for imap in (
            {"imap_port": real.imaps_port, "imap_tls": "tls"},
            {"imap_port": real.imap_port, "imap_tls": "starttls"},
        ):
            found = await findings(values, **both, **imap)
            assert problems(found) == []
            assert found[IMAP].said == say("de", "operator-check-ok")


@pytest.mark.real_mail
@pytest.mark.xdist_group("real_mail")
@needs_real_mail
async def test_certificates_that_nobody_vouches_for_are_named(values: dict[str, Any]) -> None:
    with RealMail(ADDRESS, PASSWORD) as real:
        ways = {"smtp_port": real.smtp_port, "smtp_tls": "starttls", "imap_port": real.imaps_port, "imap_tls": "tls"}
        found = await findings(values, **ways)
    assert problems(found) == [(SMTP, "tls"), (IMAP, "tls")]
    assert all(say("de", "operator-check-reason-certificate") in found[part].said for part in (SMTP, IMAP))


# --- servers that say what we make them say


@contextmanager
def lines(greeting: str, answers: dict[str, str]) -> Iterator[int]:
    """A server that answers each line by its verb; {tag} is the one of IMAP's last command."""

    connections: list[socket.socket] = []

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            connections.append(self.connection)
            self._say(greeting)
            tag = ""
            for line in self.rfile:
                first, second, *_ = [*line.decode().split(), "", ""]
                if first not in answers:
                    tag, first = first, second
                self._say(answers.get(first, "").replace("{tag}", tag))

        def _say(self, said: str) -> None:
            if said:
                self.wfile.write(said.replace("\n", "\r\n").encode() + b"\r\n")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server((HOST, 0), Conversation) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
            for connection in connections:
                with suppress(OSError):  # hung up already
                    connection.shutdown(socket.SHUT_RDWR)


SMTP_GREETING, IMAP_GREETING = "220 ready", "* OK ready"
SMTP_TALK = {
    "EHLO": "250-localhost\n250 AUTH PLAIN",
    "AUTH": "235 ok",
    "MAIL": "250 ok",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}
IMAP_TALK = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE MOVE\n{tag} OK done",
    "LOGIN": "{tag} OK done",
    "SELECT": "* 0 EXISTS\n{tag} OK [READ-WRITE] done",
    "IDLE": "+ idling",
    "DONE": "{tag} OK done",
    "LOGOUT": "* BYE bye\n{tag} OK done",
}


@pytest.mark.parametrize(
    ("answers", "kind", "words"),
    [
        ({"MAIL": "550 5.7.60 not you"}, "setting", "von zukunftsplan@alliance.example.org keine Briefe"),
        ({"MAIL": "451 later"}, "network", "überlastet"),
        ({"AUTH": "454 4.7.0 later"}, "network", "überlastet"),
        ({"EHLO": "250 localhost"}, "tls", "nur verschlüsselt"),
        ({"EHLO": "250-localhost\n250 AUTH GSSAPI"}, "tls", "nur verschlüsselt"),
    ],
)
async def test_what_an_smtp_server_refuses_is_named(
    values: dict[str, Any], answers: dict[str, str], kind: str, words: str
) -> None:
    with lines(SMTP_GREETING, SMTP_TALK | answers) as port:
        found = await findings(values, smtp_port=port)
    assert problems(found) == [(SMTP, kind)]
    assert words in found[SMTP].said


@pytest.mark.parametrize(
    ("answers", "kind", "words"),
    [
        ({"CAPABILITY": "* CAPABILITY IMAP4rev1 LOGINDISABLED\n{tag} OK done"}, "tls", "nur verschlüsselt"),
        ({"LOGIN": "{tag} NO [UNAVAILABLE] later"}, "network", "überlastet"),
        ({"SELECT": "{tag} NO nothing here"}, "setting", "lässt sich nicht öffnen"),
        ({"SELECT": "* 0 EXISTS\n* OK [READ-ONLY] so\n{tag} OK done"}, "rights", "nur lesen"),
        ({"IDLE": "{tag} BAD what?"}, "network", "IDLE"),
    ],
)
async def test_what_an_imap_server_refuses_is_named(
    values: dict[str, Any], answers: dict[str, str], kind: str, words: str
) -> None:
    with lines(IMAP_GREETING, IMAP_TALK | answers) as port:
        found = await findings(values, imap_port=port)
    assert problems(found) == [(IMAP, kind)]
    assert words in found[IMAP].said


async def test_what_an_imap_server_does_without_is_no_problem_but_said(values: dict[str, Any]) -> None:
    poor = {"CAPABILITY": "* CAPABILITY IMAP4rev1\n{tag} OK done"}
    with lines(IMAP_GREETING, IMAP_TALK | poor) as port:
        found = await findings(values, imap_port=port)
    assert problems(found) == []
    for lack in get_args(mail.probe.Lack):
        assert say("de", f"operator-check-without-{lack}") in found[IMAP].said


async def test_another_service_on_the_port_is_named(values: dict[str, Any], post: PostOffice) -> None:
    found = await findings(values, imap_port=post.smtp_port)
    assert problems(found) == [(IMAP, "network")]
    assert "ein anderer Dienst" in found[IMAP].said


async def test_a_server_that_never_speaks_holds_nobody_up(
    values: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "LIMIT", 2.0)
    with lines("", {}) as port:
        found = await findings(values, smtp_port=port, imap_port=port, telegram_base_url=f"http://{HOST}:{port}/bot")
    assert problems(found) == [(TELEGRAM, "network"), (SMTP, "network"), (IMAP, "network")]
    assert found[DATABASE].ok


# --- database


@pytest.fixture
def file(values: dict[str, Any]) -> Path:
    """The database as the first start has left it."""
    path: Path = values["data_folder"] / "zukunftsplan.db"
    engine = make_engine(f"sqlite:///{path}")
    schema.prepare(engine, f"sqlite:///{path}")
    engine.dispose()
    return path


def set_version(file: Path, version: str) -> None:
    engine = make_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    engine.dispose()


async def test_a_ready_database_is_left_as_it_is(values: dict[str, Any], file: Path) -> None:
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    found = await findings(values)
    assert found[DATABASE].ok
    assert schema.HEAD in found[DATABASE].said
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == before


async def test_a_running_assistant_is_told_of_and_is_no_problem(values: dict[str, Any], file: Path) -> None:
    lock = schema.lock(f"sqlite:///{file}")
    assert lock is not None
    found = await findings(values)
    lock.release()
    assert problems(found) == []
    assert f"Prozess {os.getpid()}" in found[DATABASE].said
    assert "Prozess" not in (await findings(values))[DATABASE].said


@pytest.mark.fault(10)
async def test_a_database_newer_than_the_program_is_named(values: dict[str, Any], file: Path, tmp_path: Path) -> None:
    set_version(file, "9999")
    found = await findings(values)
    assert problems(found) == [(DATABASE, "database")]
    code, said = await check(values, tmp_path)
    assert code == 1
    assert "Die Datenbank hat Stand 9999" in said
    assert "Spielen Sie die neuere Programmversion ein." in said


@pytest.mark.fault(10)
async def test_a_database_that_has_disappeared_is_named_and_not_made_anew(values: dict[str, Any], file: Path) -> None:
    file.unlink()
    found = await findings(values)
    assert problems(found) == [(DATABASE, "database")]
    assert "Sicherung" in found[DATABASE].fix
    assert not file.exists()


async def test_a_file_that_is_no_database_is_named_and_left_alone(values: dict[str, Any], file: Path) -> None:
    file.write_bytes(b"a shopping list " * 100)
    found = await findings(values)
    assert problems(found) == [(DATABASE, "database")]
    assert file.read_bytes() == b"a shopping list " * 100


async def test_a_data_folder_that_cannot_be_made_is_named(values: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = await findings(values, data_folder=tmp_path / "file" / "data")
    assert problems(found) == [(DATABASE, "database")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
async def test_a_read_only_database_is_named(values: dict[str, Any], file: Path) -> None:
    file.chmod(0o400)
    assert problems(await findings(values)) == [(DATABASE, "database")]


@pytest.mark.fault(9)
async def test_a_disk_that_is_nearly_full_is_named(values: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "SPACE", 1 << 60)  # more than any disk has
    assert problems(await findings(values)) == [(DATABASE, "database")]


@pytest.mark.parametrize("url", ["somewhere", "mysql://user:right-password@localhost/name", "oracle9://host/name"])
async def test_an_address_of_no_database_we_know_is_named(values: dict[str, Any], url: str, tmp_path: Path) -> None:
    values |= {"database_url": url}
    assert problems(await findings(values)) == [(DATABASE, "setting")]
    code, said = await check(values, tmp_path)
    assert code == 1
    assert "Lassen Sie DATABASE_URL leer" in said


async def test_a_database_server_is_fine_once_it_has_its_tables(values: dict[str, Any], postgres: Postgres) -> None:
    url = postgres.fresh_database()
    assert "noch leer" in (await findings(values, database_url=url))[DATABASE].said
    engine = make_engine(url)
    schema.prepare(engine, url)
    engine.dispose()
    assert schema.HEAD in (await findings(values, database_url=url))[DATABASE].said


async def test_a_database_server_out_of_reach_is_named_without_its_password(
    values: dict[str, Any], tmp_path: Path
) -> None:
    values |= {"database_url": f"postgresql+psycopg://user:{PASSWORD}@{HOST}:{free_port()}/{PASSWORD}"}
    assert problems(await findings(values)) == [(DATABASE, "database")]
    code, said = await check(values, tmp_path)
    assert code == 1
    assert "ob der Datenbankserver läuft" in said


# --- the demo


async def test_without_settings_the_demo_is_checked(tmp_path: Path) -> None:
    code, said = await check({"http_port": free_port()}, tmp_path)
    assert code == 0
    assert "läuft die Demo" in said
    assert list(tmp_path.iterdir()) == []


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        values = {"http_port": taken.getsockname()[1], "data_folder": tmp_path}
        found = await findings(values)
        code, said = await check(values, tmp_path)
    assert problems(found) == [(PORT, "setting")]
    assert code == 1
    assert "setzen Sie HTTP_PORT in .env auf einen freien Port" in said


async def test_a_data_folder_of_the_demo_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = await findings({"http_port": 0, "data_folder": tmp_path / "file" / "data"})
    assert problems(found) == [(FOLDER, "setting")]


# --- what is said


async def test_the_table_shows_what_is_in_square_brackets(values: dict[str, Any], tmp_path: Path) -> None:
    console = Console(record=True, width=1000, file=(tmp_path / "out").open("w"))
    await checkup.run(settings_of(values | {"imap_host": "[red]mail.invalid"}), console)
    console.file.close()
    assert "[red]mail.invalid" in console.export_text()


async def test_a_check_that_breaks_hides_no_other(values: dict[str, Any]) -> None:
    nonsense = 'HTTP/1.1 200 OK\nContent-Length: 33\n\n{"ok": true, "result": {"id": 1}}'
    with lines("", {"POST": nonsense}) as port:
        found = await findings(values, telegram_base_url=f"http://{HOST}:{port}/bot")
    assert problems(found) == [(TELEGRAM, "")]
    assert "TypeError" in found[TELEGRAM].said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_has_its_texts(language: str) -> None:
    reasons = {*get_args(mail.probe.Reason), *get_args(bot.probe.Reason)} - {""}
    assert all(say(language, f"operator-check-reason-{reason}") for reason in reasons)
    values = {"way": "SMTP", "host": "h", "port": "1", "user": "u", "sender": "s", "reason": "r"}
    for trouble in set(get_args(mail.probe.Trouble)) - {""}:
        assert say(language, f"operator-check-{trouble}", **values) != say(
            language, f"operator-check-{trouble}-fix", **values
        )
    assert all(say(language, f"operator-check-without-{lack}") for lack in get_args(mail.probe.Lack))
