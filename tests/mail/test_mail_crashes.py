"""Killed at the worst moments, the mail door loses nothing and does nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from demo.postoffice import PostOffice
from mail.mailbox import MailboxReader
from store import schema
from store.database import Database
from tests.mail.mail_world import DONE_FOLDER, ERIKA, HOUSE, deeds, letter, mailbox_settings, noon, states

ROOT = Path(__file__).parents[2]
LETTERS = 3
PATIENCE = 60.0  # seconds: two processes start and connect


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'mail.db'}"
    database = Database(url)
    schema.prepare(database.engine, url)
    database.close()
    return url


@contextmanager
def running(url: str, post: PostOffice, crash_at: str = "") -> Iterator[subprocess.Popen[bytes]]:
    arguments = [url, str(post.imap_port), str(post.smtp_port), crash_at]
    process = subprocess.Popen([sys.executable, "-m", "tests.mail.mail_process", *arguments], cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def look_once(url: str, post: PostOffice) -> None:
    """The first look ever, which sets the cursor to the present."""
    database = Database(url)
    reader = MailboxReader(mailbox_settings(post), database, lambda: None, noon)
    reader.start()
    assert reader.watching.wait(PATIENCE)
    reader.stop()
    database.close()


@pytest.mark.parametrize("place", ["mail-fetched", "mail-kept", "mail-before-deed", "mail-before-commit"])
@pytest.mark.fault(2)
def test_killed_at_any_place_each_letter_has_one_effect_and_one_answer(post: PostOffice, url: str, place: str) -> None:
    look_once(url, post)
    for number in range(LETTERS):
        post.deliver(HOUSE, letter(b"M%d fertig" % number, number=number))
    with running(url, post, crash_at=place) as process:
        assert process.wait(PATIENCE) == -signal.SIGKILL
    with running(url, post):
        post.wait_for(lambda: len(post.letters(ERIKA)) >= LETTERS, PATIENCE)
        post.wait_for(lambda: len(post.folder(HOUSE, DONE_FOLDER)) == LETTERS, PATIENCE)
    assert post.folder(HOUSE, "INBOX") == []
    assert len(post.letters(ERIKA)) == LETTERS
    database = Database(url)
    assert sorted(deeds(database)) == [f"M{number} fertig" for number in range(LETTERS)]
    assert states(database) == [("done", "")] * LETTERS
    database.close()
