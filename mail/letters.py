"""Letters from notes: headers, a text part and the same in HTML, as finished bytes."""

from __future__ import annotations

import textwrap
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from alliance.notes import Item, Note
from alliance.packing import unpack
from mail import addresses, reading
from mail.screening import LOOP_HEADER
from store.outbox import Letter
from texts import LANGUAGES, say

WIDTH = 72  # columns of the text part
BAR = 10  # characters of the text part's progress bar
HTML_LIMIT = 100_000  # bytes: Gmail cuts letters off at 102 KB
ROUND_KINDS = {"round", "digest"}  # matters that go to many at once
UNSUBSCRIBE = "ABMELDEN"

Paper = tuple[str, str, bytes]  # name, media type, content

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Sender:
    """Who writes our letters; ``plus`` says that the mail server sorts office+anything into office (RFC 5233)."""

    address: str
    name: str
    plus: bool = True


def compose(letter: Letter, papers: Sequence[Paper], sender: Sender, now: datetime) -> bytes:
    """The finished letter, ASCII with CRLF. Raises TypeError or ValueError when the row holds no note."""
    note = unpack(letter.note, Note)
    note = replace(note, language=note.language if note.language in LANGUAGES else LANGUAGES[0])
    body = _body(note, letter.token, sender)
    if papers:
        body = _multipart("mixed", letter.token, [body, *map(_attachment, papers)])
    head = [f"{name}: {value}" for name, value in _headers(letter, note, sender, now)]
    return _lines([*head, "MIME-Version: 1.0", body]).replace("\n", "\r\n").encode("ascii")


def _headers(letter: Letter, note: Note, sender: Sender, now: datetime) -> Iterator[tuple[str, str]]:
    reply_to = addresses.reply_to(sender.address, letter.token, sender.plus)
    answers = addresses.checked_id(letter.in_reply_to)
    yield "From", f"{_display_name(sender.name)} <{sender.address}>"
    yield "To", _line(letter.to)
    yield "Reply-To", reply_to
    yield "Subject", _subject(note, letter.token)
    yield "Date", format_datetime(now)
    yield "Message-ID", addresses.message_id(sender.address, letter.token)
    if answers:
        yield "In-Reply-To", answers
        yield "References", answers
    yield "Auto-Submitted", "auto-replied" if answers else "auto-generated"  # RFC 3834
    yield "X-Auto-Response-Suppress", "All"
    yield LOOP_HEADER, sender.address
    yield "Content-Language", note.language
    if note.matter.kind in ROUND_KINDS:
        yield "List-Id", f"<zukunftsplan.{sender.address.rpartition('@')[2]}>"  # RFC 2919
        yield "List-Unsubscribe", f"<{_mailto(sender, letter.token)(UNSUBSCRIBE)}>"  # RFC 2369


def _display_name(name: str) -> str:
    line = _line(name)
    return f'"{line}"' if line.isascii() and not set(line) & set('"\\') else Header(line, "utf-8").encode()


def _subject(note: Note, token: str) -> str:
    title = _line(note.title)
    plain = title.isascii() and "=?" not in title  # else it would be taken for an encoded word
    subject = Header(title, "us-ascii" if plain else "utf-8", header_name="Subject")
    subject.append(addresses.subject_tag(token), "us-ascii")
    return subject.encode()


def _line(words: str) -> str:
    """Words for a header: on one line, without controls."""
    return " ".join(reading.clean(words).split())


# --- MIME, put together by hand: the standard library's generator takes longer than all the rest


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _body(note: Note, token: str, sender: Sender) -> str:
    text = _text_part("plain; format=flowed", as_text(note, sender))
    html = as_html(note, token, sender)
    return _multipart("alternative", token, [text, *([_text_part("html", html)] if html else [])])


def _multipart(kind: str, token: str, parts: Sequence[str]) -> str:
    boundary = f"={kind}={token}="  # the token is unguessable, so no text can contain it
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"'
    inner = [piece for part in parts for piece in (f"--{boundary}", part)]
    return _lines([head, "", *inner, f"--{boundary}--", ""])


def _text_part(kind: str, words: str) -> str:
    # binascii's encoder is in C, the one in email.quoprimime is not
    encoded = b2a_qp(reading.clean(words).encode(), istext=True).decode("ascii")
    head = f"Content-Type: text/{kind}; charset=utf-8"
    return _lines([head, "Content-Transfer-Encoding: quoted-printable", "", encoded])


