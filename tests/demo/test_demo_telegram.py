"""The stand-in Bot API server, driven by the real python-telegram-bot over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from demo.telegram import BotApi, Button

TOKEN = "4711:demo"
ERIKA, MAX = 1001, 1002
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    server = BotApi(TOKEN, "allianz_demo_bot", clock=lambda: NOON)
    server.enter(ERIKA, "Erika", "Beispiel")
    server.enter(MAX, "Max", language_code="en")
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with bot_of(api) as client:
        yield client


def bot_of(api: BotApi, token: str = TOKEN) -> Bot:
    requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
    return Bot(
        token,
        base_url=api.base_url,
        base_file_url=api.base_file_url,
        request=requests[0],
        get_updates_request=requests[1],
    )


@asynccontextmanager
async def polling(app: App, errors: asyncio.Queue[TelegramError] | None = None) -> AsyncIterator[None]:
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=5, error_callback=errors.put_nowait if errors is not None else None)
        yield
        await app.updater.stop()
        await app.stop()


async def echo(update: Update, context: Context) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "no text")


def texts(api: BotApi, user_id: int) -> list[str]:
    return [message.text for message in api.chat(user_id) if message.from_bot]


def button(text: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


async def sent(bot: Bot, api: BotApi, text: str = "Frage", **kwargs: Any) -> Message:
    api.say(ERIKA, "hallo")
    return await bot.send_message(ERIKA, text, **kwargs)


# --- polling


async def test_a_polling_bot_answers_what_a_person_writes(api: BotApi, bot: Bot) -> None:
    app: App = Application.builder().bot(bot).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    async with polling(app):
        api.say(ERIKA, "Grüße & <Küsse>")
        await api.wait_for(lambda: texts(api, ERIKA) != [])
    assert texts(api, ERIKA) == ["Grüße & <Küsse>"]
    assert api.chat(ERIKA)[-1].html == "Grüße &amp; &lt;Küsse&gt;"
    assert texts(api, MAX) == []


async def test_a_deep_link_reaches_the_start_command_with_its_payload(api: BotApi, bot: Bot) -> None:
    seen: list[list[str]] = []

    async def start(update: Update, context: Context) -> None:
        seen.append(context.args or [])
        assert update.message is not None
        await update.message.reply_text("willkommen")

    app: App = Application.builder().bot(bot).build()
    app.add_handler(CommandHandler("start", start))
    async with polling(app):
        api.say(ERIKA, "/start Ab_3-x")
        await api.wait_for(lambda: texts(api, ERIKA) == ["willkommen"])
    assert seen == [["Ab_3-x"]]


async def test_a_pressed_button_reaches_the_bot_which_edits_the_message_in_place(api: BotApi, bot: Bot) -> None:
    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer("notiert")
        await query.edit_message_text(f"<b>{query.data}</b>", parse_mode="HTML", reply_markup=button("Zurück", "undo"))

    question = await sent(bot, api, "M12?", reply_markup=button("unverändert", "same"))
    app: App = Application.builder().bot(bot).build()
    app.add_handler(CallbackQueryHandler(pressed))
    async with polling(app):
        api.press(ERIKA, question.message_id, "same")
        await api.wait_for(lambda: api.chat(ERIKA)[-1].edited)
    shown = api.chat(ERIKA)[-1]
    assert (shown.message_id, shown.html) == (question.message_id, "<b>same</b>")
    assert shown.buttons == [[Button("Zurück", "undo", None)]]
    assert api.toasts(ERIKA) == ["notiert"]


async def test_an_edit_a_photo_and_a_name_reach_the_bot(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "alt")
    api.edit(ERIKA, api.chat(ERIKA)[0].message_id, "neu")
    api.send_photo(ERIKA)
    written, edited, photo = await bot.get_updates()
    assert written.effective_user is not None
    assert (written.effective_user.full_name, written.effective_user.language_code) == ("Erika Beispiel", "de")
    assert edited.edited_message is not None
    assert (edited.edited_message.text, edited.edited_message.edit_date) == ("neu", NOON)
    assert photo.message is not None
    assert photo.message.text is None
    content = await (await photo.message.photo[-1].get_file()).download_as_bytearray()
    assert content.startswith(b"\x89PNG")


async def test_commands_are_marked_in_utf_16_units(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "😀 /hilfe und/oder /plan@allianz_demo_bot")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert [entity.offset for entity in update.message.entities] == [3, 19]
    assert list(update.message.parse_entities().values()) == ["/hilfe", "/plan@allianz_demo_bot"]


async def test_updates_come_again_until_an_offset_confirms_them(api: BotApi, bot: Bot) -> None:
    first, second = api.say(ERIKA, "eins"), api.say(MAX, "zwei")
    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates(limit=1)] == [first]
    assert api.confirmed == 0
    assert [update.update_id for update in await bot.get_updates(offset=first + 1)] == [second]
    assert api.confirmed == first
    assert await bot.get_updates(offset=second + 1) == ()
    assert api.confirmed == second


async def test_a_negative_offset_keeps_the_newest_updates(api: BotApi, bot: Bot) -> None:
    ids = [api.say(ERIKA, str(number)) for number in range(3)]
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == ids[2:]
    assert api.confirmed == ids[1]


async def test_at_most_100_updates_come_at_once(api: BotApi, bot: Bot) -> None:
    for number in range(101):
        api.say(ERIKA, str(number))
    assert len(await bot.get_updates(limit=1000)) == 100


async def test_a_held_poll_ends_as_soon_as_something_happens(api: BotApi, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await api.wait_for(lambda: api.polls_held == 1)
    update_id = api.say(ERIKA, "da")
    async with asyncio.timeout(2):
        assert [update.update_id for update in await poll] == [update_id]


async def test_stopping_ends_held_polls_within_a_second(api: BotApi, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await api.wait_for(lambda: api.polls_held == 1)
    async with asyncio.timeout(1):
        await api.stop()
        assert await poll == ()


async def test_update_ids_start_from_the_clock(api: BotApi) -> None:
    assert api.say(ERIKA, "eins") == int(NOON.timestamp())
    assert api.say(ERIKA, "zwei") == int(NOON.timestamp()) + 1


async def test_only_allowed_updates_are_kept(api: BotApi, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    api.say(ERIKA, "unerwünscht")
    api.press(ERIKA, 1, "x")
    assert [update.message for update in await bot.get_updates()] == [None]
    await bot.get_updates(allowed_updates=[])
    api.say(ERIKA, "wieder da")
    assert len(await bot.get_updates()) == 2


async def test_a_malformed_update_arrives_as_it_is(api: BotApi, bot: Bot) -> None:
    update_id = api.push({"message": {"oops": 1}})
    with pytest.raises(KeyError):
        await bot.get_updates()
    async with aiohttp.ClientSession() as session, session.get(f"{api.base_url}{TOKEN}/getUpdates") as answer:
        assert (await answer.json())["result"] == [{"update_id": update_id, "message": {"oops": 1}}]


async def test_a_second_poll_ends_the_older_one_with_a_conflict(api: BotApi, bot: Bot) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=50))
    await api.wait_for(lambda: api.polls_held == 1)
    async with bot_of(api) as second:
        newer = asyncio.create_task(second.get_updates(timeout=50))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await older
        api.say(ERIKA, "wer bekommt es?")
        assert len(await newer) == 1


async def test_of_two_polling_applications_one_learns_of_the_conflict(api: BotApi) -> None:
    errors: asyncio.Queue[TelegramError] = asyncio.Queue()
    apps: list[App] = [Application.builder().bot(bot_of(api)).build() for _ in range(2)]
    async with polling(apps[0], errors), polling(apps[1], errors), asyncio.timeout(10):
        assert isinstance(await errors.get(), Conflict)


# --- webhook


class Receiver:
    """The bot's side of a webhook: keeps what arrives, answers with the next status, 200 when none is left."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str]] = []
        self.headers: list[tuple[str | None, str | None]] = []
        self.statuses: Iterator[int] = iter(())
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.headers.append(
            (request.headers.get("Content-Type"), request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        )
        update = Update.de_json(await request.json(), None)
        assert update.message is not None
        status = next(self.statuses, 200)
        self.arrived.append((update.message.text or "", str(status)))
        return web.Response(status=status)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    taken, server = Receiver(), web.Application()
    server.router.add_post("/hook", taken.take)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    taken.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield taken
    await runner.cleanup()


async def test_a_webhook_receives_updates_as_json_with_its_secret(api: BotApi, bot: Bot, receiver: Receiver) -> None:
    api.say(ERIKA, "vorher")
    await bot.set_webhook(receiver.url, secret_token="geheim-1")
    last = api.say(ERIKA, "nachher")
    await api.wait_for(lambda: api.confirmed == last)
    assert receiver.arrived == [("vorher", "200"), ("nachher", "200")]
    assert receiver.headers == [("application/json", "geheim-1")] * 2


async def test_a_bot_behind_a_webhook_answers_the_person(api: BotApi, bot: Bot) -> None:
    app: App = Application.builder().bot(bot).updater(None).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))

    async def take(request: web.Request) -> web.Response:
        await app.process_update(Update.de_json(await request.json(), app.bot))
        return web.Response()

    server = web.Application()
    server.router.add_post("/hook", take)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with app:
        await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        api.say(ERIKA, "hallo")
        await api.wait_for(lambda: texts(api, ERIKA) == ["hallo"])
    await runner.cleanup()


