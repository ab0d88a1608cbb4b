"""Cutting sign-offs and signatures below a person's words, and telling whose words some are.

A short sign-off stays: it says nothing wrong. With a signature below it, both go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from mail.added_lines import DELIMITERS, without_rulers
from mail.below_names import without_company
from mail.header_blocks import is_ruler
from mail.signed_lines import (
    ABOUT_ONESELF,
    FIRM,
    POSTSCRIPT,
    REPORT,
    THANKS,
    TITLE,
    WEAK_LENGTH,
    YOURS,
    Writer,
    evidence,
    is_closing,
    is_firm,
    is_institution,
    is_name,
    is_signed,
    is_spoken,
    is_strong,
    is_weak,
    small_words,
    words_of,
)

MARKED_LINES = 18  # more than this below "--" is no signature
SIGNED_LINES = 8
RULER = 10  # characters of one above a signature
LOOK_BACK = 5  # lines of name, title and firm above the first line that is surely of a signature


def without_signature(lines: list[str], writer: Writer) -> list[str]:
    """Without what is signed below a person's words; what they say below that, as in a postscript, stays."""
    lines = without_rulers(_without_marked_signature(lines, writer))
    closing = next((at for at in range(len(lines) - 1, -1, -1) if _closes(lines, at)), None)
    lines = _without_bare_signature(lines, writer) if closing is None else _signed_off(lines, closing)
    return without_rulers(without_company(without_rulers(lines), writer))


def _closes(lines: list[str], at: int) -> bool:
    """Whether a sign-off stands there, and not the first word of a sentence that goes on below."""
    below = "".join(lines[at + 1 : at + 2])
    return is_closing(lines[at]) and not (below[:1].islower() and small_words(below))


def _without_marked_signature(lines: list[str], writer: Writer) -> list[str]:
    """Without what stands below "-- " (RFC 3676, 4.3), unless nothing stands above and it is no signature."""
    for index, line in enumerate(lines):
        if line not in DELIMITERS:
            continue
        below = list(islice((lines[at] for at in range(index + 1, len(lines)) if lines[at]), MARKED_LINES + 1))
        proper = (line == "-- " or _is_signed_by(below, writer)) and any(lines[:index])
        if proper or (len(below) <= MARKED_LINES and not any(map(is_spoken, below))):
            return lines[:index]
    return _without_framed_signature(lines)


def _is_signed_by(below: list[str], writer: Writer) -> bool:
    """A few lines that begin with the writer's name and report on nothing."""
    few = 0 < len(below) <= SIGNED_LINES and is_name(below[0], writer)
    return few and not any(REPORT.search(line) for line in below)


def _without_framed_signature(lines: list[str]) -> list[str]:
    """Without a signature below a long ruler, or in a box."""
    said = [at for at, line in enumerate(lines) if line]
    for place in range(max(len(said) - SIGNED_LINES - 2, 1), len(said) - 1):
        index = said[place]
        if len(lines[index]) < RULER or not is_ruler(lines[index]):
            continue
        below = [lines[at].strip("| ") for at in said[place + 1 :] if not is_ruler(lines[at])]
        framed = lines[said[-1]] == lines[index] and not any(map(REPORT.search, below))
        if evidence(below) > (0 if framed else 1) and (framed or not any(map(is_spoken, below))):
            return lines[:index]
    return lines


def _signed_off(lines: list[str], closing: int) -> list[str]:
    """Without a sign-off that a signature follows; a short one, and what else is said below it, stays."""
    below = [at for at in range(closing + 1, len(lines)) if lines[at]]
    strong = next((at for at in below if is_strong(lines[at]) or is_firm(lines[at])), len(lines))
    ends = _signature_ends(lines, closing, strong)
    spoken = [at for at in below if at < min(strong, ends) and is_spoken(lines[at])]
    if spoken:
        return lines if strong == len(lines) else lines[: spoken[-1] + 1] + lines[ends:]
    signs = sum(at < ends for at in below)
    return lines if strong == len(lines) and signs < 2 else lines[:closing] + lines[ends:]


def _signature_ends(lines: list[str], closing: int, strong: int) -> int:
    """Where a postscript begins, or anything below the signature that only a person says."""
    for index in range(closing + 1, len(lines)):
        if POSTSCRIPT.match(lines[index]):
            return index
        apart = index > strong and not lines[index - 1]
        if apart and ABOUT_ONESELF.search(lines[index]) and not is_strong(lines[index]):
            return index
    return len(lines)


