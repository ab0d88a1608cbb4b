"""What the office settles about meetings: planning, the agenda, changes, cancelling, inviting at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

import texts
from alliance import history, invitations, meetings, nudges, rounds, timetable, workdays
from alliance.errors import Expired, Invalid
from alliance.hearing import Hearing
from alliance.intents import CancelMeeting, ChangeMeeting, Invite, Matter, PlanMeeting, SetAgenda, ShowAttendance
from alliance.notes import Action, Note
from store.tables import Deed, Meeting
from texts import say

KINDS = tuple(nudges.LADDERS)
EARLIEST, LATEST = time(7), time(22)  # beginnings outside are slips of the pen
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)


# Planning -------------------------------------------------------------------------------------------------------------


def plan(hearing: Hearing, intent: PlanMeeting) -> Note:
    """The office plans a meeting; the note lists what will be sent when. Raises Invalid."""
    if intent.kind not in KINDS:
        raise Invalid("refusal-meeting-kind", kinds=", ".join(KINDS))
    zone = hearing.house.zone
    meeting = Meeting(
        kind=intent.kind,
        title=intent.title.strip(),
        place=intent.place,
        link=intent.link,
        starts_at=workdays.at(intent.day, intent.begins, zone),
        ends_at=workdays.at(intent.day, intent.ends, zone) if intent.ends else None,
        planned_at=hearing.at,
    )
    check(hearing, meeting, intent.day)
    hearing.session.add(meeting)
    hearing.session.flush()
    history.write(hearing, "plan-meeting", {"meeting": meeting.id})
    return _receipt(hearing, meeting, "office-meeting-title", (), _invite_action(hearing, meeting))


def _invite_action(hearing: Hearing, meeting: Meeting) -> tuple[Action, ...]:
    """The button that does not wait for tomorrow."""
    language = hearing.language
    button = say(language, "office-meeting-button-invite")
    return (Action(button, Invite(meeting.id or 0), say(language, "word-invite")),)


def check(hearing: Hearing, meeting: Meeting, day: date) -> None:
    """Raises Invalid, with the reason, for a meeting that cannot be meant so."""
    language, begins = hearing.language, meeting.starts_at.astimezone(hearing.house.zone).time()
    if not meeting.title:
        raise Invalid("refusal-meeting-title")
    if meeting.starts_at <= hearing.at:
        raise Invalid("refusal-meeting-past")
    if not workdays.is_workday(day):
        raise Invalid("refusal-meeting-day", **_around(language, day))
    if not EARLIEST <= begins <= LATEST:
        raise Invalid("refusal-meeting-hour", begins=f"{begins:%H:%M}")
    if meeting.ends_at is not None and meeting.ends_at <= meeting.starts_at:
        raise Invalid("refusal-meeting-ends")
    if meeting.link and not _LINK.fullmatch(meeting.link):
        raise Invalid("refusal-meeting-link", link=meeting.link)


def _around(language: str, day: date) -> dict[str, str]:
    """A day off by its name, and the workdays around it."""
    if day.isoweekday() < workdays.SATURDAY and not workdays.holiday(day):
        feast = say(language, f"all-feast-{day:%m-%d}")
    else:
        feast = workdays.holiday(day, language) or say(language, "all-feast-weekend")
    before, after = workdays.workday_on_or_before(day), workdays.workday_on_or_after(day)
    return {
        "day": texts.day(language, day),
        "feast": feast,
        "before": texts.day(language, before),
        "after": texts.day(language, after),
    }


# The receipt ----------------------------------------------------------------------------------------------------------


def _receipt(hearing: Hearing, meeting: Meeting, key: str, lines: tuple[str, ...], actions: tuple[Action, ...]) -> Note:
    """What holds now, what to look at, and what will be sent when."""
    language, house = hearing.language, hearing.house
    title = say(language, key, title=meeting.title, when=texts.moment(language, meeting.starts_at, house.zone))
    return Note(
        title,
        (
            *lines,
            meetings.details(language, house, meeting),
            *_warnings(hearing, meeting),
            *meetings.agenda(language, meeting),
            *_steps(hearing, meeting),
        ),
        actions=actions,
        closing=(say(language, "office-meeting-closing", number=str(meeting.id)),),
        matter=Matter("meeting", meeting.id or 0),
        toast=title,
    )


def _warnings(hearing: Hearing, meeting: Meeting) -> Iterator[str]:
    """Another meeting at the same time, and whose round serves this one."""
    language = hearing.language
    for other in meetings.upcoming(hearing.session, hearing.at):
        if other.id != meeting.id and _overlap(meeting, other):
            when = texts.moment(language, other.starts_at, hearing.house.zone)
            yield say(language, "office-meeting-clash", title=meeting.title, other=other.title, when=when)
    other_id = rounds.served_by(hearing.session, hearing.house, hearing.at).get(meeting.id or 0)
    if other_id:
        other = hearing.session.get_one(Meeting, other_id)
        day = meetings.day(language, hearing.house, other)
        yield say(language, "office-meeting-served", other=other.title, day=day)


def _overlap(one: Meeting, other: Meeting) -> bool:
    ends = [meeting.ends_at or meeting.starts_at + meetings.USUAL_LENGTH for meeting in (one, other)]
    return one.starts_at < ends[1] and other.starts_at < ends[0]


def _steps(hearing: Hearing, meeting: Meeting) -> list[str]:
    """What will be sent when, the next first."""
    language, zone = hearing.language, hearing.house.zone
    coming = sorted(step for step in _planned(hearing, meeting) if step[0] >= hearing.at)
    return [
        say(language, "office-meeting-step", when=texts.moment(language, at, zone), what=say(language, f"step-{name}"))
        for at, name in coming
    ]


def _planned(hearing: Hearing, meeting: Meeting) -> Iterator[tuple[datetime, str]]:
    zone = hearing.house.zone
    if not meeting.frozen_at and meeting.id not in rounds.served_by(hearing.session, hearing.house, hearing.at):
        for step in nudges.LADDERS[meeting.kind]:
            yield nudges.step_at(step, meeting.starts_at, zone), step.name
    invited_at = meeting.invited_at or timetable.invite_at(meeting.planned_at or hearing.at, meeting.starts_at, zone)
    if meeting.planned_at and not meeting.invited_at:
        yield max(invited_at, workdays.next_office_hour(hearing.at, zone)), "invite"
    for name in timetable.BEFORE[meeting.kind]:
        at = timetable.step_at(name, meeting.kind, meeting.starts_at, zone)
        if at > invited_at:
            yield at, name


# Changing -------------------------------------------------------------------------------------------------------------


def change(hearing: Hearing, intent: ChangeMeeting) -> Note:
    """Change only what is named; everyone invited is told once. Raises Invalid, NotFound or Expired."""
    meeting = meetings.meant(hearing, intent.meeting)
    before = invitations.facts(meeting)
    _apply(hearing, meeting, intent)
    after = invitations.facts(meeting)
    if after == before:
        raise Invalid("refusal-meeting-same")
    check(hearing, meeting, meeting.starts_at.astimezone(hearing.house.zone).date())
    lines = list(invitations.differences(hearing.language, hearing.house, before, after))
    moved = invitations.is_moved(before, after)
    meeting.sequence += meeting.invited_at is not None
    details = {**before, "answers": _forget_answers(hearing, meeting) if moved else {}}
    history.write(hearing, "change-meeting", {"meeting": meeting.id, "sequence": meeting.sequence, "before": details})
    if meeting.invited_at is not None:
        count = invitations.tell_changes(
            hearing.session, hearing.house, meeting, _earlier(hearing, meeting), hearing.at
        )
        lines.append(say(hearing.language, "office-meeting-told", count=count))
        lines.append(say(hearing.language, "office-meeting-asked-anew" if moved else "office-meeting-answers-hold"))
    actions = () if meeting.invited_at else _invite_action(hearing, meeting)
    return _receipt(hearing, meeting, "office-meeting-changed-title", tuple(lines), actions)


def _apply(hearing: Hearing, meeting: Meeting, intent: ChangeMeeting) -> None:
    zone = hearing.house.zone
    local, length = meeting.starts_at.astimezone(zone), meeting.ends_at and meeting.ends_at - meeting.starts_at
    day, begins = intent.day or local.date(), intent.begins or local.time()
    meeting.starts_at = workdays.at(day, begins, zone)
    if intent.ends:
        meeting.ends_at = workdays.at(day, intent.ends, zone)
    elif length:
        meeting.ends_at = meeting.starts_at + length
    meeting.agenda = _shifted(meeting.agenda, local.time(), begins)
    meeting.title = intent.title.strip() or meeting.title
    meeting.place = meeting.place if intent.place is None else intent.place
    meeting.link = meeting.link if intent.link is None else intent.link
    if timetable.step_at("close", meeting.kind, meeting.starts_at, zone) > hearing.at:
        meeting.registration_closed_at = None


def _shifted(agenda: list[Any], before: time, after: time) -> list[Any]:
    """The agenda's times move along with the beginning."""
    shift = datetime.combine(date.min, after) - datetime.combine(date.min, before)
    if not shift:
        return agenda
    return [{**point, "at": _clock_later(point["at"], shift) if point["at"] else ""} for point in agenda]


