"""Changes of what the plan says of a measure: free in a draft, with a reason and kept once the plan is adopted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

import texts
from alliance import history, measures, notices, phrases, plan
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import AmendMeasure, Undo
from alliance.notes import Action, Note
from alliance.plan import Change
from alliance.words.cleaning import fold
from alliance.words.dates import understand_day
from alliance.words.plan_words import initiative_of, is_empty, milestone_of
from store.tables import Amendment, Assignment, Deed, Measure, Person
from texts import say

Values = dict[str, Any]  # columns of a measure as JSON values: days and moments in ISO form

TOLD = {"title", "due", "begins", "withdrawn"}  # changes that whoever leads the measure hears of


@dataclass(frozen=True)
class _Edit:
    """The new values, and what is shown of the old and the new."""

    values: Values
    before: str = ""
    after: str = ""


def amend_measure(hearing: Hearing, intent: AmendMeasure) -> Note:
    """ÄNDERN, STREICHEN: change the plan, tell the leads, and show the office old and new. Raises Refusal."""
    measure = measures.find(hearing, intent.measure)
    deed, amendment = _amend(hearing, measure, intent)
    return _receipt(hearing, measure, deed, is_kept=amendment is not None)


def amend(
    hearing: Hearing, measure: Measure, what: str, value: str, why: str, meeting_id: int | None = None
) -> Amendment | None:
    """Change what the plan says of a measure, as :class:`AmendMeasure` describes it, and tell its leads.

    Returns what was kept, None while the plan is not adopted. Raises Refusal: the plan is adopted and ``why`` is empty,
    the value cannot be read, nothing would change, or the measure was withdrawn. Nothing is changed then. Whoever
    changes much at once under a deed of their own uses :func:`alliance.plan.reason` and :func:`alliance.plan.record`.
    """
    _, amendment = _amend(hearing, measure, AmendMeasure(measure.number, what, value, why, meeting_id or 0))
    return amendment


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG: what the plan said before. Raises Refusal when something newer stands on it."""
    said = deed.details
    measure = measures.find(hearing, said["measure"])
    if _read(measure, said["after"]) != said["after"]:
        raise Invalid("refusal-undo-newer", measure=phrases.measure_title(measure))
    latest = plan.version(hearing.session)
    if latest and latest.state == plan.ADOPTED and latest.at > deed.at:
        raise Invalid("refusal-plan-adopted-since", measure=phrases.measure_title(measure))
    _write(measure, said["before"])
    for amendment in hearing.session.exec(select(Amendment).where(Amendment.deed_id == deed.id)):
        amendment.undone_at = hearing.at
    before, after = said["shown"]
    change = Change(said["what"], after, before)
    _tell_leads(hearing, measure, change, f"amended:{deed.id}:undone", undone=True)
    lines = () if change.what == "withdrawn" else (change_line(hearing.language, change),)
    return Note(say(hearing.language, "office-amend-undone-title", measure=phrases.measure_title(measure)), lines)


def kept(
    session: Session, numbers: Collection[int] | None, since: datetime | None = None
) -> list[tuple[Amendment, Measure]]:
    """The amendments of these measures (None: of all) that were not taken back, latest first."""
    statement = (
        select(Amendment, Measure)
        .join(Measure, col(Amendment.measure_id) == Measure.id)
        .where(col(Amendment.undone_at).is_(None))
        .order_by(col(Amendment.id).desc())
    )
    statement = statement if numbers is None else statement.where(col(Measure.number).in_(numbers))
    return list(session.exec(statement.where(Amendment.at >= since) if since else statement))


def line(language: str, amendment: Amendment) -> str:
    """»Termin: 31. Dezember 2026 → 31. Dezember 2027«."""
    return change_line(language, Change(amendment.what, amendment.before, amendment.after))


def change_line(language: str, change: Change) -> str:
    """What was changed, from what to what, in words."""
    before, after = (_in_words(language, change.what, value) for value in (change.before, change.after))
    return say(language, f"all-plan-change-{change.what}", before=before, after=after)


def _in_words(language: str, what: str, value: str) -> str:
    if not value:
        return say(language, "all-plan-none")
    if what in {"due", "begins"}:
        return texts.short_day(language, date.fromisoformat(value))
    return say(language, f"all-plan-initiative-{value}") if what == "initiative" else value


# Carrying out ---------------------------------------------------------------------------------------------------------