async def test_a_refused_webhook_is_retried_without_overtaking_in_its_chat(
    api: BotApi, bot: Bot, receiver: Receiver
) -> None:
    receiver.statuses = iter((500, 302, 200))
    await bot.set_webhook(receiver.url)
    api.say(ERIKA, "eins")
    last = api.say(ERIKA, "zwei")
    await api.wait_for(lambda: api.confirmed == last)
    assert receiver.arrived == [("eins", "500"), ("eins", "302"), ("eins", "200"), ("zwei", "200")]
    assert receiver.headers[0] == ("application/json", None)


async def test_the_webhook_info_tells_what_waits_and_why(api: BotApi, bot: Bot, receiver: Receiver) -> None:
    receiver.statuses = iter([500] * 1000)
    await bot.set_webhook(receiver.url, allowed_updates=["message"])
    api.say(ERIKA, "eins")
    await api.wait_for(lambda: receiver.arrived != [])
    await api.changed.wait_for(lambda: len(receiver.arrived) > 1)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.allowed_updates) == (receiver.url, 1, ("message",))
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    await bot.delete_webhook(drop_pending_updates=True)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("", 0)


async def test_polling_is_a_conflict_while_a_webhook_is_set(api: BotApi, bot: Bot, receiver: Receiver) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await api.wait_for(lambda: api.polls_held == 1)
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_outlives_a_restart_of_the_server(api: BotApi, bot: Bot, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)
    await api.stop()
    last = api.say(ERIKA, "inzwischen")
    assert receiver.arrived == []
    await api.start()
    await api.wait_for(lambda: api.confirmed == last)
    assert receiver.arrived == [("inzwischen", "200")]


