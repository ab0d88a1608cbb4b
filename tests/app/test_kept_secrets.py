"""Secrets come from the environment, from .env or from files, and are seen nowhere else (FAULTS 63)."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import traceback
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import SecretStr
from sqlmodel import select

from app import checkup, permissions, service
from app.cli import main, open_database
from app.settings import Settings, secret_names
from app.trouble import Trouble
from demo.postoffice import HOST, PostOffice
from demo.telegram import BotApi
from store.database import Database
from store.tables import Mailbox, OutboxRow
from tests.mail.mail_world import letter
from tests.town import CHATS, ERIKA, HOUSE, NAMES
from tests.waiting import until

PROGRAM = Path(sys.executable).parent / "zukunftsplan"
PATIENCE = 30.0  # seconds
UNMISTAKABLE = "Unverkennbar-7Qx9"
TOKEN, PASSWORD = f"4711:{UNMISTAKABLE}", f"{UNMISTAKABLE}-Kennwort"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    server = BotApi(TOKEN, "beispiel_bot")
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice({HOUSE.email: PASSWORD}, smtp_login=(HOUSE.email, PASSWORD)) as post:
        yield post


@pytest.fixture
def public(api: BotApi, post: PostOffice, tmp_path: Path) -> dict[str, str]:
    """All settings but the secrets, and nothing of the environment of the tests."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONIOENCODING": "utf-8",
        "ASSISTANT_LOG_LEVEL": "debug",
        "DATA_FOLDER": str(tmp_path / "data"),
        "HTTP_PORT": "0",
        "TELEGRAM_BASE_URL": api.base_url,
        "TELEGRAM_FILE_URL": api.base_file_url,
        "MAIL_ADDRESS": HOUSE.email,
        "IMAP_HOST": HOST,
        "IMAP_PORT": str(post.imap_port),
        "IMAP_TLS": "none",
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(post.smtp_port),
        "SMTP_TLS": "none",
    }


def in_files(folder: Path, **secrets: str) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, secret in secrets.items():
        file = folder / name
        file.touch(mode=0o600)
        file.write_text(f"{secret}\n", encoding="utf-8")
    return folder


@asynccontextmanager
async def started(folder: Path, environment: dict[str, str]) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        PROGRAM, "run", cwd=folder, env=environment, stdout=PIPE, stderr=PIPE, umask=0o022
    )
    try:
        async with asyncio.timeout(PATIENCE):
            yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def found_in(folder: Path) -> list[str]:
    """The files below a folder that hold a secret, byte for byte."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [file.name for file in files if UNMISTAKABLE.encode() in file.read_bytes()]


# --- a running assistant


@pytest.mark.fault(63)
async def test_a_running_assistant_shows_its_secrets_nowhere_and_its_data_to_nobody_else(
    public: dict[str, str], api: BotApi, post: PostOffice, tmp_path: Path
) -> None:
    data = Path(public["DATA_FOLDER"])
    given = in_files(tmp_path / "secrets", telegram_token=TOKEN, MAIL_PASSWORD=PASSWORD)
    async with started(tmp_path, public | {"SECRETS_FOLDER": str(given)}) as process:
        assert process.stdout is not None
        first = await process.stdout.readline()
        assert "läuft" in first.decode()
        api.enter(CHATS[ERIKA], NAMES[ERIKA])
        api.say(CHATS[ERIKA], "/start")
        await until(lambda: has_begun(data))
        post.deliver(HOUSE.email, letter(b"HILFE", ERIKA))
        await asyncio.to_thread(post.wait_for, lambda: bool(post.letters(ERIKA)), PATIENCE)
        await api.wait_for(lambda: any(message.from_bot for message in api.chat(CHATS[ERIKA])))
        seen = [(Path("/proc") / str(process.pid) / name).read_bytes() for name in ("cmdline", "environ")]
        modes = {file.name: file.stat().st_mode & 0o777 for file in data.glob("*.db*")}
        process.terminate()
        printed = b"".join((*seen, first, *await process.communicate()))
    assert b"Unverkennbar" not in printed
    assert [token for token in tokens(data) if token.encode() in printed] == []
    assert found_in(data) == []
    assert modes
    assert set(modes.values()) == {0o600}
    assert data.stat().st_mode & 0o777 == 0o700


def has_begun(data: Path) -> bool:
    """Whether the mailbox was looked at for the first time: what lay in it before is nobody's concern."""
    database = Database(f"sqlite:///{data / 'zukunftsplan.db'}")
    found = database.read_now(lambda session: session.exec(select(Mailbox)).first())
    database.close()
    return found is not None


