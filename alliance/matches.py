"""Offers and needs that may suit one another: both sides are asked, names are exchanged when both agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from alliance import history, notices, phrases, wording
from alliance.errors import Expired, NotFound
from alliance.hearing import Hearing
from alliance.intents import AnswerMatch, Matter, Status
from alliance.notes import Action, Note
from alliance.similarity import Candidate, Key, similar
from store.tables import Assignment, Measure, Offer, OfferMatch, Person
from texts import say

OPEN_FOR = timedelta(days=180)  # an offer or need; after that it is neither shown nor matched, and nobody is asked
MOST = 3  # matches that one new offer or need brings


def kind_of(*, seeking: bool) -> str:
    """How texts and matters call it."""
    return "need" if seeking else "offer"


def name(language: str, offer: Offer) -> str:
    """»Angebot 3«, »Gesuch 4«."""
    return say(language, f"all-{kind_of(seeking=offer.seeking)}-called", offer=str(offer.id))


def open_offers(now: datetime) -> SelectOfScalar[Offer]:
    """Offers and needs that are not settled, not too old, and of people who are still with us."""
    statement = select(Offer).join(Person).where(col(Offer.closed_at).is_(None), Offer.at > now - OPEN_FOR)
    return statement.where(col(Person.left_at).is_(None))


def find(hearing: Hearing, number: int) -> Offer:
    """The open offer or need with this number. Raises NotFound."""
    offer = hearing.session.exec(open_offers(hearing.at).where(Offer.id == number)).first()
    if offer is None:
        raise NotFound("refusal-no-such-offer", offer=str(number))
    return offer


# Finding --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
    """Whoever is on the other side of an offer, with the offer of theirs or the measure they lead."""

    person: Person
    text: str
    offer: Offer | None = None
    measure: Measure | None = None


def look(hearing: Hearing, offer: Offer) -> int:
    """Match a new offer or need and ask both sides; returns how many were found."""
    person = hearing.session.get_one(Person, offer.person_id)
    sides: dict[Key, _Side] = dict(_sides(hearing, offer, person))
    found = similar(offer.text, [Candidate(key, side.text) for key, side in sides.items()], MOST)
    for match in found:
        _ask_both(hearing, offer, sides[match.key])
    return len(found)


def look_for_help(hearing: Hearing, measure: Measure) -> None:
    """Match a measure whose lead wishes for help with the open offers."""
    lead = _lead(hearing.session, measure)
    if lead is None:
        return
    statement = open_offers(hearing.at).where(col(Offer.seeking).is_(False))
    offers = {("offer", offer.id or 0): offer for offer in hearing.session.exec(statement.order_by(col(Offer.id)))}
    text = _measure_text(measure)
    for match in similar(text, [Candidate(key, offer.text) for key, offer in offers.items()], MOST):
        offer = offers[match.key]
        owner = hearing.session.get_one(Person, offer.person_id)
        if owner.company_id != lead.company_id and not _between(hearing.session, offer, lead, measure=measure):
            _ask_both(hearing, offer, _Side(lead, text, measure=measure))


def _sides(hearing: Hearing, offer: Offer, person: Person) -> Iterator[tuple[Key, _Side]]:
    """Everything a new offer or need may suit: the opposite of other companies, and measures that they lead."""
    session = hearing.session
    others = open_offers(hearing.at).where(Offer.seeking == (not offer.seeking))
    for other in session.exec(others.where(Person.company_id != person.company_id).order_by(col(Offer.id))):
        yield ("offer", other.id or 0), _Side(session.get_one(Person, other.person_id), other.text, offer=other)
    measures = select(Measure).where(col(Measure.withdrawn_at).is_(None), Measure.status != Status.DONE)
    for measure in session.exec(measures.order_by(col(Measure.number))):
        lead = _lead(session, measure)
        if lead and lead.company_id != person.company_id:
            yield ("measure", measure.number), _Side(lead, _measure_text(measure), measure=measure)


def _lead(session: Session, measure: Measure) -> Person | None:
    statement = select(Person).join(Assignment).where(Assignment.measure_id == measure.id, col(Assignment.lead))
    return session.exec(statement.where(col(Person.left_at).is_(None)).order_by(col(Assignment.id))).first()


def _measure_text(measure: Measure) -> str:
    return f"{measure.title}. {measure.note}" if measure.note else measure.title


def _between(session: Session, offer: Offer, person: Person, *, measure: Measure | None = None) -> OfferMatch | None:
    """What there is already between an offer and a person, about a measure or one of their own offers."""
    theirs = select(Offer.id).where(Offer.person_id == person.id)
    this_way = and_(col(OfferMatch.offer_id) == offer.id, col(OfferMatch.other_person_id) == person.id)
    that_way = and_(col(OfferMatch.other_offer_id) == offer.id, col(OfferMatch.offer_id).in_(theirs))
    statement = select(OfferMatch).where(or_(this_way, that_way)).order_by(col(OfferMatch.id))
    if measure:
        statement = statement.where(OfferMatch.measure_id == measure.id)
    return session.exec(statement).first()


# Asking ---------------------------------------------------------------------------------------------------------------


def _ask_both(hearing: Hearing, offer: Offer, side: _Side) -> None:
    assert offer.id is not None
    assert side.person.id is not None
    match = OfferMatch(
        offer_id=offer.id,
        other_offer_id=side.offer.id if side.offer else None,
        measure_id=side.measure.id if side.measure else None,
        other_person_id=side.person.id,
        at=hearing.at,
    )
    hearing.session.add(match)
    hearing.session.flush()
    owner = hearing.session.get_one(Person, offer.person_id)
    _send_question(hearing, match, owner, _for_owner(owner.language, offer, side))
    _send_question(hearing, match, side.person, _for_other(side.person.language, offer, side))


def _for_owner(language: str, offer: Offer, side: _Side) -> tuple[str, ...]:
    if side.offer:
        return _suits(language, offer, side.offer)
    assert side.measure is not None
    measure = phrases.measure_title(side.measure)
    return (say(language, "member-match-to-measure", offer=name(language, offer), measure=measure),)


def _for_other(language: str, offer: Offer, side: _Side) -> tuple[str, ...]:
    if side.offer:
        return _suits(language, side.offer, offer)
    assert side.measure is not None
    kind, measure = kind_of(seeking=offer.seeking), phrases.measure_title(side.measure)
    quoted = say(language, "all-phrase-quote", text=offer.text)
    return (say(language, f"member-match-for-measure-{kind}", measure=measure), quoted)


def _suits(language: str, mine: Offer, theirs: Offer) -> tuple[str, ...]:
    """To my offer or need there is one of the other kind."""
    kind = kind_of(seeking=theirs.seeking)
    line = say(language, f"member-match-{kind}", mine=name(language, mine), text=wording.mentioned(mine.text))
    return line, say(language, "all-phrase-quote", text=theirs.text)


def _send_question(hearing: Hearing, match: OfferMatch, person: Person, lines: tuple[str, ...]) -> None:
    language = person.language
    actions = tuple(
        Action(
            say(language, f"member-match-button-{word}"),
            AnswerMatch(match.id or 0, agree=word == "yes"),
            say(language, f"word-{word}"),
        )
        for word in ("yes", "no")
    )
    note = Note(
        say(language, "member-match-title"),
        (*lines, say(language, "member-match-ask")),
        actions=actions,
        closing=(say(language, "member-match-closing"),),
        matter=Matter("match", match.id or 0),
    )
    notices.to_person(hearing.session, person, note, f"match:{match.id}:{person.id}", hearing.at)


def ask(hearing: Hearing, offer: Offer) -> Note:
    """Somebody saw an offer or need in the list and asks for the contact; the own name may go out."""
    if known := _between(hearing.session, offer, hearing.member):
        return answer(hearing, AnswerMatch(known.id or 0, agree=True))
    assert offer.id is not None
    match = OfferMatch(offer_id=offer.id, other_person_id=hearing.member_id, other_agreed=True, at=hearing.at)
    hearing.session.add(match)
    hearing.session.flush()
    history.write(hearing, "ask-contact", {"match": match.id})
    owner = hearing.session.get_one(Person, offer.person_id)
    called, text = name(owner.language, offer), wording.mentioned(offer.text)
    line = say(owner.language, "member-match-interest", offer=called, text=text)
    _send_question(hearing, match, owner, (line,))
    return _waiting(hearing.language)


# Answering ------------------------------------------------------------------------------------------------------------


def answer(hearing: Hearing, intent: AnswerMatch) -> Note:
    """JA or NEIN of one side; two JA exchange the contacts, one NEIN ends it without a word on who. Raises Refusal."""
    match = hearing.session.get(OfferMatch, intent.match, with_for_update=True)
    if match is None:
        raise NotFound("refusal-match-over")
    offer = hearing.session.get_one(Offer, match.offer_id)
    is_owner = offer.person_id == hearing.member_id
    other = hearing.session.get_one(Person, match.other_person_id if is_owner else offer.person_id)
    if match.agreed and match.other_agreed:
        return _contact(hearing.session, hearing.language, other)
    if False in (match.agreed, match.other_agreed):
        return _came_to_nothing(hearing.language)
    if not _is_open(hearing, match, other):
        raise Expired("refusal-match-over")
    if (match.agreed if is_owner else match.other_agreed) == intent.agree:
        return _after(hearing, match, other, intent)  # pressed once more
    if is_owner:
        match.agreed = intent.agree
    else:
        match.other_agreed = intent.agree
    history.write(hearing, "answer-match", {"match": match.id, "agree": intent.agree})
    return _after(hearing, match, other, intent)


def _is_open(hearing: Hearing, match: OfferMatch, other: Person) -> bool:
    ids = [number for number in (match.offer_id, match.other_offer_id) if number is not None]
    found = hearing.session.exec(open_offers(hearing.at).where(col(Offer.id).in_(ids))).all()
    return len(found) == len(ids) and other.left_at is None


def _after(hearing: Hearing, match: OfferMatch, other: Person, intent: AnswerMatch) -> Note:
    """What both sides hear after an answer."""
    session, key = hearing.session, f"contact:{match.id}:{other.id}"
    theirs = match.other_agreed if other.id == match.other_person_id else match.agreed
    if not intent.agree:
        if theirs:
            notices.to_person(session, other, _came_to_nothing(other.language), key, hearing.at)
        language = hearing.language
        return Note(say(language, "member-match-no-title"), (say(language, "member-match-no"),))
    if not theirs:
        return _waiting(hearing.language)
    notices.to_person(session, other, _contact(session, other.language, hearing.member), key, hearing.at)
    return _contact(session, hearing.language, other)


def release_waiting(hearing: Hearing, offer: Offer) -> None:
    """An offer is settled: who said JA to a contact with it, and has had no answer, need not wait any longer."""
    concerned = select(OfferMatch).where(or_(OfferMatch.offer_id == offer.id, OfferMatch.other_offer_id == offer.id))
    for match in hearing.session.exec(concerned):
        owner = hearing.session.get_one(Offer, match.offer_id).person_id
        waiting = {(True, None): owner, (None, True): match.other_person_id}.get((match.agreed, match.other_agreed))
        if waiting is not None and waiting != offer.person_id:
            person = hearing.session.get_one(Person, waiting)
            note = _came_to_nothing(person.language)
            notices.to_person(hearing.session, person, note, f"contact:{match.id}:{person.id}", hearing.at)


def _contact(session: Session, language: str, other: Person) -> Note:
    """Who the other side is: both have agreed."""
    company = notices.company_of(session, other)
    lines = [
        say(language, "member-match-contact"),
        f"{other.name}, {company.name}",
        notices.address_of(session, other),
    ]
    if phone := other.phone or company.phone:
        lines.append(say(language, "member-match-phone", phone=phone))
    return Note(say(language, "member-match-contact-title"), tuple(lines))


def _waiting(language: str) -> Note:
    return Note(say(language, "member-match-yes-title"), (say(language, "member-match-yes"),))


def _came_to_nothing(language: str) -> Note:
    return Note(say(language, "member-match-nothing-title"), (say(language, "member-match-nothing"),))
