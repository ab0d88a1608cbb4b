"""Which addresses a returned letter is about, whether for good, and whether that blames the address."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from email.message import Message
from itertools import chain
from typing import NamedTuple

from mail import bounce_words, html_text, reading
from mail.robots import Fields, fields_of

PERMANENT = "permanent"
TEMPORARY = "temporary"
SIZE_LIMIT = 400_000  # bytes of a bounce that are read; beyond lies the returned letter
FAILURES_LIMIT = 100

_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED = {
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
}
# what ends an address, also in Asian notices
_APART = r"\s<>;:,\"'()\[\]\u3000-\u3003\u3008-\u3011\uff08\uff09\uff0c\uff1a\uff1b"
_ADDRESS = re.compile(rf"[^{_APART}]{{1,64}}@[^{_APART}@]{{1,250}}")
_QUOTED = re.compile(r"\"([\w.+-]{1,64})\"@")  # RFC 5321, 4.1.2: the same address without the marks
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
_OUR_ID = re.compile(r"<zp\.[a-z2-7]{16}@", re.IGNORECASE)

Report = dict[str, str]


class Failure(NamedTuple):
    """One recipient that was not reached.

    ``kind`` is "permanent" or "temporary" as the sending server means it; ``status`` the enhanced code (RFC 3463) or
    the SMTP reply code, "" if none is told; ``blames_address`` is true only when the address itself is wrong or closed,
    not for full mailboxes, sizes, policy and spam.
    """

    address: str
    kind: str
    status: str
    blames_address: bool


def failures(raw: bytes) -> list[Failure]:
    """Every recipient that failed or is late; [] for anything else, reports of success included. Never raises."""
    try:
        message = reading.read(raw[:SIZE_LIMIT])
        return list({failure.address: failure for failure in _failures(message)}.values())[:FAILURES_LIMIT]
    except Exception:  # damaged beyond reading
        return []


def _failures(message: Message) -> list[Failure]:
    reports = [report for part in _walk(message, 0) for report in _recipients_of(part)]
    if reports:
        return _from_reports(reports, message)
    fields = fields_of(message)
    notice = _Notice(message)
    if not (is_surely_bounce(fields) or is_probably_bounce(fields, fields["subject"], notice.text)):
        return []
    addresses = _addresses(fields.get("x-failed-recipients", "")) or notice.by_library() or notice.by_form()
    written = notice.written_to() if len(addresses) < 2 else ""
    return [notice.failure(address, written) for address in addresses or filter(None, [written])]


# --- what kind of letter


def is_surely_bounce(fields: Fields) -> bool:
    """Whether the headers alone make it a report on a delivery (RFC 3464)."""
    kind = fields.get("content-type", "").lower()
    report = kind.startswith("multipart/report") and not re.search(r"report-type\s*=\s*\"?(?!delivery-status)\w", kind)
    return report or kind.startswith(tuple(_REPORTS)) or "x-failed-recipients" in fields


def is_probably_bounce(fields: Fields, subject: str, text: str) -> bool:
    """Whether sender, subject and words together make it one that follows no standard."""
    if bounce_words.ANSWER.match(subject):
        return False
    path = fields.get("return-path", "").replace(" ", "")
    return bounce_words.points(fields.get("from", ""), path, subject, text) >= bounce_words.ENOUGH


# --- reports by the standard


def _walk(part: Message, depth: int) -> Iterator[Message]:
    """The letter's own parts; not those of the letter that came back."""
    if depth > reading.DEPTH_LIMIT:
        return
    yield part
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        for child in part.get_payload():
            if isinstance(child, Message):
                yield from _walk(child, depth + 1)


def _recipients_of(part: Message) -> Iterator[Report]:
    """The per-recipient fields of a delivery status, in lower case; a blank line or a new recipient begins the next."""
    if part.get_content_type() not in _REPORTS:
        return
    report: Report = {}
    for name, value in _fields_of_status(_status_text(part)):
        if not name or (name.endswith("-recipient") and name in report and name != "x-actual-recipient"):
            if _names_recipient(report):
                yield report
            report = {} if _names_recipient(report) else report
        if name:
            report.setdefault(name, value)
    if _names_recipient(report):
        yield report


