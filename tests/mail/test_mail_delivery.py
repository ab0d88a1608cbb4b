"""Letters out: what each answer of an SMTP server, or its silence, means for the letter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from alliance.notes import Note
from alliance.packing import pack
from demo.postoffice import PostOffice
from mail.delivery import MailDelivery
from store.outbox import Channel, Letter, Outcome, Result
from tests.mail.gate import Gate
from tests.mail.mail_world import ERIKA, HOUSE, MAX, NOON, SENDER, mailed, noon, smtp_settings, subject_of


def outgoing(to: str = ERIKA, number: int = 1, title: str = "Frage") -> Letter:
    note, token = pack(Note(title, language="de")), chr(ord("a") + number) * 16
    return Letter(number, f"key:{number}", Channel.MAIL, to, note, token, "", None, NOON, 1)


@asynccontextmanager
async def delivery(server: Any, **settings: Any) -> AsyncIterator[MailDelivery]:
    way = MailDelivery(smtp_settings(server, **settings), SENDER, noon)
    try:
        yield way
    finally:
        await way.close()


async def outcome(server: Any, letter: Letter | None = None, **settings: Any) -> Outcome:
    async with delivery(server, **settings) as way:
        return await way.deliver(letter or outgoing(), [])


async def test_a_letter_arrives(post: PostOffice) -> None:
    assert await outcome(post) == Outcome(Result.SENT)
    (letter,) = mailed(post, ERIKA)
    assert subject_of(letter).startswith("Frage ")


@pytest.mark.parametrize(
    ("answer", "result", "after"),
    [
        ("450 4.2.1 mailbox busy", Result.LATER, None),
        ("451 4.7.1 greylisted", Result.LATER, None),
        ("550 5.1.1 no such user", Result.NO_WAY, None),
        ("552 5.2.2 mailbox full", Result.NO_WAY, None),
        ("550 5.7.1 rejected by policy", Result.LATER, timedelta(hours=1)),
        ("554 relay access denied", Result.LATER, timedelta(hours=1)),
    ],
)
@pytest.mark.fault(21, 22)
async def test_a_refused_recipient(post: PostOffice, answer: str, result: Result, after: timedelta | None) -> None:
    post.refuse[ERIKA] = answer
    ended = await outcome(post)
    assert (ended.result, ended.after, ended.maybe_sent) == (result, after, False)
    assert answer.startswith(ended.error)
    assert post.letters(ERIKA) == []


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("451 4.3.0 disk full", Result.LATER),
        ("421 4.3.2 going down", Result.LATER),
        ("550 5.1.1 no such user", Result.NO_WAY),
        ("552 5.3.4 too big", Result.REFUSED),
        ("554 5.6.0 content refused", Result.REFUSED),
        ("550 5.7.1 looks like spam", Result.LATER),
    ],
)
@pytest.mark.fault(21)
async def test_a_refused_letter(post: PostOffice, answer: str, result: Result) -> None:
    post.fail_data.append(answer)
    ended = await outcome(post)
    assert (ended.result, ended.maybe_sent) == (result, False)


@pytest.mark.fault(23)
async def test_after_a_refusal_the_next_letter_goes_out_all_the_same(post: PostOffice) -> None:
    post.refuse[ERIKA] = "550 5.1.1 no such user"
    post.fail_data.append("421 4.3.2 going down")
    async with delivery(post) as way:
        results = [(await way.deliver(outgoing(to, number), [])).result for number, to in enumerate((ERIKA, MAX, MAX))]
    assert results == [Result.NO_WAY, Result.LATER, Result.SENT]


@pytest.mark.fault(24)
async def test_hanging_up_after_the_final_dot_may_mean_sent_and_waits_long(post: PostOffice) -> None:
    post.drop_after_data = 1
    async with delivery(post) as way:
        first = await way.deliver(outgoing(), [])
        again = await way.deliver(outgoing(), [])
    assert first.result == Result.LATER
    assert first.maybe_sent
    assert first.after is not None
    assert first.after >= timedelta(minutes=10)
    assert again == Outcome(Result.SENT)
    one, two = mailed(post, ERIKA)
    assert one["Message-ID"] == two["Message-ID"]


@pytest.mark.fault(20)
async def test_a_server_that_is_down_pauses_the_channel_and_each_letter_keeps_its_own_delay(post: PostOffice) -> None:
    post.stop()
    async with delivery(post) as way:
        ended = [await way.deliver(outgoing(number=number), []) for number in (1, 2)]
        assert way.trouble == "unreachable"
    assert [(one.result, one.after) for one in ended] == [(Result.LATER, None)] * 2


@pytest.mark.fault(25)
async def test_a_refused_login_pauses_the_channel_for_all() -> None:
    with PostOffice({HOUSE: "secret"}, smtp_login=(HOUSE, "right")) as post:
        async with delivery(post, user=HOUSE, password="wrong") as way:
            ended = [await way.deliver(outgoing(number=number), []) for number in (1, 2)]
            assert way.trouble == "login"
        assert [(one.result, one.after) for one in ended] == [(Result.LATER, timedelta(minutes=5))] * 2
        assert (await outcome(post, user=HOUSE, password="right")).result == Result.SENT
        assert (await outcome(post)).result == Result.LATER  # 530: login demanded, none configured


async def test_starttls_is_never_given_up_because_the_server_does_not_offer_it(post: PostOffice) -> None:
    async with delivery(post, tls="starttls") as way:
        ended = await way.deliver(outgoing(), [])
        assert way.trouble == "tls"
    assert ended.result == Result.LATER
    assert post.letters(ERIKA) == []


async def test_an_address_that_is_none_cannot_be_reached(post: PostOffice) -> None:
    for nonsense in ("", "erika", "a@b@example.org", "erika@example.org>\r\nRCPT TO:<max@example.org"):
        assert (await outcome(post, outgoing(nonsense))).result == Result.NO_WAY


async def test_a_row_that_holds_no_note_is_refused(post: PostOffice) -> None:
    broken = Letter(1, "key", Channel.MAIL, ERIKA, {"is": "Nothing"}, "a" * 16, "", None, NOON, 1)
    assert (await outcome(post, broken)).result == Result.REFUSED


async def test_a_domain_with_umlauts_is_written_in_punycode(post: PostOffice) -> None:
    assert (await outcome(post, outgoing("erika@größe.example.org"))).result == Result.SENT
    assert len(post.letters("erika@xn--gre-6ka8i.example.org")) == 1


# --- a server that misbehaves on the wire


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def scripted(talk: Talk) -> AsyncIterator[Any]:
    """A server on loopback that follows a script for each connection."""
    talks: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.current_task())  # type: ignore[arg-type]
        await talk(reader, writer)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield SimpleNamespace(host="127.0.0.1", smtp_port=server.sockets[0].getsockname()[1])
    server.close()
    await asyncio.wait_for(asyncio.gather(*talks), 5)


async def test_a_connection_the_server_closed_meanwhile_is_replaced_without_a_delay() -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One letter for each connection, then a hang-up at the next MAIL."""
        nonlocal connections
        connections += 1
        writer.write(b"220 hello\r\n")
        letters = 0
        while line := (await reader.readline()).upper():
            if line.startswith(b"MAIL") and letters:
                break
            if line.startswith(b"DATA"):
                writer.write(b"354 go\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                letters += 1
            writer.write(b"250 ok\r\n")

    async with scripted(talk) as server, delivery(server) as way:
        results = [(await way.deliver(outgoing(number=number), [])).result for number in (1, 2, 3)]
    assert results == [Result.SENT] * 3
    assert connections == 3


async def test_connections_are_used_again_and_never_more_than_two(post: PostOffice) -> None:
    with Gate(post.smtp_port) as gate:
        async with delivery(gate) as way:
            ended = await asyncio.gather(*(way.deliver(outgoing(number=number), []) for number in range(20)))
        assert gate.connections == 2
    assert {one.result for one in ended} == {Result.SENT}
    assert len(post.letters(ERIKA)) == 20


@pytest.mark.fault(20)
async def test_a_greeting_of_421_is_unreachable_and_temporary() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"421 too busy\r\n")

    async with scripted(talk) as server, delivery(server) as way:
        ended = await way.deliver(outgoing(), [])
        assert way.trouble == "unreachable"
    assert (ended.result, ended.after) == (Result.LATER, None)


async def test_a_refused_sender_pauses_the_channel_instead_of_failing_every_letter() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        while line := await reader.readline():
            writer.write(
                b"550 5.7.60 not allowed to send as this sender\r\n" if line.startswith(b"MAIL") else b"250 ok\r\n"
            )

    async with scripted(talk) as server, delivery(server) as way:
        ended = [await way.deliver(outgoing(number=number), []) for number in (1, 2)]
        assert way.trouble == "sender"
    assert [(one.result, one.after) for one in ended] == [(Result.LATER, timedelta(minutes=5))] * 2
