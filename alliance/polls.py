"""Polls for a meeting: the office opens and closes them, everyone votes, and nobody sees how anybody voted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

import texts
from alliance import ballots, history, poll_drafts, poll_notes, poll_results, poll_sheets, poll_steps, workdays
from alliance.errors import Invalid, NotFound
from alliance.hearing import Hearing
from alliance.intents import ClosePoll, Intent, Matter, OpenPoll, ReportProgress, ShowPoll, Vote
from alliance.notes import Action, Note
from alliance.poll_notes import Reader
from alliance.poll_sheets import Sheet
from alliance.tallies import CONSENSUS, POINTS
from alliance.words.cleaning import clean, without_courtesies
from alliance.words.poll_words import understand_ballot
from store.tables import Ballot, Person, Poll, PollOption, Role
from texts import say

__all__ = [
    "close",
    "of_meeting",
    "open_for",
    "open_poll",
    "result_lines",
    "show",
    "status_lines",
    "vote",
    "vote_or_report",
]


def open_poll(hearing: Hearing, intent: OpenPoll) -> Note:
    """Show the office what would go out, and after JA open the poll. Raises Refusal."""
    if intent.confirmed is False:
        title = say(hearing.language, "office-poll-dropped-title")
        return Note(title, (say(hearing.language, "office-poll-dropped-line"),), toast=title)
    draft = poll_drafts.checked(hearing, intent)
    if not intent.confirmed:
        return _preview(hearing, draft)
    poll = _same_open(hearing, draft) or _opened(hearing, draft)
    sheet = poll_sheets.load(hearing.session, poll, hearing.language)
    reader = _reader(hearing)
    when = _when_out(hearing)
    return Note(
        reader.say("office-poll-opened-title", question=sheet.question),
        (reader.say("office-poll-opened-line", when=when, over=reader.moment(sheet.ends_at)),),
        matter=poll_notes.matter(sheet),
        thread=poll_notes.thread(sheet),
    )


def _preview(hearing: Hearing, draft: poll_drafts.Draft) -> Note:
    reader, sheet = _reader(hearing), draft.sheet(hearing.language)
    count = ballots.people(hearing.session)
    shown = [reader.say("member-poll-title", question=sheet.question), *poll_notes.opening(reader, sheet)]
    if sheet.options:
        shown.append(poll_notes.options_block(sheet))
    yes, no = replace(draft.intent, confirmed=True), replace(draft.intent, confirmed=False)
    return Note(
        reader.say("office-poll-preview-title"),
        (reader.say("office-poll-preview-line", when=_when_out(hearing), count=count),),
        actions=(
            Action(reader.say("office-poll-button-yes"), yes, reader.say("word-yes")),
            Action(reader.say("office-poll-button-no"), no, reader.say("word-no")),
        ),
        closing=tuple(shown),
    )


def _same_open(hearing: Hearing, draft: poll_drafts.Draft) -> Poll | None:
    """The very poll, if it was opened by a first JA."""
    same = (poll for poll in _running(hearing) if draft.is_same(poll))
    return next(same, None)


def _opened(hearing: Hearing, draft: poll_drafts.Draft) -> Poll:
    poll = draft.poll()
    hearing.session.add(poll)
    hearing.session.flush()
    assert poll.id is not None
    for number, title, measure_id in draft.options:
        hearing.session.add(PollOption(poll_id=poll.id, number=number, title=title, measure_id=measure_id))
    history.write(hearing, "open-poll", {"poll": poll.id, "meeting": poll.meeting_id})
    hearing.session.flush()
    for step in poll_steps.due(hearing.session, hearing.house, hearing.at):
        if step.poll == poll.id:
            poll_steps.carry_out(hearing.session, hearing.house, step, hearing.at)
    return poll


def _when_out(hearing: Hearing) -> str:
    """When something goes to everyone: at once in office hours, else when they begin."""
    out = workdays.next_office_hour(hearing.at, hearing.house.zone)
    if out <= hearing.at:
        return say(hearing.language, "office-poll-when-now")
    when = texts.moment(hearing.language, out, hearing.house.zone)
    return say(hearing.language, "office-poll-when-later", when=when)


# Voting ---------------------------------------------------------------------------------------------------------------


def vote(hearing: Hearing, intent: Vote) -> Note:
    """Keep the speaker's vote in place of their former one; a button counts only on what it was shown with.

    A consensus needs a value for each option: what is said in words completes the former vote, and else is asked back.
    Raises Refusal.
    """
    poll = _to_vote_on(hearing, intent.poll)
    sheet, reader = poll_sheets.load(hearing.session, poll, hearing.language), _reader(hearing)
    if sheet.is_over(hearing.at):
        return _too_late(hearing, sheet, poll)
    kept = ballots.of(hearing.session, sheet.id, hearing.member_id)
    chosen = ballots.read(sheet, intent.values, hearing.language) if intent.values else {}
    if intent.seen is not None and intent.seen != ballots.as_said(sheet, kept) and chosen != kept:
        return poll_notes.paper(reader, sheet, kept, reader.say("member-poll-stale"))
    if sheet.kind == CONSENSUS and chosen:
        chosen = {**kept, **chosen} if intent.seen is None else chosen
        if len(chosen) < len(sheet.options):
            return poll_notes.unfinished(reader, sheet, kept, chosen)
    if chosen != kept:
        _keep(hearing, sheet, chosen)
    return poll_notes.paper(reader, sheet, chosen, _toast(reader, sheet, chosen))


def vote_or_report(hearing: Hearing, text: str, meant: Intent) -> Note | None:
    """What to ask back when »M3 3, M1 2« may be points in an open poll as well as per cents; None if that is clear.

    In answer to a poll the words have been taken for a vote already, and in answer to a status question they report.
    """
    if not isinstance(meant, ReportProgress) or not _may_vote(hearing) or hearing.matter.kind == "round":
        return None
    said = understand_ballot(without_courtesies(clean(text)), Matter("poll"))
    if not isinstance(said, Vote):
        return None
    sheets = (poll_sheets.load(hearing.session, poll, hearing.language) for poll in _running(hearing))
    fitting = next((sheet for sheet in sheets if _fits(sheet, said)), None)
    return _which_is_it(hearing, fitting, replace(said, poll=fitting.id), meant) if fitting else None


def _may_vote(hearing: Hearing) -> bool:
    return hearing.person is not None and hearing.person.role != Role.OBSERVER


def _fits(sheet: Sheet, said: Vote) -> bool:
    try:
        return sheet.kind == POINTS and bool(ballots.read(sheet, said.values, "de"))
    except Invalid:
        return False


def _which_is_it(hearing: Hearing, sheet: Sheet, said: Vote, meant: ReportProgress) -> Note:
    reader = _reader(hearing)
    as_vote = reader.say("word-poll-vote", vote=", ".join(f"{called} {value}" for called, value in said.values))
    as_report = ", ".join(f"M{report.measure} {report.percent} %" for report in meant.reports)
    return Note(
        reader.say("member-poll-or-report-title"),
        (reader.say("member-poll-or-report-line", question=sheet.question),),
        actions=(
            Action(reader.say("member-poll-or-report-vote"), said, as_vote),
            Action(reader.say("member-poll-or-report-report"), meant, as_report),
        ),
        futile=True,
    )


def _keep(hearing: Hearing, sheet: Sheet, chosen: dict[int, int]) -> None:
    """The history says that somebody voted, and never how."""
    choices = {str(number): value for number, value in chosen.items()}
    ballots.keep(hearing.session, Ballot(poll_id=sheet.id, person_id=hearing.member_id, choices=choices, at=hearing.at))
    history.write(hearing, "vote", {"poll": sheet.id})


def _toast(reader: Reader, sheet: Sheet, chosen: dict[int, int]) -> str:
    if not chosen:
        return reader.say("member-poll-toast-withdrawn")
    if sheet.kind == POINTS:
        return reader.say("member-poll-toast-points", left=sheet.points - sum(chosen.values()))
    return reader.say("member-poll-toast-voted")


def _too_late(hearing: Hearing, sheet: Sheet, poll: Poll) -> Note:
    reader = _reader(hearing)
    over = reader.say("member-poll-over", when=reader.moment(sheet.ends_at))
    note = _result(hearing, sheet, poll)
    return replace(note, lines=(over, *note.lines), papers=(), toast=reader.say("member-poll-over-toast"))


def _to_vote_on(hearing: Hearing, number: int) -> Poll:
    """The poll that is meant: named, being talked about, the only one that is open, or the last one, which is over."""
    if number:
        return _numbered(hearing, number)
    if talked_about := _talked_about(hearing):
        return talked_about
    running = _running(hearing)
    if len(running) > 1:
        raise Invalid("refusal-poll-which")
    found = running[0] if running else _last(hearing.session)
    if found is None:
        raise NotFound("refusal-poll-none")
    return found


def _talked_about(hearing: Hearing) -> Poll | None:
    """The poll of the letter or chat, as long as it is open."""
    running = _running(hearing) if hearing.matter.kind == "poll" else []
    return next((poll for poll in running if poll.id == hearing.matter.id), None)


def _numbered(hearing: Hearing, number: int) -> Poll:
    poll = hearing.session.get(Poll, number)
    if poll is None:
        raise NotFound("refusal-poll-number", number=str(number))
    return poll


def _last(session: Session) -> Poll | None:
    return session.exec(select(Poll).order_by(col(Poll.closes_at).desc(), col(Poll.id).desc())).first()


# Looking and closing --------------------------------------------------------------------------------------------------


def show(hearing: Hearing, intent: ShowPoll) -> Note:
    """A poll with the speaker's vote, or its result; all that are open if there are several."""
    running = _running(hearing)
    if not intent.poll and len(running) > 1:
        return _list(hearing, running)
    poll = _numbered(hearing, intent.poll) if intent.poll else (*running, _last(hearing.session))[0]
    if poll is None:
        return Note(say(hearing.language, "member-poll-none-title"))
    sheet = poll_sheets.load(hearing.session, poll, hearing.language)
    if sheet.is_over(hearing.at):
        return _result(hearing, sheet, poll)
    kept = ballots.of(hearing.session, sheet.id, hearing.member_id) if hearing.person else {}
    note = poll_notes.paper(_reader(hearing), sheet, kept)
    if hearing.is_office:
        return _for_the_office(hearing, sheet, note)
    reads_along = (say(hearing.language, "member-poll-observer"),)
    return note if _may_vote(hearing) else replace(note, lines=reads_along, actions=())


