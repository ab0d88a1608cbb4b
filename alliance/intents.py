"""What a person can ask for; the only values that come in through a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
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
    """This address is mine: the mailed code, typed or tapped, or JA to the letter that brought it (``request``).

    ``digest``: whether the digest is wanted along with the membership. ``version`` is that of the privacy notice and of
    the words that were shown: what was never shown cannot be agreed to.
    """

    code: str = ""
    request: int = 0
    digest: bool = True
    version: str = ""


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
class UnlinkTelegram:
    """TELEGRAM AUS: no longer in Telegram, but by mail."""


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
    """ZUSAGE, ABSAGE, VIELLEICHT: ``answer`` is "yes", "no" or "maybe"; 0 means the next meeting.

    ``seen`` is the beginning (aware UTC) of the meeting that the person had before them, if known.
    """

    answer: str
    meeting: int = 0
    seen: datetime | None = None


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
    """The office adds a measure to the plan; ``why`` is needed once the plan is adopted."""

    number: int
    title: str
    field: str = ""
    due: date | None = None
    why: str = ""


@dataclass(frozen=True)
class AssignMeasure:
    """The office gives a measure to a person, who leads or contributes; ``unled``: only while nobody else leads it."""

    measure: int
    email: str
    lead: bool = True
    unled: bool = False


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
    """PLAN: how the plan stands, or one field of it; ``plain``: without its picture, as one leafs by buttons."""

    field: str = ""
    plain: bool = False


@dataclass(frozen=True)
class SetPlanState:
    """The office moves the plan on: ``state`` is "draft", "in-discussion" or "adopted".

    ``at`` are the words for the meeting that adopted it, the last one if there are none. ``meeting`` and ``seen`` (a
    fingerprint of the plan) come with JA: what was shown is what is meant.
    """

    state: str
    at: str = ""
    meeting: int = 0
    seen: str = ""


@dataclass(frozen=True)
class AmendMeasure:
    """The office changes what the plan says of a measure; ``why`` is needed once the plan is adopted.

    ``what`` is "title", "due", "begins", "field", "goal" (»strategic / operative«), "initiative", "milestone"
    (»title; day«, »title; erledigt«) or "withdrawn"; ``value`` is said as people write it (»31.12.2027«, »leer«).
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
    """JA or NEIN to the dry run of a spreadsheet; ``shown`` is the fingerprint of what was shown, ``why`` a reason."""

    upload: int
    accept: bool = True
    shown: str = ""
    why: str = ""


@dataclass(frozen=True)
class Export:
    """EXPORT: ``what`` is "plan", "members", "companies", "meetings" or "all", ``form`` "xlsx" or "csv"."""

    what: str = "plan"
    form: str = "xlsx"


@dataclass(frozen=True)
class ChangeMeeting:
    """The office changes a meeting; what is None, or an empty title, stays. ``meeting`` 0 means the next one."""

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
    """The office cancels a meeting; ``confirmed`` after it was asked back."""

    meeting: int = 0
    why: str = ""
    confirmed: bool = False


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
class Resolution:
    """One decision as it was said, in the message's ``line`` (from 1).

    With an ``email`` and a day it becomes a measure; it may be an ``amendment``; else it stands as words alone.
    ``problem`` is what keeps it from being carried out: "lead", "due", "parts" or "amendment".
    """

    text: str
    email: str = ""
    due: date | None = None
    field: str = ""
    amendment: AmendMeasure | None = None
    line: int = 1
    problem: str = ""


@dataclass(frozen=True)
class RecordDecisions:
    """BESCHLUSS: decisions of a meeting, all or none; 0 means the meeting that is running or was the last."""

    decisions: tuple[Resolution, ...]
    meeting: int = 0


@dataclass(frozen=True)
class RecordMinutes:
    """PROTOKOLL: the minutes of a meeting, with the decisions that stand in them; by the minute taker or the office."""

    text: str
    meeting: int = 0
    decisions: tuple[Resolution, ...] = ()


@dataclass(frozen=True)
class SendCorrection:
    """The office says whether minutes that were sent go out once more; ``deed`` recorded what is new in them."""

    deed: int
    accept: bool


@dataclass(frozen=True)
class HandOver:
    """ABGEBEN M12 an …: I want to hand the lead of a measure over; the other has to accept."""

    measure: int
    email: str


@dataclass(frozen=True)
class AnswerLead:
    """JA or NEIN to a measure that was offered to me; who declines may say why."""

    offer: int
    accept: bool
    why: str = ""


@dataclass(frozen=True)
class ShareIdea:
    """IDEE: …; without ``confirmed`` it may be meant otherwise and is asked back."""

    text: str
    confirmed: bool = True


