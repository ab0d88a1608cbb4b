"""The soak's checker notices each kind of fault it is there for."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.soak.checker import Verdict, check

ERIKA, MAX, OFFICE = "erika@stahl.example.org", "max@logistik.example.org", "buero@stadt.example.org"
CHAT = 7
Line = dict[str, Any]


def letter(day: int, to: str, subject: str, text: str = "", **more: Any) -> Line:
    """A letter of the assistant's."""
    given = {"id": f"<{to}{day}{subject}>", "answers": "", "files": {}} | more
    return {"day": day, "what": "letter", "to": to, "subject": subject, "text": f"{subject}\n\n{text}"} | given


def bubble(day: int, text: str, *, edited: bool = False) -> Line:
    """A bubble in Erika's chat."""
    return {"day": day, "what": "bubble", "chat": CHAT, "message": 1, "edited": edited, "text": text, "file": ""}


def said(day: int, by: str, words: str, number: str = "<m@x>", *, copy: int = 1) -> Line:
    """What somebody wrote, Erika in her chat."""
    chat = CHAT if by == ERIKA else 0
    return {"day": day, "what": "said", "by": by, "chat": chat, "id": number, "words": words, "copy": copy}


def receipt(day: int, measure: int, said: str, answers: str = "<m@x>") -> Line:
    """Max's receipt by mail."""
    return letter(day, MAX, f"Danke, notiert: M{measure}", card(measure, said), answers=answers)


def card(measure: int, said: str = "") -> str:
    """A measure as it is shown, with what was understood."""
    news = f"\nVerstanden: {said}" if said else ""
    return f"M{measure} Vorhaben {measure:03}{news}\nStand: läuft"


def history(measure: int, *entries: str) -> Line:
    """What the office gets when it asks how a measure's standing came about."""
    text = "\n\n".join(f"10.01.2027 09:05 · Max · E-Mail · {entry}" for entry in entries)
    return letter(30, OFFICE, f"Verlauf: M{measure} Vorhaben {measure:03}", text)


def reported(report: int, mark: str) -> str:
    """One entry of it."""
    return f"Statusmeldung: Maßnahme M1: Fortschritt 0 % → 5 %; Meldung #{report} neu: Text »Vermerk {mark}«"


def export(measure: int, percent: int, note: str) -> Line:
    """The plan as a workbook."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, ["Nr.", "Titel", "Fortschritt", "Bemerkung"])
        sheet.write_row(1, 0, [measure, "Vorhaben", percent, note])
    return letter(29, OFFICE, "Der Plan", files={"Plan.xlsx": base64.b64encode(content.getvalue()).decode()})


KILL: Line = {"day": 5, "what": "killed", "code": -9, "number": 1, "itself": False}
MEMBERS: list[Line] = [
    {"day": 1, "what": "member", "email": ERIKA, "chat": CHAT},
    {"day": 1, "what": "member", "email": MAX, "chat": 0},
]
REPORT: list[Line] = [said(5, MAX, "M1: 5 %, Vermerk Q1"), receipt(5, 1, "5 %, »Vermerk Q1«")]
ENDING: list[Line] = [
    {"day": 28, "what": "asked"},
    export(1, 5, "Vermerk Q1"),
    {"day": 30, "what": "ended", "code": 0, "waiting": ""},
]
HISTORY = history(1, reported(1, "Q1"))


def judged(folder: Path, *lines: Line) -> Verdict:
    """What the checker says of this log."""
    log = folder / "wire.jsonl"
    dated = [
        {"n": number, "at": f"2027-01-{line['day']:02}T08:05:00+00:00", **line} for number, line in enumerate(lines)
    ]
    log.write_text("\n".join(json.dumps(line) for line in dated), encoding="utf-8")
    return check(log)


def test_a_good_run_is_called_good(tmp_path: Path) -> None:
    verdict = judged(tmp_path, *MEMBERS, *REPORT, *ENDING, HISTORY)
    assert verdict.good, verdict.in_words()
    assert "Nothing was lost" in verdict.in_words()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([*REPORT, history(1)], "report lost"),
        ([*REPORT, history(1, reported(1, "Q1"), reported(2, "Q1"))], "report applied twice"),
        ([*REPORT], "no history came for a measure"),
        ([REPORT[0], HISTORY], "not answered exactly once"),
        ([*REPORT, {**REPORT[1], "id": "<another>"}, HISTORY], "not answered exactly once"),
        ([*REPORT, REPORT[1], HISTORY], "doubled without a kill"),
        (
            [REPORT[0], letter(5, MAX, "Wie haben Sie das?", answers="<m@x>"), history(1)],
            "asked back, though it was plain",
        ),
        ([*REPORT, KILL, REPORT[1], REPORT[1], REPORT[1], HISTORY], "more letters doubled than kills"),
        (
            [
                letter(4, MAX, "Bitte bis 21. Januar: Wie steht es um Ihre Maßnahme?", card(1)),
                *REPORT,
                letter(9, MAX, "Erinnerung, bitte bis 21. Januar: Stand Ihrer Maßnahme", card(1)),
                HISTORY,
            ],
            "nudged after an answer",
        ),
        (
            [
                bubble(4, "Bitte bis 21. Januar: Wie steht es um Ihre Maßnahme?"),
                bubble(4, card(1)),
                *REPORT,
                bubble(9, "Erinnerung, bitte bis 21. Januar: Stand Ihrer Maßnahme"),
                bubble(9, card(1)),
                HISTORY,
            ],
            "nudged after an answer",
        ),
        (
            [
                *REPORT,
                letter(11, MAX, "Wochenüberblick Zukunftsplan", "Neu"),
                letter(12, MAX, "Wochenüberblick Zukunftsplan", "Neu"),
                HISTORY,
            ],
            "two digests in a week",
        ),
        ([*REPORT, letter(7, MAX, "Protokoll: Sitzung 1"), HISTORY], "not everybody reached"),
        (
            [*REPORT, bubble(6, "Sie sind abgemeldet"), bubble(8, "Wochenüberblick Zukunftsplan"), HISTORY],
            "written to after they left",
        ),
        (
            [said(5, MAX, "M1: 6 %, Vermerk Q1"), receipt(5, 1, "6 %, »Vermerk Q1«"), HISTORY],
            "another standing than reported",
        ),
    ],
)
def test_each_kind_of_fault_is_noticed(tmp_path: Path, lines: list[Line], fault: str) -> None:
    assert fault in judged(tmp_path, *MEMBERS, *lines[:-1], *ENDING, lines[-1]).faults


def test_a_double_after_a_kill_is_counted_and_is_no_fault(tmp_path: Path) -> None:
    verdict = judged(tmp_path, *MEMBERS, *REPORT, KILL, REPORT[1], *ENDING, HISTORY)
    assert verdict.good, verdict.in_words()
    assert verdict.figures["letters doubled, with the same Message-ID"] == 1


def test_a_run_that_was_broken_off_is_not_good(tmp_path: Path) -> None:
    verdict = judged(tmp_path, *MEMBERS, *REPORT, *ENDING[:-1], HISTORY)
    assert "the run was broken off" in verdict.faults


def test_what_still_waits_in_the_end_is_a_fault(tmp_path: Path) -> None:
    waiting = {**ENDING[-1], "waiting": "1 came in, 0 to go out"}
    assert "something still waits" in judged(tmp_path, *MEMBERS, *REPORT, *ENDING[:-1], waiting, HISTORY).faults
