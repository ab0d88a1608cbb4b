"""Measures: what I carry, how it stands, reporting on it and taking a report back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import and_, bindparam
from sqlalchemy import insert as sql_insert
from sqlalchemy import select as sql_select
from sqlalchemy import update as sql_update
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, select

import texts
from alliance import (
    confirming,
    deputies,
    history,
    matches,
    meetings,
    notices,
    ownership,
    phrases,
    polls,
    rounds,
    unasking,
)
from alliance.errors import Invalid, NotFound, Refusal
from alliance.hearing import Hearing
from alliance.intents import Matter, Report, ReportProgress, ShowMeasure, ShowStatus, Status, Undo
from alliance.notes import NO_MATTER, Action, Item, Note
from alliance.portions import cut
from store.prepared import Loaded, Prepared, every, table, written
from store.tables import Assignment, Deed, Goal, Measure, Person, ProgressReport
from texts import say

EVIDENCE_SHOWN = 2  # lines on a card, the latest
TEXT_LIMIT = 2_000  # characters of a report's own words
NEEDS_REASON = {Status.DELAYED, Status.BLOCKED}


def show_status(hearing: Hearing, _intent: ShowStatus) -> Note:
    """My measures as one card each, and my next meeting."""
    language = hearing.language
    mine = carried_by(hearing)
    return Note(
        title=say(language, "member-status-title", count=len(mine)),
        lines=() if mine else (say(language, "member-status-none"),),
        items=cards(hearing, mine),
        closing=(*meetings.next_line(hearing), *polls.status_lines(hearing)),
        matter=about(mine[0]) if len(mine) == 1 else NO_MATTER,
    )


def show_measure(hearing: Hearing, intent: ShowMeasure) -> Note:
    """One measure's card; with buttons for those who carry it."""
    measure = find(hearing, intent.measure)
    own = _may_report(hearing, measure) and not measure.withdrawn_at
    (shown,) = cards(hearing, [measure])
    shown = shown if own else replace(shown, actions=())
    return Note(title=shown.title, items=(shown,), matter=about(measure) if own else NO_MATTER)


def report_progress(hearing: Hearing, intent: ReportProgress) -> Note:
    """Record what was said about one or several measures, all or nothing; ask back big changes. Raises Refusal."""
    if not intent.reports:
        raise Invalid("refusal-button-over")
    intent = _as_answer(hearing, intent)
    reports = [report for said in intent.reports for report in _placed(hearing, said)]
    try:
        measures = [_reportable(hearing, report) for report in reports]
    except StaleCard as stale:
        if repeated := _repeated(hearing, intent, stale.measure):
            return repeated
        raise
    pairs = list(zip(reports, measures, strict=True))
    if asked := confirming.question(hearing, intent, pairs):
        return asked
    stood_in = deputies.covered(hearing.session, hearing.person, hearing.today)
    instead = {str(measure.number): stood_in[measure.number][0] for measure in measures if measure.number in stood_in}
    details = {"measures": [measure.number for measure in measures], **({"instead_of": instead} if instead else {})}
    deed = history.write(hearing, "report", details)
    for report, measure in pairs:
        _apply(hearing, deed, measure, report)
    unasking.answered(hearing, [measure.number for measure in measures])
    _call_for_help(hearing, deed, pairs)
    return _receipt(hearing, deed, pairs, stood_in)


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """Take back a report of mine, unless something newer stands on it. Raises Refusal."""
    reports = hearing.session.exec(select(ProgressReport).where(ProgressReport.deed_id == deed.id)).all()
    measures = [_restore(hearing, report) for report in reports]
    line = say(hearing.language, "member-undo-line")
    return Note(
        title=say(hearing.language, "member-undo-title", measures=_names(hearing, measures)),
        items=tuple(card(hearing, measure, line) for measure in measures),
        toast=line,
    )


