"""Minutes of a meeting: who writes them, asking for them, sending them to everybody once, correcting them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

import texts
from alliance import afterwards, companies, decisions, held, history, leads, notices, polls, rounds, workdays
from alliance.afterwards import Held, Reader, Step
from alliance.errors import Expired, Invalid, NotFound
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Matter, NameMinuteTaker, RecordMinutes, SendCorrection
from alliance.notes import Item, Note
from store import outbox
from store.tables import Deed, Meeting, Person, Role
from texts import say

SHOWN = 600  # characters of the minutes that the receipt repeats

# Who writes them ------------------------------------------------------------------------------------------------------


def name_taker(hearing: Hearing, intent: NameMinuteTaker) -> Note:
    """PROTOKOLLANT: who writes the minutes; they hear of it once, and so does whom they replace. Raises a Refusal."""
    meeting = held.to_be_minuted(hearing, intent.meeting)
    person = companies.taking_part(hearing.session, intent.email)
    language, house = hearing.language, hearing.house
    values = {"name": person.name, "meeting": held.name(language, house, meeting)}
    if meeting.minute_taker_id != person.id:
        former = held.minute_taker(hearing.session, meeting)
        meeting.minute_taker_id = person.id
        deed = history.write(hearing, "name-minute-taker", {"meeting": meeting.id, "person": person.id})
        _tell_taker(hearing, meeting, person, deed, "named")
        if former:
            _tell_taker(hearing, meeting, former, deed, "replaced")
    line = say(language, "office-taker-line")
    return Note(say(language, "office-taker-title", **values), (line,))


def _tell_taker(hearing: Hearing, meeting: Meeting, person: Person, deed: Deed, kind: str) -> None:
    if hearing.person and person.id == hearing.person.id:
        return  # the receipt says so
    language = person.language
    title = say(language, f"member-taker-{kind}-title", meeting=held.name(language, hearing.house, meeting))
    note = Note(title, (say(language, f"member-taker-{kind}-line"),), matter=_matter(meeting))
    due = workdays.next_office_hour(hearing.at, hearing.house.zone)
    notices.to_person(hearing.session, person, note, f"minute-taker:{deed.id}:{person.id}", due)


def _matter(meeting: Meeting) -> Matter:
    return Matter("minutes", meeting.id or 0)


# Recording them -------------------------------------------------------------------------------------------------------


def record(hearing: Hearing, intent: RecordMinutes) -> Note:
    """PROTOKOLL: keep the minutes with the decisions in them; the former text stays in the history. Raises Refusal.

    Once the minutes have been sent, a new text waits for the office's JA.
    """
    meeting = held.meeting(hearing, intent.meeting or _asked_about(hearing))
    text = intent.text.strip()
    if not text and not intent.decisions:
        raise Invalid("refusal-minutes-empty")
    made, amended = decisions.enter(hearing, meeting, intent.decisions, skip_known=True)
    details = {
        "meeting": meeting.id,
        "former": meeting.minutes,
        "text": text,
        "decisions": [decision.id for decision in made],
        "amended": amended,
    }
    deed = history.write(hearing, "record-minutes", details)
    was = bool(meeting.minutes) and text != meeting.minutes
    if text and meeting.minutes_at is None:
        meeting.minutes = text
    return decisions.with_what_follows(hearing, meeting, deed, _receipt(hearing, meeting, deed, replaces=was))


def _asked_about(hearing: Hearing) -> int:
    return hearing.matter.id if hearing.matter.kind == "minutes" else 0


def _receipt(hearing: Hearing, meeting: Meeting, deed: Deed, *, replaces: bool) -> Note:
    language, said = hearing.language, deed.details
    lines = [say(language, "office-minutes-replaced")] if replaces and meeting.minutes_at is None else []
    text = str(said["text"])
    lines += _paragraphs(text if len(text) <= SHOWN else f"{text[:SHOWN]} …")
    decided = decisions.lines(hearing.session, meeting, language, is_office=True)
    title = say(language, "office-minutes-title", meeting=held.name(language, hearing.house, meeting))
    return Note(
        title,
        tuple(lines),
        items=_decided(language, decided),
        actions=() if meeting.minutes_at else (decisions.take_back_action(language, deed),),
        toast=title,
    )


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG: the text before it holds again, and the decisions in it are no more. Raises Refusal."""
    meeting = hearing.session.get_one(Meeting, deed.details["meeting"])
    if meeting.minutes_at or _newer(hearing.session, meeting, deed, ("record-minutes",)):
        raise Invalid("refusal-minutes-gone" if meeting.minutes_at else "refusal-minutes-newer")
    decisions.undo(hearing, deed)
    meeting.minutes = deed.details["former"]
    language = hearing.language
    line = say(language, "office-minutes-undone" if meeting.minutes else "office-minutes-undone-none")
    return Note(say(language, "office-undone-title", meeting=held.name(language, hearing.house, meeting)), (line,))


