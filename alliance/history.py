"""The history: one line for every deed, written in the deed's own transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from alliance.hearing import Hearing
from alliance.intents import Intent
from store import changes
from store.changes import Hand
from store.prepared import Loaded, table
from store.tables import Deed

CLOCK = "clock"  # the door of what the assistant does by itself

_ADDED = Loaded(
    Deed,
    insert(table(Deed)).returning(*table(Deed).columns),
    ("at", "actor_id", "door", "what", "details", "inbox_id"),
)


def write(hearing: Hearing, what: str, details: dict[str, Any]) -> Deed:
    """Add a line; its id is known at once. What the deed changes, before or after, belongs to it."""
    deed = _ADDED.first(
        hearing.session,
        at=hearing.at,
        actor_id=hearing.person.id if hearing.person else None,
        door=_door(hearing),
        what=what,
        details=details,
        inbox_id=hearing.voice.inbox_id,
    )
    assert deed is not None
    changes.belong(hearing.session, deed)
    return deed


def heard(hearing: Hearing, what: str) -> None:
    """From here on this voice is heard: what it changes without a line of its own gets one called ``what``."""
    actor = hearing.person.id if hearing.person else None
    hand = Hand(hearing.at, _door(hearing), what, actor, hearing.voice.inbox_id)
    changes.by(hearing.session, hand)


def by_itself(session: Session, at: datetime, door: str, what: str) -> None:
    """From here on, what changes without a line of its own is nobody's wish, but came about at this door."""
    changes.by(session, Hand(at, door, what))


@contextmanager
def begin(hearing: Hearing, intent: Intent) -> Iterator[None]:
    """A deed that writes only once nothing speaks against it any more."""
    heard(hearing, named(type(intent)))
    yield


@contextmanager
def savepoint(hearing: Hearing, intent: Intent) -> Iterator[None]:
    """A deed that is all or nothing, its lines and changes as well."""
    heard(hearing, named(type(intent)))
    try:
        with hearing.session.begin_nested():
            yield
    except BaseException:
        hearing.session.expire_all()  # some rows were written past the session: it would not know them by itself
        changes.undone(hearing.session)
        raise


def named(wish: type) -> str:
    """What a wish is called in the history, if its deed has no name of its own: ShareIdea is "share-idea"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", wish.__name__).lower()


def _door(hearing: Hearing) -> str:
    return "console" if hearing.operator else hearing.voice.channel.value
