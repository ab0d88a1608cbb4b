"""Draws the pictures in docs/papers: every paper with example data (papers.toml); nobody and nothing in it is real.

.venv/bin/python -m docs.papers
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import texts
from alliance import dossier_pages, standing
from papers import dossier, pictures, plan_sheet, typesetting
from papers.dossier import Count, Fact, Figure, Goal, Light, Measure, Section, Standing

FOLDER = Path(__file__).parent / "papers"
EXAMPLE: list[dict[str, Any]] = tomllib.loads(FOLDER.with_suffix(".toml").read_text(encoding="utf-8"))["field"]
MADE_AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
SHARPNESS = 100  # pixels per inch
ALLIANCE = "Wirtschaftsallianz Beispielstadt"
LIGHTS = {str(light): texts.say("de", f"paper-light-{light}") for light in standing.Light}
LEGEND = tuple(Light(light, word) for light, word in LIGHTS.items())
CHANGES = Section(
    "Geändert seit der letzten Sitzung",
    ("Nr.", "Maßnahme", "vorher", "jetzt"),
    (
        ("M1", "Glasfaser für das Gewerbegebiet Beispielstraße", "20 %, läuft", "60 %, läuft"),
        ("M4", "Ladepark für Liefer- und Handwerksfahrzeuge", "20 %, läuft", "20 %, blockiert"),
        ("M12", "Ausbildungsmesse »Zukunft vor Ort«", "40 %, läuft", "80 %, läuft"),
        ("M13", "Standortfilm mit zehn Betrieben", "70 %, läuft", "100 %, fertig"),
    ),
    lead="Verglichen mit dem Stand vom 7. Mai 2026.",
)
AMENDMENTS = Section(
    "Änderungen seit dem Beschluss des Plans",
    ("Nr.", "Änderung", "Grund", "Wann und wer"),
    (
        (
            "M2",
            "Termin: 30. Juni 2026 → 31. Dezember 2026",
            "Das Gutachten kommt später.",
            "14. September 2026, Amt für Wirtschaftsförderung (Beispiel)",
        ),
        (
            "M10",
            "Titel: Bebauungsplan Güterbahnhof → Bebauungsplan »Am Güterbahnhof« mit den Anliegern abstimmen",
            "Beschluss der Frühjahrssitzung",
            "8. Mai 2026, Amt für Wirtschaftsförderung (Beispiel)",
        ),
    ),
    lead="Beschlossen wurde der Plan am 7. Mai 2026.",
)
DECISIONS = Section(
    "Beschlüsse, die noch jemanden suchen",
    ("Beschluss", "Sitzung", "Wartet auf"),
    (
        ("M35 Fonds für Zwischennutzungen", "Frühjahrssitzung am 7. Mai 2026", "eine verantwortliche Person"),
        (
            "M36 Azubi-Ticket mit den Nachbarstädten",
            "Frühjahrssitzung am 7. Mai 2026",
            "eine Antwort von Verkehrsbetriebe Probe",
        ),
    ),
)
OWED = Section(
    "Nur für die Geschäftsstelle",
    ("Name", "Unternehmen", "Telefon", "Offen", "Letzter Kontakt"),
    (
        ("Anna Beispiel", "Beispiel Immobilien eG", "02041 000031", "M9 und M23", "vor 41 Tagen"),
        ("Kim Probe", "Funk & Netz Muster AG", "02041 000032", "M3", "vor 12 Tagen"),
    ),
    lead="Diese Seite liegt nur Ihrer Fassung bei.",
    subtitle="Wer noch nicht geantwortet hat",
)


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in drawn():
        (FOLDER / f"{name}.png").write_bytes(content)


def drawn() -> Iterator[tuple[str, bytes]]:
    """Name and picture of each paper; of the dossier its kinds of page."""
    pages = typesetting.pages("dossier", example_dossier(office=True), SHARPNESS)
    for name, number in (("deckblatt", 0), ("themenfeld", 1), ("aenderungen", -2), ("geschaeftsstelle", -1)):
        yield f"zwischenstand-{name}", pages[number]
    yield "plan-a3", typesetting.pages("plan-sheet", example_plan(), SHARPNESS)[0]
    yield "fortschritt", pictures.progress(example_progress())
    yield "fortschritt-themenfeld", pictures.progress(example_field())
    yield "abstimmung", pictures.poll_result(example_poll())


def rolled(entries: Iterable[dict[str, Any]]) -> Standing:
    """The standing above some measures."""
    known = list(entries)
    count = Counter(entry["light"] for entry in known)
    light = standing.roll_up(standing.Light(entry["light"]) for entry in known)
    percent = sum(entry["percent"] for entry in known) // len(known)
    return Standing(light, LIGHTS[light], percent, tuple(Count(name, count[name]) for name in LIGHTS))


def measures_of(*fields: dict[str, Any]) -> list[dict[str, Any]]:
    """All measures of these fields."""
    return [entry for field in fields for goal in field["goal"] for entry in goal["measure"]]


# The dossier ----------------------------------------------------------------------------------------------------------


def example_dossier(*, office: bool = False) -> dossier.Dossier:
    """A dossier with nine fields."""
    return dossier.Dossier(
        language="de",
        alliance=ALLIANCE,
        title="Zwischenstand zum Zukunftsplan",
        subtitle="Herbstsitzung der Wirtschaftsallianz am Donnerstag, 3. Dezember 2026",
        stand="Stand: 26. November 2026",
        copy="Fassung der Geschäftsstelle, bitte nicht weitergeben" if office else "Fassung für die Mitglieder",
        facts=(
            Fact("Beginn", "17:00 Uhr"),
            Fact("Ort", "Rathaus (Beispiel), Großer Sitzungssaal"),
            Fact("Stand", "Donnerstag, 26. November 2026, 9:00 Uhr"),
        ),
        standing=rolled(measures_of(*EXAMPLE)),
        figures=(
            Figure("Rückmeldungen", "21 von 24", "Verantwortliche, ohne Pausierende", 87),
            Figure("Davon »unverändert«", "5", "Maßnahmen"),
        ),
        rule=texts.say("de", "all-plan-rule"),
        legend=LEGEND,
        fields=tuple(_field(field, office) for field in EXAMPLE),
        empty_fields="Noch ohne Maßnahmen: Tourismus und Freizeit.",
        changes=CHANGES,
        amendments=AMENDMENTS,
        decisions=DECISIONS,
        owed=OWED if office else None,
        labels=dossier_pages.labels("de"),
    )


def _field(field: dict[str, Any], office: bool) -> dossier.Field:
    known = measures_of(field)
    goals = tuple(_goals(field, office))
    return dossier.Field(field["name"], field["group"], rolled(known), f"{len(known)} Maßnahmen", goals)


def _goals(field: dict[str, Any], office: bool) -> Iterator[Goal]:
    seen = ""
    for goal in field["goal"]:
        measures = tuple(_measure(entry, office) for entry in goal["measure"])
        if goal["strategic"] != seen:
            seen = goal["strategic"]
            below = [entry for other in field["goal"] if other["strategic"] == seen for entry in other["measure"]]
            yield Goal(seen, "Strategisches Ziel", False, rolled(below), () if goal["operative"] else measures)
        if goal["operative"]:
            yield Goal(goal["operative"], "Operatives Ziel", True, rolled(goal["measure"]), measures)


def _measure(entry: dict[str, Any], office: bool) -> Measure:
    return Measure(**(entry if office else {**entry, "person": ""}))


# Pictures and the plan ------------------------------------------------------------------------------------------------


def example_progress() -> pictures.Progress:
    """The plan by field."""
    rows = []
    for field in EXAMPLE:
        together = rolled(measures_of(field))
        rows.append(pictures.Row(field["name"], together.light, together.percent, together.counts))
    known = measures_of(*EXAMPLE)
    subtitle = f"{len(known)} Maßnahmen · Stand: 26. November 2026"
    return pictures.Progress("de", ALLIANCE, "So steht der Zukunftsplan", subtitle, rolled(known), tuple(rows), LEGEND)


def example_field() -> pictures.Progress:
    """One field by measure."""
    known = measures_of(EXAMPLE[-1])
    rows = tuple(
        pictures.Row(f"{entry['number']} {entry['title']}", entry["light"], entry["percent"], text=entry["status"])
        for entry in known
    )
    subtitle = f"{len(known)} Maßnahmen · Stand: 26. November 2026"
    return pictures.Progress("de", ALLIANCE, EXAMPLE[-1]["name"], subtitle, rolled(known), rows, LEGEND)


def example_poll() -> pictures.PollResult:
    """A poll by points."""
    return pictures.PollResult(
        language="de",
        alliance=ALLIANCE,
        title="Was soll 2027 Vorrang haben?",
        subtitle="Punkteabstimmung, je 10 Punkte · beendet am 2. Dezember 2026",
        rows=(
            pictures.PollRow("M12 Ausbildungsmesse »Zukunft vor Ort«", 64, "64 Punkte", won=True),
            pictures.PollRow("M4 Ladepark für Liefer- und Handwerksfahrzeuge", 51, "51 Punkte"),
            pictures.PollRow("M23 Gründerzentrum im alten Kaufhaus", 33, "33 Punkte"),
            pictures.PollRow("M32 Azubi-Ticket für den Nahverkehr", 12, "12 Punkte"),
            pictures.PollRow("M19 Radweg am Kanal", 0, "0 Punkte"),
        ),
        turnout="16 von 24 Mitgliedern haben abgestimmt.",
        rule="Vorrang hat, was die meisten Punkte bekommt. Enthaltungen zählen nicht mit.",
        won="Vorrang",
    )


def example_plan() -> plan_sheet.PlanSheet:
    """The plan with its three groups."""
    groups: dict[str, list[plan_sheet.Column]] = {}
    for field in EXAMPLE:
        column = plan_sheet.Column(field["name"], rolled(measures_of(field)), tuple(_sheet_goals(field)))
        groups.setdefault(field["group"], []).append(column)
    return plan_sheet.PlanSheet(
        language="de",
        alliance=ALLIANCE,
        title="Der Zukunftsplan auf einer Seite",
        state="beschlossen am 7. Mai 2026",
        stand="Stand: 26. November 2026",
        standing=rolled(measures_of(*EXAMPLE)),
        groups=tuple(plan_sheet.Group(title, tuple(columns)) for title, columns in groups.items()),
        legend=LEGEND,
        page="Seite",
        pages="von",
    )


def _sheet_goals(field: dict[str, Any]) -> Iterator[plan_sheet.Goal]:
    for goal in _goals(field, office=False):
        entries = tuple(
            plan_sheet.Entry(entry.number, entry.title, entry.light, LIGHTS[entry.light], entry.company)
            for entry in goal.measures
        )
        yield plan_sheet.Goal(goal.title, goal.operative, entries)


if __name__ == "__main__":
    main()
