"""What a poll looks like: the paper to vote on, which a chat edits in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import texts
from alliance import ballots, phrases
from alliance.intents import Matter, Vote
from alliance.notes import Action, Note
from alliance.poll_sheets import Option, Sheet
from alliance.tallies import ABSTAIN, CONSENSUS, MOST_RESISTANCE, NO, POINTS, YES, YES_NO
from texts import say

DOTS = 5  # more points than that are shown as a figure alone
LABEL = 30  # letters of a button's label, of which a phone shows about as many
MANY = 6  # options from which on buttons show no titles
SERIES = "abstimmung"

Choices = Mapping[int, int]


@dataclass(frozen=True)
class Reader:
    """Whom a paper is shown to: in which language, and in which zone's wall-clock time."""

    language: str
    zone: ZoneInfo

    def say(self, key: str, **values: str | int) -> str:
        """The text in the reader's language."""
        return say(self.language, key, **values)

    def moment(self, at: datetime) -> str:
        """»Dienstag, 22. Dezember 2026, 18:00 Uhr«."""
        return texts.moment(self.language, at, self.zone)

    def listing(self, names: list[str]) -> str:
        """»A, B und C«."""
        return phrases.listing(self.language, names)


def matter(sheet: Sheet) -> Matter:
    """What a free answer to a poll is about."""
    return Matter("poll", sheet.id)


def thread(sheet: Sheet) -> str:
    """The conversation that the letters about one poll form."""
    return f"poll:{sheet.id}"


def paper(reader: Reader, sheet: Sheet, kept: Choices, toast: str = "") -> Note:
    """The paper with the vote that counts now, if there is one, and all ways to change it."""
    shown = (_shown(reader, sheet, kept),) if sheet.options else ()
    key, lines = "member-poll-title", opening(reader, sheet)
    closing: tuple[str, ...] = shown
    if kept:
        key, lines = "member-poll-voted-title", shown or _yours(reader, kept)
        closing = _what_counts(reader, sheet, kept)
    return Note(
        title=reader.say(key, question=sheet.question),
        lines=lines,
        actions=tuple(_ways(reader, sheet, kept)),
        closing=closing,
        matter=matter(sheet),
        toast=toast,
        language=reader.language,
        thread=thread(sheet),
    )


def unfinished(reader: Reader, sheet: Sheet, kept: Choices, draft: Choices) -> Note:
    """The paper of a consensus of which some options have no value yet: buttons for the first of them."""
    missing = [option for option in sheet.options if option.number not in draft]
    names = reader.listing([option.called for option in missing])
    news = reader.say("member-poll-missing", options=names, count=len(missing))
    if kept:
        news = reader.say("member-poll-rating", option=missing[0].name)
    return Note(
        title=reader.say("member-poll-title", question=sheet.question),
        lines=(*opening(reader, sheet), news),
        actions=tuple(_scale(sheet, kept, draft, missing[0])),
        closing=(_shown(reader, sheet, draft, now=missing[0]),),
        matter=matter(sheet),
        toast=reader.say("member-poll-toast-missing", options=names, count=len(missing)),
        futile=True,
        language=reader.language,
        thread=thread(sheet),
    )


def opening(reader: Reader, sheet: Sheet) -> tuple[str, ...]:
    """For which meeting and how long, and how to vote."""
    example = ballots.example(sheet, reader.language)
    until = reader.say("member-poll-until", meeting=sheet.meeting, when=reader.moment(sheet.ends_at))
    if sheet.kind == POINTS:
        return until, reader.say("member-poll-points-all", points=sheet.points, example=example)
    if sheet.kind == CONSENSUS:
        return until, reader.say("member-poll-consensus", example=example)
    return until, reader.say("member-poll-yes-no")


def options_block(sheet: Sheet) -> str:
    """The options, one a line."""
    return "\n".join(option.name for option in sheet.options)


def _shown(reader: Reader, sheet: Sheet, choices: Choices, now: Option | None = None) -> str:
    """The options with their values; an arrow at the one that is asked about."""
    lines = [_line(reader, sheet, option, choices.get(option.number)) for option in sheet.options]
    return "\n".join(f"→ {line}" if option == now else line for option, line in zip(sheet.options, lines, strict=True))


