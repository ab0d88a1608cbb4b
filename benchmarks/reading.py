"""How well letters are read: whose words are found in replies, and how letters nobody may answer are told apart.

Run it as ``python -m benchmarks.reading``; ``-v`` names each letter that is read wrongly.
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from benchmarks.figures import console, table
from mail.bounces import PERMANENT, TEMPORARY, failures
from mail.quoting import reply_text
from mail.screening import Kind, classify
from papers.invitation import calendar_reply

LETTERS = Path(__file__).resolve().parent.parent / "tests" / "letters"
SETS = ("de", "en", "held/de", "held/en")  # by language, by authors who knew neither the code nor each other's letters
PERSONAL = {Kind.REPLY, Kind.CALENDAR_REPLY}


@dataclass(frozen=True)
class Reply:
    """A labelled reply: the words a person wrote in it, and the sign-off that may stay or go as a whole."""

    path: Path
    client: str
    words: str
    sign_off: str


@dataclass(frozen=True)
class Reading:
    """What was found in a reply, held against its label."""

    reply: Reply
    found: str

    @property
    def exact(self) -> bool:
        """The words, with or without the sign-off; white space does not count."""
        found, words, sign_off = (
            " ".join(_tokens(text)) for text in (self.found, self.reply.words, self.reply.sign_off)
        )
        without = [f"{found[:at]} {found[at + len(sign_off) :]}".split() for at in _places(sign_off, found)]
        return found == words or words.split() in without

    @property
    def left(self) -> bool:
        """Something is left in that is neither the person's words nor their sign-off."""
        return not _is_within(_tokens(self.found), [*_tokens(self.reply.words), *_tokens(self.reply.sign_off)])

    @property
    def lost(self) -> bool:
        """Something of the person's words is missing."""
        return bool(Counter(_tokens(self.reply.words)) - Counter(_tokens(self.found)))


def _tokens(text: str) -> list[str]:
    return text.replace("\u00a0", " ").split()


def _places(part: str, whole: str) -> Iterator[int]:
    at = whole.find(part) if part else -1
    while at >= 0:
        yield at
        at = whole.find(part, at + 1)


def _is_within(part: Sequence[str], whole: Sequence[str]) -> bool:
    return not Counter(part) - Counter(whole)


def replies(name: str) -> list[Reply]:
    """The labelled replies of a set."""
    book = tomllib.loads((LETTERS / f"replies-{name.replace('/', '-')}.toml").read_text(encoding="utf-8"))
    folder = LETTERS / "replies" / name
    return [
        Reply(folder / row["file"], row["client"], row.get("words", ""), row.get("sign_off", ""))
        for row in book["letter"]
    ]


def read(labelled: Iterable[Reply]) -> list[Reading]:
    """Each reply as our reader finds it."""
    return [Reading(reply, reply_text(reply.path.read_bytes())) for reply in labelled]


def share(hits: int, of: int) -> str:
    """A percentage with one decimal."""
    return f"{100 * hits / of:.1f} %" if of else "–"


def _show_replies(verbose: bool) -> None:
    shown = table("replies", "load", "letters", "exact", "no quote left", "nothing lost", "CPU-ms a letter")
    wrong: list[Reading] = []
    for name in SETS:
        labelled = replies(name)
        began = time.process_time()
        readings = read(labelled)
        spent = 1000 * (time.process_time() - began) / max(len(labelled), 1)
        hits = [sum(told) for told in zip(*((r.exact, not r.left, not r.lost) for r in readings), strict=True)]
        shown.add_row(name, str(len(labelled)), *(share(count, len(labelled)) for count in hits), f"{spent:.2f}")
        wrong += [reading for reading in readings if not reading.exact]
    console.print(shown)
    clients = Counter(f"{reading.reply.path.parent.name}/{reading.reply.client}" for reading in wrong)
    for client, count in clients.most_common():
        console.print(f"{count:4} {client}", markup=False, highlight=False)
    if verbose:
        for reading in wrong:
            console.print(explain(reading), markup=False, highlight=False)


