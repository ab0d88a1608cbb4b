"""Replies as the three mail programs write them, read back with the standard library."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formataddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.replies import Client, html_of, letter, reply, text_of

ERIKA = ("Jörg Beispiel", "joerg@firm.example")
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
QUESTION = "Guten Tag,\n\nwie weit ist M12 „Grüne Höfe“?\n\n> früher gefragt"
LONG = "Bitte antworten Sie einfach auf diesen Brief, eine Zeile genügt uns völlig, zum Beispiel so: 60 %."
EVERY = [(client, language) for client in Client for language in ("de", "en")]


def question(**changed: str) -> bytes:
    """A letter such as the office writes, with other header fields where wanted ("" drops one)."""
    message = EmailMessage(policy=policy.SMTP)
    fields = {
        "From": formataddr(("Zukunftsplan Geschäftsstelle", "office@example.org")),
        "To": "Erika Beispiel <erika@firm.example>, info@firm.example",
        "Reply-To": "office+token@example.org",
        "Subject": "Sitzung: Maßnahme M12",
        "Date": "Sun, 22 Nov 2026 09:15:00 +0000",
        "Message-ID": "<question@example.org>",
        "References": "<round@example.org>",
    }
    for name, value in (fields | {name.replace("_", "-"): value for name, value in changed.items()}).items():
        if value:
            message[name] = value
    message.set_content(QUESTION)
    message.add_alternative("<html><body bgcolor=white><p>Wie weit ist <b>M12</b>?</p></body></html>", subtype="html")
    return message.as_bytes()


def answer(client: Client, language: str = "de", text: str = "60 %", original: bytes | None = None) -> bytes:
    return reply(original or question(), text, client=client, sender=ERIKA, language=language, at=AT)


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


@pytest.mark.parametrize(("client", "language"), EVERY)
def test_every_reply_goes_to_reply_to_and_keeps_the_thread(client: Client, language: str) -> None:
    message = parsed(answer(client, language))
    assert message["To"] == "office+token@example.org"
    assert message["From"].addresses[0].display_name == ERIKA[0]
    assert message["From"].addresses[0].addr_spec == ERIKA[1]
    assert message["In-Reply-To"] == "<question@example.org>"
    assert message["References"].split() == ["<round@example.org>", "<question@example.org>"]
    assert message["Date"].datetime == AT
    assert message["Message-ID"].endswith("@firm.example>")


@pytest.mark.parametrize(("client", "language"), EVERY)
def test_the_answer_stands_above_the_quote_and_is_utf_8(client: Client, language: str) -> None:
    text = text_of(answer(client, language, "M12: 60 %, verzögert"))
    assert text.startswith("M12: 60 %, verzögert")
    assert text.index("verzögert") < text.index("Guten Tag,") < text.index("„Grüne Höfe“")


@pytest.mark.parametrize(("client", "language"), EVERY)
def test_no_line_is_longer_than_smtp_allows_and_all_end_in_crlf(client: Client, language: str) -> None:
    raw = answer(client, language, LONG * 20)
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998  # RFC 5322, 2.1.1


@pytest.mark.parametrize(
    ("client", "language", "subject"),
    [
        (Client.OUTLOOK, "de", "AW: Sitzung: Maßnahme M12"),
        (Client.OUTLOOK, "en", "RE: Sitzung: Maßnahme M12"),
        (Client.THUNDERBIRD, "de", "Re: Sitzung: Maßnahme M12"),
        (Client.GMAIL, "en", "Re: Sitzung: Maßnahme M12"),
    ],
)
def test_the_subject_gets_the_programs_prefix_once(client: Client, language: str, subject: str) -> None:
    first = answer(client, language)
    assert parsed(first)["Subject"] == subject
    assert parsed(answer(client, language, original=first))["Subject"] == subject


def test_outlook_replaces_the_prefix_of_others() -> None:
    original = question(Subject="Re: AW: Maßnahme")
    assert parsed(answer(Client.OUTLOOK, original=original))["Subject"] == "AW: Maßnahme"
    assert parsed(answer(Client.GMAIL, original=question(Subject="AW: Maßnahme")))["Subject"] == "Re: AW: Maßnahme"


def test_outlook_writes_a_header_block_and_no_quote_marks() -> None:
    assert text_of(answer(Client.OUTLOOK)) == (
        "60 %\n\n\u00a0\n\n"
        "Von: Zukunftsplan Geschäftsstelle <office@example.org> \n"
        "Gesendet: Sonntag, 22. November 2026 10:15\n"
        "An: Erika Beispiel <erika@firm.example>; info@firm.example\n"
        "Betreff: Sitzung: Maßnahme M12\n\n\u00a0\n\n"
        f"{QUESTION}\n"
    )


def test_outlook_writes_the_same_block_in_english_and_in_html() -> None:
    raw = answer(Client.OUTLOOK, "en", "60 % & <fertig>")
    assert "From: Zukunftsplan Geschäftsstelle <office@example.org> \nSent: Sunday, November 22, 2026 10:15 AM" in (
        text_of(raw)
    )
    html = html_of(raw)
    assert '<p class="MsoNormal">60 % &amp; &lt;fertig&gt;<o:p></o:p></p>' in html
    assert "<b>Sent:</b> Sunday, November 22, 2026 10:15 AM<br>" in html
    assert html.index("border-top:solid #E1E1E1") < html.index("<p>Wie weit ist <b>M12</b>?</p>")
    assert html.count("<body") == 1


def test_thunderbird_quotes_every_line_in_flowed_text() -> None:
    raw = answer(Client.THUNDERBIRD, text="60 %\n>kein Zitat")
    message = parsed(raw)
    assert (message.get_content_type(), message["Content-Type"].params["format"]) == ("text/plain", "flowed")
    assert text_of(raw).splitlines() == [
        "60 %",
        " >kein Zitat",
        "",
        "Am 22.11.26 um 10:15 schrieb Zukunftsplan Geschäftsstelle:",
        "> Guten Tag,",
        ">",
        "> wie weit ist M12 „Grüne Höfe“?",
        ">",
        ">> früher gefragt",
    ]


def test_thunderbird_names_the_author_in_english() -> None:
    assert "\nOn 11/22/26 10:15 AM, Zukunftsplan Geschäftsstelle wrote:\n> Guten Tag," in text_of(
        answer(Client.THUNDERBIRD, "en")
    )


def test_thunderbird_breaks_long_lines_softly_in_answer_and_quote() -> None:
    quoted = letter(LONG, "Frage", sender=ERIKA, recipient="erika@firm.example", at=AT)
    lines = text_of(answer(Client.THUNDERBIRD, text=LONG, original=quoted)).splitlines()
    assert max(map(len, lines)) <= 73
    mine = [line for line in lines if not line.startswith((">", "Am "))]
    theirs = [line.removeprefix("> ") for line in lines if line.startswith("> ")]
    assert "".join(mine) == "".join(theirs) == LONG


@pytest.mark.parametrize(
    ("language", "attribution"),
    [
        ("de", ["Am So., 22. Nov. 2026 um 10:15 Uhr schrieb Zukunftsplan Geschäftsstelle <", "office@example.org>:"]),
        ("en", ["On Sun, Nov 22, 2026 at 10:15\u202fAM Zukunftsplan Geschäftsstelle <", "office@example.org> wrote:"]),
    ],
)
def test_gmail_wraps_its_attribution_before_the_address(language: str, attribution: list[str]) -> None:
    lines = text_of(answer(Client.GMAIL, language)).splitlines()
    assert lines[:6] == ["60 %", "", *attribution, "", "> Guten Tag,"]
    assert lines[9] == ">> früher gefragt"


def test_gmail_keeps_a_short_attribution_on_one_line() -> None:
    original = question(From="Ute <u@x.example>")
    assert "\nAm So., 22. Nov. 2026 um 10:15 Uhr schrieb Ute <u@x.example>:\n" in text_of(
        answer(Client.GMAIL, original=original)
    )


def test_gmail_puts_the_original_html_into_its_quote() -> None:
    html = html_of(answer(Client.GMAIL, text="60 %\nfertig"))
    assert html.startswith('<div dir="ltr"><div>60 %</div>\n<div>fertig</div></div><br><div class="gmail_quote')
    assert 'schrieb Zukunftsplan Geschäftsstelle &lt;<a href="mailto:office@example.org">office@example.org</a>' in html
    assert html.index('<blockquote class="gmail_quote"') < html.index("<p>Wie weit ist <b>M12</b>?</p></blockquote>")


def test_without_reply_to_the_author_is_answered() -> None:
    message = parsed(answer(Client.GMAIL, original=question(Reply_To="")))
    assert message["To"].addresses[0].addr_spec == "office@example.org"


def test_a_letter_without_message_id_or_date_is_answered_all_the_same() -> None:
    message = parsed(answer(Client.GMAIL, original=question(Message_ID="", References="", Date="")))
    assert message["In-Reply-To"] is None
    assert "um 10:30 Uhr schrieb" in text_of(message.as_bytes()).replace("\n", " ")


def test_long_message_ids_are_folded_and_never_encoded() -> None:
    long_id = f"<{'x' * 90}@example.org>"
    raw = answer(Client.OUTLOOK, original=question().replace(b"<question@example.org>", long_id.encode()))
    assert f"\r\nIn-Reply-To: {long_id}\r\n".encode() in raw
    assert f"\r\nReferences: <round@example.org>\r\n {long_id}\r\n".encode() in raw


def test_text_is_read_from_html_when_there_is_nothing_else() -> None:
    raw = b"Content-Type: text/html; charset=utf-8\r\n\r\n" + (
        "<style>p {color: red}</style><p>Grüße &amp; <b>Dank</b></p><p>Ute</p>".encode()
    )
    assert text_of(raw) == "Grüße & Dank\nUte"
    assert html_of(letter("x", "y", sender=ERIKA, recipient="a@x.example", at=AT)) == ""


def test_an_unknown_charset_is_read_as_latin_1() -> None:
    assert text_of(b"Content-Type: text/plain; charset=x-none\r\n\r\nGr\xfc\xdfe") == "Grüße"


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]))


@given(text=st.lists(LINE).map("\n".join), subject=LINE, name=LINE)
def test_whatever_is_written_arrives_as_written(text: str, subject: str, name: str) -> None:
    raw = letter(text, subject, sender=(name, "a@x.example"), recipient=("Büro", "office@example.org"), at=AT)
    message = parsed(raw)
    assert text_of(raw).splitlines() == (text.splitlines() or [""])
    assert message["Subject"].split() == subject.split()
    assert message["To"].addresses[0].display_name == "Büro"
    assert message["From"].addresses[0].addr_spec == "a@x.example"
