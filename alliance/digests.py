"""The digest: first what waits for the reader, then what changed by field, then what is new and the next dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from sqlmodel import Session, col, select

import texts
from alliance import (
    dossiers,
    following,
    health,
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
from alliance.health import Health
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Matter, PreviewDigest, ReleaseDigest
from alliance.notes import Action, Item, Note
from alliance.paper_values import Making
from alliance.portions import cut
from store import outbox
from store.tables import Measure, Occasion, Person, ProgressReport, Role, Switch
from texts import say

WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
LONGEST = timedelta(days=70)  # no digest tells of anything older
DATES = 3  # meetings that are announced
LIFETIME = timedelta(days=3)  # after that a digest is not worth sending
PREVIEW = "digest-preview"
BEGUN = "digest-begun"
SHOWN = 25  # lines under one heading; a whole field of a real plan has fewer, and nobody reads more
ALL = Interests()

Thing = TypeVar("Thing")
News = dict[str, list[tuple[ProgressReport, Measure]]]


@dataclass(frozen=True)
class Issue:
    """What is new since the readers' last digest: reports by field, and by language what was shared."""

    news: News
    shared: Mapping[str, tuple[Item, ...]]
    told: dict[str, tuple[Item, ...]] = field(default_factory=dict)  # all the news, in words once per language

    def of_interest(self, interests: Interests) -> News:
        """The news that somebody follows."""
        if interests.everything:
            return self.news
        found = {name: self.news[name] for name in interests.fields if name in self.news}
        single: News = defaultdict(list)
        for number in interests.measures | interests.own:
            pair = self.by_measure.get(number)
            if pair and pair[1].field not in interests.fields:
                single[pair[1].field].append(pair)
        return found | {name: sorted(pairs, key=lambda pair: pair[1].number) for name, pairs in single.items()}

    @cached_property
    def by_measure(self) -> Mapping[int, tuple[ProgressReport, Measure]]:
        """The news of each measure, by its id."""
        return {pair[1].id or 0: pair for pairs in self.news.values() for pair in pairs}


@dataclass(frozen=True)
class Edition:
    """What the digests of one week are made from; ``month`` is for those who want one a month.

    ``pictures`` and ``dates`` are made once per language.
    """

    week: str
    now: datetime
    weekly: Issue
    month: Issue
    owed: Mapping[int, tuple[int, ...]]
    health: Health
    pictures: dict[str, tuple[int, ...]] = field(default_factory=dict)
    dates: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def issue_for(self, person: Person) -> Issue:
        """What is new to this person."""
        return self.month if person.digest == "monthly" else self.weekly


# Once a week ----------------------------------------------------------------------------------------------------------


def due(session: Session, week: str) -> bool:
    """Whether this week's digest has a step to take: it goes out, or the office is to see it first."""
    if is_done(session, week):
        return False
    return not is_shown_first(session) or session.get(Occasion, f"{PREVIEW}:{week}") is None


def carry_out(session: Session, house: House, week: str, now: datetime) -> None:
    """Send this week's digest, or show it to the office that wants to release it."""
    if is_shown_first(session):
        _show_to_office(session, house, week, now)
    else:
        send(session, house, week, now)


def is_shown_first(session: Session) -> bool:
    """Whether the office wants to see each digest before it goes out."""
    return session.get(Switch, PREVIEW) is not None


def send(session: Session, house: House, week: str, now: datetime) -> int:
    """Enqueue this week's digest for everyone to whom something is new; nobody gets one twice. Returns how many."""
    made = edition(session, house, week, now)
    people = readers(session, made)
    for some in cut(people):
        send_to(session, house, made, some)
    finish(session, made)
    return len(people)


def finish(session: Session, edition: Edition) -> None:
    """Everyone has this week's: it is done."""
    if begun := session.get(Occasion, f"{BEGUN}:{edition.week}"):
        session.delete(begun)
    session.add(Occasion(key=f"digest:{edition.week}", at=edition.now))