def tokens(data: Path) -> list[str]:
    """The reply tokens of the letters that went out."""
    database = Database(f"sqlite:///{data / 'zukunftsplan.db'}")
    found = database.read_now(lambda session: list(session.exec(select(OutboxRow.token))))
    database.close()
    assert found
    return found


@pytest.mark.parametrize(
    "wrong",
    [
        {"MAIL_PASSWORD": f"{UNMISTAKABLE}-falsch", "TELEGRAM_TOKEN": TOKEN},
        {"DATABASE_URL": f"postgresql+psycopg://zukunftsplan:{UNMISTAKABLE}@{HOST}:1/zukunftsplan"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
@pytest.mark.fault(63)
async def test_a_start_that_fails_is_told_in_a_sentence_without_the_secret(
    public: dict[str, str], tmp_path: Path, wrong: dict[str, str]
) -> None:
    async with started(tmp_path, public | {"MAIL_PASSWORD": PASSWORD} | wrong) as process:
        printed = b"".join(await process.communicate()).decode()
    assert process.returncode == 1
    assert printed.strip()
    assert "Traceback" not in printed
    assert UNMISTAKABLE not in printed


@pytest.mark.fault(63)
def test_a_traceback_with_every_local_value_shows_no_secret() -> None:
    def crash() -> None:
        settings = full()
        tokens = service.mail_tokens(settings)
        parts = (service.mailbox_settings(settings, tokens), service.smtp_settings(settings, tokens))
        database = Database(settings.url)
        database.close()
        raise RuntimeError(parts, service._webhook(settings), tokens and tokens._grant, settings, database.engine)

    with pytest.raises(RuntimeError) as caught:
        crash()
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "mail_password" in told
    assert UNMISTAKABLE not in told


def full() -> Settings:
    """Settings with every secret there is."""
    given: dict[str, Any] = {name: f"{UNMISTAKABLE}-{name}".replace("_", "-") for name in secret_names()}
    given["database_url"] = f"postgresql+psycopg://zukunftsplan:{UNMISTAKABLE}@localhost/zukunftsplan"
    given |= {"telegram_mode": "webhook", "telegram_webhook_url": "https://example.org/telegram"}
    given |= {"mail_oauth": "https://login.example.org/token", "mail_address": HOUSE.email}
    return Settings(_env_file=None, **given)


def test_no_command_takes_a_secret_as_an_argument() -> None:
    taken = {parameter.name or "" for command in commands(typer.main.get_command(main)) for parameter in command.params}
    assert "email" in taken
    assert not taken & secret_names()
    assert [name for name in taken if re.search("password|token|secret|key", name)] == []


def commands(command: Any) -> Iterator[Any]:
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from commands(inner)


# --- secrets as files


def test_a_file_fills_what_the_environment_and_env_leave_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_files(tmp_path, telegram_token="1:file", MAIL_PASSWORD=" spaces count ", telegram_webhook_secret="f")
    env = tmp_path / ".env"
    env.write_text("TELEGRAM_TOKEN=2:env\nMAIL_PASSWORD=\nTELEGRAM_WEBHOOK_SECRET=e\n")
    monkeypatch.setenv("SECRETS_FOLDER", str(folder))
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "environment")
    settings = Settings(_env_file=env)
    values = (settings.telegram_token, settings.mail_password, settings.telegram_webhook_secret)
    assert [value.get_secret_value() for value in values] == ["2:env", " spaces count ", "environment"]


def test_every_setting_that_is_kept_secret_may_be_a_file(tmp_path: Path) -> None:
    folder = in_files(tmp_path, **dict.fromkeys(secret_names(), "x"))
    settings = Settings(_env_file=None, secrets_folder=folder)
    read = {name: getattr(settings, name) for name in secret_names()}
    plain = {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in read.items()}
    assert plain == dict.fromkeys(secret_names(), "x")


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"", "operator-secret-empty"), (b" \n", "operator-secret-empty"), (b"\xff\xfe", "operator-secret-unreadable")],
)
def test_a_file_that_holds_nothing_or_nonsense_is_named(tmp_path: Path, content: bytes, key: str) -> None:
    (tmp_path / "mail_password").write_bytes(content)
    with pytest.raises(Trouble) as caught:
        Settings(_env_file=None, secrets_folder=tmp_path)
    assert (caught.value.key, caught.value.values) == (key, {"path": str(tmp_path / "mail_password")})


