"""A button that decides something decides once: pressed twenty times, by a stranger, too late, against its twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from alliance import digests, intents, minutes
from alliance.desk import Voice
from alliance.notes import Note
from alliance.packing import unpack
from bot import buttons, views
from store import keyboards
from store.tables import Channel
from tests.town import CHATS, ERIKA, GUEST, HOUSE, MAX, NAMES, OFFICE, Town, copy_of

# What may differ without anything having been decided: what is shown and logged, and when somebody was last heard of
ASIDE = {"inbox", "keyboards", "talks", "seals", "changes", "mailboxes", "occasions"}
HEARD = {"last_contact_at", "telegram_dead"}
JUTTA = "jutta@stadt.example.org"  # of the office, too
SHEET = b"Unternehmen;Telefon\r\nProbe GmbH;02041 2\r\n"
POLL = intents.OpenPoll("yes-no", "Soll es einen Sommermarkt geben?")

State = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Decision:
    """A question with its buttons: whom it is put to, how it comes about, and which buttons answer it.

    ``bound``: only this person may answer it, even who knew what the button means.
    """

    name: str
    who: str
    ask: Callable[[Town], object]
    labels: tuple[str, ...]
    bound: bool = True
    changing: bool = False  # the second button may still change what the first one did: a vote


def latest(town: Town, who: str, title: str = "") -> Note:
    rows = [row for row in town.bubbles(who) if title in row.note["title"]]
    return unpack(rows[-1].note, Note)


def somebody_joins(town: Town) -> None:
    town.letter(GUEST, "BEITRETEN Probe GmbH")
    town.reply(GUEST, "JA")


def somebody_answers_for_max(town: Town) -> None:
    town.letter(MAX, "STATUS")
    town.letter(GUEST, "unverändert", town.letters(MAX)[-1].token)


def confirmed(who: str, words: str) -> Callable[[Town], object]:
    def ask(town: Town) -> None:
        town.letter(who, words)
        town.reply(who, "JA")

    return ask


def both_sides_are_asked(town: Town) -> None:
    confirmed(MAX, "GESUCH: Raum für Seminare")(town)
    town.chat(ERIKA, "ANGEBOT: Seminarraum für 20 Personen")


def poll_is_open(town: Town) -> None:
    town.meeting(30)
    town.office(replace(POLL, confirmed=True))


def poll_is_previewed(town: Town) -> Note:
    town.meeting(30)
    return town.tap(OFFICE, POLL)


def digest_waits(town: Town) -> None:
    town.office(intents.PreviewDigest(on=True))
    town.chat(ERIKA, "M1 60 %")
    town.database.write_now(lambda session: digests.carry_out(session, HOUSE, "2026-W48", town.at))


def minutes_were_sent(town: Town) -> Note:
    town.meeting(1)
    town.at += timedelta(days=2)
    town.office(intents.RecordMinutes("Es waren viele da."))
    town.at += timedelta(days=9)
    town.database.write_now(lambda session: minutes.send(session, HOUSE, 1, town.at))
    return town.chat(OFFICE, "PROTOKOLL: Es waren sehr viele da.")


def poll_is_to_be_closed(town: Town) -> Note:
    poll_is_open(town)
    return town.chat(OFFICE, "ABSTIMMUNG SCHLIESSEN")


def sheet_was_sent(town: Town) -> Note:
    voice = Voice(Channel.TELEGRAM, town.at, chat_id=CHATS[OFFICE], name=NAMES[OFFICE])
    return town.database.write_now(lambda session: town.desk.receive_file(session, voice, "firmen.csv", SHEET))


def meeting_is_to_be_cancelled(town: Town) -> Note:
    town.meeting(30)
    return town.chat(OFFICE, "SITZUNG ABSAGEN; Sturmwarnung")


def erika_has_left(town: Town) -> None:
    town.office(intents.RegisterPerson("Kim Probe", "kim@stahl.example.org", "Stahl GmbH"))
    town.chat(ERIKA, "ABMELDEN")


DEPUTY = intents.NameDeputy(ERIKA, date(2026, 12, 31))

DECISIONS = (
    Decision("join", OFFICE, somebody_joins, ("Ja, aufnehmen", "Nein, ablehnen")),
    Decision("trust", OFFICE, somebody_answers_for_max, ("Ja, das war Max Muster", "Nein, nicht ausführen")),
    Decision("lead", ERIKA, confirmed(MAX, f"ABGEBEN M3 an {ERIKA}"), ("Ja, ich übernehme", "Nein, lieber nicht")),
    Decision(
        "deputy",
        ERIKA,
        confirmed(MAX, f"VERTRETUNG {ERIKA} bis 31.12.2026"),
        ("Ja, ich vertrete", "Nein, lieber nicht"),
    ),
    Decision("end-of-deputy", ERIKA, lambda town: town.tap(ERIKA, replace(DEPUTY, email=MAX)), ("Bitte zurückziehen",)),
    Decision(
        "role", OFFICE, confirmed(JUTTA, f"ROLLE {MAX} Geschäftsstelle"), ("Ja, Rechte geben", "Nein, nicht geben")
    ),
    Decision("company", OFFICE, confirmed(MAX, "WECHSEL: Neue GmbH"), ("Ja, eintragen", "Nein")),
    Decision("free-measure", OFFICE, erika_has_left, ("M1 an Kim Probe",)),
    Decision("match", ERIKA, both_sides_are_asked, ("Ja, weitergeben", "Nein"), changing=True),
    Decision("vote", ERIKA, poll_is_open, ("Ja, dafür", "Nein, dagegen"), bound=False, changing=True),
    Decision("poll", OFFICE, poll_is_previewed, ("Ja, so hinausgeben",)),
    Decision("poll-closed", OFFICE, poll_is_to_be_closed, ("Ja, schließen",)),
    Decision("import", OFFICE, sheet_was_sent, ("✓ Ja, übernehmen", "Nein, verwerfen")),
    Decision("digest", OFFICE, digest_waits, ("Freigeben",)),
    Decision("correction", OFFICE, minutes_were_sent, ("Ja, Berichtigung schicken", "Nein, nicht schicken")),
    Decision("cancellation", OFFICE, meeting_is_to_be_cancelled, ("Ja, absagen",)),
)
PRESSES = [
    pytest.param(decision, label, id=f"{decision.name}: {label}") for decision in DECISIONS for label in decision.labels
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, settled_sqlite: Path) -> Path:
    folder = tmp_path_factory.mktemp("buttons")
    with copy_of(settled_sqlite, folder) as town:
        town.office(intents.RegisterPerson("Jutta Probe", JUTTA, "Stadt", office=True))
        town.forget_letters()
        town.link(ERIKA)
        town.link(OFFICE)
    return folder / "town.db"


@pytest.fixture
def town(tmp_path: Path, settled: Path) -> Iterator[Town]:
    with copy_of(settled, tmp_path) as town:
        yield town


def show(town: Town, decision: Decision) -> dict[str, str]:
    """What Telegram would send back for each button of the question, by label."""
    asked = decision.ask(town)
    shown = views.bubbles(asked if isinstance(asked, Note) and asked.actions else _question(town, decision))

    def keep(session: Session) -> dict[str, str]:
        keys = buttons.keep(session, CHATS[decision.who], shown, town.at)
        rows = [row for bubble, key in zip(shown, keys, strict=True) for row in buttons.rows(bubble, key)]
        return {button["text"]: button.get("callback_data", "") for row in rows for button in row}

    return town.database.write_now(keep)


def _question(town: Town, decision: Decision) -> Note:
    """The latest bubble that has the button."""
    notes = [unpack(row.note, Note) for row in town.bubbles(decision.who)]
    return next(note for note in reversed(notes) if decision.labels[0] in _labels(note))


def _labels(note: Note) -> set[str]:
    items = (action for item in note.items for action in item.actions)
    return {action.label for action in (*note.actions, *items)}


def press(town: Town, who: str, data: str) -> Note:
    """One press as the bot hears it."""

    def job(session: Session) -> Note:
        voice = Voice(Channel.TELEGRAM, town.at, chat_id=CHATS[who], name=NAMES[who])
        meant = buttons.find(session, data, CHATS[who], town.at)
        return town.desk.stale(session, voice) if meant is None else town.desk.hear(session, voice, meant)

    return town.database.write_now(job)


def state(town: Town) -> State:
    """Everything that can be decided, and every letter and line of the history that a decision brings about."""

    def job(session: Session) -> State:
        found: State = {}
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in ASIDE:
                columns = [column for column in table.columns if column.name not in HEARD]
                found[table.name] = [tuple(row) for row in session.execute(select(*columns))]
        return found

    return town.database.read_now(job)


@pytest.mark.parametrize(("decision", "label"), PRESSES)
@pytest.mark.fault(53)
def test_a_button_decides_once_and_for_nobody_else(town: Town, decision: Decision, label: str) -> None:
    shown = show(town, decision)
    before = state(town)
    assert_invalid_for_others_and_later(town, decision, shown[label])
    assert state(town) == before
    press(town, decision.who, shown[label])
    once = state(town)
    assert once != before
    for _ in range(19):
        press(town, decision.who, shown[label])
    assert state(town) == once
    if not decision.changing:
        for other in set(decision.labels) - {label}:  # as from a second device that still shows the question
            assert press(town, decision.who, shown[other]).toast
        assert state(town) == once


def assert_invalid_for_others_and_later(town: Town, decision: Decision, data: str) -> None:
    """Foreign, forged and expired presses are told so; knowing what a button means does not help either."""
    over, foreign = "nicht mehr gültig", ERIKA if decision.who == OFFICE else OFFICE
    for who, pressed in ((foreign, data), (GUEST, data), (decision.who, f"x{data}"), (decision.who, f"{data}9")):
        assert over in press(town, who, pressed).toast
    meant = town.database.read_now(lambda session: buttons.find(session, data, CHATS[decision.who], town.at))
    for who in (foreign, GUEST) if decision.bound else ():
        assert town.tap(who, meant).toast
    asked_at = town.at
    town.at += keyboards.LIFETIME + timedelta(minutes=1)
    assert over in press(town, decision.who, data).toast
    town.at = asked_at
