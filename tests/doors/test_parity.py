"""The two channels are equal: whatever can be asked for can be said in Telegram and by mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from alliance import digests, intents, minutes, speakers
from alliance.desk import DEEDS, Voice
from alliance.discretion import Origin
from alliance.intents import Intent
from alliance.notes import Note
from alliance.packing import unpack
from alliance.rights import RIGHTS
from alliance.understanding import understand
from bot import buttons, views
from store.tables import Channel
from tests.prying import overheard_at_the_desk
from tests.town import CHATS, ERIKA, GUEST, HOUSE, MAX, NAMES, OFFICE, START, Town
from texts import say

KINDS: tuple[type, ...] = Intent.__args__
TELEGRAM, MAIL = Channel.TELEGRAM, Channel.MAIL
NOT_DONE = {say("de", f"{key}-title") for key in ("all-refusal", "member-proof", "all-unclear-ask", "guest-code-wrong")}
UNCLEAR = say("de", "all-unclear-title")

Before = Callable[[Town], Note | None]


@dataclass(frozen=True)
class Way:
    """How somebody says it at a door: in words, or by the button with this label on the note that came ``before``.

    By mail the words are a fresh letter, or an answer to the last letter of the person.
    """

    who: str
    words: str | Callable[[Town], str] = ""
    button: str = ""
    before: Before = lambda town: None
    is_answer: bool = False


def chat(who: str, words: str | Callable[[Town], str], before: Before = lambda town: None) -> Way:
    return Way(who, words, before=before)


def tap(who: str, button: str, before: Before) -> Way:
    return Way(who, button=button, before=before)


def letter(who: str, words: str) -> Way:
    return Way(who, words)


def answer(who: str, words: str, before: Before) -> Way:
    return Way(who, words, before=before, is_answer=True)


# --- what happened before


def proposed(who: str, words: str) -> Before:
    """A letter that changes something, so that it is asked back."""
    return lambda town: town.letter(who, words)


def confirmed(who: str, words: str) -> Before:
    """The same, and JA to what was asked back."""

    def before(town: Town) -> Note:
        town.letter(who, words)
        return town.reply(who, "JA")

    return before


def said(who: str, words: str) -> Before:
    return lambda town: town.chat(who, words)


def code_was_mailed(town: Town) -> Note:
    town.chat(GUEST, "/start")
    return town.chat(GUEST, GUEST)


def mailed_code(town: Town) -> str:
    found = re.search(r"Code für Telegram: (\S+)", "\n".join(town.last_letter(GUEST).lines))
    assert found
    return found[1]


def telegram_was_asked(town: Town) -> Note:
    code_was_mailed(town)
    return town.chat(GUEST, mailed_code(town))


def membership_was_asked(town: Town) -> Note:
    return town.tap(GUEST, telegram_was_asked(town).actions[0])


def address_was_proved(town: Town) -> Note:
    return town.tap(GUEST, membership_was_asked(town).actions[0])


def leaving_telegram_was_proposed(town: Town) -> Note:
    town.link(MAX)
    return town.letter(MAX, "TELEGRAM AUS")


def office_was_asked_in_chat(town: Town) -> Note:
    town.link(OFFICE)
    address_was_proved(town)
    town.chat(GUEST, "Probe GmbH")
    return unpack(town.bubbles(OFFICE)[-1].note, Note)


def office_was_asked_by_mail(town: Town) -> Note:
    town.letter(GUEST, "BEITRETEN Probe GmbH")
    town.reply(GUEST, "JA")
    return town.last_letter(OFFICE)


def office_is_about_to_answer(town: Town) -> Note:
    town.link(OFFICE)
    town.letter(MAX, QUESTION)
    case = unpack(town.bubbles(OFFICE)[-1].note, Note)
    return town.tap(OFFICE, case.actions[0])


def case_is_shown(town: Town) -> None:
    """The office's chat shows Max's question, without his name."""
    town.link(OFFICE)
    town.letter(MAX, QUESTION)
    row = town.bubbles(OFFICE)[-1]

    def show(session: Session) -> None:
        origin = Origin("letter", row.id or 0)
        note = town.desk.for_chat(session, CHATS[OFFICE], unpack(row.note, Note), town.at, origin)
        buttons.keep(session, CHATS[OFFICE], views.bubbles(note), town.at)

    town.database.write_now(show)


def status_was_mailed(town: Town) -> Note:
    return town.letter(MAX, "STATUS")


def meeting_is_planned(town: Town) -> Note:
    return town.meeting(30)


def office_has_planned_a_meeting(town: Town) -> Note:
    town.letter(OFFICE, MEETING)
    return town.reply(OFFICE, "JA")


def status_was_mailed_before_a_meeting(town: Town) -> Note:
    town.meeting(30)
    return town.letter(MAX, "STATUS")


def somebody_answers_for_max(town: Town) -> Note:
    """A reply to Max's letter from an address that nobody knows."""
    town.letter(MAX, "STATUS")
    return town.letter(GUEST, "unverändert", town.letters(MAX)[-1].token)