def _amend(hearing: Hearing, measure: Measure, intent: AmendMeasure) -> tuple[Deed, Amendment | None]:
    """Everything is checked before anything is changed."""
    title = phrases.measure_title(measure)
    if measure.withdrawn_at:
        raise Invalid("refusal-measure-withdrawn", measure=title)
    is_progress = _is_progress(hearing, intent)
    why = plan.one_line(intent.why) if is_progress else plan.reason(hearing.session, intent.why)
    edit = _edit(hearing, measure, intent)
    before = _read(measure, edit.values)
    if before == edit.values:
        raise Invalid("refusal-amend-same", measure=title)
    _check_dates(measure, edit.values)
    _write(measure, edit.values)
    change = Change(intent.what, edit.before, edit.after, why, intent.meeting or None)
    deed = history.write(hearing, "amend", _details(measure, before, edit, change))
    _tell_leads(hearing, measure, change, f"amended:{deed.id}")
    return deed, None if is_progress else plan.record(hearing, deed, measure, change)


def _details(measure: Measure, before: Values, edit: _Edit, change: Change) -> dict[str, Any]:
    return {
        "measure": measure.number,
        "what": change.what,
        "before": before,
        "after": edit.values,
        "shown": [edit.before, edit.after],
        "why": change.why,
    }


def _edit(hearing: Hearing, measure: Measure, intent: AmendMeasure) -> _Edit:
    setter = _SETTERS.get(intent.what)
    if setter is None:
        raise Invalid("refusal-amend-what")
    return setter(hearing, measure, intent.value.strip())


def _is_progress(hearing: Hearing, intent: AmendMeasure) -> bool:
    """A milestone that was reached changes nothing of what the plan says."""
    said = milestone_of(intent.value, hearing.today) if intent.what == "milestone" else None
    return said is not None and said.done


def _check_dates(measure: Measure, values: Values) -> None:
    after = {**_read(measure, ("begins", "due")), **values}
    begins, due = (date.fromisoformat(after[name]) if after[name] else None for name in ("begins", "due"))
    plan.check_dates(begins, due)


def _read(measure: Measure, columns: Collection[str]) -> Values:
    return {column: _as_json(getattr(measure, column)) for column in columns}


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _write(measure: Measure, values: Values) -> None:
    for column, value in values.items():
        setattr(measure, column, _FROM_JSON[column](value) if value and column in _FROM_JSON else value)


_FROM_JSON: dict[str, Callable[[str], Any]] = {
    "due": date.fromisoformat,
    "begins": date.fromisoformat,
    "withdrawn_at": datetime.fromisoformat,
}


# What can be changed --------------------------------------------------------------------------------------------------

_GOALS = re.compile(r"\s+/\s*|\s*/\s+|\s*[>→]\s*")  # between a strategic and an operative goal


def _title(_hearing: Hearing, measure: Measure, value: str) -> _Edit:
    title = plan.checked_title(value)
    return _Edit({"title": title}, measure.title, title)


def _day(column: str) -> Callable[[Hearing, Measure, str], _Edit]:
    def setter(hearing: Hearing, measure: Measure, value: str) -> _Edit:
        day = None if is_empty(value) else understand_day(value, hearing.today)
        if day is None and not is_empty(value):
            raise Invalid("refusal-plan-day", text=value)
        before, after = (known.isoformat() if known else "" for known in (getattr(measure, column), day))
        return _Edit({column: after or None}, before, after)

    return setter


def _field(hearing: Hearing, measure: Measure, value: str) -> _Edit:
    """Another field; a goal stays behind in the old one."""
    name = "" if is_empty(value) else plan.existing_field(hearing, value).name
    if name == measure.field:
        return _Edit({"field": name}, name, name)
    return _Edit({"field": name, "goal_id": None}, measure.field, name)


def _goal(hearing: Hearing, measure: Measure, value: str) -> _Edit:
    before = " / ".join(plan.goal_titles(hearing.session, measure.goal_id))
    if is_empty(value):
        return _Edit({"goal_id": None}, before)
    if not measure.field:
        raise Invalid("refusal-plan-goal-field", measure=phrases.measure_title(measure))
    field = plan.field_for(hearing.session, measure.field)
    strategic, *operative = _GOALS.split(value, maxsplit=1)
    goal = plan.ensure_goal(hearing.session, field, strategic, operative[0] if operative else "")
    return _Edit({"goal_id": goal.id}, before, " / ".join(plan.goal_titles(hearing.session, goal.id)))


def _initiative(_hearing: Hearing, measure: Measure, value: str) -> _Edit:
    initiative = "" if is_empty(value) else initiative_of(value)
    if initiative is None:
        raise Invalid("refusal-plan-initiative")
    return _Edit({"initiative": initiative}, measure.initiative, initiative)