def card(hearing: Hearing, measure: Measure, *news: str, extra: tuple[Action, ...] = ()) -> Item:
    """A measure's living card: news on top, standing, freshness, and the ways to report."""
    language = hearing.language
    standing = say(language, "member-card-standing", status=phrases.status_word(language, measure.status))
    lines = [*news, *plan_lines(hearing, measure), standing]
    if measure.note:
        lines.append(say(language, "all-phrase-quote", text=measure.note))
    lines.append(phrases.last_report(language, measure, hearing.at, hearing.house.zone))
    if measure.due:
        lines.append(phrases.due_line(language, measure.due))
    if measure.expected:
        lines.append(phrases.expected_line(language, measure.expected))
    if measure.help_wanted:
        lines.append(say(language, "member-card-help"))
    lines += [say(language, "member-card-evidence", text=text) for text in measure.evidence[-EVIDENCE_SHOWN:]]
    actions = (*extra, *ways_to_report(language, measure))
    return Item(phrases.measure_title(measure), tuple(lines), measure.percent, actions)


def cards(hearing: Hearing, shown: Iterable[Measure]) -> tuple[Item, ...]:
    """The cards of several measures; those that the reader answers for in another's place say so."""
    marks = deputies.marks(hearing.session, hearing.person, hearing.today)
    return tuple(card(hearing, measure, *marks.get(measure.number, ())) for measure in shown)


@dataclass(frozen=True)
class Deck:
    """What the cards of many readers are made of, looked up at once.

    ``goals`` are only held, so that the session finds each at hand.
    """

    measures: Mapping[int, Measure]
    covered: Mapping[int, deputies.Covered]
    goals: Sequence[Goal]

    @classmethod
    def of(cls, session: Session, asked: Mapping[int, Iterable[int]], today: date) -> Deck:
        """For the measures (numbers) that each person (by id) is asked about."""
        numbers = sorted({number for owed in asked.values() for number in owed})
        found = {measure.number: measure for some in cut(numbers) for measure in _numbered(session, some)}
        goals = sorted({measure.goal_id for measure in found.values() if measure.goal_id})
        held = [goal for some in cut(goals) for goal in session.exec(select(Goal).where(col(Goal.id).in_(some)))]
        return cls(found, deputies.covered_by(session, asked, today), held)

    def cards(self, hearing: Hearing, numbers: Iterable[int]) -> tuple[Item, ...]:
        """The cards of these measures for one reader; those they answer for in another's place say so."""
        marks = deputies.marked(hearing.language, self.covered.get(hearing.member_id, {}))
        return tuple(card(hearing, self.measures[number], *marks.get(number, ())) for number in numbers)


def _numbered(session: Session, numbers: Sequence[int]) -> Iterable[Measure]:
    return session.exec(select(Measure).where(col(Measure.number).in_(numbers)))


def plan_lines(hearing: Hearing, measure: Measure) -> list[str]:
    """What the plan says of a measure beside its title and date, where it says anything: goal, beginning, milestone."""
    language, lines = hearing.language, []
    if measure.withdrawn_at:
        day = texts.short_day(language, measure.withdrawn_at.astimezone(hearing.house.zone).date())
        lines.append(say(language, "member-card-withdrawn", day=day))
    if measure.goal_id is not None:
        lines.append(say(language, "member-card-goal", goal=hearing.session.get_one(Goal, measure.goal_id).title))
    if measure.begins and measure.status == Status.OPEN:
        lines.append(say(language, "member-card-begins", day=texts.short_day(language, measure.begins)))
    coming = next((entry for entry in measure.milestones if not entry["done"]), None)
    if coming:
        lines.append(say(language, "member-card-milestone", milestone=phrases.milestone(coming)))
    return lines


def ways_to_report(language: str, measure: Measure) -> tuple[Action, ...]:
    """Buttons and reply words for one measure, bound to the version they were shown with."""
    base = Report(measure=measure.number, seen=measure.version)
    choices = [("unchanged", replace(base, unchanged=True))]
    choices += [(f"percent-{percent}", replace(base, percent=percent)) for percent in (25, 50, 75)]
    choices += [
        (status.value, replace(base, status=status)) for status in (Status.DONE, Status.DELAYED, Status.BLOCKED)
    ]
    return tuple(
        Action(
            label=say(language, f"member-report-button-{name}"),
            intent=ReportProgress((report,)),
            word=f"M{measure.number} {say(language, f'member-report-word-{name}')}",
        )
        for name, report in choices
    )


def carried_by(hearing: Hearing) -> list[Measure]:
    """The measures of the plan that the speaker leads or contributes to, for themselves or as deputy, by number."""
    others = deputies.principals(hearing.session, hearing.member_id, hearing.today)
    return _carried_by(hearing.session, others | {hearing.member_id})


