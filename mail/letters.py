"""Letters from notes: headers, a text part and the same in HTML, as finished bytes."""

from __future__ import annotations

import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

from alliance.notes import Item, Note
from alliance.packing import unpack
from mail import addresses, reading
from mail.calendars import FILE_NAME, FILE_TYPE, calendar_of
from mail.letter_html import address_and_tag, as_html
from mail.letterhead import LEAVING, UNSUBSCRIBE, Sender, clean, example, footer, said
from mail.pictures import Paper, Picture, pictures_in
from mail.screening import LOOP_HEADER
from papers.invitation import Party
from store.outbox import Letter
from texts import LANGUAGES

__all__ = ["Paper", "Sender", "compose"]

WIDTH = 72  # columns of the text part
BAR = 10  # characters of the text part's progress bar
LINE_LIMIT = 990  # characters; RFC 5322, 2.1.1 allows 998
HEADER_WIDTH = 76  # columns, RFC 2047, 2
UNREAD = frozenset({"intent", "again", "matter"})  # a letter shows words alone, and unpacking the rest costs most
_ROW = re.compile(rf"(.{{1,{WIDTH}}}|\S+)(?: |$)")
FEEDBACK_SENDER = "zukunftsplan"  # 5 to 15 characters, the same in every letter


def compose(letter: Letter, papers: Sequence[Paper], sender: Sender, now: datetime, organizer: str = "") -> bytes:
    """The finished letter, ASCII with CRLF. Raises TypeError or ValueError when the row holds no note.

    ``organizer`` is the token that a calendar's answer carries back, that of the letter itself unless given.
    """
    note = unpack(letter.note, Note, without=UNREAD)
    note = replace(note, language=note.language if note.language in LANGUAGES else LANGUAGES[0])
    pictures, files = pictures_in(papers, letter.token, sender)
    html = as_html(_listed(note, files), letter.token, sender, pictures)
    if not html:
        pictures, files = [], papers
    calendar = _calendar(note, letter, sender, now, organizer)
    body = _body(_listed(note, files), letter.token, sender, html, pictures, calendar)
    if calendar:
        files = [*files, (FILE_NAME, FILE_TYPE, calendar)]
    if files:
        body = _multipart("mixed", letter.token, [body, *map(_attachment, files)])
    head = [f"{name}: {value}" for name, value in _headers(letter, note, sender, now)]
    return _lines([*head, "MIME-Version: 1.0", body]).replace("\n", "\r\n").encode("ascii")


def _listed(note: Note, files: Sequence[Paper]) -> Note:
    """The note with a line that names what is enclosed; a calendar names itself."""
    if not files:
        return note
    return replace(note, closing=(*note.closing, _enclosed(note.language, [name for name, _, _ in files])))


def _calendar(note: Note, letter: Letter, sender: Sender, now: datetime, organizer: str) -> bytes:
    """The note's meeting as a calendar file, b"" if it has none. Its answer brings a token back, as a reply does."""
    if note.calendar is None:
        return b""
    address = addresses.reply_to(sender.address, organizer or letter.token, sender.plus)
    return calendar_of(note.calendar, note.language, Party(address, sender.name), letter.to, now)


def _enclosed(language: str, names: list[str]) -> str:
    return said(language, "mail-enclosed", count=len(names), names=", ".join(map(_line, names)))


def _headers(letter: Letter, note: Note, sender: Sender, now: datetime) -> Iterator[tuple[str, str]]:
    reply_to = addresses.reply_to(sender.address, letter.token, sender.plus)
    answers = addresses.checked_id(letter.in_reply_to)
    yield "From", f"{_display_name(sender.name)} <{sender.address}>"
    yield "To", _line(letter.to)
    yield "Reply-To", reply_to
    yield "Subject", _subject(note, letter.token)
    yield "Date", format_datetime(now)
    yield "Message-ID", addresses.message_id(sender.address, letter.token)
    yield from _threading(letter, note, sender, answers)
    yield "Auto-Submitted", "auto-replied" if answers else "auto-generated"  # RFC 3834
    # a question wants to know who is away; to anything else nobody's program need answer (MS-OXCMAIL, 2.2.3.2.14)
    yield "X-Auto-Response-Suppress", "DR, RN, NRN" if note.series else "All"
    yield LOOP_HEADER, sender.address
    yield "Content-Language", note.language
    if note.series:
        yield from _series(letter, note, sender)


def _threading(letter: Letter, note: Note, sender: Sender, answers: str) -> Iterator[tuple[str, str]]:
    """RFC 5322, 3.6.4: a round's letters hang on one root, an answer hangs on what it answers."""
    reader = str(letter.person_id or letter.to)
    root = addresses.thread_id(sender.address, note.thread, reader) if note.thread else ""
    if root or answers:
        yield "In-Reply-To", answers or root
        yield "References", "\n ".join(filter(None, (root, answers)))


def _series(letter: Letter, note: Note, sender: Sender) -> Iterator[tuple[str, str]]:
    """What lets mail programs sort, and readers leave, what goes to many; no one-click: that needs https (RFC 8058)."""
    to, tag = address_and_tag(letter.token, sender)
    yield "List-Id", f"<{note.series}.zukunftsplan.{sender.address.rpartition('@')[2]}>"  # RFC 2919
    word = quote(LEAVING.get(note.series, UNSUBSCRIBE), safe="")
    yield "List-Unsubscribe", f"<mailto:{to}?subject={word}{tag}&body={word}>"  # RFC 2369
    # Google's feedback loop: from the narrow to the wide, and never a person
    yield "Feedback-ID", ":".join(filter(None, (note.thread.replace(":", "-"), note.series, FEEDBACK_SENDER)))


