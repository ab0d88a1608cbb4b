"""Spreadsheets that come with a letter: found whatever they are called, and heard once."""

from __future__ import annotations

import os
import sys
from base64 import encodebytes
from datetime import date
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from alliance import spreadsheets
from alliance.notes import Note
from alliance.packing import unpack
from mail.attachments import FILES, File
from mail.contents import contents
from mail.fence import Fence, is_unusual
from mail.fenced import packed, unpacked
from mail.incoming import IncomingLetters
from store import inbox
from store.database import Database
from store.inbox import Channel, Incoming
from tests.mail.mail_world import ERIKA, HOUSE, NOON, OWN, Clerk, deeds, noon, outgoing, states

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SENT = date(2026, 3, 2)
PLAN = ("plan.xlsx", XLSX, b"PK\3\4 plan")


def written(*files: tuple[str, str, bytes], words: str = "Anbei der Plan.", subject: str = "Plan") -> bytes:
    """A letter as a mail program writes it, with files."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"Erika Beispiel <{ERIKA}>", HOUSE, subject
    letter["Message-ID"] = "<1@client.example.org>"
    letter.set_content(words)
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        letter.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return letter.as_bytes().replace(b"\n", b"\r\n")


def part(head: str, content: bytes = b"PK") -> bytes:
    """A letter whose second part has these very headers."""
    code = encodebytes(content).decode()
    return (
        f"From: Erika Beispiel <{ERIKA}>\nTo: {HOUSE}\nSubject: Plan\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nAnbei.\n'
        f"--x\n{head}\nContent-Transfer-Encoding: base64\n\n{code}\n--x--\n"
    ).encode("utf-8", "surrogateescape")


def names(raw: bytes) -> list[str]:
    return [file.name for file in contents(raw, OWN, SENT).files]


def test_the_plan_beside_the_words_is_found() -> None:
    found = contents(written(PLAN, words="Anbei der Plan, viele Grüße"), OWN, SENT)
    assert found.files == (File("plan.xlsx", b"PK\3\4 plan"),)
    assert found.text == "Anbei der Plan, viele Grüße"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (f'Content-Type: {XLSX}; name="Plan.xlsx"\nContent-Disposition: attachment; filename="Plan.xlsx"', "Plan.xlsx"),
        ('Content-Type: application/octet-stream; name="PLAN.ODS"', "PLAN.ODS"),
        ("Content-Type: application/vnd.ms-excel; name=mitglieder.csv\nContent-Disposition: inline", "mitglieder.csv"),
        ("Content-Type: text/csv; charset=utf-8", "tabelle.csv"),
        ("Content-Type: text/comma-separated-values; name=mitglieder.txt", "mitglieder.txt.csv"),
        (f"Content-Type: {XLSX}", "tabelle.xlsx"),
        ("Content-Type: application/vnd.oasis.opendocument.spreadsheet; name=Plan", "Plan.ods"),
        ("Content-Type: text/plain; name=plan.csv\nContent-Disposition: attachment", "plan.csv"),
        # RFC 2231, in one piece and in several
        ("Content-Type: application/x; name*=utf-8''Ma%C3%9Fnahmen.xls", "Maßnahmen.xls"),
        (
            "Content-Type: application/x\nContent-Disposition: attachment;\n filename*0*=iso-8859-1'de'Ma%DF;\n"
            ' filename*1="nahmen.xlsx"',
            "Maßnahmen.xlsx",
        ),
        # RFC 2047, where it must not be, as Outlook and Gmail do
        ('Content-Type: application/x; name="=?utf-8?B?TWHDn25haG1lbi54bHN4?="', "Maßnahmen.xlsx"),
        (
            'Content-Type: application/x\nContent-Disposition: attachment; filename="=?utf-8?Q?Ma=C3=9F?=\n'
            ' =?utf-8?Q?nahmen_2026.xlsx?="',
            "Maßnahmen 2026.xlsx",
        ),
        ('Content-Type: application/x; name="Maßnahmen.xlsx"', "Maßnahmen.xlsx"),
        ('Content-Type: application/x; name="Ma\udcdfnahmen.xlsx"', "Maßnahmen.xlsx"),
        ("Content-Type: application/x; name*=utf-8''U%CC%88bersicht.csv", "Übersicht.csv"),
        ('Content-Type: application/x; name="C:\\\\Eigene Dateien\\\\plan.xls"', "plan.xls"),
        ('Content-Type: application/x; name="../../etc/plan.csv"', "plan.csv"),
        ("Content-Type: application/x; name*=klingonisch''Ma%C3%9F.xlsx", "MaÃ.xlsx"),
        (f"Content-Type: application/x; name={'a' * 300}.xlsx", f"{'a' * 95}.xlsx"),
        ("Content-Type: application/x; name*0*=utf-8''a; name*" + "9" * 5_000 + "=b.xlsx; name=c.xlsx", ""),
    ],
)  # fmt: skip
def test_a_spreadsheet_is_known_by_its_name_or_its_type(head: str, name: str) -> None:
    assert names(part(head)) == ([name] if name else [])


@pytest.mark.parametrize(
    "head",
    [
        'Content-Type: image/png; name="logo.png"\nContent-Disposition: inline',
        'Content-Type: application/pdf; name="plan.pdf"',
        'Content-Type: text/vcard; name="erika.vcf"',
        'Content-Type: application/ms-tnef; name="winmail.dat"',
        'Content-Type: application/octet-stream; name="plan.xlsx.exe"',
        "Content-Type: application/octet-stream",
        "Content-Type: text/plain; name=plan.csv",
    ],
)
def test_no_other_file_is_taken_for_one(head: str) -> None:
    assert names(part(head)) == []


def test_the_spreadsheets_of_an_attached_letter_are_not_this_letters_own() -> None:
    outer = MIMEMultipart()
    outer["From"] = ERIKA
    outer.attach(MIMEText("Zur Kenntnis"))
    inner = MIMEBase("message", "rfc822")
    inner.set_payload(written(PLAN).decode())
    outer.attach(inner)
    assert names(outer.as_bytes()) == []


def test_a_letter_that_is_nothing_but_a_spreadsheet_is_read() -> None:
    raw = f"From: {ERIKA}\nSubject: Plan\nContent-Type: {XLSX}; name=plan.xlsx\n\nPK".encode()
    assert names(raw) == ["plan.xlsx"]


def test_of_very_many_files_a_few_are_kept_and_none_that_is_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [(f"{number}.csv", "text/csv", b"a") for number in range(2 * FILES)]
    assert names(written(*many)) == [f"{number}.csv" for number in range(FILES)]
    monkeypatch.setattr(spreadsheets, "LIMIT", 3)
    assert names(written(("big.csv", "text/csv", b"1234"), ("small.csv", "text/csv", b"123"))) == ["small.csv"]


@pytest.mark.parametrize(("depth", "found"), [(10, ["tabelle.csv"]), (30, [])])
def test_files_deep_inside_a_letter_are_not_looked_for(depth: int, found: list[str]) -> None:
    letter = MIMEBase("text", "csv")
    letter.set_payload("a;b")
    for _ in range(depth):
        outer = MIMEMultipart()
        outer["Content-Disposition"] = "attachment"
        outer.attach(letter)
        letter = outer
    assert names(b"From: erika@example.org\n" + letter.as_bytes()) == found


# --- what becomes of them


async def heard(database: Database, *letters: bytes) -> Clerk:
    things = [Incoming(f"1:{number}", raw) for number, raw in enumerate(letters, start=1)]
    database.write_now(lambda session: inbox.keep(session, Channel.MAIL, things, NOON))
    clerk = Clerk()
    letters_in = IncomingLetters(database, clerk, OWN, noon)
    run = letters_in.work_off()
    assert await run == 0
    letters_in.nudge()
    letters_in.stop()
    await letters_in.run()
    return clerk


async def test_a_letter_with_a_spreadsheet_is_one_deed_with_one_answer(database: Database) -> None:
    await heard(database, written(PLAN, words="Anbei der Plan, viele Grüße"))
    assert deeds(database) == ["plan.xlsx: 9 Anbei der Plan, viele Grüße"]
    assert states(database) == [("done", "")]
    (answer,) = outgoing(database)
    assert unpack(answer.note, Note).closing == ()


async def test_of_several_spreadsheets_the_first_is_read_and_the_sender_is_told_so(database: Database) -> None:
    await heard(database, written(PLAN, ("mitglieder.csv", "text/csv", b"a;b")))
    assert deeds(database) == ["plan.xlsx: 9 Anbei der Plan."]
    (answer,) = outgoing(database)
    (line,) = unpack(answer.note, Note).closing
    assert "»plan.xlsx«" in line


# --- through the fence

BIG = ("plan.xlsx", XLSX, os.urandom(7_000_000))


@pytest.mark.skipif(sys.platform != "linux", reason="the fence's limits are Linux's")
async def test_a_letter_as_big_as_letters_may_be_brings_its_spreadsheet_through_the_fence() -> None:
    raw = written(BIG, ("zwei.csv", "text/csv", b"\0\n{}"))
    assert is_unusual(raw)
    assert len(raw) > 9_000_000
    fence = Fence()
    try:
        found = await fence.contents(raw, OWN, SENT)
    finally:
        await fence.close()
    assert found.unreadable == ""
    assert found.files == (File("plan.xlsx", BIG[2]), File("zwei.csv", b"\0\n{}"))
    assert found.text == "Anbei der Plan."


def test_files_cross_the_fence_as_they_are() -> None:
    found = contents(written(PLAN, ("leer.csv", "text/csv", b""), ("z.csv", "text/csv", b"\n\n")), OWN, SENT)
    assert unpacked(packed(found), found) == found
    assert len(packed(found)) < 400  # no part of it is said twice


@pytest.mark.parametrize(
    "said",
    [
        b'[["a.csv", 3]]',
        b'[["a.csv", 1]]',
        b'[["a.csv", -1], ["b.csv", 3]]',
        b'[["a.csv", true], ["b.csv", 1]]',
        b'[["a.csv", 1.0], ["b.csv", 1]]',
        b'[["a.csv", 2], [7, 0]]',
        b'[["a.csv", 2]' + b', ["b.csv", 0]' * FILES + b"]",
        b'["a.csv"]',
        b"7",
        b"null",
        b"{}",
    ],
)
def test_what_the_fence_never_says_of_files_is_refused(said: bytes) -> None:
    found = contents(written(("a.csv", "text/csv", b"ab")), OWN, SENT)
    told = packed(found)
    assert unpacked(told, found) == found
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        unpacked(told.replace(b'[["a.csv", 2]]', said), found)