def _list(hearing: Hearing, running: list[Poll]) -> Note:
    reader = _reader(hearing)
    sheets = [poll_sheets.load(hearing.session, poll, hearing.language) for poll in running]
    actions = [
        Action(poll_notes.cut(sheet.question), ShowPoll(sheet.id), reader.say("word-poll-show", number=str(sheet.id)))
        for sheet in sheets
    ]
    lines = [
        reader.say("member-poll-list-line", question=sheet.question, when=reader.moment(sheet.ends_at))
        for sheet in sheets
    ]
    title = reader.say("member-poll-list-title", count=len(sheets))
    return Note(title, ("\n".join(lines),), actions=tuple(actions))


def _for_the_office(hearing: Hearing, sheet: Sheet, note: Note) -> Note:
    """Who has voted and who has not, and the way to close it."""
    reader, voters = _reader(hearing), ballots.voters(hearing.session, sheet.id)
    everyone = ballots.electorate(hearing.session)
    missing = [person.name for person in everyone if person.id not in voters]
    lines = [reader.say("office-poll-turnout", voted=len(voters), asked=len(everyone))]
    lines += [reader.say("office-poll-missing", names=", ".join(missing))] if missing else []
    word = reader.say("word-poll-close", number=str(sheet.id))
    closing = Action(reader.say("office-poll-button-close"), ClosePoll(sheet.id), word)
    return replace(note, lines=(*note.lines, *lines), actions=(*note.actions, closing))