def _names_recipient(report: Report) -> bool:
    return "final-recipient" in report or "original-recipient" in report


def _status_text(part: Message) -> str:
    """The blocks as they were written; the parser takes each for a letter of its own."""
    if not part.is_multipart():
        payload = part.get_payload(decode=True)
        return reading.to_text(payload, None) if isinstance(payload, bytes) else ""
    blocks = [child for child in part.get_payload() if isinstance(child, Message)]
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding in {"base64", "quoted-printable"} and blocks:  # the parser has taken the code for a letter
        blocks[0]["Content-Transfer-Encoding"] = encoding
        payload = blocks[0].get_payload(decode=True)
        return reading.to_text(payload, None) if isinstance(payload, bytes) else ""
    return "\n\n".join(_block_text(block) for block in blocks)


def _block_text(block: Message) -> str:
    lines = [f"{name}: {value}" for name, value in block.raw_items()]
    payload = None if block.is_multipart() else block.get_payload(decode=True)
    rest = reading.to_text(payload, None) if isinstance(payload, bytes) else ""
    return "\n".join(lines) + ("\n\n" + rest if rest.strip() else "")


def _fields_of_status(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of each field; ("", "") where a block ends."""
    unfolded = re.sub(r"\r?\n[ \t]+(?=\S)", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for line in unfolded.split("\n"):
        name, colon, value = line.partition(":")
        if not line.strip():
            yield "", ""
        elif colon:
            yield name.strip().lower(), value.strip()


def _from_reports(reports: list[Report], message: Message) -> list[Failure]:
    failed = [report for report in reports if _has_failed(report)]
    written = _written_to(message) if len(failed) == 1 else ""
    return [found for report in failed if (found := _from_report(report, written))]


def _has_failed(report: Report) -> bool:
    action = report.get("action", "").lower()
    if action:
        return action.startswith(("fail", "delay", "error"))
    return not _status_of(report).startswith("2")


def _from_report(report: Report, written: str) -> Failure | None:
    names = ("original-recipient", "final-recipient", "x-actual-recipient")
    address = written or next(chain.from_iterable(_addresses(report.get(name, "")) for name in names), "")
    if not address:
        return None
    status = _status_of(report)
    late = report.get("action", "").lower().startswith("delay") or status.startswith("4")
    said = f"{report.get('status', '')} {report.get('diagnostic-code', '')}"
    blamed = not late and bounce_words.blames_address(status, said)
    return Failure(address, TEMPORARY if late else PERMANENT, status, blamed)


def _status_of(report: Report) -> str:
    """The enhanced code; where the report's own says nothing (5.0.0), the one of the server that refused."""
    own = bounce_words.status_of(report.get("status", ""))
    remote = bounce_words.status_of(report.get("diagnostic-code", ""))
    return remote if remote and (not own or (own.endswith(".0.0") and remote[0] == own[0])) else own


def _written_to(message: Message) -> str:
    """Whom our letter was addressed to, when ours is what came back: the server may tell where it went on to."""
    returned = _returned_head(message)
    if returned is None or not _OUR_ID.match(reading.one_line(str(returned.get("Message-ID", "")))):
        return ""
    found = _addresses(", ".join(map(str, returned.get_all("To", []))))
    return found[0] if len(found) == 1 else ""


def _returned_head(message: Message) -> Message | None:
    for part in _walk(message, 0):
        if part.get_content_type() not in _RETURNED:
            continue
        if part.is_multipart():
            inner = part.get_payload(0)
            return inner if isinstance(inner, Message) else None
        payload = part.get_payload(decode=True)
        return reading.head(payload) if isinstance(payload, bytes) else None
    return None


def _addresses(text: str) -> list[str]:
    """The addresses in a field, in lower case, their domains in punycode, each once."""
    shown = _ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), reading.one_line(text))  # RFC 6533, 3
    found = (_tidy(match[0]) for match in _ADDRESS.finditer(_QUOTED.sub(r"\1@", shown)))
    return list(dict.fromkeys(address for address in found if address))


