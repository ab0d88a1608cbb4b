"""VERTRETUNG for a time: naming a deputy, their JA or NEIN, the end of it, and what the clock does about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, and_, col, or_, select

import texts
from alliance import companies, deputies, history, measures, notices, phrases, rounds, workdays
from alliance.afterwards import workdays_after
from alliance.errors import Expired, Invalid, NotFound
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import AnswerDeputy, EndDeputy, Matter, NameDeputy
from alliance.notes import Action, Note
from alliance.words.deputy_words import is_address
from store import outbox
from store.tables import Deed, Deputyship, Person, Role
from texts import say

LONGEST = timedelta(days=366)
REMIND_AFTER = 2  # workdays without an answer

NOT_DECLINED = or_(col(Deputyship.answered_at).is_(None), col(Deputyship.accepted).is_(True))

# Naming ---------------------------------------------------------------------------------------------------------------


def name_deputy(hearing: Hearing, intent: NameDeputy) -> Note:
    """Ask somebody to answer for my measures up to and including a day; it holds once they accept. Raises Refusal."""
    until = intent.until or hearing.member.paused_until
    if not intent.email:
        return _ask_whom(hearing, until)
    if not is_address(intent.email):
        raise Invalid("refusal-deputy-address")
    if until is None or not hearing.today <= until <= hearing.today + LONGEST:
        raise Invalid("refusal-deputy-day")
    deputy = _found(hearing, intent.email)
    _check_free(hearing, hearing.member, deputy)
    _take_back_questions(hearing, deputy, until)
    made = Deputyship(person_id=hearing.member_id, deputy_id=deputy.id or 0, until=until, made_at=hearing.at)
    hearing.session.add(made)
    hearing.session.flush()
    history.write(hearing, "name-deputy", {"deputyship": made.id, "person": deputy.id, "until": until.isoformat()})
    due = workdays.next_office_hour(hearing.at, hearing.house.zone)
    question = _question(hearing.session, made, hearing.member, deputy)
    notices.to_person(hearing.session, deputy, question, f"deputy-ask:{made.id}:{deputy.id}", due)
    return _asked(hearing, intent.email, made)


def _ask_whom(hearing: Hearing, until: date | None) -> Note:
    """Who shall it be? During a pause the address is enough."""
    language = hearing.language
    title = say(language, "member-deputy-ask-title")
    if until and until >= hearing.today:
        line = say(language, "member-deputy-ask-pause", until=texts.day(language, until))
        return Note(title, (line,), matter=Matter("deputy", until.toordinal()))
    return Note(
        title, (say(language, "member-deputy-ask-time"), say(language, "member-deputy-ask-meeting")), futile=True
    )


def _found(hearing: Hearing, email: str) -> Person:
    """The member at this address. Whoever cannot stand in is refused in the same words, whatever the reason."""
    try:
        deputy = companies.member(hearing.session, email)
    except NotFound:
        deputy = None
    if deputy is None or deputy.role == Role.OBSERVER:
        raise NotFound("refusal-deputy-unknown", email=email, house=hearing.house.email)
    if deputy.id == hearing.member_id:
        raise Invalid("refusal-deputy-yourself")
    return deputy


def _check_free(hearing: Hearing, person: Person, deputy: Person) -> None:
    """Deputies of deputies are not followed, so there must not be any. Raises Invalid."""
    if deputy.id in deputies.answering(hearing.session, hearing.today):
        raise Invalid("refusal-deputy-represented")
    others = deputies.principals(hearing.session, person.id or 0, hearing.today)
    if others:
        companies_ = [_company(hearing.session, hearing.session.get_one(Person, other)) for other in sorted(others)]
        raise Invalid("refusal-deputy-representing", company=phrases.listing(hearing.language, companies_))


def _take_back_questions(hearing: Hearing, deputy: Person, until: date) -> None:
    """A new request takes the place of one that nobody has answered. Raises Invalid for the very same one."""
    for made in _open(hearing.session, hearing.member_id):
        if made.accepted is None and (made.deputy_id, made.until) == (deputy.id, until):
            raise Invalid("refusal-deputy-asked")
        if made.accepted is None:
            _take_back(hearing.session, made, hearing.at)


def _asked(hearing: Hearing, email: str, made: Deputyship) -> Note:
    language = hearing.language
    paused = hearing.member.paused_until is not None and hearing.member.paused_until >= hearing.today
    lines = [say(language, "member-deputy-asked-paused" if paused else "member-deputy-asked-line")]
    if any(other.accepted for other in _open(hearing.session, hearing.member_id)):
        lines.append(say(language, "member-deputy-asked-instead"))
    title = say(language, "member-deputy-asked-title", email=email, until=texts.day(language, made.until))
    return Note(title, tuple(lines), actions=(_end_action(language, made, "withdraw"),), toast=title)


def _question(session: Session, made: Deputyship, person: Person, deputy: Person, again: str = "") -> Note:
    """What a deputy is asked: for whom, until when and for which measures."""
    language, carried = deputy.language, measures.carried_of(session, person)
    values = {"until": texts.day(language, made.until)}
    kind = "line" if carried else "none"
    lines = (
        say(language, f"member-deputy-question-{kind}", company=_whom(session, language, person), **values),
        *(phrases.measure_title(measure) for measure in carried),
        say(language, "member-deputy-question-how"),
    )
    title = say(language, f"member-deputy-question-title{again}", company=_company(session, person), **values)
    return Note(title, lines, actions=_answers(language, made.id or 0))


def _answers(language: str, number: int) -> tuple[Action, ...]:
    return tuple(
        Action(
            say(language, f"member-deputy-button-{word}"),
            AnswerDeputy(number, accept=word == "yes"),
            say(language, f"word-{word}"),
        )
        for word in ("yes", "no")
    )


def _end_action(language: str, made: Deputyship, kind: str = "end") -> Action:
    return Action(
        say(language, f"member-deputy-button-{kind}"), EndDeputy(made.id or 0), say(language, "word-deputy-end")
    )


def _company(session: Session, person: Person) -> str:
    return notices.company_of(session, person).name


def _whom(session: Session, language: str, person: Person) -> str:
    """»Erika Beispiel (Stahl GmbH)«."""
    return say(language, "member-deputy-person", name=person.name, company=_company(session, person))


# Answering ------------------------------------------------------------------------------------------------------------


def answer(hearing: Hearing, intent: AnswerDeputy) -> Note:
    """JA or NEIN of the one who is to answer in another's place; only the first word counts. Raises Refusal."""
    made = hearing.session.get(Deputyship, intent.deputyship, with_for_update=True)
    if made is None or made.deputy_id != hearing.member_id:
        raise NotFound("refusal-button-over")
    person = hearing.session.get_one(Person, made.person_id)
    _check_open(hearing, made, person)
    if intent.accept:
        _check_unchained(hearing, person)
    made.answered_at, made.accepted = hearing.at, intent.accept
    what = "accept-deputy" if intent.accept else "decline-deputy"
    history.write(hearing, what, {"deputyship": made.id, "person": person.id, "until": made.until.isoformat()})
    return _accepted(hearing, made, person) if intent.accept else _declined(hearing, made, person)


