"""The plan as a tree: groups of fields, fields, strategic and operative goals, measures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from alliance import history, phrases
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.words.cleaning import fold, spellings
from alliance.words.plan_words import LAYOUT
from alliance.words.typos import only_near
from store.tables import Amendment, Deed, Goal, Measure, PlanField, PlanVersion

DRAFT, IN_DISCUSSION, ADOPTED = "draft", "in-discussion", "adopted"
STATES = (DRAFT, IN_DISCUSSION, ADOPTED)
INITIATIVES = ("administration", "business")
TITLE_LIMIT = 300  # characters of a measure's or goal's title
REASON_LIMIT = 1_000  # characters of a reason
HIGHEST = 999_999  # number of a measure


@dataclass(frozen=True)
class GoalNode:
    """A goal with what is below it: ``operative`` goals (only below a strategic one) and its own measures."""

    goal: Goal
    operative: tuple[GoalNode, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def all_measures(self) -> tuple[Measure, ...]:
        """Its own measures and those of the goals below it."""
        return (*self.measures, *(measure for node in self.operative for measure in node.measures))


@dataclass(frozen=True)
class FieldNode:
    """A field with its strategic goals; ``field`` is None for the measures that are in no field."""

    field: PlanField | None
    goals: tuple[GoalNode, ...] = ()
    measures_without_goal: tuple[Measure, ...] = ()

    @property
    def name(self) -> str:
        """The field's name, "" for no field."""
        return self.field.name if self.field else ""

    @property
    def all_measures(self) -> tuple[Measure, ...]:
        """Every measure of the field, by number."""
        found = (*self.measures_without_goal, *(measure for goal in self.goals for measure in goal.all_measures))
        return tuple(sorted(found, key=lambda measure: measure.number))


@dataclass(frozen=True)
class GroupNode:
    """A group of fields; the last one may have no name, for fields in no group."""

    name: str
    fields: tuple[FieldNode, ...]


@dataclass(frozen=True)
class Change:
    """A change of what the plan says: ``what`` and the values are as in :class:`store.tables.Amendment`."""

    what: str
    before: str
    after: str
    why: str = ""
    meeting_id: int | None = None


# Fields and goals -----------------------------------------------------------------------------------------------------


def lay_out(session: Session) -> None:
    """Enter the fields of the Zukunftsplan if there are none; fields that measures name already come after them."""
    if session.exec(select(PlanField.id)).first() is not None:
        return
    planned = [(name, group) for group, names in LAYOUT for name in names]
    named = set(session.exec(select(Measure.field).where(Measure.field != "")))
    known = {fold(name) for name, _ in planned}
    others = [(name, "") for name in sorted(named) if fold(name) not in known]
    for position, (name, group) in enumerate([*planned, *others], start=1):
        session.add(PlanField(position=position, group_name=group, name=name))
    session.flush()


def fields(session: Session) -> list[PlanField]:
    """All fields in their order: position, then name."""
    return list(session.exec(select(PlanField).order_by(col(PlanField.position), col(PlanField.name))))


def field_named(session: Session, words: str) -> PlanField | None:
    """The one field that is meant: by its name, its beginning, a word of it, or any of these with one slip."""
    known = fields(session)
    said = _key(words)
    if not said:
        return None
    for fits in (_is_called, _begins_with, _has_word, _has_slip):
        found = [field for field in known if fits(field.name, said)]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def existing_field(hearing: Hearing, words: str) -> PlanField:
    """The field that is meant. Raises NotFound, which names those that are there."""
    field = field_named(hearing.session, words)
    if field is None:
        names = [known.name for known in fields(hearing.session)]
        raise NotFound("refusal-plan-no-such-field", text=words, known=phrases.listing(hearing.language, names))
    return field


def field_for(session: Session, name: str, group: str = "") -> PlanField:
    """The field of this name, one that is a slip away from it, or a new one at the end."""
    name, known = " ".join(name.split()), fields(session)
    for fits in (_is_called, _is_misspelt):
        found = [field for field in known if fits(field.name, _key(name))]
        if len(found) == 1:
            return found[0]
    position = max((field.position for field in known), default=0) + 1
    field = PlanField(position=position, group_name=group, name=name)
    session.add(field)
    session.flush()
    return field


