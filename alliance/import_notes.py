"""What the office reads of an import, and what those hear whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from alliance import joining, measures, notices, phrases
from alliance.hearing import Hearing
from alliance.import_apply import Applied
from alliance.import_cells import SPECS, show
from alliance.import_changes import Change, Draft, Problem, Tidings, changed_lines, newcomers, tidings
from alliance.import_state import Values
from alliance.intents import ApplyImport, Undo
from alliance.notes import Action, Note
from alliance.words import file_words
from papers.sheets_in import Fault
from store.tables import Address, Measure, Person
from texts import say

_PERSONAL = {"members": ("name", "phone"), "companies": ("phone",)}
PROBLEMS, CHANGES, NAMES, CARDS = 30, 20, 10, 20  # shown at most
WIDTH = 80  # characters of a value in a line


# The dry run ----------------------------------------------------------------------------------------------------------


def unreadable(language: str, name: str, fault: Fault) -> Note:
    """The file cannot be opened."""
    line = say(language, f"office-import-fault-{fault.value}")
    return Note(say(language, "office-import-unreadable-title", name=name), (line,), language=language)


def wrong(language: str, name: str, draft: Draft) -> Note:
    """What has to be put right first, line by line."""
    count = len(draft.problems)
    lines = [_problem_line(language, problem) for problem in draft.problems[:PROBLEMS]]
    if count > PROBLEMS:
        lines.append(say(language, "office-import-more-problems", count=count - PROBLEMS))
    return Note(
        say(language, "office-import-wrong-title", name=name, count=count),
        (*lines, *_left_out(language, draft)),
        closing=(say(language, "office-import-wrong-closing"),),
        language=language,
        names=_people(draft),
    )


def same(language: str, name: str, draft: Draft) -> Note:
    """Nothing would change."""
    lines = (*_counts(language, draft), *_left_out(language, draft))
    title = say(language, "office-import-same-title", name=name)
    return Note(title, lines, toast=title, language=language)


def question(hearing: Hearing, name: str, draft: Draft, wish: ApplyImport, *, again: bool = False) -> Note:
    """What would change and what would be sent; ``again``: because something has changed in the meantime."""
    language = hearing.language
    lines = [say(language, "office-import-again")] if again else []
    lines += [*_counts(language, draft), *_shown(language, draft), *_moved(hearing, draft)]
    lines += [*_sent(hearing, draft), *_left_out(language, draft)]
    yes = Action(say(language, "office-import-button-yes"), wish, say(language, "word-yes"))
    no = Action(
        say(language, "office-import-button-no"), ApplyImport(wish.upload, accept=False), say(language, "word-no")
    )
    return Note(
        say(language, "office-import-title", name=name),
        tuple(lines),
        actions=(yes, no),
        closing=(say(language, "office-import-ask"),),
        language=language,
        names=_people(draft),
    )


def _people(draft: Draft) -> tuple[str, ...]:
    """Names and phone numbers in the sheets; before JA nobody need be known by them."""
    said = [change.after.get(column) for change in draft.changes for column in _PERSONAL.get(change.kind, ())]
    return tuple(str(value) for value in said if value)


def _problem_line(language: str, problem: Problem) -> str:
    what = say(language, problem.key, **problem.values)
    column = say(language, f"office-column-{problem.column}") if problem.column else ""
    line = say(language, "office-import-at-line", line=str(problem.line)) if problem.line else ""
    named = say(language, "office-import-at-column", column=column) if column else ""
    sheet = say(language, "office-import-at-sheet", sheet=problem.sheet) if problem.sheet else ""
    before = ", ".join(filter(None, (sheet, line, named)))
    return say(language, "office-import-problem", where=before, what=what) if before else what


def _counts(language: str, draft: Draft) -> Iterator[str]:
    """»Maßnahmen: 12 neu, 7 geändert, 181 gleich«."""
    for kind in file_words.KINDS:
        changes = draft.of(kind)
        new = sum(change.is_new for change in changes)
        if changes or draft.same[kind]:
            values = {"new": new, "changed": len(changes) - new, "same": draft.same[kind]}
            yield say(language, "office-import-count", kind=say(language, f"office-sheet-{kind}"), **values)
    if draft.new_companies:
        yield say(language, "office-import-new-companies", names=_some(language, list(draft.new_companies.values())))
    if draft.new_fields:
        yield say(
            language, "office-import-new-fields", names=_some(language, [n for n, _ in draft.new_fields.values()])
        )
    for before, after in draft.groups.values():
        yield say(language, "office-import-group", before=before or "–", after=after)


def _shown(language: str, draft: Draft) -> Iterator[str]:
    """The first changes in words: what is there already first, because slips do most harm there."""
    lines = [line for change in draft.changes if not change.is_new for line in _change_lines(language, change)]
    lines += [_new_line(language, change) for change in draft.changes if change.is_new]
    yield from lines[:CHANGES]
    if len(lines) > CHANGES:
        yield say(language, "office-import-more-changes", count=len(lines) - CHANGES)


def _moved(hearing: Hearing, draft: Draft) -> Iterator[str]:
    """A table puts a company right, and its people keep their measures; a change of company would free them."""
    known = [change for change in draft.of("members") if change.known and not change.is_new]
    for change in [change for change in known if "company" in change.after][:NAMES]:
        person = hearing.session.get_one(Person, change.known.id if change.known else 0)
        if carried := measures.carried_of(hearing.session, person):
            names = phrases.measure_numbers(hearing.language, (measure.number for measure in carried))
            yield say(hearing.language, "office-import-moves", name=person.name, measures=names)


def _change_lines(language: str, change: Change) -> Iterator[str]:
    for column, before, after in changed_lines(language, change):
        yield say(
            language,
            "office-import-change",
            name=_name(change),
            column=say(language, f"office-column-{change.kind}-{column}"),
            before=_short(before),
            after=_short(after),
        )


def _new_line(language: str, change: Change) -> str:
    key = "office-import-back" if change.known else "office-import-new"
    names = {"plan": ("title",), "members": ("name", "email"), "companies": ("name",), "meetings": ("title", "day")}
    said = {**change.after, "email": change.key}
    parts = [show(language, name, SPECS[change.kind][name].form, said.get(name)) for name in names[change.kind]]
    number = f"M{change.key} " if change.kind == "plan" else ""
    return say(language, key, name=number + ", ".join(filter(None, parts)))


def _name(change: Change) -> str:
    """What a row is called whose change is shown."""
    if change.kind == "plan":
        return f"M{change.key}"
    assert change.known
    return str(change.known.values["title" if change.kind == "meetings" else "name"])


def _short(text: str) -> str:
    line = " | ".join(text.split("\n")) or "–"
    return line if len(line) <= WIDTH else f"{line[:WIDTH]} …"


def _some(language: str, names: Sequence[str]) -> str:
    more = len(names) - NAMES
    shown = [_short(name) for name in names[:NAMES]]
    return phrases.listing(language, shown if more <= 0 else [*shown, f"+ {more}"])


def _sent(hearing: Hearing, draft: Draft) -> Iterator[str]:
    """What goes out because of it."""
    welcomed, told = len(newcomers(draft)), len(_readers(hearing, draft))
    if welcomed:
        yield say(hearing.language, "office-import-sends-welcome", count=welcomed)
    if told:
        yield say(hearing.language, "office-import-sends-news", count=told)


def _left_out(language: str, draft: Draft) -> Iterator[str]:
    if draft.ignored:
        yield say(language, "office-import-ignored", names=_some(language, list(dict.fromkeys(draft.ignored))))
    if draft.unread:
        yield say(language, "office-import-unread", names=_some(language, draft.unread))


# Afterwards -----------------------------------------------------------------------------------------------------------


def receipt(hearing: Hearing, name: str, draft: Draft, done: Applied) -> Note:
    """What was done, with the way back."""
    language = hearing.language
    undo = Action(
        say(language, "member-report-button-undo"), Undo(done.deed.id), say(language, "member-report-word-undo")
    )
    line = say(language, "office-import-done-title", name=name)
    return Note(
        line,
        (*_counts(language, draft), *_sent(hearing, draft)),
        actions=(undo,) if hearing.person else (),
        closing=(say(language, "office-import-done-closing"),),
        toast=line,
        language=language,
    )


def _readers(hearing: Hearing, draft: Draft) -> dict[str, Tidings]:
    """Whom to tell: not who imports, and not who has left."""
    told = tidings(draft)
    left = select(Address.email).join(Person).where(col(Person.left_at).is_not(None), col(Address.email).in_(told))
    silent = set(hearing.session.exec(left))
    if hearing.person:
        silent.add(notices.address_of(hearing.session, hearing.person))
    return {email: news for email, news in told.items() if email not in silent}


def tell(hearing: Hearing, draft: Draft, done: Applied) -> None:
    """Welcome the new members; everybody else concerned gets one letter with all that is new for them."""
    for email in newcomers(draft):
        person = hearing.session.get_one(Person, done.people[email])
        key = f"{key_of(done.deed.id)}welcome:{person.id}"
        notices.to_person(hearing.session, person, joining.welcome(hearing, person), key, hearing.at)
    for email, news in _readers(hearing, draft).items():
        person = hearing.session.get_one(Person, done.people[email])
        key = f"{key_of(done.deed.id)}news:{person.id}"
        notices.to_person(hearing.session, person, _news(hearing, person, news), key, hearing.at)


def key_of(deed_id: int | None) -> str:
    """How the dedupe keys of an import's letters begin."""
    return f"import:{deed_id}:"


