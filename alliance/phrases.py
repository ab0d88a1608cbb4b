"""Short phrases that several notes share: a measure's name, its standing, how long ago."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import texts
from alliance.intents import Report, Status
from store.tables import Measure
from texts import say


def measure_title(measure: Measure) -> str:
    """»M12 Radweg am Kanal«."""
    return f"M{measure.number} {measure.title}"


def status_word(language: str, status: str) -> str:
    """»läuft«; a status this code does not know is shown as stored."""
    return say(language, f"status-{status}") if status in set(Status) else status


def ago(language: str, then: datetime, now: datetime, zone: ZoneInfo) -> str:
    """»heute«, »gestern«, »vor 12 Tagen«, by calendar days."""
    days = (now.astimezone(zone).date() - then.astimezone(zone).date()).days
    return say(language, "all-phrase-ago", days=max(days, 0))


def last_report(language: str, measure: Measure, now: datetime, zone: ZoneInfo) -> str:
    """When the measure was last reported on."""
    if measure.reported_at is None:
        return say(language, "all-phrase-never-reported")
    return say(language, "all-phrase-last-report", ago=ago(language, measure.reported_at, now, zone))


def understood(language: str, report: Report) -> str:
    """What was understood of one report: »60 %, verzögert, voraussichtlich bis Mittwoch, 31. März 2027«."""
    parts = [say(language, "all-phrase-unchanged")] if report.unchanged else []
    if report.percent is not None:
        parts.append(f"{report.percent} %")
    if report.status:
        parts.append(status_word(language, report.status))
    if report.expected:
        parts.append(say(language, "all-phrase-expected", day=texts.day(language, report.expected)))
    if report.help_wanted:
        parts.append(say(language, "all-phrase-help"))
    if report.text and not report.unchanged:
        parts.append(say(language, "all-phrase-quote", text=report.text))
    return ", ".join(parts)


def due_line(language: str, due: date) -> str:
    """»Termin: 3. Dezember 2026«."""
    return say(language, "all-phrase-due", day=texts.short_day(language, due))


def expected_line(language: str, expected: date) -> str:
    """»Voraussichtlich fertig: 31. März 2027«."""
    return say(language, "member-card-expected", day=texts.short_day(language, expected))


def milestone(entry: Mapping[str, Any]) -> str:
    """»✓ Ausschreibung (30.06.2027)«, as it is kept in :class:`store.tables.Measure`."""
    day = f" ({date.fromisoformat(entry['due']):%d.%m.%Y})" if entry["due"] else ""
    return f"{'✓ ' if entry['done'] else ''}{entry['title']}{day}"


def measure_numbers(language: str, numbers: Iterable[int]) -> str:
    """»M1, M2 und M3«."""
    return listing(language, [f"M{number}" for number in numbers])


def listing(language: str, names: list[str]) -> str:
    """»M1, M2 und M3«."""
    if len(names) < 2:
        return "".join(names)
    return say(language, "all-phrase-and", first=", ".join(names[:-1]), last=names[-1])
