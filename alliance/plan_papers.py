"""The plan to look at: a picture of how it stands, or of one field, and the whole of it on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, select

import texts
from alliance import paper_values, phrases, plan
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import ShowPlanSheet
from alliance.notes import Note
from alliance.paper_values import Making
from alliance.plan import FieldNode, GoalNode, GroupNode
from alliance.standing import Light
from papers import pictures, plan_sheet
from store.tables import Measure, Meeting, Paper
from texts import say

_URGENT = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)


def keep_picture(making: Making, field: str = "") -> tuple[int, ...]:
    """Store the picture of the plan, or of the field of this name; returns its id, nothing where no measure is."""
    nodes = [node for node in paper_values.fields(making.session) if node.all_measures]
    if field:
        nodes = [node for node in nodes if node.name == field]
    if not nodes:
        return ()
    shown = _of_field(making, nodes[0]) if field else _of_plan(making, nodes)
    name = _picture_name(making.language, making.today)
    return paper_values.unless_it_fails(lambda: making.keep(name, paper_values.PNG, pictures.progress(shown)))


def picture_of(session: Session, house: House, language: str, now: datetime) -> tuple[int, ...]:
    """The id of the picture that was stored for this very moment; nothing where there is none."""
    name = _picture_name(language, now.astimezone(house.zone).date())
    known = session.exec(select(Paper.id).where(Paper.name == name, Paper.made_at == now)).first()
    return (known,) if known else ()


def _picture_name(language: str, day: date) -> str:
    return say(language, "paper-picture-file", day=texts.short_day(language, day))


def _of_plan(making: Making, nodes: Sequence[FieldNode]) -> pictures.Progress:
    measures = [measure for node in nodes for measure in node.all_measures]
    left = len(nodes) - pictures.ROWS
    return pictures.Progress(
        language=making.language,
        alliance=making.house.name,
        title=making.say("picture-title"),
        subtitle=_subtitle(making, len(measures)),
        standing=making.together(measures),
        rows=tuple(_field_row(making, node) for node in nodes[: pictures.ROWS]),
        legend=making.legend(),
        more=making.say("picture-more-fields", count=left) if left > 0 else "",
    )


def _field_row(making: Making, node: FieldNode) -> pictures.Row:
    together = making.together(node.all_measures)
    return pictures.Row(making.field_name(node), together.light, together.percent, together.counts)


def _of_field(making: Making, node: FieldNode) -> pictures.Progress:
    """What is critical comes first where not all fit."""
    measures = list(node.all_measures)
    left = len(measures) - pictures.ROWS
    if left > 0:
        urgent = sorted(measures, key=lambda measure: _URGENT.index(making.present.light(measure)))
        measures = sorted(urgent[: pictures.ROWS], key=lambda measure: measure.number)
    return pictures.Progress(
        language=making.language,
        alliance=making.house.name,
        title=making.field_name(node),
        subtitle=_subtitle(making, len(node.all_measures)),
        standing=making.together(node.all_measures),
        rows=tuple(_measure_row(making, measure) for measure in measures),
        legend=making.legend(),
        more=making.say("picture-more", count=left) if left > 0 else "",
    )


def _measure_row(making: Making, measure: Measure) -> pictures.Row:
    status = phrases.status_word(making.language, measure.status)
    light = making.present.light(measure)
    return pictures.Row(phrases.measure_title(measure), light, measure.percent, text=status)


def _subtitle(making: Making, count: int) -> str:
    return making.say("picture-subtitle", count=making.say("count", count=count), day=making.day(making.now))


def show_sheet(hearing: Hearing, _intent: ShowPlanSheet) -> Note:
    """PLAN A3: the whole plan on one page, to print."""
    making = _making(hearing)
    return Note(making.say("plan-title"), (making.say("plan-line"),), papers=(keep_sheet(making),))


def picture(hearing: Hearing, field: str = "") -> tuple[int, ...]:
    """The picture beside PLAN: of the plan, or of the field of this name."""
    return keep_picture(_making(hearing), field)


def _making(hearing: Hearing) -> Making:
    return Making.begin(hearing.session, hearing.house, hearing.language, hearing.at)


# The sheet ------------------------------------------------------------------------------------------------------------


def keep_sheet(making: Making) -> int:
    """Store the plan on one page (A3); returns its id."""
    content = plan_sheet.as_pdf(_sheet(making), making.now)
    name = making.say("plan-file", day=making.today.isoformat())
    return making.keep(name, paper_values.PDF, content)


def _sheet(making: Making) -> plan_sheet.PlanSheet:
    groups = plan.tree(making.session)
    measures = [measure for group in groups for node in group.fields for measure in node.all_measures]
    return plan_sheet.PlanSheet(
        language=making.language,
        alliance=making.house.name,
        title=making.say("plan-title"),
        state=_state(making),
        stand=making.say("stand", day=making.day(making.now)),
        standing=making.together(measures),
        groups=tuple(_group(making, group) for group in groups),
        legend=making.legend(),
        page=making.say("page"),
        pages=making.say("pages"),
    )


def _state(making: Making) -> str:
    """»Entwurf«, »in Diskussion«, »beschlossen am 7. Mai 2026«."""
    latest = plan.version(making.session)
    if latest is None or latest.state != plan.ADOPTED:
        return making.say(f"plan-{latest.state if latest else plan.DRAFT}")
    meeting = making.session.get(Meeting, latest.meeting_id) if latest.meeting_id else None
    return making.say("plan-adopted", day=making.day(meeting.starts_at if meeting else latest.at))


def _group(making: Making, group: GroupNode) -> plan_sheet.Group:
    return plan_sheet.Group(group.name, tuple(_column(making, node) for node in group.fields))


def _column(making: Making, node: FieldNode) -> plan_sheet.Column:
    goals = [shown for goal in node.goals for shown in _goals(making, goal)]
    if node.measures_without_goal:
        title = making.say("dossier-no-goal") if goals else ""
        goals.append(plan_sheet.Goal(title, measures=_entries(making, node.measures_without_goal)))
    together = making.together(node.all_measures) if node.all_measures else None
    return plan_sheet.Column(making.field_name(node), together, tuple(goals))


def _goals(making: Making, node: GoalNode, *, operative: bool = False) -> list[plan_sheet.Goal]:
    goal = plan_sheet.Goal(node.goal.title, operative, _entries(making, node.measures))
    return [goal, *(shown for below in node.operative for shown in _goals(making, below, operative=True))]


def _entries(making: Making, measures: Sequence[Measure]) -> tuple[plan_sheet.Entry, ...]:
    return tuple(_entry(making, measure) for measure in measures)


def _entry(making: Making, measure: Measure) -> plan_sheet.Entry:
    light = making.present.light(measure)
    word = making.light_word(light)
    return plan_sheet.Entry(f"M{measure.number}", measure.title, light, word, making.companies(measure))