def _news(hearing: Hearing, person: Person, news: Tidings) -> Note:
    """All that is new for one person: what they carry from now on, and what changed of what they led."""
    language = person.language
    theirs = notices.as_heard(hearing.session, hearing.house, person, hearing.at)
    lines = [say(language, "member-import-leads", count=len(news.leads))] if news.leads else []
    if news.helps:
        names = _some(language, [f"M{number}" for number in news.helps])
        lines.append(say(language, "member-import-helps", measures=names))
    if news.dropped:
        names = _some(language, [f"M{number}" for number in news.dropped])
        lines.append(say(language, "member-import-dropped", measures=names))
    lines += [line for change in news.moved for line in _moved_lines(language, change)][:CHANGES]
    shown = sorted({*news.leads, *(change.key for change in news.moved)})[:CARDS]
    found = hearing.session.exec(select(Measure).where(col(Measure.number).in_(shown)).order_by(col(Measure.number)))
    items = tuple(measures.card(theirs, measure) for measure in found)
    return Note(say(language, "member-import-title"), tuple(lines), items=items)


def _moved_lines(language: str, change: Change) -> Iterator[str]:
    told: Values = {column: value for column, value in change.after.items() if column in {"title", "begins", "due"}}
    return _change_lines(language, Change(change.kind, change.key, told, change.before, change.known))
