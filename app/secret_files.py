"""Secrets as files: one for each, in a folder that nobody else may read (Docker's and systemd's way)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.trouble import Trouble


def read(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """What the files hold that are named like these settings, in upper or lower case, without the last line break.

    Raises Trouble when the folder is none, or when a file is empty or cannot be read.
    """
    if not folder.is_dir():
        raise Trouble("operator-secret-no-folder", path=str(folder))
    return {name: _content(file) for name in names if (file := find(folder, name))}


def find(folder: Path, name: str) -> Path | None:
    """The file of one setting; None if there is none."""
    files = (folder / spelled for spelled in (name.upper(), name.lower()))
    return next((file for file in files if file.exists()), None)


def _content(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble("operator-secret-unreadable", path=str(file)) from error
    if not text.strip():
        raise Trouble("operator-secret-empty", path=str(file))
    return text
