"""A person's own words in a reply, without what is quoted and signed below, above or between them."""

from __future__ import annotations

import re
from email.message import Message

from mail import html_text, reading

WRAPS = 4  # lines over which an attribution may be wrapped
LINE_LIMIT = 400  # characters of an attribution
SIGNATURE_LINES = 12  # more than this below "--" is no signature

_QUOTED = re.compile(r"\s{0,3}>")
_VERBS = re.compile(
    r"(?:am|on)\b.*\d.*\b(?:schrieb|wrote|geschrieben)\b.*:"  # Am 3.6.2026 um 14:05 schrieb Erika Beispiel <…>:
    r"|.+\b(?:schrieb am|wrote on|schrieb(?= <))\b.*\d.*:"  # Erika Beispiel <…> schrieb am Di., 3. Juni 2026, 14:05:
    r"|\d{4}-\d\d-\d\d \d{1,2}:\d\d.*<\S+@\S+>:",  # 2026-06-03 14:05 GMT+02:00 Erika Beispiel <…>:
    re.IGNORECASE,
)
_SURE = re.compile(r"\d{1,2}:\d\d|\S+@\S+\.\w+")  # a time of day or an address
_FIRST_PERSON = re.compile(r"\b(?:ich|wir|I|we)\b")
_DIVIDER = re.compile(
    r"\s*-{3,}\s*(?:ursprüngliche nachricht|original[ -]?nachricht|original message|weitergeleitete nachricht"
    r"|forwarded message)\s*-{3,}\s*|\s*(?:anfang der weitergeleiteten nachricht|begin forwarded message)\s*:\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\s*[*_]*(von|from|gesendet|sent|datum|date|an|to|cc|betreff|subject)\s*:[*_]*\s*\S", re.IGNORECASE
)
_RULER = re.compile(r"[-_=*]{5,}")
_FIELD_KINDS = {
    **dict.fromkeys(("von", "from"), "from"),
    **dict.fromkeys(("gesendet", "sent", "datum", "date"), "date"),
    **dict.fromkeys(("an", "to"), "to"),
    **dict.fromkeys(("betreff", "subject"), "subject"),
}
_DEVICE = re.compile(
    r"(?:von meinem \S.{0,40} gesendet|gesendet (?:von|mit) .{2,60}|sent from (?:my )?.{2,50}"
    r"|diese nachricht wurde von meinem .{2,60}"
    r"|(?:holen sie sich|laden sie) outlook für .{2,40}|get outlook for .{2,40})\.?",
    re.IGNORECASE,
)


def reply_text(raw: bytes) -> str:
    """The sender's own words in a letter; "" if there are none. Never raises."""
    try:
        return own_words(reading.read(raw))
    except Exception:  # whatever a letter holds, its bytes are better than silence
        return reading.clean(reading.to_text(reading.body(raw)[: reading.TEXT_LIMIT], None)).strip()


def own_words(message: Message) -> str:
    """The sender's own words in a parsed letter. Raises reading.TooComplex."""
    plain, html = reading.texts_of(message)
    shown, marked = html_text.to_text(html) if html else ("", False)
    if marked or not plain.strip():
        words = cut(shown)
        if words or not plain.strip():
            return words
    return cut(plain)


def cut(text: str) -> str:
    """The words in a plain text that stand outside quotes, attributions, signatures and device lines."""
    lines = [line.rstrip() if line != "-- " else line for line in text.split("\n")]
    lines = _without_quotes(lines[: _where_the_old_begins(lines)])
    return "\n".join(_without_device(_without_signature(lines))).strip()


def _where_the_old_begins(lines: list[str]) -> int:
    """The first line below which everything is the letter that is being answered."""
    for index, line in enumerate(lines):
        if _DIVIDER.fullmatch(line):
            return index
        if _starts_header_block(lines, index):
            return index - 1 if index and _RULER.fullmatch(lines[index - 1].strip()) else index
        start = _attribution_start(lines, index)
        if start is not None and not _quote_follows(lines, index):
            return start
    return len(lines)


def _starts_header_block(lines: list[str], index: int) -> bool:
    """Von/Gesendet/An/Betreff as Outlook writes them; »Von: 8 bis 16 Uhr« alone is none."""
    if not (first := _FIELD.match(lines[index])) or _FIELD_KINDS.get(first[1].lower()) != "from":
        return False
    near = [line for line in lines[index : index + 10] if line.strip()][:6]
    found = {_FIELD_KINDS.get(field[1].lower()) for line in near if (field := _FIELD.match(line))}
    return len(found & {"date", "to", "subject"}) >= 2


def _attribution_start(lines: list[str], end: int) -> int | None:
    """Where the attribution begins that ends with this line, if it does: »Am … schrieb …:«, wrapped or not."""
    if not lines[end].endswith(":"):
        return None
    for start in range(end, max(end - WRAPS, -1), -1):
        if not lines[start].strip():
            return None
        joined = " ".join(line.strip() for line in lines[start : end + 1])
        if len(joined) > LINE_LIMIT:
            return None
        if _VERBS.fullmatch(joined) and not _FIRST_PERSON.search(joined):
            return start if _SURE.search(joined) or _quote_follows(lines, end) else None
    return None


def _quote_follows(lines: list[str], index: int) -> bool:
    below = next((line for line in lines[index + 1 :] if line.strip()), "")
    return _QUOTED.match(below) is not None


def _without_quotes(lines: list[str]) -> list[str]:
    """Without attributions and the quoted lines; one lonely ">" line without either is somebody's own arrow."""
    dropped: set[int] = set()
    for index in range(len(lines)):
        start = _attribution_start(lines, index)
        if start is not None:
            dropped.update(range(start, index + 1))
    quoted = {index for index, line in enumerate(lines) if _QUOTED.match(line)}
    if dropped or len(quoted) > 1 or any(lines[index].strip() == html_text.QUOTE_MARK for index in quoted):
        dropped |= quoted
    return [line for index, line in enumerate(lines) if index not in dropped]


def _without_signature(lines: list[str]) -> list[str]:
    """Without what stands below "-- ", unless nothing stands above."""
    for index, line in enumerate(lines):
        below = len([rest for rest in lines[index + 1 :] if rest.strip()])
        if line == "-- " or (line == "--" and below <= SIGNATURE_LINES):
            return lines[:index] if any(above.strip() for above in lines[:index]) else lines
    return lines


def _without_device(lines: list[str]) -> list[str]:
    """Without »Von meinem iPhone gesendet« as the first or last line."""
    said = [index for index, line in enumerate(lines) if line.strip()]
    device = {index for index in {*said[:1], *said[-1:]} if _DEVICE.fullmatch(lines[index].strip())}
    return [line for index, line in enumerate(lines) if index not in device]
