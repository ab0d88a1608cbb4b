"""Writes the parts of docs/datenschutz.md that the code knows best, and draws its picture of the flow of data.

.venv/bin/python -m docs.privacy
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import typst

from alliance import consents, privacy_notice
from alliance.house import House
from alliance.privacy.datamap import ENTRIES, Basis, Entry
from alliance.privacy.retention import RULES
from papers.typesetting import FONTS
from texts import say

FOLDER = Path(__file__).parent
PAGE = FOLDER / "datenschutz.md"
DRAWING = FOLDER / "datenschutz" / "datenfluss.typ"
PICTURE = DRAWING.with_suffix(".png")
SHARPNESS = 120  # pixels per inch
LANGUAGE = "de"
BLANK = "___"

_PART = re.compile(r"(<!-- erzeugt: (?P<name>\w+) -->\n).*?(<!-- ende -->)", re.DOTALL)


def main() -> None:
    """Write the page and the picture."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_bytes(typst.compile(str(DRAWING), format="png", ppi=SHARPNESS, font_paths=[str(FONTS)]))


def written(page: str) -> str:
    """The page with its generated parts as the code says them now. Raises KeyError for a part that is none."""
    parts = {"karte": _map, "fristen": _deadlines, "einwilligungen": _consents, "hinweis": _notice}
    return _PART.sub(lambda found: found[1] + "\n".join(parts[found["name"]]()) + "\n" + found[3], page)


def _map() -> Iterator[str]:
    """What is kept about people, by purpose and legal basis."""
    for basis in Basis:
        entries = [entry for entry in ENTRIES if entry.basis == basis]
        yield from (f"**{_sentence(entries[0].why(LANGUAGE))}**", "", *_table_of(entries), "")


def _table_of(entries: Iterable[Entry]) -> Iterator[str]:
    rows = ((entry.what(LANGUAGE), f"`{entry.table}`", _sentence(entry.end(LANGUAGE))) for entry in entries)
    return _table(("Was (so steht es in der Auskunft)", "Tabelle", "Bei LÖSCHEN"), rows)


def _deadlines() -> Iterator[str]:
    rows = (
        (rule.what(LANGUAGE), rule.span(LANGUAGE) or "unbefristet", rule.end(LANGUAGE), rule.why(LANGUAGE))
        for rule in RULES
    )
    return _table(("Was", "Wie lange", "Dann", "Warum"), rows)


def _consents() -> Iterator[str]:
    yield from (f"Fassung vom {consents.VERSION}:", "")
    for purpose in consents.PURPOSES:
        yield f"- »{_plain(say(LANGUAGE, f'guest-consent-{purpose}', **_house(purpose)))}«"


def _house(purpose: str) -> dict[str, str]:
    return {} if purpose == consents.DIGEST else {"house": BLANK}


def _notice() -> list[str]:
    """The notice of Art. 13 and 14 GDPR, as DATENSCHUTZ shows it."""
    blank = House(BLANK, "", "", ZoneInfo("Europe/Berlin"), controller=BLANK, officer=BLANK)
    paragraphs = privacy_notice.paragraphs(LANGUAGE, blank)
    return "\n>\n".join(f"> {_plain(paragraph)}" for paragraph in paragraphs).split("\n")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    yield from (f"| {' | '.join(map(_plain, row))} |" for row in rows)


def _plain(text: str) -> str:
    """Without the marks that Fluent sets around values."""
    return re.sub("[\u2068\u2069]", "", text)


def _sentence(text: str) -> str:
    """What stands behind »Wofür:« or »Beim Löschen:«, as a sentence of its own."""
    said = re.sub(r"^(?:Wofür|Beim Löschen): ", "", text)
    return said[0].upper() + said[1:]


if __name__ == "__main__":
    main()
