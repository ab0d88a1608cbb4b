"""The independent checker: compares what went in at the wire with what came out. It imports nothing of the product."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import python_calamine

Line = dict[str, Any]

MARK = re.compile(r"Vermerk (Q\d+)")
SAID = re.compile(r"^M(\d+): ", re.MULTILINE)
CARD = re.compile(r"^M(\d+) Vorhaben \d+$", re.MULTILINE)
UNDERSTOOD = "Verstanden: "
THANKS = "Danke, notiert: "
QUESTION = re.compile(r"(?:Bitte bis|Erinnerung, bitte bis) (?P<until>[^:]+):")
DIGESTS = ("Wochenüberblick ", "Monatsüberblick ")
TO_ALL = ("Einladung: ", "Zwischenstand zum Zukunftsplan", "Protokoll: ")
FAREWELL = "Sie sind abgemeldet"
HISTORY = re.compile(r"Verlauf: M(\d+) ")
ENTRY = re.compile(r"(?=\d\d\.\d\d\.\d{4} \d\d:\d\d · )")
REPORT = re.compile(r"Meldung #(\d+) neu: Text »Vermerk (Q\d+)")
MORE = re.compile(r"neu: Text »(?:Vermerk (?:Q\d+)(?!\d|«)|(?!Vermerk Q)).{0,80}")  # words that nobody has said
STATUS = "Statusmeldung"
FRESH = timedelta(days=7)  # a report in the week before the question counts as its answer
NEAR = timedelta(hours=12)  # the same bubble twice within this time is one that was doubled
PARTING = timedelta(days=2)  # whose mailbox closes or who leaves may miss the answer to what they wrote just before
CUTS = {"letter-taken-then-cut", "bubble-taken-then-cut", "edit-cut"}
SHOWN = 12  # faults of a kind


@dataclass
class Verdict:
    """What was counted, and every fault with its kind."""

    figures: dict[str, int] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def in_words(self) -> str:
        """To be read by people."""
        lines = [f"{count:>8}  {name}" for name, count in self.figures.items()]
        for kind, found in self.faults.items():
            lines.append(f"{len(found):>8}  FAULT: {kind}")
            lines += [f"          {fault}" for fault in found[:SHOWN]]
        lines.append("Nothing was lost and nothing came twice." if self.good else "NOT GOOD.")
        return "\n".join(lines)


@dataclass
class _Wire:
    """The log, sorted into kinds."""

    lines: list[Line]

    def of(self, *kinds: str) -> list[Line]:
        return [line for line in self.lines if line["what"] in kinds]


def check(log: Path) -> Verdict:
    """Read a log of the wire and judge it."""
    with log.open(encoding="utf-8") as opened:
        wire = _Wire([_dated(json.loads(line)) for line in opened])
    verdict = Verdict()
    _count(wire, verdict)
    _applied_once(wire, verdict)
    _final_standing(wire, verdict)
    _answered_once(wire, verdict)
    _doubled(wire, verdict)
    _nudged_after_answer(wire, verdict)
    _one_of_a_kind(wire, verdict)
    _reached_everyone(wire, verdict)
    _left_alone(wire, verdict)
    _ended_well(wire, verdict)
    return verdict


def _dated(line: Line) -> Line:
    return {**line, "at": datetime.fromisoformat(line["at"])}


# --- what went in


@dataclass(frozen=True)
class Input:
    """One report as somebody made it, however often its letter was delivered or its button pressed."""

    line: Line
    measures: tuple[int, ...]
    marks: tuple[str, ...]


def _inputs(wire: _Wire) -> Iterator[Input]:
    for line in wire.of("said", "pressed"):
        if line["copy"] > 1:
            continue
        if line["what"] == "pressed":
            yield Input(line, tuple(line["measures"]), ())
        elif numbers := SAID.findall(line["words"]):
            yield Input(line, tuple(int(number) for number in numbers), tuple(MARK.findall(line["words"])))


def _count(wire: _Wire, verdict: Verdict) -> None:
    letters = [line for line in wire.of("said") if not line["chat"]]
    verdict.figures |= {
        "kills (SIGKILL)": len(wire.of("killed")),
        "of them at a named place in the code": sum(line["itself"] for line in wire.of("killed")),
        "connections dropped or requests refused": len(wire.of("disturbed")),
        "reports made": sum(len(one.measures) for one in _inputs(wire)),
        "letters that came in, some twice": len(letters),
        "taps": len(wire.of("pressed")),
        "letters that went out": len(wire.of("letter")),
        "bubbles shown or changed": len(wire.of("bubble")),
    }


# --- applied exactly once


def _applied_once(wire: _Wire, verdict: Verdict) -> None:
    """Each report stands in its measure's history once, and nothing else does."""
    histories = _histories(wire)
    counts = {"report lost": 0, "report applied twice": 0}
    for measure, made in sorted(_made(wire, verdict).items()):
        entries = histories.pop(measure, None)
        if entries is None:
            verdict.faults["no history came for a measure"].append(f"M{measure}")
            continue
        for words in (words for entry in entries for words in MORE.findall(entry)):
            verdict.faults["recorded with words that nobody said"].append(f"M{measure}: {words}")
        for kind, what in _amiss(measure, made, entries):
            counts[kind] += 1
            verdict.faults[kind].append(what)
    for measure, entries in histories.items():
        if entries:
            verdict.faults["reported by nobody"].append(f"M{measure}: {entries}")
    verdict.figures |= {"reports lost": counts["report lost"], "reports applied twice": counts["report applied twice"]}