def _attachment(paper: Paper) -> str:
    name, media_type, content = paper
    return _lines(
        [
            f"Content-Type: {_line(media_type)}",
            "Content-Transfer-Encoding: base64",
            f"Content-Disposition: attachment; {_filename(name)}",
            "",
            encodebytes(content).decode("ascii"),
        ]
    )


def _filename(name: str) -> str:
    """The parameter that names a file, in RFC 2231's form where it must be."""
    plain = _line(name).replace("/", "-").replace("\\", "-").replace('"', "'")
    return f'filename="{plain}"' if plain.isascii() else f"filename*=utf-8''{quote(plain, safe='')}"


# --- the text part, which is the master


def as_text(note: Note, sender: Sender) -> str:
    """The note as plain text, wrapped softly (RFC 3676)."""
    blocks = [
        note.title,
        *note.lines,
        *(_item(item, note.language) for item in note.items),
        *_ways(note),
        *note.closing,
    ]
    flowed = ["\n".join(_flowed(line) for line in block.splitlines()) for block in blocks]
    footer = [_flowed(line) for line in _footer(note, sender)]
    return "\n\n".join(flowed) + "\n\n-- \n" + "\n".join(footer) + "\n"


def _item(item: Item, language: str) -> str:
    lines = [item.title]
    if item.percent is not None:
        lines.append(bar(item.percent))
    lines += item.lines
    words = [action.word for action in item.actions if action.word]
    if words:
        lines.append(_said(language, "mail-item-answers", words=" · ".join(words)))
    lines += [f"{action.label}: {action.link}" for action in item.actions if action.link]
    return "\n".join(lines)


def bar(percent: int) -> str:
    """A progress bar: »[######----] 60 %«."""
    full = round(max(0, min(percent, 100)) * BAR / 100)
    return f"[{'#' * full}{'-' * (BAR - full)}] {percent} %"


def _ways(note: Note) -> Iterator[str]:
    """How to answer: the note's own words, or an example taken from its items."""
    words = [action for action in note.actions if action.word]
    if words:
        listed = [f"{action.word} – {action.label}" for action in words]
        yield "\n".join([_said(note.language, "mail-how-words"), *listed])
    elif example := _example(note):
        yield _said(note.language, "mail-how-example", example=example)
    yield from (f"{action.label}:\n{action.link}" for action in note.actions if action.link)


def _example(note: Note) -> str:
    """The first word that is an answer to this note."""
    actions = [*note.actions, *(action for item in note.items for action in item.actions)]
    return next((action.word for action in actions if action.word), "")


def _footer(note: Note, sender: Sender) -> list[str]:
    lines = [_said(note.language, "mail-footer", house=sender.name)]
    if note.matter.kind in ROUND_KINDS:
        lines.append(_said(note.language, "mail-unsubscribe", word=UNSUBSCRIBE))
    return lines


def _flowed(line: str) -> str:
    wrapped = textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
    return " \n".join(f" {row}" if row.startswith((" ", ">", "From ")) else row for row in wrapped)


# --- the HTML part, which says the same


def as_html(note: Note, token: str, sender: Sender) -> str:
    """The note as HTML, without its items' buttons if it were too big with them; "" if it still is."""
    for with_buttons in (True, False):
        html = _render(note, token, sender, with_buttons)
        if len(html.encode("utf-8", "replace")) <= HTML_LIMIT:
            return html
    return ""


def _render(note: Note, token: str, sender: Sender, with_buttons: bool) -> str:
    mailto = _mailto(sender, token)
    return _TEMPLATES.get_template("letter.html").render(
        note=note,
        sender=sender,
        footer=_footer(note, sender),
        example=_example(note),
        with_buttons=with_buttons,
        address=lambda action: action.link or mailto(action.word),
        say=lambda key, **values: _said(note.language, key, **values),
    )


def _mailto(sender: Sender, token: str) -> Callable[[str], str]:
    """Makes links that open a prefilled answer (RFC 6068): a word, with the token in address and subject."""
    to = quote(addresses.reply_to(sender.address, token, sender.plus), safe="@+")
    tag = quote(f" {addresses.subject_tag(token)}", safe="")

    def mailto(word: str) -> str:
        quoted = quote(word, safe="")
        return f"mailto:{to}?subject={quoted}{tag}&body={quoted}"

    return mailto


@lru_cache(maxsize=1024)
def _said(language: str, key: str, **values: str | int) -> str:
    """say(), remembered: the same few sentences stand in every letter of a round."""
    return say(language, key, **values)
