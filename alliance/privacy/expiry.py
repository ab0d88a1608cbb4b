"""What retention looks for in each table, and how it is forgotten; :mod:`alliance.privacy.retention` says when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, cast, not_, text, update
from sqlmodel import Session, col, delete, func, or_, select

from alliance import joining
from alliance.house import House
from alliance.notes import Note
from alliance.packing import pack
from alliance.privacy import erasure
from alliance.speakers import TOKEN_LIFETIME
from store import outbox as outgoing
from store.inbox import OPEN as UNANSWERED
from store.tables import (
    Address,
    Attendance,
    Bounce,
    Case,
    Consent,
    Deed,
    InboxRow,
    JoinRequest,
    Keyboard,
    Meeting,
    OutboxRow,
    Paper,
    Person,
    PersonalRequest,
    Poll,
    Received,
    RequestState,
    Sending,
    Talk,
    Upload,
)

# The ids of rows counted from before a moment, each with that moment
Due = Callable[[Session, datetime], Select[Any]]
Forget = Callable[[Session, House, Sequence[Any], datetime], None]

GONE = "-"  # stands for a forgotten address; no letter comes from there
MY_DATA = "application/json"  # what MEINEDATEN brings
# and parameters
SPREADSHEETS = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", MY_DATA)

# Literal words on purpose: with bound parameters SQLite would not use the partial indexes
_RAW_KEPT = text("length(inbox.raw) > 0")
_TOKEN_KEPT = text("substr(outbox.token, 1, 1) <> '-'")
_NEEDS_KEPT = text("attendances.needs <> ''")
_NEEDS_NOTED = text("history.what in ('note-needs', 'ask-needs')")
_WITH_NOTE = '"is": "NoteNeeds", "text": "'  # as it is packed; with one more quote it takes a note back
_CLOSED = col(InboxRow.state).not_in([Received.NEW, Received.ACTED])
_OVER = col(OutboxRow.state).not_in([Sending.QUEUED, Sending.IN_FLIGHT])
_MEETING_AT = func.coalesce(Meeting.cancelled_at, Meeting.starts_at)
_DECIDED = func.coalesce(JoinRequest.decided_at, JoinRequest.made_at)


def _rows(identity: Any, since: Any) -> Select[Any]:
    return select(identity, since)


# Notes on food and access ---------------------------------------------------------------------------------------------


def needs(_session: Session, before: datetime) -> Select[Any]:
    """Notes to meetings that were held, or cancelled, before then."""
    statement = _rows(Attendance.id, _MEETING_AT).join(Meeting)
    return statement.where(_NEEDS_KEPT, before > _MEETING_AT).order_by(col(Attendance.id))


def blank_needs(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    session.execute(update(Attendance).where(col(Attendance.id).in_(ids)).values(needs=""))
    copies = delete(Paper).where(col(Paper.media_type) == MY_DATA, col(Paper.id).not_in(_awaited(session)))
    session.execute(copies)  # such a file tells the notes, too; who asks again gets a new one


def letters_with_needs(_session: Session, before: datetime) -> Select[Any]:
    """What came in with such a note, also with one that was taken back or replaced since."""
    statement = _rows(InboxRow.id, _MEETING_AT).join(Deed, col(Deed.inbox_id) == InboxRow.id)
    statement = statement.join(Meeting, col(Deed.details)["meeting"].as_integer() == Meeting.id)
    return statement.where(_NEEDS_NOTED, _RAW_KEPT, _CLOSED, before > _MEETING_AT).distinct()


def questions_with_needs(_session: Session, before: datetime) -> Select[Any]:
    """Letters that asked whether such a note is really theirs, and lists with notes that could not be sent."""
    said = cast(OutboxRow.note, String)
    asking = and_(said.contains(_WITH_NOTE), not_(said.contains(f'{_WITH_NOTE}"')))
    unsent = and_(
        col(OutboxRow.state).in_([Sending.FAILED, Sending.DROPPED, Sending.HELD]), said.contains('"private": true')
    )
    statement = _rows(OutboxRow.id, OutboxRow.made_at).where(_TOKEN_KEPT, _OVER, col(OutboxRow.made_at) < before)
    return statement.where(or_(asking, unsent)).order_by(col(OutboxRow.made_at))


# What came in ---------------------------------------------------------------------------------------------------------


def inbox(_session: Session, before: datetime) -> Select[Any]:
    """Letters and updates that are dealt with. What still waits is not forgotten, however long we were away."""
    statement = _rows(InboxRow.id, InboxRow.received_at).where(_RAW_KEPT, _CLOSED, col(InboxRow.received_at) < before)
    return statement.order_by(col(InboxRow.received_at))


def quarantine(session: Session, before: datetime) -> Select[Any]:
    """Those on which we failed."""
    return inbox(session, before).where(col(InboxRow.state) == Received.QUARANTINED)


def blank_inbox(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    """Only what recognises the same letter stays, so that nothing is heard twice.

    If it held a note on food or access, the case that repeats it is blanked, too.
    """
    session.execute(update(InboxRow).where(col(InboxRow.id).in_(ids)).values(raw=b"", sender="", answer=None))
    noted = select(Deed.inbox_id).where(_NEEDS_NOTED, col(Deed.inbox_id).in_(ids))
    session.execute(update(Case).where(col(Case.inbox_id).in_(noted)).values(text=""))


# What went out --------------------------------------------------------------------------------------------------------


def outbox(_session: Session, before: datetime) -> Select[Any]:
    """What was sent, failed or dropped and still holds words and an address."""
    ended = func.coalesce(OutboxRow.sent_at, OutboxRow.made_at)
    statement = _rows(OutboxRow.id, ended).where(_TOKEN_KEPT, _OVER, col(OutboxRow.to) != GONE)
    return statement.where(col(OutboxRow.made_at) < before, ended < before).order_by(col(OutboxRow.made_at))


def replies(session: Session, before: datetime) -> Select[Any]:
    """What no reply can be placed by any more: the tokens are too old, and the meeting has begun."""
    statement = _rows(OutboxRow.id, OutboxRow.made_at).where(_TOKEN_KEPT, _OVER, col(OutboxRow.made_at) < before)
    coming = session.exec(select(Meeting.id).where(Meeting.starts_at > before + TOKEN_LIFETIME)).all()
    if coming:
        matter = col(OutboxRow.note)["matter"]
        kind, number = matter["kind"].as_string(), matter["id"].as_integer()
        statement = statement.where(or_(func.coalesce(kind, "") != "meeting", number.not_in(coming)))
    return statement.order_by(col(OutboxRow.made_at))


def trim_outbox(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    """Only what a reply needs stays: the matter, what the reply words mean, and whose calendar entry it was."""
    for row in session.exec(select(OutboxRow).where(col(OutboxRow.id).in_(ids))):
        row.note = trimmed(row.note)
        _forget_way(row)


def blank_outbox(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    """Only the key stays that keeps the same from being sent twice."""
    for row in session.exec(select(OutboxRow).where(col(OutboxRow.id).in_(ids))):
        row.note, row.token = pack(Note("")), f"{GONE}{row.id}"
        _forget_way(row)


def _forget_way(row: OutboxRow) -> None:
    row.to, row.in_reply_to, row.error = GONE, "", ""
    if "@" in row.dedupe_key:  # these count what happens within a day
        row.dedupe_key = f"{GONE}{row.id}"


def trimmed(note: dict[str, Any]) -> dict[str, Any]:
    """A packed note without its words: matter, actions with intent and word, and the calendar entry's uid."""
    kept: dict[str, Any] = {name: note[name] for name in ("is", "matter", "language") if name in note}
    items = [{"is": "Item", "title": "", **acts} for item in note.get("items", []) if (acts := _actions(item))]
    entry = note.get("calendar")
    calendar = {"calendar": {**entry, "title": "", "place": "", "link": "", "text": ""}} if entry else {}
    return {**kept, "title": "", **_actions(note), **({"items": items} if items else {}), **calendar}


