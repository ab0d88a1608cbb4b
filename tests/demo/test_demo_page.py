"""The demo's page as a newcomer's browser sees it: its data over HTTP, its live events, and the page in Chromium."""

from __future__ import annotations

import asyncio
import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from playwright.async_api import FrameLocator, Page, async_playwright, expect

from demo import replies
from demo.page import STATIC, Persona, page
from demo.postoffice import PostOffice
from demo.telegram import BotApi

Json = dict[str, Any]

MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TOKEN = "123:demo"
ASSISTANT = ("Zukunftsplan-Assistent", "assistent@example.org")
ERIKA = Persona("erika", "Erika Beispiel", {"de": "Stahlbau", "en": "Steel"}, 7001, "erika@firm.example")
MAX = Persona("max", "Max Muster", {"de": "Logistik", "en": "Logistics"}, None, "max@firm.example")
CAST = (ERIKA, MAX)
CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update")  # fmt: skip
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5f3e9a4b0000000049454e44ae426082"
)

browser_test = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


@dataclass
class PlannedClock:
    """A demo clock with a plan: moments, what happens then in two languages, and the doing of it."""

    moment: datetime = MORNING
    plan: dict[datetime, tuple[dict[str, str], Callable[[], None]]] = field(default_factory=dict)

    def now(self) -> datetime:
        return self.moment

    async def next_thing(self, language: str) -> tuple[datetime, str] | None:
        upcoming = min((at for at in self.plan if at > self.moment), default=None)
        return None if upcoming is None else (upcoming, self.plan[upcoming][0][language])

    async def jump(self, to: datetime) -> None:
        self.moment = to
        await asyncio.to_thread(self.plan[to][1])


@dataclass
class Stage:
    """The page with everything behind it, and a browser-like client in front."""

    bot: BotApi
    post: PostOffice
    clock: PlannedClock
    runner: web.AppRunner
    client: aiohttp.ClientSession
    offset: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def get(self, path: str) -> Any:
        async with self.client.get(self.url + path) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post_json(self, path: str, body: object, status: int = 200, **headers: str) -> Json:
        async with self.client.post(self.url + path, json=body, headers=headers) as answer:
            assert (answer.status, answer.content_type) == (status, "application/json"), await answer.text()
            found: Json = await answer.json()
            return found

    async def call_bot(self, method: str, **fields: object) -> Any:
        """Play the bot: one call of the Bot API over HTTP."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
        async with self.client.post(f"{self.bot.base_url}{TOKEN}/{method}", data=form) as answer:
            found = await answer.json()
            assert found["ok"], found
            return found["result"]

    async def ask(self, *labels: str) -> int:
        """A question with buttons in Erika's chat, which she has started; the result is the message's id."""
        keyboard = {"inline_keyboard": [[{"text": label, "callback_data": label.lower()} for label in labels]]}
        text = "<b>M12</b> Energie &amp; Klima?"
        sent = await self.call_bot("sendMessage", chat_id=7001, text=text, parse_mode="HTML", reply_markup=keyboard)
        return int(sent["message_id"])

    async def updates(self) -> list[Json]:
        """What people did since the last look; waits for something to happen."""
        found: list[Json] = await self.call_bot("getUpdates", timeout=10, offset=self.offset)
        self.offset = found[-1]["update_id"] + 1
        return found

    async def bring(self, person: Persona, letter: EmailMessage) -> None:
        await asyncio.to_thread(self.post.deliver, person.email, letter.as_bytes(), ASSISTANT[1])

    def assistants_letter(self) -> bytes:
        (letter,) = self.post.letters(ASSISTANT[1])
        return letter.raw


def letter_from_assistant(text: str = "Wie steht es um M12?", html: str = "") -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = f"{ASSISTANT[0]} <{ASSISTANT[1]}>"
    letter["Reply-To"] = "assistent+k3y@example.org"
    letter["Subject"] = "Maßnahme M12"
    letter["Message-ID"] = "<question-1@example.org>"
    letter.set_content(text)
    if html:
        letter.add_alternative(html, subtype="html")
    return letter


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    clock = PlannedClock()
    bot, post = BotApi(TOKEN, "plan_bot", clock.now), PostOffice({}, clock=clock.now).start()
    await bot.start()
    runner = web.AppRunner(page(CAST, bot, post, clock, ASSISTANT), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as client:
        yield Stage(bot, post, clock, runner, client)
    await runner.cleanup()
    await bot.stop()
    post.stop()


@asynccontextmanager
async def events(stage: Stage) -> AsyncIterator[Callable[[], Any]]:
    """Listen to the page's events; the result waits for the next one."""
    async with stage.client.get(stage.url + "/events") as stream:
        assert stream.content_type == "text/event-stream"

        async def following() -> Json:
            async with asyncio.timeout(10):
                while not (line := await stream.content.readline()).startswith(b"data: "):
                    assert line, "the stream ended"
            found: Json = json.loads(line.removeprefix(b"data: "))
            return found

        yield following


