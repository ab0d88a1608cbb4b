"""The first words of a letter as text, found without parsing all of it."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.message import Message
from html import unescape
from quopri import decodestring

from mail import reading

PARTS = 12  # looked at before giving up
HEAD = 8_000  # bytes of a part's headers
ENCODED = 24_000  # bytes of a part that are decoded
LIMIT = 3_000  # characters of words given back

_SILENT = re.compile(r"<(style|script|head|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_LINE_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z/!?][^<>]{0,3000}>", re.IGNORECASE)
_MSO_BREAK = re.compile(r"[ \t\r\n]+")
# where mail programs put the letter that is answered to
_OLD = re.compile(
    r"<blockquote|gmail_quote|divrplyfwdmsg|appendonsend|moz-cite|yahoo_quoted|#e1e1e1 1\.0pt", re.IGNORECASE
)
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def opening(raw: bytes, head: Message) -> str:
    """The beginning of the letter's first text that says anything, clean; "" if none is found near the top."""
    position = len(raw) - len(reading.body(raw))
    if head.get_content_maintype() != "multipart":
        return _words(head, raw[position : position + ENCODED])
    for part, start, end in _parts(raw, head, position):
        words = _words(part, raw[start : min(end, start + ENCODED)])
        if words.strip():
            return words
    return ""


def _parts(raw: bytes, head: Message, position: int) -> Iterator[tuple[Message, int, int]]:
    """The text parts, each with where its content begins and ends; what is attached is left out."""
    mark = _mark(head)
    for _ in range(PARTS):
        at = raw.find(mark, position) if mark else -1
        if at < 0:
            break
        line_end = raw.find(b"\n", at)
        if line_end < 0:
            break
        position = line_end + 1
        window = raw[position : position + HEAD]
        part = reading.head(window)
        if part.get_content_maintype() == "multipart":
            mark = _mark(part) or mark
        elif part.get_content_type() in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
            start = position + len(window) - len(reading.body(window))
            end = raw.find(mark, start)
            yield part, start, end if end >= 0 else len(raw)


def _mark(head: Message) -> bytes:
    boundary = head.get_boundary()
    return b"--" + boundary.encode("utf-8", "surrogateescape") if boundary else b""


def _words(part: Message, content: bytes) -> str:
    is_html = part.get_content_type() == "text/html"
    content = content if is_html else content[: 3 * LIMIT]
    text = reading.to_text(_unwrapped(part, content), part.get_content_charset())
    return reading.clean((plain(text) if is_html else text)[:LIMIT])


def _unwrapped(part: Message, content: bytes) -> bytes:
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return decodestring(content)
    if encoding != "base64":
        return content
    letters = _NO_BASE64.sub(b"", content.split(b"=", 1)[0])
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def plain(html: str) -> str:
    """The words of a piece of HTML up to where the old letter begins."""
    old = _OLD.search(html)
    shown = _SILENT.sub(" ", html[: max(html.rfind("<", 0, old.start() + 1), 0)] if old else html)
    lines = _LINE_BREAK.sub("\x00", _MSO_BREAK.sub(" ", shown))
    return unescape(_TAG.sub(" ", lines)).replace("\x00", "\n")
