"""LÖSCHEN: whoever asks for it is forgotten in every table, and in the file's very bytes."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlmodel import Session, SQLModel
from sqlmodel import select as choose

from alliance import companies, intents, sealing
from alliance.desk import Voice
from alliance.notes import Note
from alliance.packing import pack, unpack
from alliance.privacy import erasure, traces
from alliance.privacy.datamap import MAP, Fate
from store import inbox, keyboards, outbox
from store.outbox import Outcome, Result
from store.tables import (
    Address,
    Amendment,
    Answer,
    Attendance,
    Ballot,
    Bounce,
    Case,
    Channel,
    Company,
    CompanyChange,
    Consent,
    Decision,
    Deed,
    Deputyship,
    Follow,
    Idea,
    InboxRow,
    JoinRequest,
    LeadOffer,
    Measure,
    Meeting,
    Offer,
    OfferMatch,
    OutboxRow,
    Paper,
    Person,
    PersonalRequest,
    PlanVersion,
    Poll,
    PollOption,
    ProgressReport,
    Purge,
    RequestState,
    Role,
    RoleProposal,
    Seal,
    Switch,
    Talk,
    Upload,
)
from tests import leftovers
from tests.town import CHATS, ERIKA, GUEST, HOUSE, MAX, OFFICE, START, Town, words

NAME, PHONE, SECOND = "Erika Beispiel", "0201 998877", "erika@privat.example.org"
CHAT = CHATS[ERIKA]
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # where nothing depends on the database
TELLING = (NAME, "Beispiel, Erika", "ERIKA BEISPIEL", ERIKA, SECOND, PHONE, "0201998877", str(CHAT))


@pytest.fixture
def full(town: Town) -> Town:
    """A town in which Erika has left something in every table."""
    town.link(ERIKA)
    town.database.write_now(_a_rich_life)
    town.chat(ERIKA, "M1 60 %, mit Erika Beispiel besprochen")
    town.chat(ERIKA, "IDEE: Lastenräder zum Ausleihen")
    town.letter(MAX, f"Bitte fragen Sie Erika Beispiel, {PHONE}")
    town.office(intents.AddMeasure(9, "Neu", why="wegen Erika  Beispiel"))
    town.database.write_now(lambda session: sealing.seal(session, town.at))
    town.database.write_now(_done)
    return town


def _done(session: Session) -> None:
    """The doors have closed what came in."""
    for row in session.exec(choose(InboxRow)):
        row.state = inbox.Received.DONE


def _a_rich_life(session: Session) -> None:
    """Rows that no short conversation would leave."""
    erika, other = _person(session, ERIKA), _person(session, MAX)
    me, him = erika.id or 0, other.id or 0
    erika.phone, erika.paused_until = PHONE, date(2026, 12, 1)
    at, soon = START, START + timedelta(days=20)
    letter = f"From: {NAME} <{SECOND}>\nSubject: =?utf-8?q?Erika_Beispiel?=\n\nHallo von {NAME}".encode()
    meeting = Meeting(kind="alliance", title="Herbst", starts_at=soon, minute_taker_id=me, minutes=f"{NAME} sprach.")
    measure = session.exec(choose(Measure).where(Measure.number == 3)).one()
    measure.note, measure.evidence = f"Frau {NAME} hilft (0201998877)", [f"Anruf bei Erika\n Beispiel, {PHONE}", ERIKA]
    measure.milestones = [{"title": "Gespräch mit Beispiel, Erika", "due": None, "done": False}]
    deed = Deed(
        at=at, actor_id=him, door="mail", what="import", details={"rows": [[1, {"name": NAME, "email": ERIKA}]]}
    )
    poll = Poll(meeting_id=0, kind="points", question=f"Soll {NAME} reden?", points=3, opened_at=at, closes_at=soon)
    session.add_all([meeting, deed])
    session.flush()
    poll.meeting_id = meeting.id or 0
    theirs, own = Offer(person_id=him, text="Halle", at=at), Offer(person_id=me, text="Raum", at=at)
    session.add_all([poll, theirs, own])
    session.flush()
    inbox.keep(
        session, Channel.MAIL, [inbox.Incoming("1:900", letter, "f1"), inbox.Incoming("1:901", letter, "f2")], at
    )
    for row in session.exec(choose(InboxRow)):
        row.sender = SECOND if row.external_id == "1:900" else MAX
    outbox.enqueue(session, list(_letters(me, him)), at)
    keyboards.keep(session, CHAT, [{"is": "ShowStatus"}], at)
    session.merge(Talk(chat_id=CHAT, matter={}, choices=[{"name": NAME}], expires_at=at))
    session.add_all(
        [
            Address(person_id=me, email=SECOND),
            Attendance(meeting_id=meeting.id or 0, person_id=me, answer=Answer.YES, needs="vegan", at=at),
            Attendance(meeting_id=meeting.id or 0, person_id=him, answer=Answer.NO, deputy=NAME, at=at),
            PlanVersion(state="adopted", at=at, by_id=me, content={"measures": [{"leads": [ERIKA], "note": NAME}]}),
            Amendment(
                measure_id=3,
                what="title",
                before=NAME,
                after="x",
                why=f"wegen {NAME}",
                at=at,
                by_id=me,
                deed_id=deed.id or 0,
            ),
            Decision(meeting_id=meeting.id or 0, text=f"{NAME} kümmert sich", at=at, by_id=me),
            LeadOffer(measure_id=3, person_id=me, from_id=him, made_at=at),
            Idea(person_id=him, text=f"Fragt {NAME}!", reason=f"{NAME} war dagegen", at=at, decided_by=me),
            OfferMatch(offer_id=own.id or 0, other_person_id=him, at=at),
            OfferMatch(offer_id=theirs.id or 0, other_person_id=me, at=at),
            PollOption(poll_id=poll.id or 0, number=1, title=f"Mit {NAME}"),
            Ballot(poll_id=poll.id or 0, person_id=me, choices={"1": 3}, at=at),
            Follow(person_id=me, field="Infrastruktur"),
            Upload(person_id=me, name=f"{NAME}.csv", content=b"x", at=at),
            Upload(person_id=him, name="plan.csv", content=f"Name;Mail\n{NAME};{ERIKA}".encode(), at=at),
            JoinRequest(
                state=RequestState.APPROVED,
                email=SECOND,
                name=NAME,
                company="x",
                chat_id=CHAT,
                person_id=me,
                made_at=at,
            ),
            JoinRequest(state=RequestState.PENDING, email=ERIKA, name=NAME, company="x", made_at=at),
            Case(person_id=me, email=ERIKA, chat_id=CHAT, text=f"Hier ist {NAME}", reason="not-understood", made_at=at),
            Case(person_id=him, email=MAX, text=f"Wo ist {NAME}?", reason="not-understood", claimed_id=me, made_at=at),
            Paper(name="bericht.pdf", media_type="application/pdf", content=NAME.encode(), made_at=at),
            Bounce(email=SECOND, permanent=False, at=at),
            Switch(name="digest-preview", at=at, by_id=me),
            Consent(person_id=me, purpose="membership", given=True, version="1", wording="Ja", door="mail", at=at),
            PersonalRequest(person_id=me, email=SECOND, kind="rectification", text=NAME, made_at=at, due_at=soon),
            RoleProposal(person_id=me, role=Role.OFFICE, proposed_by=him, made_at=at),
            Deputyship(person_id=him, deputy_id=me, until=date(2026, 12, 24), made_at=at, accepted=True),
            CompanyChange(person_id=me, company=f"{NAME} Beratung", made_at=at),
            ProgressReport(
                measure_id=3,
                person_id=him,
                deed_id=deed.id or 0,
                status="running",
                percent=10,
                text=f"laut {NAME}",
                at=at,
                before={"note": NAME},
                version=1,
            ),
        ]
    )


def _letters(me: int, him: int) -> Iterator[outbox.Outgoing]:
    note = {"is": "Note", "title": f"Guten Tag {NAME}", "lines": [f"Tel. {PHONE}"]}
    yield outbox.Outgoing(f"address-added:{ERIKA}", Channel.MAIL, SECOND, note, START, person_id=me)
    yield outbox.Outgoing("nudge:1:2:3", Channel.TELEGRAM, str(CHAT), note, START, person_id=me)
    yield outbox.Outgoing(f"about:{ERIKA}", Channel.MAIL, MAX, note, START, person_id=him, in_reply_to=f"<{ERIKA}>")


def _person(session: Session, email: str) -> Person:
    return session.exec(choose(Person).join(Address).where(Address.email == email)).one()


def sent(town: Town) -> None:
    """Everything that waits goes out."""

    def job(session: Session) -> None:
        for letter in outbox.claim(session, town.at + timedelta(minutes=1), 1_000):
            outbox.finish(session, letter, Outcome(Result.SENT), town.at)
        inbox.shown(session, [row.id or 0 for row in session.exec(choose(InboxRow))])

    town.database.write_now(job)


def left(town: Town) -> list[str]:
    """What still tells of her, and where."""
    return leftovers.found(town.database, TELLING)


def erase_by_mail(town: Town, email: str = ERIKA) -> Note:
    town.letter(email, "LÖSCHEN")
    return town.reply(email, "JA")


def _purged(town: Town) -> set[str]:
    """The addresses whose letters wait to be deleted from the mailbox; the rows go once that is done."""

    def job(session: Session) -> set[str]:
        rows = session.exec(choose(Purge)).all()
        for row in rows:
            session.delete(row)
        session.info["scrub"] = True
        return {row.email for row in rows}

    return town.database.write_now(job)


@pytest.mark.fault(64)
def test_nothing_in_the_database_or_its_file_names_a_person_who_was_erased(full: Town, url: str) -> None:
    assert len({line.partition(" in ")[0] for line in left(full)}) == len(TELLING)
    erase_by_mail(full)
    sent(full)
    assert _purged(full) == {ERIKA, SECOND}
    assert left(full) == []
    assert leftovers.found_in_file(url, TELLING) == []


@pytest.mark.fault(64)
def test_what_the_alliance_needs_stays_under_a_pseudonym(full: Town) -> None:
    erase_by_mail(full)
    person = full.database.read_now(lambda session: session.get_one(Person, 1))
    assert (person.name, person.erased_at, person.left_at) == ("N. N. 1", full.at, full.at)
    reports = all_of(full, ProgressReport)
    assert [row.text for row in reports if row.person_id == 1] == ["mit N. N. 1 besprochen"]
    assert full.measure(3).note == "Frau N. N. 1 hilft (N. N. 1)"
    assert full.measure(1).percent == 60
    assert [(row.person_id, row.given) for row in all_of(full, Consent) if row.wording == "Ja"] == [(1, True)]
    assert {row.text for row in all_of(full, Idea)} == {"Lastenräder zum Ausleihen", "Fragt N. N. 1!"}


def all_of(town: Town, kind: type[Any]) -> list[Any]:
    return town.database.read_now(lambda session: list(session.exec(choose(kind))))


@pytest.mark.fault(64)
def test_the_chain_over_the_history_still_holds(full: Town) -> None:
    erase_by_mail(full)
    full.database.write_now(lambda session: sealing.seal(session, full.at))
    assert full.database.read_now(sealing.verify) == []
    assert [seal for seal in all_of(full, Seal) if seal.redacted_at]


def test_the_rows_that_are_only_hers_are_gone(full: Town) -> None:
    erase_by_mail(full)
    for entry in MAP.values():
        if entry.fate is Fate.DELETE and entry.owners:
            table = SQLModel.metadata.tables[entry.table]
            mine = select(table).where(table.c[entry.owners[0]] == 1)
            assert full.database.read_now(partial(_rows, statement=mine)) == [], entry.table


def _rows(session: Session, statement: Select[Any]) -> list[Any]:
    return list(session.execute(statement).all())


@SQLITE
@pytest.mark.fault(64)
def test_what_waits_to_be_sent_is_dropped_and_others_still_get_theirs(full: Town) -> None:
    erase_by_mail(full)
    waiting = [row for row in all_of(full, OutboxRow) if row.state == outbox.Sending.QUEUED]
    assert {row.to for row in waiting} == {ERIKA, MAX, OFFICE}
    (last,) = [row for row in waiting if row.to == ERIKA]
    assert unpack(last.note, Note).title == "Ihre Daten sind gelöscht"
    sent(full)
    assert ERIKA not in {row.to for row in all_of(full, OutboxRow)}


@SQLITE
@pytest.mark.fault(64)
def test_the_last_word_is_forgotten_even_when_it_cannot_be_delivered(full: Town) -> None:
    erase_by_mail(full)

    def fail(session: Session) -> None:
        for letter in outbox.claim(session, full.at + timedelta(minutes=1), 1_000):
            outbox.finish(session, letter, Outcome(Result.REFUSED), full.at)

    full.database.write_now(fail)
    assert ERIKA not in {row.to for row in all_of(full, OutboxRow)}


@SQLITE
def test_two_who_are_forgotten_on_one_day_do_not_stand_in_each_others_way(town: Town) -> None:
    for _ in range(8):  # so that a letter to Max bears the number of the letter in which Erika says JA
        town.letter(MAX, "STATUS")
    for email in (ERIKA, MAX):
        town.letter(email, "LÖSCHEN")
        assert town.reply(email, "JA").title == "Ihre Daten sind gelöscht"


@SQLITE
def test_the_office_hears_which_measures_are_free_and_no_name(full: Town) -> None:
    full.forget_letters()
    erase_by_mail(full)
    told = words(full.last_letter(OFFICE))
    assert "Stahl GmbH" in told
    assert "M1 und M2" in told
    assert "N. N." not in told
    assert NAME not in told
    assert all(row.answered_at for row in all_of(full, Case) if 1 in {row.person_id, row.claimed_id})


def test_in_telegram_a_tap_forgets_the_chat_once_the_answer_was_shown(full: Town) -> None:
    asked = full.chat(ERIKA, "LÖSCHEN")
    assert "N. N." in words(asked)
    assert "M1 und M2" in words(asked)

    def tap(session: Session) -> Note:
        raw = json.dumps({"message": {"chat": {"id": CHAT}, "from": {"first_name": NAME}}}).encode()
        (row_id,) = inbox.keep(session, Channel.TELEGRAM, [inbox.Incoming("77", raw)], full.at)
        voice = full._chat_voice(ERIKA)
        note = full.desk.hear(session, replace(voice, inbox_id=row_id), intents.Erase(confirmed=True))
        inbox.act(session, row_id, pack(note))
        return note

    note = full.database.write_now(tap)
    assert note.title == "Ihre Daten sind gelöscht"
    assert any(str(CHAT) in line for line in left(full))
    sent(full)
    _purged(full)
    assert left(full) == []


@SQLITE
def test_nothing_happens_before_ja_and_a_bare_letter_is_asked_back(town: Town) -> None:
    note = town.letter(ERIKA, "LÖSCHEN")
    assert note.title == "Soll ich alles über Sie löschen?"
    assert "Sicherungskopien" in words(note)
    assert town.person(ERIKA).erased_at is None
    town.letter(ERIKA, "JA")
    town.letter(GUEST, "JA", town.letters(ERIKA)[0].token)
    assert town.person(ERIKA).erased_at is None


@SQLITE
def test_the_last_person_of_the_office_cannot_be_erased(town: Town) -> None:
    assert "einzige Person in der Geschäftsstelle" in words(town.letter(OFFICE, "LÖSCHEN"))


@SQLITE
def test_who_comes_back_is_a_new_person(full: Town) -> None:
    erase_by_mail(full)
    full.letter(ERIKA, "BEITRETEN Stahl GmbH")
    full.office(intents.RegisterPerson(NAME, ERIKA, "Stahl GmbH"))
    assert full.person(ERIKA).id not in {None, 1}
    assert full.database.read_now(lambda session: session.get_one(Person, 1)).name == "N. N. 1"


@SQLITE
def test_an_old_letter_of_somebody_erased_opens_nothing(full: Town) -> None:
    full.letter(ERIKA, "STATUS")
    token = full.letters(ERIKA)[-1].token
    erase_by_mail(full)
    full.letter(ERIKA, "M1 90 %", token)
    assert full.measure(1).percent == 60
    assert [row.claimed_id for row in all_of(full, Case)][-1] is None


@SQLITE
def test_a_former_member_is_forgotten_after_ja(full: Town) -> None:
    full.letter(ERIKA, "ABMELDEN")
    full.reply(ERIKA, "JA")
    full.letter(ERIKA, "LÖSCHEN")
    assert full.reply(ERIKA, "JA").title == "Ihre Daten sind gelöscht"
    full.database.write_now(_done)
    sent(full)
    _purged(full)
    assert left(full) == []


def test_a_former_member_is_forgotten_without_asking_when_a_rule_says_so(full: Town) -> None:
    full.letter(ERIKA, "ABMELDEN")
    full.reply(ERIKA, "JA")
    full.database.write_now(_done)

    def job(session: Session) -> None:
        erasure.erase(session, HOUSE, session.get_one(Person, 1), full.at)

    full.database.write_now(job)
    full.database.write_now(job)
    _purged(full)
    sent(full)
    assert left(full) == []
    assert [deed.door for deed in all_of(full, Deed) if deed.what == "erase"] == ["clock"]


def test_a_stranger_is_forgotten_after_ja_and_nobody_else(full: Town) -> None:
    full.letter(GUEST, "Ich bin Robin")
    full.at += timedelta(days=1)
    full.letter(GUEST, "LÖSCHEN")
    full.reply(GUEST, "JA")
    full.database.write_now(_done)
    sent(full)
    _purged(full)
    assert leftovers.found(full.database, [GUEST]) == []
    assert full.person(ERIKA).erased_at is None


@SQLITE
def test_the_erasure_is_recorded_as_answered_at_once_without_saying_whose(full: Town) -> None:
    erase_by_mail(full)
    (row,) = [row for row in all_of(full, PersonalRequest) if row.kind == "erasure"]
    assert (row.person_id, row.email, row.text, row.answered_at) == (1, "", "", full.at)
    assert all(row.answered_at for row in all_of(full, PersonalRequest))


@SQLITE
def test_a_namesakes_name_is_left_alone_and_the_office_is_told(full: Town) -> None:
    full.office(intents.RegisterPerson(NAME.upper(), GUEST, "Probe GmbH"))
    erase_by_mail(full)
    assert full.person(GUEST).name == NAME.upper()
    assert "heißt genauso" in words(full.last_letter(OFFICE))
    assert NAME in full.measure(3).note


def test_numbers_that_several_have_and_single_words_are_no_traces() -> None:
    found = traces.traces(["Geschäftsstelle", "Max Muster"], [MAX], ["12 34", "0201 998-877"], "N. N.")
    assert found is not None
    assert found.without("Die Geschäftsstelle, 1234, 0201/998877") == "Die Geschäftsstelle, 1234, N. N."
    assert found.without(f"max muster und Muster,\nMax: {MAX.upper()}") == "N. N. und N. N.: N. N."
    assert (
        found.without("Maximilian Muster, xmax@logistik.example.org") == "Maximilian Muster, xmax@logistik.example.org"
    )
    assert found.without({"Max Muster": ["x", {"a": 201998877}]}) == {"N. N.": ["x", {"a": 0}]}
    assert traces.traces([], [], [], "N. N.") is None


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "windows-1252"])
def test_names_are_found_in_letters_of_any_encoding(charset: str) -> None:
    found = traces.traces(["Jörg Müßig"], [], [], "N. N.")
    assert found is not None
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    raw = head.encode() + base64.encodebytes("Gruß, Jörg Müßig".encode(charset))
    assert found.without(raw) == b""
    assert found.without(b"Content-Type: text/plain; charset=nonsense\n\nHallo") != b""


def test_names_are_found_in_spreadsheets() -> None:
    found = traces.traces(["Erika Beispiel"], [], [], "N. N.")
    assert found is not None
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", "<t>Erika Beispiel</t>" + "x" * 5_000)
    assert found.without(book.getvalue()) == b""
    assert found.without(b"PK nothing of the kind") == b"PK nothing of the kind"


@SQLITE
def test_papers_that_cannot_be_searched_are_thrown_away_but_what_members_wait_for(full: Town) -> None:
    def job(session: Session) -> None:
        papers = [
            Paper(name=f"{name}.pdf", media_type="application/pdf", content=b"%PDF", made_at=START) for name in "abc"
        ]
        session.add_all(papers)
        session.flush()
        going, office, poll = (paper.id or 0 for paper in papers)
        session.exec(choose(Poll)).one().tally = {"pictures": {"de": poll}}
        for email, paper in ((MAX, going), (OFFICE, office)):
            note = {"is": "Note", "title": "Zwischenstand", "papers": [paper]}
            person = _person(session, email).id
            outbox.enqueue(session, [outbox.Outgoing(f"d:{email}", Channel.MAIL, email, note, START, person)], START)

    full.database.write_now(job)
    erase_by_mail(full)
    assert [paper.name for paper in all_of(full, Paper)] == ["a.pdf", "c.pdf"]


@SQLITE
def test_an_address_that_is_somebody_elses_now_is_left_to_them(full: Town) -> None:
    def job(session: Session) -> None:
        session.exec(choose(Address).where(Address.email == SECOND)).one().person_id = 2

    full.database.write_now(job)
    erase_by_mail(full)
    assert full.person(SECOND).id == 2
    assert _purged(full) == {ERIKA}


@SQLITE
def test_the_offices_word_for_a_doubtful_letter_only_asks_the_person_themselves(town: Town) -> None:
    town.letter(MAX, "LÖSCHEN")
    town.letter(GUEST, "JA", town.letters(MAX)[-1].token)
    town.reply(OFFICE, "JA")
    assert town.person(MAX).erased_at is None
    assert town.last_letter(MAX).title == "Soll ich alles über Sie löschen?"
    assert len(town.letters(MAX)) == 2


@SQLITE
def test_a_company_that_bears_the_name_loses_it_too_and_is_still_found(town: Town) -> None:
    email, name = "joerg@steuer.example.org", "Jörg Müller"
    town.office(intents.RegisterPerson(name, email, f"{name} Steuerberatung"))
    town.office(intents.RegisterPerson("Jörg Müllerbach", GUEST, "Bach AG"))
    town.office(intents.AssignMeasure(4, email))
    town.letter(MAX, "Joerg Mueller weiß es, siehe Protokoll_Jörg_Müller.pdf")
    town.database.write_now(_done)
    erase_by_mail(town, email)
    assert leftovers.found(town.database, ["Jörg Müller ", "Joerg Mueller", "Jörg_Müller"]) == []
    assert town.person(GUEST).name == "Jörg Müllerbach"
    (company,) = [one for one in all_of(town, Company) if "Steuerberatung" in one.name]
    assert company.search_key == companies.search_key(company.name)


@SQLITE
def test_a_spreadsheet_that_was_emptied_meanwhile_is_asked_for_again(town: Town) -> None:
    def receive(session: Session) -> Note:
        voice = Voice(Channel.TELEGRAM, town.at, chat_id=CHATS[OFFICE])
        return town.desk.receive_file(session, voice, "m.csv", sheet.encode())

    sheet = f"Name;E-Mail;Unternehmen;Telefon\n{NAME};{ERIKA};Stahl GmbH;0201 5554433\n"
    town.link(OFFICE)
    asked = town.database.write_now(receive)
    erase_by_mail(town)
    assert "liegt nicht mehr vor" in town.tap(OFFICE, asked.actions[0]).toast


def test_a_name_is_not_found_in_a_longer_one() -> None:
    found = traces.traces(["Dr. Max Müller"], [], [], "N. N.")
    assert found is not None
    for other in ("Max Müllerbach", "Max Müller-Kühn", "Hans-Max Müller", "Climax Müller"):
        assert found.without(other) == other
    assert found.without("Max Müllers Rat, MAX MUELLER, Prof. Max Mu\u0308ller") == "N. N. Rat, N. N., Prof. N. N."