# --- what is served


async def test_the_page_is_served_with_a_policy_that_lets_nothing_in_from_outside(stage: Stage) -> None:
    for path, kind in {"/": "html", "/static/page.css": "css", "/static/page.js": "javascript"}.items():
        async with stage.client.get(stage.url + path) as answer:
            assert (answer.status, answer.content_type.partition("/")[2]) == (200, kind)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self'" in policy
            assert "http" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_text_exists_in_both_languages_with_the_same_blanks() -> None:
    texts = json.loads((STATIC / "texts.json").read_text("utf-8"))
    blanks = {language: {key: sorted(re.findall(r"{\w+}", text)) for key, text in texts[language].items()}
              for language in ("de", "en")}  # fmt: skip
    assert blanks["de"] == blanks["en"]


def test_every_text_the_page_asks_for_exists() -> None:
    texts = json.loads((STATIC / "texts.json").read_text("utf-8"))["de"]
    markup, script = (STATIC / "index.html").read_text("utf-8"), (STATIC / "page.js").read_text("utf-8")
    asked = set(re.findall(r'data-t(?:-\w+)?="([\w-]+)"', markup)) | set(re.findall(r'\bt\("([\w-]+)"', script))
    assert len(asked) > 40
    assert asked <= texts.keys()


async def test_the_world_tells_the_time_what_comes_next_and_who_is_who(stage: Stage) -> None:
    stage.clock.plan[MONDAY] = ({"de": "Wochenüberblick", "en": "weekly digest"}, lambda: None)
    world = await stage.get("/api/world?language=en")
    assert datetime.fromisoformat(world["now"]) == MORNING
    assert world["next"] == {"at": MONDAY.isoformat(), "text": "weekly digest"}
    assert [(p["name"], p["role"], p["telegram"]) for p in world["cast"]] == [
        ("Erika Beispiel", "Steel", True),
        ("Max Muster", "Logistics", False),
    ]


async def test_the_world_has_no_next_thing_when_nothing_is_planned(stage: Stage) -> None:
    assert (await stage.get("/api/world"))["next"] is None


# --- the chat


async def test_what_a_person_says_reaches_the_bot_and_the_answer_the_person(stage: Stage) -> None:
    await stage.post_json("/api/people/erika/start", {})
    await stage.post_json("/api/people/erika/say", {"text": "M12 60 % <fertig>"})
    assert [update["message"]["text"] for update in await stage.updates()] == ["/start", "M12 60 % <fertig>"]
    await stage.ask("Ja")
    messages = (await stage.get("/api/people/erika"))["chat"]["messages"]
    assert [(m["bot"], m["html"]) for m in messages[1:]] == [
        (False, "M12 60 % &lt;fertig&gt;"),
        (True, "<b>M12</b> Energie &amp; Klima?"),
    ]
    assert (await stage.get("/api/world"))["cast"][0]["messages"] == [messages[-1]["id"]]


async def test_a_pressed_button_reaches_the_bot_and_its_toast_and_edit_come_back(stage: Stage) -> None:
    await stage.post_json("/api/people/erika/start", {})
    message = await stage.ask("Unverändert", "Fertig")
    pressed = await stage.post_json("/api/people/erika/press", {"message": message, "data": "unverändert"})
    query = (await stage.updates())[-1]["callback_query"]
    assert (query["id"], query["data"]) == (pressed["callback"], "unverändert")
    await stage.call_bot("answerCallbackQuery", callback_query_id=query["id"], text="Notiert")
    await stage.call_bot("editMessageText", chat_id=7001, message_id=message, text="M12: unverändert")
    chat = (await stage.get("/api/people/erika"))["chat"]
    assert chat["toasts"] == ["Notiert"]
    assert [(m["edited"], m["html"], m["buttons"]) for m in chat["messages"][1:]] == [(True, "M12: unverändert", [])]


