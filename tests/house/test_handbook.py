"""The handbook is exact: what it says can be said is understood so, and its links and pictures are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.serializer import serialize_expression

import texts
from alliance import intents
from alliance.intents import Intent, Matter
from alliance.notes import NO_MATTER
from alliance.understanding import understand
from app.cli import main
from texts import say

FOLDER = Path(__file__).parents[2] / "docs" / "handbuch"
PAGES = sorted(FOLDER.glob("*.md"))
TODAY = date(2026, 11, 16)
SAYING, ANSWERING = "So sagen Sie es", "So antworten Sie"
KINDS: dict[str, type] = {kind.__name__: kind for kind in Intent.__args__}
LARGEST = 150_000  # bytes of a picture
YES, NO = say("de", "word-yes"), say("de", "word-no")


def yes_no(yes: Intent, no: Intent) -> dict[str, Intent]:
    return {YES: yes, NO: no}


# What a letter asks that is answered so: what it is about, and its reply words
ASKED: dict[str, tuple[Matter, Mapping[str, Intent]]] = {
    "ApplyImport": (NO_MATTER, yes_no(intents.ApplyImport(1), intents.ApplyImport(1, accept=False))),
    "DecideRole": (NO_MATTER, yes_no(intents.DecideRole(1, accept=True), intents.DecideRole(1, accept=False))),
    "Decide": (NO_MATTER, yes_no(intents.Decide(1, approve=True), intents.Decide(1, approve=False))),
    "OpenPoll": (
        NO_MATTER,
        yes_no(intents.OpenPoll("", "", confirmed=True), intents.OpenPoll("", "", confirmed=False)),
    ),
    "SendCorrection": (
        NO_MATTER,
        yes_no(intents.SendCorrection(1, accept=True), intents.SendCorrection(1, accept=False)),
    ),
    "AnswerLead": (NO_MATTER, yes_no(intents.AnswerLead(1, accept=True), intents.AnswerLead(1, accept=False))),
    "AnswerDeputy": (NO_MATTER, yes_no(intents.AnswerDeputy(1, accept=True), intents.AnswerDeputy(1, accept=False))),
    "DecideCompany": (NO_MATTER, yes_no(intents.DecideCompany(1, accept=True), intents.DecideCompany(1, accept=False))),
    "AnswerMatch": (NO_MATTER, yes_no(intents.AnswerMatch(1, agree=True), intents.AnswerMatch(1, agree=False))),
    "SetPlanState": (NO_MATTER, {YES: intents.SetPlanState("adopted")}),
    "ShowPlan": (NO_MATTER, {NO: intents.ShowPlan()}),
    "Trust": (Matter("case", 1), yes_no(intents.Trust(1, accept=True), intents.Trust(1, accept=False))),
    "AnswerPerson": (Matter("case", 1), {}),
    "Confirm": (
        Matter("proof", 1),
        {YES: intents.Confirm(request=1), say("de", "word-yes-without"): intents.Confirm(request=1, digest=False)},
    ),
    "AgreeTelegram": (
        Matter("proof", 1),
        yes_no(intents.AgreeTelegram(1, agree=True), intents.AgreeTelegram(1, agree=False)),
    ),
    "NameCompany": (Matter("company", 1), {}),
    "Erase": (Matter("wish"), {YES: intents.Erase(confirmed=True)}),
    "CorrectPerson": (NO_MATTER, {YES: intents.CorrectPerson("", "name", "")}),
    "AnswerPersonalRequest": (Matter("personal", 1), {}),
}


@dataclass(frozen=True)
class Saying:
    """Words of the handbook, what they are said to mean, and whether they answer a question."""

    page: str
    words: str
    meant: str
    is_answer: bool


def sayings() -> Iterator[Saying]:
    """All words in the tables with a column for them, and the longer ones under the name of what they mean."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for kind, words in re.findall(r"<!-- (\w+) -->\n```text\n(.*?)\n```", text, re.DOTALL):
            yield Saying(page.name, words, kind, is_answer=False)
        for cells, is_answer in rows(text):
            kind = re.search(r"<!-- (\w+) -->", cells[-1])
            for words in re.findall(r"`([^`]+)`", cells[0]):
                yield Saying(page.name, words, kind[1] if kind else "", is_answer)


def rows(text: str) -> Iterator[tuple[list[str], bool]]:
    """The rows of the tables whose first column is something to say or to answer, and which of both."""
    head = ""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        head = (head or cells[0]) if cells else ""
        if head in {SAYING, ANSWERING} and cells[0] != head and not cells[0].startswith("--"):
            yield cells, head == ANSWERING


ALL = list(sayings())


