"""Requests of people who use their rights: kept, answered within a month, and not forgotten by the office."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

import texts
from alliance import history, notices, workdays
from alliance.errors import Expired, NotFound
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import AnswerPersonalRequest, CorrectPerson, Matter, ShowPersonalRequests
from alliance.notes import Action, Item, Note
from alliance.privacy.subjects import Subject
from alliance.words.person_words import corrections
from store import outbox
from store.tables import Address, Person, PersonalRequest
from texts import say

REMINDERS = {"week": timedelta(days=7), "day": timedelta(days=1), "over": timedelta()}  # before it is due
SHOWN = 600  # characters of a wish in the office's list
REASON_LENGTH = 1_000  # characters


def due_of(made: datetime, house: House) -> datetime:
    """The end of the day a month later (Art. 12(3) GDPR; Regulation 1182/71, Art. 3), or of that month's last day."""
    day = made.astimezone(house.zone).date()
    year, month = divmod(day.year * 12 + day.month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return workdays.at(date(year, month + 1, min(day.day, last)), time(23, 59), house.zone)


def record(hearing: Hearing, subject: Subject, kind: str, text: str = "", *, answered: bool = True) -> PersonalRequest:
    """Write down that somebody uses a right; what the assistant does itself is answered in the same moment."""
    by_mail = not subject.person and not hearing.in_chat
    request = PersonalRequest(
        person_id=subject.person or None,
        email=hearing.voice.email if by_mail else "",
        kind=kind,
        text=text,
        made_at=hearing.at,
        due_at=due_of(hearing.at, hearing.house),
        answered_at=hearing.at if answered else None,
        outcome="assistant" if answered else "",
        inbox_id=hearing.voice.inbox_id,
    )
    hearing.session.add(request)
    hearing.session.flush()
    history.write(hearing, f"personal-{kind}", {"request": request.id})
    return request


# What the office sees and says ---------------------------------------------------------------------------------------


def show(hearing: Hearing, _intent: ShowPersonalRequests) -> Note:
    """The open requests, the most urgent first, with the days that are left."""
    language = hearing.language
    rows = _open(hearing.session)
    title = say(language, "office-privacy-requests-title", count=len(rows))
    items = tuple(_item(hearing, row) for row in rows)
    lines = (say(language, "office-privacy-requests-line" if rows else "office-privacy-requests-none"),)
    names = tuple(value for row in rows for _, value in corrections(row.text))
    return Note(title, lines, items, names=names)


def _item(hearing: Hearing, row: PersonalRequest) -> Item:
    language = hearing.language
    lines = (who(hearing.session, language, row), *_shortened(row.text).split("\n"), _left(hearing, row))
    return Item(heading(language, row), tuple(line for line in lines if line), actions=tuple(_numbered(language, row)))


def heading(language: str, row: PersonalRequest) -> str:
    """»Anliegen 3: Berichtigung«."""
    return say(language, "office-privacy-request", number=row.id or 0, kind=say(language, f"privacy-kind-{row.kind}"))


def who(session: Session, language: str, row: PersonalRequest) -> str:
    """Whose request it is: name and address of a member, or the address of a stranger."""
    person = session.get(Person, row.person_id) if row.person_id else None
    if person is None or person.erased_at:
        return row.email or say(language, "office-case-somebody")
    company = notices.company_of(session, person).name
    return say(language, "office-privacy-request-by", name=person.name, company=company)


def _left(hearing: Hearing, row: PersonalRequest) -> str:
    due = row.due_at.astimezone(hearing.house.zone).date()
    days = (due - hearing.today).days
    key = "office-privacy-request-left" if days >= 0 else "office-privacy-request-over"
    return say(hearing.language, key, day=texts.short_day(hearing.language, due), days=abs(days))


def actions(language: str, row: PersonalRequest, fix: CorrectPerson | None = None) -> Iterator[Action]:
    """JA does what was asked for, or says that it is done; NEIN asks for the reason."""
    number = row.id or 0
    label = "fix" if fix else "done"
    yes: CorrectPerson | AnswerPersonalRequest = fix or AnswerPersonalRequest(number, done=True)
    yield Action(say(language, f"office-privacy-button-{label}"), yes, say(language, "word-yes"))
    no = AnswerPersonalRequest(number, done=False)
    yield Action(say(language, "office-privacy-button-refuse"), no, say(language, "word-no"))


def _numbered(language: str, row: PersonalRequest) -> Iterator[Action]:
    """The same among others, where a bare JA would not say which is meant."""
    for action, name in zip(actions(language, row), ("done", "refuse"), strict=True):
        word = say(language, f"office-privacy-word-{name}", number=str(row.id or 0))
        yield replace(action, word=word)


def answer(hearing: Hearing, intent: AnswerPersonalRequest) -> Note:
    """The office has dealt with a request, or refuses it with a reason; the person is told. Raises Refusal."""
    row = open_request(hearing, intent.request)
    language = hearing.language
    reason = intent.text.strip()[:REASON_LENGTH]
    if not intent.done and not reason:
        lines = (say(language, "office-privacy-reason-line"),)
        return Note(say(language, "office-privacy-reason-title"), lines, matter=Matter("personal", row.id or 0))
    close(hearing, row, "done" if intent.done else "refused")
    tell(hearing, row, _answered_note(hearing, row, reason, done=intent.done))
    title = say(language, "office-privacy-answered-title", number=row.id or 0)
    return Note(title, (say(language, "office-privacy-answered-line"),))


def open_request(hearing: Hearing, number: int) -> PersonalRequest:
    """A request that still waits. Raises NotFound or Expired."""
    row = hearing.session.get(PersonalRequest, number, with_for_update=True)
    if row is None:
        raise NotFound("refusal-no-such-personal-request", number=number)
    if row.answered_at:
        raise Expired("refusal-personal-request-answered", number=number)
    return row


def close(hearing: Hearing, row: PersonalRequest, outcome: str) -> None:
    """Write down that and how a request was answered."""
    row.answered_at, row.outcome = hearing.at, outcome
    row.answered_by = hearing.person.id if hearing.person else None
    history.write(hearing, "answer-personal", {"request": row.id, "outcome": outcome})


def tell(hearing: Hearing, row: PersonalRequest, note: Note) -> None:
    """The answer goes to the member on their own way, to anybody else by mail."""
    person = hearing.session.get(Person, row.person_id) if row.person_id else None
    key = f"personal-answer:{row.id}"
    if person and person.left_at is None:
        notices.to_person(hearing.session, person, note, key, hearing.at)
    elif email := row.email or _last_address(hearing.session, person):
        notices.to_address(hearing.session, email, note, key, hearing.at)


def _last_address(session: Session, person: Person | None) -> str:
    """One that was the person's own to the end: another member may have taken it over."""
    has_one = person and session.exec(select(Address.id).where(Address.person_id == person.id)).first()
    return notices.address_of(session, person) if person and has_one else ""


def _answered_note(hearing: Hearing, row: PersonalRequest, reason: str, *, done: bool) -> Note:
    person = hearing.session.get(Person, row.person_id) if row.person_id else None
    language = person.language if person else "de"
    if done:
        lines = [say(language, "member-privacy-done-line"), *reason.split("\n")]
    else:
        lines = [say(language, "member-privacy-refused-line"), *reason.split("\n")]
        lines.append(say(language, "member-privacy-complain"))
    quote = say(language, "all-answer-quote", text=_shortened(row.text)) if row.text else ""
    kind = "done" if done else "refused"
    title = say(language, f"member-privacy-{kind}-title")
    return Note(title, tuple(line for line in (*lines, quote) if line), language=language)


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"


# The clock ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reminder:
    """The office is to be told of one open request: "week" or "day" before it is due, or that it is "over"."""

    request: int
    kind: str


def due(session: Session, house: House, now: datetime) -> list[Reminder]:
    """The reminders that are due in office hours now and have not been sent; after downtime only the last one."""
    if not workdays.in_office_hours(now, house.zone):
        return []
    found = ((row, _latest(row, now)) for row in _open(session))
    return [
        Reminder(row.id or 0, kind) for row, kind in found if kind and not outbox.keys(session, _key(row.id or 0, kind))
    ]


def next_at(session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
    """When the next reminder comes."""
    coming = (row.due_at - before for row in _open(session) for before in REMINDERS.values())
    found = min((at for at in coming if at > now), default=None)
    return (workdays.next_office_hour(found, house.zone), "personal") if found else None


def carry_out(session: Session, house: House, step: Reminder, now: datetime) -> None:
    """Remind the office of one request."""
    row = session.get_one(PersonalRequest, step.request)

    def note_for(reader: Person) -> Note:
        hearing = notices.as_heard(session, house, reader, now)
        title = say(reader.language, f"office-privacy-remind-{step.kind}", number=row.id or 0)
        item = _item(hearing, row)
        return Note(title, item.lines, actions=tuple(actions(reader.language, row)))

    notices.to_office(session, note_for, _key(step.request, step.kind), now)


def _latest(row: PersonalRequest, now: datetime) -> str:
    """The last of the reminders whose time has come, "" before the first."""
    return next((kind for kind in ("over", "day", "week") if now >= row.due_at - REMINDERS[kind]), "")


def _key(request: int, kind: str) -> str:
    return f"personal-remind:{request}:{kind}"


def _open(session: Session) -> list[PersonalRequest]:
    statement = select(PersonalRequest).where(col(PersonalRequest.answered_at).is_(None))
    return list(session.exec(statement.order_by(col(PersonalRequest.due_at), col(PersonalRequest.id))))
