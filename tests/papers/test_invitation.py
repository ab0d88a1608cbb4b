"""Calendar answers: who comes to which meeting."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.invitation import Answer, answer, calendar_reply

ERIKA = "erika@firma.example.com"
COMMENT = "Ich komme eine Viertelstunde später"


def calendar(attendee: str, method: str = "REPLY", more: str = "", component: str = "VEVENT") -> str:
    return (
        f""
        f"BEGIN:VCALENDAR\nPRODID:-//Beispiel//DE\nVERSION:2.0\nMETHOD:{method}\nBEGIN:{component}\nUID:sitzung-1@stadt.example.org\n"
        f"{attendee}\n{more}DTSTAMP:20261124T091200Z\nEND:{component}\nEND:VCALENDAR\n"
    )


def letter(ics: str, kind: str = "text/calendar; charset=utf-8; method=REPLY", more: str = "") -> bytes:
    head = f"From: Erika Beispiel <{ERIKA}>\nTo: zukunftsplan@stadt.example.org\nSubject: Zugesagt: Sitzung\n"
    return f"{head}MIME-Version: 1.0\nContent-Type: {kind}\n{more}\n{ics}".replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("attendee", "expected"),
    [
        (f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ERIKA}", "ACCEPTED"),
        (f'ATTENDEE;PARTSTAT=ACCEPTED;CN="Beispiel, Erika: Büro":MAILTO:{ERIKA.upper()}', "ACCEPTED"),
        (f"ATTENDEE;CN=Erika Beispiel;\n PARTSTAT=DECL\n INED:mailto:{ERIKA}", "DECLINED"),
        (f"attendee;partstat=tentative:mailto:{ERIKA}", "TENTATIVE"),
        (f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:max@firma.example.com":mailto:{ERIKA}', "DELEGATED"),
        (f"ATTENDEE:mailto:{ERIKA}", "NEEDS-ACTION"),
        (f"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL={ERIKA}:invalid:nomail", "ACCEPTED"),
        (f'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:buero@firma.example.com":mailto:{ERIKA}', "ACCEPTED"),
    ],
)
def test_who_answers_and_how(attendee: str, expected: str) -> None:
    assert calendar_reply(letter(calendar(attendee))) == (ERIKA, expected)


def test_the_answer_names_the_meeting_and_what_was_written_with_it() -> None:
    ics = calendar(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ERIKA}", more=f"COMMENT:{COMMENT}\\, leider\n")
    assert answer(letter(ics)) == Answer(ERIKA, "DECLINED", "sitzung-1@stadt.example.org", f"{COMMENT}, leider")


def test_of_many_the_sender_answers() -> None:
    many = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:max@firma.example.com\nATTENDEE;PARTSTAT=DECLINED:mailto:{ERIKA}"
    assert calendar_reply(letter(calendar(many))) == (ERIKA, "DECLINED")
    strangers = many.replace(ERIKA, "jutta@firma.example.com").replace("ACCEPTED", "NEEDS-ACTION")
    assert calendar_reply(letter(calendar(strangers))) == ("jutta@firma.example.com", "DECLINED")


def test_a_task_is_answered_like_an_event() -> None:
    ics = calendar(f"ATTENDEE;PARTSTAT=COMPLETED:mailto:{ERIKA}", component="VTODO")
    assert calendar_reply(letter(ics)) == (ERIKA, "COMPLETED")


def test_an_attached_file_counts_and_an_attached_letter_does_not() -> None:
    ics = calendar(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ERIKA}")
    code = base64.b64encode(ics.encode()).decode()
    file = "Content-Type: application/octet-stream; name=invite.ics\nContent-Transfer-Encoding: base64"
    part = f"--x\n{file}\n\n{code}\n--x--\n"
    assert calendar_reply(letter(part, "multipart/mixed; boundary=x")) == (ERIKA, "ACCEPTED")
    inner = f"--x\nContent-Type: message/rfc822\n\nContent-Type: text/calendar; method=REPLY\n\n{ics}\n--x--\n"
    assert calendar_reply(letter(inner, "multipart/mixed; boundary=x")) is None


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
def test_any_charset_is_read(charset: str) -> None:
    ics = calendar(f"ATTENDEE;CN=Jörg Müller;PARTSTAT=ACCEPTED:mailto:{ERIKA}")
    code = base64.b64encode(ics.encode(charset)).decode()
    raw = letter(code, "text/calendar; method=REPLY", "Content-Transfer-Encoding: base64\n")
    assert calendar_reply(raw) == (ERIKA, "ACCEPTED")


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH", "COUNTER", "REFRESH"])
def test_other_methods_are_no_answer(method: str) -> None:
    assert calendar_reply(letter(calendar(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ERIKA}", method))) is None


@pytest.mark.parametrize(
    ("start", "proposed"),
    [
        ("DTSTART:20261204T160000Z", datetime(2026, 12, 4, 16, 0, tzinfo=UTC)),
        ("DTSTART;TZID=Europe/Berlin:20261204T170000", datetime(2026, 12, 4, 16, 0, tzinfo=UTC)),
        ("DTSTART;TZID=W. Europe Standard Time:20261204T170000", datetime(2026, 12, 4, 16, 0, tzinfo=UTC)),
        ("DTSTART;TZID=America/New_York:20261204T110000", datetime(2026, 12, 4, 16, 0, tzinfo=UTC)),
        ("DTSTART;TZID=../../etc/passwd:20261204T170000", datetime(2026, 12, 4, 16, 0, tzinfo=UTC)),
        ("DTSTART:20261204T170000", datetime(2026, 12, 4, 16, 0, tzinfo=UTC)),
    ],
)
def test_an_answer_that_suggests_another_time_says_which(start: str, proposed: datetime) -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:16010101T030000\nEND:STANDARD\nEND:VTIMEZONE\n"
    ics = calendar(f"ATTENDEE;PARTSTAT=TENTATIVE:mailto:{ERIKA}", "COUNTER", more=f"{start}\n")
    raw = letter(ics.replace("BEGIN:VEVENT", f"{zone}BEGIN:VEVENT"))
    found = answer(raw)
    assert found == Answer(ERIKA, "TENTATIVE", "sitzung-1@stadt.example.org", "", proposed)
    assert calendar_reply(raw) is None


@pytest.mark.parametrize("start", ["DTSTART;VALUE=DATE:20261204", "DTSTART:20269904T170000", "DTSTART:morgen", "X:1"])
def test_a_suggestion_without_a_time_is_none(start: str) -> None:
    ics = calendar(f"ATTENDEE;PARTSTAT=TENTATIVE:mailto:{ERIKA}", "COUNTER", more=f"{start}\n")
    assert answer(letter(ics)) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: M12\n\nM12 60 %",
        letter("BEGIN:VCALENDAR\nMETHOD:REPLY\n"),
        letter(calendar("ATTENDEE;PARTSTAT=ACCEPTED:mailto:")),
        letter(calendar(f"ATTENDEE:mailto:{ERIKA}", component="VFREEBUSY")),
    ],
)
def test_what_names_nobody_is_no_answer(raw: bytes) -> None:
    assert calendar_reply(raw) is None


def test_a_damaged_line_does_not_hide_the_others() -> None:
    more = "DTSTART;TZID=Nirgends:gestern\nRRULE:FREQ=\n;;;:::\nX-\x00\x01:\n"
    assert calendar_reply(letter(calendar(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ERIKA}", more=more))) == (
        ERIKA,
        "ACCEPTED",
    )


@given(st.binary())
def test_nothing_makes_it_raise(raw: bytes) -> None:
    answer(raw)
    answer(b"Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nATTENDEE" + raw)


@pytest.mark.parametrize(
    "ics",
    [
        "ATTENDEE;" + "CN=a;" * 400_000,
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ERIKA}\n" * 40_000,
        "BEGIN:VEVENT\n" * 100_000,
        "ATTENDEE:mailto:" + "a" * 1_900_000,
        "\n " * 900_000,
        "--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 40_000,
    ],
)
def test_a_bomb_takes_no_time(ics: str) -> None:
    begun = time.process_time()
    answer(letter("BEGIN:VCALENDAR\nMETHOD:REPLY\n" + ics))
    answer(letter("BEGIN:VCALENDAR\nMETHOD:REPLY\n" + ics, "multipart/mixed; boundary=x; name=a.ics"))
    assert time.process_time() - begun < 2
