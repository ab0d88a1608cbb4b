"""EXPORT: the plan, members, companies and meetings as a workbook or CSV, in just the columns that an import reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from alliance import history, import_state, standing
from alliance.hearing import Hearing
from alliance.import_cells import SPECS, choices, show
from alliance.import_state import Known, State, name_key
from alliance.intents import Export
from alliance.notes import Note
from alliance.standing import SIGNS, Facts, Light
from papers import workbook
from papers.workbook import Column, Sheet, Value
from store.tables import Paper
from texts import say

KINDS = ("plan", "members", "companies", "meetings")
_OF_OFFICE = ("leads", "contributors", "why")  # columns of the plan that members do not get
_WIDTHS = {
    "plan-group": 16,
    "plan-field": 22,
    "plan-strategic": 28,
    "plan-operative": 28,
    "plan-number": 6,
    "plan-title": 36,
    "plan-leads": 28,
    "plan-contributors": 28,
    "plan-company": 26,
    "plan-status": 18,
    "plan-milestones": 34,
    "plan-evidence": 30,
    "plan-note": 40,
    "plan-why": 26,
    "plan-light": 20,
    "members-name": 26,
    "members-email": 34,
    "members-company": 34,
    "companies-name": 40,
    "meetings-title": 40,
    "meetings-place": 28,
    "meetings-link": 40,
}
_USUAL_WIDTH = 14
_COLOURS = {Light.GREEN: "#1A7F37", Light.YELLOW: "#9A6700", Light.RED: "#CF222E", Light.GREY: "#57606A"}


def export(hearing: Hearing, intent: Export) -> Note:
    """The papers that were asked for. Members get the plan, with companies instead of people."""
    kinds = KINDS if intent.what == "all" else (intent.what,)
    state = import_state.load(hearing.session, hearing.house.zone)
    sheets = [_sheet(hearing, state, kind) for kind in kinds]
    papers = (
        _as_csv(hearing, kinds, sheets) if intent.form == "csv" else [_as_xlsx(hearing, state, intent.what, sheets)]
    )
    hearing.session.add_all(papers)
    history.write(hearing, "export", {"what": intent.what, "form": intent.form})
    language = hearing.language
    lines = [_count(language, kind, sheet) for kind, sheet in zip(kinds, sheets, strict=True)]
    if hearing.is_office:
        lines.append(say(language, "office-export-line"))
    ids = tuple(paper.id for paper in papers if paper.id is not None)
    return Note(say(language, f"all-export-title-{intent.what}"), tuple(lines), papers=ids)


def _count(language: str, kind: str, sheet: Sheet) -> str:
    return say(language, "all-export-count", kind=say(language, f"office-sheet-{kind}"), count=len(sheet.rows))


# Files ----------------------------------------------------------------------------------------------------------------


def _as_csv(hearing: Hearing, kinds: Sequence[str], sheets: Sequence[Sheet]) -> list[Paper]:
    return [
        _paper(hearing, kind, "csv", workbook.CSV, workbook.as_csv(sheet))
        for kind, sheet in zip(kinds, sheets, strict=True)
    ]


def _as_xlsx(hearing: Hearing, state: State, what: str, sheets: Sequence[Sheet]) -> Paper:
    language = hearing.language
    role = "office" if hearing.is_office else "member"
    hints = (line.partition(" – ") for line in say(language, f"{role}-export-hints").split("\n"))
    book = workbook.Book(
        title=say(language, f"all-export-title-{what}"),
        made=hearing.at.astimezone(hearing.house.zone),
        sheets=tuple(sheets),
        hints_name=say(language, "office-sheet-notes"),
        hints=tuple((before, after) for before, _, after in hints),
        lists_name=say(language, "office-sheet-lists"),
        lights={sign: _COLOURS[light] for light, sign in SIGNS.items()},
    )
    return _paper(hearing, what, "xlsx", workbook.XLSX, workbook.as_xlsx(book))


def _paper(hearing: Hearing, what: str, ending: str, media_type: str, content: bytes) -> Paper:
    name = say(hearing.language, f"all-export-file-{what}", day=hearing.today.isoformat())
    return Paper(
        name=f"{name}.{ending}",
        media_type=media_type,
        content=content,
        made_at=hearing.at,
        names_people=hearing.is_office,
    )


# Sheets ---------------------------------------------------------------------------------------------------------------


def _sheet(hearing: Hearing, state: State, kind: str) -> Sheet:
    names = _columns_of(hearing, kind)
    columns = tuple(_column(hearing.language, state, kind, name) for name in names)
    cells = [_reader(hearing, state, kind, name) for name in names]
    rows = [[cell(known) for cell in cells] for known in _rows(state, kind)]
    return Sheet(say(hearing.language, f"office-sheet-{kind}"), columns, rows)


def _columns_of(hearing: Hearing, kind: str) -> list[str]:
    names = list(SPECS[kind])
    if kind != "plan":
        return names
    if hearing.is_office:
        return [*names, "light"]
    names[names.index("leads")] = "company"
    return [*(name for name in names if name not in _OF_OFFICE), "light"]


def _column(language: str, state: State, kind: str, name: str) -> Column:
    spec = SPECS[kind].get(name)
    form = spec.form if spec else "light" if name == "light" else "text"
    heading = say(language, f"office-column-{kind}-{name}")
    listed: tuple[str, ...] = choices(language, name) if form == "choice" else ()
    if name == "field":
        listed = tuple(one.name for one in state.fields.values())
    shown = form if form in {"day", "clock", "percent", "number", "choice", "light"} else "text"
    advice = say(language, f"office-export-advice-{shown}") if shown in {"day", "percent"} or listed else ""
    return Column(heading, _WIDTHS.get(f"{kind}-{name}", _USUAL_WIDTH), shown, listed, advice)


def _rows(state: State, kind: str) -> list[Known]:
    """Each row once, in an order that people expect."""
    rows = list({known.id: known for known in state.of(kind).values() if not known.gone}.values())
    if kind == "plan":
        places = {key: (one.position, key) for key, one in state.fields.items()}
        last = (len(places) + 1_000_000, "")
        return sorted(
            rows, key=lambda known: (*places.get(name_key(known.values["field"]), last), known.values["number"])
        )
    if kind == "meetings":
        return rows
    return sorted(rows, key=lambda known: name_key(known.values["name"]))


def _reader(hearing: Hearing, state: State, kind: str, name: str) -> Callable[[Known], Value]:
    """How one column is read off a row."""
    language = hearing.language
    if name == "light":
        return lambda known: _light(hearing, known)
    if name == "company" and kind == "plan":
        return lambda known: _companies(state, known.values["leads"])
    if name == "why":
        return lambda known: None
    form = SPECS[kind][name].form
    if form in {"day", "clock", "percent", "number"}:
        return lambda known: _typed(known.values[name])
    return lambda known: show(language, name, form, known.values[name]) or None


def _typed(value: Value) -> Value:
    return value


def _companies(state: State, emails: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(state.members[email].values["company"] for email in emails))


def _light(hearing: Hearing, known: Known) -> str:
    """Sign and word, so that colour alone says nothing."""
    values, reported = known.values, known.before["reported_at"]
    facts = Facts(
        status=values["status"],
        percent=values["percent"],
        due=values["due"],
        expected=values["expected"],
        begins=values["begins"],
        reported=datetime.fromisoformat(reported).astimezone(hearing.house.zone).date() if reported else None,
    )
    light = standing.light(facts, hearing.today)
    return f"{SIGNS[light]} {say(hearing.language, f'all-plan-light-{light.value}')}"
