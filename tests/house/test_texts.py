"""Texts: both languages say the same things, everything that is said exists, and no sentence hides in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

import texts

ROOT = Path(__file__).parents[2]
SPEAKING = ("alliance", "bot", "mail", "scheduler", "papers", "app", "store")
SENTENCE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+ [a-zäöüß]+ [a-zäöüß]+|[äöüß]")


class Arguments(Visitor):
    """Collects the placeholders of a message."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.found.add(node.id.name)


class Others(Visitor):
    """Collects references to other texts and to terms."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802
        self.found.append(node.id.name)

    def visit_TermReference(self, node: fluent.TermReference) -> None:  # noqa: N802
        self.found.append(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    """Each text key with its placeholders."""
    found: dict[str, set[str]] = {}
    for file in texts.files(language):
        for entry in parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice"
                arguments = Arguments()
                arguments.visit(entry)
                found[entry.id.name] = arguments.found
    return found


def test_both_languages_have_the_same_texts_with_the_same_arguments() -> None:
    assert messages("de") == messages("en")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_text_needs_another_one(language: str) -> None:
    """Each is parsed alone, when it is first said."""
    others = Others()
    for file in texts.files(language):
        others.visit(parse(file.read_text(encoding="utf-8")))
    assert not others.found


def test_a_missing_text_is_an_error() -> None:
    with pytest.raises(texts.MissingText):
        texts.say("de", "no-such-text")


def test_what_people_wrote_may_be_long() -> None:
    assert len(texts.say("de", "all-phrase-quote", text="x" * 20_000)) == 20_002


def test_a_missing_argument_is_an_error() -> None:
    with pytest.raises(texts.MissingText):
        texts.say("de", "member-welcome-title")


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """String constants that are not docstrings, annotations or log messages."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr):
                skipped.add(id(first.value))
        if isinstance(node, ast.Call) and _is_log_or_error(node):
            skipped |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Assert) and node.msg:
            skipped.add(id(node.msg))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


def _is_log_or_error(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return (
        name.startswith(("log.", "LOG."))
        or name == "crash_point"
        or name.endswith(("Error", "__init__"))
        or "compile" in name
    )


# What people say, to be understood; not what we say
HEARD = {
    "understanding.py",
    "quoting.py",
    "screening.py",
    "formulas.py",
    "bounce_words.py",
    "companies.py",
    "html_text.py",
}


@pytest.mark.parametrize("package", SPEAKING)
def test_no_sentence_stands_in_the_code(package: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.value!r}"
        for file in sorted((ROOT / package).rglob("*.py"))
        if file.name not in HEARD and not {"migrations", "words"} & set(file.parts)
        for node in strings(ast.parse(file.read_text(encoding="utf-8")))
        if SENTENCE.search(str(node.value))
    ]
    assert found == []


def test_every_text_that_the_code_names_exists() -> None:
    known = set(messages("de"))
    audiences = {key.partition("-")[0] for key in known}
    named = {
        str(node.value)
        for package in SPEAKING
        for file in (ROOT / package).rglob("*.py")
        if file.name not in HEARD and "words" not in file.parts
        for node in strings(ast.parse(file.read_text(encoding="utf-8")))
        if re.fullmatch(r"[a-z]+(-[a-z0-9]+){2,}", str(node.value))
    }
    assert {name for name in named if name.partition("-")[0] in audiences} - known == set()
