"""The plan on one page: it shrinks until it fits, and takes another page before anything is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from papers import plan_sheet
from papers.dossier import Count, Light, Standing
from papers.plan_sheet import Column, Entry, Goal, Group, PlanSheet
from tests.papers.paper_reading import catalogue, pages, placed, says, structure

MADE_AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
HOSTILE = '*fett* #let $y$ <b> \\ "x"'
STANDING = Standing("yellow", "gelb", 43, (Count("green", 3), Count("yellow", 2)))
NAMES = (
    "Technische Infrastruktur",
    "Gewerbliche Flächen",
    "Standortmarketing",
    "Kompetenzfelder",
    "Nachhaltige und ressourcenschonende Standortentwicklung",
    "Gründungen",
    "Bestandsentwicklung",
    "Innovation und Digitalisierung",
    "Fachkräfte",
)


def entries(first: int, count: int) -> tuple[Entry, ...]:
    title = "Ladepunkte für Lieferfahrzeuge an drei Standorten"
    return tuple(
        Entry(f"M{number}", title, "yellow", "gelb", "Logistik Muster KG") for number in range(first, first + count)
    )


def column(number: int, count: int) -> Column:
    """A field with two goals that share its measures; numbers begin at 1000 for the first field."""
    first = 1000 + number * 100
    own, half = count // 4, count // 2
    goals = (
        Goal("Klimaneutrale Gewerbegebiete bis 2040", measures=entries(first, own)),
        Goal("Wege sauber machen", True, entries(first + own, half)),
        Goal("", False, entries(first + own + half, count - own - half)),
    )
    return Column(NAMES[number % 9], STANDING, goals)


def sheet(fields: int, each: int, *, grouped: bool = True) -> PlanSheet:
    columns = [column(number, each) for number in range(fields)]
    third = -(-fields // 3)
    parts = [tuple(columns[at : at + third]) for at in range(0, fields, third)]
    groups = [Group(f"Themengruppe {number}", part) for number, part in enumerate(parts, start=1)]
    return PlanSheet(
        language="de",
        alliance="Allianz Beispielstadt",
        title="Der Plan auf einer Seite",
        state="beschlossen am 7. Mai 2026",
        stand="Stand: heute",
        standing=STANDING,
        groups=tuple(groups) if grouped else (Group("", tuple(columns)),),
        legend=(Light("green", "grün: im Plan"), Light("grey", "grau")),
        page="Seite",
        pages="von",
    )


@lru_cache
def pdf(values: PlanSheet) -> bytes:
    return plan_sheet.as_pdf(values, MADE_AT)


def numbers(fields: int, each: int) -> list[str]:
    return [f"M{1000 + field * 100 + at}" for field in range(fields) for at in range(each)]


def test_nine_fields_with_a_hundred_and_twenty_measures_fit_one_page() -> None:
    paper = pdf(sheet(9, 14))
    assert len(pages(paper)) == 1
    assert says(paper, *numbers(9, 14), *NAMES, "Themengruppe 3", "beschlossen am 7. Mai 2026", "Logistik Muster KG")
    assert says(paper, "grün: im Plan", "Stand: heute", "43 %", "Seite 1 von 1")


def test_it_is_a_landscape_a3_page_with_nothing_outside() -> None:
    for run in placed(pdf(sheet(9, 14))):
        assert (round(run.width), round(run.height)) == (1191, 842)
        assert 30 < run.x < run.width - 30
        assert 15 < run.y < run.height - 15


def test_more_than_fits_goes_on_overleaf_under_the_same_heads() -> None:
    told = pages(pdf(sheet(9, 45)))
    assert len(told) == 2
    whole = "".join(told)
    assert all(number in whole for number in numbers(9, 45))
    assert all("Fachkräfte" in page and "Themengruppe3" in page for page in told)


def test_more_than_twelve_fields_take_another_sheet() -> None:
    told = pages(pdf(sheet(14, 4)))
    assert len(told) == 2
    assert all(number in "".join(told) for number in numbers(14, 4))


@pytest.mark.parametrize("fields", [1, 3, 12])
def test_few_fields_or_many_fill_one_page(fields: int) -> None:
    assert len(pages(pdf(sheet(fields, 5)))) == 1


def test_fields_in_no_group_need_no_group_heads() -> None:
    paper = pdf(sheet(3, 5, grouped=False))
    assert says(paper, *numbers(3, 5))
    assert not says(paper, "Themengruppe")


def test_a_plan_without_measures_shows_its_fields() -> None:
    empty = (Group("Themengruppe 1", (Column("Fachkräfte", None, ()),)),)
    assert says(pdf(replace(sheet(1, 1), groups=empty)), "Fachkräfte", "Themengruppe 1")


def test_markup_appears_as_it_was_written() -> None:
    goal = Goal(HOSTILE, measures=(Entry("M1", HOSTILE, "red", HOSTILE, HOSTILE),))
    hostile = (Group(HOSTILE, (Column(HOSTILE, STANDING, (goal,)),)),)
    paper = pdf(replace(sheet(1, 1), title=HOSTILE, state=HOSTILE, groups=hostile))
    assert "".join(pages(paper)).count("#let$y$<b>\\") == 7


def test_each_light_is_read_aloud_as_its_word() -> None:
    told = [str(node.get("/Alt")) for kind, node in structure(pdf(sheet(9, 3))) if kind == "Figure"]
    assert Counter(told) == {"gelb": 27}


def test_it_is_read_group_by_group_and_field_by_field() -> None:
    levels = [kind for kind, _ in structure(pdf(sheet(3, 2))) if kind[:1] == "H" and kind[1:].isdigit()]
    assert levels == ["H1", *(["H2", "H3", "H4", "H5"] * 3)]


def test_it_is_tagged_and_the_same_each_time() -> None:
    paper = pdf(sheet(9, 3))
    assert paper == plan_sheet.as_pdf(sheet(9, 3), MADE_AT)
    root = catalogue(paper)
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()
