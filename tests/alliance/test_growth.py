"""How cost grows: no query reads a whole table that grows, and what concerns many takes as many queries as for few."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from alliance import (
    attendance,
    deputising,
    digest_steps,
    digests,
    dossier_pages,
    dossiers,
    invitations,
    minutes,
    poll_steps,
    sealing,
    steps,
)
from alliance.desk import Desk, Voice
from alliance.intents import OpenPoll, Report, ReportProgress, ShowOutstanding, ShowPlan
from alliance.paper_values import Making
from alliance.portions import PORTION
from alliance.privacy import requests, retention
from benchmarks.crowd import FREEZE, HOUSE, MONDAY, OFFICE, fill_with
from scheduler import jobs
from store import inbox, keyboards, outbox, schema
from store.outbox import Outcome, Result
from store.tables import Channel, Idea, Meeting, Occasion, OutboxRow, Paper
from tests.alliance.watched import Scan, Watched, WatchedServer, watched

Job = Callable[[Session], object]

COMING, WAS = 2, 1  # ids of meetings
CHAT = 7_000_000_009  # of person 9, who leads M6
DESK = Desk(HOUSE)

# Tables that stay small however large the alliance is and however long it goes on, and why
SMALL = {
    "fields": "as many as the plan has fields",
    "meetings": "a few a year",
    "polls": "a few at each meeting",
    "plan_versions": "a few, one for each adoption",
    "occasions": "one for each meeting and week",
    "switches": "one for each switch",
    "mailboxes": "one for each mailbox",
    "instances": "one for each running assistant",
    "outages": "one for each channel",
    "talks": "one for each chat, looked through once a night",
    "papers": "those of the last three months, looked through once a night",
    "uploads": "those of the last month, looked through once a night",
    "bounces": "those of the last three months",
    "cases": "what the office has not dealt with",
    "requests": "as many as have ever asked to join",
    "personal_requests": "a few a year",
    "decisions": "a few at each meeting",
    "backups": "one a night",
    "lead_offers": "as many as decisions and hand-overs",
    "offers": "as many as people have made",
    "ideas": "as many as people have had",
}
# What is about everybody or the whole plan reads everybody and the whole plan, once
EVERYBODY = {"persons", "companies", "addresses", "follows", "deputyships"}
THE_PLAN = {"measures", "assignments", "goals"}


def _in_chat(**more: Any) -> Voice:
    return Voice(Channel.TELEGRAM, MONDAY, chat_id=CHAT, name="Person 9", **more)


def _tap(session: Session) -> None:
    key = keyboards.keep(session, CHAT, [{"is": "ShowStatus"}], MONDAY)
    assert keyboards.find(session, key, 0, CHAT, MONDAY)
    note = DESK.hear(session, _in_chat(), ReportProgress((Report(measure=6, percent=50, seen=6),)))
    assert note.toast, note


def _typed(session: Session) -> None:
    for words in ("M6 60 %", "unverändert", "STATUS", "RÜCKGÄNGIG"):
        assert DESK.listen(session, _in_chat(), words).title != "Das ging leider nicht"


def _letter(session: Session) -> None:
    kept = inbox.keep(session, Channel.MAIL, [inbox.Incoming("INBOX:1:9000000", b"M7 70 %", "fingerprint")], MONDAY)
    inbox.waiting(session, Channel.MAIL)
    inbox.batch(session, Channel.MAIL)
    inbox.begin(session, kept)
    assert not inbox.seen_before(session, "fingerprint", kept[0])
    voice = Voice(Channel.MAIL, MONDAY, email="person10@example.org", token="token10", inbox_id=kept[0])
    note = DESK.listen(session, voice, "M7 70 %")
    DESK.answer_by_mail(session, voice, note, "<letter@example.org>")
    inbox.close_letter(session, kept[0], inbox.Received.DONE, "report")


def _send(session: Session) -> None:
    now = MONDAY + timedelta(hours=1)
    outbox.drop_expired(session, now)
    assert outbox.next_due(session) is not None
    letters = outbox.claim(session, now, 5)
    assert letters
    for letter in letters:
        outbox.finish(session, letter, Outcome(Result.SENT), now)
    outbox.release(session)


def _seal(session: Session) -> None:
    assert sealing.is_due(session)
    assert sealing.seal(session, MONDAY)


def _due(session: Session) -> None:
    assert jobs.anything_due(session, HOUSE, MONDAY)
    jobs.next_thing(session, HOUSE, MONDAY)


def _beat(session: Session) -> None:
    for source in (steps, minutes, poll_steps, deputising, requests):
        for step in source.due(session, HOUSE, MONDAY):
            jobs.carry_out(session, source, HOUSE, step, MONDAY)


def _digest(session: Session) -> None:
    for step in digest_steps.due(session, HOUSE, MONDAY):
        jobs.carry_out(session, digest_steps, HOUSE, step, MONDAY)


def _dossier(session: Session) -> None:
    meeting = session.get_one(Meeting, COMING)
    making = Making.begin(session, HOUSE, "de", FREEZE, office=True)
    dossier_pages.build(making, meeting)
    dossiers.tell(session, HOUSE, meeting, {}, FREEZE)


def _plan(session: Session) -> None:
    DESK.hear(session, _in_chat(), ShowPlan())


def _outstanding(session: Session) -> None:
    note = DESK.command(session, ShowOutstanding(), FREEZE - timedelta(days=1))
    assert len(note.lines) > 1


def _night(session: Session) -> None:
    now = MONDAY + timedelta(days=200)
    for rule in retention.CARRIED_OUT:
        if rule.name != "former":  # one of these reads every text, because a name may stand anywhere
            retention.forget(session, HOUSE, rule, now, "clock")


WAYS: dict[str, tuple[Job, set[str]]] = {
    "a tap": (_tap, set()),
    "a typed report": (_typed, set()),
    "a letter in": (_letter, set()),
    "sealing": (_seal, set()),
    "what is due": (_due, EVERYBODY | THE_PLAN),
    "the questions of a round": (_beat, EVERYBODY | THE_PLAN),
    "the digest": (_digest, EVERYBODY | THE_PLAN),
    "letters out": (_send, set()),
    "the dossier": (_dossier, EVERYBODY | THE_PLAN),
    "the plan": (_plan, THE_PLAN | EVERYBODY),
    "who has not answered": (_outstanding, EVERYBODY | THE_PLAN),
    "the night": (_night, {"keyboards"}),  # one more index for every tap would cost more than one look a day
}


@pytest.fixture
def crowded(url: str) -> Iterator[Watched | WatchedServer]:
    """A real alliance in the third year, watched."""
    with watched(url) as found:
        schema.prepare(found.database.engine, url)
        fill_with(found.database.engine, 60, 80)
        assert found.database.read_now(lambda session: len(session.exec(select(Meeting)).all())) == 2
        yield found


def test_no_query_reads_through_a_table_that_grows(crowded: Watched | WatchedServer) -> None:
    crowded.scans()
    found: dict[str, set[Scan]] = {}
    for way, (job, whole) in WAYS.items():
        crowded.database.write_now(job)
        found[way] = {scan for scan in crowded.scans() if scan.table not in whole | SMALL.keys()}
    assert not any(found.values()), "\n".join(f"{way}: {scan}" for way, scans in found.items() for scan in scans)


def _invite(session: Session) -> None:
    meeting = session.get_one(Meeting, COMING)
    assert invitations.invite(session, HOUSE, meeting, MONDAY) == 0
    meeting.place = "Saal 2"
    history = {meeting.sequence: invitations.facts(meeting) | {"place": "Saal 1", "answers": {}}}
    meeting.sequence += 1
    assert invitations.tell_changes(session, HOUSE, meeting, history, MONDAY)
    invitations.remind(session, HOUSE, meeting, MONDAY)
    attendance.close(session, HOUSE, session.get_one(Meeting, WAS), MONDAY)
    assert invitations.cancel(session, HOUSE, meeting, MONDAY)


def _minutes(session: Session) -> None:
    was = session.get_one(Meeting, WAS)
    was.minutes, was.minutes_at = "Es wurde beraten.", None
    minutes.send(session, HOUSE, WAS, MONDAY)


def _vote(session: Session) -> None:
    closes = (MONDAY + timedelta(days=9)).date()
    DESK.command(session, OpenPoll("yes-no", "Wollen wir das?", closes=closes, confirmed=True), MONDAY)
    for now in (MONDAY + timedelta(days=8), MONDAY + timedelta(days=10)):
        (step,) = poll_steps.due(session, HOUSE, now)
        poll_steps.carry_out(session, HOUSE, step, now)


ABOUT_ALL: dict[str, Job] = {
    "what is due": _due,
    "the questions of a round": _beat,
    "the digest": _digest,
    "the dossier": _dossier,
    "the plan": _plan,
    "who has not answered": _outstanding,
    "the minutes": _minutes,
    "a poll": _vote,
    "invitations, changes, reminders and a cancellation": _invite,
}


def test_what_concerns_many_takes_as_many_statements_as_for_few(tmp_path: Path, migrated_sqlite: Path) -> None:
    counts = {people: _counts(tmp_path, migrated_sqlite, people) for people in (20, 80)}
    assert counts[20] == counts[80]
    assert all(counts[20].values())


def _counts(folder: Path, template: Path, people: int) -> dict[str, int]:
    """Statements by kind of work, in an alliance with so many members and as many measures."""
    file = shutil.copy(template, folder / f"{people}.db")
    with watched(f"sqlite:///{file}") as found:
        assert isinstance(found, Watched)
        fill_with(found.database.engine, people, people)
        found.database.read_now(lambda session: session.exec(select(Meeting)).all())
        counts = {}
        for way, job in ABOUT_ALL.items():
            found.count()
            found.database.write_now(job)
            counts[way] = found.count()
        return counts


def test_a_portion_takes_as_many_statements_as_any_other(tmp_path: Path, migrated_sqlite: Path) -> None:
    """However many people there are, one step of the clock takes the database for no longer than for a portion."""
    file = shutil.copy(migrated_sqlite, tmp_path / "many.db")
    with watched(f"sqlite:///{file}") as found:
        assert isinstance(found, Watched)
        fill_with(found.database.engine, 2 * PORTION + OFFICE, 2 * PORTION)
        for source in (steps, digest_steps):
            due: list[Any] = found.database.read_now(partial(source.due, house=HOUSE, now=MONDAY))
            assert len(due) >= 2
            before = _enqueued(found)
            counts = [_alone(found, partial(source.carry_out, house=HOUSE, step=step, now=MONDAY)) for step in due[:1]]
            assert 0 < _enqueued(found) - before <= PORTION
            counts += [_alone(found, partial(source.carry_out, house=HOUSE, step=step, now=MONDAY)) for step in due[1:]]
            assert counts[1] <= counts[0]
        letters = found.database.read_now(lambda session: outbox.keys(session, "nudge:2:ask:"))
        assert len(letters) > PORTION
        assert found.database.read_now(partial(digest_steps.due, house=HOUSE, now=MONDAY)) == []


def _enqueued(found: Watched) -> int:
    return found.database.read_now(lambda session: session.exec(select(func.count(col(OutboxRow.id)))).one())


def _alone(found: Watched, job: Job) -> int:
    found.count()
    found.database.write_now(job)
    return found.count()


def test_who_answers_between_two_portions_is_not_asked(tmp_path: Path, migrated_sqlite: Path) -> None:
    file = shutil.copy(migrated_sqlite, tmp_path / "answers.db")
    with watched(f"sqlite:///{file}") as found:
        database = found.database
        fill_with(database.engine, 20, 20)
        (asking,) = database.read_now(partial(steps.due, house=HOUSE, now=MONDAY))
        assert isinstance(asking, steps.Asking)
        report = ReportProgress((Report(measure=6, percent=50),))
        database.write_now(lambda session: DESK.hear(session, _in_chat(), report))
        database.write_now(partial(steps.carry_out, house=HOUSE, step=asking, now=MONDAY))
        asked = database.read_now(lambda session: outbox.keys(session, "nudge:2:"))
    assert "nudge:2:ask:9" not in asked
    assert {f"nudge:2:ask:{person}" for person in asking.people if person != 9} == asked


def test_a_digest_that_was_cut_off_is_finished_as_it_was_begun(tmp_path: Path, migrated_sqlite: Path) -> None:
    file = shutil.copy(migrated_sqlite, tmp_path / "digest.db")
    with watched(f"sqlite:///{file}") as found:
        database = found.database
        fill_with(database.engine, PORTION + 50, 60)
        first, _ = database.read_now(partial(digest_steps.due, house=HOUSE, now=MONDAY))
        database.write_now(partial(digest_steps.carry_out, house=HOUSE, step=first, now=MONDAY))
        later = MONDAY + timedelta(hours=2)
        for step in database.read_now(partial(digest_steps.due, house=HOUSE, now=later)):
            assert step.edition is not None
            assert step.edition.now == MONDAY
            database.write_now(partial(digest_steps.carry_out, house=HOUSE, step=step, now=later))
        sent = select(OutboxRow).where(col(OutboxRow.dedupe_key).startswith("digest:"))
        rows = database.read_now(lambda session: session.exec(sent).all())
        occasions = database.read_now(lambda session: {row.key: row.at for row in session.exec(select(Occasion))})
    assert occasions["digest:2026-W48"] == MONDAY
    assert "digest-begun:2026-W48" not in occasions
    assert len({row.person_id for row in rows}) == len(rows) > PORTION


def test_a_digest_is_not_done_while_a_portion_of_its_readers_has_none(tmp_path: Path, migrated_sqlite: Path) -> None:
    file = shutil.copy(migrated_sqlite, tmp_path / "failed.db")
    with watched(f"sqlite:///{file}") as found:
        database = found.database
        fill_with(database.engine, PORTION + 50, 60)
        _, last = database.read_now(partial(digest_steps.due, house=HOUSE, now=MONDAY))  # the first one fails
        database.write_now(partial(digest_steps.carry_out, house=HOUSE, step=last, now=MONDAY))
        for step in database.read_now(partial(digest_steps.due, house=HOUSE, now=MONDAY)):
            database.write_now(partial(digest_steps.carry_out, house=HOUSE, step=step, now=MONDAY))
        assert len(database.read_now(lambda session: outbox.keys(session, "digest:"))) > PORTION
        assert database.read_now(partial(digest_steps.due, house=HOUSE, now=MONDAY)) == []


def test_a_digest_names_what_anybody_reads_and_counts_the_rest(tmp_path: Path, migrated_sqlite: Path) -> None:
    with watched(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'ideas.db')}") as found:
        fill_with(found.database.engine, 20, 20)

        def share(session: Session) -> None:
            at = MONDAY - timedelta(hours=1)
            # with the two that are there already
            session.add_all(Idea(person_id=3, text=f"Idee {number}", at=at) for number in range(digests.SHOWN + 1))

        found.database.write_now(share)
        found.database.write_now(_digest)
        first = select(OutboxRow).where(OutboxRow.dedupe_key == "digest:2026-W48:3")
        note = found.database.read_now(lambda session: session.exec(first).one()).note
    (ideas,) = (item["lines"] for item in note["items"] if item["title"] == "Neue Ideen")
    assert len(ideas) == digests.SHOWN + 1
    assert ideas[-1] == "… und 3 weitere"


def test_a_picture_that_was_drawn_in_vain_is_drawn_again(tmp_path: Path, migrated_sqlite: Path) -> None:
    with watched(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'picture.db')}") as found:
        fill_with(found.database.engine, 20, 20)
        (step,) = found.database.read_now(partial(digest_steps.due, house=HOUSE, now=MONDAY))

        def in_vain(session: Session) -> None:
            digest_steps.carry_out(session, HOUSE, step, MONDAY)
            raise InterruptedError

        with pytest.raises(InterruptedError):
            found.database.write_now(in_vain)
        found.database.write_now(
            lambda session: session.add(Paper(name="a", media_type="b", content=b"c", made_at=MONDAY))
        )
        found.database.write_now(partial(digest_steps.carry_out, house=HOUSE, step=step, now=MONDAY))
        sent = select(OutboxRow.note).where(col(OutboxRow.dedupe_key).startswith("digest:"))
        enclosed = found.database.read_now(lambda session: {tuple(note["papers"]) for note in session.exec(sent)})
        there = found.database.read_now(
            lambda session: {row.id for row in session.exec(select(Paper).where(Paper.media_type == "image/png"))}
        )
    assert {number for papers in enclosed for number in papers} == there


def test_the_few_rows_to_be_sent_are_found_by_their_index(tmp_path: Path, migrated_sqlite: Path) -> None:
    """With its condition in parameters instead of words SQLite would read the whole outbox: 139 times as slow, seen."""
    with watched(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'claim.db')}") as found:
        assert isinstance(found, Watched)
        fill_with(found.database.engine, 20, 20)
        found.count()
        found.database.write_now(lambda session: (outbox.claim(session, MONDAY), outbox.next_due(session)))
        plans = [plan for plan in found.plans() if "outbox" in plan]
    assert len(plans) > 1
    assert all("ix_outbox_open" in plan for plan in plans), plans