def _tidy(text: str) -> str:
    local, _, domain = text.strip("*=.-").lower().rpartition("@")
    local = local.removeprefix("mailto").strip("=")
    domain = domain.partition("..")[0]
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    domain = domain.rstrip(".!?*")
    return f"{local}@{domain}" if local and re.fullmatch(r"[a-z0-9._-]+", domain) else ""


# --- letters that follow no standard


class _Notice:
    """What a server wrote in its own words, and what is known of the letter that it gives back."""

    def __init__(self, message: Message) -> None:
        self._message = message
        plain, html = reading.texts_of(message)
        text = plain if plain.strip() else html_text.to_text(html)[0]
        self.text, self._below = bounce_words.split(text)
        self._lines = self.text.split("\n")

    def by_library(self) -> list[str]:
        """What flufl.bounce finds, which knows many old forms. It needs a From and logs what it stumbles over."""
        from flufl.bounce import all_failures  # here, because it takes 50 ms and is rarely needed

        logging.getLogger("flufl.bounce").disabled = True
        notice = Message()  # alone: it would take addresses from the returned letter, too
        notice["From"] = str(self._message.get("From", "mailer-daemon@localhost"))
        notice["Subject"] = str(self._message.get("Subject", ""))
        notice.set_payload(self.text)
        try:
            temporary, permanent = all_failures(notice)
        except Exception:  # it trusts what it reads
            return []
        found = _addresses(" ".join(address.decode("ascii", "ignore") for address in sorted(temporary | permanent)))
        if found:  # it stops at the first form that fits
            found = list(dict.fromkeys(found + _addresses(" ".join(bounce_words.listed(self._lines)))))
        aside = set(_addresses(" ".join(bounce_words.aside(self._lines))))
        return [address for address in found if address not in self._bystanders() | aside]

    def by_form(self) -> list[str]:
        """Addresses that stand where servers name who was not reached; else the one the letter was written to."""
        bystanders = self._bystanders()
        named, mentioned = bounce_words.candidates(self._lines)
        sure = [address for address in _addresses(", ".join(named)) if address not in bystanders]
        maybe = [address for address in _addresses(", ".join(mentioned)) if address not in bystanders]
        written = self._returned_to()
        meant = [address for address in sure + maybe if address in written]
        if meant or sure:
            return list(dict.fromkeys(meant or sure))
        return maybe if len(maybe) == 1 else written if len(written) == 1 else []

    def failure(self, address: str, written: str) -> Failure:
        """The failure of one address by the words near it, or else by the whole notice; named as we wrote to it."""
        near = bounce_words.near(self._lines, address)
        said = near if bounce_words.tells_reason(near) else self.text
        status = bounce_words.status_of(said) or bounce_words.smtp_code(said)
        late = bounce_words.is_late(status, said, self.text)
        blamed = not late and bounce_words.blames_address(status, said)
        return Failure(written or address, TEMPORARY if late else PERMANENT, status, blamed)

    def written_to(self) -> str:
        """Whom our letter was addressed to, when ours is what came back."""
        ours = any(_OUR_ID.match(value.strip()) for value in self._returned("message-id"))
        return next(iter(self._returned_to()), "") if ours else ""

    def _returned_to(self) -> list[str]:
        return _addresses(", ".join(self._returned("to")))

    def _returned(self, name: str) -> list[str]:
        head = _returned_head(self._message)
        if head is not None:
            return [str(value) for value in head.get_all(name, [])]
        return re.findall(rf"^[> ]*{name}:\s*(.+(?:\n[ \t]+.+)*)", self._below, re.MULTILINE | re.IGNORECASE)

    def _bystanders(self) -> set[str]:
        """Who reports, who gets the report, and who had written: none of them was not reached."""
        own = [str(value) for name in ("From", "To", "Reply-To") for value in self._message.get_all(name, [])]
        return set(_addresses(", ".join(own + self._returned("from") + self._returned("sender"))))
