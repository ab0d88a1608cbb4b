"""What a person can ask for; the only values that come in through a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Status(StrEnum):
    """Standing of a measure."""

    OPEN = "open"
    RUNNING = "running"
    DELAYED = "delayed"
    BLOCKED = "blocked"
    DONE = "done"


@dataclass(frozen=True)
class Report:
    """One line about one measure; fields left out stay as they are.

    ``measure`` is the short number (12 for M12); None means "the measure this letter or card is about".
    ``percent`` is 0-100. ``expected`` is the day by which the person now expects it to be done; the plan's own date is
    another matter. ``seen`` is the version of the measure that the person had before them, if known.
    """

    measure: int | None = None
    status: Status | None = None
    percent: int | None = None
    text: str = ""
    unchanged: bool = False
    seen: int | None = None
    expected: date | None = None
    help_wanted: bool = False


@dataclass(frozen=True)
class ReportProgress:
    """Report on one or several measures in one message; ``confirmed`` after a big change was asked back."""

    reports: tuple[Report, ...]
    confirmed: bool = False


@dataclass(frozen=True)
class ShowStatus:
    """STATUS: my measures and my next meeting."""


@dataclass(frozen=True)
class ShowMeasure:
    """One measure's living card."""

    measure: int


@dataclass(frozen=True)
class Undo:
    """RÜCKGÄNGIG: take back a deed of mine; None means the latest."""

    deed: int | None = None


@dataclass(frozen=True)
class Greet:
    """/start: a first hello, or the code of a link that was mailed."""

    code: str | None = None


@dataclass(frozen=True)
class Join:
    """BEITRETEN: ask to join, with what is known so far."""

    name: str = ""
    email: str = ""
    company: str = ""


@dataclass(frozen=True)
class Confirm:
    """This address is mine: the mailed code, typed or tapped, or JA to the letter that brought it (``request``)."""

    code: str = ""
    request: int = 0


@dataclass(frozen=True)
class NameCompany:
    """The company a joining person speaks for."""

    request: int
    company: str


@dataclass(frozen=True)
class Decide:
    """The office says JA or NEIN to a request to join."""

    request: int
    approve: bool


@dataclass(frozen=True)
class LinkTelegram:
    """TELEGRAM: mail me a link that ties my chat to my membership."""


@dataclass(frozen=True)
class Pause:
    """PAUSE bis …: no nudges up to and including this day; None asks for the day."""

    until: date | None


@dataclass(frozen=True)
class Resume:
    """WEITER: end the pause."""


@dataclass(frozen=True)
class Leave:
    """ABMELDEN."""


@dataclass(frozen=True)
class Help:
    """HILFE."""


@dataclass(frozen=True)
class Thank:
    """A word of thanks and nothing else."""


@dataclass(frozen=True)
class Speak:
    """SPRACHE: answer me in this language ("de" or "en")."""

    language: str


@dataclass(frozen=True)
class Unclear:
    """What nobody understood; goes to the office with its words and the reason (a text key)."""

    text: str
    reason: str = "not-understood"


@dataclass(frozen=True)
class AnswerPerson:
    """The office's answer to what nobody understood."""

    case: int
    text: str


@dataclass(frozen=True)
class Trust:
    """The office says JA or NEIN to a letter whose sender could not be trusted."""

    case: int
    accept: bool


@dataclass(frozen=True)
class AddAddress:
    """ADRESSE: reach me at this address, too; it has to confirm."""

    email: str


@dataclass(frozen=True)
class DropAddress:
    """ADRESSE WEG: this address is not mine any more."""

    email: str


@dataclass(frozen=True)
class Attend:
    """ZUSAGE, ABSAGE, VIELLEICHT: ``answer`` is "yes", "no" or "maybe"; 0 means the next meeting."""

    answer: str
    meeting: int = 0


@dataclass(frozen=True)
class SwitchSending:
    """BETRIEB STOPP / START: nothing goes out, or all goes out again."""

    on: bool


@dataclass(frozen=True)
class ShowOutstanding:
    """OFFEN: who has not answered."""


