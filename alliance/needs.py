"""HINWEIS: notes on food and access at a meeting; for the office alone, and forgotten two weeks after it."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from sqlmodel import Session, col, select, update

import texts
from alliance import attendance, history, invitations, meetings, notices
from alliance.errors import Expired, Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import Matter, NoteNeeds
from alliance.notes import Action, Note
from alliance.words.needs_words import LONGEST
from store.tables import Answer, Attendance, Deed, InboxRow, Meeting, Person, Received
from texts import say

KEPT = timedelta(days=14)  # after the meeting
NOTED, ASKED = "note-needs", "ask-needs"  # in the history; retention finds by both what came in with the words


def note(hearing: Hearing, intent: NoteNeeds) -> Note:
    """Note it, replace it or take it back; nobody comes who has not said so. Raises NotFound, Expired or Invalid."""
    meeting = meetings.meant(hearing, intent.meeting)
    if len(intent.text) > LONGEST:
        raise Invalid("refusal-needs-long", limit=str(LONGEST))
    if intent.answer:
        attendance.remember(hearing, meeting, Answer(intent.answer), attendance.NO_DEPUTY)
    row = _answered(hearing, meeting)
    if not intent.text:
        return _taken_back(hearing, meeting, row)
    if row is None or row.answer == Answer.NO:
        return _come_first(hearing, meeting)
    row.needs = intent.text
    deed = history.write(hearing, NOTED, {"meeting": meeting.id})
    if meeting.registration_closed_at is not None:
        _tell_office(hearing, meeting, deed, "late")
    return _receipt(hearing, meeting, row)


def asked(hearing: Hearing, intent: NoteNeeds) -> None:
    """Somebody must first prove that the note is theirs; what they wrote is forgotten in time all the same."""
    with suppress(NotFound, Expired):
        history.write(hearing, ASKED, {"meeting": meetings.meant(hearing, intent.meeting).id})


def _come_first(hearing: Hearing, meeting: Meeting) -> Note:
    """Nobody comes by a note alone. A note, not a refusal, so that its line in the history stays."""
    history.write(hearing, ASKED, {"meeting": meeting.id})
    language = hearing.language
    return Note(
        say(language, "all-refusal-title"),
        (say(language, "member-needs-first", title=meeting.title),),
        actions=invitations.answers(language, meeting),
        matter=Matter("meeting", meeting.id or 0),
        futile=True,
    )


def _answered(hearing: Hearing, meeting: Meeting) -> Attendance | None:
    statement = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.person_id == hearing.member_id)
    return hearing.session.exec(statement).first()


def _receipt(hearing: Hearing, meeting: Meeting, row: Attendance) -> Note:
    """Says it back once, who sees it and for how long; the words are not kept with the letter."""
    language, house = hearing.language, hearing.house
    until = (meeting.starts_at + KEPT).astimezone(house.zone).date()
    drop = Action(
        say(language, "member-needs-button-drop"), NoteNeeds("", meeting.id or 0), say(language, "word-needs-drop")
    )
    return Note(
        say(language, f"member-needs-title-{row.answer.value}"),
        (
            say(language, "member-needs-line", text=row.needs),
            meetings.meeting_line(language, house, meeting),
            say(language, "member-needs-who", until=texts.day(language, until)),
        ),
        actions=(drop,),
        matter=Matter("meeting", meeting.id or 0),
        toast=say(language, f"member-needs-title-{row.answer.value}"),
        private=True,
    )


def _taken_back(hearing: Hearing, meeting: Meeting, row: Attendance | None) -> Note:
    noted = row is not None and row.needs != ""
    if row is not None:
        row.needs = ""
    forget_letters(hearing.session, hearing.member_id, meeting.id or 0)
    deed = history.write(hearing, "drop-needs", {"meeting": meeting.id})
    if noted:  # the office may have read it in its list
        _tell_office(hearing, meeting, deed, "dropped")
    title = say(hearing.language, "member-needs-dropped-title")
    return Note(title, (say(hearing.language, "member-needs-dropped-line"),), toast=title)


def forget_letters(session: Session, person_id: int, meeting_id: int) -> None:
    """Blank the letters and messages that brought somebody's notes to a meeting."""
    noted = select(Deed.inbox_id).where(
        col(Deed.what).in_([NOTED, ASKED]),
        Deed.actor_id == person_id,
        col(Deed.details)["meeting"].as_integer() == meeting_id,
    )
    closed = col(InboxRow.state).not_in([Received.NEW, Received.ACTED])
    session.execute(update(InboxRow).where(col(InboxRow.id).in_(noted), closed).values(raw=b"", answer=None))


def _tell_office(hearing: Hearing, meeting: Meeting, deed: Deed, kind: str) -> None:
    """A "late" note is not in the list that the office has, a "dropped" one may be; its words are in no letter."""

    def told(reader: Person) -> Note:
        language = reader.language
        title = say(language, f"office-needs-{kind}-title", name=hearing.member.name, title=meeting.title)
        line = say(language, f"office-needs-{kind}-line")
        return Note(title, (line,), matter=Matter("meeting", meeting.id or 0), thread=meetings.thread(meeting))

    notices.to_office(hearing.session, told, f"needs:{meeting.id}:{deed.id}", hearing.at)
