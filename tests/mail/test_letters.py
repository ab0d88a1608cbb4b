"""Letters from notes: the text part is the master, HTML says the same, and nothing in a note can break out."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.intents import Confirm, Matter, Report, ReportProgress
from alliance.notes import Action, Item, Note
from alliance.packing import pack, unpack
from mail import addresses, html_text
from mail.letter_html import LIMIT, PREHEADER
from mail.letters import Sender, bar, compose
from store.outbox import Channel, Letter

TOKEN = "abcdefghij234567"
HOUSE = Sender("zukunftsplan@example.org", "Wirtschaftsallianz Beispielstadt")
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEMPLATES = Path(html_text.__file__).parent / "templates"
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
    thread="round:3",
    series="abfrage",
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


def written(note: Note, papers: Any = (), sender: Sender = HOUSE, **row: Any) -> bytes:
    usual = {"to": "erika@stahl.example.org", "in_reply_to": "", "person_id": 1, "made_at": NOW, "tries": 1}
    letter = Letter(id=1, key="k", channel=Channel.MAIL, note=pack(note), **{"token": TOKEN, **usual, **row})
    return compose(letter, papers, sender, NOW)


def composed(note: Note, papers: Any = (), sender: Sender = HOUSE, **row: Any) -> EmailMessage:
    raw = written(note, papers, sender, **row)
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
    assert message["X-Auto-Response-Suppress"] == "DR, RN, NRN"
    assert message["Content-Language"] == "de"
    assert message.defects == []


def test_a_letter_to_many_can_be_told_to_stop() -> None:
    message = composed(QUESTION)
    assert message["List-Id"] == "<abfrage.zukunftsplan.example.org>"
    address, _, query = message["List-Unsubscribe"].removeprefix("<mailto:").partition("?")
    assert address == f"zukunftsplan+{TOKEN}@example.org"
    assert unquote(query).startswith(f"subject=ABMELDEN [ZP-{TOKEN}]")
    assert "ABMELDEN" in part(message, "plain")
    assert "ABMELDEN" in part(message, "html")
    assert message["List-Unsubscribe-Post"] is None  # it would promise an https address


def test_google_can_tell_one_mailing_from_another_but_no_reader_from_another() -> None:
    assert composed(QUESTION)["Feedback-ID"] == "round-3:abfrage:zukunftsplan"
    assert composed(replace(QUESTION, thread=""))["Feedback-ID"] == "abfrage:zukunftsplan"


@pytest.mark.parametrize("name", ["List-Id", "List-Unsubscribe", "Feedback-ID", "Precedence"])
def test_a_letter_to_one_person_is_no_mailing(name: str) -> None:
    assert composed(replace(QUESTION, series=""))[name] is None
    assert composed(INVITATION, in_reply_to="<1@client.example.org>")[name] is None


def test_an_answer_is_threaded_and_says_that_it_is_one() -> None:
    message = composed(INVITATION, in_reply_to="<1@client.example.org>")
    assert message["In-Reply-To"] == message["References"] == "<1@client.example.org>"
    assert message["Auto-Submitted"] == "auto-replied"


def root(note: Note, **row: Any) -> str:
    return str(composed(note, **row)["References"]).split()[0]


def test_all_letters_of_a_round_to_one_person_are_one_conversation() -> None:
    reminder = replace(QUESTION, title="Erinnerung", series="")
    assert root(QUESTION) == root(reminder, token="zyxwvutsrqponm76")
    assert root(QUESTION) == root(QUESTION, to="erika@neu.example.org")  # the person counts, not the address
    assert root(QUESTION) != root(QUESTION, person_id=2)
    assert root(QUESTION) != root(replace(QUESTION, thread="round:4"))
    assert root(QUESTION, person_id=None) != root(QUESTION, person_id=None, to="max@example.org")
    assert composed(QUESTION)["In-Reply-To"] == root(QUESTION)


def test_an_answer_within_a_round_lies_under_what_it_answers() -> None:
    message = composed(QUESTION, in_reply_to="<1@client.example.org>")
    assert message["References"].split() == [root(QUESTION), "<1@client.example.org>"]
    assert message["In-Reply-To"] == "<1@client.example.org>"


def test_no_reply_token_is_read_from_a_conversation() -> None:
    reply = Message()
    reply["References"] = reply["In-Reply-To"] = root(QUESTION)
    assert addresses.find_token(reply, HOUSE.address) == ""
    reply["References"] = f"{root(QUESTION)} {composed(QUESTION)['Message-ID']}"
    del reply["In-Reply-To"]
    assert addresses.find_token(reply, HOUSE.address) == TOKEN


def test_a_note_packed_before_there_were_conversations_is_still_sent() -> None:
    packed = pack(QUESTION)
    del packed["thread"], packed["series"]
    message = composed(unpack(packed, Note))
    assert message["References"] is None
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
@pytest.mark.fault(60)
def test_a_line_break_smuggles_no_header_in(where: str) -> None:
    evil = "Hallo\r\nBcc: max@example.org\r\n\r\nneuer Text"
    sender = Sender(HOUSE.address, evil if where == "name" else HOUSE.name)
    to = evil if where == "to" else "erika@stahl.example.org"
    message = composed(Note(evil if where == "title" else "Titel", language="de"), sender=sender, to=to)
    assert message["Bcc"] is None
    assert message.get_content_type() == "multipart/alternative"


@given(st.text(st.characters(exclude_categories=()), min_size=1), st.text(st.characters(exclude_categories=())))
@pytest.mark.fault(60)
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
    assert "&amp;body=" in part(composed(QUESTION), "html")
    assert 'aria-label="M12 unverändert"' in html  # read out without its heading, it still says which measure
    assert 'href="https://t.me/beispiel_bot?start=abc"' in part(composed(INVITATION), "html")


def test_a_prefilled_answer_may_have_several_lines() -> None:
    action = Action("Beides", word="M12: fertig\nM14: verzögert & blockiert?")
    html = unescape(part(composed(Note("Titel", actions=(action,), language="de")), "html"))
    link = html.partition('href="mailto:')[2].partition('"')[0]
    query = dict(pair.split("=") for pair in link.partition("?")[2].split("&"))
    assert query["body"] == "M12%3A%20fertig%0D%0AM14%3A%20verz%C3%B6gert%20%26%20blockiert%3F"  # RFC 6068, 5
    assert unquote(query["subject"]) == f"M12: fertig M14: verzögert & blockiert? [ZP-{TOKEN}]"


def test_no_line_of_the_text_is_longer_than_a_terminal() -> None:
    lines = part(composed(replace(QUESTION, closing=("a " * 200,))), "plain").split("\n")
    assert max(map(len, lines)) == 72  # 71 and the space of a soft break


@pytest.mark.parametrize(
    ("percent", "shown"),
    [(0, "[----------] 0 %"), (60, "[######----] 60 %"), (100, "[##########] 100 %"), (250, "[##########] 250 %")],
)
def test_the_bar(percent: int, shown: str) -> None:
    assert bar(percent) == shown


def test_a_line_that_mail_programs_would_change_is_set_in() -> None:
    text = part(composed(Note("Titel", ("From Bottrop", "> 60 % erreicht"), language="de")), "plain")
    assert "\n From Bottrop\n" in text  # RFC 3676, 4.4
    assert "\n > 60 % erreicht\n" in text


def test_no_line_of_a_subject_is_too_long() -> None:
    for title in ("Wie steht es um Ihre Themen? " * 3, "Wie steht es um Ihre Maßnahmen? " * 3):
        subject = written(Note(title, language="de")).partition(b"Subject: ")[2].partition(b"\r\nDate")[0]
        assert max(map(len, (b"Subject: " + subject).splitlines())) <= 78
        assert composed(Note(title, language="de"))["Subject"] == f"{title.strip()} [ZP-{TOKEN}]"


def test_hostile_words_on_buttons_are_shown_as_written() -> None:
    action = Action(NASTY, word=NASTY)
    html = part(
        composed(Note("Titel", items=(Item("M1", actions=(action,)),), actions=(action,), language="de")), "html"
    )
    assert "<script>" not in html
    assert html_text.to_text(html)[0].count(NASTY) == 3  # both buttons, and the example of how to answer


@pytest.mark.fault(60)
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
    assert '<html lang="de"' in html
    assert '<div lang="de">' in html  # where a mail program drops the outermost element
    assert html.count("<h1") == 1
    assert html.count("<h2") == 3
    assert "<img" not in html
    assert html.count("<table") == html.count('role="presentation"')
    assert "http" not in html


def test_the_first_words_beside_the_subject_are_those_of_the_letter() -> None:
    hidden = part(composed(QUESTION), "html").partition("display:none")[2].partition("</div>")[0]
    words = unescape(hidden.partition(">")[2])
    assert words.startswith(QUESTION.lines[0])
    assert len(words) <= PREHEADER + 2


def test_numbers_stay_with_what_they_count() -> None:
    line = "Bis 3. Dezember 60 % von 2 Maßnahmen, M7 Radweg"
    html = part(composed(Note("Titel", (line,), language="de")), "html")
    assert "Bis 3.&nbsp;Dezember 60&nbsp;% von 2&nbsp;Ma" in html
    assert "M7 Radweg" in html


def test_the_longest_line_is_encoded_for_the_way() -> None:
    words = "Gewerbegebiet " * 300
    message = composed(Note("Titel", (words,), language="de"))
    assert words.strip() in unwrapped(part(message, "plain"))
    assert words.strip() in part(message, "html")


@pytest.mark.parametrize(
    ("count", "left"),
    [
        (30, ["unverändert", "50 %", "fertig", "verzögert", "blockiert"]),
        (45, ["unverändert", "fertig", "verzögert", "blockiert"]),
        (60, ["unverändert", "fertig"]),
        (70, ["unverändert"]),
        (85, []),
    ],
)
def test_a_letter_about_very_many_measures_has_fewer_buttons_for_each(count: int, left: list[str]) -> None:
    words = ("unverändert", "50 %", "fertig", "verzögert", "blockiert")
    items = tuple(long_card(number, words) for number in range(1, count + 1))
    message = composed(Note("Alle", items=items, language="de"))
    html = part(message, "html")
    assert len(html.encode()) <= LIMIT
    assert [word for word in words if f'aria-label="M{count} {word}"' in unescape(html)] == left
    assert html.count('role="img"') == count
    assert all(f"M{count} {word}" in unwrapped(part(message, "plain")) for word in words)
    assert ("Tippen" in html) == bool(left)


def long_card(number: int, words: tuple[str, ...]) -> Item:
    actions = tuple(Action(word.capitalize(), word=f"M{number} {word}") for word in words)
    lines = ("Stand: läuft", f"»{'Die Ausschreibung ist auf dem Weg. ' * 2}«", "Letzte Meldung: vor 12 Tagen")
    return Item(f"M{number} Radweg am Kanal zwischen Hafen und Innenstadt", lines, 60, actions)


def test_a_letter_that_is_too_big_even_without_buttons_goes_out_as_text() -> None:
    message = composed(Note("Alle", items=tuple(card(number) for number in range(1, 601)), language="de"))
    assert message.get_body(("html",)) is None
    assert "M600 unverändert" in part(message, "plain")


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
    for kind in ("plain", "html"):
        assert "Anlagen: Zwischenstand März.txt, plan.pdf" in unescape(part(composed(QUESTION, papers), kind))
    assert "Anlage: plan.pdf" in part(composed(QUESTION, papers[1:]), "plain")


def test_a_note_without_a_language_is_sent_in_german() -> None:
    assert composed(Note("Titel"))["Content-Language"] == "de"


def test_a_row_that_holds_no_note_is_refused_with_an_error() -> None:
    letter = Letter(1, "k", Channel.MAIL, "a@example.org", pack(Matter()), TOKEN, "", None, NOW, 1)
    with pytest.raises(TypeError):
        compose(letter, [], HOUSE, NOW)


# --- colours, computed from the one place they stand in


LIGHT, _, REST = (TEMPLATES / "letter.css").read_text(encoding="utf-8").partition("/* in the head */")
DARK = REST.partition("prefers-color-scheme")[2].replace("!important", "")
ON_CARD = ("cell", "title", "name", "percent", "house", "facts", "hint", "foot", "chip", "on-other")


def colour(css: str, name: str, what: str) -> str:
    """The last colour that a class gets; borders may be named by their colour alone."""
    rules = [
        body for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css) if f".{name}" in re.split(r"[,\s]+", names)
    ]
    found = [hit for body in rules for hit in re.findall(rf"(?:^|[\s;]){what}:[^;]*?(#[0-9a-f]{{6}})", body)]
    return str(found[-1])


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, 1.4.3."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(value: str) -> float:
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def turned_over(value: str) -> str:
    """What a mail program makes of a colour that darkens letters by itself: the same hue, light for dark."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, 1 - lightness, saturation))


@pytest.mark.parametrize(
    ("css", "seen"), [(LIGHT, str), (DARK, str), (LIGHT, turned_over)], ids=["light", "dark", "turned over"]
)
def test_everybody_can_read_the_colours(css: str, seen: Callable[[str], str]) -> None:
    card = seen(colour(css, "card", "background"))
    for name in ON_CARD:
        assert contrast(seen(colour(css, name, "color")), card) >= 4.5, name
    assert contrast(seen(colour(css, "on-first", "color")), seen(colour(css, "first", "background"))) >= 4.5
    for name, what in (("full", "background"), ("bar", "border(?:-color)?"), ("chip", "border(?:-color)?")):
        assert contrast(seen(colour(css, name, what)), card) >= 3, name


def test_colours_for_outlook_are_those_of_the_style() -> None:
    html = part(composed(replace(QUESTION, actions=INVITATION.actions)), "html")
    for name in ("page", "card", "full", "first"):
        [attribute] = set(re.findall(rf'class="{name}"[^>]* bgcolor="(#[0-9a-f]{{6}})"', html))
        assert attribute == colour(LIGHT, name, "background")
