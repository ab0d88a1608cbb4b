"""What changed, as the database itself writes it down; whose doing it was; and what may no longer be altered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Engine, Table, event, func, text
from sqlmodel import Session, SQLModel, select

from store.driver import execute
from store.tables import Deed

# Table -> columns that are never written down: what is secret, what is nobody's business, what another rule promises
# to forget, what is noise, and what is large and stands elsewhere. A table that is not named here is not recorded:
# ballots are secret, and the rest is the assistant's own affairs.
RECORDED: Mapping[str, frozenset[str]] = {
    "companies": frozenset(),
    "persons": frozenset({"last_contact_at", "away_until", "telegram_dead"}),
    "addresses": frozenset(),
    "fields": frozenset(),
    "goals": frozenset(),
    "measures": frozenset(),
    "assignments": frozenset(),
    "reports": frozenset({"before"}),
    "meetings": frozenset(),
    "attendances": frozenset({"needs"}),
    "plan_versions": frozenset({"content"}),
    "amendments": frozenset(),
    "decisions": frozenset(),
    "lead_offers": frozenset(),
    "ideas": frozenset(),
    "offers": frozenset(),
    "matches": frozenset(),
    "polls": frozenset({"tally"}),
    "poll_options": frozenset(),
    "requests": frozenset({"email", "name", "company", "chat_id", "code_hash", "code_expires_at"}),
    "cases": frozenset({"email", "chat_id", "text", "token"}),
    "consents": frozenset({"wording"}),
    "personal_requests": frozenset({"email", "text"}),
    "role_proposals": frozenset(),
    "deputyships": frozenset(),
    "company_changes": frozenset({"company"}),
    "switches": frozenset(),
}

_AT = SQLModel.metadata.tables["history"].c.at.type
_WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
_TOUCHED, _DEED, _HAND = "recorded-table-touched", "deed-of-changes", "hand-of-changes"


# Whose doing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hand:
    """Whose doing a change is that no deed has a line for: a moment, a door, what is being done, and who does it."""

    at: datetime
    door: str
    what: str
    actor_id: int | None = None
    inbox_id: int | None = None


def by(session: Session, hand: Hand) -> None:
    """From here to the end of the job, changes without a line of their own are this hand's."""
    settle(session)
    session.info[_HAND] = hand


def belong(session: Session, deed: Deed) -> None:
    """From here on, and since the last line, changes are part of this deed.

    What one hand does in one go is one deed: further lines of the same person and letter leave the changes where they
    are.
    """
    hand = (deed.actor_id, deed.door, deed.inbox_id)
    pending = session.info.get(_DEED)
    if pending is not None and pending[1] == hand:
        return
    if pending is not None:
        settle(session)
    session.info[_DEED] = (deed.id, hand)


def door(session: Session) -> str:
    """Through which door what is done now came, as far as anybody has said."""
    hand = session.info.get(_HAND)
    return hand.door if hand else "assistant"


def undone(session: Session) -> None:
    """The savepoint of the latest deed was rolled back, and its line and changes with it."""
    session.info.pop(_DEED, None)


def forget(session: Session) -> None:
    """A job failed, or ended: what it did concerns no other."""
    session.info.pop(_DEED, None)
    session.info.pop(_HAND, None)


def settle(session: Session) -> None:
    """Give every change that has no deed yet to the one that is going on; one without any gets a line of its own."""
    session.flush()
    connection = session.connection()
    deed_id = session.info.pop(_DEED, (None,))[0]
    if not connection.info.pop(_TOUCHED, False):
        return
    if deed_id is None:
        if execute(connection, _UNSETTLED).fetchone() is None:
            return
        deed_id = _line(session)
    execute(connection, _SETTLE[connection.dialect.name], (deed_id,))


_UNSETTLED = "SELECT 1 FROM changes WHERE deed_id IS NULL LIMIT 1"
_SETTLE = {
    name: f"UPDATE changes SET deed_id = {mark} WHERE deed_id IS NULL"  # noqa: S608 - a placeholder
    for name, mark in (("sqlite", "?"), ("postgresql", "%s"))
}


def _line(session: Session) -> int:
    hand = session.info.get(_HAND) or Hand(_now(session), "assistant", "other")
    deed = Deed(at=hand.at, actor_id=hand.actor_id, door=hand.door, what=hand.what, inbox_id=hand.inbox_id)
    session.add(deed)
    session.flush()
    assert deed.id is not None
    return deed.id


def _now(session: Session) -> datetime:
    """The database's own clock, for what nobody has given a moment to."""
    return session.exec(select(func.current_timestamp(type_=_AT))).one()


def watch(engine: Engine) -> None:
    """Notice the statements that write to a recorded table, so that jobs without changes cost nothing."""
    event.listen(engine, "begin", lambda connection: connection.info.pop(_TOUCHED, None))
    event.listen(engine, "before_cursor_execute", _notice)


def _notice(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    found = _WRITES.match(statement)
    if found and found[1] in RECORDED:
        touched(connection)


def touched(connection: Connection) -> None:
    """A recorded table is about to be written to."""
    if not connection.info.get(_TOUCHED):
        adopt_strays(connection.connection.driver_connection)
        connection.info[_TOUCHED] = True


def adopt_strays(driver: Any) -> bool:
    """Give changes that somebody made past the assistant a line of their own, before a deed of ours is blamed for them.

    ``driver`` is the connection of the database's driver, at the start of what a job changes. Returns whether there
    were any.
    """
    if not has_strays(driver):
        return False
    (deed_id,) = driver.execute(_STRAY_LINE).fetchone()
    driver.execute(f"UPDATE changes SET deed_id = {int(deed_id)} WHERE deed_id IS NULL")  # noqa: S608 - a number
    return True


def has_strays(driver: Any) -> bool:
    """Whether there are changes without a deed, though none of our jobs is under way."""
    return driver.execute(_UNSETTLED).fetchone() is not None


_LINE = "INSERT INTO history (at, door, what, details) VALUES (CURRENT_TIMESTAMP, '{}', '{}', '{{}}') RETURNING id"
_STRAY_LINE = _LINE.format("unknown", "stray")


# Triggers -------------------------------------------------------------------------------------------------------------


def install(connection: Connection) -> None:
    """Make the triggers anew, after the tables have changed or somebody has taken them away."""
    uninstall(connection)
    for statement in _wanted(connection).values():
        connection.execute(text(statement))


def restore(connection: Connection) -> None:
    """Make the triggers anew while nothing else is upgraded: a line of the history says that they were not there."""
    install(connection)
    connection.exec_driver_sql(_LINE.format("assistant", "restore-triggers"))


def uninstall(connection: Connection) -> None:
    """Take all triggers away: no table can be altered under them."""
    if connection.dialect.name == "sqlite":
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return
    for name, table in connection.exec_driver_sql(_POSTGRES_TRIGGERS).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')


def is_installed(connection: Connection) -> bool:
    """Whether the triggers are there, just as this code makes them."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        return dict(found) == _wanted(connection)
    triggers = {name for name, _ in connection.exec_driver_sql(_POSTGRES_TRIGGERS).all()}
    bodies = {body for (body,) in connection.exec_driver_sql(_POSTGRES_BODIES).all()}
    return triggers | set(_FUNCTIONS) == set(_wanted(connection)) and set(_FUNCTIONS.values()) <= bodies


def _wanted(connection: Connection) -> dict[str, str]:
    """The statements that make functions and triggers, by name."""
    return dict(_for_sqlite() if connection.dialect.name == "sqlite" else _for_postgres())


def recorded() -> Iterator[tuple[str, Table, list[str]]]:
    """Each recorded table with the columns that are written down."""
    for name, left_out in RECORDED.items():
        table = SQLModel.metadata.tables[name]
        yield name, table, [column.name for column in table.columns if column.name not in left_out]


def _key(table: Table) -> str:
    return table.primary_key.columns[0].name


# SQLite ---------------------------------------------------------------------------------------------------------------


def _for_sqlite() -> Iterator[tuple[str, str]]:
    for name, table, columns in recorded():
        for verb, (when, before, after) in {
            "insert": ("", "NULL", _json(table, columns, "NEW")),
            "update": _changed(table, columns),
            "delete": ("", _json(table, columns, "OLD"), "NULL"),
        }.items():
            of = f" OF {', '.join(columns)}" if verb == "update" else ""
            row = "OLD" if verb == "delete" else "NEW"
            head = f"CREATE TRIGGER record_{name}_{verb} AFTER {verb.upper()}{of} ON {name}{when}"
            values = f"('{name}', {row}.{_key(table)}, {before}, {after})"
            line = f"INSERT INTO changes (table_name, row_id, before, after) VALUES {values}"  # noqa: S608 - our tables
            yield f"record_{name}_{verb}", f"{head} BEGIN {line}; END"
    for name, (head, condition, said) in _KEPT.items():
        yield name, f"CREATE TRIGGER {name} BEFORE {head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{said}'); END"


def _json(table: Table, columns: list[str], row: str) -> str:
    """A row as a JSON object; what is JSON itself is put in as such."""
    pairs = []
    for name in columns:
        is_json = isinstance(table.columns[name].type, JSON)
        pairs.append(f"'{name}', " + (f"json({row}.{name})" if is_json else f"{row}.{name}"))
    return f"json_object({', '.join(pairs)})"


def _changed(table: Table, columns: list[str]) -> tuple[str, str, str]:
    """When an update changes anything, and both rows without what stays."""
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
    same = ", ".join(f"CASE WHEN OLD.{name} IS NEW.{name} THEN '$.{name}' ELSE '$.\"-\"' END" for name in columns)
    before, after = (f"json_remove({_json(table, columns, row)}, {same})" for row in ("OLD", "NEW"))
    return f" WHEN {differs}", before, after


_SEALED = "EXISTS (SELECT 1 FROM seals WHERE deed_id = {} AND redacted_at IS NULL)"
_SEALED_EVER = "EXISTS (SELECT 1 FROM seals WHERE deed_id = {})"
_FORGETS = (
    "OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND NEW.salt = '' AND NEW.position = OLD.position"
    " AND NEW.deed_id = OLD.deed_id AND NEW.content = OLD.content AND NEW.chain = OLD.chain AND NEW.at = OLD.at"
)
_AGREED = ("purpose", "given", "version", "wording", "door", "at")
_KNOWN = "EXISTS (SELECT 1 FROM persons WHERE id = OLD.person_id AND erased_at IS NULL)"

# Trigger -> on what, when it refuses, and why. What is sealed can only be blanked, and only after its seal says so;
# whoever has the database's own password can do more, which the chain then shows.
_KEPT = {
    "keep_history_update": ("UPDATE ON history", _SEALED.format("OLD.id"), "the history is sealed"),
    "keep_history_delete": ("DELETE ON history", _SEALED_EVER.format("OLD.id"), "the history is sealed"),
    "keep_changes_insert": (
        "INSERT ON changes",
        f"NEW.deed_id IS NOT NULL AND {_SEALED_EVER.format('NEW.deed_id')}",
        "the history is sealed",
    ),
    "keep_changes_update": (
        "UPDATE ON changes",
        f"{_SEALED.format('OLD.deed_id')} OR {_SEALED.format('NEW.deed_id')}",
        "the history is sealed",
    ),
    "keep_changes_delete": ("DELETE ON changes", _SEALED_EVER.format("OLD.deed_id"), "the history is sealed"),
    "keep_seals_update": ("UPDATE ON seals", f"NOT ({_FORGETS})", "a seal is only broken to forget"),
    "keep_seals_delete": ("DELETE ON seals", "true", "a seal is only broken to forget"),
    "keep_consents_update": (
        "UPDATE ON consents",
        " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _AGREED),
        "consents are only added to",
    ),
    "keep_consents_delete": ("DELETE ON consents", _KNOWN, "consents are only added to"),
}


# PostgreSQL -----------------------------------------------------------------------------------------------------------


_RECORD = """
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - TG_ARGV[1]::text[] END;
  became jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - TG_ARGV[1]::text[] END;
  named text := coalesce(became, was) ->> TG_ARGV[0];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, was -> key), jsonb_object_agg(key, value) INTO was, became
      FROM jsonb_each(became) WHERE value IS DISTINCT FROM was -> key;
    IF became IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO changes (table_name, row_id, before, after) VALUES (TG_TABLE_NAME, named, was::json, became::json);
  RETURN NULL;
END
"""
_REFUSE = """
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END
"""


def _refusing(condition: str) -> str:
    """The body of a function that refuses a row when the condition holds."""
    as_postgres = re.sub(r"(OLD\.\w+) IS NOT (NEW\.\w+)", r"\1 IS DISTINCT FROM \2", condition)
    return f"""
BEGIN
  IF {as_postgres} THEN
    RAISE EXCEPTION '%', TG_ARGV[0];
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
"""


_FUNCTIONS = {
    "record_change": _RECORD,
    "refuse_change": _REFUSE,
    **{f"{name}_row": _refusing(condition) for name, (_, condition, _) in _KEPT.items()},
}
_POSTGRES_TRIGGERS = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)
_POSTGRES_BODIES = (
    "SELECT prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype"
)


def _for_postgres() -> Iterator[tuple[str, str]]:
    for name, body in _FUNCTIONS.items():
        head = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC'"
        yield name, f"{head} AS $${body}$$"
    for name, table, _ in recorded():
        left_out = ",".join(sorted(RECORDED[name]))
        yield (
            f"record_{name}",
            f"CREATE TRIGGER record_{name} AFTER INSERT OR UPDATE OR DELETE ON {name} FOR EACH ROW"
            f" EXECUTE FUNCTION record_change('{_key(table)}', '{{{left_out}}}')",
        )
    for name, (head, _, said) in _KEPT.items():
        yield name, f"CREATE TRIGGER {name} BEFORE {head} FOR EACH ROW EXECUTE FUNCTION {name}_row('{said}')"
    for name in ("history", "changes", "seals", "consents"):
        yield (
            f"keep_{name}_all",
            f"CREATE TRIGGER keep_{name}_all BEFORE TRUNCATE ON {name} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION refuse_change('{name} cannot be emptied')",
        )