def _clock_later(clock: str, shift: timedelta) -> str:
    moved = datetime.combine(date(2000, 1, 2), time.fromisoformat(clock)) + shift
    return f"{moved:%H:%M}"


def _forget_answers(hearing: Hearing, meeting: Meeting) -> dict[str, tuple[str, str]]:
    """Who had answered is asked anew; returns what they had said, by their id."""
    rows = invitations.attendances(hearing.session, meeting)
    said = {str(row.person_id): (str(row.answer), row.deputy) for row in rows}
    for row in rows:
        hearing.session.delete(row)
    hearing.session.flush()
    return said


def _earlier(hearing: Hearing, meeting: Meeting) -> dict[int, invitations.Facts]:
    """What the meeting was at each earlier sequence, with the answers that were forgotten since."""
    statement = select(Deed).where(Deed.what == "change-meeting").order_by(col(Deed.id).desc())
    changes = [deed.details for deed in hearing.session.exec(statement) if deed.details["meeting"] == meeting.id]
    earlier: dict[int, invitations.Facts] = {}
    forgotten: dict[str, tuple[str, str]] = {}
    for change in changes:
        forgotten = {**forgotten, **change["before"]["answers"]}
        earlier[change["sequence"] - 1] = {**change["before"], "answers": forgotten}
    return earlier