# --- what the bot may not do


async def test_a_bot_cannot_write_first(api: BotApi, bot: Bot) -> None:
    for unknown in (ERIKA, 99):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(unknown, "Guten Tag")
    assert api.chat(ERIKA) == []


async def test_a_blocked_bot_is_refused_until_the_person_returns(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "hallo")
    api.block(ERIKA)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ERIKA, "Erinnerung")
    api.say(ERIKA, "/start")
    await bot.send_message(ERIKA, "willkommen zurück")
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]
    assert changes[-1] is None
    assert texts(api, ERIKA) == ["willkommen zurück"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<h1>Titel</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("ä < b", 'Unsupported start tag "" at byte offset 3'),
        ("ein <b", "Unclosed start tag at byte offset 4"),
        ("<b>fett", 'find end tag corresponding to start tag "b"'),
        ("fett</b>", "Unexpected end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br"'),
    ],
)
async def test_html_that_does_not_parse_is_refused(api: BotApi, bot: Bot, markup: str, reason: str) -> None:
    api.say(ERIKA, "hallo")
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(ERIKA, markup, parse_mode="HTML")
    assert refusal.value.message.startswith("Can't parse entities: ")
    assert reason.lower() in refusal.value.message  # python-telegram-bot lowers the letters
    assert texts(api, ERIKA) == []


