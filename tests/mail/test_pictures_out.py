"""Pictures in letters: shown where the words are, said in words for whoever cannot see them, enclosed nowhere else."""

from __future__ import annotations

import zlib
from dataclasses import replace
from email.message import EmailMessage
from html import unescape
from struct import pack

import pytest

from alliance.notes import Note
from mail.contents import Identity, contents
from mail.letter_html import LIMIT
from mail.letters import Paper
from tests.mail.test_calendars_out import INVITED
from tests.mail.test_letters import HOUSE, NOW, QUESTION, TOKEN, card, composed, part, written

NOTE = Note("Der Plan", ("Stand heute",), language="de")


def png(width: int, height: int) -> bytes:
    """A blue picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\x0b\x5c\x8a" * width) * height)
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


WIDE, SMALL = ("Zwischenstand März.png", "image/png", png(1088, 200)), ("Ampel.png", "image/png", png(120, 60))
PDF = ("Zwischenstand.pdf", "application/pdf", b"%PDF-1.7")


def related(message: EmailMessage) -> list[EmailMessage]:
    """The HTML and what it shows."""
    (found,) = [each for each in message.walk() if each.get_content_type() == "multipart/related"]
    return [each for each in found.iter_parts() if isinstance(each, EmailMessage)]


def test_a_picture_stands_below_the_words() -> None:
    message = composed(NOTE, [WIDE])
    assert message.get_content_type() == "multipart/alternative"
    page, picture = related(message)
    name = str(picture["Content-ID"]).strip("<>")
    html = str(page.get_content())
    assert name == f"picture1.{TOKEN}@example.org"
    assert f'src="cid:{name}" width="544" alt="Zwischenstand M' in html
    assert html.index("</h1>") < html.index("Stand heute", html.index("</h1>")) < html.index("<img")
    assert picture.get_content_disposition() == "inline"
    assert picture.get_filename() == "Zwischenstand März.png"
    assert picture.get_content() == WIDE[2]


def test_it_is_said_in_words_and_not_enclosed_as_well() -> None:
    message = composed(NOTE, [WIDE, PDF])
    text = part(message, "plain")
    assert "Stand heute\n\n[Bild: Zwischenstand März]\n\n" in text
    assert "Anlage: Zwischenstand.pdf" in text
    assert [file.get_filename() for file in message.iter_attachments()] == ["Zwischenstand.pdf"]
    assert "Anlage" not in part(composed(NOTE, [WIDE]), "plain")


def test_each_picture_is_itself_and_no_wider_than_it_is() -> None:
    page, *pictures = related(composed(NOTE, [WIDE, SMALL]))
    html = str(page.get_content())
    assert [each.get_content() for each in pictures] == [WIDE[2], SMALL[2]]
    for each, width in zip(pictures, (544, 120), strict=True):
        assert f'src="cid:{str(each["Content-ID"]).strip("<>")}" width="{width}"' in html


def test_what_only_calls_itself_a_picture_harms_nothing() -> None:
    nasty = ('"><script>\r\nX: y.png', "image/png", b"GIF")
    message = composed(NOTE, [nasty])
    page, picture = related(message)
    assert "<script>" not in str(page.get_content())
    assert 'width="544"' in str(page.get_content())
    assert message.defects == picture.defects == []
    assert picture["X"] is None


def test_a_letter_too_big_for_html_encloses_its_picture() -> None:
    many = Note("Alle", items=tuple(card(number) for number in range(1, 601)), language="de")
    message = composed(many, [SMALL, PDF])
    assert [file.get_filename() for file in message.iter_attachments()] == ["Ampel.png", "Zwischenstand.pdf"]
    text = part(message, "plain").replace(" \n", " ")
    assert "Anlagen: Ampel.png, Zwischenstand.pdf" in text
    assert "[Bild:" not in text


def test_only_the_html_counts_against_its_limit() -> None:
    big: Paper = ("Bild.png", "image/png", png(400, 400) + b"\0" * 2 * LIMIT)
    html = part(composed(QUESTION, [big]), "html")
    assert len(html) < LIMIT
    assert html.count('class="chip') == part(composed(QUESTION), "html").count('class="chip')


def test_a_picture_an_invitation_and_a_file_travel_together() -> None:
    message = composed(INVITED, [WIDE, PDF])
    alternative, *files = message.iter_parts()
    kinds = [each.get_content_type() for each in alternative.iter_parts()]
    assert kinds == ["text/plain", "multipart/related", "text/calendar"]
    assert [each.get_content_type() for each in files] == ["application/pdf", "application/ics"]


def test_a_picture_that_comes_back_in_a_reply_is_no_file_of_the_letter() -> None:
    raw = written(NOTE, [WIDE]).replace(HOUSE.address.encode(), b"max@example.com").replace(b"X-Loop", b"X-Was")
    assert contents(raw, Identity(HOUSE.address), NOW.date()).files == ()


# --- leaving what goes to many


@pytest.mark.parametrize(
    ("series", "word", "line"),
    [
        ("abfrage", "ABMELDEN", "nicht mehr dabei sein"),
        ("wochenueberblick", "WOCHEN%C3%9CBERBLICK%20AUS", "keinen Wochenüberblick mehr"),
    ],
)
def test_each_series_has_its_own_word_to_leave_it(series: str, word: str, line: str) -> None:
    message = composed(replace(QUESTION, series=series))
    address = f"zukunftsplan+{TOKEN}@example.org"
    expected = f"<mailto:{address}?subject={word}%20%5BZP-{TOKEN}%5D&body={word}>"
    assert "".join(message["List-Unsubscribe"].split()) == expected
    for kind in ("plain", "html"):
        assert line in unescape(part(message, kind))
