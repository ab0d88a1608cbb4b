"""Roles at the command line, where nobody else is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import main

Run = Callable[..., Any]
ERIKA = "erika@stadt.example.org"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder of its own, with one person of the office."""
    monkeypatch.chdir(tmp_path)
    env = {"MAIL_ADDRESS": "assistent@alliance.example.org", "MAIL_PASSWORD": "x", "IMAP_HOST": "imap.example.org",
           "SMTP_HOST": "smtp.example.org", "DATA_FOLDER": str(tmp_path / "data")}  # fmt: skip
    program = CliRunner()
    program.invoke(main, ["person", "add", "Erika Beispiel", ERIKA, "Stadt", "--office"], env=env)
    return lambda *words: program.invoke(main, list(words), env=env)


def test_the_operator_gives_and_takes_any_role_alone(run: Run) -> None:
    taken = run("person", "role", ERIKA, "observer")
    assert "Erika Beispiel: jetzt Beobachter" in taken.output
    assert "Achtung: Zur Geschäftsstelle gehört jetzt niemand mehr" in taken.output
    assert "jetzt Geschäftsstelle" in run("person", "role", ERIKA, "office").output
    assert taken.exit_code == 0


def test_what_cannot_be_ends_with_a_sentence_and_an_error(run: Run) -> None:
    for email, role, why in (
        (ERIKA, "king", "Möglich sind: Mitglied, Beobachter, Geschäftsstelle"),
        (ERIKA, "office", "hat schon die Rolle"),
        ("niemand@neu.example.org", "member", "niemand@neu.example.org gibt es nicht"),
    ):
        refused = run("person", "role", email, role)
        assert why in refused.output
        assert refused.exit_code == 1