def carried_of(session: Session, person: Person) -> list[Measure]:
    """The measures of the plan that a person leads or contributes to themselves, by number."""
    return _carried_by(session, {person.id or 0})


_CARRIED = sql_select(col(Assignment.measure_id)).where(col(Assignment.person_id) == bindparam("person"))
_IS_CARRIED = and_(col(Measure.id).in_(_CARRIED), col(Measure.withdrawn_at).is_(None))
_CARRIED_BY = Loaded(Measure, every(Measure).where(_IS_CARRIED))
_TITLES = sql_select(col(Measure.number), col(Measure.title)).order_by(col(Measure.number))
_TITLES_OF = Prepared(_TITLES.where(_IS_CARRIED))
_TITLES_OF_ALL = Prepared(_TITLES.where(col(Measure.withdrawn_at).is_(None)))
_NUMBERED = Loaded(Measure, every(Measure).where(col(Measure.number) == bindparam("number")))


def _carried_by(session: Session, people: Iterable[int]) -> list[Measure]:
    found = {measure.number: measure for person in people for measure in _CARRIED_BY.all(session, person=person)}
    return [found[number] for number in sorted(found)]


def titles_of(hearing: Hearing) -> dict[int, str]:
    """The titles by which the speaker may call a measure: of those they carry; the office speaks of any."""
    if hearing.person is None:
        return {}
    if hearing.is_office:
        return dict(_TITLES_OF_ALL.all(hearing.session))
    others = deputies.principals(hearing.session, hearing.member_id, hearing.today)
    titles = [_TITLES_OF.all(hearing.session, person=person) for person in (hearing.member_id, *others)]
    return dict(sorted(chain.from_iterable(titles)))


def find(hearing: Hearing, number: int) -> Measure:
    """The measure with this number. Raises NotFound."""
    measure = _NUMBERED.first(hearing.session, number=number)
    if measure is None:
        raise NotFound("refusal-no-such-measure", measure=str(number))
    return measure


def carried(hearing: Hearing, number: int) -> Measure:
    """The measure with this number, unless it is no longer part of the plan; the desk has checked whose it is.

    Raises NotFound or Invalid.
    """
    measure = find(hearing, number)
    if measure.withdrawn_at:
        raise Invalid("refusal-measure-withdrawn", measure=phrases.measure_title(measure))
    return measure


def about(measure: Measure) -> Matter:
    """What a short answer to this measure's card is about."""
    return Matter("measure", measure.number)


def understood_line(hearing: Hearing, report: Report) -> str:
    """»M12: 60 %, verzögert«."""
    what = phrases.understood(hearing.language, report)
    return what if report.measure is None else f"M{report.measure}: {what}"


def _as_answer(hearing: Hearing, intent: ReportProgress) -> ReportProgress:
    """»Unverändert« while a question is open means just what was asked about."""
    report = intent.reports[0]
    if len(intent.reports) > 1 or report.measure is not None or not report.unchanged or hearing.person is None:
        return intent
    me = hearing.member_id
    asked = rounds.owed(hearing.session, hearing.house, hearing.at, {me}).get(me, ())
    reports = tuple(replace(report, measure=number) for number in asked)
    return replace(intent, reports=reports) if reports else intent


def _placed(hearing: Hearing, report: Report) -> list[Report]:
    """Give a report without a number to the one measure it can mean, or an "unchanged" to all of mine."""
    if report.measure is not None:
        return [report]
    mine = carried_by(hearing) if hearing.person else []
    if not mine:
        raise Invalid("refusal-no-measures")
    if len(mine) > 1 and not report.unchanged:
        names = [phrases.measure_title(measure) for measure in mine]
        raise Invalid(
            "refusal-which-measure", measures=phrases.listing(hearing.language, names), example=str(mine[0].number)
        )
    return [replace(report, measure=measure.number) for measure in mine]


def _reportable(hearing: Hearing, report: Report) -> Measure:
    assert report.measure is not None
    measure = carried(hearing, report.measure)
    if report.percent is not None and not 0 <= report.percent <= 100:
        raise Invalid("refusal-percent", percent=report.percent)
    if report.seen is not None and report.seen != measure.version:
        raise StaleCard(measure)
    return measure


