"""Who comes to a meeting: ZUSAGE, ABSAGE, VIELLEICHT, and the answers that calendars send."""

from __future__ import annotations

from sqlmodel import Session, col, select

from alliance import history, meetings
from alliance.errors import Expired, NotFound
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Attend, Matter
from alliance.notes import Action, Note
from store.tables import Answer, Attendance, Meeting
from texts import say

# iMIP's words for it (RFC 5545, 3.2.12); whoever sends a deputy does not come
CALENDAR_WORDS = {
    "ACCEPTED": Answer.YES,
    "DECLINED": Answer.NO,
    "TENTATIVE": Answer.MAYBE,
    "DELEGATED": Answer.NO,
}


def attend(hearing: Hearing, intent: Attend) -> Note:
    """Note whether the speaker comes; the latest word counts. Raises NotFound or Expired."""
    meeting = _meeting(hearing, intent.meeting)
    answer = Answer(intent.answer)
    _remember(hearing, meeting, answer)
    history.write(hearing, "attend", {"meeting": meeting.id, "answer": answer.value})
    return _receipt(hearing.language, hearing.house, meeting, answer)


def meeting_of(uid: str, domain: str) -> int:
    """The meeting that a calendar entry of ours is about; 0 if it is none of ours."""
    name, _, host = uid.strip().lower().partition("@")
    kind, _, number = name.partition("-")
    return int(number) if kind == "sitzung" and host == domain.lower() and number.isascii() and number.isdigit() else 0


def answers(session: Session, meeting_id: int) -> dict[int, Answer]:
    """What each person said, by their id."""
    statement = select(Attendance).where(Attendance.meeting_id == meeting_id)
    return {row.person_id: row.answer for row in session.exec(statement.order_by(col(Attendance.person_id)))}


def _meeting(hearing: Hearing, meeting_id: int) -> Meeting:
    """The one that is meant: named, being talked about, or the next one."""
    wanted = meeting_id or (hearing.matter.id if hearing.matter.kind in {"meeting", "round"} else 0)
    if not wanted:
        coming = meetings.upcoming(hearing.session, hearing.at)
        if not coming:
            raise NotFound("refusal-no-meeting")
        return coming[0]
    meeting = hearing.session.get(Meeting, wanted)
    if meeting is None:
        raise NotFound("refusal-no-meeting")
    if meeting.starts_at <= hearing.at:
        raise Expired("refusal-meeting-over", title=meeting.title)
    return meeting


def _remember(hearing: Hearing, meeting: Meeting, answer: Answer) -> None:
    assert meeting.id is not None
    statement = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.person_id == hearing.member_id)
    found = hearing.session.exec(statement).first()
    row = found or Attendance(meeting_id=meeting.id, person_id=hearing.member_id, answer=answer, at=hearing.at)
    row.answer, row.at = answer, hearing.at
    hearing.session.add(row)


def _receipt(language: str, house: House, meeting: Meeting, answer: Answer) -> Note:
    others = tuple(
        Action(
            say(language, f"member-attend-button-{other.value}"),
            Attend(other.value, meeting.id or 0),
            say(language, f"word-attend-{other.value}"),
        )
        for other in Answer
        if other != answer
    )
    title = say(language, f"member-attend-title-{answer.value}")
    lines = (meetings.meeting_line(language, house, meeting),)
    return Note(title, lines, actions=others, matter=Matter("meeting", meeting.id or 0), toast=title)