# The agenda -----------------------------------------------------------------------------------------------------------


def set_agenda(hearing: Hearing, intent: SetAgenda) -> Note:
    """The agenda, in place of the one before; after the invitation it comes with the reminder. Raises NotFound."""
    meeting = meetings.meant(hearing, intent.meeting)
    before = meeting.agenda
    meeting.agenda = [{"at": f"{point.at:%H:%M}" if point.at else "", "title": point.title} for point in intent.points]
    history.write(hearing, "set-agenda", {"meeting": meeting.id, "before": before})
    language = hearing.language
    title = say(language, "office-agenda-title", title=meeting.title)
    line = say(language, f"office-agenda-{_when_sent(hearing, meeting)}")
    lines = (*meetings.agenda(language, meeting), line)
    return Note(title, lines, matter=Matter("meeting", meeting.id or 0), toast=title)


def _when_sent(hearing: Hearing, meeting: Meeting) -> str:
    if meeting.invited_at is None:
        return "invite"
    eve = timetable.step_at("eve", meeting.kind, meeting.starts_at, hearing.house.zone)
    return "eve" if hearing.at < eve else "late"


# Cancelling, and inviting at once -------------------------------------------------------------------------------------


def cancel(hearing: Hearing, intent: CancelMeeting) -> Note:
    """Cancel a meeting, once it was asked back: everyone who knows of it is told. Raises NotFound or Expired."""
    meeting = meetings.meant(hearing, intent.meeting)
    if not intent.confirmed:
        return _ask_to_cancel(hearing, meeting, intent.why)
    meeting.cancelled_at, meeting.cancel_reason = hearing.at, intent.why
    meeting.sequence += 1
    history.write(hearing, "cancel-meeting", {"meeting": meeting.id})
    count = invitations.cancel(hearing.session, hearing.house, meeting, hearing.at)
    language = hearing.language
    day = meetings.day(language, hearing.house, meeting)
    title = say(language, "office-cancelled-title", title=meeting.title, day=day)
    return Note(title, (say(language, "office-meeting-told", count=count),), toast=title)


def _ask_to_cancel(hearing: Hearing, meeting: Meeting, why: str) -> Note:
    language = hearing.language
    number = meeting.id or 0
    when = texts.moment(language, meeting.starts_at, hearing.house.zone)
    yes = Action(
        say(language, "office-cancel-yes"), CancelMeeting(number, why, confirmed=True), say(language, "word-yes")
    )
    no = Action(say(language, "office-cancel-no"), ShowAttendance(number), say(language, "word-no"))
    title = say(language, "office-cancel-title", title=meeting.title, when=when)
    return Note(
        title,
        (say(language, "office-cancel-line", count=len(invitations.who_know(hearing.session, meeting))),),
        actions=(yes, no),
        matter=Matter("meeting", number),
        futile=True,
    )


def invite(hearing: Hearing, intent: Invite) -> Note:
    """EINLADEN: everyone who has no invitation yet gets it now. Raises NotFound or Expired."""
    meeting = meetings.meant(hearing, intent.meeting)
    count = invitations.invite(hearing.session, hearing.house, meeting, hearing.at)
    if not count:
        raise Expired("refusal-meeting-invited", title=meeting.title)
    history.write(hearing, "invite", {"meeting": meeting.id, "count": count})
    language = hearing.language
    title = say(language, "office-invited-title", title=meeting.title, count=count)
    return Note(title, tuple(_steps(hearing, meeting)), matter=Matter("meeting", meeting.id or 0), toast=title)
