"""A small alliance for tests: people and measures, spoken for at the desk without a door in between."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alliance import chats
from alliance.desk import Desk, Voice
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import AddMeasure, AssignMeasure, Intent, PlanMeeting, RegisterPerson
from alliance.notes import Action, Note
from alliance.packing import unpack
from store import inbox
from store.database import Database
from store.tables import Address, Channel, Measure, OutboxRow, Person

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
HOUSE = House("Wirtschaftsallianz Beispielstadt", "assistent@alliance.example.org", "beispiel_bot", BERLIN)

ERIKA, MAX = "erika@stahl.example.org", "max@logistik.example.org"
OFFICE, GUEST = "buero@stadt.example.org", "gast@neu.example.org"
CHATS = {ERIKA: 7_000_000_001, MAX: 7_000_000_002, OFFICE: 7_000_000_003, GUEST: 7_000_000_004}
NAMES = {ERIKA: "Erika Beispiel", MAX: "Max Muster", OFFICE: "Geschäftsstelle", GUEST: "Robin Probe"}


class Town:
    """``at`` is the present; tests move it. M1 and M2 are Erika's, M3 is Max's, M4 is nobody's."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.desk = Desk(HOUSE)
        self.at = START
        self._uids = count(1)

    def settle(self) -> Town:
        """Register the people and measures; nobody's chat is linked yet."""
        for email, company in ((ERIKA, "Stahl GmbH"), (MAX, "Logistik KG"), (OFFICE, "Stadt")):
            self.office(RegisterPerson(NAMES[email], email, company, office=email == OFFICE, phone="02041 1"))
        for number, title in enumerate(("Radweg", "Flächenbörse", "Messe", "Glasfaser"), start=1):
            self.office(AddMeasure(number, title, field="Infrastruktur"))
        for number, email in ((1, ERIKA), (2, ERIKA), (3, MAX)):
            self.office(AssignMeasure(number, email))
        self.forget_letters()
        return self

    def link(self, email: str) -> None:
        """Tie the person's chat, as if they had agreed to it and confirmed it."""

        def job(session: Session) -> None:
            hearing = Hearing(session, HOUSE, self._chat_voice(email), _person(session, email), proved=True)
            chats.tie_as_agreed(hearing, hearing.member, CHATS[email])

        self.database.write_now(job)

    def office(self, intent: Intent) -> Note:
        """The operator's command line."""
        return self.database.write_now(lambda session: self.desk.command(session, intent, self.at))

    def meeting(self, days: int) -> Note:
        """Plan an alliance meeting so many days from now, at 17:00."""
        day = self.at.astimezone(BERLIN).date() + timedelta(days=days)
        return self.office(PlanMeeting("alliance", "Herbstsitzung", day, time(17), "Rathaus"))

    def chat(self, email: str, text: str) -> Note:
        """Words in the person's chat."""
        return self.database.write_now(lambda session: self.desk.listen(session, self._chat_voice(email), text))

    def tap(self, email: str, action: Action | Intent | None) -> Note:
        """A tap on a button in the person's chat."""
        intent = action.intent if isinstance(action, Action) else action
        assert intent is not None
        return self.database.write_now(lambda session: self.desk.hear(session, self._chat_voice(email), intent))

    def letter(self, email: str, text: str, token: str = "", *, forged: bool = False) -> Note:
        """The new words of a letter, answered by mail."""

        def job(session: Session) -> Note:
            kept = inbox.keep(session, Channel.MAIL, [inbox.Incoming(f"1:{next(self._uids)}", text.encode())], self.at)
            name = NAMES.get(email, "")
            voice = Voice(Channel.MAIL, self.at, email=email, name=name, token=token, forged=forged, inbox_id=kept[0])
            note = self.desk.listen(session, voice, text)
            self.desk.answer_by_mail(session, voice, note, "<letter@example.org>")
            return note

        return self.database.write_now(job)

    def reply(self, email: str, text: str) -> Note:
        """An answer to the latest letter this address got."""
        return self.letter(email, text, self.letters(email)[-1].token)

    def letters(self, email: str) -> list[OutboxRow]:
        """What was enqueued to a mail address, oldest first."""
        return self._rows(email)

    def bubbles(self, email: str) -> list[OutboxRow]:
        """What was enqueued to the person's chat."""
        return self._rows(str(CHATS[email]))

    def last_letter(self, email: str) -> Note:
        """The latest note enqueued to this address."""
        return unpack(self.letters(email)[-1].note, Note)

    def forget_letters(self) -> None:
        """Empty the outbox."""

        def job(session: Session) -> None:
            for row in session.exec(select(OutboxRow)):
                session.delete(row)

        self.database.write_now(job)

    def measure(self, number: int) -> Measure:
        """A measure as it stands."""
        statement = select(Measure).where(Measure.number == number)
        return self.database.read_now(lambda session: session.exec(statement).one())

    def person(self, email: str) -> Person:
        """A person as they stand."""
        return self.database.read_now(lambda session: _person(session, email))

    def _rows(self, to: str) -> list[OutboxRow]:
        statement = select(OutboxRow).where(OutboxRow.to == to).order_by(col(OutboxRow.id))
        return self.database.read_now(lambda session: list(session.exec(statement)))

    def _chat_voice(self, email: str) -> Voice:
        return Voice(Channel.TELEGRAM, self.at, chat_id=CHATS[email], name=NAMES[email])


@contextmanager
def copy_of(template: Path, folder: Path) -> Iterator[Town]:
    """A town of its own in ``folder``/town.db, as it stands in the SQLite file ``template``."""
    database = Database(f"sqlite:///{shutil.copy(template, folder / 'town.db')}")
    yield Town(database)
    database.close()


def _person(session: Session, email: str) -> Person:
    return session.exec(select(Person).join(Address).where(Address.email == email)).one()


def button(note: Note, label: str) -> Action:
    """The button with this label, wherever in the note it is."""
    actions = [*note.actions, *(action for item in note.items for action in item.actions)]
    return next(action for action in actions if action.label == label)


def words(note: Note) -> str:
    """Everything a note says, in one string."""
    items = [part for item in note.items for part in (item.title, *item.lines)]
    return "\n".join((note.title, *note.lines, *items, *note.closing, note.toast))
