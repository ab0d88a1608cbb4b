"""Letters that somebody else wrote and labelled: what is a reply, who was not reached, until when, who comes."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mail import absence, bounces
from mail.screening import Kind, bounced, classify
from papers import invitation

HERE = Path(__file__).parent
PERSONAL = {Kind.REPLY, Kind.CALENDAR_REPLY}


class Labelled(NamedTuple):
    name: str
    raw: bytes
    kind: Kind
    label: dict[str, Any]


@cache
def letters(name: str = "others") -> list[Labelled]:
    rows = tomllib.loads((HERE / f"{name}.toml").read_text())["letter"]
    return [Labelled(row["file"], (HERE / name / row["file"]).read_bytes(), Kind(row["kind"]), row) for row in rows]


def share(wrong: list[Any], of: int) -> float:
    return 1 - len(wrong) / max(of, 1)


def test_no_person_is_taken_for_a_robot() -> None:
    persons = [letter for letter in letters() if letter.kind == Kind.REPLY]
    assert [letter.name for letter in persons if classify(letter.raw) != Kind.REPLY] == []


def test_no_reply_of_any_mail_program_is_taken_for_a_robot() -> None:
    replies = sorted((HERE / "replies").rglob("*.eml"))
    assert [str(path) for path in replies if classify(path.read_bytes()) != Kind.REPLY] == []
    assert [str(path) for path in replies if bounced(path.read_bytes())] == []


def test_hardly_any_robot_is_taken_for_a_person() -> None:
    robots = [letter for letter in letters() if letter.kind not in PERSONAL]
    wrong = [letter.name for letter in robots if classify(letter.raw) == Kind.REPLY]
    assert share(wrong, len(robots)) >= 0.98, wrong


def test_automatic_answers_are_told_from_all_else() -> None:
    named = [letter for letter in letters() if letter.kind == Kind.AUTO_REPLY]
    missed = [letter.name for letter in named if classify(letter.raw) != Kind.AUTO_REPLY]
    others = [letter for letter in letters() if letter.kind != Kind.AUTO_REPLY]
    wrong = [letter.name for letter in others if classify(letter.raw) == Kind.AUTO_REPLY]
    assert share(missed, len(named)) >= 0.95, missed
    assert share(wrong, len(named) - len(missed) + len(wrong)) >= 0.98, wrong


def test_whom_a_bounce_is_about_and_whether_it_blames_the_address() -> None:
    returned = [letter for letter in letters() if letter.kind == Kind.BOUNCE]
    wrong = {letter.name: bounces.failures(letter.raw) for letter in returned if not told_apart(letter)}
    assert share(list(wrong), len(returned)) >= 0.98, wrong
    assert [letter.name for letter in returned if classify(letter.raw) != Kind.BOUNCE] == []


def told_apart(letter: Labelled) -> bool:
    """His labels call temporary what says nothing against the address."""
    found = bounces.failures(letter.raw)
    told = {(one.address, "permanent" if one.blames_address else "temporary") for one in found}
    return told == {(address, kind) for address, kind in letter.label.get("bounced", [])}


def test_nothing_but_a_bounce_names_failures() -> None:
    assert [letter.name for letter in letters() if letter.kind != Kind.BOUNCE and bounced(letter.raw)] == []


def test_the_last_day_away() -> None:
    dated = [letter for letter in letters() if "sent" in letter.label]
    wrong = {letter.name: back(letter) for letter in dated if not in_time(letter)}
    assert share(list(wrong), len(dated)) >= 0.95, wrong


def back(letter: Labelled) -> date | None:
    return absence.back(letter.raw, date.fromisoformat(str(letter.label["sent"])))


def in_time(letter: Labelled) -> bool:
    """A label names the last day away, the first day back, or neither."""
    label, found = letter.label, back(letter)
    if "until" in label:
        return found == date.fromisoformat(str(label["until"]))
    if "back" in label:
        return found == date.fromisoformat(str(label["back"])) - timedelta(days=1)
    return found is None


def test_who_comes_to_a_meeting() -> None:
    answers = [letter for letter in letters() if letter.kind == Kind.CALENDAR_REPLY]
    assert [letter.name for letter in answers if classify(letter.raw) != Kind.CALENDAR_REPLY] == []
    said = {letter.name: (letter.label["attendee"], letter.label["partstat"]) for letter in answers}
    assert {letter.name: invitation.calendar_reply(letter.raw) for letter in answers} == said
    others = [letter for letter in letters() if letter.kind in {Kind.REPLY, Kind.OTHER, Kind.AUTO_REPLY}]
    assert [letter.name for letter in others if invitation.calendar_reply(letter.raw)] == []


def test_every_letter_held_back_is_labelled_once() -> None:
    assert sorted(letter.name for letter in letters("others-held")) == sorted(
        path.name for path in (HERE / "others-held").iterdir()
    )


def test_nobody_is_mistaken_in_letters_held_back() -> None:
    persons = [letter for letter in letters("others-held") if letter.kind in PERSONAL]
    assert [letter.name for letter in persons if classify(letter.raw) != letter.kind] == []
    robots = [letter for letter in letters("others-held") if letter.kind not in PERSONAL]
    wrong = [letter.name for letter in robots if classify(letter.raw) == Kind.REPLY]
    assert share(wrong, len(robots)) >= 0.99, wrong


def test_automatic_answers_held_back_are_told_from_all_else() -> None:
    named = [letter for letter in letters("others-held") if letter.kind == Kind.AUTO_REPLY]
    missed = [letter.name for letter in named if classify(letter.raw) != Kind.AUTO_REPLY]
    others = [letter for letter in letters("others-held") if letter.kind != Kind.AUTO_REPLY]
    assert share(missed, len(named)) >= 0.965, missed
    assert [letter.name for letter in others if classify(letter.raw) == Kind.AUTO_REPLY] == []


def test_bounces_held_back_name_whom_they_are_about() -> None:
    returned = [letter for letter in letters("others-held") if letter.kind == Kind.BOUNCE]
    wrong = {letter.name: bounced(letter.raw) for letter in returned if not names_the_same(letter)}
    assert share(list(wrong), len(returned)) >= 0.99, wrong
    others = [letter for letter in letters("others-held") if letter.kind != Kind.BOUNCE]
    assert [letter.name for letter in others if bounced(letter.raw)] == []


def names_the_same(letter: Labelled) -> bool:
    return set(bounced(letter.raw)) == {(address, kind) for address, kind in letter.label["bounced"]}


def test_bounces_held_back_blame_only_the_address_that_is_wrong() -> None:
    returned = [letter for letter in letters("others-held") if letter.kind == Kind.BOUNCE]
    blamed = {
        letter.name: {one.address for one in bounces.failures(letter.raw) if one.blames_address} for letter in returned
    }
    assert blamed == {letter.name: to_blame(letter) for letter in returned}


def to_blame(letter: Labelled) -> set[str]:
    permanent = {address for address, kind in letter.label["bounced"] if kind == "permanent"}
    return permanent - set(letter.label.get("blameless", []))


def test_who_comes_to_a_meeting_in_letters_held_back() -> None:
    answers = [letter for letter in letters("others-held") if letter.kind == Kind.CALENDAR_REPLY]
    said = {letter.name: (letter.label["attendee"], letter.label["partstat"]) for letter in answers}
    assert {letter.name: invitation.calendar_reply(letter.raw) for letter in answers} == said
