"""Letters about a meeting itself: the invitation, what has changed, that it is cancelled, the reminder; each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

import texts
from alliance import meetings, notices, rounds, timetable
from alliance.house import House
from alliance.intents import Attend, Matter
from alliance.notes import Action, Note
from alliance.packing import pack
from alliance.portions import cut
from store import outbox
from store.tables import Answer, Attendance, Meeting, OutboxRow, Person, Sending
from texts import say

# What of a meeting everyone invited has to hear of when it changes, as it was before: JSON values
Facts = Mapping[str, Any]


# Inviting -------------------------------------------------------------------------------------------------------------


def invite(session: Session, house: House, meeting: Meeting, now: datetime) -> int:
    """Invite everyone who has not been invited yet; returns how many that are."""
    missing = uninvited(session, meeting)
    meeting.invited_at = meeting.invited_at or now
    letters = (
        (person, invitation(house, meeting, person, now), f"invite:{meeting.id}:{person.id}") for person in missing
    )
    send_all(session, meeting, letters, now)
    return len(missing)


def uninvited(session: Session, meeting: Meeting) -> list[Person]:
    """Everyone with us who can be reached and has not been invited."""
    invited = outbox.keys(session, f"invite:{meeting.id}:")
    people = [person for person in notices.everyone(session) if f"invite:{meeting.id}:{person.id}" not in invited]
    return [person for some in cut(people) for person in notices.reachable(session, some)]


def send(session: Session, meeting: Meeting, person: Person, note: Note, key: str, now: datetime) -> None:
    """Enqueue a letter about a meeting, which is worth nothing once that has begun."""
    send_all(session, meeting, [(person, note, key)], now)


def send_all(session: Session, meeting: Meeting, letters: Iterable[tuple[Person, Note, str]], now: datetime) -> None:
    """The same for many, each with a note and a key of their own."""
    notices.to_people(session, letters, now, expires_at=meeting.starts_at)


def invitation(house: House, meeting: Meeting, person: Person, now: datetime) -> Note:
    """The invitation with all that is known, the answers and the entry for the reader's calendar."""
    language = person.language
    return Note(
        title=say(language, "member-invite-title", title=meeting.title, day=meetings.day(language, house, meeting)),
        lines=(meetings.details(language, house, meeting), *meetings.agenda(language, meeting)),
        actions=answers(language, meeting),
        closing=_how_to_answer(language, house, meeting, now),
        matter=Matter("meeting", meeting.id or 0),
        language=language,
        thread=meetings.thread(meeting),
        series="einladung",
        calendar=meetings.calendar(language, house, meeting),
    )


def answers(language: str, meeting: Meeting, without: Answer | None = None) -> tuple[Action, ...]:
    """ZUSAGE, ABSAGE, VIELLEICHT, for the meeting as it is planned now."""
    return tuple(
        Action(
            say(language, f"member-attend-button-{answer.value}"),
            Attend(answer.value, meeting.id or 0, meeting.starts_at),
            say(language, f"word-attend-{answer.value}"),
        )
        for answer in (Answer.YES, Answer.NO, Answer.MAYBE)
        if answer != without
    )


def _how_to_answer(language: str, house: House, meeting: Meeting, now: datetime) -> tuple[str, ...]:
    """Until when, and that somebody else may come."""
    closes_at = timetable.step_at("close", meeting.kind, meeting.starts_at, house.zone)
    by_when = (say(language, "member-invite-until", until=_local_day(language, house, closes_at)),)
    more = (say(language, f"member-invite-{what}") for what in ("deputy", "needs"))
    return (*(by_when if now < closes_at else ()), *more)


def _local_day(language: str, house: House, moment: datetime) -> str:
    return texts.day(language, moment.astimezone(house.zone).date())


# Changing -------------------------------------------------------------------------------------------------------------


