"""What spreadsheets call their columns and values, and how somebody asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from alliance.intents import Export, Status
from alliance.words.cleaning import fold, spellings
from alliance.words.wordlists import POLITE, keys_of, word_set

KINDS = ("companies", "members", "plan", "meetings")  # in the order in which they are imported: each may need the last

# kind -> column -> what people call it. Case, spaces, punctuation and what stands in brackets do not count.
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "plan": {
        "group": "Themengruppe, Gruppe, Themencluster, Cluster, Group of fields, Group",
        "field": "Themenfeld, Handlungsfeld, Feld, Bereich, Field, Theme",
        "strategic": "Strategisches Ziel, Strategische Ziele, Oberziel, Strategic goal",
        "operative": "Operatives Ziel, Operative Ziele, Teilziel, Unterziel, Operative goal, Operational goal",
        "number": "Nr, Nummer, Lfd Nr, Maßnahmennummer, Maßnahmen-Nr, Maßnahme-Nr, Kennung, Number, No, ID",
        "title": "Maßnahme, Titel, Bezeichnung, Titel der Maßnahme, Maßnahmentitel, Projekt, Measure, Title",
        "initiative": "Initiative, Initiator, Federführung",
        "leads": "Verantwortlich, Verantwortliche, Verantwortlicher, Zuständig, E-Mail verantwortlich,"
        " Ansprechpartner, Lead, Responsible",
        "contributors": "Beteiligt, Beteiligte, Mitwirkende, Partner, Contributors, Contributor",
        "begins": "Beginn, Start, Startdatum, Anfang, Begin, Begins, Start date",
        "due": "Termin, Ende, Frist, Enddatum, Fällig, Fällig am, Due, Due date, Deadline",
        "status": "Status, Stand, Umsetzungsstand, Sachstand",
        "percent": "Fortschritt, Prozent, Fortschritt in Prozent, Erfüllung, Fertigstellungsgrad, Progress, Percent",
        "expected": "Voraussichtlich, Voraussichtlich fertig, Prognose, Expected",
        "milestones": "Meilensteine, Meilenstein, Milestones",
        "evidence": "Nachweise, Nachweis, Belege, Evidence",
        "note": "Bemerkung, Bemerkungen, Anmerkung, Kommentar, Notiz, Sachstandstext, Note, Notes, Remark, Comment",
        "why": "Begründung, Grund, Änderungsgrund, Grund der Änderung, Reason",
        "light": "Ampel, Traffic light, Light",
        "company": "Verantwortliches Unternehmen, Unternehmen, Company, Responsible company",
    },
    "members": {
        "name": "Name, Vor- und Nachname, Person, Mitglied, Ansprechpartner, Full name",
        "email": "E-Mail, Email, Mail, E-Mail-Adresse, Mailadresse, Email address",
        "company": "Unternehmen, Firma, Institution, Unternehmen/Institution, Organisation, Betrieb, Company",
        "phone": "Telefon, Telefonnummer, Tel, Rufnummer, Mobil, Phone, Telephone",
        "role": "Rolle, Funktion, Role",
        "language": "Sprache, Language",
    },
    "companies": {
        "name": "Name, Unternehmen, Firma, Institution, Unternehmen/Institution, Betrieb, Company",
        "phone": "Telefon, Telefonnummer, Tel, Rufnummer, Zentrale, Phone, Telephone",
    },
    "meetings": {
        "kind": "Art, Gremium, Sitzungsart, Typ, Kind, Type",
        "title": "Titel, Sitzung, Bezeichnung, Betreff, Thema, Title, Meeting",
        "day": "Datum, Tag, Termin, Date, Day",
        "begins": "Beginn, Uhrzeit, Von, Start, Anfang, Begin, Begins, Time",
        "ends": "Ende, Bis, Schluss, End, Ends",
        "place": "Ort, Raum, Place, Location, Room",
        "link": "Link, Online, Videolink, Online-Link, URL",
    },
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "plan": ("number", "title"),
    "members": ("name", "email", "company"),
    "companies": ("name",),
    "meetings": ("kind", "title", "day", "begins"),
}
# What a sheet must at least have to be of a kind
_SIGNS: Mapping[str, tuple[frozenset[str], ...]] = {
    "members": (frozenset({"email"}),),
    "meetings": (frozenset({"title", "day"}), frozenset({"kind", "day"})),
    "plan": (frozenset({"number"}), frozenset({"title", "field"}), frozenset({"title", "leads"})),
    "companies": (frozenset({"name"}),),
}
SILENT = frozenset({"light", "company"})  # columns of the plan that an export shows, and that are never read
UNREAD_SHEETS = word_set("Hinweise Notes Listen Lists")

_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]", re.DOTALL)
_LETTERS = re.compile(r"[a-z0-9]+")


def heading_key(text: str) -> str:
    """A heading without case, accents, spaces, punctuation and what stands in brackets."""
    bare = _BRACKETS.sub(" ", text)
    return "".join(_LETTERS.findall(fold(bare if bare.strip() else text)))


_KEYS: dict[str, dict[str, str]] = {
    kind: {
        heading_key(spelling): column
        for column, names in columns.items()
        for name in names.split(", ")
        for spelling in spellings(name)
    }
    for kind, columns in HEADINGS.items()
}


def columns_of(kind: str, headings: Iterable[str]) -> dict[str, int]:
    """Where each column of this kind is, by index; of a heading that stands twice the first counts."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        column = _KEYS[kind].get(heading_key(heading))
        if column and column not in found:
            found[column] = index
    return found


