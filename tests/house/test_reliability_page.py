"""docs/reliability.md says what the markers say, and no line of the list of faults is without a proof."""

from __future__ import annotations

from docs import reliability

FAULTS = {*range(1, 16), *range(20, 27), *range(30, 40), *range(50, 56), *range(60, 66)}


def test_the_list_is_whole_and_in_order() -> None:
    numbers = [fault.number for fault in reliability.faults()]
    assert numbers == sorted(FAULTS)


def test_every_fault_has_a_test_or_a_step_of_the_soak() -> None:
    found = reliability.proofs()
    assert [fault.number for fault in reliability.faults() if not found[fault.number] and not fault.soak] == []


def test_no_test_carries_a_number_that_is_no_fault() -> None:
    assert set(reliability.proofs()) == FAULTS


def test_no_test_stands_twice_under_the_same_fault() -> None:
    found = reliability.proofs()
    assert [number for number, tests in found.items() if len(tests) != len(set(tests))] == []


def test_every_step_of_the_soak_that_is_named_is_there() -> None:
    files = reliability.SOAK.glob("*.py") if reliability.SOAK.is_dir() else ()
    soak = "".join(file.read_text(encoding="utf-8") for file in files)
    assert [step for fault in reliability.faults() for step in fault.soak if f'"{step}"' not in soak] == []


def test_the_page_is_what_the_markers_say() -> None:
    assert reliability.PAGE.read_text(encoding="utf-8") == reliability.page(), (
        "run .venv/bin/python -m docs.reliability"
    )
