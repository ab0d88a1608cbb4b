"""One way to reach a mail server, secure the line and log in: for reading, for sending and for the check."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError
from imapclient.imapclient import _literal

from mail import oauth
from mail.oauth import NoToken, Tokens

Tls = Literal["tls", "starttls", "none"]
Trouble = Literal[
    "network", "throttled", "tls", "login", "login-missing", "token", "disabled", "oauth-missing", oauth.Trouble
]
Reason = Literal[
    "", "name", "refused", "timeout", "lost", "odd", "certificate", "handshake", "not-offered", "required", "ca-file"
]

PASSING = ("UNAVAILABLE", "INUSE")  # RFC 5530: not the password's fault
# RFC 5530, and what Exchange and Gmail say instead
THROTTLED = (
    "[LIMIT]", "AUTHENTICATED BUT NOT CONNECTED", "THROTTLED", "SUGGESTED BACKOFF", "TOO MANY SIMULTANEOUS",
)  # fmt: skip
# Gmail for IMAP, Exchange Online for SMTP (535 5.7.139)
DISABLED = ("NOT ENABLED FOR IMAP", "CLIENTAUTHENTICATION IS DISABLED")

_BACKOFF = re.compile(r"SUGGESTED BACKOFF TIME:?\s*(\d{1,9})\s*MILLISECONDS")
_UNQUOTED = re.compile(r"[!#$&'+-\[\]^-z|}~]+")  # what imaplib may send as it is (RFC 9051, 9: atom)


@dataclass(frozen=True)
class Account:
    """A way into a mail server; ``cafile`` names certificates to trust instead of the system's.

    ``tokens`` take the place of the password. Without a user nobody logs in.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = "tls"
    cafile: str = ""
    tokens: Tokens | None = field(default=None, repr=False)


class Unconnected(Exception):
    """There is no way in, or no longer; never with the server's own words, which may hold an address.

    ``reason`` says more about network and tls; ``wait`` is how many seconds the server wants to be left alone.
    """

    def __init__(self, trouble: Trouble, reason: Reason = "", wait: float = 0.0) -> None:
        super().__init__(trouble, reason)
        self.trouble = trouble
        self.reason = reason
        self.wait = wait

    @property
    def passing(self) -> bool:
        """Whether it may well go over by itself."""
        return self.trouble in {"network", "oauth-network"}


# --- out: SMTP


async def smtp(account: Account, own_name: str, patience: float) -> SMTP:
    """A connection, secured and logged in. ``own_name`` is what we call ourselves. Raises Unconnected."""
    with _named():
        context = await asyncio.to_thread(_context, account)
        client = SMTP(
            hostname=account.host,
            sock=await asyncio.to_thread(_reach, account, patience),
            local_hostname=own_name,
            timeout=patience,
            use_tls=account.tls == "tls",
            start_tls=False,  # done by hand, to see which step fails, and never given up for want of an offer
            tls_context=context,
        )
        try:
            await _enter_smtp(client, account)
        except BaseException:
            await _hang_up(client)
            raise
    return client


async def _hang_up(client: SMTP) -> None:
    """Drop a line in whatever state it is; closing politely could wait for a server that does not answer."""
    line = client.transport
    client.close()
    if isinstance(line, asyncio.WriteTransport):
        line.abort()
    for _ in range(3):  # asyncio closes TLS and what is below it in its next rounds
        await asyncio.sleep(0)


def _reach(account: Account, patience: float) -> socket.socket:
    """A connection made by hand: asyncio's error does not tell a refusal when a host has several addresses."""
    line = socket.create_connection((account.host, account.port), timeout=patience)
    line.setblocking(False)
    return line


async def _enter_smtp(client: SMTP, account: Account) -> None:
    await client.connect()
    await client.ehlo()
    if account.tls == "starttls":
        await _secure_smtp(client)
    if account.tokens:
        await _show_token(client, account.user, account.tokens)
    elif account.user:
        await _tell_password(client, account)


async def _secure_smtp(client: SMTP) -> None:
    if not client.supports_extension("starttls"):
        raise Unconnected("tls", "not-offered")
    try:
        await client.starttls()
    except SMTPResponseException:
        raise Unconnected("tls", "not-offered") from None
    await client.ehlo()  # what was said before does not count any more (RFC 3207, 4.2)


async def _tell_password(client: SMTP, account: Account) -> None:
    if not client.supported_auth_methods:
        raise Unconnected("tls", "required") if account.tls == "none" else Unconnected("login-missing")
    await _told(partial(client.login, account.user, account.password), "login")


async def _show_token(client: SMTP, user: str, tokens: Tokens) -> None:
    if "xoauth2" not in client.server_auth_methods:
        raise Unconnected("oauth-missing")
    token = await asyncio.to_thread(tokens.token)
    try:
        await _told(partial(client.auth_xoauth2, user, token), "token")
    except Unconnected as refused:
        if refused.trouble != "token":
            raise
        fresh = await asyncio.to_thread(tokens.token, token)
        await _told(partial(client.auth_xoauth2, user, fresh), "token")