def readers(session: Session, edition: Edition) -> list[int]:
    """The ids of those to whom something is new."""
    interests = following.interests(session)
    people = notices.everyone(session)
    return [person.id or 0 for person in people if _has_news(person, edition, interests.get(person.id or 0, ALL))]


def anyone_left(session: Session, edition: Edition) -> bool:
    """Whether somebody to whom something is new has no letter yet, because a portion of the readers has failed."""
    prefix = f"digest:{edition.week}:"
    enqueued = outbox.keys(session, prefix)
    return any(f"{prefix}{person}" not in enqueued for person in readers(session, edition))


def send_to(session: Session, house: House, edition: Edition, people: Sequence[int]) -> None:
    """Enqueue the digest for those of these people (by their ids) to whom something is new; nobody gets it twice."""
    edition = replace(edition, pictures={})  # what an earlier transaction stored may have been rolled back
    owed = {person: edition.owed.get(person, ()) for person in people}
    deck = measures.Deck.of(session, owed, edition.now.astimezone(house.zone).date())
    interests = following.interests(session, people)
    still_here = select(Person).where(col(Person.id).in_(people), col(Person.left_at).is_(None))
    letters = (
        (person, note, f"digest:{edition.week}:{person.id}")
        for person in session.exec(still_here.order_by(col(Person.id))).all()
        if (note := _digest_for(session, house, person, edition, interests.get(person.id or 0, ALL), deck))
    )
    notices.to_people(session, letters, edition.now, expires_at=edition.now + LIFETIME)


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
    made = edition(session, house, week, now)
    count = len(readers(session, made))
    if not count:
        return
    for person in notices.office_people(session):
        note = _preview_note(session, house, person, made, count)
        notices.to_person(session, person, note, f"{PREVIEW}:{week}:{person.id}", now, expires_at=now + LIFETIME)


def _preview_note(session: Session, house: House, person: Person, edition: Edition, count: int) -> Note:
    language = person.language
    edition = replace(edition, month=edition.weekly)  # also for those of the office who want one a month
    shown = _digest(session, house, person, edition, _changed(language, edition.weekly.news), ())
    button = say(language, "office-preview-button-release")
    action = Action(button, ReleaseDigest(edition.week), say(language, "word-release"))
    line = say(language, "office-preview-line", count=count)
    title = say(language, "office-preview-title")
    return replace(shown, title=title, lines=(line,), actions=(action,), matter=Matter("digest"), series="")


# One reader's digest --------------------------------------------------------------------------------------------------


def _digest_for(
    session: Session, house: House, person: Person, edition: Edition, interests: Interests, deck: measures.Deck
) -> Note | None:
    """One person's digest, or None when nothing is new or none is wanted."""
    if not _has_news(person, edition, interests):
        return None
    owed = edition.owed.get(person.id or 0, ())
    cards = deck.cards(notices.as_heard(session, house, person, edition.now), owed)
    return _digest(session, house, person, edition, _told(edition.issue_for(person), person.language, interests), cards)


def _told(issue: Issue, language: str, interests: Interests) -> tuple[Item, ...]:
    """The news that somebody follows, in words."""
    if not interests.everything:
        return _changed(language, issue.of_interest(interests))
    if language not in issue.told:
        issue.told[language] = _changed(language, issue.news)
    return issue.told[language]


def _has_news(person: Person, edition: Edition, interests: Interests) -> bool:
    if person.digest == "never" or (person.digest == "monthly" and not is_monthly(edition.week)):
        return False
    issue = edition.issue_for(person)
    owed = edition.owed.get(person.id or 0)
    if person.role == Role.OFFICE and not edition.health.is_good:
        return True
    return bool(owed or issue.shared[person.language] or issue.of_interest(interests))


