"""Letters that come back: the score of an address, its suspension, and the other channel."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alliance.bounces import Failure
from alliance.members import address_works
from store import outbox
from store.outbox import Outcome, Result
from store.tables import Address, Channel
from tests.town import CHATS, ERIKA, MAX, OFFICE, Town, words


def hard(email: str = ERIKA) -> Failure:
    return Failure(email, permanent=True, blames_address=True, status="5.1.1")


def soft(email: str = ERIKA) -> Failure:
    return Failure(email, permanent=False, blames_address=False, status="4.2.2")


def policy(email: str = ERIKA) -> Failure:
    return Failure(email, permanent=True, blames_address=False, status="5.7.1")


def sent(town: Town) -> str:
    """The token of a letter that has gone out to Erika."""
    town.letter(ERIKA, "STATUS")
    row = town.letters(ERIKA)[-1]

    def deliver(session: Session) -> None:
        for letter in outbox.claim(session, town.at, limit=99):
            outbox.finish(session, letter, Outcome(Result.SENT), town.at)

    town.database.write_now(deliver)
    return row.token


def comes_back(town: Town, token: str, *failures: Failure) -> bool:
    return town.database.write_now(lambda session: town.desk.returned(session, token, failures, town.at))


def is_dead(town: Town, email: str = ERIKA) -> bool:
    statement = select(Address.dead).where(Address.email == email)
    return town.database.read_now(lambda session: session.exec(statement).one())


@pytest.mark.fault(26)
def test_an_unknown_address_is_left_alone_at_once_and_the_chat_takes_over(town: Town) -> None:
    token = sent(town)
    town.link(ERIKA)
    assert comes_back(town, token, hard())
    assert is_dead(town)
    assert town.bubbles(ERIKA)[-1].token == token


def test_without_another_way_the_office_is_told_once_a_day(town: Town) -> None:
    token = sent(town)
    for _ in range(2):
        comes_back(town, token, hard())
    told = [row for row in town.letters(OFFICE) if row.dedupe_key.startswith("unreachable:")]
    assert len(told) == 1
    assert "Erika Beispiel ist nicht erreichbar" in words(town.last_letter(OFFICE))


@pytest.mark.fault(26)
def test_three_returns_for_now_within_thirty_days_wear_an_address_out(town: Town) -> None:
    token = sent(town)
    for _ in range(2):
        comes_back(town, token, soft())
        town.at += timedelta(days=2)
    assert not is_dead(town)
    comes_back(town, token, soft())
    assert is_dead(town)


@pytest.mark.fault(26)
def test_returns_for_now_are_forgotten_after_thirty_days(town: Town) -> None:
    token = sent(town)
    for _ in range(4):
        comes_back(town, token, soft())
        town.at += timedelta(days=16)
    assert not is_dead(town)


def test_a_server_that_warns_every_hour_counts_once_a_day(town: Town) -> None:
    token = sent(town)
    for _ in range(5):
        comes_back(town, token, soft())
        town.at += timedelta(hours=1)
    assert not is_dead(town)


@pytest.mark.fault(26)
def test_a_refusal_by_policy_says_nothing_about_the_address(town: Town) -> None:
    token = sent(town)
    town.link(ERIKA)
    assert comes_back(town, token, policy())
    assert not is_dead(town)
    assert town.bubbles(ERIKA)[-1].channel == Channel.TELEGRAM
    assert town.bubbles(ERIKA)[-1].to == str(CHATS[ERIKA])


@pytest.mark.parametrize(("token", "email"), [("a" * 16, ERIKA), ("", ERIKA), (None, MAX)])
def test_a_return_of_a_letter_we_did_not_send_there_is_not_believed(town: Town, token: str | None, email: str) -> None:
    own = sent(town)
    assert not comes_back(town, own if token is None else token, hard(email))
    assert not is_dead(town, email)


def test_a_reply_from_the_address_shows_that_it_works_again(town: Town) -> None:
    token = sent(town)
    comes_back(town, token, hard())
    town.letter(ERIKA, "unverändert", token)
    assert not is_dead(town)
    comes_back(town, token, soft())
    assert not is_dead(town)


def test_an_address_that_was_fine_stays_as_it_is(town: Town) -> None:
    town.database.write_now(lambda session: address_works(session, ERIKA))
    assert not is_dead(town)
