"""The short soak: five weeks with a whole round, some dozen kills, and nothing lost and nothing twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.soak import year
from tests.soak.checker import check

pytestmark = [pytest.mark.xdist_group("soak"), pytest.mark.timeout(600)]

PLAN = year.Plan(seed=2027, days=31, members=16, measures=21, kills=28)


@pytest.mark.filterwarnings("ignore:Session.login_data is deprecated")
def test_nothing_is_lost_and_nothing_comes_twice_in_five_weeks_with_dozens_of_kills(tmp_path: Path) -> None:
    log = asyncio.run(year.live(PLAN, tmp_path, lambda progress: None))
    verdict = check(log)
    assert verdict.good, verdict.in_words()
    assert verdict.figures["kills (SIGKILL)"] >= PLAN.kills
    assert verdict.figures["reports made"] > PLAN.measures
    assert verdict.figures["mailings to all"] >= 3
