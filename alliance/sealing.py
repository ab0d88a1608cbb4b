"""The sealed history: a chain of hashes over all deeds and their changes, by which later alterations show.

Each deed is a link: ``content`` is SHA-256 over a salt, the deed and its changes, ``chain`` SHA-256 over the chain so
far, the position and ``content``. So the latest link, the head, vouches for all before it; who wrote down a head knows
later whether the history is still the one it stood for.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from store import changes
from store.tables import Change, Deed, Seal

BATCH = 200  # deeds sealed in one go, so that nobody waits for it
WINDOW = 500  # links that are looked at together
REDACTED = "redact"  # the line that says what was forgotten, and what is left of it

SHORTEST = 20  # hexadecimal digits of a chain that is written down

_HEAD = re.compile(rf"(\d{{1,12}}):([0-9a-f]{{{SHORTEST},64}})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ][\d:.+]+)?")


@dataclass(frozen=True)
class Head:
    """The newest link of the chain."""

    position: int
    chain: str

    def __str__(self) -> str:
        return f"{self.position}:{self.chain}"

    @property
    def short(self) -> str:
        """Enough of it to write down: 80 bits, which nobody can hit by forging."""
        return f"{self.position}:{self.chain[:SHORTEST]}"

    @staticmethod
    def read(text: str) -> Head | None:
        """A head as it was written down, None if it is none."""
        found = _HEAD.fullmatch(text.strip().lower())
        return Head(int(found[1]), found[2]) if found else None


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with the history; the text »history-wrong-{kind}« says it in words."""

    kind: str
    position: int = 0
    deed: int = 0


# Sealing --------------------------------------------------------------------------------------------------------------


def is_due(session: Session) -> bool:
    """Whether there are deeds without a seal."""
    newest = session.exec(select(func.max(Deed.id))).one() or 0
    return newest > _newest_sealed(session) or changes.has_strays(_driver(session))


def waiting(session: Session) -> int:
    """How many deeds have no seal yet."""
    return session.exec(select(func.count()).where(col(Deed.id) > _newest_sealed(session))).one()


def seal(session: Session, now: datetime, limit: int = BATCH) -> int:
    """Seal the next deeds, in the order of their ids; returns how many. Safe to run again, and by anybody."""
    if not _alone(session):
        return 0
    changes.settle(session)
    changes.adopt_strays(_driver(session))
    unsealed = select(Deed.id).where(col(Deed.id) > _newest_sealed(session)).order_by(col(Deed.id)).limit(limit)
    deed_ids = [deed_id for deed_id in session.exec(unsealed) if deed_id is not None]
    deeds, found, last = _deeds_of(session, deed_ids), _changes_of(session, deed_ids), head(session)
    for deed_id in deed_ids:
        salt = secrets.token_hex(16)
        content = _hash(salt, _canonical(deeds[deed_id], found.get(deed_id, ())))
        last = Head(last.position + 1, _link(last, content))
        session.add(Seal(position=last.position, deed_id=deed_id, salt=salt, content=content, chain=last.chain, at=now))
    session.flush()
    return len(deed_ids)


def head(session: Session) -> Head:
    """The newest link; position 0 when nothing is sealed yet."""
    newest = session.exec(select(Seal).order_by(col(Seal.position).desc()).limit(1)).first()
    return Head(_at(newest), newest.chain) if newest else Head(0, "")


def _alone(session: Session) -> bool:
    """Whether nobody else is writing history or sealing: a deed that is committed later must not get a lower place."""
    if session.connection().dialect.name == "sqlite":
        return True  # one writer at a time
    try:
        with session.begin_nested():
            session.execute(text("LOCK TABLE history IN SHARE ROW EXCLUSIVE MODE NOWAIT"))
    except OperationalError:
        return False  # the next beat comes soon
    return True


def _driver(session: Session) -> Any:
    return session.connection().connection.driver_connection


def _newest_sealed(session: Session) -> int:
    return session.exec(select(func.max(Seal.deed_id))).one() or 0


# Looking whether it holds ---------------------------------------------------------------------------------------------


def verify(session: Session, known: Collection[Head] = ()) -> list[Finding]:
    """Everything that is wrong, oldest first; ``known`` are heads that somebody wrote down earlier."""
    redactions = _redactions(session)
    wanted = {link.position: link.chain for link in known}
    findings: list[Finding] = []
    last = Head(0, "")
    for seals in _windows(session):
        deed_ids = [link.deed_id for link in seals]
        deeds, found = _deeds_of(session, deed_ids), _changes_of(session, deed_ids)
        for link in seals:
            findings += _look_at(link, last, deeds.get(link.deed_id), found.get(link.deed_id, ()), redactions)
            if not link.chain.startswith(wanted.pop(_at(link), "")):
                findings.append(Finding("head", _at(link), link.deed_id))
            last = Head(_at(link), link.chain)
    findings += [Finding("head-missing", position) for position in sorted(wanted)]
    return [*findings, *_unsealed(session), *_restored(session, redactions)]


def _look_at(
    link: Seal, last: Head, deed: Deed | None, found: Sequence[Change], redactions: Mapping[int, str]
) -> Iterator[Finding]:
    position = _at(link)
    if position != last.position + 1:
        yield Finding("missing", last.position + 1)
    elif link.chain != _link(last, link.content):
        yield Finding("chain", position, link.deed_id)
    if deed is None:
        yield Finding("deed-missing", position, link.deed_id)
    elif link.redacted_at is None:
        if link.content != _hash(link.salt, _canonical(deed, found)):
            yield Finding("altered", position, link.deed_id)
    elif position not in redactions:
        yield Finding("redacted", position, link.deed_id)
    elif redactions[position] != _hash("", _canonical(deed, found)):
        yield Finding("altered", position, link.deed_id)


