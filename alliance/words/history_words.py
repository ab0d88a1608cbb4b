"""The words that ask how something came about: VERLAUF M12."""

from __future__ import annotations

from datetime import date

from alliance.intents import Intent, ShowHistory
from alliance.words.wordlists import NUMBERED, POLITE, keys_of, word_set

_AROUND = POLITE | word_set("von der zur zu maßnahme of the measure ?")


def understand_history(rest: str, _today: date) -> Intent | None:
    """One measure's number and nothing else."""
    found = NUMBERED.search(rest)
    around = rest[: found.start()] + rest[found.end() :] if found else ""
    if not found or not _AROUND.issuperset(keys_of(around)):
        return None
    return ShowHistory(int(found["number"]))
