"""Letters of the outbox on their way into chats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session

from alliance.discretion import Origin
from alliance.notes import Note
from alliance.packing import unpack
from bot import buttons, views
from bot.api import Api
from bot.deeds import Desk
from bot.limits import BROADCAST
from bot.showing import PaperFile, Showing, put
from store import outbox
from store.database import Database
from store.outbox import Letter, Outcome, Result

log = structlog.get_logger()

REMEMBERED = 1_000  # letters of which a part has been shown


class Delivery:
    """Delivers one letter at a time to its chat."""

    def __init__(self, database: Database, desk: Desk, api: Api, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._desk = desk
        self._api = api
        self._clock = clock
        self._begun: dict[int, Showing] = {}

    async def deliver(self, letter: Letter, papers: Sequence[PaperFile]) -> Outcome:
        """Show a letter's note in its chat. A letter of which a part was shown goes on from there next time."""
        if not letter.to.lstrip("-").isdecimal():
            return Outcome(Result.NO_WAY, "not a chat id")
        showing = self._begun.pop(letter.id, None) or await self._prepared(letter, papers)
        outcome = await put(self._api, showing, BROADCAST)
        if outcome.result == Result.LATER and showing.done:
            self._remember(letter.id, showing)
        if outcome.maybe_sent:
            log.warning("maybe twice", action="telegram-maybe-twice", letter_id=letter.id, error=outcome.error)
        return outcome

    async def _prepared(self, letter: Letter, papers: Sequence[PaperFile]) -> Showing:
        note = unpack(letter.note, Note)
        showing = await self._database.write(partial(self._kept, letter=letter, note=note))
        wanted = showing.bubbles[-1].papers if showing.bubbles else ()
        if wanted != note.papers:
            papers = await self._database.read(partial(outbox.papers, ids=wanted))
        showing.papers = papers
        return showing

    def _kept(self, session: Session, letter: Letter, note: Note) -> Showing:
        """The letter as its chat may show it, with its buttons laid out."""
        chat_id, now = int(letter.to), self._clock()
        origin = Origin(letter.key, letter.id if letter.person_id else 0)
        shown = views.bubbles(self._desk.for_chat(session, chat_id, note, now, origin))
        return Showing(chat_id, shown, buttons.keep(session, chat_id, shown, now))

    def _remember(self, letter_id: int, showing: Showing) -> None:
        if len(self._begun) >= REMEMBERED:
            self._begun.pop(next(iter(self._begun)))
        self._begun[letter_id] = showing
