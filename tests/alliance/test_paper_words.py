"""The words that ask for a paper; what says more than that is something else."""

from __future__ import annotations

from datetime import date

import pytest

from alliance.intents import Intent, MakeReport, ShowPlan, ShowPlanSheet
from alliance.understanding import understand


def meant(text: str) -> Intent:
    return understand(text, date(2026, 11, 23))


@pytest.mark.parametrize(
    "text", ["PLAN A3", "/plan a3", "Plan auf einer Seite", "Zukunftsplan als Plakat", "plan one page"]
)
def test_the_plan_on_one_page(text: str) -> None:
    assert meant(text) == ShowPlanSheet()


@pytest.mark.parametrize("text", ["BERICHT", "/bericht", "Bericht jetzt bitte", "report"])
def test_the_report(text: str) -> None:
    assert meant(text) == MakeReport()


@pytest.mark.parametrize("text", ["PLAN", "PLAN Fachkräfte"])
def test_the_plan_itself_stays_what_it_was(text: str) -> None:
    assert isinstance(meant(text), ShowPlan)


@pytest.mark.parametrize("text", ["Der Bericht liegt bei.", "Bericht kommt bald", "Plan steht auf einer Seite"])
def test_sentences_are_no_wish_for_a_paper(text: str) -> None:
    assert not isinstance(meant(text), MakeReport | ShowPlanSheet)
