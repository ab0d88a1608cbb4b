"""An alliance of any size, put into the database in bulk: people, plan, reports, history, letters in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, text
from sqlmodel import SQLModel

from alliance.house import House
from alliance.portions import cut
from store import changes

HOUSE = House("Beispielallianz", "assistent@alliance.example.org", "beispiel_bot", ZoneInfo("Europe/Berlin"))
MONDAY = datetime(
    2026, 11, 23, 9, 0, tzinfo=UTC
)  # 10:00 in Berlin: the digest is due, and the meeting's first question
STARTS = datetime(2026, 12, 14, 16, 0, tzinfo=UTC)  # three weeks later
FREEZE = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)

PEOPLE, MEASURES = 150, 200  # of a real alliance
FIELDS, STRATEGIC, OPERATIVE = 9, 2, 2  # goals of a field, and below each of them, for every real size
OFFICE = 2  # people, whatever the size
REPORTS = 6  # of each measure, over two years
LETTERS = 8  # that each person has got by now
NEWS = 5  # every so manieth measure was reported on in the last week
FOLLOWERS, DEPUTIES, PAUSED, CHATS = 10, 10, 25, 3  # every so manieth person
ROWS = 5_000  # in one statement

Row = dict[str, Any]


def fill(engine: Engine, size: int) -> None:
    """Fill an empty database with so many times a real alliance."""
    fill_with(engine, PEOPLE * size, MEASURES * size)


def fill_with(engine: Engine, people: int, measures: int) -> None:
    """Fill an empty database with so many members and measures, and all that goes with them."""
    tables = {**_alliance(people, measures), **_past(people, measures)}
    with engine.begin() as connection:
        changes.uninstall(connection)
        for name, rows in tables.items():
            _enter(connection, name, rows)
        changes.install(connection)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _alliance(people: int, measures: int) -> dict[str, Iterator[Row]]:
    """Who there is and what is planned."""
    return {
        "companies": _many(people, _company),
        "fields": _many(FIELDS, _field),
        "goals": _many(_goals(measures), _goal),
        "persons": _many(people, _person),
        "addresses": _many(people, _address),
        "measures": _many(measures, lambda row: _measure(row, _goals(measures))),
        "assignments": _assignments(measures, people),
        "meetings": iter(_meetings()),
        "follows": _many(people // FOLLOWERS, lambda row: _follow(row, measures)),
        "deputyships": _many(max(people // DEPUTIES, 1), _deputyship),
    }


def _past(people: int, measures: int) -> dict[str, Iterator[Row]]:
    """What has come in, been done and gone out."""
    return {
        "inbox": _many(measures * REPORTS, _letter_in),
        "history": _many(measures * REPORTS, lambda row: _deed(row, people)),
        "reports": _many(measures * REPORTS, lambda row: _report(row, measures, people)),
        "changes": _many(measures * REPORTS, _change),
        "seals": _many(measures * REPORTS, _seal),
        "outbox": _many(people * LETTERS, lambda row: _letter_out(row, people)),
        "attendances": _many(people, _attendance),
        "ideas": _many(measures // 10, lambda row: _idea(row, people)),
        "keyboards": _many(people, _keyboard),
    }


def _goals(measures: int) -> int:
    return FIELDS * STRATEGIC * (1 + OPERATIVE) * max(measures // MEASURES, 1)


def _address(row: int) -> Row:
    return {"id": row, "person_id": row, "email": f"person{row}@example.org", "dead": False}


def _attendance(row: int) -> Row:
    at = MONDAY - timedelta(days=200)
    needs = "vegetarisch" if row % 20 == 0 else ""
    return {"id": row, "meeting_id": 1, "person_id": row, "answer": "yes", "deputy": "", "needs": needs, "at": at}


def _enter(connection: Connection, name: str, rows: Iterator[Row]) -> None:
    table = SQLModel.metadata.tables[name]
    count = 0
    for some in cut(rows, ROWS):
        connection.execute(insert(table), some)
        count += len(some)
    key = next(iter(table.primary_key.columns)).name
    if connection.dialect.name == "postgresql" and count and key in {"id", "position"}:
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', '{key}'), {count})"))


def _many(count: int, row: Callable[[int], Row]) -> Iterator[Row]:
    return (row(number) for number in range(1, count + 1))


def _company(row: int) -> Row:
    return {
        "id": row,
        "name": f"Beispielbetrieb {row} GmbH",
        "search_key": f"beispielbetrieb {row}",
        "phone": "02041 1",
    }


def _field(row: int) -> Row:
    return {"id": row, "position": row, "group_name": f"Gruppe {row % 3}", "name": f"Beispielfeld {row}"}


def _goal(row: int) -> Row:
    """The first of every three is strategic, the two after it are below it."""
    first = (row - 1) // (1 + OPERATIVE) * (1 + OPERATIVE) + 1
    number = (row - 1) // (1 + OPERATIVE)
    parent = None if row == first else first
    return {"id": row, "field_id": number % FIELDS + 1, "parent_id": parent, "position": row, "title": f"Ziel {row}"}


def _person(row: int) -> Row:
    return {
        "id": row,
        "name": f"Person {row}",
        "company_id": row,
        "role": "office" if row <= OFFICE else "member",
        "channel": "telegram" if row % CHATS == 0 else "mail",
        "language": "en" if row % 20 == 0 else "de",
        "phone": "",
        "telegram_id": 7_000_000_000 + row if row % CHATS == 0 else None,
        "telegram_dead": False,
        "paused_until": (MONDAY + timedelta(days=9)).date() if row % PAUSED == 0 else None,
        "digest": "monthly" if row % 7 == 0 else "weekly",
        "joined_at": MONDAY - timedelta(days=900),
        "last_contact_at": MONDAY - timedelta(days=row % 90),
    }


def _measure(row: int, goals: int) -> Row:
    """Three of four have a goal, which brings the field."""
    goal = row % goals + 1 if row % 4 else None
    number = (goal - 1) // (1 + OPERATIVE) if goal else row
    return {
        "id": row,
        "number": row,
        "title": f"Beispielmaßnahme {row} am Kanal",
        "field": f"Beispielfeld {number % FIELDS + 1}",
        "goal_id": goal,
        "initiative": "",
        "milestones": [],
        "evidence": [],
        "status": "running",
        "percent": row % 90,
        "due": (MONDAY + timedelta(days=row % 700)).date(),
        "help_wanted": False,
        "note": "Das Gutachten liegt vor, die Ausschreibung läuft.",
        "reported_at": _reported(row, REPORTS - 1),
        "version": REPORTS,
    }


def _reported(measure: int, turn: int) -> datetime:
    """The last report of every fifth measure came in the last week."""
    last = timedelta(days=measure % NEWS + 1 if measure % NEWS == 0 else 60 + measure % 30)
    return MONDAY - last - timedelta(days=120 * (REPORTS - 1 - turn))


def _assignments(measures: int, people: int) -> Iterator[Row]:
    """Everybody who is no office leads or contributes to something."""
    number = 0
    for measure in range(1, measures + 1):
        for place in range(2):
            number += 1
            person = OFFICE + (measure + place * 7) % (people - OFFICE) + 1
            yield {"id": number, "measure_id": measure, "person_id": person, "lead": place == 0}


def _letter_in(row: int) -> Row:
    return {
        "id": row,
        "channel": "mail",
        "external_id": f"INBOX:1:{row}",
        "fingerprint": f"print{row}",
        "sender": f"person{row % 97}@example.org",
        "raw": b"" if row % 20 else b"Subject: M12\r\n\r\n60 %\r\n",
        "received_at": MONDAY - timedelta(minutes=row % 1_000_000),
        "state": "done",
        "tries": 0,
        "outcome": "report",
        "holder": "",
    }


def _deed(row: int, people: int) -> Row:
    at = MONDAY - timedelta(days=700) + timedelta(seconds=row)
    details = {"measures": [row]}
    who = row % people + 1
    return {"id": row, "at": at, "actor_id": who, "door": "mail", "what": "report", "details": details, "inbox_id": row}


def _report(row: int, measures: int, people: int) -> Row:
    measure, turn = (row - 1) % measures + 1, (row - 1) // measures
    return {
        "id": row,
        "measure_id": measure,
        "person_id": OFFICE + measure % (people - OFFICE) + 1,
        "deed_id": row,
        "status": "running",
        "percent": row % 90,
        "text": "Das Gutachten liegt vor.",
        "unchanged": False,
        "help_wanted": False,
        "at": _reported(measure, turn),
        "before": {"status": "running", "percent": row % 80, "note": "", "expected": None, "reported_at": None},
        "version": turn + 1,
    }


def _change(row: int) -> Row:
    said = {"percent": row % 90, "version": row}
    return {"id": row, "deed_id": row, "table_name": "measures", "row_id": str(row), "before": said, "after": said}


def _seal(row: int) -> Row:
    link = f"{row:064x}"
    return {"position": row, "deed_id": row, "salt": "0" * 32, "content": link, "chain": link, "at": MONDAY}


def _meetings() -> list[Row]:
    """One that was, one to come whose question is due today."""
    common = {"kind": "alliance", "place": "Rathaus", "link": "", "agenda": [], "sequence": 0, "minutes": ""}
    common |= {"cancel_reason": "", "planned_at": MONDAY - timedelta(days=300)}
    past = MONDAY - timedelta(days=190)
    over = dict.fromkeys(("starts_at", "frozen_at", "invited_at", "registration_closed_at", "minutes_at"), past)
    coming = dict.fromkeys(over) | {"starts_at": STARTS, "invited_at": MONDAY - timedelta(days=21)}
    was, will_be = {"id": 1, "title": "Frühjahrssitzung"}, {"id": 2, "title": "Herbstsitzung"}
    return [common | was | over, common | will_be | coming]


def _letter_out(row: int, people: int) -> Row:
    """Old ones of the round before; the invitations to the meeting to come among them."""
    person, turn = (row - 1) % people + 1, (row - 1) // people
    key = f"invite:2:{person}" if turn == 0 else f"nudge:1:ask{turn}:{person}"
    at = MONDAY - timedelta(days=21 if turn == 0 else 190 + turn)
    return {
        "id": row,
        "dedupe_key": key,
        "person_id": person,
        "channel": "mail",
        "to": f"person{person}@example.org",
        "note": {"is": "Note", "title": "Was gibt es Neues?", "matter": {"is": "Matter", "kind": "round", "id": 1}},
        "token": f"-token{row}" if turn else f"token{row}",
        "in_reply_to": "",
        "secret": False,
        "always": False,
        "made_at": at,
        "due_at": at,
        "state": "sent",
        "tries": 1,
        "moves": 0,
        "error": "",
        "sent_at": at,
        "holder": "",
        "crashes": 0,
    }


def _follow(row: int, measures: int) -> Row:
    """A field or a measure, by turns."""
    field, measure = ("", row % measures + 1) if row % 2 else (f"Beispielfeld {row % FIELDS + 1}", None)
    return {"id": row, "person_id": OFFICE + row * (FOLLOWERS - 2), "measure_id": measure, "field": field}


def _deputyship(row: int) -> Row:
    person = OFFICE + 2 * row - 1
    until = (MONDAY + timedelta(days=40)).date()
    at = MONDAY - timedelta(days=5)
    said = {"made_at": at, "answered_at": at, "accepted": True}
    return {"id": row, "person_id": person, "deputy_id": person + 1, "until": until, **said}


def _idea(row: int, people: int) -> Row:
    words, at = f"Ein Markt für Gebrauchtes, Vorschlag {row}", MONDAY - timedelta(days=row % 60)
    who = OFFICE + row % (people - OFFICE) + 1
    return {"id": row, "person_id": who, "text": words, "field": "", "state": "new", "reason": "", "at": at}


def _keyboard(row: int) -> Row:
    return {
        "id": f"k{row}",
        "chat_id": 7_000_000_000 + row,
        "intents": [],
        "expires_at": MONDAY + timedelta(days=row % 60 - 30),
    }
