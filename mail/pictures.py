"""Pictures that a letter shows in its HTML instead of enclosing them (RFC 2387, RFC 2392)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mail.letterhead import Sender

Paper = tuple[str, str, bytes]  # name, media type, content

SHOWN = "image/png"
WIDEST = 544  # CSS pixels: what the card leaves

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A picture with its Content-ID; ``alt`` says what it is where it cannot be seen, ``width`` is in CSS pixels."""

    cid: str
    name: str
    media_type: str
    content: bytes

    @property
    def alt(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def width(self) -> int:
        """As wide as the picture is, at most as wide as the card (PNG, 11.2.2); Outlook heeds nothing but this."""
        own = int.from_bytes(self.content[16:20]) if self.content.startswith(_SIGNATURE) else 0
        return min(own or WIDEST, WIDEST)


def pictures_in(papers: Sequence[Paper], token: str, sender: Sender) -> tuple[list[Picture], Sequence[Paper]]:
    """What is shown, and what is enclosed."""
    if not papers:
        return [], papers
    domain = sender.address.rpartition("@")[2]
    shown = [paper for paper in papers if paper[1] == SHOWN]
    pictures = [Picture(f"picture{at}.{token}@{domain}", *paper) for at, paper in enumerate(shown, start=1)]
    return pictures, [paper for paper in papers if paper[1] != SHOWN]
