"""The HTML part of a letter: the same words as the text part, with bars and buttons that open prefilled answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from alliance.notes import Action, Note
from mail import addresses
from mail.letterhead import Sender, clean, example, footer, said
from mail.pictures import Picture

LIMIT = 100_000  # bytes: Gmail cuts letters off at 102 KB
PREHEADER = 140  # characters; no mail program shows more beside the subject

_FOLDER = Path(__file__).parent / "templates"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASSES = re.compile(r'class="([\w -]+)"')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPECIAL = re.compile("[&<>\"']")
_IN_THE_HEAD = "/* in the head */"
_COUNTED = re.compile(r"\b(\d+\.?) (?=[A-Z\u00c4\u00d6\u00dc])")  # »3. Dezember«, »2 Maßnahmen«, but not »M7 Radweg«
# They stand for what differs from letter to letter, or from try to try; a "<" in a note has been escaped
_TO, _TAG, _CHIPS, _HINT = "<to>", "<tag>", "<chips>", "<hint>"


@dataclass(frozen=True)
class Fullness:
    """How much an item's buttons may take; ``bare`` ones are links where a mail program drops a letter's head."""

    choose: Callable[[tuple[Action, ...]], tuple[Action, ...]]
    bare: bool = False


def _without_steps(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Steps of per cent go first: they are the easiest to write."""
    return tuple(action for action in actions if not action.label.endswith("%"))


FULLNESS = (
    Fullness(tuple),
    Fullness(_without_steps),
    Fullness(_without_steps, bare=True),
    Fullness(lambda actions: _without_steps(actions)[:2], bare=True),
    Fullness(lambda actions: actions[:1], bare=True),
    Fullness(lambda _actions: ()),
)


def as_html(note: Note, token: str, sender: Sender, pictures: Sequence[Picture] = ()) -> str:
    """The note as HTML in ASCII, with fewer buttons as long as it is too big; "" if it is even without any.

    The pictures themselves are parts of their own.
    """
    frame = _render(note, sender, pictures)
    for fullness in FULLNESS:
        html = _ascii(clean(_addressed(_filled(frame, note, fullness), token, sender)))
        if len(html) <= LIMIT:
            return html
    return ""


def _ascii(html: str) -> str:
    """So it can travel as it is: encoding it for the way takes as long as composing it."""
    return html.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _render(note: Note, sender: Sender, pictures: Sequence[Picture]) -> str:
    """The letter, with places for what depends on its size and for its address."""
    return _shapes().letter.render(
        note=note,
        sender=sender,
        pictures=pictures,
        footer=footer(note, sender),
        preheader=_preheader(note),
        example=example(note),
        buttons=[(action.label, action.link or _mailto(action.word)) for action in note.actions if _leads(action)],
        bar=partial(_bar, note.language),
    )


def _filled(frame: str, note: Note, fullness: Fullness) -> str:
    pieces = iter(frame.split(_CHIPS))
    chips = [_chips(item.actions, fullness) for item in note.items]
    html = "".join([next(pieces), *(part for pair in zip(chips, pieces, strict=True) for part in pair)])
    has_buttons = any(map(_leads, note.actions)) or any(chips)
    return html.replace(_HINT, _hint(note.language, "buttons" if has_buttons else "example", example(note)))


def _chips(actions: tuple[Action, ...], fullness: Fullness) -> str:
    chips = [_chip(action, fullness.bare) for action in fullness.choose(actions) if _leads(action)]
    return _shapes().chips.replace(_CHIPS, "\n".join(chips)) if chips else ""


@lru_cache(maxsize=256)
def _hint(language: str, way: str, word: str) -> str:
    return _shown(said(language, f"mail-how-{way}", example=word)) if word else ""


def _leads(action: Action) -> bool:
    return bool(action.word or action.link)


def _preheader(note: Note) -> str:
    """What a mail program shows beside the subject: the first lines, or else what the letter is about."""
    words = " ".join(" ".join(note.lines or [item.title for item in note.items]).split())
    return words if len(words) <= PREHEADER else words[:PREHEADER].rpartition(" ")[0] + " …"


@lru_cache(maxsize=2048)
def _shown(line: str) -> Markup:
    """A line of a note, its breaks kept, and no break inside »60 %« and »3. Dezember«."""
    words = _COUNTED.sub(r"\1&nbsp;", str(escape(line)).replace(" %", "&nbsp;%"))
    return Markup("<br>".join(words.splitlines()))  # noqa: S704 - escaped above


def _facts(lines: Sequence[str]) -> Markup:
    return Markup("<br>\n".join(map(_shown, lines)))  # noqa: S704 - escaped above


# --- links that open a prefilled answer


