"""A poll that the office wants to open, checked: what is asked, about what, for which meeting, until when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlmodel import select

import texts
from alliance import measures, meetings, plan, workdays
from alliance.errors import Expired, Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import OpenPoll
from alliance.poll_sheets import Sheet, option_of
from alliance.tallies import CONSENSUS, POINTS, YES_NO
from alliance.words.cleaning import fold
from store.tables import Measure, Meeting, Poll, PollOption
from texts import say

EVENING = time(18)
MOST_OPTIONS = 12
MOST_POINTS = 20
QUESTION_LIMIT, OPTION_LIMIT = 150, 80  # characters

Options = tuple[tuple[int, str, int | None], ...]  # number, title, id of the measure


@dataclass(frozen=True)
class Draft:
    """What would be opened; ``intent`` names everything, so that JA to it means just this."""

    intent: OpenPoll
    meeting: Meeting
    options: Options
    opens_at: datetime
    closes_at: datetime

    def poll(self) -> Poll:
        """The row, not yet stored."""
        intent, meeting = self.intent, self.meeting.id
        assert meeting is not None
        return Poll(
            meeting_id=meeting,
            kind=intent.kind,
            question=intent.question,
            points=intent.points,
            opened_at=self.opens_at,
            closes_at=self.closes_at,
        )

    def sheet(self, language: str) -> Sheet:
        """The poll as its readers would see it."""
        rows = (PollOption(poll_id=0, number=n, title=title, measure_id=measure) for n, title, measure in self.options)
        options = tuple(option_of(row, language) for row in rows)
        intent = self.intent
        return Sheet(
            0, intent.kind, intent.question, intent.points, options, self.meeting.title, self.opens_at, self.closes_at
        )

    def is_same(self, poll: Poll) -> bool:
        """Whether this is what was opened there."""
        return (self.meeting.id, self.intent.kind, self.intent.question) == (poll.meeting_id, poll.kind, poll.question)


def checked(hearing: Hearing, intent: OpenPoll) -> Draft:
    """The draft of a poll. Raises Refusal: nothing is changed then."""
    if intent.kind not in {POINTS, YES_NO, CONSENSUS}:
        raise Invalid("refusal-poll-kind")
    if not 0 < len(intent.question) <= QUESTION_LIMIT:
        raise Invalid("refusal-poll-question", limit=QUESTION_LIMIT)
    if intent.kind == POINTS and not 0 < intent.points <= MOST_POINTS:
        raise Invalid("refusal-poll-how-many-points", most=MOST_POINTS)
    options = _options(hearing, intent)
    meeting = _meeting(hearing, intent.meeting)
    closes_at = _closes_at(hearing, intent, meeting)
    named = replace(intent, meeting=meeting.id or 0, closes=closes_at.astimezone(hearing.house.zone).date())
    return Draft(named, meeting, options, hearing.at, closes_at)


# What is voted on -----------------------------------------------------------------------------------------------------


def _options(hearing: Hearing, intent: OpenPoll) -> Options:
    if intent.kind == YES_NO:
        if intent.options or intent.measures:
            raise Invalid("refusal-poll-yes-no-options")
        return ()
    options = _measures(hearing, intent) or _words(hearing, intent)
    if not options:
        raise Invalid("refusal-poll-no-options")
    if len(options) == 1 or (intent.kind == CONSENSUS and len(options) == 2):
        raise Invalid("refusal-poll-one-option", option=options[0][1])
    if len(options) > MOST_OPTIONS:
        raise Invalid("refusal-poll-many-options", count=len(options), most=MOST_OPTIONS)
    return options


def _measures(hearing: Hearing, intent: OpenPoll) -> Options:
    """The measures that are named, or all of the one field that is."""
    if intent.measures:
        found = [_measure(hearing, number) for number in dict.fromkeys(intent.measures)]
    elif intent.kind == POINTS and len(intent.options) == 1:
        found = _of_field(hearing, intent.options[0])
    else:
        return ()
    return tuple((measure.number, measure.title, measure.id) for measure in found)


def _measure(hearing: Hearing, number: int) -> Measure:
    measure = measures.find(hearing, number)
    if measure.withdrawn_at:
        raise NotFound("refusal-no-such-measure", measure=str(number))
    return measure


def _of_field(hearing: Hearing, name: str) -> list[Measure]:
    field = plan.field_named(hearing.session, name)
    known = {fold(measure.field): measure.field for measure in plan.measures(hearing.session)}
    called = field.name if field else known.get(fold(name), "")
    found = [measure for measure in plan.measures(hearing.session) if called and measure.field == called]
    if not found:
        raise Invalid("refusal-poll-field", field=name)
    return found


def _words(hearing: Hearing, intent: OpenPoll) -> Options:
    """Options in words, each once; a consensus ends with all staying as it is, which has no title of its own."""
    passive = {fold(say(language, "all-poll-passive")) for language in texts.LANGUAGES}
    once: dict[str, str] = {}
    for option in intent.options:
        once.setdefault(fold(option), option)
    ordered = [option for key, option in once.items() if key not in passive]
    for option in ordered:
        if len(option) > OPTION_LIMIT:
            raise Invalid("refusal-poll-long-option", limit=OPTION_LIMIT, option=option[:OPTION_LIMIT])
    if ordered and intent.kind == CONSENSUS:
        ordered.append("")
    return tuple((number, title, None) for number, title in enumerate(ordered, start=1))


# When -----------------------------------------------------------------------------------------------------------------


def _meeting(hearing: Hearing, number: int) -> Meeting:
    """The meeting that is named, or the next one. Raises NotFound or Expired."""
    if not number:
        coming = meetings.upcoming(hearing.session, hearing.at)
        if not coming:
            raise NotFound("refusal-no-meeting")
        return coming[0]
    meeting = hearing.session.exec(select(Meeting).where(Meeting.id == number)).first()
    if meeting is None or meeting.cancelled_at:
        raise NotFound("refusal-poll-meeting", meeting=str(number))
    if meeting.starts_at <= hearing.at:
        raise Expired("refusal-meeting-over", title=meeting.title)
    return meeting


def _closes_at(hearing: Hearing, intent: OpenPoll, meeting: Meeting) -> datetime:
    """18:00 on the day that was named, or else on the day before the meeting; its beginning at the latest."""
    zone, language = hearing.house.zone, hearing.language
    begins = meeting.starts_at.astimezone(zone)
    if intent.closes and intent.closes > begins.date():
        when = texts.moment(language, meeting.starts_at, zone)
        raise Invalid("refusal-poll-after-meeting", title=meeting.title, when=when)
    out = workdays.next_office_hour(hearing.at, zone)
    evening = workdays.at(intent.closes or begins.date() - timedelta(days=1), EVENING, zone)
    closes_at = min(evening, meeting.starts_at)
    if not intent.closes and closes_at <= out:
        closes_at = meeting.starts_at
    if closes_at <= out:
        when = texts.moment(language, closes_at, zone)
        raise Invalid("refusal-poll-too-short", when=when, out=texts.moment(language, out, zone))
    return closes_at
