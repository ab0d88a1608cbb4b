"""A person's own words in a reply, without what is quoted and signed below, above or between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import Message

from alliance.words.cleaning import without_courtesies
from mail import (
    added_lines,
    addresses,
    attributions,
    header_blocks,
    html_text,
    own_letters,
    plain_text,
    reading,
    signatures,
    signed_lines,
)
from mail.lines import Line, Mark
from mail.signed_lines import Writer

LONGEST = 20_000  # lines that are read; nobody writes more

_NO_WORDS = re.compile(r"\s*|.{0,100}\bHTML\b.{0,200}", re.DOTALL)
_NAMES_MEASURE = re.compile(r"\bM ?\d|^\s*\d{1,4}\s*:", re.MULTILINE)
_LOOK_BELOW = re.compile(
    r"\b(?:unten|s\.u\.|inline|dazwischen|im text|farbig|below|in (?:rot|blau|grün|farbe|fett|red|blue|green))\b",
    re.IGNORECASE,
)


_POINTER = re.compile(
    r"(?:(?:hier )?(?:(?:meine|unsere|die|anbei|my|our|the|please|bitte) )?"
    r"(?:(?:antwort(?:en)?|anmerkung(?:en)?|kommentare?|rückmeldung(?:en)?|stand|answers?|comments?|replies) )?"
    r"(?:(?:sind|stehen|finden sie|find|are|in) )?)?"
    r"(?:(?:siehe|s\.) ?(?:unten|u\.|text)|unten|weiter unten|(?:see )?below|inline|(?:siehe )?im text|dazwischen)"
    r"[ .:!]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in one piece, the quoted lines above them up to other words, and whether more is quoted below."""

    words: str
    above: tuple[str, ...] = ()
    between: bool = False


def reply_text(raw: bytes) -> str:
    """The sender's own words in a letter; "" if there are none. Never raises."""
    try:
        return _joined(_read(reading.read(raw)))
    except Exception:  # whatever a letter holds, its bytes are better than silence
        return reading.clean(reading.to_text(reading.body(raw)[: reading.TEXT_LIMIT], None)).strip()


def own_words(message: Message) -> str:
    """The sender's own words in a parsed letter; an answer below a quoted measure begins with that measure's number.

    Raises reading.TooComplex.
    """
    first, *others = _read(message) or [Stretch("")]
    told = [first, *others] if not others or not _only_points_below(first) else others
    return "\n\n".join(map(_numbered, told))


def _only_points_below(stretch: Stretch) -> bool:
    """»Meine Antworten siehe unten« above the quote says nothing of a measure."""
    return not stretch.above and _POINTER.fullmatch(without_courtesies(stretch.words)) is not None


def cut(text: str) -> str:
    """The words in a plain text that stand outside quotes, attributions, signatures and device lines."""
    return _joined(_stretches(plain_text.to_lines(text), Writer()))


def _read(message: Message) -> list[Stretch]:
    """From the HTML if its mail program marked in it what is what, else from the plain text."""
    plain, html = reading.texts_of(message)
    address, name = addresses.sender_of(message)
    writer = Writer(name, address)
    lines = _lines_of(html)
    if any(map(_is_telling, lines)) or (lines and _NO_WORDS.fullmatch(plain)):
        found = _stretches(lines, writer)
        if found or not plain.strip():
            return found
    shown = "\n".join(line.text for line in lines) if "MsoNormal" in html else ""
    plain = "\n".join(plain.split("\n")[:LONGEST])
    found = _stretches(plain_text.to_lines(added_lines.without_armour(plain)), writer)
    return [replace(stretch, words=_compact(stretch.words, shown)) for stretch in found] if shown else found


def _lines_of(html: str) -> list[Line]:
    lines = html_text.to_lines(html)[:LONGEST] if html else []
    if any(line.said and line.text[0] in ">|¦" for line in lines):
        plain_text.tell_quotes(lines)
    return lines


def _compact(words: str, shown: str) -> str:
    """Lines without the blank ones that Outlook puts between all of them, if its HTML shows them without."""
    close = words.replace("\n\n", "\n")
    return close if close in shown else words


def _is_telling(line: Line) -> bool:
    """Whether the HTML knows more of the line than the plain text would."""
    return bool(line.depth or line.box or line.coloured or line.mark is not Mark.NONE)


def _joined(stretches: Sequence[Stretch]) -> str:
    return "\n\n".join(stretch.words for stretch in stretches)


# --- what is whose


def _stretches(lines: list[Line], writer: Writer) -> list[Stretch]:
    """The person's words in stretches, in the order of the letter."""
    _settle_boxes(lines)
    _settle_loose(lines)
    old = _mark_frames(lines)
    found = list(_words_in(lines[:old], writer))
    found += _words_in(_told_apart(lines[old:], writer, found), writer)
    if not found and any(line.mark is Mark.SIGNATURE for line in lines):
        found = list(_words_in([_bared(line) for line in lines[:old]], writer))
    return found


def _bared(line: Line) -> Line:
    """A line without its mark: where there is nothing else, words may have been typed into the signature."""
    return Line(line.text, line.depth) if line.mark is Mark.SIGNATURE else line


def _settle_boxes(lines: list[Line]) -> None:
    """In a box of Gmail's the attribution stands above the blockquote, answers stand between and below."""
    quoting = {line.box for line in lines if line.box and line.depth}
    seen: set[int] = set()
    for line in lines:
        if line.box and line.depth:
            seen.add(line.box)
        elif line.box and line.box not in quoting:
            line.depth = 1
        elif line.box and line.box not in seen and line.mark is Mark.NONE:
            line.mark = Mark.FRAME


