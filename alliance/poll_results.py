"""The result of a poll in words: what has won, the table, the turnout and the rule."""

from __future__ import annotations

from dataclasses import dataclass

from alliance import phrases, tallies
from alliance.notes import Note
from alliance.poll_notes import matter, thread
from alliance.poll_sheets import Sheet
from alliance.tallies import ABSTAIN, CONSENSUS, NO, POINTS, YES, YES_NO, Tally
from texts import say

_ANSWERS = {YES: "yes", NO: "no", ABSTAIN: "abstain"}


@dataclass(frozen=True)
class Result:
    """A tally with the number of those who were asked."""

    tally: Tally
    asked: int


@dataclass(frozen=True)
class Row:
    """One line of a result: ``share`` is 0-1, ``text`` the figures in words, ``short`` the main one.

    ``won`` says whether it is one of the best.
    """

    label: str
    share: float
    text: str
    short: str
    won: bool


def result(language: str, sheet: Sheet, counted: Result, papers: tuple[int, ...] = ()) -> Note:
    """The result as everyone gets it."""
    table = "\n".join(row_line(language, row) for row in rows(language, sheet, counted.tally))
    lines = (outcome(language, sheet, counted.tally), table, turnout(language, counted), rule(language, sheet))
    return Note(
        title=say(language, "all-poll-result-title", question=sheet.question),
        lines=lines if counted.tally.voted else lines[:1] + lines[2:3],
        papers=papers,
        matter=matter(sheet),
        language=language,
        thread=thread(sheet),
    )


def outcome(language: str, sheet: Sheet, tally: Tally) -> str:
    """What has won, in one sentence."""
    best = tallies.winners(tally)
    if not tally.voted:
        return say(language, "all-poll-nothing")
    if sheet.kind == YES_NO:
        return say(language, _yes_no_key(best))
    names = [option.name for option in sheet.options if option.number in best]
    if not names:
        return say(language, "all-poll-nothing")
    if len(names) > 1:
        return say(language, f"all-poll-tie-{sheet.kind}", options=phrases.listing(language, names))
    return say(language, f"all-poll-won-{sheet.kind}", option=names[0])


def _yes_no_key(best: tuple[int, ...]) -> str:
    if not best:
        return "all-poll-nothing-yes-no"
    return "all-poll-tie-yes-no" if len(best) > 1 else f"all-poll-won-{_ANSWERS[best[0]]}"


def rows(language: str, sheet: Sheet, tally: Tally) -> list[Row]:
    """The table, the best first."""
    labels = {option.number: option.name for option in sheet.options}
    if sheet.kind == YES_NO:
        labels = {value: say(language, f"all-poll-{answer}") for value, answer in _ANSWERS.items()}
    best = tallies.winners(tally)
    return [
        Row(
            label=labels[number],
            share=tallies.share(tally, number),
            text=_figure(language, sheet, tally, number),
            short=_short(language, tally, number),
            won=number in best,
        )
        for number in tallies.ranked(tally)
    ]


def row_line(language: str, row: Row) -> str:
    """»M3 Messe: 12 Punkte (40 %)«."""
    return say(language, "all-poll-row", option=row.label, figure=row.text)


def turnout(language: str, counted: Result) -> str:
    """»Abgestimmt: 12 von 40 (30 %)«."""
    voted, asked = counted.tally.voted, counted.asked
    percent = _percent(voted / asked) if asked else 0
    return say(language, "all-poll-turnout", voted=voted, asked=asked, percent=percent)


def rule(language: str, sheet: Sheet) -> str:
    """By which rule it is decided."""
    return say(language, f"all-poll-rule-{sheet.kind}")


def _figure(language: str, sheet: Sheet, tally: Tally, number: int) -> str:
    total, percent = tally.totals[number], _percent(tallies.share(tally, number))
    if sheet.kind == POINTS:
        return say(language, "all-poll-figure-points", total=total, percent=percent)
    if sheet.kind == CONSENSUS:
        return _resistance(language, sheet, tally, number)
    if number == ABSTAIN:
        return say(language, "all-poll-figure-abstained", total=total)
    return say(language, "all-poll-figure-votes", total=total, percent=percent)


def _short(language: str, tally: Tally, number: int) -> str:
    if tally.kind == CONSENSUS:
        return say(language, "all-poll-short-resistance", mean=_decimal(language, tallies.mean(tally, number)))
    key = "all-poll-short-points" if tally.kind == POINTS else "all-poll-short-votes"
    return say(language, key, total=tally.totals[number])


def _resistance(language: str, sheet: Sheet, tally: Tally, number: int) -> str:
    """»im Mittel 2,3 von 10, 4,1 weniger als wenn alles bleibt, ein starker Einwand«."""
    passive = next(option.number for option in sheet.options if option.passive)
    apart = tallies.mean(tally, number) - tallies.mean(tally, passive)
    if number == passive:
        compared = say(language, "all-poll-compared-itself")
    elif not round(apart, 1):
        compared = say(language, "all-poll-compared-same")
    else:
        key = "all-poll-compared-less" if apart < 0 else "all-poll-compared-more"
        compared = say(language, key, difference=_decimal(language, abs(apart)))
    mean = _decimal(language, tallies.mean(tally, number))
    return say(language, "all-poll-figure-resistance", mean=mean, compared=compared, strong=tally.strong[number])


def _percent(share: float) -> int:
    """Halves are rounded up, as people do."""
    return int(100 * share + 0.5)


def _decimal(language: str, value: float) -> str:
    """With one figure behind the point."""
    whole, tenth = divmod(round(value * 10), 10)
    return say(language, "all-poll-decimal", whole=whole, tenth=tenth)


def for_minutes(language: str, sheet: Sheet, counted: Result) -> tuple[str, ...]:
    """The result as the minutes carry it: the outcome with its question first."""
    title = say(
        language, "all-poll-minutes-title", question=sheet.question, outcome=outcome(language, sheet, counted.tally)
    )
    table = [row_line(language, row) for row in rows(language, sheet, counted.tally)]
    return title, *table, turnout(language, counted), rule(language, sheet)
