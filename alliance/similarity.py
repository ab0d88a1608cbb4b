"""How alike two short texts are: German words cut into parts, weighed, with synonyms; suggestions, no verdicts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from alliance.words import related
from alliance.words.stems import SHORTEST, Words, table, words_of

Key = tuple[str, int]  # what a candidate is, and its number or id

# Set on the tuning half of tests/letters/similar.toml; benchmarks/similarity.py prints what each half says of them
THRESHOLD = 54.0  # of 100; below that nothing is shown
_WEIGHTS = {"idle": 0.1, "frame": 0.35, "place": 0.4, "number": 0.2, "": 1.0}
_NO_NOUN = 0.5  # of the weight of a noun: what German writes small says less
_AS_SYNONYM = 0.85  # of the weight of the same word
_LONG_SIDE = 0.2  # how much it counts that the longer text says more
_EVIDENCE = 0.2  # the less weight two texts have in common below 1, the less their score is believed
_CONTRADICTION = 0.4  # of the score stays when both name another place or number
_TYPO = 86.0  # of 100, rapidfuzz's ratio of a word that nobody knows and one that is known


@dataclass(frozen=True)
class Candidate:
    """Something that a text may be like."""

    key: Key
    text: str


@dataclass(frozen=True)
class Match:
    """A candidate that is alike; ``score`` is 0-100."""

    key: Key
    text: str
    score: float


def similar(text: str, candidates: Sequence[Candidate], limit: int = 3) -> list[Match]:
    """The candidates that a text is most like, best first; none below :data:`THRESHOLD`."""
    found = [match for match in scored(text, candidates) if match.score >= THRESHOLD]
    return sorted(found, key=lambda match: -match.score)[:limit]


def scored(text: str, candidates: Sequence[Candidate]) -> list[Match]:
    """The candidates that have anything in common with a text, in their own order."""
    texts = [words_of(candidate.text) for candidate in candidates]
    cutter = _Cutter({stem for words in texts for stem in words.stems}, words_of(text).stems)
    wanted = cutter.view(words_of(text))
    hint = _hint(wanted.weights)
    return [
        Match(candidate.key, candidate.text, score)
        for candidate, words in zip(candidates, texts, strict=True)
        if hint.search(words.joined) and (score := _score(wanted, cutter.view(words, hint)))
    ]


# What is known of stems -----------------------------------------------------------------------------------------------

_FRAMES, _IDLE, _WHOLE = table(related.FRAMES), table(related.IDLE), table(related.WHOLE)


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """The lines of synonyms that a stem stands in."""
    lines = [table(line) for line in related.SYNONYMS.strip().splitlines()]
    stems = frozenset[str]().union(*lines)
    return {stem: frozenset(index for index, line in enumerate(lines) if stem in line) for stem in stems}


@cache
def _places() -> Mapping[str, int]:
    """Which place a stem names."""
    lines = related.PLACES.strip().splitlines()
    return {stem: index for index, line in enumerate(lines) for stem in table(line)}


@cache
def _atoms() -> frozenset[str]:
    """Stems that are not cut any further."""
    return frozenset(_groups()) | _FRAMES | _IDLE | _WHOLE | frozenset(_places())


_NO_GROUP: frozenset[int] = frozenset()


@lru_cache(32_768)
def _echo(part: str) -> frozenset[str | int]:
    return frozenset({part, *_groups().get(part, ()), *_inside().get(part, ())})


@cache
def _inside() -> Mapping[str, tuple[str, ...]]:
    """What words are made of that are one thing all the same: »seminarraum« of »seminar« and »raum«."""
    starts = {atom[:SHORTEST] for atom in _atoms()}
    cut = {atom: _pieces(atom, _atoms(), starts) for atom in (*_groups(), *_FRAMES)}
    return {atom: pieces for atom, pieces in cut.items() if len(pieces) > 1}


def _weight(part: str) -> float:
    if part[0].isdigit():
        return _WEIGHTS["number"]
    kinds = (("place", _places()), ("idle", _IDLE), ("frame", _FRAMES))
    return _WEIGHTS[next((kind for kind, table in kinds if part in table), "")]


# Stems to parts -------------------------------------------------------------------------------------------------------

_LINKS = ("", "s", "e", "en", "n", "es", "er", "ern", "ung", "ungs", "ungen")
_UNKNOWN = 4  # letters of a part that is no word of its own
_MISSPELT = 6  # letters of a word that may be misspelt
_SLIP = 2  # letters more or fewer by a slip
_LONGEST = 60  # letters of a word that is cut
_KNOWN = 4  # letters of a word of the corpus that may be a part


@dataclass(frozen=True)
class _View:
    """A text as similarity sees it: its parts with weights, the places and the numbered things it names.

    ``echoes`` are the parts, what they are made of, and their lines of synonyms.
    """

    weights: Mapping[str, float]
    echoes: frozenset[str | int]
    places: frozenset[int]
    numbered: Mapping[str, str]


class _Cutter:
    """Cuts words at other words that occur: »radwegenetz« at »rad«, »weg« and »netz«."""

    def __init__(self, candidates: Collection[str], wanted: Collection[str]) -> None:
        self.candidates = candidates
        self.words = [stem for stem in candidates if stem.isalpha()]
        self.known = _atoms().union(stem for stem in (*self.words, *wanted) if len(stem) >= _KNOWN and stem.isalpha())
        self.starts = {word[:SHORTEST] for word in self.known}
        self.cuts: dict[str, tuple[str, ...]] = {}

    def view(self, words: Words, hint: re.Pattern[str] | None = None) -> _View:
        """A text's parts. With a ``hint`` only words that it finds are cut, without one slips are corrected."""
        weights: dict[str, float] = {}
        for stem, is_noun in zip(words.stems, words.nouns, strict=True):
            for part in self._parts_of(stem, hint):
                weights[part] = max(weights.get(part, 0), _weight(part) * (1 if is_noun else _NO_NOUN))
        places = frozenset(_places()[part] for part in weights if part in _places())
        pairs = zip(words.stems, words.stems[1:], strict=False)
        echoes = frozenset().union(*(_echo(part) for part in weights))
        return _View(weights, echoes, places, {before: number for before, number in pairs if _is_number(number)})

    def _parts_of(self, stem: str, hint: re.Pattern[str] | None) -> Iterable[str]:
        if hint is not None:
            return self.cut(stem) if hint.search(stem) else (stem,)
        parts = self.cut(stem)
        if stem in self.candidates or all(part in self.known and part != stem for part in parts):
            return parts
        whole = self._corrected(stem)
        return map(self._corrected, parts) if whole == stem else self.cut(whole)

    def cut(self, stem: str) -> tuple[str, ...]:
        """The smallest parts of a word."""
        if stem not in self.cuts:
            whole = stem in _atoms() or not stem.isalpha() or len(stem) > _LONGEST
            self.cuts[stem] = (stem,) if whole else self._parts(stem)
        return self.cuts[stem]

    def _parts(self, stem: str) -> tuple[str, ...]:
        pieces = _pieces(stem, self.known, self.starts)
        return tuple(part for piece in pieces for part in self.cut(piece)) if len(pieces) > 1 else (stem,)

    def _corrected(self, part: str) -> str:
        """The word that occurs and that a strange one must be a slip of."""
        if len(part) < _MISSPELT or part in _atoms() or part in self.candidates or not part.isalpha():
            return part
        from rapidfuzz import fuzz, process  # 50 ms, and few need it

        words = [word for word in self.words if abs(len(word) - len(part)) <= _SLIP]
        near = process.extractOne(part, words, scorer=fuzz.ratio, score_cutoff=_TYPO)
        return near[0] if near else part


