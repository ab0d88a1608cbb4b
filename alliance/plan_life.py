"""The plan's life: draft, in discussion, adopted at a meeting; an adopted plan is kept as it was adopted."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

import texts
from alliance import history, notices, phrases, plan
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import SetPlanState, ShowPlan
from alliance.notes import Action, Note
from alliance.words.cleaning import fold
from alliance.words.dates import understand_day
from store.tables import Assignment, Company, Meeting, Person, PlanVersion
from texts import say


def set_state(hearing: Hearing, intent: SetPlanState) -> Note:
    """Move the plan on. What adopts it, or reopens an adopted one, is asked back once. Raises Refusal."""
    language, before = hearing.language, plan.state(hearing.session)
    if intent.state not in plan.STATES:
        raise Invalid("refusal-plan-state")
    if intent.state == before:
        raise Invalid("refusal-plan-state-same", state=say(language, f"all-plan-state-{before}"))
    if intent.state == plan.ADOPTED:
        return _adopt(hearing, intent)
    if before == plan.ADOPTED and not intent.seen:
        return _asked_to_reopen(hearing, intent)
    _enter(hearing, PlanVersion(state=intent.state, at=hearing.at))
    return Note(
        say(language, f"office-plan-title-{intent.state}"),
        (say(language, "office-plan-free"),),
        toast=say(language, f"office-plan-title-{intent.state}"),
    )


def content(session: Session) -> dict[str, Any]:
    """The whole plan as JSON: groups with fields and goals, and the measures with what the plan says of them."""
    companies = _lead_companies(session)
    return {
        "groups": [_group(node) for node in plan.tree(session)],
        "measures": [
            {
                "number": measure.number,
                "title": measure.title,
                "field": measure.field,
                "goal": list(plan.goal_titles(session, measure.goal_id)),
                "initiative": measure.initiative,
                "leads": companies[measure.id or 0],
                "begins": _iso(measure.begins),
                "due": _iso(measure.due),
                "milestones": measure.milestones,
            }
            for measure in plan.measures(session)
        ],
    }


def _group(node: plan.GroupNode) -> dict[str, Any]:
    return {
        "name": node.name,
        "fields": [{"name": field.name, "goals": [_goal(goal) for goal in field.goals]} for field in node.fields],
    }


def _goal(node: plan.GoalNode) -> dict[str, Any]:
    return {"title": node.goal.title, "operative": [below.goal.title for below in node.operative]}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _lead_companies(session: Session) -> dict[int, list[str]]:
    """The companies that lead each measure (by id), without the people."""
    statement = (
        select(Assignment.measure_id, Company.name)
        .join(Person, col(Assignment.person_id) == Person.id)
        .join(Company, col(Person.company_id) == Company.id)
        .where(col(Assignment.lead), col(Person.left_at).is_(None))
        .order_by(Company.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for measure, company in session.exec(statement):
        found[measure].append(company)
    return found


def _enter(hearing: Hearing, version: PlanVersion) -> None:
    version.by_id = hearing.person.id if hearing.person else None
    hearing.session.add(version)
    hearing.session.flush()
    history.write(hearing, "plan-state", {"state": version.state, "version": version.id})


# Adopting -------------------------------------------------------------------------------------------------------------


def _adopt(hearing: Hearing, intent: SetPlanState) -> Note:
    said = content(hearing.session)
    if not said["measures"]:
        raise Invalid("refusal-plan-empty")
    meeting = hearing.session.get_one(Meeting, intent.meeting) if intent.meeting else _held(hearing, intent.at)
    if meeting.starts_at > hearing.at:
        raise _too_early(hearing, meeting)
    if intent.seen != _fingerprint(said):
        return _asked_to_adopt(hearing, meeting, said)
    version = PlanVersion(state=plan.ADOPTED, meeting_id=meeting.id, at=hearing.at, content=said)
    _enter(hearing, version)
    _tell_everyone(hearing, version, meeting)
    language = hearing.language
    return Note(
        say(language, "office-plan-title-adopted"),
        (_adopted_line(hearing, language, meeting), say(language, "office-plan-frozen")),
        toast=say(language, "office-plan-title-adopted"),
    )


def _asked_to_adopt(hearing: Hearing, meeting: Meeting, said: dict[str, Any]) -> Note:
    """What would be adopted, in which meeting, and what is missing in it."""
    language = hearing.language
    lines = [
        _adopted_line(hearing, language, meeting),
        say(language, "office-plan-adopt-count", measures=len(said["measures"])),
        *_fields_in(language, said["measures"]),
    ]
    for gap, missing in (("leads", []), ("due", None)):
        numbers = [f"M{entry['number']}" for entry in said["measures"] if entry[gap] == missing]
        if numbers:
            lines.append(say(language, f"office-plan-without-{gap}", measures=phrases.listing(language, numbers)))
    lines.append(say(language, "office-plan-adopt-means"))
    agreed = SetPlanState(plan.ADOPTED, meeting=meeting.id or 0, seen=_fingerprint(said))
    return _question(language, "adopt", lines, agreed)


def _asked_to_reopen(hearing: Hearing, intent: SetPlanState) -> Note:
    lines = [say(hearing.language, "office-plan-reopen-means")]
    return _question(hearing.language, "reopen", lines, SetPlanState(intent.state, seen="adopted"))


def _question(language: str, kind: str, lines: list[str], agreed: SetPlanState) -> Note:
    yes = Action(say(language, f"office-plan-{kind}-yes"), agreed, say(language, "word-yes"))
    no = Action(say(language, "office-plan-no"), ShowPlan(), say(language, "word-no"))
    return Note(say(language, f"office-plan-{kind}-title"), tuple(lines), actions=(yes, no), futile=True)


def _fields_in(language: str, measures: list[dict[str, Any]]) -> list[str]:
    numbers: dict[str, list[str]] = defaultdict(list)
    for entry in measures:
        numbers[entry["field"] or say(language, "all-plan-no-field")].append(f"M{entry['number']}")
    return [f"{field}: {phrases.listing(language, listed)}" for field, listed in numbers.items()]


def _adopted_line(hearing: Hearing, language: str, meeting: Meeting) -> str:
    when = texts.moment(language, meeting.starts_at, hearing.house.zone)
    return say(language, "all-plan-adopted-at", title=meeting.title, when=when)


def _fingerprint(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def _tell_everyone(hearing: Hearing, version: PlanVersion, meeting: Meeting) -> None:
    """Each once, on their own channel; who adopted it has the receipt."""
    for person in notices.everyone(hearing.session):
        if hearing.person is not None and person.id == hearing.person.id:
            continue
        language = person.language
        show = Action(say(language, "member-plan-button"), ShowPlan(), say(language, "word-plan"))
        note = Note(
            say(language, "member-plan-adopted-title"),
            (_adopted_line(hearing, language, meeting), say(language, "member-plan-adopted-line")),
            actions=(show,),
            closing=(say(language, "member-plan-adopted-closing"),),
            series="beschluss",
        )
        notices.to_person(hearing.session, person, note, f"plan-adopted:{version.id}:{person.id}", hearing.at)


# The meeting that adopts ----------------------------------------------------------------------------------------------


def _held(hearing: Hearing, at: str) -> Meeting:
    """The meeting that is meant, running or over: by its day or title, else the last one. Raises Refusal."""
    statement = select(Meeting).where(col(Meeting.cancelled_at).is_(None)).order_by(col(Meeting.starts_at).desc())
    meant = [meeting for meeting in hearing.session.exec(statement) if not at or _is_meant(hearing, meeting, at)]
    held = [meeting for meeting in meant if meeting.starts_at <= hearing.at]
    if held:
        return held[0]
    if meant:
        raise _too_early(hearing, meant[-1])
    raise NotFound("refusal-plan-no-such-meeting", text=at) if at else NotFound("refusal-plan-no-meeting")


def _is_meant(hearing: Hearing, meeting: Meeting, at: str) -> bool:
    held = meeting.starts_at.astimezone(hearing.house.zone).date()
    day = understand_day(at, hearing.today)
    if day is None:
        return fold(at) in fold(meeting.title) or fold(meeting.title) in fold(at)
    return held == day or (str(day.year) not in at and (held.month, held.day) == (day.month, day.day))


def _too_early(hearing: Hearing, meeting: Meeting) -> Invalid:
    when = texts.moment(hearing.language, meeting.starts_at, hearing.house.zone)
    return Invalid("refusal-plan-too-early", title=meeting.title, when=when)