async def _told(logging_in: Callable[[], Awaitable[object]], trouble: Trouble) -> None:
    try:
        await logging_in()
    except SMTPAuthenticationError as refusal:
        if refusal.code < 500:
            raise Unconnected("network", "odd") from None
        raise Unconnected("disabled" if _says(refusal.message, DISABLED) else trouble) from None
    except ValueError:  # signs the library cannot send
        raise Unconnected(trouble) from None


# --- in: IMAP


def imap(account: Account, patience: SocketTimeout) -> IMAPClient:
    """A connection, secured and logged in. Raises Unconnected."""
    with _named():
        context = _context(account)
        client = IMAPClient(
            account.host,
            account.port,
            ssl=account.tls == "tls",
            ssl_context=context if account.tls == "tls" else None,
            timeout=patience,
        )
        try:
            _enter_imap(client, account, context)
        except BaseException:
            with suppress(Exception):  # the connection may be in any state
                client.shutdown()
            raise
    return client


def _enter_imap(client: IMAPClient, account: Account, context: ssl.SSLContext | None) -> None:
    wire = client.socket()
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if account.tls == "starttls":
        _secure_imap(client, context)
    log_in = _log_in_by_token if account.tokens else _log_in_by_password
    log_in(client, account)


def _secure_imap(client: IMAPClient, context: ssl.SSLContext | None) -> None:
    if not client.has_capability("STARTTLS"):
        raise Unconnected("tls", "not-offered")
    try:
        client.starttls(context)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise Unconnected("tls", "not-offered") from None


def _log_in_by_password(client: IMAPClient, account: Account) -> None:
    user, password = account.user, account.password
    barred = client.has_capability("LOGINDISABLED")  # RFC 9051, 6.2.3
    if barred and account.tls == "none":
        raise Unconnected("tls", "required")
    simple = _UNQUOTED.fullmatch(user) and password.isascii() and password.isprintable()
    with _refusing("login"):
        if simple and not barred:
            client.login(user, password)
        elif client.has_capability("AUTH=PLAIN"):
            client.plain_login(user, password)  # UTF-8 (RFC 4616), where LOGIN knows ASCII only
        elif barred:
            raise Unconnected("login-missing")
        else:
            _log_in_by_literals(client, user, password)


def _log_in_by_literals(client: IMAPClient, user: str, password: str) -> None:
    """LOGIN with any bytes (RFC 9051, 4.3); the library has it for other commands only."""
    both = [_literal(user.encode()), _literal(password.encode())]
    try:
        client._checkok("login", *client._raw_command(b"LOGIN", both, uid=False))
    except IMAPClientError as error:
        raise LoginError(str(error)) from error
    client._imap.state = "AUTH"


def _log_in_by_token(client: IMAPClient, account: Account) -> None:
    if not client.has_capability("AUTH=XOAUTH2"):
        raise Unconnected("oauth-missing")
    assert account.tokens is not None
    token = account.tokens.token()
    try:
        _authenticate(client, account.user, token)
    except Unconnected as refused:
        if refused.trouble != "token":
            raise
        _authenticate(client, account.user, account.tokens.token(refused=token))


def _authenticate(client: IMAPClient, user: str, token: str) -> None:
    """SASL XOAUTH2 (developers.google.com/gmail/imap/xoauth2-protocol)."""

    def answer(challenge: bytes) -> bytes:
        # a challenge with something in it says why not, and wants an empty line before the refusal
        return b"" if challenge else f"user={user}\x01auth=Bearer {token}\x01\x01".encode()

    with _refusing("token"):
        client.sasl_login("XOAUTH2", answer)


@contextmanager
def _refusing(trouble: Trouble) -> Iterator[None]:
    """A refused login by its name. Imapclient also calls it so when the connection broke or the server was busy."""
    try:
        yield
    except LoginError as error:
        said = str(error)
        if isinstance(error.__context__, IMAPClientAbortError) or _says(said, THROTTLED):
            raise
        if _says(said, PASSING):
            raise Unconnected("network", "odd") from None
        raise Unconnected("disabled" if _says(said, DISABLED) else trouble) from None


# --- both


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except (IMAPClientError, SMTPException, NoToken, OSError, ValueError) as error:
        raise named(error) from error


def _context(account: Account) -> ssl.SSLContext | None:
    if account.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=account.cafile or None)
    except OSError:
        raise Unconnected("tls", "ca-file") from None


def named(error: BaseException) -> Unconnected:
    """What keeps us out, or what ended a connection, by one of our names."""
    if isinstance(error, Unconnected):
        return error
    if isinstance(error, NoToken):
        return Unconnected(error.trouble, _reason(error.__cause__) if error.__cause__ else "odd")
    if isinstance(error, IMAPClientError) and _says(str(error), THROTTLED):
        found = _BACKOFF.search(str(error).upper())
        return Unconnected("throttled", wait=int(found[1]) / 1000 if found else 0.0)
    reason = _reason(error)
    return Unconnected("tls" if reason in {"certificate", "handshake"} else "network", reason)


def _reason(error: BaseException) -> Reason:
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return "certificate"
            case ssl.SSLError():
                return "handshake"
            case socket.gaierror() | UnicodeError():
                return "name"
            case ConnectionRefusedError():
                return "refused"
            case TimeoutError():
                return "timeout"
            case SMTPResponseException():
                return "odd"
    return "lost"


def _says(said: str, words: tuple[str, ...]) -> bool:
    return any(word in said.upper() for word in words)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
