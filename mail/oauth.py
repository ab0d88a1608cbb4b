"""Access tokens in place of a password (OAuth 2.0, RFC 6749): fetched over HTTPS, kept in memory only."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

Trouble = Literal[
    "oauth-network", "oauth-client", "oauth-grant", "oauth-consent", "oauth-tenant", "oauth-scope", "oauth-odd"
]

MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
GOOGLE = "https://oauth2.googleapis.com/token"
# learn.microsoft.com: Authenticate an IMAP, POP or SMTP connection using OAuth
MICROSOFT_APP = "https://outlook.office365.com/.default"
MICROSOFT_DELEGATED = (
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
)

PATIENCE = 10.0  # seconds for a connection or an answer
ANSWER_LIMIT = 1_000_000  # bytes
MARGIN = 300.0  # seconds before its end in which a token counts as ended
LIFETIME = 3600.0  # seconds, where the answer names none

# RFC 6749, 5.2, and what OpenID Connect adds
_ERRORS: dict[str, Trouble] = {
    "invalid_client": "oauth-client",
    "unauthorized_client": "oauth-client",
    "invalid_grant": "oauth-grant",
    "interaction_required": "oauth-grant",
    "login_required": "oauth-grant",
    "consent_required": "oauth-consent",
    "access_denied": "oauth-consent",
    "invalid_scope": "oauth-scope",
    "temporarily_unavailable": "oauth-network",
}
# learn.microsoft.com: Microsoft Entra authentication and authorization error codes (AADSTS…), which say it more exactly
_ENTRA: dict[int, Trouble] = {
    65001: "oauth-consent",
    65004: "oauth-consent",
    90094: "oauth-consent",
    500011: "oauth-scope",
    70011: "oauth-scope",
    1002012: "oauth-scope",
    90002: "oauth-tenant",
    90013: "oauth-tenant",
    900023: "oauth-tenant",
    700016: "oauth-client",
}


class NoToken(Exception):
    """The token endpoint gave none. What it said is not repeated: it may name people and tenants."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True)
class Grant:
    """What the operator was given. Without a refresh token the application speaks for itself (RFC 6749, 4.4)."""

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""
    cafile: str = ""


class Tokens:
    """The one source of access tokens for a mailbox. From any thread; blocks while it fetches.

    ``clock`` counts seconds from anywhere.
    """

    def __init__(self, grant: Grant, clock: Callable[[], float] = time.monotonic) -> None:
        self._grant = grant
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._good_until = 0.0
        self._refresh_token = grant.refresh_token

    def token(self, refused: str = "") -> str:
        """A token that is good for minutes, and another than the one a server has ``refused``. Raises NoToken."""
        with self._lock:
            if self._token in {"", refused} or self._clock() >= self._good_until:
                self._fetch()
            return self._token

    def _fetch(self) -> None:
        self._token = ""
        answer = _ask(self._grant, self._form())
        lifetime = _seconds(answer.get("expires_in"))
        self._good_until = self._clock() + max(lifetime - MARGIN, lifetime / 2)
        # Microsoft hands out a new one each time; the old one goes on for a while
        self._refresh_token = str(answer.get("refresh_token") or self._refresh_token)
        self._token = str(answer["access_token"])

    def _form(self) -> dict[str, str]:
        """RFC 6749, 4.4.2 and 6."""
        grant = self._grant
        kind = "refresh_token" if self._refresh_token else "client_credentials"
        form = {
            "grant_type": kind,
            "client_id": grant.client_id,
            "client_secret": grant.client_secret,
            "refresh_token": self._refresh_token,
            "scope": grant.scope,
        }
        return {name: value for name, value in form.items() if value}


def _ask(grant: Grant, form: dict[str, str]) -> dict[str, Any]:
    """The endpoint's answer with a token in it. Raises NoToken."""
    try:
        status, said = _post(grant, urlencode(form))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoToken("oauth-network") from error
    if status == 429 or status >= 500:
        raise NoToken("oauth-network")
    answer = _parsed(said)
    if status != 200 or not answer.get("access_token"):
        raise NoToken(_trouble(answer))
    return answer


def _post(grant: Grant, body: str) -> tuple[int, bytes]:
    url = urlsplit(grant.token_url)
    context = ssl.create_default_context(cafile=grant.cafile or None)
    line = http.client.HTTPSConnection(url.hostname or "", url.port, timeout=PATIENCE, context=context)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        line.request("POST", url.path or "/", body, headers)
        response = line.getresponse()
        return response.status, response.read(ANSWER_LIMIT)
    finally:
        line.close()


def _parsed(said: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(said)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _trouble(answer: dict[str, Any]) -> Trouble:
    codes = answer.get("error_codes")
    for code in codes if isinstance(codes, list) else []:
        if code in _ENTRA:
            return _ENTRA[code]
    if answer.get("suberror") == "consent_required":
        return "oauth-consent"
    return _ERRORS.get(str(answer.get("error")), "oauth-odd")


def _seconds(said: object) -> float:
    try:
        return max(float(str(said)), 0.0)
    except ValueError:
        return LIFETIME
