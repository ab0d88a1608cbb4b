"""Which letters are to leave the mailbox's own folders: what is too old, and what an address that was erased wrote."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, delete, select

from store.tables import Deed, Occasion, Purge

LETTERS = "forget-letters"  # in the history


def erased(session: Session) -> list[str]:
    """The addresses whose letters are still to be deleted, the oldest wish first."""
    return list(session.exec(select(Purge.email).order_by(col(Purge.at))))


def settled(session: Session, email: str, count: int, now: datetime) -> None:
    """An address's letters are gone, and with them the last that was kept of it."""
    session.execute(delete(Purge).where(col(Purge.email) == email))
    _note(session, count, now)


def is_tidied(session: Session, mailbox: str, night: date) -> bool:
    """Whether what is too old has been deleted in this night; reads only."""
    return session.get(Occasion, _key(mailbox, night)) is not None


def tidied(session: Session, mailbox: str, night: date, count: int, now: datetime) -> None:
    """What was too old in this night is gone."""
    session.execute(delete(Occasion).where(col(Occasion.key).startswith(_key(mailbox, None), autoescape=True)))
    session.add(Occasion(key=_key(mailbox, night), at=now))
    _note(session, count, now)


def last(session: Session) -> tuple[datetime, int] | None:
    """When letters were deleted last, and how many; None if never."""
    found = session.exec(select(Deed).where(Deed.what == LETTERS).order_by(col(Deed.id).desc()).limit(1)).first()
    return (found.at, int(found.details["count"])) if found else None


def _note(session: Session, count: int, now: datetime) -> None:
    if count:
        session.add(Deed(at=now, door="clock", what=LETTERS, details={"count": count}))


def _key(mailbox: str, night: date | None) -> str:
    return f"letters:{mailbox}:{night.isoformat() if night else ''}"
