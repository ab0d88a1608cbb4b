"""A town whose database lies where the program looks for it, and the program's commands upon it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, select
from typer.testing import CliRunner, Result

from app.cli import main
from app.settings import Settings
from store.database import Database
from tests.town import HOUSE, Town

MAIL = {
    "MAIL_ADDRESS": HOUSE.email,
    "MAIL_PASSWORD": "x",
    "IMAP_HOST": "imap.example.org",
    "SMTP_HOST": "smtp.example.org",
}


class Keeping:
    """The program in a folder of its own, with the database at ``url`` and its data in ``folder``/data."""

    def __init__(self, folder: Path, url: str, **env: str) -> None:
        self.data = folder / "data"
        self.backups = self.data / "backups"
        self.url = url
        self._uids = count(1)
        self.env = {"DATA_FOLDER": str(self.data), "DATABASE_URL": url, "HTTP_PORT": "0", **MAIL, **env}

    @property
    def settings(self) -> Settings:
        """The settings that the program has."""
        named: dict[str, Any] = {name.lower(): value for name, value in self.env.items()}
        return Settings(**named, _env_file=None)

    def run(self, *words: str | Path) -> Result:
        """A command line."""
        return CliRunner().invoke(main, [str(word) for word in words], env=self.env)

    def works(self, *words: str | Path) -> str:
        """What a command line says that must succeed."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.output

    def fails(self, *words: str | Path) -> str:
        """What a command line says that must fail without a traceback."""
        result = self.run(*words)
        assert result.exit_code == 1, result.output
        assert isinstance(result.exception, SystemExit)
        return result.output

    def backup(self) -> Path:
        """Make one that must be good."""
        before = set(self.made())
        self.works("backup")
        (new,) = set(self.made()) - before
        return new

    def made(self) -> list[Path]:
        """The good backups."""
        return sorted(file for file in self.backups.glob("zukunftsplan-*") if file.suffix in {".db", ".dump"})

    @contextmanager
    def town(self) -> Iterator[Town]:
        """The alliance as it stands."""
        with closing(Database(self.url)) as database:
            town = Town(database)
            town._uids = self._uids  # no letter has the number of an earlier one
            yield town

    def rows(self, table: type[SQLModel]) -> list[Any]:
        """All rows of a table."""
        with self.town() as town:
            return town.database.read_now(lambda session: list(session.exec(select(table))))


def at(folder: Path, template: Path, **env: str) -> Keeping:
    """One with a copy of an SQLite file in the place where it is looked for."""
    (folder / "data").mkdir()
    path = folder / "data" / "zukunftsplan.db"
    path.write_bytes(template.read_bytes())
    path.chmod(0o600)
    return Keeping(folder, f"sqlite:///{path}", **env)


def sql(path: Path, *statements: str) -> None:
    """Do something to an SQLite file past the program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def keeping(tmp_path: Path, settled_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Keeping:
    """A settled town on SQLite, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return at(tmp_path, settled_sqlite)