async def test_a_start_link_says_start_with_its_payload(stage: Stage) -> None:
    await stage.post_json("/api/people/erika/start", {"payload": "lk_4fJ-82"})
    assert [update["message"]["text"] for update in await stage.updates()] == ["/start lk_4fJ-82"]


async def test_the_menu_speaks_the_language_of_the_page(stage: Stage) -> None:
    for language, text in {"de": "Übersicht", "en": "Overview"}.items():
        commands = [{"command": "hilfe", "description": text}]
        await stage.call_bot("setMyCommands", commands=commands, language_code=language)
    assert (await stage.get("/api/people/erika?language=en"))["chat"]["menu"] == [["hilfe", "Overview"]]


PLAN = {"name": "Maßnahmen.xlsx", "data": b64encode(b"PK\0plan").decode()}


async def test_a_file_in_the_chat_reaches_the_bot_with_its_words(stage: Stage) -> None:
    await stage.post_json("/api/people/erika/say", {"text": "Der Plan", "file": PLAN})
    (update,) = await stage.updates()
    message = update["message"]
    assert (message["caption"], message["document"]["file_name"]) == ("Der Plan", "Maßnahmen.xlsx")
    file = await stage.call_bot("getFile", file_id=message["document"]["file_id"])
    async with stage.client.get(f"{stage.bot.base_file_url}{TOKEN}/{file['file_path']}") as answer:
        assert await answer.read() == b"PK\0plan"


@pytest.mark.parametrize("client", [None, "outlook", "thunderbird", "gmail"])
async def test_a_file_goes_along_with_a_letter_and_with_a_reply(stage: Stage, client: str | None) -> None:
    await stage.bring(MAX, letter_from_assistant())
    if client:
        path, body = "/api/people/max/inbox/0/reply", {"text": "", "client": client}
    else:
        path, body = "/api/people/max/letter", {"text": "Anbei.", "subject": "Plan", "recipient": ASSISTANT[1]}
    await stage.post_json(path, {**body, "file": PLAN})
    letter = message_from_bytes(stage.assistants_letter(), policy=default)
    assert isinstance(letter, EmailMessage)
    assert letter.defects == []
    (file,) = letter.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Maßnahmen.xlsx", b"PK\0plan")
    found = letter.get_body(("plain",))
    assert found is not None
    assert ("Wie steht es um M12?" if client else "Anbei.") in found.get_content()


async def test_an_invitation_is_listed_once(stage: Stage) -> None:
    letter = letter_from_assistant()
    letter.add_alternative("BEGIN:VCALENDAR", subtype="calendar", params={"method": "REQUEST"})
    letter.add_attachment(b"BEGIN:VCALENDAR", maintype="application", subtype="ics", filename="einladung.ics")
    await stage.bring(MAX, letter)
    assert [file["name"] for file in (await stage.get("/api/people/max/inbox/0"))["files"]] == ["einladung.ics"]


async def test_a_document_in_the_chat_can_be_opened(stage: Stage) -> None:
    stage.bot.say(7001, "/plan")
    form = aiohttp.FormData({"chat_id": "7001"})
    form.add_field("document", b"%PDF-1.7", filename="Zwischenstand.pdf", content_type="application/pdf")
    async with stage.client.post(f"{stage.bot.base_url}{TOKEN}/sendDocument", data=form) as answer:
        assert answer.status == 200
    message = (await stage.get("/api/people/erika"))["chat"]["messages"][-1]
    assert (message["document"], message["picture"]) == ("Zwischenstand.pdf", False)
    async with stage.client.get(f"{stage.url}/api/people/erika/documents/{message['id']}") as answer:
        assert (answer.content_type, await answer.read()) == ("application/pdf", b"%PDF-1.7")


async def test_a_person_without_telegram_has_a_mailbox_only(stage: Stage) -> None:
    assert await stage.get("/api/people/max") == {"chat": None, "inbox": [], "sent": []}
    refused = await stage.post_json("/api/people/max/say", {"text": "Hallo"}, status=400)
    assert refused == {"error": "this person does not use Telegram"}


# --- the mailbox


async def test_a_letter_is_listed_and_opened(stage: Stage) -> None:
    await stage.bring(MAX, letter_from_assistant(html="<p>Wie steht es um <b>M12</b>?</p>"))
    (listed,) = (await stage.get("/api/people/max"))["inbox"]
    assert (listed["subject"], listed["from"][0]["name"]) == ("Maßnahme M12", "Zukunftsplan-Assistent")
    opened = await stage.get("/api/people/max/inbox/0")
    assert opened["text"].strip() == "Wie steht es um M12?"
    assert "<b>M12</b>" in opened["html"]
    assert opened["files"] == []


