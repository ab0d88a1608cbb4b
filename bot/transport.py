"""How requests reach the Bot API: the library's transport interface on one aiohttp session."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 256
KEEP_ALIVE = 30.0  # seconds; shorter than the server's, so that we do not write into a connection it just closed
CONNECT = 5.0
UPLOAD = 120.0  # seconds on top for a request with files
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Interrupted(NetworkError):
    """The connection broke after the request had left: it may have been carried out."""


class Transport(BaseRequest):
    """HTTP to the Bot API. Ignores proxies of the environment; addresses, which hold the token, are told to nobody.

    ``read_timeout`` in seconds; a single request may ask for a longer one.
    """

    def __init__(self, read_timeout: float = 20.0) -> None:
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session, once."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=False,
            )

    async def shutdown(self) -> None:
        """Close the session; a later :meth:`initialize` opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request of the library. Raises TimedOut, Interrupted or NetworkError."""
        seconds = self._read_timeout if read_timeout is self.DEFAULT_NONE else read_timeout
        if request_data is None:
            return await self._send(method, url, None, seconds)
        if request_data.contains_files:
            return await self._send(method, url, _multipart(request_data), seconds + UPLOAD)
        return await self._send(method, url, request_data.url_encoded_parameters().encode(), seconds)

    async def post_form(self, url: str, form: bytes, read_timeout: float) -> tuple[int, bytes]:
        """Post an encoded form; status and body. Raises TimedOut, Interrupted or NetworkError."""
        return await self._send("POST", url, form, read_timeout)

    async def _send(self, method: str, url: str, data: Any, seconds: float) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("the transport is closed")
        headers = FORM if isinstance(data, bytes) else None
        limits = aiohttp.ClientTimeout(total=seconds + 30, sock_connect=CONNECT, sock_read=seconds)
        try:
            async with self._session.request(method, url, data=data, headers=headers, timeout=limits) as answer:
                return answer.status, await answer.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            # "from None": the library's own errors may quote the address
            raise _told(error) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The JSON of an answer. Raises TelegramError if it is none."""
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            return _lenient(payload)


def _lenient(payload: bytes) -> Any:
    """Read what orjson is too strict for, such as half a surrogate pair."""
    try:
        return json.loads(payload.decode(errors="replace"))
    except ValueError:
        raise TelegramError("the server's answer is no JSON") from None


def _multipart(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form


def _told(error: Exception) -> NetworkError:
    """The library's word for what went wrong: whether the request can have reached the server is what matters."""
    kind = type(error).__name__
    match error:
        case aiohttp.ConnectionTimeoutError() | aiohttp.ClientConnectorError() | aiohttp.InvalidURL():
            return NetworkError(kind)
        case TimeoutError():
            return TimedOut(kind)
        case _:
            return Interrupted(kind)
