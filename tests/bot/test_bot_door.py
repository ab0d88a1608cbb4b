"""People write, press and edit; the door answers, over real HTTP."""

from __future__ import annotations

import traceback

import pytest

from alliance.intents import Help
from alliance.notes import Action, Item, Note
from bot.door import TokenRefused, WebhookInPlace
from store import inbox
from store.inbox import Channel
from store.tables import Company, Keyboard, Person
from tests.bot.telegram_world import ERIKA, MAX, NOON, TOKEN, World, button, card

HOSTILE = "<b>&_*[]()~>#+-=|{}.! \"quoted\" 'n' &amp; </b>"


async def test_words_reach_the_desk_and_its_note_comes_back(world: World) -> None:
    await world.door.start()
    answer = await world.said(ERIKA, "Grüße")
    assert answer.html == "<b>gehört: Grüße</b>"
    voice = world.desk.voices[0]
    assert (voice.channel, voice.chat_id, voice.name, voice.language) == (
        Channel.TELEGRAM,
        ERIKA,
        "Erika Beispiel",
        "de",
    )
    assert voice.at == NOON
    assert voice.inbox_id == world.rows()[0].id
    await world.said(MAX, "hello")
    assert world.desk.voices[-1].language == "en"


async def test_commands_are_just_words_and_lose_the_name_of_the_bot(world: World) -> None:
    await world.door.start()
    await world.said(ERIKA, "/start Ab_3-x")
    await world.said(ERIKA, "/status@allianz_demo_bot")
    await world.said(ERIKA, "mail an a@b.example.org")
    assert world.deeds() == ["/start Ab_3-x", "/status", "mail an a@b.example.org"]


async def test_a_pressed_button_edits_its_card_in_place(world: World) -> None:
    world.desk.answers["status"] = Note("Ihre Maßnahmen", items=(card(40),))
    await world.door.start()
    shown = await world.said(ERIKA, "status")
    assert shown.html == "<b>M12 Radweg</b>\n▓▓▓▓░░░░░░ 40 %\nläuft"
    assert await world.pressed(ERIKA, shown, "+ 20") == "gespeichert"
    await world.wait(lambda: world.shown(ERIKA)[0].edited)
    again = world.shown(ERIKA)
    assert [message.message_id for message in again] == [shown.message_id]
    assert "60 %" in again[0].html
    assert await world.pressed(ERIKA, again[0], "+ 20") == "gespeichert"
    assert world.deeds() == ["status", "ReportProgress", "ReportProgress"]


