"""A place that issues access tokens, over HTTPS with a certificate of its own."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

HOST = "127.0.0.1"
ADDRESS = "zukunftsplan@example.org"


class TokenServer:
    """Issues token-1, token-2 … and, if it ``rotates``, refresh tokens; ``asked`` holds the forms that came.

    ``answers`` are given first, as (status, JSON or bytes). Mail servers may ask at /introspect whether a token is one
    of ours and not ``revoked`` (RFC 7662).
    """

    def __init__(self, folder: Path, *, lifetime: object = 3600, rotates: bool = False) -> None:
        self.cafile, key = str(folder / "token-certificate.pem"), str(folder / "token-key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", key, "-out", self.cafile],
            check=True, capture_output=True,
        )  # fmt: skip
        self.asked: list[dict[str, str]] = []
        self.answers: list[tuple[int, Any]] = []
        self.revoked: set[str] = set()
        self.lifetime, self.rotates = lifetime, rotates
        self._server = ThreadingHTTPServer((HOST, 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cafile, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> TokenServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def base(self) -> str:
        return f"https://{HOST}:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """Where tokens are to be had."""
        return f"{self.base}/token"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, Any]:
        if path == "/introspect":
            token = form["token"]
            good = token in {f"token-{n + 1}" for n in range(len(self.asked))} - self.revoked
            return 200, {"active": "true", "user": ADDRESS} if good else {"active": "false"}
        self.asked.append(form)
        if self.answers:
            return self.answers.pop(0)
        number = len(self.asked)
        granted = {"token_type": "Bearer", "access_token": f"token-{number}", "expires_in": self.lifetime}
        return 200, granted | ({"refresh_token": f"refresh-{number}"} if self.rotates else {})

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        office = self

        class Window(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, answer = office.answer(self.path, dict(parse_qsl(said)))
                body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is given
                pass

        return Window
