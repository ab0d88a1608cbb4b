"""Letters as members write them: answers to our questions from three mail programs, and the labelled replies."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from itertools import count, cycle
from pathlib import Path

from benchmarks import mail_town
from benchmarks.mail_town import Question
from demo import replies

LABELLED = Path(__file__).resolve().parent.parent / "tests" / "letters" / "replies"
LABELLED_ID = b"<labelled-"  # what the Message-ID of such a letter begins with
EVERY = 5  # one letter in so many is one of the labelled replies
MOST_TURNS = 90  # answers to one question: each tells another percentage
FIRST_PERCENT = 5

_FIELD = re.compile(rb"([!-9;-~]+):[^\n]*\n(?:[ \t][^\n]*\n)*")
_OF_THE_WAY = {b"return-path", b"delivered-to", b"received", b"from", b"to", b"cc", b"reply-to", b"date", b"subject",
               b"message-id", b"in-reply-to", b"references"}  # fmt: skip
_SAYINGS = (
    "M{number}: {percent} %",
    "Guten Tag,\n\nM{number} {percent} %, läuft nach Plan.\n\nMit freundlichen Grüßen\n{name}",
    "{percent} %, verzögert wegen Gutachten für die Große Straße\n\nViele Grüße\n{name}",
    "Hallo,\n\nM{number} liegt jetzt bei {percent} %.\n\nBeste Grüße\n{name}\n\n-- \nBeispielbetrieb GmbH",
)


@dataclass(frozen=True)
class Bag:
    """Letters in the order of arrival, as a maildir keeps them; ``reports`` of them must each become a report."""

    letters: list[bytes]
    reports: int

    @property
    def average(self) -> float:
        """Bytes of a letter, with CRLF."""
        return sum(len(raw) + raw.count(b"\n") for raw in self.letters) / len(self.letters)


def pack(questions: Sequence[Question], size: int) -> Bag:
    """So many letters, turn by turn: everybody's first, then everybody's second … Raises ValueError for too many.

    The labelled replies are the last: an answer with less per cent than they told would be asked back.
    """
    if size > MOST_TURNS * len(questions):
        raise ValueError(size)
    reports = size - size // EVERY
    turns = [divmod(place, len(questions)) for place in range(size)]
    answers = [_answer(questions[who], place, turn) for place, (turn, who) in enumerate(turns[:reports])]
    last = zip(turns[reports:], cycle(_labelled()), count(reports), strict=False)
    return Bag([*answers, *(_readdressed(raw, questions[who], place) for (_, who), raw, place in last)], reports)


def put(bag: Bag, folder: Path) -> None:
    """Lay the letters into a mailbox's maildir, as Dovecot itself names them."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for place, raw in enumerate(bag.letters):
        with_crlf = len(raw) + raw.count(b"\n")
        path = folder / "new" / f"{1_780_000_000 + place}.M1P1.example,S={len(raw)},W={with_crlf}"
        path.write_bytes(raw)
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody")


def waiting(folder: Path) -> int:
    """How many letters lie in the INBOX of a maildir."""
    return sum(1 for name in ("cur", "new") for _ in (folder / name).iterdir())


def _labelled() -> list[bytes]:
    paths = sorted(LABELLED.rglob("*.eml"), key=lambda path: path.name)
    if not paths:
        raise SystemExit(f"no letters in {LABELLED}")
    return [path.read_bytes().replace(b"\r\n", b"\n") for path in paths]


def _answer(question: Question, place: int, turn: int) -> bytes:
    """What a member writes above the quote of our question."""
    saying = _SAYINGS[(place + turn) % len(_SAYINGS)]
    text = saying.format(number=question.numbers[0], percent=FIRST_PERCENT + turn, name=question.name)
    client = list(replies.Client)[place % len(replies.Client)]
    sender, at = (question.name, question.email), mail_town.AT + timedelta(minutes=place)
    raw = replies.reply(question.raw, text, client=client, sender=sender, language="de", at=at)
    return _way(question, place) + raw.replace(b"\r\n", b"\n")


def _readdressed(raw: bytes, question: Question, place: int) -> bytes:
    """A labelled reply as if this member had sent it in answer to our question."""
    head, _, body = raw.partition(b"\n\n")
    kept = [found[0] for found in _FIELD.finditer(head + b"\n") if found[1].lower() not in _OF_THE_WAY]
    local, _, domain = mail_town.SENDER.address.partition("@")
    asked = f"<zp.{question.token}@{domain}>"
    new = {
        "From": f"{question.name} <{question.email}>",
        "To": f"{mail_town.SENDER.name} <{local}+{question.token}@{domain}>",
        "Subject": f"AW: Stand Ihrer Massnahmen [ZP-{question.token}]",
        "Date": format_datetime(mail_town.AT + timedelta(minutes=place)),
        "Message-ID": f"{LABELLED_ID.decode()}{place}@betrieb.example.org>",
        "In-Reply-To": asked,
        "References": asked,
    }
    lines = "".join(f"{name}: {value}\n" for name, value in new.items())
    return _way(question, place) + lines.encode() + b"".join(kept) + b"\n" + body


def _way(question: Question, place: int) -> bytes:
    """What the servers on the way write above a letter; without it all letters would be 2 kB smaller than real ones."""
    at = format_datetime(mail_town.AT + timedelta(minutes=place))
    seal = f"{place:08x}" * 8
    hop = "Received: from {0} ({0} [192.0.2.{1}])\n\tby {2} (Postfix) with ESMTPS id {3}\n\tfor <{4}>; {5}\n"
    hops = ("betrieb.example.org", "out.example.net", "relay.example.net", "mx.alliance.example.org", "localhost")
    received = [
        hop.format(hops[step], 10 + step, hops[step + 1], seal[:12], mail_town.SENDER.address, at)
        for step in reversed(range(4))
    ]
    signed = "; ".join(("v=1", "a=rsa-sha256", "c=relaxed/relaxed", "d=betrieb.example.org", "s=mail"))
    signature = f"{signed};\n\tbh={seal[:44]};\n\th=from:to:subject:date;\n\tb={seal}\n\t{seal}\n\t{seal}\n\t{seal}\n"
    return "".join(
        [
            f"Return-Path: <{question.email}>\n",
            f"Delivered-To: {mail_town.SENDER.address}\n",
            f"Authentication-Results: mx.alliance.example.org;\n\tdkim=pass header.d=betrieb.example.org;\n"
            f"\tspf=pass smtp.mailfrom={question.email}\n",
            *received,
            f"DKIM-Signature: {signature}",
            f"X-Spam-Status: No, score=-1.2 required=5.0 tests=[DKIM_SIGNED=0.1,\n\tDKIM_VALID=-0.1] id={seal[:20]}\n",
        ]
    ).encode()
