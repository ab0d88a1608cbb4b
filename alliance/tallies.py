"""Counting a poll: sums over the ballots, the order they give, and ties named as ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

POINTS, YES_NO, CONSENSUS = "points", "yes-no", "consensus"
YES, NO, ABSTAIN = 1, 0, -1
MOST_RESISTANCE = 10
STRONG = 8  # resistance from which on it counts as a strong objection

Choices = Mapping[int, int]


@dataclass(frozen=True)
class Tally:
    """What ``voted`` ballots come to, without a trace of who cast them.

    ``totals`` are points or resistance by option number; with yes-no the votes by :data:`YES`, :data:`NO` and
    :data:`ABSTAIN`. ``strong`` counts the strong objections to each option.
    """

    kind: str
    voted: int
    totals: Mapping[int, int]
    strong: Mapping[int, int] = field(default_factory=dict)


def count(kind: str, options: Sequence[int], ballots: Iterable[Choices]) -> Tally:
    """Count the ballots, in whatever order they come; each is option number to value (yes-no: option 0)."""
    cast = list(ballots)
    if kind == YES_NO:
        votes = Counter(choices[0] for choices in cast)
        return Tally(kind, len(cast), {vote: votes[vote] for vote in (YES, NO, ABSTAIN)})
    totals = {option: sum(choices.get(option, 0) for choices in cast) for option in options}
    if kind == POINTS:
        return Tally(kind, len(cast), totals)
    strong = {option: sum(choices.get(option, 0) >= STRONG for choices in cast) for option in options}
    return Tally(kind, len(cast), totals, strong)


def ranked(tally: Tally) -> list[int]:
    """The options from the first to the last: most points, or least resistance; equals keep the order of the poll."""
    if tally.kind == YES_NO:
        return list(tally.totals)
    sign = 1 if tally.kind == CONSENSUS else -1
    return sorted(tally.totals, key=lambda option: sign * tally.totals[option])


def winners(tally: Tally) -> tuple[int, ...]:
    """The option that has won; several in a tie, none when nobody decided anything (abstentions do not count)."""
    totals = {option: total for option, total in tally.totals.items() if tally.kind != YES_NO or option != ABSTAIN}
    if not tally.voted or (tally.kind != CONSENSUS and not any(totals.values())):
        return ()
    best = (min if tally.kind == CONSENSUS else max)(totals.values())
    return tuple(option for option, total in totals.items() if total == best)


def share(tally: Tally, option: int) -> float:
    """How much of all there is an option has, 0-1: of the points given, of the yes and no votes, of all resistance."""
    if tally.kind == CONSENSUS:
        whole = MOST_RESISTANCE * tally.voted
    else:
        whole = sum(total for number, total in tally.totals.items() if tally.kind != YES_NO or number != ABSTAIN)
    return tally.totals[option] / whole if whole else 0.0


def mean(tally: Tally, option: int) -> float:
    """Mean resistance to an option, 0-10."""
    return tally.totals[option] / tally.voted if tally.voted else 0.0
