"""Patterns that are compiled when first used: the long ones take milliseconds, and most letters need none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Late:
    """A pattern of the standard library's ``re``, compiled late."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it fits."""
        return self._compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Where it fits the beginning."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Where it fits the whole."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where it fits."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """What it finds, or its one group."""
        return self._compiled.findall(text)

    def split(self, text: str) -> list[str]:
        """The text between the places where it fits."""
        return self._compiled.split(text)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with something else there."""
        return self._compiled.sub(new, text)
