"""Proving an address: the mailed code, the letter that brings it, and how often it may be asked for."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, select

from alliance import chats, consents, notices
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.intents import Confirm, Matter
from alliance.notes import Action, Note
from store import outbox
from store.tables import Address, JoinRequest, Person, RequestState, Talk
from texts import say

CODE_BYTES = 16  # 128 bits
CODE_LIFETIME = timedelta(minutes=15)
TRIES = 5  # codes asked for or typed wrongly, per chat and hour
# letters with a code to one address, however many chats or forged letters ask for them
LETTERS = ((3, timedelta(hours=1)), (10, timedelta(days=1)))
LETTER_KEY = "proof:"  # how the dedupe keys of these letters begin


def spend_try(hearing: Hearing) -> bool:
    """Count one of the few tries per chat and hour; False when none is left. By mail the door's own limits count."""
    if not hearing.in_chat:
        return True
    talk = hearing.session.get(Talk, hearing.voice.chat_id)
    if talk is None:
        talk = Talk(chat_id=hearing.voice.chat_id, expires_at=hearing.at)
        hearing.session.add(talk)
    if talk.tries_until is None or talk.tries_until < hearing.at:
        talk.tries, talk.tries_until = 0, hearing.at + timedelta(hours=1)
    talk.tries += 1
    return talk.tries <= TRIES


def checked(email: str) -> str:
    """The address in lower case, its domain in punycode, as letters name their sender. Raises Invalid if it is none.

    So a domain that only looks like another one (»stаhl« with a Cyrillic а) is seen for what it is.
    """
    try:
        found = validate_email(email, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Invalid("refusal-bad-address") from error
    assert found.ascii_email is not None  # the local part is ASCII: SMTPUTF8 is not allowed
    return found.ascii_email.lower()


def owner(session: Session, email: str) -> Person | None:
    """The member who has this address and is still with us."""
    statement = select(Person).join(Address).where(Address.email == email, col(Person.left_at).is_(None))
    return session.exec(statement).first()


def language_of(session: Session, request: JoinRequest) -> str:
    """The language of whoever has the address."""
    member = owner(session, request.email)
    return member.language if member else request.language


def new_code(request: JoinRequest, now: datetime) -> str:
    """A fresh code; only its hash is kept."""
    code = secrets.token_urlsafe(CODE_BYTES)
    request.state = RequestState.UNPROVED
    request.code_hash = hashed(code)
    request.code_expires_at = now + CODE_LIFETIME
    return code


def hashed(code: str) -> str:
    """What is kept of a code. One round of SHA-256 will do: 128 random bits cannot be tried out."""
    return sha256(code.encode()).hexdigest()


def may_write(session: Session, email: str, now: datetime) -> bool:
    """Whether this address may get one more letter with a code."""
    return all(outbox.count_to(session, email, LETTER_KEY, now - within) < count for count, within in LETTERS)


def mail_code(hearing: Hearing, request: JoinRequest) -> None:
    """Mail a new code; to an address that has had enough letters nothing goes, without a word: its last code counts."""
    if not may_write(hearing.session, request.email, hearing.at):
        return
    code = new_code(request, hearing.at)
    mail(hearing, request, proof_letter(hearing, request, code))


def mail(hearing: Hearing, request: JoinRequest, note: Note) -> None:
    """Send a letter that counts as one with a code; there is one for each code."""
    key = f"{LETTER_KEY}{request.id}:{request.code_hash[:16]}"
    notices.to_address(hearing.session, request.email, note, key, hearing.at)


def answered_with_code(hearing: Hearing, request: JoinRequest) -> Note:
    """The letter with a new code as the answer to a letter, or a word that there have been enough."""
    if not may_write(hearing.session, request.email, hearing.at):
        language = hearing.language
        return Note(say(language, "guest-code-enough-title"), (say(language, "guest-code-enough"),), futile=True)
    return proof_letter(hearing, request, new_code(request, hearing.at))


def proof_letter(hearing: Hearing, request: JoinRequest, code: str) -> Note:
    """The letter that brings the code: to somebody new with the privacy notice, to a member to link a chat, or to an
    address that a member wants to add.
    """
    member = owner(hearing.session, request.email)
    kind = "link" if member else "address" if request.person_id else "join"
    language = language_of(hearing.session, request)
    return Note(
        title=say(language, f"guest-{kind}-letter-title", house=hearing.house.name),
        lines=tuple(_proof_lines(hearing, language, kind, code)),
        actions=tuple(_proof_actions(hearing, language, kind, request, code)),
        closing=(
            _privacy(language, kind, hearing.house.name),
            say(language, "guest-letter-not-you"),
        ),
        matter=Matter("proof", request.id or 0),
        language=language,
    )


def _privacy(language: str, kind: str, house: str) -> str:
    """What is kept of somebody new, and where everybody can read more."""
    if kind == "join":
        return say(language, "guest-letter-privacy", house=house)
    return say(language, "guest-letter-privacy-short")


def _proof_lines(hearing: Hearing, language: str, kind: str, code: str) -> Iterator[str]:
    house = hearing.house.name
    yield say(language, f"guest-{kind}-letter-line", house=house)
    match kind:
        case "join":
            yield from membership_lines(language, house, "guest-consent-join-how")
        case "link":
            statement = consents.telegram(language, house).statement
            yield say(language, "guest-consent-quote", statement=statement)
            yield say(language, "guest-consent-link-how")
        case _:
            yield say(language, "guest-address-letter-yes")
    if hearing.house.bot:
        yield say(language, "guest-letter-code", code=code)
        yield say(language, "guest-letter-minutes")


def membership_lines(language: str, house: str, how: str) -> tuple[str, ...]:
    """What a yes declares, word for word as it is kept; ``how`` to say it is a text key."""
    statement, *about_digest = consents.shown_to_join(language, house)
    return (
        say(language, "guest-consent-join-ask"),
        say(language, "guest-consent-quote", statement=statement),
        say(language, how, digest=about_digest[0], without=about_digest[1]),
    )


def _proof_actions(hearing: Hearing, language: str, kind: str, request: JoinRequest, code: str) -> Iterator[Action]:
    """Reply words prove the address; the link also ties a chat, which is nothing for an address that is only added."""
    match kind:
        case "join":
            yield from membership_answers(language, request)
        case "link":
            yield from chats.answers(language, request)
        case _:
            yes = Confirm(request=request.id or 0)
            yield Action(say(language, "guest-address-letter-button-yes"), yes, say(language, "word-yes"))
    link = hearing.house.link(code)
    if link and kind != "address":
        yield Action(say(language, "guest-letter-button-telegram"), link=link)


def membership_answers(language: str, request: JoinRequest) -> Iterator[Action]:
    """Yes, with the digest or without it."""
    for digest, word in ((True, "word-yes"), (False, "word-yes-without")):
        answer = Confirm(request=request.id or 0, digest=digest, version=consents.VERSION)
        yield Action(consents.answer_to_join(language, digest=digest), answer, say(language, word))
