"""Files in and pictures out: spreadsheets are fetched before they are heard, pictures are shown as such."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alliance import spreadsheets
from alliance.intents import Undo
from alliance.notes import Action, Calendar, Note
from alliance.packing import pack
from store.outbox import Channel, Letter, Result
from store.tables import Paper
from tests.bot.telegram_world import ERIKA, NOON, World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = b"\x89PNG\r\n\x1a\n picture"
PICTURE, PDF = ("Zwischenstand.png", "image/png", PNG), ("Zwischenstand.pdf", "application/pdf", b"%PDF-1.7")


async def sent(world: World, name: str, kind: str, content: bytes, caption: str = "") -> str:
    """A person sends a file; what they see then."""
    before = len(world.shown(ERIKA))
    world.api.send_document(ERIKA, name, kind, content, caption)
    await world.wait(lambda: len(world.shown(ERIKA)) > before)
    return world.texts(ERIKA)[-1]


def calls(world: World, method: str) -> int:
    return [name for name, _ in world.api.requests].count(method)


@pytest.mark.parametrize(
    ("name", "kind", "heard"),
    [
        ("Maßnahmen 2026.xlsx", XLSX, "Maßnahmen 2026.xlsx"),
        ("mitglieder.csv", "text/comma-separated-values", "mitglieder.csv"),
        ("PLAN.ODS", "application/octet-stream", "PLAN.ODS"),
        ("Plan", XLSX, "Plan.xlsx"),
        ("plan\n.xls", "", "plan .xls"),
    ],
)
async def test_a_spreadsheet_reaches_the_desk_as_it_is(world: World, name: str, kind: str, heard: str) -> None:
    await world.door.start()
    assert await sent(world, name, kind, b"PK\0\xff") == f"<b>gelesen: {heard}</b>"
    assert world.deeds() == [f"{heard}: {b'PK' + bytes([0, 255])!r}"]
    assert world.desk.voices[0].inbox_id == world.rows()[0].id


async def test_the_words_beneath_a_file_come_with_it(world: World) -> None:
    await world.door.start()
    await sent(world, "plan.xlsx", XLSX, b"PK", "Neuer Stand")
    assert world.deeds() == ["plan.xlsx: b'PK' Neuer Stand"]


@pytest.mark.parametrize(
    ("name", "kind"), [("plan.pdf", "application/pdf"), ("plan.xlsx.exe", "application/x-msdownload")]
)
async def test_no_other_file_is_fetched(world: World, name: str, kind: str) -> None:
    await world.door.start()
    assert await sent(world, name, kind, b"MZ") == "<b>nur Text, nicht other</b>"
    assert calls(world, "getFile") == 0
    assert world.deeds() == []


@pytest.mark.fault(55)
async def test_a_file_that_is_too_big_is_refused_before_it_is_fetched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "LIMIT", 3)
    await world.door.start()
    assert await sent(world, "plan.xlsx", XLSX, b"1234") == "<b>nur Text, nicht too-big</b>"
    assert calls(world, "getFile") == 0
    assert "gelesen" in await sent(world, "plan.xlsx", XLSX, b"123")


@pytest.mark.fault(55)
async def test_a_file_of_unknown_size_that_turns_out_too_big_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "LIMIT", 3)
    await world.door.start()
    world.api.send_document(ERIKA, "photo", "image/x", b"1234")
    await world.wait(lambda: len(world.shown(ERIKA)) == 1)
    message = {"message_id": 99, "date": 0, "chat": {"id": ERIKA, "type": "private"},
               "from": {"id": ERIKA, "is_bot": False, "first_name": "Erika"},
               "document": {"file_id": "file0", "file_unique_id": "u", "file_name": "a.csv"}}  # fmt: skip
    world.api.push({"message": message})
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    assert world.texts(ERIKA)[-1] == "<b>nur Text, nicht too-big</b>"


async def test_a_download_that_fails_is_tried_again(world: World) -> None:
    await world.door.start()
    world.api.fail_next("getFile", 502, "Bad Gateway")
    assert "gelesen" in await sent(world, "plan.xlsx", XLSX, b"PK")
    assert world.deeds() == ["plan.xlsx: b'PK'"]
    assert [row.tries for row in world.rows()] == [2]


async def test_a_file_that_cannot_be_had_is_set_aside_and_its_sender_told(world: World) -> None:
    await world.door.start()
    world.api.fail_next("getFile", 400, "Bad Request: wrong file_id or the file is temporarily unavailable", times=3)
    assert await sent(world, "plan.xlsx", XLSX, b"PK") == "<b>Das hat nicht geklappt</b>"
    assert world.states() == ["quarantined"]
    assert world.deeds() == []


async def test_a_deed_that_fails_after_the_download_fetches_nothing_again(world: World) -> None:
    await world.door.start()
    world.desk.failures["plan.xlsx: b'PK'"] = 1
    assert "gelesen" in await sent(world, "plan.xlsx", XLSX, b"PK")
    assert world.deeds() == ["plan.xlsx: b'PK'"]
    assert calls(world, "getFile") == 1


async def test_a_file_that_waits_from_before_a_start_is_fetched_then(world: World) -> None:
    await world.door.start()
    await world.said(ERIKA, "hallo")
    await world.door.stop()
    world.api.send_document(ERIKA, "plan.xlsx", XLSX, b"PK")
    world.door = world.new_door()
    await world.door.start()
    await world.wait(lambda: len(world.shown(ERIKA)) == 2)
    assert world.deeds()[-1] == "plan.xlsx: b'PK'"


# --- out


async def deliver(world: World, *papers: tuple[str, str, bytes]) -> Result:
    note = pack(Note("Zwischenstand", actions=(Action("Rückgängig", Undo()),)))
    letter = Letter(1, "k", Channel.TELEGRAM, str(ERIKA), note, "t", "", 1, NOON, 1)
    return (await world.door.deliver(letter, papers)).result


@pytest.fixture
async def opened(world: World) -> World:
    await world.door.start()
    await world.said(ERIKA, "hallo")
    return world


async def test_a_picture_is_shown_above_the_words_and_a_file_below_them(opened: World) -> None:
    assert await deliver(opened, PDF, PICTURE) == Result.SENT
    shown = opened.shown(ERIKA)[1:]
    assert [message.document_name for message in shown] == ["Zwischenstand.png", None, "Zwischenstand.pdf"]
    assert [bool(message.buttons) for message in shown] == [False, True, False]
    assert (calls(opened, "sendPhoto"), calls(opened, "sendDocument")) == (1, 1)
    assert opened.api.document(str(shown[0].file_id)) == ("Zwischenstand.png", PNG)


@pytest.mark.parametrize("refused", ["PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED"])
async def test_a_picture_that_telegram_cannot_show_comes_as_a_file(opened: World, refused: str) -> None:
    opened.api.fail_next("sendPhoto", 400, f"Bad Request: {refused}")
    assert await deliver(opened, PICTURE) == Result.SENT
    assert calls(opened, "sendDocument") == 1


async def test_a_picture_that_cannot_be_sent_for_another_reason_is_not_sent_as_a_file(opened: World) -> None:
    opened.api.fail_next("sendPhoto", 400, "Bad Request: chat not found")
    assert await deliver(opened, PICTURE) == Result.NO_WAY
    assert calls(opened, "sendDocument") == 0


async def test_an_invitation_is_its_words_and_its_buttons(opened: World) -> None:
    calendar = Calendar("sitzung-1@example.org", "REQUEST", 0, "Sitzung", NOON, NOON + timedelta(hours=2))
    note = pack(Note("Einladung", ("am Montag",), actions=(Action("Zusage", Undo()),), calendar=calendar))
    letter = Letter(2, "k2", Channel.TELEGRAM, str(ERIKA), note, "t", "", 1, NOON, 1)
    assert (await opened.door.deliver(letter, [])).result == Result.SENT
    (shown,) = opened.shown(ERIKA)[1:]
    assert shown.html == "<b>Einladung</b>\nam Montag"
    assert [button.text for row in shown.buttons for button in row] == ["Zusage"]


async def test_a_second_try_shows_the_picture_only_once(opened: World) -> None:
    opened.api.fail_next("sendDocument", 502, "Bad Gateway")
    assert await deliver(opened, PICTURE, PDF) == Result.LATER
    assert await deliver(opened, PICTURE, PDF) == Result.SENT
    names = [message.document_name for message in opened.shown(ERIKA)[1:]]
    assert names == ["Zwischenstand.png", None, "Zwischenstand.pdf"]


async def test_an_answer_brings_its_picture(opened: World) -> None:
    paper = Paper(name=PICTURE[0], media_type=PICTURE[1], content=PNG, made_at=NOON)
    opened.database.write_now(lambda session: session.add(paper))
    opened.desk.answers["PLAN"] = Note("Der Plan", papers=(1,))
    opened.api.say(ERIKA, "PLAN")
    await opened.wait(lambda: len(opened.shown(ERIKA)) == 3)
    assert [message.document_name for message in opened.shown(ERIKA)[1:]] == ["Zwischenstand.png", None]