def _result(hearing: Hearing, sheet: Sheet, poll: Poll) -> Note:
    counted = poll_steps.result(hearing.session, poll)
    return poll_results.result(hearing.language, sheet, counted, poll_steps.picture(poll, hearing.language))


def close(hearing: Hearing, intent: ClosePoll) -> Note:
    """Ask back, and after JA take no more votes; the result goes to everyone with the next beat. Raises Refusal."""
    poll = _to_close(hearing, intent.poll)
    sheet, reader = poll_sheets.load(hearing.session, poll, hearing.language), _reader(hearing)
    if sheet.is_over(hearing.at):
        return _result(hearing, sheet, poll)
    if not intent.confirmed:
        return _ask_to_close(reader, sheet)
    poll.closes_at = hearing.at
    history.write(hearing, "close-poll", {"poll": poll.id})
    note = _result(hearing, sheet, poll)
    line = reader.say("office-poll-closed-line", when=_when_out(hearing))
    return replace(note, lines=(line, *note.lines))


def _ask_to_close(reader: Reader, sheet: Sheet) -> Note:
    line = reader.say("office-poll-close-line", question=sheet.question, when=reader.moment(sheet.ends_at))
    yes, no = ClosePoll(sheet.id, confirmed=True), ShowPoll(sheet.id)
    return Note(
        reader.say("office-poll-close-title"),
        (line,),
        actions=(
            Action(reader.say("office-poll-close-yes"), yes, reader.say("word-yes")),
            Action(reader.say("office-poll-close-no"), no, reader.say("word-no")),
        ),
        matter=poll_notes.matter(sheet),
    )