def _unsealed(session: Session) -> Iterator[Finding]:
    """Deeds that were slipped in before the newest sealed one, and changes that belong to no deed."""
    sealed = select(Seal.deed_id)
    late = select(Deed.id).where(col(Deed.id) < _newest_sealed(session), col(Deed.id).not_in(sealed))
    yield from (Finding("slipped-in", deed=number or 0) for number in session.exec(late.order_by(col(Deed.id))))
    if session.exec(select(Change.id).where(col(Change.deed_id).is_(None)).limit(1)).first():
        yield Finding("no-deed")


def _restored(session: Session, redactions: Mapping[int, str]) -> Iterator[Finding]:
    """Links that were forgotten, and look as if they had not been."""
    unbroken = select(Seal.position).where(col(Seal.redacted_at).is_(None))
    for position in sorted(redactions.keys() & set(session.exec(unbroken))):
        yield Finding("restored", position)


# Forgetting -----------------------------------------------------------------------------------------------------------


def blank(row: Deed | Change) -> None:
    """Leave of a line its ids, numbers and days, which others count on, and of a change nothing but its place."""
    if isinstance(row, Deed):
        row.details = _bare(row.details)
    else:
        row.before = row.after = None


def redact(
    session: Session, deed_ids: Iterable[int], at: datetime, forget: Callable[[Deed | Change], None] = blank
) -> list[int]:
    """Let go of what these deeds and their changes hold; returns the positions of the links that this breaks.

    Call it when everything else is forgotten, the deed that forgets included in ``deed_ids``: its changes hold what was
    there before. The chain still holds, and a line of the history names each broken link with the hash of what is left
    of it, so that nobody can pass off an alteration as forgetting (Art. 17 and Art. 5(1)(f) GDPR).
    """
    changes.settle(session)
    left: dict[str, str] = {}
    for some in _parts(sorted(set(deed_ids))):
        links = session.exec(select(Seal).where(col(Seal.deed_id).in_(some))).all()
        for link in links:
            link.redacted_at, link.salt = link.redacted_at or at, ""
        session.flush()
        left |= _forget(session, some, {link.deed_id: _at(link) for link in links}, forget)
    if left:
        session.add(Deed(at=at, door=changes.door(session), what=REDACTED, details={"left": left}))
        session.flush()
    return sorted(map(int, left))


def _forget(
    session: Session, deed_ids: Sequence[int], positions: Mapping[int, int], forget: Callable[[Deed | Change], None]
) -> dict[str, str]:
    """What is left of each sealed deed: position -> hash. A line that itself says what is left stays as it is."""
    deeds, found = _deeds_of(session, deed_ids), _changes_of(session, deed_ids)
    for deed in deeds.values():
        for row in (deed, *found.get(_id(deed), ())) if deed.what != REDACTED else ():
            forget(row)
    session.flush()
    deeds, found = _deeds_of(session, list(positions)), _changes_of(session, list(positions))
    return {
        str(positions[deed_id]): _hash("", _canonical(deed, found.get(deed_id, ()))) for deed_id, deed in deeds.items()
    }


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return "" if isinstance(value, str) and not _DAY.fullmatch(value) else value


def _redactions(session: Session) -> dict[int, str]:
    """What is left of each broken link, as the latest line that names it says."""
    lines = session.exec(select(Deed).where(Deed.what == REDACTED).order_by(col(Deed.id)))
    return {int(position): left for deed in lines for position, left in deed.details.get("left", {}).items()}


# Rows and hashes ------------------------------------------------------------------------------------------------------


def _windows(session: Session) -> Iterator[Sequence[Seal]]:
    after = None
    while True:
        statement = select(Seal).order_by(col(Seal.position)).limit(WINDOW)
        seals = session.exec(statement if after is None else statement.where(col(Seal.position) > after)).all()
        if not seals:
            return
        yield seals
        after = _at(seals[-1])


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (ids[start : start + WINDOW] for start in range(0, len(ids), WINDOW))


def _deeds_of(session: Session, deed_ids: Sequence[int]) -> dict[int, Deed]:
    """As the database has them, not as this session may remember them."""
    statement = select(Deed).where(col(Deed.id).in_(deed_ids)).execution_options(populate_existing=True)
    return {_id(deed): deed for deed in session.exec(statement)}


def _changes_of(session: Session, deed_ids: Sequence[int]) -> dict[int, list[Change]]:
    statement = select(Change).where(col(Change.deed_id).in_(deed_ids)).order_by(col(Change.id))
    found: dict[int, list[Change]] = {}
    for change in session.exec(statement.execution_options(populate_existing=True)):
        found.setdefault(change.deed_id or 0, []).append(change)
    return found


def _canonical(deed: Deed, found: Sequence[Change]) -> str:
    """The deed and its changes as JSON that is the same on every database: sorted keys, moments in UTC."""
    line = [_id(deed), deed.at.astimezone(UTC).isoformat(), deed.actor_id, deed.door, deed.what, deed.inbox_id]
    rows = [[change.id, change.table_name, change.row_id, change.before, change.after] for change in found]
    return json.dumps([line, deed.details, rows], sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _link(last: Head, content: str) -> str:
    return _hash(last.chain, f"{last.position + 1}:{content}")


def _hash(before: str, content: str) -> str:
    return hashlib.sha256(f"{before}:{content}".encode()).hexdigest()


def _id(deed: Deed) -> int:
    assert deed.id is not None
    return deed.id


def _at(link: Seal) -> int:
    assert link.position is not None
    return link.position