@pytest.mark.parametrize("saying", ALL, ids=lambda saying: f"{saying.page}: {saying.words[:40]}")
def test_what_stands_there_is_understood_as_it_is_meant(saying: Saying) -> None:
    matter, choices = ASKED[saying.meant] if saying.is_answer else (NO_MATTER, {})
    understood = understand(saying.words, TODAY, matter, choices)
    assert type(understood) is KINDS[saying.meant], understood


def test_everything_that_can_be_meant_stands_there() -> None:
    assert set(KINDS) - {saying.meant for saying in ALL} == set()


def test_examples_in_running_text_are_understood_too() -> None:
    office = (FOLDER / "geschaeftsstelle.md").read_text(encoding="utf-8")
    prose = "\n".join(line for line in office.splitlines() if not line.startswith(("|", "```")))
    said = [words for words in re.findall(r"`([^`]+)`", prose) if not words.startswith((".", "AG", "Allianz"))]
    assert len(said) > 1
    assert [words for words in said if isinstance(understand(words, TODAY), intents.Unclear)] == []


def test_the_appendix_names_every_word_of_the_chapters() -> None:
    chapters, appendix = (FOLDER / "geschaeftsstelle.md").read_text(encoding="utf-8").split("\n## Anhang", 1)
    assert len(words_of(chapters)) > 20
    assert words_of(chapters) - words_of(appendix) == set()


def words_of(text: str) -> set[str]:
    """The first words, in capitals, of what can be said in a part of the text."""
    said = [cells[0] for cells, is_answer in rows(text) if not is_answer]
    return {word for cell in said for word in re.findall(r"`([A-ZÄÖÜ]{4,})", cell)}


# What can be tapped ---------------------------------------------------------------------------------------------------


_BUTTON = "button|-yes$|-no$|-all$"  # in the key of a label


@cache
def labels() -> tuple[re.Pattern[str], ...]:
    """Every label with words of its own, as it may look once its values are filled in."""
    entries = [entry for file in texts.files("de") for entry in parse(file.read_text(encoding="utf-8")).body]
    patterns = [
        entry.value
        for entry in entries
        if isinstance(entry, fluent.Message) and entry.value and re.search(_BUTTON, entry.id.name)
    ]
    return tuple(
        re.compile("".join(map(_shape, pattern.elements)))
        for pattern in patterns
        if any(isinstance(part, fluent.TextElement) and part.value.strip() for part in pattern.elements)
    )


def _shape(part: fluent.TextElement | fluent.Placeable) -> str:
    if isinstance(part, fluent.TextElement):
        return re.escape(part.value)
    return ".+" if "$" in serialize_expression(part.expression) else ""


def test_every_button_has_the_label_that_stands_there() -> None:
    tapped = [
        label
        for page in PAGES
        for cells, _ in rows(page.read_text(encoding="utf-8"))
        if len(cells) == 3
        for label in re.findall(r"\*\*(.+?)\*\*", cells[1])
    ]
    assert len(tapped) > 30
    assert [label for label in tapped if not any(shape.fullmatch(label) for shape in labels())] == []


# What is linked -------------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for found in re.findall(r"\]\(([^)]+)\)|src=\"([^\"]+)\"", text) for link in found if link]
    for target, _, anchor in (link.partition("#") for link in links):
        file = (page.parent / target).resolve() if target else page
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), f"{target}#{anchor}"


def test_pictures_are_small_described_and_all_shown() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    pictures = list((FOLDER / "bilder").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size >= LARGEST] == []
    assert [picture.name for picture in pictures if f"bilder/{picture.name}" not in pages] == []
    assert "![](" not in pages
    assert 'alt=""' not in pages


def test_commands_of_the_operator_exist() -> None:
    known = {command.name or command.callback.__name__ for command in main.registered_commands if command.callback}
    known |= {group.name for group in main.registered_groups if group.name}
    named = re.findall(r"zukunftsplan (\w+)", (FOLDER / "betrieb.md").read_text(encoding="utf-8"))
    assert len(named) > 5
    assert set(named) - known == set()


# HILFE ----------------------------------------------------------------------------------------------------------------

IN_LISTS = {"KONTAKT"}  # what the list of offers says itself


def test_help_and_the_appendix_name_the_same_words() -> None:
    appendix = (FOLDER / "geschaeftsstelle.md").read_text(encoding="utf-8").split("\n## Anhang", 1)[1]
    helped = " ".join(say("de", f"{role}-help-lines", house="") for role in ("guest", "member", "office"))
    assert words_of(appendix) - set(re.findall(r"[A-ZÄÖÜ]{4,}", helped)) == IN_LISTS