@pytest.mark.parametrize("client", ["outlook", "thunderbird", "gmail"])
async def test_a_reply_goes_by_smtp_to_the_reply_address_with_the_question_quoted(stage: Stage, client: str) -> None:
    await stage.bring(MAX, letter_from_assistant())
    await stage.post_json("/api/people/max/inbox/0/reply?language=de", {"text": "M12: 60 %", "client": client})
    raw = stage.assistants_letter()
    assert b"Delivered-To: assistent+k3y@example.org" in raw
    assert replies.text_of(raw).startswith("M12: 60 %")
    assert "Wie steht es um M12?" in replies.text_of(raw)
    (sent,) = (await stage.get("/api/people/max"))["sent"]
    assert sent["to"][0]["email"] == "assistent+k3y@example.org"
    assert (await stage.get("/api/people/max/sent/0"))["text"].startswith("M12: 60 %")


async def test_a_new_letter_may_be_a_subject_alone(stage: Stage) -> None:
    letter = {"recipient": ASSISTANT[1], "subject": "BEITRETEN", "text": ""}
    await stage.post_json("/api/people/max/letter", letter)
    assert b"Subject: BEITRETEN" in stage.assistants_letter()


async def test_a_letter_the_post_office_refuses_is_told_and_not_among_the_sent(stage: Stage) -> None:
    stage.post.refuse["gone@example.org"] = "550 5.1.1 no such user"
    letter = {"recipient": "gone@example.org", "subject": "", "text": "Hallo"}
    refused = await stage.post_json("/api/people/max/letter", letter, status=502)
    assert "refused" in refused["error"]
    assert (await stage.get("/api/people/max"))["sent"] == []


async def test_enclosed_files_open_as_what_they_are_or_are_saved(stage: Stage) -> None:
    letter = letter_from_assistant()
    letter.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Übersicht.pdf")
    letter.add_attachment(b"<script>1</script>", maintype="text", subtype="html", filename="plan.html")
    await stage.bring(MAX, letter)
    files = (await stage.get("/api/people/max/inbox/0"))["files"]
    assert [(f["name"], f["size"]) for f in files] == [("Übersicht.pdf", 8), ("plan.html", 18)]
    kinds = []
    for number in (0, 1):
        async with stage.client.get(f"{stage.url}/api/people/max/inbox/0/files/{number}") as answer:
            kinds.append((answer.content_type, answer.headers["Content-Disposition"].partition(";")[0]))
    assert kinds == [("application/pdf", "inline"), ("application/octet-stream", "attachment")]


async def test_pictures_a_letter_carries_are_put_into_it(stage: Stage) -> None:
    letter = letter_from_assistant(html='<img src="cid:plan@example.org">')
    letter.get_payload()[1].add_related(  # type: ignore[union-attr, index]
        PIXEL, maintype="image", subtype="png", cid="<plan@example.org>", filename="plan.png"
    )
    await stage.bring(MAX, letter)
    opened = await stage.get("/api/people/max/inbox/0")
    assert 'src="data:image/png;base64,iVBOR' in opened["html"]
    assert opened["files"] == []


async def test_a_header_that_cannot_be_decoded_is_shown_as_it_stands(stage: Stage) -> None:
    raw = b"From: =?x-unknown?q?Erika?= <a@example.org>\r\nSubject: =?utf-8?b?=ZZ?= \xff\r\n\r\nHallo\r\n"
    await asyncio.to_thread(stage.post.deliver, MAX.email, raw)
    (listed,) = (await stage.get("/api/people/max"))["inbox"]
    assert listed["from"] == [{"name": "=?x-unknown?q?Erika?=", "email": "a@example.org"}]
    assert (await stage.get("/api/people/max/inbox/0"))["text"].strip() == "Hallo"


# --- live


async def test_a_letter_and_a_message_are_announced_for_their_person_alone(stage: Stage) -> None:
    stage.bot.say(7001, "/start")
    async with events(stage) as following:
        await stage.bring(MAX, letter_from_assistant())
        assert (await following())["people"] == ["max"]
        await stage.ask("Ja")
        assert (await following())["people"] == ["erika"]


