"""What the office sends in as a spreadsheet: a dry run first, the whole of it after JA, and the way back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlmodel import col, delete

from alliance import import_apply, import_notes, import_state, import_undo, notices, planning, workdays
from alliance.errors import Expired, NotFound, Refusal
from alliance.hearing import Hearing
from alliance.import_changes import Draft
from alliance.import_compare import Setting, compare
from alliance.import_state import State, Values
from alliance.intents import ApplyImport
from alliance.notes import Note
from alliance.words.file_words import reason_in
from papers import sheets_in
from store import outbox
from store.tables import Deed, Meeting, Person, Sending, Upload
from texts import say

NAME = 100  # characters of a file's name that are shown
WAITS = timedelta(days=14)  # until a file without JA is forgotten


def receive(hearing: Hearing, name: str, content: bytes, words: str = "") -> Note:
    """A dry run: what the file would change, or what is wrong with it. ``words`` may name a reason.

    Nothing changes, but a file that could be imported is kept for JA.
    """
    name = name[:NAME]
    upload = Upload(person_id=hearing.person.id if hearing.person else None, name=name, content=content, at=hearing.at)
    why = reason_in(words)
    try:
        _, draft = _drafted(hearing, upload, why)
    except sheets_in.Unreadable as error:
        return import_notes.unreadable(hearing.language, name, error.fault)
    if draft.problems:
        return import_notes.wrong(hearing.language, name, draft)
    if draft.is_empty:
        return import_notes.same(hearing.language, name, draft)
    hearing.session.execute(delete(Upload).where(col(Upload.deed_id).is_(None), col(Upload.at) < hearing.at - WAITS))
    hearing.session.add(upload)
    hearing.session.flush()
    return import_notes.question(hearing, name, draft, ApplyImport(upload.id or 0, shown=draft.fingerprint, why=why))


def apply(hearing: Hearing, intent: ApplyImport) -> Note:
    """JA or NEIN to a dry run; if things have changed since, the new dry run is shown and asked again."""
    upload = hearing.session.get(Upload, intent.upload, with_for_update=True)
    if upload is None or not upload.content:  # emptied when somebody in it was forgotten
        raise NotFound("refusal-import-gone")
    if upload.deed_id is not None:
        raise Expired("refusal-import-done")
    if not intent.accept:
        hearing.session.delete(upload)
        return Note(say(hearing.language, "office-import-dropped-title", name=upload.name))
    state, draft = _drafted(hearing, upload, intent.why)
    if draft.problems:
        return import_notes.wrong(hearing.language, upload.name, draft)
    if draft.is_empty:
        return import_notes.same(hearing.language, upload.name, draft)
    if draft.fingerprint != intent.shown:
        wish = ApplyImport(intent.upload, shown=draft.fingerprint, why=intent.why)
        return import_notes.question(hearing, upload.name, draft, wish, again=True)
    return _carry_out(hearing, upload, state, draft)


def take_back(hearing: Hearing, deed: Deed) -> Note:
    """RÜCKGÄNGIG: all as before, and whoever was told hears of it. Raises Refusal when something newer stands on it."""
    import_undo.restore(hearing, deed)
    language, prefix = hearing.language, import_notes.key_of(deed.id)
    outbox.drop(hearing.session, prefix)
    told = [row for row in outbox.rows(hearing.session, prefix) if row.state != Sending.DROPPED]
    for row in told:
        _tell_undone(hearing, row.person_id, f"{prefix}undone:{row.person_id}")
    lines = [say(language, "office-import-undone-line")]
    if told:
        lines.append(say(language, "office-import-undone-told", count=len(told)))
    return Note(say(language, "office-import-undone-title"), tuple(lines), toast=lines[0])


def _tell_undone(hearing: Hearing, person_id: int | None, key: str) -> None:
    person = hearing.session.get(Person, person_id) if person_id else None
    if person and person.left_at is None:
        language = person.language
        note = Note(say(language, "member-import-undone-title"), (say(language, "member-import-undone-line"),))
        notices.to_person(hearing.session, person, note, key, hearing.at)


def _drafted(hearing: Hearing, upload: Upload, why: str) -> tuple[State, Draft]:
    """The file compared with what is there now. Raises Unreadable."""
    tables = sheets_in.read(upload.content)
    state = import_state.load(hearing.session, hearing.house.zone)
    setting = Setting(hearing.at, hearing.house.zone, hearing.language, why, partial(_refused_meeting, hearing))
    return state, compare(state, tables, setting)


def _refused_meeting(hearing: Hearing, values: Values) -> Refusal | None:
    """What speaks against a meeting of these columns."""
    day, zone = values["day"], hearing.house.zone
    meeting = Meeting(
        kind=values["kind"],
        title=values["title"],
        link=values["link"],
        starts_at=workdays.at(day, values["begins"], zone),
        ends_at=workdays.at(day, values["ends"], zone) if values["ends"] else None,
    )
    try:
        planning.check(hearing, meeting, day)
    except Refusal as refusal:
        return refusal
    return None


def _carry_out(hearing: Hearing, upload: Upload, state: State, draft: Draft) -> Note:
    done = import_apply.apply(hearing, state, draft)
    upload.deed_id = done.deed.id
    import_notes.tell(hearing, draft, done)
    return import_notes.receipt(hearing, upload.name, draft, done)
