"""The running assistant looked after: what was set aside goes on, a dead way is told, figures can be fetched."""

from __future__ import annotations

from aiohttp import ClientSession
from sqlmodel import Session, select

from store import inbox, queues
from store.tables import Channel, InboxRow, Received
from tests.doors.stage import Stage
from tests.town import CHATS, ERIKA, HOUSE, MAX, OFFICE

LETTER = f"From: {ERIKA}\r\nTo: {HOUSE.email}\r\nMessage-ID: <one@stahl.example.org>\r\n\r\nSTATUS\r\n"


async def test_what_was_set_aside_is_taken_up_by_the_running_assistant(stage: Stage) -> None:
    database, at = stage.service.database, stage.clock.at
    await stage.says(MAX, "Hilfe")

    def aside(session: Session) -> list[int]:
        same = session.exec(select(InboxRow.raw).where(InboxRow.channel == Channel.TELEGRAM)).one()
        (letter,) = inbox.keep(session, Channel.MAIL, [inbox.Incoming("0:1", LETTER.encode())], at)
        (update,) = inbox.keep(session, Channel.TELEGRAM, [inbox.Incoming("1", same)], at)
        for kept in (letter, update):
            inbox.close(session.get_one(InboxRow, kept), Received.QUARANTINED, "failed")
        return [letter, update]

    rows = await database.write(aside)
    await stage.service.lookout.look()
    before = len(stage.messages(MAX))
    await database.write(lambda session: queues.take_back(session, rows))
    await stage.service.lookout.look()
    assert "Maßnahmen" in (await stage.letter(ERIKA)).subject
    await stage.telegram.wait_for(lambda: len(stage.messages(MAX)) == 2 * before)
    assert await database.read(queues.set_aside) == []


async def test_a_way_on_which_nothing_moves_is_told_by_the_other_one_and_again_when_it_moves(stage: Stage) -> None:
    stage.telegram.know(CHATS[OFFICE])
    stage.town.link(OFFICE)
    stage.refuses(ERIKA, "451 4.3.0 try again later")
    await stage.writes(ERIKA, "STATUS")
    lookout = stage.service.lookout
    await lookout.look()
    assert lookout.seen()["smtp"] == "stuck"
    await stage.wait(hours=5)
    await lookout.look()
    await stage.service.sender.drain()
    assert "Der Postversand ruht" in stage.bubble(OFFICE)
    assert "Ein Brief wartet." in stage.bubble(OFFICE)
    stage.refuses(ERIKA, None)
    await stage.wait(hours=2)
    await lookout.look()
    await stage.service.sender.drain()
    assert "Der Postversand geht wieder" in stage.bubble(OFFICE)
    assert "Ein Brief ist schon nachgeholt" in stage.bubble(OFFICE)


async def test_the_figures_are_served_without_names(stage: Stage) -> None:
    stage.refuses(ERIKA, "451 4.3.0 try again later")
    await stage.writes(ERIKA, "STATUS")
    await stage.wait(minutes=1)
    async with ClientSession() as client, client.get(f"{stage.service.address}metrics") as answer:
        assert answer.content_type == "text/plain"
        said = await answer.text()
    lines = said.splitlines()
    assert 'zukunftsplan_outbox_rows{channel="mail",state="queued"} 1' in lines
    assert 'zukunftsplan_outbox_oldest_seconds{channel="mail"} 60' in lines
    assert 'zukunftsplan_deliveries_total{channel="mail",result="later"} 1' in lines
    assert {"zukunftsplan_leader 1", "zukunftsplan_instances 1", "zukunftsplan_healthy_mail 1"} <= set(lines)
    known = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
    assert {line.partition("{")[0].partition(" ")[0] for line in lines if not line.startswith("#")} <= known
    assert float(next(line for line in lines if line.startswith("zukunftsplan_database_bytes ")).split()[1]) > 100_000
    assert ERIKA not in said
