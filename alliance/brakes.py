"""Never a loop, never a flood: how many letters of one sender are heard, and how many answers in vain they get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from store import outbox
from store.prepared import Prepared, table
from store.tables import Case, InboxRow


@dataclass(frozen=True)
class Limit:
    """So many within this time."""

    count: int
    within: timedelta


DAY = timedelta(days=1)
LIMITS: Mapping[str, Limit] = {
    "letters-of-a-sender": Limit(60, timedelta(hours=1)),  # heard; what is over goes to the office unheard
    # answers to one sender: who proves that a letter is theirs is heard above the limit on letters, up to these. Of
    # forged letters at most the sixty above are answered, so sixty are always left for the person themselves
    "answers-to-a-sender": Limit(120, timedelta(hours=1)),
    # to one address: asked back, refused or handed on
    "same-answer-in-vain": Limit(2, DAY),
    "answers-in-vain-to-a-matter": Limit(6, DAY),
    "answers-in-vain": Limit(12, DAY),
    "same-wish-asked-back": Limit(2, DAY),  # who has nothing but a From: and wants the same again
    "cases-of-a-sender": Limit(5, DAY),  # letters put before the office one by one
}


def too_many(session: Session, sender: str, now: datetime) -> bool:
    """Whether this sender has written more than we hear; the letter in hand is counted."""
    limit = LIMITS["letters-of-a-sender"]
    (count,) = _LETTERS.first(session, sender=sender, since=now - limit.within) or (0,)
    return bool(count > limit.count)


_LETTERS = Prepared(
    sql_select(func.count(col(InboxRow.id))).where(
        col(InboxRow.sender) == bindparam("sender"),
        col(InboxRow.received_at) > bindparam("since", type_=table(InboxRow).c.received_at.type),
    )
)


def too_many_answers(session: Session, sender: str, now: datetime) -> bool:
    """Whether this sender has had more answers than even somebody who proves who they are is given."""
    limit = LIMITS["answers-to-a-sender"]
    return outbox.count_to(session, sender, "answer:mail:", now - limit.within) >= limit.count


def too_many_cases(session: Session, case: Case, now: datetime) -> bool:
    """Whether the office has had enough of this sender for now; the case in hand is counted.

    Letters that name no sender count as one sender's, strangers by their chats. What a member writes in a chat is
    always shown, because no mailbox keeps it.
    """
    if case.person_id and not case.email:
        return False
    limit = LIMITS["cases-of-a-sender"]
    theirs = (Case.email == case.email, Case.chat_id == case.chat_id, Case.made_at > now - limit.within)
    return session.exec(select(func.count(col(Case.id))).where(*theirs)).one() > limit.count


def slot(session: Session, address: str, matter: str, answer: str, now: datetime) -> str | None:
    """The key for one more answer in vain about a matter, None when they are used up.

    The keys live in the outbox: what counts is what was enqueued. Days are counted in UTC, which is fine for a brake.
    """
    begin = f"vain:{address}:{now:%Y-%m-%d}:"
    about = f"{begin}{matter}:"
    same = f"{about}{sha256(answer.encode()).hexdigest()[:8]}:"
    used = outbox.keys(session, begin)
    starts = {"same-answer-in-vain": same, "answers-in-vain-to-a-matter": about, "answers-in-vain": begin}
    counts = {name: sum(key.startswith(start) for key in used) for name, start in starts.items()}
    if any(count >= LIMITS[name].count for name, count in counts.items()):
        return None
    return f"{same}{counts['same-answer-in-vain'] + 1}"


def slot_for_wish(session: Session, address: str, wish: str, now: datetime) -> str | None:
    """The key for asking back a wish once more, None when it was asked back often enough today.

    Somebody who wants one thing after the other is no loop, so these do not count as answers in vain.
    """
    begin = f"wish:{address}:{now:%Y-%m-%d}:{sha256(wish.encode()).hexdigest()[:8]}:"
    count = len(outbox.keys(session, begin))
    return f"{begin}{count + 1}" if count < LIMITS["same-wish-asked-back"].count else None
