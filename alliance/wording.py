"""What people write in their own words: checked before it is kept, shortened where it is only mentioned."""

from __future__ import annotations

from alliance.errors import Invalid

LIMIT = 2_000  # characters
MENTIONED = 90  # characters of a text that is only mentioned


def checked(text: str) -> str:
    """The text without space around it and with single empty lines at most. Raises Invalid when it is too long."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = "\n".join(line for line, before in zip(lines, ["x", *lines], strict=False) if line or before)
    if len(kept) > LIMIT:
        raise Invalid("refusal-text-long", limit=LIMIT, count=len(kept))
    return kept


def same(one: str, other: str) -> bool:
    """Whether two texts differ in spaces and capitals alone."""
    return one.casefold().split() == other.casefold().split()


def mentioned(text: str) -> str:
    """The beginning of a text in one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= MENTIONED:
        return line
    cut = line[:MENTIONED].rpartition(" ")[0] or line[:MENTIONED]
    return f"{cut.rstrip(' ,;:.–-')} …"
