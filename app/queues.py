"""`zukunftsplan queue` and `quarantine`: what has not gone out and what was set aside, seen and set going again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from sqlmodel import Session

import texts
from alliance.house import House
from app.trouble import Trouble
from store import outbox, queues
from store.database import Database
from store.queues import NotSo, Outgoing
from texts import say

COLUMNS = ("id", "channel", "kind", "state", "due", "tries", "error")
QUARANTINE_COLUMNS = ("id", "channel", "when", "why")

Result = TypeVar("Result")


class Queues:
    """The two queues at the command line. Writes beside a running assistant in short transactions, as people do."""

    def __init__(self, out: Console, database: Database, house: House, language: str, now: datetime) -> None:
        self._out = out
        self._database = database
        self._house = house
        self._language = language
        self._now = now

    def show(self, *, with_addresses: bool) -> None:
        """All that waits, is held or has failed."""
        rows = self._database.read_now(queues.outgoing)
        if not rows:
            self._print("operator-queue-empty")
            return
        table = self._table("operator-queue", (*COLUMNS, *(("to",) if with_addresses else ())))
        for row in rows:
            table.add_row(*self._cells(row), *((row.to,) if with_addresses else ()))
        self._out.print(table)
        self._print("operator-queue-count", count=len(rows))

    def retry(self, ids: Sequence[int], *, every: bool) -> None:
        """Let rows go out now. Raises Trouble."""

        def job(session: Session) -> tuple[int, datetime | None]:
            chosen = queues.stuck(session, self._now) if every else ids
            return queues.retry(session, chosen, self._now), outbox.stopped_at(session)

        count, stopped = self._changed(ids, job, every=every)
        self._print("operator-queue-retried", count=count)
        if count and stopped:
            self._print("operator-queue-stopped", since=self._moment(stopped))

    def hold(self, ids: Sequence[int]) -> None:
        """Keep rows back. Raises Trouble."""
        count = self._changed(ids, lambda session: queues.hold(session, ids), every=False)
        self._print("operator-queue-held", count=count)

    def show_quarantine(self) -> None:
        """All that was set aside on its way in."""
        rows = self._database.read_now(queues.set_aside)
        if not rows:
            self._print("operator-quarantine-empty")
            return
        table = self._table("operator-quarantine", QUARANTINE_COLUMNS)
        for row in rows:
            table.add_row(str(row.id), row.channel, self._moment(row.received_at), row.outcome)
        self._out.print(table)
        self._print("operator-queue-count", count=len(rows))

    def release(self, ids: Sequence[int], *, every: bool) -> None:
        """Have rows worked on once more. Raises Trouble."""

        def job(session: Session) -> int:
            return queues.take_back(session, queues.revivable(session) if every else ids)

        self._print("operator-quarantine-released", count=self._changed(ids, job, every=every))

    def _changed(self, ids: Sequence[int], job: Callable[[Session], Result], *, every: bool) -> Result:
        if not ids and not every:
            raise Trouble("operator-queue-none-named")
        try:
            return self._database.write_now(job)
        except NotSo as error:
            raise Trouble(f"operator-queue-{error.why}", id=str(error.row)) from None

    def _cells(self, row: Outgoing) -> tuple[str, ...]:
        state = texts.known(self._language, f"operator-queue-state-{row.state}", row.state)
        return str(row.id), row.channel, row.kind, state, self._moment(row.due_at), str(row.tries), row.error

    def _table(self, name: str, columns: Sequence[str]) -> Table:
        table = Table(title=say(self._language, f"{name}-title"), title_justify="left")
        for column in columns:
            table.add_column(say(self._language, f"{name}-column-{column}"), overflow="fold")
        return table

    def _moment(self, at: datetime) -> str:
        return f"{at.astimezone(self._house.zone):%d.%m.%Y %H:%M}"

    def _print(self, key: str, **values: str | int) -> None:
        self._out.print(say(self._language, key, **values), highlight=False, soft_wrap=True, markup=False)
