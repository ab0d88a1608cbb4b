"""What a member settles for themselves: pauses, language, leaving, help; and which channel still reaches them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, delete, select

import texts
from alliance import consents, deputising, history, moving, notices, phrases
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.intents import Help, Leave, Matter, Pause, Resume, ShowOutstanding, ShowStatus, Speak, Thank
from alliance.moving import Freed
from alliance.notes import NO_MATTER, Action, Note
from store import outbox
from store.outbox import Channel
from store.prepared import Loaded, Prepared, every, table, written
from store.tables import Address, Bounce, Person, Role
from texts import say

LONGEST_PAUSE = timedelta(days=366)


def help_(hearing: Hearing, _intent: Help) -> Note:
    """What can be said here, by role."""
    language = hearing.language
    role = "observer" if hearing.person and hearing.person.role == Role.OBSERVER else "member"
    role = "office" if hearing.is_office else role if hearing.person else "guest"
    lines = say(language, f"{role}-help-lines", house=hearing.house.name).split("\n")
    actions = _help_actions(language, role)
    return Note(say(language, "all-help-title"), tuple(lines), actions=actions)


def _help_actions(language: str, role: str) -> tuple[Action, ...]:
    status = Action(say(language, "member-button-status"), ShowStatus(), "STATUS")
    outstanding = Action(
        say(language, "office-button-outstanding"), ShowOutstanding(), say(language, "word-outstanding")
    )
    return {"guest": (), "office": (status, outstanding)}.get(role, (status,))


def thanked(hearing: Hearing, _intent: Thank) -> Note:
    """A short nod."""
    return Note(say(hearing.language, "all-thanked-title"), matter=hearing.matter)


def pause(hearing: Hearing, intent: Pause) -> Note:
    """No nudges up to and including a day. Without a day we ask for it."""
    language = hearing.language
    if intent.until is None:
        lines = (say(language, "member-pause-ask-line"),)
        return Note(say(language, "member-pause-ask-title"), lines, matter=Matter("pause"))
    if not hearing.today <= intent.until <= hearing.today + LONGEST_PAUSE:
        raise Invalid("refusal-pause-day")
    hearing.member.paused_until = intent.until
    history.write(hearing, "pause", {"until": intent.until.isoformat()})
    until = texts.day(language, intent.until)
    resume_ = Action(say(language, "member-button-resume"), Resume(), say(language, "word-resume"))
    beside, name_deputy = deputising.beside_pause(hearing)
    line = say(language, "member-pause-line", until=until)
    matter = Matter("deputy", intent.until.toordinal()) if name_deputy else NO_MATTER
    title, actions = say(language, "member-pause-title", until=until), (resume_, *name_deputy)
    return Note(title, (line, *beside), actions=actions, matter=matter)


def resume(hearing: Hearing, _intent: Resume) -> Note:
    """End the pause."""
    hearing.member.paused_until = None
    history.write(hearing, "resume", {})
    language = hearing.language
    return Note(say(language, "member-resume-title"), (say(language, "member-resume-line"),))


def speak(hearing: Hearing, intent: Speak) -> Note:
    """Change the language of everything that is sent to this person."""
    if intent.language not in texts.LANGUAGES:
        raise Invalid("refusal-language")
    hearing.member.language = intent.language
    history.write(hearing, "speak", {"language": intent.language})
    return Note(say(intent.language, "member-language-title"), (say(intent.language, "member-language-line"),))


def leave(hearing: Hearing, _intent: Leave) -> Note:
    """End the membership at once; what waits to be sent is dropped, the office hears which measures lose their lead."""
    person, language = hearing.member, hearing.language
    consents.end(hearing, person)
    person.left_at, person.telegram_id, person.channel = hearing.at, None, Channel.MAIL
    outbox.drop_for(hearing.session, hearing.member_id)
    freed = moving.free(hearing.session, person)
    deputising.end_all(hearing.session, hearing.house, person, hearing.at)
    history.write(hearing, "leave", {"measures": list(freed.numbers)})
    notices.to_office(
        hearing.session,
        lambda reader: _left_note(hearing.session, reader, person, freed),
        f"left:{person.id}:{hearing.at:%Y%m%d%H%M%S}",
        hearing.at,
    )
    lines = (say(language, "member-leave-line", house=hearing.house.name), say(language, "member-leave-back"))
    return Note(say(language, "member-leave-title"), lines, language=language)


def _left_note(session: Session, reader: Person, person: Person, freed: Freed) -> Note:
    language = reader.language
    lines = [say(language, "office-left-line", name=person.name)]
    if freed.orphans:
        names = phrases.measure_numbers(language, (measure.number for measure in freed.orphans))
        lines.append(say(language, "office-left-measures", measures=names))
    items = moving.giving(session, language, freed)
    return Note(say(language, "office-left-title", name=person.name), tuple(lines), items=items)


def blocked(session: Session, chat_id: int, now: datetime) -> None:
    """The person blocked the bot: mail is used until they write again."""
    person = _in_chat(session, chat_id)
    if person:
        person.telegram_dead = True


def reachable_again(session: Session, chat_id: int, now: datetime) -> None:
    """The person unblocked the bot or wrote in the chat."""
    person = _in_chat(session, chat_id)
    if person:
        heard_from(session, person, now, in_chat=True)


_HEARD_FROM = Prepared(
    update(table(Person)).where(col(Person.id) == bindparam("row")), ("last_contact_at", "away_until", "telegram_dead")
)


def heard_from(session: Session, person: Person, at: datetime, *, in_chat: bool) -> None:
    """The person spoke: whoever writes in a chat can be reached there, and whoever speaks is not away."""
    is_dead = person.telegram_dead and not in_chat
    news = {"last_contact_at": at, "away_until": None, "telegram_dead": is_dead}
    _HEARD_FROM.run(session, row=person.id, **news)
    written(person, **news)


def _in_chat(session: Session, chat_id: int) -> Person | None:
    return session.exec(select(Person).where(Person.telegram_id == chat_id)).first()


_DEAD = Loaded(Address, every(Address).where(col(Address.email) == bindparam("email"), col(Address.dead)))


def address_works(session: Session, email: str) -> None:
    """A reply came from this address, so letters reach it."""
    for address in _DEAD.all(session, email=email):
        address.dead = False
        session.execute(delete(Bounce).where(col(Bounce.email) == email))


def channel_lost(session: Session, letter: outbox.Letter, now: datetime) -> None:
    """One way to a person is dead: send by the other one, or tell the office that none is left."""
    did_not_arrive(session, letter, now, dead=True)


def did_not_arrive(session: Session, letter: outbox.Letter, now: datetime, *, dead: bool) -> None:
    """A note did not reach the person: send it by another way, or tell the office. ``dead``: nor will any other."""
    history.by_itself(session, now, letter.channel.value, "undelivered")
    person = session.get(Person, letter.person_id) if letter.person_id else None
    if person is None:
        return
    if dead:
        _mark_dead(session, person, letter)
    other = _other_way(session, person, letter)
    if other is None or letter.secret or letter.key.startswith(("unreachable:", "undelivered:")):
        kind = "unreachable" if dead else "undelivered"
        key = f"{kind}:{person.id}:{now:%Y-%m-%d}"
        notices.to_office(session, lambda reader: notices.not_arrived(reader, person, kind), key, now)
        return
    outbox.reroute(session, letter.id, *other, now)


def _mark_dead(session: Session, person: Person, letter: outbox.Letter) -> None:
    if letter.channel == Channel.TELEGRAM:
        person.telegram_dead = True
        return
    for address in session.exec(select(Address).where(Address.email == letter.to)):
        address.dead = True


def _other_way(session: Session, person: Person, letter: outbox.Letter) -> tuple[Channel, str] | None:
    """Another way that still works, if there is one: the chat, or another address."""
    if letter.channel == Channel.MAIL and person.telegram_id and not person.telegram_dead:
        return Channel.TELEGRAM, str(person.telegram_id)
    statement = select(Address).where(
        Address.person_id == person.id, col(Address.dead).is_(False), Address.email != letter.to
    )
    address = session.exec(statement.order_by(col(Address.id))).first()
    return (Channel.MAIL, address.email) if address else None
