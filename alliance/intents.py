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
    """The office plans a meeting; ``kind`` is "alliance" or "working-group", ``begins`` is local wall-clock time."""

    kind: str
    title: str
    day: date
    begins: time
    place: str = ""


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
