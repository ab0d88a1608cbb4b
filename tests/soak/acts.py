"""What people do: they read what came, and some time later they answer it, by words, letters and taps."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from demo import replies
from demo.replies import Client
from demo.telegram import ChatMessage
from tests.soak.outside import ASSISTANT, Arrived, Outside, plain
from tests.soak.people import Member, Town

QUESTION = re.compile(r"^(Bitte bis |Erinnerung, bitte bis )")
UNCHANGED = "Unverändert"
HIGHEST = 88  # percent, beyond which nobody reports a figure
CLIENTS = list(Client)


@dataclass(order=True)
class Act:
    """Something somebody is going to do at a moment."""

    at: datetime
    number: int
    member: Member = field(compare=False)
    what: str = field(compare=False)  # "answer", "say", "write"
    words: str = field(compare=False, default="")
    letter: Arrived | None = field(compare=False, default=None)
    copies: int = field(compare=False, default=1)


class People:
    """Everybody's memory and plans. Nothing here looks into the assistant."""

    def __init__(self, town: Town, outside: Outside, rng: Random) -> None:
        self.town = town
        self._outside = outside
        self._rng = rng
        self._acts: list[Act] = []
        self._numbers = count(1)
        self._marks = count(1)
        self._by_address = {member.email: member for member in town.everyone()}
        self._seen: dict[int, int] = defaultdict(int)
        self._percent = {measure: rng.randrange(2, 10) for measure in range(1, town.measures + 1)}
        self._busy: set[str] = set()
        self.left: set[str] = set()
        self.gone: set[str] = set()  # whose letters come back

    # --- plans

    def plan(self, at: datetime, member: Member, words: str, what: str = "say") -> None:
        """Somebody will say or write this then."""
        heappush(self._acts, Act(at, next(self._numbers), member, what, words))

    def due(self, at: datetime) -> list[Act]:
        """What is to be done by now, in order; one thing of each person, the rest another time."""
        due: dict[str, Act] = {}
        later = []
        while self._acts and self._acts[0].at <= at:
            act = heappop(self._acts)
            if act.member.email in due:
                later.append(act)
            else:
                due[act.member.email] = act
        for act in later:
            heappush(self._acts, act)
        self._busy = set(due)
        return list(due.values())

    def unasked(self, at: datetime) -> Act:
        """Somebody who has been quiet just now reports something that nobody asked about."""
        able = [member for member in self.town.members if member.measures and self._can_write(member)]
        act = Act(at, next(self._numbers), self._rng.choice(able), "report")
        self._busy.add(act.member.email)
        return act

    def _can_write(self, member: Member) -> bool:
        if member.email in self.left | self.gone | self._busy:
            return False
        return member.writes == "chat" or bool(self._letters_to(member))

    def _letters_to(self, member: Member) -> list[Arrived]:
        """The latest letters that somebody may answer."""
        return list(self._outside.post.latest[member.email])

    # --- reading

    def read(self, at: datetime) -> None:
        """Look at all that came since the last look, and plan answers to questions."""
        fresh = self._outside.post.fresh
        while fresh:
            address, letter = fresh.popleft()
            member = self._by_address.get(address)
            if member and member.writes == "mail" and QUESTION.match(letter.subject):
                self._think(at, member, letter)
        for member in self.town.members:
            if member.writes == "chat":
                self._read_chat(at, member)

    def _read_chat(self, at: datetime, member: Member) -> None:
        shown = self._outside.chats.chat(member.chat)
        news, self._seen[member.chat] = shown[self._seen[member.chat] :], len(shown)
        if any(bubble.from_bot and QUESTION.match(plain(bubble)) for bubble in news):
            self._think(at, member, None)

    def _think(self, at: datetime, member: Member, letter: Arrived | None) -> None:
        """Answer within days, at once or after a reminder; or never, or while it still is on the way."""
        if member.pace == "silent" or (member.pace == "late" and self._rng.random() < 0.5):
            return
        hours = self._rng.choice([0, 2, 20, 30, 50, 100])
        then = at + timedelta(hours=hours)
        heappush(self._acts, Act(then, next(self._numbers), member, "answer", "", letter, self._often()))

    def _often(self) -> int:
        return 2 if self._rng.random() < 0.15 else 1

    # --- acting

    def do(self, act: Act, at: datetime) -> None:
        """Do it now."""
        member = act.member
        if member.email in self.left | self.gone:
            return
        match act.what:
            case "answer":
                self._answer(act, at)
            case "report":
                self._report(member, at)
            case "say" if member.writes == "chat":
                self._says(member, act.words)
            case _:
                got = self._letters_to(member)
                self._writes(member, act.words, got[-1] if got else None, at)

    def leave(self, member: Member, at: datetime) -> None:
        """Say goodbye."""
        self.do(Act(at, 0, member, "say", "ABMELDEN"), at)
        self.left.add(member.email)

    def _answer(self, act: Act, at: datetime) -> None:
        member = act.member
        if member.manner == "reply":
            same = "\n".join(f"M{measure}: unverändert" for measure in member.measures)
            words = same if self._rng.random() < 0.25 else self._lines(member.measures)
            self._writes(member, words, act.letter, at, act.copies, member.measures)
        elif member.manner == "type":
            self._says(member, self._lines(member.measures), member.measures)
        else:
            for measure in member.measures:
                self._taps(member, measure, act.copies)

    def _report(self, member: Member, at: datetime) -> None:
        measures = (self._rng.choice(member.measures),)
        words = self._lines(measures)
        if member.writes == "chat":
            self._says(member, words, measures)
        else:
            letter = self._rng.choice(self._letters_to(member))
            self._writes(member, words, letter, at, self._often(), measures)

    def _lines(self, measures: tuple[int, ...]) -> str:
        return "\n".join(self._line(measure) for measure in measures)

    def _line(self, measure: int) -> str:
        self._percent[measure] = min(self._percent[measure] + self._rng.randrange(1, 3), HIGHEST)
        state = self._rng.choice(["", "", "", " verzögert,", " läuft,"])
        return f"M{measure}: {self._percent[measure]} %,{state} Vermerk Q{next(self._marks):05}"

    def _says(self, member: Member, words: str, measures: tuple[int, ...] | list[int] = ()) -> None:
        update = self._outside.chats.say(member.chat, words)
        self._outside.log.remark(
            "said", by=member.email, chat=member.chat, id=str(update), words=words, measures=list(measures), copy=1
        )

    def _writes(
        self,
        member: Member,
        words: str,
        letter: Arrived | None,
        at: datetime,
        copies: int = 1,
        measures: tuple[int, ...] | list[int] = (),
    ) -> None:
        """A letter, as an answer to another if there is one; some mail servers deliver it twice."""
        sender = (member.name, member.email)
        if letter is None:
            raw = replies.letter(words, words.partition("\n")[0][:50], sender=sender, recipient=ASSISTANT, at=at)
        else:
            raw = replies.reply(
                letter.raw, words, client=self._rng.choice(CLIENTS), sender=sender, language="de", at=at
            )
        to = re.search(rb"^To: .*?([^\s<>]+@[^\s<>]+)>?\r?$", raw, re.MULTILINE)
        number = re.search(rb"^Message-ID: (\S+)", raw, re.MULTILINE)
        assert to
        assert number
        for copy in range(1, copies + 1):
            self._outside.log.remark(
                "said",
                by=member.email,
                chat=0,
                id=number[1].decode(),
                words=words,
                measures=list(measures),
                copy=copy,
            )
            self._outside.post.deliver(to[1].decode(), raw, member.email)

    def _taps(self, member: Member, measure: int, times: int) -> None:
        """Press a button under the newest card of a measure, or twice."""
        card = self._newest_card(member, measure)
        if card is None:
            return
        labels = {button.text: button.data for row in card.buttons for button in row if button.data}
        higher = [f"{value} %" for value in (25, 50, 75) if value > self._percent[measure]][:1]
        label = self._rng.choice([UNCHANGED, UNCHANGED, *higher])
        if label != UNCHANGED:
            self._percent[measure] = int(label.removesuffix(" %"))
        data = labels[label]
        for copy in range(1, times + 1):
            query = self._outside.chats.press(member.chat, card.message_id, data or "")
            self._outside.log.remark(
                "pressed", by=member.email, chat=member.chat, id=query, label=label, measures=[measure], copy=copy
            )

    def _newest_card(self, member: Member, measure: int) -> ChatMessage | None:
        cards = [
            bubble
            for bubble in self._outside.chats.chat(member.chat)
            if bubble.from_bot and bubble.buttons and plain(bubble).startswith(f"M{measure} ")
        ]
        labelled = [card for card in cards if any(button.text == UNCHANGED for row in card.buttons for button in row)]
        latest = self._outside.chats.latest
        return max(labelled, key=lambda card: latest[member.chat, card.message_id], default=None)