def _settle_loose(lines: list[Line]) -> None:
    """A plain blockquote is a quote below an attribution; else somebody has indented words."""
    texts = [line.text for line in lines]
    quoted = within = False
    for index, line in enumerate(lines):
        loose = line.mark is Mark.LOOSE
        if loose and not within:
            quoted = _is_introduced(texts, index)
        if loose:
            line.mark = Mark.NONE
            line.depth += quoted
        within = loose


def _is_introduced(texts: list[str], index: int) -> bool:
    last = next((at for at in range(index - 1, max(index - 4, -1), -1) if texts[at]), None)
    if last is None:
        return False
    starts = range(max(last - attributions.WRAPS + 1, 0), last + 1)
    frames = (attributions.attribution_at(texts, start, lambda _: True) for start in starts if texts[start])
    return any(frame is not None and frame.end == last + 1 for frame in frames)


def _mark_frames(lines: list[Line]) -> int:
    """Marks what mail programs write above quotes; returns where the old letter begins that has no quote marks."""
    texts = ["" if line.depth else line.text for line in lines]
    quoted = _quote_finder(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.mark is Mark.OLD and not _is_quoted_below(texts, index, quoted):
            return index
        frame = header_blocks.frame_at(texts, index, quoted) if line.said else None
        if frame is None:
            index += 1
            continue
        for framed in lines[frame.start : frame.end]:
            framed.mark = Mark.FRAME
        if not quoted(frame.end):
            return frame.start
        index = frame.end
    return len(lines)


def _is_quoted_below(texts: list[str], index: int, quoted: Callable[[int], bool]) -> bool:
    """Whether the old letter's header block is followed by a quote, so that words may stand below it."""
    below = next((at for at in range(index, min(index + 4, len(texts))) if texts[at]), index)
    frame = header_blocks.header_block_at(texts, below)
    return frame is not None and quoted(frame.end)


def _quote_finder(lines: list[Line]) -> Callable[[int], bool]:
    """Tells whether the first line from an index on that is not blank is a quoted one."""
    following: list[bool] = [False] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        passed = not line.depth and (not line.text or added_lines.is_snip(line.text))
        following[index] = following[index + 1] if passed else bool(line.depth)
    return lambda index: following[min(index, len(lines))]


def _words_in(lines: Sequence[Line], writer: Writer) -> Iterator[Stretch]:
    """The stretches between quotes, each without what is no words."""
    above: list[str] = []
    words: list[str] = []
    first = True
    for at, line in enumerate([*lines, Line("", 1)]):
        if not line.depth and line.mark is not Mark.FRAME:
            words.append(line.text if line.mark is Mark.NONE else "")
            continue
        if said := _own(words, writer, first=first):
            yield Stretch(said, tuple(above), between=at < len(lines))
            above, first = [], False
        words = []
        above.append(line.text)


def _own(lines: list[str], writer: Writer, *, first: bool) -> str:
    """The words of one stretch; ``first`` if nothing was said before."""
    if not any(lines):
        return ""
    kept = [signatures.without_name_mark(line, writer) for line in plain_text.folded(lines)]
    kept = added_lines.without_marks(kept)
    kept = added_lines.without_banner(kept) if first else kept
    kept = added_lines.without_footers(kept, alone=first)
    return "\n".join(signatures.without_signature(kept, writer)).strip()


# --- answers inside a letter that is quoted without marks


def _told_apart(lines: Sequence[Line], writer: Writer, above: Sequence[Stretch]) -> list[Line]:
    """What somebody typed into the old letter: behind their name in brackets, where we know the text, or in a colour.

    Words ``above`` say everything, unless they point below.
    """
    texts = [line.text for line in lines]
    own = {at for at, text in enumerate(texts) if signatures.without_name_mark(text, writer) != text}
    own |= own_letters.answers_in(texts)
    if not above or any(_LOOK_BELOW.search(stretch.words) for stretch in above):
        own |= _coloured(lines)
    if not above and not own:
        own = set(range(_end_of_old(lines), len(lines)))
    return [Line(text, depth=int(at not in own)) for at, text in enumerate(texts) if text or at in own]


def _coloured(lines: Sequence[Line]) -> set[int]:
    """The coloured lines, if they are the lesser part."""
    spoken = [at for at, line in enumerate(lines) if line.said]
    coloured = {at for at in spoken if lines[at].coloured}
    return coloured if len(coloured) <= len(spoken) / 2 else set()


def _end_of_old(lines: Sequence[Line]) -> int:
    """Where the old letter ends for certain: below our footer, or the sign-off with the name of who wrote it."""
    texts = [line.text for line in lines]
    frame = next((line.text for line in lines if line.mark is Mark.FRAME and header_blocks.author_of(line.text)), "")
    end = own_letters.end_of(texts)
    if end is None:
        end = signatures.end_of_letter(texts, header_blocks.author_of(frame))
    later = (header_blocks.frame_at(texts, at, lambda _: False) for at in range(end, len(texts)) if texts[at])
    return len(lines) if any(later) else end


# --- which measure an answer is about


def _numbered(stretch: Stretch) -> str:
    """The words, with the number of the measure they stand below if they name none."""
    numbers = own_letters.measures_in(stretch.above)
    if not numbers or (len(set(numbers)) > 1 and not stretch.between):
        return stretch.words
    if _NAMES_MEASURE.search(stretch.words) or signed_lines.is_courtesy(stretch.words):
        return stretch.words
    return f"M{numbers[-1]}: {stretch.words}"