async def test_of_several_bubbles_the_pressed_card_is_edited_and_the_rest_is_sent(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    both = Note("Übersicht", ("zwei",), items=(card(10), card(20, "M13 Baumallee")))
    world.desk.answers["Undo"] = both
    await world.door.start()
    shown = await world.said(ERIKA, "status")
    await world.pressed(ERIKA, shown, "Rückgängig")
    await world.wait(lambda: len(world.shown(ERIKA)) == 3)
    titles = {message.message_id: message.html.splitlines()[0] for message in world.shown(ERIKA)}
    assert titles.pop(shown.message_id) == "<b>M12 Radweg</b>"
    assert sorted(titles.values()) == ["<b>M13 Baumallee</b>", "<b>Übersicht</b>"]


@pytest.mark.fault(51)
async def test_a_bubble_that_is_gone_is_sent_anew(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    await world.door.start()
    shown = await world.said(ERIKA, "status")
    world.api.fail_next("editMessageText", 400, "Bad Request: message to edit not found")
    await world.pressed(ERIKA, shown, "+ 20")
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    assert "60 %" in world.shown(ERIKA)[1].html


@pytest.mark.fault(53)
async def test_forged_foreign_and_old_buttons_change_nothing(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    await world.door.start()
    of_erika = await world.said(ERIKA, "status")
    of_max = await world.said(MAX, "hallo")
    stolen = button(of_erika, "+ 20").data
    assert stolen is not None
    key = stolen.split(".", maxsplit=1)[0]
    for forged in (
        stolen,
        f"{key}.7",
        "x",
        f"{key}.x",
        "AAAAAAAAAAAAAAAA.0",
        f"{key}.-1",
        "'; drop table persons;--.0",
    ):
        world.api.press(MAX, of_max.message_id, forged)
    await world.wait(lambda: len(world.api.toasts(MAX)) == 7)
    world.database.write_now(lambda session: session.delete(session.get(Keyboard, key)))
    assert await world.pressed(ERIKA, of_erika, "+ 20") == "nicht mehr gültig"
    assert set(world.api.toasts(MAX)) == {"nicht mehr gültig"}
    assert world.deeds() == ["status", "hallo"]
    assert not any(message.edited for message in world.shown(MAX) + world.shown(ERIKA))


async def test_a_double_tap_is_answered_each_time(world: World) -> None:
    world.desk.answers["status"] = Note("Heute", items=(card(40),))
    await world.door.start()
    shown = await world.said(ERIKA, "status")
    data = button(shown, "+ 20").data
    assert data is not None
    for _ in range(20):
        world.api.press(ERIKA, shown.message_id, data)
    await world.wait(lambda: len(world.api.toasts(ERIKA)) == 20)
    await world.door.stop()
    assert len(world.shown(ERIKA)) == 1
    assert set(world.states()) == {"done"}


async def test_hostile_names_are_shown_as_written(world: World) -> None:
    item = Item(HOSTILE, (HOSTILE,), actions=(Action(HOSTILE, Help()),))
    world.desk.answers["zeig"] = Note(HOSTILE, (HOSTILE,), (item,), closing=(HOSTILE,))
    world.api.enter(ERIKA, HOSTILE)
    await world.door.start()
    world.api.say(ERIKA, "zeig")
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    shown = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert world.texts(ERIKA) == [f"<b>{shown}</b>\n{shown}", f"<b>{shown}</b>\n{shown}\n\n{shown}"]
    assert world.desk.voices[0].name == HOSTILE


async def test_a_long_note_is_split_and_keeps_its_buttons_at_the_end(world: World) -> None:
    lines = tuple(f"Zeile {number} " + "x" * 60 for number in range(120))
    world.desk.answers["lang"] = Note("Lang", lines, actions=(Action("Hilfe", Help()),))
    await world.door.start()
    world.api.say(ERIKA, "lang")
    await world.wait(lambda: len(world.shown(ERIKA)) == 3)
    parts = world.shown(ERIKA)
    assert "\n".join(part.text for part in parts) == "<b>Lang</b>\n" + "\n".join(lines)
    assert [len(part.buttons) for part in parts] == [0, 0, 1]


async def test_photos_and_edits_get_a_friendly_answer(world: World) -> None:
    await world.door.start()
    first = await world.said(ERIKA, "M12 60 %")
    world.api.send_photo(ERIKA)
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    world.api.edit(ERIKA, first.message_id - 1, "M12 70 %")
    await world.wait(lambda: len(world.shown(ERIKA)) == 3)
    assert world.texts(ERIKA)[1:] == ["<b>nur Text, nicht photo</b>", "<b>nur Text, nicht edited</b>"]
    assert world.deeds() == ["M12 60 %"]


@pytest.mark.fault(51)
async def test_who_blocks_the_bot_is_reached_by_mail_until_they_come_back(world: World) -> None:
    world.database.write_now(lambda session: session.add(Company(id=1, name="Beispiel GmbH", search_key="b")))
    world.database.write_now(
        lambda session: session.add(Person(id=1, name="E", company_id=1, telegram_id=ERIKA, joined_at=NOON))
    )

    def is_dead() -> bool:
        return world.database.read_now(lambda session: session.get_one(Person, 1).telegram_dead)

    await world.door.start()
    world.api.block(ERIKA)
    await world.wait(lambda: world.api.confirmed > 0)
    await world.restart()
    assert is_dead()
    world.api.unblock(ERIKA)
    await world.said(MAX, "danach")
    await world.door.stop()
    assert not is_dead()
    assert world.states() == ["done"] * 3


async def test_a_person_who_blocks_before_the_answer_is_noted_down(world: World) -> None:
    world.database.write_now(lambda session: session.add(Company(id=1, name="Beispiel GmbH", search_key="b")))
    world.database.write_now(
        lambda session: session.add(Person(id=1, name="E", company_id=1, telegram_id=ERIKA, joined_at=NOON))
    )
    world.api.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await world.door.start()
    world.api.say(ERIKA, "hallo")
    await world.wait(lambda: any(method == "sendMessage" for method, _ in world.api.requests))
    await world.said(MAX, "hallo")
    await world.door.stop()
    assert world.database.read_now(lambda session: session.get_one(Person, 1).telegram_dead)
    assert world.states() == ["done", "done"]


async def test_what_is_said_in_groups_is_neither_answered_nor_stored(world: World) -> None:
    await world.door.start()
    group = {"id": -100, "type": "group", "title": "Gruppe"}
    erika = {"id": ERIKA, "is_bot": False, "first_name": "Erika"}
    message = {"message_id": 1, "date": 0, "chat": group, "from": erika, "text": "geheim"}
    world.api.push({"message": message})
    world.api.push(
        {"callback_query": {"id": "1", "from": erika, "chat_instance": "1", "message": message, "data": "x"}}
    )
    await world.said(ERIKA, "hallo")
    assert world.deeds() == ["hallo"]
    assert len(world.rows()) == 1


async def test_a_service_message_is_filed_without_an_answer(world: World) -> None:
    await world.door.start()
    chat = {"id": ERIKA, "type": "private", "first_name": "Erika"}
    sender = {"id": ERIKA, "is_bot": False, "first_name": "Erika"}
    timer = {"message_auto_delete_time": 86400}
    world.api.push(
        {
            "message": {
                "message_id": 9,
                "date": 0,
                "chat": chat,
                "from": sender,
                "message_auto_delete_timer_changed": timer,
            }
        }
    )
    await world.said(ERIKA, "hallo")
    await world.door.stop()
    assert world.states() == ["ignored", "done"]


async def test_updates_of_one_person_are_heard_in_order(world: World) -> None:
    for number in range(60):
        for person in (ERIKA, MAX):
            world.api.say(person, f"{person} {number}")
    await world.door.start()
    await world.wait(lambda: len(world.shown(ERIKA)) == len(world.shown(MAX)) == 60)
    for person in (ERIKA, MAX):
        mine = [what for what in world.deeds() if what.startswith(f"{person} ")]
        assert mine == [f"{person} {number}" for number in range(60)]
        assert world.texts(person) == [f"<b>gehört: {person} {number}</b>" for number in range(60)]


@pytest.mark.parametrize(
    "malformed",
    [
        {"message": "no object"},
        {"message": {"message_id": 1, "chat": {"id": "x"}}},
        {"callback_query": {"id": 1, "from": [], "message": "none"}},
        {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 1, "type": "private"}}},
        {"message": None},
    ],
)
async def test_a_malformed_update_does_not_block_the_others(world: World, malformed: dict[str, object]) -> None:
    world.api.say(ERIKA, "davor")
    last = world.api.push(malformed)
    world.api.say(ERIKA, "danach")
    await world.door.start()
    await world.wait(lambda: len(world.shown(ERIKA)) == 2 and world.api.confirmed > last)
    assert world.deeds() == ["davor", "danach"]
    await world.door.stop()
    assert world.states()[1] in {"quarantined", "ignored"}


@pytest.mark.fault(39)
async def test_half_a_surrogate_pair_and_nul_are_stored_and_answered(world: World) -> None:
    await world.door.start()
    chat = {"id": ERIKA, "type": "private", "first_name": "E"}
    sender = {"id": ERIKA, "is_bot": False, "first_name": "E\ud800"}
    world.api.say(ERIKA, "hallo")
    world.api.push({"message": {"message_id": 99, "date": 0, "chat": chat, "from": sender, "text": "a\ud800\0b"}})
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    assert world.deeds() == ["hallo", "a?b"]


async def test_an_update_that_comes_twice_is_heard_once(world: World) -> None:
    await world.door.start()
    await world.said(ERIKA, "einmal")
    row = world.rows()[0]
    kept = world.database.write_now(
        lambda session: inbox.keep(
            session, Channel.TELEGRAM, [inbox.Incoming(row.external_id, row.raw), inbox.Incoming("1", b"{}")], NOON
        )
    )
    assert len(kept) == 1


async def test_a_handler_that_fails_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.deeds.PAUSES", (0.0, 0.0))
    world.desk.failures = {"hallo": 2}
    await world.door.start()
    await world.said(ERIKA, "hallo")
    assert world.deeds() == ["hallo"]
    await world.door.stop()
    assert world.states() == ["done"]


async def test_what_keeps_failing_is_set_aside_and_the_person_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.deeds.PAUSES", (0.0, 0.0))
    world.desk.failures = {"gift": 3}
    await world.door.start()
    assert (await world.said(ERIKA, "gift")).html == "<b>Das hat nicht geklappt</b>"
    assert (await world.said(ERIKA, "danach")).html == "<b>gehört: danach</b>"
    assert world.deeds() == ["danach"]
    await world.door.stop()
    assert world.states() == ["quarantined", "done"]
    assert world.rows()[0].tries == inbox.MAX_TRIES


async def test_papers_of_an_answer_follow_as_documents(world: World) -> None:
    from store.tables import Paper

    paper = Paper(id=7, name="Zwischenstand März.pdf", media_type="application/pdf", content=b"%PDF-1.7", made_at=NOON)
    world.database.write_now(lambda session: session.add(paper))
    world.desk.answers["bericht"] = Note("Zwischenstand", papers=(7,))
    await world.door.start()
    world.api.say(ERIKA, "bericht")
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    sent = world.shown(ERIKA)[1]
    assert sent.document_name == "Zwischenstand März.pdf"
    assert sent.file_id is not None
    assert world.api.document(sent.file_id) == ("Zwischenstand März.pdf", b"%PDF-1.7")


async def test_a_refused_token_is_told_without_the_token(world: World) -> None:
    world.door = world.new_door("4711:wrong")
    with pytest.raises(TokenRefused) as refused:
        await world.door.start()
    assert "4711:wrong" not in "".join(traceback.format_exception(refused.value))
    assert not world.door.healthy


async def test_a_webhook_in_place_is_not_taken_away_unless_told(world: World) -> None:
    bot = world.application().bot
    async with bot:
        await bot.set_webhook("https://bot.example.org/hook")
        with pytest.raises(WebhookInPlace):
            await world.door.start()
        assert (await bot.get_webhook_info()).url == "https://bot.example.org/hook"
        await world.door.stop()
        world.door = world.new_door(take_over=True)
        await world.door.start()
        await world.said(ERIKA, "hallo")
        assert (await bot.get_webhook_info()).url == ""


@pytest.mark.fault(52)
async def test_a_second_poller_is_noticed_and_makes_the_door_unhealthy(world: World) -> None:
    await world.door.start()
    await world.said(ERIKA, "hallo")
    await world.wait(lambda: world.api.polls_held == 1)
    assert world.door.healthy
    other = world.application().bot
    async with other:
        await other.get_updates(timeout=0)
    await world.wait(lambda: world.api.polls_held == 0)
    await world.until(healthy=False)


async def test_the_door_opens_without_a_network_and_works_when_it_is_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ingress.LONGEST_PAUSE", 0.0)
    port = int(world.api.base_url.split(":")[2].split("/")[0])
    await world.api.stop()
    await world.door.start()
    assert not world.door.healthy
    await world.api.start(port=port)
    await world.said(ERIKA, "hallo")
    assert world.door.healthy


@pytest.mark.fault(50)
async def test_polling_goes_on_after_errors_of_the_server(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ingress.LONGEST_PAUSE", 0.0)
    world.api.fail_next("getUpdates", 502, "Bad Gateway")
    world.api.drop_next("getUpdates")
    world.api.fail_next("getUpdates", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
    await world.door.start()
    await world.said(ERIKA, "hallo")


@pytest.mark.fault(63)
async def test_the_token_never_reaches_the_log(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    world.api.drop_next("sendMessage")
    world.api.fail_next("getUpdates", 502, "Bad Gateway")
    await world.door.start()
    await world.said(ERIKA, "mein Geheimnis")
    await world.door.stop()
    said = "".join(capfd.readouterr())
    assert "telegram-again" in said
    for secret in (TOKEN, "mein Geheimnis", "Erika", "Beispiel"):
        assert secret not in said
