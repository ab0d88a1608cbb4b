"""Decisions of a meeting: each becomes a measure that is offered to a lead, an amendment, or stands as words alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

import texts
from alliance import amendments, companies, held, history, leads, measures, notices, phrases, plan
from alliance.errors import Invalid, Refusal
from alliance.hearing import Hearing
from alliance.intents import RecordDecisions, Resolution, SendCorrection, Undo
from alliance.notes import Action, Note
from alliance.words.cleaning import fold
from store.tables import Amendment, Assignment, Company, Decision, Deed, LeadOffer, Measure, Meeting, Person
from texts import say

SHOWN = 60  # characters of a decision that is quoted in a refusal
TEXT_LIMIT = 1_000  # characters of a decision without a measure


def record(hearing: Hearing, intent: RecordDecisions) -> Note:
    """BESCHLUSS: enter decisions of a meeting, all or none. Raises Refusal, with the line if there are several."""
    meeting = held.meeting(hearing, intent.meeting)
    made, amended = enter(hearing, meeting, intent.decisions)
    details = {"meeting": meeting.id, "decisions": [decision.id for decision in made], "amended": amended}
    deed = history.write(hearing, "record-decisions", details)
    language = hearing.language
    title = say(
        language, "office-decisions-title", count=len(made), meeting=held.name(language, hearing.house, meeting)
    )
    rows = lines(hearing.session, meeting, language, is_office=True, only=made)
    note = Note(title, rows, actions=(take_back_action(language, deed),), toast=title)
    return with_what_follows(hearing, meeting, deed, note)


def enter(
    hearing: Hearing, meeting: Meeting, said: Sequence[Resolution], *, skip_known: bool = False
) -> tuple[list[Decision], list[int]]:
    """Enter decisions in their order; returns them, and the ids of the deeds that amended measures. Raises Refusal.

    ``skip_known`` leaves out what the meeting has decided already, in the same words; else that is refused.
    """
    made: list[Decision] = []
    amended: list[int] = []
    for one in said:
        try:
            if not _is_known(hearing.session, meeting, one, skip_known=skip_known):
                made.append(_enter(hearing, meeting, one, amended))
        except Refusal as refusal:
            if len(said) == 1:
                raise
            raise _in_line(hearing.language, one, refusal) from refusal
    return made, amended


def _in_line(language: str, said: Resolution, refusal: Refusal) -> Refusal:
    """The refusal with the line it is about."""
    text = said.text if len(said.text) <= SHOWN else f"{said.text[:SHOWN]} …"
    why = say(language, refusal.key, **refusal.values)
    return Invalid("refusal-decision-line", line=said.line, text=text, why=why)


def _is_known(session: Session, meeting: Meeting, said: Resolution, *, skip_known: bool) -> bool:
    known = session.exec(select(Decision.text).where(Decision.meeting_id == meeting.id)).all()
    if fold(_words(said)) not in {fold(text) for text in known}:
        return False
    if not skip_known:
        raise Invalid("refusal-decision-twice")
    return True


def _words(said: Resolution) -> str:
    """The decision as it is shown: a measure's title, »M12: Termin 31.12.2027, weil …«, or its words."""
    first, *others = said.text.split("; ")
    return f"{first}: {', '.join(others)}" if said.amendment else " ".join(said.text.split())[:TEXT_LIMIT]


def _enter(hearing: Hearing, meeting: Meeting, said: Resolution, amended: list[int]) -> Decision:
    if said.problem:
        raise Invalid(f"refusal-decision-{said.problem}")
    if not said.text.strip():
        raise Invalid("refusal-decision-empty")
    assert meeting.id is not None
    decision = Decision(
        meeting_id=meeting.id,
        text=_words(said),
        at=hearing.at,
        by_id=hearing.person.id if hearing.person else None,
    )
    if said.amendment:
        _amend(hearing, decision, said, amended)
    elif said.email:
        _add_measure(hearing, meeting, decision, said)
    hearing.session.add(decision)
    hearing.session.flush()
    return decision