def _check_open(hearing: Hearing, made: Deputyship, person: Person) -> None:
    """Raises Expired when there is nothing left to answer; what was asked before somebody left is void."""
    rejoined = max(hearing.member.joined_at, person.joined_at) > made.made_at
    if made.ended_at or made.until < hearing.today or person.left_at or rejoined:
        raise Expired("refusal-deputy-over")
    if made.answered_at is not None:
        raise Expired("refusal-deputy-accepted" if made.accepted else "refusal-deputy-declined")


def _check_unchained(hearing: Hearing, person: Person) -> None:
    """Since they were asked, one of both may have come to be a link of a chain. Raises Invalid."""
    if hearing.member_id in deputies.answering(hearing.session, hearing.today):
        raise Invalid("refusal-deputy-chain-yours")
    if deputies.principals(hearing.session, person.id or 0, hearing.today):
        raise Invalid("refusal-deputy-chain-theirs", company=_company(hearing.session, person))


def _accepted(hearing: Hearing, made: Deputyship, person: Person) -> Note:
    session, language = hearing.session, hearing.language
    for other in _open(session, made.person_id):
        if other.accepted and other.id != made.id:
            _finish(session, hearing.house, other, hearing.at, told=made.deputy_id != other.deputy_id, but=person.id)
    session.flush()
    _tell(hearing, made, person, _told_of_yes(session, made, person, hearing.member))
    cards = measures.cards(hearing, measures.carried_of(session, person))
    until = texts.day(language, made.until)
    return Note(
        say(language, "member-deputy-yes-title", company=_company(session, person), until=until),
        (say(language, "member-deputy-yes-line", until=until),),
        items=cards,
        actions=(_end_action(language, made),),
        toast=say(language, "member-deputy-yes-title", company=_company(session, person), until=until),
    )


