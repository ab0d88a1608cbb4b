"""The tables."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

# A row comes from our own code or the database and is never validated: what only validation needs is not built
SQLModel.model_config["defer_build"] = True
SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite hands out the id of a deleted last row again; ids that others remember must not come back
_NEVER_REUSED = {"sqlite_autoincrement": True}


class Role(StrEnum):
    """What a person is to the alliance."""

    MEMBER = "member"
    OBSERVER = "observer"  # reads along: is asked nothing, counted nowhere and votes on nothing
    OFFICE = "office"


class Channel(StrEnum):
    """The ways to reach a person."""

    MAIL = "mail"
    TELEGRAM = "telegram"


class Received(StrEnum):
    """What became of something that came in."""

    NEW = "new"
    ACTED = "acted"  # the deed is committed, its direct answer not yet confirmed as shown
    DONE = "done"
    OFFICE = "office"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"


class Answer(StrEnum):
    """What somebody said to a meeting."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class Sending(StrEnum):
    """Where an outgoing note stands."""

    QUEUED = "queued"
    IN_FLIGHT = "in-flight"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    HELD = "held"


class RequestState(StrEnum):
    """Steps of a request to join."""

    UNPROVED = "unproved"
    PROVED = "proved"  # by the code, but what they agree to is not answered yet
    NAMELESS = "nameless"  # proved, but the company is not known yet
    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"


class Word(TypeDecorator[Any]):
    """An enum stored as its word. A word that this code does not know yet is read as plain text, not refused."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind
        self._known = {member.value: member for member in kind}

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return self._known.get(value, value)


# A range of keys that begin alike is only one where no language has a say in the order
_BYTEWISE = String().with_variant(String(collation="C"), "postgresql")


def _word(kind: type[StrEnum]) -> Column[Any]:
    return Column(Word(kind), nullable=False)


class Company(SQLModel, table=True):
    """A company or institution (Unternehmen/Institution)."""

    __tablename__ = "companies"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    search_key: str = Field(unique=True)
    phone: str = ""


class Person(SQLModel, table=True):
    """A member (Mitglied): a person, who represents a company.

    ``paused_until`` is what they asked for, ``away_until`` what their out-of-office letter says; both days included.
    ``digest`` is how often they want the digest: "weekly", "monthly" or "never". Of somebody with ``erased_at`` nothing
    is left but this row under a pseudonym, so that the history can still name it.
    """

    __tablename__ = "persons"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    company_id: int = Field(foreign_key="companies.id", index=True)
    role: Role = Field(default=Role.MEMBER, sa_column=_word(Role))
    channel: Channel = Field(default=Channel.MAIL, sa_column=_word(Channel))
    language: str = "de"
    phone: str = ""
    telegram_id: int | None = Field(default=None, sa_column=Column(BigInteger, unique=True))
    telegram_dead: bool = False
    paused_until: date | None = None
    away_until: date | None = None
    digest: str = "weekly"
    joined_at: datetime
    left_at: datetime | None = None
    last_contact_at: datetime | None = None
    erased_at: datetime | None = None


class Address(SQLModel, table=True):
    """A mail address that a person has proved or the office has entered. ``email`` is lower case."""

    __tablename__ = "addresses"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    email: str = Field(unique=True)
    dead: bool = False


class PlanField(SQLModel, table=True):
    """A field (Themenfeld) of the plan, in a group of fields; ``position`` orders them from 1."""

    __tablename__ = "fields"
    id: int | None = Field(default=None, primary_key=True)
    position: int
    group_name: str = ""
    name: str = Field(unique=True)


class Goal(SQLModel, table=True):
    """A goal of one field: strategic without a ``parent_id``, else operative, below a strategic one."""

    __tablename__ = "goals"
    id: int | None = Field(default=None, primary_key=True)
    field_id: int = Field(foreign_key="fields.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="goals.id", index=True)
    position: int = 0
    title: str


class Measure(SQLModel, table=True):
    """A measure (Maßnahme) and its present standing. ``number`` is what people say: M12.

    ``field`` names its field, that of its operative goal if it has one. ``due`` is the plan's date, ``expected`` the
    one that was last reported. ``initiative`` is "administration", "business" or "". ``milestones`` are objects with
    "title", "due" (ISO day or null) and "done" (true or false), ``evidence`` lines of text or links. A withdrawn one
    (gestrichen) is kept, but no longer part of the plan: it is not asked about, not counted and not reported on.
    """

    __tablename__ = "measures"
    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    title: str
    field: str = ""
    goal_id: int | None = Field(default=None, foreign_key="goals.id", index=True)
    initiative: str = ""
    begins: date | None = None
    milestones: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    evidence: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    status: str = "open"
    percent: int = 0
    due: date | None = None
    expected: date | None = None
    help_wanted: bool = False
    note: str = ""
    reported_at: datetime | None = None
    withdrawn_at: datetime | None = None
    version: int = 0


class Assignment(SQLModel, table=True):
    """Who leads (verantwortlich) or contributes to (beteiligt) a measure."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("measure_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measures.id")
    person_id: int = Field(foreign_key="persons.id", index=True)
    lead: bool = True


