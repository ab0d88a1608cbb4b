"""kill -9 of the whole program, at each named place and at any other: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import re
import smtplib
import time
from collections import Counter
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from pathlib import Path
from random import randint

import pytest

from alliance.intents import AssignMeasure
from demo.postoffice import HOST
from demo.telegram import ChatMessage
from mail.filing import Folders
from store.tables import Deed, InboxRow, OutboxRow, ProgressReport, Received, Sending
from tests.assistant import PATIENCE, Assistant, letter_to_answer, settled
from tests.mail.gate import Gate
from tests.town import CHATS, ERIKA, HOUSE, MAX, NAMES, OFFICE
from texts import say

pytestmark = pytest.mark.xdist_group("crashes")

ROOT = Path(__file__).parents[2]
# where the program dies -> where it leaves what came in, or what goes out
IN_A_CHAT = {
    "telegram-fetched": [],
    "telegram-kept": [Received.NEW],
    "telegram-before-deed": [Received.NEW],
    "telegram-before-commit": [Received.NEW],
    "telegram-committed": [Received.ACTED],
}
IN_THE_MAILBOX = {
    "mail-fetched": [],
    "mail-kept": [Received.NEW],
    "mail-before-deed": [Received.NEW],
    "mail-before-commit": [Received.NEW],
}
# -> how often a letter and a bubble may arrive that are on their way together
ON_THE_WAY_OUT = {"outbox-claimed": {(1, 1)}, "outbox-sent": {(1, 2), (2, 1), (2, 2)}}

FAILED = say("de", "all-failed-title")
WAITING = 100  # messages
SLOW = 2.0  # seconds, longer than a stop takes that waits for nothing


@pytest.fixture
async def assistant(tmp_path: Path, migrated_sqlite: Path) -> AsyncIterator[Assistant]:
    """Erika is in her chat, Max writes letters, M1 and M2 are hers, M3 is his."""
    async with settled(tmp_path, migrated_sqlite) as assistant:
        assistant.link(ERIKA)
        yield assistant


# --- what people do, and what becomes of it


async def reply(assistant: Assistant, text: str, token: str) -> str:
    """Max answers one of our letters; returns the Message-ID of his."""
    letter = EmailMessage()
    letter["From"] = f"{NAMES[MAX]} <{MAX}>"
    letter["To"] = HOUSE.email.replace("@", f"+{token}@")
    letter["Subject"] = "AW: Messe"
    letter["Message-ID"] = f"<{len(assistant.post.letters(HOUSE.email))}@client.example.org>"
    letter.set_content(text)
    await asyncio.to_thread(post, assistant.post.smtp_port, letter)
    return str(letter["Message-ID"])


def post(port: int, letter: EmailMessage) -> None:
    with smtplib.SMTP(HOST, port) as connection:
        connection.send_message(letter)


def mailed(assistant: Assistant, email: str) -> list[Message]:
    """The letters that have arrived at an address."""
    return [message_from_bytes(letter.raw) for letter in assistant.post.letters(email)]


def subject(letter: Message) -> str:
    return str(make_header(decode_header(letter["Subject"])))


def understood(assistant: Assistant, email: str) -> list[int]:
    """The percentages that the receipts in a chat name."""
    shown = [re.search(r"Verstanden: (\d+) %", bubble.html) for bubble in assistant.bubbles(email)]
    return [int(found[1]) for found in shown if found]


def reported(assistant: Assistant, number: int) -> list[int]:
    """The percentages that were reported on a measure; its version and the history must tell the same."""
    measure = assistant.in_town(lambda town: town.measure(number))
    reports = [report.percent for report in assistant.rows(ProgressReport) if report.measure_id == measure.id]
    deeds = [deed for deed in assistant.rows(Deed) if deed.details == {"measures": [number]} and deed.what == "report"]
    assert len(reports) == len(deeds) == measure.version
    return reports


def received(assistant: Assistant) -> list[Received]:
    """Where each thing that came in stands, oldest first."""
    return [row.state for row in assistant.rows(InboxRow)]


def outgoing(assistant: Assistant) -> list[Sending]:
    """Where each thing that goes out stands, oldest first."""
    return [row.state for row in assistant.rows(OutboxRow)]


async def filed(assistant: Assistant, letters: int) -> None:
    """Wait until so many letters are filed and none lies in the INBOX."""
    folder = assistant.post.folder

    def all_filed() -> bool:
        filed = sum(len(folder(HOUSE.email, name)) for name in vars(Folders()).values())
        return filed == letters and not folder(HOUSE.email, "INBOX")

    await assistant.until(all_filed)


def data_of(message: ChatMessage, label: str) -> str:
    """What the button with this label sends."""
    return next(button.data for row in message.buttons for button in row if button.text == label and button.data)


# --- each place that has a name


def test_every_place_with_a_name_is_tried() -> None:
    files = [file for file in ROOT.glob("[a-z]*/**/*.py") if file.relative_to(ROOT).parts[0] != "tests"]
    named = {name for file in files for name in re.findall(r'crash_point\(\s*"([^"]+)"', file.read_text())}
    here = {*IN_A_CHAT, *IN_THE_MAILBOX, *ON_THE_WAY_OUT}
    others = "".join(file.read_text() for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__))
    assert here - named == set()
    assert [name for name in named - here if f'"{name}"' not in others] == []


@pytest.mark.parametrize("place", IN_A_CHAT)
@pytest.mark.fault(1, 2, 3)
async def test_words_in_a_chat_survive_a_kill(assistant: Assistant, place: str) -> None:
    assistant.api.say(CHATS[ERIKA], "M1 60 %")
    await assistant.start(crash_at=place)
    await assistant.wait_dead()
    assert received(assistant) == IN_A_CHAT[place]
    assert assistant.bubbles(ERIKA) == []
    await assistant.start()
    await assistant.api.wait_for(lambda: bool(assistant.bubbles(ERIKA)), PATIENCE)
    await assistant.stop()
    assert understood(assistant, ERIKA) == reported(assistant, 1) == [60]
    assert received(assistant) == [Received.DONE]


@pytest.mark.fault(2)
async def test_a_tap_survives_a_kill_and_its_card_changes_in_place(assistant: Assistant) -> None:
    assistant.api.say(CHATS[ERIKA], "M1")
    await assistant.start(crash_at="telegram-committed:2")
    await assistant.until(lambda: received(assistant) == [Received.DONE])
    card = assistant.bubbles(ERIKA)[0]
    assistant.api.press(CHATS[ERIKA], card.message_id, data_of(card, "50 %"))
    await assistant.wait_dead()
    assert received(assistant) == [Received.DONE, Received.ACTED]
    await assistant.start()
    await assistant.api.wait_for(lambda: assistant.bubbles(ERIKA)[0].edited, PATIENCE)
    await assistant.stop()
    assert understood(assistant, ERIKA) == reported(assistant, 1) == [50]
    assert len(assistant.bubbles(ERIKA)) == len(assistant.api.toasts(CHATS[ERIKA])) == 1
    assert received(assistant) == [Received.DONE] * 2


@pytest.mark.parametrize("place", IN_THE_MAILBOX)
@pytest.mark.fault(2, 3)
async def test_a_letter_survives_a_kill(assistant: Assistant, place: str) -> None:
    letter = await reply(assistant, "60 %", assistant.in_town(letter_to_answer))
    await assistant.start(crash_at=place)
    await assistant.wait_dead()
    assert received(assistant) == IN_THE_MAILBOX[place]
    assert mailed(assistant, MAX) == []
    await assistant.start()
    await assistant.until(lambda: bool(mailed(assistant, MAX)))
    await filed(assistant, 1)
    await assistant.stop()
    assert [answer["In-Reply-To"] for answer in mailed(assistant, MAX)] == [letter]
    assert reported(assistant, 3) == [60]
    assert received(assistant) == [Received.DONE]


@pytest.mark.parametrize("place", ON_THE_WAY_OUT)
@pytest.mark.fault(4, 5)
async def test_what_goes_out_survives_a_kill(assistant: Assistant, place: str) -> None:
    assistant.in_town(lambda town: [town.office(AssignMeasure(4, email)) for email in (MAX, ERIKA)])
    await assistant.start(crash_at=place)
    await assistant.wait_dead()
    assert outgoing(assistant) == [Sending.IN_FLIGHT] * 2
    await assistant.start()
    await assistant.until(lambda: outgoing(assistant) == [Sending.SENT] * 2)
    await assistant.stop()
    bubbles = [bubble for bubble in assistant.bubbles(ERIKA) if "Neu für Sie" in bubble.html]
    assert (len(mailed(assistant, MAX)), len(bubbles)) in ON_THE_WAY_OUT[place]
    assert len({letter["Message-ID"] for letter in mailed(assistant, MAX)}) == 1


# --- the same input again and again


@pytest.mark.fault(7)
async def test_words_that_kill_us_three_times_are_set_aside_and_the_next_are_heard(assistant: Assistant) -> None:
    assistant.api.say(CHATS[ERIKA], "M1 10 %")
    assistant.api.say(CHATS[ERIKA], "M1 20 %")
    for _ in range(3):
        await assistant.start(crash_at="telegram-before-deed")
        await assistant.wait_dead()
    await assistant.start()
    await assistant.api.wait_for(lambda: len(assistant.bubbles(ERIKA)) == 2, PATIENCE)
    await assistant.until(lambda: bool(mailed(assistant, OFFICE)))
    await assistant.stop()
    assert FAILED in assistant.bubbles(ERIKA)[0].html
    assert understood(assistant, ERIKA) == reported(assistant, 1) == [20]
    assert len(mailed(assistant, OFFICE)) == 1
    assert received(assistant) == [Received.QUARANTINED, Received.DONE]


@pytest.mark.fault(7)
async def test_a_letter_that_kills_us_three_times_is_set_aside_and_the_next_is_heard(assistant: Assistant) -> None:
    token = assistant.in_town(letter_to_answer)
    letters = [await reply(assistant, f"{percent} %", token) for percent in (10, 20)]
    for _ in range(3):
        await assistant.start(crash_at="mail-before-deed")
        await assistant.wait_dead()
    await assistant.start()
    await assistant.until(lambda: len(mailed(assistant, MAX)) == 2 and bool(mailed(assistant, OFFICE)))
    await filed(assistant, 2)
    await assistant.stop()
    answers = {answer["In-Reply-To"]: subject(answer) for answer in mailed(assistant, MAX)}
    assert [FAILED in answers[letter] for letter in letters] == [True, False]
    assert reported(assistant, 3) == [20]
    assert len(mailed(assistant, OFFICE)) == 1
    assert received(assistant) == [Received.QUARANTINED, Received.DONE]


# --- at any moment


@pytest.mark.fault(14)
async def test_what_comes_while_the_assistant_is_down_is_done_once_and_in_order(assistant: Assistant) -> None:
    token = assistant.in_town(letter_to_answer)
    for percent in (10, 30, 20):
        assistant.api.say(CHATS[ERIKA], f"M1 {percent} %")
    letters = [await reply(assistant, f"{percent} %", token) for percent in (40, 60, 50)]
    await assistant.start()
    await assistant.api.wait_for(lambda: len(assistant.bubbles(ERIKA)) == 3, PATIENCE)
    await assistant.until(lambda: len(mailed(assistant, MAX)) == 3)
    await filed(assistant, 3)
    await assistant.stop()
    assert understood(assistant, ERIKA) == reported(assistant, 1) == [10, 30, 20]
    assert [answer["In-Reply-To"] for answer in mailed(assistant, MAX)] == letters
    assert reported(assistant, 3) == [40, 60, 50]
    assert received(assistant) == [Received.DONE] * 6


@pytest.mark.fault(1, 2)
async def test_a_backlog_survives_kills_at_any_moment(assistant: Assistant) -> None:
    assistant.link(OFFICE)
    each = list(range(WAITING // 2))
    for percent in each:
        assistant.api.say(CHATS[ERIKA], f"M1 {percent} %")
        assistant.api.say(CHATS[OFFICE], f"M2 {percent} %")
    for kill in KILLS:
        await kill(assistant, randint(2, 8))
    await assistant.start()
    await assistant.until(lambda: not {Received.NEW, Received.ACTED} & {*received(assistant)})
    await assistant.stop()
    assert received(assistant) == [Received.DONE] * WAITING
    assert reported(assistant, 1) == reported(assistant, 2) == each
    for email in (ERIKA, OFFICE):
        told = Counter(understood(assistant, email))
        assert sorted(told) == each
        assert told.total() <= len(each) + 2 * len(KILLS)


async def kill_from_outside(assistant: Assistant, more: int) -> None:
    """When Erika has seen so many more answers; what the program does for the other person may be anything."""
    heard = len({*understood(assistant, ERIKA)}) + more
    await assistant.launch()
    await assistant.api.wait_for(lambda: len({*understood(assistant, ERIKA)}) >= heard, PATIENCE)
    await assistant.kill()


async def kill_in_a_deed(assistant: Assistant, nth: int) -> None:
    """In the nth deed from now."""
    await assistant.start(crash_at=f"telegram-before-commit:{nth}")
    await assistant.wait_dead()


KILLS = (kill_from_outside, kill_in_a_deed, kill_from_outside, kill_in_a_deed, kill_from_outside)


# --- the end


@pytest.mark.fault(15)
async def test_a_stop_finishes_the_chat_answers_in_hand(assistant: Assistant) -> None:
    def look() -> None:
        if assistant.bubbles(ERIKA):  # and the program still waits for Telegram to say so
            unsubscribe()
            assistant.ask_to_stop()

    await assistant.start()
    unsubscribe = assistant.api.subscribe(look)
    for percent in (10, 20, 30):
        assistant.api.say(CHATS[ERIKA], f"M1 {percent} %")
    await assistant.wait_stopped()
    assert understood(assistant, ERIKA) == reported(assistant, 1) == [10, 20, 30]
    assert received(assistant) == [Received.DONE] * 3


@pytest.mark.fault(15)
async def test_a_stop_finishes_the_letter_in_hand(assistant: Assistant) -> None:
    assistant.in_town(lambda town: town.office(AssignMeasure(4, MAX)))
    with SlowServer(assistant) as server:
        assistant.smtp_port = server.smtp_port
        await assistant.start()
        await assistant.wait_stopped()
    assert len(mailed(assistant, MAX)) == 1
    assert outgoing(assistant) == [Sending.SENT]


class SlowServer(Gate):
    """Takes its time for a letter; meanwhile the program is asked to stop."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant.post.smtp_port)
        self._assistant = assistant

    def _upwards(self, data: bytes) -> bytes:
        if data.startswith(b"DATA"):
            self._assistant.ask_to_stop()
            time.sleep(SLOW)
        return super()._upwards(data)


@pytest.mark.fault(12)
async def test_a_second_assistant_on_the_same_file_names_the_first_and_leaves_it_alone(assistant: Assistant) -> None:
    await assistant.start()
    code, printed = await assistant.start_in_vain()
    assert code == 1
    assert f"Prozess {assistant.pid}" in printed
    assert "Traceback" not in printed
    assistant.api.say(CHATS[ERIKA], "M1 60 %")
    await assistant.api.wait_for(lambda: bool(assistant.bubbles(ERIKA)), PATIENCE)
    await assistant.stop()
    assert reported(assistant, 1) == [60]
