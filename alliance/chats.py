"""Telegram chats: tied to a membership once the person has agreed to it, and untied again."""

from __future__ import annotations

from sqlmodel import col, select

from alliance import consents, history, notices
from alliance.consents import TELEGRAM, VERSION, Words
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import AgreeTelegram, Matter, UnlinkTelegram
from alliance.notes import Action, Note
from store import outbox
from store.tables import Channel, JoinRequest, Person
from texts import say


def ask(house: House, request: JoinRequest, language: str) -> Note:
    """What Telegram means for one's data, and whether that is wanted: asked before anything is tied."""
    lines = (
        say(language, "guest-consent-telegram-line"),
        say(language, "guest-consent-quote", statement=consents.telegram(language, house.name).statement),
        say(language, "guest-consent-telegram-back"),
    )
    return Note(
        say(language, "guest-consent-telegram-title"),
        lines,
        actions=answers(language, request),
        matter=Matter("proof", request.id or 0),
        language=language,
    )


def answers(language: str, request: JoinRequest) -> tuple[Action, ...]:
    """»Einverstanden« and »Lieber per E-Mail«."""
    agree, by_mail = (AgreeTelegram(request.id or 0, agree=agree, version=VERSION) for agree in (True, False))
    return (
        Action(say(language, "guest-consent-button-agree"), agree, say(language, "word-yes")),
        Action(say(language, "guest-consent-button-mail"), by_mail, say(language, "word-no")),
    )


def agreed(hearing: Hearing, request: JoinRequest) -> bool:
    """Whether the person has agreed to Telegram for this request."""
    return consents.standing(hearing.session, request_id=request.id).get(TELEGRAM, False)


def tie(hearing: Hearing, person: Person, chat_id: int) -> None:
    """From now on the person is reached in this chat, and nobody else is."""
    others = select(Person).where(Person.telegram_id == chat_id, Person.id != person.id).order_by(col(Person.id))
    for other in hearing.session.exec(others):
        untie(hearing, other, "moved")
        _tell_moved(hearing, other)
    hearing.session.flush()  # the chat is free before it is given away
    person.telegram_id, person.telegram_dead, person.channel = chat_id, False, Channel.TELEGRAM


def _tell_moved(hearing: Hearing, person: Person) -> None:
    """Whoever had the chat before hears of it where they are reached now."""
    language = person.language
    lines = (say(language, "member-moved-line"), say(language, "member-unlinked-line"))
    note = Note(say(language, "member-unlinked-title"), lines, language=language)
    key = f"chat-moved:{person.id}:{hearing.at:%Y%m%d%H%M%S}"
    notices.to_person(hearing.session, person, note, key, hearing.at)


def tie_as_agreed(hearing: Hearing, person: Person, chat_id: int) -> None:
    """Tie the chat of somebody who is known to have agreed in it: for example data, where nobody can be asked."""
    words = consents.telegram(person.language, hearing.house.name)
    consents.of_person(hearing, person, TELEGRAM, words, given=True)
    tie(hearing, person, chat_id)


def unlink(hearing: Hearing, _intent: UnlinkTelegram) -> Note:
    """TELEGRAM AUS: what waits and all that follows goes by mail. Raises Invalid."""
    person, language = hearing.member, hearing.language
    if person.telegram_id is None:
        raise Invalid("refusal-not-linked")
    untie(hearing, person, "ended")
    history.write(hearing, "unlink-telegram", {"person": person.id})
    return Note(say(language, "member-unlinked-title"), (say(language, "member-unlinked-line"),))


def untie(hearing: Hearing, person: Person, why: str) -> None:
    """The person's chat is theirs no more, if there is one; ``why`` is "ended", "moved" or "dismissed"."""
    if person.telegram_id is None:
        return
    words = Words(say(person.language, f"member-consent-telegram-{why}"))
    consents.of_person(hearing, person, TELEGRAM, words, given=False)
    outbox.move(hearing.session, person.id or 0, Channel.MAIL, notices.address_of(hearing.session, person))
    person.telegram_id, person.channel = None, Channel.MAIL
