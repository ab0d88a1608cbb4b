"""The weekly digest: first what waits for the reader, then what changed by field, then the next date."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alliance import measures, meetings, notices
from alliance.house import House
from alliance.intents import Matter
from alliance.notes import Item, Note
from store.tables import Measure, Occasion, Person, ProgressReport
from texts import say

WEEK = timedelta(days=7)


def send(session: Session, house: House, week: str, now: datetime) -> int:
    """Enqueue this week's digest for everyone to whom something is new; nobody gets one twice. Returns how many."""
    session.add(Occasion(key=f"digest:{week}", at=now))
    waiting = _waiting(session, house, now)
    news = _news(session, now)
    count = 0
    for person in notices.everyone(session):
        note = digest(session, house, person, waiting.get(person.id or 0, ()), news, now)
        if note:
            key = f"digest:{week}:{person.id}"
            notices.to_person(session, person, note, key, now, expires_at=now + timedelta(days=3))
            count += 1
    return count


def is_done(session: Session, week: str) -> bool:
    """Whether this week's digests have been enqueued."""
    return session.get(Occasion, f"digest:{week}") is not None


News = dict[str, list[tuple[ProgressReport, Measure]]]


def digest(
    session: Session, house: House, person: Person, owed: tuple[int, ...], news: News, now: datetime
) -> Note | None:
    """One person's digest, or None when nothing is new."""
    if not owed and not news:
        return None
    language = person.language
    hearing = notices.as_heard(session, house, person, now)
    cards = tuple(measures.card(hearing, measures.find(hearing, number)) for number in owed)
    return Note(
        title=say(language, "member-digest-title", count=len(owed)),
        lines=(say(language, "member-digest-your-turn", count=len(owed)),) if owed else (),
        items=(*cards, *_changed(language, news)),
        closing=meetings.next_line(hearing),
        matter=Matter("round", measures=owed) if owed else Matter("digest"),
        language=language,
        series="wochenueberblick",
    )


def _changed(language: str, news: News) -> tuple[Item, ...]:
    return tuple(
        Item(
            say(language, "member-digest-field", field=field or say(language, "all-dossier-no-field")),
            tuple(meetings.change_line(language, report, measure) for report, measure in changed),
        )
        for field, changed in sorted(news.items())
    )


def _news(session: Session, now: datetime) -> News:
    """The reports of the last week that changed something, by field; the first of each measure says where from."""
    statement = (
        select(ProgressReport, Measure)
        .join(Measure, col(ProgressReport.measure_id) == Measure.id)
        .where(ProgressReport.at >= now - WEEK, col(ProgressReport.undone_at).is_(None))
        .where(col(ProgressReport.unchanged).is_(False))
        .order_by(col(Measure.number), col(ProgressReport.id))
    )
    news: News = defaultdict(list)
    seen: set[int] = set()
    for report, measure in session.exec(statement):
        if measure.number not in seen:
            seen.add(measure.number)
            news[measure.field].append((report, measure))
    return dict(news)


def _waiting(session: Session, house: House, now: datetime) -> dict[int, tuple[int, ...]]:
    """What each lead owes in a round that has been opened and not yet frozen."""
    owed: dict[int, tuple[int, ...]] = {}
    today = now.astimezone(house.zone).date()
    for meeting in meetings.upcoming(session, now):
        if meeting.frozen_at or now < meetings.asked_since(house, meeting) + meetings.FRESH:
            continue
        for lead in meetings.turnout(session, house, meeting, now).missing:
            if not lead.paused_until or lead.paused_until < today:
                owed.setdefault(lead.person, lead.unanswered)
    return owed
