"""Spreadsheets at the command line: dry run, question, import and export, with exit codes that scripts can use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import main

MEMBERS = "Name;E-Mail;Firma\nErika Beispiel;erika@stahl.example.org;Stahl GmbH\n"
Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    values = {"MAIL_ADDRESS": "assistent@alliance.example.org", "MAIL_PASSWORD": "x"}
    env = {
        **values,
        "IMAP_HOST": "imap.example.org",
        "SMTP_HOST": "smtp.example.org",
        "DATA_FOLDER": str(tmp_path / "data"),
    }
    return lambda *words, said="": CliRunner().invoke(main, [str(word) for word in words], env=env, input=said)


def test_a_file_is_shown_asked_about_and_taken_over(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mitglieder.csv"
    file.write_text(MEMBERS, encoding="utf-8")
    refused = run("import", file, said="n\n")
    assert "Mitglieder: 1 neu" in refused.output
    assert refused.exit_code == 1
    taken = run("import", file, said="y\n")
    assert "»mitglieder.csv« ist übernommen" in taken.output
    assert taken.exit_code == 0
    again = run("import", file, "--yes")
    assert "Alles ist schon so" in again.output
    assert again.exit_code == 0


def test_a_wrong_file_ends_with_an_error_even_with_yes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mitglieder.csv"
    file.write_text(MEMBERS.replace("@", " bei "), encoding="utf-8")
    wrong = run("import", file, "--yes")
    assert "Zeile 2, Spalte E-Mail" in wrong.output
    assert wrong.exit_code == 1
    missing = run("import", tmp_path / "nichts.csv")
    assert "lässt sich nicht öffnen" in missing.output
    assert missing.exit_code == 1


def test_an_export_is_written_and_comes_back_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mitglieder.csv").write_text(MEMBERS, encoding="utf-8")
    run("import", "mitglieder.csv", "--yes")
    assert run("export", "members", "liste.xlsx").exit_code == 0
    assert "Alles ist schon so" in run("import", "liste.xlsx", "--yes").output
    assert run("export", "all", "tabellen", "--csv").exit_code == 0
    assert len(list((tmp_path / "tabellen").glob("*.csv"))) == 4
    assert run("export", "wetter").exit_code == 1
