"""Files that hold secrets or what people wrote are for the assistant's user alone."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from app import secret_files
from app.settings import Settings, secret_names
from store import erased, schema

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def open_to_others(settings: Settings) -> list[Path]:
    """The files there are whose group or everybody else may read or write them."""
    return [file for file in _private_files(settings) if file.is_file() and file.stat().st_mode & OTHERS]


def write_private(file: Path, content: bytes) -> None:
    """Write a file that others may not read; one that is there keeps its rights. Raises OSError."""
    file.touch(mode=0o600)
    file.write_bytes(content)


def _private_files(settings: Settings) -> Iterator[Path]:
    yield from _env_files(settings.model_config.get("env_file"))
    if settings.secrets_folder:
        found = (secret_files.find(settings.secrets_folder, name) for name in sorted(secret_names()))
        yield from filter(None, found)
    with suppress(ArgumentError):  # which the database's own check tells
        if database := schema.path_of(settings.url):
            yield database
    yield from settings.backups.glob("zukunftsplan-*")
    yield from erased.files(settings.data_folder)


def _env_files(named: object) -> Iterable[Path]:
    return (Path(named),) if isinstance(named, str | Path) else ()
