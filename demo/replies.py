"""Letters as mail programs write them: fresh ones, and replies in the manner of Outlook, Thunderbird and Gmail."""

from __future__ import annotations

import re
import textwrap
import uuid
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import Header, decode_header, make_header
from email.message import Message
from email.utils import format_datetime, formataddr, getaddresses, parsedate_to_datetime
from enum import Enum
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote
from zoneinfo import ZoneInfo

from babel.dates import format_datetime as in_words

Person = tuple[str, str]  # name (may be ""), address

BERLIN = ZoneInfo("Europe/Berlin")
FLOWED_WIDTH, GMAIL_WIDTH = 72, 78


class Client(Enum):
    """The mail program a person answers with."""

    OUTLOOK = "outlook"
    THUNDERBIRD = "thunderbird"
    GMAIL = "gmail"


def reply(original: bytes, text: str, *, client: Client, sender: Person, language: str, at: datetime) -> bytes:
    """The raw reply to a raw letter, `text` above the quote; `language` is "de" or "en", `at` an aware time."""
    source = _Source.read(original, at)
    build = {Client.OUTLOOK: _outlook, Client.THUNDERBIRD: _thunderbird, Client.GMAIL: _gmail}[client]
    subject = _reply_subject(source.subject, client, language)
    head = _head(subject, sender=sender, recipient=source.answer_to, at=at)
    return (_lines(head | _thread(source)) + build(source, text, language)).encode()


def letter(text: str, subject: str, *, sender: Person, recipient: Person | str, at: datetime) -> bytes:
    """A raw fresh letter in plain text."""
    to = ("", recipient) if isinstance(recipient, str) else recipient
    head = _head(subject, sender=sender, recipient=to, at=at)
    return (_lines(head) + _part("text/plain; charset=utf-8", text)).encode()


def with_file(raw: bytes, name: str, kind: str, content: bytes) -> bytes:
    """The raw letter with a file enclosed; what it said before becomes its first part."""
    head, _, body = raw.decode().partition("\r\n\r\n")
    fields = re.split(r"\r\n(?![ \t])", head)
    about_body = [field for field in fields if field.lower().startswith("content-t")]
    mark = uuid.uuid4().hex
    code = encodebytes(content).decode().replace("\n", "\r\n")
    lines = [
        *(field for field in fields if field not in about_body),
        f'Content-Type: multipart/mixed; boundary="{mark}"',
        f"\r\n--{mark}",
        *about_body,
        f"\r\n{body}\r\n--{mark}",
        f"Content-Type: {kind}",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment; filename*=UTF-8''{quote(name, safe='')}",
        f"\r\n{code}\r\n--{mark}--\r\n",
    ]
    return "\r\n".join(lines).encode()


def text_of(raw: bytes) -> str:
    """The plain text of a letter; that of its HTML when there is no other."""
    message = message_from_bytes(raw)
    text = _body(message, "text/plain")
    return text if text is not None else _stripped(_body(message, "text/html") or "")


def html_of(raw: bytes) -> str:
    """The HTML of a letter, "" when it has none."""
    return _body(message_from_bytes(raw), "text/html") or ""


# --- what is answered --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Source:
    author: Person
    answer_to: Person
    recipients: list[Person]
    subject: str
    sent: datetime
    message_id: str
    references: list[str]
    text: str
    html: str

    @classmethod
    def read(cls, raw: bytes, at: datetime) -> _Source:
        message = message_from_bytes(raw)
        author = _persons(message, "From")[0]
        message_id = message.get("Message-ID", "").strip()
        earlier = message.get("References") or message.get("In-Reply-To") or ""
        text = text_of(raw).rstrip()
        return cls(
            author=author,
            answer_to=_persons(message, "Reply-To")[0] if "Reply-To" in message else author,
            recipients=_persons(message, "To"),
            subject=_decoded(message.get("Subject", "")),
            sent=_sent(message, at).astimezone(BERLIN),
            message_id=message_id,
            references=[*earlier.split(), *([message_id] if message_id else [])],
            text=text,
            html=_inner(html_of(raw)) or _paragraphs(text, "<p>{}</p>"),
        )


def _persons(message: Message, field: str) -> list[Person]:
    found = getaddresses(message.get_all(field, []))
    return [(_decoded(name), address) for name, address in found] or [("", "")]


def _decoded(value: str) -> str:
    return " ".join(str(make_header(decode_header(value))).split())


