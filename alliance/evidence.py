"""NACHWEIS: lines and links that show what was done for a measure."""

from __future__ import annotations

from alliance import history, measures, phrases
from alliance.errors import Invalid
from alliance.hearing import Hearing
from alliance.intents import AddEvidence, Undo
from alliance.notes import Action, Note
from store.tables import Deed
from texts import say

TEXT_LIMIT = 500  # characters of one line
LINES = 50  # of one measure


def add(hearing: Hearing, intent: AddEvidence) -> Note:
    """Keep a line by who carries the measure, or by the office; the same line twice is kept once. Raises Refusal."""
    measure = measures.carried(hearing, intent.measure)
    text = " ".join(intent.text.split())
    if not text:
        raise Invalid("refusal-evidence-empty", measure=str(measure.number))
    if len(text) > TEXT_LIMIT or len(measure.evidence) >= LINES:
        raise Invalid("refusal-evidence-limit", limit=TEXT_LIMIT, lines=LINES)
    actions: tuple[Action, ...] = ()
    if text not in measure.evidence:
        measure.evidence = [*measure.evidence, text]
        deed = history.write(hearing, "evidence", {"measure": measure.number, "text": text})
        word = say(hearing.language, "member-report-word-undo")
        actions = (Action(say(hearing.language, "member-report-button-undo"), Undo(deed.id), word),)
    title = say(hearing.language, "member-evidence-title", measure=phrases.measure_title(measure))
    line = say(hearing.language, "all-phrase-quote", text=text)
    return Note(title, (line,), actions=actions, toast=title, matter=measures.about(measure))


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """Take a line of mine out again."""
    measure, text = measures.find(hearing, deed.details["measure"]), deed.details["text"]
    measure.evidence = [line for line in measure.evidence if line != text]
    title = say(hearing.language, "member-evidence-undone-title", measure=phrases.measure_title(measure))
    return Note(title, (say(hearing.language, "all-phrase-quote", text=text),), toast=title)
