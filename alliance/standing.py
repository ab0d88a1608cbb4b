"""How the plan stands: a traffic light for each measure, rolled up to goals, fields and the whole plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from alliance.intents import Status

LATE = SILENT = timedelta(days=90)  # later than this is red, silent for longer is yellow
SHARE = Fraction(1, 3)  # of the begun measures colours what is above them


class Light(StrEnum):
    """A traffic light; grey is what has not begun."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


# each light has a shape of its own, for those who do not see the colours
SIGNS: Mapping[Light, str] = {Light.GREEN: "●", Light.YELLOW: "◐", Light.RED: "▲", Light.GREY: "○"}


@dataclass(frozen=True)
class Facts:
    """What counts of one measure. ``status`` is a :class:`Status` word, ``percent`` 0-100.

    ``reported`` is the local day of the last report; ``asked``: its lead was asked in the round that is counted, and
    ``answered`` it.
    """

    status: str
    percent: int = 0
    due: date | None = None
    expected: date | None = None
    begins: date | None = None
    reported: date | None = None
    asked: bool = False
    answered: bool = False


@dataclass(frozen=True)
class Standing:
    """How several measures stand together. ``percent`` is their mean, 100 only when all are at 100.

    ``freshest`` and ``oldest`` are the days of their last reports; ``answered`` of ``asked`` is the response rate.
    """

    light: Light
    percent: int
    measures: int
    counts: Mapping[Light, int]
    freshest: date | None
    oldest: date | None
    answered: int
    asked: int


def light(facts: Facts, today: date) -> Light:
    """The light of one measure on this day.

    Red: blocked, or more than 90 days late by its date or by what is expected. Yellow: delayed, late at all, or silent
    for more than 90 days since it began. Grey: not begun and none of these. Green: done, or running in time.
    """
    if facts.status == Status.DONE:
        return Light.GREEN
    late = _late(facts, today)
    if facts.status == Status.BLOCKED or late > LATE:
        return Light.RED
    if facts.status == Status.DELAYED or late > timedelta() or _is_silent(facts, today):
        return Light.YELLOW
    return Light.GREY if facts.status == Status.OPEN else Light.GREEN


def roll_up(lights: Iterable[Light]) -> Light:
    """The light above measures with these lights; grey ones do not count, and nothing else is grey.

    Red: a third or more are red. Yellow: any is red, or a third or more are yellow or red. Else green.
    """
    counts = Counter(light for light in lights if light != Light.GREY)
    begun = counts.total()
    if not begun:
        return Light.GREY
    if Fraction(counts[Light.RED], begun) >= SHARE:
        return Light.RED
    poor = Fraction(counts[Light.RED] + counts[Light.YELLOW], begun)
    return Light.YELLOW if counts[Light.RED] or poor >= SHARE else Light.GREEN


def standing(measures: Iterable[Facts], today: date) -> Standing:
    """How these measures stand together on this day."""
    known = list(measures)
    lights = [light(facts, today) for facts in known]
    days = [facts.reported for facts in known if facts.reported]
    return Standing(
        light=roll_up(lights),
        percent=sum(facts.percent for facts in known) // max(len(known), 1),
        measures=len(known),
        counts={kind: lights.count(kind) for kind in Light},
        freshest=max(days, default=None),
        oldest=min(days, default=None),
        answered=sum(facts.asked and facts.answered for facts in known),
        asked=sum(facts.asked for facts in known),
    )


def _late(facts: Facts, today: date) -> timedelta:
    """How far behind its date a measure is, or expects to be; negative while there is time."""
    if facts.due is None:
        return timedelta()
    return max(today, facts.expected or today) - facts.due


def _is_silent(facts: Facts, today: date) -> bool:
    """Whether no report has come for too long; what need not have begun may be silent."""
    if facts.status == Status.OPEN:
        if facts.begins is None or facts.begins > today:
            return False
        return today - max(facts.begins, facts.reported or facts.begins) > SILENT
    return facts.reported is None or today - facts.reported > SILENT