def _amend(hearing: Hearing, decision: Decision, said: Resolution, amended: list[int]) -> None:
    """Change what the plan says; the deed that did it is remembered so that it can be taken back."""
    assert said.amendment is not None
    change = said.amendment
    measure = measures.find(hearing, change.measure)
    amendment = amendments.amend(
        hearing, measure, change.what, change.value, change.why, meeting_id=decision.meeting_id
    )
    decision.measure_id, decision.amendment_id = measure.id, amendment.id if amendment else None
    latest = hearing.session.exec(select(Deed.id).order_by(col(Deed.id).desc())).first()
    amended.append(latest or 0)


def _add_measure(hearing: Hearing, meeting: Meeting, decision: Decision, said: Resolution) -> None:
    """The decision as a measure of the plan, offered to its lead; who names themselves has accepted."""
    session, language = hearing.session, hearing.language
    person = companies.taking_part(session, said.email)
    if said.due and said.due < hearing.today:
        raise Invalid("refusal-decision-past", day=texts.short_day(language, said.due))
    why = say(language, "all-decision-why", meeting=held.name(language, hearing.house, meeting))
    measure = plan.new_measure(
        hearing, said.text, field=said.field, due=said.due, why=why, meeting_id=decision.meeting_id
    )
    session.flush()
    decision.measure_id = measure.id
    session.add(decision)
    session.flush()
    leads.offer(hearing, measure, person, decision_id=decision.id)


# What follows from it -------------------------------------------------------------------------------------------------


def with_what_follows(hearing: Hearing, meeting: Meeting, deed: Deed, note: Note) -> Note:
    """The receipt with when the minutes go out; when they have gone, the office is asked about a correction."""
    language, house = hearing.language, hearing.house
    if meeting.minutes_at is None:
        when = texts.moment(language, held.goes_out_at(hearing.session, house, meeting, hearing.at), house.zone)
        return _with(note, say(language, "office-minutes-when", when=when))
    if hearing.is_office:
        return _with(note, say(language, "office-correction-ask"), *correction_actions(language, deed))
    notices.to_office(
        hearing.session,
        lambda reader: _correction_question(hearing, reader, meeting, deed, note),
        f"correction:{deed.id}",
        hearing.at,
    )
    return _with(note, say(language, "member-correction-office"))


def _correction_question(hearing: Hearing, reader: Person, meeting: Meeting, deed: Deed, note: Note) -> Note:
    """For the office, when the minute taker recorded something after the minutes had gone."""
    title = say(reader.language, "office-correction-title", meeting=held.name(reader.language, hearing.house, meeting))
    lines = (say(reader.language, "office-correction-ask"), *note.lines)
    return Note(title, lines, note.items, actions=correction_actions(reader.language, deed))


def _with(note: Note, line: str, *actions: Action) -> Note:
    return replace(note, actions=(*actions, *note.actions), closing=(*note.closing, line))


def correction_actions(language: str, deed: Deed) -> tuple[Action, ...]:
    """JA sends the minutes once more, NEIN leaves it at what was sent."""
    return tuple(
        Action(
            say(language, f"office-correction-button-{word}"),
            SendCorrection(deed.id or 0, accept=word == "yes"),
            say(language, f"word-{word}"),
        )
        for word in ("yes", "no")
    )