def _made(wire: _Wire, verdict: Verdict) -> dict[int, list[Input]]:
    """The reports on each measure; whoever was asked back knows that nothing was noted."""
    asked_back = _asked_back(wire)
    made: dict[int, list[Input]] = defaultdict(list)
    for one in _inputs(wire):
        if one.line["id"] in asked_back:
            verdict.faults["asked back, though it was plain"].append(str(one.line))
            continue
        for measure in one.measures:
            made[measure].append(one)
    return made


def _amiss(measure: int, made: list[Input], entries: list[str]) -> Iterator[tuple[str, str]]:
    """What a measure's history has too little or too much; its reports without words are told by their number."""
    found = Counter(mark for _, mark in {pair for entry in entries for pair in REPORT.findall(entry)})
    marked = {_mark_of(one, measure): one for one in made}
    for mark, one in marked.items():
        if mark and found[mark] != 1:
            kind = "report applied twice" if found[mark] else "report lost"
            yield kind, f"M{measure} {mark} {found[mark]} times: {one.line}"
    if len(entries) != len(made):
        kind = "report lost" if len(entries) < len(made) else "report applied twice"
        yield kind, f"M{measure}: {len(made)} made, {len(entries)} in its history"


def _asked_back(wire: _Wire) -> set[str]:
    """The Message-IDs of letters whose answer is no thanks but a question: nothing was noted, and they know it."""
    return {letter["answers"] for letter in wire.of("letter") if not letter["subject"].startswith(THANKS)}


def _mark_of(one: Input, measure: int) -> str:
    """The mark beside this measure in a message about several."""
    marks = dict(zip(one.measures, one.marks, strict=False))
    return marks.get(measure, "")


def _histories(wire: _Wire) -> dict[int, list[str]]:
    """For each measure the deeds in its history that report on it, each as one string."""
    found: dict[int, list[str]] = {}
    for letter in wire.of("letter"):
        named = HISTORY.match(letter["subject"])
        if named is None:
            continue
        tables = [text for name, text in letter["files"].items() if name.endswith(".csv")]
        entries = _of_table(tables[0]) if tables else _of_text(letter["text"])
        found[int(named[1])] = [entry for entry in entries if STATUS in entry]
    return found


def _of_text(text: str) -> list[str]:
    return ENTRY.split(" ".join(text.split()))[1:]


def _of_table(encoded: str) -> list[str]:
    text = base64.b64decode(encoded).decode("utf-8-sig")
    deeds: dict[str, list[str]] = defaultdict(list)
    for row in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]:
        deeds[row[0]] += row[1:]
    return [" ".join(cells) for cells in deeds.values()]


