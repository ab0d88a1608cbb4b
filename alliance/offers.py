"""Offers and needs: sharing one, listing the open ones without names, asking for a contact, settling one."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col

from alliance import history, matches, notices, wording
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.intents import AskContact, CloseOffer, Matter, ShareOffer, ShowOffers, Undo
from alliance.notes import Action, Note
from store.tables import Deed, Offer, Person
from texts import say

LISTED = 20  # offers and needs in one list, the latest


def share(hearing: Hearing, intent: ShareOffer) -> Note:
    """Keep an offer or a need, and ask those whom it may suit; without words they are asked for. Raises Invalid."""
    language, kind = hearing.language, matches.kind_of(seeking=intent.seeking)
    text = wording.checked(intent.text)
    if not text:
        return Note(
            say(language, f"member-{kind}-ask-title"), (say(language, f"member-{kind}-ask"),), matter=Matter(kind)
        )
    if not intent.confirmed:
        yes = Action(
            say(language, "member-idea-button-yes"), ShareOffer(text, intent.seeking), say(language, "word-yes")
        )
        lines = (say(language, "all-phrase-quote", text=text),)
        title = say(language, f"member-{kind}-sure-title")
        return Note(title, lines, actions=(yes,), matter=hearing.matter, futile=True)
    if twin := _twin(hearing, text, seeking=intent.seeking):
        title = say(language, "member-offer-twin", offer=matches.name(language, twin))
        return Note(title, (say(language, "all-phrase-quote", text=twin.text),))
    offer = Offer(person_id=hearing.member_id, seeking=intent.seeking, text=text, at=hearing.at)
    hearing.session.add(offer)
    hearing.session.flush()
    deed = history.write(hearing, "offer", {"offer": offer.id})
    return _receipt(hearing, deed, offer, matches.look(hearing, offer))


def _receipt(hearing: Hearing, deed: Deed, offer: Offer, found: int) -> Note:
    language = hearing.language
    title = say(language, "member-offer-title", offer=matches.name(language, offer))
    lines = (
        say(language, "all-phrase-quote", text=offer.text),
        say(language, "member-offer-matches", count=found),
        say(language, "member-offer-how-long", days=matches.OPEN_FOR.days),
    )
    label, word = say(language, "member-report-button-undo"), say(language, "member-report-word-undo")
    return Note(title, lines, actions=(Action(label, Undo(deed.id), word),), toast=title)


def _twin(hearing: Hearing, text: str, *, seeking: bool) -> Offer | None:
    mine = matches.open_offers(hearing.at).where(Offer.person_id == hearing.member_id)
    found = hearing.session.exec(mine.where(Offer.seeking == seeking))
    return next((offer for offer in found if wording.same(offer.text, text)), None)


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG on an offer or a need: it is no longer open, and nobody is told."""
    offer = hearing.session.get_one(Offer, deed.details["offer"])
    offer.closed_at = offer.closed_at or hearing.at
    title = say(hearing.language, "member-offer-undone", offer=matches.name(hearing.language, offer))
    return Note(title, (say(hearing.language, "all-phrase-quote", text=offer.text),), toast=title)


def close(hearing: Hearing, intent: CloseOffer) -> Note:
    """Settled: no longer shown or matched; who agreed to a contact and still waits is told. Raises a Refusal."""
    offer = matches.find(hearing, intent.offer)
    matches.release_waiting(hearing, offer)
    offer.closed_at = hearing.at
    history.write(hearing, "close-offer", {"offer": offer.id})
    language = hearing.language
    title = say(language, "member-offer-closed", offer=matches.name(language, offer))
    return Note(title, (say(language, "all-phrase-quote", text=offer.text),), toast=title)


def ask_contact(hearing: Hearing, intent: AskContact) -> Note:
    """Ask whoever made an offer or need, without telling who asks; my name goes out if they agree. Raises Invalid."""
    offer = matches.find(hearing, intent.offer)
    if offer.person_id == hearing.member_id:
        raise Invalid("refusal-offer-own")
    return matches.ask(hearing, offer)


def show(hearing: Hearing, _intent: ShowOffers) -> Note:
    """ANGEBOTE: what is open, the latest first; without names for members."""
    language = hearing.language
    found = hearing.session.exec(matches.open_offers(hearing.at).order_by(col(Offer.id).desc())).all()
    shown = found[:LISTED]
    lines = [_line(hearing, offer) for offer in shown]
    if len(found) > LISTED:
        lines.append(say(language, "all-offer-more", count=len(found) - LISTED))
    title = say(language, "all-offer-list-title", count=len(found))
    actions = tuple(_action(hearing, offer) for offer in shown) if hearing.person else ()
    return Note(title, tuple(lines), actions=actions, closing=(say(language, "member-offer-list-closing"),))


def _line(hearing: Hearing, offer: Offer) -> str:
    language = hearing.language
    line = _said(language, offer)
    if hearing.is_office:
        person = hearing.session.get_one(Person, offer.person_id)
        return f"{line} ({person.name}, {notices.company_of(hearing.session, person).name})"
    is_mine = hearing.person is not None and offer.person_id == hearing.person.id
    return f"{line} ({say(language, 'all-offer-yours')})" if is_mine else line


def _said(language: str, offer: Offer) -> str:
    return say(language, "all-offer-line", offer=matches.name(language, offer), text=wording.mentioned(offer.text))


def _action(hearing: Hearing, offer: Offer) -> Action:
    """Mine can be settled, those of others asked about."""
    language, number = hearing.language, str(offer.id)
    if offer.person_id == hearing.member_id:
        label = say(language, "member-offer-button-close", offer=number)
        word = say(language, "member-offer-word-close", offer=matches.name(language, offer).upper())
        return Action(label, CloseOffer(offer.id or 0), word)
    label = say(language, "member-offer-button-contact", offer=number)
    return Action(label, AskContact(offer.id or 0), say(language, "member-offer-word-contact", offer=number))


def new_since(session: Session, since: datetime, language: str) -> tuple[str, ...]:
    """The open offers and needs since then, a line each without names, for the digest."""
    found = session.exec(matches.open_offers(since).where(Offer.at >= since).order_by(col(Offer.id)))
    return tuple(_said(language, offer) for offer in found)
