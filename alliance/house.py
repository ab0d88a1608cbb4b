"""Which alliance this is and how it is reached; handed down from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class House:
    """``email`` is the assistant's own address, ``bot`` its Telegram user name ("" when there is no bot)."""

    name: str
    email: str
    bot: str
    zone: ZoneInfo

    def link(self, code: str) -> str:
        """A link that opens the chat and says /start with a code. Empty without a bot."""
        return f"https://t.me/{self.bot}?start={code}" if self.bot else ""
