"""What the status dossier says: its cover and a page for each field of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

import texts
from alliance import dossier_annex, paper_values, phrases, rounds, standing
from alliance.paper_values import Making
from alliance.plan import FieldNode, GoalNode
from papers import dossier
from store.tables import Measure, Meeting, ProgressReport
from texts import say


def build(making: Making, meeting: Meeting | None) -> dossier.Dossier:
    """The whole dossier before a meeting, or as of now; the office's copy says who has not answered."""
    nodes = paper_values.fields(making.session)
    full = [node for node in nodes if node.all_measures]
    empty = [making.field_name(node) for node in nodes if not node.all_measures]
    measures = [measure for node in full for measure in node.all_measures]
    return dossier.Dossier(
        language=making.language,
        alliance=making.house.name,
        title=making.say("dossier-title"),
        subtitle=_subtitle(making, meeting),
        stand=making.say("stand", day=making.day(making.now)),
        copy=making.say("dossier-for-office" if making.office else "dossier-for-members"),
        facts=tuple(_facts(making, meeting)),
        standing=making.together(measures),
        figures=_round_figures(making, meeting) if meeting else _plan_figures(making, full, measures),
        rule=say(making.language, "all-plan-rule"),
        legend=making.legend(),
        fields=tuple(_field(making, node) for node in full),
        empty_fields=_empty_line(making, empty),
        changes=dossier_annex.changes(making, meeting),
        amendments=dossier_annex.amendments(making),
        decisions=dossier_annex.decisions(making),
        owed=dossier_annex.owed(making, meeting) if meeting and making.office else None,
        labels=labels(making.language),
    )


# The cover ------------------------------------------------------------------------------------------------------------


def _subtitle(making: Making, meeting: Meeting | None) -> str:
    if meeting is None:
        return making.say("dossier-no-meeting", day=texts.day(making.language, making.today))
    day = meeting.starts_at.astimezone(making.house.zone).date()
    return making.say("dossier-meeting", title=meeting.title, day=texts.day(making.language, day))


def _facts(making: Making, meeting: Meeting | None) -> Iterator[dossier.Fact]:
    if meeting:
        clock = meeting.starts_at.astimezone(making.house.zone)
        time = making.say("dossier-clock", time=f"{clock.hour}:{clock.minute:02}")
        yield dossier.Fact(making.say("dossier-begins"), time)
        if meeting.place:
            yield dossier.Fact(making.say("dossier-place"), meeting.place)
    yield dossier.Fact(making.say("dossier-made"), texts.moment(making.language, making.now, making.house.zone))


def _round_figures(making: Making, meeting: Meeting) -> tuple[dossier.Figure, ...]:
    """The response rate, and »unverändert« apart."""
    count = rounds.turnout(making.session, making.house, meeting, making.now)
    unchanged = _unchanged_in(making.session, rounds.counts_since(making.session, making.house, meeting))
    return (
        dossier.Figure(
            making.say("dossier-turnout"),
            making.say("dossier-turnout-value", answered=count.answered, asked=count.asked),
            making.say("dossier-turnout-note"),
            100 * count.answered // count.asked if count.asked else 0,
        ),
        dossier.Figure(
            making.say("dossier-unchanged"), str(unchanged), making.say("dossier-unchanged-note", count=unchanged)
        ),
    )


def _plan_figures(making: Making, full: list[FieldNode], measures: list[Measure]) -> tuple[dossier.Figure, ...]:
    """Without a round: how many fields there are, and how many measures were reported on lately."""
    reported = [making.present.facts(measure).reported for measure in measures]
    fresh = sum(day is not None and making.today - day <= standing.SILENT for day in reported)
    return (
        dossier.Figure(
            making.say("dossier-fresh"),
            making.say("dossier-fresh-value", count=fresh, all=len(measures)),
            making.say("dossier-fresh-note", days=standing.SILENT.days),
            100 * fresh // len(measures) if measures else 0,
        ),
        dossier.Figure(making.say("dossier-fields"), str(len(full)), making.say("dossier-fields-note")),
    )


def _unchanged_in(session: Session, since: datetime) -> int:
    statement = select(ProgressReport.measure_id).where(
        ProgressReport.at >= since, col(ProgressReport.undone_at).is_(None), col(ProgressReport.unchanged)
    )
    return len(set(session.exec(statement)))


def _empty_line(making: Making, names: list[str]) -> str:
    return making.say("dossier-empty-fields", fields=phrases.listing(making.language, names)) if names else ""


# A field --------------------------------------------------------------------------------------------------------------


def _field(making: Making, node: FieldNode) -> dossier.Field:
    count = len(node.all_measures)
    goals = [shown for goal in node.goals for shown in _goals(making, goal)]
    if node.measures_without_goal:
        title = making.say("dossier-no-goal") if goals else ""
        measures = tuple(_measure(making, measure) for measure in node.measures_without_goal)
        goals.append(dossier.Goal(title, measures=measures))
    group = node.field.group_name if node.field else ""
    summary = making.say("count", count=count)
    return dossier.Field(making.field_name(node), group, making.together(node.all_measures), summary, tuple(goals))


def _goals(making: Making, node: GoalNode, *, operative: bool = False) -> Iterator[dossier.Goal]:
    """A goal and those below it; one without measures is named all the same."""
    yield dossier.Goal(
        title=node.goal.title,
        kind=making.say("dossier-operative" if operative else "dossier-strategic"),
        operative=operative,
        standing=making.together(node.all_measures) if node.all_measures else None,
        measures=tuple(_measure(making, measure) for measure in node.measures),
    )
    for below in node.operative:
        yield from _goals(making, below, operative=True)


def _measure(making: Making, measure: Measure) -> dossier.Measure:
    facts = making.present.facts(measure)
    is_open_end = measure.expected and measure.expected != measure.due and measure.status != "done"
    stale = paper_values.is_stale(facts, making.today)
    return dossier.Measure(
        number=f"M{measure.number}",
        title=measure.title,
        light=making.present.light(measure),
        status=phrases.status_word(making.language, measure.status),
        percent=measure.percent,
        company=making.companies(measure) or making.say("dossier-nobody"),
        person=making.people(measure),
        due=making.narrow_day(measure.due) if measure.due else "",
        expected=making.narrow_day(measure.expected) if measure.expected and is_open_end else "",
        reported=making.narrow_day(facts.reported) if facts.reported else making.say("dossier-never"),
        stale=making.say("dossier-stale", days=standing.SILENT.days) if stale else "",
        note=say(making.language, "all-phrase-quote", text=measure.note) if measure.note else "",
        evidence=making.say("dossier-evidence", text=str(measure.evidence[-1])) if measure.evidence else "",
        help=making.say("dossier-help") if measure.help_wanted else "",
    )


_LABELS = "number measure measures responsible due expected standing reported progress overall overview field annex"


def labels(language: str) -> dossier.Labels:
    """The words beside the values."""
    words = {name: say(language, f"paper-dossier-{name}") for name in _LABELS.split()}
    return dossier.Labels(**words, page=say(language, "paper-page"), pages=say(language, "paper-pages"))