def _repeated(hearing: Hearing, intent: ReportProgress, measure: Measure) -> Note | None:
    """The receipt once more, when a button was pressed twice and nothing came between."""
    report = intent.reports[0]
    if len(intent.reports) > 1 or report.seen is None or hearing.person is None:
        return None
    statement = select(ProgressReport, Deed).join(Deed, col(ProgressReport.deed_id) == Deed.id)
    statement = statement.where(
        ProgressReport.measure_id == measure.id,
        ProgressReport.person_id == hearing.person.id,
        ProgressReport.version == measure.version,
        ProgressReport.version == report.seen + 1,
        col(ProgressReport.undone_at).is_(None),
    )
    found = hearing.session.exec(statement).first()
    if found is None or _as_said(found[0]) != _as_said_again(found[0], report):
        return None
    stood_in = deputies.covered(hearing.session, hearing.person, hearing.today)
    return _receipt(hearing, found[1], [(report, measure)], stood_in)


def _as_said(done: ProgressReport) -> tuple[bool, str, int]:
    return done.unchanged, done.status, done.percent


def _as_said_again(done: ProgressReport, report: Report) -> tuple[bool, str, int]:
    """How the measure would stand if the report were made once more on what was there before."""
    before = (done.before["status"], done.before["percent"])
    standing = before if report.unchanged else next_standing(*before, report)
    return report.unchanged, *standing


class StaleCard(Refusal):
    """The card under the finger is older than the measure; a fresh one is shown instead."""

    def __init__(self, measure: Measure) -> None:
        super().__init__("refusal-stale-card", measure=str(measure.number))
        self.measure = measure


def _may_report(hearing: Hearing, measure: Measure) -> bool:
    return hearing.is_office or ownership.carries(hearing, measure.number)


_STOOD = ("status", "percent", "note", "expected", "help_wanted", "reported_at", "version")
_STANDS = Prepared(
    sql_update(table(Measure)).where(col(Measure.id) == bindparam("row"), col(Measure.version) == bindparam("seen")),
    _STOOD,
)
_ADDED = Prepared(
    sql_insert(table(ProgressReport)),
    [column.name for column in table(ProgressReport).columns if column.name not in {"id", "undone_at"}],
)


def _apply(hearing: Hearing, deed: Deed, measure: Measure, report: Report) -> None:
    """Write down the report, and how the measure stands now. Raises StaleDataError if somebody was faster."""
    before, stands = standing_of(measure), _stands(hearing, measure, report)
    if not _STANDS.run(hearing.session, row=measure.id, seen=measure.version, **stands):
        raise StaleDataError(f"measure {measure.number} was reported on meanwhile")
    written(measure, **stands)
    _ADDED.run(
        hearing.session,
        measure_id=measure.id,
        person_id=hearing.person.id if hearing.person else None,
        deed_id=deed.id,
        status=measure.status,
        percent=measure.percent,
        text=report.text[:TEXT_LIMIT],
        unchanged=report.unchanged,
        expected=measure.expected,
        help_wanted=measure.help_wanted,
        at=hearing.at,
        before=before,
        version=measure.version,
    )


def _stands(hearing: Hearing, measure: Measure, report: Report) -> dict[str, Any]:
    """How the measure stands after a report, by column."""
    status, percent, note = measure.status, measure.percent, measure.note
    if not report.unchanged:
        status, percent = next_standing(status, percent, report)
        note = report.text[:TEXT_LIMIT]
    expected, help_wanted = _outlook(measure, status, report)
    return dict(
        zip(_STOOD, (status, percent, note, expected, help_wanted, hearing.at, measure.version + 1), strict=True)
    )


def next_standing(status: str, percent: int, report: Report) -> tuple[str, int]:
    """Status and percent after a report: 100 % is done, done is 100 %, a figure starts what was open or done."""
    percent = percent if report.percent is None else report.percent
    if report.status == Status.DONE or (report.percent == 100 and report.status is None):
        return Status.DONE, 100
    if report.status is not None:
        return report.status, percent
    if report.percent is not None and status in {Status.OPEN, Status.DONE}:
        return (Status.RUNNING if percent else Status.OPEN), percent
    return status, percent


