"""The history at the command line: who changed what, all of it with its sources, and whether it is untouched."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from alliance import sealing
from app.cli import main
from store.database import Database
from tests.town import ERIKA, MAX, Town

Run = Callable[..., Any]


@pytest.fixture
def town(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Town]:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "zukunftsplan.db"
    shutil.copy(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    town = Town(database).settle()
    town.letter(MAX, "M3 40 %")
    town.reply(MAX, "JA")
    town.link(ERIKA)
    town.chat(ERIKA, "M1 60 %, =1+1 bleibt Text")
    database.write_now(lambda session: sealing.seal(session, town.at))
    yield town
    database.close()


@pytest.fixture
def run(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    env = {
        "MAIL_ADDRESS": "assistent@alliance.example.org",
        "MAIL_PASSWORD": "x",
        "IMAP_HOST": "imap.example.org",
        "SMTP_HOST": "smtp.example.org",
        "DATA_FOLDER": str(tmp_path / "data"),
    }
    return lambda *words: CliRunner().invoke(main, ["history", *map(str, words)], env=env)


def test_it_is_shown_by_measure_by_person_and_from_a_day_on(run: Run) -> None:
    of_measure = run("show", "--measure", 3).output
    assert "Max Muster (Logistik KG) · E-Mail · Statusmeldung" in of_measure
    assert "Fortschritt 0 % → 40 %" in of_measure
    assert "Erika" not in of_measure
    of_person = run("show", "--person", ERIKA)
    assert "Fortschritt 0 % → 60 %" in of_person.output
    assert "40 %" not in of_person.output
    assert run("show", "--since", "24.11.2026").output.strip() == "Dazu ist noch nichts festgehalten."
    assert run("show", "--measure", 99).exit_code == 1


def test_it_is_checked_and_a_head_that_was_kept_is_found_again(run: Run, town: Town, tmp_path: Path) -> None:
    checked = run("verify")
    assert checked.exit_code == 0
    assert "Der Verlauf ist unverändert" in checked.output
    head = checked.output.partition("Kopf der Kette: ")[2].split()[0]
    assert run("verify", "--head", head).exit_code == 0
    assert run("verify", "--head", head[:25]).exit_code == 0
    assert run("verify", "--head", "gestern").exit_code == 1
    with sqlite3.connect(tmp_path / "data" / "zukunftsplan.db") as connection:
        connection.execute("DROP TRIGGER keep_history_update")
        connection.execute("UPDATE history SET actor_id = 2 WHERE what = 'report'")
    connection.close()
    broken = run("verify")
    assert broken.exit_code == 1
    assert "Inhalt oder Änderungen sind nicht mehr die, die versiegelt wurden" in broken.output


def test_it_is_taken_out_with_all_that_a_stranger_needs_to_check_it(run: Run, tmp_path: Path) -> None:
    assert run("export", "verlauf.jsonl", "--raw", "originale").exit_code == 0
    *records, last = (json.loads(line) for line in (tmp_path / "verlauf.jsonl").read_text("utf-8").splitlines())
    chain = ""
    for record in records:
        if seal := record["seal"]:
            names = ("deed", "at", "actor", "door", "what", "inbox")
            rows = [
                [row[name] for name in ("id", "table_name", "row_id", "before", "after")] for row in record["changes"]
            ]
            whole = [[record[name] for name in names], record["details"], rows]
            canonical = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            assert seal["content"] == sha256(f"{seal['salt']}:{canonical}".encode()).hexdigest()
            chain = sha256(f"{chain}:{seal['position']}:{seal['content']}".encode()).hexdigest()
    assert last["head"].endswith(chain)
    sources = {record["inbox"] for record in records if record["inbox"]}
    assert {int(file.stem) for file in (tmp_path / "originale").glob("*.eml")} == sources != set()


def test_in_a_table_nothing_is_a_formula(run: Run, tmp_path: Path) -> None:
    assert run("export", "verlauf.csv").exit_code == 0
    table = (tmp_path / "verlauf.csv").read_text("utf-8-sig")
    assert "=1+1 bleibt Text" in table
    assert not [cell for cell in table.replace("\n", ";").split(";") if cell.startswith(("=", "+", "-", "@"))]
    assert run("export", "verlauf.pdf").exit_code == 1
    assert "export" in run("show").output.lower()
