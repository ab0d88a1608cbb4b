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
        intents.ShowOutstanding,
        intents.LinkTelegram,
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
    return not hearing.proved and not hearing.operator and type(intent) not in HARMLESS
