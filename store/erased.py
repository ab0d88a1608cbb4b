"""A list of who was forgotten, kept beside the database, so that a restored backup does not bring them back."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

KEPT_MONTHS = 12  # no backup is older, wherever it is kept
_NAME = re.compile(r"erased-(\d{4})-(\d{2})\.jsonl")


@dataclass(frozen=True)
class Forgotten:
    """One erasure: its moment, the person's id (0: no member), and the mail addresses and chats that were theirs."""

    at: datetime
    person: int = 0
    traces: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """An erasure as it is kept: of addresses and chats only salted hashes, enough to recognise them in a backup."""

    at: datetime
    person: int
    salt: str
    marks: frozenset[str]

    def fits(self, trace: str) -> bool:
        """Whether this address or chat was the forgotten one's."""
        return _mark(self.salt, trace) in self.marks


def append(folder: Path, forgotten: Iterable[Forgotten]) -> None:
    """Write down durably who was forgotten, in one file for each month, for the assistant's user alone.

    Raises OSError.
    """
    for one in forgotten:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / f"erased-{one.at:%Y-%m}.jsonl", _packed(one))


def read(folder: Path) -> list[Line]:
    """Everybody who was forgotten, oldest first. A last line that was cut off by a crash is passed over."""
    found: dict[str, Line] = {}
    for file in files(folder):
        for text in file.read_text(encoding="utf-8").splitlines():
            if line := _unpacked(text):
                found[text] = line
    return sorted(found.values(), key=lambda line: (line.at, line.person))


def files(folder: Path) -> list[Path]:
    """The files of the list."""
    return sorted(file for file in folder.glob("erased-*.jsonl") if _NAME.fullmatch(file.name))


def copy(folder: Path, to: Path) -> None:
    """Add to the list in another folder, which other computers may add to as well, what it does not tell of yet.

    Raises OSError.
    """
    for file in files(folder):
        there = to / file.name
        told = set(there.read_text(encoding="utf-8").splitlines()) if there.exists() else set()
        for text in file.read_text(encoding="utf-8").splitlines():
            if text not in told and _unpacked(text):
                _write(there, text)


def missing(lines: Collection[Line], forgotten: Iterable[Forgotten]) -> list[Forgotten]:
    """Those erasures that the list does not tell of yet."""
    told = {(line.at, line.person) for line in lines}
    return [one for one in forgotten if (one.at, one.person) not in told]


def tidy(folder: Path, today: date) -> None:
    """Delete what is older than any backup."""
    for file in files(folder):
        year, month = map(int, _NAME.fullmatch(file.name).groups())  # type: ignore[union-attr]
        if (today.year - year) * 12 + today.month - month > KEPT_MONTHS:
            file.unlink(missing_ok=True)


def _write(file: Path, line: str) -> None:
    descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.geteuid() == 0:  # what root makes belongs to whoever owns the folder, or the assistant could not use it
            owner = file.parent.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        end = os.fstat(descriptor).st_size
        whole = end == 0 or os.pread(descriptor, 1, end - 1) == b"\n"
        start = "" if whole else "\n"  # what a crash has cut off stays alone in its line
        os.write(descriptor, f"{start}{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _packed(one: Forgotten) -> str:
    salt = secrets.token_hex(16)
    marks = sorted(_mark(salt, trace) for trace in one.traces)
    return json.dumps({"at": one.at.isoformat(), "person": one.person, "salt": salt, "marks": marks})


def _unpacked(text: str) -> Line | None:
    try:
        said: dict[str, Any] = json.loads(text)
        return Line(datetime.fromisoformat(said["at"]), said["person"], said["salt"], frozenset(said["marks"]))
    except (ValueError, KeyError, TypeError):
        return None


def _mark(salt: str, trace: str) -> str:
    return hashlib.blake2b(trace.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()
