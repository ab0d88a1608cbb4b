"""A whole round by mail: its letters to one person form one conversation, and what goes to many says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from mail import addresses
from mail.letters import Sender, compose
from scheduler import jobs
from store import schema
from store.database import Database
from store.outbox import Letter
from store.tables import OutboxRow
from tests.town import ERIKA, HOUSE, MAX, OFFICE, Town

HOUR = timedelta(hours=1)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    url = f"sqlite:///{tmp_path / 'round.db'}"
    database = Database(url)
    schema.prepare(database.engine, url)
    yield Town(database).settle()
    database.close()


def play(town: Town) -> None:
    """A round up to its dossier; Erika answers the first reminder, Max never says a word."""
    town.meeting(days=24)
    while not _keys(town, ERIKA, "dossier:"):
        town.at += HOUR
        town.database.write_now(lambda session: jobs.beat(session, HOUSE, town.at))
        if len(_keys(town, ERIKA, "nudge:")) == 2 and not _keys(town, ERIKA, "answer:"):
            town.reply(ERIKA, "M1: 60 %")


def _keys(town: Town, email: str, prefix: str) -> list[str]:
    return [row.dedupe_key for row in town.letters(email) if row.dedupe_key.startswith(prefix)]


def heads(town: Town, email: str) -> dict[str, list[Message]]:
    """The letters one address got, by the beginning of their key."""
    found: dict[str, list[Message]] = {}
    for row in town.letters(email):
        found.setdefault(row.dedupe_key.partition(":")[0], []).append(_letter(row))
    return found


def _letter(row: OutboxRow) -> Message:
    letter = Letter(row.id or 0, row.dedupe_key, row.channel, row.to, row.note, row.token, row.in_reply_to,
                    row.person_id, row.made_at, 1)  # fmt: skip
    return message_from_bytes(compose(letter, [], Sender(HOUSE.email, HOUSE.name), row.made_at))


def root(letter: Message) -> str:
    return str(letter["References"]).split()[0]


def test_question_reminder_receipt_and_dossier_are_one_conversation(town: Town) -> None:
    play(town)
    letters = heads(town, ERIKA)
    assert len(letters["nudge"]) >= 2
    [receipt], [dossier] = letters["answer"], letters["dossier"]
    [conversation] = {root(letter) for letter in [*letters["nudge"], receipt, dossier]}
    assert receipt["In-Reply-To"] == "<letter@example.org>"
    assert dossier["In-Reply-To"] == conversation
    assert conversation != root(heads(town, MAX)["nudge"][0])
    assert root(heads(town, OFFICE)["nudge"][0]) == root(heads(town, OFFICE)["dossier"][0])  # the interim list, too


def test_an_answer_to_any_letter_of_a_round_still_names_that_letter(town: Town) -> None:
    play(town)
    for row in town.letters(ERIKA):
        reply, letter = Message(), _letter(row)
        reply["References"] = f"{letter['References'] or ''} {letter['Message-ID']}"
        assert addresses.find_token(reply, HOUSE.email) == row.token


def test_what_goes_to_many_names_its_series_and_a_receipt_does_not(town: Town) -> None:
    play(town)
    letters = heads(town, ERIKA)
    series = {kind: {str(letter["List-Id"]) for letter in found} for kind, found in letters.items()}
    house = "zukunftsplan.alliance.example.org"
    assert series["nudge"] == {f"<abfrage.{house}>"}
    assert series["dossier"] == {f"<zwischenstand.{house}>"}
    assert series["digest"] == {f"<wochenueberblick.{house}>"}
    assert series["answer"] == {"None"}
    assert {str(letter["List-Id"]) for letter in heads(town, OFFICE)["nudge"]} == {"None"}