class ProgressReport(SQLModel, table=True):
    """A progress report (Statusmeldung), never changed, only undone."""

    __tablename__ = "reports"
    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measures.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True)
    deed_id: int = Field(foreign_key="history.id", index=True)
    status: str
    percent: int
    text: str = ""
    unchanged: bool = False
    expected: date | None = None
    help_wanted: bool = False
    at: datetime = Field(index=True)
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    version: int
    undone_at: datetime | None = None


class Meeting(SQLModel, table=True):
    """A meeting (Sitzung) and the round of status questions before it. ``kind``: "alliance" or "working-group".

    ``agenda`` are objects with "at" (local wall-clock time "17:15", or "") and "title". ``sequence`` counts the changes
    that calendars must hear of (RFC 5545, 3.8.7.4). Each ``…_at`` says when that step was done.
    """

    __tablename__ = "meetings"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    title: str
    place: str = ""
    link: str = ""
    agenda: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    starts_at: datetime = Field(index=True)
    ends_at: datetime | None = None
    sequence: int = 0
    minute_taker_id: int | None = Field(default=None, foreign_key="persons.id")
    minutes: str = ""
    planned_at: datetime | None = None
    invited_at: datetime | None = None
    registration_closed_at: datetime | None = None
    frozen_at: datetime | None = None
    minutes_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""


class Attendance(SQLModel, table=True):
    """What a person last said to a meeting; ``deputy`` is who comes instead, as the person named them.

    ``needs`` are notes on food or access (special categories, Art. 9 GDPR): for the office alone, and not for long.
    """

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        Index(
            "ix_attendances_needs",
            "id",
            sqlite_where=text("needs <> ''"),
            postgresql_where=text("needs <> ''"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meetings.id")
    person_id: int = Field(foreign_key="persons.id", index=True)
    answer: Answer = Field(sa_column=_word(Answer))
    deputy: str = ""
    needs: str = ""
    at: datetime


class PlanVersion(SQLModel, table=True):
    """A step in the plan's life: "draft", "in-discussion" or "adopted" (at a meeting); the latest row holds.

    ``content`` is the whole plan as it was adopted.
    """

    __tablename__ = "plan_versions"
    id: int | None = Field(default=None, primary_key=True)
    state: str
    meeting_id: int | None = Field(default=None, foreign_key="meetings.id")
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="persons.id")
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Amendment(SQLModel, table=True):
    """A change of an adopted plan: what of which measure, from what to what, by whom and why.

    ``what`` is as in :class:`alliance.intents.AmendMeasure`, or "added".
    """

    __tablename__ = "amendments"
    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measures.id", index=True)
    what: str
    before: str = ""
    after: str = ""
    why: str
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="persons.id")
    meeting_id: int | None = Field(default=None, foreign_key="meetings.id")
    deed_id: int = Field(foreign_key="history.id", index=True)
    undone_at: datetime | None = None


class Decision(SQLModel, table=True):
    """A decision (Beschluss) of a meeting; it became a measure or an amendment, or stands as words alone."""

    __tablename__ = "decisions"
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meetings.id", index=True)
    text: str
    measure_id: int | None = Field(default=None, foreign_key="measures.id")
    amendment_id: int | None = Field(default=None, foreign_key="amendments.id")
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="persons.id")


class LeadOffer(SQLModel, table=True):
    """A measure offered to a person, who accepts the lead or not; ``from_id`` hands it over, None for the office."""

    __tablename__ = "lead_offers"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measures.id", index=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    from_id: int | None = Field(default=None, foreign_key="persons.id")
    decision_id: int | None = Field(default=None, foreign_key="decisions.id")
    made_at: datetime
    answered_at: datetime | None = None
    accepted: bool | None = None


class Idea(SQLModel, table=True):
    """An idea (Idee), called by its id. ``state``: "new", "merged", "declined" or "promoted" (to a measure)."""

    __tablename__ = "ideas"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True)
    text: str
    field: str = ""
    state: str = "new"
    reason: str = ""
    into_id: int | None = Field(default=None, foreign_key="ideas.id")
    measure_id: int | None = Field(default=None, foreign_key="measures.id")
    at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="persons.id")


