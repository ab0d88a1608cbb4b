"""Which alliance this is and how it is reached; handed down from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class House:
    """``email`` is the assistant's own address, ``bot`` its Telegram user name ("" when there is no bot).

    ``controller`` and ``officer`` are what the privacy notice says of who is responsible and who watches over data
    protection (Art. 13(1)(a) and (b) GDPR); "" while the operator has not said it. ``telegram_names`` lets the office
    see names of third persons in its chats.
    """

    name: str
    email: str
    bot: str
    zone: ZoneInfo
    controller: str = ""
    officer: str = ""
    telegram_names: bool = False

    def link(self, code: str) -> str:
        """A link that opens the chat and says /start with a code. Empty without a bot."""
        return f"https://t.me/{self.bot}?start={code}" if self.bot else ""
