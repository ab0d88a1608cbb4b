"""Looks over everybody's shoulder: what a chat was sent that is another person's name or address."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from html import unescape

from sqlmodel import Session

from alliance.acquaintances import Reader, load
from alliance.discretion import Origin
from alliance.notes import Note
from alliance.packing import unpack
from bot import views
from demo.telegram import BotApi
from tests.town import CHATS, NAMES, OFFICE, Town

People = Mapping[int, Collection[str]]  # names and addresses by chat, or by a negative number for who has none

# The office's name is that of its desk, not of a person
OF_THE_TOWN: People = {chat: {who} if who == OFFICE else {who, NAMES[who]} for who, chat in CHATS.items()}


def overheard(telegram: BotApi, people: People = OF_THE_TOWN) -> list[str]:
    """What each chat got to see of others, in messages, their earlier versions, buttons, file names and toasts."""
    return [leak for chat, text in _shown(telegram, people) for leak in leaks(chat, text, people)]


def _shown(telegram: BotApi, people: People) -> Iterator[tuple[int, str]]:
    for _method, said in telegram.requests:
        if "chat_id" in said:
            yield int(said["chat_id"]), unescape("\n".join(value for name, value in said.items() if name != "chat_id"))
    for chat in people:
        if chat > 0:
            yield from ((chat, toast) for toast in telegram.toasts(chat))


def leaks(chat: int, text: str, people: People = OF_THE_TOWN) -> list[str]:
    """Names and addresses of others in a text that this chat was shown."""
    own = {secret.casefold() for secret in people.get(chat, ())}
    secrets = {secret.casefold() for other in people.values() for secret in other} - own
    return [f"{secret!r} in chat {chat}: {text}" for secret in secrets if secret in text.casefold()]


def overheard_at_the_desk(town: Town, who: str, answer: Note | None = None) -> list[str]:
    """The same for an answer to somebody in their chat, and for everything that waits to be sent into chats."""

    def job(session: Session) -> list[str]:
        waiting = [(chat, unpack(row.note, Note)) for chat, row in rows]
        told = [(CHATS[who], answer)] if answer else []
        readers = load(session, frozenset()).readers  # who has a second address has it as well as the first
        people = {chat: {*own, *readers.get(chat, Reader()).emails} for chat, own in OF_THE_TOWN.items()}
        people[CHATS[who]].update(answer.said if answer else ())
        return [
            leak
            for chat, note in [*told, *waiting]
            for leak in leaks(chat, _as_shown(town.desk.for_chat(session, chat, note, town.at, Origin("test"))), people)
        ]

    rows = [(chat, row) for reader, chat in CHATS.items() for row in town.bubbles(reader)]
    return town.database.write_now(job)


def _as_shown(note: Note) -> str:
    bubbles = views.bubbles(note)
    labels = [action.label for bubble in bubbles for action in bubble.actions]
    return "\n".join([*(unescape(bubble.html) for bubble in bubbles), *labels, views.toast(note)])