def _final_standing(wire: _Wire, verdict: Verdict) -> None:
    """The exported plan says of each measure what was said of it last."""
    last: dict[int, tuple[int | None, str]] = {}
    asked_back = _asked_back(wire)
    for one in _inputs(wire):
        if one.line["id"] in asked_back:
            continue
        for measure in one.measures:
            last[measure] = _standing(one, measure, last.get(measure, (None, "")))
    plan = _exported(wire)
    if plan is None:
        verdict.faults["no export came"].append("EXPORT")
        return
    for measure, (percent, mark) in last.items():
        shown_percent, shown_note = plan.get(measure, (None, ""))
        if percent is not None and (shown_percent != percent or mark not in shown_note):
            found = f"{shown_percent} %, {shown_note!r}"
            verdict.faults["another standing than reported"].append(f"M{measure}: {percent} %, {mark!r}, but {found}")


def _standing(one: Input, measure: int, before: tuple[int | None, str]) -> tuple[int | None, str]:
    words = one.line.get("label") or next(
        line for line in one.line["words"].splitlines() if line.startswith(f"M{measure}: ")
    )
    percent = re.search(r"(\d+) %", words)
    return (int(percent[1]), _mark_of(one, measure)) if percent else before


def _exported(wire: _Wire) -> dict[int, tuple[int | None, str]] | None:
    asked = [line["n"] for line in wire.of("asked")]
    for letter in wire.of("letter"):
        books = [text for name, text in letter["files"].items() if name.endswith(".xlsx")]
        if asked and letter["n"] > asked[0] and books:
            return _plan_in(base64.b64decode(books[0]))
    return None