@lru_cache(maxsize=16)
def _display_name(name: str) -> str:
    line = _line(name)
    return f'"{line}"' if line.isascii() and not set(line) & set('"\\') else Header(line, "utf-8").encode()


def _subject(note: Note, token: str) -> str:
    title, tag = _encoded_title(_line(note.title)), addresses.subject_tag(token)
    room = HEADER_WIDTH - len("Subject: ") - len(tag) - 1
    return f"{title} {tag}" if len(title) <= room else f"{title}\n {tag}"


@lru_cache(maxsize=256)
def _encoded_title(title: str) -> str:
    plain = title.isascii() and "=?" not in title  # else it would be taken for an encoded word
    return Header(title, "us-ascii" if plain else "utf-8", header_name="Subject").encode()


def _line(words: str) -> str:
    """Words for a header: on one line, without controls."""
    return " ".join(reading.clean(words).split())


# --- MIME, put together by hand: the standard library's generator takes longer than all the rest


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _body(note: Note, token: str, sender: Sender, html: str, pictures: Sequence[Picture], calendar: bytes) -> str:
    """The same three times, from the plainest to the richest (RFC 2046, 5.1.4); a calendar comes last (RFC 6047)."""
    parts = [_text_part("plain; format=flowed", clean(as_text(note, sender, pictures)))]
    if html:
        page = _text_part("html", html)
        parts.append(_multipart("related", token, [page, *map(_inline, pictures)]) if pictures else page)
    if calendar and note.calendar:
        parts.append(_calendar_part(note.calendar.method, calendar))
    return _multipart("alternative", token, parts)


def _multipart(kind: str, token: str, parts: Sequence[str]) -> str:
    boundary = f"={kind}={token}="  # the token is unguessable, so no text can contain it
    more = ' type="text/html";' if kind == "related" else ""  # RFC 2387, 3.1
    head = f'Content-Type: multipart/{kind};{more} boundary="{boundary}"'
    inner = [piece for part in parts for piece in (f"--{boundary}", part)]
    return _lines([head, "", *inner, f"--{boundary}--", ""])


def _calendar_part(method: str, calendar: bytes) -> str:
    """Programs ask for the method here too (RFC 6047, 2.4); a space at the end of a folded line must not get lost."""
    head = f"Content-Type: text/calendar; method={_line(method)}; charset=utf-8\nContent-Transfer-Encoding: "
    encoded = b2a_qp(calendar.replace(b"\r\n", b"\n"), istext=True).decode("ascii")
    return f"{head}quoted-printable\n\n{encoded}"


def _text_part(kind: str, words: str) -> str:
    head = f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: "
    if words.isascii() and max(map(len, words.split("\n"))) < LINE_LIMIT:
        return f"{head}7bit\n\n{words}"
    # binascii's encoder is in C, the one in email.quoprimime is not
    encoded = b2a_qp(words.encode(), istext=True).decode("ascii")
    return f"{head}quoted-printable\n\n{encoded}"


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


def _inline(picture: Picture) -> str:
    """A picture that the HTML shows (RFC 2392)."""
    return _lines(
        [
            f"Content-Type: {picture.media_type}",
            "Content-Transfer-Encoding: base64",
            f"Content-ID: <{picture.cid}>",
            f"Content-Disposition: inline; {_filename(picture.name)}",
            "",
            encodebytes(picture.content).decode("ascii"),
        ]
    )


def _filename(name: str) -> str:
    """The parameter that names a file, in RFC 2231's form where it must be."""
    plain = _line(name).replace("/", "-").replace("\\", "-").replace('"', "'")
    return f'filename="{plain}"' if plain.isascii() else f"filename*=utf-8''{quote(plain, safe='')}"


# --- the text part, which is the master


def as_text(note: Note, sender: Sender, pictures: Sequence[Picture] = ()) -> str:
    """The note as plain text, wrapped softly (RFC 3676)."""
    blocks = [
        note.title,
        *note.lines,
        *(_item(item, note.language) for item in note.items),
        *(said(note.language, "mail-picture", name=picture.alt) for picture in pictures),
        *_ways(note),
        *note.closing,
    ]
    flowed = ["\n".join(_flowed(line) for line in block.splitlines()) for block in blocks]
    foot = [_flowed(line) for line in footer(note, sender)]
    return "\n\n".join(flowed) + "\n\n-- \n" + "\n".join(foot) + "\n"


def _item(item: Item, language: str) -> str:
    lines = [item.title]
    if item.percent is not None:
        lines.append(bar(item.percent))
    lines += item.lines
    words = [action.word for action in item.actions if action.word]
    if words:
        lines.append(said(language, "mail-item-answers", words=" · ".join(words)))
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
        yield "\n".join([said(note.language, "mail-how-words"), *listed])
    elif word := example(note):
        yield said(note.language, "mail-how-example", example=word)
    yield from (f"{action.label}:\n{action.link}" for action in note.actions if action.link)


def _flowed(line: str) -> str:
    rows = [line.rstrip()] if len(line) <= WIDTH else _wrapped(line)
    return " \n".join(f" {row}" if row.startswith((" ", ">", "From ")) else row for row in rows)


def _wrapped(line: str) -> list[str]:
    """Rows as long as they may be, broken at spaces; textwrap does the same in ten times the time."""
    return _ROW.findall(" ".join(line.split())) or [""]
