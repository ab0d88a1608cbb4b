"""The result of a poll as a picture."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from alliance import paper_values, poll_results
from alliance.poll_results import Result
from alliance.poll_sheets import Sheet
from papers import pictures
from texts import say

WHOLE = 1.0  # the share that a whole bar stands for


def keep(session: Session, language: str, sheet: Sheet, counted: Result, now: datetime) -> int:
    """Store the picture of a result; returns its id."""
    name = say(language, "paper-poll-file", poll=sheet.id)
    content = pictures.poll_result(_result(language, sheet, counted))
    return paper_values.keep(session, name, paper_values.PNG, content, now)


def _result(language: str, sheet: Sheet, counted: Result) -> pictures.PollResult:
    rows = poll_results.rows(language, sheet, counted.tally)
    return pictures.PollResult(
        language=language,
        title=sheet.question,
        subtitle=say(language, "paper-poll-subtitle", meeting=sheet.meeting),
        rows=tuple(pictures.PollRow(row.label, row.share, row.short, row.won) for row in rows),
        turnout=poll_results.turnout(language, counted),
        rule=poll_results.rule(language, sheet),
        won=say(language, "paper-poll-won"),
        full=WHOLE,
    )
