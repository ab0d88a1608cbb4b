"""Something only the operator can put right."""

from __future__ import annotations


class Trouble(Exception):
    """``key`` names the operator's text, the values fill it."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
