"""The present: the real time or, for tests alone, the moment that a file names."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT = struct.Struct("<q")  # microseconds since EPOCH


def wall_clock() -> datetime:
    """The real time."""
    return datetime.now(UTC)


class FileClock:
    """Stands still until another process writes another :data:`MOMENT` into the file. Raises OSError, ValueError."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._moment = mmap.mmap(opened.fileno(), MOMENT.size, access=mmap.ACCESS_READ)

    def __call__(self) -> datetime:
        """The moment in the file, aware UTC."""
        return EPOCH + timedelta(microseconds=MOMENT.unpack(self._moment[:])[0])


def clock_of(file: Path | None) -> Clock:
    """The clock to live by: the real one, if no file is named."""
    return wall_clock if file is None else FileClock(file)