def _mailto(word: str) -> Markup:
    """A prefilled answer (RFC 6068) with places for the address and the subject's tag; breaks are CRLF (5)."""
    return Markup(_answer(word))  # noqa: S704 - quoted there


def _answer(word: str) -> str:
    subject = body = word.translate(_PER_CENT)
    if "\n" in word:
        subject, body = " ".join(word.split()).translate(_PER_CENT), body.replace("%0A", "%0D%0A")
    return f"mailto:{_TO}?subject={subject}{_TAG}&amp;body={body}"


class _PerCent(dict[int, str]):
    """Characters as a link may hold them (RFC 3986, 2.1), found once each: quote() takes ten times as long."""

    def __missing__(self, code: int) -> str:
        found = self[code] = quote(chr(code), safe="")
        return found


_PER_CENT = _PerCent()


def _addressed(html: str, token: str, sender: Sender) -> str:
    to, tag = address_and_tag(token, sender)
    return html.replace(_TO, to).replace(_TAG, tag)


def address_and_tag(token: str, sender: Sender) -> tuple[str, str]:
    """Where a prefilled answer goes, and what its subject ends with, both ready for a link."""
    to = addresses.reply_to(sender.address, token, sender.plus)
    return quote(to, safe="@+"), quote(f" {addresses.subject_tag(token)}", safe="")


def _chip(action: Action, bare: bool) -> str:
    """A small button; read out, it says which item it is about, if its word says more than its label."""
    word, label = action.word, action.label
    name = word if len(word) > len(label) and label.casefold() in word.casefold() else label
    link = _escaped(action.link) if action.link else _answer(word)
    return _shapes().chip[bare] % {"label": _escaped(label), "name": _escaped(name), "link": link}


def _escaped(words: str) -> str:
    return str(escape(words)) if _SPECIAL.search(words) else words


@lru_cache(maxsize=256)
def _bar(language: str, percent: int) -> Markup:
    return Markup(_shapes().bar(percent, said(language, "mail-progress", percent=percent)))  # noqa: S704 - escaped there


# --- the templates


def _styled(template: str, css: str) -> str:
    """The template with each element's rules in its style attribute, and classes only where the head needs them."""
    inline, _, head = css.partition(_IN_THE_HEAD)
    rules = dict(_rules(_COMMENT.sub("", inline)))

    def attributes(found: re.Match[str]) -> str:
        names = found[1].split()
        kept = [name for name in names if re.search(rf"\.{name}\b", head)]
        style = ";".join(rules[name] for name in names)
        return (f'class="{" ".join(kept)}" ' if kept else "") + f'style="{style}"'

    return _CLASSES.sub(attributes, template).replace("{{ head }}", _narrow(head))


def _narrow(css: str) -> str:
    return "\n".join(line.strip() for line in css.splitlines() if line.strip())


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Name and declarations of each rule; a rule is for one class."""
    for selector, body in _RULE.findall(css):
        yield selector.strip().removeprefix("."), _compact(body)


def _compact(body: str) -> str:
    pairs = (rule.partition(":") for rule in body.split(";") if rule.strip())
    return ";".join(f"{name.strip()}:{value.strip()}" for name, _, value in pairs)


def _place(name: str) -> Markup:
    return Markup(name)  # noqa: S704 - one of our own names


def _templates() -> Environment:
    css = (_FOLDER / "letter.css").read_text(encoding="utf-8")
    found = {path.name: _styled(path.read_text(encoding="utf-8"), css) for path in _FOLDER.glob("*.html")}
    house = Environment(
        loader=DictLoader(found), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    house.globals.update(shown=_shown, facts=_facts, chips=_place(_CHIPS), hint=_place(_HINT))
    return house


@dataclass(frozen=True)
class _Shapes:
    """The letter as a template, and its smallest parts as text: a macro takes longer than a letter has time for."""

    letter: Template
    bar: Callable[[int, str], str]
    chips: str
    chip: Mapping[bool, str]  # by whether it is bare


@cache
def _shapes() -> _Shapes:
    """Made for the first letter: they take a while that no start need wait for."""
    house = _templates()
    parts: Any = house.get_template("parts.html").module
    chip = {False: _percented(parts.chip), True: _percented(parts.bare_chip)}
    return _Shapes(house.get_template("letter.html"), parts.bar, str(parts.chips(_place(_CHIPS))), chip)


def _percented(macro: Callable[..., str]) -> str:
    """A macro's text with named places for Python's % operator."""
    names = ("label", "link", "name")
    text = str(macro(*(_place(f"<{name}>") for name in names))).replace("%", "%%")
    for name in names:
        text = text.replace(f"<{name}>", f"%({name})s")
    return text
