"""Why a wish cannot be granted: each kind names its text and carries its values."""

from __future__ import annotations


class Refusal(Exception):
    """A wish was refused and nothing was changed; the desk tells the person.

    ``key`` is the text in ``texts/*.ftl``; the values fill its placeholders.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values: dict[str, str | int] = values


class NotAllowed(Refusal):
    """The person may not do this."""


class NotFound(Refusal):
    """There is no such thing."""


class Invalid(Refusal):
    """What was said cannot be carried out as said."""


class Expired(Refusal):
    """It was once possible; the button, code or question is too old."""
