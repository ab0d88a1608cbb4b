"""Steps of joining and linking that several tests take."""

from __future__ import annotations

import re

from alliance.notes import Note
from tests.town import Town, button, words


def code_in(town: Town, email: str) -> str:
    """The code in the last letter to an address."""
    found = re.search(r"Ihr Code für Telegram: (\S+)", words(town.last_letter(email)))
    assert found
    return found[1]


def agree_in_chat(town: Town, email: str) -> Note:
    """The mailed code, and »Einverstanden« to what Telegram means."""
    return town.tap(email, button(town.chat(email, code_in(town, email)), "Einverstanden"))


def confirm_in_chat(town: Town, email: str) -> Note:
    """The same, and yes to the membership."""
    return town.tap(email, button(agree_in_chat(town, email), "Ja, mit Wochenüberblick"))