def test_a_folder_where_a_file_should_be_and_a_folder_that_is_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "telegram_token").mkdir()
    with pytest.raises(Trouble, match="operator-secret-unreadable"):
        Settings(_env_file=None, secrets_folder=tmp_path)
    with pytest.raises(Trouble, match="operator-secret-no-folder"):
        Settings(_env_file=None, secrets_folder=tmp_path / "elsewhere")


# --- who may read them


@pytest.mark.parametrize(
    ("changed", "open_lines"),
    [
        ({"imap_host": "imap.stadt.example.org", "imap_tls": "none"}, ["IMAP_TLS"]),
        ({"smtp_host": "smtp.stadt.example.org", "smtp_tls": "none"}, ["SMTP_TLS"]),
        ({"smtp_host": "relay.stadt.example.org", "smtp_tls": "none", "smtp_login": False}, []),
        ({"telegram_base_url": "http://bots.example.org/bot"}, ["TELEGRAM_BASE_URL"]),
        ({"imap_host": "127.0.0.1", "imap_tls": "none", "smtp_host": "localhost", "smtp_tls": "none"}, []),
        ({"imap_host": "imap.stadt.example.org", "smtp_host": "smtp.stadt.example.org"}, []),
    ],
)
def test_a_password_that_would_travel_in_the_clear_is_named(changed: dict[str, Any], open_lines: list[str]) -> None:
    found = checkup.line_findings(Settings(_env_file=None, **changed))
    assert [name for finding in found for name in open_lines if not finding.ok and name in finding.fix] == open_lines
    assert [finding.ok for finding in found] == [False] * len(open_lines) + [True]


def test_a_mail_server_that_is_not_asked_about_forged_senders_is_a_hint_and_no_problem() -> None:
    (hint,) = checkup.line_findings(Settings(_env_file=None))
    (fine,) = checkup.line_findings(Settings(_env_file=None, mail_auth_server="mx.stadt.example.org"))
    assert ("MAIL_AUTH_SERVER" in hint.fix, hint.ok, fine.fix) == (True, True, "")
    assert "mx.stadt.example.org" in fine.said


def test_files_that_others_may_read_are_named_with_the_fix(tmp_path: Path) -> None:
    folder = in_files(tmp_path / "secrets", telegram_token="1:file", mail_password="x")
    settings = Settings(_env_file=None, secrets_folder=folder, data_folder=tmp_path / "data")
    open_database(settings).close()
    assert [finding.ok for finding in checkup.rights_findings(settings)] == [True]
    (folder / "telegram_token").chmod(0o640)
    (tmp_path / "data" / "zukunftsplan.db").chmod(0o604)
    found = checkup.rights_findings(settings)
    assert [finding.ok for finding in found] == [False, False]
    assert [f"chmod 600 {folder}/telegram_token" in found[0].fix, "zukunftsplan.db" in found[1].fix] == [True, True]


def test_what_is_written_out_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "mitglieder.csv"
    permissions.write_private(file, b"Erika Beispiel")
    assert (file.stat().st_mode & 0o777, file.read_bytes()) == (0o600, b"Erika Beispiel")


def test_the_env_file_counts_among_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env = Path(".env")
    env.write_text("TELEGRAM_TOKEN=1:x\n")
    env.chmod(0o644)
    assert permissions.open_to_others(Settings()) == [env]
    env.chmod(0o600)
    assert permissions.open_to_others(Settings()) == []
