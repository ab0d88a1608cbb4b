"""Big changes are shown back and recorded only after JA; all else is recorded at once and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from alliance import phrases
from alliance.hearing import Hearing
from alliance.intents import Intent, Matter, Report, ReportProgress, ShowMeasure, ShowStatus, Status
from alliance.notes import Action, Note
from store.tables import Measure
from texts import say

# Asking costs answers, so only what is more often a slip than the truth is asked about. »Fertig« from anywhere is
# ordinary, and so is a first report.
JUMP = 50  # points up in one report
FALL = 10  # points down in one report
FAR = timedelta(366)  # ahead of today

Pairs = Sequence[tuple[Report, Measure]]


def question(hearing: Hearing, intent: ReportProgress, pairs: Pairs) -> Note | None:
    """What to ask before these reports count; None if nothing has to be asked.

    A tapped button is meant as it is, and so is JA to this very question.
    """
    if intent.confirmed or not (_means_all(intent, pairs) or any(_is_big(hearing, *pair) for pair in pairs)):
        return None
    language = hearing.language
    why = "all" if _means_all(intent, pairs) else "big"
    lines = [say(language, f"member-confirm-{why}"), *(_line(language, *pair) for pair in pairs)]
    return Note(
        say(language, "member-confirm-title"),
        tuple(lines),
        actions=_answers(language, pairs),
        matter=_matter(pairs),
        futile=True,
    )


def _means_all(intent: ReportProgress, pairs: Pairs) -> bool:
    """Whether words without a number would count for several measures that nobody asked about."""
    return len(pairs) > 1 and intent.reports[0].measure is None


def _is_big(hearing: Hearing, report: Report, measure: Measure) -> bool:
    """Whether a report is more often a slip than the truth."""
    if report.unchanged or report.seen is not None:
        return False
    reopens = measure.status == Status.DONE and (report.status or Status.DONE) != Status.DONE
    is_far = report.expected is not None and report.expected - hearing.today > FAR
    return reopens or is_far or _leaps(report, measure)


def _leaps(report: Report, measure: Measure) -> bool:
    if report.percent is None or report.percent == 100 or measure.reported_at is None:
        return False
    return report.percent - measure.percent > JUMP or measure.percent - report.percent > FALL


def _line(language: str, report: Report, measure: Measure) -> str:
    before = say(
        language,
        "all-phrase-standing",
        percent=measure.percent,
        status=phrases.status_word(language, measure.status),
    )
    what = phrases.understood(language, report)
    return say(language, "member-confirm-line", measure=phrases.measure_title(measure), before=before, what=what)


def _answers(language: str, pairs: Pairs) -> tuple[Action, Action]:
    """JA records what was said, unless somebody reports in between; NEIN shows how it stands."""
    bound = tuple(replace(report, measure=measure.number, seen=measure.version) for report, measure in pairs)
    shown: Intent = ShowMeasure(pairs[0][1].number) if len(pairs) == 1 else ShowStatus()
    yes = ReportProgress(bound, confirmed=True)
    return (
        Action(say(language, "member-confirm-yes"), yes, say(language, "word-yes")),
        Action(say(language, "member-confirm-no"), shown, say(language, "word-no")),
    )


def _matter(pairs: Pairs) -> Matter:
    """A figure instead of JA is a report on the same measure."""
    if len(pairs) == 1:
        return Matter("measure", pairs[0][1].number)
    return Matter("round", measures=tuple(measure.number for _, measure in pairs))
