"""What is said: Project Fluent texts in German and English, dates and numbers as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.runtime.resolver import Pattern
from fluent.syntax.ast import Identifier, Placeable, TextElement, VariableReference

LANGUAGES = ("de", "en")
# Fluent refuses longer arguments, against texts that multiply themselves; ours do not, and minutes are long
LONGEST = resolver.MAX_PART_LENGTH = 100_000
_ENTRY = re.compile("^(?=[a-zA-Z#])", re.MULTILINE)  # goes on in indented lines (Fluent Syntax 1.0)
_FOLDER = Path(__file__).parent
_LOCALES = {"de": "de_DE", "en": "en_GB"}


class MissingText(LookupError):
    """A text or one of its arguments is missing; this is our mistake, never the reader's."""


def say(language: str, key: str, **values: str | int) -> str:
    """The text ``key`` in ``language`` with its placeholders filled. Raises MissingText."""
    return _plain(language, key) if not values else _say(language, key, values)


def known(language: str, key: str, otherwise: str) -> str:
    """The text of a key that comes out of the database, and that a newer version may have written."""
    try:
        return say(language, key)
    except MissingText:
        return otherwise


@lru_cache(maxsize=2048)
def _plain(language: str, key: str) -> str:
    return _say(language, key, {})


def _say(language: str, key: str, values: dict[str, str | int]) -> str:
    parts = [values.get(part) if is_name else part for part, is_name in _parts(language, key)]
    if parts and all(type(part) is str for part in parts) and len(said := "".join(map(str, parts))) <= LONGEST:
        return said
    formatted, errors = _bundle(language).format_pattern(_pattern(language, key), values)
    if errors:
        raise MissingText(f"text {key!r} in {language!r}: {errors[0]}")
    return str(formatted)


def _pattern(language: str, key: str) -> Pattern:
    bundle = _bundle(language)
    if not bundle.has_message(key):
        if key not in _written(language):
            raise MissingText(f"no text {key!r} in {language!r}")
        bundle.add_resource(FluentResource(_written(language)[key]))
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise MissingText(f"text {key!r} in {language!r} is empty")
    return pattern


@lru_cache(maxsize=4096)
def _parts(language: str, key: str) -> tuple[tuple[str, bool], ...]:
    """A text's words and the names between them, each with whether it is a name; () for one that is more than that.

    Numbers and cases are Fluent's; words put one after the other need none of it.
    """
    parts: list[tuple[str, bool]] = []
    pattern = _pattern(language, key)
    for element in getattr(pattern, "elements", [pattern]):  # words alone are no pattern
        match element:
            case TextElement():
                parts.append((element.value, False))
            case Placeable(expression=VariableReference(id=Identifier(name=name))):
                parts.append((name, True))
            case _:
                return ()
    return tuple(parts)


@lru_cache
def _bundle(language: str) -> FluentBundle:
    """Texts are parsed when they are first said: all of them would take half a second and much memory."""
    return FluentBundle([_LOCALES[language]], use_isolating=False)


@lru_cache
def _written(language: str) -> dict[str, str]:
    """Each text by its key, as its file has it; none of them refers to another."""
    entries = [entry for file in files(language) for entry in _ENTRY.split(file.read_text(encoding="utf-8"))]
    return {entry.partition("=")[0].strip(): entry for entry in entries if entry[:1].isalpha()}


def files(language: str) -> list[Path]:
    """The files that hold the texts of one language."""
    return sorted(_FOLDER.glob(f"{language}.ftl")) + sorted(_FOLDER.glob(f"*.{language}.ftl"))


def day(language: str, value: date) -> str:
    """»Donnerstag, 3. Dezember 2026«."""
    return format_date(value, "EEEE, d. MMMM y" if language == "de" else "EEEE, d MMMM y", locale=_LOCALES[language])


def short_day(language: str, value: date) -> str:
    """»3. Dezember 2026«."""
    return format_date(value, "d. MMMM y" if language == "de" else "d MMMM y", locale=_LOCALES[language])


def day_of_year(language: str, value: date) -> str:
    """»3. Dezember«, where the year is plain."""
    return format_date(value, "d. MMMM" if language == "de" else "d MMMM", locale=_LOCALES[language])


def moment(language: str, value: datetime, zone: ZoneInfo) -> str:
    """»Donnerstag, 3. Dezember 2026, 9:00 Uhr«, in the zone's wall-clock time."""
    local = value.astimezone(zone)
    clock = format_time(local.timetz(), "H:mm", locale=_LOCALES[language])
    return f"{day(language, local.date())}, {clock}{' Uhr' if language == 'de' else ''}"
