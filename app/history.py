"""The history at the command line: reading it, taking it out with its sources, and checking that it is untouched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlmodel import Session, col, select

from alliance import retracing, sealing
from alliance.house import House
from alliance.sealing import Finding, Head
from app.permissions import write_private
from app.trouble import Trouble
from papers import workbook
from store.database import Database
from store.tables import Address, Change, Channel, Deed, InboxRow, Measure, Person, Seal
from texts import say

NEWEST = 50  # entries shown without a choice
PORTION = 500  # deeds read at once
ENDINGS = {Channel.MAIL: "eml", Channel.TELEGRAM: "json"}


class History:
    """The history of one database, told in one language."""

    def __init__(self, out: Console, database: Database, house: House, language: str) -> None:
        self._out, self._database, self._house, self._language = out, database, house, language

    def show(self, *, measure: int = 0, person: str = "", since: date | None = None) -> int:
        """Print entries, oldest first: those about a measure or a person, or since a day; the exit code.

        Raises Trouble when there is no such measure or person.
        """

        def job(session: Session) -> list[str]:
            numbers = self._chosen(session, measure, person, since)
            found = retracing.entries(session, self._house, self._language, numbers)
            return [entry.line(self._language) for entry in found]

        lines = self._database.read_now(job)
        for line in lines or [self._say("history-none")]:
            self._print(line)
        return 0

    def export(self, file: Path, raw: Path | None, now: datetime) -> int:
        """Write all of it, as lines of JSON with everything that the seals vouch for, or as CSV; the exit code.

        Into ``raw`` goes what came in for it, as far as it is still kept: letters as .eml, updates as .json. That
        somebody took the history out is a line of the history. Raises Trouble.
        """
        write = {".jsonl": self._jsonl, ".csv": self._csv}.get(file.suffix.lower())
        if write is None:
            raise Trouble("history-bad-file", file=file.name)
        self._database.write_now(lambda session: _note_export(session, now))
        try:
            count = self._database.read_now(lambda session: write(session, file))
            self._print(self._say("history-exported", count=count, file=str(file)))
            if raw:
                count = self._database.read_now(lambda session: _write_raw(session, raw))
                self._print(self._say("history-exported-raw", count=count, folder=str(raw)))
        except OSError as error:
            raise Trouble("operator-bad-file", file=str(error.filename or file)) from error
        return 0

    def verify(self, known: Sequence[str]) -> int:
        """Check every seal, and that ``known`` heads are still part of the chain; exit code 1 if anything is wrong."""
        heads = [self._head(text) for text in known]

        def job(session: Session) -> tuple[list[Finding], Head, int]:
            return sealing.verify(session, heads), sealing.head(session), sealing.waiting(session)

        findings, head, waiting = self._database.read_now(job)
        key, count = ("history-broken", len(findings)) if findings else ("history-holds", head.position)
        self._print(self._say(key, count=count), style="bold red" if findings else "bold")
        for found in findings:
            values = {"position": found.position, "deed": found.deed}
            self._print("  " + self._say(f"history-wrong-{found.kind}", **values))
        if waiting:
            self._print(self._say("history-waiting", count=waiting))
        if head.position:
            self._print(self._say("history-chain-head", head=str(head)))
            self._print(self._say("history-keep-head"))
        return int(bool(findings))

    def _head(self, text: str) -> Head:
        found = Head.read(text)
        if found is None:
            raise Trouble("history-bad-head", text=text)
        return found

    def _chosen(self, session: Session, measure: int, person: str, since: date | None) -> list[int]:
        among: set[int] | None = None
        if measure:
            among = set(retracing.of_measure(session, _measure(session, measure)))
        if person:
            theirs = set(retracing.of_person(session, _person(session, person)))
            among = theirs if among is None else among & theirs
        moment = datetime.combine(since, time(), self._house.zone).astimezone(UTC) if since else None
        numbers = retracing.since(session, moment, among)
        return numbers if since or among is not None else numbers[-NEWEST:]

    def _jsonl(self, session: Session, file: Path) -> int:
        numbers = retracing.since(session, None)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with file.open("w", encoding="utf-8") as target:
            for record in _records(session, numbers):
                target.write(json.dumps(record, ensure_ascii=False) + "\n")
            target.write(json.dumps({"head": str(sealing.head(session))}) + "\n")
        return len(numbers)

    def _csv(self, session: Session, file: Path) -> int:
        numbers = retracing.since(session, None)
        found = retracing.entries(session, self._house, self._language, numbers)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_private(file, workbook.as_csv(retracing.sheet(self._language, found)))
        return len(numbers)

    def _say(self, key: str, **values: str | int) -> str:
        return say(self._language, key, **values)

    def _print(self, line: str, style: str = "") -> None:
        self._out.print(line, style=style, highlight=False, soft_wrap=True, markup=False)


def on(out: Console, database: Database, house: House, language: str, do: Callable[[History], int]) -> int:
    """Do something with the history of a database, and close it; the exit code."""
    try:
        return do(History(out, database, house, language))
    finally:
        database.close()


def _measure(session: Session, number: int) -> Measure:
    found = session.exec(select(Measure).where(Measure.number == number)).first()
    if found is None:
        raise Trouble("refusal-no-such-measure", number=number)
    return found


def _person(session: Session, email: str) -> Person:
    found = session.exec(select(Person).join(Address).where(Address.email == email.strip().lower())).first()
    if found is None:
        raise Trouble("refusal-no-such-member", email=email)
    return found


def _note_export(session: Session, now: datetime) -> None:
    session.add(Deed(at=now, door="console", what="export", details={"what": "history"}))


def _records(session: Session, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Each deed with its changes and its seal; see :mod:`alliance.sealing` for how the hashes are made."""
    for start in range(0, len(numbers), PORTION):
        some = numbers[start : start + PORTION]
        deeds = session.exec(select(Deed).where(col(Deed.id).in_(some)).order_by(col(Deed.id))).all()
        seals = {seal.deed_id: seal for seal in session.exec(select(Seal).where(col(Seal.deed_id).in_(some)))}
        changes: dict[int, list[Change]] = {}
        for change in session.exec(select(Change).where(col(Change.deed_id).in_(some)).order_by(col(Change.id))):
            changes.setdefault(change.deed_id or 0, []).append(change)
        for deed in deeds:
            yield _record(deed, changes.get(deed.id or 0, ()), seals.get(deed.id or 0))


def _record(deed: Deed, changes: Sequence[Change], seal: Seal | None) -> dict[str, Any]:
    return {
        "deed": deed.id,
        "at": deed.at.astimezone(UTC).isoformat(),
        "actor": deed.actor_id,
        "door": deed.door,
        "what": deed.what,
        "inbox": deed.inbox_id,
        "details": deed.details,
        "changes": [change.model_dump(exclude={"deed_id"}) for change in changes],
        "seal": seal.model_dump(mode="json", exclude={"deed_id"}) if seal else None,
    }


def _write_raw(session: Session, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    sources = select(Deed.inbox_id).where(col(Deed.inbox_id).is_not(None)).distinct().order_by(col(Deed.inbox_id))
    count = 0
    for number in session.exec(sources).all():
        row = session.get(InboxRow, number)
        if row and row.raw:
            write_private(folder / f"{row.id}.{ENDINGS[row.channel]}", row.raw)
            session.expunge(row)
            count += 1
    return count
