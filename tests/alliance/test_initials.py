"""Names in a text, in every way people write them, and what stands for them."""

from __future__ import annotations

import pytest

from alliance.words.initials import Names, initials

COMPANIES = ["Erika Beispiel GmbH", "Stahl GmbH", "Robin Änder"]
NAMES = Names(
    [
        "Erika Beispiel",
        "Dr. Max Muster",
        "Jürgen von der Mühlen-Straß",
        "Probe, Jutta",
        "Robin Änder",
        "Anna Maria Klein",
        "Geschäftsstelle",
        "Kowalczyk",
        "kim.vorlage",
    ],
    COMPANIES,
    words={"geschaeftsstelle", "muster"},
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nachricht von Erika Beispiel", "Nachricht von E. B."),
        ("Das war Erika Beispiel.", "Das war E. B."),
        ("Erika Beispiels Maßnahme", "E. B. Maßnahme"),
        ("ERIKA BEISPIEL, erika beispiel", "E. B., E. B."),
        ("Beispiel, Erika; Beispiel Erika", "E. B.; E. B."),
        ("Frau Beispiel und Herrn Dr. Muster", "Frau B. und Herrn Dr. M."),
        ("E. Beispiel und M. MUSTER", "E. B. und M. M."),
        ("Dr. Max Muster, Max P. Muster", "Dr. M. M., M. M."),
        ("Jürgen von der Mühlen-Straß", "J. v. d. M.-S."),
        ("Juergen von der Muehlen-Strass", "J. v. d. M.-S."),
        ("Jutta Probe (Stahl GmbH)", "J. P. (Stahl GmbH)"),
        ("Robin A\u0308nder", "R. Ä."),
        ("Anna Klein, Anna Maria Klein, A. M. Klein", "A. M. K., A. M. K., A. M. K."),
        ("Kowalczyk möchte mitmachen, kim.vorlage auch", "K. möchte mitmachen, K. V. auch"),
        ("Erika\nBeispiel", "E. B."),
    ],
)
def test_a_name_becomes_initials_however_it_is_written(text: str, shown: str) -> None:
    assert NAMES.shorten(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Zum Beispiel ein Muster zur Probe, klein angefangen",
        "Das Beispiel von Erika",
        "Die Geschäftsstelle meldet sich",
        "Frau klein",  # no capital: not a name after a form of address
        "Max-Muster-Straße, Max Muster-Schule",
        "Erika Beispielhaft",
        "Veronika Erika Beispielstadt",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert NAMES.shorten(text) == text


def test_a_company_keeps_its_name_even_if_it_holds_one() -> None:
    said = "Erika Beispiel, Erika Beispiel GmbH, fragt Erika Beispiel"
    assert NAMES.shorten(said) == "E. B., Erika Beispiel GmbH, fragt E. B."


def test_a_company_called_just_like_its_person_is_the_person() -> None:
    assert NAMES.shorten("Robin Änder (Robin Änder)") == "R. Ä. (R. Ä.)"


def test_ones_own_name_stays() -> None:
    assert NAMES.shorten("Erika Beispiel und Jutta Probe", {"Erika Beispiel"}) == "Erika Beispiel und J. P."


def test_marks_of_patterns_in_a_name_are_only_letters_of_it() -> None:
    name = r"Erika <b>&_*[]()~>#+-=|{}.! Beis(piel"
    assert initials(name) == "E. B. B."
    assert Names([name]).shorten(f"von {name} gemeldet") == "von E. B. B. gemeldet"


@pytest.mark.parametrize("name", ["", " ", "***", "…", "Dr.", ","])
def test_a_name_without_letters_hides_nothing_and_breaks_nothing(name: str) -> None:
    assert Names([name]).shorten("Guten Tag *** … Dr. ,") == "Guten Tag *** … Dr. ,"