def _newer(session: Session, meeting: Meeting, deed: Deed, kinds: tuple[str, ...]) -> bool:
    """Whether a deed of one of these kinds changed what this meeting's minutes say after this deed, and still holds."""
    statement = select(Deed).where(col(Deed.what).in_(kinds), col(Deed.id) > (deed.id or 0))
    undone = select(Deed).where(Deed.what == "undo", col(Deed.id) > (deed.id or 0))
    gone = {other.details.get("deed") for other in session.exec(undone)}
    return any(other.details["meeting"] == meeting.id and other.id not in gone for other in session.exec(statement))


# Sending them ---------------------------------------------------------------------------------------------------------


def send(session: Session, house: House, meeting_id: int, now: datetime) -> None:
    """Send the minutes to everybody; a second call does nothing."""
    meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
    if meeting.minutes_at is not None:
        return
    meeting.minutes_at = now
    _tell_all(session, house, meeting, "all-minutes-title", f"minutes:{meeting.id}", now)


def correct(hearing: Hearing, intent: SendCorrection) -> Note:
    """JA of the office sends the minutes again, as a correction; NEIN leaves it at what was sent. Raises Refusal."""
    deed = _correction(hearing, intent)
    meeting = hearing.session.get_one(Meeting, deed.details["meeting"], with_for_update=True)
    language = hearing.language
    details = {"meeting": meeting.id, "deed": deed.id, "former": meeting.minutes}
    history.write(hearing, "send-correction" if intent.accept else "keep-minutes", details)
    if not intent.accept:
        return Note(say(language, "office-correction-no-title"), (say(language, "office-correction-no-line"),))
    meeting.minutes = deed.details.get("text") or meeting.minutes
    due = workdays.next_office_hour(hearing.at, hearing.house.zone)
    key = f"minutes-correction:{deed.id}"
    _tell_all(hearing.session, hearing.house, meeting, "all-correction-title", key, due)
    when = texts.moment(language, due, hearing.house.zone)
    return Note(say(language, "office-correction-yes-title"), (say(language, "office-correction-yes-line", when=when),))


def _correction(hearing: Hearing, intent: SendCorrection) -> Deed:
    """What is to be sent. Raises NotFound, or Expired when it was decided already or there is something newer."""
    session = hearing.session
    deed = session.get(Deed, intent.deed)
    if deed is None or deed.what not in held.CHANGES:
        raise NotFound("refusal-button-over")
    meeting = session.get_one(Meeting, deed.details["meeting"])
    decided = select(Deed).where(col(Deed.what).in_(("send-correction", "keep-minutes")), col(Deed.id) > deed.id)
    if any(other.details["deed"] == deed.id for other in session.exec(decided)):
        raise Expired("refusal-correction-decided")
    if _newer(session, meeting, deed, held.CHANGES):
        raise Expired("refusal-correction-newer")
    return deed


def _tell_all(session: Session, house: House, meeting: Meeting, title: str, key: str, due: datetime) -> None:
    """The same letter for all who read it alike."""
    people = notices.everyone(session)
    notes = {reader: _letter(session, house, meeting, title, *reader) for reader in dict.fromkeys(map(_kind, people))}
    letters = ((person, notes[_kind(person)], f"{key}:{person.id}") for person in people)
    notices.to_people(session, letters, due)


