"""Proving an address: the mailed code, the letter that brings it, and how often it may be asked for."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, select

from alliance import notices
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.intents import Confirm, Matter
from alliance.notes import Action, Note
from store.tables import Address, JoinRequest, Person, RequestState, Talk
from texts import say

CODE_BYTES = 16  # 128 bits
CODE_LIFETIME = timedelta(minutes=15)
TRIES = 5  # codes asked for or typed wrongly, per chat and hour


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
    """The address in its normal form. Raises Invalid if it is none."""
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid("refusal-bad-address") from error


def owner(session: Session, email: str) -> Person | None:
    """The member who has this address and is still with us."""
    statement = select(Person).join(Address).where(Address.email == email, col(Person.left_at).is_(None))
    return session.exec(statement).first()


def new_code(request: JoinRequest, now: datetime) -> str:
    """A fresh code; only its hash is kept."""
    code = secrets.token_urlsafe(CODE_BYTES)
    request.state = RequestState.UNPROVED
    request.code_hash = hashed(code)
    request.code_expires_at = now + CODE_LIFETIME
    return code


def hashed(code: str) -> str:
    return sha256(code.encode()).hexdigest()


def mail_code(hearing: Hearing, request: JoinRequest) -> None:
    code = new_code(request, hearing.at)
    note = proof_letter(hearing, request, code)
    notices.to_address(hearing.session, request.email, note, f"proof:{request.id}:{hashed(code)[:16]}", hearing.at)


def proof_letter(hearing: Hearing, request: JoinRequest, code: str) -> Note:
    """The letter that brings the code: to somebody new with the privacy notice, to a member to link a chat, or to an
    address that a member wants to add.
    """
    member = owner(hearing.session, request.email)
    kind = "link" if member else "address" if request.person_id else "join"
    language = member.language if member else request.language
    return Note(
        title=say(language, f"guest-{kind}-letter-title", house=hearing.house.name),
        lines=tuple(_proof_lines(hearing, language, kind, code)),
        actions=tuple(_proof_actions(hearing, language, kind, request, code)),
        closing=(
            say(language, "guest-letter-privacy", house=hearing.house.name),
            say(language, "guest-letter-not-you"),
        ),
        matter=Matter("proof", request.id or 0),
        language=language,
    )


def _proof_lines(hearing: Hearing, language: str, kind: str, code: str) -> Iterator[str]:
    yield say(language, f"guest-{kind}-letter-line", house=hearing.house.name)
    if kind != "link":
        yield say(language, f"guest-{kind}-letter-yes")
    if hearing.house.bot:
        yield say(language, "guest-letter-code", code=code)
        yield say(language, "guest-letter-minutes")


def _proof_actions(hearing: Hearing, language: str, kind: str, request: JoinRequest, code: str) -> Iterator[Action]:
    """JA proves the address; the link also ties a chat, which is nothing for an address that is only added."""
    if kind != "link":
        yes = Confirm(request=request.id or 0)
        yield Action(say(language, f"guest-{kind}-letter-button-yes"), yes, say(language, "word-yes"))
    link = hearing.house.link(code)
    if link and kind != "address":
        yield Action(say(language, "guest-letter-button-telegram"), link=link)