def office_doubts_in_chat(town: Town) -> Note:
    town.link(OFFICE)
    somebody_answers_for_max(town)
    return unpack(town.bubbles(OFFICE)[-1].note, Note)


def has_a_second_address(who: str) -> Before:
    """The guest's address is this member's; the member has got a letter since."""

    def before(town: Town) -> Note:
        town.letter(who, f"ADRESSE {GUEST}")
        town.reply(who, "JA")
        town.reply(GUEST, "JA")
        return town.letter(who, "STATUS")

    return before


def digest_is_shown(town: Town) -> None:
    """The office wants to release the digest, and something has changed."""
    town.office(intents.PreviewDigest(on=True))
    town.chat(ERIKA, "M1 60 %")
    town.database.write_now(lambda session: digests.carry_out(session, HOUSE, "2026-W48", town.at))


def digest_is_shown_in_chat(town: Town) -> Note:
    town.link(OFFICE)
    digest_is_shown(town)
    return unpack(town.bubbles(OFFICE)[-1].note, Note)


def meeting_was_held(town: Town) -> None:
    town.meeting(1)
    town.at += timedelta(days=2)


def after_a_meeting(before: Before) -> Before:
    def both(town: Town) -> Note | None:
        meeting_was_held(town)
        return before(town)

    return both


def minutes_were_sent(before: Before) -> Before:
    """And something comes in addition."""

    def both(town: Town) -> Note | None:
        meeting_was_held(town)
        town.office(intents.RecordMinutes("Es waren viele da."))
        town.at += timedelta(days=9)
        town.database.write_now(lambda session: minutes.send(session, HOUSE, 1, town.at))
        return before(town)

    return both


def lead_is_offered(town: Town) -> None:
    town.link(ERIKA)
    town.tap(ERIKA, intents.HandOver(1, MAX))


def deputy_is_asked(town: Town) -> None:
    town.link(ERIKA)
    town.tap(ERIKA, intents.NameDeputy(MAX, DEPUTY_UNTIL))


def deputy_is_asked_in_chat(town: Town) -> Note:
    town.letter(MAX, "STATUS")
    town.letter(MAX, f"VERTRETUNG {ERIKA} bis 31.12.2026", town.letters(MAX)[-1].token)
    return unpack(town.bubbles(ERIKA)[-1].note, Note)


def office_reads_of_a_move(town: Town) -> Note:
    """In its chat, if it has one, else by mail."""
    town.tap(ERIKA, intents.ChangeCompany("Neue GmbH"))
    rows = town.bubbles(OFFICE) or town.letters(OFFICE)
    return unpack(rows[-1].note, Note)


def lead_is_offered_in_chat(town: Town) -> Note:
    town.letter(MAX, "STATUS")
    town.letter(MAX, f"ABGEBEN M3 an {ERIKA}", town.letters(MAX)[-1].token)
    return unpack(town.bubbles(ERIKA)[-1].note, Note)


def role_is_proposed(town: Town) -> None:
    """Somebody else of the office wants Max in it, too."""
    town.office(intents.RegisterPerson("Jutta Probe", "jutta@stadt.example.org", "Stadt", office=True))
    town.letter("jutta@stadt.example.org", f"ROLLE {MAX} Geschäftsstelle")
    town.reply("jutta@stadt.example.org", "JA")


def role_is_proposed_in_chat(town: Town) -> Note:
    role_is_proposed(town)
    return unpack(town.bubbles(OFFICE)[-1].note, Note)


