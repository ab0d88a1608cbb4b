"""Deputies (Vertretung): somebody answers for another person's measures for a time, once they have accepted."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from store.tables import Deputyship


def principals(session: Session, person_id: int, today: date) -> frozenset[int]:
    """The ids of those for whom this person answers today, without themselves."""
    statement = select(Deputyship.person_id).where(
        Deputyship.deputy_id == person_id,
        col(Deputyship.accepted).is_(True),
        col(Deputyship.ended_at).is_(None),
        Deputyship.until >= today,
    )
    return frozenset(session.exec(statement))
