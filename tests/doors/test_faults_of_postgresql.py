"""PostgreSQL goes away in the middle of deeds, and its word of a commit gets lost: each deed counts once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, update
from sqlmodel import Session

from alliance.hearing import Voice
from alliance.notes import Note
from mail.incoming import IncomingLetters
from store import inbox
from store.database import Database
from store.inbox import Channel, InboxRow, Incoming, Received
from tests.bot.telegram_world import ERIKA, World, open_world
from tests.mail.mail_world import NOON, OWN, Clerk, deeds, letter, noon, outgoing, states
from tests.postgres import Postgres

LETTERS = 150
SAID = [f"M{number} fertig" for number in range(LETTERS)]


@pytest.fixture
def database(postgres: Postgres, migrated_postgresql: str) -> Iterator[Database]:
    database = Database(postgres.fresh_database(migrated_postgresql))
    yield database
    database.close()


@pytest.fixture
async def world(postgres: Postgres, migrated_postgresql: str) -> AsyncIterator[World]:
    async with open_world(postgres.fresh_database(migrated_postgresql)) as made:
        yield made


@contextmanager
def unheard_commits(database: Database, every: int, most: int = 1_000) -> Iterator[list[int]]:
    """The server commits, and the connection breaks before it has said so: every so many commits. Yields which."""
    commits, lost = 0, list[int]()

    def commit(connection: Connection) -> None:
        nonlocal commits
        commits += 1
        if commits % every == 0 and len(lost) < most:
            wire: Any = connection.connection.dbapi_connection
            wire.commit()
            wire.close()
            lost.append(commits)

    event.listen(database.engine, "commit", commit)
    yield lost
    event.remove(database.engine, "commit", commit)


def keep(database: Database) -> None:
    things = [Incoming(f"1:{n}", letter(text.encode(), number=n), str(n)) for n, text in enumerate(SAID)]
    database.write_now(lambda session: inbox.keep(session, Channel.MAIL, things, NOON))


@pytest.mark.fault(11)
async def test_letters_are_worked_off_once_while_the_server_crashes_and_comes_back(
    postgres: Postgres, database: Database
) -> None:
    crashes = {SAID[20], SAID[90]}

    class Unlucky(Clerk):
        """In the middle of two of the deeds the server crashes and comes back."""

        def listen(self, session: Session, voice: Voice, text: str) -> Note:
            note = super().listen(session, voice, text)
            if text in crashes:
                crashes.remove(text)
                postgres.restart("immediate")
            return note

    keep(database)
    assert await IncomingLetters(database, Unlucky(), OWN, noon).work_off() == 0
    assert crashes == set()
    assert deeds(database) == SAID
    assert len(outgoing(database)) == LETTERS
    assert {state for state, _ in states(database)} == {"done"}


@pytest.mark.fault(11)
async def test_a_letter_whose_commit_was_not_heard_of_has_one_effect_and_one_answer(database: Database) -> None:
    keep(database)
    with unheard_commits(database, every=2) as lost:
        assert await IncomingLetters(database, Clerk(), OWN, noon).work_off() == 0
    assert lost
    assert deeds(database) == SAID
    assert len(outgoing(database)) == LETTERS
    assert {state for state, _ in states(database)} == {"done"}


@pytest.mark.fault(11)
@pytest.mark.parametrize("every", [2, 3])
async def test_words_whose_commit_was_not_heard_of_are_done_once_and_answered(world: World, every: int) -> None:
    await world.door.start()
    with unheard_commits(world.database, every) as lost:
        for number in range(6):
            assert (await world.said(ERIKA, f"nr {number}")).html == f"<b>gehört: nr {number}</b>"
        await world.door.stop()
    assert lost
    assert world.deeds() == [f"nr {number}" for number in range(6)]
    assert world.states() == ["done"] * 6
    assert len(world.texts(ERIKA)) == 6


@pytest.mark.fault(11)
async def test_what_was_taken_up_in_a_commit_not_heard_of_is_worked_on_all_the_same(world: World) -> None:
    await world.door.start()
    await world.said(ERIKA, "hallo")
    await world.door.stop()
    again = update(InboxRow).values(state=Received.NEW, tries=0)  # as if the process had died before the deed
    world.database.write_now(lambda session: session.execute(again))
    world.door = world.new_door()
    with unheard_commits(world.database, every=1, most=3) as lost:
        await world.door.start()
        await world.wait(lambda: len(world.shown(ERIKA)) == 2)
        await world.door.stop()
    assert len(lost) == 3
    assert world.deeds() == ["hallo"] * 2
    assert world.states() == ["done"]