def _plan_in(content: bytes) -> dict[int, tuple[int | None, str]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = next(rows for rows in map(_rows_of, _sheets(book)) if rows and "Nr." in rows[0])
    head = rows[0]
    number, percent, note = head.index("Nr."), _column(head, "Fortschritt", "%"), _column(head, "Bemerkung", "Notiz")
    return {int(row[number]): (int(row[percent] or 0), str(row[note])) for row in rows[1:] if row[number]}


def _sheets(book: python_calamine.CalamineWorkbook) -> list[python_calamine.CalamineSheet]:
    return [book.get_sheet_by_name(name) for name in book.sheet_names]


def _rows_of(sheet: python_calamine.CalamineSheet) -> list[list[Any]]:
    return sheet.to_python()


def _column(head: list[Any], *names: str) -> int:
    return next(place for place, title in enumerate(head) if any(name in str(title) for name in names))


# --- answered exactly once


def _partings(wire: _Wire) -> dict[str, datetime]:
    """When somebody's mailbox was closed or they said goodbye, by address."""
    closed = {line["address"]: line["at"] for line in wire.of("closed")}
    return closed | {line["by"]: line["at"] for line in wire.of("said") if line["words"] == "ABMELDEN"}


def _answered_once(wire: _Wire, verdict: Verdict) -> None:
    """Every report got one receipt: one letter, one bubble with its mark, an answer for each tap."""
    partings = _partings(wire)
    letters: dict[str, set[str]] = defaultdict(set)
    for letter in wire.of("letter"):
        letters[letter["answers"]].add(letter["id"])
    shown = Counter(mark for bubble in _receipts(wire.of("bubble")) for mark in set(MARK.findall(bubble["text"])))
    tapped = {line["query"] for line in wire.of("tapped")}
    for one in _inputs(wire):
        line = one.line
        gone = partings.get(line["by"])
        if gone and gone - line["at"] < PARTING:
            continue
        if line["what"] == "pressed":
            answered = int(line["id"] in tapped)
        elif line["chat"]:
            answered = min((shown[mark] > 0 for mark in one.marks), default=1)
        else:
            answered = len(letters[line["id"]])
        if answered != 1:
            verdict.faults["not answered exactly once"].append(f"{answered} receipts: {line}")


def _receipts(bubbles: list[Line]) -> list[Line]:
    return [bubble for bubble in bubbles if UNDERSTOOD in bubble["text"]]


# --- doubled on the way out


def _doubled(wire: _Wire, verdict: Verdict) -> None:
    """Each double has a kill, or a connection cut after the work, of its own; letters on the whole at most one each."""
    kills = [line["n"] for line in wire.of("killed")]
    cuts = [line["n"] for line in wire.of("disturbed") if line["how"] in CUTS]
    letters = list(_repeated(wire.of("letter"), lambda line: line["id"]))
    bubbles = list(_repeated(_telling(wire), lambda line: (line["chat"], line["text"], line["file"])))
    by_kill: dict[str, defaultdict[int, set[str]]] = {"letter": defaultdict(set), "bubble": defaultdict(set)}
    for first, second in letters + bubbles:
        place = bisect_left(kills, second["n"])
        if place and kills[place - 1] > first["n"]:
            by_kill[first["what"]][kills[place - 1]].add(first.get("to") or str(first["chat"]))
        elif not any(cut < second["n"] for cut in cuts):
            verdict.faults["doubled without a kill"].append(f"{first} and {second}")
    verdict.figures |= {
        "letters doubled, with the same Message-ID": len(letters),
        "most of them after one kill": max(map(len, by_kill["letter"].values()), default=0),
        "bubbles doubled": len(bubbles),
        "chats in which something was doubled": sum(map(len, by_kill["bubble"].values())),
        "most of these after one kill": max(map(len, by_kill["bubble"].values()), default=0),
    }
    if len(letters) > len(kills) + len(cuts):
        verdict.faults["more letters doubled than kills"].append(f"{len(letters)} letters, {len(kills)} kills")


def _telling(wire: _Wire) -> list[Line]:
    """Bubbles that say something of their own: a headline above cards is the same each time."""
    said = [line for line in wire.of("bubble") if not line["edited"] and (line["text"] or line["file"])]
    return [line for line in said if not line["text"].startswith(THANKS)]


def _repeated(lines: list[Line], key: Any) -> Iterator[tuple[Line, Line]]:
    before: dict[Any, Line] = {}
    for line in lines:
        other = before.get(key(line))
        if other and line["at"] - other["at"] < NEAR:
            yield other, line
        before[key(line)] = line


# --- no nudge after an answer


@dataclass(frozen=True)
class _Nudge:
    """A question or reminder about some measures, as it went out, once for each reader."""

    line: Line
    until: str
    measures: tuple[int, ...]


def _nudged_after_answer(wire: _Wire, verdict: Verdict) -> None:
    """Nobody is asked about a measure whose report has been confirmed in the same round.

    Time stands still while anything is under way, so a question and an answer of the same moment have crossed.
    """
    confirmed = _confirmed(wire)
    asked: dict[str, datetime] = {}
    crossed = late = 0
    nudges = [*_by_mail(wire), *_in_chats(wire)]
    for nudge in sorted(nudges, key=lambda one: int(one.line["n"])):
        begun = asked.setdefault(nudge.until, nudge.line["at"]) - FRESH
        for measure in nudge.measures:
            before = [one for one in confirmed[measure] if one["at"] >= begun and one["n"] < nudge.line["n"]]
            if before and before[0]["at"] < nudge.line["at"]:
                late += 1
                verdict.faults["nudged after an answer"].append(f"M{measure}: {before[0]} then {nudge.line}")
            elif before:
                crossed += 1
    verdict.figures |= {
        "questions and reminders, by measure": sum(len(nudge.measures) for nudge in nudges),
        "of them after an answer": late,
        "of them on their way when the answer came": crossed,
    }


def _confirmed(wire: _Wire) -> dict[int, list[Line]]:
    """The receipts for each measure."""
    confirmed: dict[int, list[Line]] = defaultdict(list)
    for line in _receipts(wire.of("letter", "bubble")):
        for measure in CARD.findall(line["text"]):
            confirmed[int(measure)].append(line)
    return confirmed


def _by_mail(wire: _Wire) -> Iterator[_Nudge]:
    seen: set[str] = set()
    for line in wire.of("letter"):
        question = QUESTION.match(line["subject"])
        if question and line["id"] not in seen:
            seen.add(line["id"])
            yield _Nudge(line, question["until"], tuple(int(number) for number in CARD.findall(line["text"])))


def _in_chats(wire: _Wire) -> Iterator[_Nudge]:
    """A headline and the cards that follow it in the same chat; a card that comes twice is the first one's double."""
    asking: dict[int, tuple[str, str]] = {}  # until when, and the headline
    seen: set[tuple[int, tuple[str, str], int]] = set()
    for line in wire.of("bubble"):
        if line["edited"] or UNDERSTOOD in line["text"]:
            continue
        question, card = QUESTION.match(line["text"]), CARD.match(line["text"])
        chat = line["chat"]
        if card is None:
            asking[chat] = (question["until"], f"{question[0]} on {line['at']:%j}") if question else ("", "")
        elif asking.get(chat, ("", ""))[0]:
            key = (chat, asking[chat], int(card[1]))
            if key not in seen:
                seen.add(key)
                yield _Nudge(line, asking[chat][0], (int(card[1]),))


# --- what there is one of


def _one_of_a_kind(wire: _Wire, verdict: Verdict) -> None:
    """One digest a week; the same words to the same person within a day are one letter."""
    weeks: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    words: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for letter in wire.of("letter"):
        if letter["subject"].startswith(DIGESTS):
            weeks[letter["to"], *letter["at"].isocalendar()[:2]].add(letter["id"])
        key = (letter["to"], letter["answers"], letter["subject"] + letter["text"], f"{letter['at']:%Y-%m-%d}")
        words[key].add(letter["id"])
        if letter["subject"].startswith(TO_ALL):
            words[letter["to"], letter["subject"], "", ""].add(letter["id"])
    for bubble in wire.of("bubble"):
        if bubble["text"].startswith(DIGESTS) and not bubble["edited"]:
            weeks[str(bubble["chat"]), *bubble["at"].isocalendar()[:2]].add(f"{bubble['at']:%Y-%m-%d}")
    verdict.faults |= {
        name: found
        for name, found in {
            "two digests in a week": [str(key) for key, ids in weeks.items() if len(ids) > 1],
            "the same letter under two Message-IDs": [str(key)[:300] for key, ids in words.items() if len(ids) > 1],
        }.items()
        if found
    }


def _reached_everyone(wire: _Wire, verdict: Verdict) -> None:
    """What goes to all has come to all who are still there, by mail or in their chat."""
    partings = _partings(wire)
    members = wire.of("member")
    sent: dict[str, set[str]] = defaultdict(set)
    when: dict[str, datetime] = {}
    addresses = {member["chat"]: member["email"] for member in members if member["chat"]}
    for line in wire.of("letter", "bubble"):
        title = line.get("subject") or line["text"].partition("\n")[0]
        if title.startswith(TO_ALL) and not line.get("edited"):
            sent[title].add(line.get("to") or addresses[line["chat"]])
            when.setdefault(title, line["at"])
    for title, reached in sent.items():
        for member in members:
            gone = partings.get(member["email"])
            if member["email"] not in reached and not (gone and gone - PARTING < when[title]):
                verdict.faults["not everybody reached"].append(f"{member['email']}: {title}")
    verdict.figures |= {"mailings to all": len(sent)}


def _left_alone(wire: _Wire, verdict: Verdict) -> None:
    """Whoever has left gets nothing more."""
    addresses = {member["chat"]: member["email"] for member in wire.of("member") if member["chat"]}
    left: set[str] = set()
    for line in wire.of("letter", "bubble"):
        to = line.get("to") or addresses.get(line["chat"], "")
        farewell = (line.get("subject") or line["text"]).startswith(FAREWELL)
        if to in left and not farewell:
            verdict.faults["written to after they left"].append(str(line)[:400])
        if farewell:
            left.add(to)
    verdict.figures |= {"people who left": len(left)}


def _ended_well(wire: _Wire, verdict: Verdict) -> None:
    """In the end nothing waits, and the program stops well."""
    ended = wire.of("ended")
    if not ended:
        verdict.faults["the run was broken off"].append("no end in the log")
    for line in ended:
        if line["waiting"]:
            verdict.faults["something still waits"].append(line["waiting"])
        if line["code"] != 0:
            verdict.faults["the program did not stop well"].append(str(line["code"]))
