"""The one desk: hear an intent once, find the person, check the right, act, answer always."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import structlog
from sqlmodel import Session

import texts
from alliance import (
    absences,
    addresses,
    amendments,
    attendance,
    bounces,
    brakes,
    cases,
    chats,
    decisions,
    deputising,
    digests,
    dossiers,
    evidence,
    exports,
    following,
    history,
    idea_office,
    ideas,
    imports,
    intents,
    joining,
    leads,
    matches,
    measures,
    members,
    minutes,
    moving,
    needs,
    notices,
    offers,
    office,
    plan_life,
    plan_papers,
    plan_showing,
    planning,
    polls,
    privacy_notice,
    proofs,
    retracing,
    rights,
    roles,
    sending,
    speakers,
    undoing,
    with_names,
)
from alliance.bounces import Failure
from alliance.discretion import Discretion, Origin, addresses_in
from alliance.errors import NotFound, Refusal
from alliance.hearing import Hearing, Voice
from alliance.house import House
from alliance.intents import Attend, Intent, MailMe, Matter, SendDeputy, ShowOutstanding, ShowPlan, Trust, Unclear
from alliance.measures import StaleCard
from alliance.notes import Action, Note
from alliance.privacy import access, farewell, rectifying
from alliance.privacy import requests as personal_requests
from alliance.understanding import understand
from store import outbox
from store.tables import Channel, Person
from texts import say

__all__ = ["Desk", "Voice"]

log = structlog.get_logger()

# Deeds that refuse before they write anything, or not at all: they need no savepoint
REFUSED_FIRST = frozenset({intents.ReportProgress})

SHOWN = 300  # characters of somebody's own words when they are asked back


def _trust(hearing: Hearing, intent: Trust) -> Note:
    """JA of the office: the letter is heard as if its sender had been believed, and the person gets the receipt."""
    case = cases.trusted(hearing, intent)
    if not intent.accept:
        return cases.laid_aside(hearing)
    person = hearing.session.get_one(Person, case.claimed_id)
    if person.left_at is not None:
        raise NotFound("refusal-no-such-member", email=case.email)
    theirs = speakers.on_behalf(hearing, person, case.token, case.inbox_id)
    meant = _meant(theirs, case.text)
    if isinstance(meant, intents.Erase):
        meant = intents.Erase()  # nobody is forgotten on another's word: they are asked themselves
    rights.check_vouched(theirs, meant)
    done = DEEDS[type(meant)](theirs, meant)
    notices.to_person(hearing.session, person, done, f"trusted:{case.id}", hearing.at)
    return cases.carried_out(hearing, person, done)


def _mail_me(hearing: Hearing, intent: MailMe) -> Note:
    """What Telegram showed with initials, in full: as it was sent, or as the same wish is answered by mail."""
    meant = intent if intent.wish or intent.letter else with_names.last_shortened(hearing)
    return with_names.mailed(hearing, meant, _in_full(hearing, meant))


def _in_full(hearing: Hearing, meant: MailMe) -> Note:
    wish = with_names.wish_of(meant)
    if wish is None:
        return with_names.kept(hearing, meant.letter)
    by_mail = speakers.on_behalf(hearing, hearing.member, "", hearing.voice.inbox_id)
    rights.check(by_mail, wish)
    return DEEDS[type(wish)](by_mail, wish)


DEEDS: dict[type, Callable[[Hearing, Any], Note]] = {
    intents.ReportProgress: measures.report_progress,
    intents.ShowStatus: measures.show_status,
    intents.ShowMeasure: measures.show_measure,
    intents.Undo: undoing.undo,
    intents.Greet: joining.greet,
    intents.Join: joining.join,
    intents.Confirm: joining.confirm,
    intents.NameCompany: joining.name_company,
    intents.Decide: joining.decide,
    intents.LinkTelegram: joining.link_telegram,
    intents.AgreeTelegram: joining.agree_telegram,
    intents.UnlinkTelegram: chats.unlink,
    intents.ShowPrivacy: privacy_notice.show,
    intents.Pause: members.pause,
    intents.Resume: members.resume,
    intents.Speak: members.speak,
    intents.Leave: members.leave,
    intents.Help: members.help_,
    intents.Thank: members.thanked,
    intents.Unclear: cases.unclear,
    intents.AnswerPerson: cases.answer,
    intents.Trust: _trust,
    intents.AddAddress: addresses.add,
    intents.DropAddress: addresses.drop,
    intents.Attend: attendance.attend,
    intents.NoteNeeds: needs.note,
    intents.SwitchSending: sending.switch,
    intents.ShowOutstanding: office.outstanding,
    intents.RegisterCompany: office.register_company,
    intents.RegisterPerson: office.register_person,
    intents.AddMeasure: office.add_measure,
    intents.AssignMeasure: office.assign,
    intents.PlanMeeting: planning.plan,
    intents.ChangeMeeting: planning.change,
    intents.SetAgenda: planning.set_agenda,
    intents.CancelMeeting: planning.cancel,
    intents.Invite: planning.invite,
    intents.ShowAttendance: attendance.show,
    intents.SendDeputy: attendance.send_deputy,
    intents.ShowPlan: plan_showing.show,
    intents.ShowPlanSheet: plan_papers.show_sheet,
    intents.MakeReport: dossiers.report,
    intents.SetPlanState: plan_life.set_state,
    intents.AmendMeasure: amendments.amend_measure,
    intents.AddEvidence: evidence.add,
    intents.SetDigest: following.set_digest,
    intents.FollowPlan: following.follow,
    intents.PreviewDigest: digests.preview,
    intents.ReleaseDigest: digests.release,
    intents.NameMinuteTaker: minutes.name_taker,
    intents.RecordMinutes: minutes.record,
    intents.RecordDecisions: decisions.record,
    intents.SendCorrection: minutes.correct,
    intents.HandOver: leads.hand_over,
    intents.NameDeputy: deputising.name_deputy,
    intents.AnswerDeputy: deputising.answer,
    intents.EndDeputy: deputising.end,
    intents.ChangeCompany: moving.change_company,
    intents.DecideCompany: moving.decide,
    intents.AnswerLead: leads.answer,
    intents.OpenPoll: polls.open_poll,
    intents.Vote: polls.vote,
    intents.ShowPoll: polls.show,
    intents.ClosePoll: polls.close,
    intents.ShareIdea: ideas.share,
    intents.ShowIdeas: ideas.show,
    intents.PlaceIdea: ideas.place,
    intents.KeepIdea: ideas.keep,
    intents.DecideIdea: idea_office.decide,
    intents.ShareOffer: offers.share,
    intents.ShowOffers: offers.show,
    intents.CloseOffer: offers.close,
    intents.AskContact: offers.ask_contact,
    intents.AnswerMatch: matches.answer,
    intents.Export: exports.export,
    intents.ShowHistory: retracing.show,
    intents.ApplyImport: imports.apply,
    intents.ShowMyData: access.show,
    intents.Rectify: rectifying.rectify,
    intents.Erase: farewell.erase,
    intents.ShowPersonalRequests: personal_requests.show,
    intents.AnswerPersonalRequest: personal_requests.answer,
    intents.CorrectPerson: rectifying.correct,
    intents.SetRole: roles.set_role,
    intents.DecideRole: roles.decide_role,
    intents.MailMe: _mail_me,
}


class Desk:
    """Where every wish is heard, whichever door it came through."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._discretion = Discretion()

    def for_chat(self, session: Session, chat_id: int, note: Note, at: datetime, origin: Origin) -> Note:
        """The note as this chat may show it: without names, addresses and numbers of third persons."""
        return self._discretion.for_chat(session, self.house, chat_id, note, at, origin)

    def listen(self, session: Session, voice: Voice, text: str) -> Note:
        """Words: place them in the matter they answer, understand them, act."""
        hearing = speakers.identify(session, self.house, voice)
        if hearing.distrusted:
            return self._hand_over(hearing, text)
        meant = _meant(hearing, text)
        if asked := polls.vote_or_report(hearing, text, meant):
            return self._answer(hearing, lambda: asked)
        note = self._act(hearing, meant, said=text)
        return replace(note, said=addresses_in(text)) if hearing.in_chat and "@" in text else note

    def hear(self, session: Session, voice: Voice, intent: Intent) -> Note:
        """A tap, or a calendar's answer: the intent is known."""
        hearing = speakers.identify(session, self.house, voice)
        if hearing.distrusted and isinstance(intent, Attend | SendDeputy):
            return self._hand_over(hearing, attendance.as_words(hearing.language, intent))
        if hearing.in_chat and isinstance(intent, ShowPlan):
            intent = replace(intent, plain=True)
        return self._act(hearing, intent, tapped=hearing.in_chat)

    def receive_file(self, session: Session, voice: Voice, name: str, content: bytes, words: str = "") -> Note:
        """A spreadsheet of the office: what it would change; nothing does before JA. ``words`` came beside it."""
        hearing = speakers.identify(session, self.house, voice)
        if hearing.distrusted:
            return self._hand_over(hearing, words or name)
        if beside := self._heard_beside(hearing, words):
            return beside

        def receive() -> Note:
            rights.check(hearing, intents.ApplyImport(0))
            return imports.receive(hearing, name, content, words)

        return self._answer(hearing, receive, wish=intents.ApplyImport)

    def _heard_beside(self, hearing: Hearing, words: str) -> Note | None:
        """What a member asks for beside a spreadsheet, which is then not read; None if it is nothing but courtesies."""
        if hearing.is_office or not words:
            return None
        meant = _meant(hearing, words)
        if isinstance(meant, intents.Unclear | intents.Thank | intents.Greet):
            return None
        note = self._act(hearing, meant, said=words)
        return replace(note, closing=(*note.closing, say(hearing.language, "member-file-unread")))

    def command(self, session: Session, intent: Intent, at: datetime, language: str = "de") -> Note:
        """The operator at the command line, with the office's rights. Raises Refusal."""
        voice = Voice(Channel.MAIL, at, language=language)
        hearing = Hearing(session, self.house, voice, operator=True, proved=True)
        rights.check(hearing, intent)
        with history.savepoint(hearing, intent):
            return DEEDS[type(intent)](hearing, intent)

    def command_file(self, session: Session, name: str, content: bytes, at: datetime, language: str = "de") -> Note:
        """A spreadsheet at the command line, as :meth:`receive_file`. Raises Refusal."""
        voice = Voice(Channel.MAIL, at, language=language)
        return imports.receive(Hearing(session, self.house, voice, operator=True, proved=True), name, content)

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
        line = say(language, "all-failed-line")
        return Note(say(language, "all-failed-title"), (line,), futile=True, language=language)

    def cannot_read(self, session: Session, voice: Voice, kind: str) -> Note:
        """Something that is not text: ``kind`` is photo, voice, edited, too-big or other."""
        hearing = speakers.identify(session, self.house, voice)
        language = hearing.language
        line = say(language, f"all-cannot-read-{kind}")
        return Note(say(language, "all-cannot-read-title"), (line,), futile=True, language=language)

    def read_calendar(self, raw: bytes) -> Intent | None:
        """What a calendar says about a meeting of ours (iMIP, RFC 6047); None if it is about none."""
        from papers import invitation

        answer = invitation.answer(raw)
        word = attendance.CALENDAR_WORDS.get(answer.partstat) if answer else None
        meeting = attendance.meeting_of(answer.uid, self.house.email.rpartition("@")[2]) if answer else 0
        if answer and meeting and answer.partstat == "DELEGATED" and answer.delegate:
            return SendDeputy(answer.delegate, meeting)
        return Attend(word.value, meeting) if word and meeting else None

    def away(self, session: Session, voice: Voice, until: date) -> None:
        """An out-of-office letter names the last day of absence."""
        absences.away(speakers.identify(session, self.house, voice), until)

    def returned(self, session: Session, token: str, failures: Iterable[Failure], at: datetime) -> bool:
        """A letter of ours came back; False when that cannot be believed."""
        history.by_itself(session, at, "mail", "returned")
        return bounces.returned(session, token, failures, at)

    def remark(self, session: Session, voice: Voice, text: str) -> None:
        """Words beside a calendar's answer are for the office to read."""
        cases.open_case(speakers.identify(session, self.house, voice), text, "beside")

    def marked(self, session: Session, voice: Voice, text: str) -> None:
        """The mail server took a letter for spam; if it answers one of ours, the office sees it. No answer."""
        hearing = speakers.identify(session, self.house, voice)
        if hearing.proved and hearing.person:
            cases.open_case(hearing, text, "marked")

    def overrun(self, session: Session, voice: Voice) -> bool:
        """Whether somebody writes more than we hear; they and the office are told once a day.

        Anyone can use up a member's letters under a forged From:, but not those that prove who wrote them.
        """
        if not brakes.too_many(session, voice.email, voice.at):
            return False
        hearing = speakers.identify(session, self.house, voice)
        if hearing.proved and not brakes.too_many_answers(session, voice.email, voice.at):
            return False
        cases.overrun(hearing)
        return True

    def answer_by_mail(self, session: Session, voice: Voice, note: Note, in_reply_to: str) -> bool:
        """Enqueue the answer to a letter; False when the loop brake holds it back, or when the sender is forged.

        A stranger gets at most one a day and the privacy notice beside it, and nobody more answers in vain than
        :data:`alliance.brakes.LIMITS` says.
        """
        hearing = speakers.identify(session, self.house, voice)
        if voice.forged:
            return False
        if note.matter.kind == outbox.LAST_WORD:
            notices.to_address(session, voice.email, note, f"last-word:{voice.inbox_id}", voice.at, in_reply_to)
            return True
        key: str | None = f"answer:mail:{voice.inbox_id}"
        if not (hearing.person or hearing.proved or note.matter.kind == "proof"):
            what = _kind_for_strangers(note)
            key = f"answer:{what}:{voice.email}:{hearing.today}"
        elif note.matter.kind == "proof" and note.matter.id:
            key = f"{proofs.LETTER_KEY}mail:{voice.inbox_id}"
        elif note.matter.kind == "wish":
            key = brakes.slot_for_wish(session, voice.email, _wish(note), voice.at)
        elif note.futile:
            key = brakes.slot(session, voice.email, _topic(hearing), _gist(note), voice.at)
        if key is None:
            cases.braked(hearing)
            return False
        if hearing.proved:
            members.address_works(session, voice.email)
        notices.answer(hearing, note, key, in_reply_to)
        return True

    def menu(self, language: str, *, office: bool) -> list[tuple[str, str]]:
        """Telegram's command list, as (command, description)."""
        role = "office" if office else "member"
        lines = say(language, f"{role}-menu").split("\n")
        pairs = (line.partition(" – ") for line in lines)
        return [(command.strip(), about.strip()) for command, _, about in pairs]

    def _act(self, hearing: Hearing, intent: Intent, *, tapped: bool = False, said: str = "") -> Note:
        def act() -> Note:
            rights.check(hearing, intent)
            if rights.needs_proof(hearing, intent):
                return _ask_for_proof(hearing, intent, said)
            begin = history.begin if type(intent) in REFUSED_FIRST else history.savepoint
            with begin(hearing, intent):
                return DEEDS[type(intent)](hearing, intent)

        note = self._answer(hearing, act, tapped=tapped, wish=type(intent))
        return replace(note, again=intent) if hearing.in_chat and isinstance(intent, with_names.SHOWING) else note

    def _answer(
        self, hearing: Hearing, deed: Callable[[], Note], *, tapped: bool = False, wish: type | None = None
    ) -> Note:
        """The note of a deed, or of its refusal; what a chat was asked is remembered."""
        try:
            note = deed()
        except Refusal as refusal:
            _log_refusal(hearing, refusal, wish)
            note = self._refuse(hearing, refusal, tapped=tapped)
        if note.matter.kind == outbox.LAST_WORD:
            return note  # nobody is left to be remembered
        if hearing.person:
            members.heard_from(hearing.session, hearing.person, hearing.at, in_chat=hearing.in_chat)
        is_new = note.matter != hearing.matter or hearing.choices or speakers.is_question(note)
        if hearing.in_chat and is_new and wish is not MailMe:
            speakers.remember(hearing, note)
        return note if note.language else replace(note, language=hearing.language)

    def _refuse(self, hearing: Hearing, refusal: Refusal, *, tapped: bool) -> Note:
        """A friendly sentence instead of the deed; an outdated card is shown afresh, any other stays as it is."""
        language = hearing.language
        line = say(language, refusal.key, **refusal.values)
        if isinstance(refusal, StaleCard):
            item = measures.card(hearing, measures.find(hearing, refusal.measure.number), line)
            return Note(item.title, items=(item,), toast=line, language=language)
        if tapped:
            return Note("", toast=line, language=language, matter=hearing.matter)
        title = say(language, "all-refusal-title")
        return Note(title, (line,), toast=line, language=language, matter=hearing.matter, futile=True)

    def _hand_over(self, hearing: Hearing, text: str) -> Note:
        """A token from somebody it was not given to: the office decides, nothing changes before."""
        return self._act(hearing, Unclear(text, hearing.distrusted))


