"""Measures called by their titles: »Radweg: 60 %«, »M12 Radweg am Kanal: 60 %«, »Börse« for »Ausbildungsbörse«."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from alliance.words.figures import unit_at
from alliance.words.tokens import Word, words_of
from alliance.words.typos import is_known, is_slip
from alliance.words.wordlists import word_set

Titles = Mapping[int, str]

SHORTEST = 4  # letters of a title's word that may stand for it
_COMPOUND = 5  # letters of a part of a compound word
_SHORT = 25  # words; in a longer text a name behind a title is nothing to ask about
_MOST = 60  # places of a message where a title is looked for

_LEADS = word_set(
    "die der das den dem beim bei zum zur für unser unsere unserem unserer am im und the our for on with kurzer kurzes"
    " zwischenstand update stand nun auch at"
)
_SMALL = word_set("am an im in für der die das den dem des von zu of the for")
_UNITS = word_set(
    "uhr tage tagen wochen monate monaten jahre jahren euro betriebe betrieben von of januar februar märz april mai"
    " juni juli august september oktober november dezember personen teilnehmer participants days weeks months"
)
_JOINTS = re.compile(r"[,;.!:/+&\n]")
_ANDS = word_set("und and sowie u")
_NUMBER_SIGNS = word_set("nr no nummer number m maßnahme measure")
_ENDINGS = ("e", "s", "n", "en", "es", "er")


@dataclass(frozen=True)
class Named:
    """A text in which titles have become numbers: »M12: 60 %«.

    ``numbers`` are those that the text did not write as M12 itself; ``mixed`` says that a title and a number beside it,
    or two titles, do not belong together, or that a title may be of several measures or of none.
    """

    text: str
    numbers: frozenset[int] = frozenset()
    mixed: bool = False


@dataclass(frozen=True)
class _Mention:
    """The words from ``first`` up to ``last`` mean these measures, or none where another name goes on."""

    numbers: frozenset[int]
    first: int
    last: int


def with_numbers(text: str, titles: Titles, asked: Collection[int]) -> Named:
    """Put »M12« where a part of a text begins with a title, or with the bare number of a measure asked about."""
    words = words_of(text)
    pieces: list[str] = []
    numbers: set[int] = set()
    mixed, done = False, 0
    for start in _starts(text, words):
        written = _written(words, start)
        begin = start + 2 if written is not None else start
        mention = _mention(text, words, begin, titles) or (None if written else _bare(text, words, start, asked))
        if not mention or words[start].start < done:
            continue
        mixed |= len(mention.numbers) != 1 or (written is not None and written not in mention.numbers)
        number = written if written is not None else min(mention.numbers, default=0)
        if written is None:
            numbers.add(number)
        pieces += [text[done : words[start].start], f"M{number}"]
        done = words[mention.last - 1].end
    return Named("".join([*pieces, text[done:]]), frozenset(numbers), mixed)


def mentions_another(text: str, titles: Titles, number: int) -> bool:
    """Whether words name a measure other than this one."""
    words = words_of(text)
    for word in words[:200]:
        found = _measures_called(word.key, titles)
        if found and number not in found and len(word.key) > _COMPOUND:
            return True
    return False


def _starts(text: str, words: list[Word]) -> Iterator[int]:
    """The places where a new part of a text begins: a line, a clause, or behind "und"."""
    found = 0
    for index, word in enumerate(words):
        before = text[words[index - 1].end : word.start] if index else "\n"
        if _JOINTS.search(before) or words[index - 1].key in _ANDS:
            found += 1
            if found > _MOST:
                return
            yield index


def _written(words: list[Word], start: int) -> int | None:
    """The number of »M12« at this place."""
    pair = [word.key for word in words[start : start + 2]]
    is_number = len(pair) == 2 and pair[0] in _NUMBER_SIGNS and pair[1].isdecimal() and len(pair[1]) < 5
    return int(pair[1]) if is_number else None


def _bare(text: str, words: list[Word], start: int, asked: Collection[int]) -> _Mention | None:
    """»12 60 %« where M12 was asked about; »12 Betriebe« and »12 %« are something else."""
    word = words[start]
    if (
        text[word.start - 1 : word.start] == "#"
        or words[start - 1].key in _NUMBER_SIGNS
        or not word.key.isdecimal()
        or len(word.key) > 4
        or int(word.key) not in asked
        or start + 1 == len(words)
    ):
        return None
    following = words[start + 1]
    if text[word.end : following.start] != " " or following.key in _UNITS or unit_at(words, start + 1):
        return None
    return _Mention(frozenset({int(word.key)}), start, start + 1)


def _mention(text: str, words: list[Word], start: int, titles: Titles) -> _Mention | None:
    """The measure whose title begins here, behind words that only lead to it."""
    index = start
    while index < len(words) and index < start + 4 and words[index].key in _LEADS and _is_close(text, words, index):
        index += 1
    numbers: frozenset[int] = frozenset()
    last = place = index
    while place < len(words) and (place == index or _is_close(text, words, place - 1)):
        found = _measures_called(words[place].key, titles)
        if found and not numbers:
            numbers, last = found, place + 1
        elif found:
            numbers, last = (numbers & found) or (numbers | found), place + 1
        elif words[place].key not in _SMALL:
            break
        place += 1
    if numbers and _goes_on(text, words, last):
        return _Mention(frozenset(), start, last) if len(words) <= _SHORT else None
    return _Mention(numbers, start, last) if numbers else None


def _is_close(text: str, words: list[Word], index: int) -> bool:
    """Whether only spaces, hyphens or quotation marks part this word from the next one."""
    return index + 1 < len(words) and not text[words[index].end : words[index + 1].start].strip(" -»«„“\"'")


def _goes_on(text: str, words: list[Word], last: int) -> bool:
    """»Gewerbegebiet Süd«: another name right behind the title makes it another thing."""
    if last == len(words) or not _is_close(text, words, last - 1):
        return False
    following = words[last]
    return text[following.start].isupper() and not is_known(following.key)


def _measures_called(key: str, titles: Titles) -> frozenset[int]:
    """The measures that a word may stand for; the same word beats a part of one or a slip."""
    if len(key) < SHORTEST or key in _SMALL or not key[0].isalpha():
        return frozenset()
    parts = _keys_of_titles(tuple(titles.items()))
    whole = frozenset(number for number, keys in parts.items() if key in keys or key == "".join(keys))
    return whole or frozenset(number for number, keys in parts.items() if any(_is_like(key, word) for word in keys))


@lru_cache(64)
def _keys_of_titles(titles: tuple[tuple[int, str], ...]) -> dict[int, list[str]]:
    return {number: [word.key for word in words_of(title)] for number, title in titles}


def _is_like(key: str, word: str) -> bool:
    """»Radwege«, »Börse« for »Ausbildungsbörse«, »Kanl«."""
    if len(word) < SHORTEST:
        return False
    inflected = key.removeprefix(word) in _ENDINGS and key != word
    compound = len(key) >= _COMPOUND and (word.endswith(key) or word.startswith(key))
    return inflected or compound or is_slip(key, word)
