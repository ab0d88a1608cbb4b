"""Who may do what: one table of wishes and of what the speaker is, read by the desk alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from alliance import intents, ownership
from alliance.errors import NotAllowed
from alliance.hearing import Hearing
from alliance.intents import Intent
from store.tables import Role


class Standing(StrEnum):
    """What somebody is for the one wish they have."""

    GUEST = "guest"  # not confirmed by the office
    OBSERVER = "observer"
    MEMBER = "member"
    CARRIER = "carrier"  # leads or contributes to the measures that the wish is about, or answers for who does
    OFFICE = "office"
    OPERATOR = "operator"  # the command line: nobody in person


class Cell(StrEnum):
    """What somebody may; where there is no cell, they may not."""

    YES = "yes"
    OWN = "own"  # only what is theirs
    PART = "part"  # not all that can be said with it: see NARROWER


Row = Mapping[Standing, Cell]

_GUEST, _OBSERVER, _MEMBER, _CARRIER, _OFFICE, _OPERATOR = Standing


def _row(*yes: Standing, own: tuple[Standing, ...] = (), part: tuple[Standing, ...] = ()) -> Row:
    return {**dict.fromkeys(yes, Cell.YES), **dict.fromkeys(own, Cell.OWN), **dict.fromkeys(part, Cell.PART)}


# The columns that go together
EVERYBODY = _row(_GUEST, _OBSERVER, _MEMBER, _CARRIER, _OFFICE)
ONESELF = _row(_OBSERVER, _MEMBER, _CARRIER, _OFFICE)  # about the speaker as a person
ANYBODY_ABOUT_ONESELF = _row(own=(_GUEST, _OBSERVER, _MEMBER, _CARRIER, _OFFICE))
READING = _row(_OBSERVER, _MEMBER, _CARRIER, _OFFICE, _OPERATOR)
TAKING_PART = _row(_MEMBER, _CARRIER, _OFFICE)
CARRYING = _row(_CARRIER, _OFFICE, _OPERATOR)
OWN_OF_MEMBERS = _row(own=(_MEMBER, _CARRIER, _OFFICE))
OWN_OF_ALL = _row(own=(_OBSERVER, _MEMBER, _CARRIER, _OFFICE))
OWN_OR_OFFICE = _row(_OFFICE, _OPERATOR, own=(_MEMBER, _CARRIER))
OFFICE = _row(_OFFICE, _OPERATOR)
OFFICE_IN_PERSON = _row(_OFFICE)

RIGHTS: dict[type, Row] = {
    # for everybody
    intents.Greet: EVERYBODY,
    intents.Join: EVERYBODY,
    intents.Confirm: EVERYBODY,
    intents.AgreeTelegram: EVERYBODY,
    intents.ShowPrivacy: EVERYBODY,
    intents.NameCompany: EVERYBODY,
    intents.Help: EVERYBODY,
    intents.Thank: EVERYBODY,
    intents.Unclear: EVERYBODY,
    intents.ShowMyData: ANYBODY_ABOUT_ONESELF,
    intents.Rectify: ANYBODY_ABOUT_ONESELF,
    intents.Erase: ANYBODY_ABOUT_ONESELF,
    # what one reads
    intents.ShowMeasure: READING,
    intents.ShowPlan: READING,
    intents.ShowPlanSheet: READING,
    intents.ShowPoll: READING,
    intents.ShowIdeas: READING,
    intents.ShowOffers: READING,
    intents.Export: _row(_OFFICE, _OPERATOR, part=(_OBSERVER, _MEMBER, _CARRIER)),
    # what one settles for oneself
    intents.ShowStatus: ONESELF,
    intents.Attend: ONESELF,
    intents.NoteNeeds: ONESELF,
    intents.SendDeputy: ONESELF,
    intents.SetDigest: ONESELF,
    intents.FollowPlan: ONESELF,
    intents.Pause: ONESELF,
    intents.Resume: ONESELF,
    intents.Speak: ONESELF,
    intents.LinkTelegram: ONESELF,
    intents.UnlinkTelegram: ONESELF,
    intents.AddAddress: ONESELF,
    intents.DropAddress: ONESELF,
    intents.MailMe: ONESELF,
    intents.Leave: _row(_OBSERVER, _MEMBER, _CARRIER, part=(_OFFICE,)),
    # measures that one carries
    intents.ReportProgress: CARRYING,
    intents.AddEvidence: CARRYING,
    intents.HandOver: OWN_OF_MEMBERS,
    intents.AnswerLead: OWN_OF_MEMBERS,
    intents.NameDeputy: TAKING_PART,
    intents.AnswerDeputy: OWN_OF_MEMBERS,
    intents.EndDeputy: OWN_OF_MEMBERS,
    intents.ChangeCompany: ONESELF,
    intents.Undo: OWN_OF_MEMBERS,
    # taking part
    intents.Vote: TAKING_PART,
    intents.ShareIdea: TAKING_PART,
    intents.PlaceIdea: OWN_OF_MEMBERS,
    intents.KeepIdea: OWN_OF_MEMBERS,
    intents.ShareOffer: TAKING_PART,
    intents.AskContact: TAKING_PART,
    intents.CloseOffer: _row(_OFFICE, _OPERATOR, own=(_OBSERVER, _MEMBER, _CARRIER)),
    intents.AnswerMatch: OWN_OF_ALL,
    intents.RecordMinutes: OWN_OR_OFFICE,
    intents.RecordDecisions: OWN_OR_OFFICE,
    # the office
    intents.Decide: OFFICE,
    intents.DecideCompany: OFFICE,
    intents.AnswerPerson: OFFICE,
    intents.Trust: OFFICE,
    intents.SwitchSending: OFFICE,
    intents.ShowOutstanding: OFFICE,
    intents.RegisterCompany: OFFICE,
    intents.RegisterPerson: _row(_OPERATOR, part=(_OFFICE,)),
    intents.AddMeasure: OFFICE,
    intents.AssignMeasure: OFFICE,
    intents.PlanMeeting: OFFICE,
    intents.ChangeMeeting: OFFICE,
    intents.SetAgenda: OFFICE,
    intents.CancelMeeting: OFFICE,
    intents.Invite: OFFICE,
    intents.ShowAttendance: OFFICE,
    intents.ShowHistory: OFFICE,
    intents.MakeReport: OFFICE,
    intents.SetPlanState: OFFICE,
    intents.AmendMeasure: OFFICE,
    intents.PreviewDigest: OFFICE,
    intents.ReleaseDigest: OFFICE,
    intents.NameMinuteTaker: OFFICE,
    intents.SendCorrection: OFFICE,
    intents.OpenPoll: OFFICE,
    intents.ClosePoll: OFFICE,
    intents.DecideIdea: OFFICE,
    intents.ApplyImport: OFFICE,
    intents.ShowPersonalRequests: OFFICE,
    intents.AnswerPersonalRequest: OFFICE,
    intents.CorrectPerson: OFFICE,
    intents.SetRole: _row(_OPERATOR, part=(_OFFICE,)),
    intents.DecideRole: OFFICE_IN_PERSON,
}

# What changes nothing, or is answered to the registered address only: a bare From: is enough
HARMLESS = frozenset(
    {
        intents.Greet,
        intents.Join,
        intents.Confirm,
        intents.AgreeTelegram,
        intents.ShowPrivacy,
        intents.NameCompany,
        intents.Help,
        intents.Thank,
        intents.Unclear,
        intents.ShowStatus,
        intents.ShowMeasure,
        intents.ShowPlan,
        intents.ShowPlanSheet,
        intents.MakeReport,
        intents.ShowOutstanding,
        intents.ShowAttendance,
        intents.ShowHistory,
        intents.LinkTelegram,
        intents.ShowPoll,
        intents.ShowIdeas,
        intents.KeepIdea,
        intents.ShowOffers,
        intents.Export,
        intents.ShowPersonalRequests,
        intents.MailMe,
    }
)

# What a second person of the office may not vouch for when a doubtful letter claims to come from the first: it would
# let one person act as two, or send the other away
OWN_HAND = (
    intents.SetRole | intents.DecideRole | intents.AddAddress | intents.DropAddress | intents.Leave | intents.Erase
)


def standing(hearing: Hearing, intent: Intent) -> Standing:
    """What the speaker is for this wish."""
    if hearing.operator:
        return Standing.OPERATOR
    if hearing.person is None:
        return Standing.GUEST
    if hearing.person.role == Role.OFFICE:
        return Standing.OFFICE
    if hearing.person.role != Role.MEMBER:  # a role that only a newer version knows reads along
        return Standing.OBSERVER
    row = RIGHTS[type(intent)]
    if row.get(Standing.CARRIER) == row.get(Standing.MEMBER) or ownership.not_carried(hearing, intent):
        return Standing.MEMBER
    return Standing.CARRIER


def check(hearing: Hearing, intent: Intent) -> None:
    """Raises NotAllowed, with the reason, when the speaker may not ask for this.

    Whether an »own« thing is really theirs is found here where it can be told without doing the deed
    (:data:`NARROWER`), else by the deed itself.
    """
    row, speaker = RIGHTS[type(intent)], standing(hearing, intent)
    if speaker not in row:
        raise _refusal(hearing, intent, speaker)
    narrower = NARROWER.get(type(intent))
    if row[speaker] is not Cell.YES and narrower and (key := narrower(hearing, intent)):
        raise NotAllowed(key, **_named(hearing, intent))


def _refusal(hearing: Hearing, intent: Intent, speaker: Standing) -> NotAllowed:
    """What somebody reads who has no cell in the row."""
    row = RIGHTS[type(intent)]
    if speaker == Standing.OPERATOR:
        return NotAllowed("refusal-operator-in-person")
    if not row.keys() & {Standing.OBSERVER, Standing.MEMBER, Standing.CARRIER}:
        return NotAllowed("refusal-office-only")
    if speaker == Standing.GUEST:
        return NotAllowed("refusal-members-only")
    if speaker == Standing.OBSERVER:
        return NotAllowed("refusal-observer")
    return ownership.not_carried(hearing, intent) or NotAllowed("refusal-office-only")


def check_vouched(theirs: Hearing, intent: Intent) -> None:
    """Raises NotAllowed when a doubtful letter of somebody of the office cannot be vouched for by another of them."""
    if theirs.is_office and isinstance(intent, OWN_HAND):
        raise NotAllowed("refusal-own-hand")
    check(theirs, intent)


# What of such a cell can be told before the deed: the text key of the refusal, "" if there is none -------------------


def _foreign_export(_hearing: Hearing, intent: intents.Export) -> str:
    return "" if intent.what == "plan" else "refusal-office-only"


def _last_of_office(hearing: Hearing, _intent: intents.Leave) -> str:
    return "refusal-last-of-office" if ownership.is_last_of_office(hearing, hearing.member) else ""


def _foreign_lead(hearing: Hearing, intent: intents.HandOver) -> str:
    return "" if ownership.leads(hearing, intent.measure) else "refusal-lead-not-yours"


def _foreign_idea(hearing: Hearing, intent: intents.PlaceIdea | intents.KeepIdea) -> str:
    return "" if ownership.owns_idea(hearing, intent.idea) else "refusal-idea-not-yours"


def _foreign_offer(hearing: Hearing, intent: intents.CloseOffer) -> str:
    return "" if ownership.owns_offer(hearing, intent.offer) else "refusal-offer-not-yours"


def _foreign_match(hearing: Hearing, intent: intents.AnswerMatch) -> str:
    return "" if ownership.is_side_of(hearing, intent.match) else "refusal-match-not-yours"


def _not_taking_minutes(hearing: Hearing, _intent: Intent) -> str:
    return "" if ownership.takes_minutes(hearing) else "refusal-minutes-not-yours"


def _gives_office(_hearing: Hearing, intent: intents.RegisterPerson) -> str:
    return "refusal-office-by-two" if intent.office else ""


NARROWER: dict[type, Callable[[Hearing, Any], str]] = {
    intents.Export: _foreign_export,
    intents.Leave: _last_of_office,
    intents.HandOver: _foreign_lead,
    intents.PlaceIdea: _foreign_idea,
    intents.KeepIdea: _foreign_idea,
    intents.CloseOffer: _foreign_offer,
    intents.AnswerMatch: _foreign_match,
    intents.RecordMinutes: _not_taking_minutes,
    intents.RecordDecisions: _not_taking_minutes,
    intents.RegisterPerson: _gives_office,
}


def _named(hearing: Hearing, intent: Intent) -> dict[str, str]:
    """What a refusal calls by its number or title."""
    if isinstance(intent, intents.HandOver):
        return {"measure": ownership.measure_title(hearing, intent.measure)}
    return {"idea": str(intent.idea)} if isinstance(intent, intents.PlaceIdea | intents.KeepIdea) else {}


# Proof ----------------------------------------------------------------------------------------------------------------


def needs_proof(hearing: Hearing, intent: Intent) -> bool:
    """Whether the speaker must first show that the letter is really theirs."""
    if hearing.proved or hearing.operator or type(intent) in HARMLESS or _asks_back(intent):
        return False
    # a member's letter is answered to their registered address, whoever wrote it; a stranger's address is proved first
    return not (isinstance(intent, intents.ShowMyData) and hearing.person)


def _asks_back(intent: Intent) -> bool:
    """Whether the deed only shows what JA to it will do: that JA is the proof."""
    if isinstance(intent, intents.SetPlanState):
        return intent.state == "adopted" and not intent.seen
    if _asks_what(intent):
        return True
    asking = (
        intents.OpenPoll
        | intents.ClosePoll
        | intents.ShareIdea
        | intents.ShareOffer
        | intents.CancelMeeting
        | intents.Erase
    )
    return isinstance(intent, asking) and not intent.confirmed


def _asks_what(intent: Intent) -> bool:
    """Whether the word came alone, and all that happens is the question what is meant."""
    if isinstance(intent, intents.Rectify):
        return intent.kind == "rectification" and not intent.text.strip()
    if isinstance(intent, intents.ChangeCompany):
        return not intent.company.strip()
    return isinstance(intent, intents.NameDeputy) and not intent.email