def tell_changes(session: Session, house: House, meeting: Meeting, history: Mapping[int, Facts], now: datetime) -> int:
    """Tell everyone invited what is different from what they know; returns how many get a letter.

    ``history`` holds, for each earlier sequence of the meeting, what it was then. What is still waiting to be sent is
    replaced, so that several changes in quick succession are one letter.
    """
    outbox.drop(session, f"eve:{meeting.id}:")
    pending, said = _pending(session, meeting), answered(session, meeting)
    letters: list[tuple[Person, Note, str]] = []
    for person in invited(session, meeting):
        row = pending.get(person.id or 0)
        if row and row.dedupe_key.startswith("invite:"):
            row.note = pack(replace(invitation(house, meeting, person, now), language=person.language))
            continue
        known = _base(row) if row else meeting.sequence - 1
        if row:
            row.state = Sending.DROPPED
            if again := _answer_again(meeting, person, history[known], said, now):
                session.add(again)
                said[again.person_id] = again.answer
        letters += _change(house, meeting, person, (known, history[known]), said)
    send_all(session, meeting, letters, now)
    return len(letters)


def _answer_again(
    meeting: Meeting, person: Person, known: Facts, answers_: Mapping[int, Answer], now: datetime
) -> Attendance | None:
    """Who never heard that the meeting was moved away and back is not asked anew: what they said holds again."""
    assert meeting.id is not None
    assert person.id is not None
    said = known["answers"].get(str(person.id))
    if said is None or is_moved(known, facts(meeting)) or person.id in answers_:
        return None
    return Attendance(meeting_id=meeting.id, person_id=person.id, answer=Answer(said[0]), deputy=said[1], at=now)


def _pending(session: Session, meeting: Meeting) -> dict[int, OutboxRow]:
    """What waits to be sent about the meeting, by the id of the person."""
    rows = (*outbox.rows(session, f"invite:{meeting.id}:"), *outbox.rows(session, f"change:{meeting.id}:"))
    return {row.person_id or 0: row for row in rows if row.state in outbox.RESTING}


def _base(row: OutboxRow) -> int:
    """The sequence that its reader knows, as the key of a letter about a change says."""
    return int(row.dedupe_key.split(":")[2].partition("-")[0])


def _change(
    house: House, meeting: Meeting, person: Person, known: tuple[int, Facts], said: Mapping[int, Answer]
) -> Iterator[tuple[Person, Note, str]]:
    """One person's letter; none when all is again as they know it."""
    base, before = known
    lines = differences(person.language, house, before, facts(meeting))
    if lines:
        key = f"change:{meeting.id}:{base}-{meeting.sequence}:{person.id}"
        answer = said.get(person.id or 0)
        asked = "moved" if is_moved(before, facts(meeting)) else "silent" if answer is None else "holds"
        yield person, _change_note(house, meeting, person, lines, asked), key


def _change_note(house: House, meeting: Meeting, person: Person, lines: tuple[str, ...], asked: str) -> Note:
    """What is different, and all that holds now. ``asked``: "moved" or "silent", or "holds" for what was answered."""
    language = person.language
    day = meetings.day(language, house, meeting)
    return Note(
        title=say(language, "member-meeting-changed-title", title=meeting.title, day=day),
        lines=(*lines, say(language, f"member-meeting-{asked}")),
        actions=answers(language, meeting) if asked != "holds" else (),
        closing=(meetings.details(language, house, meeting), *meetings.agenda(language, meeting)),
        matter=Matter("meeting", meeting.id or 0),
        language=language,
        thread=meetings.thread(meeting),
        series="einladung",
        calendar=meetings.calendar(language, house, meeting),
    )


def facts(meeting: Meeting) -> dict[str, Any]:
    """What calendars and people have to hear of when it changes."""
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat() if meeting.ends_at else "",
        "place": meeting.place,
        "link": meeting.link,
    }


def is_moved(before: Facts, after: Facts) -> bool:
    """Whether day or beginning changed, so that who had answered has to be asked again."""
    return datetime.fromisoformat(before["starts_at"]) != datetime.fromisoformat(after["starts_at"])


def differences(language: str, house: House, before: Facts, after: Facts) -> tuple[str, ...]:
    """»Ort: Rathaus → Rathaus, Saal 2«, a line for each thing that is different."""
    shown = [_shown(language, house, one) for one in (before, after)]
    nothing = say(language, "all-meeting-nothing")
    return tuple(
        say(language, f"all-meeting-changed-{what}", old=old or nothing, new=shown[1][what] or nothing)
        for what, old in shown[0].items()
        if old != shown[1][what]
    )


def _shown(language: str, house: House, meeting: Facts) -> dict[str, str]:
    ends_at = datetime.fromisoformat(meeting["ends_at"]) if meeting["ends_at"] else None
    when = meetings.when(language, house, datetime.fromisoformat(meeting["starts_at"]), ends_at)
    return {"when": when, "title": meeting["title"], "place": meeting["place"], "link": meeting["link"]}


