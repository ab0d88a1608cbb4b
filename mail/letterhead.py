"""What every letter of ours has in common, in its text and in its HTML: the sender, the footer, and how to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from alliance.notes import Action, Note
from mail import reading
from texts import say

UNSUBSCRIBE = "ABMELDEN"
LEAVING = {"wochenueberblick": "WOCHENÜBERBLICK AUS"}  # series that one can leave alone


@dataclass(frozen=True)
class Sender:
    """Who writes our letters; ``plus`` says that the mail server sorts office+anything into office (RFC 5233)."""

    address: str
    name: str
    plus: bool = True


def example(note: Note) -> str:
    """The first word that is an answer to this note, or ""."""
    return next((action.word for action in _actions(note) if action.word), "")


def _actions(note: Note) -> Iterator[Action]:
    yield from note.actions
    for item in note.items:
        yield from item.actions


def footer(note: Note, sender: Sender) -> list[str]:
    """Who writes, and, in what goes to many, how to leave."""
    lines = [said(note.language, "mail-footer", house=sender.name)]
    if note.series in LEAVING:
        lines.append(said(note.language, "mail-unsubscribe-digest", word=LEAVING[note.series]))
    elif note.series:
        lines.append(said(note.language, "mail-unsubscribe", word=UNSUBSCRIBE))
    return lines


def clean(words: str) -> str:
    """Words without controls, bidi overrides and zero-width characters; what is printable has none."""
    return words if words.replace("\n", "").isprintable() else reading.clean(words)


@lru_cache(maxsize=1024)
def said(language: str, key: str, **values: str | int) -> str:
    """say(), remembered: the same few sentences stand in every letter of a round."""
    return say(language, key, **values)
