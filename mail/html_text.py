"""HTML of a letter as plain text, in linear time; what is quoted becomes lines that begin with ">"."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from mail.reading import clean

LIMIT = 200_000  # characters of HTML that are read

_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_INLINE_DATA = re.compile(r"data:[^\s\"'<>]{200,}")
_SILENT = {"script", "style", "head", "title", "template", "svg", "object"}
_BLOCKS = {"div", "p", "tr", "table", "ul", "ol", "li", "hr", "blockquote", "pre", "section"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source"}
# Where mail programs put what is answered to: whole elements, and places after which nothing new follows
_QUOTE_CLASSES = {"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite", "tutanota_quote"}
_END_IDS = {"divrplyfwdmsg", "appendonsend", "zwchr", "mail-editor-reference-message-container", "olk_src_body_section"}
QUOTE_MARK = ">"

Attributes = dict[str, str]


def to_text(html: str) -> tuple[str, bool]:
    """The visible text, and whether a mail program has marked in it what is quoted."""
    reader = _Reader()
    reader.feed(_tame(html))
    reader.close()
    return reader.text(), reader.marked


def _tame(html: str) -> str:
    """HTML that the parser reads in linear time: it looks again and again for the end of what is never closed."""
    short = _INLINE_DATA.sub("", _without_comments(html))[:LIMIT]
    return _UNCLOSED.sub("&lt;", short)


def _without_comments(html: str) -> str:
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    return "".join(kept) + html[at:].replace("<!--", "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marked = False
        self._pieces: list[str] = []
        self._skipped = ""  # the element being left out, with how often it is nested in itself
        self._depth = 0
        self._over = False
        self._verbatim = 0
        self._at_start = True

    def text(self) -> str:
        lines = [re.sub(" {2,}", " ", line).strip() for line in clean("".join(self._pieces)).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
            return
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID and (tag in _SILENT or _hidden(given)):
            self._skip(tag)
        elif _ends_here(tag, given):
            self.marked = self._over = True
        elif tag not in _VOID and _quotes(tag, given):
            self.marked = True
            self._break()
            self._say(f"{QUOTE_MARK}\n")
            self._skip(tag)
        else:
            self._open(tag, given)

    def _skip(self, tag: str) -> None:
        self._skipped, self._depth = tag, 1

    def _open(self, tag: str, given: Attributes) -> None:
        if tag == "br":
            self._say("\n")
        elif tag in _BLOCKS:
            self._break()
        if tag == "p" and "mso" not in given.get("class", "").lower():
            self._say("\n")  # Outlook's paragraphs are lines
        elif tag in {"td", "th"}:
            self._say(" ")
        elif tag == "li":
            self._say("- ")
        self._verbatim += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            if self._depth == 0:
                self._skipped = ""
            return
        if tag in _BLOCKS:
            self._break()
        self._verbatim -= tag == "pre" and self._verbatim > 0

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._say(data if self._verbatim else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _break(self) -> None:
        if not self._at_start:
            self._say("\n")

    def _say(self, piece: str) -> None:
        piece = piece.lstrip(" ") if self._at_start and not self._verbatim else piece
        if piece and not self._over:
            self._pieces.append(piece)
            self._at_start = piece.endswith("\n")


def _hidden(given: Attributes) -> bool:
    return "display:none" in given.get("style", "").replace(" ", "").lower()


def _ends_here(tag: str, given: Attributes) -> bool:
    name = given.get("id", "").lower().removeprefix("x_")
    return name in _END_IDS


def _quotes(tag: str, given: Attributes) -> bool:
    classes = set(given.get("class", "").lower().split())
    if tag == "blockquote":
        return given.get("type", "").lower() == "cite" or bool(classes & _QUOTE_CLASSES)
    return bool(classes & (_QUOTE_CLASSES - {"gmail_quote"})) or given.get("name", "").lower() == "quote"
