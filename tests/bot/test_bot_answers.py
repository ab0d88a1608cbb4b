"""Answers that cannot be shown at once, and databases that cannot store."""

from __future__ import annotations

import pytest
from sqlalchemy import text as sql
from sqlmodel import Session

from alliance.hearing import Voice
from alliance.notes import Note
from tests.bot.telegram_world import ERIKA, MAX, World, button, card, limit_pages
from texts import say

LATER = say("de", "telegram-later")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answers.FIRST_RETRY", 0.01)
    monkeypatch.setattr("bot.ingress.LONGEST_PAUSE", 0.05)
    monkeypatch.setattr("bot.deeds.DATABASE_PAUSES", (0.01,))


@pytest.mark.fault(50)
async def test_an_answer_is_shown_again_after_a_lost_connection(world: World) -> None:
    await world.door.start()
    world.api.drop_next("sendMessage")
    world.api.fail_next("sendMessage", 502, "Bad Gateway", times=2)
    assert (await world.said(ERIKA, "hallo")).html == "<b>gehört: hallo</b>"
    await world.door.stop()
    assert world.deeds() == ["hallo"]
    assert world.states() == ["done"]


@pytest.mark.fault(50)
async def test_an_answer_waits_out_a_429_while_others_are_answered(world: World) -> None:
    await world.door.start()
    world.api.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
    world.api.say(ERIKA, "hallo")
    await world.wait(lambda: any(method == "sendMessage" for method, _ in world.api.requests))
    await world.said(MAX, "hello")
    assert world.shown(ERIKA) == []
    await world.wait(lambda: world.texts(ERIKA) == ["<b>gehört: hallo</b>"])


async def test_a_tap_is_answered_again_when_only_its_toast_was_lost(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    await world.door.start()
    shown = await world.said(ERIKA, "status")
    world.api.fail_next("answerCallbackQuery", 502, "Bad Gateway")
    assert await world.pressed(ERIKA, shown, "+ 20") == "gespeichert"
    edits = [method for method, _ in world.api.requests if method == "editMessageText"]
    assert len(edits) == 1


async def test_what_was_not_shown_before_a_stop_is_shown_after_the_next_start(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    await world.door.start()
    shown = await world.said(ERIKA, "status")
    world.api.fail_next("editMessageText", 502, "Bad Gateway", times=1000)
    data = button(shown, "+ 20").data
    assert data is not None
    world.api.press(ERIKA, shown.message_id, data)
    await world.wait(lambda: world.api.toasts(ERIKA) == ["gespeichert"])
    await world.door.stop()
    assert world.states() == ["done", "acted"]
    world.api._faults.clear()
    await world.restart()
    await world.wait(lambda: world.shown(ERIKA)[0].edited)
    again = world.shown(ERIKA)[0]
    assert "60 %" in again.html
    assert await world.pressed(ERIKA, again, "+ 20") == "gespeichert"
    await world.door.stop()
    assert world.states() == ["done"] * 3
    assert world.deeds() == ["status", "ReportProgress", "ReportProgress"]


@pytest.mark.fault(50)
async def test_an_answer_that_telegram_refuses_is_not_tried_for_ever(world: World) -> None:
    await world.door.start()
    world.api.fail_next("sendMessage", 400, "Bad Request: can't parse entities")
    world.api.say(ERIKA, "eins")
    await world.said(ERIKA, "zwei")
    await world.door.stop()
    assert world.states() == ["done", "done"]
    assert world.texts(ERIKA) == ["<b>gehört: zwei</b>"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.fault(9)
async def test_a_full_disk_confirms_nothing_tells_people_and_recovers(world: World) -> None:
    await world.door.start()
    await world.said(ERIKA, "hallo")
    limit_pages(world, 0)
    lost = world.api.say(ERIKA, "wichtig " * 500)
    await world.wait(lambda: world.shown(ERIKA)[-1].text == LATER)
    assert world.api.confirmed < lost
    await world.until(healthy=False)
    limit_pages(world, 1000)
    await world.wait(lambda: world.api.confirmed >= lost and len(world.shown(ERIKA)) > 2)
    await world.until(healthy=True)
    assert [message.text for message in world.shown(ERIKA)].count(LATER) == 1
    assert len(world.deeds()) == 2


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_database_that_fails_in_the_deed_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter(range(5))
    heard = world.desk.listen

    def listen(session: Session, voice: Voice, text: str) -> Note:
        if next(failures, None) is not None:
            session.execute(sql("select * from nowhere"))
        return heard(session, voice, text)

    monkeypatch.setattr(world.desk, "listen", listen)
    await world.door.start()
    world.api.say(ERIKA, "hallo")
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    assert [message.text for message in world.shown(ERIKA)] == [LATER, "<b>gehört: hallo</b>"]
    await world.door.stop()
    assert world.states() == ["done"]


@pytest.mark.fault(15)
async def test_stopping_does_not_wait_for_a_held_poll(world: World) -> None:
    await world.door.start()
    await world.wait(lambda: world.api.polls_held == 1)
    await world.door.stop()
    await world.wait(lambda: world.api.polls_held == 0)


async def test_the_menu_is_set_per_language_and_for_the_office(world: World) -> None:
    from bot.menu import publish_menu, publish_office_menu

    world.api.say(ERIKA, "hallo")
    bot = world.application().bot
    async with bot:
        await publish_menu(bot, world.desk)
        await publish_office_menu(bot, world.desk, [ERIKA])
        world.api.fail_next("setMyCommands", 500, "Internal Server Error", times=2)
        await publish_menu(bot, world.desk)
    assert world.api.menu(ERIKA, "de") == [("hilfe", "?"), ("offen", "!")]
    assert world.api.menu(ERIKA, "en") == [("help", "?"), ("offen", "!")]
    assert world.api.menu(MAX, "de") == [("hilfe", "?")]
    assert world.api.menu(MAX, "en") == [("help", "?")]