def _milestone(hearing: Hearing, measure: Measure, value: str) -> _Edit:
    said = milestone_of(value, hearing.today)
    if said is None:
        raise Invalid("refusal-plan-day", text=value.rpartition(";")[2].strip())
    known = {fold(entry["title"]): entry for entry in measure.milestones}
    old = known.get(fold(said.title))
    if old is None and (said.done or said.gone):
        names = phrases.listing(hearing.language, [entry["title"] for entry in measure.milestones])
        raise NotFound("refusal-no-such-milestone", known=names or say(hearing.language, "all-plan-none"))
    due = said.due.isoformat() if said.due else old["due"] if old else None
    done = said.done or bool(old and old["done"])
    new = {"title": old["title"] if old else plan.checked_title(said.title), "due": due, "done": done}
    changed = [entry for entry in measure.milestones if entry is not old] + ([] if said.gone else [new])
    shown = [phrases.milestone(entry) if entry else "" for entry in (old, None if said.gone else new)]
    return _Edit({"milestones": sorted(changed, key=_by_day)}, *shown)


def _by_day(entry: dict[str, Any]) -> str:
    return entry["due"] or "9999"


def _withdrawn(hearing: Hearing, _measure: Measure, _value: str) -> _Edit:
    return _Edit({"withdrawn_at": hearing.at.astimezone(UTC).isoformat()})


_SETTERS: dict[str, Callable[[Hearing, Measure, str], _Edit]] = {
    "title": _title,
    "due": _day("due"),
    "begins": _day("begins"),
    "field": _field,
    "goal": _goal,
    "initiative": _initiative,
    "milestone": _milestone,
    "withdrawn": _withdrawn,
}


# Saying it ------------------------------------------------------------------------------------------------------------


def _receipt(hearing: Hearing, measure: Measure, deed: Deed, *, is_kept: bool) -> Note:
    language, said = hearing.language, deed.details
    before, after = said["shown"]
    lines = [change_line(language, Change(said["what"], before, after))]
    if said["why"]:
        lines.append(say(language, "all-plan-reason", why=said["why"]))
    if is_kept:
        lines.append(say(language, "office-amend-kept"))
    button = say(language, "member-report-button-undo")
    take_back = Action(button, Undo(deed.id), say(language, "member-report-word-undo"))
    title = say(language, "office-amend-title", measure=phrases.measure_title(measure))
    return Note(title, tuple(lines), actions=(take_back,), toast=lines[0])


def _tell_leads(hearing: Hearing, measure: Measure, change: Change, key: str, *, undone: bool = False) -> None:
    """Whoever leads the measure hears once of a change of its title or dates, unless they made it themselves."""
    if change.what not in TOLD:
        return
    for person in _leads(hearing.session, measure):
        if hearing.person is None or person.id != hearing.person.id:
            note = _note_to_lead(hearing, person, measure, change, undone=undone)
            notices.to_person(hearing.session, person, note, f"{key}:{person.id}", hearing.at)


def _note_to_lead(hearing: Hearing, person: Person, measure: Measure, change: Change, *, undone: bool) -> Note:
    language = person.language
    kind = "undone" if undone else "withdrawn" if measure.withdrawn_at else "changed"
    title = say(language, f"member-amended-title-{kind}", measure=phrases.measure_title(measure))
    lines = _lines_for_lead(language, measure, change)
    if measure.withdrawn_at:
        return Note(title, lines)
    theirs = notices.as_heard(hearing.session, hearing.house, person, hearing.at)
    return Note(title, lines, items=(measures.card(theirs, measure),), matter=measures.about(measure))


def _lines_for_lead(language: str, measure: Measure, change: Change) -> tuple[str, ...]:
    if change.what == "withdrawn":
        lines = [say(language, f"member-amended-{'gone' if measure.withdrawn_at else 'back'}")]
    else:
        lines = [say(language, "member-amended-line"), change_line(language, change)]
    if change.why:
        lines.append(say(language, "all-plan-reason", why=change.why))
    return tuple(lines)


def _leads(session: Session, measure: Measure) -> list[Person]:
    statement = (
        select(Person)
        .join(Assignment, col(Assignment.person_id) == Person.id)
        .where(Assignment.measure_id == measure.id, col(Assignment.lead), col(Person.left_at).is_(None))
        .order_by(col(Person.id))
    )
    return list(session.exec(statement))