@pytest.mark.parametrize(
    ("text", "kwargs", "reason"),
    [
        (" ", {}, "Message text is empty"),
        ("<b> </b>", {"parse_mode": "HTML"}, "Message text is empty"),
        ("x" * 4097, {}, "Message is too long"),
        ("x", {"parse_mode": "MarkdownV2"}, "Unsupported parse_mode"),
        ("x", {"reply_markup": button("ok", "ä" * 33)}, "Button_data_invalid"),
        ("x", {"reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("ok")]])}, "Text buttons are unallowed"),
        (
            "x",
            {"reply_markup": InlineKeyboardMarkup.from_column([InlineKeyboardButton("n", "tg://x")] * 101)},
            "too long",
        ),
        ("x", {"reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("ok", "ftp://x")]])}, "Wrong HTTP URL"),
    ],
)
async def test_messages_beyond_the_limits_are_refused(
    api: BotApi, bot: Bot, text: str, kwargs: dict[str, Any], reason: str
) -> None:
    api.say(ERIKA, "hallo")
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(ERIKA, text, **kwargs)
    assert texts(api, ERIKA) == []


async def test_what_is_just_within_the_limits_is_sent(api: BotApi, bot: Bot) -> None:
    text = f"<b>{'&lt;' * 4096}</b>"
    message = await sent(bot, api, text, parse_mode="HTML", reply_markup=button("ok", "ä" * 32))
    assert message.text == "<" * 4096


async def test_edits_that_change_nothing_or_find_nothing_are_refused(api: BotApi, bot: Bot) -> None:
    message = await sent(bot, api, "<b>gleich</b>", parse_mode="HTML", reply_markup=button("ok", "1"))
    same: dict[str, Any] = {"chat_id": ERIKA, "message_id": message.message_id, "parse_mode": "HTML"}
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>gleich</b>", reply_markup=button("ok", "1"), **same)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("neu", chat_id=ERIKA, message_id=999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("neu", chat_id=ERIKA, message_id=api.chat(ERIKA)[0].message_id)
    await bot.edit_message_text("gleich", reply_markup=button("ok", "1"), chat_id=ERIKA, message_id=message.message_id)
    await bot.edit_message_reply_markup(ERIKA, message.message_id, reply_markup=None)
    assert api.chat(ERIKA)[-1].buttons == []
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(ERIKA, message.message_id, reply_markup=None)


async def test_a_deleted_message_is_gone_and_its_button_still_reports(api: BotApi, bot: Bot) -> None:
    message = await sent(bot, api, "weg", reply_markup=button("ok", "1"))
    await bot.delete_message(ERIKA, message.message_id)
    assert texts(api, ERIKA) == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ERIKA, message.message_id)
    api.press(ERIKA, message.message_id, "1")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


async def test_an_unknown_callback_query_is_too_old_and_a_second_answer_is_not_shown(api: BotApi, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("12345", "zu spät")
    query_id = api.press(ERIKA, 1, "x")
    await bot.answer_callback_query(query_id, "eins")
    await bot.answer_callback_query(query_id, "zwei")
    await bot.answer_callback_query(api.press(ERIKA, 1, "y"))
    assert api.toasts(ERIKA) == ["eins", ""]


async def test_a_wrong_token_and_an_unknown_method_are_refused(api: BotApi, bot: Bot) -> None:
    stranger = bot_of(api, "4711:wrong")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.get_user_profile_photos(ERIKA)


# --- faults


async def test_a_flood_is_answered_with_the_time_to_wait(
    api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    api.say(ERIKA, "hallo")
    api.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", {"retry_after": 3}, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as refusal:
            await bot.send_message(ERIKA, "eins")
        assert refusal.value.retry_after == timedelta(seconds=3)
    await bot.send_message(ERIKA, "zwei")
    assert texts(api, ERIKA) == ["zwei"]
    assert [method for method, _ in api.requests] == ["getMe"] + ["sendMessage"] * 3


async def test_a_moved_chat_and_a_broken_server_are_reported(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "hallo")
    api.fail_next("sendMessage", 400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1001})
    api.fail_next("sendMessage", 500, "Internal Server Error")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(ERIKA, "x")
    assert moved.value.new_chat_id == -1001
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(ERIKA, "x")


@pytest.mark.parametrize(("after", "arrived"), [(False, []), (True, ["doch da"])])
async def test_a_dropped_connection_may_or_may_not_have_done_the_work(
    api: BotApi, bot: Bot, after: bool, arrived: list[str]
) -> None:
    api.say(ERIKA, "hallo")
    api.drop_next("sendMessage", after)
    with pytest.raises(NetworkError):
        await bot.send_message(ERIKA, "doch da")
    assert texts(api, ERIKA) == arrived


async def test_an_update_whose_answer_was_lost_comes_again(api: BotApi, bot: Bot) -> None:
    update_id = api.say(ERIKA, "hallo")
    api.drop_next("getUpdates", after=True)
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert [update.update_id for update in await bot.get_updates()] == [update_id]


async def test_the_server_comes_back_on_its_port_with_its_chats(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "hallo")
    port = int(api.base_url.removesuffix("/bot").rpartition(":")[2])
    await api.stop()
    with pytest.raises(NetworkError):
        await bot.send_message(ERIKA, "weg")
    await api.start(port=port)
    await bot.send_message(ERIKA, "wieder da")
    assert texts(api, ERIKA) == ["wieder da"]


# --- what is shown


async def test_html_comes_back_as_text_with_entities_and_is_shown_safely(api: BotApi, bot: Bot) -> None:
    source = (
        " 😀 <b>M12 <i>Radweg</i></b> &amp; <u>u</u><s>s</s> <code>&lt;x&gt;</code>"
        '<a href="https://example.org/?a=1&amp;b=&quot;2">Karte</a>'
        '<a href="javascript:alert(1)">nichts</a><blockquote>Zitat &nbsp;</blockquote>'
        '<pre><code class="language-python">1</code></pre> '
    )
    message = await sent(bot, api, source, parse_mode="HTML")
    assert message.text == "😀 M12 Radweg & us <x>KartenichtsZitat &nbsp;1"
    assert [(entity.type, message.parse_entity(entity)) for entity in message.entities] == [
        ("bold", "M12 Radweg"),
        ("italic", "Radweg"),
        ("underline", "u"),
        ("strikethrough", "s"),
        ("code", "<x>"),
        ("text_link", "Karte"),
        ("blockquote", "Zitat &nbsp;"),
        ("pre", "1"),
    ]
    assert message.entities[5].url == 'https://example.org/?a=1&b="2'
    assert message.entities[-1].language == "python"
    shown = api.chat(ERIKA)[-1]
    assert (shown.text, shown.parse_mode, shown.date) == (source, "HTML", NOON)
    assert shown.html == (
        " 😀 <b>M12 <i>Radweg</i></b> &amp; <u>u</u><s>s</s> <code>&lt;x&gt;</code>"
        '<a href="https://example.org/?a=1&amp;b=&quot;2">Karte</a>'
        "nichts<blockquote>Zitat &amp;nbsp;</blockquote><pre><code>1</code></pre> "
    )


async def test_a_document_is_shown_and_can_be_fetched(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "bericht")
    sheet = b"%PDF-1.7\r\n" + bytes(range(256))
    message = await bot.send_document(
        ERIKA, sheet, filename="Zwischenstand März.pdf", caption="<b>Bericht</b>", parse_mode="HTML"
    )
    shown = api.chat(ERIKA)[-1]
    assert (shown.document_name, shown.html) == ("Zwischenstand März.pdf", "<b>Bericht</b>")
    assert shown.file_id is not None
    assert api.document(shown.file_id) == ("Zwischenstand März.pdf", sheet)
    assert message.caption == "Bericht"
    assert message.document is not None
    assert message.document.mime_type == "application/pdf"
    assert await (await message.document.get_file()).download_as_bytearray() == sheet
    again = await bot.send_document(ERIKA, message.document.file_id)
    assert again.document is not None
    assert again.document.file_name == "Zwischenstand März.pdf"
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("neu", chat_id=ERIKA, message_id=message.message_id)


async def test_a_photo_must_be_a_picture(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "plan")
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ERIKA, b"no picture")
    message = await bot.send_photo(ERIKA, b"\x89PNG...", filename="plan.png", reply_markup=button("ok", "1"))
    assert message.photo[0].file_size == 7
    assert api.chat(ERIKA)[-1].document_name == "plan.png"


async def test_the_menu_follows_telegrams_precedence(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "hallo")
    private, own = BotCommandScopeAllPrivateChats(), BotCommandScopeChat(ERIKA)
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("hilfe", "Hilfe")], language_code="de")
    assert (api.menu(ERIKA, "de"), api.menu(MAX, "en")) == ([("hilfe", "Hilfe")], [("help", "Help")])
    await bot.set_my_commands([BotCommand("plan", "Plan")], scope=private)
    assert api.menu(ERIKA, "de") == [("plan", "Plan")]
    await bot.set_my_commands([BotCommand("buero", "Geschäftsstelle")], scope=own)
    assert (api.menu(ERIKA, "de"), api.menu(MAX, "de")) == ([("buero", "Geschäftsstelle")], [("plan", "Plan")])
    assert await bot.get_my_commands(scope=own) == (BotCommand("buero", "Geschäftsstelle"),)
    await bot.delete_my_commands(scope=own)
    await bot.delete_my_commands(scope=private)
    assert api.menu(ERIKA, "de") == [("hilfe", "Hilfe")]
    assert set(api.commands) == {"|default", "de|default"}
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Großes", "x")])
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([BotCommand("x", "x")], scope=BotCommandScopeChat(MAX))


async def test_the_other_methods_of_the_product_are_accepted(api: BotApi, bot: Bot) -> None:
    api.say(ERIKA, "hallo")
    assert await bot.send_chat_action(ERIKA, "typing")
    assert await bot.set_chat_menu_button()
    assert await bot.set_my_description("x")
    assert await bot.set_my_short_description("x")
    chat = await bot.get_chat(ERIKA)
    assert (chat.id, chat.full_name, chat.type) == (ERIKA, "Erika Beispiel", "private")
    assert bot.username == "allianz_demo_bot"
    assert bot.id == 4711


async def test_a_json_body_is_understood_and_method_names_ignore_case(api: BotApi) -> None:
    api.say(ERIKA, "hallo")
    body = {
        "chat_id": ERIKA,
        "text": "ok",
        "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "https://x.de"}]]},
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.base_url}{TOKEN}/SENDMESSAGE", json=body) as answer,
    ):
        assert (await answer.json())["result"]["chat"]["id"] == ERIKA
    assert api.chat(ERIKA)[-1].buttons == [[Button("a", None, "https://x.de")]]
    assert api.requests[-1][0] == "sendMessage"


async def test_listeners_hear_of_every_change_until_they_leave(api: BotApi) -> None:
    heard: list[int] = []
    leave = api.subscribe(lambda: heard.append(len(api.chat(ERIKA))))
    api.say(ERIKA, "eins")
    leave()
    api.say(ERIKA, "zwei")
    assert heard == [1]


async def test_waiting_in_vain_ends_with_a_timeout(api: BotApi) -> None:
    with pytest.raises(TimeoutError):
        await api.wait_for(lambda: False, timeout=0.01)