def _sent(message: Message, at: datetime) -> datetime:
    try:
        return parsedate_to_datetime(message["Date"])
    except (TypeError, ValueError):
        return at


def _body(message: Message, kind: str) -> str | None:
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return _text(payload, part.get_content_charset("utf-8")).replace("\r\n", "\n")
    return None


def _text(payload: bytes, charset: str) -> str:
    try:
        return payload.decode(charset, "replace")
    except LookupError:
        return payload.decode("latin-1")


def _inner(html: str) -> str:
    body = re.search(r"<body[^>]*>(.*)</body>", html, re.DOTALL | re.IGNORECASE)
    return body[1].strip() if body else html


class _Stripper(HTMLParser):
    """Collects the text a reader would see, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script", "title")
        if tag in ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote"):
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += " ".join(data.split()) + " " * data.endswith(" ")


def _stripped(html: str) -> str:
    stripper = _Stripper()
    stripper.feed(html)
    return "\n".join(line.strip() for line in stripper.text.splitlines()).strip()


# --- the head ----------------------------------------------------------------------------------------------------


def _head(subject: str, *, sender: Person, recipient: Person, at: datetime) -> dict[str, str]:
    domain = sender[1].rpartition("@")[2]
    return {
        "Message-ID": f"<{uuid.uuid4()}@{domain}>",
        "Date": format_datetime(at.astimezone(BERLIN)),
        "From": formataddr(sender),
        "To": formataddr(recipient),
        "Subject": _encoded(subject, "Subject"),
        "MIME-Version": "1.0",
    }


def _thread(source: _Source) -> dict[str, str]:
    """In-Reply-To and References (RFC 5322, 3.6.4); none when the letter had no Message-ID."""
    if not source.message_id:
        return {}
    return {"In-Reply-To": source.message_id, "References": "\r\n ".join(source.references)}


def _encoded(value: str, field: str) -> str:
    value = " ".join(value.split())  # one line: nobody smuggles a field in
    charset = "us-ascii" if value.isascii() else "utf-8"
    return Header(value, charset, header_name=field).encode(linesep="\r\n")


def _lines(head: dict[str, str]) -> str:
    return "".join(f"{field}: {value}\r\n" for field, value in head.items())


def _reply_subject(subject: str, client: Client, language: str) -> str:
    """Outlook drops any prefix it knows and puts its own; the others only keep from doubling "Re:"."""
    if client is not Client.OUTLOOK:
        return subject if subject.lower().startswith("re:") else f"Re: {subject}"
    bare = re.sub(r"^((aw|re|antw): *)+", "", subject, flags=re.IGNORECASE)
    return f"{'AW' if language == 'de' else 'RE'}: {bare}"


# --- the bodies --------------------------------------------------------------------------------------------------


def _part(kind: str, text: str, encoding: str = "quoted-printable") -> str:
    body = "\n".join(text.splitlines()) + "\n"
    if encoding == "quoted-printable":
        body = b2a_qp(body.encode()).decode()
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head + body.replace("\n", "\r\n")


def _alternative(text: str, html: str) -> str:
    mark = uuid.uuid4().hex
    parts = [_part('text/plain; charset="UTF-8"', text), _part('text/html; charset="UTF-8"', html)]
    body = "".join(f"--{mark}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/alternative; boundary="{mark}"\r\n\r\n{body}--{mark}--\r\n'


def _paragraphs(text: str, pattern: str, empty: str = "<br>") -> str:
    return "\n".join(pattern.format(escape(line) or empty) for line in text.splitlines())


def _quoted(lines: Iterable[str]) -> list[str]:
    return [f">{line}" if line.startswith(">") or not line else f"> {line}" for line in lines]


def _wrapped(text: str, width: int, soft: str = "") -> list[str]:
    """Lines of at most `width`, quote marks repeated; `soft` ends each line that goes on (RFC 3676)."""
    lines: list[str] = []
    for line in text.splitlines():
        mark = re.match(r"(>+ ?)*", line)
        quote = mark[0] if mark else ""
        broken = textwrap.wrap(
            line, width, subsequent_indent=quote, break_long_words=False, break_on_hyphens=False
        ) or [""]
        lines += [*(part + soft for part in broken[:-1]), broken[-1]]
    return lines


# Thunderbird

_THUNDERBIRD = {
    "de": ("Am {when} schrieb {name}:", "dd.MM.yy 'um' HH:mm"),
    "en": ("On {when}, {name} wrote:", "M/d/yy h:mm a"),
}


def _thunderbird(source: _Source, text: str, language: str) -> str:
    sentence, pattern = _THUNDERBIRD[language]
    attribution = sentence.format(
        when=in_words(source.sent, pattern, locale=language), name=source.author[0] or source.author[1]
    )
    quote = _wrapped("\n".join(_quoted(source.text.splitlines())), FLOWED_WIDTH, soft=" ")
    answer = [_stuffed(line) for line in _wrapped(text, FLOWED_WIDTH, soft=" ")]
    body = "\n".join([*answer, "", attribution, *quote])
    more = f"User-Agent: Mozilla Thunderbird\r\nContent-Language: {language}\r\n"
    return more + _part("text/plain; charset=UTF-8; format=flowed", body, encoding="8bit")


def _stuffed(line: str) -> str:
    """A line that would read as a quote or as an mbox mark gets a space in front (RFC 3676, 4.4)."""
    return f" {line}" if line.startswith((" ", ">", "From ")) else line


# Gmail

_GMAIL = {
    "de": ("Am {when} schrieb {who}:", "EEE, d. MMM yyyy 'um' HH:mm 'Uhr'"),
    "en": ("On {when} {who} wrote:", "EEE, MMM d, yyyy 'at' h:mm\u202fa"),
}


def _gmail(source: _Source, text: str, language: str) -> str:
    sentence, pattern = _GMAIL[language]
    name, address = source.author
    when = in_words(source.sent, pattern, locale=language)
    attribution = _gmail_line(sentence.format(when=when, who=f"{name} <{address}>".lstrip()))
    quote = _wrapped("\n".join(_quoted(source.text.splitlines())), GMAIL_WIDTH)
    plain = "\n".join([*_wrapped(text, GMAIL_WIDTH), "", *attribution, "", *quote])
    link = f'{escape(name)} &lt;<a href="mailto:{escape(address)}">{escape(address)}</a>&gt;'.lstrip()
    return _alternative(plain, _gmail_html(text, sentence.format(when=when, who=link), source.html))


def _gmail_line(attribution: str) -> list[str]:
    """Gmail breaks this line where its HTML may break: at spaces, and between "<" and the address."""
    broken = textwrap.wrap(attribution.replace("<", "< "), GMAIL_WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace("< ", "<") for line in broken]


def _gmail_html(text: str, attribution: str, original: str) -> str:
    return (
        f'<div dir="ltr">{_paragraphs(text, "<div>{}</div>")}</div><br>'
        f'<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{attribution}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
        f'border-left:1px solid rgb(204,204,204);padding-left:1ex">{original}</blockquote></div>'
    )


# Outlook

_OUTLOOK = {
    "de": (("Von", "Gesendet", "An", "Betreff"), "EEEE, d. MMMM yyyy HH:mm"),
    "en": (("From", "Sent", "To", "Subject"), "EEEE, MMMM d, yyyy h:mm a"),
}
_RULE = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"


def _outlook(source: _Source, text: str, language: str) -> str:
    labels, pattern = _OUTLOOK[language]
    values = [
        f"{_shown(source.author)} ",
        in_words(source.sent, pattern, locale=language),
        "; ".join(_shown(person) for person in source.recipients),
        source.subject,
    ]
    block = dict(zip(labels, values, strict=True))
    more = f"X-Mailer: Microsoft Outlook 16.0\r\nContent-Language: {language}\r\n"
    return more + _alternative(_outlook_text(text, block, source.text), _outlook_html(text, block, source.html))


def _shown(person: Person) -> str:
    name, address = person
    return f"{name} <{address}>" if name else address


def _outlook_text(text: str, block: dict[str, str], original: str) -> str:
    answer = "\n\n".join(line or "\u00a0" for line in [*text.splitlines(), ""])  # each line is a paragraph in Word
    head = "\n".join(f"{label}: {value}" for label, value in block.items())
    return f"{answer}\n\n{head}\n\n\u00a0\n\n{original}\n"


def _outlook_html(text: str, block: dict[str, str], original: str) -> str:
    answer = _paragraphs(text + "\n\n", '<p class="MsoNormal">{}<o:p></o:p></p>', empty="&nbsp;")
    head = "<br>\n".join(f"<b>{label}:</b> {escape(value)}" for label, value in block.items())
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">'
        f'\n<body><div class="WordSection1">\n{answer}\n'
        f'<div><div style="{_RULE}"><p class="MsoNormal">{head}<o:p></o:p></p></div></div>\n'
        f"{original}\n</div></body></html>"
    )
