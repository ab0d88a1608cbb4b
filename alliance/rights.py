"""Who may do what: one table, read by the desk alone."""

from __future__ import annotations

from enum import IntEnum

from alliance import intents
from alliance.errors import NotAllowed
from alliance.hearing import Hearing
from alliance.intents import Intent


class Standing(IntEnum):
    """What somebody is, each including the ones before."""

    GUEST = 0
    MEMBER = 1
    OFFICE = 2


RIGHTS: dict[type, Standing] = {
    intents.Greet: Standing.GUEST,
    intents.Join: Standing.GUEST,
    intents.Confirm: Standing.GUEST,
    intents.NameCompany: Standing.GUEST,
    intents.Help: Standing.GUEST,
    intents.Thank: Standing.GUEST,
    intents.Unclear: Standing.GUEST,
    intents.ShowStatus: Standing.MEMBER,
    intents.ShowMeasure: Standing.MEMBER,
    intents.ReportProgress: Standing.MEMBER,
    intents.Undo: Standing.MEMBER,
    intents.LinkTelegram: Standing.MEMBER,
    intents.Pause: Standing.MEMBER,
    intents.Resume: Standing.MEMBER,
    intents.Leave: Standing.MEMBER,
    intents.Speak: Standing.MEMBER,
    intents.AddAddress: Standing.MEMBER,
    intents.DropAddress: Standing.MEMBER,
    intents.Attend: Standing.MEMBER,
    intents.SendDeputy: Standing.MEMBER,
    intents.ShowPlan: Standing.MEMBER,
    intents.ShowPlanSheet: Standing.MEMBER,
    intents.MakeReport: Standing.OFFICE,
    intents.AddEvidence: Standing.MEMBER,
    intents.SetDigest: Standing.MEMBER,
    intents.FollowPlan: Standing.MEMBER,
    intents.RecordMinutes: Standing.MEMBER,  # the minute taker; the deed checks
    intents.RecordDecisions: Standing.MEMBER,
    intents.HandOver: Standing.MEMBER,
    intents.AnswerLead: Standing.MEMBER,
    intents.Vote: Standing.MEMBER,
    intents.ShareIdea: Standing.MEMBER,
    intents.ShowIdeas: Standing.MEMBER,
    intents.PlaceIdea: Standing.MEMBER,
    intents.KeepIdea: Standing.MEMBER,
    intents.ShareOffer: Standing.MEMBER,
    intents.ShowOffers: Standing.MEMBER,
    intents.CloseOffer: Standing.MEMBER,
    intents.AskContact: Standing.MEMBER,
    intents.AnswerMatch: Standing.MEMBER,
    intents.ShowPoll: Standing.MEMBER,
    intents.Decide: Standing.OFFICE,
    intents.AnswerPerson: Standing.OFFICE,
    intents.Trust: Standing.OFFICE,
    intents.SwitchSending: Standing.OFFICE,
    intents.ShowOutstanding: Standing.OFFICE,
    intents.RegisterCompany: Standing.OFFICE,
    intents.RegisterPerson: Standing.OFFICE,
    intents.AddMeasure: Standing.OFFICE,
    intents.AssignMeasure: Standing.OFFICE,
    intents.PlanMeeting: Standing.OFFICE,
    intents.ChangeMeeting: Standing.OFFICE,
    intents.SetAgenda: Standing.OFFICE,
    intents.CancelMeeting: Standing.OFFICE,
    intents.Invite: Standing.OFFICE,
    intents.ShowAttendance: Standing.OFFICE,
    intents.SetPlanState: Standing.OFFICE,
    intents.AmendMeasure: Standing.OFFICE,
    intents.PreviewDigest: Standing.OFFICE,
    intents.ReleaseDigest: Standing.OFFICE,
    intents.NameMinuteTaker: Standing.OFFICE,
    intents.SendCorrection: Standing.OFFICE,
    intents.OpenPoll: Standing.OFFICE,
    intents.ClosePoll: Standing.OFFICE,
    intents.DecideIdea: Standing.OFFICE,
    intents.Export: Standing.MEMBER,
    intents.ApplyImport: Standing.OFFICE,
}

# What changes nothing, or is answered to the registered address only: a bare From: is enough
HARMLESS = frozenset(
    {
        intents.Greet,
        intents.Join,
        intents.Confirm,
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
        intents.LinkTelegram,
        intents.ShowPoll,
        intents.ShowIdeas,
        intents.KeepIdea,
        intents.ShowOffers,
        intents.Export,
    }
)


def standing(hearing: Hearing) -> Standing:
    """What the speaker is."""
    if hearing.is_office:
        return Standing.OFFICE
    return Standing.MEMBER if hearing.person else Standing.GUEST


def check(hearing: Hearing, intent: Intent) -> None:
    """Raises NotAllowed when the speaker may not ask for this."""
    needed = RIGHTS[type(intent)]
    if standing(hearing) >= needed:
        return
    raise NotAllowed("refusal-members-only" if needed == Standing.MEMBER else "refusal-office-only")


def needs_proof(hearing: Hearing, intent: Intent) -> bool:
    """Whether the speaker must first show that the letter is really theirs."""
    return not hearing.proved and not hearing.operator and type(intent) not in HARMLESS and not _asks_back(intent)


def _asks_back(intent: Intent) -> bool:
    """Whether the deed only shows what JA to it will do: that JA is the proof."""
    if isinstance(intent, intents.SetPlanState):
        return intent.state == "adopted" and not intent.seen
    asking = intents.OpenPoll | intents.ClosePoll | intents.ShareIdea | intents.ShareOffer | intents.CancelMeeting
    return isinstance(intent, asking) and not intent.confirmed