def _digest(
    session: Session, house: House, person: Person, edition: Edition, told: tuple[Item, ...], cards: tuple[Item, ...]
) -> Note:
    language, owed = person.language, edition.owed.get(person.id or 0, ()) if cards else ()
    hearing = notices.as_heard(session, house, person, edition.now)
    kind = "month" if person.digest == "monthly" else "week"
    return Note(
        title=say(language, f"member-digest-{kind}-title", count=len(owed)),
        lines=(say(language, "member-digest-your-turn", count=len(owed)),) if owed else (),
        items=(*cards, *told, *edition.issue_for(person).shared[language]),
        closing=(*_dates(hearing, edition), *_health(hearing, edition), *_head(hearing)),
        papers=_picture(session, house, edition, language),
        matter=Matter("round", measures=owed) if owed else Matter("digest"),
        language=language,
        series="wochenueberblick",
    )


def _dates(hearing: Hearing, edition: Edition) -> tuple[str, ...]:
    """The next meetings, a line each."""
    language = hearing.language
    if language not in edition.dates:
        coming = meetings.upcoming(hearing.session, hearing.at)[:DATES]
        edition.dates[language] = tuple(meetings.meeting_line(language, hearing.house, meeting) for meeting in coming)
    return edition.dates[language]


def _head(hearing: Hearing) -> tuple[str, ...]:
    """For the office, the newest link of the sealed history: no letter is in reach of who alters the database."""
    newest = sealing.head(hearing.session) if hearing.is_office else None
    return (say(hearing.language, "history-head", head=newest.short),) if newest and newest.position else ()


def _health(hearing: Hearing, edition: Edition) -> tuple[str, ...]:
    """For the office, how the assistant itself is doing."""
    return (health.line(edition.health, hearing.house, hearing.language),) if hearing.is_office else ()


def _picture(session: Session, house: House, edition: Edition, language: str) -> tuple[int, ...]:
    """How the plan stands, drawn once per language, for whichever portion of the readers needs it first."""
    if language not in edition.pictures:
        drawn = plan_papers.picture_of(session, house, language, edition.now)
        edition.pictures[language] = drawn or plan_papers.keep_picture(
            Making.begin(session, house, language, edition.now)
        )
    return edition.pictures[language]


def _changed(language: str, news: News) -> tuple[Item, ...]:
    return tuple(
        Item(
            say(language, "member-digest-field", field=name or say(language, "all-dossier-no-field")),
            _shortened(language, changed, lambda pair: dossiers.change_line(language, *pair)),
        )
        for name, changed in sorted(news.items())
    )


def _shortened(language: str, found: Sequence[Thing], line: Callable[[Thing], str]) -> tuple[str, ...]:
    """A line for each, as far as anybody reads; the rest is only counted."""
    more = len(found) - SHOWN
    lines = tuple(line(one) for one in found[:SHOWN])
    return (*lines, say(language, "member-digest-more", count=more)) if more > 0 else lines


# What is new ----------------------------------------------------------------------------------------------------------


def edition(session: Session, house: House, week: str, now: datetime) -> Edition:
    """This week's, as of the moment its first letters were enqueued: all say the same, and no news is said twice."""
    begun = session.get(Occasion, f"{BEGUN}:{week}")
    now = begun.at if begun else now
    last, last_monthly = _last_digests(session, now)
    month = _issue(session, last_monthly) if is_monthly(week) else Issue({}, {})
    owed = rounds.owed(session, house, now)
    return Edition(week, now, _issue(session, last), month, owed, health.look(session, now))


def _issue(session: Session, since: datetime) -> Issue:
    shared = {language: tuple(_shared(session, since, language)) for language in texts.LANGUAGES}
    return Issue(_news(session, since), shared)


def _shared(session: Session, since: datetime, language: str) -> Iterator[Item]:
    """New ideas, offers and needs, without names."""
    if found := ideas.new_since(session, since, language):
        yield Item(say(language, "member-digest-ideas"), _shortened(language, found, str))
    if found := offers.new_since(session, since, language):
        yield Item(say(language, "member-digest-offers"), _shortened(language, found, str))


def _last_digests(session: Session, now: datetime) -> tuple[datetime, datetime]:
    """When the last digest went out, and the last that the monthly readers got; so nothing falls between two."""
    keys = (col(Occasion.key) >= "digest", col(Occasion.key) < "digesu")
    statement = select(Occasion).where(*keys, Occasion.at >= now - LONGEST)
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
