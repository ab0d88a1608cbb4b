"""The letters in others/ are labelled once each, and their labels can be true."""

from __future__ import annotations

import email
import re
import tomllib
from collections import Counter
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
LETTERS = HERE / "others"
LABELS: list[dict[str, Any]] = tomllib.loads((HERE / "others.toml").read_text(encoding="utf-8"))["letter"]

AT_LEAST = {"bounce": 110, "auto_reply": 80, "calendar_reply": 35, "other": 45, "reply": 60}
FIELDS = {
    "bounce": {"bounced", "also"},
    "auto_reply": {"sent", "back", "until"},
    "calendar_reply": {"attendee", "partstat"},
    "other": set[str](),
    "reply": set[str](),
}
NEEDED = {"bounce": {"bounced"}, "auto_reply": {"sent"}, "calendar_reply": {"attendee", "partstat"}}
PARTSTATS = {"ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}  # RFC 5545, 3.2.12: what an answer can say
ADDRESS = re.compile(r"[^@\s<>A-Z]+@[^@\s<>A-Z]+\.[a-z]+")


def test_every_letter_is_labelled_once() -> None:
    assert sorted(label["file"] for label in LABELS) == sorted(path.name for path in LETTERS.iterdir())


def test_there_are_enough_of_each_kind() -> None:
    found = Counter(label["kind"] for label in LABELS)
    assert {kind: found[kind] for kind, least in AT_LEAST.items() if found[kind] < least} == {}


def test_lines_end_as_the_mailbox_gives_them() -> None:
    assert [path.name for path in LETTERS.iterdir() if re.search(rb"(?<!\r)\n|\r(?!\n)", path.read_bytes())] == []


def test_no_letter_is_there_twice() -> None:
    assert len({path.read_bytes() for path in LETTERS.iterdir()}) == len(LABELS)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: str(label["file"]))
def test_a_label_has_the_fields_of_its_kind(label: dict[str, Any]) -> None:
    named = set(label) - {"file", "kind"}
    assert NEEDED.get(label["kind"], set()) <= named <= FIELDS[label["kind"]]


@pytest.mark.parametrize("label", [one for one in LABELS if one["kind"] == "bounce"], ids=lambda label: label["file"])
def test_a_bounced_address_stands_in_its_letter(label: dict[str, Any]) -> None:
    text = _words(label["file"]).lower()
    for address, failure in label["bounced"]:
        assert ADDRESS.fullmatch(address)
        assert address in text
        assert failure in {"permanent", "temporary"}
    assert all(ADDRESS.fullmatch(address) and address in text for address in label.get("also", []))


@pytest.mark.parametrize("label", [one for one in LABELS if one["kind"] == "auto_reply"], ids=lambda one: one["file"])
def test_a_day_of_return_comes_after_the_letter(label: dict[str, Any]) -> None:
    sent = parsedate_to_datetime(_letter(label["file"])["Date"]).date()
    assert label["sent"] == sent.isoformat()
    assert not {"back", "until"} <= set(label)
    assert all(date.fromisoformat(label[name]) >= sent for name in ("back", "until") if name in label)


@pytest.mark.parametrize("label", [one for one in LABELS if one["kind"] == "calendar_reply"], ids=lambda o: o["file"])
def test_a_calendar_answer_names_its_attendee(label: dict[str, Any]) -> None:
    calendar = re.sub(r"\r?\n[ \t]", "", _words(label["file"])).lower()
    assert ADDRESS.fullmatch(label["attendee"])
    assert f"mailto:{label['attendee']}" in calendar
    assert label["partstat"] in PARTSTATS
    assert re.search(rf'partstat="?{label["partstat"].lower()}', calendar)


def _letter(file: str) -> Message:
    return email.message_from_bytes((LETTERS / file).read_bytes())


def _words(file: str) -> str:
    parts = [part for part in _letter(file).walk() if not part.is_multipart()]
    bodies = [bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace") for part in parts]
    headers = [f"{name}: {value}" for part in _letter(file).walk() for name, value in part.items()]
    return "\n".join(bodies + headers)
