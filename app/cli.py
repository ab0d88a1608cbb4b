"""The command line: run, check, and what the office sets up by hand."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import ArgumentError

from alliance import plan
from alliance.desk import Desk
from alliance.errors import Refusal
from alliance.intents import (
    AddMeasure,
    AssignMeasure,
    Export,
    Intent,
    PlanMeeting,
    RegisterCompany,
    RegisterPerson,
    SetRole,
    ShowOutstanding,
    SwitchSending,
)
from alliance.notes import Note
from app import erasures
from app.settings import Settings
from app.trouble import Trouble
from store import crashpoints, schema
from store.database import Database
from texts import say

LANGUAGE = "de"  # of the help; what a command answers follows the setting LANGUAGE

main = typer.Typer(
    help=say(LANGUAGE, "operator-help"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
company = typer.Typer(help=say(LANGUAGE, "operator-help-company"), no_args_is_help=True)
person = typer.Typer(help=say(LANGUAGE, "operator-help-person"), no_args_is_help=True)
measure = typer.Typer(help=say(LANGUAGE, "operator-help-measure"), no_args_is_help=True)
meeting = typer.Typer(help=say(LANGUAGE, "operator-help-meeting"), no_args_is_help=True)
sending = typer.Typer(help=say(LANGUAGE, "operator-help-sending"), no_args_is_help=True)
history = typer.Typer(help=say(LANGUAGE, "operator-help-history"), no_args_is_help=True)
queue = typer.Typer(help=say(LANGUAGE, "operator-help-queue"), no_args_is_help=True)
quarantine = typer.Typer(help=say(LANGUAGE, "operator-help-quarantine"), no_args_is_help=True)
GROUPS = {"company": company, "person": person, "measure": measure, "meeting": meeting, "sending": sending}
GROUPS |= {"history": history, "queue": queue, "quarantine": quarantine}
for name, group in GROUPS.items():
    main.add_typer(group, name=name)

out = Console()
err = Console(stderr=True)


def _argument(name: str) -> Any:
    return typer.Argument(help=say(LANGUAGE, f"operator-help-argument-{name}"), show_default=False)


def _option(name: str, flag: str = "") -> Any:
    return typer.Option(f"--{flag or name}", help=say(LANGUAGE, f"operator-help-option-{name}"), show_default=False)


@main.command(help=say(LANGUAGE, "operator-help-run"))
def run() -> None:
    from app import checkup, service

    settings = _settings()

    async def start() -> None:
        await checkup.before_start(settings)
        await service.run(settings, lambda text: out.print(text, highlight=False, soft_wrap=True))

    with _clear_errors(settings):
        asyncio.run(start())


@main.command(help=say(LANGUAGE, "operator-help-check"))
def check(
    letter: Annotated[bool, _option("letter")] = False, as_json: Annotated[bool, _option("json")] = False
) -> None:
    from app import checkup

    settings = _settings()
    with _clear_errors(settings):
        problems = asyncio.run(checkup.run(settings, out, letter=letter, as_json=as_json))
    raise typer.Exit(1 if problems else 0)


@main.command(help=say(LANGUAGE, "operator-help-simulate"))
def simulate(
    story: Annotated[Path | None, _argument("story")] = None,
    html: Annotated[Path | None, _option("html")] = None,
    person: Annotated[str, _option("person")] = "",
) -> None:
    from app import simulate as simulation

    settings = _settings()
    with _clear_errors(settings):
        asyncio.run(simulation.run(settings, out, story=story, html=html, person=person))


@company.command("add", help=say(LANGUAGE, "operator-help-company-add"))
def add_company(name: Annotated[str, _argument("name")], phone: Annotated[str, _option("phone")] = "") -> None:
    _tell(RegisterCompany(name, phone))


@person.command("add", help=say(LANGUAGE, "operator-help-person-add"))
def add_person(
    name: Annotated[str, _argument("name")],
    email: Annotated[str, _argument("email")],
    company: Annotated[str, _argument("company")],
    phone: Annotated[str, _option("phone")] = "",
    office: Annotated[bool, _option("office")] = False,
) -> None:
    _tell(RegisterPerson(name, email, company, phone, office=office))


@person.command("role", help=say(LANGUAGE, "operator-help-person-role"))
def set_role(email: Annotated[str, _argument("email")], role: Annotated[str, _argument("role")]) -> None:
    _tell(SetRole(email, role))


@main.command(help=say(LANGUAGE, "operator-help-rights"))
def rights() -> None:
    from app import rights_table

    out.print(rights_table.table(LANGUAGE))


@measure.command("add", help=say(LANGUAGE, "operator-help-measure-add"))
def add_measure(
    number: Annotated[int, _argument("number")],
    title: Annotated[str, _argument("title")],
    field: Annotated[str, _option("field")] = "",
    due: Annotated[str, _option("due")] = "",
) -> None:
    _tell(lambda: AddMeasure(number, title, field, _day(due) if due else None))


@measure.command("assign", help=say(LANGUAGE, "operator-help-measure-assign"))
def assign_measure(
    number: Annotated[int, _argument("number")],
    email: Annotated[str, _argument("email")],
    contributor: Annotated[bool, _option("contributor")] = False,
) -> None:
    _tell(AssignMeasure(number, email, lead=not contributor))


@meeting.command("plan", help=say(LANGUAGE, "operator-help-meeting-plan"))
def plan_meeting(
    kind: Annotated[str, _argument("kind")],
    title: Annotated[str, _argument("title")],
    when: Annotated[str, _argument("when")],
    place: Annotated[str, _option("place")] = "",
    link: Annotated[str, _option("link")] = "",
    until: Annotated[str, _option("until")] = "",
) -> None:
    _tell(lambda: PlanMeeting(kind, title, *_moment(when), place, link, _clock(until) if until else None))


@main.command(help=say(LANGUAGE, "operator-help-outstanding"))
def outstanding() -> None:
    _tell(ShowOutstanding())


@sending.command("stop", help=say(LANGUAGE, "operator-help-sending-stop"))
def stop_sending() -> None:
    _tell(SwitchSending(on=False))


@sending.command("start", help=say(LANGUAGE, "operator-help-sending-start"))
def start_sending() -> None:
    _tell(SwitchSending(on=True))


@queue.command("list", help=say(LANGUAGE, "operator-help-queue-list"))
def list_queue(show: Annotated[bool, _option("show")] = False) -> None:
    _with_queues(lambda queues: queues.show(with_addresses=show))


@queue.command("retry", help=say(LANGUAGE, "operator-help-queue-retry"))
def retry_rows(
    rows: Annotated[list[int] | None, _argument("rows")] = None,
    every: Annotated[bool, _option("all-stuck", "all")] = False,
) -> None:
    _with_queues(lambda queues: queues.retry(rows or [], every=every))


@queue.command("hold", help=say(LANGUAGE, "operator-help-queue-hold"))
def hold_rows(rows: Annotated[list[int], _argument("rows")]) -> None:
    _with_queues(lambda queues: queues.hold(rows))


@quarantine.command("list", help=say(LANGUAGE, "operator-help-quarantine-list"))
def list_quarantine() -> None:
    _with_queues(lambda queues: queues.show_quarantine())


@quarantine.command("release", help=say(LANGUAGE, "operator-help-quarantine-release"))
def release_rows(
    rows: Annotated[list[int] | None, _argument("rows")] = None,
    every: Annotated[bool, _option("all-quarantined", "all")] = False,
) -> None:
    _with_queues(lambda queues: queues.release(rows or [], every=every))


def _with_queues(deed: Callable[[Any], None]) -> None:
    """Look at what waits, or change it."""
    from app.queues import Queues

    settings = _settings()
    with _clear_errors(settings):
        database, language = open_database(settings), settings.assistant_language
        try:
            deed(Queues(out, database, settings.house, language, datetime.now(UTC)))
        finally:
            database.close()


@main.command("import", help=say(LANGUAGE, "operator-help-import"))
def import_file(file: Annotated[Path, _argument("file")], yes: Annotated[bool, _option("yes")] = False) -> None:
    _with_files(lambda files: files.bring_in(out, file, yes=yes))


@main.command("export", help=say(LANGUAGE, "operator-help-export"))
def export_files(
    what: Annotated[str, _argument("what")] = "plan",
    file: Annotated[Path | None, _argument("target")] = None,
    csv: Annotated[bool, _option("csv")] = False,
) -> None:
    if what not in {"plan", "members", "companies", "meetings", "all"}:
        _fail(say(LANGUAGE, "operator-help-argument-what"))
    _with_files(lambda files: files.take_out(out, Export(what, "csv" if csv else "xlsx"), file))


@main.command("retention", help=say(LANGUAGE, "operator-help-retention"))
def keep_or_forget(
    at_once: Annotated[bool, _option("now")] = False, last: Annotated[bool, _option("last")] = False
) -> None:
    from app import retention

    settings = _settings()
    with _clear_errors(settings):
        database, house, language = open_database(settings), _desk(settings).house, settings.assistant_language
        try:
            if last:
                code = retention.tell_last(out, database, house, language)
            else:
                do = retention.carry_out if at_once else retention.show
                code = do(out, database, house, datetime.now(UTC), language)
        finally:
            database.close()
    raise typer.Exit(code)


@main.command("backup", help=say(LANGUAGE, "operator-help-backup"))
def make_backup(target: Annotated[Path | None, _argument("backup-target")] = None) -> None:
    from app import backup

    settings = _settings()
    crashpoints.arm_as(settings.crash_at)
    with _clear_errors(settings), _ended_in_order():
        code = backup.command(settings, out, target, datetime.now(UTC))
    raise typer.Exit(code)


@main.command("restore", help=say(LANGUAGE, "operator-help-restore"))
def restore_backup(
    file: Annotated[Path, _argument("backup-file")], yes: Annotated[bool, _option("restore-yes", "yes")] = False
) -> None:
    from app import restore

    settings = _settings()
    crashpoints.arm_as(settings.crash_at)
    with _clear_errors(settings), _ended_in_order():
        code = restore.command(settings, out, file, datetime.now(UTC), yes=yes)
    raise typer.Exit(code)


@main.command("upgrade", help=say(LANGUAGE, "operator-help-upgrade"))
def upgrade_database() -> None:
    from app import upgrade

    settings = _settings()
    crashpoints.arm_as(settings.crash_at)
    with _clear_errors(settings), _ended_in_order():
        code = upgrade.command(settings, out, datetime.now(UTC))
    raise typer.Exit(code)


@history.command("show", help=say(LANGUAGE, "operator-help-history-show"))
def show_history(
    measure: Annotated[int, _option("history-measure", "measure")] = 0,
    person: Annotated[str, _option("history-person", "person")] = "",
    since: Annotated[str, _option("history-since", "since")] = "",
) -> None:
    _with_history(lambda told: told.show(measure=measure, person=person, since=_day(since) if since else None))


@history.command("export", help=say(LANGUAGE, "operator-help-history-export"))
def export_history(
    file: Annotated[Path, _argument("history-file")],
    raw: Annotated[Path | None, _option("history-raw", "raw")] = None,
) -> None:
    _with_history(lambda told: told.export(file, raw, datetime.now(UTC)))


@history.command("verify", help=say(LANGUAGE, "operator-help-history-verify"))
def verify_history(head: Annotated[list[str] | None, _option("history-head", "head")] = None) -> None:
    _with_history(lambda told: told.verify(head or []))


def _with_history(deed: Callable[[Any], int]) -> None:
    """Do something with the history and leave with its exit code."""
    from app import history as histories

    settings = _settings()
    with _clear_errors(settings):
        house = _desk(settings).house
        code = histories.on(out, open_database(settings), house, settings.assistant_language, deed)
    raise typer.Exit(code)


def _with_files(deed: Callable[[Any], int]) -> None:
    """Do something with spreadsheets and leave with its exit code."""
    from app.files import Files

    settings = _settings()
    with _clear_errors(settings):
        database = open_database(settings)
        try:
            code = deed(Files(_desk(settings), database, datetime.now(UTC), settings.assistant_language))
        finally:
            database.close()
    raise typer.Exit(code)


def _desk(settings: Settings) -> Desk:
    return Desk(settings.house)


def _tell(intent: Intent | Callable[[], Intent]) -> None:
    """Tell the desk what the operator wants and print its answer."""
    settings = _settings()
    with _clear_errors(settings):
        wish = intent() if callable(intent) else intent
        database = open_database(settings)
        try:
            desk = _desk(settings)
            now = datetime.now(UTC)
            note = database.write_now(lambda session: desk.command(session, wish, now, settings.assistant_language))
        finally:
            database.close()
    _print(note)


def open_database(settings: Settings) -> Database:
    """The database, prepared. Raises Unusable."""
    database = Database(settings.url)
    try:
        schema.prepare(database.engine, settings.url, lambda: _backup_first(settings))
        database.write_now(plan.lay_out)
    except (schema.Unusable, Trouble):
        database.close()
        raise
    erasures.keep(database, settings.data_folder)
    return database


def _backup_first(settings: Settings) -> str:
    """A backup before a command upgrades the database, which it may not while the assistant works with it."""
    from app import backup

    path = schema.path_of(settings.url)
    if pid := schema.holder(path):
        raise schema.Unusable("operator-database-in-use", path=str(path), pid=pid)
    return backup.before_upgrade(settings, datetime.now(UTC))


def _settings() -> Settings:
    try:
        return Settings()
    except Trouble as error:
        _fail(say(LANGUAGE, error.key, **error.values))
    except PermissionError as error:
        _fail(say(LANGUAGE, "operator-no-right", path=str(error.filename)))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "?"
        _fail(say(LANGUAGE, "operator-bad-setting", name=name, reason=first["msg"].removeprefix("Value error, ")))


class _clear_errors:  # noqa: N801  (reads as a word where it is used)
    """One sentence on what is wrong and what to do, exit code 1, no traceback."""

    def __init__(self, settings: Settings) -> None:
        self.language = settings.assistant_language

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        if isinstance(error, Refusal | Trouble | schema.Unusable):
            _fail(say(self.language, error.key, **error.values))
        if isinstance(error, ArgumentError):
            key = "operator-check-database-url"
            _fail(f"{say(self.language, key)} {say(self.language, f'{key}-fix')}")
        if isinstance(error, PermissionError) and error.filename:
            _fail(say(self.language, "operator-no-right", path=str(error.filename)))


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does: its programs end, and what is half done or secret is deleted."""

    def leave(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise SystemExit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _fail(text: str) -> NoReturn:
    err.print(text, style="bold red", highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def _print(note: Note) -> None:
    out.print(note.title, style="bold", highlight=False, soft_wrap=True, markup=False)
    for line in note.lines:
        out.print(f"  {line}", highlight=False, soft_wrap=True, markup=False)


def _moment(text: str) -> tuple[date, time]:
    day, _, clock = text.strip().partition(" ")
    try:
        return _day(day), _clock(clock)
    except Trouble:
        raise Trouble("operator-bad-when", text=text) from None


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text.strip().zfill(5))
    except ValueError:
        raise Trouble("operator-bad-when", text=text) from None


def _day(text: str) -> date:
    try:
        day, month, year = text.split(".")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Trouble("operator-bad-day", text=text) from None
