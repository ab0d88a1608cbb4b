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


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n"


def parts(kind: str, *bodies: str, boundary: str = "x") -> str:
    inner = "".join(f"--{boundary}\r\n{body}\r\n" for body in bodies)
    return f"Content-Type: multipart/{kind}; boundary={boundary}\r\n\r\n{inner}--{boundary}--\r\n"


def texts(raw: str | bytes) -> tuple[str, str]:
    plain, html = reading.texts_of(reading.read(raw.encode() if isinstance(raw, str) else raw))
    return plain.strip(), html.strip()


def test_texts_around_a_picture_are_joined() -> None:
    picture = "Content-Type: image/png\r\nContent-Disposition: inline; filename=a.png\r\n\r\nAAAA"
    assert texts(parts("mixed", f"{PLAIN}eins", picture, f"{PLAIN}zwei"))[0].split() == ["eins", "zwei"]


def test_what_a_list_adds_as_a_part_belongs_to_both_texts() -> None:
    both = parts("alternative", f"{PLAIN}eins", f"{HTML}<p>eins</p>", boundary="y")
    plain, html = texts(parts("mixed", both, f"{PLAIN}a < b"))
    assert plain.split() == ["eins", "a", "<", "b"]
    assert html == "<p>eins</p>\n<pre>a &lt; b</pre>"


def test_a_text_file_shown_in_the_letter_is_a_file() -> None:
    file = "Content-Type: text/plain\r\nContent-Disposition: inline; filename=log.txt\r\n\r\nlog"
    assert texts(parts("mixed", f"{PLAIN}eins", file)) == ("eins", "")


def test_a_signature_of_a_signed_letter_is_no_text() -> None:
    assert texts(parts("signed", f"{PLAIN}eins", "Content-Type: application/pgp-signature\r\n\r\n-----")) == (
        "eins",
        "",
    )


@pytest.mark.parametrize("end", ["", "=", "==", "!", "\r\n-- \r\nx"])
def test_base64_with_a_broken_end_is_read(end: str) -> None:
    head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert texts(f"{head}R3LDtsOfZSBpc3QgZmVydGln{end}")[0] == "Größe ist fertig"


def test_html_may_name_its_charset_itself() -> None:
    head = b'Content-Type: text/html\r\n\r\n<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    assert texts(head + "Готово".encode("cp1251"))[1].endswith("Готово")


@pytest.mark.parametrize(
    ("parameters", "text", "words"),
    [
        ("", "Das Gut \r\nachten", "Das Gut achten"),
        ("; delsp=yes", "Das Gut \r\nachten", "Das Gutachten"),
        ("", "eins \r\n-- \r\nErika", "eins \n-- \nErika"),
        ("", "> lang \r\n> weiter\r\n>> tiefer", ">\xa0lang weiter\n>>\xa0tiefer"),
        ("", " > 50 %", "\xa0> 50 %"),
        ("", "  eingerückt", " eingerückt"),
    ],
)
def test_flowed_lines_are_one_again_quoted_or_not(parameters: str, text: str, words: str) -> None:
    raw = f"Content-Type: text/plain; charset=utf-8; format=flowed{parameters}\r\n\r\n{text}"
    assert reading.texts_of(reading.read(raw.encode()))[0] == words