def _actions(part: dict[str, Any]) -> dict[str, Any]:
    kept = [{**action, "label": ""} for action in part.get("actions", []) if action.get("intent")]
    return {"actions": [{name: said for name, said in one.items() if name != "link"} for one in kept]} if kept else {}


# Requests to join -----------------------------------------------------------------------------------------------------


def unproved(_session: Session, before: datetime) -> Select[Any]:
    """Those that nobody carried on: the address is not proved, or what is agreed to or for whom is not said."""
    return _requests(JoinRequest.made_at, before, *joining.FORGOTTEN)


def waiting(_session: Session, before: datetime) -> Select[Any]:
    """Those on which the office said neither JA nor NEIN."""
    return _requests(JoinRequest.made_at, before, RequestState.PENDING)


def declined(_session: Session, before: datetime) -> Select[Any]:
    return _requests(_DECIDED, before, RequestState.DECLINED)


def admitted(_session: Session, before: datetime) -> Select[Any]:
    """Those that became a member, a chat or an address, which are kept as such."""
    return _requests(_DECIDED, before, RequestState.APPROVED).where(col(JoinRequest.email).not_in([GONE, ""]))


def _requests(since: Any, before: datetime, *states: RequestState) -> Select[Any]:
    statement = _rows(JoinRequest.id, since).where(col(JoinRequest.state).in_(states), since < before)
    return statement.order_by(col(JoinRequest.id))