def explain(reading: Reading) -> str:
    """What is wrong with a reading, in a few lines."""
    more = Counter(_tokens(reading.found)) - Counter(_tokens(f"{reading.reply.words} {reading.reply.sign_off}"))
    less = Counter(_tokens(reading.reply.words)) - Counter(_tokens(reading.found))
    name = f"{reading.reply.path.parent.name}/{reading.reply.path.name}"
    extra = " ".join(word for word in _tokens(reading.found) if word in more)[:200]
    missing = " ".join(word for word in _tokens(reading.reply.words) if word in less)[:200]
    return f"{name}\n   left in: {extra}\n   lost:    {missing}"


# --- letters that nobody may answer


@dataclass(frozen=True)
class Other:
    """A labelled letter of any kind: what it is, and what may be told from it."""

    name: str
    raw: bytes
    kind: Kind
    label: dict[str, Any]


def others() -> list[Other]:
    """The labelled bounces, automatic answers, calendar answers, mass mail, and persons that look like one of these."""
    rows = tomllib.loads((LETTERS / "others.toml").read_text(encoding="utf-8"))["letter"]
    return [Other(row["file"], (LETTERS / "others" / row["file"]).read_bytes(), Kind(row["kind"]), row) for row in rows]


def _show_others(verbose: bool) -> None:
    letters = others()
    found = {letter.name: classify(letter.raw) for letter in letters}
    returned = [letter for letter in letters if letter.kind is Kind.BOUNCE]
    named = [(_named(letter), {one.address for one in failures(letter.raw)}) for letter in returned]
    hits = sum(len(told & read) for told, read in named)
    shown = table("other letters", "load", "letters", "right")
    told_apart = sum(_blamed(letter.raw) == set(map(tuple, letter.label["bounced"])) for letter in returned)
    shown.add_row("bounces: address, precision", str(len(returned)), share(hits, sum(len(read) for _, read in named)))
    shown.add_row("bounces: address, recall", str(len(returned)), share(hits, sum(len(told) for told, _ in named)))
    shown.add_row("bounces: addresses and kinds", str(len(returned)), share(told_apart, len(returned)))
    for kind in (Kind.BOUNCE, Kind.AUTO_REPLY, Kind.CALENDAR_REPLY):
        meant = {letter.name for letter in letters if letter.kind is kind}
        taken = {name for name, read in found.items() if read is kind}
        shown.add_row(f"{kind.value}: recall", str(len(meant)), share(len(meant & taken), len(meant)))
        shown.add_row(f"{kind.value}: precision", str(len(taken)), share(len(meant & taken), len(taken)))
    answers = [letter for letter in letters if letter.kind is Kind.CALENDAR_REPLY]
    said = sum(calendar_reply(one.raw) == (one.label["attendee"], one.label["partstat"]) for one in answers)
    shown.add_row("calendar answers: who and what", str(len(answers)), share(said, len(answers)))
    wrong = _show_persons(shown, letters, found)
    console.print(shown)
    for name in wrong if verbose else ():
        console.print(f"{name}: taken for {found[name].value}", markup=False, highlight=False)


def _blamed(raw: bytes) -> set[tuple[str, str]]:
    """Addresses and how they failed; the labels call temporary what says nothing against the address."""
    return {(one.address, PERMANENT if one.blames_address else TEMPORARY) for one in failures(raw)}


def _named(letter: Other) -> set[str]:
    return {address for address, _ in letter.label["bounced"]}


def _show_persons(shown: Table, letters: list[Other], found: dict[str, Kind]) -> list[str]:
    """The two mistakes that hurt: a robot that is answered, and a person who is not."""
    persons = {letter.name for letter in letters if letter.kind in PERSONAL}
    answered = {name for name, kind in found.items() if kind in PERSONAL}
    robots = found.keys() - persons
    shown.add_row("robots taken for a person", str(len(robots)), share(len(answered & robots), len(robots)))
    shown.add_row("persons taken for a robot", str(len(persons)), share(len(persons - answered), len(persons)))
    return sorted((answered & robots) | (persons - answered))


def main() -> None:
    """Print the tables."""
    verbose = "-v" in sys.argv[1:]
    _show_replies(verbose)
    _show_others(verbose)


if __name__ == "__main__":
    main()