class Offer(SQLModel, table=True):
    """An offer (Angebot) or, ``seeking``, a need (Gesuch) of expertise or resources."""

    __tablename__ = "offers"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    seeking: bool = False
    text: str
    at: datetime
    closed_at: datetime | None = None


class OfferMatch(SQLModel, table=True):
    """An offer that fits a need, or either that fits a measure, whose lead is the other side.

    ``agreed`` and ``other_agreed`` are what the two sides said to an exchange of names, None while they are silent.
    """

    __tablename__ = "matches"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    offer_id: int = Field(foreign_key="offers.id", index=True)
    other_offer_id: int | None = Field(default=None, foreign_key="offers.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measures.id")
    other_person_id: int = Field(foreign_key="persons.id")
    agreed: bool | None = None
    other_agreed: bool | None = None
    at: datetime


class Poll(SQLModel, table=True):
    """A poll (Abstimmung) bound to a meeting. ``kind``: "points" (``points`` to give), "yes-no" or "consensus".

    Consensus asks for the resistance to each option, 0 (none) to 10. ``tally`` takes the place of the ballots when the
    poll is closed: "asked" and "voted" are numbers of people, "totals" and "strong" are sums by option number,
    "pictures" are ids of papers by language.
    """

    __tablename__ = "polls"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meetings.id", index=True)
    kind: str
    question: str
    points: int = 0
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    tally: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class PollOption(SQLModel, table=True):
    """Something to vote on: ``number`` is that of the measure if it is one, else from 1 (people say A, B, C).

    The option without a title is that all stays as it is, said in the reader's language.
    """

    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="polls.id")
    number: int
    title: str
    measure_id: int | None = Field(default=None, foreign_key="measures.id")


class Ballot(SQLModel, table=True):
    """One person's vote, changed until the poll closes: option number (as text, JSON's way) to value."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("poll_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="polls.id")
    person_id: int = Field(foreign_key="persons.id", index=True)
    choices: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: datetime


class Follow(SQLModel, table=True):
    """What a person wants to read about in the digest beside their own: a measure or a field."""

    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("person_id", "measure_id", "field"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measures.id")
    field: str = ""


class Upload(SQLModel, table=True):
    """A spreadsheet somebody sent in, waiting for JA. ``deed_id`` is the import, which can be taken back."""

    __tablename__ = "uploads"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="persons.id")
    name: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime
    deed_id: int | None = Field(default=None, foreign_key="history.id", index=True)


class JoinRequest(SQLModel, table=True):
    """A request to join, or to link a chat, on its way from the first word to the office's decision.

    Only the hash of the mailed code is kept; ``chat_id`` is the Telegram chat that asked, if one did.
    """

    __tablename__ = "requests"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    state: RequestState = Field(default=RequestState.UNPROVED, sa_column=_word(RequestState))
    email: str = Field(index=True)
    name: str = ""
    company: str = ""
    language: str = "de"
    chat_id: int | None = Field(default=None, sa_column=Column(BigInteger, index=True))
    person_id: int | None = Field(default=None, foreign_key="persons.id")
    code_hash: str = Field(default="", index=True)
    code_expires_at: datetime | None = None
    made_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="persons.id")


class Case(SQLModel, table=True):
    """Words nobody understood or nobody could be trusted with, waiting for the office.

    ``claimed_id`` is the person a distrusted letter claims to come from, ``token`` what it answers.
    """

    __tablename__ = "cases"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="persons.id")
    email: str = ""
    chat_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    language: str = "de"
    text: str
    reason: str
    claimed_id: int | None = Field(default=None, foreign_key="persons.id")
    token: str = ""
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    made_at: datetime
    answered_at: datetime | None = None


class Talk(SQLModel, table=True):
    """What a chat was last asked, so that its next words can be placed; and how often it tried a code.

    ``choices`` are the packed actions that the question may be answered with by their words.
    """

    __tablename__ = "talks"
    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    matter: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    choices: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    expires_at: datetime
    tries: int = 0
    tries_until: datetime | None = None


class Keyboard(SQLModel, table=True):
    """Buttons under one shown bubble: a press names this row and an index. Bound to one chat."""

    __tablename__ = "keyboards"
    id: str = Field(primary_key=True)
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    intents: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    expires_at: datetime


class Deed(SQLModel, table=True):
    """A line of the history: who did what, through which door, and how it was before. Only ever added to."""

    __tablename__ = "history"
    __table_args__ = (
        Index(
            "ix_history_needs",
            "inbox_id",
            sqlite_where=text("what in ('note-needs', 'ask-needs')"),
            postgresql_where=text("what in ('note-needs', 'ask-needs')"),
        ),
        _NEVER_REUSED,
    )
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="persons.id", index=True)
    door: str
    what: str
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")


class InboxRow(SQLModel, table=True):
    """Something that came in, kept raw, acted on exactly once.

    ``external_id`` is the update_id of Telegram, or "mailbox:uidvalidity:uid" of a letter; ``fingerprint`` recognises a
    letter that comes twice, ``sender`` is its address once it is known. ``answer`` holds the packed note of an ACTED
    row until it has been shown. ``holder`` is the instance that works on it, "" where there can be but one.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index(
            "ix_inbox_waiting",
            "id",
            sqlite_where=text("state in ('new', 'acted')"),
            postgresql_where=text("state in ('new', 'acted')"),
        ),
        Index(
            "ix_inbox_kept",
            "received_at",
            sqlite_where=text("length(raw) > 0"),
            postgresql_where=text("length(raw) > 0"),
        ),
        Index(
            "ix_inbox_aside",
            "id",
            sqlite_where=text("state = 'quarantined'"),
            postgresql_where=text("state = 'quarantined'"),
        ),
        _NEVER_REUSED,
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: Channel = Field(sa_column=_word(Channel))
    external_id: str
    fingerprint: str = Field(default="", index=True)
    sender: str = Field(default="", index=True)
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    received_at: datetime
    state: Received = Field(default=Received.NEW, sa_column=_word(Received))
    tries: int = 0
    outcome: str = ""
    answer: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    holder: str = Field(default="", sa_column_kwargs={"server_default": ""})


