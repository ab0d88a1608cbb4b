"""What the alliance says: a note is made once and shown by either door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alliance.intents import Intent, Matter

NO_MATTER = Matter()


@dataclass(frozen=True)
class Action:
    """Something the reader can do about a note: a button in a chat, a word to reply by mail.

    ``word`` is what a mail answer says ("JA"); ``label`` is what a button shows ("✓ Ja, aufnehmen").
    ``link`` opens an address instead of carrying an intent (a t.me link).
    """

    label: str
    intent: Intent | None = None
    word: str = ""
    link: str = ""


@dataclass(frozen=True)
class Item:
    """One thing in a note, such as a measure's living card. ``percent`` is 0-100 and shown as a bar."""

    title: str
    lines: tuple[str, ...] = ()
    percent: int | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """A meeting for the reader's own calendar (iMIP, RFC 6047); a chat shows its buttons instead.

    ``method`` is "REQUEST" or "CANCEL" (RFC 5546), ``sequence`` counts the changes, times are aware UTC. The door adds
    the reader as attendee, and as organizer the address that carries the letter's token.
    """

    uid: str
    method: str
    sequence: int
    title: str
    begins: datetime
    ends: datetime
    place: str = ""
    link: str = ""
    text: str = ""


@dataclass(frozen=True)
class Note:
    """Title, lines, items, actions and papers, all in the reader's language.

    ``title`` is the subject of a letter. ``papers`` are ids of stored papers that travel with it.
    ``closing`` are lines after the items, ``toast`` a short word for a tapped button. ``matter`` says what a free
    answer means. Letters of one ``thread`` ("round:12") form one conversation; ``series`` ("abfrage") names what goes
    to many at once. ``futile``: nothing came of what was said, it was asked back, refused or handed on; ``always``:
    goes out even while all sending is stopped; ``private``: its words are forgotten here once they are sent, and take
    no other way than the one they were meant for. ``language`` is filled in by the desk or on the way out where a deed
    leaves it empty. ``names`` are people in it whom no table of ours names, or their phone numbers, so that a
    chat can leave them out; ``said`` are mail addresses that the reader has just typed, which it need not leave out;
    ``again`` is the wish that brings the same note once more.
    """

    title: str
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    actions: tuple[Action, ...] = ()
    closing: tuple[str, ...] = ()
    papers: tuple[int, ...] = ()
    matter: Matter = NO_MATTER
    toast: str = ""
    futile: bool = False
    always: bool = False
    private: bool = False
    language: str = ""
    thread: str = ""
    series: str = ""
    calendar: Calendar | None = None
    names: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    again: Intent | None = None
