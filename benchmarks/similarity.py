"""How well similarity tells the same from the other, beside bare rapidfuzz, and how long 20,000 candidates take."""

from __future__ import annotations

import random
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from alliance.similarity import THRESHOLD, Candidate, scored, similar

LABELS = Path(__file__).parents[1] / "tests" / "letters" / "similar.toml"
MANY = 20_000  # candidates
HALVES = ("tuning", "held out")


@dataclass(frozen=True)
class Pair:
    """Two texts and whether they are about the same."""

    one: str
    other: str
    same: bool


@dataclass(frozen=True)
class Result:
    """How a threshold does on a half; each 0-1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairs(half: int) -> list[Pair]:
    """Half 0 is for tuning, half 1 is held out: the pairs at even and at odd places of every list."""
    book = tomllib.loads(LABELS.read_text(encoding="utf-8"))
    lists = [(label == "same", listed) for label in ("same", "other") for listed in book[label].values()]
    return [Pair(one, other, same) for same, listed in lists for one, other in listed[half::2]]


def our_scores(half: Sequence[Pair]) -> list[float]:
    """Our score of each pair, with the second texts of the half as the candidates, 0-100."""
    candidates = [Candidate(("pair", number), pair.other) for number, pair in enumerate(half)]
    found = [{match.key[1]: match.score for match in scored(pair.one, candidates)} for pair in half]
    return [scores.get(number, 0.0) for number, scores in enumerate(found)]


def bare_scores(half: Sequence[Pair], scorer: Callable[..., float]) -> list[float]:
    """A rapidfuzz scorer's score of each pair, 0-100, with its own processing."""
    from rapidfuzz import utils

    return [scorer(pair.one, pair.other, processor=utils.default_process) for pair in half]


def judged(half: Sequence[Pair], scores: Sequence[float], threshold: float) -> Result:
    """What a threshold takes for the same, against the labels."""
    said = [(score >= threshold, pair.same) for pair, score in zip(half, scores, strict=True)]
    right, claimed, there = said.count((True, True)), sum(taken for taken, _ in said), sum(same for _, same in said)
    return Result(right / claimed if claimed else 0.0, right / there)


def best_threshold(half: Sequence[Pair], scores: Sequence[float]) -> float:
    """The threshold with the best F1 on a half."""
    return max(sorted(set(scores)), key=lambda threshold: judged(half, scores, threshold).f1)


def lines() -> Iterator[str]:
    """A line for each scorer and half; the thresholds of the bare ones are tuned on the tuning half as well."""
    from rapidfuzz import fuzz

    halves = [pairs(0), pairs(1)]
    for name, half in zip(HALVES, halves, strict=True):
        yield _line("ours", name, half, our_scores(half), THRESHOLD)
    for scorer in (fuzz.WRatio, fuzz.token_set_ratio):
        threshold = best_threshold(halves[0], bare_scores(halves[0], scorer))
        for name, half in zip(HALVES, halves, strict=True):
            yield _line(scorer.__name__, name, half, bare_scores(half, scorer), threshold)


def _line(scorer: str, half: str, labelled: Sequence[Pair], scores: Sequence[float], threshold: float) -> str:
    made = judged(labelled, scores, threshold)
    return (
        f"{scorer:16} {half:9} {len(labelled):4} pairs  precision {made.precision:.3f}  recall {made.recall:.3f}"
        f"  F1 {made.f1:.3f}  (threshold {threshold:.0f})"
    )


def seconds_for_many(count: int = MANY) -> float:
    """CPU seconds to find the like of one sentence among so many titles, each seen for the first time."""
    chance = random.Random(7)
    words = sorted({word for pair in pairs(0) + pairs(1) for word in pair.other.split()})
    nouns = [word for word in words if word[0].isupper() and word.isalpha()]
    titles = [
        " ".join((*chance.choices(words, k=3), chance.choice(nouns) + chance.choice(nouns).lower()))
        for _ in range(count)
    ]
    candidates = [Candidate(("title", number), title) for number, title in enumerate(titles)]
    began = time.process_time()
    similar("Wir sollten entlang des Kanals einen Radweg bauen, damit die Leute zur Arbeit radeln.", candidates)
    return time.process_time() - began


if __name__ == "__main__":
    sys.stdout.write("\n".join([*lines(), f"{MANY} candidates: {seconds_for_many():.2f} CPU-s", ""]))