async def test_what_changes_no_chat_is_not_announced(stage: Stage) -> None:
    async with events(stage) as following:
        await stage.call_bot("getMe")
        await stage.bring(MAX, letter_from_assistant())
        assert (await following())["people"] == ["max"]


async def test_a_jump_tells_what_happened_and_how_much_each_person_got(stage: Stage) -> None:
    raw = letter_from_assistant().as_bytes()
    digest = {"de": "Wochenüberblick", "en": "weekly digest"}

    def send_twice() -> None:
        stage.post.deliver(MAX.email, raw)
        stage.post.deliver(MAX.email, raw)

    stage.clock.plan[MONDAY] = (digest, send_twice)
    async with events(stage) as following:
        outcome = await stage.post_json("/api/jump", {"to": MONDAY.isoformat()})
        seen: set[str] = set()
        while not {"*", "max"} <= seen:
            seen |= set((await following())["people"])
    assert outcome == {
        "what": digest,
        "arrived": {"erika": {"messages": 0, "letters": 0}, "max": {"messages": 0, "letters": 2}},
    }
    assert datetime.fromisoformat((await stage.get("/api/world"))["now"]) == MONDAY


async def test_a_jump_to_what_is_no_longer_next_is_refused(stage: Stage) -> None:
    stage.clock.plan[MONDAY] = ({"de": "Wochenüberblick", "en": "weekly digest"}, lambda: None)
    later = (MONDAY + timedelta(days=1)).isoformat()
    await stage.post_json("/api/jump", {"to": later}, status=409)
    assert stage.clock.now() == MORNING


async def test_closing_the_demo_ends_the_event_streams(stage: Stage) -> None:
    async with stage.client.get(stage.url + "/events") as stream, asyncio.timeout(10):
        await stream.content.readline()
        await stage.runner.cleanup()
        assert b"data:" in await stream.content.read()


# --- who and what is let in


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/people/erika/say", {}),
        ("/api/people/erika/say", {"text": "  "}),
        ("/api/people/erika/say", {"text": 7}),
        ("/api/people/erika/say", {"text": "x" * 4097}),
        ("/api/people/erika/say", {"text": "\0"}),
        ("/api/people/erika/say", {"text": "\ud800"}),
        ("/api/people/erika/say", ["text"]),
        ("/api/people/erika/say", {"text": "", "file": {"name": "a.csv"}}),
        ("/api/people/erika/say", {"text": "", "file": {"name": "a.csv", "data": "?"}}),
        ("/api/people/erika/say", {"text": "", "file": {"name": "", "data": "YQ=="}}),
        ("/api/people/erika/say", {"text": "", "file": "a.csv"}),
        ("/api/people/erika/say", {"text": "x" * 1025, "file": {"name": "a.csv", "data": "YQ=="}}),
        ("/api/people/erika/press", {"message": "1", "data": "x"}),
        ("/api/people/erika/press", {"message": True, "data": "x"}),
        ("/api/people/erika/press", {"message": 1, "data": "x" * 65}),
        ("/api/people/erika/start", {"payload": "a b"}),
        ("/api/people/erika/start?language=fr", {"payload": None}),
        ("/api/people/max/letter", {"recipient": "a@b, c@d", "subject": "", "text": "x"}),
        ("/api/people/max/letter", {"recipient": "nobody", "subject": "", "text": "x"}),
        ("/api/people/max/letter", {"recipient": "a@example.org", "subject": "", "text": " "}),
        ("/api/people/max/letter", {"recipient": "a@example.org", "subject": "x\r\nBcc: b@example.org", "text": "x"}),
        ("/api/jump", {"to": "tomorrow"}),
        ("/api/jump", {"to": "2026-11-23T08:00:00"}),
    ],
)
async def test_nonsense_is_refused_with_a_reason(stage: Stage, path: str, body: object) -> None:
    refused = await stage.post_json(path, body, status=400)
    assert re.match(r"\w[^\n]{10,}", refused["error"])
    assert stage.post.letters(ASSISTANT[1]) == []
    assert stage.bot.chat(7001) == []


async def test_an_unknown_way_of_quoting_is_refused(stage: Stage) -> None:
    await stage.bring(MAX, letter_from_assistant())
    refused = await stage.post_json("/api/people/max/inbox/0/reply", {"text": "x", "client": "pine"}, status=400)
    assert refused == {"error": "client: one of outlook, thunderbird, gmail is needed"}


