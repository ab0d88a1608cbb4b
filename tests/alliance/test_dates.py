"""Words to a day: what is read, what rolls on, and what is refused rather than guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.words.dates import understand_day, understand_deadline

SUNDAY = date(2026, 11, 22)

READ = {
    "15.08.": "2027-08-15",
    "15.8": "2027-08-15",
    "24.12.": "2026-12-24",
    "22.11.": "2026-11-22",
    "21.11.": "2027-11-21",
    "15.8.2027": "2027-08-15",
    "15. 8. 2027": "2027-08-15",
    "15.8.27": "2027-08-15",
    "15.8.2020": "2020-08-15",
    "2027-08-15": "2027-08-15",
    "15. August": "2027-08-15",
    "15 August": "2027-08-15",
    "15. Aug. 2027": "2027-08-15",
    "15 August 2027": "2027-08-15",
    "August 15th, 2027": "2027-08-15",
    "15th of August": "2027-08-15",
    "3. Maerz": "2027-03-03",
    "Anfang März": "2027-03-01",
    "Mitte März": "2027-03-15",
    "Ende März": "2027-03-31",
    "Ende Marz": "2027-03-31",
    "ENDE MÄRZ 2028": "2028-03-31",
    "Ende Februar 2028": "2028-02-29",
    "Ende November": "2026-11-30",
    "end of march": "2027-03-31",
    "mid March": "2027-03-15",
    "beginning of march": "2027-03-01",
    "Ende des Monats": "2026-11-30",
    "Monatsende": "2026-11-30",
    "Ende nächsten Monats": "2026-12-31",
    "Ende des Jahres": "2026-12-31",
    "Jahresende": "2026-12-31",
    "end of the year": "2026-12-31",
    "Ende nächsten Jahres": "2027-12-31",
    "Ende 2027": "2027-12-31",
    "Anfang 2027": "2027-01-01",
    "KW 12": "2027-03-26",
    "KW12/2028": "2028-03-24",
    "Ende KW 48": "2026-11-27",
    "KW 53": "2027-01-01",
    "week 12": "2027-03-26",
    "heute": "2026-11-22",
    "morgen": "2026-11-23",
    "übermorgen": "2026-11-24",
    "uebermorgen": "2026-11-24",
    "tomorrow": "2026-11-23",
    "the day after tomorrow": "2026-11-24",
    "Freitag": "2026-11-27",
    "nächsten Freitag": "2026-11-27",
    "kommenden Freitag": "2026-11-27",
    "next friday": "2026-11-27",
    "Tuesday": "2026-11-24",
    "Sonntag": "2026-11-29",
    "nächste Woche Mittwoch": "2026-11-25",
    "Freitag nächster Woche": "2026-11-27",
    "Ende nächster Woche": "2026-11-27",
    "Freitag, den 27.11.": "2026-11-27",
    "Fr. 27.11.": "2026-11-27",
    "in zwei Wochen": "2026-12-06",
    "in 10 Tagen": "2026-12-02",
    "in einem Monat": "2026-12-22",
    "in two weeks": "2026-12-06",
    "two weeks from now": "2026-12-06",
    "heute in einer Woche": "2026-11-29",
    "Q2": "2027-06-30",
    "2. Quartal 2027": "2027-06-30",
    "Ende des Quartals": "2026-12-31",
    "Quartalsende": "2026-12-31",
    "bis zum 15.08.": "2027-08-15",
    "bis einschließlich 15.8.2027": "2027-08-15",
    "bis spätestens Ende März, bitte": "2027-03-31",
    "until Friday, please": "2026-11-27",
    "voraussichtlich Ende Mai": "2027-05-31",
}

REFUSED = """
|bald|später|irgendwann|demnächst|nach den Ferien|vor Weihnachten|Sommer|Mai|im Mai|nächste Woche|nächsten Monat
|nächstes Jahr|Mitte 2027|Wochenende|15.|am 15.|so|Mo|diesen Freitag vor|ab morgen|nach dem 15.8.|vor dem 15.8.
|15.8. oder 16.8.|15.8. bis 20.8.|30.2.|30.2.2027|29.2.|31.4.|32.1.|1.13.|99.99.|2027-02-30|KW 54|KW 0|KW 53/2027
|Freitag in zwei Wochen|Mo 27.11.|Freitag, 28.11.|in 4000 Tagen|in 500 Monaten|in ein paar Tagen|80 %|60|12 Uhr
|12.500|Version 2.1 ist fertig|Haus Nr. 12.3|Herr Mai hat angerufen|Tel. 0231 12.34.56|guten Morgen|morgens
|8/15/2027|3/4/2027|15.8.1999|bis bis bis bis bis bis bis bis bis bis bis bis bis bis bis bis bis bis bis bis 15.8.
"""


@pytest.mark.parametrize(("words", "day"), READ.items())
def test_a_named_day_is_read(words: str, day: str) -> None:
    assert understand_day(words, SUNDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("words", REFUSED.split("|"))
def test_what_names_no_single_day_is_refused(words: str) -> None:
    assert understand_day(words, SUNDAY) is None


def test_a_weekday_named_on_that_weekday_is_a_week_ahead() -> None:
    friday = date(2026, 11, 27)
    assert understand_day("Freitag", friday) == friday + timedelta(7)


def test_this_friday_is_refused_once_it_is_past() -> None:
    assert understand_day("diesen Freitag", date(2026, 11, 25)) == date(2026, 11, 27)
    assert understand_day("diesen Freitag", date(2026, 11, 28)) is None


@pytest.mark.fault(13)
def test_the_29th_of_february_is_a_day_only_in_a_leap_year() -> None:
    assert understand_day("29.2.", date(2028, 1, 10)) == date(2028, 2, 29)
    assert understand_day("29.2.", date(2027, 11, 1)) == date(2028, 2, 29)
    assert understand_day("29.2.", date(2028, 3, 1)) is None


def test_in_a_month_from_the_31st_is_the_last_day_of_a_short_month() -> None:
    assert understand_day("in einem Monat", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("today", "words", "day"),
    [
        (date(2026, 12, 31), "KW 1", date(2027, 1, 8)),
        (date(2027, 1, 1), "KW 53", date(2027, 1, 1)),
        (date(2027, 1, 2), "KW 53", None),
        (date(2026, 12, 31), "morgen", date(2027, 1, 1)),
        (date(2026, 12, 31), "1.1.", date(2027, 1, 1)),
        (date(2026, 12, 31), "Ende nächsten Monats", date(2027, 1, 31)),
    ],
)
@pytest.mark.fault(13)
def test_the_turn_of_the_year_is_no_trap(today: date, words: str, day: date | None) -> None:
    assert understand_day(words, today) == day


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)), st.integers(0, 364))
def test_a_day_within_a_year_is_read_in_every_usual_form(today: date, ahead: int) -> None:
    day = today + timedelta(ahead)
    for form in ("%d.%m.", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y"):
        assert understand_day(day.strftime(form), today) == day


@given(st.text(), st.dates())
def test_any_text_is_a_day_or_none(words: str, today: date) -> None:
    assert understand_day(words, today) is None or understand_day(words, today)


ENDS = {
    "Mai": "2027-05-31",
    "im Februar 2028": "2028-02-29",
    "November": "2026-11-30",
    "12/2026": "2026-12-31",
    "im zweiten Quartal": "2027-06-30",
    "Ende 3. Quartal": "2027-09-30",
    "second quarter of 2028": "2028-06-30",
    "nächsten Quartal": "2027-03-31",
    "im ersten Halbjahr 2027": "2027-06-30",
    "Mitte 2027": "2027-06-30",
    "nächste Woche": "2026-11-27",
    "nächsten Monat": "2026-12-31",
    "Ostern": "2027-03-28",
    "vor Ostern": "2027-03-25",
    "Pfingsten": "2027-05-16",
    "Weihnachten": "2026-12-24",
    "vor Weihnachten": "2026-12-23",
    "by Easter 2028": "2028-04-16",
    "Silvester": "2026-12-31",
    "noch zwei Wochen": "2026-12-06",
    "Ende März": "2027-03-31",
    "early 2027": "2027-01-01",
    "late March": "2027-03-31",
}


@pytest.mark.parametrize(("words", "day"), ENDS.items())
def test_a_time_that_something_is_done_by_ends_with_its_last_day(words: str, day: str) -> None:
    assert understand_deadline(words, SUNDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "words", ["", "bald", "Sommer", "13/2026", "5. Quartal", "nächstes Jahr", "Mai GmbH", "Karneval"]
)
def test_no_deadline_is_made_of_a_vague_time(words: str) -> None:
    assert understand_deadline(words, SUNDAY) is None


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1954, "04-18"), (2000, "04-23"), (2024, "03-31"), (2025, "04-20"), (2027, "03-28"), (2038, "04-25")],
)
def test_easter_is_where_the_calendar_has_it(year: int, sunday: str) -> None:
    day = date.fromisoformat(f"{year}-{sunday}")
    assert understand_deadline("Ostern", day) == day
