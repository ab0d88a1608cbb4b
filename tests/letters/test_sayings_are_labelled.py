"""The labelled set of what people say is well-formed, large and without doubles."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from alliance.intents import Status

BOOK = tomllib.loads(Path(__file__).with_name("understanding.toml").read_text(encoding="utf-8"))
SAID: list[dict[str, Any]] = BOOK["said"]
TITLES = {int(number) for number in BOOK["titles"]}

ALWAYS = {"text", "lang", "on", "asked"}
READINGS = {"reports", "command", "ask", "other"}
DETAILS = {
    "ShowStatus": set(),
    "ShowMeasure": {"measure"},
    "Pause": {"until"},
    "Resume": set(),
    "Later": {"days"},
    "Leave": set(),
    "Undo": set(),
    "Help": set(),
    "LinkTelegram": set(),
    "Speak": {"language"},
    "Attend": {"answer"},
    "Thank": set(),
}
ANY_DETAIL = set().union(*DETAILS.values())
REPORT_FIELDS = {"measure", "percent", "status", "expected", "help", "unchanged", "text", "optional"}
SAID_FIELDS = REPORT_FIELDS - {"measure", "optional"}


def kinds(said: dict[str, Any]) -> set[str]:
    """The kinds of reading that are right: any of "report", "command", "ask" and "other"."""
    if "accept" in said:
        return set(said["accept"])
    return {"report" if key == "reports" else key for key in READINGS & said.keys()}


def reports() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every reply with each of the reports it should make."""
    return ((said, report) for said in SAID for report in said.get("reports", []))


def ends(value: Any) -> tuple[Any, Any]:
    """The first and last value that are right."""
    return (value[0], value[1]) if isinstance(value, list) else (value, value)


def test_a_saying_has_its_circumstances() -> None:
    for said in SAID:
        assert said.keys() >= ALWAYS, said["text"]
        assert said.keys() <= ALWAYS | READINGS | {"carried", "accept"} | ANY_DETAIL, said["text"]
        assert said["text"].strip(), said["text"]
        assert said["lang"] in {"de", "en"}, said["text"]
        assert isinstance(said["on"], date), said["text"]
        assert set(said["asked"]) <= set(said.get("carried", TITLES)) <= TITLES, said["text"]


def test_a_saying_has_one_reading_or_names_those_that_are_right() -> None:
    for said in SAID:
        right = kinds(said)
        assert right <= {"report", "command", "ask", "other"}, said["text"]
        assert len(right) >= 2 if "accept" in said else len(right) == 1, said["text"]
        assert ("report" in right, "command" in right) == (bool(said.get("reports")), "command" in said), said["text"]
        assert "accept" not in said or not said.keys() & {"ask", "other"}, said["text"]
        assert said.get("ask", True) is said.get("other", True) is True, said["text"]


def test_a_command_names_only_what_belongs_to_it() -> None:
    for said in SAID:
        allowed = DETAILS[said["command"]] if "command" in said else set()
        assert said.keys() & ANY_DETAIL <= allowed, said["text"]
        assert said.get("command") not in {"ShowMeasure", "Speak", "Attend"} or said.keys() & allowed, said["text"]
        first, last = ends(said.get("until", said["on"]))
        assert said["on"] <= first <= last, said["text"]
        assert said.get("answer", "yes") in {"yes", "no", "maybe"}, said["text"]
        assert said.get("language", "de") in {"de", "en"}, said["text"]


def test_a_report_says_something_about_a_carried_measure() -> None:
    for said, report in reports():
        assert report["measure"] in said.get("carried", TITLES), said["text"]
        assert report.keys() <= REPORT_FIELDS, said["text"]
        assert report.keys() & SAID_FIELDS, said["text"]
        assert set(report.get("optional", [])) <= report.keys() & SAID_FIELDS, said["text"]


def test_a_report_is_about_what_was_asked_or_named() -> None:
    for said, report in reports():
        named = {*re.findall(r"\d+", said["text"]), *re.findall(r"[a-zäöü]{5}", said["text"].lower())}
        title = BOOK["titles"][str(report["measure"])].lower()
        words = {str(report["measure"]), *(word[:5] for word in re.findall(r"\w{5,}", title))}
        assert report["measure"] in said["asked"] or words & named, said["text"]


def test_a_reply_reports_once_on_each_measure() -> None:
    for said in SAID:
        numbers = [report["measure"] for report in said.get("reports", [])]
        assert len(numbers) == len(set(numbers)), said["text"]


def test_a_reported_share_state_and_day_exist() -> None:
    for said, report in reports():
        states = report.get("status", [])
        assert {Status(state) for state in ([states] if isinstance(states, str) else states)} <= set(Status)
        lowest, highest = ends(report.get("percent", 0))
        assert 0 <= lowest <= highest <= 100, said["text"]
        earliest, latest = ends(report.get("expected", said["on"]))
        assert said["on"] <= earliest <= latest, said["text"]
        assert (latest - earliest).days <= 92, said["text"]


def test_a_remark_is_in_the_persons_own_words() -> None:
    for said, report in reports():
        assert report.get("text", "") in said["text"]
        assert report.get("text") != ""


def test_nothing_is_said_twice() -> None:
    times = Counter((" ".join(s["text"].split()), s["lang"], s["on"], tuple(s["asked"])) for s in SAID)
    assert [saying for saying, count in times.items() if count > 1] == []


def test_there_is_enough_of_everything() -> None:
    assert Counter(said["lang"] for said in SAID) >= Counter(de=360, en=130)
    alone = Counter(next(iter(kinds(said))) for said in SAID if "accept" not in said)
    assert alone >= Counter(report=300, command=40, ask=100, other=40)
    assert sum("accept" in said for said in SAID) <= len(SAID) / 5
    assert {said.get("command") for said in SAID} >= set(DETAILS)
