"""The first words of a letter, found without parsing all of it."""

from __future__ import annotations

import base64
import time

import pytest

from mail import reading
from mail.opening import opening


def words_of(raw: str) -> str:
    content = raw.replace("\n", "\r\n").encode()
    return opening(content, reading.head(content)).strip()


def test_a_plain_letter() -> None:
    assert words_of("Subject: x\nContent-Type: text/plain; charset=utf-8\n\nGrüße, M12 60 %") == "Grüße, M12 60 %"
    assert words_of("Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe") == "Grüße"


def test_base64_is_read_as_far_as_it_goes() -> None:
    code = base64.encodebytes("Grüße aus Bottrop".encode()).decode()
    assert words_of(f"Content-Transfer-Encoding: base64\n\n{code}") == "Grüße aus Bottrop"
    assert words_of(f"Content-Transfer-Encoding: base64\n\n{code[:10]}").startswith("Grü")


def test_the_first_part_that_says_anything() -> None:
    parts = (
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\n  \n--b\nContent-Type: text/html\n\n<p>M12<br>60&nbsp;%</p>\n--b--\n--a--\n"
    )
    assert words_of(parts) == "M12\n60 %"


def test_attached_texts_are_no_words() -> None:
    file = "--a\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nDatei\n"
    assert words_of(f"Content-Type: multipart/mixed; boundary=a\n\n{file}--a--\n") == ""
    assert words_of(f"Content-Type: multipart/mixed; boundary=a\n\n{file}--a\n\nM12\n--a--\n") == "M12"


@pytest.mark.parametrize("mark", ["<blockquote>", "<div class='gmail_quote'>", "<div id=divRplyFwdMsg>"])
def test_html_ends_where_the_old_letter_begins(mark: str) -> None:
    html = f"<style>p {{}}</style><!-- x --><p>M12 60 %</p>{mark}<p>alt</p>"
    assert words_of(f"Content-Type: text/html\n\n{html}") == "M12 60 %"


@pytest.mark.parametrize(
    "piece", ["<style>", "<!--", "<a ", "<", "--a\n", "--a\nContent-Type: multipart/x; boundary=a\n\n"]
)
def test_a_bomb_takes_no_time(piece: str) -> None:
    begun = time.process_time()
    many = piece * (5_000_000 // len(piece))
    words_of(f"Content-Type: text/html\n\n{many}")
    words_of(f"Content-Type: multipart/mixed; boundary=a\n\n{many}")
    assert time.process_time() - begun < 2