def ensure_goal(session: Session, field: PlanField, strategic: str, operative: str = "") -> Goal:
    """The goal of this title in its field, or below its strategic goal; added at the end if it is not there.

    The strategic goal is returned when there is no ``operative`` one. Raises Invalid for an empty or overlong title.
    """
    goal = _goal_below(session, field, None, strategic)
    return _goal_below(session, field, goal, operative) if operative.strip() else goal


def goal_titles(session: Session, goal_id: int | None) -> tuple[str, ...]:
    """The titles from the strategic goal down to this one, none for no goal."""
    if goal_id is None:
        return ()
    goal = session.get_one(Goal, goal_id)
    return (*goal_titles(session, goal.parent_id), goal.title)


def _goal_below(session: Session, field: PlanField, parent: Goal | None, title: str) -> Goal:
    title = " ".join(title.split())
    if not title or len(title) > TITLE_LIMIT:
        raise Invalid("refusal-plan-goal-title", limit=TITLE_LIMIT)
    parent_id = parent.id if parent else None
    beside = session.exec(select(Goal).where(Goal.field_id == field.id, col(Goal.parent_id).is_(parent_id))).all()
    for goal in beside:
        if _key(goal.title) == _key(title):
            return goal
    assert field.id is not None
    position = max((goal.position for goal in beside), default=0) + 1
    goal = Goal(field_id=field.id, parent_id=parent_id, position=position, title=title)
    session.add(goal)
    session.flush()
    return goal


# The tree -------------------------------------------------------------------------------------------------------------


def tree(session: Session) -> tuple[GroupNode, ...]:
    """The whole plan without what was withdrawn; goals and fields without measures are there, too. Three queries."""
    by_goal: dict[int, list[Measure]] = defaultdict(list)
    by_field: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures(session):
        (by_goal[measure.goal_id] if measure.goal_id is not None else by_field[measure.field]).append(measure)
    goals: dict[tuple[int, int | None], list[Goal]] = defaultdict(list)
    for goal in session.exec(select(Goal).order_by(col(Goal.position), col(Goal.id))):
        goals[goal.field_id, goal.parent_id].append(goal)
    nodes = [
        FieldNode(field, _goal_nodes(goals, field, by_goal), tuple(by_field.pop(field.name, ())))
        for field in fields(session)
    ]
    nodes += [
        FieldNode(PlanField(position=0, name=name), (), tuple(by_field[name])) for name in sorted(by_field) if name
    ]
    if by_field.get(""):
        nodes.append(FieldNode(None, (), tuple(by_field[""])))
    return _grouped(nodes)


def measures(session: Session) -> list[Measure]:
    """The measures of the plan by number, without what was withdrawn."""
    statement = select(Measure).where(col(Measure.withdrawn_at).is_(None))
    return list(session.exec(statement.order_by(col(Measure.number))))


def _goal_nodes(
    goals: Mapping[tuple[int, int | None], Sequence[Goal]],
    field: PlanField,
    measures: Mapping[int, list[Measure]],
    parent: int | None = None,
) -> tuple[GoalNode, ...]:
    """The goals below ``parent``; ``goals`` are those of each field and parent."""
    return tuple(
        GoalNode(goal, _goal_nodes(goals, field, measures, goal.id), tuple(measures.get(goal.id or 0, ())))
        for goal in goals.get((field.id or 0, parent), ())
    )


def _grouped(nodes: Iterable[FieldNode]) -> tuple[GroupNode, ...]:
    """The fields by group, in the order in which the groups come; those in no group last."""
    groups: dict[str, list[FieldNode]] = defaultdict(list)
    for node in nodes:
        groups[node.field.group_name if node.field else ""].append(node)
    names = sorted(groups, key=lambda name: not name)
    return tuple(GroupNode(name, tuple(groups[name])) for name in names)


# What the plan says ---------------------------------------------------------------------------------------------------


def version(session: Session) -> PlanVersion | None:
    """The latest step in the plan's life; None while it is still its first draft."""
    return session.exec(select(PlanVersion).order_by(col(PlanVersion.id).desc())).first()


def state(session: Session) -> str:
    """ "draft", "in-discussion" or "adopted"."""
    latest = version(session)
    return latest.state if latest else DRAFT


