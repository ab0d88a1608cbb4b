"""What must not break us in letters that go out (5 and 20 to 25 of the faults), at servers that do as they are told."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from alliance.notes import Note
from alliance.packing import pack
from mail.delivery import MailDelivery
from scheduler.sender import Sender as OutboxSender
from store import outbox
from store.database import Database
from store.outbox import Channel, Letter, Outcome, Outgoing, Result, Sending
from tests.mail.gate import Gate
from tests.mail.mail_world import ERIKA, MAX, NOON, SENDER, noon, smtp_settings
from tests.mail.mail_world import outgoing as outbox_rows
from tests.mail.scripted_smtp import DOT, GREETING, HANG_UP, SILENCE, ScriptedSmtp, expired

NOTE = pack(Note("Frage", language="de"))
MINUTE = timedelta(minutes=1)


def outgoing(to: str = ERIKA, number: int = 1) -> Letter:
    return Letter(number, f"key:{number}", Channel.MAIL, to, NOTE, chr(ord("a") + number) * 16, "", None, NOON, 1)


@asynccontextmanager
async def delivery(server: ScriptedSmtp | Gate, **settings: Any) -> AsyncIterator[MailDelivery]:
    way = MailDelivery(smtp_settings(server, **settings), SENDER, noon)
    try:
        yield way
    finally:
        await way.close()


def put(database: Database, to: str = ERIKA) -> None:
    row = Outgoing("key", Channel.MAIL, to, NOTE, NOON)
    database.write_now(lambda session: outbox.enqueue(session, [row], NOON))


@pytest.mark.fault(5)
def test_what_a_crash_may_have_sent_is_named_and_what_a_good_end_gives_back_is_not(file: Database) -> None:
    put(file)
    told = []
    for crashed in (True, False):
        file.write_now(lambda session: outbox.claim(session, NOON))
        with capture_logs() as logs:
            assert file.write_now(partial(outbox.release, crashed=crashed)) == 1
        told.append([entry["row"] for entry in actions(logs, "maybe-twice")])
    assert told == [[outbox_rows(file)[0].id], []]


def actions(logs: Any, action: str) -> list[dict[str, Any]]:
    return [entry for entry in logs if entry.get("action") == action]


# --- 20: refused, silent, 421


@pytest.mark.fault(20)
@pytest.mark.parametrize("greeting", [SILENCE, HANG_UP, "421 4.3.2 too busy", "554 5.3.2 no service"])
async def test_a_server_that_does_not_let_us_in_is_no_letters_fault(
    monkeypatch: pytest.MonkeyPatch, greeting: str
) -> None:
    monkeypatch.setattr("mail.delivery.PATIENCE", 0.3)
    async with ScriptedSmtp(lambda said: greeting if said == GREETING else None) as server, delivery(server) as way:
        ended = await way.deliver(outgoing(), [])
        assert way.trouble == "unreachable"
    assert (ended.result, ended.after, ended.maybe_sent) == (Result.LATER, None, False)


@pytest.mark.fault(20)
def test_a_letter_is_tried_at_growing_distances_for_five_days_and_then_given_up(file: Database) -> None:
    def try_in_vain(session: Session) -> None:
        (letter,) = outbox.claim(session, tried[-1])
        outbox.finish(session, letter, Outcome(Result.LATER, "unreachable"), tried[-1])

    put(file)
    tried = []
    while (row := outbox_rows(file)[0]).state == Sending.QUEUED:
        tried.append(row.due_at)
        file.write_now(try_in_vain)
    pauses = [round((later - earlier) / MINUTE) for earlier, later in pairwise(tried)]
    assert pauses[:6] == [5, 10, 20, 40, 67, 67]
    assert set(pauses[5:]) == {67}
    assert row.state == Sending.FAILED
    assert timedelta(days=5) <= tried[-1] - NOON < timedelta(days=5, minutes=67)


# --- 21: 451


@pytest.mark.fault(21)
@pytest.mark.parametrize("where", ["MAIL", "RCPT", "DATA", DOT])
async def test_451_holds_back_this_letter_alone_wherever_it_comes(where: str) -> None:
    answers = iter(["451 4.3.0 later please"])

    def answer(said: str) -> str | None:
        return next(answers, None) if said.startswith(where) and said else None

    async with ScriptedSmtp(answer) as server, delivery(server) as way:
        first = await way.deliver(outgoing(), [])
        other = await way.deliver(outgoing(MAX, 2), [])
        assert way.trouble == ""
    assert (first.result, first.error, first.after, first.maybe_sent) == (Result.LATER, "451 4.3.0", None, False)
    assert other == Outcome(Result.SENT)


# --- 23: one recipient


@pytest.mark.fault(23)
async def test_every_letter_has_one_recipient_and_one_refusal_costs_nobody_else_theirs() -> None:
    def answer(said: str) -> str | None:
        return "550 5.1.1 no such user" if said.startswith("RCPT") and ERIKA in said else None

    async with ScriptedSmtp(answer) as server, delivery(server) as way:
        ended = [await way.deliver(outgoing(to, number), []) for number, to in enumerate((ERIKA, MAX))]
    assert [one.result for one in ended] == [Result.NO_WAY, Result.SENT]
    assert server.said("MAIL") == server.said("RCPT") == 2
    assert [message_from_bytes(raw)["To"] for raw in server.letters] == [MAX]


# --- 24: after the final dot


@pytest.mark.fault(24)
@pytest.mark.parametrize("end", [SILENCE, HANG_UP])
async def test_no_answer_to_a_whole_letter_is_counted_and_the_next_try_is_late_and_the_same(
    file: Database, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("mail.delivery.DATA_PATIENCE", 0.3)
    ends = iter([end])
    put(file)
    now = NOON
    async with ScriptedSmtp(lambda said: next(ends, None) if said == DOT else None) as server, delivery(server) as way:
        sender = OutboxSender(file, {Channel.MAIL: way.deliver}, lambda: now)
        with capture_logs() as logs:
            await sender.drain()
        (row,) = outbox_rows(file)
        assert row.due_at - NOON >= timedelta(minutes=10)
        assert [entry["row"] for entry in actions(logs, "maybe-twice")] == [row.id]
        now = row.due_at
        await sender.drain()
    assert outbox_rows(file)[0].state == Sending.SENT
    first, second = (message_from_bytes(raw) for raw in server.letters)
    assert first["Message-ID"] == second["Message-ID"]


# --- 25: certificate and login


@pytest.mark.fault(25)
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
async def test_with_an_expired_certificate_the_channel_pauses_and_says_so_once(tmp_path: Path) -> None:
    context, cafile = expired(tmp_path)
    async with ScriptedSmtp(context=context) as server:
        with Gate(server.smtp_port) as gate, capture_logs() as logs:
            async with delivery(gate, tls="tls", cafile=cafile) as way:
                ended = [await way.deliver(outgoing(number=number), []) for number in (1, 2, 3)]
                assert way.trouble == "tls"
    assert {(one.result, one.after) for one in ended} == {(Result.LATER, timedelta(minutes=5))}
    assert gate.connections == 1
    assert [entry["error"] for entry in actions(logs, "smtp-trouble")] == ["certificate"]


@pytest.mark.fault(25)
async def test_after_a_refused_login_letters_go_out_again_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mail.delivery.CHANNEL_PAUSE", timedelta(0))
    refusals = iter(["535 5.7.8 no", "535 5.7.8 no"])

    def answer(said: str) -> str | None:
        if said.startswith("EHLO"):
            return "250-example.org\r\n250 AUTH PLAIN"
        return next(refusals, "235 2.7.0 welcome") if said.startswith("AUTH") else None

    async with ScriptedSmtp(answer) as server, delivery(server, user="house", password="secret") as way:
        with capture_logs() as logs:
            ended = [(await way.deliver(outgoing(number=number), [])).result for number in (1, 2, 3, 4)]
        assert way.trouble == ""
    assert ended == [Result.LATER, Result.LATER, Result.SENT, Result.SENT]
    assert [entry["reason"] for entry in actions(logs, "smtp-trouble")] == ["login"]
    assert len(actions(logs, "smtp-recovered")) == 1
