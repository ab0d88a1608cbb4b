"""Letters from notes: the text part is the master, HTML says the same, and nothing in a note can break out."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.intents import Confirm, Matter, Report, ReportProgress
from alliance.notes import Action, Item, Note
from alliance.packing import pack
from mail import html_text
from mail.letters import HTML_LIMIT, Sender, bar, compose
from store.outbox import Channel, Letter

TOKEN = "abcdefghij234567"
HOUSE = Sender("zukunftsplan@example.org", "Wirtschaftsallianz Beispielstadt")
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NASTY = "<b>&_*[]()~>#+-=|{}.!\"'</h1><script>alert(1)</script> {{ 7*7 }}"


def card(number: int, percent: int | None = 60) -> Item:
    words = [("Unverändert", f"M{number} unverändert"), ("Fertig", f"M{number} fertig")]
    actions = tuple(Action(label, ReportProgress((Report(number),)), word) for label, word in words)
    return Item(f"M{number} Radweg am Kanal", ("Stand: läuft", "Letzte Meldung: vor 12 Tagen"), percent, actions)


QUESTION = Note(
    "Herbstsitzung: Wie steht es um Ihre Maßnahme?",
    ("Guten Tag Erika Beispiel,", "bitte sagen Sie uns bis Mittwoch, wie es steht. " * 4),
    items=(card(12), card(14, 0), card(31, 100)),
    closing=("Eine Zeile genügt.",),
    matter=Matter("round", 3, (12, 14, 31)),
    language="de",
)
INVITATION = Note(
    "Please confirm",
    ("Answer YES.", "BEITRETEN – mitmachen\nHILFE – Übersicht"),
    actions=(
        Action("Yes, I want to join", Confirm(request=1), "YES"),
        Action("Open Telegram", link="https://t.me/beispiel_bot?start=abc"),
    ),
    language="en",
)


def composed(note: Note, papers: Any = (), sender: Sender = HOUSE, **row: Any) -> EmailMessage:
    given = {"to": "erika@stahl.example.org", "in_reply_to": "", "person_id": 1, "made_at": NOW, "tries": 1, **row}
    letter = Letter(id=1, key="k", channel=Channel.MAIL, note=pack(note), token=TOKEN, **given)
    raw = compose(letter, papers, sender, NOW)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def unwrapped(text: str) -> str:
    """format=flowed undone: a space at a line's end is a soft break."""
    return text.replace(" \n", " ")


def said(note: Note) -> list[str]:
    items = [line for item in note.items for line in (item.title, *item.lines)]
    return [row for line in (note.title, *note.lines, *items, *note.closing) for row in line.strip().splitlines()]


# --- headers


def test_the_envelope_of_a_question() -> None:
    message = composed(QUESTION)
    assert message["From"] == "Wirtschaftsallianz Beispielstadt <zukunftsplan@example.org>"
    assert message["To"] == "erika@stahl.example.org"
    assert message["Reply-To"] == f"zukunftsplan+{TOKEN}@example.org"
    assert message["Subject"] == f"Herbstsitzung: Wie steht es um Ihre Maßnahme? [ZP-{TOKEN}]"
    assert message["Message-ID"] == f"<zp.{TOKEN}@example.org>"
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "de"
    assert message.defects == []


def test_a_letter_to_many_can_be_told_to_stop() -> None:
    message = composed(QUESTION)
    assert message["List-Id"] == "<zukunftsplan.example.org>"
    address, _, query = message["List-Unsubscribe"].removeprefix("<mailto:").partition("?")
    assert address == f"zukunftsplan+{TOKEN}@example.org"
    assert unquote(query).startswith(f"subject=ABMELDEN [ZP-{TOKEN}]")
    assert "ABMELDEN" in part(message, "plain")


def test_an_answer_is_threaded_and_says_that_it_is_one() -> None:
    message = composed(INVITATION, in_reply_to="<1@client.example.org>")
    assert message["In-Reply-To"] == message["References"] == "<1@client.example.org>"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["List-Id"] is None


@pytest.mark.parametrize("forged", ["<a@b>\r\nBcc: <max@example.org>", "<a b>", "no brackets", "<ü@b>", "<>"])
def test_a_message_id_that_is_none_is_not_repeated(forged: str) -> None:
    message = composed(INVITATION, in_reply_to=forged)
    assert message["Bcc"] is None
    assert message["References"] is None


def test_without_plus_addresses_replies_come_to_the_plain_one() -> None:
    plain = Sender(HOUSE.address, HOUSE.name, plus=False)
    assert composed(QUESTION, sender=plain)["Reply-To"] == HOUSE.address


@pytest.mark.parametrize("where", ["title", "name", "to"])
def test_a_line_break_smuggles_no_header_in(where: str) -> None:
    evil = "Hallo\r\nBcc: max@example.org\r\n\r\nneuer Text"
    sender = Sender(HOUSE.address, evil if where == "name" else HOUSE.name)
    to = evil if where == "to" else "erika@stahl.example.org"
    message = composed(Note(evil if where == "title" else "Titel", language="de"), sender=sender, to=to)
    assert message["Bcc"] is None
    assert message.get_content_type() == "multipart/alternative"