class OutboxRow(SQLModel, table=True):
    """Something that goes out: a row first, a letter or chat bubble after.

    ``to`` is a mail address or a chat id. ``token`` is what a reply carries back; both begin with "-" once forgotten.
    ``moves`` counts changes of channel; the words of a ``secret`` note are forgotten once it is sent; ``always`` goes
    out even while sending is stopped. ``holder`` is the instance that has claimed it, "" where there can be but one;
    ``crashes`` counts the senders that died with it in hand.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "due_at",
            "id",
            sqlite_where=text("state in ('queued', 'in-flight')"),
            postgresql_where=text("state in ('queued', 'in-flight')"),
        ),
        Index(
            "ix_outbox_kept",
            "made_at",
            sqlite_where=text("substr(token, 1, 1) <> '-'"),
            postgresql_where=text("substr(token, 1, 1) <> '-'"),
        ),
        Index(
            "ix_outbox_aside",
            "id",
            sqlite_where=text("state in ('held', 'failed')"),
            postgresql_where=text("state in ('held', 'failed')"),
        ),
        Index(
            "ix_outbox_queued",
            "dedupe_key",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        _NEVER_REUSED,
    )
    id: int | None = Field(default=None, primary_key=True)
    dedupe_key: str = Field(sa_column=Column(_BYTEWISE, nullable=False, unique=True))
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True)
    channel: Channel = Field(sa_column=_word(Channel))
    to: str
    note: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    token: str = Field(unique=True)
    in_reply_to: str = ""
    secret: bool = False
    always: bool = False
    made_at: datetime
    due_at: datetime
    expires_at: datetime | None = None
    state: Sending = Field(default=Sending.QUEUED, sa_column=_word(Sending))
    lease_until: datetime | None = None
    tries: int = 0
    moves: int = 0
    error: str = ""
    sent_at: datetime | None = None
    holder: str = Field(default="", sa_column_kwargs={"server_default": ""})
    crashes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Paper(SQLModel, table=True):
    """A rendered paper (Zwischenstand …), stored once and shared by all who get it.

    One with ``names_people`` is never shown in a chat, unless the settings allow names there.
    """

    __tablename__ = "papers"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    media_type: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    made_at: datetime
    names_people: bool = False


class Mailbox(SQLModel, table=True):
    """How far a mailbox has been read (UIDVALIDITY, UID)."""

    __tablename__ = "mailboxes"
    name: str = Field(primary_key=True)
    uidvalidity: int = Field(sa_column=Column(BigInteger, nullable=False))
    last_uid: int = Field(sa_column=Column(BigInteger, nullable=False))


class Bounce(SQLModel, table=True):
    """A letter that came back from an address, for good or for now."""

    __tablename__ = "bounces"
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(index=True)
    permanent: bool
    status: str = ""
    at: datetime


class Switch(SQLModel, table=True):
    """Something that is switched on, such as the stop of all sending."""

    __tablename__ = "switches"
    name: str = Field(primary_key=True)
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="persons.id")


class Occasion(SQLModel, table=True):
    """Something that happens once, such as one week's digest."""

    __tablename__ = "occasions"
    key: str = Field(primary_key=True)
    at: datetime


