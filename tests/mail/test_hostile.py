"""Damaged and hostile letters: whatever is in them, they are taken apart in time and what is found can be stored."""

from __future__ import annotations

import time
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mail.contents import Identity, contents
from mail.fence import SIZE
from tests.fuzz.damage import DAMAGES, Damage, damaged
from tests.fuzz.promises import check
from tests.mail.mail_world import HOUSE, letter

TESTS = Path(__file__).parents[1]
SEEDS = sorted((TESTS / "fuzz" / "seeds").iterdir())
OWN = Identity(HOUSE, "mx.example.org")
SENT = date(2026, 3, 2)
HTML = b"Content-Type: text/html; charset=utf-8\r\n"


@lru_cache
def labelled() -> list[Path]:
    return sorted((TESTS / "letters").rglob("*.eml"))


def take_apart(raw: bytes) -> None:
    began = time.thread_time()
    check(contents(raw, OWN, SENT), time.thread_time() - began)


@settings(max_examples=400, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, 10_000), seed=st.integers(0, 2**32))
def test_a_damaged_letter_is_taken_apart_all_the_same(which: int, seed: int) -> None:
    raw = labelled()[which % len(labelled())].read_bytes()
    take_apart(damaged(raw, Random(seed)))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_each_kind_of_damage_damages(damage: Damage) -> None:
    raw = letter(b"--x\r\nM12 60 %\r\n--x--\r\n" * 9)
    assert any(damage(raw, Random(seed)) != raw for seed in range(5))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_what_the_fuzzer_found_worth_keeping_is_taken_apart(seed: Path) -> None:
    take_apart(seed.read_bytes())


@pytest.mark.parametrize(
    "line",
    [b"<", b"1.", b"@", b"Von: Erika", b"- -", b"--", b"", b"<a@b.de> 550 5.1.1", b"> M1 Radweg\r\nja"],
)
def test_the_most_lines_that_are_read_in_the_house_take_no_time(line: bytes) -> None:
    lines = (line + b"\r\n") * (SIZE // (len(line) + 2))
    take_apart(letter(lines))
    take_apart(letter(lines, headers=HTML))


@pytest.mark.parametrize(
    "html",
    [
        b"<div>" * 10_000 + b"<div class=gmail_quote></div>" * 2_000,
        b"<td>" * 10_000 + b"</div><div>" * 5_000,
        b"<b>" * 10_000 + b"</i>" * 15_000,
        b"<!--" * 25_000,
        b"<a b='" * 20_000,
        b"&#x41;" * 20_000,
    ],
    ids=["boxes deep down", "nothing to close", "closed across", "comments", "attributes", "entities"],
)
def test_the_oddest_html_that_is_read_in_the_house_takes_no_time(html: bytes) -> None:
    take_apart(letter(html, headers=HTML))
