"""Names of people found in a text, and the initials that stand for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from functools import lru_cache
from unicodedata import is_normalized, normalize

_WORD, _LETTER = re.compile(r"\w+"), re.compile(r"[^\W_]")
_TITLES = frozenset(
    _WORD.findall(
        "dr prof dipl ing kfm mag med jur rer nat pol oec phil habil h c frau herr herrn hr fr mr mrs ms ba ma msc bsc"
        " mba llm phd"
    )
)
_PARTICLES = frozenset(
    _WORD.findall("von vom van de der den dem zu zum zur di da del della dos le la el al ter ten bin ibn")
)
_ADDRESSED = r"(?:(?:Frau|Herrn|Herr|Hr\.|Fr\.|Mrs|Mr|Ms|Dr|Prof)\.?\s+)+"
_UMLAUTS = re.compile("ä|ae|ö|oe|ü|ue|ß|ss", re.IGNORECASE)
_SPELLINGS = {way: pair for pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")) for way in pair}


def fold(text: str) -> str:
    """The text as names are looked up in it: lower case, umlauts spelt out."""
    return text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def composed(text: str) -> str:
    """The text with each umlaut as one character (NFC), as our patterns want it."""
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def parts_of(name: str) -> list[str]:
    """First names, particles and surname in this order, without titles; »Beispiel, Dr. Erika« is turned round."""
    before, comma, after = composed(name).partition(",")
    given = [word for word in after.split() if not _is_title(word)] if comma else []
    return [*given, *(word for word in before.split() if not _is_title(word) and _WORD.search(word))]


def initials(name: str) -> str:
    """»E. B.« for Erika Beispiel, »A.-L. v. B.« for Anna-Lena von Beispiel."""
    parts = parts_of(name) or [name]
    if len(parts) == 1:  # a mailbox's name, such as erika.beispiel
        parts = _WORD.findall(parts[0])
    return " ".join(filter(None, map(_initial, parts)))


def _initial(part: str) -> str:
    letters = [found[0] for piece in part.split("-") if (found := _LETTER.search(piece))]
    small = fold(part) in _PARTICLES
    return "-".join(f"{letter if small else letter.upper()}." for letter in letters)


def _is_title(word: str) -> bool:
    keys = _WORD.findall(fold(word))
    return bool(keys) and _TITLES.issuperset(keys)


@lru_cache(maxsize=10_000)
def pattern(name: str) -> re.Pattern[str] | None:
    """Where a name stands in a text, however it is written; None if it has no letters.

    Found are »Erika Beispiel«, »Beispiel, Erika«, »E. Beispiel«, »Frau Beispiel«, with other first names between and
    in any case. A surname or a first name alone is not: it may be an ordinary word. In group »lead« stands what stays.
    """
    parts = parts_of(name)
    if not parts:
        return None
    if len(parts) == 1:
        return re.compile(rf"(?P<lead>)(?<!\w){re.escape(parts[0])}(?!\w)")
    split = next((at for at, part in enumerate(parts[1:-1], start=1) if fold(part) in _PARTICLES), len(parts) - 1)
    given, surname = parts[:split], r"\s+".join(map(spelt, parts[split:]))
    first, more = spelt(given[0]), "".join(rf"(?:\s+{spelt(part)})?" for part in given[1:])
    capital, whole = re.escape(given[0][0].upper()), f"{first}{more}"
    forms = (
        rf"(?i:{whole}(?:\s+\w\.)?\s+{surname})",
        rf"(?i:{surname},?\s+{first}{more})",
        rf"{capital}\.\s?(?:\w\.\s?)*(?:{surname}|{_upper(surname)})",
        rf"(?P<lead>{_ADDRESSED})(?:{surname}|{_upper(surname)})",
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?:['’]?s(?!\w)|['’])?(?![\w])(?!-\w)")


def spelt(word: str) -> str:
    """A pattern for a word in each spelling of its umlauts."""
    cuts = [*_UMLAUTS.finditer(word)]
    out, at = [], 0
    for cut in cuts:
        out += [re.escape(word[at : cut.start()]), f"(?:{_spellings(cut[0])})"]
        at = cut.end()
    return "".join([*out, re.escape(word[at:])])


def _spellings(found: str) -> str:
    ways = _SPELLINGS[found.lower()]
    return "|".join(way.capitalize() if found[0].isupper() else way for way in ways)


def _upper(spelt: str) -> str:
    """The same pattern for capitals only; what is escaped in it stays."""
    return re.sub(r"\\.|[^\W\d_]+", lambda found: found[0] if found[0][0] == "\\" else found[0].upper(), spelt)


class Names:
    """Names to look for, with the names of companies that stay as they are even if they hold one.

    A name of one word is looked for only where that word means nothing else: ``words`` are the folded ordinary ones.
    A company that is called just like its person is taken for the person.
    """

    def __init__(self, names: Iterable[str], companies: Iterable[str] = (), words: Set[str] = frozenset()) -> None:
        self._companies = frozenset(companies)
        self._by_word: defaultdict[str, set[str]] = defaultdict(set)
        for name in set(names):
            keys = [key for key in _WORD.findall(fold(" ".join(parts_of(name)))) if not key.isdecimal()]
            if keys and not (len(keys) == 1 and keys[0] in words):
                self._by_word[keys[-1]].add(name)
                self._by_word[keys[-1] + "s"].add(name)
        self._words = self._by_word.keys()
        self._kept: dict[str, re.Pattern[str] | None] = {}

    def near(self, text: str, without: Collection[str] = ()) -> set[str]:
        """Names of which a word stands in the text, so that it is worth looking closer. Cheap."""
        words = self._words & set(_WORD.findall(fold(text)))
        return {name for word in words for name in self._by_word[word] if name not in without} if words else set()

    def shorten(self, text: str, without: Collection[str] = ()) -> str:
        """The text with initials for each name that is not among ``without``."""
        text = composed(text)
        for name in sorted(self.near(text, without), key=lambda name: (-len(name), name)):
            text = shorten(text, name, self._companies_with(name))
        return text

    def _companies_with(self, name: str) -> re.Pattern[str] | None:
        if name not in self._kept:
            found = pattern(name)
            own = fold(" ".join(parts_of(name)))
            like = [each for each in self._companies if found and found.search(each) and fold(each).strip() != own]
            like.sort(key=len, reverse=True)
            self._kept[name] = re.compile("|".join(map(re.escape, like))) if like else None
        return self._kept[name]


def shorten(text: str, name: str, kept: re.Pattern[str] | None = None) -> str:
    """The text with initials for one name, except inside of what ``kept`` finds."""
    found = pattern(name)
    if found is None:
        return text
    if kept is None:
        return found.sub(lambda match: _stand_in(match, name), text)
    out, at = [], 0
    for company in kept.finditer(text):
        out += [found.sub(lambda match: _stand_in(match, name), text[at : company.start()]), company[0]]
        at = company.end()
    return "".join([*out, found.sub(lambda match: _stand_in(match, name), text[at:])])


def _stand_in(match: re.Match[str], name: str) -> str:
    parts = parts_of(name)
    said = _initial(parts[-1]) if match["lead"] else initials(name)
    if match.string[match.end() : match.end() + 1] == "." and said.endswith("."):
        said = said[:-1]
    return f"{match['lead'] or ''}{said}"
