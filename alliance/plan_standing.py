"""How the plan stands now: the facts of each measure, gathered once, and the roll-up over any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alliance import rounds, standing
from alliance.house import House
from alliance.standing import SIGNS, Facts, Light, Standing
from store.tables import Measure
from texts import say


@dataclass(frozen=True)
class Present:
    """The present: its local day, and whose measures (ids) were asked about and answered in the round that is open."""

    today: date
    zone: ZoneInfo
    asked: frozenset[int] = frozenset()
    answered: frozenset[int] = frozenset()

    def facts(self, measure: Measure) -> Facts:
        """What counts of a measure."""
        reported = measure.reported_at
        return Facts(
            status=str(measure.status),
            percent=measure.percent,
            due=measure.due,
            expected=measure.expected,
            begins=measure.begins,
            reported=reported.astimezone(self.zone).date() if reported else None,
            asked=measure.id in self.asked,
            answered=measure.id in self.answered,
        )

    def light(self, measure: Measure) -> Light:
        """The light of one measure."""
        return standing.light(self.facts(measure), self.today)

    def together(self, measures: Iterable[Measure]) -> Standing:
        """How these measures stand together."""
        return standing.standing(map(self.facts, measures), self.today)


def present(session: Session, house: House, now: datetime) -> Present:
    """The present as the plan is judged by it. Nobody counts as asked while no round is open."""
    today = now.astimezone(house.zone).date()
    for meeting in rounds.held(session, house, now):
        if rounds.asked_since(house, meeting) + rounds.FRESH <= now:
            answered = rounds.reported(session, rounds.counts_since(session, house, meeting))
            return Present(today, house.zone, rounds.led_ids(session), frozenset(answered))
    return Present(today, house.zone)


def light_words(language: str, light: Light) -> str:
    """»◐ gelb«: a sign and a word, so that nobody depends on the colour."""
    return f"{SIGNS[light]} {say(language, f'all-plan-light-{light}')}"
