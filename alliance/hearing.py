"""One request at the desk: who speaks, how sure we are of that, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from alliance.house import House
from alliance.intents import Intent, Matter
from alliance.notes import NO_MATTER
from store.tables import Channel, Person, Role


@dataclass(frozen=True)
class Voice:
    """Who speaks, as far as a door can tell.

    ``email`` is the From address of a letter (lower case), ``token`` the reply token it carried; ``forged``: our own
    mail server says that the letter is not from there. ``chat_id`` is the private Telegram chat. A member's own choice
    of language wins over ``language``.
    """

    channel: Channel
    at: datetime
    email: str = ""
    chat_id: int = 0
    name: str = ""
    language: str = "de"
    token: str = ""
    forged: bool = False
    inbox_id: int | None = None


@dataclass(frozen=True)
class Hearing:
    """A voice with the person behind it.

    ``proved`` says that From: alone is not all we have; ``distrusted`` why a letter is not to be believed (a text key),
    ``claimed`` whose it claims to be. ``choices`` are the reply words of the note that is being answered.
    """

    session: Session
    house: House
    voice: Voice
    person: Person | None = None
    operator: bool = False
    proved: bool = False
    distrusted: str = ""
    claimed: Person | None = None
    matter: Matter = NO_MATTER
    choices: Mapping[str, Intent] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """The moment of the request."""
        return self.voice.at

    @property
    def today(self) -> date:
        """The local day of the request."""
        return self.voice.at.astimezone(self.house.zone).date()

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.person.language if self.person else self.voice.language

    @property
    def is_office(self) -> bool:
        """Whether the office speaks, or the operator at the command line."""
        return self.operator or (self.person is not None and self.person.role == Role.OFFICE)

    @property
    def in_chat(self) -> bool:
        """Whether the answer is shown in Telegram."""
        return self.voice.channel == Channel.TELEGRAM

    @property
    def member(self) -> Person:
        """The person; the desk has checked that there is one."""
        assert self.person is not None
        return self.person

    @property
    def member_id(self) -> int:
        """The person's id."""
        assert self.member.id is not None
        return self.member.id
