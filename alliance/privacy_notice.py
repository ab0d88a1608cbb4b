"""The privacy notice (Art. 13 and 14 GDPR): the whole of it for everybody, in both channels."""

from __future__ import annotations

from datetime import date

import texts
from alliance.consents import VERSION
from alliance.hearing import Hearing
from alliance.house import House
from alliance.intents import Matter, ShowPrivacy
from alliance.notes import Note
from texts import say


def show(hearing: Hearing, _intent: ShowPrivacy) -> Note:
    """DATENSCHUTZ. In a chat the question that was open before stays open."""
    language = hearing.language
    matter = hearing.matter if hearing.in_chat else Matter("privacy")
    return Note(say(language, "all-privacy-title"), paragraphs(language, hearing.house), matter=matter)


def paragraphs(language: str, house: House) -> tuple[str, ...]:
    """The notice, paragraph by paragraph."""
    notice = say(
        language,
        "all-privacy-notice",
        version=texts.short_day(language, date.fromisoformat(VERSION)),
        house=house.name,
        controller=house.controller or say(language, "all-privacy-controller-default", house=house.name),
        officer=house.officer or say(language, "all-privacy-officer-default"),
    )
    return tuple(line for line in notice.split("\n") if line)
