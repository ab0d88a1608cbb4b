"""Writes docs/reliability.md: what may go wrong, what must happen then, the tests that prove it, and how they ended.

.venv/bin/python -m docs.reliability          from the markers and the last results
.venv/bin/python -m docs.reliability --run    runs the marked tests first (minutes)
.venv/bin/python -m docs.reliability FILE     takes over a report (pytest --junitxml=FILE -o junit_family=xunit1)
"""

from __future__ import annotations

import ast
import json
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
PAGE = FOLDER / "reliability.md"
FAULTS = FOLDER / "faults.toml"
RESULTS = FOLDER / "reliability.json"
SOAK = ROOT / "tests" / "soak"

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
HEAD = """\
# Reliability: what may go wrong, and the proof that it does no harm

This page is written by `python -m docs.reliability` from [the list of faults](faults.toml) and from the tests that
carry their numbers; a test keeps it in step. With `--run` it first runs just those tests and takes over how they ended.
Tests that touch the database run on SQLite and on PostgreSQL; a count behind a result says in how many forms it ran.
"""


@dataclass(frozen=True)
class Fault:
    """``soak`` are ids of steps in tests/soak that prove the line, too."""

    number: int
    group: str
    name: str
    must: str
    soak: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Proof:
    """A test function that carries a fault's number; ``file`` is relative to the project."""

    file: str
    function: str

    @property
    def sentence(self) -> str:
        """What the test's name says."""
        words = self.function.removeprefix("test_").replace("_", " ")
        return words[0].upper() + words[1:]

    @property
    def key(self) -> str:
        """As pytest names it, without parameters."""
        return f"{self.file}::{self.function}"


@cache
def faults() -> tuple[Fault, ...]:
    """All lines, in the order of their numbers."""
    entries = tomllib.loads(FAULTS.read_text(encoding="utf-8"))["fault"]
    return tuple(Fault(**{**entry, "soak": tuple(entry.get("soak", ()))}) for entry in entries)


def proofs() -> dict[int, list[Proof]]:
    """The tests of each fault, found by reading the files and not by importing them."""
    found: dict[int, list[Proof]] = {fault.number: [] for fault in faults()}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.fault(" not in text:
            continue
        for function, numbers in _marked(ast.parse(text)):
            for number in numbers:
                found.setdefault(number, []).append(Proof(path.relative_to(ROOT).as_posix(), function))
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str, list[int]]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            numbers = [ast.literal_eval(number) for mark in node.decorator_list for number in _numbers(mark)]
            if numbers:
                yield node.name, numbers


def _numbers(mark: ast.expr) -> list[ast.expr]:
    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
        return mark.args
    return []


# --- running them


def run() -> None:
    """Run the marked tests and keep how they ended; what could not even be collected leaves the last results."""
    files = sorted({proof.file for tests in proofs().values() for proof in tests})
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        marked = [sys.executable, "-m", "pytest", "-m", "fault", f"--junitxml={report}", "-o", "junit_family=xunit1"]
        ended = subprocess.run([*marked, *files], cwd=ROOT, check=False)  # noqa: S603  our own tests
        if ended.returncode not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
            sys.exit(ended.returncode)
        take_over(report)


def take_over(report: Path) -> None:
    """Keep how the marked tests ended, by a report of pytest."""
    marked = {proof.key for tests in proofs().values() for proof in tests}
    ended = _outcomes(ElementTree.parse(report).getroot())  # noqa: S314  our own report
    tests = {key: counts for key, counts in ended.items() if key in marked}
    kept = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "versions": versions(), "tests": tests}
    RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _outcomes(report: ElementTree.Element) -> dict[str, dict[str, int]]:
    """How often each test function has passed, failed or been skipped."""
    counted: dict[str, Counter[str]] = {}
    for case in report.iter("testcase"):
        file = case.attrib["classname"].replace(".", "/") + ".py"
        function = re.split(r"[\[@]", case.attrib["name"])[0]  # without its parameters and the group it ran in
        key = f"{file}::{function}"
        counted.setdefault(key, Counter())[_outcome(case)] += 1
    return {key: dict(counts) for key, counts in counted.items()}


