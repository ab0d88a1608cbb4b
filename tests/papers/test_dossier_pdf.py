"""The status dossier as PDF: every word is there as it was given, everybody can read it, and nothing is cut."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import pytest
from pypdf import PdfReader

from papers import dossier, typesetting
from papers.dossier import Count, Dossier, Fact, Field, Figure, Goal, Labels, Light, Measure, Section, Standing
from tests.papers.paper_reading import catalogue, pages, placed, says, structure

MADE_AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
HOSTILE = '*fett* #let x = 1 $y$ <b>&amp; \\ "Zitat" `code` _kursiv_ = Titel @ref // weg [Klammer] ~ \' {x}'
STANDING = Standing("yellow", "gelb", 43, (Count("green", 3), Count("yellow", 2), Count("red", 0), Count("grey", 1)))
LABELS = Labels(
    number="Nr.",
    measure="Vorhaben",
    measures="Alle Vorhaben",
    responsible="Verantwortlich",
    due="Termin",
    expected="voraussichtlich",
    standing="Stand",
    reported="Stand vom",
    progress="Fortschritt",
    overall="Alles zusammen",
    overview="Überblick",
    field="Feld",
    annex="Anhang",
    page="Seite",
    pages="von",
)
MEASURE = Measure(
    number="M12",
    title="Radweg am Kanal",
    light="red",
    status="blockiert",
    percent=37,
    company="Stahl GmbH",
    person="Erika Beispiel",
    due="31.12.2026",
    expected="31.03.2027",
    reported="19.11.2026",
    stale="vor mehr als 90 Tagen",
    note="»Gutachten fehlt«",
    evidence="Nachweis: Foto",
    help="Hilfe gesucht",
)


def made(*fields: Field, **changes: object) -> Dossier:
    whole = Dossier(
        language="de",
        alliance="Allianz Beispielstadt",
        title="Zwischenstand",
        subtitle="Herbstsitzung am 3. Dezember 2026",
        stand="Stand: heute",
        copy="Fassung für die Mitglieder",
        facts=(Fact("Ort", "Rathaus"),),
        standing=STANDING,
        figures=(Figure("Rückmeldungen", "21 von 24", "ohne Pausierende", 87), Figure("Unverändert", "5")),
        rule="Rot ist rot.",
        legend=(Light("green", "grün"), Light("grey", "grau")),
        fields=fields,
        empty_fields="Noch leer: Tourismus.",
        changes=Section("Geändert", ("Nr.", "Was", "vorher", "jetzt"), (("M1", "Messe", "20 %", "60 %"),), "Seit Mai"),
        amendments=None,
        decisions=None,
        owed=None,
        labels=LABELS,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # a test names what it changes


def field(*measures: Measure, title: str = "Fachkräfte") -> Field:
    return Field(title, "Themengruppe 3", STANDING, f"{len(measures)} Maßnahmen", (Goal(measures=measures),))


@lru_cache
def pdf(whole: Dossier) -> bytes:
    return dossier.as_pdf(whole, MADE_AT)


def test_every_value_is_in_the_paper() -> None:
    goals = (
        Goal("Junge Leute gewinnen", "Strategisch", False, STANDING),
        Goal("Messe ausbauen", "Operativ", True, STANDING, (MEASURE,)),
    )
    paper = pdf(made(Field("Fachkräfte", "Themengruppe 3", STANDING, "eine Maßnahme", goals)))
    values = [str(value) for value in vars(MEASURE).values() if value not in {"red", 37}]
    assert says(paper, "Allianz Beispielstadt", "Herbstsitzung am 3. Dezember 2026", "Rathaus", "21 von 24", *values)
    assert says(paper, "37 %", "43 %", "Noch leer: Tourismus.", "Rot ist rot.", *(goal.title for goal in goals))
    assert says(paper, "Fassung für die Mitglieder", "Stand: heute", "Geändert", "Seit Mai", "20 %", "60 %")


def test_markup_appears_as_it_was_written() -> None:
    hostile = replace(MEASURE, title=HOSTILE, note=HOSTILE, company=HOSTILE, evidence=HOSTILE)
    section = Section(HOSTILE, (HOSTILE,) * 4, ((HOSTILE,) * 4,), HOSTILE)
    paper = pdf(made(field(hostile, title=HOSTILE), title=HOSTILE, alliance=HOSTILE, changes=section))
    assert "".join(pages(paper)).count("#letx=1$y$<b>&amp;\\") >= 12
    assert says(paper, HOSTILE)
    assert PdfReader(io.BytesIO(paper)).metadata.title == HOSTILE  # type: ignore[union-attr]


def test_one_emoji_does_not_cost_the_dossier() -> None:
    paper = pdf(made(field(replace(MEASURE, note="Läuft 👍🏽 gut", company="北京\x00 GmbH\ue000"))))
    assert says(paper, "Läuft  gut")


def test_lights_among_words_are_drawn() -> None:
    paper = pdf(
        made(field(replace(MEASURE, note="● ◐ ▲ ○ steht davor")), rule="Rot ▲, gelb ◐", title="◐ Zwischenstand")
    )
    assert says(paper, "steht davor", "Rot , gelb ")


def test_it_is_tagged_for_screen_readers_and_for_the_archive() -> None:
    paper = pdf(made(field(MEASURE)))
    root = catalogue(paper)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de-DE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1<" in metadata
    assert "<pdfaid:part>2<" in metadata
    assert "<pdfaid:conformance>A<" in metadata


def test_headings_and_heads_of_columns_are_marked_as_such() -> None:
    kinds = Counter(kind for kind, _ in structure(pdf(made(field(MEASURE)))))
    assert kinds["H1"] == 3  # the cover, a field, the annex
    assert kinds["TH"] >= 4 + 6 + 4
    assert kinds["Table"] == 3


def test_english_papers_say_so() -> None:
    paper = pdf(made(field(MEASURE), language="en"))
    assert catalogue(paper)["/Lang"] == "en-GB"
    assert "37%" in "".join(pages(paper))


def test_the_same_values_and_time_give_the_same_bytes() -> None:
    assert pdf(made(field(MEASURE))) == dossier.as_pdf(made(field(MEASURE)), MADE_AT)
    assert pdf(made(field(MEASURE))) != dossier.as_pdf(made(field(MEASURE)), datetime(2027, 1, 1, tzinfo=UTC))


def test_each_field_has_a_page_and_the_cover_says_which() -> None:
    named = pages(pdf(made(*(field(MEASURE, title=f"Themenfeld {name}") for name in "ABCDE"))))
    assert len(named) == 1 + 5 + 1
    assert ["ThemenfeldC" in page for page in named] == [True, False, False, True, False, False, False]
    assert "Seite4von7" in named[3]


def test_a_plan_without_measures_is_a_paper_too() -> None:
    nothing = Section("Geändert", ("Nr.", "Was", "vorher", "jetzt"), (), "Nichts geändert.")
    empty = Standing("grey", "grau", 0, ())
    figures = (Figure("Antworten", "0 von 0", "", 0), Figure("Fest", "0"))
    paper = pdf(made(standing=empty, figures=figures, changes=nothing))
    assert says(paper, "Nichts geändert.", "0 %")


def test_the_page_for_the_office_is_only_in_its_copy() -> None:
    rows = (("Max Muster", "Logistik KG", "02041 1", "M3", "vor 12 Tagen"),)
    heads = ("Name", "Firma", "Tel.", "Offen", "Kontakt")
    owed = Section("Nur für die Geschäftsstelle", heads, rows, "Vertraulich", "Wer")
    assert says(pdf(made(field(MEASURE), owed=owed)), "Nur für die Geschäftsstelle", "Wer", *rows[0])
    assert not says(pdf(made(field(MEASURE))), "Max Muster")


def test_six_hundred_measures_are_all_there_under_repeated_heads() -> None:
    many = tuple(replace(MEASURE, number=f"M{number}") for number in range(1000, 1600))
    told = pages(pdf(made(field(*many))))
    whole = "".join(told)
    assert all(f"M{number}" in whole for number in range(1000, 1600))
    assert all("Verantwortlich" in page for page in told[1:-1])
    assert len(told) > 30


LONG = "Sehr ausführlich wird hier beschrieben, woran es liegt. " * 70 + "ENDE"
BROAD = ("Donaudampfschifffahrt" * 40, "https://example.org/" + "ordner/" * 60, "x" * 900)


def test_whatever_the_length_nothing_leaves_the_page() -> None:
    told = [replace(MEASURE, title=words[:300], note=words, company=words[:300]) for words in (LONG, *BROAD)]
    section = Section("Lang", ("a", "b", "c", "d"), (("M1", LONG, *BROAD[:2]), ("M2", *BROAD)), BROAD[0])
    paper = pdf(made(field(*told, title=BROAD[0][:200]), changes=section))
    whole = "".join(pages(paper))
    assert whole.count("ENDE") == 2
    assert whole.count("x") >= 900 * 2 + 300 * 2  # as a note and in the table; as a title and a company
    assert whole.count("/") >= 60 * 4
    for run in placed(paper):
        assert 40 < run.x < run.width - 40, run
        assert 20 < run.y < run.height - 20, run


def test_a_paper_that_cannot_be_set_is_named_without_what_it_says() -> None:
    with pytest.raises(typesetting.TypesettingError) as raised:
        pdf(made(field(replace(MEASURE, light="blue", title="Geheim"))))
    assert str(raised.value) == "dossier"
    assert "Geheim" not in repr(raised.value.__cause__)


def test_a_row_is_not_parted_over_two_pages() -> None:
    many = tuple(replace(MEASURE, number=f"M{number}", evidence=f"Nachweis {number}") for number in range(100, 160))
    for page in pages(pdf(made(field(*many)))):
        assert sum(f"M{number}Radweg" in page for number in range(100, 160)) == page.count("Nachweis")
