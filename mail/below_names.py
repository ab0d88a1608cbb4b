"""What mail programs set below the name that a person signs with: firm, department, address, slogan, opening hours."""

from __future__ import annotations

import re

from mail.added_lines import DELIMITERS, compiled, is_device
from mail.header_blocks import is_ruler
from mail.signed_lines import (
    ABOUT_ONESELF,
    POSTSCRIPT,
    THANKS,
    Writer,
    is_closing,
    is_firm,
    is_institution,
    is_spoken,
    is_strong,
    is_weak,
    small_words,
    words_of,
)

BELOW = 16  # lines; more than these below a name are no signature
NAME_LENGTH = 60  # characters

_FOR_SOMEBODY = re.compile(r"(?:i\. ?[AV]\.|ppa\.?|gez\.)\s?(?=\w)")
_LABEL = re.compile(r"\w:\s")
_OF_THE_HOUSE = compiled(
    r"\W{0,3}(?:öffnungszeiten|sprechzeiten|bürozeiten|geschäftszeiten|opening hours|office hours|mitglied (?:der|des"
    r"|im|in)|member of|eingetragen|ein unternehmen der|a member of|part of|besuchen sie uns|folgen sie uns"
    r"|bitte vereinbaren sie|visit us|follow us|find us|join us on)\b.*",
    r"I work (?:flexibly|flexible|part[- ]time)\b.*|my working (?:hours|days) (?:may|are)\b.*"
    r"|ich arbeite (?:flexibel|in teilzeit)\b.*|.*\bregistered charity\b.*",
)
_PICTURE = compiled(r"\[(?:[\w.-]+ )?(?:logo|wappen|siegel|banner|emblem|crest|seal)\b[^\[\]]{0,60}\]")


def without_company(lines: list[str], writer: Writer) -> list[str]:
    """Without what is set below the writer's name or a postscript's paragraph, if nothing is said in it."""
    name = next((at for at in range(len(lines)) if _signs(lines, at, writer)), None)
    if name is None:
        return _without_company_below_postscript(lines)
    ends = next((at for at in range(name + 1, len(lines)) if POSTSCRIPT.match(lines[at])), len(lines))
    closing = _sign_off_above(lines, name)
    if _is_company(lines, name + 1, ends, certain=closing is not None):
        lines = [*lines[: name + 1 if closing is None else closing], "", *lines[ends:]]
    return _without_company_below_postscript(lines)


def _without_company_below_postscript(lines: list[str]) -> list[str]:
    said = next((at for at in range(len(lines) - 1, -1, -1) if POSTSCRIPT.match(lines[at])), None)
    end = None if said is None else next((at for at in range(said, len(lines)) if not lines[at]), None)
    if not end or lines[end - 1].endswith(":") or not _is_company(lines, end, len(lines), certain=False):
        return lines
    return lines[:end]


def _signs(lines: list[str], at: int, writer: Writer) -> bool:
    """Whether this line is a name that ends what is said: the writer's, below a sentence's end or a sign-off."""
    line = lines[at]
    if not 0 < len(line) <= NAME_LENGTH or small_words(line):
        return False
    above = next((line for line in reversed(lines[max(at - 3, 0) : at]) if line), "")
    name = _FOR_SOMEBODY.sub("", line, count=1)
    told = words_of(name)
    if told and told <= writer.names:
        return name != line or above.endswith((".", "!", "?", ")")) or _is_sign_off(above)
    return is_closing(above) and not is_spoken(line)


def _sign_off_above(lines: list[str], name: int) -> int | None:
    above = next((at for at in range(name - 1, max(name - 4, -1), -1) if lines[at]), None)
    return above if above is not None and is_closing(lines[above]) else None


def _is_sign_off(line: str) -> bool:
    return is_closing(line) or THANKS.fullmatch(line) is not None


def _is_company(lines: list[str], start: int, end: int, *, certain: bool) -> bool:
    """Whether these lines are all a signature's and say nothing.

    ``certain``: a sign-off stands above; then it is enough that they stand apart and are no words of a sentence.
    """
    told = [line for line in lines[start:end] if line and not is_ruler(line) and line not in DELIMITERS]
    if not 0 < len(told) <= BELOW or any(map(_says, told)) or (sum(map(is_firm, told)) > 1 and not certain):
        return False
    shown = sum(map(_shows, told))
    apart = not lines[start]
    return shown > 0 if apart else shown > (0 if certain or _shows(told[0]) else 1)


def _says(line: str) -> bool:
    if _OF_THE_HOUSE.fullmatch(line) or _ends_with_device(line) or is_strong(line):
        return False
    return not is_weak(line) or any(kind.search(line) for kind in (ABOUT_ONESELF, _LABEL))


def _shows(line: str) -> bool:
    """Whether only signatures have such a line."""
    if is_strong(line) or is_firm(line) or is_institution(line):
        return True
    return any(kind.fullmatch(line) for kind in (_OF_THE_HOUSE, _PICTURE)) or _ends_with_device(line)


def _ends_with_device(line: str) -> bool:
    """»Immer in Bewegung · gesendet von meinem Mac«"""
    return any(is_device(part) for part in re.split(r"\s[|•·]\s", line)[1:])
