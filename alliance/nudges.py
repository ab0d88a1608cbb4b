"""Which step of a round is due now, and for whom: the ladder before a meeting and the weekly digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from zoneinfo import ZoneInfo

from alliance import workdays

CAP = 4  # nudges per person and meeting
STEP_TIME = time(9)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One rung of a ladder: ``days`` before the meeting, for the audience "leads", "office" or "all".

    The step for all is the freeze: it closes the round, and no nudge goes out from its time on.
    """

    name: str
    days: int
    audience: str


Ladder = tuple[Step, ...]

_TO_THE_DOSSIER: Ladder = (
    Step("ask", 21, "leads"),
    Step("remind", 14, "leads"),
    Step("interim", 10, "office"),
    Step("remind-again", 8, "leads"),
    Step("freeze", 7, "all"),
)
LADDERS: Mapping[str, Ladder] = {"alliance": _TO_THE_DOSSIER, "working-group": _TO_THE_DOSSIER}


@dataclass(frozen=True)
class Lead:
    """A person with the numbers of the measures they lead and have not reported on (empty: has answered).

    ``paused_until`` is a local date, itself included.
    """

    person: int
    unanswered: tuple[int, ...]
    paused_until: date | None = None


@dataclass(frozen=True)
class Round:
    """The facts about one meeting's round; ``sent`` are the keys of the nudges already enqueued."""

    meeting: int
    kind: str
    starts_at: datetime
    leads: tuple[Lead, ...]
    office: tuple[int, ...]
    sent: frozenset[str]
    frozen: bool = False


@dataclass(frozen=True)
class Nudge:
    """One step for one person, or for all (``person`` is None).

    ``first``: no step for this audience reached the person in this round before, so the text is the question itself.
    """

    key: str
    meeting: int
    step: str
    person: int | None
    measures: tuple[int, ...] = ()
    first: bool = False