_Cut = tuple[int, tuple[str, ...]]  # letters in unknown pieces, all pieces


def _pieces(word: str, known: Collection[str], starts: Collection[str]) -> tuple[str, ...]:
    """The known words that a word is put together of, with one unknown piece at most, at its beginning or end.

    ``starts`` are the first three letters of the known words.
    """
    size = len(word)
    best: dict[int, _Cut] = {size: (0, ())}  # for what begins there
    for start in range(size - SHORTEST, -1, -1):
        ends = _next(word, start, known, best) if word[start : start + SHORTEST] in starts else ()
        options = [(unknown, (word[start:end], *rest)) for end, (unknown, rest) in ends]
        if 0 < start <= size - _UNKNOWN:
            options.append((size - start, (word[start:],)))
        if options:
            best[start] = min(options, key=_cost)
    whole = [best[0]] if 0 in best else []
    whole += [(at, (word[:at], *best[at][1])) for at in best if _UNKNOWN <= at < size and not best[at][0]]
    unknown, pieces = min(whole, key=_cost, default=(size, ()))
    return pieces if size - unknown >= _KNOWN else (word,)


def _cost(cut: _Cut) -> tuple[int, int]:
    return cut[0], len(cut[1])


def _next(word: str, start: int, known: Collection[str], best: Mapping[int, _Cut]) -> Iterable[tuple[int, _Cut]]:
    """Where a known piece that begins here may end, and the best of what comes behind it and its linking letters."""
    for end in range(start + SHORTEST, len(word) + 1):
        if word[start:end] in known and end - start < len(word):
            for link in _LINKS if end < len(word) else ("",):
                if end + len(link) in best and word.startswith(link, end):
                    yield end, best[end + len(link)]