@dataclass(frozen=True)
class ShowIdeas:
    """IDEEN: the open ideas, or one of any state."""

    idea: int = 0


@dataclass(frozen=True)
class PlaceIdea:
    """PASST ZU M12: my idea is the same as this measure, or as the idea ``into``."""

    idea: int
    measure: int = 0
    into: int = 0


@dataclass(frozen=True)
class KeepIdea:
    """BLEIBT EIGEN: my idea is none of those that were shown as similar."""

    idea: int


@dataclass(frozen=True)
class DecideIdea:
    """The office merges an idea (``verdict`` "merge"), declines it with a ``reason``, or promotes it ("promote").

    Merged into measure ``measure`` or idea ``into``; promoted to a measure of this ``field`` with the number
    ``measure`` (0: the next free one).
    """

    idea: int
    verdict: str
    into: int = 0
    measure: int = 0
    reason: str = ""
    field: str = ""


@dataclass(frozen=True)
class ShareOffer:
    """ANGEBOT: … or, ``seeking``, GESUCH: …; without ``confirmed`` it may be meant otherwise and is asked back."""

    text: str
    seeking: bool = False
    confirmed: bool = True


@dataclass(frozen=True)
class ShowOffers:
    """ANGEBOTE: the open offers and needs."""


@dataclass(frozen=True)
class CloseOffer:
    """My offer or need is settled."""

    offer: int


@dataclass(frozen=True)
class AskContact:
    """KONTAKT 3: I want to talk to whoever made this offer or need; my name may be told."""

    offer: int


@dataclass(frozen=True)
class AnswerMatch:
    """Whether my name may be told to the other side of a match."""

    match: int
    agree: bool


@dataclass(frozen=True)
class OpenPoll:
    """The office opens a poll. ``kind``: "points" (``points`` to give), "yes-no" or "consensus".

    ``measures`` or ``options`` are what is voted on; a single option of a points poll names a field. A meeting of 0
    means the next one, no ``closes`` the evening before it. ``confirmed``: JA or NEIN to the preview, None before it.
    """

    kind: str
    question: str
    options: tuple[str, ...] = ()
    measures: tuple[int, ...] = ()
    points: int = 0
    closes: date | None = None
    meeting: int = 0
    confirmed: bool | None = None


@dataclass(frozen=True)
class Vote:
    """STIMME: options as they are called ("M3", "A", "" for the next in order) with their values; none withdraws it.

    Values are points, resistance 0-10, or 1 for yes, 0 for no, -1 for an abstention. ``poll`` 0 means the one that is
    open. ``seen`` is the vote that a button was shown with; such a vote may still lack options.
    """

    values: tuple[tuple[str, int], ...]
    poll: int = 0
    seen: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True)
class ShowPoll:
    """ABSTIMMUNG: a poll with my vote, or its result once it is closed."""

    poll: int = 0


@dataclass(frozen=True)
class ClosePoll:
    """The office closes a poll before its time; ``confirmed`` after it was asked back."""

    poll: int = 0
    confirmed: bool = False


@dataclass(frozen=True)
class SetDigest:
    """WOCHENÜBERBLICK: ``rhythm`` is "weekly", "monthly" or "never"; "" asks how it is set."""

    rhythm: str = ""


@dataclass(frozen=True)
class FollowPlan:
    """FOLGEN: read in the digest about a measure or a field, or ``everything`` again; none of these shows the list."""

    measure: int = 0
    field: str = ""
    on: bool = True
    everything: bool = False


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


@dataclass(frozen=True)
class ShowPlanSheet:
    """PLAN A3: the whole plan on one page."""


@dataclass(frozen=True)
class ShowPrivacy:
    """DATENSCHUTZ: the privacy notice (Art. 13 GDPR)."""


@dataclass(frozen=True)
class AgreeTelegram:
    """JA or NEIN to what Telegram means for one's data, before a chat is tied or a request goes on in it.

    ``version`` as in :class:`Confirm`.
    """

    request: int
    agree: bool
    version: str = ""


@dataclass(frozen=True)
class ShowMyData:
    """MEINEDATEN: everything that is held about me (Art. 15 and 20 GDPR)."""


@dataclass(frozen=True)
class Rectify:
    """BERICHTIGEN: something about me is wrong (Art. 16 GDPR); WIDERSPRUCH (Art. 21), EINSCHRÄNKEN (Art. 18).

    ``kind``: "rectification", "objection" or "restriction", all of which the office answers within a month.
    """

    text: str
    kind: str = "rectification"


@dataclass(frozen=True)
class Erase:
    """LÖSCHEN: forget me (Art. 17 GDPR); ``confirmed`` after it was shown what goes and what stays."""

    confirmed: bool = False


