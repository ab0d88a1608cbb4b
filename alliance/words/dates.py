"""A small German and English grammar for a day; it refuses rather than guesses."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from alliance.words.cleaning import fold, spellings

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
    "/zehn ten/elf eleven/zwölf twelve/dreizehn thirteen/vierzehn fourteen/fünfzehn fifteen/sechzehn sixteen"
    "/siebzehn seventeen/achtzehn eighteen/neunzehn nineteen/zwanzig twenty",
    1,
)
ORDINALS = _numbered(
    "ersten erste erstes first/zweiten zweite zweites second/dritten dritte drittes third/vierten fourth", 1
)
ALL_WEEKDAYS = WEEKDAYS | SHORT_WEEKDAYS

_MONTH = rf"(?P<month>{_any_of(MONTHS)})\.?"
_WEEKDAY = rf"(?P<weekday>{_any_of(WEEKDAYS)})"
_YEAR = r"(?:,? ?(?P<year>20\d\d))?"
_COUNT = rf"(?P<count>\d{{1,3}}|{_any_of(NUMBERS)})"
_WHERE = r"(?P<where>anfang|mitte|ende|beginning of|early|middle of|mid|end of|end|late)"
_BEGINNINGS = {"anfang", "beginning of", "early"}
_NEXT = r"(?:nae?chste[rnsm]?|kommende[rnsm]?|next|coming)"
_THIS = r"(?:diese[rnsm]?|this)"
_THE = r"(?:des |der |dem |the )?"

_BEFORE = re.compile(
    r"^(?:(?:bis|spae?testens|zum|zu|am|den|der|dem|until|till|til|by|on|the|ca\.?|circa|etwa|voraussichtlich"
    r"|einschlie(?:ss|s)lich|including|through)[ ,]+){0,6}"
)
_AFTER = re.compile(r"(?:[ ,]+(?:bitte|danke|please|thanks|thank you|einschliesslich|inklusive|inclusive))?[ .!]*$")
_NAMED_DAY = re.compile(rf"^(?P<name>{_any_of(ALL_WEEKDAYS)})\.?(?:,? (?:den|dem|der|the) |, ?|(?<=\.) | )(?=\d)")

Rule = Callable[[re.Match[str], date], date | None]
Grammar = tuple[tuple[re.Pattern[str], Rule], ...]


def understand_deadline(text: str, today: date) -> date | None:
    """The day by which something is to be done: the one that ``text`` names, or the last of the time that it names.

    »Mai« ends on the 31st, »nächste Woche« on its Friday, »Q2« with June.
    """
    return understand_day(text, today) or _read(_bare(text), today, PERIODS)


def understand_day(text: str, today: date) -> date | None:
    """The one day that ``text`` names, as seen on ``today``; None when it names none, several or a vague time.

    A day without a year is the next such day, today included; a weekday is the next one after today. Weeks are
    ISO 8601 weeks and end for us on Friday. A year that is written is kept, even if the day is past.
    """
    phrase = _bare(text)
    named = _NAMED_DAY.match(phrase)
    if not named:
        return _read(phrase, today)
    day = _read(phrase[named.end() :], today)
    return day if day and day.weekday() == ALL_WEEKDAYS[named["name"]] else None


def _bare(text: str) -> str:
    """The words without those that only lead to a day; nothing of a phrase that is too long for one."""
    words = " ".join(fold(text).split())
    return "" if len(words) > PHRASE else _AFTER.sub("", _BEFORE.sub("", words))


def _read(phrase: str, today: date, grammar: Grammar | None = None) -> date | None:
    """The first rule that fits the whole phrase decides; an impossible day is none."""
    for pattern, rule in grammar or GRAMMAR:
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
    return date(year, 1, 1) if found["where"] in _BEGINNINGS else date(year, 12, 31)


def _month_or_figure(found: re.Match[str], today: date) -> date | None:
    """»März«, »März 2027«, »3/2027«: the end of the month."""
    if found["which"]:
        return _part(int(found["which"]), int(found["m"]), "ende")
    month, year = MONTHS[found["month"]], int(found["year"] or today.year)
    day = _part(year, month, "ende")
    return _part(year + 1, month, "ende") if day < today and not found["year"] else day


def _end_of_share(months: int) -> Rule:
    """The end of the nth quarter (3 months) or half (6 months) of a year."""

    def rule(found: re.Match[str], today: date) -> date | None:
        month = months * ORDINALS.get(found["nth"], 0) or months * int(found["nth"])
        day = _part(int(found["year"] or today.year), month, "ende")
        return _part(today.year + 1, month, "ende") if day < today and not found["year"] else day

    return rule


def _middle_of_year(found: re.Match[str], _today: date) -> date | None:
    return date(int(found["which"]), 6, 30)


def _end_of_next_quarter(_found: re.Match[str], today: date) -> date | None:
    month = _months_later(today.replace(day=1), 3 - (today.month - 1) % 3 + 2)
    return _part(month.year, month.month, "ende")


def _feast(found: re.Match[str], today: date) -> date | None:
    """The feast's own day, or the workday before it that "vor" means; this year's or the next one's."""
    for year in (int(found["year"]),) if found["year"] else (today.year, today.year + 1):
        day = FEASTS[found["feast"]](year)
        if day >= today or found["year"]:
            return day - timedelta(3 if found["before"] and day.weekday() == 6 else bool(found["before"]))
    return None


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Gauss as amended by Lichtenberg (1997)."""
    century = year // 100
    moon_equation = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun_equation = 2 - (3 * century + 3) // 4
    cycle = year % 19
    moon = (19 * cycle + moon_equation) % 30
    full_moon = 21 + moon - (moon + cycle // 11) // 29
    sunday = 7 - (year + year // 4 + sun_equation) % 7
    return date(year, 3, 1) + timedelta(full_moon + 7 - (full_moon - sunday) % 7 - 1)


FEASTS: dict[str, Callable[[int], date]] = {
    "ostern": _easter,
    "easter": _easter,
    "pfingsten": lambda year: _easter(year) + timedelta(49),
    "weihnachten": lambda year: date(year, 12, 24),
    "christmas": lambda year: date(year, 12, 24),
    "heiligabend": lambda year: date(year, 12, 24),
    "silvester": lambda year: date(year, 12, 31),
    "jahreswechsel": lambda year: date(year, 12, 31),
    "neujahr": lambda year: date(year, 1, 1),
}


def _dated(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return date(today.year + ((month, day) < (today.month, today.day)), month, day)


def _part(year: int, month: int, where: str) -> date:
    if where in _BEGINNINGS:
        return date(year, month, 1)
    return date(year, month, 15 if where.startswith("mi") else calendar.monthrange(year, month)[1])


def _months_later(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _within(day: date, today: date) -> date | None:
    return day if (day - today).days <= LONGEST else None


_UNIT = r"(?P<unit>tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?|days?|weeks?|months?|years?)"
_ENDE = r"(?:ende|end of)"

GRAMMAR: Grammar = tuple(
    (re.compile(pattern, re.ASCII), rule)
    for pattern, rule in (
        (r"(?P<iso>20\d\d-\d\d-\d\d)", _iso),
        (r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})(?:\. ?(?P<y>20\d\d|\d\d)?)?", _numeric),
        (rf"(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)? ?(?:of )?{_MONTH}{_YEAR}", _month_day),
        (rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}", _month_day),
        (rf"{_WHERE}[ -]{_THE}(?:monat )?{_MONTH}{_YEAR}", _part_of_month),
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
        (rf"{_ENDE} {_THE}{_NEXT} (?:woche|week)", _end_of_week(1)),
        (rf"{_ENDE} (?:{_THE}|{_THIS} )(?:laufenden )?(?:monats?|month)|monatsende|month end", _end_of_month(0)),
        (rf"{_ENDE} {_THE}{_NEXT} (?:monats?|month)", _end_of_month(1)),
        (rf"(?:{_ENDE} )?{_THE}(?:q(?P<q>[1-4])|(?P<nth>[1-4])\. ?quartals?)(?: ?/ ?|,? )?(?P<year>20\d\d)?", _quarter),
        (rf"{_ENDE} (?:{_THE}|{_THIS} )(?:laufenden )?(?:quartals?|quarter)|quartalsende", _end_of_quarter),
        (rf"{_ENDE} (?:{_THE}|{_THIS} )(?:laufenden )?(?:jahre?s?|year)|jahresende|year end", _end_of_year(0)),
        (rf"{_ENDE} {_THE}{_NEXT} (?:jahre?s?|year)", _end_of_year(1)),
        (rf"(?:zu )?(?P<before>)(?P<feast>{'|'.join(FEASTS)}) ?(?P<year>20\d\d)?", _feast),
        (r"(?P<where>anfang|ende|beginning of|early|end of|late) (?:des jahres )?(?P<which>20\d\d)", _part_of_year),
    )
)

_NTH = rf"(?P<nth>{_any_of(ORDINALS)}|[1-4](?=\.))\.?"
_OF_YEAR = r"(?:,? ?(?:of |des jahres )?(?P<year>20\d\d))?"

# what ends with its last day
PERIODS: Grammar = tuple(
    (re.compile(pattern, re.ASCII), rule)
    for pattern, rule in (
        (rf"(?:im |in |laufe |des )*(?:{_MONTH}{_YEAR}|(?P<m>0?[1-9]|1[0-2]) ?/ ?(?P<which>20\d\d))", _month_or_figure),
        (rf"(?:im |in )?(?:{_ENDE} )?{_THE}{_NTH} (?:quartals?|quarter){_OF_YEAR}", _end_of_share(3)),
        (rf"(?:im |in )?(?:{_ENDE} )?{_THE}{_NTH} (?:halbjahre?s?|half(?: year)?){_OF_YEAR}", _end_of_share(6)),
        (r"(?:mitte|mid|middle of)[ -](?:des jahres )?(?P<which>20\d\d)", _middle_of_year),
        (rf"(?:in |im )?{_THE}{_NEXT} (?:woche|week)", _end_of_week(1)),
        (rf"(?:noch )?(?:in |im )?{_THIS} (?:woche|week)", _end_of_week(0)),
        (rf"(?:in |im )?{_THE}{_NEXT} (?:monats?|month)", _end_of_month(1)),
        (rf"(?:noch )?(?:in |im )?{_THIS} (?:monats?|month)", _end_of_month(0)),
        (rf"(?:in |im )?(?:{_ENDE} )?{_THE}{_NEXT} (?:quartals?|quarter)", _end_of_next_quarter),
        (rf"(?:noch )?(?P<before>vor |before )?(?:zu )?(?P<feast>{'|'.join(FEASTS)}) ?(?P<year>20\d\d)?", _feast),
        (rf"noch {_COUNT} {_UNIT}", _in_count),
    )
)
