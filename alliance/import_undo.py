"""Taking an import back: all of it, as long as nothing newer stands on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from alliance import chats, import_state, plan, planning
from alliance.errors import Expired, Invalid
from alliance.hearing import Hearing
from alliance.import_apply import TABLES, as_json, change_meeting, set_carriers, update_rows
from alliance.import_state import Values
from alliance.intents import CancelMeeting
from store import outbox
from store.tables import Amendment, Assignment, Deed, Measure, Meeting, Person, ProgressReport, Role

SOME = 500  # ids in one statement
_MOMENTS = ("reported_at", "left_at", "joined_at")
_FROM_JSON: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("begins", "due", "expected"), date.fromisoformat),
    **dict.fromkeys(_MOMENTS, datetime.fromisoformat),
}


def restore(hearing: Hearing, deed: Deed) -> None:
    """Everything as it was before the import. Raises Invalid or Expired, and then the caller's transaction changes
    nothing.
    """
    session, details = hearing.session, deed.details
    _check_plan(session, deed)
    changed = {table: rows for table, rows in details["changed"].items() if table in TABLES}
    for table, rows in changed.items():
        _check_unchanged(session, table, rows)
    _check_carriers(session, details["carriers"])
    _restore_carriers(session, details["carriers"])
    _check_new_people(session, details["new"].get("persons", ()))
    _take_back_reports(hearing, deed, set(details["new"].get("measures", ())))
    _restore_meetings(hearing, details["changed"].get("meetings", ()), details["new"].get("meetings", ()))
    for table, rows in changed.items():
        update_rows(session, table, [(row[0], _restored(row[1])) for row in rows])
    _remove(hearing, details["new"])


def _restored(values: Values) -> Values:
    """Values from JSON; a version never goes back, because buttons remember it."""
    known = {name: _FROM_JSON[name](value) if value and name in _FROM_JSON else value for name, value in values.items()}
    return known | {"version": known["version"] + 2} if "version" in known else known


def _check_plan(session: Session, deed: Deed) -> None:
    """What was adopted since then stays."""
    latest = plan.version(session)
    touches = {"measures", "goals", "fields"} & {*deed.details["new"], *deed.details["changed"]}
    if touches and latest and latest.state == plan.ADOPTED and latest.at > deed.at:
        raise Expired("refusal-import-adopted-since")


def _check_new_people(session: Session, people: Sequence[int]) -> None:
    """Whoever has spoken to us since, carries something or came to the office, is here for good."""
    for some in _parts(people):
        carries = select(Assignment.person_id).where(col(Assignment.person_id).in_(some))
        settled = col(Person.last_contact_at).is_not(None) | col(Person.id).in_(carries)
        settled |= col(Person.role) == Role.OFFICE  # which nobody is sent from by one word
        found = session.exec(select(Person).where(col(Person.id).in_(some), settled)).first()
        if found:
            raise Invalid("refusal-import-newer", what=found.name)


def _check_unchanged(session: Session, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Raises Invalid when a row no longer is as the import left it."""
    known: Table = TABLES[table].__table__  # type: ignore[attr-defined]
    for some in _parts(rows):
        wanted = known.c.id.in_([row[0] for row in some])
        now = {row["id"]: row for row in session.connection().execute(known.select().where(wanted)).mappings()}
        for number, _, after in some:
            row = now.get(number)
            left = {name: value for name, value in after.items() if name not in _MOMENTS}
            if row is None or as_json({name: row[name] for name in left}) != left:
                raise Invalid("refusal-import-newer", what=_name(row) if row else str(number))


def _name(row: Mapping[Any, Any]) -> str:
    """What a row is called where it is refused to be taken back."""
    return f"M{row['number']} {row['title']}" if "number" in row else str(row.get("name", row.get("group_name", "")))


