"""Writes docs/rechte.md: who may do what, as alliance/rights.py has it.

.venv/bin/python -m docs.rights
"""

from __future__ import annotations

from pathlib import Path

from app import rights_table
from texts import say

FILE = Path(__file__).parent / "rechte.md"
LANGUAGE = "de"
HEAD = (
    "# Wer was darf\n\n"
    "Diese Seite schreibt `python -m docs.rights` aus der einen Tabelle, die der Assistent selbst befragt"
    " (`alliance/rights.py`). An der Kommandozeile zeigt sie `zukunftsplan rights`. Geprüft wird jeder Wunsch an einer"
    " Stelle, gleich ob er per E-Mail, in Telegram oder über einen Knopf kommt; eine Absage nennt den Grund, ändert"
    " nichts und steht mit Nummern, ohne Namen und Worte, im Protokoll des Dienstes.\n\n"
    "Rechte der Geschäftsstelle gibt und nimmt niemand allein: Eine Person schlägt es vor"
    " (`ROLLE name@firma.example Geschäftsstelle`), eine zweite, die nicht selbst gemeint ist, sagt Ja oder Nein. Oder"
    " der Betrieb tut es: `zukunftsplan person role name@firma.example office`. Zwischen Mitglied und Beobachter ändert"
    " eine Person der Geschäftsstelle allein.\n"
)


def page() -> str:
    """The whole page."""
    heads = rights_table.headings(LANGUAGE)
    lines = [_line(heads), _line(["---", *[":-:"] * (len(heads) - 1)])]
    lines += [_line(row) for row in rights_table.rows(LANGUAGE)]
    return "\n".join((HEAD, *lines, "", say(LANGUAGE, "rights-legend"), ""))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
