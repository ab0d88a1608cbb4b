"""The list of erasures beside the database: told of every erasure, and completed with what it has missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from sqlmodel import Session

from alliance.privacy import forgetting_again
from store import erased
from store.database import Database
from store.erased import Forgotten

log = structlog.get_logger()


def keep(database: Database, folder: Path) -> None:
    """From now on write every erasure down in ``folder``."""
    database.on_forgotten(partial(erased.append, folder))


async def tidy(folder: Path, clock: Callable[[], datetime]) -> None:
    """Delete what is older than any backup, whether or not this assistant makes some."""
    erased.tidy(folder, clock().date())


def complete(database: Database, folder: Path) -> None:
    """Add what a crash, a full disk or another computer has kept from the list."""
    try:
        erased.append(folder, erased.missing(erased.read(folder), database.read_now(_forgotten)))
    except OSError as error:  # nobody is kept from working by it
        log.error("list of erasures not written", action="erased-list", error=type(error).__name__)  # noqa: TRY400


def _forgotten(session: Session) -> list[Forgotten]:
    return forgetting_again.forgotten(session)
