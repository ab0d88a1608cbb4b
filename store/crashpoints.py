"""Named places where a test may kill the process; in production they do nothing."""

from __future__ import annotations

import os
import signal

_armed: dict[str, int] = {}


def arm(name: str, nth: int = 1) -> None:
    """Kill this process with SIGKILL when it reaches ``name`` for the nth time."""
    _armed[name] = nth


def arm_as(named: str) -> None:
    """Arm what the setting CRASH_AT names, "name" or "name:nth"; "" arms nothing."""
    if named:
        name, _, nth = named.partition(":")
        arm(name, int(nth or 1))


def crash_point(name: str) -> None:
    """Die here if a test has armed this place."""
    if name not in _armed:
        return
    _armed[name] -= 1
    if _armed[name] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
