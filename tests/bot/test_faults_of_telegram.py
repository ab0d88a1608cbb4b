"""What must not break us at Telegram (50 to 52 of the faults) and no status code tells: silence, halves, a rival."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from alliance.notes import Note
from alliance.packing import pack
from bot.transport import Transport
from demo.telegram import BotApi
from store.outbox import Channel, Letter, Result
from tests.bot.telegram_world import ERIKA, MAX, NOON, World
from tests.waiting import until

ONCE = "<b>gehört: hallo</b>"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answers.FIRST_RETRY", 0.01)
    monkeypatch.setattr("bot.ingress.LONGEST_PAUSE", 0.0)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer of the server is awaited for a moment only."""
    monkeypatch.setattr(Transport, "read_timeout", property(lambda _self: 0.3))


def silence(api: BotApi) -> None:
    api.silence_next("sendMessage", after=True)


def half(api: BotApi) -> None:
    api.break_next("sendMessage")


@pytest.mark.fault(50)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", [silence, half])
async def test_no_answer_or_half_of_one_may_mean_sent_and_is_counted(world: World, fault: object) -> None:
    await world.door.start()
    await world.said(ERIKA, "hallo")
    letter = Letter(1, "key:1", Channel.TELEGRAM, str(ERIKA), pack(Note("Neuigkeit")), "token", "", 1, NOON, 1)
    assert callable(fault)
    fault(world.api)
    with capture_logs() as logs:
        outcome = await world.door.deliver(letter, [])
    assert (outcome.result, outcome.maybe_sent) == (Result.LATER, True)
    assert [entry["letter_id"] for entry in logs if entry.get("action") == "telegram-maybe-twice"] == [1]
    assert world.texts(ERIKA)[-1] == "<b>Neuigkeit</b>"


@pytest.mark.fault(50)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_silence_holds_up_one_chat_and_its_deed_is_done_once(world: World) -> None:
    await world.door.start()
    world.api.silence_next("sendMessage")
    world.api.say(ERIKA, "hallo")
    await world.wait(lambda: any(method == "sendMessage" for method, _ in world.api.requests))
    await world.said(MAX, "hello")
    await world.wait(lambda: world.texts(ERIKA) == [ONCE])
    await world.door.stop()
    assert sorted(world.deeds()) == ["hallo", "hello"]
    assert world.states() == ["done", "done"]


@pytest.mark.fault(50)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_updates_of_which_half_came_through_come_again_and_are_heard_once(world: World) -> None:
    world.api.say(ERIKA, "hallo")
    world.api.break_next("getUpdates")
    await world.door.start()
    await world.wait(lambda: world.texts(ERIKA) == [ONCE])
    await world.door.stop()
    assert world.deeds() == ["hallo"]


@pytest.mark.fault(52)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_rival_is_told_to_the_operator_and_polling_goes_on_once_it_has_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ingress.CONFLICT_PAUSE", 0.0)
    await world.door.start()
    await world.wait(lambda: world.api.polls_held == 1)
    rival = world.application().bot
    async with rival:
        with capture_logs() as logs:
            await rival.get_updates(timeout=0)
            await until(lambda: any(entry.get("action") == "telegram-conflict" for entry in logs))
    assert {entry["log_level"] for entry in logs if entry.get("action") == "telegram-conflict"} == {"error"}
    await world.said(ERIKA, "hallo")
    await world.until(healthy=True)
