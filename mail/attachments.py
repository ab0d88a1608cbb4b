"""The spreadsheets that travel with a letter; every other file is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from alliance import spreadsheets
from mail import reading

FILES = 5  # of one letter


class File(NamedTuple):
    """A spreadsheet as it came; its name has the proper ending."""

    name: str
    content: bytes


def files_of(letter: Message) -> tuple[File, ...]:
    """The first spreadsheets of the letter itself; those of letters attached to it are not its own. Never raises."""
    return tuple(islice(_files(letter, 0), FILES))


def _files(part: Message, depth: int) -> Iterator[File]:
    if depth > reading.DEPTH_LIMIT or part.get_content_maintype() == "message":
        return
    if part.is_multipart():
        for child in part.get_payload():
            if isinstance(child, Message):
                yield from _files(child, depth + 1)
    elif (name := spreadsheets.name_of(_name(part), part.get_content_type())) and _may_be_file(part):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and len(content) <= spreadsheets.LIMIT:
            yield File(name, content)


def _may_be_file(part: Message) -> bool:
    """A text without a place of its own is what the letter says, whatever its name."""
    return part.get_content_type() not in {"text/plain", "text/html"} or part.get_content_disposition() is not None


def _name(part: Message) -> str:
    """The file's name without folders, whichever way it was written down (RFC 2231, RFC 2047, or plain bytes)."""
    told = ""
    with suppress(LookupError, ValueError, TypeError):
        told = _decoded(part).get_filename("")
    words = reading.decoded(told).replace("\\", "/").rpartition("/")[2]
    return normalize("NFC", words)  # Apple writes an umlaut as two characters


def _decoded(part: Message) -> Message:
    """The two headers that may name the file, with what are bytes beyond ASCII in them read as text."""
    plain = Message()
    for header in ("Content-Disposition", "Content-Type"):
        for value in reading.raw_headers(part, header)[:1]:
            plain[header] = reading.to_text(value.encode("utf-8", "surrogateescape"), None)
    return plain
