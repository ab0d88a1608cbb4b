"""A small SMTP server whose every answer a test may replace, for what no real server can be made to do."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

HOST = "127.0.0.1"
GREETING, DOT = "", "."  # what ``answer`` is asked with when a client has come, and when it has sent a letter
HANG_UP, SILENCE = "hang up", "silence"

Answer = Callable[[str], str | None]

_USUAL = {GREETING: "220 ready", "DATA": "354 go on", "QUIT": "221 bye"}


class ScriptedSmtp:
    """Keeps what it is given: ``letters`` as they came, ``commands`` as clients said them.

    ``answer`` is asked first, with each command: None leaves it to us, HANG_UP ends the connection, SILENCE waits
    without a word until the client has gone.
    """

    host = HOST

    def __init__(self, answer: Answer | None = None, context: ssl.SSLContext | None = None) -> None:
        self.answer: Answer = answer or (lambda command: None)
        self.commands: list[str] = []
        self.letters: list[bytes] = []
        self.smtp_port = 0
        self._context = context
        self._talks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> ScriptedSmtp:
        self._server = await asyncio.start_server(self._serve, HOST, 0, ssl=self._context)
        self.smtp_port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def said(self, word: str) -> int:
        """How many commands began with it."""
        return sum(command.upper().startswith(word) for command in self.commands)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = GREETING
        while (said := self._reply(command)) != HANG_UP:
            if said == SILENCE:
                await reader.read()
                return
            writer.write(f"{said}\r\n".encode())
            if said.startswith("354"):
                self.letters.append(await reader.readuntil(b"\r\n.\r\n"))
                command = DOT
            elif line := await reader.readline():
                command = line.decode().strip()
                self.commands.append(command)
            else:
                return

    def _reply(self, command: str) -> str:
        said = self.answer(command)
        return said if said is not None else _USUAL.get(command, "250 ok")


def expired(folder: Path) -> tuple[ssl.SSLContext, str]:
    """For a server whose certificate has expired in 2021, and the file that vouches for it all the same."""
    request, key, certificate, config = (str(folder / name) for name in ("request", "key", "certificate", "config"))
    (folder / "index").touch()
    Path(config).write_text(
        f"[ca]\ndefault_ca=own\n[own]\ndatabase={folder}/index\nnew_certs_dir={folder}\nrand_serial=yes\n"
        "default_md=sha256\npolicy=any\ncopy_extensions=copy\n[any]\ncommonName=supplied\n"
    )
    ask = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
           "-addext", f"subjectAltName=IP:{HOST}", "-keyout", key, "-out", request]  # fmt: skip
    sign = ["ca", "-batch", "-selfsign", "-notext", "-config", config, "-keyfile", key, "-in", request,
            "-startdate", "20200101000000Z", "-enddate", "20210101000000Z", "-out", certificate]  # fmt: skip
    for command in (ask, sign):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate
