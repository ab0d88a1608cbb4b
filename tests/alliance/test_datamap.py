"""The data map leaves no table and no column out."""

from __future__ import annotations

import pytest
from sqlalchemy import JSON, LargeBinary, String
from sqlmodel import SQLModel

from alliance.privacy.datamap import ENTRIES, MAP, Fate
from texts import LANGUAGES


def test_every_table_has_its_place_on_the_map() -> None:
    assert list(MAP) == list(dict.fromkeys(entry.table for entry in ENTRIES))
    assert set(MAP) == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_every_column_that_could_tell_of_a_person_is_covered(name: str) -> None:
    table, entry = SQLModel.metadata.tables[name], MAP[name]
    to_people = {key.parent.name for key in table.foreign_keys if key.column.table.name == "persons"}
    assert to_people <= set(entry.people)
    speaking = {column.name for column in table.columns if _may_speak(column.type)}
    covered = {*entry.addresses, *entry.words, *entry.plain}
    assert speaking - covered == set(), "say whether these are words, addresses or plain codes"
    assert (covered | {*entry.people, *entry.chats, *entry.hidden, *entry.blank}) <= set(table.columns.keys())
    assert not {*entry.words} & {*entry.plain}


def _may_speak(kind: object) -> bool:
    return isinstance(kind, String | JSON | LargeBinary) or isinstance(getattr(kind, "impl", None), String)


def test_every_owner_can_be_told_what_becomes_of_their_rows_in_both_languages() -> None:
    for entry in ENTRIES:
        assert set(entry.owners) <= set(entry.people)
        for language in LANGUAGES:
            assert all((entry.what(language), entry.why(language), entry.end(language)))
    kept = {entry.table for entry in ENTRIES if entry.fate is Fate.BLANK and not entry.blank}
    assert kept == {"outbox"}, "which has a way of its own: store.outbox.empty"