@pytest.mark.parametrize("body", [b"{", b"", b"[" * 100_000, b"\xff"])
async def test_a_body_that_is_no_json_is_refused(stage: Stage, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with stage.client.post(f"{stage.url}/api/people/erika/say", data=body, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "the body is no valid JSON"})


async def test_a_form_of_another_site_is_no_order(stage: Stage) -> None:
    async with stage.client.post(f"{stage.url}/api/people/erika/say", data={"text": "Hallo"}) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "the body must be application/json"})


@pytest.mark.parametrize("path", ["/api/people/nobody", "/api/people/max/inbox/0", "/api/people/max/sent/9", "/x"])
async def test_what_does_not_exist_is_not_found(stage: Stage, path: str) -> None:
    async with stage.client.get(stage.url + path) as answer:
        assert (answer.status, list(await answer.json())) == (404, ["error"])


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", "[", ""])
async def test_another_host_name_is_turned_away(stage: Stage, host: str) -> None:
    async with stage.client.get(f"{stage.url}/api/world", headers={"Host": host}) as answer:
        assert answer.status == 403


async def test_localhost_is_welcome(stage: Stage) -> None:
    async with stage.client.get(f"{stage.url}/api/world", headers={"Host": "localhost:8080"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_orders_of_another_site_are_refused(stage: Stage, origin: str) -> None:
    refused = await stage.post_json("/api/people/erika/say", {"text": "Hallo"}, status=403, Origin=origin)
    assert refused == {"error": "the demo takes orders only from its own page"}
    assert stage.bot.chat(7001) == []


async def test_orders_of_the_own_page_are_taken(stage: Stage) -> None:
    await stage.post_json("/api/people/erika/say", {"text": "Hallo"}, Origin=stage.url)
    assert [message.text for message in stage.bot.chat(7001)] == ["Hallo"]


# --- the page in a browser


Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def visit(stage: Stage) -> AsyncIterator[Visit]:
    """Open the page and end its tour; an error in its scripts fails the test."""
    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        async def open_page(**wishes: Any) -> Page:
            context = await browser.new_context(**{"locale": "de-DE", "reduced_motion": "reduce", **wishes})
            shown = await context.new_page()
            shown.on("pageerror", lambda error: errors.append(str(error)))
            await shown.goto(stage.url)
            await shown.locator("#guide .close").click()
            return shown

        yield open_page
        await browser.close()
    assert errors == []


def frame(shown: Page) -> FrameLocator:
    return shown.frame_locator("iframe")


class TestInTheBrowser:
    pytestmark = browser_test

    async def test_a_tap_is_answered_by_toast_and_edited_message(self, visit: Visit, stage: Stage) -> None:
        shown = await visit()
        await shown.get_by_role("button", name="Starten").click()
        assert [update["message"]["text"] for update in await stage.updates()] == ["/start"]
        message = await stage.ask("Unverändert")
        await shown.get_by_role("button", name="Unverändert").click()
        query = (await stage.updates())[-1]["callback_query"]
        await stage.call_bot("answerCallbackQuery", callback_query_id=query["id"], text="Notiert")
        await expect(shown.locator("#toast")).to_have_text("Notiert")
        await stage.call_bot("editMessageText", chat_id=7001, message_id=message, text="M12: unverändert")
        await expect(shown.locator(".message").last).to_contain_text("M12: unverändertbearbeitet")

    async def test_a_link_in_a_letter_prepares_the_answer(self, visit: Visit, stage: Stage) -> None:
        link = "mailto:assistent+k3y@example.org?subject=M12&body=60%20%25%0D%0Aa+b"
        await stage.bring(MAX, letter_from_assistant(html=f'<a href="{link}">60 %</a>'))
        shown = await visit()
        await shown.get_by_role("button", name="Max Muster").click()
        await shown.get_by_role("button", name="Maßnahme M12").click()
        await frame(shown).get_by_role("link", name="60 %").click()
        await expect(shown.get_by_label("An", exact=True)).to_have_value("assistent+k3y@example.org")
        await expect(shown.get_by_label("Betreff")).to_have_value("M12")
        await expect(shown.get_by_label("Ihr Text")).to_have_value("60 %\na+b")
        await shown.locator(".compose").get_by_role("button", name="Senden").click()
        await expect(shown.locator(".said")).to_be_visible()
        assert b"assistent+k3y@example.org" in stage.assistants_letter()

    async def test_a_chosen_file_is_sent_in_the_chat_and_with_a_letter(self, visit: Visit, stage: Stage) -> None:
        stage.bot.say(7001, "/start")
        shown = await visit()
        plan: Any = {"name": "plan.csv", "mimeType": "text/csv", "buffer": b"Nr;Titel\n"}
        await shown.get_by_label("Datei senden").set_input_files(plan)
        await expect(shown.locator("#log .document")).to_have_text("plan.csv")
        await shown.get_by_role("button", name="Max Muster").click()
        await shown.locator("#new-letter").click()
        await shown.locator("input[name=file]").set_input_files(plan)
        await shown.get_by_role("button", name="Senden", exact=False).last.click()
        await expect(shown.get_by_role("status").filter(has_text="unterwegs")).to_be_visible()
        assert b"plan.csv" in stage.assistants_letter()

    async def test_a_start_link_in_a_letter_starts_the_chat(self, visit: Visit, stage: Stage) -> None:
        letter = letter_from_assistant(html='<a href="https://t.me/plan_bot?start=lk_42">Telegram verbinden</a>')
        await stage.bring(ERIKA, letter)
        shown = await visit()
        await shown.get_by_role("button", name="Maßnahme M12").click()
        await frame(shown).get_by_role("link").click()
        await expect(shown.locator(".message.mine")).to_contain_text("/start lk_42")

    async def test_a_hostile_letter_runs_nothing_and_loads_nothing(self, visit: Visit, stage: Stage) -> None:
        spy = "https://evil.example/spy.png"
        html = (
            f"<script>top.document.title = 'hacked'</script><meta http-equiv=refresh content='0;url={spy}'>"
            f"<img src='{spy}' onerror=\"top.document.title = 'hacked'\">"
            "<a href=\"javascript:top.document.title='hacked'\">klick</a>"
        )
        await stage.bring(MAX, letter_from_assistant(html=html))
        shown = await visit()
        await shown.get_by_role("button", name="Max Muster").click()
        # the browser never reports requests of such a frame, but it does say which ones it has stopped
        async with shown.expect_console_message(lambda said: spy in said.text and "img-src data:" in said.text):
            await shown.get_by_role("button", name="Maßnahme M12").click()
        await frame(shown).get_by_text("klick").click()
        await expect(frame(shown).get_by_text("klick")).to_be_visible()
        await expect(shown).to_have_title("Zukunftsplan-Assistent – Demo")

    async def test_what_people_write_is_shown_as_written(self, visit: Visit, stage: Stage) -> None:
        nasty = "<img src=x onerror=alert(1)> & <b>fett</b>"
        stage.bot.say(7001, nasty)
        letter = {"recipient": ASSISTANT[1], "subject": nasty, "text": nasty}
        await stage.post_json("/api/people/erika/letter", letter)
        shown = await visit()
        await expect(shown.locator(".message.mine .bubble")).to_contain_text(nasty)
        await shown.get_by_role("button", name="Gesendet").click()
        await shown.locator(".entry").click()
        await expect(shown.locator(".letter h3")).to_have_text(nasty)
        await expect(shown.locator("pre.body")).to_contain_text(nasty)

    async def test_a_jump_moves_clock_badges_and_tells_what_came(self, visit: Visit, stage: Stage) -> None:
        raw = letter_from_assistant().as_bytes()
        digest = {"de": "Wochenüberblick", "en": "weekly digest"}
        stage.clock.plan[MONDAY] = (digest, lambda: stage.post.deliver(MAX.email, raw))
        shown = await visit()
        await expect(shown.locator("#clock")).to_have_text("Sonntag, 22. November 2026, 10:00 Uhr")
        await expect(shown.locator("#next")).to_have_text(
            "Als Nächstes: Montag, 23. November, 8:00 Uhr – Wochenüberblick"
        )
        await shown.get_by_role("button", name="Zum nächsten Ereignis").click()
        await expect(shown.locator("#clock")).to_have_text("Montag, 23. November 2026, 8:00 Uhr")
        await expect(shown.locator("#happened")).to_have_text("WochenüberblickMax Muster: 1 E-Mail")
        await expect(shown.locator(".person", has_text="Max Muster").locator(".badge")).to_have_text("1")
        await expect(shown.get_by_role("button", name="Zum nächsten Ereignis")).to_be_disabled()

    @pytest.mark.parametrize(("locale", "language", "title"), [("de-AT", "de", "Postfach"), ("fr-FR", "en", "Mailbox")])
    async def test_the_page_speaks_the_language_of_the_browser_and_can_change_it(
        self, visit: Visit, stage: Stage, locale: str, language: str, title: str
    ) -> None:
        shown = await visit(locale=locale)
        await expect(shown.locator("html")).to_have_attribute("lang", language)
        await expect(shown.locator("#mail h2")).to_have_text(title)
        await shown.get_by_role("button", name="English" if language == "de" else "Deutsch").click()
        await expect(shown.locator("html")).to_have_attribute("lang", "en" if language == "de" else "de")

    async def test_a_chat_needs_no_mouse(self, visit: Visit, stage: Stage) -> None:
        stage.bot.say(7001, "/start")
        await stage.updates()
        message = await stage.ask("Unverändert")
        shown = await visit()
        for _ in range(40):
            await shown.keyboard.press("Tab")
            if await shown.evaluate("document.activeElement.className") == "key":
                break
        await shown.keyboard.press("Enter")
        assert [update["callback_query"]["data"] for update in await stage.updates()] == ["unverändert"]
        undo = {"inline_keyboard": [[{"text": "Rückgängig", "callback_data": "undo"}]]}
        await stage.call_bot("editMessageText", chat_id=7001, message_id=message, text="Notiert", reply_markup=undo)
        await expect(shown.get_by_role("button", name="Rückgängig")).to_be_focused()
        await shown.get_by_role("textbox", name="Nachricht").focus()
        await shown.keyboard.type("M12 fertig")
        await shown.keyboard.press("Enter")
        await expect(shown.locator(".message.mine").last).to_contain_text("M12 fertig")

    @pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
    async def test_the_page_fits_every_screen(self, visit: Visit, stage: Stage, width: int) -> None:
        stage.bot.say(7001, "/start")
        await stage.ask("Läuft wie geplant", "Unverändert", "Verzögert")
        shown = await visit(viewport={"width": width, "height": 844})
        await shown.locator("#chat .key").first.wait_for()
        assert await shown.evaluate(OVERFLOWING) == []
        await expect(shown.locator(".tabs")).to_be_visible(visible=width < 760)
        await expect(shown.locator("#chat")).to_be_in_viewport()
        await expect(shown.locator("#mail")).to_be_visible(visible=width > 760)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_every_text_has_enough_contrast(self, visit: Visit, stage: Stage, scheme: str) -> None:
        stage.bot.say(7001, "/start")
        await stage.ask("Unverändert")
        await stage.bring(ERIKA, letter_from_assistant())
        await stage.bring(ERIKA, letter_from_assistant())
        shown = await visit(color_scheme=scheme)
        await shown.locator(".entry").first.click()
        await shown.get_by_role("button", name="Antworten").click()
        texts, faint = await shown.evaluate(CONTRASTS)
        assert texts > 40
        assert faint == []


# What is wider than its place; the row of persons is meant to be pushed sideways on a telephone
OVERFLOWING = """() => [...document.querySelectorAll("html, main, .bar, .wall, .log, .bubble, .key, .pane-head, .list")]
  .filter((node) => node.scrollWidth > node.clientWidth && node.checkVisibility())
  .map((node) => `${node.className || node.tagName} ${node.scrollWidth} > ${node.clientWidth}`)"""

# WCAG 2.2, 1.4.3: each text against each colour that may lie behind it, in a gradient all of its colours
CONTRASTS = r"""() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => sum + part * linear(c[i] / 255), 0);
  const behind = (node) => {
    if (!node) return [[255, 255, 255, 1]];
    const style = getComputedStyle(node), colour = read(style.backgroundColor);
    if (style.backgroundImage.includes("gradient")) return style.backgroundImage.match(/rgba?\([^)]*\)/g).map(read);
    return colour[3] === 1 ? [colour] : behind(node.parentElement).map((below) => over(colour, below));
  };
  const says = (node) => node.placeholder || [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const nodes = [...document.querySelectorAll("body *")].filter((node) => says(node) && node.checkVisibility()
    && !node.closest(".sr, .skip, :disabled, noscript"));
  const ratio = (node) => Math.min(...behind(node).map((below) => {
    const empty = node.placeholder && !node.value;
    const colour = read(getComputedStyle(node, empty ? "::placeholder" : null).color);
    const [dark, bright] = [light(over(colour, below)), light(below)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }));
  return [nodes.length, nodes.filter((node) => ratio(node) < 4.5).map((node) => `${ratio(node)} ${node.textContent}`)];
}"""
