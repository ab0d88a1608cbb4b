"""The processes behind the fence, as Linux shows them."""

from __future__ import annotations

from pathlib import Path


def children(parent: int | str = "self") -> list[int]:
    """The fenced processes of a process."""
    found = [int(pid) for tasks in Path(f"/proc/{parent}/task").glob("*/children") for pid in tasks.read_text().split()]
    return [pid for pid in found if b"mail.fenced" in command(pid)]


def command(pid: int) -> bytes:
    """The command line of a process, b"" if there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