def _outlook(measure: Measure, status: str, report: Report) -> tuple[date | None, bool]:
    """The expected day and the wish for help after a report: what is done expects nothing, "unchanged" keeps a wish."""
    expected = None if status == Status.DONE else report.expected or measure.expected
    return expected, report.help_wanted or (report.unchanged and measure.help_wanted)


def _call_for_help(hearing: Hearing, deed: Deed, pairs: list[tuple[Report, Measure]]) -> None:
    """Offers that may help are looked for, and the office hears at once who wishes for help, unless it said so."""
    wishes = [pair for pair in pairs if pair[0].help_wanted]
    for _, measure in wishes:
        matches.look_for_help(hearing, measure)
    if not wishes or hearing.is_office:
        return

    def note_for(reader: Person) -> Note:
        language, name = reader.language, hearing.member.name
        company = notices.company_of(hearing.session, hearing.member).name
        helped = phrases.measure_numbers(language, (measure.number for _, measure in wishes))
        lines = [say(language, "office-help-line", name=name, company=company)]
        lines += [f"{phrases.measure_title(measure)}: {phrases.understood(language, said)}" for said, measure in wishes]
        return Note(say(language, "office-help-title", measures=helped), tuple(lines))

    notices.to_office(hearing.session, note_for, f"help:{deed.id}", hearing.at)


def standing_of(measure: Measure) -> dict[str, Any]:
    reported = measure.reported_at
    return {
        "status": measure.status,
        "percent": measure.percent,
        "note": measure.note,
        "expected": measure.expected.isoformat() if measure.expected else None,
        "help_wanted": measure.help_wanted,
        "reported_at": reported.isoformat() if reported else None,
    }


def _has_newer(hearing: Hearing, report: ProgressReport) -> bool:
    """Whether a report that still counts stands on this one."""
    newer = select(ProgressReport.id).where(
        ProgressReport.measure_id == report.measure_id,
        ProgressReport.version > report.version,
        col(ProgressReport.undone_at).is_(None),
    )
    return hearing.session.exec(newer).first() is not None


def _restore(hearing: Hearing, report: ProgressReport) -> Measure:
    measure = hearing.session.get_one(Measure, report.measure_id)
    if _has_newer(hearing, report):
        raise Invalid("refusal-undo-newer", measure=phrases.measure_title(measure))
    before = report.before
    measure.status, measure.percent, measure.note = before["status"], before["percent"], before["note"]
    expected = before.get("expected")  # missing in reports from before there was one
    measure.expected = date.fromisoformat(expected) if expected else None
    measure.help_wanted = before.get("help_wanted", False)
    measure.reported_at = datetime.fromisoformat(before["reported_at"]) if before["reported_at"] else None
    measure.version += 1
    report.undone_at = hearing.at
    return measure


def _receipt(hearing: Hearing, deed: Deed, done: list[tuple[Report, Measure]], stood_in: deputies.Covered) -> Note:
    language = hearing.language
    take_back = Action(
        say(language, "member-report-button-undo"), Undo(deed.id), say(language, "member-report-word-undo")
    )
    marks = deputies.marked(language, stood_in)
    items = tuple(
        card(
            hearing,
            measure,
            *_news(language, report),
            *marks.get(measure.number, ()),
            extra=(take_back,) if len(done) == 1 else (),
        )
        for report, measure in done
    )
    return Note(
        title=say(language, "member-report-title", measures=_names(hearing, [measure for _, measure in done])),
        items=items,
        actions=() if len(done) == 1 else (take_back,),
        toast=say(language, "member-report-understood", what=phrases.understood(language, done[0][0])),
        matter=_matter_after(done),
    )


def _news(language: str, report: Report) -> list[str]:
    news = [say(language, "member-report-understood", what=phrases.understood(language, report))]
    if report.status in NEEDS_REASON and not report.text:
        news.append(say(language, "member-report-why"))
    return news


def _matter_after(done: list[tuple[Report, Measure]]) -> Matter:
    if len(done) > 1:
        return Matter("round", measures=tuple(measure.number for _, measure in done))
    report, measure = done[0]
    asks_why = report.status in NEEDS_REASON and not report.text
    return Matter("reason" if asks_why else "measure", measure.number)


def _names(hearing: Hearing, measures: list[Measure]) -> str:
    return phrases.measure_numbers(hearing.language, (measure.number for measure in measures))
