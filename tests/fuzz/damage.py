"""Damage to letters, as broken programs do it and as somebody who means harm would."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Damage = Callable[[bytes, Random], bytes]

LONGEST = 200_000  # bytes of a damaged letter
LONGEST_REPEAT = 60_000  # bytes that one piece is repeated to
PIECES = (
    b"<div>", b"<div class=gmail_quote>", b"<blockquote type=cite>", b"</blockquote>", b"<table><tr><td>", b"<",
    b"<!--", b"<a ", b"<p style=\"", b"&#", b"&amp;", b"<pre>", b"<li>", b">", b"> ", b"-- \r\n",
    b"--\r\n", b"\r", b"\n", b"\t", b" ", b"=", b"=\r\n", b"=?utf-8?q?", b"=?utf-8?b?",
    b"?=", b"\0", b"\xff",
    b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"\xe2\x80\x8b", b"\"", b"(", b"\\", b",", b"@", b"a@b.de ", b"<a@b.de>", b";", b";a=b", b"Am 3.6.2026 schrieb ",
    b"Von: ", b"Von: Erika\r\n", b"On Tue, wrote:\r\n", b"M12 ", b"12: ", b"_____________", b"----- ", b"*", b"**a** ",
    b"|", b"EB> ", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", b"Content-Type: message/rfc822\r\n\r\n",
    b"Final-Recipient: rfc822; a@b.de\r\n", b"550 5.1.1 ", b"bis zum 3.6. ", b"1.", b"BEGIN:VEVENT\r\n",
    b"+abcdefghij234567@",
)  # fmt: skip
HEADERS = (
    b"From: ", b"From: \"", b"Sender: <", b"Subject: =?", b"Message-ID: <", b"References: <", b"Date: ", b"To: ",
    b"Content-Type: text/html", b"Content-Type: text/plain; charset=utf-7", b"Content-Type: text/plain; charset=\xff",
    b"Content-Type: text/plain; charset*0*=utf-8''%00; charset*1=x", b"Content-Type: multipart/alternative; boundary=",
    b"Content-Type: multipart/mixed; boundary=\"\"", b"Content-Type: multipart/report; report-type=delivery-status",
    b"Content-Type: message/delivery-status", b"Content-Type: text/calendar; method=REPLY", b"Content-Type: ;;;=",
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Transfer-Encoding: x-uue",
    b"Content-Disposition: attachment; filename*=", b"Auto-Submitted: auto-replied", b"X-Failed-Recipients: ",
    b"Authentication-Results: mx.example.org; dmarc=", b"List-Id: <", b"Content-Language: en", b"MIME-Version: (((((",
)  # fmt: skip


def damaged(raw: bytes, random: Random) -> bytes:
    """The letter with one to four damages."""
    for _ in range(random.randint(1, 4)):
        raw = random.choice(DAMAGES)(raw, random)[:LONGEST]
    return raw


def _at(raw: bytes, random: Random) -> int:
    return random.randint(0, len(raw))


def _cut(raw: bytes, random: Random) -> bytes:
    return raw[: _at(raw, random)] if random.random() < 0.5 else raw[_at(raw, random) :]


def _hole(raw: bytes, random: Random) -> bytes:
    start = _at(raw, random)
    return raw[:start] + raw[start + random.choice((1, 2, 80, 2_000)) :]


def _flipped(raw: bytes, random: Random) -> bytes:
    letter = bytearray(raw)
    for _ in range(random.choice((1, 10, 200)) if letter else 0):
        letter[random.randrange(len(letter))] = random.randrange(256)
    return bytes(letter)


def _lines_repeated(raw: bytes, random: Random) -> bytes:
    lines = raw.splitlines(keepends=True) or [b"\r\n"]
    start = random.randrange(len(lines))
    some = b"".join(lines[start : start + random.choice((1, 1, 5, 40))])
    times = random.randint(1, max(LONGEST_REPEAT // (len(some) + 1), 1))
    return b"".join(lines[:start]) + some * times + b"".join(lines[start:])


def _lines_shuffled(raw: bytes, random: Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    start = random.randrange(len(lines) + 1)
    some = lines[start : start + 30]
    random.shuffle(some)
    return b"".join([*lines[:start], *some, *lines[start + 30 :]])


def _boundaries_swapped(raw: bytes, random: Random) -> bytes:
    found = re.findall(rb"(?mi)^--[^\r\n]{1,70}", raw)
    if not found:
        return raw
    one, other = random.choice(found), random.choice([*found, b"--", b"--x--", b""])
    return raw.replace(one, other, random.choice((-1, 1)))


def _headers_multiplied(raw: bytes, random: Random) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    return b"\r\n".join([*lines, *[random.choice(lines)] * random.choice((1, 20, 900))]) + blank + body


def _header_added(raw: bytes, random: Random) -> bytes:
    more = random.choice(HEADERS) + random.choice((b"", b"x", random.choice(PIECES) * random.choice((1, 500))))
    lines = raw.split(b"\r\n")
    at = random.choice((0, random.randrange(len(lines)), min(len(lines), 8)))
    return b"\r\n".join([*lines[:at], more, *lines[at:]])


def _header_dropped(raw: bytes, random: Random) -> bytes:
    lines = raw.split(b"\r\n")
    at = random.randrange(min(len(lines), 40))
    return b"\r\n".join([*lines[:at], *lines[at + 1 :]])


def _nested(raw: bytes, random: Random) -> bytes:
    kind = random.choice((b"multipart/mixed", b"multipart/alternative", b"multipart/report", b"message/rfc822"))
    for level in range(random.choice((1, 2, 19, 22, 60))):
        mark = b"n%d" % level
        raw = b"Content-Type: %s; boundary=%s\r\n\r\n--%s\r\n%s\r\n--%s--\r\n" % (kind, mark, mark, raw, mark)
        if len(raw) > LONGEST:
            break
    return b"From: Erika Beispiel <erika@stahl.example.org>\r\nTo: zukunftsplan@example.org\r\n" + raw


def _piece_inserted(raw: bytes, random: Random) -> bytes:
    at = _at(raw, random)
    piece = random.choice(PIECES)
    most = LONGEST_REPEAT // len(piece)
    return raw[:at] + piece * random.choice((1, 2, 30, random.randint(1, most), most)) + raw[at:]


def _as_body(raw: bytes, random: Random) -> bytes:
    """Everything below other headers."""
    kind = random.choice((b"text/html", b"text/plain", b"text/plain; format=flowed; delsp=yes", b"multipart/mixed"))
    head = b"From: Erika Beispiel <erika@stahl.example.org>\r\nTo: zukunftsplan@example.org\r\nContent-Type: "
    return head + kind + b"\r\n\r\n" + raw


DAMAGES: tuple[Damage, ...] = (
    _cut,
    _hole,
    _flipped,
    _lines_repeated,
    _lines_shuffled,
    _boundaries_swapped,
    _headers_multiplied,
    _header_added,
    _header_dropped,
    _nested,
    _piece_inserted,
    _piece_inserted,
    _as_body,
)
