"""How somebody shows in free text, JSON and letters, and what takes the place of that."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from alliance.words import initials

SHORTEST_NUMBER = 6  # digits of a telephone number or chat that can only be one's own
LARGEST_LETTER = 400_000  # bytes; what is bigger is searched as it stands, without decoding its parts
LARGEST_FILE = 50_000_000  # bytes of a spreadsheet's part when unpacked
_BETWEEN = r"[\s/()\u00a0.-]*"  # what people put between the digits of a telephone number
# Around a name: »Mustermann« and »Muster-Kühn« are others than Muster; »Musters« and »x_Muster.pdf« mean him
_BEFORE, _BEHIND = r"(?<![^\W_])(?<![^\W_]-)", r"(?:['’]?s(?![^\W_])|(?![^\W_])(?!-\w))"


@dataclass(frozen=True)
class Traces:
    """Names, addresses and numbers of one or more people, and the words that take their place."""

    pattern: re.Pattern[str]
    instead: str
    numbers: frozenset[int] = frozenset()

    def show_in(self, value: Any) -> bool:
        """Whether any of these stands in a text, in bytes or anywhere in a JSON value."""
        return bool(self.without(value) != value)

    def without(self, value: Any) -> Any:
        """The same value with the words instead; bytes lose all they hold."""
        match value:
            case str():
                text = initials.composed(value)
                found = self.pattern.sub(self.instead, text)
                return value if found == text else found
            case bytes():
                return b"" if any(self.pattern.search(initials.composed(text)) for text in readings(value)) else value
            case dict():
                return {self.without(key): self.without(part) for key, part in value.items()}
            case list() | tuple():
                return [self.without(part) for part in value]
            case int() if value in self.numbers and not isinstance(value, bool):
                return 0
        return value


def traces(names: Iterable[str], emails: Iterable[str], numbers: Iterable[str], instead: str) -> Traces | None:
    """Traces of full names (two words at least), mail addresses and telephone or chat numbers; None without any."""
    digits = {found for number in numbers if len(found := re.sub(r"\D", "", number)) >= SHORTEST_NUMBER}
    forms = [*map(_email_form, emails), *_name_forms(names), *map(_number_form, digits)]
    if not forms:
        return None
    pattern = re.compile("|".join(sorted(set(forms), key=len, reverse=True)), re.IGNORECASE)
    return Traces(pattern, instead, frozenset(int(found) for found in digits))


def _email_form(email: str) -> str:
    return rf"(?<![\w.+-]){re.escape(email)}(?![\w-])"


def _name_forms(names: Iterable[str]) -> Iterator[str]:
    """»Erika Beispiel« over any space or line end, and »Beispiel, Erika«; umlauts in each spelling, without titles."""
    for name in names:
        words = [initials.spelt(part) for part in initials.parts_of(name)]
        if len(words) > 1:
            yield _BEFORE + r"[\s_]+".join(words) + _BEHIND
            yield _BEFORE + words[-1] + r",\s*" + r"\s+".join(words[:-1]) + _BEHIND


def _number_form(digits: str) -> str:
    return rf"(?<!\d){_BETWEEN.join(digits)}(?!\d)"


# Bytes ----------------------------------------------------------------------------------------------------------------


def readings(raw: bytes) -> Iterator[str]:
    """Bytes as the texts that they may be: as they stand, an unpacked spreadsheet, a decoded letter, JSON."""
    yield raw.decode("utf-8", "replace")
    if raw.startswith(b"PK"):
        yield from _unpacked(raw)
        return
    if b"\\u" in raw:
        yield from _json(raw)
    if len(raw) <= LARGEST_LETTER:
        yield raw.decode("latin-1")
        yield from letter_texts(raw)


def _unpacked(raw: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            for part in book.infolist():
                if part.filename.endswith(".xml") and part.file_size <= LARGEST_FILE:
                    yield book.read(part).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError):
        return


def _json(raw: bytes) -> Iterator[str]:
    try:
        yield json.dumps(json.loads(raw), ensure_ascii=False)
    except (ValueError, RecursionError):
        return


def letter_texts(raw: bytes) -> list[str]:
    """Headings and texts of a letter, decoded; as many as can be read, for letters come broken in every way."""
    found: list[str] = []
    try:
        letter = message_from_bytes(raw)
        found += [decoded_header(letter, name) for name in ("From", "To", "Cc", "Reply-To", "Subject")]
        found += [text for part in letter.walk() if (text := part_text(part))]
    except (ValueError, LookupError, RecursionError, AttributeError):
        return found
    return found


def decoded_header(letter: Message, name: str) -> str:
    """A header as people read it, "" if there is none."""
    try:
        return str(make_header(decode_header(str(letter.get(name, "")))))
    except (ValueError, LookupError, AttributeError):
        return str(letter.get(name, ""))


def part_text(part: Message) -> str:
    """The text of one part of a letter, "" if it is none."""
    content = part.get_payload(decode=True) if part.get_content_maintype() == "text" else None
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return content.decode("latin-1")