def _without_bare_signature(lines: list[str], writer: Writer) -> list[str]:
    """Without a signature that no sign-off announces, but the writer's name, a firm or a register."""
    own = [at for at, line in enumerate(lines) if line and words_of(line) == writer.names]
    named = own[-1:] or [at for at, line in enumerate(lines) if is_name(line, writer) and not is_strong(line)][:1]
    if named and (ends := _end_below_name(lines, named[0])):
        return lines[: _kept_above(lines, named[0])] + lines[ends:]
    start = _nameless_signature(lines, writer)
    return lines if start is None else lines[:start]


def _kept_above(lines: list[str], start: int) -> int:
    """The name below thanks is part of what was said."""
    above = next((line for line in reversed(lines[:start]) if line), "")
    return start + 1 if THANKS.fullmatch(above) else start


def _end_below_name(lines: list[str], name: int) -> int:
    """Where the signature ends that begins with the writer's name; 0 if it is none for certain."""
    below = [at for at in range(name + 1, len(lines)) if lines[at]]
    strong = next((at for at in below if is_strong(lines[at]) or is_firm(lines[at])), len(lines))
    ends = _signature_ends(lines, name, strong)
    if not below or is_spoken(lines[below[0]]) or (ends < len(lines) and not POSTSCRIPT.match(lines[ends])):
        return 0
    signed = [lines[at] for at in below if at < ends]
    apart = not name or not lines[name - 1]
    spoken = any(map(is_spoken, signed))
    closely = below[-1] == name + len(below) and len(signed) > 1
    if apart and name and closely and not spoken and not _leads_on(lines, name):
        return ends
    return ends if evidence(signed) >= (1 if apart and not spoken else 3 if spoken else 2) else 0


def _leads_on(lines: list[str], at: int) -> bool:
    """Whether the sentence above is not ended and may go on with a name."""
    return not next((line for line in reversed(lines[:at]) if line), "").endswith((".", "!", "?", ")"))


def _nameless_signature(lines: list[str], writer: Writer) -> int | None:
    """Where a signature without the writer's name begins, with nothing else up to the end."""
    said = max((at + 1 for at, line in enumerate(lines) if line and not is_signed(line)), default=0)
    first = next((at for at in range(said, len(lines)) if is_strong(lines[at])), None)
    if first is None:
        return None
    start = _with_name(lines, first, said, writer)
    signed = [line for line in lines[start:] if line]
    apart = not start or not lines[start - 1]
    certain = any(map(is_institution, signed)) or (writer.address and writer.address in " ".join(signed).lower())
    return start if certain and evidence(signed) >= (2 if apart else 3) else None


def _with_name(lines: list[str], first: int, said: int, writer: Writer) -> int:
    """Up over name, title and firm, which say nothing by themselves, but not over what was said."""
    start = first
    for index in range(first - 1, max(first - LOOK_BACK, said) - 1, -1):
        line = lines[index]
        if not line:
            continue
        if is_ruler(line) or not is_weak(line) or is_name(lines[start], writer):
            break
        apart = not lines[index + 1]
        if not (FIRM.fullmatch(line) or TITLE.fullmatch(line) or is_name(line, writer) or (" " in line and not apart)):
            break
        start = index
    return start


# --- whose words

_NAME_MARK = re.compile(r"\[([^\]]{2,40})\]:?\s*")


def without_name_mark(line: str, writer: Writer) -> str:
    """Without »[Erika Beispiel]«, by which people mark their answers in somebody else's letter."""
    marked = _NAME_MARK.match(line)
    if not marked or not (words_of(marked[1]) & writer.names or marked[1] == writer.initials):
        return line
    return line[marked.end() :]


def end_of_letter(lines: Sequence[str], author: str) -> int:
    """The first line below the sign-off of a letter by ``author`` and their signature; the end if there is none."""
    told = words_of(author) - {"von", "am", "um", "schrieb", "wrote", "on", "uhr", "hat", "geschrieben"}
    for index in range(len(lines) - 1, 0, -1):
        if not told & words_of(lines[index][:WEAK_LENGTH]) or len(lines[index]) > WEAK_LENGTH:
            continue
        above = next((line for line in reversed(lines[max(index - 2, 0) : index]) if line), "")
        if is_closing(lines[index]) or is_closing(above) or YOURS.match(lines[index]):
            return next((at for at in range(index + 1, len(lines)) if not lines[at]), len(lines))
    return len(lines)
