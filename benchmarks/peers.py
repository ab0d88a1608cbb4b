"""Bare bots on other libraries, from an environment of their own: it is made when it is first needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.bots import Program
from benchmarks.wire import TOKEN, Wire

AIOGRAM = "aiogram echo bot"

_HERE = Path(__file__).parent
_PINS = _HERE / "peers.txt"
_HOME = _HERE.parent / ".venv-peers"
_DONE = _HOME / ".installed"


def aiogram(wire: Wire) -> Program:
    """The bare bot on aiogram. Raises SystemExit when its environment cannot be made."""
    return Program(AIOGRAM, [str(_python()), str(_HERE / "aiogram_bot.py"), wire.base_url, TOKEN])


def _python() -> Path:
    python = _HOME / "bin" / "python"
    if not _DONE.exists() or _DONE.read_text() != _PINS.read_text():
        commands = (
            [sys.executable, "-m", "venv", str(_HOME)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
             "-r", str(_PINS)],
        )  # fmt: skip
        for command in commands:
            if subprocess.run(command, check=False).returncode:
                raise SystemExit("the other bots cannot be installed: python -m benchmarks.taps --without-peers")
        _DONE.write_text(_PINS.read_text())
    return python