def kind_of(headings: Iterable[str]) -> str:
    """Which kind of sheet has these headings: the one with most of its columns; "" for none that we know."""
    given = tuple(headings)
    found = {kind: set(columns_of(kind, given)) for kind in _SIGNS}
    fitting = [kind for kind, signs in _SIGNS.items() if any(sign <= found[kind] for sign in signs)]
    return max(fitting, key=lambda kind: len(found[kind]), default="")


# Values ---------------------------------------------------------------------------------------------------------------

CLEARING = frozenset({"-", "–", "—", "leer", "empty"})
_STATUS = {
    Status.OPEN: "offen, nicht begonnen, noch nicht begonnen, geplant, open, not started, not yet begun, planned",
    Status.RUNNING: "läuft, laufend, in arbeit, in umsetzung, in bearbeitung, begonnen, running, in progress, ongoing",
    Status.DELAYED: "verzögert, verspätet, in verzug, im verzug, delayed, late",
    Status.BLOCKED: "blockiert, gestoppt, ruht, blocked, on hold",
    Status.DONE: "fertig, erledigt, abgeschlossen, umgesetzt, done, finished, completed",
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "status": {status.value: words for status, words in _STATUS.items()},
    "initiative": {
        "administration": "Verwaltung, Stadt, Stadtverwaltung, Kommune, administration, city",
        "business": "Unternehmen, Wirtschaft, Wirtschaft/Unternehmen, Betriebe, business, companies",
    },
    "role": {
        "member": "Mitglied, Vertretung, member",
        "observer": "Beobachter, Beobachterin, Beobachtung, observer",
        "office": "Geschäftsstelle, Büro, office",
    },
    "language": {"de": "Deutsch, de, german", "en": "Englisch, en, english"},
    "kind": {
        "alliance": "Allianz, Wirtschaftsallianz, Allianzsitzung, alliance, alliance meeting",
        "working-group": "AG, Arbeitsgruppe, AG Zukunftsplan, working group",
    },
}
_VALUES: dict[str, dict[str, str]] = {
    column: {
        heading_key(spelling): value
        for value, names in values.items()
        for name in names.split(", ")
        for spelling in spellings(name)
    }
    for column, values in CHOICES.items()
}


def choice(column: str, text: str) -> str | None:
    """The value that is meant in a column of few values, None for none of them."""
    return _VALUES[column].get(heading_key(text))


_REASON = re.compile(
    r"^\s*(?:(?:begründung|begruendung|grund|reason)\s*:\s*|(?=weil |because ))(?P<why>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)


def reason_in(words: str) -> str:
    """The reason for changes of an adopted plan that a letter names in a line of its own (»Begründung: …«)."""
    found = _REASON.search(words)
    return found["why"].strip() if found else ""


# EXPORT ---------------------------------------------------------------------------------------------------------------

_WHAT = {
    key: what
    for what, names in (
        ("plan", "plan maßnahmen measures zukunftsplan"),
        ("members", "mitglieder mitgliederliste personen members people"),
        ("companies", "unternehmen firmen companies"),
        ("meetings", "sitzungen termine meetings"),
        ("all", "alles alle gesamt all everything"),
    )
    for name in names.split()
    for key in spellings(name)
}
_FORM = {"csv": "csv", "xlsx": "xlsx", "excel": "xlsx"}
_AROUND = POLITE | word_set("als in den die der das vom von des aller as the of")


def understand_export(rest: str, _today: date) -> Export | None:
    """EXPORT with what is wanted and in which form, in any order; the plan as a workbook if nothing is said."""
    said = [key for key in keys_of(rest) if key not in _AROUND]
    what = [_WHAT[key] for key in said if key in _WHAT]
    form = [_FORM[key] for key in said if key in _FORM]
    if len(what) + len(form) < len(said) or len(what) > 1 or len(form) > 1:
        return None
    return Export(*(what or ["plan"]), *(form or ["xlsx"]))
