"""Whatever people call things, every channel shows it as they wrote it, and no mark of theirs becomes one of ours."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from alliance import intents
from alliance.notes import Note
from alliance.packing import unpack
from bot import views
from mail.letters import Sender, compose
from papers import sheets_in
from store import outbox
from store.database import Database
from store.tables import OutboxRow, Paper, Person
from tests.papers.paper_reading import says
from tests.town import BERLIN, ERIKA, HOUSE, OFFICE, Town

MARKS = "<b>&_*[]()~>#+-=|{}.!\"'`$\\ <u> <script>x</script> {{ 7*7 }} #let"
NAME, COMPANY, TITLE = f"Erika {MARKS} Eins", f"Firma {MARKS} Zwei", f"Titel {MARKS} Drei"
IDEA, OPTION, PLACE = f"Idee {MARKS} Vier", f"Wahl {MARKS} Fünf", f"Saal {MARKS} Sechs"


class Read(HTMLParser):
    """What a reader sees of HTML, and the tags and attributes in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def town(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Town]:
    """A town where everything that has a name has one full of marks; the office has asked about all of it."""
    database = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'town.db')}")
    town = Town(database)
    town.office(intents.RegisterPerson("Geschäftsstelle", OFFICE, "Stadt", office=True))
    town.office(intents.RegisterPerson(NAME, ERIKA, COMPANY))
    town.office(intents.AddMeasure(1, TITLE, field="Infrastruktur"))
    town.office(intents.AssignMeasure(1, ERIKA))
    day = town.at.astimezone(BERLIN).date() + timedelta(days=30)
    town.office(intents.PlanMeeting("alliance", TITLE, day, time(17), PLACE))
    town.office(intents.SetAgenda((intents.AgendaPoint(OPTION, time(17)),)))
    town.office(intents.Invite())
    town.office(intents.OpenPoll("consensus", TITLE, options=(OPTION, "Nein"), confirmed=True))
    town.letter(OFFICE, "HILFE")
    town.letter(ERIKA, "STATUS")
    town.reply(ERIKA, f"IDEE: {IDEA}")
    town.letter(ERIKA, f"Wer bringt den {MARKS} Kuchen mit?")
    town.letter(OFFICE, "OFFEN")
    town.letter(OFFICE, "TEILNAHME")
    yield town
    database.close()


def notes(town: Town) -> list[tuple[Note, OutboxRow]]:
    def job(session: Session) -> list[OutboxRow]:
        return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    return [(unpack(row.note, Note), row) for row in town.database.read_now(job)]


def in_telegram(town: Town) -> tuple[str, set[str]]:
    """Every note as a chat shows it, here the one of the person with the name."""
    town.link(ERIKA)
    bubbles = [bubble for note, _ in notes(town) for bubble in views.bubbles(note)]
    read = [Read(bubble.html) for bubble in bubbles]
    buttons = [action.label for bubble in bubbles for action in bubble.actions]
    return "\n".join([*(each.words for each in read), *buttons]), set().union(*(each.tags for each in read))


def letters(town: Town) -> list[EmailMessage]:
    house = Sender(HOUSE.email, HOUSE.name)
    raw = [compose(outbox.letter_of(row), [], house, town.at) for _, row in notes(town)]
    return [message_from_bytes(each, policy=default) for each in raw]


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def in_plain_text(town: Town) -> tuple[str, set[str]]:
    return re.sub(r" \n", " ", "\n".join(part(message, "plain") for message in letters(town))), set()


def in_html(town: Town) -> tuple[str, set[str]]:
    read = [Read(part(message, "html")) for message in letters(town)]
    return "\n".join(each.words for each in read), set().union(*(each.tags for each in read))


@pytest.mark.parametrize("channel", [in_telegram, in_plain_text, in_html])
@pytest.mark.fault(60)
def test_every_name_is_shown_as_it_was_written(town: Town, channel: Callable[[Town], tuple[str, set[str]]]) -> None:
    shown, tags = channel(town)
    for written in (NAME, COMPANY, TITLE, IDEA, OPTION, PLACE):
        assert written in squeezed(shown)
    assert not tags & {"u", "script"}


@pytest.mark.fault(60)
def test_subjects_hold_it_in_one_line_and_nothing_becomes_a_header(town: Town) -> None:
    subjects = [str(message["Subject"]) for message in letters(town)]
    assert any(TITLE in squeezed(subject) for subject in subjects)
    for message in letters(town):
        assert message["Bcc"] is None
        assert not {"\r", "\n"} & set(str(message["Subject"]) + str(message["To"]))


@pytest.mark.fault(60)
def test_papers_show_it_as_it_was_written(town: Town) -> None:
    town.link(OFFICE)
    report, sheet, whole = (town.chat(OFFICE, said) for said in ("BERICHT", "PLAN A3", "EXPORT ALLES"))

    def contents(session: Session) -> list[bytes]:
        ids = [paper for note in (report, sheet, whole) for paper in note.papers]
        return [session.get_one(Paper, paper).content for paper in ids]

    found = town.database.read_now(contents)
    pdfs = [content for content in found if content.startswith(b"%PDF")]
    assert len(pdfs) == 2
    assert all(says(pdf, TITLE) for pdf in pdfs)
    assert says(pdfs[0], NAME, COMPANY)
    cells = [cell for table in sheets_in.read(found[-1]) for row in table.rows for cell in row]
    assert {NAME, COMPANY, TITLE, PLACE} <= set(cells)


def test_a_line_break_in_a_name_is_none_in_a_letter(town: Town) -> None:
    def job(session: Session) -> None:
        person = session.exec(select(Person).where(Person.name == NAME)).one()
        person.name = "Erika\r\nBcc: opfer@example.org\r\n\r\nBeispiel"

    town.database.write_now(job)
    town.letter(ERIKA, "Wer spült ab?")
    for message in letters(town):
        assert message["Bcc"] is None
        assert message.get_content_type().startswith("multipart/")
    subjects = [str(message["Subject"]) for message in letters(town)]
    assert any(subject.startswith("Nachricht von Erika Bcc: opfer@example.org Beispiel") for subject in subjects)
