"""Reads finished papers back: the words of a PDF and where they stand, its structure, the colours of a picture."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

_UNSEEN = re.compile(r"[\s\u200b\u00ad\u00a0\u202f-]+")


def squeezed(text: str) -> str:
    """Without spaces and hyphens, so that breaks between lines make no difference."""
    return _UNSEEN.sub("", text)


def pages(pdf: bytes) -> list[str]:
    """The squeezed words of each page."""
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def says(pdf: bytes, *parts: str) -> bool:
    """Whether each of these stands somewhere in the paper, as it was given."""
    whole = "".join(pages(pdf))
    return all(squeezed(part) in whole for part in parts)


@dataclass(frozen=True)
class Placed:
    """A run of text and the point of its page where it begins (from the lower left corner)."""

    text: str
    x: float
    y: float
    width: float
    height: float


def placed(pdf: bytes) -> list[Placed]:
    """Every run of text with its place, and its page's size in points."""
    found: list[Placed] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)

        def visit(
            text: str, matrix: list[float], at: list[float], *_: Any, width: float = width, height: float = height
        ) -> None:
            if text.strip():
                x = matrix[0] * at[4] + matrix[2] * at[5] + matrix[4]
                y = matrix[1] * at[4] + matrix[3] * at[5] + matrix[5]
                found.append(Placed(text, x, y, width, height))

        page.extract_text(visitor_text=visit)
    return found


def catalogue(pdf: bytes) -> dict[str, Any]:
    """What the whole paper says of itself (ISO 32000-1, 7.7.2)."""
    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    found: dict[str, Any] = root
    return found


def structure(pdf: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The kind and attributes of every element that a screen reader goes through."""
    waiting = [catalogue(pdf)["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop(0)
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting[:0] = node
        elif isinstance(node, dict) and "/S" in node:
            yield str(node["/S"])[1:], node
            waiting.insert(0, node.get("/K", []))


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels (PNG, IHDR)."""
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


def colours(png: bytes) -> set[str]:
    """The colours (»#0b5c8a«) in a small picture of 8-bit RGBA."""
    width, height = size(png)
    data = zlib.decompress(b"".join(_chunks(png, b"IDAT")))
    row, found = bytearray(width * 4), set()
    for number in range(height):
        start = number * (width * 4 + 1)
        row = _unfiltered(data[start], bytearray(data[start + 1 : start + 1 + width * 4]), row)
        found |= {bytes(row[at : at + 3]) for at in range(0, len(row), 4)}
    return {f"#{colour.hex()}" for colour in found}


def _chunks(png: bytes, wanted: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == wanted:
            yield png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    """A line of pixels as it was before its filter (PNG, 9.2)."""
    for at in range(len(row)):
        left = row[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        row[at] = (row[at] + (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind]) % 256
    return row


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
