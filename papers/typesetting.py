"""The one call to typst: values go in, a finished PDF or picture comes out."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

HERE = Path(__file__).parent
DESIGN = HERE / "design"
FONTS = HERE / "fonts"
PATIENCE = 120  # seconds for one paper; a plan of 600 measures takes two
SHARPNESS = 144  # pixels per inch: a page of 540 pt is a picture of 1080 pixels

_PROGRAM = (sys.executable, "-P", "-B", "-m", "papers.typesetting_child")
_LONG_WORD = re.compile(r"\S{25,}")
_MAY_BREAK = re.compile(r"(?<=[/\\._@&=?:;,+|#~-])(?=\w)|(?<=\w{30})(?=\w{8})")
_BREAK = "\u200b"
_TOGETHER = re.compile(
    r"(?<=\d\.) (?=(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
    r"|(?<=\d) (?=(?:Uhr|[€%])(?!\w))"
)
_NO_BREAK = "\u00a0"
_UNKNOWN = "□"
_DRAWN = frozenset("●◐▲○")  # by papers/design/house.typ


class TypesettingError(Exception):
    """A paper could not be set; it is named."""


def pdf(paper: str, values: DataclassInstance, made_at: datetime) -> bytes:
    """One paper of the design folder as PDF/A-2a and PDF/UA-1; the same values and time give the same bytes."""
    (content,) = _compiled(
        paper, values, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=int(made_at.timestamp())
    )
    return content


def png(paper: str, values: DataclassInstance) -> bytes:
    """One picture of the design folder as PNG, as high as its content."""
    (content,) = pages(paper, values)
    return content


def pages(paper: str, values: DataclassInstance, sharpness: float = SHARPNESS) -> list[bytes]:
    """Every page of a paper as PNG, with so many pixels per inch."""
    return _compiled(paper, values, format="png", ppi=sharpness)


def _compiled(paper: str, values: DataclassInstance, **options: Any) -> list[bytes]:
    """Set by a child process: in this one typst would keep some hundred megabytes. Raises TypesettingError."""
    order = {
        "input": str(DESIGN / f"{paper}.typ"),
        "root": str(DESIGN),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": _inputs(values),
        **options,
    }
    try:
        done = subprocess.run(  # noqa: S603  (our own program, without a shell)
            _PROGRAM,
            input=json.dumps(order).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it quotes what people wrote
            env={"PYTHONPATH": str(HERE.parent)},  # and none of the house's secrets
            cwd="/",
            timeout=PATIENCE,
            check=True,
            start_new_session=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise TypesettingError(paper) from error
    return list(_parts(done.stdout))


def _parts(answer: bytes) -> Iterator[bytes]:
    """What :mod:`papers.typesetting_child` writes."""
    head, _, rest = answer.partition(b"\n")
    at = 0
    for length in json.loads(head):
        yield rest[at : at + length]
        at += length


def _inputs(values: DataclassInstance) -> dict[str, str]:
    """JSON, which typst reads as values and never as markup."""
    return {"data": json.dumps(_printable(asdict(values)), ensure_ascii=False)}


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(inner) for inner in value]
    return value


def printable(text: str) -> str:
    """The text with what our font can show: emoji and control signs go, letters of other scripts become boxes.

    PDF/UA refuses a document with a glyph missing, and one emoji in one remark must not cost the whole dossier. Words
    too long for a column get places to break, and a number keeps its month or unit.
    """
    shown = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    whole = _TOGETHER.sub(_NO_BREAK, shown.strip(" "))
    return _LONG_WORD.sub(lambda word: _MAY_BREAK.sub(_BREAK, word[0]), whole)


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in {"Cc", "Zl", "Zp"}:
        return "\n" if sign == "\n" else " "
    if sign in _DRAWN:
        return sign
    if kind == "Co" or ord(sign) not in glyphs():
        return _UNKNOWN if kind[0] in "LN" else ""
    return sign


@lru_cache(maxsize=1)
def glyphs() -> frozenset[int]:
    """The code points that every style of our font has."""
    covered = [_covered(file.read_bytes()) for file in FONTS.glob("*.otf")]
    return frozenset(covered[0].intersection(*covered))


def _covered(font: bytes) -> set[int]:
    """The code points of an OpenType font's format 12 character map (OpenType, cmap)."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    subtables = [cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * index)[0] for index in range(count)]
    whole = next(at for at in subtables if struct.unpack_from(">H", font, at)[0] == 12)
    (groups,) = struct.unpack_from(">I", font, whole + 12)
    spans = (struct.unpack_from(">II", font, whole + 16 + 12 * index) for index in range(groups))
    return {point for first, last in spans for point in range(first, last + 1)}


def _table(font: bytes, tag: bytes) -> int:
    """Where a table of an OpenType font begins."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    return next(int(offset) for name, _, offset, _ in records if name == tag)
