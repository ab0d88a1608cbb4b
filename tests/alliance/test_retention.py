"""What is kept for how long, and that it is really gone afterwards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, func, select

from alliance import notices
from alliance.errors import Expired
from alliance.intents import AmendMeasure, Invite
from alliance.notes import Note
from alliance.packing import pack
from alliance.privacy import retention
from alliance.privacy.expiry import GONE
from alliance.privacy.retention import RULES, Fate
from scheduler.heartbeat import Heartbeat
from scheduler.sender import Sender
from store import inbox, outbox
from store.inbox import Incoming
from store.outbox import Outgoing
from store.tables import (
    Answer,
    Attendance,
    Bounce,
    Case,
    Channel,
    Consent,
    Deed,
    InboxRow,
    JoinRequest,
    Keyboard,
    Occasion,
    OutboxRow,
    Paper,
    Person,
    PersonalRequest,
    Poll,
    Purge,
    Received,
    RequestState,
    Sending,
    Talk,
    Upload,
)
from tests.town import BERLIN, ERIKA, GUEST, HOUSE, MAX, START, Town, copy_of

LANGUAGES = ("de", "en")


@pytest.fixture
def quick(tmp_path: Path, settled_sqlite: Path) -> Iterator[Town]:
    """The town on SQLite alone."""
    with copy_of(settled_sqlite, tmp_path) as town:
        yield town


def run(town: Town, days: float = 0) -> dict[str, int]:
    """The nightly run, so many days after the start; returns what it counted."""
    run = retention.Run(HOUSE, START + timedelta(days=days), "clock")
    while job := run.next_job():
        run.done(town.database.write_now(job))
    town.database.write_now(run.finish)
    report = town.database.read_now(retention.last)
    assert report is not None
    return dict(report.counts)


def put(town: Town, *rows: SQLModel) -> None:
    town.database.write_now(lambda session: session.add_all(rows))


def every(town: Town, table: type[Any]) -> list[Any]:
    return town.database.read_now(lambda session: list(session.exec(select(table))))


def deliver_all(town: Town) -> None:
    """What waits goes out now."""
    sent = outbox.Outcome(outbox.Result.SENT)

    def job(session: Session) -> int:
        claimed = outbox.claim(session, town.at, limit=500)
        for letter in claimed:
            outbox.finish(session, letter, sent, town.at)
        return len(claimed)

    while town.database.write_now(job):
        pass


def keep(town: Town, name: str, state: Received, raw: bytes = b"Geheimes Wort") -> None:
    def job(session: Session) -> None:
        (number,) = inbox.keep(session, Channel.MAIL, [Incoming(name, raw, f"print {name}")], START)
        row = session.get_one(InboxRow, number)
        row.sender = MAX
        inbox.close(row, state)

    town.database.write_now(job)


# --- what came in


@pytest.mark.parametrize(("state", "days"), [(Received.DONE, 90), (Received.OFFICE, 90), (Received.QUARANTINED, 30)])
def test_a_letter_is_blanked_in_time_and_still_recognised(quick: Town, state: Received, days: int) -> None:
    keep(quick, "1:7", state)
    run(quick, days - 1)
    assert every(quick, InboxRow)[0].raw == b"Geheimes Wort"
    run(quick, days + 1)
    (row,) = every(quick, InboxRow)
    assert (row.raw, row.sender, row.fingerprint, row.state) == (b"", "", "print 1:7", state)
    again = [Incoming("1:7", b"Geheimes Wort", "print 1:7")]
    assert quick.database.write_now(lambda session: inbox.keep(session, Channel.MAIL, again, START)) == []
    assert quick.database.read_now(lambda session: inbox.seen_before(session, "print 1:7", 99))


@pytest.mark.parametrize("state", [Received.NEW, Received.ACTED])
def test_what_still_waits_is_not_forgotten_however_old(quick: Town, state: Received) -> None:
    keep(quick, "1:7", state)
    run(quick, 400)
    assert every(quick, InboxRow)[0].raw == b"Geheimes Wort"


def test_what_was_blanked_is_not_in_the_file_either(quick: Town) -> None:
    keep(quick, "1:7", Received.DONE, raw=b"Unverwechselbar " * 2000)
    run(quick, 91)
    path = Path(quick.database.url.removeprefix("sqlite:///"))
    files = [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
    assert files
    assert not any(b"Unverwechselbar" in found for found in files)


# --- what went out


def test_words_and_address_of_a_letter_go_after_a_month_and_a_reply_still_finds_its_matter(quick: Town) -> None:
    quick.letter(MAX, "STATUS")
    deliver_all(quick)
    token = quick.letters(MAX)[-1].token
    run(quick, 31)
    assert quick.letters(MAX) == []
    (row,) = (row for row in every(quick, OutboxRow) if row.token == token)
    assert (row.to, row.in_reply_to) == ("-", "")
    assert "Messe" not in str(row.note)
    quick.at = START + timedelta(days=45)
    quick.letter(MAX, "M3 60 %", token)
    assert quick.measure(3).percent == 60


def test_after_sixty_days_a_reply_is_for_the_office(quick: Town) -> None:
    quick.letter(MAX, "STATUS")
    deliver_all(quick)
    token = quick.letters(MAX)[-1].token
    run(quick, 61)
    assert token not in {row.token for row in every(quick, OutboxRow)}
    quick.at = START + timedelta(days=61)
    quick.letter(MAX, "M3 60 %", token)
    assert quick.measure(3).percent == 0
    assert [case.reason for case in every(quick, Case)] == ["unknown-token"]


def test_an_invitation_is_answered_from_the_same_calendar_entry_until_the_meeting_begins(quick: Town) -> None:
    quick.meeting(120)
    quick.office(Invite())
    deliver_all(quick)
    first = quick.letters(MAX)[-1]
    run(quick, 100)
    uid = first.note["calendar"]["uid"]
    change = outbox.Letter(0, "", Channel.MAIL, MAX, {}, "", "", first.person_id, START, 1)
    assert quick.database.read_now(lambda session: outbox.first_about(session, change, uid)) == first.token
    quick.at = START + timedelta(days=110)
    assert quick.letter(MAX, "ZUSAGE", first.token).title == "Notiert: Sie kommen"
    run(quick, 121)
    assert quick.database.read_now(lambda session: outbox.by_token(session, first.token)) is None


def test_an_invited_person_is_not_invited_again_by_a_forgotten_letter(quick: Town) -> None:
    quick.meeting(120)
    quick.office(Invite())
    deliver_all(quick)
    run(quick, 100)
    quick.at = START + timedelta(days=100)
    with pytest.raises(Expired):
        quick.office(Invite())


def test_no_key_keeps_an_address(quick: Town) -> None:
    quick.letter(GUEST, "Guten Tag, was machen Sie?")
    quick.letter(MAX, "Wie geht das?")
    quick.letter(MAX, "M3 60 %")
    assert any("@" in row.dedupe_key for row in every(quick, OutboxRow))
    deliver_all(quick)
    run(quick, 31)
    assert not any("@" in row.dedupe_key + row.to for row in every(quick, OutboxRow))


def test_what_failed_or_was_dropped_is_forgotten_and_what_waits_is_not(quick: Town) -> None:
    ends = (Sending.FAILED, Sending.DROPPED, Sending.QUEUED, Sending.IN_FLIGHT)
    rows = [Outgoing(end, Channel.MAIL, MAX, pack(Note("Worte")), START) for end in ends]

    def job(session: Session) -> None:
        outbox.enqueue(session, rows, START)
        for row in session.exec(select(OutboxRow)):
            row.state = Sending(row.dedupe_key)

    quick.database.write_now(job)
    run(quick, 400)
    assert {row.dedupe_key for row in every(quick, OutboxRow) if row.note["title"]} == {"queued", "in-flight"}


# --- requests, cases, buttons, files


def request(state: RequestState, decided: bool) -> JoinRequest:
    at = START if decided else None
    return JoinRequest(state=state, email=GUEST, name="Robin Probe", company="Probe", made_at=START, decided_at=at)


@pytest.mark.parametrize(
    ("state", "decided", "days"),
    [
        (RequestState.UNPROVED, False, 7),
        (RequestState.NAMELESS, False, 7),
        (RequestState.PENDING, False, 180),
        (RequestState.DECLINED, True, 30),
    ],
)
def test_a_request_that_came_to_nothing_is_deleted_with_its_consents(
    quick: Town, state: RequestState, decided: bool, days: int
) -> None:
    put(quick, request(state, decided))
    agreed: dict[str, Any] = {
        "purpose": "telegram",
        "given": True,
        "version": "1",
        "wording": "Ja",
        "door": "telegram",
        "at": START,
    }
    put(quick, Consent(request_id=every(quick, JoinRequest)[0].id, **agreed))
    run(quick, days - 1)
    assert len(every(quick, JoinRequest)) == len(every(quick, Consent)) == 1
    run(quick, days + 1)
    assert every(quick, JoinRequest) == every(quick, Consent) == []


def test_an_admitted_request_loses_name_company_and_address(quick: Town) -> None:
    put(quick, request(RequestState.APPROVED, decided=True))
    run(quick, 89)
    assert every(quick, JoinRequest)[0].name == "Robin Probe"
    assert run(quick, 91)["admitted"] == 1
    (left,) = every(quick, JoinRequest)
    assert (left.name, left.company, left.email, left.chat_id) == ("", "", "-", None)
    assert "admitted" not in run(quick, 92)


def case(answered: bool) -> Case:
    return Case(email=MAX, text="Worte", reason="unclear", made_at=START, answered_at=START if answered else None)


KEPT: dict[str, tuple[Any, int]] = {
    "an answered case": (lambda: case(answered=True), 90),
    "an open case": (lambda: case(answered=False), 365),
    "a bounce": (lambda: Bounce(email=MAX, permanent=True, at=START), 90),
    "an upload": (lambda: Upload(name="plan.xlsx", content=b"PK", at=START), 30),
    "an export": (lambda: paper("plan.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), 30),
    "a csv": (lambda: paper("plan.csv", "text/csv; charset=utf-8"), 30),
    "a dossier": (lambda: paper("zwischenstand.pdf", "application/pdf"), 90),
    "buttons": (lambda: Keyboard(id="k", chat_id=7, intents=[], expires_at=START + timedelta(60)), 60),
    "a talk": (lambda: Talk(chat_id=7, expires_at=START + timedelta(1)), 1),
    "counted tries": (lambda: Talk(chat_id=7, expires_at=START, tries=5, tries_until=START + timedelta(1)), 1),
}


def paper(name: str, media_type: str) -> Paper:
    return Paper(name=name, media_type=media_type, content=b"%", made_at=START)


@pytest.mark.parametrize("what", KEPT)
def test_what_is_over_is_deleted_and_not_a_day_before(quick: Town, what: str) -> None:
    make, days = KEPT[what]
    put(quick, make())
    run(quick, days - 0.1)
    assert len(every(quick, type(make()))) == 1
    run(quick, days + 0.1)
    assert every(quick, type(make())) == []


def test_papers_still_to_be_sent_or_shown_again_stay(quick: Town) -> None:
    put(quick, *(paper(name, "application/pdf") for name in ("wartet", "gezeigt", "abgestimmt", "alt")))
    ids = {one.name: one.id for one in every(quick, Paper)}
    quick.meeting(30)
    keep(quick, "1:7", Received.ACTED)

    def job(session: Session) -> None:
        row = Outgoing("waits", Channel.MAIL, MAX, pack(Note("", papers=(ids["wartet"],))), START + timedelta(400))
        outbox.enqueue(session, [row], START)
        session.exec(select(InboxRow)).one().answer = pack(Note("", papers=(ids["gezeigt"],)))
        tally = {"pictures": {"de": ids["abgestimmt"]}}
        session.add(Poll(meeting_id=1, kind="yes-no", question="", opened_at=START, closes_at=START, tally=tally))

    quick.database.write_now(job)
    run(quick, 91)
    assert {one.name for one in every(quick, Paper)} == {"wartet", "gezeigt", "abgestimmt"}


def test_a_settled_wish_about_ones_data_loses_address_and_words_after_three_years(quick: Town) -> None:
    made: dict[str, Any] = {"email": GUEST, "kind": "access", "text": "Worte", "made_at": START, "due_at": START}
    put(quick, PersonalRequest(answered_at=START, **made), PersonalRequest(**made))
    run(quick, 3 * 365 + 1)
    assert {(one.answered_at is None, one.email, one.text) for one in every(quick, PersonalRequest)} == {
        (False, "", ""),
        (True, GUEST, "Worte"),
    }


# --- people


def test_a_person_who_left_is_forgotten_after_a_year(quick: Town) -> None:
    quick.letter(MAX, "ABMELDEN")
    quick.reply(MAX, "JA")
    number = quick.person(MAX).id
    run(quick, 364)
    assert quick.person(MAX).name == "Max Muster"
    assert run(quick, 366)["former"] == 1
    erased = quick.database.read_now(lambda session: session.get_one(Person, number))
    assert erased.erased_at is not None
    assert "Max" not in erased.name
    assert "former" not in run(quick, 367)
    assert quick.person(ERIKA).erased_at is None


# --- the whole table


def rich(town: Town) -> None:
    """Something of each kind, all of it over in four years."""
    town.meeting(10)
    town.office(Invite())
    town.letter(MAX, "Zusage")
    town.letter(GUEST, "BEITRETEN Probe GmbH")
    town.letter(MAX, "ABMELDEN")
    town.reply(MAX, "JA")
    deliver_all(town)
    put(
        town,
        *(make() for make, _ in KEPT.values() if make().__tablename__ != "talks"),
        Talk(chat_id=7, expires_at=START),
    )
    put(town, *(request(state, decided=False) for state in RequestState))
    made: dict[str, Any] = {"email": GUEST, "kind": "access", "made_at": START, "due_at": START, "answered_at": START}
    put(town, PersonalRequest(**made))
    for number, state in enumerate((Received.DONE, Received.QUARANTINED)):
        keep(town, f"2:{number}", state)
    town.database.write_now(lambda session: session.add(_needs(session, town)))


def _needs(session: Session, town: Town) -> Attendance:
    deed = Deed(at=START, door="mail", what="note-needs", details={"meeting": 1})
    deed.inbox_id = session.exec(select(func.max(InboxRow.id))).one()
    session.add(deed)
    erika = notices.everyone(session)[0].id or 0
    return Attendance(meeting_id=1, person_id=erika, answer=Answer.YES, needs="vegan", at=START)


def test_one_run_forgets_all_that_is_over_and_the_next_finds_nothing(town: Town) -> None:
    rich(town)
    later = START + timedelta(days=4 * 365)
    before = found(town, later)
    assert {name for name, count in before.items() if count} >= {rule.name for rule in RULES if rule.due} - {
        "needs-asked"
    }
    counts = run(town, 4 * 365)
    assert set(counts) >= {"inbox", "outbox", "replies", "former", "needs", "admitted", "papers"}
    assert sum(found(town, later).values()) == 0
    assert run(town, 4 * 365) == {}


def found(town: Town, now: datetime) -> dict[str, int]:
    def look(session: Session) -> dict[str, int]:
        return {rule.name: retention.look(session, rule, now).count for rule in RULES}

    return town.database.read_now(look)


def test_looking_tells_the_oldest_and_changes_nothing(town: Town) -> None:
    put(town, Bounce(email=MAX, permanent=True, at=START), Bounce(email=MAX, permanent=True, at=START + timedelta(1)))
    rule = next(rule for rule in RULES if rule.name == "bounces")
    seen = town.database.read_now(lambda session: retention.look(session, rule, START + timedelta(days=100)))
    assert (seen.count, seen.oldest) == (2, START)
    assert len(every(town, Bounce)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_says_what_how_long_and_why(language: str) -> None:
    for rule in RULES:
        assert rule.what(language)
        assert rule.why(language)
        assert rule.end(language)
        assert bool(rule.span(language)) is (rule.fate != Fate.STAY)


def test_rows_go_in_batches_each_in_a_transaction_of_its_own(quick: Town) -> None:
    put(quick, *(Bounce(email=MAX, permanent=True, at=START) for _ in range(1_200)))
    rule = next(rule for rule in RULES if rule.name == "bounces")
    late = START + timedelta(days=100)

    def once(session: Session) -> int:
        return retention.forget(session, HOUSE, rule, late, "clock")

    assert [quick.database.write_now(once) for _ in range(4)] == [500, 500, 200, 0]


def test_a_run_that_was_cut_off_is_begun_anew_and_finds_the_rest(quick: Town) -> None:
    put(quick, *(Bounce(email=MAX, permanent=True, at=START) for _ in range(600)))
    rule = next(rule for rule in RULES if rule.name == "bounces")
    late = START + timedelta(days=100)
    quick.database.write_now(lambda session: retention.forget(session, HOUSE, rule, late, "clock"))
    assert quick.database.read_now(lambda session: retention.is_due(session, HOUSE, late))
    assert run(quick, 100) == {"bounces": 100}
    assert not quick.database.read_now(lambda session: retention.is_due(session, HOUSE, late))


INDEXES = {
    "inbox": "ix_inbox_kept",
    "quarantine": "ix_inbox_kept",
    "outbox": "ix_outbox_kept",
    "replies": "ix_outbox_kept",
    "needs-asked": "ix_outbox_kept",
    "needs-letters": "ix_history_needs",
}


def test_the_big_tables_are_not_read_through(quick: Town) -> None:
    def plans(session: Session) -> dict[str, str]:
        dues = {rule.name: rule.due for rule in RULES if rule.name in INDEXES}
        asked = {name: due(session, START).limit(500) for name, due in dues.items() if due is not None}
        return {name: explained(session, statement) for name, statement in asked.items()}

    found = quick.database.read_now(plans)
    assert {name for name, index in INDEXES.items() if index in found[name]} == set(INDEXES)


def explained(session: Session, statement: Any) -> str:
    compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    return str(session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")).all())


def test_the_history_keeps_numbers_only(quick: Town) -> None:
    keep(quick, "1:7", Received.DONE)
    run(quick, 91)
    (line,) = (deed for deed in every(quick, Deed) if deed.what == "retention")
    assert (line.door, line.actor_id, line.details) == ("clock", None, {"counts": {"inbox": 1}})


def test_a_rule_that_fails_leaves_the_others_their_work(quick: Town) -> None:
    put(quick, Bounce(email=MAX, permanent=True, at=START))
    keep(quick, "1:7", Received.DONE)
    broken = "CREATE TRIGGER broken BEFORE DELETE ON bounces BEGIN SELECT RAISE(ABORT, 'broken'); END"
    quick.database.write_now(lambda session: session.execute(text(broken)))
    beat = Heartbeat(quick.database, HOUSE, Sender(quick.database, {}, lambda: START), lambda: START + timedelta(91))
    asyncio.run(beat.tidy())
    report = quick.database.read_now(retention.last)
    assert report is not None
    assert (dict(report.counts), list(report.failed)) == ({"inbox": 1}, ["bounces"])


# --- when


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2027, 1, 10, 2, 14, tzinfo=UTC), date(2027, 1, 9)),
        (datetime(2027, 1, 10, 2, 15, tzinfo=UTC), date(2027, 1, 10)),
        (datetime(2027, 3, 28, 1, 14, tzinfo=UTC), date(2027, 3, 27)),  # 3:14 summer time, fourteen minutes old
        (datetime(2027, 3, 28, 1, 15, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 10, 31, 1, 15, tzinfo=UTC), date(2027, 10, 30)),  # 2:15 for the second time
        (datetime(2027, 10, 31, 2, 15, tzinfo=UTC), date(2027, 10, 31)),
    ],
)
def test_a_night_begins_at_a_quarter_past_three_by_the_clock_on_the_wall(now: datetime, day: date) -> None:
    assert retention.night(now, BERLIN) == day


def test_the_heartbeat_tidies_once_a_night_and_catches_up_once(quick: Town) -> None:
    times = [START, START + timedelta(hours=1), START + timedelta(days=5), START + timedelta(days=5, hours=1)]
    now = iter(times)
    beat = Heartbeat(quick.database, HOUSE, Sender(quick.database, {}, lambda: START), lambda: next(now))
    for _ in times:
        asyncio.run(beat.tidy())
    runs = [deed.at for deed in every(quick, Deed) if deed.what == "retention"]
    assert runs == [times[0], times[2]]
    assert [one.key for one in every(quick, Occasion) if one.key.startswith("retention:")] == ["retention:2026-11-28"]


@pytest.mark.parametrize("word", ["MEINEDATEN", "LÖSCHEN"])
def test_what_was_forgotten_of_all_belongs_to_nobody(quick: Town, word: str) -> None:
    quick.office(AmendMeasure(4, "title", "Glasfaser - Ausbau"))
    quick.letter(ERIKA, "STATUS")
    quick.letter(MAX, "STATUS")
    deliver_all(quick)
    run(quick, 40)
    before = [(row.dedupe_key, row.token) for row in every(quick, OutboxRow) if row.person_id == 2]
    quick.at = START + timedelta(days=40)
    note = quick.letter(ERIKA, word)
    quick.reply(ERIKA, "JA")
    shown = [line for item in note.items for line in item.lines]
    assert not any("Max" in line or "M3" in line for line in shown)
    for paper in every(quick, Paper):
        assert {row["person_id"] for row in json.loads(paper.content)["data"]["outbox"]} == {1}
    assert [(row.dedupe_key, row.token) for row in every(quick, OutboxRow) if row.person_id == 2] == before
    assert quick.measure(4).title == "Glasfaser - Ausbau"
    assert GONE not in {row.email for row in every(quick, Purge)}


def test_who_is_about_to_come_back_is_not_forgotten(quick: Town) -> None:
    quick.letter(MAX, "ABMELDEN")
    quick.reply(MAX, "JA")
    put(quick, JoinRequest(state=RequestState.PENDING, email=MAX, made_at=START + timedelta(days=365)))
    assert "former" not in run(quick, 366)
    assert [request.state for request in every(quick, JoinRequest)] == [RequestState.PENDING]


def test_a_copy_of_ones_data_outlives_no_note_on_food_in_it(quick: Town) -> None:
    quick.meeting(10)
    quick.letter(MAX, "ZUSAGE")
    quick.reply(MAX, "JA")
    quick.reply(MAX, "HINWEIS: Nussallergie")
    quick.letter(MAX, "MEINEDATEN")
    deliver_all(quick)
    assert not any("Nussallergie" in str(row.note) for row in every(quick, OutboxRow))
    assert b"Nussallergie" in every(quick, Paper)[-1].content
    run(quick, 25)
    assert every(quick, Paper) == []
