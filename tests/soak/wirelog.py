"""The log of the wire: a line of JSON for each thing that goes in or comes out, with its simulated moment."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any


class WireLog:
    """Appended to from any thread; ``on_line`` hears of every line but the driver's own remarks."""

    def __init__(self, file: Path, clock: Callable[[], datetime]) -> None:
        self.file = file
        self.on_line: Callable[[], None] = lambda: None
        self._clock = clock
        self._open = file.open("w", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()
        self._numbers = count(1)

    def traffic(self, what: str, **values: Any) -> None:
        """Something the assistant did, or tried to do, on the wire."""
        self.remark(what, **values)
        self.on_line()

    def remark(self, what: str, **values: Any) -> None:
        """Something the world outside did: people's words, a kill, a dropped connection."""
        with self._lock:
            line = {"n": next(self._numbers), "at": self._clock().isoformat(), "what": what, **values}
            self._open.write(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Write down what is still in hand."""
        with self._lock:
            self._open.close()