def next_number(session: Session) -> int:
    """The number after the highest that any measure has or had."""
    return (session.exec(select(func.max(Measure.number))).one() or 0) + 1


def new_measure(  # noqa: PLR0913  (what the plan says of a measure)
    hearing: Hearing,
    title: str,
    *,
    number: int = 0,
    field: str = "",
    goal: Goal | None = None,
    initiative: str = "",
    due: date | None = None,
    begins: date | None = None,
    why: str = "",
    meeting_id: int | None = None,
) -> Measure:
    """Add a measure; number 0 takes the next free one, a goal brings its field.

    An adopted plan needs a reason (``why``) and keeps the measure as an amendment. Raises Invalid.
    """
    session = hearing.session
    why = reason(session, why)
    title = checked_title(title)
    number = _free_number(session, number)
    check_dates(begins, due)
    if initiative not in {"", *INITIATIVES}:
        raise Invalid("refusal-plan-initiative")
    found = session.get_one(PlanField, goal.field_id) if goal else field_for(session, field) if field.strip() else None
    measure = Measure(
        number=number,
        title=title,
        field=found.name if found else "",
        goal_id=goal.id if goal else None,
        initiative=initiative,
        due=due,
        begins=begins,
    )
    session.add(measure)
    deed = history.write(hearing, "add-measure", {"measure": number})
    record(hearing, deed, measure, Change("added", "", title, why, meeting_id))
    return measure


def checked_title(title: str) -> str:
    """The title in one line. Raises Invalid when it is empty or too long."""
    title = " ".join(title.split())
    if not title:
        raise Invalid("refusal-measure-incomplete")
    if len(title) > TITLE_LIMIT:
        raise Invalid("refusal-plan-title-long", limit=TITLE_LIMIT)
    return title


def check_dates(begins: date | None, due: date | None) -> None:
    """Raises Invalid when a measure would end before it begins."""
    if begins and due and due < begins:
        raise Invalid("refusal-plan-dates")


def reason(session: Session, why: str) -> str:
    """The reason in one line. Raises Invalid when the plan is adopted and there is none."""
    why = one_line(why)
    if not why and state(session) == ADOPTED:
        raise Invalid("refusal-plan-adopted")
    return why


def one_line(why: str) -> str:
    """A reason without line ends, cut where nobody reads on."""
    return " ".join(why.split())[:REASON_LIMIT]


def record(hearing: Hearing, deed: Deed, measure: Measure, change: Change) -> Amendment | None:
    """Keep a change of an adopted plan as an amendment; a plan that is not adopted may change without a trace."""
    if state(hearing.session) != ADOPTED:
        return None
    hearing.session.flush()
    assert measure.id is not None
    assert deed.id is not None
    amendment = Amendment(
        measure_id=measure.id,
        what=change.what,
        before=change.before,
        after=change.after,
        why=change.why,
        at=hearing.at,
        by_id=hearing.person.id if hearing.person else None,
        meeting_id=change.meeting_id,
        deed_id=deed.id,
    )
    hearing.session.add(amendment)
    hearing.session.flush()
    return amendment


def _free_number(session: Session, number: int) -> int:
    if not number:
        return next_number(session)
    if not 1 <= number <= HIGHEST:
        raise Invalid("refusal-measure-incomplete")
    if session.exec(select(Measure.id).where(Measure.number == number)).first() is not None:
        raise Invalid("refusal-measure-exists", measure=str(number))
    return number


# Names, forgiven ------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[a-z0-9]+")


def _key(text: str) -> str:
    """Its words, folded, with single spaces and nothing else between them."""
    return " ".join(_WORD.findall(fold(text)))


def _keys(name: str) -> set[str]:
    return {_key(spelling) for spelling in spellings(name)}


def _is_called(name: str, said: str) -> bool:
    return said in _keys(name)


def _is_misspelt(name: str, said: str) -> bool:
    return bool(only_near(said, _keys(name)))


def _begins_with(name: str, said: str) -> bool:
    return len(said) > 2 and any(key.startswith(said) for key in _keys(name))


def _has_word(name: str, said: str) -> bool:
    return len(said) > 3 and any(f" {said}" in f" {key}" for key in _keys(name))


def _has_slip(name: str, said: str) -> bool:
    return any(bool(only_near(said, {key, *key.split()})) for key in _keys(name))
