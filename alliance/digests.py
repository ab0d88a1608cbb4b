"""The digest: first what waits for the reader, then what changed by field, then what is new and the next dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

import texts
from alliance import (
    dossiers,
    following,
    history,
    ideas,
    measures,
    meetings,
    notices,
    nudges,
    offers,
    plan_papers,
    rounds,
    sealing,
)
from alliance.errors import Expired, NotFound
from alliance.following import Interests
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Matter, PreviewDigest, ReleaseDigest
from alliance.notes import Action, Item, Note
from alliance.paper_values import Making
from store.tables import Measure, Occasion, Person, ProgressReport, Switch
from texts import say

WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
LONGEST = timedelta(days=70)  # no digest tells of anything older
DATES = 3  # meetings that are announced
LIFETIME = timedelta(days=3)  # after that a digest is not worth sending
PREVIEW = "digest-preview"
ALL = Interests()

News = dict[str, list[tuple[ProgressReport, Measure]]]


@dataclass(frozen=True)
class Issue:
    """What is new since the readers' last digest: reports by field, and by language what was shared."""

    news: News
    shared: Mapping[str, tuple[Item, ...]]


@dataclass(frozen=True)
class Edition:
    """What the digests of one week are made from; ``month`` is for those who want one a month."""

    week: str
    now: datetime
    weekly: Issue
    month: Issue
    owed: Mapping[int, tuple[int, ...]]
    pictures: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def issue_for(self, person: Person) -> Issue:
        """What is new to this person."""
        return self.month if person.digest == "monthly" else self.weekly


# Once a week ----------------------------------------------------------------------------------------------------------


def due(session: Session, week: str) -> bool:
    """Whether this week's digest has a step to take: it goes out, or the office is to see it first."""
    if is_done(session, week):
        return False
    return session.get(Switch, PREVIEW) is None or session.get(Occasion, f"{PREVIEW}:{week}") is None


def carry_out(session: Session, house: House, week: str, now: datetime) -> None:
    """Send this week's digest, or show it to the office that wants to release it."""
    if session.get(Switch, PREVIEW) is None:
        send(session, house, week, now)
    else:
        _show_to_office(session, house, week, now)


def send(session: Session, house: House, week: str, now: datetime) -> int:
    """Enqueue this week's digest for everyone to whom something is new; nobody gets one twice. Returns how many."""
    edition = _edition(session, house, week, now)
    session.add(Occasion(key=f"digest:{week}", at=now))
    interests = following.interests(session)
    count = 0
    for person in notices.everyone(session):
        note = _digest_for(session, house, person, edition, interests.get(person.id or 0, ALL))
        if note:
            key = f"digest:{week}:{person.id}"
            notices.to_person(session, person, note, key, now, expires_at=now + LIFETIME)
            count += 1
    return count


def is_done(session: Session, week: str) -> bool:
    """Whether this week's digests have been enqueued."""
    return session.get(Occasion, f"digest:{week}") is not None


def is_monthly(week: str) -> bool:
    """Whether those who want a digest a month get it in this ISO week: the first that begins in its month."""
    return _monday(week).day <= WEEK.days


# What the office may do -----------------------------------------------------------------------------------------------


def preview(hearing: Hearing, intent: PreviewDigest) -> Note:
    """VORSCHAU AN / AUS: whether the office releases each digest."""
    switch = hearing.session.get(Switch, PREVIEW)
    if intent.on and switch is None:
        hearing.session.add(Switch(name=PREVIEW, at=hearing.at, by_id=hearing.person.id if hearing.person else None))
    elif switch is not None and not intent.on:
        hearing.session.delete(switch)
    history.write(hearing, "preview-digest", {"on": intent.on})
    kind = "on" if intent.on else "off"
    title = say(hearing.language, f"office-preview-{kind}-title")
    return Note(title, (say(hearing.language, f"office-preview-{kind}-line"),), toast=title)


def release(hearing: Hearing, intent: ReleaseDigest) -> Note:
    """FREIGEBEN: send the digest that was shown. Raises NotFound or Expired."""
    week = nudges.iso_week(hearing.today)
    if intent.week and intent.week != week:
        raise Expired("refusal-digest-over")
    if is_done(hearing.session, week):
        raise Expired("refusal-digest-sent")
    if hearing.session.get(Occasion, f"{PREVIEW}:{week}") is None:
        raise NotFound("refusal-digest-none")
    count = send(hearing.session, hearing.house, week, hearing.at)
    history.write(hearing, "release-digest", {"week": week, "count": count})
    title = say(hearing.language, "office-released-title", count=count)
    return Note(title, toast=title)


def _show_to_office(session: Session, house: House, week: str, now: datetime) -> None:
    session.add(Occasion(key=f"{PREVIEW}:{week}", at=now))
    edition = _edition(session, house, week, now)
    interests = following.interests(session)
    readers = [
        person for person in notices.everyone(session) if _has_news(person, edition, interests.get(person.id or 0, ALL))
    ]
    if not readers:
        return
    for person in notices.office_people(session):
        note = _preview_note(session, house, person, edition, len(readers))
        notices.to_person(session, person, note, f"{PREVIEW}:{week}:{person.id}", now, expires_at=now + LIFETIME)