@dataclass(frozen=True)
class RegisterCompany:
    """The office registers a company or institution."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class RegisterPerson:
    """The office registers a person who represents a company."""

    name: str
    email: str
    company: str
    phone: str = ""
    office: bool = False


@dataclass(frozen=True)
class AddMeasure:
    """The office adds a measure to the plan."""

    number: int
    title: str
    field: str = ""
    due: date | None = None


@dataclass(frozen=True)
class AssignMeasure:
    """The office gives a measure to a person, who leads it or contributes."""

    measure: int
    email: str
    lead: bool = True


@dataclass(frozen=True)
class PlanMeeting:
    """The office plans a meeting; ``kind`` is "alliance" or "working-group", times are local wall-clock time."""

    kind: str
    title: str
    day: date
    begins: time
    place: str = ""
    link: str = ""
    ends: time | None = None


@dataclass(frozen=True)
class AgendaPoint:
    """One point of an agenda; ``at`` is local wall-clock time."""

    title: str
    at: time | None = None


@dataclass(frozen=True)
class ShowPlan:
    """PLAN: how the plan stands, or one field of it."""

    field: str = ""


@dataclass(frozen=True)
class SetPlanState:
    """The office moves the plan on: ``state`` is "draft", "in-discussion" or "adopted"; 0: at no meeting."""

    state: str
    meeting: int = 0


@dataclass(frozen=True)
class AmendMeasure:
    """The office changes what the plan says of a measure; ``why`` is needed once the plan is adopted.

    ``what`` is "title", "due", "begins", "field", "goal", "initiative", "milestone" or "withdrawn"; ``value`` is said
    as people write it (»31.12.2027«).
    """

    measure: int
    what: str
    value: str
    why: str = ""
    meeting: int = 0


@dataclass(frozen=True)
class AddEvidence:
    """NACHWEIS: a line or link that shows what was done."""

    measure: int
    text: str


@dataclass(frozen=True)
class ApplyImport:
    """JA to the dry run of a spreadsheet."""

    upload: int


@dataclass(frozen=True)
class Export:
    """EXPORT: ``what`` is "plan", "members", "companies" or "meetings", ``form`` "xlsx" or "csv"."""

    what: str = "plan"
    form: str = "xlsx"


@dataclass(frozen=True)
class ChangeMeeting:
    """The office changes a meeting; what is None or empty stays. ``meeting`` 0 means the next one."""

    meeting: int = 0
    title: str = ""
    day: date | None = None
    begins: time | None = None
    ends: time | None = None
    place: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class SetAgenda:
    """TAGESORDNUNG: the points, each with its local time (None: none said)."""

    points: tuple[AgendaPoint, ...]
    meeting: int = 0


@dataclass(frozen=True)
class CancelMeeting:
    """The office cancels a meeting."""

    meeting: int = 0
    why: str = ""


@dataclass(frozen=True)
class Invite:
    """EINLADEN: send the invitations of a meeting now instead of on the next workday."""

    meeting: int = 0


@dataclass(frozen=True)
class ShowAttendance:
    """TEILNAHME: who comes to a meeting."""

    meeting: int = 0


@dataclass(frozen=True)
class SendDeputy:
    """VERTRETUNG: somebody else comes to a meeting instead; ``deputy`` is a name or address."""

    deputy: str
    meeting: int = 0


@dataclass(frozen=True)
class NameMinuteTaker:
    """The office says who writes the minutes of a meeting."""

    email: str
    meeting: int = 0


@dataclass(frozen=True)
class RecordMinutes:
    """PROTOKOLL: the minutes of a meeting, by its minute taker or the office; 0 means the last meeting."""

    text: str
    meeting: int = 0


@dataclass(frozen=True)
class RecordDecision:
    """BESCHLUSS: a decision of a meeting, which becomes a measure with a lead, or words alone (no ``email``)."""

    text: str
    email: str = ""
    due: date | None = None
    field: str = ""
    meeting: int = 0


@dataclass(frozen=True)
class HandOver:
    """ABGEBEN M12 an …: I want to hand the lead of a measure over; the other has to accept."""

    measure: int
    email: str


@dataclass(frozen=True)
class AnswerLead:
    """JA or NEIN to a measure that was offered to me."""

    offer: int
    accept: bool


@dataclass(frozen=True)
class ShareIdea:
    """IDEE: …"""

    text: str


@dataclass(frozen=True)
class ShowIdeas:
    """IDEEN: the open ideas."""


@dataclass(frozen=True)
class DecideIdea:
    """The office merges an idea (``verdict`` "merge"), declines it with a ``reason``, or promotes it to a measure.

    Merged into measure ``measure`` or idea ``into``; promoted under the number ``measure`` (0: the next free one).
    """

    idea: int
    verdict: str
    into: int = 0
    measure: int = 0
    reason: str = ""


@dataclass(frozen=True)
class ShareOffer:
    """ANGEBOT: … or, ``seeking``, GESUCH: …"""

    text: str
    seeking: bool = False


@dataclass(frozen=True)
class CloseOffer:
    """My offer or need is settled."""

    offer: int


@dataclass(frozen=True)
class AnswerMatch:
    """Whether my name may be told to the other side of a match."""

    match: int
    agree: bool


@dataclass(frozen=True)
class OpenPoll:
    """The office opens a poll. ``kind``: "points" (``points`` to give), "yes-no" or "consensus".

    ``measures`` or ``options`` are what is voted on; a meeting of 0 means the next one, no ``closes`` the day before
    it.
    """

    kind: str
    question: str
    options: tuple[str, ...] = ()
    measures: tuple[int, ...] = ()
    points: int = 0
    closes: date | None = None
    meeting: int = 0


@dataclass(frozen=True)
class Vote:
    """STIMME: option numbers with their values; option 0 means the only one. ``poll`` 0 means the one that is open.

    Values are points, resistance 0-10, or 1 for yes, 0 for no, -1 for an abstention.
    """

    values: tuple[tuple[int, int], ...]
    poll: int = 0


@dataclass(frozen=True)
class ShowPoll:
    """ABSTIMMUNG: a poll with my vote, or its result once it is closed."""

    poll: int = 0


@dataclass(frozen=True)
class ClosePoll:
    """The office closes a poll before its time."""

    poll: int = 0


@dataclass(frozen=True)
class SetDigest:
    """WOCHENÜBERBLICK: ``rhythm`` is "weekly", "monthly" or "never"."""

    rhythm: str


@dataclass(frozen=True)
class FollowPlan:
    """FOLGEN: read in the digest about a measure or a field; neither means all again."""

    measure: int = 0
    field: str = ""
    on: bool = True


@dataclass(frozen=True)
class PreviewDigest:
    """VORSCHAU AN / AUS: whether the office wants to see the digest before it goes out."""

    on: bool


@dataclass(frozen=True)
class ReleaseDigest:
    """FREIGEBEN: send the digest of this week that was shown to the office."""

    week: str = ""


@dataclass(frozen=True)
class MakeReport:
    """BERICHT: the status dossier as of now, for the office."""


Intent = (
    ReportProgress
    | ShowStatus
    | ShowMeasure
    | Undo
    | Greet
    | Join
    | Confirm
    | NameCompany
    | Decide
    | LinkTelegram
    | Pause
    | Resume
    | Leave
    | Help
    | Speak
    | Thank
    | Unclear
    | AnswerPerson
    | Trust
    | AddAddress
    | DropAddress
    | Attend
    | SwitchSending
    | ShowOutstanding
    | RegisterCompany
    | RegisterPerson
    | AddMeasure
    | AssignMeasure
    | PlanMeeting
)


@dataclass(frozen=True)
class Matter:
    """What a letter or chat is about, so that a short answer can be placed.

    ``kind`` says what ``id`` is and what free words mean: "round" (a meeting; ``measures`` are those asked
    about), "measure" and "reason" (a measure's number), "case", "proof" and "company" (a request to join),
    "email", "pause", "meeting", or "" for nothing.
    """

    kind: str = ""
    id: int = 0
    measures: tuple[int, ...] = ()
