"""What people and machines say about absence, hours, tickets and thanks; nothing but the words tells them apart."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mail.screening import classify

LETTERS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("screening_by_words.toml").read_text())["letter"]


def letter(label: dict[str, Any]) -> bytes:
    thread = "\nIn-Reply-To: <zp.abcdefghij234567@example.org>" if label["in_thread"] else ""
    head = f"From: Erika Beispiel <erika@stahl.example.org>\nSubject: {label['subject']}{thread}"
    return f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{label['words']}\n".replace("\n", "\r\n").encode()


@pytest.mark.parametrize("label", [one for one in LETTERS if one["kind"] == "reply"], ids=lambda one: one["words"][:40])
def test_a_person_who_speaks_of_absence_tickets_and_hours_is_heard(label: dict[str, Any]) -> None:
    assert classify(letter(label)) == "reply"


@pytest.mark.parametrize("label", [one for one in LETTERS if one["kind"] != "reply"], ids=lambda one: one["words"][:40])
def test_a_machine_is_known_by_its_words(label: dict[str, Any]) -> None:
    assert classify(letter(label)) == "auto_reply"
