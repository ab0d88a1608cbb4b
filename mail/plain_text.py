"""Plain text of a letter as lines, with what is quoted told by the signs before it."""

from __future__ import annotations

import re

from mail.attributions import WRAPS, attribution_at
from mail.lines import SURE_QUOTE, WRAP, Line, Mark

STRAY = 30  # characters that a wrap on the way leaves over
WIDTH = 64  # columns; a shorter line was not wrapped on the way
ARROWS = 3  # more lines than this that begin with ">" are a quote

_PREFIX = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
_GROUPWISE = re.compile(r">{2,3} .+ >{2,3}\s*")
_INITIALS = re.compile(r" ?[A-Za-z]{1,4}(>+)(?: |$)")
_BAR = re.compile(r"[|¦](?: |$)(?!.*[|¦]$)")
_GOES_ON = re.compile(r"[a-zäöüßéèà(]|$")
_SENTENCE_END = re.compile(r"[a-zäöüß].*[.!?]")
_ENDED = re.compile(r"[.!?:;…»“\"]$")


def to_lines(text: str) -> list[Line]:
    """The lines of a plain text; ``>`` before them is how deeply they are quoted."""
    lines = [Line(row if row == "-- " else row.rstrip()) for row in text.split("\n")]
    tell_quotes(lines)
    return lines


def tell_quotes(lines: list[Line]) -> None:
    """Takes the quote signs off the lines that no mail program has marked, and notes their depth."""
    signed: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.mark is Mark.NONE and not line.depth:
            row = line.text
            line.text, line.depth = _told(row)
            if line.depth and line.text and SURE_QUOTE not in row:
                signed[at] = row
    _mark_other_signs(lines)
    _keep_arrows(lines, signed)
    _close_stray_wraps(lines)


def _told(row: str) -> tuple[str, int]:
    if row == "-- ":
        return row, 0
    quoted = _PREFIX.match(row)
    if not quoted or _GROUPWISE.fullmatch(row):
        return row.strip(), 0
    return row[quoted.end() :].strip(), quoted[1].count(">")


def _mark_other_signs(lines: list[Line]) -> None:
    """Quotes with the writer's initials (»EB> «) or a bar before them; one such line alone is none."""
    for sign in (_INITIALS, _BAR):
        found = [at for at, line in enumerate(lines) if not line.depth and sign.match(line.text)]
        if len(found) > 1:
            for at in found:
                lines[at].text, lines[at].depth = sign.sub("", lines[at].text, count=1).strip(), 1


def _keep_arrows(lines: list[Line], signed: dict[int, str]) -> None:
    """``>`` before words of one's own: nothing introduces it, and what is quoted stands below or nowhere."""
    quoted = [at for at, line in enumerate(lines) if line.depth]
    first = next((at for at in quoted if _begins_quote(lines, at)), len(lines))
    arrows = [at for at in quoted if at < first]
    alone = len(quoted) == 1 and not _above(lines, quoted[0]).endswith(":")
    within = bool(arrows) and len(arrows) < len(quoted) and any(line.text for line in lines[: arrows[0]])
    if alone or (within and len(arrows) <= ARROWS):
        told = {line.text for line in lines[first:] if line.depth}
        for at in arrows:
            if at in signed and lines[at].text not in told:
                lines[at].text, lines[at].depth = signed[at].strip(), 0


def _begins_quote(lines: list[Line], at: int) -> bool:
    """Whether an attribution stands above the quoted line, or in the quote itself as Apple's do."""
    if at and lines[at - 1].depth:
        return False
    above = [line.text for line in lines[max(at - WRAPS, 0) : at]]
    within = [line.text for line in lines[at : at + WRAPS] if line.depth]
    return any(_attributed(texts, start) for texts in (above, within) for start in range(len(texts)))


def _attributed(texts: list[str], start: int) -> bool:
    return bool(texts[start]) and attribution_at(texts, start, lambda _: True) is not None


def _above(lines: list[Line], at: int) -> str:
    return next((line.text for line in reversed(lines[max(at - 3, 0) : at]) if line.text), "")


def _close_stray_wraps(lines: list[Line]) -> None:
    """The end of a quoted line that was wrapped on the way and lost its ``>`` belongs to the quote."""
    for index in range(1, len(lines) - 1):
        above, line, below = lines[index - 1 : index + 2]
        if above.depth and line.said and below.depth and _is_stray(above.text, line.text, below.text):
            line.depth = above.depth


def _is_stray(above: str, text: str, below: str) -> bool:
    """The sentence begins above, in a line as long as lines can be, and goes on below or ends here."""
    if len(above) < WRAP or len(text) >= STRAY or len(above) + len(text) < WIDTH or _ENDED.search(above):
        return False
    return _GOES_ON.match(below) is not None or (len(above) >= WIDTH and _SENTENCE_END.fullmatch(text) is not None)