def step_at(step: Step, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """9:00 local time on the workday on or before the meeting's local date less the step's days; aware UTC."""
    day = starts_at.astimezone(zone).date() - timedelta(days=step.days)
    return workdays.at(workdays.workday_on_or_before(day), STEP_TIME, zone)


def due(now: datetime, rounds: Iterable[Round], zone: ZoneInfo, ladders: Mapping[str, Ladder] = LADDERS) -> list[Nudge]:
    """What may go out now and has not yet; nothing outside office hours.

    Per audience only the latest step whose time has come counts, so a downtime is caught up once. Raises KeyError
    for a kind of meeting that has no ladder.
    """
    if not workdays.in_office_hours(now, zone):
        return []
    return [nudge for round_ in rounds for nudge in _of_round(now, round_, zone, ladders[round_.kind])]


def _of_round(now: datetime, round_: Round, zone: ZoneInfo, ladder: Ladder) -> Iterable[Nudge]:
    if round_.frozen or now >= round_.starts_at:
        return ()
    current = _current(now, round_.starts_at, zone, ladder)
    if "all" in current:
        return _freeze(round_, current["all"])
    today = now.astimezone(zone).date()
    return _capped(round_, _wanted(round_, current, ladder, today))


def _current(now: datetime, starts_at: datetime, zone: ZoneInfo, ladder: Ladder) -> dict[str, Step]:
    """The latest step of each audience whose time has come."""
    come = [step for step in ladder if step_at(step, starts_at, zone) <= now]
    return {step.audience: step for step in sorted(come, key=lambda step: -step.days)}


def _freeze(round_: Round, step: Step) -> Iterator[Nudge]:
    key = f"{step.name}:{round_.meeting}"
    if key not in round_.sent:
        yield Nudge(key, round_.meeting, step.name, None)


def _wanted(round_: Round, current: Mapping[str, Step], ladder: Ladder, today: date) -> Iterator[Nudge]:
    """A nudge for everyone the current steps concern, whatever they were sent before."""
    if step := current.get("leads"):
        yield from (
            _nudge(round_, step, lead.person, ladder, lead.unanswered)
            for lead in round_.leads
            if lead.unanswered and not _paused(lead, today)
        )
    if step := current.get("office"):
        yield from (_nudge(round_, step, person, ladder) for person in round_.office)


def _paused(lead: Lead, today: date) -> bool:
    return lead.paused_until is not None and today <= lead.paused_until


def _nudge(round_: Round, step: Step, person: int, ladder: Ladder, measures: tuple[int, ...] = ()) -> Nudge:
    steps = (other for other in ladder if other.audience == step.audience)
    first = not any(_key(round_, other, person) in round_.sent for other in steps)
    return Nudge(_key(round_, step, person), round_.meeting, step.name, person, measures, first)


def _key(round_: Round, step: Step, person: int) -> str:
    return f"nudge:{round_.meeting}:{step.name}:{person}"


def keys(meeting: int, kind: str, people: Iterable[int]) -> list[str]:
    """Every key that a nudge of this round to one of these people may have."""
    steps = [step.name for step in LADDERS[kind] if step.audience != "all"]
    return [f"nudge:{meeting}:{step}:{person}" for person in people for step in steps]


def _capped(round_: Round, nudges: Iterable[Nudge]) -> Iterator[Nudge]:
    """Leave out what was sent before and what would be one nudge too many for a person."""
    sent = {key for key in round_.sent if key.startswith(f"nudge:{round_.meeting}:")}
    received = Counter(key.rpartition(":")[2] for key in sent)
    for nudge in nudges:
        person = str(nudge.person)
        if nudge.key not in sent and received[person] < CAP:
            sent.add(nudge.key)
            received[person] += 1
            yield nudge


def next_at(
    now: datetime, rounds: Iterable[Round], zone: ZoneInfo, ladders: Mapping[str, Ladder] = LADDERS
) -> tuple[datetime, str] | None:
    """The next moment after now at which due() may have something new, with the step's name; None: nothing to come.

    A step's own time counts even if all have answered by now: someone may yet take over a measure. Raises KeyError
    for a kind of meeting that has no ladder.
    """
    coming = (
        (moment, name)
        for round_ in rounds
        if not round_.frozen
        for moment, name in _moments(now, round_, zone, ladders[round_.kind])
        if now < moment < round_.starts_at
    )
    return min(coming, key=lambda entry: entry[0], default=None)


def _moments(now: datetime, round_: Round, zone: ZoneInfo, ladder: Ladder) -> Iterator[tuple[datetime, str]]:
    today = now.astimezone(zone).date()
    return chain(
        _step_times(round_, zone, ladder),
        _next_opening(now, round_, zone, ladder),
        _resumptions(today, round_, zone, ladder),
    )


def _step_times(round_: Round, zone: ZoneInfo, ladder: Ladder) -> Iterator[tuple[datetime, str]]:
    for step in sorted(ladder, key=lambda step: step.days):  # the freeze first: it wins over a reminder at its hour
        yield step_at(step, round_.starts_at, zone), step.name


def _next_opening(now: datetime, round_: Round, zone: ZoneInfo, ladder: Ladder) -> Iterator[tuple[datetime, str]]:
    """When what waits for office hours goes out."""
    opening = workdays.next_office_hour(now, zone)
    for nudge in islice(_of_round(opening, round_, zone, ladder), 1):
        yield opening, nudge.step


def _resumptions(today: date, round_: Round, zone: ZoneInfo, ladder: Ladder) -> Iterator[tuple[datetime, str]]:
    """When the current step reaches those who are paused today."""
    last_day = round_.starts_at.astimezone(zone).date()
    ends = {lead.paused_until for lead in round_.leads if lead.unanswered and _paused(lead, today)}
    for end in ends:
        if end is not None and end < last_day:
            opening = workdays.at(workdays.workday_on_or_after(end + workdays.DAY), workdays.OPENS, zone)
            current = _current(opening, round_.starts_at, zone, ladder)
            if "leads" in current and "all" not in current:
                yield opening, current["leads"].name


def digest_week(now: datetime, zone: ZoneInfo) -> str | None:
    """The ISO week ("2026-W53") whose digest may go out now, else None.

    That is Monday to Wednesday in office hours; when all three are closed, the week's first workday.
    """
    today = now.astimezone(zone).date()
    if not workdays.in_office_hours(now, zone):
        return None
    monday = today - timedelta(days=today.weekday())
    last = max(monday + timedelta(days=2), workdays.workday_on_or_after(monday))
    if today > last:
        return None
    return iso_week(today)


def iso_week(day: date) -> str:
    """The ISO week a day lies in: "2026-W53"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def next_digest_at(now: datetime, zone: ZoneInfo) -> datetime:
    """When the next digest falls due: 8:00 on the first workday of a week, later than now; aware UTC."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    while (moment := workdays.at(workdays.workday_on_or_after(monday), workdays.OPENS, zone)) <= now:
        monday += WEEK
    return moment