@dataclass(frozen=True)
class ShowPersonalRequests:
    """ANLIEGEN: who has used their rights and by when they must be answered."""


@dataclass(frozen=True)
class AnswerPersonalRequest:
    """The office has dealt with a request, or refuses it with the reason that the law asks for."""

    request: int
    done: bool
    text: str = ""


@dataclass(frozen=True)
class CorrectPerson:
    """Correct what is kept about a member. ``what``: "name" or "phone"; ``request`` is whose wish it fulfils."""

    email: str
    what: str
    value: str
    request: int = 0


@dataclass(frozen=True)
class SetRole:
    """Make somebody a member, an observer or a person of the office ("member", "observer", "office")."""

    email: str
    role: str


@dataclass(frozen=True)
class DecideRole:
    """A second person of the office says JA or NEIN to giving or taking the office's rights."""

    proposal: int
    accept: bool


@dataclass(frozen=True)
class NameDeputy:
    """VERTRETUNG name@firma.de bis …: somebody answers for my measures up to and including a day.

    Without a day it is as long as my pause, without an address we ask for it.
    """

    email: str = ""
    until: date | None = None


@dataclass(frozen=True)
class AnswerDeputy:
    """Whether I answer for somebody's measures for a time."""

    deputyship: int
    accept: bool


@dataclass(frozen=True)
class EndDeputy:
    """VERTRETUNG ENDE: I answer for my measures again, or no longer for another's."""

    deputyship: int = 0


@dataclass(frozen=True)
class ChangeCompany:
    """WECHSEL: I now speak for another company; without one we ask for it."""

    company: str = ""


@dataclass(frozen=True)
class DecideCompany:
    """The office says JA or NEIN to a change of company."""

    change: int
    accept: bool


@dataclass(frozen=True)
class NoteNeeds:
    """HINWEIS: what the office must know about my food or access at a meeting; "" takes it back.

    ``answer`` ("yes" or "maybe") is said to the meeting in the same breath.
    """

    text: str
    meeting: int = 0
    answer: str = ""


@dataclass(frozen=True)
class MailMe:
    """With names, by mail: what Telegram shows without them. The wish itself, or the id of what was sent.

    Without either it is what the chat last showed shortened.
    """

    wish: Intent | None = None
    letter: int = 0


@dataclass(frozen=True)
class ShowHistory:
    """VERLAUF M12: who changed what of a measure, when and through which door."""

    measure: int


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
    | AgreeTelegram
    | UnlinkTelegram
    | ShowPrivacy
    | ShowMyData
    | Rectify
    | Erase
    | ShowPersonalRequests
    | AnswerPersonalRequest
    | CorrectPerson
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
    | NoteNeeds
    | SwitchSending
    | ShowOutstanding
    | RegisterCompany
    | RegisterPerson
    | AddMeasure
    | AssignMeasure
    | PlanMeeting
    | ChangeMeeting
    | SetAgenda
    | CancelMeeting
    | Invite
    | ShowAttendance
    | SendDeputy
    | ShowPlan
    | SetPlanState
    | AmendMeasure
    | AddEvidence
    | SetDigest
    | FollowPlan
    | PreviewDigest
    | ReleaseDigest
    | NameMinuteTaker
    | RecordMinutes
    | RecordDecisions
    | SendCorrection
    | HandOver
    | AnswerLead
    | OpenPoll
    | Vote
    | ShowPoll
    | ClosePoll
    | ShareIdea
    | ShowIdeas
    | PlaceIdea
    | KeepIdea
    | DecideIdea
    | ShareOffer
    | ShowOffers
    | CloseOffer
    | AskContact
    | AnswerMatch
    | MakeReport
    | ShowPlanSheet
    | ApplyImport
    | Export
    | ShowHistory
    | SetRole
    | DecideRole
    | NameDeputy
    | AnswerDeputy
    | EndDeputy
    | ChangeCompany
    | DecideCompany
    | MailMe
)


@dataclass(frozen=True)
class Matter:
    """What a letter or chat is about, so that a short answer can be placed.

    ``kind`` says what ``id`` is and what free words mean: "round" (a meeting; ``measures`` are those asked about),
    "measure" and "reason" (a measure's number), "case", "proof" and "company" (a request to join), "personal" (a
    personal request, whose refusal needs a reason), "email", "pause", "meeting", "minutes" (of a meeting), "poll",
    "idea", "privacy" (the notice was shown), "offer" and "need" (their text is awaited), "deputy" (the last day that is
    meant, as date.toordinal(); 0: of the pause), "idea-decision" and "idea-reason" (an idea), or "" for nothing.
    """

    kind: str = ""
    id: int = 0
    measures: tuple[int, ...] = ()
