"""What our own mail server found out about a letter's sender: SPF, DKIM and DMARC (RFC 8601)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from mail import addresses, reading

EXCHANGE = "exchange"  # instead of a name: Exchange Online writes its results without one
FIELD_LIMIT = 5_000  # characters of one header that are read

_COMMENTED = re.compile(r'\\.|[()"]|[^\\()"]+')
_PART = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^;"])+')
_AROUND_SIGN = re.compile(r"\s*=\s*")
_AROUND_DOT = re.compile(r"\b(smtp|header|policy|body)\s*\.\s*", re.IGNORECASE)
_PAIR = re.compile(r'(?<!\S)([^\s="]+)=("(?:\\.|[^"\\])*"|[^\s"]*)')
_BY = re.compile(r"(?:^|\s)by\s+([^\s;]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Results:
    """Results as RFC 8601, 2.7 spells them, in lower case; "" where our server says nothing.

    Each check has the domain it was about, "" if it names none; ``sender_domain`` is the one in From.
    """

    spf: str = ""
    spf_domain: str = ""
    dkim: str = ""
    dkim_domain: str = ""
    dmarc: str = ""
    dmarc_domain: str = ""
    sender_domain: str = ""

    @property
    def complete(self) -> bool:
        """Whether our server has looked at the sender at all."""
        return bool(self.spf or self.dkim or self.dmarc)


def results(message: Message, server: str) -> Results:
    """What the server of this name found, by the headers that only it can have written. Never raises.

    ``server`` is the authserv-id (RFC 8601, 2.5), or :data:`EXCHANGE`; with "" nothing is believed.
    """
    sender = addresses.sender_of(message)[0].rpartition("@")[2]
    found: dict[str, list[_Finding]] = {}
    for findings in _fields(message, server) if server else ():
        for method in ("spf", "dkim", "dmarc"):
            about = [finding for finding in findings if finding.method == method]
            if about:  # the topmost field that has the method, as ours stand above what came with the letter
                found.setdefault(method, about)
    spf, dkim, dmarc = (_best(found.get(method, []), sender) for method in ("spf", "dkim", "dmarc"))
    return Results(spf.result, spf.domain, dkim.result, dkim.domain, dmarc.result, dmarc.domain, sender)


def forged(message: Message, server: str) -> bool:
    """Whether our own server says that the letter is not from the domain in its From; silence is no verdict."""
    found = results(message, server)
    if found.dmarc not in {"", "none"}:
        return found.dmarc == "fail" and _is_about_sender(found.dmarc_domain, found.sender_domain)
    spf = found.spf in {"fail", "softfail"} and _is_about_sender(found.spf_domain, found.sender_domain)
    return spf and found.dkim == "fail"


def server_of(message: Message) -> str:
    """The name under which our own server seems to write, :data:`EXCHANGE` if it writes none, "" if it writes nothing.

    Only for a letter that we know to be harmless, such as one of our own.
    """
    topmost = next(_above_strangers(message, ""), "")
    name, findings = _parsed(topmost)
    return name or (EXCHANGE if findings else "")


def _is_about_sender(domain: str, sender: str) -> bool:
    return not domain or not sender or aligned(domain, sender)


def aligned(one: str, other: str) -> bool:
    """Whether two domains belong together (RFC 9989, relaxed), told by their last two labels."""
    return bool(one) and _house(one) == _house(other)


def _house(domain: str) -> list[str]:
    return domain.lower().rstrip(".").split(".")[-2:]


# --- whose headers


def _fields(message: Message, server: str) -> Iterator[list[_Finding]]:
    """The findings of each field by our server, topmost first."""
    for value in _above_strangers(message, server):
        name, findings = _parsed(value)
        if server == EXCHANGE and not name:
            yield findings
            return
        if name and name == server.lower():
            yield findings


def _above_strangers(message: Message, server: str) -> Iterator[str]:
    """Authentication-Results down to the first Received that none of our servers wrote (RFC 8601, 5 and 7.1)."""
    house: list[str] = []
    for name, value in message.raw_items():
        if name.lower() == "received":
            host = _by(str(value))
            house = house or (_house(host) if "." in host else [])
            if "." in host and _house(host) not in (house, _house(server)):
                return
        elif name.lower() == "authentication-results":
            yield reading.one_line(str(value)[:FIELD_LIMIT])


def _by(received: str) -> str:
    """The host that wrote a Received line; "" or a bare name such as localhost is taken for one of ours."""
    found = _BY.search(_without_comments(reading.one_line(received[:FIELD_LIMIT])))
    return found[1] if found else ""


# --- what they say


@dataclass(frozen=True)
class _Finding:
    method: str
    result: str
    domain: str


_NOTHING = _Finding("", "", "")


def _best(findings: list[_Finding], sender: str) -> _Finding:
    """One finding of several (a letter may bear several signatures): the one that speaks best for the sender."""
    ranks = [(item.result == "pass" and aligned(item.domain, sender), item.result == "pass") for item in findings]
    return findings[ranks.index(max(ranks))] if findings else _NOTHING


def _parsed(value: str) -> tuple[str, list[_Finding]]:
    """The server's name in lower case, "" if the field has none, and its findings (RFC 8601, 2.2)."""
    plain = _AROUND_DOT.sub(r"\1.", _AROUND_SIGN.sub("=", _without_comments(value)))
    parts = _PART.findall(plain)
    name = ""
    if parts and not _PAIR.search(parts[0]):
        name = next(iter(parts.pop(0).split()), "").strip('"').lower()
    return name, [_finding(pairs) for part in parts if (pairs := _PAIR.findall(part))]


def _finding(pairs: list[tuple[str, str]]) -> _Finding:
    (method, result), *properties = pairs
    said = {name.lower(): value.strip('"').lower() for name, value in properties}
    names = ("header.from", "header.d", "header.i", "smtp.mailfrom", "smtp.helo")
    domain = next((said[name] for name in names if said.get(name)), "")
    return _Finding(method.lower().partition("/")[0], result.strip('"').lower(), domain.rpartition("@")[2])


def _without_comments(value: str) -> str:
    """The value without (comments (even nested)), but with the brackets in its quoted strings (RFC 5322, 3.2.2)."""
    kept: list[str] = []
    depth, quoted = 0, False
    for piece in _COMMENTED.findall(value):
        if piece == '"' and not depth:
            quoted = not quoted
        if piece in "()" and not quoted:
            depth = max(0, depth + (1 if piece == "(" else -1))
            kept.append(" ")
        elif not depth:
            kept.append(piece)
    return " ".join("".join(kept).split())