def _kind(person: Person) -> tuple[str, bool]:
    """What the minutes look like for somebody depends on: the language, and whether it is the office."""
    return person.language, person.role == Role.OFFICE


def _letter(session: Session, house: House, meeting: Meeting, title: str, language: str, is_office: bool) -> Note:
    """The minutes with the decisions and the results of polls, as one kind of reader reads them."""
    lines = _paragraphs(meeting.minutes) or [say(language, "all-minutes-only-decisions")]
    if title == "all-correction-title":
        lines.insert(0, say(language, "all-correction-line"))
    decided = decisions.lines(session, meeting, language, is_office=is_office)
    return Note(
        say(language, title, meeting=held.name(language, house, meeting)),
        tuple(lines),
        items=(*_decided(language, decided), *poll_items(session, meeting, language)),
        language=language,
        thread=notices.round_thread(meeting.id),
        series="protokoll",
    )


def _paragraphs(text: str) -> list[str]:
    """The lines that say something; each door sets them apart in its own way."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _decided(language: str, decided: tuple[str, ...]) -> tuple[Item, ...]:
    return (Item(say(language, "all-minutes-decisions"), decided),) if decided else ()


def poll_items(session: Session, meeting: Meeting, language: str) -> tuple[Item, ...]:
    """The results of the meeting's polls, each under its question and outcome."""
    results = [polls.result_lines(session, poll, language) for poll in polls.of_meeting(session, meeting.id or 0)]
    return tuple(Item(result[0], result[1:]) for result in results if result)


# By the clock ---------------------------------------------------------------------------------------------------------


def due(session: Session, house: House, now: datetime) -> list[Step]:
    """What is due now about minutes and about leads that were offered."""
    return afterwards.due(now, _held(session, now), leads.offered(session), house.zone)


def next_at(session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
    """When something of this is due next, and which step it is."""
    return afterwards.next_at(now, _held(session, now), leads.offered(session), house.zone)


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Do one step that is due."""
    if step.kind == "minutes":
        send(session, house, step.about, now)
    elif step.kind in {"lead-remind", "lead-over"}:
        leads.carry_out(session, house, step, now)
    elif step.person is not None:
        _ask(session, house, step, session.get_one(Person, step.person), now)


def _held(session: Session, now: datetime) -> list[Held]:
    """What the clock needs to know about each meeting that has begun and whose minutes were not sent."""
    statement = select(Meeting).where(
        Meeting.starts_at <= now, col(Meeting.minutes_at).is_(None), col(Meeting.cancelled_at).is_(None)
    )
    office = tuple(_reader(person) for person in notices.office_people(session))
    return [_facts(session, meeting, office) for meeting in session.exec(statement.order_by(col(Meeting.starts_at)))]


def _facts(session: Session, meeting: Meeting, office: tuple[Reader, ...]) -> Held:
    taker = held.minute_taker(session, meeting)
    sent = {key for kind in ("ask", "remind") for key in outbox.keys(session, f"minutes-{kind}:{meeting.id}:")}
    return Held(
        meeting.id or 0,
        meeting.starts_at,
        held.changed_at(session, meeting),
        _reader(taker) if taker else None,
        office,
        frozenset(sent),
    )


def _reader(person: Person) -> Reader:
    return Reader(person.id or 0, rounds.silent_until(person))


def _ask(session: Session, house: House, step: Step, person: Person, now: datetime) -> None:
    """Ask the minute taker, or the office instead, for the minutes."""
    meeting = session.get_one(Meeting, step.about)
    language = person.language
    is_taker = person.id == meeting.minute_taker_id
    kind = "ask" if step.first else "remind"
    title = say(language, f"member-minutes-{kind}-title", meeting=held.name(language, house, meeting))
    lines = [say(language, "member-minutes-how")]
    if not is_taker:
        taker = held.minute_taker(session, meeting)
        if taker:
            lines.insert(0, say(language, "office-minutes-taker-away", name=taker.name))
        else:
            lines.insert(0, say(language, "office-minutes-no-taker"))
    note = Note(title, tuple(lines), matter=_matter(meeting), thread=notices.round_thread(meeting.id))
    notices.to_person(session, person, note, step.key, now)
