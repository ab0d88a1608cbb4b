"""Retention at the command line: what is kept for how long, what is due now, and what the last run forgot."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.table import Table
from sqlmodel import Session

import texts
from alliance.house import House
from alliance.privacy import folders, retention
from alliance.privacy.retention import RULES, Found, Report, Rule
from store.database import Database
from texts import say

COLUMNS = ("what", "span", "fate", "count", "oldest")
Last = tuple[Report | None, tuple[datetime, int] | None]  # of the rules, and of the mailbox's folders


def show(out: Console, database: Database, house: House, now: datetime, language: str) -> int:
    """The table with what is due now, and the last run below it; the exit code. Changes nothing."""

    def look(session: Session) -> tuple[list[Found], Last]:
        return [retention.look(session, rule, now) for rule in RULES], _last(session)

    found, before = database.read_now(look)
    table = Table(title=say(language, "operator-retention-title"))
    for name in COLUMNS:
        table.add_column(say(language, f"operator-retention-column-{name}"))
    for rule, over in zip(RULES, found, strict=True):
        table.add_row(*_cells(rule, over, house, language))
    out.print(table)
    _print(out, say(language, "operator-retention-dry"))
    return _tell_last(out, before, house, language)


def _cells(rule: Rule, over: Found, house: House, language: str) -> tuple[str, ...]:
    oldest = texts.short_day(language, over.oldest.astimezone(house.zone).date()) if over.oldest else ""
    count = str(over.count) if rule.due else ""
    return rule.what(language), rule.span(language), rule.end(language), count, oldest


def tell_last(out: Console, database: Database, house: House, language: str) -> int:
    """What the last run forgot; the exit code is 1 when something of it failed."""
    return _tell_last(out, database.read_now(_last), house, language)


def carry_out(out: Console, database: Database, house: House, now: datetime, language: str) -> int:
    """Forget at once; the exit code is 1 when something of it failed."""
    run = retention.Run(house, now, "console")
    while job := run.next_job():
        try:
            run.done(database.write_now(job))
        except Exception as error:  # as in the nightly run: the other rules go on
            run.failed(error)
    database.write_now(run.finish)
    return tell_last(out, database, house, language)


def _last(session: Session) -> Last:
    return retention.last(session), folders.last(session)


def _tell_last(out: Console, found: Last, house: House, language: str) -> int:
    last, letters = found
    if last is None:
        _print(out, say(language, "operator-retention-never"))
        return 0
    _print(out, say(language, "operator-retention-last", when=texts.moment(language, last.at, house.zone)))
    known = {rule.name: rule for rule in RULES}
    for name, count in last.counts.items():
        _print(out, f"  {count:>6}  {known[name].what(language) if name in known else name}")
    _print(out, say(language, "operator-retention-done", count=sum(last.counts.values())))
    if letters:
        when = texts.moment(language, letters[0], house.zone)
        _print(out, say(language, "operator-retention-letters", count=letters[1], when=when))
    if last.failed:
        _print(out, say(language, "operator-retention-failed", rules=", ".join(last.failed)))
    return int(bool(last.failed))


def _print(out: Console, line: str) -> None:
    out.print(line, highlight=False, soft_wrap=True, markup=False)
