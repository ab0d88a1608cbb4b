"""RÜCKGÄNGIG: takes back a deed of the speaker's own, whatever kind of deed it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from alliance import (
    amendments,
    decisions,
    deputising,
    evidence,
    history,
    ideas,
    imports,
    measures,
    minutes,
    moving,
    offers,
    ownership,
)
from alliance.errors import NotFound
from alliance.hearing import Hearing
from alliance.intents import Undo
from alliance.notes import Note
from store.tables import Deed

UNDO_WITHIN = timedelta(days=14)

# Deed.what -> what takes such a deed back: restores what was before and returns the receipt, or raises a Refusal when
# something newer stands on it. The line in the history is written here.
WAYS_BACK: dict[str, Callable[[Hearing, Deed], Note]] = {
    "report": measures.take_back,
    "name-deputy": deputising.take_back,
    "change-company": moving.take_back,
    "import": imports.take_back,
    "amend": amendments.take_back,
    "evidence": evidence.take_back,
    "idea": ideas.take_back,
    "place-idea": ideas.take_back_place,
    "offer": offers.take_back,
    "record-minutes": minutes.take_back,
    "record-decisions": decisions.take_back,
}
# What is only taken back by who could still do it
_OF_THE_OFFICE = frozenset({"import", "amend"})
_OF_MINUTES = frozenset({"record-minutes", "record-decisions"})


def undo(hearing: Hearing, intent: Undo) -> Note:
    """Take back the deed that is named, or my latest that can be and has not been. Raises Refusal."""
    deed = _undoable(hearing, intent.deed)
    note = WAYS_BACK[deed.what](hearing, deed)
    history.write(hearing, "undo", {"deed": deed.id})
    return note


def _undoable(hearing: Hearing, deed_id: int | None) -> Deed:
    since = hearing.at - UNDO_WITHIN
    statement = select(Deed).where(Deed.actor_id == hearing.member_id, Deed.at >= since).order_by(col(Deed.id).desc())
    undone = {deed.details["deed"] for deed in hearing.session.exec(statement.where(Deed.what == "undo"))}
    mine = statement.where(col(Deed.what).in_(_open_ways(hearing)))
    if deed_id is not None:
        mine = mine.where(Deed.id == deed_id)
    for deed in hearing.session.exec(mine):
        if deed.id not in undone:
            return deed
    raise NotFound("refusal-nothing-to-undo")


def _open_ways(hearing: Hearing) -> set[str]:
    """The deeds that the speaker may take back as what they are now: who has left the office leaves its deeds there."""
    if hearing.is_office:
        return {*WAYS_BACK}
    return {*WAYS_BACK} - _OF_THE_OFFICE - (frozenset() if ownership.takes_minutes(hearing) else _OF_MINUTES)