# Cancelling -----------------------------------------------------------------------------------------------------------


def cancel(session: Session, house: House, meeting: Meeting, now: datetime) -> int:
    """Drop what waits and tell everyone who knows of the meeting; returns how many get a letter."""
    for kind in ("nudge", "dossier", "invite", "change", "deputy", "eve", "close"):
        outbox.drop(session, f"{kind}:{meeting.id}:")
    people = who_know(session, meeting)
    letters = ((person, _cancel_note(house, meeting, person), f"cancel:{meeting.id}:{person.id}") for person in people)
    send_all(session, meeting, letters, now)
    return len(people)


def who_know(session: Session, meeting: Meeting) -> list[Person]:
    """Everyone who got a letter because of the meeting, or said whether they come."""
    letters = [row for kind in ("invite", "nudge") for row in outbox.rows(session, f"{kind}:{meeting.id}:")]
    known = {row.person_id for row in letters if row.state != Sending.DROPPED}
    known |= set(answered(session, meeting))
    return [person for person in notices.everyone(session) if person.id in known]


def _cancel_note(house: House, meeting: Meeting, person: Person) -> Note:
    language = person.language
    reason = (say(language, "member-cancelled-why", why=meeting.cancel_reason),) if meeting.cancel_reason else ()
    return Note(
        title=say(language, "member-cancelled-title", title=meeting.title, day=meetings.day(language, house, meeting)),
        lines=(say(language, "member-cancelled-line", title=meeting.title), *reason),
        matter=Matter("meeting", meeting.id or 0),
        language=language,
        thread=meetings.thread(meeting),
        series="einladung",
        calendar=meetings.calendar(language, house, meeting, "CANCEL") if meeting.invited_at else None,
    )


# Reminding ------------------------------------------------------------------------------------------------------------


def remind(session: Session, house: House, meeting: Meeting, now: datetime) -> None:
    """The reminder with the agenda, to those invited who have not declined and are neither paused nor away."""
    said, waiting = answered(session, meeting), _pending(session, meeting)
    key = f"eve:{meeting.id}:{local_date(house, meeting)}"
    letters = (
        (person, _reminder(house, meeting, person, answer), f"{key}:{person.id}")
        for person in invited(session, meeting)
        if (answer := said.get(person.id or 0)) != Answer.NO
        and person.id not in waiting
        and not _is_silent(house, person, now)
    )
    send_all(session, meeting, letters, now)


def _is_silent(house: House, person: Person, now: datetime) -> bool:
    until = rounds.silent_until(person)
    return until is not None and now.astimezone(house.zone).date() <= until


def _reminder(house: House, meeting: Meeting, person: Person, answer: Answer | None) -> Note:
    language = person.language
    line = say(language, f"member-eve-{answer.value}" if answer else "member-meeting-silent")
    return Note(
        title=say(language, "member-eve-title", title=meeting.title, day=meetings.day(language, house, meeting)),
        lines=(meetings.details(language, house, meeting, with_map=True), *meetings.agenda(language, meeting), line),
        actions=answers(language, meeting, without=answer),
        matter=Matter("meeting", meeting.id or 0),
        language=language,
        thread=meetings.thread(meeting),
        series="einladung",
    )


def local_date(house: House, meeting: Meeting) -> str:
    """The meeting's local day, as an ISO date."""
    return meeting.starts_at.astimezone(house.zone).date().isoformat()


# Who has got or said what ---------------------------------------------------------------------------------------------


def invited(session: Session, meeting: Meeting) -> list[Person]:
    """Everyone still with us who was invited, or whose invitation waits to be sent."""
    keys = outbox.keys(session, f"invite:{meeting.id}:")
    return [person for person in notices.everyone(session) if f"invite:{meeting.id}:{person.id}" in keys]


def answered(session: Session, meeting: Meeting) -> dict[int, Answer]:
    """What each person said, by their id."""
    return {row.person_id: row.answer for row in attendances(session, meeting)}


def attendances(session: Session, meeting: Meeting) -> Iterable[Attendance]:
    """The answers to a meeting."""
    statement = select(Attendance).where(Attendance.meeting_id == meeting.id).order_by(col(Attendance.person_id))
    return list(session.exec(statement))
