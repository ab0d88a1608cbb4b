"""Invitations as calendar files: every program can read them, whatever people have written into a meeting."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from papers.invitation import Entry, Party, request

NOW = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MEETING = Entry(
    "sitzung-12@stadt.example.org",
    "REQUEST",
    1,
    "Herbstsitzung",
    datetime(2026, 12, 3, 17, 0, tzinfo=BERLIN),
    datetime(2026, 12, 3, 19, 0, tzinfo=BERLIN),
    "Rathaus, Saal 1; Eingang Süd",
    "https://treffen.example.org/herbst",
    "Bitte melden Sie sich an.\n\nEs gibt Kaffee, Kuchen; Tee.",
)
HOUSE = Party("buero+abcdefghij234567@stadt.example.org", "Wirtschaftsallianz")
ERIKA = Party("erika@stahl.example.org")
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


def written(organizer: Party = HOUSE, attendee: Party = ERIKA, **other: Any) -> bytes:
    return request(MEETING._replace(**other), organizer, attendee, NOW)


def event(file: bytes) -> Any:
    (found,) = Calendar.from_ical(file).walk("VEVENT")
    return found


def lines(file: bytes) -> list[str]:
    """Unfolded (RFC 5545, 3.1)."""
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_everything_a_calendar_needs_to_show_an_invitation() -> None:
    found = set(lines(written()))
    assert {
        "METHOD:REQUEST",
        "UID:sitzung-12@stadt.example.org",
        "SEQUENCE:1",
        "DTSTAMP:20261102T083000Z",
        "DTSTART:20261203T160000Z",
        "DTEND:20261203T180000Z",
        "SUMMARY:Herbstsitzung",
        "LOCATION:Rathaus\\, Saal 1\\; Eingang Süd",
        "DESCRIPTION:Bitte melden Sie sich an.\\n\\nEs gibt Kaffee\\, Kuchen\\; Tee.",
        "URL:https://treffen.example.org/herbst",
        "STATUS:CONFIRMED",
        "ORGANIZER;CN=Wirtschaftsallianz:mailto:buero+abcdefghij234567@stadt.example.org",
        "TRIGGER:-P1D",
    } <= found


def test_the_reader_is_asked_to_answer() -> None:
    attendee = event(written(attendee=Party("erika@stahl.example.org", "Erika Beispiel")))["attendee"]
    assert attendee == "mailto:erika@stahl.example.org"
    assert dict(attendee.params) == {
        "CN": "Erika Beispiel",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_a_cancelled_meeting_keeps_its_name_and_rings_no_bell() -> None:
    file = written(method="CANCEL", sequence=2)
    found = event(file)
    assert (found["uid"], found["sequence"], found["status"]) == ("sitzung-12@stadt.example.org", 2, "CANCELLED")
    assert "METHOD:CANCEL" in lines(file)
    assert dict(found["attendee"].params) == {}
    assert b"VALARM" not in file


def test_a_meeting_without_a_room_is_where_its_link_leads() -> None:
    assert event(written(place=""))["location"] == MEETING.link
    assert "location" not in event(written(place="", link=""))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://a.example.org/ x", "Raum 3", "https://a\r\nX:y", "ftp://a"]
)
def test_what_is_no_link_gets_no_url(link: str) -> None:
    assert "url" not in event(written(link=link))


@pytest.mark.parametrize("moment", ["2026-10-25T02:30+01:00", "2026-03-29T03:30+02:00", "2026-12-31T23:30+01:00"])
def test_the_moment_is_the_same_in_every_zone(moment: str) -> None:
    begins = datetime.fromisoformat(moment)
    found = event(written(begins=begins))["dtstart"].dt
    assert found == begins
    assert str(found.tzinfo) == "UTC"


@given(ANYTHING, ANYTHING)
def test_whatever_people_write_the_file_stays_a_calendar(words: str, name: str) -> None:
    file = written(
        Party(HOUSE.address, name), Party(ERIKA.address, words), title=words, place=name, text=words, link=words
    )
    assert max(map(len, file.split(b"\r\n"))) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    names = [line.partition(":")[0].partition(";")[0] for line in lines(file) if line]
    plain = [line.partition(":")[0].partition(";")[0] for line in lines(written(text="a")) if line]
    assert set(names) <= set(plain)
    assert names.count("BEGIN") == names.count("END") == 3
    assert event(file)["organizer"] == f"mailto:{HOUSE.address}"


@pytest.mark.parametrize("title", ['»Größe« & "Maß", a; b\\n c: 😀', "x" * 300, "ä" * 300, "👩‍🏭" * 60])
def test_a_title_is_read_as_it_was_written(title: str) -> None:
    assert str(event(written(title=title))["summary"]) == title.replace("\N{ZERO WIDTH JOINER}", " ")


def test_the_description_keeps_its_paragraphs() -> None:
    text = "Eins\r\nzwei\n\n- drei, vier; \\fünf\u2028sechs"
    assert str(event(written(text=text))["description"]) == "Eins\nzwei\n\n- drei, vier; \\fünf\nsechs"


def test_the_library_is_loaded_only_when_a_calendar_is_written() -> None:
    code = "import sys, papers.invitation; sys.exit('icalendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