def _told_of_yes(session: Session, made: Deputyship, person: Person, deputy: Person) -> Note:
    language, whom = person.language, _whom(session, person.language, deputy)
    line = say(language, "member-deputy-accepted-line", company=whom, until=texts.day(language, made.until))
    return Note(say(language, "member-deputy-accepted-title"), (line,), actions=(_end_action(language, made),))


def _declined(hearing: Hearing, made: Deputyship, person: Person) -> Note:
    whom = _whom(hearing.session, person.language, hearing.member)
    line = say(person.language, "member-deputy-declined-line", company=whom, day=f"{made.until:%d.%m.%Y}")
    _tell(hearing, made, person, Note(say(person.language, "member-deputy-declined-title"), (line,)))
    language = hearing.language
    title = say(language, "member-deputy-no-title", company=_company(hearing.session, person))
    return Note(title, (say(language, "member-deputy-no-line"),), toast=title)


def _tell(hearing: Hearing, made: Deputyship, reader: Person, note: Note) -> None:
    due = workdays.next_office_hour(hearing.at, hearing.house.zone)
    notices.to_person(hearing.session, reader, note, f"deputy-told:{made.id}", due)


# The end --------------------------------------------------------------------------------------------------------------


def end(hearing: Hearing, intent: EndDeputy) -> Note:
    """VERTRETUNG ENDE, from either side; an unanswered request of mine is withdrawn. Raises NotFound."""
    session, language = hearing.session, hearing.language
    found = [one for one in _mine(hearing) if intent.deputyship in {0, one.id}]
    if not found:
        raise NotFound("refusal-deputy-none")
    if len(found) > 1:
        return _which(hearing, found)
    (made,) = found
    history.write(hearing, "end-deputy", {"deputyship": made.id, "person": made.person_id, "deputy": made.deputy_id})
    if made.accepted is None:
        _take_back(session, made, hearing.at)
        return Note(say(language, "member-deputy-withdrawn-title"), (say(language, "member-deputy-withdrawn-line"),))
    _finish(session, hearing.house, made, hearing.at, but=hearing.member_id)
    if made.person_id == hearing.member_id:
        return _over_note(hearing.member, hearing.today)
    return _free_note(session, hearing.member, session.get_one(Person, made.person_id))


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG: what VERTRETUNG ENDE would do to it. Raises NotFound."""
    return end(hearing, EndDeputy(deed.details["deputyship"]))


def _mine(hearing: Hearing) -> list[Deputyship]:
    """What the speaker can end: their own, and what they have agreed to for others."""
    statement = select(Deputyship).where(
        col(Deputyship.ended_at).is_(None),
        Deputyship.until >= hearing.today,
        or_(
            and_(Deputyship.person_id == hearing.member_id, NOT_DECLINED),
            and_(Deputyship.deputy_id == hearing.member_id, col(Deputyship.accepted).is_(True)),
        ),
    )
    return list(hearing.session.exec(statement.order_by(col(Deputyship.id)).with_for_update()))


def _which(hearing: Hearing, found: list[Deputyship]) -> Note:
    """Several could be meant: each with its button and its word."""
    session, language = hearing.session, hearing.language
    actions = []
    for made in found:
        kind, other = ("mine", made.deputy_id) if made.person_id == hearing.member_id else ("theirs", made.person_id)
        company = _company(session, session.get_one(Person, other))
        until = texts.short_day(language, made.until)
        label = say(language, f"member-deputy-which-{kind}", company=company, until=until)
        actions.append(Action(label, EndDeputy(made.id or 0), f"{say(language, 'word-deputy-end')} {made.id}"))
    return Note(say(language, "member-deputy-which-title"), actions=tuple(actions), futile=True)


def end_all(session: Session, house: House, person: Person, at: datetime, *, stays: bool = False) -> None:
    """Somebody leaves, is erased, reads along from now on or speaks for another firm: nothing of this holds any more.

    The other sides are told, and so is the person who ``stays``; what was asked and not answered is void.
    """
    but = None if stays else person.id
    statement = select(Deputyship).where(
        col(Deputyship.ended_at).is_(None),
        NOT_DECLINED,
        or_(Deputyship.person_id == person.id, Deputyship.deputy_id == person.id),
    )
    for made in session.exec(statement.order_by(col(Deputyship.id))):
        if made.accepted:
            _finish(session, house, made, at, but=but)
        else:
            _take_back(session, made, at, but=but)
            if stays or made.deputy_id == person.id:
                _tell_lapsed(session, house, made, at)


def _finish(
    session: Session, house: House, made: Deputyship, at: datetime, *, told: bool = True, but: int | None = None
) -> None:
    """It holds no more; both hear of it, without the one who just did it."""
    made.ended_at = at
    person, deputy = session.get_one(Person, made.person_id), session.get_one(Person, made.deputy_id)
    today = at.astimezone(house.zone).date()
    told_to = [(person, _over_note(person, today)), (deputy, _free_note(session, deputy, person))] if told else []
    for reader, note in told_to:
        if reader.id != but and reader.left_at is None:
            due = workdays.next_office_hour(at, house.zone)
            notices.to_person(session, reader, note, f"deputy-over:{made.id}:{reader.id}", due)


def _over_note(person: Person, today: date) -> Note:
    language, paused = person.language, rounds.silent_until(person)
    line = say(language, "member-deputy-over-line")
    if paused and paused >= today:
        line = say(language, "member-deputy-over-paused", until=texts.day(language, paused))
    return Note(say(language, "member-deputy-over-title"), (line, say(language, "member-deputy-over-again")))


def _free_note(session: Session, deputy: Person, person: Person) -> Note:
    language, company = deputy.language, _company(session, person)
    title = say(language, "member-deputy-free-title", company=company)
    return Note(title, (say(language, "member-deputy-free-line", company=company),), toast=title)


def _take_back(session: Session, made: Deputyship, at: datetime, *, but: int | None = None) -> None:
    """A request that nobody has answered is void; who has read it already hears so, else it is not sent at all."""
    made.answered_at = made.ended_at = at
    deputy, person = session.get_one(Person, made.deputy_id), session.get_one(Person, made.person_id)
    key = f"deputy-ask:{made.id}:"
    was_asked = any(row.state != outbox.Sending.QUEUED for row in outbox.rows(session, key))
    outbox.drop(session, key)
    if was_asked and deputy.left_at is None and deputy.id != but:
        company = _company(session, person)
        title = say(deputy.language, "member-deputy-void-title", company=company)
        note = Note(title, (say(deputy.language, "member-deputy-void-line"),))
        notices.to_person(session, deputy, note, f"deputy-void:{made.id}", at)


def _tell_lapsed(session: Session, house: House, made: Deputyship, at: datetime) -> None:
    person, deputy = session.get_one(Person, made.person_id), session.get_one(Person, made.deputy_id)
    if person.left_at is not None:
        return
    language, company = person.language, _company(session, deputy)
    until = texts.day(language, min(made.until, at.astimezone(house.zone).date()))
    line = say(language, "member-deputy-lapsed-line", company=company, until=until)
    note = Note(say(language, "member-deputy-lapsed-title"), (line,))
    notices.to_person(session, person, note, f"deputy-lapsed:{made.id}", workdays.next_office_hour(at, house.zone))


def _open(session: Session, person_id: int) -> list[Deputyship]:
    """What somebody has asked for and was neither declined nor ended."""
    statement = select(Deputyship).where(
        Deputyship.person_id == person_id,
        col(Deputyship.ended_at).is_(None),
        NOT_DECLINED,
    )
    return list(session.exec(statement.order_by(col(Deputyship.id))))


# Pauses ---------------------------------------------------------------------------------------------------------------


def beside_pause(hearing: Hearing) -> tuple[tuple[str, ...], tuple[Action, ...]]:
    """What the receipt of a pause says about deputies, and the way to name one."""
    session, language, person = hearing.session, hearing.language, hearing.member
    others = sorted(deputies.principals(session, hearing.member_id, hearing.today))
    for_whom = [_company(session, session.get_one(Person, other)) for other in others]
    lines = [say(language, "member-pause-deputy-of", company=company) for company in for_whom]
    holds = [made for made in _open(session, hearing.member_id) if made.accepted and made.until >= hearing.today]
    for made in holds:
        whom = _whom(session, language, session.get_one(Person, made.deputy_id))
        lines.append(say(language, "member-pause-deputy-holds", company=whom, until=texts.day(language, made.until)))
    if lines or not measures.carried_of(session, person):
        return tuple(lines), ()
    name = Action(say(language, "member-deputy-button-name"), NameDeputy(), say(language, "word-deputy-name"))
    return (say(language, "member-pause-deputy-none"),), (name,)


# By the clock ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """Something to do now about a deputyship; ``kind``: "deputy-remind", "deputy-lapsed" or "deputy-over"."""

    kind: str
    deputyship: int


def due(session: Session, house: House, now: datetime) -> list[Step]:
    """What may be done now and has not been; nothing outside office hours."""
    if not workdays.in_office_hours(now, house.zone):
        return []
    today = now.astimezone(house.zone).date()
    return [
        step
        for made in _running(session)
        for moment, step in _moments(session, house, made)
        if moment <= now and not (step.kind == "deputy-remind" and _is_out_of_reach(session, made, today))
    ]


def _is_out_of_reach(session: Session, made: Deputyship, today: date) -> bool:
    """Whether the one who was asked is paused or away today, or no way leads to them."""
    deputy = session.get_one(Person, made.deputy_id)
    silent = rounds.silent_until(deputy)
    return (silent is not None and silent >= today) or notices.way_to(session, deputy) is None


def next_at(session: Session, house: House, now: datetime) -> tuple[datetime, str] | None:
    """The next moment after now at which :func:`due` has something new, with the step's kind; None: nothing to come."""
    moments = (
        (workdays.next_office_hour(max(moment, now), house.zone), step.kind)
        for made in _running(session)
        for moment, step in _moments(session, house, made)
    )
    return min((found for found in moments if found[0] > now), default=None)