def _log_refusal(hearing: Hearing, refusal: Refusal, wish: type | None) -> None:
    who, what = hearing.person.id if hearing.person else None, wish.__name__ if wish else None
    log.info("refused", action="refused", key=refusal.key, wish=what, person=who)


def _meant(hearing: Hearing, text: str) -> Intent:
    """What words mean in the matter they answer."""
    return understand(text, hearing.today, hearing.matter, _choices(hearing), partial(measures.titles_of, hearing))


def _choices(hearing: Hearing) -> Mapping[str, Intent]:
    """The reply words at hand. For the office OFFEN is the list of the silent, whatever was shown last."""
    if not hearing.is_office:
        return hearing.choices
    words = {say(language, "word-outstanding"): ShowOutstanding() for language in texts.LANGUAGES}
    return {**words, **hearing.choices}


def _ask_for_proof(hearing: Hearing, intent: Intent, said: str) -> Note:
    """From: can be forged, so what changes something is asked back once, at the registered address."""
    language = hearing.language
    if isinstance(intent, intents.ReportProgress):
        intent = replace(intent, confirmed=True)  # what was understood is shown here already
    if isinstance(intent, intents.NoteNeeds):
        needs.asked(hearing, intent)
    yes = Action(say(language, "member-proof-button"), intent, say(language, "word-yes"))
    lines = (say(language, "member-proof-line"), *_what(hearing, intent, said))
    title = say(language, "member-proof-title")
    always = isinstance(intent, intents.SwitchSending)  # the way back must not be stopped
    return Note(title, lines, actions=(yes,), matter=Matter("wish"), language=language, futile=True, always=always)