def _outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return FAILED
    return SKIPPED if case.find("skipped") is not None else PASSED


def versions() -> dict[str, str]:
    """Of what the tests have run with; a server that is not installed is left out."""
    found = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    asked = {
        "PostgreSQL": (_program("postgres", "/usr/lib/postgresql/*/bin"), "--version"),
        "Dovecot": (_program("dovecot"), "--version"),
        "Postfix": (_program("postconf"), "-h", "mail_version"),
    }
    return found | {name: _said(command) for name, command in asked.items() if command[0]}


def _program(name: str, elsewhere: str = "/usr/sbin") -> str:
    installed = sorted(Path("/").glob(f"{elsewhere[1:]}/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else "")


def _said(command: tuple[str, ...]) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  programs named above
    number = re.search(r"\d+(\.\d+)+", said.stdout)
    return number[0] if number else "?"


def results() -> dict[str, Any]:
    """``date``, ``versions`` and ``tests`` of the last run; empty if there was none."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    return kept


# --- the page


def page() -> str:
    """The whole page."""
    kept = results()
    return "\n".join([HEAD, *_last_run(kept), "", *_overview(kept), *_sections(kept)])


def _last_run(kept: dict[str, Any]) -> Iterator[str]:
    if not kept:
        yield "They have not been run yet."
        return
    marked = {test.key for tests in proofs().values() for test in tests}
    tests = [counts for key, counts in kept["tests"].items() if key in marked]
    total = {kind: sum(counts.get(kind, 0) for counts in tests) for kind in (PASSED, FAILED, SKIPPED)}
    with_versions = ", ".join(f"{name} {version}" for name, version in sorted(kept["versions"].items()))
    yield f"Last run on {kept['date']} with {with_versions}:"
    yield f"{total[PASSED]} passed, {total[FAILED]} failed, {total[SKIPPED]} skipped."


def _overview(kept: dict[str, Any]) -> Iterator[str]:
    yield from ("| No. | Fault | Tests | Result |", "|---:|---|---:|---|")
    found = proofs()
    for fault in faults():
        tests = found[fault.number]
        yield f"| [{fault.number}](#{fault.number}) | {fault.name} | {len(tests)} | {_verdict(kept, tests)} |"


def _verdict(kept: dict[str, Any], tests: list[Proof]) -> str:
    """The worst that happened to any of them."""
    outcomes = [kept.get("tests", {}).get(test.key, {}) for test in tests]
    if any(FAILED in counts for counts in outcomes):
        return "**failed**"
    if not all(outcomes):
        return "not run yet"
    return PASSED if any(PASSED in counts for counts in outcomes) else SKIPPED


def _sections(kept: dict[str, Any]) -> Iterator[str]:
    found = proofs()
    for group, members in groupby(faults(), key=lambda fault: fault.group):
        yield from ("", f"## {group}")
        for fault in members:
            yield from ("", f'### <a id="{fault.number}"></a>{fault.number}. {fault.name}', "", fault.must, "")
            yield from (f"- {test.sentence}: {_result(kept, test)} (`{test.file}`)" for test in found[fault.number])
            yield from (f"- Soak, step `{step}` (`make soak`)" for step in fault.soak)
    yield ""


def _result(kept: dict[str, Any], test: Proof) -> str:
    counts = kept.get("tests", {}).get(test.key, {})
    said = [_times(kind, counts[kind]) for kind in (FAILED, PASSED, SKIPPED) if kind in counts]
    return ", ".join(said) or "not run yet"


def _times(kind: str, count: int) -> str:
    word = f"**{kind}**" if kind == FAILED else kind
    return word if count == 1 else f"{word} × {count}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--run"]:
            run()
        case [report]:
            take_over(Path(report))
    PAGE.write_text(page(), encoding="utf-8")
