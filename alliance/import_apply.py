"""Carrying an import out: bulk writes in one transaction, with everything that is needed to take it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Table, delete, insert, update
from sqlmodel import Session, SQLModel, col, select

from alliance import history, leads, planning
from alliance.companies import search_key
from alliance.hearing import Hearing
from alliance.import_changes import STANDING, Change, Draft, amendments_of
from alliance.import_state import Known, State, Values, name_key
from alliance.intents import ChangeMeeting, PlanMeeting
from store.tables import (
    Address,
    Amendment,
    Assignment,
    Channel,
    Company,
    Deed,
    Goal,
    LeadOffer,
    Measure,
    Person,
    PlanField,
    ProgressReport,
)

TABLES: Mapping[str, type[SQLModel]] = {
    "companies": Company,
    "persons": Person,
    "fields": PlanField,
    "goals": Goal,
    "measures": Measure,
}
_PLAIN = ("title", "field", "initiative", "begins", "due", "status", "percent", "expected", "note")


@dataclass
class Applied:
    """What was done: ids of ``new`` rows, ``changed`` rows as (id, before, after), carriers of measures likewise."""

    deed: Deed
    new: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[str, list[tuple[int, Values, Values]]] = field(default_factory=lambda: defaultdict(list))
    carriers: list[tuple[int, list[list[Any]], list[list[Any]]]] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)  # address -> id, also of those who are new
    measures: dict[int, int] = field(default_factory=dict)  # number -> id

    def details(self) -> dict[str, Any]:
        """All of it as JSON, for the way back."""
        return {
            "new": {table: ids for table, ids in self.new.items() if ids},
            "changed": {
                table: [[number, as_json(before), as_json(after)] for number, before, after in rows]
                for table, rows in self.changed.items()
                if rows
            },
            "carriers": [list(row) for row in self.carriers],
        }


def apply(hearing: Hearing, state: State, draft: Draft) -> Applied:
    """Write the whole draft under one line of the history; the caller's transaction makes it all or nothing."""
    done = Applied(history.write(hearing, "import", {}))
    companies = _companies(hearing.session, state, draft, done)
    _members(hearing, state, draft, companies, done)
    _fields(hearing.session, state, draft, done)
    _plan(hearing, state, draft.of("plan"), done)
    for change in draft.of("meetings"):
        _meeting(hearing, change, done)
    done.deed.details = done.details()
    hearing.session.flush()
    return done


