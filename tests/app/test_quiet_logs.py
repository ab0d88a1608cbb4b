"""Errors in the log say what and where, never in which words: those may be what people wrote, or a secret."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import logs
from store.database import Database
from store.tables import Address

ROOT = Path(__file__).parents[2]
UNMISTAKABLE = "Unverkennbar-7Qx9"
FAILING = """
    import asyncio, logging, structlog
    from app import logs

    logs.configure("debug")

    def fail():
        try:
            raise KeyError("Unverkennbar-7Qx9")
        except KeyError:
            raise ValueError("Unverkennbar-7Qx9")

    async def forgotten():
        asyncio.get_running_loop().set_exception_handler(logs.of_loop)
        task = asyncio.create_task(asyncio.to_thread(fail))
        await asyncio.wait([task])

    try:
        fail()
    except ValueError as error:
        structlog.get_logger().exception("a tick failed", action="tick-failed")
        logging.getLogger("aiohttp.server").error("Error handling request", exc_info=error)
    asyncio.run(forgotten())
"""


@pytest.mark.fault(63)
def test_whatever_fails_its_words_are_in_no_log() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FAILING)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    own, said, library, loop = done.stderr.splitlines()
    assert UNMISTAKABLE not in done.stderr
    assert said == "aiohttp.server: Error handling request"
    for line in (json.loads(own)["exception"], library, json.loads(loop)["exception"]):
        assert line.startswith("ValueError (")
        assert "KeyError (" in line
        assert " fail" in line


def test_a_broken_rule_of_the_database_does_not_tell_the_row(database: Database) -> None:
    def job(session: Session) -> None:
        session.add(Address(email=UNMISTAKABLE, person_id=4711))

    with pytest.raises(IntegrityError) as caught:
        database.write_now(job)
    told = logs.told(caught.value)
    assert (UNMISTAKABLE in str(caught.value) or "4711" in str(caught.value)) == (database.engine.name == "postgresql")
    assert told.startswith("IntegrityError (")
    assert "4711" not in told
    assert UNMISTAKABLE not in told
