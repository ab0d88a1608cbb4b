"""The one desk: hear an intent once, find the person, check the right, act, answer always."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session

import texts
from alliance import cases, intents, joining, measures, meetings, members, notices, office, rights, speakers
from alliance.errors import Refusal
from alliance.hearing import Hearing, Voice
from alliance.house import House
from alliance.intents import Intent, ShowOutstanding, Unclear
from alliance.measures import StaleCard
from alliance.notes import NO_MATTER, Action, Note
from alliance.understanding import understand
from store.tables import Channel
from texts import say

__all__ = ["Desk", "Voice"]

log = structlog.get_logger()

DEEDS: dict[type, Callable[[Hearing, Any], Note]] = {
    intents.ReportProgress: measures.report_progress,
    intents.ShowStatus: measures.show_status,
    intents.ShowMeasure: measures.show_measure,
    intents.Undo: measures.undo,
    intents.Greet: joining.greet,
    intents.Join: joining.join,
    intents.Confirm: joining.confirm,
    intents.NameCompany: joining.name_company,
    intents.Decide: joining.decide,
    intents.LinkTelegram: joining.link_telegram,
    intents.Pause: members.pause,
    intents.Resume: members.resume,
    intents.Speak: members.speak,
    intents.Leave: members.leave,
    intents.Help: members.help_,
    intents.Thank: members.thanked,
    intents.Unclear: cases.unclear,
    intents.AnswerPerson: cases.answer,
    intents.ShowOutstanding: office.outstanding,
    intents.RegisterCompany: office.register_company,
    intents.RegisterPerson: office.register_person,
    intents.AddMeasure: office.add_measure,
    intents.AssignMeasure: office.assign,
    intents.PlanMeeting: meetings.plan,
}


class Desk:
    """Where every wish is heard, whichever door it came through."""

    def __init__(self, house: House) -> None:
        self.house = house

    def listen(self, session: Session, voice: Voice, text: str) -> Note:
        """Words: place them in the matter they answer, understand them, act."""
        hearing = speakers.identify(session, self.house, voice)
        if hearing.distrusted:
            return self._hand_over(hearing, text)
        return self._act(hearing, understand(text, hearing.today, hearing.matter, _choices(hearing)))

    def hear(self, session: Session, voice: Voice, intent: Intent) -> Note:
        """A tap: the intent is known."""
        return self._act(speakers.identify(session, self.house, voice), intent, tapped=True)

    def command(self, session: Session, intent: Intent, at: datetime, language: str = "de") -> Note:
        """The operator at the command line, with the office's rights. Raises Refusal."""
        voice = Voice(Channel.MAIL, at, language=language)
        hearing = Hearing(session, self.house, voice, operator=True, proved=True)
        return DEEDS[type(intent)](hearing, intent)

    def stale(self, session: Session, voice: Voice) -> Note:
        """A button that is forged, foreign or too old: nothing changes."""
        hearing = speakers.identify(session, self.house, voice)
        line = say(hearing.language, "refusal-button-over")
        return Note(say(hearing.language, "all-refusal-title"), (line,), toast=line, language=hearing.language)

    def failed(self, session: Session, voice: Voice) -> Note:
        """We crashed on something three times: the office hears of it, the person too."""
        hearing = speakers.identify(session, self.house, voice)
        cases.open_case(hearing, say(hearing.language, "office-case-raw-kept"), "failed")
        language = hearing.language
        return Note(say(language, "all-failed-title"), (say(language, "all-failed-line"),), language=language)

    def cannot_read(self, session: Session, voice: Voice, kind: str) -> Note:
        """Something that is not text: ``kind`` is photo, voice, edited, too-big or other."""
        hearing = speakers.identify(session, self.house, voice)
        language = hearing.language
        return Note(
            say(language, "all-cannot-read-title"), (say(language, f"all-cannot-read-{kind}"),), language=language
        )

    def answer_by_mail(self, session: Session, voice: Voice, note: Note, in_reply_to: str) -> None:
        """Enqueue the answer to a letter; a stranger gets at most one of a kind a day."""
        hearing = speakers.identify(session, self.house, voice)
        if hearing.person or hearing.proved or note.matter.kind == "proof":
            key = f"answer:mail:{voice.inbox_id}"
        else:
            key = f"answer:stranger:{voice.email}:{hearing.today}"
        notices.answer(hearing, note, key, in_reply_to)

    def menu(self, language: str, *, office: bool) -> list[tuple[str, str]]:
        """Telegram's command list, as (command, description)."""
        role = "office" if office else "member"
        lines = say(language, f"{role}-menu").split("\n")
        pairs = (line.partition(" – ") for line in lines)
        return [(command.strip(), about.strip()) for command, _, about in pairs]

    def _act(self, hearing: Hearing, intent: Intent, *, tapped: bool = False) -> Note:
        try:
            rights.check(hearing, intent)
            if rights.needs_proof(hearing, intent):
                note = _ask_for_proof(hearing, intent)
            else:
                with hearing.session.begin_nested():
                    note = DEEDS[type(intent)](hearing, intent)
        except Refusal as refusal:
            note = self._refuse(hearing, refusal, tapped=tapped)
        if hearing.person:
            members.heard_from(hearing.person, hearing.at, in_chat=hearing.in_chat)
        if hearing.in_chat and note.matter != hearing.matter:
            speakers.remember(hearing, note.matter)
        return note if note.language else replace(note, language=hearing.language)

    def _refuse(self, hearing: Hearing, refusal: Refusal, *, tapped: bool) -> Note:
        """A friendly sentence instead of the deed; an outdated card is shown afresh, any other stays as it is."""
        language = hearing.language
        log.info("refused", action="refused", key=refusal.key, person=hearing.person.id if hearing.person else None)
        line = say(language, refusal.key, **refusal.values)
        if isinstance(refusal, StaleCard):
            item = measures.card(hearing, measures.find(hearing, refusal.measure.number), line)
            return Note(item.title, items=(item,), toast=line, language=language)
        if tapped:
            return Note("", toast=line, language=language, matter=hearing.matter)
        return Note(say(language, "all-refusal-title"), (line,), toast=line, language=language, matter=hearing.matter)

    def _hand_over(self, hearing: Hearing, text: str) -> Note:
        """A token from somebody it was not given to: the office decides, nothing changes before."""
        return self._act(hearing, Unclear(text, "distrusted"))


def _choices(hearing: Hearing) -> Mapping[str, Intent]:
    """The reply words at hand. For the office OFFEN is the list of the silent, whatever was shown last."""
    if not hearing.is_office:
        return hearing.choices
    words = {say(language, "word-outstanding"): ShowOutstanding() for language in texts.LANGUAGES}
    return {**words, **hearing.choices}


def _ask_for_proof(hearing: Hearing, intent: Intent) -> Note:
    """From: can be forged, so what changes something is asked back once, at the registered address."""
    language = hearing.language
    yes = Action(say(language, "member-proof-button"), intent, say(language, "word-yes"))
    lines = (say(language, "member-proof-line"), *_what(hearing, intent))
    return Note(say(language, "member-proof-title"), lines, actions=(yes,), matter=NO_MATTER, language=language)


def _what(hearing: Hearing, intent: Intent) -> tuple[str, ...]:
    if not isinstance(intent, intents.ReportProgress):
        return ()
    return tuple(measures.understood_line(hearing, report) for report in intent.reports)