def _preview_note(session: Session, house: House, person: Person, edition: Edition, count: int) -> Note:
    language = person.language
    shown = _digest(session, house, person, edition, edition.weekly.news, ())
    button = say(language, "office-preview-button-release")
    action = Action(button, ReleaseDigest(edition.week), say(language, "word-release"))
    line = say(language, "office-preview-line", count=count)
    title = say(language, "office-preview-title")
    return replace(shown, title=title, lines=(line,), actions=(action,), matter=Matter("digest"), series="")


# One reader's digest --------------------------------------------------------------------------------------------------


def _digest_for(session: Session, house: House, person: Person, edition: Edition, interests: Interests) -> Note | None:
    """One person's digest, or None when nothing is new or none is wanted."""
    if not _has_news(person, edition, interests):
        return None
    news = _of_interest(edition.issue_for(person).news, interests)
    return _digest(session, house, person, edition, news, edition.owed.get(person.id or 0, ()))


def _has_news(person: Person, edition: Edition, interests: Interests) -> bool:
    if person.digest == "never" or (person.digest == "monthly" and not is_monthly(edition.week)):
        return False
    issue = edition.issue_for(person)
    owed = edition.owed.get(person.id or 0)
    return bool(owed or issue.shared[person.language] or _of_interest(issue.news, interests))


def _of_interest(news: News, interests: Interests) -> News:
    if interests == ALL:
        return news
    kept = {name: [pair for pair in pairs if interests.include(pair[1])] for name, pairs in news.items()}
    return {name: pairs for name, pairs in kept.items() if pairs}


def _digest(
    session: Session, house: House, person: Person, edition: Edition, news: News, owed: tuple[int, ...]
) -> Note:
    language = person.language
    hearing = notices.as_heard(session, house, person, edition.now)
    cards = measures.cards_of(hearing, owed)
    kind = "month" if person.digest == "monthly" else "week"
    return Note(
        title=say(language, f"member-digest-{kind}-title", count=len(owed)),
        lines=(say(language, "member-digest-your-turn", count=len(owed)),) if owed else (),
        items=(*cards, *_changed(language, news), *edition.issue_for(person).shared[language]),
        closing=(*_dates(hearing), *_head(hearing)),
        papers=_picture(session, house, edition, language),
        matter=Matter("round", measures=owed) if owed else Matter("digest"),
        language=language,
        series="wochenueberblick",
    )


def _dates(hearing: Hearing) -> tuple[str, ...]:
    """The next meetings, a line each."""
    coming = meetings.upcoming(hearing.session, hearing.at)[:DATES]
    return tuple(meetings.meeting_line(hearing.language, hearing.house, meeting) for meeting in coming)


def _head(hearing: Hearing) -> tuple[str, ...]:
    """For the office, the newest link of the sealed history: no letter is in reach of who alters the database."""
    newest = sealing.head(hearing.session) if hearing.is_office else None
    return (say(hearing.language, "history-head", head=newest.short),) if newest and newest.position else ()


def _picture(session: Session, house: House, edition: Edition, language: str) -> tuple[int, ...]:
    """How the plan stands, drawn once per language."""
    if language not in edition.pictures:
        making = Making.begin(session, house, language, edition.now)
        edition.pictures[language] = plan_papers.keep_picture(making)
    return edition.pictures[language]


def _changed(language: str, news: News) -> tuple[Item, ...]:
    return tuple(
        Item(
            say(language, "member-digest-field", field=name or say(language, "all-dossier-no-field")),
            tuple(dossiers.change_line(language, report, measure) for report, measure in changed),
        )
        for name, changed in sorted(news.items())
    )


# What is new ----------------------------------------------------------------------------------------------------------


def _edition(session: Session, house: House, week: str, now: datetime) -> Edition:
    last, last_monthly = _last_digests(session, now)
    month = _issue(session, last_monthly) if is_monthly(week) else Issue({}, {})
    return Edition(week, now, _issue(session, last), month, rounds.owed(session, house, now))


def _issue(session: Session, since: datetime) -> Issue:
    shared = {language: tuple(_shared(session, since, language)) for language in texts.LANGUAGES}
    return Issue(_news(session, since), shared)


def _shared(session: Session, since: datetime, language: str) -> Iterator[Item]:
    """New ideas, offers and needs, without names."""
    if found := ideas.new_since(session, since, language):
        yield Item(say(language, "member-digest-ideas"), found)
    if found := offers.new_since(session, since, language):
        yield Item(say(language, "member-digest-offers"), found)


def _last_digests(session: Session, now: datetime) -> tuple[datetime, datetime]:
    """When the last digest went out, and the last that the monthly readers got; so nothing falls between two."""
    statement = select(Occasion).where(col(Occasion.key).startswith("digest"), Occasion.at >= now - LONGEST)
    shown = list(session.exec(statement.order_by(col(Occasion.at))))
    first = shown[0].at if shown else now
    sent = {row.key.removeprefix("digest:"): row.at for row in shown if row.key.startswith("digest:")}
    monthly = [at for week, at in sent.items() if is_monthly(week)]
    return max(sent.values(), default=first - WEEK), max(monthly, default=first - MONTH)


def _news(session: Session, since: datetime) -> News:
    """The reports since then that changed something, by field; the first of each measure says where from."""
    statement = (
        select(ProgressReport, Measure)
        .join(Measure, col(ProgressReport.measure_id) == Measure.id)
        .where(ProgressReport.at >= since, col(ProgressReport.undone_at).is_(None))
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


def _monday(week: str) -> date:
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)
