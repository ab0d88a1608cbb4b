"""kill -9 of the whole program, at each named place and at any other: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import re
import signal
import smtplib
from collections import Counter
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path
from random import Random

import pytest

from alliance.intents import AssignMeasure
from demo.postoffice import HOST
from store.tables import Deed, InboxRow, OutboxRow, ProgressReport, Received, Sending
from tests.assistant import DONE_FOLDER, PATIENCE, Assistant, settled
from tests.town import CHATS, ERIKA, HOUSE, MAX, NAMES, OFFICE, Town

pytestmark = pytest.mark.xdist_group("crashes")

ROOT = Path(__file__).parents[2]
IN_A_CHAT = [
    "telegram-fetched",
    "telegram-kept",
    "telegram-before-deed",
    "telegram-before-commit",
    "telegram-committed",
]
IN_THE_MAILBOX = ["mail-fetched", "mail-kept", "mail-before-deed", "mail-before-commit"]
ON_THE_WAY_OUT = {"outbox-claimed": 1, "outbox-sent": 2}  # and how often it arrives
WAITING = 100  # messages
KILLS = 5


@pytest.fixture
async def assistant(tmp_path: Path, migrated_sqlite: Path) -> AsyncIterator[Assistant]:
    """Erika is in her chat, Max writes letters, M1 and M2 are hers, M3 is his."""
    async with settled(tmp_path, migrated_sqlite) as assistant:
        assistant.link(ERIKA)
        yield assistant


# --- what people do, and what becomes of it


async def send(assistant: Assistant, text: str, token: str = "") -> str:
    """Max sends a letter, with a token an answer to one of ours; returns its Message-ID."""
    letter = EmailMessage()
    letter["From"] = f"{NAMES[MAX]} <{MAX}>"
    letter["To"] = HOUSE.email.replace("@", f"+{token}@" if token else "@")
    letter["Subject"] = "AW: Messe"
    letter["Message-ID"] = f"<{len(assistant.post.letters(HOUSE.email))}@client.example.org>"
    letter.set_content(text)
    await asyncio.to_thread(post, assistant.post.smtp_port, letter)
    return str(letter["Message-ID"])


def post(port: int, letter: EmailMessage) -> None:
    with smtplib.SMTP(HOST, port) as connection:
        connection.send_message(letter)


def letter_to_answer(assistant: Assistant) -> str:
    """Max has got a letter about M3: the token that his answer will carry."""

    def job(town: Town) -> str:
        town.office(AssignMeasure(3, MAX))
        row = town.letters(MAX)[-1]
        row.state = Sending.SENT
        town.database.write_now(lambda session: session.merge(row))
        return row.token

    return assistant.in_town(job)


def mailed(assistant: Assistant, email: str, answering: str = "") -> list[Message]:
    """The letters to an address, or those of them that answer the letter with this Message-ID."""
    letters = [message_from_bytes(letter.raw) for letter in assistant.post.letters(email)]
    return [letter for letter in letters if not answering or letter["In-Reply-To"] == answering]


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


def received(assistant: Assistant) -> Counter[Received]:
    """How many of the things that came in stand where."""
    return Counter(row.state for row in assistant.rows(InboxRow))


async def filed(assistant: Assistant) -> None:
    """Wait until no letter lies in the INBOX any more."""
    await assistant.mailed(lambda: not assistant.post.folder(HOUSE.email, "INBOX"))


# --- each place that has a name


def test_every_place_with_a_name_is_tried_here() -> None:
    files = [file for file in ROOT.glob("[a-z]*/**/*.py") if file.relative_to(ROOT).parts[0] != "tests"]
    named = {name for file in files for name in re.findall(r'crash_point\(\s*"([^"]+)"', file.read_text())}
    assert named == {*IN_A_CHAT, *IN_THE_MAILBOX, *ON_THE_WAY_OUT}


@pytest.mark.parametrize("place", IN_A_CHAT)
async def test_words_in_a_chat_survive_a_kill(assistant: Assistant, place: str) -> None:
    assistant.api.say(CHATS[ERIKA], "M1 60 %")
    await assistant.start(crash_at=place)
    await assistant.wait_dead()
    assert assistant.bubbles(ERIKA) == []
    await assistant.start()
    await assistant.api.wait_for(lambda: bool(assistant.bubbles(ERIKA)), PATIENCE)
    await assistant.stop()
    assert understood(assistant, ERIKA) == [60]
    assert reported(assistant, 1) == [60]
    assert received(assistant) == {Received.DONE: 1}


@pytest.mark.parametrize("place", ["telegram-kept", "telegram-before-commit", "telegram-committed"])
async def test_a_tap_survives_a_kill_and_its_card_changes_in_place(assistant: Assistant, place: str) -> None:
    assistant.api.say(CHATS[ERIKA], "M1")
    await assistant.start(crash_at=f"{place}:2")
    await assistant.api.wait_for(lambda: bool(assistant.bubbles(ERIKA)), PATIENCE)
    card = assistant.bubbles(ERIKA)[0]
    half = next(button for row in card.buttons for button in row if "50" in button.text)
    assert half.data is not None
    assistant.api.press(CHATS[ERIKA], card.message_id, half.data)
    await assistant.wait_dead()
    await assistant.start()
    await assistant.api.wait_for(lambda: assistant.bubbles(ERIKA)[0].edited, PATIENCE)
    await assistant.stop()
    assert understood(assistant, ERIKA) == [50]
    assert len(assistant.bubbles(ERIKA)) == len(assistant.api.toasts(CHATS[ERIKA])) == 1
    assert reported(assistant, 1) == [50]
    assert received(assistant) == {Received.DONE: 2}


@pytest.mark.parametrize("place", IN_THE_MAILBOX)
async def test_a_letter_survives_a_kill(assistant: Assistant, place: str) -> None:
    answer = await send(assistant, "60 %", letter_to_answer(assistant))
    await assistant.start(crash_at=place)
    await assistant.wait_dead()
    assert mailed(assistant, MAX) == []
    await assistant.start()
    await assistant.mailed(lambda: bool(mailed(assistant, MAX, answer)))
    await filed(assistant)
    await assistant.stop()
    assert len(mailed(assistant, MAX)) == 1
    assert reported(assistant, 3) == [60]
    assert received(assistant) == {Received.DONE: 1}
    assert len(assistant.post.folder(HOUSE.email, DONE_FOLDER)) == 1


@pytest.mark.parametrize("place", ON_THE_WAY_OUT)
async def test_an_outgoing_letter_survives_a_kill(assistant: Assistant, place: str) -> None:
    assistant.in_town(lambda town: town.office(AssignMeasure(4, MAX)))
    await assistant.start(crash_at=place)
    await assistant.wait_dead()
    await assistant.start()
    await assistant.mailed(lambda: len(mailed(assistant, MAX)) == ON_THE_WAY_OUT[place])
    await assistant.stop()
    assert len(mailed(assistant, MAX)) == ON_THE_WAY_OUT[place]
    assert len({letter["Message-ID"] for letter in mailed(assistant, MAX)}) == 1
    assert [row.state for row in assistant.rows(OutboxRow)] == [Sending.SENT]


@pytest.mark.parametrize("place", ON_THE_WAY_OUT)
async def test_an_outgoing_bubble_survives_a_kill(assistant: Assistant, place: str) -> None:
    assistant.in_town(lambda town: town.office(AssignMeasure(4, ERIKA)))
    await assistant.start(crash_at=place)
    await assistant.wait_dead()
    await assistant.start()
    await assistant.api.wait_for(lambda: len(assistant.bubbles(ERIKA)) == ON_THE_WAY_OUT[place], PATIENCE)
    await assistant.stop()
    assert len(assistant.bubbles(ERIKA)) == ON_THE_WAY_OUT[place]
    assert [row.state for row in assistant.rows(OutboxRow)] == [Sending.SENT]


# --- at any moment


async def test_what_comes_while_the_assistant_is_down_is_done_once_and_in_order(assistant: Assistant) -> None:
    token = letter_to_answer(assistant)
    for percent in (10, 30, 20):
        assistant.api.say(CHATS[ERIKA], f"M1 {percent} %")
    answers = [await send(assistant, f"{percent} %", token) for percent in (40, 60, 50)]
    await assistant.start()
    await assistant.api.wait_for(lambda: len(assistant.bubbles(ERIKA)) == 3, PATIENCE)
    await assistant.mailed(lambda: len(mailed(assistant, MAX)) == 3)
    await filed(assistant)
    await assistant.stop()
    assert understood(assistant, ERIKA) == reported(assistant, 1) == [10, 30, 20]
    assert reported(assistant, 3) == [40, 60, 50]
    assert [len(mailed(assistant, MAX, answer)) for answer in answers] == [1, 1, 1]
    assert received(assistant) == {Received.DONE: 6}


async def test_a_backlog_survives_many_kills(assistant: Assistant) -> None:
    """Two people at once, so that a kill finds the one's answer sent and the other's words anywhere."""
    assistant.link(OFFICE)
    each = range(WAITING // 2)
    for percent in each:
        assistant.api.say(CHATS[ERIKA], f"M1 {percent} %")
        assistant.api.say(CHATS[OFFICE], f"M2 {percent} %")
    chance = Random(4711)
    for _ in range(KILLS):
        goal = len(assistant.bubbles(ERIKA)) + chance.randint(1, 6)
        await assistant.start(crash_at="never")
        await assistant.api.wait_for(lambda goal=goal: len(assistant.bubbles(ERIKA)) >= goal, PATIENCE)
        await assistant.kill()
    await assistant.start()
    for email in (ERIKA, OFFICE):
        await assistant.api.wait_for(lambda email=email: set(understood(assistant, email)) == set(each), PATIENCE)
    await assistant.stop()
    assert reported(assistant, 1) == reported(assistant, 2) == list(each)
    assert received(assistant) == {Received.DONE: WAITING}
