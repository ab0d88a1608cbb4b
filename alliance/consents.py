"""Consents: who agreed to what or took it back, in which words, when and through which door (Art. 7 GDPR)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from alliance.hearing import Hearing
from store.tables import Consent, JoinRequest, Person
from texts import say

VERSION = "2026-11-22"  # of the notice and of all that is declared: the day since which texts/consent.*.ftl say so
MEMBERSHIP, DIGEST, TELEGRAM = "membership", "digest", "telegram"
PURPOSES = (MEMBERSHIP, DIGEST, TELEGRAM)


@dataclass(frozen=True)
class Words:
    """What somebody declared, as it was shown to them; ``answer`` is the button or reply word they chose."""

    statement: str
    answer: str = ""

    def said(self, language: str) -> str:
        """Both in one line, to be kept."""
        if not self.answer:
            return self.statement
        return say(language, "member-consent-answered", statement=self.statement, answer=self.answer)


def of_person(hearing: Hearing, person: Person, purpose: str, words: Words, *, given: bool) -> None:
    """Write down that a person agrees, or takes it back."""
    row = _row(hearing, purpose, words.said(person.language), given=given)
    row.person_id = person.id
    _add(hearing.session, row)


def of_request(hearing: Hearing, request: JoinRequest, purpose: str, words: Words, *, given: bool) -> None:
    """Write down what somebody declares who asks to join or to link a chat."""
    row = _row(hearing, purpose, words.said(request.language), given=given)
    row.request_id = request.id
    _add(hearing.session, row)


def _row(hearing: Hearing, purpose: str, wording: str, *, given: bool) -> Consent:
    return Consent(
        purpose=purpose,
        given=given,
        version=VERSION,
        wording=wording,
        door="console" if hearing.operator else hearing.voice.channel.value,
        at=hearing.at,
        inbox_id=hearing.voice.inbox_id,
    )


def _add(session: Session, row: Consent) -> None:
    session.add(row)
    session.flush()  # the latest row is the one with the highest id


def carry_over(session: Session, request: JoinRequest, person: Person) -> None:
    """What was declared with a request is the person's from now on: rows of their own, with all that proves it.

    The request keeps its rows until it is forgotten itself (:mod:`alliance.privacy.expiry`).
    """
    assert request.id is not None
    for row in of(session, request_id=request.id):
        values = row.model_dump(exclude={"id", "request_id", "person_id"})
        _add(session, Consent(**values, person_id=person.id))


def of(session: Session, *, person_id: int | None = None, request_id: int | None = None) -> list[Consent]:
    """All that a person, or a request, has declared, the oldest first."""
    statement = select(Consent).where(
        col(Consent.person_id).is_not_distinct_from(person_id), col(Consent.request_id).is_not_distinct_from(request_id)
    )
    return list(session.exec(statement.order_by(col(Consent.id))))


def standing(session: Session, *, person_id: int | None = None, request_id: int | None = None) -> dict[str, bool]:
    """What holds now, by purpose: the latest row. Of a purpose without rows nothing was ever declared."""
    return {row.purpose: row.given for row in of(session, person_id=person_id, request_id=request_id)}


def end(hearing: Hearing, person: Person) -> None:
    """Whoever leaves takes back the membership, and with it all else they had agreed to."""
    holds = standing(hearing.session, person_id=person.id)
    holds[MEMBERSHIP] = True  # who was entered by the office takes part without having agreed, and ends it all the same
    holds[TELEGRAM] = person.telegram_id is not None
    words = Words(say(person.language, "member-consent-membership-ended"))
    for purpose in PURPOSES:
        if holds.get(purpose):
            of_person(hearing, person, purpose, words, given=False)


# --- what is declared, in the words that are shown


def shown_to_join(language: str, house: str) -> tuple[str, str, str]:
    """What a new member declares: the membership, and the digest or that it is not wanted."""
    membership = say(language, "guest-consent-membership", house=house)
    return membership, say(language, "guest-consent-digest"), say(language, "guest-consent-no-digest")


def answer_to_join(language: str, *, digest: bool) -> str:
    """The label of the button for yes, with or without the digest."""
    return say(language, f"guest-consent-button-{'with' if digest else 'without'}")


def joined(language: str, house: str, *, digest: bool) -> dict[str, Words]:
    """What the answer to the question about the membership declares, by purpose."""
    membership, with_digest, without = shown_to_join(language, house)
    answer = answer_to_join(language, digest=digest)
    return {MEMBERSHIP: Words(membership, answer), DIGEST: Words(with_digest if digest else without, answer)}


def telegram(language: str, house: str) -> Words:
    """What somebody declares before a chat is linked."""
    return Words(say(language, "guest-consent-telegram", house=house), say(language, "guest-consent-button-agree"))


def rhythm(language: str, digest: str) -> Words:
    """What WOCHENÜBERBLICK declares; ``digest`` as in :class:`store.tables.Person`."""
    return Words(say(language, f"member-consent-digest-{digest}"))