def _is_number(stem: str) -> bool:
    return stem[0].isdigit() and not re.fullmatch("20[0-9][0-9]", stem)


# Parts to a score -----------------------------------------------------------------------------------------------------


def _hint(parts: Iterable[str]) -> re.Pattern[str]:
    """Finds the texts that can have anything in common with one of these parts."""
    groups = {group for part in parts for group in _groups().get(part, ())}
    others = {stem for stem, of in _groups().items() if of & groups}
    pieces = {piece for part in parts for piece in _inside().get(part, ())}
    return re.compile("|".join(map(re.escape, sorted(others.union(pieces, parts)))) or "(?!)")


def _score(one: _View, other: _View) -> float:
    """0-100: how much of the lighter text is in the other one, a little of the reverse, less where little is shared."""
    shares = [_shared(one, other), _shared(other, one)]
    totals = [sum(view.weights.values()) for view in (one, other)]
    if not all(totals) or not all(shares):
        return 0.0
    covered = [shared / total for shared, total in zip(shares, totals, strict=True)]
    high, low = max(covered), min(covered)
    common = min(shares)
    score: float = high ** (1 - _LONG_SIDE) * low**_LONG_SIDE * min(1, common * (1 + _EVIDENCE) / (common + _EVIDENCE))
    return 100 * score * (_CONTRADICTION if _contradict(one, other) else 1)


def _shared(one: _View, other: _View) -> float:
    """The weight of the parts of one text that the other one has, too."""
    return sum(weight * _likeness(part, other) for part, weight in one.weights.items())


def _likeness(part: str, other: _View) -> float:
    """How much of a part another text has: the part itself, a synonym, or what either of them is made of."""
    if part in other.weights:
        return 1.0
    if part in other.echoes or not _groups().get(part, _NO_GROUP).isdisjoint(other.echoes):
        return _AS_SYNONYM
    pieces = _inside().get(part)
    return _AS_SYNONYM * sum(piece in other.echoes for piece in pieces) / len(pieces) if pieces else 0.0


def _contradict(one: _View, other: _View) -> bool:
    """Whether both name places, or numbers of the same thing, and none in common."""
    if one.places and other.places and not one.places & other.places:
        return True
    same = one.numbered.keys() & other.numbered.keys()
    return any(one.numbered[name] != other.numbered[name] for name in same)
