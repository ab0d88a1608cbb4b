"""MEINEDATEN: everything that is held about somebody, and nothing about others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from alliance import intents
from alliance.notes import Note
from alliance.privacy import access, datamap
from alliance.privacy.datamap import ENTRIES, MAP
from store.tables import Ballot, Channel, InboxRow, Meeting, Paper, PersonalRequest, Poll, Received
from tests.town import CHATS, ERIKA, GUEST, MAX, OFFICE, START, Town, button, words
from texts import say

LETTER = "From: Erika Beispiel <erika@stahl.example.org>\nSubject: Kran\nContent-Type: multipart/mixed; boundary=x\n\n"
BODY = "--x\nContent-Type: text/plain; charset=utf-8\n\nFür Max Muster (max@logistik.example.org): der Kran fährt.\n"
FILE = "--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=kran.pdf\n\n%PDF\n--x--\n"

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # erasing runs the same queries on both


def file_of(town: Town, note: Note) -> dict[str, Any]:
    """The file that travels with the answer."""
    (paper,) = note.papers
    content = town.database.read_now(lambda session: session.get_one(Paper, paper).content)
    found: dict[str, Any] = json.loads(content)
    return found


def ask(town: Town, email: str) -> tuple[Note, dict[str, Any]]:
    note = town.letter(email, "MEINEDATEN")
    return note, file_of(town, note)


# The answer -----------------------------------------------------------------------------------------------------------


def test_the_letter_and_the_file_hold_what_somebody_did_and_nobody_elses_name(town: Town) -> None:
    town.meeting(30)
    town.letter(ERIKA, "M1 60 %, Max Muster hilft")
    town.reply(ERIKA, "JA")
    town.database.write_now(_a_letter_with_an_attachment)
    note, found = ask(town, ERIKA)
    said = json.dumps(found, ensure_ascii=False)
    assert "Erika Beispiel" in said
    assert ERIKA in said
    assert "[…] hilft" in said
    assert "Für […] ([…]): der Kran fährt." in said
    assert found["data"]["inbox"][-1]["attachments"] == [{"name": "kran.pdf", "bytes": 4}]
    assert "Max Muster" not in said + words(note)
    assert MAX not in said + words(note)
    assert "– 23. November 2026 · M1 · 60 % · läuft · […] hilft" in words(note)
    assert "– 23. November 2026 · Erika Beispiel · Stahl GmbH · Mitglied · 02041 1" in words(note)
    assert "M1 · verantwortlich" in words(note)
    for heading in ("persons", "addresses", "assignments", "reports", "history", "inbox", "outbox"):
        assert MAP[heading].what("de") in words(note)
    assert "Art. 15" in words(note)
    assert "ldi.nrw.de" in words(note)


def _a_letter_with_an_attachment(session: Session) -> None:
    session.add(
        InboxRow(
            channel=Channel.MAIL,
            external_id="9:1",
            sender=ERIKA,
            raw=(LETTER + BODY + FILE).encode(),
            received_at=START,
            state=Received.DONE,
        )
    )


def test_in_telegram_the_answer_is_short_and_the_file_says_the_same(town: Town) -> None:
    town.link(ERIKA)
    note = town.chat(ERIKA, "MEINEDATEN")
    assert len(words(note)) < 900
    assert not note.items
    town.tap(ERIKA, button(note, "Als Brief per E-Mail"))
    assert MAP["assignments"].what("de") in words(town.last_letter(ERIKA))
    by_mail = file_of(town, town.letter(ERIKA, "MEINEDATEN"))["data"]
    in_chat = file_of(town, note)["data"]
    assert set(in_chat) <= set(by_mail)
    assert in_chat["persons"][0]["name"] == by_mail["persons"][0]["name"] == "Erika Beispiel"
    assert in_chat["persons"][0]["telegram_id"] == CHATS[ERIKA]


def test_a_forged_letter_brings_the_answer_to_the_registered_address_only(town: Town) -> None:
    town.letter(ERIKA, "MEINEDATEN")
    assert [row.to for row in town.letters(ERIKA)] == [ERIKA]
    assert town.letters(GUEST) == []


def test_that_somebody_voted_is_told_and_not_how(town: Town) -> None:
    town.database.write_now(_an_open_vote)
    _, found = ask(town, ERIKA)
    (ballot,) = found["data"]["ballots"]
    assert "choices" not in ballot
    assert "4711" not in json.dumps(found)


def _an_open_vote(session: Session) -> None:
    meeting = Meeting(kind="alliance", title="Herbst", starts_at=START + timedelta(days=20))
    session.add(meeting)
    session.flush()
    poll = Poll(meeting_id=meeting.id or 0, kind="points", question="?", opened_at=START, closes_at=START)
    session.add(poll)
    session.flush()
    session.add(Ballot(poll_id=poll.id or 0, person_id=1, choices={"1": 4711}, at=START))


def test_secrets_are_not_in_the_file(town: Town) -> None:
    town.letter(ERIKA, "TELEGRAM")
    token = town.letters(ERIKA)[-1].token
    _, found = ask(town, ERIKA)
    assert token not in json.dumps(found)
    assert "code_hash" not in json.dumps(found)


def test_access_is_recorded_as_answered_at_once(town: Town) -> None:
    ask(town, ERIKA)
    (row,) = town.database.read_now(lambda session: session.exec(select(PersonalRequest)).all())
    assert (row.kind, row.answered_at, row.outcome) == ("access", town.at, "assistant")


def test_a_file_that_would_be_too_large_leaves_out_the_oldest_and_says_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "LARGEST", 12_000)
    for day in range(8):
        town.at += timedelta(hours=1)
        town.letter(ERIKA, f"STATUS\n\nViele Grüße\nErika Beispiel {'x' * 900} {day}")
    note = town.letter(ERIKA, "MEINEDATEN")
    content = town.database.read_now(lambda session: session.get_one(Paper, note.papers[0]).content)
    assert len(content) <= 12_000
    assert "ältere Einträge" in json.loads(content)["left_out"]


# Former members and strangers -----------------------------------------------------------------------------------------


def test_a_former_member_is_answered_after_ja_to_a_letter_to_that_address(town: Town) -> None:
    town.letter(ERIKA, "ABMELDEN")
    town.reply(ERIKA, "JA")
    asked = town.letter(ERIKA, "MEINEDATEN")
    assert asked.title == say("de", "member-proof-title")
    assert asked.papers == ()
    found = file_of(town, town.reply(ERIKA, "JA"))
    assert found["data"]["persons"][0]["name"] == "Erika Beispiel"


def test_a_stranger_is_answered_after_ja_and_learns_of_themselves_alone(town: Town) -> None:
    town.letter(GUEST, "Ist Max Muster da?")
    town.at += timedelta(days=1)
    assert town.letter(GUEST, "MEINEDATEN").papers == ()
    found = file_of(town, town.reply(GUEST, "JA"))["data"]
    assert found["cases"][0]["text"] == "Ist […] da?"
    assert {"persons", "addresses", "assignments"} & set(found) == set()


def test_a_stranger_in_a_chat_gets_what_belongs_to_the_chat(town: Town) -> None:
    town.chat(GUEST, f"BEITRETEN {MAX}")
    found = file_of(town, town.chat(GUEST, "MEINEDATEN"))["data"]
    assert set(found) <= {"requests", "talks", "cases", "keyboards", "consents", "outbox"}
    assert "Muster" not in json.dumps(found)


def test_what_is_asked_for_looks_the_same_whether_somebody_is_registered_or_not(town: Town) -> None:
    town.office(intents.RegisterPerson("Jutta Probe", GUEST, "Probe GmbH"))
    town.forget_letters()
    town.letter(GUEST, "ABMELDEN")
    town.reply(GUEST, "JA")
    former = town.letter(GUEST, "MEINEDATEN")
    stranger = town.letter("fremd@neu.example.org", "MEINEDATEN")
    assert words(former) == words(stranger)
    assert words(town.letter(GUEST, "LÖSCHEN")) == words(town.letter("fremd@neu.example.org", "LÖSCHEN"))


def test_somebody_elses_wish_to_join_under_my_address_shows_neither_name_nor_chat(town: Town) -> None:
    town.chat(GUEST, f"BEITRETEN {ERIKA}")
    _, found = ask(town, ERIKA)
    (row,) = found["data"]["requests"]
    assert {"name", "chat_id", "company"} & set(row) == set()
    assert str(CHATS[GUEST]) not in json.dumps(found["data"]["requests"])


def test_the_office_is_a_person_like_all_others(town: Town) -> None:
    _, found = ask(town, OFFICE)
    assert found["data"]["persons"][0]["role"] == "office"
    assert datamap.Basis.TASK in {entry.basis for entry in ENTRIES}


def test_what_a_stranger_wrote_in_answer_to_my_letter_is_theirs(town: Town) -> None:
    town.letter(ERIKA, "STATUS")
    town.letter("fremd@neu.example.org", "Hier spricht Kim Fremd", town.letters(ERIKA)[-1].token)
    _, found = ask(town, ERIKA)
    (case,) = found["data"]["cases"]
    assert {"email", "text"} & set(case) == set()
    assert case["reason"] == "wrong-sender"


def test_the_office_does_not_take_the_numbers_of_others_along(town: Town) -> None:
    town.office(intents.CorrectPerson(ERIKA, "phone", "0201 998877"))
    town.meeting(10)
    town.at += timedelta(days=1)
    assert "0201 998877" in words(town.letter(OFFICE, "OFFEN"))
    note, found = ask(town, OFFICE)
    assert "998877" not in json.dumps(found) + words(note)
    assert found["data"]["persons"][0]["phone"] == "02041 1"


def test_the_office_does_not_take_the_names_of_strangers_along(town: Town) -> None:
    town.letter(GUEST, "Guten Tag, was machen Sie?")
    assert "Robin Probe" in words(town.last_letter(OFFICE))
    note, found = ask(town, OFFICE)
    said = json.dumps(found, ensure_ascii=False) + words(note)
    assert "Robin Probe" not in said
    assert GUEST not in said
    assert found["data"]["persons"][0]["name"] == "Geschäftsstelle"
