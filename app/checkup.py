"""Checks each part against the real world and names a fix for every problem."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
from collections.abc import Awaitable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from urllib.parse import quote, urlsplit

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

import bot.probe
import mail.probe
import mail.round_trip
import texts
from app import encryption, permissions, service, upkeep
from app.nightly import missing_tool
from app.settings import Settings
from app.trouble import Trouble
from bot.webhook import is_secret
from mail import authentication
from mail.oauth import Tokens
from store import schema
from texts import say

LIMIT = 15.0  # seconds for each part
CLOCK_LIMIT = timedelta(seconds=60)
SPACE = 100_000_000  # bytes that should be free where the database lies
CONNECT_SECONDS = "10"

DATABASE, CLOCK, SETTINGS = "operator-check-database", "operator-check-clock", "operator-check-settings"
TELEGRAM, SMTP, IMAP = "operator-check-telegram", "operator-check-smtp", "operator-check-imap"
FOLDER, PORT, RIGHTS = "operator-check-folder", "operator-check-port", "operator-check-rights"
PRIVACY = "operator-check-privacy"
LINES, SENDERS = "operator-check-lines", "operator-check-senders"
LETTER, METHODS = "operator-check-letter", ("spf", "dkim", "dmarc")
CHANNELS = (TELEGRAM, SMTP, IMAP)

STOPPING = ("login", "tls", "setting", "webhook")
OFF = "off"

# the kind of a mailbox's trouble, by its name or the beginning of it, where the two differ
KINDS = {
    "sender": "setting",
    "inbox": "setting",
    "inbox-read-only": "rights",
    "disabled": "setting",
    "token": "login",
    "oauth": "login",
    "oauth-missing": "setting",
    "oauth-network": "network",
    "throttled": "network",
}


@dataclass(frozen=True)
class Finding:
    """``part`` is a text key, ``said`` and ``fix`` are written out, ``fix`` is "" when nothing is to be done.

    ``kind`` of a problem: login, network, tls, database, clock, webhook, setting, rights or "" (the check broke);
    "off" is a channel that is not used.
    """

    part: str
    ok: bool
    said: str
    fix: str = ""
    kind: str = ""


async def run(settings: Settings, console: Console, *, letter: bool = False, as_json: bool = False) -> int:
    """Print what was found, if wanted with a letter to ourselves, or as data; the number of problems."""
    language = settings.assistant_language
    if settings.is_demo and not as_json:
        console.print(say(language, "operator-check-demo"), highlight=False)
    found = await findings(settings, datetime.now(UTC))
    if not settings.is_demo:
        found += [*rights_findings(settings), *line_findings(settings), *privacy_findings(settings)]
        found += await asyncio.to_thread(work_findings, settings, datetime.now(UTC))
        found += tool_findings(settings)
    if letter and not settings.is_demo:
        found += await letter_findings(settings, datetime.now(UTC))
    problems = sum(not finding.ok for finding in found)
    if as_json:
        console.print(_json(found), highlight=False, soft_wrap=True, markup=False)
        return problems
    console.print(_table(language, found))
    closing = say(language, "operator-check-problems" if problems else "operator-check-good", count=problems)
    console.print(closing, style="bold red" if problems else "bold green", highlight=False)
    return problems


async def findings(settings: Settings, now: datetime) -> list[Finding]:
    """What is there to say about each part, all looked at side by side. Creates nothing, fetches and sends nothing."""
    if settings.is_demo:
        return [_folder(settings), _port(settings)]
    missing = [*_missing(settings), *_missing_for_oauth(settings)]
    tokens = service.mail_tokens(settings)
    ready = bool(settings.mail_address) and not any(_missing_for_oauth(settings))
    checks = [(DATABASE, asyncio.to_thread(_database, settings)), (TELEGRAM, _telegram(settings, now))]
    if settings.smtp_host and ready:
        checks.append((SMTP, _smtp(settings, tokens)))
    if settings.imap_host and ready:
        checks.append((IMAP, _imap(settings, tokens)))
    found = await asyncio.gather(*(_limited(settings, part, check) for part, check in checks))
    return [*missing, *(finding for group in found for finding in group)]


def rights_findings(settings: Settings) -> list[Finding]:
    """Whether somebody else on this computer may read secrets or what people wrote."""
    files = permissions.open_to_others(settings)
    if not files:
        return [_fine(settings, RIGHTS, "operator-check-rights-good")]
    return [_problem(settings, RIGHTS, "rights", "operator-check-rights-open", path=str(file)) for file in files]


def line_findings(settings: Settings) -> list[Finding]:
    """Whether secrets travel encrypted, and whether our own mail server says which senders are forged."""
    plain = encryption.in_the_clear(settings)
    key = "operator-check-lines-open"
    found = [_problem(settings, LINES, "tls", key, name=name, host=host) for name, host in plain]
    if settings.mail_auth_server:
        return [*found, _fine(settings, SENDERS, "operator-check-senders-good", server=settings.mail_auth_server)]
    return [*found, replace(_problem(settings, SENDERS, "", "operator-check-senders-unjudged"), ok=True)]


def privacy_findings(settings: Settings) -> list[Finding]:
    """Whether the privacy notice can say who is responsible and who watches over data protection (Art. 13(1) GDPR)."""
    missing = [name for name in ("privacy_controller", "privacy_officer") if not getattr(settings, name)]
    if not missing:
        return [_fine(settings, PRIVACY, "operator-check-privacy-good")]
    return [_problem(settings, PRIVACY, "privacy", "operator-check-privacy-missing", name=n.upper()) for n in missing]


def work_findings(settings: Settings, now: datetime) -> list[Finding]:
    """How the work stands: what waits, what was set aside, dead channels, backups; none if there is nothing to read."""
    language = settings.assistant_language
    try:
        remarks = _remarks(settings, now)
    except (DBAPIError, ArgumentError, ImportError):  # which is said of the database itself
        return []
    return [
        Finding(remark.part, not remark.is_problem, *upkeep.said(language, remark), remark.kind) for remark in remarks
    ]


def tool_findings(settings: Settings) -> list[Finding]:
    """Whether a program is missing without which a database on a server is not backed up."""
    try:
        program = missing_tool(settings.url)
    except ArgumentError:  # which is said of the database itself
        return []
    if not program or not settings.backup_keep_days:
        return []
    return [_problem(settings, upkeep.BACKUP, "setting", "operator-check-backup-tool", program=program)]


def _remarks(settings: Settings, now: datetime) -> list[upkeep.Remark]:
    path = schema.path_of(settings.url)
    if path is not None and not path.exists():
        return []
    engine = _engine(settings.url)
    try:
        if schema.current(engine) != schema.HEAD:
            return []
        saves = settings.backup_keep_days > 0
        with Session(engine) as session:
            return upkeep.Look(session, settings.assistant_language, settings.zone, now, backups=saves).remarks()
    finally:
        engine.dispose()


async def before_start(settings: Settings) -> None:
    """Look once before the assistant starts. Raises Trouble with what keeps it from starting, and the fix."""
    if settings.is_demo:
        return
    if problem := fatal(await findings(settings, datetime.now(UTC))):
        raise Trouble("operator-problem", text=f"{problem.said} {problem.fix}")


def fatal(found: list[Finding]) -> Finding | None:
    """What should keep the assistant from starting: what does not pass by itself, or no channel at all."""
    problems = [finding for finding in found if not finding.ok]
    stopping = [finding for finding in problems if finding.kind in STOPPING]
    channels = [finding for finding in found if finding.part in CHANNELS and finding.kind != OFF]
    if channels and all(finding.kind == "network" for finding in channels):
        stopping += channels
    return next(iter(stopping), None)


async def _limited(settings: Settings, part: str, check: Awaitable[list[Finding]]) -> list[Finding]:
    try:
        async with asyncio.timeout(LIMIT):
            return await check
    except TimeoutError:
        kind = "database" if part == DATABASE else "network"
        return [_problem(settings, part, kind, "operator-check-slow", seconds=round(LIMIT))]
    except Exception as error:  # one check that breaks must not hide the others
        return [_problem(settings, part, "", "operator-check-broken", error=type(error).__name__)]


def _problem(settings: Settings, part: str, kind: str, key: str, **values: str | int) -> Finding:
    """A problem; the text of its fix has the same key and "-fix"."""
    said, fix = (say(settings.assistant_language, name, **values) for name in (key, f"{key}-fix"))
    return Finding(part, ok=False, said=said, fix=fix, kind=kind)


def _fine(settings: Settings, part: str, key: str = "operator-check-ok", **values: str | int) -> Finding:
    return Finding(part, ok=True, said=say(settings.assistant_language, key, **values))


def _missing(settings: Settings) -> Iterable[Finding]:
    for name in ("mail_address", "imap_host", "smtp_host"):
        if not getattr(settings, name):
            said = say(settings.assistant_language, "operator-mail-missing", name=name.upper())
            fix = say(settings.assistant_language, "operator-check-missing-fix", name=name.upper())
            yield Finding(SETTINGS, ok=False, said=said, fix=fix, kind="setting")


def _missing_for_oauth(settings: Settings) -> Iterable[Finding]:
    """What the provider needs; only Microsoft lets an application speak for itself, without a refresh token."""
    needed = {
        "": [],
        "microsoft": ["tenant", "client_id", *([] if _has(settings, "refresh_token") else ["client_secret"])],
        "google": ["client_id", "client_secret", "refresh_token"],
    }
    for name in needed.get(settings.mail_oauth, ["client_id"]):
        if not _has(settings, name):
            setting = f"MAIL_OAUTH_{name.upper()}"
            yield _problem(settings, SETTINGS, "setting", "operator-check-oauth-setting", name=setting)


def _has(settings: Settings, name: str) -> bool:
    value = getattr(settings, f"mail_oauth_{name}")
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


# --- database


def _database(settings: Settings) -> list[Finding]:
    try:
        path = schema.path_of(settings.url)
        if path is not None:
            _look_at_file(path)
            if not path.exists():
                return [_fine(settings, DATABASE, "operator-check-database-fresh"), *_space(settings, path)]
        version = _version(settings.url)
    except schema.Unusable as error:
        return [_problem(settings, DATABASE, "database", _with_fix(error.key), **error.values)]
    except (ArgumentError, ImportError):
        return [_problem(settings, DATABASE, "setting", "operator-check-database-url")]
    except DBAPIError as error:
        said = _without_password(str(error.orig).partition("\n")[0], settings.url)
        return [_problem(settings, DATABASE, "database", "operator-check-database-unreachable", error=said)]
    return [_standing(settings, version, schema.holder(path)), *_space(settings, path)]


def _with_fix(key: str) -> str:
    """Our twin of a text for errors: it leaves the fix to a text of its own."""
    return key.replace("operator", "operator-check", 1)


def _look_at_file(path: Path) -> None:
    """Raises Unusable when the file is gone or may not be written."""
    if path.parent.is_dir():
        schema.check_file(path)
    elif not _may_make(path.parent):
        raise schema.Unusable("operator-database-read-only", path=str(path.parent))


def _version(url: str) -> str | None:
    """Raises DBAPIError, and Unusable when the database is newer than the code."""
    engine = _engine(url)
    try:
        version = schema.current(engine)
    finally:
        engine.dispose()
    if version is not None:
        schema.check_version(version)
    return version


def _engine(url: str) -> Engine:
    """An engine that makes no file and changes nothing in the one it finds."""
    path = schema.path_of(url)
    if path is not None:
        file = URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "rw", "uri": "true"})
        return create_engine(file)
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.update_query_dict({"connect_timeout": CONNECT_SECONDS})
    return create_engine(parsed)


def _without_password(text: str, url: str) -> str:
    password = make_url(url).password
    return text.replace(password, "…") if password else text


def _standing(settings: Settings, version: str | None, holder: str) -> Finding:
    if version is None:
        return _fine(settings, DATABASE, "operator-check-database-fresh")
    if version != schema.HEAD:
        return _fine(settings, DATABASE, "operator-check-database-old", version=version, head=schema.HEAD)
    if holder:
        return _fine(settings, DATABASE, "operator-check-database-in-use", version=version, pid=holder)
    return _fine(settings, DATABASE, "operator-check-database-ready", version=version)


def _space(settings: Settings, path: Path | None) -> list[Finding]:
    """A problem when the disk is nearly full; for a database on a server we cannot see that."""
    if path is None or (free := shutil.disk_usage(_nearest(path)).free) >= SPACE:
        return []
    megabytes, key = free // 1_000_000, "operator-check-database-space"
    return [_problem(settings, DATABASE, "database", key, path=str(path.parent), megabytes=megabytes)]


def _nearest(path: Path) -> Path:
    """The path itself or the nearest thing above it that exists."""
    path = path.absolute()
    return next(place for place in (path, *path.parents) if place.exists())


def _may_make(folder: Path) -> bool:
    place = _nearest(folder)
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


# --- Telegram and the clock


async def _telegram(settings: Settings, now: datetime) -> list[Finding]:
    if not settings.telegram_token.get_secret_value():
        off = Finding(TELEGRAM, ok=True, said=say(settings.assistant_language, "operator-check-telegram-off"), kind=OFF)
        return [_clock(settings, now, None), off]
    if _lacks_webhook(settings):  # whatever the network says: without a secret everybody could speak for Telegram
        return [_problem(settings, TELEGRAM, "setting", "operator-check-webhook-incomplete")]
    loop = asyncio.get_running_loop()
    began = loop.time()
    probe = await bot.probe.probe(service.telegram_application(settings))
    later = now + timedelta(seconds=loop.time() - began)
    return [_clock(settings, later, probe.server_time), _telegram_finding(settings, probe)]


def _clock(settings: Settings, now: datetime, server_time: datetime | None) -> Finding:
    if server_time is not None and abs(now - server_time) > CLOCK_LIMIT:
        seconds = round(abs(now - server_time).total_seconds())
        return _problem(settings, CLOCK, "clock", "operator-check-clock-bad", seconds=seconds)
    moment = texts.moment(settings.assistant_language, now, settings.zone)
    key = "operator-check-clock-alone" if server_time is None else "operator-check-clock-good"
    return _fine(settings, CLOCK, key, moment=moment, zone=settings.time_zone)


def _telegram_finding(settings: Settings, probe: bot.probe.Probe) -> Finding:
    host = urlsplit(settings.telegram_base_url).hostname or ""
    match probe.trouble:
        case "token":
            return _problem(settings, TELEGRAM, "login", "operator-check-telegram-token")
        case "address":
            return _problem(settings, TELEGRAM, "setting", "operator-check-telegram-address")
        case "tls":
            return _problem(settings, TELEGRAM, "tls", "operator-check-telegram-tls", host=host)
        case "network":
            reason = say(settings.assistant_language, f"operator-check-reason-{probe.reason}")
            return _problem(settings, TELEGRAM, "network", "operator-check-telegram-network", host=host, reason=reason)
    if probe.webhook and settings.telegram_mode == "polling" and not settings.telegram_take_over:
        return _problem(settings, TELEGRAM, "webhook", "operator-check-webhook", host=probe.webhook)
    return _fine(settings, TELEGRAM, "operator-check-telegram-good", username=probe.username)


def _lacks_webhook(settings: Settings) -> bool:
    if settings.telegram_mode != "webhook":
        return False
    return not (settings.telegram_webhook_url and is_secret(settings.telegram_webhook_secret.get_secret_value()))


# --- mail


async def _smtp(settings: Settings, tokens: Tokens | None) -> list[Finding]:
    smtp = service.smtp_settings(settings, tokens)
    probe = await mail.probe.probe_smtp(smtp, settings.mail_address)
    return [_mail_finding(settings, SMTP, probe)]


async def _imap(settings: Settings, tokens: Tokens | None) -> list[Finding]:
    probe = await mail.probe.probe_imap(service.mailbox_settings(settings, tokens))
    finding = _mail_finding(settings, IMAP, probe)
    if not probe.lacks:
        return [finding]
    said = " ".join(say(settings.assistant_language, f"operator-check-without-{lack}") for lack in probe.lacks)
    return [Finding(IMAP, ok=True, said=f"{finding.said}. {said}")]


def _mail_finding(settings: Settings, part: str, probe: mail.probe.Probe) -> Finding:
    if not probe.trouble:
        return _fine(settings, part)
    way = "SMTP" if part == SMTP else "IMAP"
    reason = say(settings.assistant_language, f"operator-check-reason-{probe.reason}") if probe.reason else ""
    values = {
        "way": way,
        "host": settings.smtp_host if part == SMTP else settings.imap_host,
        "port": str(settings.smtp_port if part == SMTP else settings.imap_port),
        "user": settings.mail_user or settings.mail_address,
        "sender": settings.mail_address,
        "reason": reason,
    }
    return _problem(settings, part, _kind(probe.trouble), f"operator-check-{probe.trouble}", **values)


# --- a letter to ourselves


async def letter_findings(settings: Settings, now: datetime, wait: float = mail.round_trip.WAIT) -> list[Finding]:
    """Send a letter to our own mailbox; whether it arrives within ``wait`` seconds, and SPF, DKIM and DMARC."""
    tokens = service.mail_tokens(settings)
    smtp, mailbox = service.smtp_settings(settings, tokens), service.mailbox_settings(settings, tokens)
    writer, language = service.letterhead(settings), settings.assistant_language
    trip = await mail.round_trip.letter_to_ourselves(smtp, mailbox, writer, language, now, wait)
    values: dict[str, str | int] = {"sender": settings.mail_address, "seconds": round(wait)}
    if trip.trouble:
        found = [_problem(settings, LETTER, "", f"{LETTER}-{trip.trouble}", **values)]
    else:
        found = [_fine(settings, LETTER, "operator-check-letter-good")]
    return [*found, *(_authentication(settings, trip.head) if trip.head else ())]


def _authentication(settings: Settings, head: Message) -> list[Finding]:
    """What our own server thinks of our letter (RFC 8601), and which DNS record would change its mind."""
    found = authentication.results(head, settings.mail_auth_server)
    if not found.complete:
        return [_unjudged(settings, head)]
    return [_verdict(settings, method, getattr(found, method)) for method in METHODS]


def _unjudged(settings: Settings, head: Message) -> Finding:
    server = authentication.server_of(head)
    key = f"{LETTER}-unnamed" if server and server != settings.mail_auth_server else f"{LETTER}-unjudged"
    return replace(_problem(settings, LETTER, "", key, server=server, sender=settings.mail_address), ok=True)


def _verdict(settings: Settings, method: str, result: str) -> Finding:
    part, domain = f"operator-check-{method}", settings.mail_address.rpartition("@")[2]
    if result == "pass":
        return _fine(settings, part)
    if not result:
        return _fine(settings, part, "operator-check-auth-silent")
    key = f"{part}-none" if (method, result) == ("dmarc", "none") else f"{part}-bad"
    key = "operator-check-auth-later" if result == "temperror" else key
    return _problem(settings, part, "", key, result=result, domain=domain, host=settings.smtp_host)


def _kind(trouble: str) -> str:
    first = trouble.partition("-")[0]
    return KINDS.get(trouble) or KINDS.get(first, first)


# --- the demo


def _folder(settings: Settings) -> Finding:
    if _may_make(settings.data_folder):
        return _fine(settings, FOLDER)
    return _problem(settings, FOLDER, "setting", "operator-check-folder-bad", path=str(settings.data_folder))


def _port(settings: Settings) -> Finding:
    host, port = settings.http_host, settings.http_port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError):
        return _problem(settings, PORT, "setting", "operator-check-port-taken", host=host, port=str(port))
    return _fine(settings, PORT)


# --- showing


def _json(found: list[Finding]) -> str:
    """The findings as data; their keys are there to stay."""
    data = [{**asdict(finding), "part": finding.part.removeprefix("operator-check-")} for finding in found]
    problems = sum(not finding.ok for finding in found)
    return json.dumps({"ok": not problems, "problems": problems, "findings": data}, ensure_ascii=False, indent=2)


def _table(language: str, found: list[Finding]) -> Table:
    table = Table(title=say(language, "operator-check-title"), title_justify="left", show_lines=True)
    for column in ("operator-check-what", "operator-check-result", "operator-check-fix"):
        table.add_column(say(language, column), overflow="fold")
    for finding in found:
        mark, style = ("✓", "green") if finding.ok else ("✗", "red")
        said = Text(f"{mark} {finding.said}", style)
        table.add_row(Text(say(language, finding.part)), said, Text(finding.fix))
    return table