def take_back_action(language: str, deed: Deed) -> Action:
    """The way to undo what was recorded."""
    return Action(say(language, "member-report-button-undo"), Undo(deed.id), say(language, "member-report-word-undo"))


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG: the decisions are no more, their measures withdrawn, their offers void. Raises Refusal."""
    meeting = hearing.session.get_one(Meeting, deed.details["meeting"])
    if meeting.minutes_at and (meeting.minutes_at >= deed.at or _is_corrected(hearing.session, meeting, deed)):
        raise Invalid("refusal-minutes-gone")
    undo(hearing, deed)
    line = say(hearing.language, "office-decisions-undone")
    title = say(hearing.language, "office-undone-title", meeting=held.name(hearing.language, hearing.house, meeting))
    return Note(title, (line,), toast=line)


def _is_corrected(session: Session, meeting: Meeting, deed: Deed) -> bool:
    """Whether a correction of the minutes has gone out since."""
    sent = session.exec(select(Deed).where(Deed.what == "send-correction", col(Deed.id) > (deed.id or 0)))
    return any(other.details["meeting"] == meeting.id for other in sent)


def undo(hearing: Hearing, deed: Deed) -> None:
    """Take back what was entered under a deed. Raises Refusal when a measure has a lead or a report by now."""
    for decision_id in deed.details["decisions"]:
        decision = hearing.session.get(Decision, decision_id)
        if decision is not None:
            _remove(hearing, decision)
    for amending in deed.details["amended"]:
        amendments.take_back(hearing, hearing.session.get_one(Deed, amending))
        history.write(hearing, "undo", {"deed": amending})


def _remove(hearing: Hearing, decision: Decision) -> None:
    session = hearing.session
    offers = session.exec(select(LeadOffer).where(LeadOffer.decision_id == decision.id)).all()
    for measure in [session.get_one(Measure, made.measure_id) for made in offers]:
        is_led = session.exec(select(Assignment.id).where(Assignment.measure_id == measure.id)).first()
        if is_led or measure.reported_at:
            raise Invalid("refusal-decision-taken", measure=phrases.measure_title(measure))
        leads.withdraw(session, measure, hearing.at)
        measure.withdrawn_at = hearing.at
        for added in session.exec(select(Amendment).where(Amendment.measure_id == measure.id)):
            added.undone_at = hearing.at
    for made in offers:
        made.decision_id = None
    session.flush()
    session.delete(decision)
    session.flush()


# Shown ----------------------------------------------------------------------------------------------------------------


def lines(
    session: Session, meeting: Meeting, language: str, *, is_office: bool, only: Iterable[Decision] | None = None
) -> tuple[str, ...]:
    """The decisions of a meeting, numbered; the office sees who has not accepted yet."""
    statement = select(Decision).where(Decision.meeting_id == meeting.id).order_by(col(Decision.id))
    shown = list(session.exec(statement)) if only is None else list(only)
    return tuple(
        f"{number}. {_line(session, decision, language, is_office=is_office)}"
        for number, decision in enumerate(shown, start=1)
    )


def _line(session: Session, decision: Decision, language: str, *, is_office: bool) -> str:
    offers = select(LeadOffer).where(LeadOffer.decision_id == decision.id).order_by(col(LeadOffer.id).desc())
    made = session.exec(offers).first()
    if made is None:
        return decision.text
    measure = session.get_one(Measure, made.measure_id)
    parts = [phrases.measure_title(measure)]
    if measure.due:
        parts.append(phrases.due_line(language, measure.due))
    parts.append(_lead_line(session, made, measure, language, is_office=is_office))
    return "; ".join(parts)


def _lead_line(session: Session, made: LeadOffer, measure: Measure, language: str, *, is_office: bool) -> str:
    """Who leads it, by company; until somebody has accepted, the office reads whom it waits for."""
    statement = (
        select(Company.name)
        .join(Person, col(Person.company_id) == Company.id)
        .join(Assignment, col(Assignment.person_id) == Person.id)
        .where(Assignment.measure_id == measure.id, col(Assignment.lead), col(Person.left_at).is_(None))
        .order_by(Company.name)
        .distinct()
    )
    if names := list(session.exec(statement)):
        return say(language, "all-decision-lead", companies=phrases.listing(language, names))
    if not is_office:
        return say(language, "all-decision-no-lead")
    person = session.get_one(Person, made.person_id)
    kind = "waits" if made.answered_at is None else "declined" if made.accepted is False else "none"
    values = {} if kind == "none" else {"company": notices.company_of(session, person).name}
    return say(language, f"office-decision-{kind}", **values)
