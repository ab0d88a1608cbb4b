"""Reading letters that anybody may have written: limits first, guarded decoding, clean characters."""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError, InvalidBase64LengthDefect
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from functools import lru_cache
from html import escape
from itertools import takewhile

from mail.lines import OWN_ARROW, SURE_QUOTE

HEADER_LIMIT = 100_000  # bytes, of the letter's headers and of each part's
PART_LIMIT = 200
DEPTH_LIMIT = 20
WORDS_LIMIT = 20_000  # characters of one header that are decoded
META_REACH = 4_000  # bytes of HTML in which the charset is looked for
TEXT_LIMIT = 200_000  # characters of one text part that are read
TOO_BIG = "X-Zukunftsplan-Too-Big"  # our note in front of the headers of a letter that was not fetched whole

_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
_FOLDED = re.compile(r"[\r\n]+[ \t]*")
_CONTAINER = re.compile(rb"[\r\n]content-type\s*:\s*(?:multipart|message)/", re.IGNORECASE)
_DELIMITER = re.compile(rb"[\r\n]--")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Charsets that are often named wrongly, and codecs that are no charsets of letters (quadratic, or escapes)
_GUESSED = {"", "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "unknown-8bit"}
_GUESSED |= {"idna", "punycode", "undefined", "unicode_escape", "unicode-escape", "raw_unicode_escape", "utf-7"}

_CONTROLS = [code for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"]
_BASE64 = re.compile("[A-Za-z0-9+/]+={0,2}")
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s?=\s?[\"']?([a-zA-Z0-9_-]{3,30})", re.IGNORECASE)
_HOW = "content-disposition"
_PROPER = re.compile("[^\x00-\x7f\N{REPLACEMENT CHARACTER}]")
_BIDI = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ZERO_WIDTH = [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]
_CLEANING: dict[int, str | None] = {
    **dict.fromkeys([*_CONTROLS, *_BIDI, *_ZERO_WIDTH], None),
    **dict.fromkeys([0x00A0, 0x2007, 0x202F], " "),
    **dict.fromkeys([0x2028, 0x2029], "\n"),
}
_UNCLEAN = re.compile(f"[{re.escape(''.join(map(chr, _CLEANING)))}\ud800-\udfff]")


class TooComplex(Exception):
    """The letter is over a limit and was not parsed."""


def head(raw: bytes) -> Message:
    """The letter's headers alone, cut at the limit."""
    return _parsed_head(raw[: min(_head_end(raw, 0), HEADER_LIMIT)])


@lru_cache(maxsize=16)  # several parts of the door ask for the same letter's headers; nobody changes them
def _parsed_head(head: bytes) -> Message:
    return BytesHeaderParser(policy=compat32).parsebytes(head)


def body(raw: bytes) -> bytes:
    """Everything below the headers, undecoded."""
    return raw[_head_end(raw, 0) :]


def read(raw: bytes, parts: int = PART_LIMIT) -> Message:
    """The whole letter. Raises TooComplex before a parser could choke on it."""
    if _head_end(raw, 0) > HEADER_LIMIT:
        raise TooComplex("headers")
    if _CONTAINER.search(raw) or _CONTAINER.match(b"\n" + raw[:100]):
        _check_parts(raw, parts)
    return message_from_bytes(raw, policy=compat32)


def _check_parts(raw: bytes, most: int) -> None:
    delimiters = [found.start() for found in _DELIMITER.finditer(raw)]
    if len(delimiters) > most or len(_CONTAINER.findall(raw)) > PART_LIMIT:
        raise TooComplex("parts")
    if any(_head_end(raw, start + 1) - start > HEADER_LIMIT for start in delimiters[:-1]):
        raise TooComplex("part headers")


def _head_end(raw: bytes, start: int) -> int:
    """Where the headers that begin at ``start`` end; looks no further than one byte over the limit."""
    window = raw[start : start + HEADER_LIMIT + 4]
    if window.startswith((b"\n", b"\r\n")):
        return start
    found = _HEAD_END.search(window)
    return start + (found.end() if found else len(window))


def raw_headers(message: Message, name: str) -> list[str]:
    """All values of a header as they stand in the letter (bytes beyond ASCII as surrogates)."""
    wanted, length = name.lower(), len(name)
    return [str(value) for key, value in message.raw_items() if len(key) == length and key.lower() == wanted]


def headers(message: Message, name: str) -> list[str]:
    """All values of a header, decoded and clean, each on one line."""
    return [decoded(value) for value in raw_headers(message, name)]


def header(message: Message, name: str) -> str:
    """The first value of a header, decoded and clean; "" if there is none."""
    return next(iter(headers(message, name)), "")


def decoded(value: str) -> str:
    """The words of a header value (RFC 2047), whatever is wrong with its encoding."""
    text = one_line(value[:WORDS_LIMIT])
    if "=?" in text:
        text = _decoded_words(text)
    if _SURROGATES.search(text):
        text = to_text(text.encode("utf-8", "surrogateescape"), None)
    return " ".join(clean(text).split())


def _decoded_words(text: str) -> str:
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(to_text(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces)


def one_line(value: str) -> str:
    """A folded header value on one line (RFC 5322, 2.2.3)."""
    return _FOLDED.sub(" ", value).strip()


def to_text(content: bytes, charset: str | None) -> str:
    """Bytes as text, by the charset named or by what they look like; never raises."""
    name = (charset or "").lower()
    if name not in _GUESSED:
        try:
            return content.decode(name, "replace")
        except (LookupError, ValueError):
            pass
    return _guessed(content)


def _guessed(content: bytes) -> str:
    """UTF-8, even with a flaw in it, or else Windows' Latin (so do letters that call themselves Latin-1 or ASCII)."""
    text = content.decode("utf-8", "replace")
    flawed = "\N{REPLACEMENT CHARACTER}" in text
    return content.decode("cp1252", "replace") if flawed and not _PROPER.search(text) else text


def clean(text: str) -> str:
    """Text without NUL and other controls, lone surrogates, bidi overrides and zero-width characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if not _UNCLEAN.search(lines):  # translate() is slow, and nearly all texts are clean by now
        return lines
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", lines.translate(_CLEANING))


def texts_of(message: Message) -> tuple[str, str]:
    """The letter's own plain text and its HTML, each "" if missing; attached letters and files are left out.

    Of parts that say the same (RFC 2046, 5.1.4) each goes to its text; any other part goes to both, as there is HTML.
    Raises TooComplex when parts are nested too deeply.
    """
    found = list(_texts(message, 0))
    plain = "\n".join(plain for plain, _ in found if plain)
    if not any(html for _, html in found):
        return plain, ""
    return plain, "\n".join(html or f"<pre>{escape(plain, quote=False)}</pre>" for plain, html in found)


def _texts(part: Message, depth: int) -> Iterator[tuple[str, str]]:
    """Plain text and HTML of each piece of the letter in order."""
    if depth > DEPTH_LIMIT:
        raise TooComplex("depth")
    if part.get_content_maintype() == "message" or _is_file(part):
        return
    if not part.is_multipart():
        yield from _text_of(part)
        return
    pieces = [piece for child in part.get_payload() for piece in _texts(_checked(child), depth + 1)]
    if part.get_content_subtype() == "alternative":
        yield "\n".join(plain for plain, _ in pieces if plain), "\n".join(html for _, html in pieces if html)
    else:
        yield from pieces


def _checked(child: Message | str) -> Message:
    assert isinstance(child, Message)
    return child


def _is_file(part: Message) -> bool:
    """A file, even one that is shown in the letter, as Apple does with short texts."""
    disposition = part.get_content_disposition()
    return disposition == "attachment" or (
        disposition == "inline" and part.get_param("filename", header=_HOW) is not None
    )


def _text_of(part: Message) -> Iterator[tuple[str, str]]:
    kind = part.get_content_type()
    if kind == "text/plain":
        yield _unflowed(part, _text(part)), ""
    elif kind == "text/html":
        yield "", _text(part)


def _text(part: Message) -> str:
    content = _content(part)
    charset = part.get_content_charset()
    if charset is None and (named := _META_CHARSET.search(content[:META_REACH])):
        charset = named[1].decode("ascii")
    return clean(to_text(content, charset))[:TEXT_LIMIT]


def _content(part: Message) -> bytes:
    """The part's bytes; of base64 that something else stands below (lists do that) what comes before it."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        with suppress(ValueError, TypeError, LookupError):  # a charset of RFC 2231's form breaks get_payload()
            encoded = "".join(takewhile(_BASE64.fullmatch, str(part.get_payload()).split()))
            return a2b_base64(encoded[: len(encoded) // 4 * 4])
    return content


def _unflowed(part: Message, text: str) -> str:
    """Lines that were wrapped for the way joined again, quoted ones too (RFC 3676, format=flowed)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    keeps_space = str(part.get_param("delsp", "")).lower() != "yes"
    lines: list[str] = []
    soft = -1  # the depth of the line that goes on, if one does
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        if depth == soft and words != "-- ":
            lines[-1] += words
        else:
            lines.append(f"{'>' * (depth - 1)}{SURE_QUOTE}{words}" if depth else _not_quoted(words))
        soft = depth if words.endswith(" ") and words != "-- " else -1
        if soft >= 0 and not keeps_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _not_quoted(words: str) -> str:
    """In format=flowed a ">" behind a space is the person's own."""
    return words.replace(">", OWN_ARROW, 1) if words.startswith(">") else words
