"""How far something is, in figures and in words: »60 %«, »sechzig Prozent«, »zwei Drittel«, »halb fertig«."""

from __future__ import annotations

import re
from typing import NamedTuple

from alliance.words.cleaning import spellings
from alliance.words.tokens import Word
from alliance.words.wordlists import PERCENT, word_set


class Figure(NamedTuple):
    """A share in percent, None if it is no whole one; ``first`` and ``last`` are the places of its words."""

    percent: int | None
    first: int
    last: int


def _number_words() -> dict[str, int]:
    """The numbers up to a hundred as they are written in German and English, in words."""
    ones = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
    teens = (
        "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
        "/ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    )
    tens = (
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
        "/twenty thirty forty fifty sixty seventy eighty ninety"
    )
    units = "one two three four five six seven eight nine"
    words = {word: 10 + place for line in teens.split("/") for place, word in enumerate(line.split())}
    words |= {word: 20 + 10 * place for line in tens.split("/") for place, word in enumerate(line.split())}
    words |= {word: place for place, word in enumerate(("eins", *ones[1:]), 1)}
    words |= {word: place for place, word in enumerate(units.split(), 1)}
    words |= {
        f"{one}und{ten}": 20 + 10 * place + unit
        for place, ten in enumerate(tens.split("/")[0].split())
        for unit, one in enumerate(ones, 1)
    }
    words |= {"null": 0, "zero": 0, "hundert": 100, "einhundert": 100, "hundred": 100}
    return {key: number for word, number in words.items() for key in spellings(word)}


NUMBER_WORDS = _number_words()
_PARTS = {
    key: parts
    for parts, names in ((3, "drittel dritteln third thirds"), (4, "viertel vierteln quarter quarters"), (5, "fünftel"))
    for name in names.split()
    for key in spellings(name)
}
_COUNTS = {"ein": 1, "eine": 1, "einem": 1, "a": 1, "one": 1, "zwei": 2, "two": 2, "drei": 3, "three": 3, "vier": 4}
_HALF = word_set("hälfte half halb")
_HALF_NEEDS = word_set("fertig erledigt geschafft umgesetzt durch done finished complete completed way there")
_SLASHED = {(1, 2): 50, (1, 3): 33, (2, 3): 67, (1, 4): 25, (3, 4): 75}
_FIGURE = re.compile(r"0*([0-9]{1,6})(?:[.,][0-9]{1,2})?")


def figure_at(text: str, words: list[Word], index: int) -> Figure | None:
    """The share that begins at this word; »62,5 %« is 62, and »1.000 %« is none."""
    return _percentage_at(text, words, index) or _fraction_at(text, words, index)


def number_at(words: list[Word], index: int) -> tuple[int | None, int] | None:
    """The number that begins at this word and the place behind it; None in it for one that cannot be a share."""
    key = words[index].key
    if key[0].isdigit():
        figure = _FIGURE.fullmatch(key)
        return (int(figure[1]) if figure else None), index + 1
    if key not in NUMBER_WORDS:
        return None
    number = NUMBER_WORDS[key]
    following = NUMBER_WORDS.get(words[index + 1].key, 0) if index + 1 < len(words) else 0
    if key.endswith("ty") and 0 < following < 10:  # »twenty-five«
        return number + following, index + 2
    return number, index + 1


def unit_at(words: list[Word], index: int) -> int:
    """The place behind the word for percent that begins here, 0 if none does."""
    keys = [word.key for word in words[index : index + 2]]
    if keys[:1] and keys[0] in PERCENT:
        return index + 1
    return index + 2 if keys in (["v", "h"], ["per", "cent"]) else 0


def _percentage_at(text: str, words: list[Word], index: int) -> Figure | None:
    number = number_at(words, index)
    last = unit_at(words, number[1]) if number else 0
    if not number or not last:
        return None
    if last < len(words) and words[last].key == "ig":  # »100%ig«
        last += 1
    start = words[index].start
    sign = -1 if text[max(start - 1, 0) : start] in {"-", "−"} and _is_sign(text, start - 1) else 1
    return Figure(None if number[0] is None else sign * number[0], index, last)


def _is_sign(text: str, place: int) -> bool:
    """Whether the dash is a minus: nothing stands right before it."""
    return place == 0 or not text[place - 1].isalnum()


def _fraction_at(text: str, words: list[Word], index: int) -> Figure | None:
    """»zwei Drittel«, »die Hälfte«, »halb fertig«, »2/3«."""
    key, rest = words[index].key, [word.key for word in words[index + 1 : index + 5]]
    if key in _HALF and (key == "haelfte" or key == "halfte" or (rest[:1] and rest[0] in _HALF_NEEDS)):
        return Figure(50, index, index + 1)
    if key in _COUNTS and rest:
        skipped = rest[0].startswith(("knapp", "gut"))
        parts = _PARTS.get(rest[skipped]) if len(rest) > skipped else None
        if parts and _COUNTS[key] < parts:
            return Figure(round(100 * _COUNTS[key] / parts), index, index + 2 + skipped)
    return _slashed_at(text, words, index)


def _slashed_at(text: str, words: list[Word], index: int) -> Figure | None:
    """»2/3 geschafft«; without such a word it might be anything."""
    pair = words[index : index + 3]
    if len(pair) < 3 or text[pair[0].end : pair[1].start] != "/" or pair[2].key not in _HALF_NEEDS:
        return None
    keys = (pair[0].key, pair[1].key)
    numbers = tuple(int(key) if key.isdecimal() and len(key) == 1 else 0 for key in keys)
    percent = _SLASHED.get((numbers[0], numbers[1]))
    return Figure(percent, index, index + 2) if percent else None
