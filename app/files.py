"""Spreadsheets at the command line: a file in with a dry run before, files out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlmodel import Session

from alliance.desk import Desk
from alliance.intents import ApplyImport, Export
from alliance.notes import Note
from app.asking import agrees
from app.permissions import write_private
from app.trouble import Trouble
from store import outbox
from store.database import Database
from texts import say

Do = Callable[[Session], Note]


class Files:
    """The desk with a database behind it, at one moment, in one language."""

    def __init__(self, desk: Desk, database: Database, now: datetime, language: str) -> None:
        self._desk, self._database, self._now, self._language = desk, database, now, language

    def bring_in(self, out: Console, file: Path, *, yes: bool) -> int:
        """Dry run, question, import; the exit code. Raises Trouble or Refusal."""
        try:
            content = file.read_bytes()
        except OSError as error:
            raise Trouble("operator-bad-file", file=str(file)) from error
        with self._working(out, "operator-import-comparing"):
            note = self._done(
                lambda session: self._desk.command_file(session, file.name, content, self._now, self._language)
            )
        show(out, note)
        wish = next((action.intent for action in note.actions if isinstance(action.intent, ApplyImport)), None)
        if wish is None:
            return int(not note.toast)  # only a file that changes nothing is told in a short word, too
        if not yes and not agrees(self._language, "operator-import-ask"):
            return 1
        with self._working(out, "operator-import-writing"):
            note = self._done(lambda session: self._desk.command(session, wish, self._now, self._language))
        show(out, note)
        return int(bool(note.actions))

    def take_out(self, out: Console, wish: Export, file: Path | None) -> int:
        """Write the files of an export; the exit code. Raises Trouble or Refusal."""
        with self._working(out, "operator-export-writing"):
            note = self._done(lambda session: self._desk.command(session, wish, self._now, self._language))
        papers = self._database.read_now(lambda session: outbox.papers(session, note.papers))
        for name, _, content in papers:
            target = file / name if file and (len(papers) > 1 or file.is_dir()) else file or Path(name)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_private(target, content)
            except OSError as error:
                raise Trouble("operator-bad-file", file=str(target)) from error
            out.print(str(target), highlight=False, soft_wrap=True, markup=False)
        return 0

    def _done(self, deed: Do) -> Note:
        return self._database.write_now(deed)

    @contextmanager
    def _working(self, out: Console, key: str) -> Iterator[None]:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=out, transient=True) as progress:
            progress.add_task(say(self._language, key), total=None)
            yield


def show(out: Console, note: Note) -> None:
    """Title and lines as plain text."""
    out.print(note.title, style="bold", highlight=False, soft_wrap=True, markup=False)
    for line in note.lines:
        out.print(f"  {line}", highlight=False, soft_wrap=True, markup=False)
