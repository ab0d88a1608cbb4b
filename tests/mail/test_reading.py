"""Reading what anybody may have sent: limits come before parsing, and every text comes out clean."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from mail import reading

HOSTILE = "Rad\x00weg\u202e \u200bam\ufeff Kanal\ud800"


def nested(depth: int) -> bytes:
    opened = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return (opened + "Content-Type: text/plain\r\n\r\nHallo\r\n").encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"\r\nHallo",
        b"Subject: " + b"x" * 200_000 + b"\r\n\r\nHallo",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nHallo\r\n" * 50_000,
        b"Content-Type: multipart/mixed;\r\n boundary*0=x; boundary*1=y\r\n\r\n" + b"--xy\r\n\r\nHallo\r\n" * 50_000,
        b"X: y\r\nContent-Type:\r\n multipart/mixed; boundary=x\r\r" + b"--x\r\rHallo\r" * 50_000,
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: a/b"
        + b";" * 5_000_000
        + b"\r\n\r\n--x--",
        nested(2_000),
    ],
    ids=["headers", "subject", "parts", "split boundary", "carriage returns", "part headers", "nesting"],
)
def test_a_bomb_is_refused_before_it_is_parsed(raw: bytes) -> None:
    began = time.process_time()
    tracemalloc.start()
    with pytest.raises(reading.TooComplex):
        reading.read(raw)
    reading.header(reading.head(raw), "Subject")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert time.process_time() - began < 1


def test_nesting_that_can_be_parsed_but_not_meant_is_refused_too() -> None:
    message = reading.read(nested(30))
    with pytest.raises(reading.TooComplex):
        reading.texts_of(message)


def test_many_dashes_in_a_plain_letter_are_no_parts() -> None:
    raw = b"Subject: Tabelle\r\n\r\n" + b"-----+-----\r\n" * 1_000
    plain, _ = reading.texts_of(reading.read(raw))
    assert plain.count("+") == 1_000


def test_texts_come_out_clean() -> None:
    assert reading.clean(HOSTILE) == "Radweg am Kanal\N{REPLACEMENT CHARACTER}"
    assert reading.clean("a\r\nb\rc\u2028d\u00a0e") == "a\nb\nc\nd e"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=?utf-8?b?R3LDtsOfZQ==?=", "Größe"),
        ("=?utf-8?q?Gr=C3=B6?= =?utf-8?q?=C3=9Fe?=", "Größe"),
        ("=?klingon?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?utf-8?b?broken", "=?utf-8?b?broken"),
        ("=?utf-8?b?R3LDtsOfZQ=?=", "Größe"),
        ("two\r\n lines", "two lines"),
        ("=?utf-8?q?smuggled=0D=0ABcc:_x?=", "smuggled Bcc: x"),
        ("Größe".encode().decode("ascii", "surrogateescape"), "Größe"),
    ],
)
def test_header_words(value: str, words: str) -> None:
    assert reading.decoded(value) == words


def test_header_words_of_any_length_take_no_time() -> None:
    began = time.process_time()
    for bomb in ("=?" * 50_000, "=?utf-8?q?" * 10_000, "=?utf-8?q?x?= " * 10_000):
        reading.decoded(bomb)
    assert time.process_time() - began < 2