def _check_carriers(session: Session, rows: Sequence[Sequence[Any]]) -> None:
    for some in _parts(rows):
        now: dict[int, list[list[Any]]] = {row[0]: [] for row in some}
        statement = select(Assignment).where(col(Assignment.measure_id).in_(now))
        for one in session.exec(statement):
            now[one.measure_id].append([one.person_id, one.lead])
        for measure, _, after in some:
            if sorted(now[measure]) != sorted(after):
                name = session.get_one(Measure, measure)
                raise Invalid("refusal-import-newer", what=f"M{name.number} {name.title}")


def _restore_carriers(session: Session, rows: Sequence[Sequence[Any]]) -> None:
    before = [
        {"measure_id": measure, "person_id": person, "lead": lead} for measure, was, _ in rows for person, lead in was
    ]
    set_carriers(session, [row[0] for row in rows], before)


def _take_back_reports(hearing: Hearing, deed: Deed, new: set[int]) -> None:
    """Reports and amendments of the import no longer count; those on measures that go, go along."""
    session = hearing.session
    for kind in (ProgressReport, Amendment):
        mine = col(kind.deed_id) == deed.id
        for some in _parts(sorted(new)):
            session.execute(delete(kind).where(mine, col(kind.measure_id).in_(some)))
        session.execute(update(kind).where(mine).values(undone_at=hearing.at))


def _remove(hearing: Hearing, new: Mapping[str, list[int]]) -> None:
    """Take out what the import added. Raises Invalid when something else already builds on it."""
    session = hearing.session
    for person_id in new.get("persons", ()):
        _dismiss(hearing, session.get_one(Person, person_id))
    try:
        with session.begin_nested():
            for table in ("measures", "goals", "fields"):
                for some in _parts(list(reversed(new.get(table, ())))):
                    session.execute(delete(TABLES[table]).where(_ids(table, some)))
    except IntegrityError as error:
        raise Invalid("refusal-import-built-on") from error
    _remove_companies(session, new.get("companies", ()))


def _dismiss(hearing: Hearing, person: Person) -> None:
    """History knows the person, so they leave as anybody leaves; what waits to be sent to them is dropped."""
    if person.left_at is None:
        person.left_at = hearing.at
        chats.untie(hearing, person, "dismissed")
        outbox.drop_for(hearing.session, person.id or 0)
    hearing.session.flush()


def _remove_companies(session: Session, ids: Sequence[int]) -> None:
    """Those that somebody speaks or spoke for stay."""
    for some in _parts(ids):
        used = set(session.exec(select(Person.company_id).where(col(Person.company_id).in_(some))))
        session.execute(delete(TABLES["companies"]).where(_ids("companies", [i for i in some if i not in used])))


def _restore_meetings(hearing: Hearing, changed: Sequence[Sequence[Any]], new: Sequence[int]) -> None:
    """Changes go back by a change, which everybody invited hears of; a new meeting goes, or is cancelled."""
    state = import_state.load_meetings(hearing.session, hearing.house.zone)
    for number, before, after in changed:
        known = state[number]
        if known.gone or as_json({column: known.values[column] for column in after}) != after:
            raise Invalid("refusal-import-newer", what=known.values["title"])
        clocks = {column: time.fromisoformat(before[column]) for column in ("begins", "ends") if before.get(column)}
        change_meeting(hearing, number, {**before, **clocks})
    for number in new:
        meeting = hearing.session.get_one(Meeting, number)
        if meeting.invited_at and not meeting.cancelled_at:
            planning.cancel(hearing, CancelMeeting(number, confirmed=True))
        elif not meeting.invited_at:
            _delete_meeting(hearing.session, meeting)


def _delete_meeting(session: Session, meeting: Meeting) -> None:
    try:
        with session.begin_nested():
            session.delete(meeting)
    except IntegrityError as error:
        raise Invalid("refusal-import-built-on") from error


def _ids(table: str, ids: Sequence[int]) -> ColumnElement[bool]:
    known: Table = TABLES[table].__table__  # type: ignore[attr-defined]
    return known.c.id.in_(ids)


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), SOME):
        yield rows[start : start + SOME]