def _to_close(hearing: Hearing, number: int) -> Poll:
    if number:
        return _numbered(hearing, number)
    running = _running(hearing)
    found = _talked_about(hearing) or (running[0] if len(running) == 1 else None)
    if found is None and running:
        raise Invalid("refusal-poll-which-close", example=str(running[0].id))
    if found is None:
        raise NotFound("refusal-poll-none")
    return found


# For others -----------------------------------------------------------------------------------------------------------


def open_for(session: Session, person: Person, now: datetime) -> list[tuple[Poll, bool]]:
    """The polls that are open, each with whether the person has voted."""
    return [
        (poll, bool(ballots.of(session, poll.id or 0, person.id or 0))) for poll in poll_sheets.running(session, now)
    ]


def status_lines(hearing: Hearing) -> tuple[str, ...]:
    """One line for each open poll, for STATUS."""
    if hearing.person is None or not _may_vote(hearing):
        return ()
    lines = []
    for poll, has_voted in open_for(hearing.session, hearing.person, hearing.at):
        sheet = poll_sheets.load(hearing.session, poll, hearing.language)
        key = "member-poll-status-voted" if has_voted else "member-poll-status-open"
        when = _reader(hearing).moment(sheet.ends_at)
        lines.append(say(hearing.language, key, question=sheet.question, when=when))
    return tuple(lines)


def of_meeting(session: Session, meeting_id: int) -> list[Poll]:
    """The polls for a meeting, in the order they were opened."""
    return list(session.exec(select(Poll).where(Poll.meeting_id == meeting_id).order_by(col(Poll.id))))


def result_lines(session: Session, poll: Poll, language: str) -> tuple[str, ...]:
    """The result for the minutes: outcome, table, turnout and rule; nothing before the poll is closed."""
    if poll.closed_at is None:
        return ()
    sheet = poll_sheets.load(session, poll, language)
    return poll_results.for_minutes(language, sheet, poll_steps.result(session, poll))


def _running(hearing: Hearing) -> list[Poll]:
    return poll_sheets.running(hearing.session, hearing.at)


def _reader(hearing: Hearing) -> Reader:
    return Reader(hearing.language, hearing.house.zone)
