"""The last day away that an automatic answer names."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.absence import back

SENT = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("Ich bin bis 15.12. im Urlaub.", date(2026, 12, 15)),
        ("Ich bin bis einschließlich 15.12.2026 nicht im Büro.", date(2026, 12, 15)),
        ("bis einschl. 15. Dezember außer Haus", date(2026, 12, 15)),
        ("Ich bin vom 23.11. bis zum 4.12. auf Dienstreise.", date(2026, 12, 4)),
        ("vom 1. bis 15. Dezember abwesend", date(2026, 12, 15)),
        ("Unser Büro ist vom 24.12. bis 3.1. geschlossen.", date(2027, 1, 3)),
        ("Abwesend 23.11. – 27.11.2026", date(2026, 11, 27)),
        ("Ab dem 16.12. bin ich wieder im Büro.", date(2026, 12, 15)),
        ("Am Montag, den 7. Dezember, bin ich wieder für Sie da.", date(2026, 12, 6)),
        ("Sie erreichen mich wieder ab 7.12.2026.", date(2026, 12, 6)),
        ("Ich bin im Urlaub und erst am 7.12. zurück.", date(2026, 12, 6)),
        ("Ab morgen wieder erreichbar.", SENT),
        ("Ich bin heute nicht im Büro.", SENT),
        ("Ich bin bis Freitag krank.", date(2026, 11, 27)),
        ("in Elternzeit bis 31. August 2027", date(2027, 8, 31)),
        ("Bin bis Ende November im Ausland.", date(2026, 11, 30)),
        ("Urlaub bis einschließlich KW 51", date(2026, 12, 20)),
        ("vom 2.11.2026 bis 6.11.2026 und vom 7.12.2026 bis 11.12.2026 abwesend", date(2026, 12, 11)),
        ("Ab KW 50 bin ich wieder da.", date(2026, 12, 6)),
        ("Urlaub bis 4.12. (Rückkehr am 7.12.)", date(2026, 12, 6)),
        ("Ich bin heute, am 24.11., im Termin und ab morgen wieder da.", SENT),
        ("Ich bin am 1.12. auf Messe und ab 3.12. wieder da.", date(2026, 12, 2)),
        ("I am out of the office until 15 December 2026.", date(2026, 12, 15)),
        ("I'm away until Friday, December 4th.", date(2026, 12, 4)),
        ("On leave from Nov 30 through Dec 4, 2026.", date(2026, 12, 4)),
        ("I will be back on Monday, January 4th.", date(2027, 1, 3)),
        ("I am travelling, returning 7 Dec.", date(2026, 12, 6)),
        ("I will not return until December 9, 2026.", date(2026, 12, 8)),
        ("Out until 12/15.", date(2026, 12, 15)),
        ("Out until 15/12/2026.", date(2026, 12, 15)),
        ("Out until 2026-12-15.", date(2026, 12, 15)),
        ("Bis 11.12. nicht da. Ab dem 14.12. bin ich wieder erreichbar.", date(2026, 12, 13)),
        ("bis 20. November und vom 7. bis 11. Dezember abwesend", date(2026, 12, 11)),
    ],
)
def test_a_day_is_understood(words: str, last: date) -> None:
    assert back(words, SENT) == last


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Ich bin zurzeit nicht im Büro.",
        "Ich bin bis auf Weiteres nicht erreichbar.",
        "Sie erreichen uns Montag bis Freitag von 8 bis 16 Uhr.",
        "Ich bin seit dem 1.10.2026 nicht mehr hier tätig.",
        "Ich bin ab 1. Dezember nicht mehr im Unternehmen.",
        "Ich war bis zum 20.11. im Urlaub.",
        "Out until 11/12.",
        "bis 31.02.",
        "Telefon 02041 15.12 bis 17",
    ],
)
def test_no_day_is_guessed(words: str) -> None:
    assert back(words, SENT) is None


def letter(body: str, subject: str = "Automatische Antwort: Sitzung") -> bytes:
    head = f"From: Erika Beispiel <erika@firma.example.com>\nSubject: {subject}\n"
    head += "Content-Type: text/plain; charset=utf-8\n\n"
    return (head + body).encode()


def test_what_is_quoted_does_not_count() -> None:
    body = "Ich bin bis 4.12. nicht im Büro.\n\nAm 24.11.2026 um 9:00 schrieb Zukunftsplan:\n> bis 15.12.\n> bitte\n"
    assert back(letter(body), SENT) == date(2026, 12, 4)
    assert back(letter(body.replace("bis 4.12. ", "")), SENT) is None


def test_the_subject_may_name_the_day() -> None:
    assert back(letter("Bitte wenden Sie sich an die Zentrale.", "Abwesend bis 4.12."), SENT) == date(2026, 12, 4)


def test_the_days_of_our_own_subject_are_not_theirs() -> None:
    subject = "Automatische Antwort: Stand bis 4.12. erbeten [ZP-abcdefghij234567]"
    assert back(letter("Ich bin nicht da.", subject), SENT) is None


def test_a_weekday_that_does_not_fit_its_day_is_overlooked() -> None:
    assert back("Ich bin bis Montag, 4.12.2026, im Urlaub.", SENT) == date(2026, 12, 4)


@given(st.one_of(st.text(), st.binary()))
def test_nothing_makes_it_raise(words: str | bytes) -> None:
    back(words, SENT)
    back(f"bis {words!r}", SENT)


@pytest.mark.parametrize("piece", ["bis ", "ab 1.1. ", "1.", "wieder ", "bis zum ", "1 - ", "return "])
def test_a_bomb_takes_no_time(piece: str) -> None:
    begun = time.process_time()
    back(piece * 100_000, SENT)
    back(letter(piece * 100_000), SENT)
    assert time.process_time() - begun < 2
