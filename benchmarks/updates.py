"""The updates that people cause, and the count of what came back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from benchmarks import town
from benchmarks.wire import BOT, Call

MOST_TURNS = 99  # the turn is told by the percentage, and 100 % would be the end of a measure

_PERCENT = re.compile(r"(\d+) %")
_ROWS = (("Rückgängig", "Unverändert"), ("25 %", "50 %", "75 %"), ("Fertig", "Verzögert", "Blockiert"))

Key = tuple[str, str, str]  # method, chat and what: one answer, as Call has it


@dataclass(frozen=True)
class Wish:
    """An update as Telegram words it, and the answers that it must have, each once; the last one tells the order."""

    raw: bytes
    answers: tuple[Key, ...]


@dataclass(frozen=True)
class Tally:
    """What became of the wishes: how many were answered exactly once, and how many answers were too many or too early.

    ``strays`` are answers to nothing.
    """

    once: int
    doubled: int
    disordered: int
    strays: int

    def is_flawless(self, wishes: int) -> bool:
        """Whether every wish was answered once, in order, and nothing else was said."""
        return (self.once, self.doubled, self.disordered, self.strays) == (wishes, 0, 0, 0)


def typed(people: int, count: int) -> list[Wish]:
    """One-line reports, »M12 60 %«, turn by turn: everybody's first, then everybody's second …"""
    return [_typed(index + 1, *divmod(index, people)) for index in range(count)]


def taps(people: int, count: int, buttons: town.Buttons) -> list[Wish]:
    """Taps on buttons that were laid out before, turn by turn."""
    return [_tap(index + 1, *divmod(index, people), buttons) for index in range(count)]


def _typed(update_id: int, turn: int, person: int) -> Wish:
    chat, percent = town.chat(person), turn + 1
    said = {"text": f"M{town.number(person)} {percent} %", "from": _person(chat)}
    message = {"message_id": update_id, "date": 1_800_000_000, "chat": _chat(chat), **said}
    raw = orjson.dumps({"update_id": update_id, "message": message})
    return Wish(raw, (("sendmessage", str(chat), str(percent)),))


def _tap(update_id: int, turn: int, person: int, buttons: town.Buttons) -> Wish:
    chat, query_id, data = town.chat(person), f"4711{update_id:012}", buttons[person, turn]
    key = data.partition(".")[0]
    places = iter(range(100))
    keyboard = [[{"text": label, "callback_data": f"{key}.{next(places)}"} for label in row] for row in _ROWS]
    card = {
        "message_id": update_id,
        "date": 1_800_000_000,
        "chat": _chat(chat),
        "from": BOT,
        "text": f"M{town.number(person)} Beispielmaßnahme\n▓▓░░░░░░░░ 25 %\nStand: läuft\nLetzte Meldung: heute",
        "entities": [{"type": "bold", "offset": 0, "length": 20}],
        "reply_markup": {"inline_keyboard": keyboard},
    }
    query = {"id": query_id, "from": _person(chat), "message": card, "chat_instance": "4711", "data": data}
    raw = orjson.dumps({"update_id": update_id, "callback_query": query})
    return Wish(raw, (("answercallbackquery", "", query_id), ("editmessagetext", str(chat), str(update_id))))


def _chat(chat: int) -> dict[str, object]:
    return {"id": chat, "type": "private", "first_name": "Erika", "last_name": "Beispiel"}


def _person(chat: int) -> dict[str, object]:
    return {"id": chat, "is_bot": False, "first_name": "Erika", "last_name": "Beispiel", "language_code": "de"}


def tally(wishes: Sequence[Wish], calls: Iterable[Call]) -> Tally:
    """Hold the answers against the wishes."""
    came = [_key(call) for call in calls]
    seen, wanted = Counter(came), {answer for wish in wishes for answer in wish.answers}
    return Tally(
        once=sum(all(seen[answer] == 1 for answer in wish.answers) for wish in wishes),
        doubled=sum(times - 1 for answer, times in seen.items() if answer in wanted),
        disordered=sum(_too_early(wishes, came)),
        strays=sum(times for answer, times in seen.items() if answer not in wanted),
    )


def _key(call: Call) -> Key:
    """A message sent is known by the percentage it speaks of."""
    if call.method != "sendmessage":
        return call.method, call.chat, call.what
    spoken = _PERCENT.search(call.what)
    return call.method, call.chat, spoken[1] if spoken else ""


def _too_early(wishes: Sequence[Wish], came: Sequence[Key]) -> Iterator[bool]:
    """For each answer that tells the order: whether a later one of the same chat came before it."""
    places = {wish.answers[-1]: place for place, wish in enumerate(wishes)}
    latest: dict[str, int] = {}
    for method, chat, what in came:
        place = places.get((method, chat, what))
        if place is not None:
            yield place < latest.get(chat, -1)
            latest[chat] = max(place, latest.get(chat, -1))
