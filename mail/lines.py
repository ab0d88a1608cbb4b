"""A letter's lines, each with how deeply it is quoted and what its mail program said about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SURE_QUOTE = ">\xa0"  # stands before a line that is known to be quoted
OWN_ARROW = "\xa0>"  # stands before a line whose ">" is known to be no quote mark
WRAP = 56  # columns: a line that would have been longer with the next word may have been wrapped before it


class Mark(Enum):
    """What a line is besides words."""

    NONE = ""
    FRAME = "frame"  # what a mail program writes around a quote
    SIGNATURE = "signature"
    OLD = "old"  # from here on the letter that is answered
    LOOSE = "loose"  # in a blockquote of no known mail program: quoted only below an attribution


@dataclass(slots=True)
class Line:
    """``depth`` counts the quotes around it; ``box`` numbers the quoting element of a mail program around it."""

    text: str
    depth: int = 0
    mark: Mark = Mark.NONE
    coloured: bool = False
    box: int = 0

    @property
    def said(self) -> bool:
        """Whether it may hold the person's words: not blank, not quoted, not marked."""
        return bool(self.text) and not self.depth and self.mark is Mark.NONE


def may_be_wrapped(line: str, following: str) -> bool:
    """Whether the next line's first word would not have fitted on this one."""
    return len(line) + len(following.split(" ", 1)[0]) >= WRAP
