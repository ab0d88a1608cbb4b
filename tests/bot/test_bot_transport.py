"""Requests on the wire: what arrives, and what each trouble is called."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.transport import Interrupted, Transport

SECRET = "4711:secret"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers as ``handler`` says."""

    def __init__(self) -> None:
        self.url = ""
        self.handler: Handler = answer_true

    async def handle(self, request: web.Request) -> web.StreamResponse:
        return await self.handler(request)


async def answer_true(_request: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": True})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", made.handle)
    runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot{SECRET}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    async with Transport() as made:
        yield made


async def trouble(transport: Transport, url: str, seconds: float = 5) -> NetworkError:
    """The error of a request that must fail, after a look that it gives nothing away."""
    with pytest.raises(NetworkError) as raised:
        await transport.post_form(url, b"text=geheim", seconds)
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
    assert SECRET not in told
    return raised.value


@pytest.mark.fault(50)
async def test_no_answer_in_time_is_a_time_out(server: Server, transport: Transport) -> None:
    async def silence(_request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    server.handler = silence
    assert type(await trouble(transport, server.url, 0.05)) is TimedOut


@pytest.mark.fault(50)
async def test_a_connection_that_breaks_after_the_request_may_have_done_its_work(
    server: Server, transport: Transport
) -> None:
    async def abort(request: web.Request) -> web.Response:
        await request.read()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    server.handler = abort
    assert type(await trouble(transport, server.url)) is Interrupted


async def test_a_refused_connection_has_certainly_done_nothing(server: Server, transport: Transport) -> None:
    port = server.url.split(":")[2].split("/")[0]
    assert type(await trouble(transport, server.url.replace(port, "1"))) is NetworkError
    assert type(await trouble(transport, f"nonsense://{SECRET}")) is NetworkError


async def test_a_closed_transport_says_so(server: Server) -> None:
    assert "closed" in str(await trouble(Transport(), server.url))


async def test_proxies_of_the_environment_are_ignored(
    server: Server, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert (await transport.post_form(server.url, b"", 5))[0] == 200


async def test_the_library_sends_forms_and_files_through_it(server: Server) -> None:
    seen: dict[str, object] = {}

    async def note_down(request: web.Request) -> web.Response:
        for name, value in (await request.post()).items():
            seen[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        return web.json_response({"ok": True, "result": True})

    server.handler = note_down
    transport = Transport()
    bot = ExtBot(
        SECRET,
        base_url=server.url.removesuffix(SECRET),
        request=transport,
        get_updates_request=transport,
    )
    async with transport:
        await bot.send_message(7, "Grüße & <Küsse>")
        await bot.send_document(7, b"%PDF", filename="Übersicht März.pdf")
    assert seen["text"] == "Grüße & <Küsse>"
    assert seen["chat_id"] == "7"
    assert seen["document"] == ("Übersicht März.pdf", b"%PDF")


def test_answers_are_read_leniently_but_not_blindly() -> None:
    assert Transport.parse_json_payload(b'{"a": 1}') == {"a": 1}
    assert Transport.parse_json_payload(b'{"a": "\\ud800"}') == {"a": "\ud800"}
    with pytest.raises(TelegramError) as raised:
        Transport.parse_json_payload(b"<html>geheim</html>")
    assert "geheim" not in str(raised.value)