def _gist(note: Note) -> str:
    """What is said in vain, without the person's own words that it may begin with."""
    return "\n".join((note.title, *note.lines[-1:]))


def _wish(note: Note) -> str:
    """What is to be confirmed, in one string."""
    return "\n".join((*note.lines, *(str(action.intent) for action in note.actions)))


def _topic(hearing: Hearing) -> str:
    """What a letter is about, for counting the answers in vain."""
    return f"{hearing.matter.kind or 'nothing'}-{hearing.matter.id}"


def _kind_for_strangers(note: Note) -> str:
    """Of which kind of answer this is the one a day: what they are asked about their rights counts for itself."""
    if note.matter.kind == "wish" and note.actions:
        return f"rights-{type(note.actions[0].intent).__name__}"
    return "privacy" if note.matter.kind == "privacy" else "stranger"


def _what(hearing: Hearing, intent: Intent, said: str) -> tuple[str, ...]:
    """What JA will do: the reports as they were understood, anything else in the person's own words."""
    if isinstance(intent, intents.ReportProgress):
        return tuple(measures.understood_line(hearing, report) for report in intent.reports)
    words = " ".join(said.split()[: None if hearing.person else 1])  # a stranger's letter is no way to write to others
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
    return (say(hearing.language, "all-phrase-quote", text=shown),) if shown else ()
