"""Letters of the outbox on their way into chats, and what each error makes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alliance.intents import ReportProgress
from alliance.notes import Note
from alliance.packing import pack
from store.outbox import Channel, Letter, Outcome, Result
from tests.bot.telegram_world import ERIKA, MAX, NOBODY, NOON, World, card


@pytest.fixture(autouse=True)
async def opened(world: World) -> None:
    """The door is open, and both people have written."""
    await world.door.start()
    await world.said(ERIKA, "hallo")
    await world.said(MAX, "hallo")


def letter(to: int | str, note: Note, number: int = 1) -> Letter:
    return Letter(number, f"key:{number}", Channel.TELEGRAM, str(to), pack(note), "token", "", 1, NOON, 1)


async def deliver(world: World, to: int | str = ERIKA, note: Note = Note("Neuigkeit")) -> Outcome:  # noqa: B008
    return await world.door.deliver(letter(to, note), [])


async def test_a_letter_is_shown_with_buttons_that_work(world: World) -> None:
    outcome = await deliver(world, note=Note("Frage", items=(card(40),)))
    assert outcome == Outcome(Result.SENT)
    shown = world.shown(ERIKA)[-1]
    assert await world.pressed(ERIKA, shown, "+ 20") == "gespeichert"
    assert world.deeds()[-1] == ReportProgress.__name__


async def test_papers_are_sent_as_documents(world: World) -> None:
    note = pack(Note("Zwischenstand"))
    paper = ("Zwischenstand.pdf", "application/pdf", b"%PDF-1.7")
    sent = Letter(1, "k", Channel.TELEGRAM, str(ERIKA), note, "t", "", 1, NOON, 1)
    assert (await world.door.deliver(sent, [paper])).result == Result.SENT
    last = world.shown(ERIKA)[-1]
    assert last.document_name == "Zwischenstand.pdf"
    assert last.file_id is not None
    assert world.api.document(last.file_id)[1] == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("status", "description", "parameters", "result"),
    [
        (403, "Forbidden: bot was blocked by the user", None, Result.NO_WAY),
        (403, "Forbidden: user is deactivated", None, Result.NO_WAY),
        (403, "Forbidden: bot can't send messages to the user", None, Result.LATER),
        (400, "Bad Request: chat not found", None, Result.NO_WAY),
        (400, "Bad Request: message is not modified: specified new", None, Result.SENT),
        (400, "Bad Request: can't parse entities: secret", None, Result.REFUSED),
        (500, "Internal Server Error", None, Result.LATER),
        (502, "Bad Gateway", None, Result.LATER),
        (429, "Too Many Requests: retry after 9", {"retry_after": 9}, Result.LATER),
        (401, "Unauthorized", None, Result.LATER),
    ],
)
@pytest.mark.fault(50, 51)
async def test_each_refusal_has_its_outcome(
    world: World, status: int, description: str, parameters: dict[str, Any] | None, result: Result
) -> None:
    world.api.fail_next("sendMessage", status, description, parameters)
    outcome = await deliver(world)
    assert outcome.result == result
    assert not outcome.maybe_sent
    assert "secret" not in outcome.error
    assert (outcome.after is not None) == (status == 429)


async def test_a_person_who_never_wrote_cannot_be_reached(world: World) -> None:
    assert (await deliver(world, NOBODY)).result == Result.NO_WAY
    assert (await deliver(world, "erika@example.org")).result == Result.NO_WAY


@pytest.mark.fault(51)
async def test_a_person_who_blocked_the_bot_cannot_be_reached(world: World) -> None:
    world.api.block(ERIKA)
    assert (await deliver(world)).result == Result.NO_WAY


@pytest.mark.fault(50)
async def test_a_429_pauses_that_chat_and_others_go_on(world: World) -> None:
    world.api.fail_next("sendMessage", 429, "Too Many Requests: retry after 60", {"retry_after": 60})
    assert (await deliver(world)).after == timedelta(seconds=60)
    requests = len(world.api.requests)
    again = await deliver(world)
    assert again.result == Result.LATER
    assert again.after is not None
    assert timedelta(seconds=50) < again.after <= timedelta(seconds=60)
    assert len(world.api.requests) == requests
    assert (await deliver(world, MAX)).result == Result.SENT


@pytest.mark.fault(50)
async def test_a_break_after_sending_is_told_as_maybe_sent(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    world.api.drop_next("sendMessage", after=True)
    outcome = await deliver(world)
    assert (outcome.result, outcome.maybe_sent) == (Result.LATER, True)
    assert "maybe twice" in "".join(capfd.readouterr())


async def test_without_a_connection_nothing_was_sent(world: World) -> None:
    await world.door.stop()
    outcome = await deliver(world)
    assert (outcome.result, outcome.maybe_sent) == (Result.LATER, False)


@pytest.mark.fault(51)
async def test_a_moved_chat_is_followed_once(world: World) -> None:
    moved: dict[str, object] = {"migrate_to_chat_id": MAX}
    world.api.fail_next("sendMessage", 400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
    assert (await deliver(world)).result == Result.SENT
    assert world.texts(MAX)[-1] == "<b>Neuigkeit</b>"


async def test_a_second_try_goes_on_where_the_first_one_ended(world: World) -> None:
    note = letter(ERIKA, Note("Bericht", ("eins",)))
    paper = ("a.pdf", "application/pdf", b"%PDF")
    world.api.fail_next("sendDocument", 502, "Bad Gateway")
    assert (await world.door.deliver(note, [paper])).result == Result.LATER
    before = len(world.shown(ERIKA))
    assert (await world.door.deliver(note, [paper])).result == Result.SENT
    assert [message.document_name for message in world.shown(ERIKA)[before:]] == ["a.pdf"]
