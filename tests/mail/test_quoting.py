"""The sender's own words in replies as mail programs write them."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail import html_text
from mail.quoting import cut, reply_text

QUESTION = "Herbstsitzung: Wie steht es?\n\nM12 Radweg am Kanal\n[######----] 60 %\n"
QUOTED = "".join(f"> {line}\n" for line in QUESTION.splitlines())
ERIKA = "Erika Beispiel <erika@stahl.example.org>"


@pytest.mark.parametrize(
    "below",
    [
        f"Am 02.03.2026 um 13:00 schrieb {ERIKA}:\n{QUOTED}",
        f"Am 02.03.2026 um 13:00 schrieb Wirtschaftsallianz Beispielstadt\n<zukunftsplan+abc@example.org>:\n\n{QUOTED}",
        f"Am Mo., 2. März 2026 um 13:00 Uhr schrieb Wirtschaftsallianz <\nzukunftsplan@example.org>:\n\n{QUOTED}",
        f"Wirtschaftsallianz <zukunftsplan@example.org> schrieb am Mo., 2. März\n2026, 13:00:\n\n{QUOTED}",
        f"On Mon, 2 Mar 2026 at 13:00, {ERIKA} wrote:\n\n{QUOTED}",
        f"On 2. Mar 2026, at 13:00, {ERIKA} wrote:\n{QUESTION}",
        f"Am 02.03.2026 hat Wirtschaftsallianz geschrieben:\n{QUOTED}",
        f"2026-03-02 13:00 GMT+01:00 {ERIKA}:\n\n{QUOTED}",
        f"-----Ursprüngliche Nachricht-----\nVon: Allianz\nGesendet: Montag\nAn: Erika\nBetreff: Sitzung\n\n{QUESTION}",
        f"-----Original Message-----\nFrom: Allianz\n{QUESTION}",
        f"-----Original-Nachricht-----\n{QUESTION}",
        f"Von: Allianz <z@example.org>\nGesendet: Montag, 2. März 2026 13:00\nAn: Erika\nBetreff: x\n\n{QUESTION}",
        f"*Von:* Allianz\n*Gesendet:* Montag, 2. März 2026\n*An:* Erika\n*Betreff:* Sitzung\n\n{QUESTION}",
        f"From: Alliance\nSent: Monday\nTo: Erika\nSubject: Meeting\n\n{QUESTION}",
        f"________________________________\nVon: Allianz\nGesendet: Montag\nAn: Erika\nBetreff: Sitzung\n\n{QUESTION}",
        f"---------- Forwarded message ---------\nFrom: Allianz\n{QUESTION}",
        f"Anfang der weitergeleiteten Nachricht:\n\n{QUESTION}",
        QUOTED,
        "-- \nErika Beispiel\nBeispiel Stahlbau GmbH",
        "--\nErika Beispiel",
        "Von meinem iPhone gesendet",
        f"Von meinem iPhone gesendet\n\nAm 02.03.2026 um 13:00 schrieb {ERIKA}:\n\n{QUOTED}",
        f"-- \nErika Beispiel\n\nAm 02.03.2026 um 13:00 schrieb {ERIKA}:\n{QUOTED}",
        "",
    ],
)
def test_what_stands_above_is_kept_and_the_rest_is_not(below: str) -> None:
    words = "M12: 70 %\n\nDas Gutachten liegt vor.\nViele Grüße\nErika"
    assert cut(f"{words}\n\n{below}") == words


@pytest.mark.parametrize(
    "words",
    [
        "Von: 8 bis 16 Uhr erreichbar\nM12 fertig",
        "Am Montag schrieb mir das Amt, dass es dauert.",
        "Am 3.6. um 14:05 habe ich Ihnen geschrieben:\nM12 fertig",
        "An: der Ampel fehlt noch das Schild\nM12 80 %",
        "> 50 % sind geschafft",
        "M12 --> fertig",
        "-- \nnur ein Strich, darunter meine Antwort: fertig",
        "M12: 60 %\n--\n" + "noch eine Zeile\n" * 20 + "Ende",
        "On track. We wrote: all fine.",
    ],
)
def test_own_words_that_only_look_like_a_quote_are_kept(words: str) -> None:
    assert cut(words) == words.strip()


def test_words_below_a_quote_are_kept() -> None:
    assert cut(f"Am 02.03.2026 um 13:00 schrieb {ERIKA}:\n{QUOTED}\nM12 fertig") == "M12 fertig"


def test_words_between_the_quoted_lines_are_kept_in_order() -> None:
    text = f"Am 02.03.2026 um 13:00 schrieb {ERIKA}:\n> M12 Radweg\n\n60 %\n\n> M14 Messe\n\nfertig\n"
    assert cut(text).split() == ["60", "%", "fertig"]


@pytest.mark.parametrize("only", [QUOTED, f"Am 02.03.2026 um 13:00 schrieb {ERIKA}:\n{QUOTED}", "", "\n\n"])
def test_only_a_quote_is_no_answer(only: str) -> None:
    assert cut(only) == ""


BLOCK = "<b>Von:</b> Allianz<br><b>Gesendet:</b> Montag<br><b>An:</b> Erika<br><b>Betreff:</b> Sitzung"
HTML = {
    "gmail": '<div dir="ltr">{}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Am Mo., 2. März'
    ' 2026 um 13:00&nbsp;Uhr schrieb Allianz &lt;<a href="mailto:z@example.org">z@example.org</a>&gt;:<br></div>'
    '<blockquote class="gmail_quote">{}</blockquote></div>',
    "outlook on the web": '<div class="elementToProof">{}</div><div id="appendonsend"></div><hr>'
    f'<div id="divRplyFwdMsg">{BLOCK}</div><div>{{}}</div>',
    "outlook": '<div class="WordSection1"><p class="MsoNormal">{}</p><p class="MsoNormal">&nbsp;</p>'
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt">'
    f'<p class="MsoNormal">{BLOCK}</p></div><p class="MsoNormal">{{}}</p></div>',
    "thunderbird": '<p>{}</p><div class="moz-cite-prefix">Am 02.03.26 um 13:00 schrieb Allianz:<br></div>'
    '<blockquote type="cite" cite="mid:x">{}</blockquote>',
    "apple": '<div>{}</div><br><div><blockquote type="cite"><div>Am 02.03.2026 um 13:00 schrieb Allianz:</div>'
    "{}</blockquote></div>",
    "yahoo": '<div>{}</div><div id="x" class="yahoo_quoted"><div>Am Montag schrieb Allianz:</div>{}</div>',
    "gmx": '<div>{}</div><div name="quote" style="margin:10px"><b>Gesendet:</b> Montag<div>{}</div></div>',
    "plain html": "<html><head><style>p {{color:red}}</style></head><body><p>{}</p>"
    "<p>-----Ursprüngliche Nachricht-----</p>{}</body></html>",
}


@pytest.mark.parametrize("client", HTML)
def test_html_replies_are_cut_where_the_mail_program_marks_it(client: str) -> None:
    message = EmailMessage()
    message.set_content(
        HTML[client].format("M12: 70&nbsp;%<br>Das Gutachten &lt;neu&gt; liegt vor", QUESTION), subtype="html"
    )
    assert reply_text(message.as_bytes()) == "M12: 70 %\nDas Gutachten <neu> liegt vor"


def test_words_between_html_quotes_are_kept() -> None:
    message = EmailMessage()
    quote = '<blockquote class="gmail_quote">M{} Messe?</blockquote>'
    message.set_content(
        f"<div class='gmail_quote'>{quote.format(1)}<div>60 %</div>{quote.format(2)}<div>fertig</div></div>",
        subtype="html",
    )
    assert reply_text(message.as_bytes()).split() == ["60", "%", "fertig"]


def test_the_longer_wrapped_line_of_format_flowed_is_one_again() -> None:
    head = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    raw = head + b"M12: delayed because the \r\nreport is missing\r\n-- \r\nErika\r\n"
    assert reply_text(raw) == "M12: delayed because the report is missing"


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-8", "Größe".encode()),
        ("iso-8859-1", "Größe".encode("cp1252")),
        ("iso-8859-1", "Größe".encode()),
        ("windows-1252", "Größe".encode("cp1252")),
        ("us-ascii", "Größe".encode()),
        ("klingon", "Größe".encode()),
        ("idna", "Größe".encode()),
        ("utf-8", "Größe".encode("cp1252")),
    ],
)
def test_words_are_read_whatever_charset_is_claimed(charset: str, body: bytes) -> None:
    raw = (
        b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body
    )
    assert reply_text(raw) == "Größe"


def test_an_attached_letter_is_not_the_senders_own_words() -> None:
    inner = EmailMessage()
    inner.set_content("M12 fertig")
    outer = EmailMessage()
    outer.set_content("siehe Anlage")
    outer.add_attachment(inner)
    assert reply_text(outer.as_bytes()) == "siehe Anlage"


@given(st.binary())
def test_nothing_makes_it_raise(raw: bytes) -> None:
    assert isinstance(reply_text(raw), str)
    assert isinstance(reply_text(b"Content-Type: text/html\r\n\r\n" + raw), str)
    assert isinstance(reply_text(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + raw), str)


@given(st.text(alphabet="ab \n>-:.<@1schriebamVonAn", max_size=200))
def test_cutting_only_ever_leaves_lines_out(text: str) -> None:
    lines = [line.strip() for line in text.split("\n")]
    assert {line.strip() for line in cut(text).split("\n")} <= {"", *lines}


@pytest.mark.parametrize(
    "bomb",
    [
        "<a b='" * 30_000,
        "<!--" * 50_000,
        "<a" * 50_000,
        '<a b="<' * 30_000,
        "<div>" * 40_000,
        "</" * 50_000,
        "<a b='>" * 30_000,
        "&" * 200_000,
        "<blockquote type=cite>" * 20_000,
        "<p><" * 50_000,
        "<a b='><c d=\">" * 15_000,
    ],
)
def test_hostile_html_is_read_in_linear_time(bomb: str) -> None:
    began = time.process_time()
    html_text.to_text(bomb)
    assert time.process_time() - began < 3
