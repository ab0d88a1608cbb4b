"""Every line of the log can be found by its action, and none is written with people's words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).parents[2]
OURS = ("alliance", "store", "texts", "papers", "bot", "mail", "scheduler", "app", "demo")
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
SPEAKING = {"name", "email", "address", "to", "sender", "text", "title", "words", "note", "body", "subject", "url"}


def is_of_log(node: ast.AST) -> TypeGuard[ast.Call]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS):
        return False
    return ast.unparse(node.func.value) == "log"


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Each call of a log, with its place."""
    return list(_calls())


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for package in OURS:
        for file in sorted((ROOT / package).rglob("*.py")):
            found = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if is_of_log(node))
            yield from ((f"{file.relative_to(ROOT)}:{call.lineno}", call) for call in found)


def value_of(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def test_every_line_names_its_action_in_plain_sight() -> None:
    without = [place for place, call in calls() if not isinstance(value_of(call, "action"), ast.Constant)]
    assert without == []
    assert len(calls()) > 50


def test_what_a_line_says_is_fixed_and_its_values_are_ids_codes_and_numbers() -> None:
    worded = [
        place
        for place, call in calls()
        if len(call.args) != 1
        or any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in ast.walk(call.args[0]))
        or SPEAKING & {keyword.arg for keyword in call.keywords}
        or None in {keyword.arg for keyword in call.keywords}
    ]
    assert worded == []