TAKER = f"PROTOKOLLANT {MAX}"
MINUTES = "PROTOKOLL: Begrüßung durch den Vorsitz. Die AG tagt künftig jeden Monat."
DECISION = f"BESCHLUSS: Ladepunkte am Bahnhof; {MAX}; 30.06.2027; Infrastruktur"


def poll_is_open(who: str = OFFICE) -> Before:
    """A yes-no poll for a meeting in a month; the note is what this person was asked."""

    def before(town: Town) -> Note:
        town.meeting(30)
        town.office(replace(YES_NO_POLL, confirmed=True))
        rows = town.bubbles(who) or town.letters(who)
        return unpack(next(row.note for row in rows if "Abstimmung:" in row.note["title"]), Note)

    return before


def offers_are_listed_in_chat(who: str) -> Before:
    """The offers as Erika sees them; this person has made one."""

    def before(town: Town) -> Note:
        town.tap(who, intents.ShareOffer("Stapler zu verleihen")) if who == ERIKA else confirmed(who, OFFER)(town)
        return town.chat(ERIKA, "ANGEBOTE")

    return before


def offers_are_listed_by_mail(town: Town) -> Note:
    town.chat(ERIKA, OFFER)
    return town.letter(MAX, "ANGEBOTE")


def both_sides_are_asked(town: Town) -> Note:
    confirmed(MAX, NEED)(town)
    town.chat(ERIKA, OFFER)
    asked = [row for row in town.bubbles(ERIKA) if row.note["title"] == say("de", "member-match-title")]
    return unpack(asked[-1].note, Note)


IDEA = "IDEE: Radweg am Kanal entlang"
OFFER, NEED = "ANGEBOT: Seminarraum für 20 Personen", "GESUCH: Raum für Seminare"
YES_NO_POLL = intents.OpenPoll("yes-no", "Soll es einen Sommermarkt geben?")
POLL = "ABSTIMMUNG Ja/Nein: Soll es einen Sommermarkt geben?"
SHEET = b"Unternehmen;Telefon\r\nProbe GmbH;02041 2\r\n"


def sheet_was_sent_in_chat(town: Town) -> Note:
    voice = Voice(TELEGRAM, town.at, chat_id=CHATS[OFFICE], name=NAMES[OFFICE])
    return town.database.write_now(lambda session: town.desk.receive_file(session, voice, "firmen.csv", SHEET))


def sheet_was_mailed(town: Town) -> Note:
    voice = Voice(MAIL, town.at, email=OFFICE, name=NAMES[OFFICE])

    def job(session: Session) -> Note:
        note = town.desk.receive_file(session, voice, "firmen.csv", SHEET)
        town.desk.answer_by_mail(session, voice, note, "<letter@example.org>")
        return note

    return town.database.write_now(job)


QUESTION = "Wer bringt den Kuchen mit?"
DEPUTY_UNTIL = date(2026, 12, 31)
DEPUTY = f"VERTRETUNG {OFFICE} bis 31.12.2026"
COMPANY = "UNTERNEHMEN Muster GmbH; 02041 1"
PERSON = "MITGLIED Robin Probe; neu@muster.example.org; Muster GmbH"
MEASURE = "MASSNAHME 12; Fahrradbügel; Verkehr; 31.12.2026"
AMEND = "ÄNDERN M4; Termin; 31.12.2027; weil das Gutachten später kommt"
ASSIGN = f"ZUORDNEN M4 {MAX}"
MEETING = "SITZUNG Allianz; 03.12.2026 17:00; Herbstsitzung; Rathaus"


def office_reads_a_request(text: str) -> Before:
    def before(town: Town) -> Note:
        town.chat(ERIKA, f"BERICHTIGEN: {text}")
        in_chat = town.person(OFFICE).channel == TELEGRAM
        return unpack(town.bubbles(OFFICE)[-1].note, Note) if in_chat else town.last_letter(OFFICE)

    return before


