"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("alliance", "store", "texts", "papers", "bot", "mail", "scheduler", "app", "demo")
FILES = [file for package in OURS for file in sorted((ROOT / package).rglob("*.py"))]


def test_imports_keep_to_the_walls() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_function_is_longer_than_fifty_lines(file: Path) -> None:
    if "versions" in file.parts:
        return  # a migration is a record, not a place to read logic
    functions = [
        n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 50] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_in_one_docstring_what_lives_there(file: Path) -> None:
    source = file.read_text()
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        str(file.relative_to(ROOT)) for file in FILES if re.search(r"os\.environ|getenv|load_dotenv", file.read_text())
    }
    assert readers == {
        "bot/__init__.py"
    }  # which sets what python-telegram-bot reads; the settings have their own library


def test_only_the_switch_the_demo_and_the_clock_of_tests_ask_for_the_time() -> None:
    askers = {
        str(f.relative_to(ROOT)) for f in FILES if re.search(r"datetime\.now\(|\.utcnow\(|date\.today\(", f.read_text())
    }
    assert {asker for asker in askers if not asker.startswith(("app/", "demo/"))} == set()


def test_every_setting_is_explained_in_env_example() -> None:
    from app.settings import Settings

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    missing = [
        name.upper() for name in Settings.model_fields if name != "crash_at" and f"{name.upper()}=" not in example
    ]
    assert missing == []


def test_no_file_names_a_package_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    host = re.compile(r"pypi\.org|pythonhosted|--index-url|--extra-index")
    named = [
        name
        for name in listed.stdout.split()
        if name.endswith((".txt", ".toml", ".md")) and host.search((ROOT / name).read_text())
    ]
    assert named == []