def delete_requests(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    """With what was agreed to on the way, which nobody needs to prove where nothing came of it."""
    _delete_consents(session, ids)
    session.execute(delete(JoinRequest).where(col(JoinRequest.id).in_(ids)))


def blank_requests(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    """What was agreed to is the member's own since."""
    _delete_consents(session, ids)
    blank = {"name": "", "company": "", "email": GONE, "chat_id": None, "code_hash": ""}
    session.execute(update(JoinRequest).where(col(JoinRequest.id).in_(ids)).values(**blank))


def _delete_consents(session: Session, requests: Sequence[Any]) -> None:
    session.execute(delete(Consent).where(col(Consent.request_id).in_(requests), col(Consent.person_id).is_(None)))


# Words for the office -------------------------------------------------------------------------------------------------


def answered_cases(_session: Session, before: datetime) -> Select[Any]:
    return _rows(Case.id, Case.answered_at).where(col(Case.answered_at) < before).order_by(col(Case.id))


def open_cases(_session: Session, before: datetime) -> Select[Any]:
    """Those the office never answered here."""
    statement = _rows(Case.id, Case.made_at).where(col(Case.answered_at).is_(None), col(Case.made_at) < before)
    return statement.order_by(col(Case.id))


def delete_cases(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(Case).where(col(Case.id).in_(ids)))


def asked(_session: Session, before: datetime) -> Select[Any]:
    """Answered wishes about one's own data."""
    statement = _rows(PersonalRequest.id, PersonalRequest.answered_at).where(
        col(PersonalRequest.answered_at) < before, or_(PersonalRequest.email != "", PersonalRequest.text != "")
    )
    return statement.order_by(col(PersonalRequest.id))


def blank_asked(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    """That there was one and when it was answered stays."""
    session.execute(update(PersonalRequest).where(col(PersonalRequest.id).in_(ids)).values(email="", text=""))


# Chats ----------------------------------------------------------------------------------------------------------------


def keyboards(_session: Session, before: datetime) -> Select[Any]:
    """Buttons that are too old to be pressed. No index: one more for every tap would cost more than one look a day."""
    return _rows(Keyboard.id, Keyboard.expires_at).where(col(Keyboard.expires_at) < before)


def delete_keyboards(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(Keyboard).where(col(Keyboard.id).in_(ids)))


def talks(_session: Session, before: datetime) -> Select[Any]:
    """Questions that are no longer waited for, and tries that are no longer counted."""
    tried = func.coalesce(Talk.tries_until, Talk.expires_at)
    return _rows(Talk.chat_id, Talk.expires_at).where(col(Talk.expires_at) < before, tried < before)


def delete_talks(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(Talk).where(col(Talk.chat_id).in_(ids)))


# Files ----------------------------------------------------------------------------------------------------------------


def uploads(_session: Session, before: datetime) -> Select[Any]:
    """Spreadsheets that were sent in; an import can be taken back without them."""
    return _rows(Upload.id, Upload.at).where(col(Upload.at) < before).order_by(col(Upload.id))


def delete_uploads(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(Upload).where(col(Upload.id).in_(ids)))


def papers(session: Session, before: datetime) -> Select[Any]:
    """Stored papers nobody waits for; who asks for one later gets it made anew."""
    statement = _rows(Paper.id, Paper.made_at).where(col(Paper.made_at) < before)
    return statement.where(col(Paper.id).not_in(_awaited(session))).order_by(col(Paper.id))


def spreadsheets(session: Session, before: datetime) -> Select[Any]:
    """Exports and other tables, which may list people."""
    return papers(session, before).where(or_(*map(col(Paper.media_type).startswith, SPREADSHEETS)))


def _awaited(session: Session) -> set[int]:
    """The papers of letters and answers still on their way, and the pictures of polls, which are shown again."""
    going: list[Any] = [*session.exec(select(OutboxRow.note).where(outgoing.OPEN))]
    going += session.exec(select(InboxRow.answer).where(UNANSWERED, col(InboxRow.state) == Received.ACTED))
    found = {int(number) for note in going if note for number in note.get("papers", [])}
    tallies = session.exec(select(Poll.tally).where(col(Poll.tally).is_not(None)))
    return found | {int(number) for tally in tallies for number in ((tally or {}).get("pictures") or {}).values()}


def delete_papers(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(Paper).where(col(Paper.id).in_(ids)))


# Addresses and people -------------------------------------------------------------------------------------------------


def bounces(_session: Session, before: datetime) -> Select[Any]:
    """Letters that came back; an address that was given up stays marked as such."""
    return _rows(Bounce.id, Bounce.at).where(col(Bounce.at) < before).order_by(col(Bounce.id))


def delete_bounces(session: Session, _house: House, ids: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(Bounce).where(col(Bounce.id).in_(ids)))


def former(_session: Session, before: datetime) -> Select[Any]:
    """Members who left, but for those who are about to come back."""
    asking = select(Address.person_id).join(JoinRequest, col(JoinRequest.email) == Address.email)
    asking = asking.where(col(JoinRequest.state).in_([RequestState.NAMELESS, RequestState.PENDING]))
    statement = _rows(Person.id, Person.left_at).where(col(Person.left_at) < before, col(Person.erased_at).is_(None))
    return statement.where(col(Person.id).not_in(asking)).order_by(col(Person.id))


def erase(session: Session, house: House, ids: Sequence[Any], now: datetime) -> None:
    for person in session.exec(select(Person).where(col(Person.id).in_(ids))):
        erasure.erase(session, house, person, now)