RECTIFY = "BERICHTIGEN: Name: Max Probe"
TABLE: dict[type, dict[Channel, Way]] = {
    intents.ReportProgress: {TELEGRAM: chat(ERIKA, "M1 60 %"), MAIL: answer(MAX, "60 %", status_was_mailed)},
    intents.ShowStatus: {TELEGRAM: chat(ERIKA, "/status"), MAIL: letter(MAX, "STATUS")},
    intents.ShowMeasure: {TELEGRAM: chat(ERIKA, "M1"), MAIL: letter(MAX, "M3")},
    intents.Undo: {
        TELEGRAM: tap(ERIKA, "Rückgängig", said(ERIKA, "M1 60 %")),
        MAIL: answer(MAX, "RÜCKGÄNGIG", confirmed(MAX, "M3 60 %")),
    },
    intents.Greet: {TELEGRAM: chat(GUEST, "/start"), MAIL: letter(GUEST, "Guten Tag")},
    intents.Join: {TELEGRAM: chat(GUEST, f"BEITRETEN {GUEST}"), MAIL: letter(GUEST, "BEITRETEN")},
    intents.Confirm: {
        TELEGRAM: tap(GUEST, "Ja, ohne Wochenüberblick", membership_was_asked),
        MAIL: answer(GUEST, "JA", proposed(GUEST, "BEITRETEN")),
    },
    intents.AgreeTelegram: {
        TELEGRAM: tap(GUEST, "Einverstanden", telegram_was_asked),
        MAIL: answer(MAX, "JA", proposed(MAX, "TELEGRAM")),
    },
    intents.ShowPrivacy: {TELEGRAM: chat(GUEST, "DATENSCHUTZ"), MAIL: letter(GUEST, "DATENSCHUTZ")},
    intents.NameCompany: {
        TELEGRAM: chat(GUEST, "Probe GmbH", address_was_proved),
        MAIL: answer(GUEST, "Probe GmbH", confirmed(GUEST, "BEITRETEN")),
    },
    intents.Decide: {
        TELEGRAM: tap(OFFICE, "Ja, aufnehmen", office_was_asked_in_chat),
        MAIL: answer(OFFICE, "JA", office_was_asked_by_mail),
    },
    intents.LinkTelegram: {TELEGRAM: chat(ERIKA, "TELEGRAM"), MAIL: letter(MAX, "TELEGRAM")},
    intents.UnlinkTelegram: {
        TELEGRAM: chat(ERIKA, "TELEGRAM AUS"),
        MAIL: answer(MAX, "JA", leaving_telegram_was_proposed),
    },
    intents.Pause: {
        TELEGRAM: chat(ERIKA, "PAUSE bis 31.12."),
        MAIL: answer(MAX, "JA", proposed(MAX, "PAUSE bis 31.12.")),
    },
    intents.Resume: {
        TELEGRAM: tap(ERIKA, "Pause beenden", said(ERIKA, "PAUSE bis 31.12.")),
        MAIL: answer(MAX, "WEITER", confirmed(MAX, "PAUSE bis 31.12.")),
    },
    intents.Leave: {TELEGRAM: chat(ERIKA, "ABMELDEN"), MAIL: answer(MAX, "JA", proposed(MAX, "ABMELDEN"))},
    intents.Help: {TELEGRAM: chat(GUEST, "/hilfe"), MAIL: letter(GUEST, "HILFE")},
    intents.Speak: {TELEGRAM: chat(ERIKA, "SPRACHE EN"), MAIL: answer(MAX, "JA", proposed(MAX, "SPRACHE EN"))},
    intents.Thank: {TELEGRAM: chat(ERIKA, "Vielen Dank!"), MAIL: letter(MAX, "Danke und viele Grüße\nMax Muster")},
    intents.Unclear: {TELEGRAM: chat(ERIKA, QUESTION), MAIL: letter(MAX, QUESTION)},
    intents.AnswerPerson: {
        TELEGRAM: chat(OFFICE, "Max Muster!", office_is_about_to_answer),
        MAIL: answer(OFFICE, "Max Muster!", proposed(MAX, QUESTION)),
    },
    intents.Trust: {
        TELEGRAM: tap(OFFICE, "Ja, das war Max Muster", office_doubts_in_chat),
        MAIL: answer(OFFICE, "JA", somebody_answers_for_max),
    },
    intents.AddAddress: {
        TELEGRAM: chat(ERIKA, f"ADRESSE {GUEST}"),
        MAIL: answer(MAX, "JA", proposed(MAX, f"ADRESSE {GUEST}")),
    },
    intents.DropAddress: {
        TELEGRAM: chat(ERIKA, f"ADRESSE WEG {GUEST}", has_a_second_address(ERIKA)),
        MAIL: answer(MAX, f"ADRESSE WEG {GUEST}", has_a_second_address(MAX)),
    },
    intents.Attend: {
        TELEGRAM: chat(ERIKA, "ZUSAGE", meeting_is_planned),
        MAIL: answer(MAX, "ABSAGE", status_was_mailed_before_a_meeting),
    },
    intents.NoteNeeds: {
        TELEGRAM: chat(ERIKA, "ZUSAGE, HINWEIS: vegetarisch", meeting_is_planned),
        MAIL: answer(MAX, "ZUSAGE\nHINWEIS: brauche Rollstuhlzugang", status_was_mailed_before_a_meeting),
    },
    intents.ShowPlan: {TELEGRAM: chat(ERIKA, "PLAN"), MAIL: letter(MAX, "PLAN Infrastruktur")},
    intents.ShowPlanSheet: {TELEGRAM: chat(ERIKA, "/plan A3"), MAIL: letter(MAX, "PLAN auf einer Seite")},
    intents.MakeReport: {TELEGRAM: chat(OFFICE, "/bericht"), MAIL: letter(OFFICE, "BERICHT")},
    intents.AddEvidence: {
        TELEGRAM: chat(ERIKA, "NACHWEIS M1: https://beispiel.example.org"),
        MAIL: answer(MAX, "NACHWEIS: Die Messe war ausgebucht.", status_was_mailed),
    },
    intents.SetPlanState: {
        TELEGRAM: chat(OFFICE, "PLAN DISKUSSION"),
        MAIL: answer(OFFICE, "JA", proposed(OFFICE, "PLAN DISKUSSION")),
    },
    intents.AmendMeasure: {TELEGRAM: chat(OFFICE, AMEND), MAIL: answer(OFFICE, "JA", proposed(OFFICE, AMEND))},
    intents.SwitchSending: {
        TELEGRAM: chat(OFFICE, "BETRIEB STOPP"),
        MAIL: answer(OFFICE, "JA", proposed(OFFICE, "BETRIEB STOPP")),
    },
    intents.ShowHistory: {TELEGRAM: chat(OFFICE, "VERLAUF M1"), MAIL: letter(OFFICE, "Verlauf M1 bitte")},
    intents.ShowOutstanding: {TELEGRAM: chat(OFFICE, "/offen"), MAIL: letter(OFFICE, "OFFEN")},
    intents.RegisterCompany: {TELEGRAM: chat(OFFICE, COMPANY), MAIL: answer(OFFICE, "JA", proposed(OFFICE, COMPANY))},
    intents.RegisterPerson: {TELEGRAM: chat(OFFICE, PERSON), MAIL: answer(OFFICE, "JA", proposed(OFFICE, PERSON))},
    intents.AddMeasure: {TELEGRAM: chat(OFFICE, MEASURE), MAIL: answer(OFFICE, "JA", proposed(OFFICE, MEASURE))},
    intents.AssignMeasure: {TELEGRAM: chat(OFFICE, ASSIGN), MAIL: answer(OFFICE, "JA", proposed(OFFICE, ASSIGN))},
    intents.PlanMeeting: {TELEGRAM: chat(OFFICE, MEETING), MAIL: answer(OFFICE, "JA", proposed(OFFICE, MEETING))},
    intents.Export: {TELEGRAM: chat(OFFICE, "EXPORT MITGLIEDER"), MAIL: letter(OFFICE, "EXPORT PLAN CSV")},
    intents.ApplyImport: {
        TELEGRAM: tap(OFFICE, "✓ Ja, übernehmen", sheet_was_sent_in_chat),
        MAIL: answer(OFFICE, "JA", sheet_was_mailed),
    },
}
TABLE |= {
    intents.SetDigest: {
        TELEGRAM: chat(ERIKA, "Wochenüberblick monatlich"),
        MAIL: answer(MAX, "JA", proposed(MAX, "WOCHENÜBERBLICK AUS")),
    },
    intents.FollowPlan: {TELEGRAM: chat(ERIKA, "/folgen M3"), MAIL: answer(MAX, "JA", proposed(MAX, "FOLGEN M1"))},
    intents.PreviewDigest: {
        TELEGRAM: chat(OFFICE, "VORSCHAU AN"),
        MAIL: answer(OFFICE, "JA", proposed(OFFICE, "VORSCHAU AN")),
    },
    intents.ReleaseDigest: {
        TELEGRAM: tap(OFFICE, "Freigeben", digest_is_shown_in_chat),
        MAIL: answer(OFFICE, "FREIGEBEN", digest_is_shown),
    },
}
TABLE |= {
    intents.NameMinuteTaker: {
        TELEGRAM: chat(OFFICE, TAKER, meeting_was_held),
        MAIL: answer(OFFICE, "JA", after_a_meeting(proposed(OFFICE, TAKER))),
    },
    intents.RecordMinutes: {
        TELEGRAM: chat(OFFICE, MINUTES, meeting_was_held),
        MAIL: answer(OFFICE, "JA", after_a_meeting(proposed(OFFICE, MINUTES))),
    },
    intents.RecordDecisions: {
        TELEGRAM: chat(OFFICE, DECISION, meeting_was_held),
        MAIL: answer(OFFICE, "JA", after_a_meeting(proposed(OFFICE, DECISION))),
    },
    intents.SendCorrection: {
        TELEGRAM: tap(OFFICE, "Ja, Berichtigung schicken", minutes_were_sent(said(OFFICE, MINUTES))),
        MAIL: answer(OFFICE, "JA", minutes_were_sent(confirmed(OFFICE, MINUTES))),
    },
    intents.HandOver: {
        TELEGRAM: chat(ERIKA, f"ABGEBEN M1 an {MAX}"),
        MAIL: answer(MAX, "JA", proposed(MAX, f"ABGEBEN M3 an {ERIKA}")),
    },
    intents.AnswerLead: {
        TELEGRAM: tap(ERIKA, "Ja, ich übernehme", lead_is_offered_in_chat),
        MAIL: answer(MAX, "NEIN", lead_is_offered),
    },
    intents.OpenPoll: {
        TELEGRAM: chat(OFFICE, POLL, meeting_is_planned),
        MAIL: Way(OFFICE, POLL, before=meeting_is_planned),
    },
    intents.Vote: {
        TELEGRAM: tap(ERIKA, "Ja, dafür", poll_is_open(ERIKA)),
        MAIL: answer(MAX, "NEIN", poll_is_open(MAX)),
    },
    intents.ShowPoll: {
        TELEGRAM: chat(ERIKA, "/abstimmung", poll_is_open(ERIKA)),
        MAIL: Way(MAX, "ABSTIMMUNG", before=poll_is_open(MAX)),
    },
    intents.ClosePoll: {
        TELEGRAM: chat(OFFICE, "ABSTIMMUNG SCHLIESSEN", poll_is_open()),
        MAIL: Way(OFFICE, "ABSTIMMUNG SCHLIESSEN", before=poll_is_open()),
    },
}
TABLE |= {
    intents.ChangeMeeting: {
        TELEGRAM: chat(OFFICE, "SITZUNG ÄNDERN; Ort: Ratssaal", meeting_is_planned),
        MAIL: answer(OFFICE, "SITZUNG ÄNDERN; Ort: Ratssaal", office_has_planned_a_meeting),
    },
    intents.SetAgenda: {
        TELEGRAM: chat(OFFICE, "TAGESORDNUNG: 17:00 Begrüßung; 17:15 Bericht", meeting_is_planned),
        MAIL: answer(OFFICE, "TAGESORDNUNG: 17:00 Begrüßung; 17:15 Bericht", office_has_planned_a_meeting),
    },
    intents.CancelMeeting: {
        TELEGRAM: chat(OFFICE, "SITZUNG ABSAGEN; Sturmwarnung", meeting_is_planned),
        MAIL: answer(OFFICE, "SITZUNG ABSAGEN", office_has_planned_a_meeting),
    },
    intents.Invite: {
        TELEGRAM: tap(OFFICE, "Jetzt einladen", said(OFFICE, MEETING)),
        MAIL: answer(OFFICE, "EINLADEN", office_has_planned_a_meeting),
    },
    intents.ShowAttendance: {
        TELEGRAM: chat(OFFICE, "/teilnahme", meeting_is_planned),
        MAIL: answer(OFFICE, "TEILNAHME", office_has_planned_a_meeting),
    },
    intents.SendDeputy: {
        TELEGRAM: chat(ERIKA, "VERTRETUNG Jutta Probe", meeting_is_planned),
        MAIL: answer(MAX, "VERTRETUNG Jutta Probe", status_was_mailed_before_a_meeting),
    },
}
TABLE |= {
    intents.ShareIdea: {TELEGRAM: chat(ERIKA, IDEA), MAIL: answer(MAX, "JA", proposed(MAX, IDEA))},
    intents.ShowIdeas: {TELEGRAM: chat(ERIKA, "/ideen"), MAIL: letter(MAX, "IDEEN")},
    intents.PlaceIdea: {
        TELEGRAM: tap(ERIKA, "Passt zu M1", said(ERIKA, IDEA)),
        MAIL: answer(MAX, "PASST ZU M1", confirmed(MAX, IDEA)),
    },
    intents.KeepIdea: {
        TELEGRAM: tap(ERIKA, "Bleibt eigen", said(ERIKA, IDEA)),
        MAIL: answer(MAX, "BLEIBT EIGEN", confirmed(MAX, IDEA)),
    },
    intents.DecideIdea: {
        TELEGRAM: chat(OFFICE, "IDEE 1 ABLEHNEN: zu teuer", said(ERIKA, IDEA)),
        MAIL: answer(OFFICE, "ÜBERNEHMEN", said(ERIKA, IDEA)),
    },
    intents.ShareOffer: {TELEGRAM: chat(ERIKA, OFFER), MAIL: answer(MAX, "JA", proposed(MAX, NEED))},
    intents.ShowOffers: {TELEGRAM: chat(ERIKA, "/angebote"), MAIL: letter(MAX, "ANGEBOTE")},
    intents.CloseOffer: {
        TELEGRAM: tap(ERIKA, "1 erledigt", offers_are_listed_in_chat(ERIKA)),
        MAIL: answer(MAX, "GESUCH 1 ERLEDIGT", confirmed(MAX, NEED)),
    },
    intents.AskContact: {
        TELEGRAM: tap(ERIKA, "Kontakt zu 1", offers_are_listed_in_chat(MAX)),
        MAIL: answer(MAX, "KONTAKT 1", offers_are_listed_by_mail),
    },
    intents.AnswerMatch: {
        TELEGRAM: tap(ERIKA, "Ja, weitergeben", both_sides_are_asked),
        MAIL: answer(MAX, "NEIN", both_sides_are_asked),
    },
}
TABLE |= {
    intents.SetRole: {
        TELEGRAM: chat(OFFICE, f"ROLLE {MAX} Beobachter"),
        MAIL: answer(OFFICE, "JA", proposed(OFFICE, f"ROLLE {MAX} Beobachter")),
    },
    intents.DecideRole: {
        TELEGRAM: tap(OFFICE, "Ja, Rechte geben", role_is_proposed_in_chat),
        MAIL: answer(OFFICE, "NEIN", role_is_proposed),
    },
}
TABLE |= {
    intents.MailMe: {
        TELEGRAM: chat(OFFICE, "MIT NAMEN", case_is_shown),
        MAIL: Way(OFFICE, "MIT NAMEN", before=case_is_shown),
    },
}
TABLE |= {
    intents.NameDeputy: {TELEGRAM: chat(ERIKA, DEPUTY), MAIL: answer(MAX, "JA", proposed(MAX, DEPUTY))},
    intents.AnswerDeputy: {
        TELEGRAM: tap(ERIKA, "Ja, ich vertrete", deputy_is_asked_in_chat),
        MAIL: answer(MAX, "NEIN", deputy_is_asked),
    },
    intents.EndDeputy: {
        TELEGRAM: tap(ERIKA, "Bitte zurückziehen", said(ERIKA, DEPUTY)),
        MAIL: answer(MAX, "VERTRETUNG ENDE", confirmed(MAX, DEPUTY)),
    },
    intents.ChangeCompany: {
        TELEGRAM: chat(ERIKA, "WECHSEL: Neue GmbH"),
        MAIL: answer(MAX, "JA", proposed(MAX, "WECHSEL: Neue GmbH")),
    },
    intents.DecideCompany: {
        TELEGRAM: tap(OFFICE, "Ja, eintragen", office_reads_of_a_move),
        MAIL: answer(OFFICE, "NEIN", office_reads_of_a_move),
    },
}
TABLE |= {
    intents.ShowMyData: {TELEGRAM: chat(ERIKA, "/meinedaten"), MAIL: letter(MAX, "MEINEDATEN")},
    intents.Rectify: {TELEGRAM: chat(ERIKA, RECTIFY), MAIL: answer(MAX, "JA", proposed(MAX, RECTIFY))},
    intents.Erase: {
        TELEGRAM: tap(ERIKA, "Ja, alles löschen", said(ERIKA, "LÖSCHEN")),
        MAIL: answer(MAX, "JA", proposed(MAX, "LÖSCHEN")),
    },
    intents.ShowPersonalRequests: {TELEGRAM: chat(OFFICE, "ANLIEGEN"), MAIL: letter(OFFICE, "Anliegen")},
    intents.AnswerPersonalRequest: {
        TELEGRAM: tap(OFFICE, "Erledigt", office_reads_a_request("Ich wohne nicht in Essen.")),
        MAIL: answer(OFFICE, "JA", office_reads_a_request("Ich wohne nicht in Essen.")),
    },
    intents.CorrectPerson: {
        TELEGRAM: tap(OFFICE, "Ja, berichtigen", office_reads_a_request("Name: Erika Probe")),
        MAIL: answer(OFFICE, "JA", office_reads_a_request("Name: Erika Probe")),
    },
}
CELLS = [pytest.param(kind, channel, id=f"{kind.__name__}-{channel}") for kind in KINDS for channel in Channel]


