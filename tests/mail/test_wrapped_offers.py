"""A reply is read the same wherever the line with the offered answers was wrapped in our own letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alliance.intents import AddMeasure, AssignMeasure
from demo import replies
from demo.replies import Client
from mail.contents import Identity, contents
from mail.letters import Sender, compose
from scheduler import jobs
from store import outbox, schema
from store.database import Database
from tests.town import HOUSE, MAX, NAMES, START, Town

WORDS = "60 %, läuft"
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[bytes]]:
    """Receipts about measures whose numbers have one to four digits, and a digest that asks and tells news."""
    folder: Path = tmp_path_factory.mktemp("offers")
    database = Database(f"sqlite:///{folder / 'town.db'}")
    schema.prepare(database.engine, database.url)
    town = Town(database).settle()
    for number in (17, 148, 1048):
        town.office(AddMeasure(number, "Radweg", field="Infrastruktur"))
        town.office(AssignMeasure(number, MAX))
        town.reply(MAX, f"M{number}: 40 %")
    town.meeting(18)
    town.at += timedelta(days=7)
    database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))
    assert any(row.dedupe_key.startswith("digest:") for row in town.letters(MAX))
    sender = Sender(HOUSE.email, HOUSE.name, plus=True)
    yield [compose(outbox.letter_of(row), [], sender, START) for row in town.letters(MAX)]
    database.close()


@pytest.mark.parametrize("client", list(Client))
def test_no_offered_answer_is_taken_for_the_persons_words(letters: list[bytes], client: Client) -> None:
    for letter in letters:
        raw = replies.reply(letter, WORDS, client=client, sender=(NAMES[MAX], MAX), language="de", at=AT)
        assert contents(raw, Identity(HOUSE.email, ""), AT.date()).text == WORDS