def _line(reader: Reader, sheet: Sheet, option: Option, value: int | None) -> str:
    if value is None:
        return option.name
    if sheet.kind == CONSENSUS:
        return reader.say("member-poll-option-resistance", option=option.name, value=value)
    dots = "▪" * min(value, DOTS)
    return reader.say("member-poll-option-points", option=option.name, points=value, dots=dots)


def _yours(reader: Reader, kept: Choices) -> tuple[str, ...]:
    """»Sie haben mit Ja gestimmt.«"""
    return (reader.say(f"member-poll-yours-{_ANSWERS[kept[0]]}"),)


def _what_counts(reader: Reader, sheet: Sheet, kept: Choices) -> tuple[str, ...]:
    """How many points are left, and how long and how the vote can be changed."""
    when, example = reader.moment(sheet.ends_at), ballots.example(sheet, reader.language)
    change = reader.say("member-poll-change", when=when, example=example)
    if sheet.kind != POINTS:
        return (change,)
    return reader.say("member-poll-points-left", left=sheet.points - sum(kept.values())), change


# Buttons --------------------------------------------------------------------------------------------------------------

_ANSWERS = {YES: "yes", NO: "no", ABSTAIN: "abstain"}
_WORDS = {YES: "word-yes", NO: "word-no", ABSTAIN: "word-poll-abstain"}


def _ways(reader: Reader, sheet: Sheet, kept: Choices) -> Iterator[Action]:
    """A line of mail says a whole vote, so what only adds to one is for a chat alone and has no word."""
    if sheet.kind == YES_NO:
        yield from (_answer(reader, sheet, kept, value) for value in _ANSWERS)
        return
    if sheet.kind == POINTS:
        yield from _points(reader, sheet, kept)
    elif kept:
        yield from (_change(reader, sheet, kept, option) for option in sheet.options)
    else:
        yield from _scale(sheet, kept, {}, sheet.options[0])
    if kept:
        label = "member-poll-button-reset" if sheet.kind == POINTS else "member-poll-button-withdraw"
        yield Action(reader.say(label), Vote((), sheet.id), reader.say("word-poll-withdraw"))


def _answer(reader: Reader, sheet: Sheet, kept: Choices, value: int) -> Action:
    label = reader.say(f"member-poll-button-{_ANSWERS[value]}")
    if kept.get(0) == value:
        label = reader.say("member-poll-button-chosen", label=label)
    return Action(label, Vote((("", value),), sheet.id), reader.say(_WORDS[value]))


def _points(reader: Reader, sheet: Sheet, kept: Choices) -> Iterator[Action]:
    """One more for each option; when all are given, one less for those that have some."""
    left = sheet.points - sum(kept.values())
    for option in sheet.options:
        have = kept.get(option.number, 0)
        if left or have:
            key = "member-poll-button-add" if left else "member-poll-button-take"
            label = reader.say(key, option=_short(sheet, option, have))
            changed = {**kept, option.number: have + (1 if left else -1)}
            given = {number: value for number, value in changed.items() if value}
            yield Action(label, _vote(sheet, kept, given))


def _short(sheet: Sheet, option: Option, have: int) -> str:
    """»M3 Messe ▪▪«, or »M3 ▪▪« where there are many."""
    dots = f" {'▪' * have if have <= DOTS else f'▪{have}'}" if have else ""
    if len(sheet.options) > MANY:
        return f"{option.called}{dots}"
    return cut(option.name, LABEL - len(dots) - len(" +1")) + dots


def cut(words: str, room: int = LABEL) -> str:
    """Words for a button, which has room for so many letters."""
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"


def _change(reader: Reader, sheet: Sheet, kept: Choices, option: Option) -> Action:
    rest = {number: value for number, value in kept.items() if number != option.number}
    return Action(reader.say("member-poll-button-rate", option=option.called), _vote(sheet, kept, rest))


def _scale(sheet: Sheet, kept: Choices, draft: Choices, option: Option) -> Iterator[Action]:
    for value in range(MOST_RESISTANCE + 1):
        yield Action(f"{option.called} {value}", _vote(sheet, kept, {**draft, option.number: value}))


def _vote(sheet: Sheet, kept: Choices, choices: Choices) -> Vote:
    return Vote(ballots.as_said(sheet, choices), sheet.id, ballots.as_said(sheet, kept))