def test_the_table_has_no_empty_cell() -> None:
    assert set(TABLE) == set(KINDS)
    for ways in TABLE.values():
        assert set(ways) == set(Channel)
        assert all(way.words or way.button for way in ways.values())


def test_every_intent_has_a_deed_and_a_right() -> None:
    assert set(DEEDS) == set(RIGHTS) == set(KINDS)


@pytest.fixture
def town(sqlite_town: Town) -> Town:
    """On one system: what is said does not depend on where it is kept."""
    return sqlite_town


@pytest.mark.parametrize(("kind", "channel"), CELLS)
def test_it_can_be_said_and_is_done(town: Town, kind: type, channel: Channel) -> None:
    town.link(ERIKA)
    way = TABLE[kind][channel]
    if channel == TELEGRAM and way.who == OFFICE:
        town.link(OFFICE)
    note = way.before(town)
    meant, done = _tapped(town, way, note) if way.button else _said(town, way, channel)
    assert type(meant) is kind
    assert done.title not in NOT_DONE
    assert overheard_at_the_desk(town, way.who, done if channel == TELEGRAM else None) == []
    assert (done.title == UNCLEAR) is (kind is intents.Unclear)


def _said(town: Town, way: Way, channel: Channel) -> tuple[Intent, Note]:
    """What the desk understands of the words, and its answer to them."""
    words = way.words if isinstance(way.words, str) else way.words(town)
    token = town.letters(way.who)[-1].token if way.is_answer else ""
    if channel == TELEGRAM:
        voice = Voice(TELEGRAM, town.at, chat_id=CHATS[way.who], name=NAMES[way.who])
    else:
        voice = Voice(MAIL, town.at, email=way.who, name=NAMES[way.who], token=token)

    def understood(session: Session) -> Intent:
        hearing = speakers.identify(session, HOUSE, voice)
        return understand(words, hearing.today, hearing.matter, hearing.choices)

    meant = town.database.read_now(understood)
    return meant, town.chat(way.who, words) if channel == TELEGRAM else town.letter(way.who, words, token)


def _tapped(town: Town, way: Way, note: Note | None) -> tuple[Intent, Note]:
    """What the button under the shown note means when it is pressed, and the desk's answer."""
    assert note
    shown, chat_id = views.bubbles(note), CHATS[way.who]

    def pressed(session: Session) -> Any:
        keys = buttons.keep(session, chat_id, shown, START)
        for bubble, key in zip(shown, keys, strict=True):
            for button in (button for row in buttons.rows(bubble, key) for button in row):
                if button["text"] == way.button:
                    return buttons.find(session, button["callback_data"], chat_id, START)
        return None

    meant = town.database.write_now(pressed)
    return meant, town.tap(way.who, meant)