def carry_out(session: Session, house: House, step: Step, now: datetime) -> None:
    """Remind a deputy once, or put an end to what is over."""
    made = session.get_one(Deputyship, step.deputyship)
    if step.kind == "deputy-over":
        _finish(session, house, made, now)
    elif step.kind == "deputy-lapsed":
        _take_back(session, made, now)
        _tell_lapsed(session, house, made, now)
    else:
        person, deputy = session.get_one(Person, made.person_id), session.get_one(Person, made.deputy_id)
        note = _question(session, made, person, deputy, "-again")
        notices.to_person(session, deputy, note, f"deputy-remind:{made.id}:{deputy.id}", now)


def _running(session: Session) -> list[Deputyship]:
    statement = select(Deputyship).where(col(Deputyship.ended_at).is_(None), NOT_DECLINED)
    return list(session.exec(statement.order_by(col(Deputyship.id))))


def _moments(session: Session, house: House, made: Deputyship) -> Iterator[tuple[datetime, Step]]:
    """When each step that is still to be done falls due."""
    kind = "deputy-over" if made.accepted else "deputy-lapsed"
    after = workdays.at(workdays.workday_on_or_after(made.until + workdays.DAY), workdays.OPENS, house.zone)
    yield after, Step(kind, made.id or 0)
    remind = workdays_after(made.made_at, REMIND_AFTER, house.zone)
    if made.answered_at is None and remind < after and not outbox.keys(session, f"deputy-remind:{made.id}:"):
        yield remind, Step("deputy-remind", made.id or 0)