@given(st.text(st.characters(exclude_categories=()), min_size=1), st.text(st.characters(exclude_categories=())))
def test_whatever_a_title_or_name_holds_the_headers_stay_the_same(title: str, name: str) -> None:
    message = composed(Note(title, (title,), language="de"), sender=Sender(HOUSE.address, name))
    assert message.keys() == composed(Note("Titel", language="de")).keys()
    assert message["Subject"].endswith(f"[ZP-{TOKEN}]")
    assert message["From"].addresses[0].addr_spec == HOUSE.address


# --- content


@pytest.mark.parametrize("note", [QUESTION, INVITATION], ids=["question", "invitation"])
def test_text_and_html_say_the_same(note: Note) -> None:
    message = composed(note)
    text = unwrapped(part(message, "plain"))
    html, _ = html_text.to_text(part(message, "html"))
    for line in said(note):
        assert line in text
        assert line in html
    for action in [*note.actions, *(action for item in note.items for action in item.actions)]:
        assert action.link in part(message, "plain")
        assert action.word in text
        assert action.label in html
    for item in note.items:
        assert f"{item.percent} %" in text
        assert f"{item.percent} %" in html


def test_a_button_opens_a_prefilled_answer() -> None:
    html = unescape(part(composed(QUESTION), "html"))
    assert (
        f"mailto:zukunftsplan+{TOKEN}@example.org?subject=M12%20unver%C3%A4ndert%20%5BZP-{TOKEN}%5D&body=M12%20unver%C3%A4ndert"
        in html
    )
    assert 'href="https://t.me/beispiel_bot?start=abc"' in part(composed(INVITATION), "html")


def test_no_line_of_the_text_is_longer_than_a_terminal() -> None:
    lines = part(composed(QUESTION), "plain").split("\n")
    assert max(map(len, lines)) <= 73  # 72 and the space of a soft break


@pytest.mark.parametrize(
    ("percent", "shown"),
    [(0, "[----------] 0 %"), (60, "[######----] 60 %"), (100, "[##########] 100 %"), (250, "[##########] 250 %")],
)
def test_the_bar(percent: int, shown: str) -> None:
    assert bar(percent) == shown


def test_hostile_words_are_shown_as_written() -> None:
    message = composed(Note(NASTY, (NASTY,), (Item(NASTY, (NASTY,)),), closing=(NASTY,), language="de"))
    assert message["Subject"].startswith(NASTY)
    assert unwrapped(part(message, "plain")).count(NASTY) == 5
    shown, _ = html_text.to_text(part(message, "html"))
    assert shown.count(NASTY) == 5
    assert "<script>" not in part(message, "html")


def test_invisible_characters_are_left_out() -> None:
    message = composed(Note("Rad\u202eweg\x00\ud800", ("Null\u200bbreite",), language="de"))
    assert "Radweg" in part(message, "plain")
    assert "Nullbreite" in part(message, "html")


def test_the_html_is_one_accessible_page_without_trackers() -> None:
    html = part(composed(QUESTION), "html")
    assert '<html lang="de">' in html
    assert html.count("<h1") == 1
    assert html.count("<h2") == 3
    assert "<img" not in html
    assert html.count("<table") == html.count('role="presentation"')
    assert "http" not in html


def test_a_letter_about_very_many_measures_stays_below_what_gmail_shows() -> None:
    for count in (30, 90, 600):
        note = Note("Alle", items=tuple(card(number) for number in range(1, count + 1)), language="de")
        message = composed(note)
        assert f"M{count} unverändert" in part(message, "plain")
        body = message.get_body(("html",))
        assert body is None or len(body.get_content().encode()) <= HTML_LIMIT
        assert (body is None) == (count == 600)


def test_papers_travel_as_attachments() -> None:
    papers = [
        ("Zwischenstand März.txt", "text/plain; charset=utf-8", "Grüße".encode()),
        ("plan.pdf", "application/pdf", b"%PDF" * 900),
    ]
    message = composed(QUESTION, papers)
    assert message.get_content_type() == "multipart/mixed"
    assert [file.get_filename() for file in message.iter_attachments()] == ["Zwischenstand März.txt", "plan.pdf"]
    first, second = message.iter_attachments()
    assert first.get_content() == "Grüße"
    assert second.get_content() == b"%PDF" * 900
    assert part(message, "html")


def test_a_note_without_a_language_is_sent_in_german() -> None:
    assert composed(Note("Titel"))["Content-Language"] == "de"


def test_a_row_that_holds_no_note_is_refused_with_an_error() -> None:
    letter = Letter(1, "k", Channel.MAIL, "a@example.org", pack(Matter()), TOKEN, "", None, NOW, 1)
    with pytest.raises(TypeError):
        compose(letter, [], HOUSE, NOW)