class Instance(SQLModel, table=True):
    """A running assistant, by a name of its own; one that was not seen lately is dead."""

    __tablename__ = "instances"
    name: str = Field(primary_key=True)
    started_at: datetime
    seen_at: datetime


class Outage(SQLModel, table=True):
    """A channel that is dead now, why and since when; ``told_at`` is when the office heard of it."""

    __tablename__ = "outages"
    channel: str = Field(primary_key=True)
    reason: str
    since: datetime
    told_at: datetime | None = None


class Backup(SQLModel, table=True):
    """A backup that was made and restored on trial; ``error`` says by a code why it is worth nothing."""

    __tablename__ = "backups"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    error: str = ""


class Consent(SQLModel, table=True):
    """What somebody agreed to or took back, in which words; only ever added to (Art. 7(1) GDPR).

    ``purpose``: "membership", "digest" or "telegram". ``request_id`` is the request to join or to link a chat, while
    there is no person yet. ``version`` names the privacy notice that was shown, ``wording`` is what was agreed to.
    """

    __tablename__ = "consents"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="requests.id", index=True)
    purpose: str
    given: bool
    version: str
    wording: str
    door: str
    at: datetime
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")


class PersonalRequest(SQLModel, table=True):
    """Somebody uses their rights (Art. 15-21 GDPR); the answer is due within a month (Art. 12(3)).

    ``kind``: "access", "rectification", "erasure", "objection" or "restriction". ``email`` is set for who is no member.
    """

    __tablename__ = "personal_requests"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True)
    email: str = ""
    kind: str
    text: str = ""
    made_at: datetime
    due_at: datetime
    answered_at: datetime | None = None
    answered_by: int | None = Field(default=None, foreign_key="persons.id")
    outcome: str = ""
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")


class RoleProposal(SQLModel, table=True):
    """One person of the office wants to give or take the office's rights; a second one decides."""

    __tablename__ = "role_proposals"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    role: Role = Field(sa_column=_word(Role))
    proposed_by: int = Field(foreign_key="persons.id")
    made_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="persons.id")
    decided_at: datetime | None = None
    accepted: bool | None = None


class Deputyship(SQLModel, table=True):
    """Somebody answers for a person's measures up to and including a day, once they have accepted."""

    __tablename__ = "deputyships"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    deputy_id: int = Field(foreign_key="persons.id", index=True)
    until: date
    made_at: datetime
    answered_at: datetime | None = None
    accepted: bool | None = None
    ended_at: datetime | None = None


class CompanyChange(SQLModel, table=True):
    """A member says that they now speak for another company; the office decides."""

    __tablename__ = "company_changes"
    __table_args__ = _NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    company: str
    made_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="persons.id")
    decided_at: datetime | None = None
    accepted: bool | None = None


class Change(SQLModel, table=True):
    """One row of one table as it was before and after a deed; None where there was or is no such row.

    Written by the database itself (:mod:`store.changes`), so that nothing passes it by.
    """

    __tablename__ = "changes"
    __table_args__ = (
        Index(
            "ix_changes_addresses",
            "id",
            sqlite_where=text("table_name = 'addresses'"),
            postgresql_where=text("table_name = 'addresses'"),
        ),
        _NEVER_REUSED,
    )
    id: int | None = Field(default=None, primary_key=True)
    deed_id: int | None = Field(default=None, foreign_key="history.id", index=True)
    table_name: str
    row_id: str
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class Seal(SQLModel, table=True):
    """A link of the chain over the history: whoever alters a deed afterwards breaks it.

    ``content`` is the hash over ``salt``, the deed and its changes, ``chain`` the one over the previous ``chain``,
    this position and ``content``. What had to be forgotten has ``redacted_at`` and no salt: its content can no longer
    be compared or guessed, and the chain still holds.
    """

    __tablename__ = "seals"
    position: int | None = Field(default=None, primary_key=True)
    deed_id: int = Field(foreign_key="history.id", unique=True)
    salt: str
    content: str
    chain: str
    at: datetime
    redacted_at: datetime | None = None


class Purge(SQLModel, table=True):
    """An address whose letters are to be deleted from the mailbox's folders; gone once that is done."""

    __tablename__ = "purges"
    email: str = Field(primary_key=True)
    at: datetime
