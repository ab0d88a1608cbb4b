"""How the alliance stands in the columns of its spreadsheets: what an export writes and an import is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alliance import measures, plan
from alliance.words.cleaning import clean, fold
from store.tables import Address, Assignment, Company, Goal, Measure, Meeting, Person, PlanField

Values = dict[str, Any]  # column -> value, as alliance.import_cells reads it


@dataclass(frozen=True)
class Known:
    """A row that is there: its id in the database and its columns. ``gone``: withdrawn, cancelled, no longer with us.

    ``before`` is how a measure stands, as a report on it keeps it.
    """

    id: int
    values: Values
    gone: bool = False
    version: int = 0
    goal: int | None = None
    before: Values = field(default_factory=dict)


@dataclass
class State:
    """Everything that spreadsheets speak of. Keys are as :mod:`alliance.import_compare` looks for them."""

    adopted: bool = False
    fields: dict[str, PlanField] = field(default_factory=dict)  # by name_key
    goals: dict[tuple[int, int | None, str], int] = field(default_factory=dict)  # (field, parent, name_key) -> id
    goal_titles: dict[int, tuple[str, str]] = field(default_factory=dict)
    plan: dict[int, Known] = field(default_factory=dict)  # by number
    members: dict[str, Known] = field(default_factory=dict)  # by each address
    companies: dict[str, Known] = field(default_factory=dict)  # by search key
    meetings: dict[tuple[str, date, str], Known] = field(default_factory=dict)  # by kind, day, name_key of the title

    def of(self, kind: str) -> Mapping[Any, Known]:
        """The rows of one kind."""
        rows: Mapping[Any, Known] = getattr(self, kind)
        return rows


def name_key(name: str) -> str:
    """A name as it is recognised: case, umlauts and spaces do not count."""
    return " ".join(fold(name).split())


def load(session: Session, zone: ZoneInfo) -> State:
    """The whole state, in eight queries."""
    state = State(adopted=plan.state(session) == plan.ADOPTED)
    state.fields = {name_key(one.name): one for one in plan.fields(session)}
    _load_goals(session, state)
    _load_people(session, state)
    _load_plan(session, state)
    _load_meetings(session, state, zone)
    return state


def _load_goals(session: Session, state: State) -> None:
    goals = {goal.id or 0: goal for goal in session.exec(select(Goal).order_by(col(Goal.id)))}
    for number, goal in goals.items():
        state.goals.setdefault((goal.field_id, goal.parent_id, name_key(goal.title)), number)
        above = goals.get(goal.parent_id or 0)
        state.goal_titles[number] = (above.title, goal.title) if above else (goal.title, "")


def _load_people(session: Session, state: State) -> None:
    names = {}
    for company in session.exec(select(Company).order_by(col(Company.id))):
        names[company.id] = company.name
        values = {"name": one_line(company.name), "phone": one_line(company.phone)}
        state.companies[company.search_key] = Known(company.id or 0, values)
    # one that works comes first, as in notices.address_of
    statement = select(Person, Address.email).join(Address).order_by(col(Address.dead), col(Address.id))
    rows: dict[int, Known] = {}
    for person, email in session.exec(statement):
        known = rows.get(person.id or 0)
        if known is None:
            values = {
                "name": one_line(person.name),
                "email": email,
                "company": one_line(names[person.company_id]),
                "phone": one_line(person.phone),
                "role": str(person.role),
                "language": person.language,
            }
            known = rows[person.id or 0] = Known(person.id or 0, values, gone=person.left_at is not None)
        state.members[email] = known


def _load_plan(session: Session, state: State) -> None:
    emails = {known.id: known.values["email"] for known in state.members.values()}
    carriers: dict[tuple[int, bool], list[str]] = defaultdict(list)
    columns = select(Assignment.measure_id, Assignment.lead, Assignment.person_id).join(Person)
    columns = columns.where(col(Person.left_at).is_(None))
    for measure_id, lead, person_id in session.exec(columns.order_by(col(Assignment.id))):
        carriers[measure_id, lead].append(emails[person_id])
    for measure in session.exec(select(Measure).order_by(col(Measure.number))):
        values = _plan_values(state, measure, carriers)
        gone = measure.withdrawn_at is not None
        before = measures.standing_of(measure)
        state.plan[measure.number] = Known(measure.id or 0, values, gone, measure.version, measure.goal_id, before)


def _plan_values(state: State, measure: Measure, carriers: Mapping[tuple[int, bool], list[str]]) -> Values:
    strategic, operative = state.goal_titles.get(measure.goal_id or 0, ("", ""))
    known_field = state.fields.get(name_key(measure.field))
    return {
        "group": known_field.group_name if known_field else "",
        "field": one_line(measure.field),
        "strategic": one_line(strategic),
        "operative": one_line(operative),
        "number": measure.number,
        "title": one_line(measure.title),
        "initiative": measure.initiative,
        "leads": tuple(carriers.get((measure.id or 0, True), ())),
        "contributors": tuple(carriers.get((measure.id or 0, False), ())),
        "begins": measure.begins,
        "due": measure.due,
        "status": str(measure.status),
        "percent": measure.percent,
        "expected": measure.expected,
        "milestones": tuple((one_line(one["title"]), one["due"], bool(one["done"])) for one in measure.milestones),
        "evidence": tuple(map(one_line, measure.evidence)),
        "note": clean(measure.note).strip(),
    }


def _load_meetings(session: Session, state: State, zone: ZoneInfo) -> None:
    for known in load_meetings(session, zone).values():
        values = known.values
        key = (values["kind"], values["day"], name_key(values["title"]))
        if key not in state.meetings or state.meetings[key].gone:
            state.meetings[key] = known


def load_meetings(session: Session, zone: ZoneInfo) -> dict[int, Known]:
    """All meetings by id, in the order of their days."""
    statement = select(Meeting).order_by(col(Meeting.starts_at))
    return {meeting.id or 0: _meeting(meeting, zone) for meeting in session.exec(statement)}


def _meeting(meeting: Meeting, zone: ZoneInfo) -> Known:
    begins = meeting.starts_at.astimezone(zone)
    ends = meeting.ends_at.astimezone(zone) if meeting.ends_at else None
    values = {
        "kind": meeting.kind,
        "title": one_line(meeting.title),
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time() if ends else None,
        "place": one_line(meeting.place),
        "link": one_line(meeting.link),
    }
    return Known(meeting.id or 0, values, gone=meeting.cancelled_at is not None)


def one_line(text: str) -> str:
    """A stored text as a cell in one line shows it."""
    return " ".join(clean(text).split())
