"""The history: one line for every deed, written in the deed's own transaction."""

from __future__ import annotations

from typing import Any

from alliance.hearing import Hearing
from store.tables import Deed


def write(hearing: Hearing, what: str, details: dict[str, Any]) -> Deed:
    """Add a line; its id is known at once."""
    deed = Deed(
        at=hearing.at,
        actor_id=hearing.person.id if hearing.person else None,
        door=hearing.voice.channel.value if not hearing.operator else "console",
        what=what,
        details=details,
        inbox_id=hearing.voice.inbox_id,
    )
    hearing.session.add(deed)
    hearing.session.flush()
    return deed