def as_json(values: Values) -> Values:
    """Days and moments as text, tuples as lists."""
    return {column: _as_json(value) for column, value in values.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return list(value) if isinstance(value, tuple) else value


# Rows in bulk ---------------------------------------------------------------------------------------------------------


def _add(session: Session, done: Applied, table: str, rows: Sequence[Values]) -> list[int]:
    """Insert rows and note their ids, in their order. Every column must be named: building models is far dearer."""
    if not rows:
        return []
    known: Table = TABLES[table].__table__  # type: ignore[attr-defined]
    statement = insert(known).returning(known.c.id, sort_by_parameter_order=True)
    ids = [int(number) for number in session.execute(statement, list(rows)).scalars()]
    done.new[table] += ids
    return ids


def _change(session: Session, done: Applied, table: str, rows: Sequence[tuple[int, Values, Values]]) -> None:
    """Update rows (id, before, after), those with the same columns in one go."""
    done.changed[table] += [row for row in rows if row[2]]
    update_rows(session, table, ((number, after) for number, _, after in rows if after))


def update_rows(session: Session, table: str, rows: Iterable[tuple[int, Values]]) -> None:
    """Update rows (id, values), those with the same columns in one go."""
    alike: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for number, after in rows:
        alike[tuple(sorted(after))].append({"id": number, **after})
    for values in alike.values():
        session.execute(update(TABLES[table]), values)
    session.expire_all()


# Companies and members ------------------------------------------------------------------------------------------------


def _companies(session: Session, state: State, draft: Draft, done: Applied) -> dict[str, int]:
    """The id of every company by its search key."""
    changes = draft.of("companies")
    rows = {change.key: (change.after["name"], change.after.get("phone", "")) for change in changes if change.is_new}
    rows = {key: (name, "") for key, name in draft.new_companies.items()} | rows
    ids = _add(
        session,
        done,
        "companies",
        [{"name": name, "search_key": key, "phone": phone} for key, (name, phone) in rows.items()],
    )
    _change(session, done, "companies", [(c.known.id, c.before, c.after) for c in changes if c.known])
    return {key: known.id for key, known in state.companies.items()} | dict(zip(rows, ids, strict=True))


def _members(hearing: Hearing, state: State, draft: Draft, companies: Mapping[str, int], done: Applied) -> None:
    changes = draft.of("members")
    done.people = {email: known.id for email, known in state.members.items()}
    _change(
        hearing.session,
        done,
        "persons",
        [_person_change(hearing, change, change.known, companies) for change in changes if change.known],
    )
    new = [change for change in changes if change.known is None]
    persons = [_new_person(hearing, change, companies) for change in new]
    ids = _add(hearing.session, done, "persons", persons)
    if ids:
        rows = [{"person_id": i, "email": one.key, "dead": False} for i, one in zip(ids, new, strict=True)]
        hearing.session.execute(insert(Address), rows)
    done.people |= {change.key: number for change, number in zip(new, ids, strict=True)}


def _new_person(hearing: Hearing, change: Change, companies: Mapping[str, int]) -> Values:
    return {
        "name": change.after["name"],
        "company_id": companies[search_key(change.after["company"])],
        "phone": change.final("phone"),
        "role": change.final("role"),
        "language": change.final("language"),
        "joined_at": hearing.at,
        "channel": Channel.MAIL,
        "telegram_dead": False,
        "digest": "weekly",
    }


def _person_change(
    hearing: Hearing, change: Change, known: Known, companies: Mapping[str, int]
) -> tuple[int, Values, Values]:
    """A company becomes its id; who had left is with us again."""
    before, after = dict(change.before), dict(change.after)
    if "company" in after:
        before["company_id"] = companies[search_key(before.pop("company"))]
        after["company_id"] = companies[search_key(after.pop("company"))]
    if known.gone:
        person = hearing.session.get_one(Person, known.id)
        before |= {"left_at": person.left_at, "joined_at": person.joined_at}
        after |= {"left_at": None, "joined_at": hearing.at}
    return known.id, before, after


# Fields and goals -----------------------------------------------------------------------------------------------------


def _fields(session: Session, state: State, draft: Draft, done: Applied) -> None:
    last = max((one.position for one in state.fields.values()), default=0)
    new = [
        {"position": last + place, "group_name": group, "name": name}
        for place, (name, group) in enumerate(draft.new_fields.values(), start=1)
    ]
    for number, row in zip(_add(session, done, "fields", new), new, strict=True):
        state.fields[name_key(str(row["name"]))] = session.get_one(PlanField, number)
    rows = [(i, {"group_name": was}, {"group_name": will}) for i, (was, will) in draft.groups.items()]
    _change(session, done, "fields", rows)


def _goals(session: Session, state: State, changes: Sequence[Change], done: Applied) -> dict[Any, int | None]:
    """The goal of each change that moves to one, by its key; those that are not there are added at the end."""
    wanted: dict[Any, tuple[int, str, str]] = {}
    found: dict[Any, int | None] = {}
    for change in changes:
        if not {"field", "strategic", "operative"} & set(change.after):
            continue
        strategic, operative = change.final("strategic"), change.final("operative")
        found[change.key] = None
        if strategic:
            wanted[change.key] = (_field_id(session, state, change.final("field"), done), strategic, operative)
    _ensure(session, state, [(one, None, strategic) for one, strategic, _ in wanted.values()], done)
    above = {key: state.goals[one, None, name_key(strategic)] for key, (one, strategic, _) in wanted.items()}
    below = [(one, above[key], operative) for key, (one, _, operative) in wanted.items() if operative]
    _ensure(session, state, below, done)
    for key, (one, _, operative) in wanted.items():
        found[key] = state.goals[one, above[key], name_key(operative)] if operative else above[key]
    return found


def _field_id(session: Session, state: State, name: str, done: Applied) -> int:
    """A field that only its measures knew gets a row of its own."""
    known = state.fields.get(name_key(name))
    if known is None:
        last = max((one.position for one in state.fields.values()), default=0)
        (number,) = _add(session, done, "fields", [{"position": last + 1, "group_name": "", "name": name}])
        known = state.fields[name_key(name)] = session.get_one(PlanField, number)
    assert known.id is not None
    return known.id


def _ensure(session: Session, state: State, goals: Iterable[tuple[int, int | None, str]], done: Applied) -> None:
    """Add the goals (field, parent, title) that are not there."""
    missing: dict[tuple[int, int | None, str], Values] = {}
    for field_id, parent, title in goals:
        key = (field_id, parent, name_key(title))
        if key not in state.goals and key not in missing:
            last = len(state.goals) + len(missing)
            missing[key] = {"field_id": field_id, "parent_id": parent, "position": last + 1, "title": title}
    ids = _add(session, done, "goals", list(missing.values()))
    state.goals.update(zip(missing, ids, strict=True))


# Measures -------------------------------------------------------------------------------------------------------------


def _plan(hearing: Hearing, state: State, changes: Sequence[Change], done: Applied) -> None:
    goals = _goals(hearing.session, state, changes, done)
    new = [change for change in changes if change.known is None]
    rows = [_new_measure(hearing, change, goals.get(change.key)) for change in new]
    ids = _add(hearing.session, done, "measures", rows)
    done.measures = {number: known.id for number, known in state.plan.items()}
    done.measures |= {change.key: number for change, number in zip(new, ids, strict=True)}
    edits = [_edit(hearing, state, change, change.known, goals) for change in changes if change.known]
    _change(hearing.session, done, "measures", edits)
    _carriers(hearing.session, changes, done)
    _settle_offers(hearing, done)
    _report(hearing, changes, done)
    if state.adopted:
        _amend(hearing, changes, done)


def _is_reported(change: Change) -> bool:
    return bool(set(STANDING) & set(change.after))


def _new_measure(hearing: Hearing, change: Change, goal: int | None) -> Values:
    is_reported = _is_reported(change)
    return {
        "number": change.key,
        "goal_id": goal,
        **{column: change.final(column) for column in _PLAIN},
        "milestones": _milestones(change.final("milestones")),
        "evidence": list(change.final("evidence")),
        "help_wanted": False,
        "reported_at": hearing.at if is_reported else None,
        "version": 1 if is_reported else 0,
    }


def _milestones(values: Iterable[tuple[str, str | None, bool]]) -> list[Any]:
    return [{"title": title, "due": due, "done": done} for title, due, done in values]


def _edit(
    hearing: Hearing, state: State, change: Change, known: Known, goals: Mapping[Any, int | None]
) -> tuple[int, Values, Values]:
    """The columns of the measure's row, before and after."""
    before = {column: change.before[column] for column in _PLAIN if column in change.after}
    after = {column: change.after[column] for column in _PLAIN if column in change.after}
    for column, form in (("milestones", _milestones), ("evidence", list)):
        if column in change.after:
            before[column], after[column] = form(change.before[column]), form(change.after[column])
    if change.key in goals:
        before["goal_id"], after["goal_id"] = known.goal, goals[change.key]
    if _is_reported(change):
        before |= {"reported_at": known.before["reported_at"], "version": known.version}
        after |= {"reported_at": hearing.at, "version": known.version + 1}
    return known.id, before, after


def _carriers(session: Session, changes: Iterable[Change], done: Applied) -> None:
    """Who leads and who contributes; somebody named for both leads."""
    rows = []
    for change in changes:
        if not {"leads", "contributors"} & set(change.after):
            continue
        measure = done.measures[change.key]
        was = _carried(change.known.values if change.known else {}, done)
        will = _carried({column: change.final(column) for column in ("leads", "contributors")}, done)
        if sorted(was) == sorted(will):
            continue
        done.carriers.append((measure, was, will))
        rows += [{"measure_id": measure, "person_id": person, "lead": lead} for person, lead in will]
    set_carriers(session, [measure for measure, _, _ in done.carriers], rows)


def _settle_offers(hearing: Hearing, done: Applied) -> None:
    """Where the office gives the lead to somebody, whatever was offered is void."""
    given = {measure: [p for p, lead in will if lead and [p, True] not in was] for measure, was, will in done.carriers}
    for made in hearing.session.exec(select(LeadOffer).where(col(LeadOffer.answered_at).is_(None))):
        if people := given.get(made.measure_id):
            measure = hearing.session.get_one(Measure, made.measure_id)
            leads.settle(hearing.session, measure, hearing.session.get_one(Person, people[0]), hearing.at)


def _carried(values: Values, done: Applied) -> list[list[Any]]:
    leads = {done.people[email]: True for email in values.get("leads", ())}
    others = {done.people[email]: False for email in values.get("contributors", ())}
    return [[person, lead] for person, lead in (others | leads).items()]


def set_carriers(session: Session, measures: Sequence[int], rows: Sequence[Values]) -> None:
    """Let these measures be carried by just these people."""
    for start in range(0, len(measures), 500):
        some = measures[start : start + 500]
        session.execute(delete(Assignment).where(col(Assignment.measure_id).in_(some)))
    if rows:
        session.execute(insert(Assignment), list(rows))


# Meetings -------------------------------------------------------------------------------------------------------------


def _meeting(hearing: Hearing, change: Change, done: Applied) -> None:
    """Planned or changed as if the office had said so; whoever was invited hears of it. Raises Refusal."""
    said = {column: change.final(column) for column in ("kind", "title", "day", "begins", "ends", "place", "link")}
    if change.known is None:
        note = planning.plan(hearing, PlanMeeting(**said))
        done.new["meetings"].append(note.matter.id)
        return
    change_meeting(hearing, change.known.id, {column: said[column] for column in change.after} | {"ends": said["ends"]})
    done.changed["meetings"].append((change.known.id, change.before, change.after))


def change_meeting(hearing: Hearing, number: int, values: Values) -> None:
    """Change a meeting's columns. Raises Refusal."""
    planning.change(hearing, ChangeMeeting(meeting=number, **values))


# Reports and amendments -----------------------------------------------------------------------------------------------


def _report(hearing: Hearing, changes: Iterable[Change], done: Applied) -> None:
    """What changes the standing is a progress report by the office."""
    rows = [
        {
            "measure_id": done.measures[change.key],
            "person_id": hearing.person.id if hearing.person else None,
            "deed_id": done.deed.id,
            "status": change.final("status"),
            "percent": change.final("percent"),
            "text": change.after.get("note", ""),
            "unchanged": False,
            "expected": change.final("expected"),
            "help_wanted": bool(change.known and change.known.before["help_wanted"]),
            "at": hearing.at,
            "before": change.known.before if change.known else NOTHING_REPORTED,
            "version": change.known.version + 1 if change.known else 1,
        }
        for change in changes
        if _is_reported(change)
    ]
    if rows:
        hearing.session.execute(insert(ProgressReport), rows)


NOTHING_REPORTED: Values = {
    "status": "open",
    "percent": 0,
    "note": "",
    "expected": None,
    "help_wanted": False,
    "reported_at": None,
}


def _amend(hearing: Hearing, changes: Iterable[Change], done: Applied) -> None:
    """An adopted plan keeps each of its changes with the reason."""
    rows = [
        {
            "measure_id": done.measures[change.key],
            "what": what,
            "before": before,
            "after": after,
            "why": change.why,
            "at": hearing.at,
            "by_id": hearing.person.id if hearing.person else None,
            "meeting_id": None,
            "deed_id": done.deed.id,
        }
        for change in changes
        for what, before, after in amendments_of(change)
    ]
    if rows:
        hearing.session.execute(insert(Amendment), rows)
