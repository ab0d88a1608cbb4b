"""The words that ask for a paper: PLAN A3, and BERICHT of the office."""

from __future__ import annotations

from alliance.intents import Intent, MakeReport, ShowPlanSheet
from alliance.words.cleaning import spellings
from alliance.words.wordlists import POLITE, keys_of, word_set

_PLAN = spellings("plan") | spellings("zukunftsplan")
_REPORT = frozenset({"bericht", "report"})
_SHEET = (word_set("a 3"), word_set("plakat"), word_set("poster"), word_set("einer seite"), word_set("one page"))
_AROUND = POLITE.union(word_set("als auf in im format pdf as on an in"), *_SHEET)
_NOW = POLITE | word_set("jetzt heute now today zwischenstand ?")


def understand_paper(name: str, rest: str) -> Intent | None:
    """The intent behind a first word (``name``, folded) and what follows; None if it is not said as it must be."""
    said = set(keys_of(rest))
    if name in _PLAN:
        return ShowPlanSheet() if said <= _AROUND and any(words <= said for words in _SHEET) else None
    return MakeReport() if name in _REPORT and said <= _NOW else None
