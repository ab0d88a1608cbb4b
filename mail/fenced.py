"""Inside the fence: a process of its own that takes one letter after the other apart, within hard limits."""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from struct import Struct
from typing import Any, BinaryIO

from alliance import spreadsheets
from mail import reading
from mail.attachments import FILES, File
from mail.bounces import PERMANENT, TEMPORARY, Failure
from mail.contents import Contents, Identity, contents
from mail.screening import Kind

MEMORY = 512 * 1024 * 1024  # bytes of address space; the modules alone take 35 MB
CPU = 4  # seconds for one letter
PARTS = 2_000  # lines that look like the beginning of a part
READY = b"ready\n"
LENGTH = Struct(">I")  # stands before every frame


def main() -> None:
    """Answer every letter on standard input until that ends; whatever goes wrong ends the process."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the house, which may still need this letter's answer
        signal.signal(number, signal.SIG_IGN)
    _confine({"RLIMIT_AS": MEMORY, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0})
    from mail import quoting  # noqa: F401 - it is there before a letter's time begins to run

    source, target = sys.stdin.buffer, sys.stdout.buffer
    target.write(READY)
    target.flush()
    while question := _frame(source):
        _confine({"RLIMIT_CPU": int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2])) + 1 + CPU})
        answer = _answer(question, _frame(source))
        target.write(LENGTH.pack(len(answer)) + answer)
        target.flush()


def _confine(limits: dict[str, int]) -> None:
    """Set the soft limits that this system knows; macOS has no limit of the address space that works."""
    for name, most in limits.items():
        with suppress(AttributeError, ValueError, OSError):
            number = getattr(resource, name)
            resource.setrlimit(number, (most, resource.getrlimit(number)[1]))


def _frame(source: BinaryIO) -> bytes:
    """The next frame, b"" at the end."""
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if head else b""


def _answer(question: bytes, raw: bytes) -> bytes:
    address, server, received = json.loads(question)
    return packed(contents(raw, Identity(address, server), date.fromisoformat(received), PARTS))


# --- what is said across the fence


def asked(own: Identity, received: date) -> bytes:
    """The question that goes before the letter."""
    return json.dumps([own.address, own.server, received.isoformat()]).encode()


def packed(found: Contents) -> bytes:
    """What the letter says, and below that its files as they are; who wrote it is for the other side to find out."""
    said = {
        "kind": found.kind,
        "text": found.text,
        "unreadable": found.unreadable,
        "until": found.until.isoformat() if found.until else "",
        "token": found.token,
        "failures": found.failures,
        "files": [(file.name, len(file.content)) for file in found.files],
    }
    return b"\n".join((json.dumps(said).encode(), b"".join(file.content for file in found.files)))


def unpacked(answer: bytes, known: Contents) -> Contents:
    """What is ``known`` of a letter, and what is said of it. Raises ValueError for all that :func:`packed` never says.

    The process that says it has had a hostile letter in hand: nothing it says can change whose letter this is.
    """
    try:
        words, _, contents = answer.partition(b"\n")
        said = json.loads(words)
        kind, until = Kind(said["kind"]), _words(said["until"])
        return replace(
            known,
            kind=kind,
            text=_words(said["text"]),
            unreadable=_words(said["unreadable"]),
            until=date.fromisoformat(until) if until else None,
            token=known.token or (_words(said["token"]) if kind is Kind.BOUNCE else ""),
            failures=tuple(_failure(*one) for one in said["failures"]),
            files=tuple(_files(said["files"], contents)),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError from error


def _words(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError
    return reading.clean(said)


def _failure(address: Any, kind: Any, status: Any, blames: Any) -> Failure:
    if kind not in (PERMANENT, TEMPORARY) or not isinstance(blames, bool):
        raise ValueError
    return Failure(_words(address), kind, _words(status), blames)


def _files(said: list[tuple[Any, Any]], contents: bytes) -> Iterator[File]:
    """The files whose names and lengths are said, which have to be all there is."""
    if len(said) > FILES:
        raise ValueError(len(said))
    end = 0
    for name, length in said:
        if type(length) is not int or not 0 <= length <= spreadsheets.LIMIT:
            raise ValueError(length)
        begin, end = end, end + length
        yield File(_words(name), contents[begin:end])
    if end != len(contents):
        raise ValueError(end)


if __name__ == "__main__":
    main()
