"""What all papers about the plan say in the same way: lights, standings, leads, days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlmodel import Session, col, select, update

import texts
from alliance import plan, standing
from alliance.house import House
from alliance.plan import FieldNode
from alliance.plan_standing import Present, present
from alliance.standing import Light
from papers import dossier
from papers.typesetting import TypesettingError
from store.tables import Assignment, Company, Measure, Paper, Person
from texts import say

log = structlog.get_logger()

PNG, PDF = "image/png", "application/pdf"


@dataclass(frozen=True)
class Making:
    """A paper in the making: for whom, and how the plan stands. ``office``: with names, and with who is silent."""

    session: Session
    house: House
    language: str
    now: datetime
    office: bool
    present: Present
    leads: Mapping[int, Sequence[tuple[Person, Company]]]

    @classmethod
    def begin(cls, session: Session, house: House, language: str, now: datetime, *, office: bool = False) -> Making:
        """Look once at what every page needs."""
        return cls(session, house, language, now, office, present(session, house, now), leads(session))

    @property
    def today(self) -> date:
        """The local day."""
        return self.present.today

    def say(self, key: str, **values: str | int) -> str:
        """A text of the papers in their language; ``key`` is without »paper-«."""
        return say(self.language, f"paper-{key}", **values)

    def day(self, moment: datetime) -> str:
        """»3. Dezember 2026«."""
        return texts.short_day(self.language, moment.astimezone(self.house.zone).date())

    def narrow_day(self, day: date) -> str:
        """»03.12.2026«, for narrow columns."""
        return f"{day:%d.%m.%Y}" if self.language == "de" else f"{day:%d/%m/%Y}"

    def light_word(self, light: Light) -> str:
        """»gelb: im Blick behalten«."""
        return self.say(f"light-{light}")

    def together(self, measures: Iterable[Measure]) -> dossier.Standing:
        """How these measures stand together, in the paper's words."""
        rolled_up = self.present.together(measures)
        counts = tuple(dossier.Count(light, rolled_up.counts[light]) for light in Light)
        return dossier.Standing(rolled_up.light, self.light_word(rolled_up.light), rolled_up.percent, counts)

    def companies(self, measure: Measure) -> str:
        """The companies that lead a measure, each once; "" for none."""
        return ", ".join(dict.fromkeys(company.name for _, company in self.leads.get(measure.id or 0, ())))

    def people(self, measure: Measure) -> str:
        """Who leads a measure, by name; "" for none, and in a members' copy."""
        return ", ".join(person.name for person, _ in self.leads.get(measure.id or 0, ())) if self.office else ""

    def field_name(self, node: FieldNode) -> str:
        """The field's name, »Ohne Themenfeld« for what is in none."""
        return node.name or say(self.language, "all-dossier-no-field")

    def legend(self) -> tuple[dossier.Light, ...]:
        """Every light with its word."""
        return tuple(dossier.Light(light, self.light_word(light)) for light in Light)

    def keep(self, name: str, media_type: str, content: bytes) -> int:
        """Store a paper; returns its id. Only the office's documents name people."""
        named = self.office and media_type == PDF
        return keep(self.session, name, media_type, content, self.now, names_people=named)


def keep(
    session: Session, name: str, media_type: str, content: bytes, now: datetime, *, names_people: bool = False
) -> int:
    """Store a paper, or find the one that says the same, which is kept from now on anew; returns its id."""
    again = update(Paper).where(col(Paper.name) == name, col(Paper.content) == content).values(made_at=now)
    known: int | None = session.execute(again.returning(col(Paper.id))).scalars().first()
    if known is not None:
        return known
    paper = Paper(name=name, media_type=media_type, content=content, made_at=now, names_people=names_people)
    session.add(paper)
    session.flush()
    assert paper.id is not None
    return paper.id


def unless_it_fails(make: Callable[[], int]) -> tuple[int, ...]:
    """The id of a paper that is made now; nothing when it cannot be set, for the words must not wait for it."""
    try:
        return (make(),)
    except TypesettingError as error:
        log.error("a paper could not be set", action="paper-failed", paper=str(error))  # noqa: TRY400  (holds words)
        return ()


def leads(session: Session) -> dict[int, list[tuple[Person, Company]]]:
    """Who leads each measure (by id), those who left apart."""
    statement = (
        select(Assignment.measure_id, Person, Company)
        .join(Person, col(Assignment.person_id) == Person.id)
        .join(Company, col(Person.company_id) == Company.id)
        .where(col(Assignment.lead), col(Person.left_at).is_(None))
        .order_by(col(Assignment.id))
    )
    found: dict[int, list[tuple[Person, Company]]] = defaultdict(list)
    for measure_id, person, company in session.exec(statement):
        found[measure_id].append((person, company))
    return found


def fields(session: Session) -> list[FieldNode]:
    """Every field of the plan in its order."""
    return [node for group in plan.tree(session) for node in group.fields]


def is_stale(facts: standing.Facts, today: date) -> bool:
    """Whether a measure that has begun was last reported on too long ago."""
    if facts.reported is None or facts.status in {"open", "done"}:
        return False
    return today - facts.reported > standing.SILENT
