"""PLAN: how the whole plan stands, field by field, and what is in one field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

import texts
from alliance import amendments, phrases, plan, plan_papers
from alliance.hearing import Hearing
from alliance.intents import ShowPlan
from alliance.notes import Action, Item, Note
from alliance.plan import FieldNode, GoalNode
from alliance.plan_standing import Present, light_words, present
from alliance.standing import SIGNS, Light, Standing
from store.tables import Amendment, Measure, Meeting
from texts import say

AMENDMENTS = 10  # shown of one field, the latest


def show(hearing: Hearing, intent: ShowPlan) -> Note:
    """PLAN or PLAN and a field; in a chat it is one bubble. Raises NotFound for an unknown field."""
    now = present(hearing.session, hearing.house, hearing.at)
    groups = plan.tree(hearing.session)
    nodes = [node for group in groups for node in group.fields]
    name = plan.existing_field(hearing, intent.field).name if intent.field.strip() else ""
    if name:
        note = _field_note(hearing, now, next(node for node in nodes if node.name == name))
    else:
        note = _plan_note(hearing, now, nodes)
    if not intent.plain:
        note = replace(note, papers=plan_papers.picture(hearing, name))
    return _in_one_bubble(note) if hearing.in_chat else note


def _plan_note(hearing: Hearing, now: Present, nodes: Sequence[FieldNode]) -> Note:
    language = hearing.language
    full = [node for node in nodes if node.all_measures]
    empty = [node.name for node in nodes if not node.all_measures and node.field]
    whole = now.together(measure for node in full for measure in node.all_measures)
    closing = [say(language, "all-plan-rule")]
    if empty:
        closing.insert(0, say(language, "all-plan-empty-fields", fields=phrases.listing(language, empty)))
    return Note(
        say(language, "all-plan-title"),
        (_state_line(hearing), _summary(language, whole), *_standing_lines(language, whole, now.today)),
        items=tuple(_field_item(hearing, now, node) for node in full),
        closing=tuple(closing),
    )


def _field_item(hearing: Hearing, now: Present, node: FieldNode) -> Item:
    language = hearing.language
    together = now.together(node.all_measures)
    title = f"{_name(language, node)}: {light_words(language, together.light)}"
    lines = (_counts(language, together), *_standing_lines(language, together, now.today))
    word = f"{say(language, 'word-plan')} {node.name}"
    actions = (Action(_name(language, node), ShowPlan(node.name), word),) if node.field else ()
    return Item(title, lines, together.percent, actions)


def _field_note(hearing: Hearing, now: Present, node: FieldNode) -> Note:
    language = hearing.language
    together = now.together(node.all_measures)
    items = [_goal_item(hearing, now, goal) for goal in node.goals]
    if node.measures_without_goal:
        title = say(language, "all-plan-without-goal" if node.goals else "all-plan-measures")
        items.append(Item(title, tuple(_measure_lines(language, now, node.measures_without_goal))))
    if changed := _amendment_lines(hearing, node):
        items.append(Item(say(language, "all-plan-amendments"), tuple(changed)))
    whole = Action(say(language, "all-plan-button-whole"), ShowPlan(), say(language, "word-plan"))
    lines = (_summary(language, together), *_standing_lines(language, together, now.today))
    closing = (say(language, "all-plan-rule"),) if node.all_measures else ()
    return Note(node.name, lines, items=tuple(items), actions=(whole,), closing=closing)


def _goal_item(hearing: Hearing, now: Present, node: GoalNode) -> Item:
    language = hearing.language
    together = now.together(node.all_measures)
    lines = _measure_lines(language, now, node.measures)
    for below in node.operative:
        light = light_words(language, now.together(below.measures).light)
        lines += [f"{below.goal.title}: {light}", *_measure_lines(language, now, below.measures)]
    title = f"{node.goal.title}: {light_words(language, together.light)}"
    return Item(title, tuple(lines), together.percent if node.all_measures else None)


def _measure_lines(language: str, now: Present, measures: Iterable[Measure]) -> list[str]:
    return [_measure_line(language, now, measure) for measure in measures]


def _measure_line(language: str, now: Present, measure: Measure) -> str:
    """»● M12 Radweg am Kanal · 60 %, läuft · Termin: 31. Dezember 2026«."""
    status = phrases.status_word(language, measure.status)
    parts = [
        f"{SIGNS[now.light(measure)]} {phrases.measure_title(measure)}",
        say(language, "all-phrase-standing", percent=measure.percent, status=status),
    ]
    if measure.due:
        parts.append(phrases.due_line(language, measure.due))
    return " · ".join(parts)


def _amendment_lines(hearing: Hearing, node: FieldNode) -> list[str]:
    """What was changed in a field since the plan was adopted, withdrawals too, the latest first."""
    latest = plan.version(hearing.session)
    if latest is None or latest.state != plan.ADOPTED:
        return []
    numbers = set(hearing.session.exec(select(Measure.number).where(Measure.field == node.name)))
    found = amendments.kept(hearing.session, numbers, latest.at)[:AMENDMENTS]
    return [_amendment_line(hearing, amendment, measure) for amendment, measure in found]


def _amendment_line(hearing: Hearing, amendment: Amendment, measure: Measure) -> str:
    language = hearing.language
    day = texts.short_day(language, amendment.at.astimezone(hearing.house.zone).date())
    what = amendments.line(language, amendment)
    return say(language, "all-plan-amendment", measure=f"M{measure.number}", what=what, why=amendment.why, day=day)


# Lines ----------------------------------------------------------------------------------------------------------------


def _state_line(hearing: Hearing) -> str:
    """»Beschlossen am … in der Sitzung …, seither 2 Änderungen«."""
    language, latest = hearing.language, plan.version(hearing.session)
    if latest is None or latest.state != plan.ADOPTED:
        return say(language, f"all-plan-line-{latest.state if latest else plan.DRAFT}")
    meeting = hearing.session.get(Meeting, latest.meeting_id) if latest.meeting_id else None
    return say(
        language,
        "all-plan-line-adopted",
        day=texts.short_day(language, _day(hearing, meeting.starts_at if meeting else latest.at)),
        count=_amended_since(hearing.session, latest.at),
    )


def _amended_since(session: Session, since: datetime) -> int:
    statement = select(Amendment.id).where(Amendment.at >= since, col(Amendment.undone_at).is_(None))
    return len(session.exec(statement).all())


def _day(hearing: Hearing, moment: datetime) -> date:
    return moment.astimezone(hearing.house.zone).date()


def _summary(language: str, together: Standing) -> str:
    """»Insgesamt ◐ gelb: 43 % von 12 Maßnahmen«."""
    light = light_words(language, together.light)
    return say(language, "all-plan-summary", light=light, percent=together.percent, count=together.measures)


def _counts(language: str, together: Standing) -> str:
    """»12 Maßnahmen: 8 ● · 3 ◐ · 1 ▲«."""
    signs = " · ".join(f"{together.counts[light]} {SIGNS[light]}" for light in Light if together.counts[light])
    return say(language, "all-plan-counts", count=together.measures, signs=signs)


def _standing_lines(language: str, together: Standing, today: date) -> list[str]:
    """How fresh the reports are, and who answered if a round is open."""
    lines = []
    if together.freshest and together.oldest:
        newest, oldest = ((today - day).days for day in (together.freshest, together.oldest))
        is_one = newest == oldest
        lines.append(say(language, f"all-plan-{'fresh' if is_one else 'span'}", newest=newest, oldest=oldest))
    if together.asked:
        lines.append(say(language, "all-plan-answered", answered=together.answered, asked=together.asked))
    return lines


def _name(language: str, node: FieldNode) -> str:
    return node.name or say(language, "all-plan-no-field")


def _in_one_bubble(note: Note) -> Note:
    """Its items as lines with their buttons below: nobody wants ten messages for one question."""
    blocks = ["\n".join(note.lines)] + ["\n".join(_item_lines(item)) for item in note.items]
    actions = tuple(action for item in note.items for action in item.actions)
    return replace(note, lines=("\n\n".join(blocks),), items=(), actions=(*actions, *note.actions))


def _item_lines(item: Item) -> list[str]:
    title = item.title if item.percent is None else f"{item.title} · {item.percent} %"
    return [title, *item.lines]
