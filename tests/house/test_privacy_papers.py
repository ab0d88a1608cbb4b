"""The papers for the officer are exact: tests, settings, commands and links they name exist, tables are the code's."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from app.cli import main
from app.settings import Settings
from docs import privacy

ROOT = Path(__file__).parents[2]
SECURITY = ROOT / "docs" / "security.md"
PAPERS = [SECURITY, ROOT / "docs" / "datenschutz.md", ROOT / "docs" / "barrierefreiheit.md", ROOT / "SECURITY.md"]
FAULTS = {36, 53, 54, 55, *range(60, 66)}  # what people may do to us on purpose, and what must not get lost by it
LARGEST = 250_000  # bytes of a picture

_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def functions_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def test_every_test_that_a_paper_names_is_there() -> None:
    named = [found for paper in PAPERS for found in _TEST.findall(paper.read_text(encoding="utf-8"))]
    assert len(named) > 50
    assert [name for file, name in named if not (ROOT / file).is_file() or name not in functions_in(file)] == []


def test_every_fault_on_purpose_has_a_test() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+?) \| (.*?) ?\|$", SECURITY.read_text(encoding="utf-8"), re.MULTILINE)
    proved = {int(number): len(_TEST.findall(tests)) for number, _, tests in rows}
    assert proved.keys() == FAULTS
    assert [number for number, count in proved.items() if not count] == []


def test_every_attack_has_a_test() -> None:
    attacks = SECURITY.read_text(encoding="utf-8").split("\n## Angriffe\n")[1].split("\n## ")[0]
    rows = [line for line in attacks.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 15
    assert [row[:60] for row in rows if not _TEST.search(row)] == []


def test_the_tables_of_the_privacy_paper_are_those_of_the_code() -> None:
    page = privacy.PAGE.read_text(encoding="utf-8")
    assert "| `persons` |" in page
    assert privacy.written(page) == page, "run .venv/bin/python -m docs.privacy"


def test_what_stands_between_the_marks_is_written_anew() -> None:
    page = privacy.PAGE.read_text(encoding="utf-8")
    assert privacy.written(page.replace("`persons`", "`people`")) == page


def test_the_picture_of_the_flow_is_there_small_and_described() -> None:
    assert privacy.PICTURE.stat().st_size < LARGEST
    assert re.search(r"!\[[^\]]{100,}\]\(datenschutz/datenfluss\.png\)", privacy.PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_setting_and_command_of_a_paper_exists(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    settings = {name.upper() for name in Settings.model_fields}
    prefixes = "|".join(sorted({name.partition("_")[0] for name in settings}))
    named = set(re.findall(rf"`((?:{prefixes})_[A-Z_]+)(?:=[^`]*)?`", text))
    assert named - settings == set()
    known = {command.name or command.callback.__name__ for command in main.registered_commands if command.callback}
    known |= {group.name for group in main.registered_groups if group.name}
    assert set(re.findall(r"`(?:zukunftsplan) (\w+)", text)) - known == set()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_links_of_a_paper_lead_somewhere(paper: Path) -> None:
    for target, _, anchor in (link.partition("#") for link in re.findall(r"\]\(([^)]+)\)", paper.read_text("utf-8"))):
        file = (paper.parent / target).resolve() if target else paper
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), f"{target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
