"""A small German and English grammar for a day; it refuses rather than guesses."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from alliance.cleaning import fold, spellings

PHRASE = 60  # characters; longer words name no day
LONGEST = 3 * 366  # days ahead; "in 4000 Tagen" is a slip of the finger


def _numbered(lines: str, start: int) -> dict[str, int]:
    """The words of each line, folded, numbered by line."""
    numbered = enumerate(lines.split("/"), start)
    return {key: number for number, line in numbered for word in line.split() for key in spellings(word)}


def _any_of(words: Mapping[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


MONTHS = _numbered(
    "januar jänner january jan jän/februar feber february feb/märz march mrz mär mar/april apr/mai may/juni june jun"
    "/juli july jul/august aug/september sept sep/oktober october okt oct/november nov/dezember december dez dec",
    1,
)
WEEKDAYS = _numbered(
    "montag monday mon/dienstag tuesday tue/mittwoch wednesday wed/donnerstag thursday thu/freitag friday fri"
    "/samstag sonnabend saturday sat/sonntag sunday",
    0,
)
SHORT_WEEKDAYS = _numbered("mo/di/mi/do/fr/sa/so", 0)
NUMBERS = _numbered(
    "einem einer ein eine one a an/zwei two/drei three/vier four/fünf five/sechs six/sieben seven/acht eight/neun nine"
    "/zehn ten/elf eleven/zwölf twelve",
    1,
)
_ALL_WEEKDAYS = WEEKDAYS | SHORT_WEEKDAYS

_MONTH = rf"(?P<month>{_any_of(MONTHS)})\.?"
_WEEKDAY = rf"(?P<weekday>{_any_of(WEEKDAYS)})"
_YEAR = r"(?:,? ?(?P<year>20\d\d))?"
_COUNT = rf"(?P<count>\d{{1,3}}|{_any_of(NUMBERS)})"
_WHERE = r"(?P<where>anfang|mitte|ende|beginning of|middle of|mid|end of)"
_NEXT = r"(?:nae?chste[rnsm]?|kommende[rnsm]?|next|coming)"
_THIS = r"(?:diese[rnsm]?|this)"
_THE = r"(?:des |der |dem |the )?"

_BEFORE = re.compile(
    r"^(?:(?:bis|spae?testens|zum|zu|am|den|der|dem|until|till|til|by|on|the|ca\.?|circa|etwa|voraussichtlich"
    r"|einschlie(?:ss|s)lich|including|through)[ ,]+){0,6}"
)
_AFTER = re.compile(r"(?:[ ,]+(?:bitte|danke|please|thanks|thank you|einschliesslich|inklusive|inclusive))?[ .!]*$")
_NAMED_DAY = re.compile(rf"^(?P<name>{_any_of(_ALL_WEEKDAYS)})\.?(?:,? (?:den|dem|der|the) |, ?|(?<=\.) | )(?=\d)")

Rule = Callable[[re.Match[str], date], date | None]


def understand_day(text: str, today: date) -> date | None:
    """The one day that ``text`` names, as seen on ``today``; None when it names none, several or a vague time.

    A day without a year is the next such day, today included; a weekday is the next one after today. Weeks are
    ISO 8601 weeks and end for us on Friday. A year that is written is kept, even if the day is past.
    """
    words = " ".join(fold(text).split())
    if len(words) > PHRASE:
        return None
    phrase = _AFTER.sub("", _BEFORE.sub("", words))
    named = _NAMED_DAY.match(phrase)
    if not named:
        return _read(phrase, today)
    day = _read(phrase[named.end() :], today)
    return day if day and day.weekday() == _ALL_WEEKDAYS[named["name"]] else None


def _read(phrase: str, today: date) -> date | None:
    """The first rule that fits the whole phrase decides; an impossible day is none."""
    for pattern, rule in GRAMMAR:
        found = pattern.fullmatch(phrase)
        if found:
            try:
                return rule(found, today)
            except (ValueError, OverflowError):
                return None
    return None


def _iso(found: re.Match[str], _today: date) -> date | None:
    return date.fromisoformat(found["iso"])


def _numeric(found: re.Match[str], today: date) -> date | None:
    return _dated(found["y"], int(found["m"]), int(found["d"]), today)


def _month_day(found: re.Match[str], today: date) -> date | None:
    return _dated(found["year"], MONTHS[found["month"]], int(found["d"]), today)


def _part_of_month(found: re.Match[str], today: date) -> date | None:
    month = MONTHS[found["month"]]
    year = int(found["year"]) if found["year"] else today.year
    day = _part(year, month, found["where"])
    return _part(year + 1, month, found["where"]) if day < today and not found["year"] else day


def _in_days(count: int) -> Rule:
    return lambda _found, today: today + timedelta(count)


def _in_count(found: re.Match[str], today: date) -> date | None:
    count = NUMBERS.get(found["count"]) or int(found["count"])
    match found["unit"][0]:
        case "t" | "d":
            return _within(today + timedelta(count), today)
        case "w":
            return _within(today + timedelta(7 * count), today)
        case "m":
            return _within(_months_later(today, count), today)
        case _:
            return _within(_months_later(today, 12 * count), today)


def _weekday(found: re.Match[str], today: date) -> date | None:
    ahead = (WEEKDAYS[found["weekday"]] - today.weekday()) % 7
    return today + timedelta(ahead or 7)


def _weekday_this_week(found: re.Match[str], today: date) -> date | None:
    day = _monday(today) + timedelta(WEEKDAYS[found["weekday"]])
    return day if day >= today else None


def _weekday_next_week(found: re.Match[str], today: date) -> date | None:
    return _monday(today) + timedelta(7 + WEEKDAYS[found["weekday"]])


def _week(found: re.Match[str], today: date) -> date | None:
    week, year = int(found["week"]), today.isocalendar().year
    if found["year"]:
        return date.fromisocalendar(int(found["year"]), week, 5)
    day = date.fromisocalendar(year, week, 5)
    return day if day >= today else date.fromisocalendar(year + 1, week, 5)


def _end_of_week(weeks: int) -> Rule:
    def rule(_found: re.Match[str], today: date) -> date | None:
        day = _monday(today) + timedelta(4 + 7 * weeks)
        return day if day >= today else None

    return rule


def _end_of_month(months: int) -> Rule:
    def rule(_found: re.Match[str], today: date) -> date | None:
        month = _months_later(today.replace(day=1), months)
        return _part(month.year, month.month, "ende")

    return rule


def _quarter(found: re.Match[str], today: date) -> date | None:
    month = 3 * int(found["q"] or found["nth"])
    day = _part(int(found["year"] or today.year), month, "ende")
    return _part(today.year + 1, month, "ende") if day < today and not found["year"] else day


def _end_of_quarter(_found: re.Match[str], today: date) -> date | None:
    return _part(today.year, (today.month + 2) // 3 * 3, "ende")


def _end_of_year(years: int) -> Rule:
    return lambda _found, today: date(today.year + years, 12, 31)


def _part_of_year(found: re.Match[str], _today: date) -> date | None:
    year = int(found["which"])
    return date(year, 1, 1) if found["where"] in {"anfang", "beginning of"} else date(year, 12, 31)


def _dated(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return date(today.year + ((month, day) < (today.month, today.day)), month, day)


def _part(year: int, month: int, where: str) -> date:
    if where in {"anfang", "beginning of"}:
        return date(year, month, 1)
    return date(year, month, 15 if where.startswith("mi") else calendar.monthrange(year, month)[1])


def _months_later(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _within(day: date, today: date) -> date | None:
    return day if (day - today).days <= LONGEST else None


_UNIT = r"(?P<unit>tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?|days?|weeks?|months?|years?)"
_ENDE = r"(?:ende|end of)"

GRAMMAR: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.ASCII), rule)
    for pattern, rule in (
        (r"(?P<iso>20\d\d-\d\d-\d\d)", _iso),
        (r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})(?:\. ?(?P<y>20\d\d|\d\d)?)?", _numeric),
        (rf"(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)? ?(?:of )?{_MONTH}{_YEAR}", _month_day),
        (rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}", _month_day),
        (rf"{_WHERE} {_THE}(?:monat )?{_MONTH}{_YEAR}", _part_of_month),
        (r"heute|today", _in_days(0)),
        (r"morgen|tomorrow", _in_days(1)),
        (r"ue?bermorgen|day after tomorrow", _in_days(2)),
        (rf"(?:heute )?(?:in|within|innerhalb von) (?:ca\.? |etwa )?{_COUNT} {_UNIT}", _in_count),
        (rf"{_COUNT} {_UNIT} from (?:now|today)", _in_count),
        (rf"(?:{_NEXT} )?{_WEEKDAY}", _weekday),
        (rf"{_THIS} {_WEEKDAY}", _weekday_this_week),
        (rf"{_NEXT} (?:woche|week)(?: am| on)? {_WEEKDAY}", _weekday_next_week),
        (rf"{_WEEKDAY} (?:{_NEXT} woche|next week|of next week)", _weekday_next_week),
        (
            rf"(?:{_ENDE} )?{_THE}(?:kw|kalenderwoche|week|cw) ?(?P<week>\d{{1,2}})(?: ?/ ?|,? )?(?P<year>20\d\d)?",
            _week,
        ),
        (rf"{_ENDE} (?:{_THE}|{_THIS} )(?:woche|week)", _end_of_week(0)),
        (rf"{_ENDE} {_NEXT} (?:woche|week)", _end_of_week(1)),
        (rf"{_ENDE} (?:{_THE}|{_THIS} )(?:laufenden )?(?:monats?|month)|monatsende|month end", _end_of_month(0)),
        (rf"{_ENDE} {_NEXT} (?:monats?|month)", _end_of_month(1)),
        (rf"(?:{_ENDE} )?{_THE}(?:q(?P<q>[1-4])|(?P<nth>[1-4])\. ?quartals?)(?: ?/ ?|,? )?(?P<year>20\d\d)?", _quarter),
        (rf"{_ENDE} (?:{_THE}|{_THIS} )(?:laufenden )?(?:quartals?|quarter)|quartalsende", _end_of_quarter),
        (rf"{_ENDE} (?:{_THE}|{_THIS} )(?:laufenden )?(?:jahre?s?|year)|jahresende|year end", _end_of_year(0)),
        (rf"{_ENDE} {_NEXT} (?:jahre?s?|year)", _end_of_year(1)),
        (r"(?P<where>anfang|ende|beginning of|end of) (?:des jahres )?(?P<which>20\d\d)", _part_of_year),
    )
)
