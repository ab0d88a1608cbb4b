"""Takes what has been answered out of the questions and reminders that have not gone out yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from alliance import notices, nudges, rounds
from alliance.hearing import Hearing
from alliance.notes import Note
from alliance.packing import pack, unpack
from store import outbox
from store.tables import Meeting, OutboxRow, Person, Sending


def answered(hearing: Hearing, measures: Collection[int]) -> None:
    """These numbers have just been reported on: whoever was to be asked about them need not be any more.

    A mail server that was away for hours leaves reminders waiting, and people answer meanwhile by another way.
    """
    for number, asked in outbox.waiting(hearing.session, "nudge:"):
        left = tuple(measure for measure in asked if measure not in measures)
        if len(left) == len(asked):
            continue
        row = hearing.session.get_one(OutboxRow, number)
        if left:
            row.note = pack(_shortened(hearing, row, left))
        else:
            row.state = Sending.DROPPED


def _shortened(hearing: Hearing, row: OutboxRow, left: tuple[int, ...]) -> Note:
    """The same question or reminder about fewer measures."""
    note = unpack(row.note, Note)
    cards = dict(zip(note.matter.measures, note.items, strict=True))
    person = hearing.session.get_one(Person, row.person_id)
    meeting = hearing.session.get_one(Meeting, note.matter.id)
    reader = notices.as_heard(hearing.session, hearing.house, person, hearing.at)

    def said(numbers: tuple[int, ...], *, first: bool) -> Note:
        nudge = nudges.Nudge(row.dedupe_key, note.matter.id, "", row.person_id, numbers, first)
        return rounds.question(reader, meeting, nudge, tuple(cards[number] for number in numbers))

    is_first = said(note.matter.measures, first=True).title == note.title
    shorter = said(left, first=is_first)
    return replace(note, title=shorter.title, items=shorter.items, matter=shorter.matter)
