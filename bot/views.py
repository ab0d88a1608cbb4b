"""How a note looks in a chat: pure values in Telegram's HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import accumulate, islice

from alliance.notes import Action, Item, Note

TEXT_LIMIT = 4096  # UTF-16 units after entity parsing, core.telegram.org/bots/api#sendmessage
TITLE_LIMIT = 512  # a longer one is treated as text, so that it can be split
TOAST_LIMIT = 200
BAR_LENGTH = 10
ROW_WIDTH = 32  # letters a phone shows on all buttons of a row together
ROW_BUTTONS = 3
SECTION = "▸"

Rows = tuple[tuple[Action, ...], ...]


@dataclass(frozen=True)
class Bubble:
    """One message: its HTML, its rows of buttons, ids of the papers that follow it, and its title as plain text."""

    html: str
    rows: Rows = ()
    papers: tuple[int, ...] = ()
    title: str = ""

    @property
    def actions(self) -> list[Action]:
        """All buttons, row by row."""
        return [action for row in self.rows for action in row]


@dataclass(frozen=True)
class _Card:
    """What becomes one bubble, or several if it is too long."""

    title: str
    body: str = ""
    actions: tuple[Action, ...] = ()


def bubbles(note: Note) -> list[Bubble]:
    """The note as messages, in order; none if it says nothing but a toast."""
    shown = [bubble for card in _cards(note) for bubble in _bubbles(card)]
    if shown and note.papers:
        shown[-1] = replace(shown[-1], papers=note.papers)
    return shown


def toast(note: Note) -> str:
    """What flashes up after a tap."""
    return note.toast if len(note.toast) <= TOAST_LIMIT else f"{note.toast[: TOAST_LIMIT - 1]}…"


def only_toast(note: Note) -> Note:
    """The note as a word that flashes up and leaves the chat as it is."""
    return Note("", toast=note.toast or note.title, language=note.language)


def place(shown: Sequence[Bubble], pressed_title: str) -> int:
    """Which bubble takes the place of the one whose button was pressed: the same card again, else the first."""
    return next((number for number, bubble in enumerate(shown) if bubble.title == pressed_title), 0)


def _cards(note: Note) -> list[_Card]:
    if len(note.items) == 1 and not note.lines and not _is_section(note.items[0]):
        card = _item_card(note.items[0])
        cards = [replace(card, actions=card.actions + note.actions)]
    else:
        cards = [_Card(note.title, "\n".join(note.lines), note.actions)]
        for item in note.items:
            _add(cards, item)
    cards[-1] = _with_paragraph(cards[-1], "\n".join(note.closing))
    return cards


def _add(cards: list[_Card], item: Item) -> None:
    """An item becomes a card of its own; one that is only read goes below what is only read."""
    below = cards[-1]
    if _is_section(item) and (len(cards) == 1 or not below.actions):
        cards[-1] = _with_paragraph(below, "\n".join((f"{SECTION} {item.title}", *item.lines)))
    else:
        cards.append(_item_card(item))


def _is_section(item: Item) -> bool:
    return not item.actions and item.percent is None


def _with_paragraph(card: _Card, words: str) -> _Card:
    return replace(card, body="\n\n".join(filter(None, [card.body, words])))


def _item_card(item: Item) -> _Card:
    bar = () if item.percent is None else (_bar(item.percent),)
    return _Card(item.title, "\n".join((*bar, *item.lines)), item.actions)


def _bar(percent: int) -> str:
    full = percent * BAR_LENGTH // 100
    return f"{'▓' * full}{'░' * (BAR_LENGTH - full)} {percent} %"


def _bubbles(card: _Card) -> list[Bubble]:
    title, body = card.title, card.body
    if len(title) > TITLE_LIMIT:
        title, body = "", f"{title}\n{body}"
    parts = _parts(body.strip("\n"), TEXT_LIMIT - 2 * len(title) - 2)
    texts = [_html(title, parts[0]), *(_html("", part) for part in parts[1:])]
    shown = [Bubble(text, title=card.title) for text in texts if text]
    if shown:
        shown[-1] = replace(shown[-1], rows=_rows(card.actions))
    return shown


def escaped(text: str) -> str:
    """The one place where words become HTML."""
    return escape(text, quote=False)


def _html(title: str, body: str) -> str:
    return "\n".join(filter(None, [f"<b>{escaped(title)}</b>" if title else "", escaped(body)]))


def _parts(text: str, first_limit: int) -> list[str]:
    """The text in pieces that fit; only the first has less room."""
    parts = []
    limit = first_limit
    while 2 * len(text) > limit and _length(text) > limit:
        end = _cut(text, limit)
        parts.append(text[:end].rstrip())
        text = text[end:].lstrip()
        limit = TEXT_LIMIT
    return [*parts, text]


def _cut(text: str, limit: int) -> int:
    """Where a piece of at most ``limit`` units ends best: between paragraphs, lines or words, in its second half."""
    window = text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")
    ends = (window.rfind(mark, len(window) // 2) for mark in ("\n\n", "\n", " "))
    return next((end for end in ends if end > 0), len(window))


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _rows(actions: Sequence[Action]) -> Rows:
    """The buttons in rows. Words that only a letter can say get none."""
    usable = [action for action in actions if action.intent is not None or action.link]
    lengths = _row_lengths(tuple(action.label for action in usable))
    rest = iter(usable)
    return tuple(tuple(islice(rest, length)) for length in lengths)


@lru_cache(maxsize=1024)
def _row_lengths(labels: tuple[str, ...]) -> tuple[int, ...]:
    """How many buttons go into each row: as few rows as can be, then as even as can be, and no label is cut."""
    choices = [
        (length, *_row_lengths(labels[length:]))
        for length in range(1, min(ROW_BUTTONS, len(labels)) + 1)
        if length == 1 or _width(labels[:length]) <= ROW_WIDTH
    ]
    return min(choices, key=lambda lengths: (len(lengths), _unevenness(labels, lengths)), default=())


def _unevenness(labels: Sequence[str], lengths: Sequence[int]) -> int:
    starts = accumulate(lengths, initial=0)
    return sum(_width(labels[start : start + length]) ** 2 for start, length in zip(starts, lengths, strict=False))


def _width(row: Sequence[str]) -> int:
    """Letters a row needs; Telegram makes its buttons equally wide."""
    return max(map(len, row)) * len(row)
